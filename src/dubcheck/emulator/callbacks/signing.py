"""ES256 signatures over the exact bytes of a callback, in each form a receiver may expect.

The vendor's private key is the vendor's; an instance has its own pair, derived from its seed.
cryptography is imported when the key is first needed. No HTTP here.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from dubcheck.emulator.callbacks.public_key import public_key_pem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ALGORITHM = "ES256"
# Order of the group of P-256 (FIPS 186-4, D.1.2.3).
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Encoding(Enum):
    """How the signature's bytes become the text of a header."""

    HEX = "hex"
    BASE64 = "base64"
    BASE64URL = "base64url"


class Layout(Enum):
    """How the two numbers of a signature become bytes: an ASN.1 sequence, or 32 bytes each."""

    DER = "der"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """The documents show neither (FACTS A20); hex is likeliest, because their sample decodes it."""

    encoding: Encoding = Encoding.HEX
    layout: Layout = Layout.DER


_ENCODERS: dict[Encoding, Callable[[bytes], str]] = {
    Encoding.HEX: bytes.hex,
    Encoding.BASE64: lambda signature: base64.b64encode(signature).decode(),
    Encoding.BASE64URL: lambda signature: base64.urlsafe_b64encode(signature).decode().rstrip("="),
}


class CallbackSigner:
    """The key pair of one instance. `form` may be changed while it runs."""

    def __init__(self, seed: int, form: SignatureForm | None = None) -> None:
        self.form = form or SignatureForm()
        self._seed = seed

    @cached_property
    def public_key_pem(self) -> str:
        """The public key as receivers load it (PEM, SubjectPublicKeyInfo)."""
        return public_key_pem(self._secret)

    def sign(self, body: bytes) -> str:
        """Text of the X-Signature header; the same for the same key, body and form."""
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - heavy
        from cryptography.hazmat.primitives.asymmetric.utils import (  # noqa: PLC0415 - heavy
            decode_dss_signature,
        )
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy

        signature = self._key.sign(body, ec.ECDSA(SHA256(), deterministic_signing=True))
        if self.form.layout is Layout.RAW:
            r, s = decode_dss_signature(signature)
            signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return _ENCODERS[self.form.encoding](signature)

    @cached_property
    def _key(self) -> EllipticCurvePrivateKey:
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - heavy

        return ec.derive_private_key(self._secret, ec.SECP256R1())

    @property
    def _secret(self) -> int:
        digest = sha256(f"dubcheck callback key {self._seed}".encode()).digest()
        return int.from_bytes(digest, "big") % (_P256_ORDER - 1) + 1
