"""A run of some probes leaves out what it need not have exercised."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.selection import CASSETTES, left_out, wanted


@dataclass(frozen=True)
class Probe:
    """A probe as pytest collects it."""

    path: Path
    ids: tuple[str, ...]

    def iter_markers(self, name: str) -> list[pytest.Mark]:
        """Its markers of one name."""
        return [getattr(pytest.mark, name)(*self.ids).mark]


@pytest.fixture
def probes(tmp_path: Path) -> dict[str, Any]:
    """Two files of probes: of three probes two judge the same requirement."""
    (tmp_path / "test_one.py").write_text("")
    (tmp_path / "test_two.py").write_text("")
    return {
        "a": Probe(tmp_path / "test_one.py", ("pinch.a.b",)),
        "c": Probe(tmp_path / "test_one.py", ("pinch.c.d",)),
        "d": Probe(tmp_path / "test_two.py", ("pinch.c.d",)),
    }


@pytest.mark.parametrize(
    ("chosen", "deselected", "left"),
    [
        pytest.param("acd", "", [], id="whole run"),
        pytest.param("a", "cd", ["pinch.c.d", "pinch.rule.only"], id="one probe"),
        pytest.param("cd", "a", ["pinch.a.b", "pinch.rule.only"], id="every probe of one"),
        pytest.param("c", "ad", ["pinch.a.b", "pinch.c.d", "pinch.rule.only"], id="one of two"),
        pytest.param(
            "ac", "", ["pinch.a.b", "pinch.c.d", "pinch.rule.only"], id="one file by its path"
        ),
    ],
)
def test_selection_leaves_out(
    probes: dict[str, Any], tmp_path: Path, chosen: str, deselected: str, left: list[str]
) -> None:
    """What a deselected probe judges is left out, and so is what rules alone judge."""
    requirements = ("pinch.a.b", "pinch.c.d", "pinch.rule.only")

    outcomes = left_out(
        requirements,
        [probes[name] for name in chosen],
        [probes[name] for name in deselected],
        [tmp_path],
    )

    assert [item.requirement for item in outcomes] == left


@pytest.mark.parametrize(
    ("only", "plugins", "name", "is_wanted"),
    [
        pytest.param("", (), "plain", True, id="whole run"),
        pytest.param("pinch.a", (), "lag 3", True, id="named by a parameter"),
        pytest.param("pinch.a", (), "mp3", True, id="named by an enumeration"),
        pytest.param("pinch.a", (), "plain", False, id="named by none"),
        pytest.param("pinch.a", (CASSETTES,), "plain", True, id="run with cassettes"),
    ],
)
def test_shared_work_is_wanted(
    only: str, plugins: tuple[str, ...], name: str, is_wanted: bool
) -> None:
    """Of what probes share, a selection makes at once what its parameters name."""
    spec = SimpleNamespace(params={"name": "lag 3", "sample": SampleName.MP3, "seconds": 3})
    config = SimpleNamespace(
        getoption=lambda _: only,
        option=SimpleNamespace(keyword="", markexpr=""),
        pluginmanager=SimpleNamespace(has_plugin=plugins.__contains__),
    )
    session = SimpleNamespace(items=[SimpleNamespace(callspec=spec), SimpleNamespace()])
    request = cast(Any, SimpleNamespace(config=config, session=session))

    assert wanted(request, [name]) == ([name] if is_wanted else [])
