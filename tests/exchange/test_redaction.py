"""Keys and signatures never pass the redactor."""

import json

import pytest

from dubcheck.exchange import near_misses
from dubcheck.exchange.redaction import Redactor, redact_url

KEY = "pk_live_0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Authorization: Bearer {KEY}", id="bearer header"),
        pytest.param(f'{{"echo": "{KEY}"}}', id="echo in a body"),
        pytest.param(f"https://api.example/?key={KEY}", id="query value"),
        pytest.param(f"https://{KEY}@api.example/", id="user name in a URL"),
        pytest.param(f"cannot read {KEY}!", id="error message"),
    ],
)
def test_key_never_passes_the_redactor(text: str) -> None:
    """A key of the run is removed wherever it stands."""
    redacted = Redactor([KEY]).text(text)

    assert KEY not in redacted


@pytest.mark.parametrize("fault", near_misses(KEY))
def test_near_miss_of_a_key_never_passes_the_redactor(fault: str) -> None:
    """A key of the run that was spoilt by a character, its prefix or its case is removed."""
    spoilt = near_misses(KEY)[fault]

    redacted = Redactor([KEY]).text(f"unknown key {spoilt}, sorry")

    assert "0123456789" not in redacted


def test_near_miss_of_a_short_key_hides_no_word() -> None:
    """What a short key is without its prefix may be a word of any text, which stays."""
    redacted = Redactor(["pk_emulator"]).text("the emulator")

    assert redacted == "the emulator"


def test_short_key_hides_no_part_of_other_words() -> None:
    """A key like `test` is removed by itself, and not out of the words that hold it."""
    redacted = Redactor(["test"]).text('{"key": "test", "name": "latest attestation"}')

    assert redacted == '{"key": "REDACTED", "name": "latest attestation"}'


@pytest.mark.parametrize("text", ["Bearer pk_unknown_key_of_others", "panjaya-0123456789"])
def test_unknown_key_is_recognised_by_its_form(text: str) -> None:
    """A key that the run was not told is removed by the form of the vendors' keys."""
    redacted = Redactor().text(text)

    assert "REDACTED" in redacted
    assert "unknown" not in redacted
    assert "0123456789" not in redacted


@pytest.mark.parametrize(
    "name",
    ["X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token", "sig", "X-Goog-Signature"],
)
def test_presigned_query_loses_its_secret(name: str) -> None:
    """A query value that is not on the allow-list is removed; expiry and date stay."""
    url = f"https://s3.example/b/k?X-Amz-Date=20260305T143000Z&X-Amz-Expires=3600&{name}=s3cr3t"

    redacted = redact_url(url)

    assert "s3cr3t" not in redacted
    assert "X-Amz-Date=20260305T143000Z&X-Amz-Expires=3600" in redacted


def test_presigned_url_in_a_json_body_loses_its_secret() -> None:
    """A presigned URL is redacted inside a JSON answer too, and the JSON stays valid."""
    body = b'{"url": "https://s3.example/k?X-Amz-Signature=abc&X-Amz-Expires=60", "n": 1}'

    redacted = Redactor().content(body)

    assert redacted == (
        b'{"url": "https://s3.example/k?X-Amz-Signature=REDACTED&X-Amz-Expires=60", "n": 1}'
    )


def test_header_off_the_allow_list_is_dropped() -> None:
    """Only headers on the allow-list are kept: an unknown one may hold a secret."""
    headers = {"Content-Type": "text/plain", "X-Api-Token": "s3cr3t", "Set-Cookie": "id=1"}

    assert Redactor().headers(headers) == {"content-type": "text/plain"}


def test_email_address_is_removed() -> None:
    """An e-mail address is personal and is removed."""
    assert "someone" not in Redactor().text("owner: someone@mail.example")


@pytest.mark.parametrize("escape", ["\\u0026", "\\u0026X-Amz-Date=20260305T120000Z\\u0026"])
def test_signature_behind_an_escaped_ampersand_is_removed(escape: str) -> None:
    """JSON that escapes `&` for HTML hides no signature, and means the same as before."""
    content = f'{{"u": "https:\\/\\/s.example\\/a?X-Amz-Expires=1{escape}X-Amz-Signature=abc"}}'

    kept = Redactor().content(content.encode())

    assert b"abc" not in kept
    assert json.loads(kept)["u"].startswith("https://s.example/a?X-Amz-Expires=1&")


def test_escaped_backslash_before_a_slash_stays() -> None:
    """A backslash of the text itself is no escape of the character behind it."""
    content = json.dumps({"path": "C:\\/u0026 \\u0026 a\\/b"}).encode()

    assert json.loads(Redactor().content(content)) == json.loads(content)
