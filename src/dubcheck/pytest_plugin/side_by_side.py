"""Both APIs at once: the probes of each in a process of its own, in their usual order.

The two services share nothing, and a run waits for most of its time. Chosen by `dubcheck run`
alone; who gives pytest words of their own decides about processes, too.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped] # has no types

from dubcheck.targets.run_options import RunOptions


class ApiScheduling(LoadScopeScheduling):  # type: ignore[misc] # has no types
    """Gives each worker one API: all probes in one folder beneath the root."""

    def _split_scope(self, nodeid: str) -> str:
        return api_of(nodeid)


class SideBySide:
    """Schedules by API."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config) -> ApiScheduling:
        """Takes the place of the scheduling that pytest-xdist was told."""
        return ApiScheduling(config)


def api_of(nodeid: str) -> str:
    """The API that a probe judges: the folder in which it lies."""
    return nodeid.partition("/")[0]


def are_side_by_side(options: RunOptions) -> bool:
    """Whether the judged APIs may be asked at once.

    A rate is one for the whole run, and the rounds of a deep run are shown by one process only.
    """
    return len(options.urls) > 1 and options.rate is None and options.profile != "deep"
