"""The pytest plugin under every run: options, set-up, fixtures, and the verdict as exit status.

Loaded by `dubcheck run` and by the conftest of this repository. Judging itself lies in rules/.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dubcheck.contract import probes_folder
from dubcheck.errors import SuiteError, Violation
from dubcheck.ledger import RunVerdict
from dubcheck.pytest_plugin.cassette_run import CassetteRun
from dubcheck.pytest_plugin.cassettes import CassettePlugin
from dubcheck.pytest_plugin.evidence import broken_musts_raise
from dubcheck.pytest_plugin.fixtures import *  # noqa: F403 - fixtures are found by being here
from dubcheck.pytest_plugin.fixtures import SHARE
from dubcheck.pytest_plugin.options import add_options, run_options
from dubcheck.pytest_plugin.rounds import explore_further, probe_name
from dubcheck.pytest_plugin.run import Run, Share, contracts_of
from dubcheck.pytest_plugin.selection import CASSETTES, judged_by, left_out
from dubcheck.report import Report, terminal

RUN = pytest.StashKey[Run]()
REFUSED = pytest.StashKey[SuiteError]()
REPORT = pytest.StashKey[Report]()
DESELECTED = pytest.StashKey[list[pytest.Item]]()
_OTHER_FAILURES: list[str] = []


class StartedRun:
    """Hands a run that the command line has started to this plugin."""

    def __init__(self, run: Run):
        self._run = run

    def pytest_configure(self, config: pytest.Config) -> None:
        """Makes it the run of the session."""
        config.stash[RUN] = self._run
        if isinstance(self._run, CassetteRun):
            config.pluginmanager.register(CassettePlugin(self._run), CASSETTES)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Registers the options of a run."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Knows the marker of probes."""
    config.addinivalue_line(
        "markers", "judges(*ids): requirements that are broken (unjudged) if this probe crashes"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """In the process that controls workers: hands the run over to one of them."""
    run = _started(node.config)
    node.workerinput["dubcheck"] = {
        "staged": run.start().encode(),
        "report_dir": str(run.folder.resolve()),
    }


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Ends a run one of whose workers died: with it went what it had seen."""
    if error and RUN in node.config.stash:
        pytest.exit(f"dubcheck: worker {node.gateway.id} died ({error}); run again", returncode=3)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps the probes of one requirement, where the run was asked for one that has probes."""
    only = config.getoption("only")
    chosen = [item for item in items if only and _is_asked_for(item, only)]
    if chosen:
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Explores further once every probe has run, where the run was given its minutes."""
    ran = yield
    if SHARE in session.config.stash and not session.config.option.collectonly:
        explore_further(session, session.config.stash[SHARE])
    return ran


def _is_asked_for(item: pytest.Item, only: str) -> bool:
    names = (item.nodeid.rpartition("/")[2], *judged_by([item]))
    return any(name.startswith(only) for name in names)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts the run if any probe is going to run in this process."""
    config = session.config
    if config.option.collectonly or not any(_is_probe(item.path) for item in session.items):
        return
    given = getattr(config, "workerinput", None)
    if given is None:
        config.stash[SHARE] = _started(config).own_share()
    else:
        config.stash[SHARE] = Share.of_worker(given["dubcheck"], given["workerid"])
    _note_left_out(session)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remembers what was not chosen: it could have shown a known violation."""
    for item in items:
        item.config.stash.setdefault(DESELECTED, []).append(item)


def _note_left_out(session: pytest.Session) -> None:
    config = session.config
    contracts = contracts_of(run_options(config))
    listed = {known.id for contract in contracts for known in contract.known_violations}
    folders = [probes_folder() / contract.api for contract in contracts]
    deselected = config.stash.setdefault(DESELECTED, [])
    for outcome in left_out(listed, session.items, deselected, folders):
        config.stash[SHARE].witness.say(outcome)


def _started(config: pytest.Config) -> Run:
    try:
        if RUN not in config.stash:
            config.stash[RUN] = Run(run_options(config))
        config.stash[RUN].start()
    except SuiteError as error:
        config.stash[REFUSED] = error
        pytest.exit(f"dubcheck: {error}", returncode=error.exit_status)
    return config.stash[RUN]


def _is_probe(path: Path) -> bool:
    return probes_folder().resolve() in path.resolve().parents


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Files what the fixtures of a probe send under that probe."""
    if SHARE in item.config.stash:
        share = item.config.stash[SHARE]
        share.witness.probe = probe_name(item, share)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fails a probe in whose course a must was seen broken; the report says which."""
    if SHARE not in item.config.stash or not _is_probe(item.path):
        return (yield)
    with broken_musts_raise(item.config.stash[SHARE].witness):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes a probe that crashed: what it was to judge could not be judged."""
    report = yield
    if report.failed:
        is_of_probe = _is_probe(item.path)
        # The report travels between workers; its own path is relative to a folder it does not name.
        report.is_of_probe = is_of_probe  # type: ignore[attr-defined] # it may carry more
        if is_of_probe and call.excinfo is not None and SHARE in item.config.stash:
            _note_crash(item, call.excinfo.value)
    return report


def _note_crash(item: pytest.Item, error: BaseException) -> None:
    if isinstance(error, Violation):
        return
    reason = f"{type(error).__name__}: {error}"
    item.config.stash[SHARE].witness.crash(item.name, reason, sorted(judged_by([item])))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counts failures of tests that are no probes: they alone decide their own exit status."""
    if report.failed and not getattr(report, "is_of_probe", False):
        _OTHER_FAILURES.append(report.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Concludes the run; the verdict decides the exit status where probes ran.

    A run that was interrupted is not concluded: its record stays without a footer.
    """
    config = session.config
    if hasattr(config, "workerinput"):
        if SHARE in config.stash:
            config.stash[SHARE].close_part()
        return
    if REFUSED in config.stash:
        return
    run = config.stash.get(RUN, None)
    if exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR):
        # Ctrl-C, or probes that cannot be imported: nothing was judged to its end.
        session.exitstatus = RunVerdict.INCONCLUSIVE.exit_status
        if run is not None:
            run.stop()
        return
    if run is None:
        return
    try:
        config.stash[REPORT] = run.finish()
    finally:
        run.stop()
    verdict = config.stash[REPORT].verdict
    session.exitstatus = 1 if _OTHER_FAILURES else verdict.exit_status


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Prints the verdict a person reads."""
    if REPORT in config.stash:
        folder = str(config.stash[RUN].options.report_dir)
        terminalreporter.write_line(terminal(config.stash[REPORT], folder, has_record=True))
