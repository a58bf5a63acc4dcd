"""Walks through Pinch see what is broken only where several jobs and accounts are used in turn."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dubcheck.errors import Violation
from dubcheck.exchange import Credential
from dubcheck.measure.samples import SampleName, make
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.pytest_plugin.exploring import Walks, Watch
from dubcheck.targets import ApiClient
from dubcheck.targets.machines.pinch import Account, JobsMachine
from dubcheck.targets.pinch import DubbingApi

from .conftest import Serve, still

OWN, OTHER = 0, 1
# A job of the real speed is at work for longer than any test.
AT_WORK = ("--speed", "real")
Steps = Sequence[tuple[str, dict[str, Any]]]


def create(account: int, *, is_paged: bool = False) -> tuple[str, dict[str, Any]]:
    """A job of an account, and the account's list at once."""
    return "create", {"account": account, "source": 0, "language": "es", "is_paged": is_paged}


def list_jobs(account: int) -> tuple[str, dict[str, Any]]:
    """The first pages of an account's list."""
    return "page_through", {"account": account, "limit": 2, "page": 0}


def accounts(client: ApiClient, folder: Path) -> list[Account]:
    """Two accounts, each with a file of its own."""
    api = DubbingApi(client)
    sample = make(SampleName.MP3, folder)
    keys = (Credential.OWN, Credential.OTHER)
    uploads = [Account(api, key, ()).upload(sample).source_url for key in keys]
    return [
        Account(api, key, [url]) for key, url in zip(keys, uploads, strict=True) if url is not None
    ]


def take(machine: JobsMachine, steps: Steps) -> None:
    """Takes the steps in order."""
    for name, drawn in steps:
        getattr(machine, name)(**drawn)


@pytest.mark.parametrize(
    ("defect", "words", "steps"),
    [
        pytest.param(
            "pinch.list-jobs.only-own-jobs-are-listed/after-two-creates",
            AT_WORK,
            [create(OWN), create(OTHER), list_jobs(OWN), create(OWN), list_jobs(OWN)],
            id="another key's job is listed after two creates",
        ),
        pytest.param(
            "pinch.list-jobs.offset-skips-jobs/third-while-one-runs",
            AT_WORK,
            [create(OWN), create(OWN), list_jobs(OWN), create(OWN), list_jobs(OWN)],
            id="offsets slip after a third job",
        ),
        pytest.param(
            "pinch.list-jobs.offset-skips-jobs/third-while-one-runs",
            (),
            [create(OWN), create(OWN), create(OWN, is_paged=True)],
            id="offsets slip while a third job waits",
        ),
        pytest.param(
            "pinch.list-jobs.created-job-is-listed/while-two-run",
            AT_WORK,
            [create(OWN), create(OWN), list_jobs(OWN), create(OWN), list_jobs(OWN)],
            id="a third job is not listed",
        ),
        pytest.param(
            "pinch.lifecycle.completed-is-final/after-a-strangers-question",
            (),
            [
                create(OWN),
                ("wait", {"number": 0}),
                ("read", {"number": 0}),
                ("read_foreign", {"number": 0, "result": False}),
                ("read", {"number": 0}),
            ],
            id="a stranger's question reopens a job",
        ),
        pytest.param(
            "pinch.get-result.unfinished-job-has-no-link/lent-by-a-finished-one",
            (),
            [
                create(OWN),
                ("wait", {"number": 0}),
                ("ask_result", {"number": 0}),
                create(OWN),
                ("ask_result", {"number": 1}),
            ],
            id="an unfinished job is lent a link",
        ),
    ],
)
def test_only_the_last_step_of_a_walk_shows_the_defect(
    defect: str, words: tuple[str, ...], steps: Steps, serve: Serve, tmp_path: Path
) -> None:
    """Up to its last step the walk keeps every promise; then the broken one is told by its id."""
    client = serve("pinch", "--defect", defect, *words)
    machine = JobsMachine(Watch(client.witness, still, 1.0), accounts(client, tmp_path), 60.0)
    # The emulator's lists do not lag, and what breaks one while jobs wait is over before long.
    machine.lag_seconds = 1.0

    take(machine, steps[:-1])
    with pytest.raises(Violation) as found:
        take(machine, steps[-1:])

    assert found.value.requirement == defect.partition("/")[0]


def test_explored_walk_is_shrunk_to_the_shortest(serve: Serve, tmp_path: Path) -> None:
    """The finding rests on hardly more requests than the defect needs: three jobs and a list."""
    defect = "pinch.list-jobs.only-own-jobs-are-listed/after-two-creates"
    client = serve("pinch", "--defect", defect, *AT_WORK)
    there = accounts(client, tmp_path)
    explore = Explorer(client.witness, "deep", seed=1, clock=still)

    with pytest.raises(Violation, match="only-own-jobs-are-listed"):
        explore.walk(
            lambda listener: JobsMachine(listener, there, 0.0),
            walks=Walks(count=60, steps=9, seconds=1.0, findings=1),
        )

    assert len(client.witness.failures[-1].exchanges) <= 10


def test_right_service_breaks_nothing_on_walks(serve: Serve, tmp_path: Path) -> None:
    """Walks through the emulator as it is find nothing."""
    client = serve("pinch")
    there = accounts(client, tmp_path)

    Explorer(client.witness, "quick", seed=2, clock=still).walk(
        lambda listener: JobsMachine(listener, there)
    )

    assert client.witness.failures == []
