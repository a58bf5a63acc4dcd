"""`dubcheck run`: checks the options, then lets pytest run the probes."""

from __future__ import annotations

import argparse

import pytest

from dubcheck.cli.progress import Progress
from dubcheck.contract import probes_folder
from dubcheck.pytest_plugin import StartedRun
from dubcheck.pytest_plugin.cassette_run import CassetteRun, cassette_run
from dubcheck.pytest_plugin.run import Run
from dubcheck.pytest_plugin.side_by_side import SideBySide, are_side_by_side
from dubcheck.replay.options import add_cassette_arguments, cassette_options
from dubcheck.targets.run_options import OPTIONS, RunOptions, checked_options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers the options of a run."""
    for option in OPTIONS:
        parser.add_argument(option.flag, **option.keywords)
    add_cassette_arguments(parser)
    parser.add_argument(
        "pytest_args", nargs="*", metavar="-- PYTEST_ARGS", help="handed to pytest as they are"
    )


def run(arguments: argparse.Namespace) -> int:
    """Runs the probes of the judged APIs and returns the exit status of the verdict."""
    given = {option.name: getattr(arguments, option.name) for option in OPTIONS}
    options = checked_options(given)
    # What is wrong with options, specs or targets is told before pytest begins.
    cassettes = cassette_options(arguments, options, arguments.pytest_args)
    judged = Run(options) if cassettes is None else cassette_run(options, cassettes)
    try:
        judged.start()
        return _conclude(judged, given, arguments.pytest_args)
    finally:
        judged.stop()


def _conclude(judged: Run, given: dict[str, str | None], pytest_args: list[str]) -> int:
    options = judged.options
    words = [*_words(given, options), *pytest_args]
    plugins: list[object] = [Progress(), StartedRun(judged)]
    # Pytest's own words, or a choice of probes, may be for one process only.
    is_free = not (pytest_args or given["only"] or isinstance(judged, CassetteRun))
    if is_free and are_side_by_side(options):
        words.append(f"--numprocesses={len(options.urls)}")
        plugins.append(SideBySide())
    status = int(pytest.main(words, plugins=plugins))
    # pytest's own "no tests" and "internal error" say that nothing could be judged.
    return status if status in (0, 1, 2, 3, 130) else 3


def _words(given: dict[str, str | None], options: RunOptions) -> list[str]:
    # Keys may lie in the environment only: given again as words they would show in `ps`.
    again = [f"--{name.replace('_', '-')}={value}" for name, value in given.items() if value]
    return [
        *(str(probes_folder() / api) for api in options.urls),
        *("-c", str(probes_folder() / "probes.ini")),
        *("-p", "dubcheck.pytest_plugin"),
        *("-p", "no:cacheprovider"),
        *("-q", "-q", "--tb=no", "-rE", "--disable-warnings", "--import-mode=importlib"),
        # Probes judge by what they say; rewriting their few assertions takes as long as importing.
        "--assert=plain",
        f"--hypothesis-seed={options.seed}",
        *again,
        f"--seed={options.seed}",
    ]
