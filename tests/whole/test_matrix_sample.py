"""A fixed sample of the matrix: wrong servers are found out, different ones are not accused."""

import subprocess
import sys
from pathlib import Path
from typing import Any

MATRIX = Path(__file__).parents[2] / "bench" / "matrix.py"
LONGEST_SECONDS = 500

# One promise of each kind: a bound, a field, a page, a locale, a notice, a file, a lifecycle.
DEFECTS = (
    "pinch.create-job.source-language-it-is-accepted/refuses",
    "pinch.list-jobs.limit-defaults-to-20/10",
    "pinch.auth.create-job-refuses-missing-header/lets-in",
    "pinch.storage.upload-url-dies-after-expiry/never",
    "panjaya.create-asset.bare-source-language-is-400/accepts",
    "panjaya.trims.untrimmed-result-lasts-as-video/from-0.5",
    "panjaya.add-languages.documented-request-is-accepted/refuses",
)


def run_matrix(*words: str) -> subprocess.CompletedProcess[str]:
    """What the matrix says of some trials; status 0 where each came out right."""
    return subprocess.run(
        [sys.executable, str(MATRIX), *words],
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )


def test_each_defect_of_the_sample_is_told_by_its_own_promise() -> None:
    """The broken promise fails, and no other must does."""
    tried = run_matrix("defects", "--only", *DEFECTS)

    assert f"killed {len(DEFECTS)} of {len(DEFECTS)} defects" in tried.stdout, tried.stdout
    assert tried.returncode == 0, tried.stdout


def test_variation_of_the_sample_is_not_accused() -> None:
    """A server that answers otherwise where Pinch's document is silent fails nothing."""
    tried = run_matrix("variations", "--only", "pinch-lenient")

    assert "false alarms on 0 of 1 variations" in tried.stdout, tried.stdout
    assert tried.returncode == 0, tried.stdout


def test_two_defects_served_together_are_both_reported(run_dubcheck: Any) -> None:
    """What one breaks hides nothing of the other, and nothing else is accused."""
    broken = ("pinch.list-jobs.limit-defaults-to-20", "pinch.list-jobs.order-is-stable")
    served = f"{broken[0]}/10,{broken[1]}/turns"

    done = run_dubcheck(
        *("--api", "pinch", "--profile", "quick", "--only", "pinch.list-jobs.", "--defect", served)
    )

    failed = {name for name, verdict in done.verdicts("must").items() if verdict == "fail"}
    assert done.status == 1, done.told
    assert failed == {*broken}
