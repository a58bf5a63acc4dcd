"""Trials of the suite: what was served, what the suite said, and all of it as text and on disk.

Nothing here serves or judges.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from dubcheck.contract import load_contract

# Needs that no server but the embedded one meets.
EMBEDDED_ONLY = {"clock", "generate", "faults", "account-limits"}


@dataclass(frozen=True, slots=True)
class Trial:
    """One server to be judged: the option and name to serve it with, and the API to judge."""

    option: str
    name: str
    api: str

    @property
    def expected(self) -> str | None:
        """The requirement that must fail; None for a variation."""
        return self.name.partition("/")[0] if self.option == "--defect" else None

    @property
    def probes(self) -> list[str]:
        """Which probes to try one after the other: those of its promise, then of its topic."""
        if self.expected is None:
            return []
        known = load_contract(self.api).requirements
        has_own = self.expected in known and "probe" in known[self.expected].judged_by
        return [*([self.expected] if has_own else []), f"{self.expected.rpartition('.')[0]}."]

    @property
    def is_embedded(self) -> bool:
        """Whether a black box cannot show what is broken."""
        known = load_contract(self.api).requirements
        return self.expected in known and bool(known[self.expected].needs & EMBEDDED_ONLY)


@dataclass(frozen=True, slots=True)
class Tried:
    """What the suite said of one trial: the musts that failed, and how the run ended.

    `verdict` and `reason` are those of the expected requirement. Units: seconds of wall time, of
    all runs that the trial took.
    """

    trial: Trial
    failed: tuple[str, ...]
    status: int
    verdict: str
    reason: str
    seconds: float = 0.0

    @property
    def killed(self) -> bool:
        """Whether the broken requirement was seen broken."""
        return self.trial.expected in self.failed or self.verdict == "fail"

    @property
    def exact(self) -> bool:
        """Whether nothing else was accused."""
        return set(self.failed) <= {self.trial.expected}

    @property
    def is_right(self) -> bool:
        """Whether the suite said what is true of this server, and nothing else."""
        if self.trial.expected is None:
            return self.status == 0 and not self.failed
        return self.killed and self.exact

    @property
    def told(self) -> str:
        """One line."""
        return (
            f"{self._word:17} {self.seconds:4.0f} s  {self.trial.api} {self.trial.name}"
            f"{self._accused}{self._missed}"
        )

    @property
    def _word(self) -> str:
        if self.trial.expected is not None:
            return ("killed" if self.exact else "killed, NOT EXACT") if self.killed else "MISSED"
        if self.failed:
            return "FALSE ALARM"
        return "accepted" if self.status == 0 else "NOT JUDGED"

    @property
    def _accused(self) -> str:
        others = [name for name in self.failed if name != self.trial.expected]
        return f"  accused: {', '.join(others[:6])}" if others else ""

    @property
    def _missed(self) -> str:
        if self.trial.expected is None or self.killed:
            return ""
        return f"  ({self.verdict}: {self.reason})"


class Results:
    """Every trial that was made, in a file of JSON lines; of repeated ones the last counts."""

    def __init__(self, path: Path | None):
        self._path = path
        self._tried: dict[Trial, Tried] = {}
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._keep(_decode(json.loads(line)))

    def add(self, tried: Tried) -> None:
        """Keeps one more result, on disk at once."""
        self._keep(tried)
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(tried)) + "\n")

    def _keep(self, tried: Tried) -> None:
        self._tried.pop(tried.trial, None)
        self._tried[tried.trial] = tried

    def is_right(self, trial: Trial) -> bool:
        """Whether the last such trial came out right."""
        return trial in self._tried and self._tried[trial].is_right

    def of(self, trials: Iterable[Trial]) -> list[Tried]:
        """The results of these trials, as far as there are any."""
        return [self._tried[trial] for trial in trials if trial in self._tried]


def _decode(document: dict[str, object]) -> Tried:
    values = {**document, "trial": Trial(**document["trial"])}  # type: ignore[arg-type] # as written
    return Tried(**{**values, "failed": tuple(document["failed"])})  # type: ignore[arg-type]


def summary(results: list[Tried]) -> str:
    """Rates over all trials."""
    defects = [item for item in results if item.trial.expected is not None]
    lines = []
    if defects:
        killed = [item for item in defects if item.killed]
        exact = [item for item in killed if item.exact]
        promises = {item.trial.expected for item in killed}
        lines.append(
            f"killed {len(killed)} of {len(defects)} defects ({len(killed) / len(defects):.1%}),"
            f" of {len(promises)} promises"
        )
        share = len(exact) / len(killed) if killed else 0.0
        lines.append(f"attributed exactly {len(exact)} of {len(killed)} killed ({share:.1%})")
    others = [item for item in results if item.trial.expected is None]
    if others:
        alarms = [item for item in others if item.failed]
        unjudged = [item for item in others if not item.failed and item.status != 0]
        lines.append(f"false alarms on {len(alarms)} of {len(others)} variations")
        lines.append(f"not judged to the end: {len(unjudged)}")
    return "\n".join(lines)


def markdown(results: list[Tried], count: int, effort: str) -> str:
    """Rates, what did not come out right, and every trial.

    `count` is how many there are to try, `effort` what the last run took.
    """
    wrong = [f"    {item.told}" for item in results if not item.is_right] or ["    none"]
    parts = [
        "# The suite on wrong and on different servers",
        "Made by `make matrix`. A defect is tried with the probes that name its promise, then with"
        " those of its topic, with the whole quick profile where these see nothing, at last with"
        " standard and two minutes of deep; a variation with the whole quick profile.",
        f"Tried {len(results)} of {count}; of a trial that was repeated, the last result."
        f" The last run: {effort}.",
        *summary(results).split("\n"),
        "## Not as it should be",
        "\n".join(wrong),
        "## All trials",
        "\n".join(f"    {item.told}" for item in results),
    ]
    return "\n\n".join(parts) + "\n"
