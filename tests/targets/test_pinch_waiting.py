"""Waiting for the end of a job: how long it goes on, and what ends it early."""

from __future__ import annotations

from typing import Any, cast

import pytest

from dubcheck.exchange import MISSING
from dubcheck.targets import Answer, ApiClient
from dubcheck.targets.pinch import DubbingApi


class Target:
    """A service on this machine."""

    base_url = "http://127.0.0.1:1"


class ClientOfAnswers:
    """Answers every request with the next of given statuses; 200 shows the job as it is told."""

    target = Target()

    def __init__(self, *answers: tuple[int, str]):
        self.answers = list(answers)
        self.asked = 0

    def send(self, *_: str, **__: object) -> Answer:
        """The next answer, the last one again and again."""
        self.asked += 1
        status, shown = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        document: Any = {"status": shown} if shown else MISSING
        return Answer(cast(Any, None), status, b"", {}, document)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dubcheck.targets.waiting.time.sleep", lambda _: None)


def waited(client: ClientOfAnswers) -> Answer | None:
    """What waiting for the end of a job came to."""
    return DubbingApi(cast(ApiClient, client)).wait_for_end("dub_1")


def test_waiting_ends_after_five_errors_in_a_row() -> None:
    """A service that answers with 500 five times is not asked a sixth time."""
    client = ClientOfAnswers((500, ""))

    end = waited(client)

    assert end is None
    assert client.asked == 5


def test_errors_between_answers_do_not_end_the_waiting() -> None:
    """Four errors, a job at work and four errors more are waited through to the end."""
    errors = [(500, "")] * 4
    client = ClientOfAnswers(*errors, (200, "processing"), *errors, (200, "completed"))

    end = waited(client)

    assert end is not None
    assert end.field("status") == "completed"


def test_waiting_ends_at_a_refusal() -> None:
    """A job that cannot be found is asked for once."""
    client = ClientOfAnswers((404, ""))

    end = waited(client)

    assert end is None
    assert client.asked == 1
