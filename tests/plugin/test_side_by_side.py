"""When both APIs are asked at once, and which probes share a process then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dubcheck.pytest_plugin.side_by_side import api_of, are_side_by_side
from dubcheck.targets.run_options import checked_options


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, True, id="both"),
        pytest.param({"profile": "quick", "seed": "7"}, True, id="both, quick"),
        pytest.param({"api": "pinch"}, False, id="one API has nobody beside it"),
        pytest.param({"rate": "600"}, False, id="a rate is one for the run"),
        pytest.param({"profile": "deep", "minutes": "2"}, False, id="rounds are shown by one"),
    ],
)
def test_apis_are_asked_at_once(given: dict[str, Any], expected: bool, tmp_path: Path) -> None:
    """Two APIs without a rate, unless the run is a deep one."""
    options = checked_options({"report_dir": str(tmp_path), **given}, {})

    assert are_side_by_side(options) is expected


@pytest.mark.parametrize(
    ("probe", "api"),
    [
        ("pinch/test_auth.py::test_a", "pinch"),
        ("pinch/media/test_output.py::test_b[x/y::z]", "pinch"),
        ("panjaya/media/test_trims.py::test_c", "panjaya"),
    ],
)
def test_probes_of_an_api_stay_together(probe: str, api: str) -> None:
    """What an API's probes share is made once: all of them run in one process."""
    assert api_of(probe) == api
