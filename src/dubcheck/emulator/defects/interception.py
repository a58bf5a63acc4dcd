"""One request on its way through a defect, and the answer to it. Breaks nothing itself."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec

from dubcheck.emulator.callbacks.letter import Letter

# The paths of each operation, by the operation ids of the documents' contracts.
OPERATIONS: dict[str, tuple[str, re.Pattern[str]]] = {
    "createUploadUrl": ("POST", re.compile(r"/api/dubbing/upload-url")),
    "createJob": ("POST", re.compile(r"/api/dubbing/jobs")),
    "listJobs": ("GET", re.compile(r"/api/dubbing/jobs")),
    "getJob": ("GET", re.compile(r"/api/dubbing/jobs/(?P<id>[^/]+)")),
    "getJobResult": ("GET", re.compile(r"/api/dubbing/jobs/(?P<id>[^/]+)/result")),
    "createAsset": ("POST", re.compile(r"/v1/assets/?")),
    "uploadAsset": ("POST", re.compile(r"/v1/assets/upload")),
    "listAssets": ("GET", re.compile(r"/v1/assets/?")),
    "getAsset": ("GET", re.compile(r"/v1/assets/(?P<id>[^/]+)")),
    "addLanguages": ("POST", re.compile(r"/v1/assets/(?P<id>[^/]+)/languages")),
    "getVersion": ("GET", re.compile(r"/v1/versions/(?P<id>[^/]+)")),
    "reviseVersion": ("PATCH", re.compile(r"/v1/versions/(?P<id>[^/]+)/revise")),
}


# The keys that the emulator takes at once, one for each API.
PINCH_KEY = "pk_emulator"
PANJAYA_KEY = "panjaya-emulator"
# Asks the emulator for an error of the account or of the media.
FAULT_HEADER = "x-emulator-fault"


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `body` is whole; `document` is its JSON, or that of the form field `request`.

    `id` is the resource in the path, if any. `operation` is None for storage and unknown paths.
    """

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    operation: str | None
    id: str

    @property
    def document(self) -> Any:
        """The JSON that was sent, or None."""
        body = self.form_document[1] if self.form_document else self.body
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    @property
    def form_document(self) -> tuple[bytes, bytes, bytes] | None:
        """What stands before, in and after the form field `request`; None without such a field."""
        name = re.search(rb'name="?request"?[^\r]*\r\n', self.body)
        if name is None or self.operation != "uploadAsset":
            return None
        start = self.body.index(b"\r\n\r\n", name.start()) + 4
        end = self.body.index(b"\r\n--", start)
        return self.body[:start], self.body[start:end], self.body[end:]

    def with_document(self, document: Any) -> Call:
        """The same request with another JSON document."""
        encoded = msgspec.json.encode(document)
        if self.form_document:
            before, _, after = self.form_document
            encoded = before + encoded + after
        return replace(self, body=encoded)

    def parameter(self, name: str) -> str | None:
        """A query parameter, or None."""
        return dict(parse_qsl(self.query, keep_blank_values=True)).get(name)

    def with_parameter(self, name: str, value: str) -> Call:
        """The same request with another query parameter."""
        values = {**dict(parse_qsl(self.query)), name: value}
        return replace(self, query=urlencode(values))

    @property
    def authorization(self) -> str:
        """What the request is authorized with; empty where it says nothing."""
        return self.header("authorization") or ""

    @property
    def is_owners(self) -> bool:
        """Whether it carries the usual key of its API, and not that of another account."""
        return self.authorization in (f"Bearer {PINCH_KEY}", f"Bearer {PANJAYA_KEY}")

    def header(self, name: str) -> str | None:
        """A header by its lower-case name, or None."""
        return dict(self.headers).get(name)

    def with_header(self, name: str, value: str) -> Call:
        """The same request with another header."""
        kept = tuple(item for item in self.headers if item[0] != name)
        return replace(self, headers=(*kept, (name, value)))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `body` is whole."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def succeeded(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status <= 299

    @property
    def document(self) -> Any:
        """The JSON of the answer, or None."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def with_document(self, document: Any, status: int | None = None) -> Reply:
        """The same answer with another JSON document."""
        return replace(self, body=msgspec.json.encode(document), status=status or self.status)

    def with_header(self, name: str, value: str) -> Reply:
        """The same answer with another header."""
        kept = tuple(item for item in self.headers if item[0] != name)
        return replace(self, headers=(*kept, (name, value)))


def json_reply(status: int, document: Any) -> Reply:
    """An answer made by a defect."""
    headers = (("content-type", "application/json"),)
    return Reply(status, headers, msgspec.json.encode(document))


Next = Callable[[Call], Awaitable[Reply]]


@dataclass(slots=True)
class Memory:
    """What a defect remembers between requests; one per served defect."""

    counts: dict[str, int] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """How often it was asked before for this name, from 0."""
        self.counts[name] = self.counts.get(name, -1) + 1
        return self.counts[name]

    def seconds_since_first(self, name: str) -> float:
        """How long ago it was asked for the first time for this name; 0 by that first time."""
        now = time.monotonic()
        first: float = self.kept.setdefault(name, now)
        return now - first


Act = Callable[[Call, Next, Memory], Awaitable[Reply]]
Tell = Callable[[Letter, Memory], Sequence[Letter]]


async def untouched(call: Call, following: Next, _: Memory) -> Reply:
    """What a defect that concerns notices only makes of requests."""
    return await following(call)


@dataclass(frozen=True, slots=True)
class Defect:
    """One promise broken on purpose: `requirement` is its id, `slug` tells it from others.

    `act` stands between requests and answers, `tell` between events and notices about them.
    """

    requirement: str
    slug: str
    act: Act = untouched
    tell: Tell | None = None

    @property
    def name(self) -> str:
        """What `dubcheck serve --defect` takes."""
        return f"{self.requirement}/{self.slug}"
