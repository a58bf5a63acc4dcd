"""How long is waited for work beside the answers, on a clock that only sleeping moves."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.targets.waiting import Waiting

from .conftest import Clock


def seconds_of(clock: Clock, polls: Iterator[float]) -> float:
    """How long a wait in vain takes."""
    started = clock.now
    list(polls)
    return clock.now - started


def asked_in_vain(local: Waiting, times: int) -> None:
    """Answers that show no state."""
    for _ in range(times):
        local.state_was_asked(None, ("completed",))


def test_first_wait_takes_the_whole_patience(clock: Clock) -> None:
    """On this machine a wait in vain takes 90 seconds, and one pause at most."""
    local = Waiting(is_local=True)

    seconds = seconds_of(clock, local.polls())

    assert 90 <= seconds <= 91


def test_waits_are_short_where_nothing_ever_ends(clock: Clock) -> None:
    """After one wait in vain the next ones take a tenth."""
    local = Waiting(is_local=True)
    seconds_of(clock, local.polls())

    later = [seconds_of(clock, local.polls()), seconds_of(clock, local.polls())]

    assert max(later) <= 10


def test_waits_stay_long_where_something_ended(clock: Clock) -> None:
    """A service that was seen to end its work is waited for again and again."""
    local = Waiting(is_local=True)
    local.state_was_asked("completed", ("completed",))
    seconds_of(clock, local.polls())

    later = seconds_of(clock, local.polls())

    assert later >= 90


def test_a_late_end_brings_patience_back(clock: Clock) -> None:
    """Work that ends after all is waited for as at first."""
    local = Waiting(is_local=True)
    seconds_of(clock, local.polls())
    local.state_was_asked("completed", ("completed",))

    later = seconds_of(clock, local.polls())

    assert later >= 90


def test_a_short_wait_in_vain_proves_nothing(clock: Clock) -> None:
    """Only a wait of the whole patience shows that work is stuck."""
    local = Waiting(is_local=True)
    seconds_of(clock, local.polls(2.0))

    later = seconds_of(clock, local.polls())

    assert later >= 90


def test_waits_are_short_where_no_answer_shows_a_state(clock: Clock) -> None:
    """What no answer ever showed is waited for a tenth of the time."""
    local = Waiting(is_local=True)
    asked_in_vain(local, 5)

    seconds = seconds_of(clock, local.polls())

    assert 9 <= seconds <= 10


def test_one_state_that_was_shown_is_worth_all_patience(clock: Clock) -> None:
    """Where an answer once showed a word as its state, others may again."""
    local = Waiting(is_local=True)
    asked_in_vain(local, 5)
    local.state_was_asked("processing", ("completed",))

    seconds = seconds_of(clock, local.polls())

    assert seconds >= 90


def test_few_answers_without_a_state_prove_nothing(clock: Clock) -> None:
    """A state may be missing in the first answers."""
    local = Waiting(is_local=True)
    asked_in_vain(local, 4)

    seconds = seconds_of(clock, local.polls())

    assert seconds >= 90
