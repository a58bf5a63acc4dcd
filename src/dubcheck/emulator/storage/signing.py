"""SigV4 query signatures exactly as botocore makes them for S3; no HTTP and no files here.

Source: AWS "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". S3 signs
the path encoded once, and UNSIGNED-PAYLOAD in place of the body's digest.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

import msgspec

from dubcheck.emulator.storage.dates import format_amz_date

REGION = "us-east-1"
ALGORITHM = "AWS4-HMAC-SHA256"

Pairs = tuple[tuple[str, str], ...]


class Credentials(msgspec.Struct, frozen=True):
    """The key pair that signs this emulator's storage URLs."""

    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return f"Credentials({self.access_key})"


class Signable(msgspec.Struct, frozen=True):
    """What a signature covers. `path` and `query` are decoded; header names are lower-case."""

    method: str
    path: str
    query: Pairs
    headers: Pairs

    def canonical(self) -> str:
        """The canonical request."""
        headers = sorted((name, " ".join(value.split())) for name, value in self.headers)
        return "\n".join(
            (
                self.method,
                quote(self.path, safe="/-_.~"),
                encode_pairs(sorted(self.query)),
                "".join(f"{name}:{value}\n" for name, value in headers),
                ";".join(name for name, _ in headers),
                "UNSIGNED-PAYLOAD",
            )
        )

    def string_to_sign(self, date: str) -> str:
        """The text under the signature; `date` as in X-Amz-Date."""
        digest = sha256(self.canonical().encode()).hexdigest()
        return "\n".join((ALGORITHM, date, scope_of(date), digest))


def presign(
    credentials: Credentials, wanted: Signable, signed_at: float, expires_seconds: int
) -> str:
    """Query string that lets anybody make the `wanted` request until it expires."""
    date = format_amz_date(signed_at)
    query = (
        *wanted.query,
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{credentials.access_key}/{scope_of(date)}"),
        ("X-Amz-Date", date),
        ("X-Amz-Expires", str(expires_seconds)),
        ("X-Amz-SignedHeaders", ";".join(sorted(name for name, _ in wanted.headers))),
    )
    covered = Signable(wanted.method, wanted.path, query, wanted.headers)
    return f"{encode_pairs(query)}&X-Amz-Signature={sign(credentials, covered, date)}"


def sign(credentials: Credentials, covered: Signable, date: str) -> str:
    """Hexadecimal signature over everything in `covered`."""
    key = _signing_key(credentials.secret_key, date[:8])
    return hmac.new(key, covered.string_to_sign(date).encode(), sha256).hexdigest()


def scope_of(date: str) -> str:
    """The credential scope of a day in this storage's region."""
    return f"{date[:8]}/{REGION}/s3/aws4_request"


def encode_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string with everything but unreserved characters encoded."""
    return "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs
    )


@lru_cache(maxsize=8)
def _signing_key(secret: str, day: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), sha256).digest()
    return key
