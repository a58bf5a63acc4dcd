"""SigV4 query signatures exactly as botocore makes them for S3; no HTTP and no files here.

Source: AWS "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". S3 signs
the path as sent, encoded once, and the body as UNSIGNED-PAYLOAD.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from dubcheck.emulator.storage.dates import format_amz_date

REGION = "us-east-1"
ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The key pair that signs this emulator's storage URLs."""

    access_key: str
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signable:
    """What a signature covers: method, encoded path, query, signed headers."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]


def presign(
    credentials: Credentials, wanted: Signable, signed_at: float, expires_seconds: int
) -> str:
    """Query string that lets anybody make the `wanted` request until it expires."""
    date = format_amz_date(signed_at)
    names = ";".join(sorted(name for name, _ in wanted.headers))
    query = (
        *wanted.query,
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{credentials.access_key}/{scope_of(date)}"),
        ("X-Amz-Date", date),
        ("X-Amz-Expires", str(expires_seconds)),
        ("X-Amz-SignedHeaders", names),
    )
    covered = Signable(wanted.method, wanted.path, query, wanted.headers)
    return f"{_encode_pairs(query)}&X-Amz-Signature={signature(credentials, covered, date)}"


def scope_of(date: str) -> str:
    """The credential scope of a day in this storage's region."""
    return f"{date[:8]}/{REGION}/s3/aws4_request"


def signature(credentials: Credentials, covered: Signable, date: str) -> str:
    """Hexadecimal signature over everything in `covered` at `date` (as in X-Amz-Date)."""
    text = "\n".join(
        (ALGORITHM, date, scope_of(date), sha256(_canonical(covered).encode()).hexdigest())
    )
    key = _signing_key(credentials.secret_key, date[:8])
    return hmac.new(key, text.encode(), sha256).hexdigest()


def _canonical(covered: Signable) -> str:
    headers = sorted((name, " ".join(value.split())) for name, value in covered.headers)
    return "\n".join(
        (
            covered.method,
            covered.path,
            _encode_pairs(covered.query, in_order=True),
            "".join(f"{name}:{value}\n" for name, value in headers),
            ";".join(name for name, _ in headers),
            "UNSIGNED-PAYLOAD",
        )
    )


def _encode_pairs(pairs: Sequence[tuple[str, str]], in_order: bool = False) -> str:
    encoded: Iterable[tuple[str, str]] = (
        (quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in pairs
    )
    if in_order:
        encoded = sorted(encoded)
    return "&".join(f"{name}={value}" for name, value in encoded)


@lru_cache(maxsize=8)
def _signing_key(secret: str, day: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), sha256).digest()
    return key
