"""Reads a JSON request body that must be one object; what the object may hold, each pack says."""

from __future__ import annotations

import msgspec

from dubcheck.emulator.messages import Request
from dubcheck.emulator.refusals import MalformedBody

_decode = msgspec.json.decode


async def read_json_object(request: Request) -> dict[str, object]:
    """The body as an object.

    Raises: MalformedBody for another content type, what is not JSON, or JSON that is no object;
    PayloadTooLarge beyond 1 MiB.
    """
    content_type = request.header(b"content-type")
    if content_type is not None and not _is_json(content_type):
        raise MalformedBody("The Content-Type must be application/json")
    return decode_json_object(await request.body())


def decode_json_object(body: bytes | str) -> dict[str, object]:
    """One JSON object; MalformedBody for anything else, however deep or broken."""
    try:
        content = _decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        raise MalformedBody("The request body is not valid JSON") from None
    if type(content) is not dict:
        raise MalformedBody("The request body must be a JSON object")
    return content


def _is_json(content_type: bytes) -> bool:
    essence = content_type.partition(b";")[0].strip().lower()
    return essence == b"application/json" or essence.endswith(b"+json")
