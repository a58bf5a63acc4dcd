"""The run's options as pytest options, so that plain pytest takes what `dubcheck run` takes."""

from __future__ import annotations

import pytest

from dubcheck.targets.run_options import OPTIONS, RunOptions, checked_options


def add_options(parser: pytest.Parser) -> None:
    """Registers every option of a run."""
    group = parser.getgroup("dubcheck", "conformance of the dubbing APIs")
    for option in OPTIONS:
        group.addoption(option.flag, **option.keywords)


def run_options(config: pytest.Config) -> RunOptions:
    """The checked options of this session.

    Raises: UsageError naming the option that cannot be used.
    """
    return checked_options({option.name: config.getoption(option.name) for option in OPTIONS})
