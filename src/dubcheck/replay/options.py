"""The options of recording and replay, which belong to `dubcheck run` alone, and their check."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from dubcheck.errors import UsageError
from dubcheck.replay.facts import FACTS
from dubcheck.targets.run_options import RunOptions

# A bound on requests per minute that no run reaches: under any, probes send one by one, so that
# equal requests are answered in the same order whenever they are played.
ONE_BY_ONE = 6e12


class Mode(Enum):
    """What becomes of cassettes; the words are those of VCR."""

    NONE = "none"
    ONCE = "once"
    NEW_EPISODES = "new_episodes"
    REWRITE = "rewrite"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CassetteOptions:
    """Where cassettes lie, what becomes of them, and how old they may be, in days."""

    folder: Path
    mode: Mode
    oldest_days: float | None = None

    @property
    def is_replay(self) -> bool:
        """Whether answers come from cassettes only."""
        return self.mode is Mode.NONE


def add_cassette_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers the options."""
    parser.add_argument(
        "--replay", action="store_true", help="answer from cassettes, with the network blocked"
    )
    parser.add_argument(
        "--record-mode",
        choices=[mode.value for mode in Mode],
        help="record cassettes: once (an API that has none), new_episodes (an API in which a probe"
        " has none), rewrite or all (each API anew); none is --replay",
    )
    parser.add_argument(
        "--cassettes", metavar="DIR", help="folder of cassettes (default cassettes)"
    )
    parser.add_argument(
        "--cassette-age", metavar="DAYS", help="with --replay: report cassettes older than this"
    )


def cassette_options(
    arguments: argparse.Namespace, options: RunOptions, pytest_args: list[str]
) -> CassetteOptions | None:
    """The checked options, or None for a run without cassettes.

    Raises: UsageError naming the option that cannot be used and what would be right.
    """
    word = "none" if arguments.replay else arguments.record_mode
    if arguments.replay and arguments.record_mode not in (None, "none"):
        raise UsageError("--replay: sends nothing, so that nothing can be recorded; give one")
    if word is None:
        _refuse_idle(arguments)
        return None
    mode = Mode(word)
    folder = Path(arguments.cassettes or "cassettes")
    if any(item.startswith(("-n", "--numprocesses", "--dist")) for item in pytest_args):
        raise UsageError("-n: cassettes are recorded and played in one process; leave it out")
    if mode is Mode.NONE:
        _refuse_targets(options)
    elif arguments.cassette_age is not None:
        raise UsageError("--cassette-age: goes with --replay")
    recorded = [api for api in options.urls if (folder / api / FACTS).exists()]
    if mode is Mode.NONE and not recorded:
        raise UsageError(f"--cassettes {folder}: holds no cassettes; record with --record-mode")
    if mode is Mode.ONCE and len(recorded) == len(options.urls):
        raise UsageError(f"--record-mode once: {folder} is recorded already; use rewrite")
    return CassetteOptions(folder, mode, _days(arguments.cassette_age))


def _refuse_idle(arguments: argparse.Namespace) -> None:
    for name in ("cassettes", "cassette_age"):
        if getattr(arguments, name) is not None:
            flag = "--" + name.replace("_", "-")
            raise UsageError(f"{flag}: needs --replay or --record-mode beside it")


def _refuse_targets(options: RunOptions) -> None:
    given = [api for api, url in options.urls.items() if url is not None]
    if given:
        raise UsageError(f"--replay: asks no target; leave out --{given[0]}-url")


def _days(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days < float("inf"):
        raise UsageError(f"--cassette-age {text}: is not a number of days")
    return days
