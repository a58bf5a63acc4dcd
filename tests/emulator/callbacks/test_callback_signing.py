"""The signature over a callback's bytes, checked with the published key as a receiver does."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from dubcheck.emulator.callbacks import CallbackSigner, Encoding, Layout, SignatureForm

BODY = b'{"event":"version_ready","asset_id":"a"}'
DECODERS: dict[Encoding, Callable[[str], bytes]] = {
    Encoding.HEX: bytes.fromhex,
    Encoding.BASE64: lambda text: base64.b64decode(text, validate=True),
    Encoding.BASE64URL: lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)),
}


def as_is(signature: bytes) -> bytes:
    """A DER signature is what the library verifies."""
    return signature


def from_raw(signature: bytes) -> bytes:
    """64 bytes, two numbers of 32, as the library wants them."""
    assert len(signature) == 64
    return encode_dss_signature(
        int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    )


DERS = {Layout.DER: as_is, Layout.RAW: from_raw}


def verify(signer: CallbackSigner, text: str, body: bytes) -> None:
    """Check the text in the signer's form; InvalidSignature if it does not fit."""
    key = load_pem_public_key(signer.public_key_pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    signature = DERS[signer.form.layout](DECODERS[signer.form.encoding](text))
    key.verify(signature, body, ec.ECDSA(SHA256()))


@pytest.mark.parametrize("layout", list(Layout), ids=lambda each: each.value)
@pytest.mark.parametrize("encoding", list(Encoding), ids=lambda each: each.value)
def test_signature_verifies_in_each_form(encoding, layout):
    """Each encoding and layout holds a signature that the published key verifies."""
    signer = CallbackSigner(7, SignatureForm(encoding, layout))

    verify(signer, signer.sign(BODY), BODY)


def test_signature_is_hexadecimal_der_unless_told_otherwise():
    """The default form is the hexadecimal text of a DER sequence."""
    signature = bytes.fromhex(CallbackSigner(7).sign(BODY))

    assert signature[0] == 0x30


def test_signature_fails_for_a_changed_byte():
    """One changed byte of the body is noticed."""
    signer = CallbackSigner(7)

    with pytest.raises(InvalidSignature):
        verify(signer, signer.sign(BODY), BODY.replace(b"a", b"b", 1))


def test_key_pair_repeats_for_a_seed():
    """One seed has one key; another seed has another."""
    assert CallbackSigner(7).public_key_pem == CallbackSigner(7).public_key_pem
    assert CallbackSigner(7).public_key_pem != CallbackSigner(8).public_key_pem
