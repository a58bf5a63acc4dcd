"""Which reading of its text makes a callback's signature fit the raw body. No rule lives here.

The documents name the algorithm (ES256) and leave open how the signature is written as text:
docs.panjaya.ai/apis/callbacks, request headers.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from dubcheck.errors import UsageError

RAW_BYTES = 64  # two numbers of 32 bytes each
NO_KEY, ABSENT, NONE_FITS = "no-key", "absent", "none-fits"


class SignatureReader:
    """Tells in which readings a signature fits a body; without a key it can tell nothing."""

    def __init__(self, public_key: str | None):
        self._key = None if public_key is None else _p256_key(public_key)

    def verdict(self, signature: str | None, body: bytes) -> str:
        """The fitting readings with a blank between them, or why there is none.

        Text without any of + / - _ reads alike in both forms of base64, so that two may fit.
        """
        if signature is None or not signature.strip():
            return ABSENT
        if self._key is None:
            return NO_KEY
        key = self._key
        fitting = [name for name, der in _readings(signature.strip()) if _verifies(key, der, body)]
        return " ".join(fitting) or NONE_FITS


def refuse_unusable_key(text: str) -> None:
    """Raises UsageError where the text holds no public key that ES256 can use."""
    _p256_key(text)


def _p256_key(text: str) -> EllipticCurvePublicKey:
    """The key in a PEM text.

    Raises: UsageError where it is none that ES256 can use.
    """
    try:
        key = load_pem_public_key(text.encode("utf-8"))
    except ValueError as error:
        raise UsageError(
            "--callback-public-key: is no public key in PEM form;"
            " its text begins with -----BEGIN PUBLIC KEY-----"
        ) from error
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise UsageError("--callback-public-key: is no key on the curve P-256, which ES256 needs")
    return key


def _readings(text: str) -> Iterator[tuple[str, bytes]]:
    """Every way to read the text, as (name, signature in DER)."""
    encodings: dict[str, Callable[[str], bytes]] = {
        "hex": bytes.fromhex,
        "base64": lambda item: base64.b64decode(_padded(item), validate=True),
        "base64url": _from_base64url,
    }
    for encoding, decode in encodings.items():
        try:
            content = decode(text)
        except (binascii.Error, ValueError):
            continue
        yield f"{encoding}-der", content
        if len(content) == RAW_BYTES:
            half = RAW_BYTES // 2
            numbers = (int.from_bytes(content[:half]), int.from_bytes(content[half:]))
            yield f"{encoding}-raw", encode_dss_signature(*numbers)


def _from_base64url(text: str) -> bytes:
    if set("+/") & set(text):
        raise ValueError("the letters of the other base64")  # which Python would take as well
    return base64.b64decode(_padded(text), altchars=b"-_", validate=True)


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


def _verifies(key: EllipticCurvePublicKey, signature: bytes, body: bytes) -> bool:
    try:
        key.verify(signature, body, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
