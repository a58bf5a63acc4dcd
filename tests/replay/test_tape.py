"""The tape: which recorded answer a request gets."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dubcheck.errors import RecordError
from dubcheck.replay import Unrecorded
from dubcheck.replay.tape import Tape, cassette_name
from dubcheck.replay.wire import identity

STAGE = "http://127.0.0.1:1"
ASKED = identity("GET", f"{STAGE}/jobs/1", {}, b"", [STAGE])


def interaction(status: str, moment: int, path: str = "/jobs/1") -> dict[str, Any]:
    """A GET with its answer."""
    return {
        "request": {"method": "GET", "uri": STAGE + path, "headers": {}, "body": ""},
        "response": {
            "status": {"code": 200, "message": "OK"},
            "headers": {"x-dubcheck-recorded": [f"{moment} 0.1"]},
            "body": {"string": status},
        },
    }


def write(folder: Path, name: str, *interactions: dict[str, Any]) -> None:
    """A cassette of Pinch."""
    path = folder / "pinch" / "test_jobs" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"version": 1, "interactions": list(interactions), "metadata": {"probe": name}}
    path.write_text(yaml.safe_dump(document), encoding="utf-8")


def tape_of(folder: Path, renames: dict[str, str] | None = None) -> Tape:
    """The tape of Pinch's cassettes."""
    tape = Tape()
    tape.load(folder / "pinch", [STAGE], renames or {})
    return tape


def played(tape: Tape, cassette: str) -> str:
    """What the next answer says."""
    return str(tape.take(ASKED, f"pinch/test_jobs/{cassette}").response["body"]["string"])


def test_answers_come_in_the_order_of_recording(tmp_path: Path) -> None:
    """Polling sees the same statuses again, each once."""
    write(tmp_path, "a", interaction("queued", 1), interaction("done", 2))
    tape = tape_of(tmp_path)

    seen = [played(tape, "a"), played(tape, "a")]

    assert seen == ["queued", "done"]
    assert not tape.has(ASKED, "pinch/test_jobs/a")


def test_own_cassette_comes_first(tmp_path: Path) -> None:
    """A probe is answered from its own cassette, though another was recorded earlier."""
    write(tmp_path, "a", interaction("of a", 1))
    write(tmp_path, "b", interaction("of b", 2))

    assert played(tape_of(tmp_path), "b") == "of b"


def test_shared_answer_lies_in_the_cassette_of_who_asked_first(tmp_path: Path) -> None:
    """A probe that runs alone finds what the probe that is left out had asked for both."""
    write(tmp_path, "a", interaction("shared", 1))
    tape = tape_of(tmp_path)
    tape.expect(["pinch/test_jobs/b"])

    assert played(tape, "b") == "shared"


def test_nothing_is_taken_from_a_probe_that_is_still_to_come(tmp_path: Path) -> None:
    """One that asks too often does not leave another without answers."""
    write(tmp_path, "b", interaction("of b", 1))
    tape = tape_of(tmp_path)
    tape.expect(["pinch/test_jobs/b"])

    with pytest.raises(Unrecorded, match="GET"):
        played(tape, "a")


def test_answers_that_nobody_asked_for_are_counted(tmp_path: Path) -> None:
    """What is left on the tape is told with the cassette's name."""
    write(tmp_path, "a", interaction("queued", 1), interaction("done", 2))
    tape = tape_of(tmp_path)

    played(tape, "a")

    assert tape.unplayed() == {"pinch/test_jobs/a": 1}


def test_origin_of_another_recording_is_renamed(tmp_path: Path) -> None:
    """Cassettes of another host and port play on the stage of the first."""
    write(tmp_path, "a", interaction("http://other:7/file", 1))
    tape = tape_of(tmp_path, {"http://other:7": STAGE})

    assert played(tape, "a") == f"{STAGE}/file"


def test_file_that_is_no_cassette_is_refused_by_name(tmp_path: Path) -> None:
    """A damaged cassette is never a shorter recording."""
    write(tmp_path, "a", interaction("queued", 1))
    (tmp_path / "pinch" / "test_jobs" / "b.yaml").write_text("interactions: [", encoding="utf-8")

    with pytest.raises(RecordError, match="b.yaml"):
        tape_of(tmp_path)


def test_parts_of_a_cassette_bear_its_name() -> None:
    """A cassette that was too large for one file is still one."""
    folder = Path("cassettes")

    names = {cassette_name(folder, folder / f"pinch/m/{name}.yaml") for name in ("a", "a.part2")}

    assert names == {"pinch/m/a"}
