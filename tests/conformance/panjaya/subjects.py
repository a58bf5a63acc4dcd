"""The operations under test, each with the plain request that it accepted, ready to be varied.

How an answer is judged stands in examination.py; the requests themselves in the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

import pytest

from dubcheck.targets import Answer
from dubcheck.targets.panjaya import PlainAsset, StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of
from dubcheck.targets.receptions import told
from dubcheck.targets.waiting import looks

from .stimuli import Change, Place, changed

LANES = 4
# About as many as accepted additions use up: made at once, they are waited for once.
READY_AT_ONCE = 16
# For how long a limit is waited out before the very first asset.
LIMITED_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Subject:
    """One operation. `obstacle` says why it cannot be varied; `places` what a run knows."""

    topic: str
    body: dict[str, Any]
    obstacle: str | None
    post: Callable[[Any], Answer]
    lanes: int
    places: dict[Place, str]

    def answer(self, *changes: Change) -> Answer:
        """The answer to the plain request with these changes."""
        return self.post(self.request(*changes))

    def answers(self, changes: Sequence[Change]) -> list[Answer]:
        """One answer per change, in their order; sent a few at a time."""
        with ThreadPoolExecutor(self.lanes) as lanes:
            return list(lanes.map(self.answer, changes))

    def request(self, *changes: Change) -> dict[str, Any]:
        """The plain request with these changes."""
        body = changed(self.body, *changes)
        return {
            key: self.places[value] if isinstance(value, Place) else value
            for key, value in body.items()
        }

    def is_known(self, change: Change) -> bool:
        """Whether the run can say every value of the change."""
        return all(
            value in self.places or value is Place.ABSENT
            for value in change.values()
            if isinstance(value, Place)
        )

    def takes_plain_requests(self) -> bool:
        """Whether the plain request is still accepted: a limit may have been reached since."""
        return self.answer().succeeded


@dataclass(slots=True)
class ReadyAssets:
    """Assets that are Ready to take languages, each used until an addition is accepted.

    `requests`: the first that is accepted makes them.
    """

    studio: StudioApi
    upload: Callable[[Any], Answer]
    requests: tuple[dict[str, Any], ...]
    lanes: int
    obstacle: str | None = None
    _ready: SimpleQueue[str] = field(default_factory=SimpleQueue)
    _making: Lock = field(default_factory=Lock)

    def take(self) -> str | None:
        """The id of a Ready asset that was not changed since it was made, or None without one."""
        try:
            return self._ready.get_nowait()
        except Empty:
            pass
        with self._making:
            if self._ready.empty() and self.obstacle is None:
                self._make()
        try:
            return self._ready.get_nowait()
        except Empty:
            return None if self.obstacle else self.take()

    def give_back(self, asset_id: str) -> None:
        """Takes an asset back to which nothing happened."""
        self._ready.put(asset_id)

    def post(self, body: Any) -> Answer:
        """addLanguages on a Ready asset; one that took no language is used again."""
        asset_id = self.take()
        if asset_id is None:
            pytest.skip(self.obstacle or "no asset is Ready")
        answer = self.studio.add_languages(asset_id, body)
        if answer.status is not None and 400 <= answer.status <= 499:
            self.give_back(asset_id)
        return answer

    def _make(self) -> None:
        answers = self._uploads(self.requests[0])
        if len(self.requests) > 1 and not any(map(asset_id_of, answers)):
            self.requests = self.requests[1:]
            answers = self._uploads(self.requests[0])
        ended = self.studio.wait_for_ends(filter(None, map(asset_id_of, answers)), self.lanes)
        ready = [name for name, answer in ended.items() if answer.field("status") == "Ready"]
        for asset_id in ready:
            self.give_back(asset_id)
        if not ready:
            seen = sorted({str(answer.field("status")) for answer in ended.values()})
            told_statuses = sorted({told(answer) for answer in answers})
            self.obstacle = (
                "no plain asset became Ready to take languages"
                f" (uploads were answered with {', '.join(told_statuses)};"
                f" the assets ended as {', '.join(seen) or 'nothing'})"
            )

    def _uploads(self, request: dict[str, Any]) -> list[Answer]:
        with ThreadPoolExecutor(self.lanes) as lanes:
            return list(lanes.map(lambda _: self.upload(request), range(READY_AT_ONCE)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plain request. `fact` is the promise that is broken if nothing plainer is accepted."""

    fact: str | None
    body: dict[str, Any]
    post: Callable[[Any], Answer]


@dataclass(frozen=True, slots=True)
class Plain:
    """The plainest accepted request and how it is sent; `first` answered the plainest of all."""

    asset: PlainAsset
    post: Callable[[Any], Answer]
    first: Answer
    broken_fact: str | None


def plainest(candidates: Iterable[Candidate]) -> Plain:
    """The first candidate that is accepted, or the first of all where none is."""
    tried: list[Plain] = []
    for candidate in candidates:
        answer = candidate.post(candidate.body) if tried else _answer_within_limits(candidate)
        first = tried[0].first if tried else answer
        asset = PlainAsset(candidate.body, answer)
        tried.append(Plain(asset, candidate.post, first, candidate.fact))
        if asset.obstacle is None:
            return tried[-1]
    return tried[0]


def _answer_within_limits(candidate: Candidate) -> Answer:
    """The answer once assets that are at work fill the account no longer (403), or as it is."""
    answer = candidate.post(candidate.body)
    for waited in looks():
        if answer.status != 403 or waited > LIMITED_SECONDS:
            break
        answer = candidate.post(candidate.body)
    return answer
