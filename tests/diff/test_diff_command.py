"""`dubcheck diff` as it is called."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.diff.conftest import requirement

from dubcheck.cli import main

WriteReport = Callable[..., Path]
HOSTILE = "a`b\n## c \x1b[31m<script>"
FAILING = requirement(
    verdict="fail",
    reason="it was c",
    findings=[{"message": "it was c", "expected": "b", "actual": HOSTILE}],
)


@pytest.fixture
def reports(write_report: WriteReport) -> list[str]:
    """A report, and a later one in which a must newly fails."""
    return [str(write_report("a")), str(write_report("b", requirements=[FAILING]))]


def test_diff_names_what_newly_fails(reports: list[str], capsys: Any) -> None:
    """Id, statement, expected and actual are told, and the status is 1."""
    status = main(["diff", *reports])

    told = capsys.readouterr().out
    assert status == 1
    assert "Newly failing: must (1)" in told
    assert "pinch.topic.fact (must): pass → fail" in told
    assert "A is b." in told
    assert "expected b, got a'b ## c [31m<script>" in told


def test_diff_the_other_way_names_what_newly_passes(reports: list[str], capsys: Any) -> None:
    """The order of the reports matters: backwards the must newly passes, status 0."""
    status = main(["diff", *reversed(reports)])

    assert status == 0
    assert "Newly passing (1)" in capsys.readouterr().out


def test_diff_writes_markdown_and_json(reports: list[str], tmp_path: Path, capsys: Any) -> None:
    """Both files are written beside the text, and say the same."""
    markdown, document = tmp_path / "diff.md", tmp_path / "diff.json"

    main(["diff", *reports, "--markdown", str(markdown), "--json", str(document)])

    read = json.loads(document.read_text())
    assert read["exit_status"] == 1
    assert [item["id"] for item in read["newly_failing"]] == ["pinch.topic.fact"]
    assert "### Newly failing: must (1)" in markdown.read_text()
    assert "pinch.topic.fact" in capsys.readouterr().out


def test_markdown_keeps_a_hostile_value_in_its_place(reports: list[str], capsys: Any) -> None:
    """A value of the target stays one line between backticks; stdout holds Markdown only."""
    main(["diff", *reports, "--markdown", "-"])

    told = capsys.readouterr().out
    assert told.startswith("## dubcheck diff: 1 must newly failing\n")
    assert "got `a'b ## c [31m<script>`" in told


def test_equal_reports_are_said_to_be_equal(reports: list[str], capsys: Any) -> None:
    """No difference is said in words, not by silence."""
    status = main(["diff", reports[0], reports[0]])

    assert status == 0
    assert "NO DIFFERENCE" in capsys.readouterr().out


def test_long_sections_are_cut_and_folded(write_report: WriteReport, capsys: Any) -> None:
    """A terminal shows 20 entries and says how many more there are; Markdown folds them."""
    many = [requirement(id=f"pinch.topic.fact-{number:02}") for number in range(50)]
    left = [{**item, "verdict": "not-exercised"} for item in many]
    places = [str(write_report("a", requirements=many)), str(write_report("b", requirements=left))]

    main(["diff", *places])
    terminal = capsys.readouterr().out
    main(["diff", *places, "--markdown", "-"])
    markdown = capsys.readouterr().out

    assert "… and 30 more" in terminal
    assert "fact-19" in terminal
    assert "fact-20" not in terminal
    assert "<details><summary>No longer judged (50)</summary>" in markdown
    assert "fact-49" in markdown


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["{a}", "{a}/none"], id="no such report"),
        pytest.param(["{a}", "{a}", "--json", "{a}/no/such/folder"], id="place not writable"),
        pytest.param(["{a}", "{a}", "--json", "-", "--markdown", "-"], id="two to stdout"),
    ],
)
def test_wrong_usage_ends_with_status_2(reports: list[str], words: list[str], capsys: Any) -> None:
    """What cannot be read or written is named, with status 2."""
    status = main(["diff", *(word.format(a=reports[0]) for word in words)])

    assert status == 2
    assert "Traceback" not in capsys.readouterr().err
