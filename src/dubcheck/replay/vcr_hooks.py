"""vcrpy as it is used here: hooks that redact while recording, and a cassette that plays the tape.

The one module that knows vcrpy.
"""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vcr.cassette import Cassette  # type: ignore[import-untyped]
from vcr.persisters.filesystem import CassetteNotFoundError  # type: ignore[import-untyped]
from vcr.request import Request  # type: ignore[import-untyped]
from vcr.serialize import serialize  # type: ignore[import-untyped]

from dubcheck.replay.clock import ReplayClock
from dubcheck.replay.media_shelf import MediaShelf
from dubcheck.replay.tape import Tape, as_bytes
from dubcheck.replay.wire import Wire, identity
from dubcheck.targets.recorded_moments import RECORDED, read_moment, write_moment

LARGEST_CASSETTE_BYTES = 180_000


class RecordingHooks:
    """Turns what VCR has seen into what may be kept, and notes when it was seen."""

    def __init__(self, wire: Wire):
        self._wire = wire
        self._latest = threading.local()

    def request(self, request: Request) -> Request:
        """The request as it may be kept. VCR asks several times for one that is sent."""
        self._latest.started_at = vars(request).setdefault("dubcheck_started_at", time.time())
        return kept_request(self._wire, request)

    def response(self, response: dict[str, Any]) -> dict[str, Any]:
        """The answer as it may be kept, to the latest request of the same thread."""
        started_at = self._latest.started_at
        headers = self._wire.answer_headers(response["headers"])
        headers[RECORDED] = [write_moment(started_at, time.time() - started_at)]
        body = self._wire.answer_body(as_bytes(response["body"]["string"]))
        return {"status": response["status"], "headers": headers, "body": {"string": body}}


class SplittingPersister:
    """Writes a cassette with its label, in parts where it would be too large to read."""

    def __init__(self, label: Mapping[str, Any]):
        self._label = dict(label)

    def load_cassette(self, cassette_path: str, serializer: Any) -> Any:
        """Nothing: a recording begins empty."""
        raise CassetteNotFoundError(cassette_path)

    def save_cassette(
        self, cassette_path: str, cassette_dict: dict[str, Any], serializer: Any
    ) -> None:
        """Writes the file, or NAME.yaml, NAME.part2.yaml and so on."""
        path = Path(cassette_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        pairs = list(zip(cassette_dict["requests"], cassette_dict["responses"], strict=True))
        for number, text in enumerate(self._texts(pairs, serializer), start=1):
            name = path.name if number == 1 else f"{path.stem}.part{number}.yaml"
            path.with_name(name).write_text(text, encoding="utf-8")

    def _texts(self, pairs: list[Any], serializer: Any) -> list[str]:
        document = {
            "requests": [request for request, _ in pairs],
            "responses": copy.deepcopy([response for _, response in pairs]),
            "metadata": self._label,
        }
        text: str = serialize(document, serializer)
        if len(text.encode()) <= LARGEST_CASSETTE_BYTES or len(pairs) < 2:
            return [text]
        middle = len(pairs) // 2
        return self._texts(pairs[:middle], serializer) + self._texts(pairs[middle:], serializer)


class Player:
    """What a played cassette asks: the tape, how requests are known again, and the clock."""

    def __init__(
        self,
        tape: Tape,
        wire: Wire,
        shelf: MediaShelf,
        clock: ReplayClock,
        origins: tuple[str, ...],
    ):
        self.tape, self.clock = tape, clock
        self._wire, self._shelf, self._origins = wire, shelf, origins

    def answer(self, request: Request, cassette: str) -> dict[str, Any]:
        """The recorded answer; the clock moves on to when it came."""
        take = self.tape.take(self.identity(request), cassette)
        response = copy.deepcopy(take.response)
        response["body"]["string"] = self._shelf.fetch(as_bytes(response["body"]["string"]))
        moment = read_moment({RECORDED: response["headers"].get(RECORDED, [""])[0]})
        if moment is not None:
            self.clock.advance_to(sum(moment))
        return response

    def identity(self, request: Request) -> Any:
        """By what the request is known again."""
        kept = kept_request(self._wire, request)
        return identity(kept.method, kept.uri, dict(kept.headers), kept.body or b"", self._origins)


class PlayedCassette(Cassette):  # type: ignore[misc] # vcrpy has no types
    """A cassette whose answers come from the tape; nothing is ever sent or written."""

    player: Player
    name: str

    def can_play_response_for(self, request: Request) -> bool:
        """Always: what is not recorded raises, so that nothing reaches the network."""
        asked = self.player.identity(request)
        if not self.player.tape.has(asked, self.name):
            self.player.tape.take(asked, self.name)
        return True

    def play_response(self, request: Request) -> dict[str, Any]:
        """The recorded answer."""
        return self.player.answer(request, self.name)

    def _load(self) -> None:
        pass

    def _save(self, force: bool = False) -> None:
        pass


def kept_request(wire: Wire, request: Request) -> Request:
    """A request as a cassette may hold it."""
    given = {name.lower(): value for name, value in request.headers.items()}
    content_type = given.get("content-type", "")
    if isinstance(content_type, bytes):
        content_type = content_type.decode("latin-1")
    body = wire.request_body(request.body_bytes or b"", content_type)
    return Request(request.method, wire.url(request.uri), body, wire.request_headers(given))
