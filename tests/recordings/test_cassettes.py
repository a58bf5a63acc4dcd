"""VCR cassettes of any recorder are judged by every rule."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest
import yaml
from tests.recordings.recorded_messages import JOBS, JSON, SENT, created, interaction, shown

ANSWERS_201 = "pinch.create-job.answers-201"
NOON = "Thu, 05 Mar 2026 12:00:00 GMT"
WRONG = created(target_lang="fr")
ECHO = "pinch.create-job.echoes-target-lang"


@pytest.mark.parametrize("name", ["job.yaml", "job.yml", "job.json"])
def test_faithful_cassette_conforms(desk, name):
    """A cassette in YAML or JSON that keeps every promise conforms, though it has no times."""
    file = desk.cassette(
        name,
        interaction("POST", JOBS, 201, created(), SENT),
        interaction("GET", f"{JOBS}/dub_1", 200, shown("pending")),
    )

    judgement = desk.judge(file)

    assert (judgement.status, judgement.failed) == (0, set())
    assert judgement.recordings["files"][0]["has_times"] is False


def test_order_of_a_cassette_is_that_of_its_interactions(desk):
    """Without times, the order of the file tells that a job went back."""
    file = desk.cassette(
        "job.yaml",
        interaction("GET", f"{JOBS}/dub_1", 200, shown("processing")),
        interaction("GET", f"{JOBS}/dub_1", 200, shown("pending")),
    )

    judgement = desk.judge(file)

    assert judgement.failed_musts == {"pinch.lifecycle.status-never-goes-back"}


def test_cassette_without_times_is_not_held_against_the_present(desk):
    """A job created years ago is none that fails, where nobody knows when it was recorded."""
    answer = created(created_at="2019-01-01T00:00:00Z")

    judgement = desk.judge(desk.cassette("job.yaml", interaction("POST", JOBS, 201, answer, SENT)))

    assert judgement.failed == set()
    assert judgement.verdict("pinch.create-job.created-at-is-the-present") == "not-exercised"


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"date": NOON}, id="Date header"),
        pytest.param({"recorded_at": "2026-03-05T12:00:00+00:00"}, id="recorded_at in ISO 8601"),
        pytest.param({"recorded_at": NOON}, id="recorded_at as HTTP date"),
    ],
)
def test_times_of_a_cassette_are_used(desk, told):
    """A Date header or `recorded_at` tells when it was, so that a wrong `created_at` is seen."""
    answer = created(created_at="2026-03-05T11:00:00Z")

    judgement = desk.judge(
        desk.cassette("job.yaml", interaction("POST", JOBS, 201, answer, SENT, **told))
    )

    assert judgement.failed_musts == {"pinch.create-job.created-at-is-the-present"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"string": json.dumps(WRONG)}, id="text"),
        pytest.param({"string": json.dumps(WRONG).encode()}, id="bytes"),
        pytest.param({"string": gzip.compress(json.dumps(WRONG).encode())}, id="gzip"),
        pytest.param(
            {"base64_string": base64.b64encode(json.dumps(WRONG).encode()).decode()}, id="base64"
        ),
        pytest.param({"encoding": "UTF-8", "string": json.dumps(WRONG)}, id="text with encoding"),
        pytest.param(json.dumps(WRONG), id="plain text"),
    ],
)
def test_body_of_any_form_is_read(desk, body):
    """An answer's body is read as text, bytes, compressed bytes or base64."""
    item = interaction("POST", JOBS, 201, None, SENT)
    item["response"]["body"] = body

    judgement = desk.judge(desk.cassette("job.yaml", item))

    assert judgement.failed_musts == {ECHO}


OLD: dict[str, Any] = {
    "request": {
        "method": "POST",
        "protocol": "https",
        "host": "api.startpinch.com",
        "port": 443,
        "path": "/api/dubbing/jobs",
        "headers": {"Content-Type": JSON},
        "body": json.dumps(SENT),
    },
    "response": {
        "status": {"code": 201, "message": "Created"},
        "headers": ["Content-Type: application/json\r\n"],
        "body": {"string": json.dumps(WRONG)},
    },
}
RUBY: dict[str, Any] = {
    "http_interactions": [
        {
            "request": {
                "method": "post",
                "uri": JOBS,
                "body": {"encoding": "UTF-8", "string": json.dumps(SENT)},
                "headers": {"Content-Type": [JSON]},
            },
            "response": {
                "status": {"code": "201", "message": "Created"},
                "headers": {"Content-Type": [JSON]},
                "body": {"encoding": "UTF-8", "string": json.dumps(WRONG)},
            },
            "recorded_at": NOON,
        }
    ],
    "recorded_with": "VCR 6.1.0",
}
GO: dict[str, Any] = {
    "version": 2,
    "interactions": [
        {
            "id": 0,
            "request": {"method": "POST", "url": JOBS, "body": json.dumps(SENT), "headers": {}},
            "response": {
                "body": json.dumps(WRONG),
                "headers": {"Content-Type": [JSON]},
                "status": "201 Created",
                "code": 201,
                "duration": "21.5ms",
            },
        }
    ],
}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param([OLD], id="vcrpy before 1.0"),
        pytest.param(RUBY, id="Ruby"),
        pytest.param(GO, id="go-vcr"),
    ],
)
def test_cassettes_of_other_recorders_are_read(desk, document):
    """Cassettes of old vcrpy, of Ruby's VCR and of go-vcr are judged like those of today."""
    file = desk.write("job.yaml", yaml.safe_dump(document).encode())

    judgement = desk.judge(file)

    assert judgement.failed_musts == {ECHO}


def test_python_tags_of_vcrpy_are_read(desk):
    """The tags that vcrpy writes for texts and files are read without making any object."""
    text = f"""
interactions:
- request: {{method: POST, uri: !!python/unicode '{JOBS}', headers: {{}},
    body: !!python/object/new:_io.BytesIO {{state: !!python/tuple [!!binary e30=, 0, null]}}}}
  response: {{status: {{code: 500}}, headers: {{}}, body: {{string: ''}}}}
"""
    judgement = desk.judge(desk.write("job.yaml", text.encode()))

    assert judgement.failed == {"pinch.errors.client-mistakes-are-no-server-errors"}


def test_tag_of_another_class_is_refused(desk):
    """A cassette that names a class to be made is refused by name; nothing is made."""
    file = desk.write("job.yaml", b"interactions: !!python/object/apply:os.getcwd []\n")

    judgement = desk.judge(file)

    assert judgement.status == 2
    assert f"{file}: is truncated or no YAML" in judgement.errors
