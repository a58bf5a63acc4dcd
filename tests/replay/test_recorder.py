"""A recording takes the place of an older one as a whole, or not at all."""

from pathlib import Path

import pytest
import yaml

from dubcheck.errors import RecordError
from dubcheck.replay.facts import read_facts
from dubcheck.replay.options import CassetteOptions, Mode
from dubcheck.replay.recorder import Recorder
from dubcheck.targets.run_options import checked_options
from dubcheck.targets.staging import Staged
from dubcheck.targets.target_options import ApiTarget

KEY = "pk_a-key-of-this-run-0123456789"
BASE_URL = "http://127.0.0.1:4711"
KEPT_TEXT = "interactions: []\n"


@pytest.fixture
def cassettes(tmp_path: Path) -> Path:
    """A folder in which one probe of Pinch is recorded."""
    folder = tmp_path / "cassettes"
    (folder / "pinch" / "m").mkdir(parents=True)
    (folder / "pinch" / "m" / "a.yaml").write_text("old", encoding="utf-8")
    return folder


def staged(work: Path) -> Staged:
    """The stage of a run of Pinch."""
    target = ApiTarget(api="pinch", kind="emulator", base_url=BASE_URL, key=KEY)
    (work / "media").mkdir()
    return Staged(
        targets=(target,),
        profile="quick",
        seed=3,
        rate=None,
        work_folder=work,
        callback_url=None,
        callback_log=work / "callbacks.jsonl",
        callback_public_key=None,
        media_folder=work / "media",
        media_url=None,
        control_url=None,
    )


def recording(folder: Path, work: Path, mode: Mode) -> Recorder:
    """A recorder, before anything ran."""
    work.mkdir()
    options = checked_options({"api": "pinch"}, {})
    return Recorder(options, CassetteOptions(folder, mode), staged(work), 1_795_000_000.0)


def write(recorder: Recorder, name: str, text: str = KEPT_TEXT) -> None:
    """What VCR does while the probe runs."""
    recorder.ran(name)
    path = recorder.folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("mode", "probe", "text"),
    [
        pytest.param(Mode.REWRITE, "a", KEPT_TEXT, id="rewrite"),
        pytest.param(Mode.ALL, "a", KEPT_TEXT, id="all"),
        pytest.param(Mode.NEW_EPISODES, "a", "old", id="new_episodes without a new probe"),
        pytest.param(Mode.ONCE, "a", "old", id="once"),
    ],
)
def test_mode_decides_whether_an_old_recording_is_replaced(
    tmp_path: Path, cassettes: Path, mode: Mode, probe: str, text: str
) -> None:
    """Only the modes that say so replace what is there."""
    recorder = recording(cassettes, tmp_path / "work", mode)
    write(recorder, f"pinch/m/{probe}")

    recorder.finish()

    assert (cassettes / "pinch" / "m" / "a.yaml").read_text(encoding="utf-8") == text
    assert not recorder.folder.exists()


def test_new_probe_replaces_the_whole_recording(tmp_path: Path, cassettes: Path) -> None:
    """Probes share uploads and jobs, so that their cassettes are of one recording."""
    recorder = recording(cassettes, tmp_path / "work", Mode.NEW_EPISODES)
    write(recorder, "pinch/m/a")
    write(recorder, "pinch/m/b")

    recorder.finish()

    assert (cassettes / "pinch" / "m" / "a.yaml").read_text(encoding="utf-8") == KEPT_TEXT


def test_recording_that_is_never_finished_loses_nothing(tmp_path: Path, cassettes: Path) -> None:
    """An interrupted run leaves the old cassettes as they were."""
    recorder = recording(cassettes, tmp_path / "work", Mode.REWRITE)

    write(recorder, "pinch/m/a")

    assert (cassettes / "pinch" / "m" / "a.yaml").read_text(encoding="utf-8") == "old"


def test_planted_secret_keeps_a_recording_from_its_place(tmp_path: Path, cassettes: Path) -> None:
    """What looks like a secret is told by its file, and the old cassettes stay."""
    recorder = recording(cassettes, tmp_path / "work", Mode.REWRITE)
    write(recorder, "pinch/m/a", f"note: {KEY}\n")

    with pytest.raises(RecordError, match=r"m/a\.yaml, line 1: a key of the run"):
        recorder.finish()

    assert (cassettes / "pinch" / "m" / "a.yaml").read_text(encoding="utf-8") == "old"


def test_facts_tell_origin_and_silent_probes_and_no_key(tmp_path: Path, cassettes: Path) -> None:
    """The stage can be rebuilt from the facts, and nobody's account can be used with them."""
    recorder = recording(cassettes, tmp_path / "work", Mode.REWRITE)
    write(recorder, "pinch/m/a")
    recorder.ran("pinch/m/silent")

    recorder.finish()

    facts = read_facts(cassettes / "pinch")
    assert (facts.recorded_from, facts.base_url, facts.seed) == ("emulator", BASE_URL, 3)
    assert facts.silent == ("pinch/m/silent",)
    assert KEY not in (cassettes / "pinch" / "stage.yaml").read_text(encoding="utf-8")


def test_facts_that_cannot_be_used_are_refused_by_name(tmp_path: Path) -> None:
    """A damaged file is told."""
    (tmp_path / "stage.yaml").write_text(yaml.safe_dump({"api": "pinch"}), encoding="utf-8")

    with pytest.raises(RecordError, match="stage.yaml"):
        read_facts(tmp_path)
