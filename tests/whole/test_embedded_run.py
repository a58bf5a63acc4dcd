"""The embedded run conforms, and says of every must that it was exercised or why not."""

from pathlib import Path
from typing import Any

import pytest


def test_emulator_conforms(embedded_run: Any) -> None:
    """Both APIs of the emulator keep every promise; nothing that is inferred is broken either.

    Whether each status is shown is left out: a busy machine may poll too seldom to see one.
    """
    broken = {
        item["id"]: item["reason"]
        for item in embedded_run.report["requirements"]
        if item["verdict"] in ("fail", "broken", "stale") and not item["id"].endswith("-is-shown")
    }

    assert (embedded_run.report["crashes"], broken) == ([], {})
    assert (embedded_run.status, embedded_run.report["verdict"]) == (0, "conforming")


def test_every_must_is_exercised_or_reviewed(embedded_run: Any, reviewed: Any) -> None:
    """A must that the embedded emulator is not asked about stands in the reviewed list."""
    unexercised = {
        name
        for name, verdict in embedded_run.verdicts("must").items()
        if verdict == "not-exercised"
    }

    assert unexercised - reviewed.by_timing == reviewed.never


def test_every_unexercised_requirement_has_a_reason(embedded_run: Any) -> None:
    """A reason is told for each requirement that was not exercised."""
    silent = [
        item["id"]
        for item in embedded_run.report["requirements"]
        if item["verdict"] == "not-exercised" and not item["reason"]
    ]

    assert silent == []


def test_questions_are_answered_with_listed_readings(embedded_run: Any) -> None:
    """Each reading that was recorded is one that the catalogue accepts."""
    from dubcheck.contract import APIS, load_contract

    readings = {
        name: set(requirement.readings)
        for api in APIS
        for name, requirement in load_contract(api).requirements.items()
    }

    unlisted = {
        item["id"]: item["reading"]
        for item in embedded_run.report["requirements"]
        if item["reading"] and not set(item["reading"].split("; ")) <= readings[item["id"]]
    }

    assert unlisted == {}


@pytest.mark.parametrize("secret", ["pk_emulator", "panjaya-emulator", "X-Amz-Signature="])
def test_no_secret_is_in_what_a_run_writes(
    embedded_run: Any, secret: str, run_folder: Path
) -> None:
    """Keys and signatures are in no file of the report, nor in what was printed."""
    found = [
        path.name
        for path in run_folder.iterdir()
        if f"{secret}" in path.read_text(encoding="utf-8").replace(f"{secret}REDACTED", "")
    ]

    assert found == []
    assert secret not in embedded_run.output


def test_record_judged_in_short_chapters_accuses_of_nothing(
    embedded_run: Any, run_folder: Path
) -> None:
    """Wherever the story of a run is cut, what is left of it breaks no promise."""
    from dubcheck.contract import APIS, load_contract
    from dubcheck.ledger import Verdict
    from dubcheck.report import judge_record

    contracts = [load_contract(api) for api in APIS]

    report = judge_record(run_folder / "record.jsonl", contracts, most_kept=150)

    assert embedded_run.status == 0
    assert [item.requirement.id for item in report.judged if item.verdict is Verdict.FAIL] == []
