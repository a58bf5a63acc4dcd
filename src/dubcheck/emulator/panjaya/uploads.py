"""Reads the form of an upload piece by piece, files to disk; what the fields mean, intake.py knows.

python-multipart is imported with the first upload.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from dubcheck.emulator.messages import Request
from dubcheck.emulator.panjaya.refusals import InvalidInput
from dubcheck.emulator.storage import Storage

# The parser warns of each malformed form; the client is told, the console need not be.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())

FIELD_LIMIT_BYTES = 16 << 20
FILES = frozenset({"video", "background"})
_PART_LIMIT = 64


@dataclass(slots=True)
class ReceivedFile:
    """A file part. Beyond the limit it is counted but no longer written."""

    path: Path
    filename: str
    size_bytes: int = 0


@dataclass(slots=True)
class UploadForm:
    """What arrived: the `request` field and the files by part name. Unknown fields are dropped."""

    request: bytes | None = None
    files: dict[str, ReceivedFile] = field(default_factory=dict)

    def discard(self) -> None:
        """Delete what was received and nobody took."""
        for received in self.files.values():
            received.path.unlink(missing_ok=True)


class _Reception:
    """Callbacks of the parser: collects one part after the other."""

    def __init__(self, form: UploadForm, storage: Storage, size_limit_bytes: int) -> None:
        self.is_complete = False
        self._form = form
        self._storage = storage
        self._size_limit_bytes = size_limit_bytes
        self._parts = 0
        self._field = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._buffer: bytearray | None = None
        self._file: ReceivedFile | None = None
        self._output: BinaryIO | None = None

    def __enter__(self) -> _Reception:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._output is not None:
            self._output.close()

    def on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > _PART_LIMIT:
            raise InvalidInput("The form has too many parts")
        self._headers = {}

    def on_header_field(self, piece: bytes, start: int, end: int) -> None:
        self._field += piece[start:end]

    def on_header_value(self, piece: bytes, start: int, end: int) -> None:
        self._value += piece[start:end]

    def on_header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def on_headers_finished(self) -> None:
        from python_multipart.multipart import parse_options_header  # noqa: PLC0415

        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name in FILES:
            self._open_file(name, options.get(b"filename", b"").decode("utf-8", "replace"))
        elif name == "request":
            if self._form.request is not None:
                raise InvalidInput("The form has the part request twice")
            self._buffer = bytearray()

    def on_part_data(self, piece: bytes, start: int, end: int) -> None:
        if self._buffer is not None:
            self._buffer += piece[start:end]
            if len(self._buffer) > FIELD_LIMIT_BYTES:
                raise InvalidInput("The part request is too long")
        elif self._file is not None and self._output is not None:
            self._file.size_bytes += end - start
            if self._file.size_bytes <= self._size_limit_bytes:
                self._output.write(piece[start:end])

    def on_part_end(self) -> None:
        if self._buffer is not None:
            self._form.request = bytes(self._buffer)
        if self._output is not None:
            self._output.close()
        self._buffer = self._file = self._output = None

    def on_end(self) -> None:
        self.is_complete = True

    def _open_file(self, name: str, filename: str) -> None:
        if name in self._form.files:
            raise InvalidInput(f"The form has the part {name} twice")
        path = self._storage.new_file()
        self._file = self._form.files[name] = ReceivedFile(path, filename)
        self._output = path.open("wb")


async def read_upload(request: Request, storage: Storage, size_limit_bytes: int) -> UploadForm:
    """The whole form; a file over the limit is drained, so that the asset can fail for it.

    Raises: InvalidInput for what is no complete multipart form. Nothing is left on disk then.
    """
    form = UploadForm()
    try:
        with _Reception(form, storage, size_limit_bytes) as reception:
            await _parse(request, reception)
            if not reception.is_complete:
                raise InvalidInput("The form ends before its closing boundary")
    except BaseException:
        form.discard()
        raise
    return form


async def _parse(request: Request, reception: _Reception) -> None:
    from python_multipart.exceptions import FormParserError  # noqa: PLC0415
    from python_multipart.multipart import MultipartParser, parse_options_header  # noqa: PLC0415

    kind, options = parse_options_header(request.header(b"content-type"))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise InvalidInput("The Content-Type must be multipart/form-data with a boundary")
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": reception.on_part_begin,
                "on_part_data": reception.on_part_data,
                "on_part_end": reception.on_part_end,
                "on_header_field": reception.on_header_field,
                "on_header_value": reception.on_header_value,
                "on_header_end": reception.on_header_end,
                "on_headers_finished": reception.on_headers_finished,
                "on_end": reception.on_end,
            },
        )
        async for piece in request.stream():
            parser.write(piece)
    except FormParserError as error:
        raise InvalidInput(f"The form is malformed: {error}") from error
