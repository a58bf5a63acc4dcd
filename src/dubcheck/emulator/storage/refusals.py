"""S3's own refusals, with the codes, statuses and extra elements that S3 gives them.

Source: Amazon S3 API reference, "Error responses"; the extra elements are what S3 sends.
"""

from __future__ import annotations

from dubcheck.errors import ApiError

MAXIMUM_EXPIRY_SECONDS = 604_800


class StorageRefusal(ApiError):
    """An S3 error; `elements` are the XML elements beside Code and Message."""

    def __init__(self, status: int, code: str, message: str, **elements: str) -> None:
        super().__init__(status, message, code=code)
        self.elements = elements


def access_denied(message: str = "Access Denied", **elements: str) -> StorageRefusal:
    """403: unsigned, expired, not yet valid, or with headers that nobody signed."""
    return StorageRefusal(403, "AccessDenied", message, **elements)


def malformed_query(message: str) -> StorageRefusal:
    """400: the signature's own parameters are missing or make no sense."""
    return StorageRefusal(400, "AuthorizationQueryParametersError", message)


def signature_mismatch(string_to_sign: str, canonical: str, access_key: str) -> StorageRefusal:
    """403: something that the signature covers is not what was signed."""
    return StorageRefusal(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. "
        "Check your key and signing method.",
        AWSAccessKeyId=access_key,
        StringToSign=string_to_sign,
        CanonicalRequest=canonical,
    )
