"""Known violations from the file to the exit status, on a service that breaks one promise."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dubcheck.targets.embedded import EmbeddedEmulator, start_emulator

BROKEN = "pinch.list-jobs.offset-defaults-to-0"
ENTRY = """violations:
  - id: {id}
    target: {target}
    reason: The default offset is 1.
    evidence: ticket 17
    date: 2026-01-05
    expires: {expires}
"""
FAR = datetime.date(9999, 1, 1)
Judge = Callable[..., Any]


@pytest.fixture(scope="module")
def wrong_service() -> Iterator[EmbeddedEmulator]:
    """An emulator whose lists begin at the second job."""
    emulator = start_emulator("--defect", f"{BROKEN}/1")
    yield emulator
    emulator.stop()


@pytest.fixture(scope="module")
def right_service() -> Iterator[EmbeddedEmulator]:
    """An emulator that keeps every promise."""
    emulator = start_emulator()
    yield emulator
    emulator.stop()


@pytest.fixture
def judge(run_dubcheck: Any, tmp_path: Path) -> Judge:
    """Judges a service by the probes of one requirement, with one entry in the user's own file."""

    def run(
        service: EmbeddedEmulator,
        only: str = BROKEN,
        target: str = "",
        expires: datetime.date = FAR,
    ) -> Any:
        path = tmp_path / "known.yaml"
        path.write_text(ENTRY.format(id=BROKEN, target=target or service.url, expires=expires))
        return run_dubcheck(
            *("--api", "pinch", "--profile", "quick", "--only", only),
            *("--pinch-url", service.url, "--pinch-key", service.greeting["pinch_key"]),
            *("--known-violations", str(path)),
        )

    return run


@pytest.mark.parametrize("form", ["{}/", "live"], ids=["URL", "kind"])
def test_listed_failure_is_known(judge: Judge, wrong_service: EmbeddedEmulator, form: str) -> None:
    """A promise that is listed as broken, and is, gets the verdict known: status 0."""
    done = judge(wrong_service, target=form.format(wrong_service.url))

    assert done.status == 0, done.told
    assert done.verdicts("must")[BROKEN] == "known"
    assert f"KNOWN {BROKEN} (listed as known since 2026-01-05" in done.output


def test_entry_for_another_target_changes_nothing(
    judge: Judge, wrong_service: EmbeddedEmulator
) -> None:
    """The entry of another target leaves the failure a failure: status 1."""
    done = judge(wrong_service, target="http://127.0.0.1:9")

    assert done.status == 1, done.told
    assert done.verdicts("must")[BROKEN] == "fail"


def test_entry_past_its_date_is_stale(judge: Judge, wrong_service: EmbeddedEmulator) -> None:
    """A listed failure whose date is over fails the run and says what to do."""
    done = judge(wrong_service, expires=datetime.date(2026, 1, 6))

    assert done.status == 1, done.told
    assert done.verdicts("must")[BROKEN] == "stale"
    assert f"STALE {BROKEN}" in done.output
    assert "2026-01-06, which is over: look at it again" in done.output


def test_entry_that_no_longer_happens_is_stale(
    judge: Judge, right_service: EmbeddedEmulator
) -> None:
    """A listed promise that was exercised and kept fails the run and names the entry's line."""
    done = judge(right_service)

    assert done.status == 1, done.told
    assert done.verdicts("must")[BROKEN] == "stale"
    assert "no longer happens: take the entry out" in done.output
    assert "known.yaml, line 2" in done.output


def test_entry_that_was_not_exercised_is_neither_known_nor_stale(
    judge: Judge, right_service: EmbeddedEmulator
) -> None:
    """Probes of another requirement cannot show that a listed violation no longer happens."""
    done = judge(right_service, only="pinch.list-jobs.limit-1-is-accepted")

    assert done.status == 0, done.told
    assert done.verdicts("must")[BROKEN] == "not-exercised"


def test_unusable_file_ends_with_status_2(run_dubcheck: Any, tmp_path: Path) -> None:
    """An id that no catalogue has is told with file and line, before anything is sent."""
    path = tmp_path / "known.yaml"
    path.write_text(ENTRY.format(id="pinch.list-jobs.offset-default", target="live", expires=FAR))

    done = run_dubcheck("--api", "panjaya", "--known-violations", str(path))

    assert (done.status, done.report) == (2, None)
    assert "known.yaml, line 2: pinch.list-jobs.offset-default names no requirement" in done.output
    assert "Traceback" not in done.output
