"""HAR files as browsers and proxies write them are judged by every rule."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest
from tests.recordings.recorded_messages import JOBS, JSON, SENT, created, har_entry, shown

ANSWERS_201 = "pinch.create-job.answers-201"


def answer_content(entry: dict[str, Any]) -> dict[str, Any]:
    """The `content` of an entry, to be changed."""
    content: dict[str, Any] = entry["response"]["content"]
    return content


def test_faithful_session_conforms(desk):
    """A session that keeps every promise is judged as conforming, exit status 0."""
    file = desk.har(
        "trip.har",
        har_entry("POST", JOBS, 201, created(), SENT),
        har_entry("GET", f"{JOBS}/dub_1", 200, shown("pending"), at=1),
    )

    judgement = desk.judge(file)

    assert (judgement.status, judgement.failed) == (0, set())
    assert judgement.verdict(ANSWERS_201) == "pass"
    assert judgement.report["targets"] == [
        {"api": "pinch", "kind": "recorded", "base_url": "https://api.startpinch.com"}
    ]


def test_broken_promise_is_found_across_entries_in_any_order(desk):
    """A job that goes back from processing to pending fails, though the file is out of order."""
    poll = f"{JOBS}/dub_1"
    file = desk.har(
        "trip.har",
        har_entry("GET", poll, 200, shown("pending", updated_at="2026-03-05T12:00:08Z"), at=9),
        har_entry("GET", poll, 200, shown("processing"), at=5),
        har_entry("POST", JOBS, 201, created(), SENT),
    )

    judgement = desk.judge(file)

    assert judgement.status == 1
    assert judgement.failed_musts == {"pinch.lifecycle.status-never-goes-back"}


def test_finding_names_the_entry(desk):
    """A finding holds the exchange and says which entry of which file it was."""
    file = desk.har("trip.har", har_entry("POST", JOBS, 200, created(), SENT))

    judgement = desk.judge(file)

    (broken,) = [item for item in judgement.report["requirements"] if item["id"] == ANSWERS_201]
    assert broken["findings"][0]["exchange"]["intent"] == f"{file}: entry 1"
    assert judgement.failed_musts == {ANSWERS_201}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param({"encoding": "base64", "text": ...}, id="base64"),
        pytest.param({"encoding": "base64", "text": gzip}, id="base64 of gzip"),
    ],
)
def test_encoded_answer_is_read(desk, written):
    """An answer in base64, also of what the wire had compressed, is read as the JSON it is."""
    entry = har_entry("POST", JOBS, 201, created(target_lang="fr"), SENT)
    plain = json.dumps(created(target_lang="fr")).encode()
    packed = {"text": base64.b64encode(gzip.compress(plain)).decode()}
    unpacked = {"text": base64.b64encode(plain).decode()}
    answer_content(entry).update({**written, **(packed if written["text"] is gzip else unpacked)})

    judgement = desk.judge(desk.har("trip.har", entry))

    assert judgement.failed_musts == {"pinch.create-job.echoes-target-lang"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"text": None}, id="no text"),
        pytest.param({"text": ""}, id="empty text beside a size"),
        pytest.param({"text": '{"job_id": "dub_1", "sta'}, id="text cut short"),
    ],
)
def test_dropped_answer_is_not_judged(desk, change):
    """A body that the recorder dropped or cut is no broken promise: its status still counts."""
    entry = har_entry("POST", JOBS, 201, created(), SENT)
    answer_content(entry).update(change)

    judgement = desk.judge(desk.har("trip.har", entry))

    assert judgement.failed == set()
    assert judgement.verdict("pinch.create-job.answers-a-json-object") == "not-exercised"


def test_dropped_request_body_is_no_fault(desk):
    """A creation whose request the recorder did not keep is not judged as one that lacks fields."""
    judgement = desk.judge(desk.har("trip.har", har_entry("POST", JOBS, 201, created())))

    assert judgement.failed == set()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"status": 0, "headers": [], "content": {}}, id="status 0"),
        pytest.param({"status": 0, "_error": "net::ERR_ABORTED"}, id="aborted in Chrome"),
        pytest.param({"status": -1}, id="status -1"),
    ],
)
def test_request_without_answer_is_told_and_not_judged(desk, change):
    """A request that was given up has no answer, and nothing fails because of it."""
    entry = har_entry("POST", JOBS, 201, created(), SENT)
    entry["response"].update(change)

    judgement = desk.judge(desk.har("trip.har", entry))

    assert (judgement.status, judgement.failed) == (3, set())
    assert judgement.report["traffic"]["requests"] == 1


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param({"_fromCache": "disk"}, id="Chrome's disk cache"),
        pytest.param({"_fromCache": "memory"}, id="Chrome's memory cache"),
        pytest.param({"_fetchedViaServiceWorker": True}, id="a service worker"),
        pytest.param({"_fetchType": "Disk Cache"}, id="Safari"),
    ],
)
def test_answer_from_a_cache_is_left_out(desk, mark):
    """What a browser answered itself tells nothing of the service; it is counted."""
    poll = f"{JOBS}/dub_1"
    file = desk.har(
        "trip.har",
        har_entry("GET", poll, 200, shown("processing"), at=1),
        har_entry("GET", poll, 200, shown("pending"), at=2, **mark),
    )

    judgement = desk.judge(file)

    assert judgement.failed == set()
    assert judgement.recordings["ignored"]["answers_from_a_cache"] == 1


def test_pseudo_headers_and_letter_case_do_not_matter(desk):
    """Headers of HTTP/2 and in any letter case are read alike."""
    entry = har_entry("POST", JOBS, 201, created(), SENT)
    entry["request"]["headers"] = [
        {"name": ":method", "value": "POST"},
        {"name": "CONTENT-TYPE", "value": JSON},
    ]
    entry["response"]["headers"] = [
        {"name": ":status", "value": "201"},
        {"name": "content-TYPE", "value": JSON},
    ]

    judgement = desk.judge(desk.har("trip.har", entry))

    assert judgement.failed == set()
    assert judgement.verdict("pinch.answers.content-type-is-json") == "pass"


def test_byte_order_mark_and_compression_do_not_matter(desk):
    """A HAR file with a byte order mark, compressed with gzip, is read."""
    plain = desk.har("trip.har", har_entry("POST", JOBS, 200, created(), SENT)).read_bytes()
    file = desk.write("trip.har.gz", gzip.compress(b"\xef\xbb\xbf" + plain))

    judgement = desk.judge(file)

    assert judgement.failed_musts == {ANSWERS_201}


def test_multipart_parameters_are_read(desk):
    """An upload that the recorder listed as parameters is judged by its `request` part."""
    request = {"name": "My Asset", "locale": "en-US", "languages": [{"locale": "es-ES"}]}
    answer = {
        "asset_id": "a1",
        "name": "Another Asset",
        "locale": "en-US",
        "created_at": "2026-03-05T12:00:00Z",
        "status": "Dubbing",
        "languages": [{"locale": "es-ES", "dubbing_id": None}],
    }
    entry = har_entry("POST", "https://api.panjaya.ai/v1/assets/upload", 200, answer)
    entry["request"]["postData"] = {
        "mimeType": "multipart/form-data; boundary=x",
        "params": [
            {"name": "request", "value": json.dumps(request)},
            {"name": "video", "fileName": "v.mp4", "contentType": "video/mp4"},
        ],
    }

    judgement = desk.judge(desk.har("trip.har", entry))

    assert judgement.failed_musts == {"panjaya.upload-asset.name-is-echoed"}


def test_naive_times_give_an_order_only(desk):
    """Times without a zone order the entries and are held against nothing else."""
    file = desk.har(
        "trip.har",
        har_entry("POST", JOBS, 201, created(), SENT, startedDateTime="2020-01-01T00:00:00"),
    )

    judgement = desk.judge(file)

    assert judgement.failed == set()
    assert judgement.recordings["files"][0]["has_times"] is False
