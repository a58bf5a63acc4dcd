"""The public half of a P-256 key, without the heavy library that signs; no private key is kept.

`serve` announces the public key before anything is signed, and cold start and idle memory are
measured: loading cryptography for one multiplication would cost more than all else at the start.
Source of the curve: FIPS 186-4, D.1.2.3; of the encoding: RFC 5480, uncompressed point.
"""

from __future__ import annotations

from base64 import encodebytes

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
# SubjectPublicKeyInfo of id-ecPublicKey with prime256v1, up to the point's coordinates.
_SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")

# Jacobian coordinates: (X, Y, Z) stands for the point (X / Z^2, Y / Z^3), so that only the last
# step divides.
Point = tuple[int, int, int]


def public_key_pem(secret: int) -> str:
    """PEM of the public key that belongs to `secret` (1 to the order of the curve, exclusive)."""
    x, y = _multiply(_BASE, secret)
    encoded = encodebytes(_SPKI_PREFIX + x.to_bytes(32, "big") + y.to_bytes(32, "big"))
    text = encoded.decode().replace("\n", "")
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join(("-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""))


def _multiply(point: tuple[int, int], factor: int) -> tuple[int, int]:
    """Double and add. Not in constant time: the secret is that of an emulator."""
    base = result = (*point, 1)
    for bit in bin(factor)[3:]:
        result = _double(result)
        if bit == "1":
            result = _add(result, base)
    x, y, z = result
    inverse = pow(z, -1, _P)
    return x * inverse**2 % _P, y * inverse**3 % _P


def _double(point: Point) -> Point:
    """2 P, for a curve with a = -3."""
    x, y, z = point
    squared = y * y % _P
    s = 4 * x * squared % _P
    m = 3 * (x - z * z) * (x + z * z) % _P
    new_x = (m * m - 2 * s) % _P
    return new_x, (m * (s - new_x) - 8 * squared * squared) % _P, 2 * y * z % _P


def _add(a: Point, b: Point) -> Point:
    """Sum of two points of which neither is the other nor its negative."""
    z1, z2 = a[2] * a[2] % _P, b[2] * b[2] % _P
    u1, u2 = a[0] * z2 % _P, b[0] * z1 % _P
    s1, s2 = a[1] * z2 * b[2] % _P, b[1] * z1 * a[2] % _P
    h, r = u2 - u1, s2 - s1
    h2 = h * h % _P
    h3, v = h * h2 % _P, u1 * h2 % _P
    x = (r * r - h3 - 2 * v) % _P
    return x, (r * (v - x) - s1 * h3) % _P, h * a[2] * b[2] % _P
