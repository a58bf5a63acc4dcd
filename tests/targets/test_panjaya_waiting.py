"""How long is waited for what an addition brings, on a clock that only sleeping moves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi

from .conftest import Clock

PATIENCE = 90


class PaperClient:
    """Knows resources by the last part of their path, and what each shows as its status."""

    target = SimpleNamespace(base_url="http://127.0.0.1:1")

    def __init__(self, **statuses: str):
        self._statuses = statuses
        self.hidden_reads = 0

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """An answer with the status."""
        exchange: Any = None
        if self.hidden_reads:
            self.hidden_reads -= 1
            return Answer(exchange, 404, b"", {}, {})
        document = {"status": self._statuses[path.rpartition("/")[2]]}
        return Answer(exchange, 200, b"", {}, document)


@pytest.fixture
def studio() -> StudioApi:
    """A studio that prepares what was ordered first, and never what was added."""
    client: Any = PaperClient(first="ReadyToEdit", added="NotReady", whole="Ready", more="Dubbing")
    return StudioApi(client)


def test_added_versions_are_waited_for_whole_once(clock: Clock, studio: StudioApi) -> None:
    """After one wait in vain the next added version takes a tenth, whatever others became."""
    studio.wait_for_version("added", was_added=True)
    studio.wait_for_version("first")

    before = clock.now
    studio.wait_for_version("added", was_added=True)

    assert (before >= PATIENCE, clock.now - before <= PATIENCE / 9) == (True, True)


def test_extended_assets_are_waited_for_whole_once(clock: Clock, studio: StudioApi) -> None:
    """After one wait in vain the next extended asset takes a tenth, whatever others became."""
    studio.wait_for_end("more", was_extended=True)
    studio.wait_for_end("whole")

    before = clock.now
    studio.wait_for_end("more", was_extended=True)

    assert (before >= PATIENCE, clock.now - before <= PATIENCE / 9) == (True, True)


def test_first_versions_are_waited_for_whole_all_the_same(clock: Clock, studio: StudioApi) -> None:
    """Added versions that are stuck shorten no wait for what was ordered at first."""
    studio.wait_for_version("first")
    studio.wait_for_version("added", was_added=True)

    before = clock.now
    studio.wait_for_version("added")

    assert clock.now - before >= PATIENCE


def test_asset_that_is_not_found_at_once_is_asked_for_again(
    clock: Clock, studio: StudioApi
) -> None:
    """What a service does not find yet is no loss for two seconds."""
    client: Any = studio.client
    client.hidden_reads = 3

    ended = studio.wait_for_end("whole")

    assert ended is not None


def test_assets_that_are_never_found_are_given_up(clock: Clock, studio: StudioApi) -> None:
    """The first one is asked for during two seconds, the next ones once."""
    client: Any = studio.client
    client.hidden_reads = 1000
    studio.wait_for_end("whole")

    before = clock.now
    ended = studio.wait_for_end("whole")

    assert (ended, before >= 2, clock.now - before) == (None, True, 0)
