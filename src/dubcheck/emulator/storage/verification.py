"""Checks a presigned request as S3 does; what it then reads or writes is in service.py."""

from __future__ import annotations

import hmac

import msgspec

from dubcheck.emulator.clock import format_timestamp
from dubcheck.emulator.messages import Request
from dubcheck.emulator.storage.dates import parse_amz_date
from dubcheck.emulator.storage.refusals import (
    MAXIMUM_EXPIRY_SECONDS,
    StorageRefusal,
    access_denied,
    malformed_query,
    signature_mismatch,
)
from dubcheck.emulator.storage.signing import ALGORITHM, Credentials, Signable, scope_of, sign

# S3 lets a signer's clock run ahead by fifteen minutes.
SKEW_SECONDS = 900
_NAMES = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
)


class _Claim(msgspec.Struct, frozen=True):
    """What the query says about its own signature."""

    credential: str
    signature: str
    date: str
    signed_headers: tuple[str, ...]
    expires_seconds: int

    @property
    def expires_at(self) -> int:
        return parse_amz_date(self.date) + self.expires_seconds


def verify(request: Request, credentials: Credentials, now: float) -> None:
    """Return if the request may be made; raises the StorageRefusal that S3 would answer."""
    query = request.query()
    values = dict(query)
    if request.header(b"authorization") is not None:
        raise _header_refusal(values)
    if not any(name in values for name in _NAMES):
        raise access_denied()
    claim = _read_claim(values)
    _check_dates(claim, now)
    _check_credential(claim, credentials)
    _check_signed_headers(claim, request)
    _check_signature(claim, request, query, credentials)


def _header_refusal(values: dict[str, str]) -> StorageRefusal:
    if "X-Amz-Algorithm" in values:
        message = (
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature "
            "query string parameter or the Authorization header should be specified"
        )
    else:
        message = "Unsupported Authorization Type"
    return StorageRefusal(400, "InvalidArgument", message, ArgumentName="Authorization")


def _read_claim(values: dict[str, str]) -> _Claim:
    if any(not values.get(name) for name in _NAMES):
        raise malformed_query(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
            "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
        )
    if values["X-Amz-Algorithm"] != ALGORITHM:
        raise malformed_query(f'X-Amz-Algorithm only supports "{ALGORITHM}"')
    expires = values["X-Amz-Expires"]
    if not (expires.isascii() and expires.isdigit() and len(expires) < len("99999999")):
        raise malformed_query("X-Amz-Expires should be a number")
    if int(expires) > MAXIMUM_EXPIRY_SECONDS:
        raise malformed_query(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
            f"must be less than {MAXIMUM_EXPIRY_SECONDS} seconds"
        )
    date = values["X-Amz-Date"]
    try:
        parse_amz_date(date)
    except ValueError:
        raise malformed_query(
            "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""
        ) from None
    headers = tuple(values["X-Amz-SignedHeaders"].split(";"))
    return _Claim(
        values["X-Amz-Credential"], values["X-Amz-Signature"], date, headers, int(expires)
    )


def _check_dates(claim: _Claim, now: float) -> None:
    if int(now) > claim.expires_at:
        raise access_denied(
            "Request has expired",
            **{
                "X-Amz-Expires": str(claim.expires_seconds),
                "Expires": format_timestamp(claim.expires_at),
                "ServerTime": format_timestamp(now),
            },
        )
    if parse_amz_date(claim.date) > now + SKEW_SECONDS:
        raise access_denied("Request is not valid yet", ServerTime=format_timestamp(now))


def _check_credential(claim: _Claim, credentials: Credentials) -> None:
    access_key, _, scope = claim.credential.partition("/")
    if access_key != credentials.access_key:
        raise StorageRefusal(
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
            AWSAccessKeyId=access_key,
        )
    if scope != scope_of(claim.date):
        raise malformed_query(
            f'Error parsing the X-Amz-Credential parameter; expecting "{scope_of(claim.date)}"'
        )


def _check_signed_headers(claim: _Claim, request: Request) -> None:
    if "host" not in claim.signed_headers:
        raise malformed_query("X-Amz-SignedHeaders must include host")
    unsigned = [
        name.decode("latin-1")
        for name, _ in request.scope["headers"]
        if name.startswith(b"x-amz-") and name.decode("latin-1") not in claim.signed_headers
    ]
    if unsigned:
        raise access_denied(
            "There were headers present in the request which were not signed",
            HeadersNotSigned=", ".join(unsigned),
        )


def _check_signature(
    claim: _Claim, request: Request, query: list[tuple[str, str]], credentials: Credentials
) -> None:
    headers = tuple(
        (name, (request.header(name.encode("latin-1", "replace")) or b"").decode("latin-1"))
        for name in claim.signed_headers
    )
    covered = Signable(
        request.method,
        request.path,
        tuple(pair for pair in query if pair[0] != "X-Amz-Signature"),
        headers,
    )
    expected = sign(credentials, covered, claim.date)
    if not hmac.compare_digest(expected.encode(), claim.signature.encode()):
        raise signature_mismatch(
            covered.string_to_sign(claim.date), covered.canonical(), credentials.access_key
        )
