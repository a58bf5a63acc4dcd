"""Recording and replay within pytest: gives each scenario probe its cassette of pytest-recording.

What a cassette may hold and how it is played is decided in replay/.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator
from pathlib import PurePath
from typing import Any

import pytest

from dubcheck.contract import probes_folder
from dubcheck.pytest_plugin.cassette_run import CassetteRun
from dubcheck.pytest_plugin.selection import is_whole
from dubcheck.replay import Unrecorded
from dubcheck.replay.scenarios import module_of, why_not_recorded

LONGEST_NAME = 100
_UNSAFE = re.compile(r"[^\w.\-\[\]]+")


class CassettePlugin:
    """The hooks and fixtures of a run that records or replays."""

    def __init__(self, run: CassetteRun):
        self._run = run

    def pytest_configure(self, config: pytest.Config) -> None:
        """Has pytest-recording block the network where nothing may be sent."""
        if self._run.is_replay:
            config.option.block_network = True

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keeps the scenarios, marks each for its cassette, and looks what lies there."""
        scenarios = {
            cassette_of(item): item
            for item in items
            if why_not_recorded(_module(item), item.fixturenames) is None  # type: ignore[attr-defined] # functions have them
        }
        kept = self._run.compare(list(scenarios), is_whole=is_whole(config))
        chosen = [item for name, item in scenarios.items() if name in kept]
        for item in chosen:
            item.add_marker(pytest.mark.vcr)
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Opens the cassette before everything else: what fixtures send belongs into it too."""
        names = item.fixturenames  # type: ignore[attr-defined] # functions have them
        if "vcr" in names:
            names.remove("vcr")
            names.insert(0, "vcr")
        self._run.begin(cassette_of(item))
        return (yield from self._skipping(item))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Skips a probe that asks what nobody recorded."""
        return (yield from self._skipping(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, Any, Any]:
        """Gives the probes, which have been loaded by now, the time they live in."""
        with self._run.time():
            return (yield)

    def _skipping(self, item: pytest.Item) -> Generator[None, Any, Any]:
        try:
            return (yield)
        except Unrecorded as missing:
            reason = f"needs a target: {missing}"
            for marker in item.iter_markers("judges"):
                self._run.leave_unjudged(marker.args, reason)
            pytest.skip(reason)

    @pytest.hookimpl(optionalhook=True)
    def pytest_recording_configure(self, config: pytest.Config, vcr: Any) -> None:
        """Has VCR write and play as this project's cassettes are."""
        del config
        self._run.configure(vcr)

    @pytest.fixture(scope="module")
    def vcr_cassette_dir(self, request: pytest.FixtureRequest) -> str:
        """The folder of a module's cassettes, laid out like the probes."""
        module = module_of(PurePath(request.path), probes_folder().resolve())
        return str(self._run.cassette_folder / module.removesuffix(".py"))

    @pytest.fixture
    def default_cassette_name(self, request: pytest.FixtureRequest) -> str:
        """The file's name: the probe's id, without what file systems do not take."""
        return file_name(request.node.name)

    @pytest.fixture
    def vcr_config(self) -> dict[str, Any]:
        """What pytest-recording hands to VCR."""
        return self._run.vcr_config

    @pytest.fixture(scope="session")
    def record_mode(self) -> str:
        """The mode of VCR: recordings are always written anew, into a folder of their own."""
        return str(self._run.vcr_config["record_mode"])


def cassette_of(item: pytest.Item) -> str:
    """The name of a probe's cassette: its place among the cassettes."""
    return f"{_module(item).removesuffix('.py')}/{file_name(item.name)}"


def file_name(probe: str) -> str:
    """A file name for a probe; a long one ends with a digest of all of it."""
    name = _UNSAFE.sub("-", probe)
    if name == probe and len(name) <= LONGEST_NAME:
        return name
    mark = hashlib.sha256(probe.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name[:LONGEST_NAME]}-{mark}"


def _module(item: pytest.Item) -> str:
    return module_of(PurePath(item.path.resolve()), probes_folder().resolve())
