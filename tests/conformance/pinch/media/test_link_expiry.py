"""How long links live, under a clock that is turned: they work to their end and then no more.

On an emulator of its own, so that no other probe meets the turned clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dubcheck.measure.samples import Sample, SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.rules.moments import moment_of
from dubcheck.targets import Answer, ApiClient, Witness
from dubcheck.targets.receptions import is_refusal, is_silence, told
from dubcheck.targets.staging import Staged
from dubcheck.targets.turned_clock import LinkLife, LinkLives, live_through_links, turned_clock

STORAGE = "pinch.storage."
RESULT = "pinch.get-result."
KINDS = ["upload", "output", "download"]


@pytest.fixture(scope="module")
def lives(
    pinch: ApiClient,
    witness: Witness,
    staged: Staged,
    samples: Callable[[SampleName], Sample],
) -> Iterator[LinkLives]:
    """Three links followed from their start past their end."""
    if "clock" in pinch.target.lacks:
        pytest.skip("this target has no clock that could be turned")
    with turned_clock(pinch.target, witness, staged) as clock:
        folder = staged.own_folder("links")
        yield live_through_links(clock, samples(SampleName.MP3), folder)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.judges(f"{STORAGE}{kind}-url-works-until-expiry"))
        for kind in KINDS
    ],
)
def test_link_works_until_its_expiry(kind: str, lives: LinkLives, evidence: Evidence) -> None:
    """A link still works one minute before its announced end."""
    requirement = f"{STORAGE}{kind}-url-works-until-expiry"
    life: LinkLife = getattr(lives, kind)
    _need_working(requirement, life, evidence)

    _judge_use(requirement, life.before_the_end, True, evidence)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.judges(f"{STORAGE}{kind}-url-dies-after-expiry"))
        for kind in KINDS
    ],
)
def test_link_dies_after_its_expiry(kind: str, lives: LinkLives, evidence: Evidence) -> None:
    """A link no longer works one minute after its announced end."""
    requirement = f"{STORAGE}{kind}-url-dies-after-expiry"
    life: LinkLife = getattr(lives, kind)
    _need_working(requirement, life, evidence)

    _judge_use(requirement, life.after_the_end, False, evidence)


@pytest.mark.judges(f"{RESULT}replaces-an-expired-link")
def test_result_replaces_an_expired_link(lives: LinkLives, evidence: Evidence) -> None:
    """When the output URL has expired, the result's download URL yields the file."""
    requirement = f"{RESULT}replaces-an-expired-link"
    _need_working(requirement, lives.output, evidence)
    _need_working(requirement, lives.download, evidence)

    _judge_use(requirement, lives.later_download, True, evidence)


@pytest.mark.judges(f"{RESULT}later-link-lives-longer")
def test_link_asked_for_later_lives_longer(lives: LinkLives, evidence: Evidence) -> None:
    """A link asked for two days later expires later than the first one."""
    _judge_expiry(f"{RESULT}later-link-lives-longer", lives, evidence)


def _need_working(requirement: str, life: LinkLife, evidence: Evidence) -> None:
    trouble = life.trouble
    if life.at_once is not None and not life.at_once.succeeded:
        trouble = f"the link did not work at once: {told(life.at_once)}"
    if trouble:
        evidence.unjudged(requirement, trouble)
        pytest.skip(trouble)


def _judge_use(requirement: str, answer: Answer | None, works: bool, evidence: Evidence) -> None:
    if answer is None or is_silence(answer):
        reason = "the link was not used" if answer is None else f"answered with {told(answer)}"
        evidence.unjudged(requirement, reason)
        return
    evidence.holds(
        requirement,
        answer.succeeded if works else is_refusal(answer),
        answer,
        message="a link does not live as long as was announced",
        expected="a 2xx status" if works else "a 4xx status",
        actual=told(answer),
    )


def _judge_expiry(requirement: str, lives: LinkLives, evidence: Evidence) -> None:
    results = [item for item in (lives.first_result, lives.later_result) if item is not None]
    moments = [moment_of(item.field("expires_at")) for item in results if item.succeeded]
    first, later = (*moments, None, None)[:2]
    works = lives.later_download is not None and lives.later_download.succeeded
    if first is None or later is None or not works:
        evidence.unjudged(requirement, "there were no two links that worked", *results)
        return
    evidence.holds(
        requirement,
        later.seconds > first.seconds,
        *results,
        message="a link asked for later does not expire later",
        expected=f"after {results[0].field('expires_at')}",
        actual=results[1].field("expires_at"),
    )
