"""One request with its answer, as plain data. Nothing here sends, judges or redacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dubcheck.exchange.documents import MISSING, UNREAD, document_of

__all__ = [
    "EMPTY",
    "MISSING",
    "Body",
    "Credential",
    "Exchange",
    "Part",
    "Request",
    "Response",
    "value_at",
]


class Credential(Enum):
    """Which key a request carried; the key itself is never recorded."""

    OWN = "own"
    POOR = "poor"
    OTHER = "other"
    WRONG = "wrong"
    MALFORMED = "malformed"
    NONE = "none"
    UNKNOWN = "unknown"

    @property
    def is_valid(self) -> bool:
        """Whether the service is expected to know the key."""
        return self in (Credential.OWN, Credential.POOR, Credential.OTHER)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body; the content of large files is kept as a digest only."""

    name: str
    filename: str | None
    content_type: str | None
    content: bytes | None
    size_bytes: int
    sha256: str
    read: Any = field(default=UNREAD, init=False, repr=False, compare=False)

    @property
    def json(self) -> Any:
        """The decoded JSON document, or MISSING where the part is not JSON."""
        found = self.read
        return document_of(self) if found is UNREAD else found


@dataclass(frozen=True, slots=True)
class Body:
    """A message body; `content` is None where it was too large to keep."""

    content: bytes | None
    size_bytes: int
    sha256: str = ""
    parts: tuple[Part, ...] = ()
    read: Any = field(default=UNREAD, init=False, repr=False, compare=False)

    @property
    def json(self) -> Any:
        """The decoded JSON document, or MISSING where the body is not JSON."""
        found = self.read
        return document_of(self) if found is UNREAD else found

    def part(self, name: str) -> Part | None:
        """The first part of that name."""
        return next((part for part in self.parts if part.name == name), None)


EMPTY = Body(b"", 0)


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent, redacted."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Body = EMPTY
    credential: Credential = Credential.UNKNOWN

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """Every query parameter in order, decoded."""
        return tuple(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case, or an empty string."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, redacted."""

    status: int
    headers: Mapping[str, str]
    body: Body = EMPTY

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case, or an empty string."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status <= 299

    @property
    def is_refusal(self) -> bool:
        """Whether the status is 4xx."""
        return 400 <= self.status <= 499


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its answer, matched to its operation.

    Units: `started_at` UNIX seconds, `elapsed_seconds` seconds. `response` is None where no answer
    came; `failure` then says why. `intent` is the probe's word for what the request was made for.
    Recorded traffic may lack times: then `is_timed` is false and `started_at` tells only the order.
    Exchanges of different `scene`s are not judged together: another service, another account, or
    an order that is unknown.
    """

    id: str
    api: str
    operation: str | None
    path_parameters: Mapping[str, str]
    request: Request
    response: Response | None
    started_at: float
    elapsed_seconds: float
    failure: str | None = None
    probe: str | None = None
    intent: str | None = None
    redirects: tuple[str, ...] = ()
    is_timed: bool = True
    scene: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether an answer with a 2xx status came."""
        return self.response is not None and 200 <= self.response.status <= 299

    @property
    def answer(self) -> Any:
        """The JSON document of the answer, or MISSING."""
        return MISSING if self.response is None else self.response.body.json

    def field(self, *pointer: str | int) -> Any:
        """The value at a place of the answer, or MISSING."""
        document = MISSING if self.response is None else self.response.body.json
        if len(pointer) == 1 and type(document) is dict:
            return document.get(pointer[0], MISSING)
        return value_at(document, *pointer)

    def sent(self, *pointer: str | int) -> Any:
        """The value at a place of the JSON document that was sent, or MISSING.

        In a multipart request this is the document in the part named `request`.
        """
        return value_at(self.document, *pointer)

    @property
    def document(self) -> Any:
        """The JSON document that was sent, also from a multipart part, or MISSING."""
        body = self.request.body
        part = body.part("request") if body.parts else None
        return body.json if part is None else part.json

    @property
    def ended_at(self) -> float:
        """UNIX seconds when the answer was complete."""
        return self.started_at + self.elapsed_seconds


def value_at(document: Any, *pointer: str | int) -> Any:
    """The value at a path of keys and indexes, or MISSING; never raises."""
    for key in pointer:
        found = MISSING
        if isinstance(document, dict):
            found = document.get(key, MISSING)
        elif isinstance(document, list) and isinstance(key, int) and key < len(document):
            found = document[key]
        document = found
    return document
