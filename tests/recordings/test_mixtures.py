"""Many files at once: what belongs together, what is the same, and what is refused."""

from __future__ import annotations

import gzip

import pytest
from tests.recordings.recorded_messages import JOBS, SENT, created, har_entry, interaction, shown

BACK = "pinch.lifecycle.status-never-goes-back"
POLL = f"{JOBS}/dub_1"
LIST = f"{JOBS}?limit=20"


def dated(second: int) -> str:
    """An HTTP date of that second after noon."""
    return f"Thu, 05 Mar 2026 12:00:{second:02d} GMT"


def page(*ids: str) -> dict[str, object]:
    """A page of the list with these jobs."""
    kept = ("status", "source_lang", "target_lang", "created_at", "updated_at")
    plain = {name: value for name, value in shown("pending").items() if name in kept}
    jobs = [{"job_id": item, **plain} for item in ids]
    return {"jobs": jobs, "total": len(ids), "limit": 20, "offset": 0}


def test_job_in_two_files_is_one_trace(desk):
    """A job that a HAR file shows as processing and a later cassette as pending went back."""
    har = desk.har("a.har", har_entry("GET", POLL, 200, shown("processing"), at=1))
    late = shown("pending", updated_at="2026-03-05T12:00:29Z")
    cassette = desk.cassette("b.yaml", interaction("GET", POLL, 200, late, date=dated(30)))

    judgement = desk.judge(cassette, har)

    assert judgement.failed_musts == {BACK}


def test_files_without_times_are_not_ordered_against_others(desk):
    """Of two cassettes without times nobody knows which came first: no order is judged."""
    first = desk.cassette("a.yaml", interaction("GET", POLL, 200, shown("processing")))
    second = desk.cassette("b.yaml", interaction("GET", POLL, 200, shown("pending")))

    judgement = desk.judge(first, second)

    assert judgement.failed == set()


def test_lists_of_two_accounts_are_not_compared(desk):
    """Two files that share no job may be of two accounts, whose lists differ."""
    first = desk.har("a.har", har_entry("GET", LIST, 200, page("dub_1", "dub_2")))
    second = desk.har("b.har", har_entry("GET", LIST, 200, page("dub_3"), at=5))

    judgement = desk.judge(first, second)

    assert judgement.failed == set()


def test_same_ids_of_two_services_are_two_jobs(desk):
    """Two services may give the same id."""
    other = "http://127.0.0.1:8080/api/dubbing/jobs"
    first = desk.har("a.har", har_entry("POST", JOBS, 201, created(), SENT))
    second = desk.har("b.har", har_entry("POST", other, 201, created(), SENT, at=5))

    judgement = desk.judge(first, second)

    assert judgement.failed == set()


def test_exchange_that_two_recorders_saw_is_judged_once(desk):
    """The same creation in a HAR file and in a cassette is one job, not two with one id."""
    entry = har_entry("POST", JOBS, 201, created(), SENT)
    entry["response"]["headers"].append({"name": "date", "value": dated(0)})
    har = desk.har("a.har", entry)
    cassette = desk.cassette(
        "b.yaml", interaction("POST", JOBS, 201, created(), SENT, date=dated(0))
    )

    judgement = desk.judge(har, cassette)

    assert judgement.failed == set()
    assert judgement.recordings["ignored"]["repeated_entries"] == 1


def test_copy_of_a_file_is_judged_once(desk):
    """A file that was given before, under whatever name, is told and not judged again."""
    file = desk.har("a.har", har_entry("POST", JOBS, 201, created(), SENT))
    copy = desk.write("b.har", file.read_bytes())

    judgement = desk.judge(file, copy, file)

    assert (judgement.status, judgement.report["traffic"]["requests"]) == (0, 1)
    assert judgement.recordings["passed_over"] == [
        f"{copy}: is the same as {file}",
        f"{file}: is the same as {file}",
    ]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        pytest.param("a.har", b'{"log": {"entries": [{"requ', "is truncated or no JSON", id="cut"),
        pytest.param("a.har", b"", "is empty", id="empty"),
        pytest.param(
            "a.har", b'{"log": {"entries": {}}}', "is no usable HTTP Archive", id="no list"
        ),
        pytest.param("a.har", b'{"log": {"entries": [7]}}', "entry 1 has no request", id="number"),
        pytest.param(
            "a.har", b'{"log": {"entries": [{"request": {}}]}}', "entry 1 has no", id="no method"
        ),
        pytest.param("a.har", b"\x00\xff\xfe", "is no text in UTF-8", id="bytes"),
        pytest.param("a.json", b'{"a": 1}', "is neither a VCR cassette", id="foreign JSON"),
        pytest.param("a.yaml", b"services: {web: 1}", "is neither a VCR cass", id="foreign YAML"),
        pytest.param("a.yaml", b"interactions: [{", "is truncated or no YAML", id="cut YAML"),
        pytest.param("a.yaml", b"interactions: [{request: {}}]", "interaction 1 has no", id="half"),
        pytest.param("a.har.gz", gzip.compress(b"{}")[:-6], "cannot be read", id="cut gzip"),
        pytest.param("a.har", b"[" * 100_000, "is nested too deeply", id="deep"),
        pytest.param("a.jsonl", b'{"type": "exchange"}\n', "is not a dubcheck record", id="record"),
        pytest.param("a.jsonl", b'{"type": "head', "is truncated or damaged", id="cut record"),
    ],
)
def test_unusable_file_is_refused_by_name_and_the_rest_judged(desk, name, content, complaint):
    """A file that cannot be read is named with its fault; the rest is judged; exit status 2."""
    bad = desk.write(name, content)
    good = desk.har("good.har", har_entry("POST", JOBS, 201, created(), SENT))

    judgement = desk.judge(bad, good)

    assert judgement.status == 2
    assert f"{bad}: {complaint}" in judgement.errors
    assert judgement.report["verdict"] == "conforming"
    assert len(judgement.recordings["refused"]) == 1


