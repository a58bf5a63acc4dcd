"""The folder of large bodies beside the cassettes, one file per content, named by its SHA-256.

A cassette holds a reference of one line instead. What a body means is not known here.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from dubcheck.errors import RecordError

INLINE_BYTES = 4_096
KEPT_UPLOAD_BYTES = 60_000  # samples can be made again; what a service made cannot
_NAMED = re.compile(rb"sha256[=:] ?'?([0-9a-f]{64})")
_REFERENCE = re.compile(rb"dubcheck-media sha256=([0-9a-f]{64}) bytes=([0-9]+)")


def reference(content: bytes) -> bytes:
    """The line that stands for a content."""
    return b"dubcheck-media sha256=%s bytes=%d" % (digest(content).encode(), len(content))


def digest(content: bytes) -> str:
    """The SHA-256 of a content; that of a reference is that of what it stands for."""
    found = _REFERENCE.fullmatch(content) if len(content) < 120 else None
    return found.group(1).decode() if found else hashlib.sha256(content).hexdigest()


class MediaShelf:
    """Keeps contents and finds them again; one that is not `writable` only finds."""

    def __init__(self, folder: Path, *, writable: bool = False):
        self.folder = folder
        self._writable = writable

    def shelve(self, content: bytes, *, is_upload: bool = False) -> bytes:
        """What a cassette holds: the content itself where it is short text, else a reference.

        A large upload is left out: its reference is enough to know it again.
        """
        if _REFERENCE.fullmatch(content) or _is_inline(content):
            return content
        if self._writable and (not is_upload or len(content) <= KEPT_UPLOAD_BYTES):
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / digest(content)).write_bytes(content)
        return reference(content)

    def keep_sample(self, content: bytes) -> None:
        """Keeps a file that is sent or served, unless it is large."""
        if self._writable and len(content) <= KEPT_UPLOAD_BYTES:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / digest(content)).write_bytes(content)

    def fetch(self, content: bytes) -> bytes:
        """The content that a reference stands for; anything else as it is.

        Raises: RecordError where the file is missing or is another content.
        """
        found = _REFERENCE.fullmatch(content) if len(content) < 120 else None
        if found is None:
            return content
        path = self.folder / found.group(1).decode()
        try:
            held = path.read_bytes()
        except OSError as error:
            raise RecordError(f"{path}: a cassette refers to it; record it again") from error
        if digest(held) != path.name:
            raise RecordError(f"{path}: does not hold the content it is named for")
        return held

    def stand_in(self, sha256: str, size_bytes: int) -> bytes:
        """The content of this digest if it is kept, else its reference, to be sent in its place."""
        path = self.folder / sha256
        if path.exists():
            return path.read_bytes()
        return f"dubcheck-media sha256={sha256} bytes={size_bytes}".encode()


def references_in(text: bytes) -> set[str]:
    """The digests that a cassette refers to."""
    return {found.group(1).decode() for found in _NAMED.finditer(text)}


def _is_inline(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return len(content) <= 256  # a body that is wrong on purpose stays readable in its place
    return len(content) <= INLINE_BYTES or text.lstrip()[:1] in ("{", "[")
