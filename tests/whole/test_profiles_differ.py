"""Every difference between the emulator's two profiles is named by `dubcheck diff`."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.whole.conftest import finished_run

from dubcheck.emulator.profiles import DOCS_2026_03, VENDOR_2026_08
from dubcheck.targets.embedded import start_emulator

# Jobs that complete, fail, are watched on their way, and ask for a lag above 3 seconds.
PROBES = "lag-above-3 or missing_upload or status_is_shown"


@pytest.fixture(scope="module")
def judged_profile(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Serves a profile, runs a few probes of Pinch against it and answers the report's folder."""

    def judge(profile: str) -> Path:
        folder = tmp_path_factory.mktemp(profile) / "report"
        emulator = start_emulator("--profile", profile)
        words = ["--api", "pinch", "--profile", "quick", "--pinch-url", emulator.url]
        words += ["--pinch-key", emulator.greeting["pinch_key"], "--", "-k", PROBES]
        done = finished_run(folder, *words)
        emulator.stop()
        assert done.status == 0, done.told
        return folder

    return judge


@pytest.fixture(scope="module")
def difference(judged_profile: Callable[[str], Path]) -> dict[str, Any]:
    """What `dubcheck diff` writes about a run on each profile."""
    places = [str(judged_profile(item.name)) for item in (DOCS_2026_03, VENDOR_2026_08)]
    done = subprocess.run(
        [sys.executable, "-m", "dubcheck", "diff", *places, "--json", "-"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_profiles_differ_in_these_readings(difference: dict[str, Any]) -> None:
    """Longest duration, largest file, longest lag, form of error and of progress are named."""
    changed = {item["id"]: (*item["before"], *item["after"]) for item in difference["readings"]}

    assert changed == {
        "pinch.input-media.duration-limit": ("10-minutes", "60-minutes"),
        "pinch.input-media.file-size-limit": ("500-mb-decimal", "2-gb"),
        "pinch.create-job.lag-above-3": ("refuses", "accepts"),
        "pinch.get-job.error-form": ("bare-code", "object"),
        "pinch.get-job.progress-form": ("stage-and-percent", "numeric-stage"),
    }


def test_profiles_differ_in_these_fields(difference: dict[str, Any]) -> None:
    """Subtitle links and the parts of an error object are new; the percentage is gone."""
    named = {
        (item["kind"], item["name"]): item["appeared"]
        for item in difference["novelties"]
        if item["operation"] == "getJob"
    }

    expected = {
        ("field", "subtitles_original_url"): True,
        ("field", "subtitles_translated_url"): True,
        ("field", "error.code"): True,
        ("field", "error.message"): True,
        ("type", "error: object"): True,
        ("type", "error: string"): False,
        ("type", "progress.stage: number"): True,
        ("type", "progress.stage: string"): False,
        ("field", "progress.percent"): False,
    }
    # How far a job was watched differs a little between runs, so that more may be named.
    assert {key: named.get(key) for key in expected} == expected


def test_no_promise_newly_fails_between_the_profiles(difference: dict[str, Any]) -> None:
    """Both profiles keep every must, so that the difference is drift and no failure."""
    assert (difference["newly_failing"], difference["exit_status"]) == ([], 0)
    assert ["had another target" in text for text in difference["circumstances"]] == [True]
