"""The options of recording and replay."""

import argparse
from pathlib import Path

import pytest

from dubcheck.errors import UsageError
from dubcheck.replay.facts import FACTS
from dubcheck.replay.options import Mode, add_cassette_arguments, cassette_options
from dubcheck.targets.run_options import checked_options


def checked(
    words: list[str], pytest_args: tuple[str, ...] = (), **given: str
) -> tuple[Mode, float | None] | None:
    """What the options come to."""
    parser = argparse.ArgumentParser()
    add_cassette_arguments(parser)
    options = checked_options(given, {})
    found = cassette_options(parser.parse_args(words), options, list(pytest_args))
    return None if found is None else (found.mode, found.oldest_days)


@pytest.fixture
def recorded(tmp_path: Path) -> str:
    """A folder with cassettes of both APIs."""
    for api in ("pinch", "panjaya"):
        (tmp_path / api).mkdir()
        (tmp_path / api / FACTS).touch()
    return str(tmp_path)


def test_run_without_these_options_has_no_cassettes() -> None:
    """Nothing is recorded or played unless asked for."""
    assert checked([]) is None


def test_replay_is_the_record_mode_none(recorded: str) -> None:
    """Both words mean the same."""
    first = checked(["--replay", "--cassettes", recorded, "--cassette-age", "30"])
    second = checked(["--record-mode", "none", "--cassettes", recorded, "--cassette-age", "30"])

    assert first == second == (Mode.NONE, 30.0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["--cassettes", "x"], "--cassettes", id="a folder alone"),
        pytest.param(["--cassette-age", "3"], "--cassette-age", id="an age alone"),
        pytest.param(["--replay", "--record-mode", "once"], "give one", id="both"),
        pytest.param(["--replay", "--cassettes", "nowhere"], "no cassettes", id="nothing there"),
        pytest.param(
            ["--record-mode", "all", "--cassette-age", "3"], "--replay", id="an age when recording"
        ),
    ],
)
def test_unusable_options_are_refused(words: list[str], told: str) -> None:
    """The message names the option or the cure."""
    with pytest.raises(UsageError, match=told):
        checked(words)


@pytest.mark.parametrize("days", ["-1", "nan", "week"])
def test_age_that_is_no_number_of_days_is_refused(recorded: str, days: str) -> None:
    """An age is zero or more days."""
    with pytest.raises(UsageError, match="--cassette-age"):
        checked(["--replay", "--cassettes", recorded, "--cassette-age", days])


def test_replay_with_a_url_is_refused(recorded: str) -> None:
    """A replay asks no target."""
    with pytest.raises(UsageError, match="--pinch-url"):
        checked(
            ["--replay", "--cassettes", recorded], pinch_url="https://example.com", pinch_key="k"
        )


def test_several_processes_are_refused(recorded: str) -> None:
    """Cassettes are played by one process."""
    with pytest.raises(UsageError, match="-n"):
        checked(["--replay", "--cassettes", recorded], ("-n", "2"))


def test_once_records_nothing_over_a_recording(recorded: str) -> None:
    """Recording once is over when all APIs are recorded."""
    with pytest.raises(UsageError, match="rewrite"):
        checked(["--record-mode", "once", "--cassettes", recorded])
