"""What a run leaves out when only some probes are chosen. Choosing them is not done here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest

from dubcheck.rules import Outcome, unjudged

_REASON = "not every probe that could show it was chosen (--only, -k or a path)"


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
