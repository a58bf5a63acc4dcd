"""dubcheck's own cassettes and records among other files."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml
from tests.recordings.recorded_messages import JOBS, SENT, created, har_entry, interaction, shown

from dubcheck.cli import main
from dubcheck.exchange import Body, Credential, Exchange, Request, Response
from dubcheck.exchange.record import RecordWriter

POLL = f"{JOBS}/dub_1"
NOON = 1_772_712_000.0
BACK = "pinch.lifecycle.status-never-goes-back"


def body(document: Any) -> Body:
    """A JSON body."""
    content = json.dumps(document).encode()
    return Body(content, len(content))


def seen(name: str, answer: Any, at: float, operation: str = "getJob") -> Exchange:
    """An answered exchange about the job `dub_1`, so many seconds after noon."""
    headers = {"content-type": "application/json"}
    return Exchange(
        id=name,
        api="pinch",
        operation=operation,
        path_parameters={"id": "dub_1"},
        request=Request("GET", POLL, {}, credential=Credential.UNKNOWN),
        response=Response(200, headers, body(answer)),
        started_at=NOON + at,
        elapsed_seconds=0.1,
    )


def write_record(desk: Any, name: str, *exchanges: Exchange, whole: bool = True) -> Any:
    """A record of a live run, with one outcome of a probe."""
    desk.folder.mkdir(exist_ok=True)
    target = {"api": "pinch", "kind": "live", "base_url": "https://api.startpinch.com", "lacks": []}
    writer = RecordWriter(desk.folder / name)
    writer.header({"seed": 0, "profile": "quick", "started_at": NOON, "targets": [target]})
    for exchange in exchanges:
        writer.exchange(exchange)
    said = {"requirement": "pinch.list-jobs.limit-zero", "kind": "reading", "message": ""}
    writer.outcome({**said, "expected": "", "actual": "", "reading": "refused", "exchanges": []})
    writer.close({"ended_at": NOON + 60} if whole else None)
    return writer.path


def test_record_and_har_file_are_one_trace(desk):
    """A job of a record that a later HAR file shows as pending again went back."""
    record = write_record(desk, "record.jsonl", seen("x-1", shown("processing"), 1))
    late = shown("pending", updated_at="2026-03-05T12:00:29Z")
    har = desk.har("a.har", har_entry("GET", POLL, 200, late, at=30))

    judgement = desk.judge(record, har)

    assert judgement.failed_musts == {BACK}
    assert judgement.reading("pinch.list-jobs.limit-zero") == "refused"


def test_record_by_itself_keeps_what_its_probes_said(desk):
    """A single record is judged as its run was: target, profile and outcomes of probes."""
    record = write_record(desk, "record.jsonl", seen("x-1", shown("processing"), 1))

    judgement = desk.judge(record)

    assert judgement.report["targets"][0]["kind"] == "live"
    assert judgement.report["profile"] == "quick"
    assert judgement.reading("pinch.list-jobs.limit-zero") == "refused"


def test_truncated_record_leaves_nothing_behind(desk):
    """A record without its footer is refused, and none of its exchanges is judged."""
    record = write_record(desk, "record.jsonl", seen("x-1", {"job_id": 7}, 1), whole=False)
    har = desk.har("a.har", har_entry("POST", JOBS, 201, created(), SENT))

    judgement = desk.judge(record, har)

    assert (judgement.status, judgement.failed) == (2, set())
    assert f"{record}: is truncated" in judgement.errors


def test_truncated_record_by_itself_is_refused(desk):
    """Alone it is refused with exit status 2, and no report is written."""
    record = write_record(desk, "record.jsonl", seen("x-1", shown("pending"), 1), whole=False)

    judgement = desk.judge(record)

    assert (judgement.status, judgement.report) == (2, None)
    assert f"{record}: is truncated" in judgement.errors


def own_cassette(desk: Any, name: str, item: dict[str, Any], source: str) -> Any:
    """A cassette of dubcheck's own, recorded from a service that no other option names."""
    told = {"recorded_from": source, "base_url": "https://staging.example"}
    document = {"interactions": [item], "version": 1, "metadata": told}
    return desk.write(name, yaml.safe_dump(document).encode())


def test_own_cassette_tells_key_time_and_source(desk):
    """Whose key was sent, when, and that it was the emulator, stands in the cassette itself."""
    item = interaction("POST", "https://staging.example/api/dubbing/jobs", 201, created(), SENT)
    item["request"]["headers"]["x-dubcheck-credential"] = ["wrong"]
    item["response"]["headers"]["x-dubcheck-recorded"] = [f"{NOON} 0.05"]

    judgement = desk.judge(own_cassette(desk, "job.yaml", item, "emulator"))

    # The creation of a wrong key is held against no promise about creations.
    assert judgement.verdict("pinch.create-job.answers-201") == "not-exercised"
    assert judgement.recordings["files"][0]["has_times"] is True
    assert judgement.report["targets"][0]["kind"] == "recorded from the emulator"


def test_body_beside_a_cassette_is_read(desk):
    """An answer that lies in the shared folder, named by its digest, is judged."""
    content = json.dumps(created(target_lang="fr")).encode()
    digest = hashlib.sha256(content).hexdigest()
    desk.write(f"media/{digest}", content)
    reference = f"dubcheck-media sha256={digest} bytes={len(content)}"
    item = interaction("POST", JOBS, 201, reference, SENT)

    judgement = desk.judge(desk.cassette("pinch/test_jobs/job.yaml", item))

    assert judgement.failed_musts == {"pinch.create-job.echoes-target-lang"}


def test_body_that_is_missing_beside_a_cassette_is_not_judged(desk):
    """A reference without its file is a body that was not kept, and no broken JSON."""
    reference = f"dubcheck-media sha256={'0' * 64} bytes=9000"
    item = interaction("POST", JOBS, 201, reference, SENT)

    judgement = desk.judge(desk.cassette("job.yaml", item))

    assert judgement.failed == set()


def test_folder_that_cannot_be_written_is_named(desk, capsys):
    """A report folder below a file is told with exit status 2."""
    file = desk.har("a.har")

    status = main(["judge", str(file), "--report-dir", str(file / "reports")])

    assert status == 2
    assert "--report-dir" in capsys.readouterr().err
