"""Exchanges as a busy client would have recorded them, made up from a seed. Nothing is sent."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any

from dubcheck.exchange import EMPTY, Body, Credential, Exchange, Part, Request, Response

NOON = 1_772_712_000.0  # 2026-03-05T12:00:00Z
AT_ONCE = 20  # jobs or assets under way
_STEP_SECONDS = 0.25
_AGENT = {"accept": "*/*", "user-agent": "python-httpx/0.28.1"}


@dataclass(slots=True)
class Client:
    """One client of one API: gives every exchange its number and its time."""

    api: str
    host: str
    random: random.Random
    count: int = 0
    recent: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=10))

    @property
    def now(self) -> float:
        """UNIX seconds."""
        return NOON + self.count * _STEP_SECONDS

    def identifier(self, digits: int) -> str:
        """An id that no other resource has."""
        return f"{self.random.getrandbits(digits * 4):0{digits}x}"

    def exchange(
        self,
        operation: str,
        line: str,
        *,
        answer: Any = None,
        status: int = 200,
        sent: Any = None,
        **more: Any,
    ) -> Exchange:
        """One exchange; `line` is the method and the path or URL."""
        method, _, path = line.partition(" ")
        self.count += 1
        request_body = more.get("body") or body(sent)
        headers = dict(_AGENT)
        if request_body.size_bytes:
            headers["content-type"] = more.get("content_type", "application/json")
            headers["content-length"] = str(request_body.size_bytes)
        return Exchange(
            id=f"x-{self.count}",
            api=self.api,
            operation=operation,
            path_parameters=more.get("ids", {}),
            request=Request(
                method,
                path if "://" in path else self.host + path,
                headers | more.get("headers", {}),
                request_body,
                more.get("credential", Credential.OWN),
            ),
            response=self._response(status, body(answer)),
            started_at=self.now,
            elapsed_seconds=0.05,
        )

    def _response(self, status: int, answer: Body) -> Response:
        headers = {"date": formatdate(self.now, usegmt=True)}
        if answer.size_bytes:
            headers["content-type"] = "application/json"
        return Response(status, headers | {"content-length": str(answer.size_bytes)}, answer)


def body(document: Any) -> Body:
    """The JSON body of a document; empty for None."""
    if document is None:
        return EMPTY
    content = json.dumps(document, separators=(",", ":")).encode()
    return Body(content, len(content))


def form(document: Any, file_name: str) -> Body:
    """A multipart body with a document and a video that was not kept."""
    content = body(document)
    return Body(
        None,
        300_000,
        "11" * 32,
        (
            Part("request", None, None, content.content, content.size_bytes, "22" * 32),
            Part("video", file_name, "video/mp4", None, 299_000, "33" * 32),
        ),
    )


def timestamp(seconds: float) -> str:
    """As both services write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def interleaved(client: Client, life: Callable[[Client], Iterator[Exchange]]) -> Iterator[Exchange]:
    """Endless lives, so many of them under way at once, in a shuffled order."""
    lives = [life(client) for _ in range(AT_ONCE)]
    while True:
        turn = client.random.randrange(AT_ONCE)
        exchange = next(lives[turn], None)
        if exchange is None:
            lives[turn] = life(client)
        else:
            yield exchange
