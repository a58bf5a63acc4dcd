"""JSON documents read from contents that are kept as bytes: the latest stay read, others do not.

Read documents take several times the room of their bytes; a run of any length keeps the same few.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from typing import Any, Protocol

import msgspec

MISSING: Any = type("Missing", (), {"__repr__": lambda _: "absent", "__bool__": lambda _: False})()
UNREAD: Any = object()
REMEMBERED_BYTES = 2_097_152  # of content; read, this is about 10 MB


class Holder(Protocol):
    """Something with a content, and a place for what was read from it."""

    @property
    def content(self) -> bytes | None:
        """The bytes, or None where they were not kept."""

    @property
    def read(self) -> Any:
        """The document, or UNREAD."""


class _Latest:
    """Whose documents were read last, up to so many bytes of content."""

    def __init__(self) -> None:
        self._holders: deque[tuple[Holder, int]] = deque()
        self._bytes = 0
        self._lock = threading.Lock()

    def note(self, holder: Holder, size_bytes: int) -> None:
        """Lets the oldest documents go for this one."""
        with self._lock:
            self._holders.append((holder, size_bytes))
            self._bytes += size_bytes
            while self._bytes > REMEMBERED_BYTES and len(self._holders) > 1:
                oldest, freed_bytes = self._holders.popleft()
                self._bytes -= freed_bytes
                object.__setattr__(oldest, "read", UNREAD)


_latest = _Latest()


def document_of(holder: Holder) -> Any:
    """The JSON document of a content, or MISSING where it is none."""
    content = holder.content
    if not content:
        return MISSING
    document = _decoded(content)
    object.__setattr__(holder, "read", document)
    _latest.note(holder, len(content))
    return document


def _decoded(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, ValueError, RecursionError):
        # The standard library also reads NaN, lone surrogates and other encodings.
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            return MISSING
