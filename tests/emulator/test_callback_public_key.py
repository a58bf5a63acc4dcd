"""The announced public key belongs to the key that signs."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dubcheck.emulator.callbacks.public_key import public_key_pem


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(1, id="one"),
        pytest.param(2, id="two"),
        pytest.param(3, id="three"),
        pytest.param(2**255 + 12345, id="large"),
        pytest.param(
            0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550, id="largest"
        ),
    ],
)
def test_public_key_equals_that_of_cryptography(secret: int) -> None:
    """The PEM is character for character what the signing library derives from the same secret."""
    expected = ec.derive_private_key(secret, ec.SECP256R1()).public_key()

    pem = public_key_pem(secret)

    assert pem.encode() == expected.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
