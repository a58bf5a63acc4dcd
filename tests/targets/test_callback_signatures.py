"""Whether a callback's signature fits is told in each way to write it, and never told wrongly."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dubcheck.errors import UsageError
from dubcheck.targets.callback_signatures import SignatureReader

KEY = derive_private_key(0xD0B, SECP256R1())
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
BODY = b'{"event": "version_ready"}'
DER = KEY.sign(BODY, ECDSA(SHA256()))
RAW = b"".join(number.to_bytes(32) for number in decode_dss_signature(DER))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        pytest.param(DER.hex(), "hex-der", id="DER in hexadecimal"),
        pytest.param(RAW.hex().upper(), "hex-raw", id="the two numbers in capital hexadecimal"),
        pytest.param(base64.b64encode(DER).decode(), "base64-der", id="DER in base64"),
        pytest.param(base64.b64encode(RAW).decode(), "base64-raw", id="the numbers in base64"),
        pytest.param(
            base64.urlsafe_b64encode(RAW).decode().rstrip("="),
            "base64url-raw",
            id="the numbers in base64 for URLs without padding",
        ),
    ],
)
def test_signature_fits_in_each_reading(text: str, reading: str) -> None:
    """A sound signature fits in the reading in which it was written."""
    verdict = SignatureReader(PEM).verdict(text, BODY)

    assert reading in verdict.split()
    assert len({word.partition("-")[2] for word in verdict.split()}) == 1


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(DER.hex(), BODY + b" ", id="a changed body"),
        pytest.param(DER.hex()[:-2], BODY, id="a cut signature"),
        pytest.param("no signature", BODY, id="plain text"),
        pytest.param("é", BODY, id="a letter outside ASCII"),
        pytest.param("00" * 64, BODY, id="zeros"),
    ],
)
def test_unsound_signature_fits_in_no_reading(text: str, body: bytes) -> None:
    """A signature of something else, or no signature at all, fits in no reading."""
    verdict = SignatureReader(PEM).verdict(text, body)

    assert verdict == "none-fits"


def test_signature_of_another_key_fits_in_no_reading() -> None:
    """A signature by another key does not fit."""
    signature = generate_private_key(SECP256R1()).sign(BODY, ECDSA(SHA256()))

    verdict = SignatureReader(PEM).verdict(signature.hex(), BODY)

    assert verdict == "none-fits"


@pytest.mark.parametrize("text", [None, "", "  "], ids=["no header", "empty", "blanks"])
def test_missing_signature_is_absent(text: str | None) -> None:
    """A header that is missing or empty is told apart from one that does not fit."""
    verdict = SignatureReader(PEM).verdict(text, BODY)

    assert verdict == "absent"


def test_nothing_is_told_without_a_key() -> None:
    """Without the key that signs, no signature is judged."""
    verdict = SignatureReader(None).verdict(DER.hex(), BODY)

    assert verdict == "no-key"


def test_text_that_is_no_key_is_wrong_usage() -> None:
    """A file without a public key is wrong usage, told with its option."""
    with pytest.raises(UsageError, match="--callback-public-key"):
        SignatureReader("no key")
