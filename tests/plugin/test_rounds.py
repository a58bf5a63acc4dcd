"""A deep run's minutes: how they are given, and what a round of exploring is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from dubcheck.errors import UsageError
from dubcheck.pytest_plugin.rounds import staged_for_round
from dubcheck.targets.run_options import checked_options
from dubcheck.targets.staging import Staged

STAGED = Staged(
    targets=(),
    profile="deep",
    seed=7,
    rate=None,
    work_folder=Path(),
    callback_url=None,
    callback_log=Path(),
    callback_public_key=None,
    media_folder=Path(),
    media_url=None,
    control_url=None,
)


@pytest.mark.parametrize("minutes", ["0", "-1", "soon", "", "nan", "inf"])
def test_minutes_that_are_no_time_are_refused(minutes: str) -> None:
    """What is no number above 0 is refused, naming the option."""
    with pytest.raises(UsageError, match="--minutes"):
        checked_options({"minutes": minutes, "profile": "deep"}, {})


@pytest.mark.parametrize("profile", [None, "quick", "standard"])
def test_minutes_belong_to_the_deep_profile(profile: str | None) -> None:
    """With another profile, minutes would do nothing; they are refused."""
    with pytest.raises(UsageError, match="--profile deep"):
        checked_options({"minutes": "5", "profile": profile}, {})


def test_minutes_may_be_a_fraction() -> None:
    """Half a minute is a time to explore."""
    options = checked_options({"minutes": "0.5", "profile": "deep"}, {})

    assert options.minutes == 0.5


def test_deep_run_without_minutes_stays_as_it_is() -> None:
    """Without minutes there is one round, of the deep profile."""
    assert staged_for_round(STAGED, 0) == STAGED


def test_each_round_has_a_seed_of_its_own() -> None:
    """The first round has the run's seed and each later one another, always the same."""
    staged = replace(STAGED, explore_until=1.0)

    seeds = [staged_for_round(staged, number).seed for number in range(3)]

    assert seeds == [7, 1_000_010, 2_000_013]


def test_round_is_of_the_standard_size() -> None:
    """A round is small, so that a run ends soon after its time is over."""
    staged = staged_for_round(replace(STAGED, explore_until=1.0), 1)

    assert staged.profile == "standard"
