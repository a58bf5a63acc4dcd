"""`dubcheck run --replay` over the committed cassettes, and over spoiled ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dubcheck.replay.secret_forms import secrets_in

# Few probes show what a replay does; all of them are played once, by `whole`.
FEW = ("--", "-k", "test_unknown_jobs or test_get_job")
KEYS = ("pk_emulator", "panjaya-emulator")
# What a probe sends in place of a key, to be refused: it belongs to nobody.
MALFORMED = "Basic ZHViY2hlY2s6ZHViY2hlY2s="
MODULE = "pinch/media/test_unknown_jobs"


def test_replay_opens_no_socket(whole: Any) -> None:
    """Neither the run nor a child of it makes, binds or connects a socket, or asks for a name."""
    assert whole.sockets == ""


def test_replay_of_what_is_committed_conforms(whole: Any) -> None:
    """Cassettes and probes fit each other, and no promise is seen broken."""
    assert (whole.status, whole.report["crashes"]) == (0, []), whole.output[-3000:]


def test_replay_judges_most_musts(whole: Any) -> None:
    """At least 650 musts have a verdict without a target."""
    musts = Counter(
        item["verdict"] for item in whole.report["requirements"] if item["level"] == "must"
    )

    assert musts["pass"] >= 650
    assert musts["fail"] == 0


def test_what_no_cassette_shows_needs_a_target(whole: Any) -> None:
    """Everything else says so, and is not left without a reason."""
    reasons = {
        item["reason"]
        for item in whole.report["requirements"]
        if item["verdict"] == "not-exercised" and item["level"] == "must"
    }

    assert any("needs a target" in reason for reason in reasons)


def test_replay_is_told_as_a_recording(whole: Any) -> None:
    """The report never presents the emulator's answers as those of the service."""
    (pinch, panjaya) = whole.report["targets"]
    summary = (whole.folder / "summary.md").read_text(encoding="utf-8")

    assert pinch["kind"] == panjaya["kind"] == "recorded"
    assert pinch["recorded_from"].startswith("recorded from the emulator on ")
    assert "pinch: recorded from the emulator on " in summary
    assert "pinch: recorded from the emulator on " in whole.output


def test_record_and_reports_hold_no_secret(whole: Any) -> None:
    """Every file that a run writes is scanned."""
    found = {
        path.name: told
        for path in whole.folder.iterdir()
        if (told := list(secrets_in(path.read_text("utf-8").replace(MALFORMED, "REDACTED"), KEYS)))
    }

    assert found == {}


def test_probe_without_cassette_is_told_by_name(copied: Path, replayed: Callable[..., Any]) -> None:
    """What is missing makes the run inconclusive: status 3, and the name in report and output."""
    missing = next((copied / MODULE).iterdir())
    missing.unlink()

    done = replayed(*FEW)

    assert done.status == 3
    assert f"{MODULE}/{missing.stem}: is a probe with no cassette" in done.output
    assert any(missing.stem in crash for crash in done.report["crashes"])


def test_cassette_not_fully_used_is_told_by_name(
    copied: Path, replayed: Callable[..., Any]
) -> None:
    """An answer that nobody asked for is told with the cassette that holds it."""
    spoiled = next((copied / MODULE).iterdir())
    text = spoiled.read_text(encoding="utf-8")
    spoiled.write_text(text.replace("method: GET", "method: TRACE"), encoding="utf-8")

    done = replayed(*FEW)

    assert done.status == 3
    assert f"{MODULE}/{spoiled.stem}: is a cassette not fully used" in done.output


def test_old_cassettes_are_told(copied: Path, replayed: Callable[..., Any]) -> None:
    """Cassettes older than the option allows make the run inconclusive."""
    facts = copied / "pinch" / "stage.yaml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace("started_at: 179", "started_at: 169"), encoding="utf-8")

    done = replayed("--cassette-age", "30", *FEW)

    assert done.status == 3
    assert "pinch: has cassettes that are" in done.output


def test_seed_of_the_command_line_changes_nothing(replayed: Callable[..., Any]) -> None:
    """Seed and profile are those of the recording."""
    done = replayed("--seed", "9", "--profile", "standard", *FEW)

    assert (done.status, done.report["seed"], done.report["profile"]) == (0, 0, "quick")


def test_damaged_cassette_is_refused_by_name(copied: Path, replayed: Callable[..., Any]) -> None:
    """A file that is no cassette ends the run with status 2."""
    damaged = next((copied / MODULE).iterdir())
    damaged.write_text("interactions: [", encoding="utf-8")

    done = replayed(*FEW)

    assert done.status == 2
    assert damaged.name in done.output


@pytest.mark.parametrize("word", ["test_get_job", "test_storage"])
def test_selection_is_played_alone(replayed: Callable[..., Any], word: str) -> None:
    """Probes that share an upload with others can be played without those."""
    done = replayed("--", "-k", word)

    assert done.status == 0, done.output[-2000:]
