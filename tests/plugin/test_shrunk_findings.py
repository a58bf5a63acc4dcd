"""What exploration finds is told by the smallest request, with a curl line that repeats it."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from dubcheck.contract import load_contract
from dubcheck.errors import Violation
from dubcheck.exchange.record import RecordWriter
from dubcheck.measure.samples import SampleName, make
from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.report import conclude
from dubcheck.strategies.pinch import jobs
from dubcheck.targets import ApiClient
from dubcheck.targets.embedded import EmbeddedEmulator, start_emulator
from dubcheck.targets.pinch import DubbingApi

from .conftest import Serve, still

REQUIREMENT = "pinch.create-job.volume-above-1-is-refused"


@pytest.fixture
def broken(serve: Serve) -> ApiClient:
    """A service that takes any volume from 1 to 1.5."""
    return serve("pinch", "--defect", f"{REQUIREMENT}/accepts-up-to-1.5")


@pytest.fixture
def finding(broken: ApiClient, writer: RecordWriter, tmp_path: Path) -> dict[str, Any]:
    """What the report tells of the requirement, once generated jobs have been sent."""
    api = DubbingApi(broken)
    url = api.upload(make(SampleName.MP3, tmp_path)).source_url
    reception = Reception(Evidence(broken.witness), api.is_reachable)
    with pytest.raises(Violation):
        Explorer(broken.witness, "deep", seed=0, clock=still)(
            jobs.create_job_bodies_with_volume_above_one(st.just(str(url))),
            lambda body: reception.refused(REQUIREMENT, api.create_job(body)),
            share=0.25,
        )
    writer.close({"ended_at": 1.0})
    report = conclude(tmp_path / "record.jsonl", [load_contract("pinch")], tmp_path).encode()
    items = {item["id"]: item for item in report["requirements"]}
    found: dict[str, Any] = items[REQUIREMENT]["findings"][0]
    return found


@pytest.fixture
def right() -> Iterator[EmbeddedEmulator]:
    """A service without the defect."""
    emulator = start_emulator()
    yield emulator
    emulator.stop()


def repeated(line: str, key: str) -> str:
    """What the service answers to a line, run as a person would run it."""
    variables = {**os.environ, "PINCH_API_KEY": key, "no_proxy": "*"}
    words = ["sh", "-c", line]
    done = subprocess.run(words, check=True, capture_output=True, env=variables, timeout=20)
    return done.stdout.decode()


def test_finding_shows_the_smallest_request(finding: dict[str, Any]) -> None:
    """Of all generated jobs the report shows the one with nothing in it but what matters."""
    body = json.loads(finding["exchange"]["request"]["body"]["text"])

    assert set(body) == {"source_url", "target_lang", "original_speech_volume"}
    assert body["target_lang"] == "en"
    assert body["original_speech_volume"] <= 1.5


def test_curl_line_of_a_finding_shows_the_broken_promise_again(
    finding: dict[str, Any], broken: ApiClient
) -> None:
    """The line alone makes the service take once more what it has to refuse."""
    answer = repeated(finding["curl"], broken.target.key)

    assert answer.startswith("HTTP/1.1 201")
    assert finding["actual"] == "201"


def test_curl_line_of_a_finding_is_refused_by_a_right_service(
    finding: dict[str, Any], broken: ApiClient, right: EmbeddedEmulator
) -> None:
    """It is the service that the line tells about: one without the defect refuses it."""
    line = finding["curl"].replace(broken.target.base_url, right.url)

    answer = repeated(line, right.greeting["pinch_key"])

    assert answer.startswith("HTTP/1.1 400")