def test_refused_file_hides_no_broken_promise(desk):
    """Beside a refused file a broken must is told all the same."""
    good = desk.har("good.har", har_entry("POST", JOBS, 200, created(), SENT))

    judgement = desk.judge(desk.write("bad.har", b"{"), good)

    assert (judgement.status, judgement.report["verdict"]) == (2, "nonconforming")
    assert "FAIL pinch.create-job.answers-201" in judgement.out


@pytest.mark.parametrize("name", ["nothing.har", "nothing"])
def test_file_that_is_not_there_is_refused(desk, name):
    """A path without a file is named, and no report is written."""
    path = desk.folder / name

    judgement = desk.judge(path)

    assert (judgement.status, judgement.report) == (2, None)
    assert f"{path}: cannot be read (No such file or directory)" in judgement.errors


def test_folder_is_judged_with_everything_below(desk):
    """Of a folder every recording below it is taken; other files are passed over by name."""
    desk.cassette("tests/job/create.yaml", interaction("POST", JOBS, 200, created(), SENT))
    desk.har("tests/poll.har", har_entry("GET", POLL, 200, shown("pending"), at=1))
    desk.write("docker-compose.yaml", b"services: {}")
    desk.write("README.md", b"# recordings")

    judgement = desk.judge(desk.folder)

    assert judgement.status == 1
    assert len(judgement.recordings["files"]) == 2
    assert "docker-compose.yaml: is neither" in judgement.recordings["passed_over"][0]


def test_damaged_file_in_a_folder_is_refused(desk):
    """A cassette in a folder that is cut short is refused like one that was named."""
    desk.cassette("job.yaml", interaction("POST", JOBS, 201, created(), SENT))
    desk.write("cut.yaml", b"interactions: [{")

    judgement = desk.judge(desk.folder)

    assert judgement.status == 2


def test_folder_without_recordings_is_refused(desk):
    """A folder with nothing to judge is named."""
    desk.write("README.md", b"# nothing")

    judgement = desk.judge(desk.folder)

    assert judgement.status == 2
    assert "holds no recordings" in judgement.errors


def test_probes_of_a_run_are_told_to_be_missing(desk):
    """What only a probe can show is not exercised, with the reason that it needs a run."""
    judgement = desk.judge(desk.har("a.har", har_entry("POST", JOBS, 201, created(), SENT)))

    (told,) = [
        item
        for item in judgement.report["requirements"]
        if item["id"] == "pinch.auth.scheme-letter-case"
    ]
    assert told["verdict"] == "not-exercised"
    assert told["reason"].startswith("needs a run")


def test_known_violation_of_recorded_traffic_is_told_as_known(desk):
    """A violation that a file lists for recorded traffic does not change the exit status."""
    known = desk.write(
        "known_violations.yml",
        b"""
violations:
- id: pinch.create-job.answers-201
  target: recorded
  reason: the gateway answers 200
  evidence: ticket 7
  date: 2026-03-05
""",
    )
    har = desk.har("a.har", har_entry("POST", JOBS, 200, created(), SENT))

    judgement = desk.judge(har, "--known-violations", known)

    assert judgement.status == 0
    assert judgement.verdict("pinch.create-job.answers-201") == "known"


def test_refusal_leaves_no_earlier_report(desk):
    """Where nothing could be judged, the report of yesterday does not lie there as today's."""
    desk.judge(desk.har("a.har", har_entry("POST", JOBS, 201, created(), SENT)))

    judgement = desk.judge(desk.write("b.har", b"{"))

    assert (judgement.status, judgement.report) == (2, None)
