"""What a run leaves out when only some probes are chosen. Choosing them is not done here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from pathlib import Path

import pytest

from dubcheck.rules import Outcome, unjudged

CASSETTES = "dubcheck-cassettes"
"""The name of the plugin that records and replays."""

_REASON = "not every probe that could show it was chosen (--only, -k or a path)"


def is_whole(config: pytest.Config) -> bool:
    """Whether all probes were asked for, so that what is missing is missing."""
    return not (config.getoption("only") or config.option.keyword or config.option.markexpr)


def wanted(request: pytest.FixtureRequest, names: Iterable[str]) -> list[str]:
    """Those of the names under which what probes share is to be made at once.

    Where only some probes were chosen, these are the ones that a parameter names, by itself or as
    the value of an enumeration; others may never be asked for. A cassette holds the work of all.
    """
    config = request.config
    if is_whole(config) or config.pluginmanager.has_plugin(CASSETTES):
        return list(names)
    named = _named_by(request.session)
    return [name for name in names if name in named]


def _named_by(session: pytest.Session) -> set[object]:
    specs = [item.callspec for item in session.items if hasattr(item, "callspec")]
    values = [value for spec in specs for value in spec.params.values()]
    return {
        value.value if isinstance(value, Enum) else value
        for value in values
        if isinstance(value, Enum | str)
    }


def judged_by(items: Iterable[pytest.Item]) -> frozenset[str]:
    """The requirements that these probes say they judge."""
    return frozenset(
        str(name) for item in items for mark in item.iter_markers("judges") for name in mark.args
    )


def left_out(
    requirements: Collection[str],
    chosen: Collection[pytest.Item],
    deselected: Collection[pytest.Item],
    folders: Iterable[Path],
) -> Iterator[Outcome]:
    """One outcome for each requirement that the chosen probes need not exercise.

    A requirement that no probe names is judged by rules on what others send: all of them matter.
    """
    collected = _files([*chosen, *deselected]) >= _probe_files(folders)
    if collected and not deselected:
        return
    sure = judged_by(chosen) - judged_by(deselected) if collected else frozenset[str]()
    yield from (unjudged(name, _REASON) for name in requirements if name not in sure)


def _files(items: Iterable[pytest.Item]) -> frozenset[Path]:
    return frozenset(item.path.resolve() for item in items)


def _probe_files(folders: Iterable[Path]) -> frozenset[Path]:
    return frozenset(path.resolve() for item in folders for path in item.rglob("test_*.py"))
