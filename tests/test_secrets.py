"""Nothing that is committed or written looks like a secret, and a planted one is seen."""

from pathlib import Path

import pytest

from dubcheck.replay.secret_forms import secrets_in

ROOT = Path(__file__).parents[1]
CASSETTES = sorted((ROOT / "cassettes").rglob("*.yaml"))
KEYS = ("pk_emulator", "pk_emulator_poor", "pk_emulator_other", "panjaya-emulator")
PLANTED = {
    "a key of the run": "name: pk_emulator",
    "a bearer token": "note: Bearer 3f9a0c11d2e4b5a6",
    "a basic token": "note: Basic dXNlcjpwYXNzd29yZDE=",
    "an AWS signature": "uri: https://s/a?X-Amz-Signature=0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "an AWS credential": "uri: https://s/a?X-Amz-Credential=someone%2F20260301",
    "an AWS access key": "note: AKIAIOSFODNN7EXAMPLE",
    "a signature in a query": "uri: https://s/a?sig=Zm9vYmFyYmF6",
    "a JSON web token": "note: eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl",
    "a private key": "-----BEGIN EC PRIVATE KEY-----",
    "an e-mail address": "name: someone@example.org",
    "a header that is never kept": "    authorization:\n    - anything",
    "a callback's signature": "      x-signature:\n      - MEUCIQ",
    "a token named as one": '{"client_secret": "h7Gf92kLqP0zXw81VbN3"}',
    "another account's key": "note: panjaya-live-4711",
}


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED.keys())
def test_planted_secret_is_seen(text: str) -> None:
    """Each form of secret is found in an otherwise clean text."""
    assert list(secrets_in(f"interactions:\n- {text}\n", KEYS))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("uri: https://s/a?X-Amz-Signature=REDACTED&X-Amz-Expires=60", id="redacted"),
        pytest.param("message: bearer token is missing", id="prose about a token"),
        pytest.param("x-dubcheck-credential:\n- own", id="the label of a key"),
        pytest.param("dubcheck-media sha256=" + "0a1b" * 16 + " bytes=1", id="a digest"),
        pytest.param("-----BEGIN PUBLIC KEY-----", id="a public key"),
    ],
)
def test_harmless_text_is_no_secret(text: str) -> None:
    """What the suite writes on purpose is not mistaken for a secret."""
    assert list(secrets_in(text, KEYS)) == []


def test_secret_is_never_repeated() -> None:
    """A finding names form and line, not what was found."""
    (told,) = secrets_in("\nnote: AKIAIOSFODNN7EXAMPLE")

    assert told == "line 2: an AWS access key"


def test_committed_cassettes_hold_no_secret() -> None:
    """Every cassette of the repository is scanned."""
    found = {
        path.name: told
        for path in CASSETTES
        if (told := list(secrets_in(path.read_text(encoding="utf-8"), KEYS)))
    }

    assert CASSETTES
    assert found == {}
