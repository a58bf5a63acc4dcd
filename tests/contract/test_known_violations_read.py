"""A list of known violations is read whole or refused with the line that is wrong."""

import datetime
from pathlib import Path

import pytest

from dubcheck.contract import load_contract, with_known_violations
from dubcheck.errors import ContractError

GOOD = """# a comment
violations:
  - id: pinch.list-jobs.echoes-limit
    target: live
    reason: It always says 20.
    evidence: ticket 17
    date: 2026-01-05
    expires: "2026-07-05"
  - id: panjaya.create-asset.answer-has-name
    target: https://api.example/
    reason: The name is missing.
    evidence: ticket 18
    date: 2026-01-06
"""


@pytest.fixture
def known_file(tmp_path: Path) -> Path:
    """Where a user's own list lies."""
    return tmp_path / "known.yaml"


def test_entries_go_to_the_contract_of_their_api(known_file: Path) -> None:
    """A file may speak of both APIs; each contract gets its own, with dates and place."""
    known_file.write_text(GOOD)

    (pinch,) = with_known_violations([load_contract("pinch")], known_file)

    (entry,) = pinch.known_violations
    assert entry.id == "pinch.list-jobs.echoes-limit"
    assert (entry.date, entry.expires) == (datetime.date(2026, 1, 5), datetime.date(2026, 7, 5))
    assert entry.place == f"{known_file}, line 3"


def test_shared_contract_is_left_as_it_was(known_file: Path) -> None:
    """A run's own list does not leak into the next run of the same Python."""
    known_file.write_text(GOOD)

    with_known_violations([load_contract("pinch")], known_file)

    assert load_contract("pinch").known_violations == ()


def test_empty_list_is_a_list(known_file: Path) -> None:
    """`violations: []` lists nothing."""
    known_file.write_text("violations: []\n")

    (pinch,) = with_known_violations([load_contract("pinch")], known_file)

    assert pinch.known_violations == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param("echoes-limit", "echo-limit", "line 3: .*names no requirement", id="id"),
        pytest.param("target: live", "target: staging", "line 4: `target` staging", id="target"),
        pytest.param("reason: It always says 20.", "reason:", "line 3: `reason`", id="no reason"),
        pytest.param("2026-01-05", "05/01/2026", "line 7: `date` is not a date", id="date"),
        pytest.param('"2026-07-05"', "2026-01-04", "line 8: `expires` lies before", id="expiry"),
        pytest.param("expires:", "expiry:", "line 8: `expiry` is no key", id="misspelt key"),
        pytest.param("ticket 17", "17", "line 6: `evidence` is not a text", id="number"),
        pytest.param(
            "  - id: panjaya", "  - pinch\n  - id: panjaya", "line 9: an entry", id="text"
        ),
        pytest.param("violations:", "violation:", "needs the one key", id="top key"),
        pytest.param("    target: live", "\ttarget: live", "line 4", id="tab"),
        pytest.param(
            "panjaya.create-asset.answer-has-name\n    target: https://api.example/",
            "pinch.list-jobs.echoes-limit\n    target: live",
            "line 9: pinch.list-jobs.echoes-limit is already listed at .*line 3",
            id="twice",
        ),
    ],
)
def test_wrong_line_is_told(known_file: Path, before: str, after: str, told: str) -> None:
    """What cannot be used is refused with file, line and what would be right."""
    assert before in GOOD
    known_file.write_text(GOOD.replace(before, after, 1))

    with pytest.raises(ContractError, match=rf"(?s)known\.yaml.*{told}"):
        with_known_violations([load_contract("pinch")], known_file)


@pytest.mark.parametrize("content", ["", "[]", "violations: {}", "violations: nothing"])
def test_file_of_another_form_is_refused(known_file: Path, content: str) -> None:
    """A file that holds no list of entries is refused by name."""
    known_file.write_text(content)

    with pytest.raises(ContractError, match=r"known\.yaml"):
        with_known_violations([load_contract("pinch")], known_file)
