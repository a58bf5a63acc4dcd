"""Kill rate per request and per second: dubcheck's quick profile beside plain `schemathesis run`.

    python bench/against_schemathesis.py [--sample N] [--seed N] [--api pinch|panjaya]

The same planted defects, chosen by seed: half of requirements that a schema can judge, half of
others; all visible to a black box. The same emulator, served anew for each run, the same OpenAPI
document and the same key. schemathesis runs twice: as it comes, and with `--max-examples` set so
that it sends about as many requests as dubcheck. dubcheck kills a defect when the broken
requirement itself fails; schemathesis by any failure that it does not show on the emulator without
a defect. Runs follow each other, so that none disturbs another.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.trials import EMBEDDED_ONLY, Trial
from matrix import callback_words, judge, share_compiled_modules

from dubcheck.contract import APIS, load_contract, specs_folder
from dubcheck.emulator.defects import all_defects
from dubcheck.targets.embedded import start_emulator

TOOL = "schemathesis"
DEFAULT_EXAMPLES = 100  # of schemathesis 4
LONGEST_SECONDS = 1200

# An operation, a check of schemathesis and what it says of a failure.
Failure = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run against one server."""

    killed: bool
    requests: int
    seconds: float
    failures: frozenset[Failure] = frozenset()


@dataclass(slots=True)
class Column:
    """All runs of one tool in one setting."""

    name: str
    attempts: list[tuple[str, Attempt]] = field(default_factory=list)

    @property
    def killed(self) -> int:
        """How many defects were seen."""
        return sum(attempt.killed for _, attempt in self.attempts)

    @property
    def requests(self) -> int:
        """How many requests were sent in all runs."""
        return sum(attempt.requests for _, attempt in self.attempts)

    @property
    def seconds(self) -> float:
        """How long all runs took, the server's start left out."""
        return sum(attempt.seconds for _, attempt in self.attempts)

    @property
    def per_1000_requests(self) -> float:
        """Defects seen for 1,000 requests."""
        return 1000 * self.killed / self.requests if self.requests else 0.0

    @property
    def per_minute(self) -> float:
        """Defects seen in a minute."""
        return 60 * self.killed / self.seconds if self.seconds else 0.0


def chosen_defects(api: str, sample: int, seed: int) -> list[str]:
    """Half of defects that an answer's schema shows, half of others, each of its own promise."""
    requirements = load_contract(api).requirements
    by_schema: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for defect in all_defects():
        known = requirements.get(defect.requirement)
        if known is not None and not known.needs & EMBEDDED_ONLY:
            group = by_schema["schema" in known.judged_by]
            group.setdefault(defect.requirement, []).append(defect.name)
    chance = random.Random(seed)
    return [
        chance.choice(group[name])
        for visible, group in by_schema.items()
        for name in chance.sample(sorted(group), min(len(group), (sample + visible) // 2))
    ]


def try_dubcheck(api: str, defect: str | None) -> Attempt:
    """Serves the defect and runs every probe of the API's quick profile against it."""
    trial = Trial("--defect", defect or "", api)
    with tempfile.TemporaryDirectory() as folder:
        places, ports = callback_words(Path(folder))
        emulator = start_emulator(*(["--defect", defect] if defect else []), *ports)
        try:
            started = time.monotonic()
            judge(trial, emulator.greeting, places, folder)
            seconds = time.monotonic() - started
        finally:
            emulator.stop()
        report = json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))
    failed = {item["id"] for item in report["requirements"] if item["verdict"] == "fail"}
    return Attempt(trial.expected in failed, report["traffic"]["requests"], seconds)


def try_schemathesis(
    api: str, defect: str | None, words: list[str], usual: frozenset[Failure] = frozenset()
) -> Attempt:
    """Serves the defect and runs schemathesis against it, in a folder without its earlier runs."""
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events.ndjson"
        emulator = start_emulator(*(["--defect", defect] if defect else []))
        command = [str(Path(sys.executable).with_name(TOOL)), "run"]
        command += [str((specs_folder() / api / "openapi.yaml").resolve()), "--url", emulator.url]
        command += ["-H", f"Authorization: Bearer {emulator.greeting[f'{api}_key']}"]
        command += ["--report", "ndjson", "--report-ndjson-path", str(events), *words]
        try:
            started = time.monotonic()
            subprocess.run(
                command,
                capture_output=True,
                cwd=folder,
                timeout=LONGEST_SECONDS,
            )
            seconds = time.monotonic() - started
        finally:
            emulator.stop()
        lines = events.read_text(encoding="utf-8").splitlines()
    finished = [event for line in lines for event in _scenarios(json.loads(line))]
    failures = frozenset(item for event in finished for item in _failures(event))
    requests = sum(len(event["recorder"].get("interactions", ())) for event in finished)
    return Attempt(bool(failures - usual), requests, seconds, failures)


def _scenarios(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "ScenarioFinished" in event:
        yield event["ScenarioFinished"]


def _failures(event: dict[str, Any]) -> Iterator[Failure]:
    recorder = event["recorder"]
    for checks in recorder.get("checks", {}).values():
        for check in checks:
            if check["status"] != "success":
                failure = (check.get("failure_info") or {}).get("failure", {})
                # The first line names the field; those below hold generated values.
                said = str(failure.get("message", "")).partition("\n")[0]
                yield (
                    str(failure.get("operation") or recorder["label"]),
                    check["name"],
                    f"{failure.get('title', '')}: {said}",
                )


def compare(api: str, sample: int, seed: int) -> list[Column]:
    """All runs of one API: the emulator without a defect first, then each defect."""
    own, plain = try_dubcheck(api, None), ["--seed", str(seed)]
    usual = try_schemathesis(api, None, plain)
    examples = max(1, round(DEFAULT_EXAMPLES * own.requests / max(1, usual.requests)))
    fitted = [*plain, "--max-examples", str(examples)]
    usual_fitted = try_schemathesis(api, None, fitted)
    print(
        f"{api} without a defect: dubcheck {own.requests} requests in {own.seconds:.0f} s;"
        f" {TOOL} {usual.requests} in {usual.seconds:.0f} s with {len(usual.failures)} failures,"
        f" and {usual_fitted.requests} in {usual_fitted.seconds:.0f} s at {examples} examples",
        flush=True,
    )
    columns = [
        Column("dubcheck quick"),
        Column(f"{TOOL}, its defaults"),
        Column(f"{TOOL}, {examples} examples"),
    ]
    for defect in chosen_defects(api, sample, seed):
        attempts = (
            try_dubcheck(api, defect),
            try_schemathesis(api, defect, plain, usual.failures),
            try_schemathesis(api, defect, fitted, usual_fitted.failures),
        )
        for column, attempt in zip(columns, attempts, strict=True):
            column.attempts.append((defect, attempt))
        print(f"  {' | '.join(map(_told, attempts))}  {defect}", flush=True)
    return columns


def _told(attempt: Attempt) -> str:
    word = "killed" if attempt.killed else "missed"
    return f"{word} {attempt.requests:5} requests {attempt.seconds:4.0f} s"


def table(api: str, columns: list[Column]) -> str:
    """The rates of one API, and how many times dubcheck's they are."""
    own = columns[0]
    lines = [f"\n{api:36} killed  requests  seconds  kills/1000 requests  kills/minute"]
    for column in columns:
        lines.append(
            f"{column.name:36} {column.killed:2} of {len(column.attempts):2} {column.requests:8}"
            f" {column.seconds:8.0f} {column.per_1000_requests:20.2f} {column.per_minute:13.2f}"
        )
    for column in columns[1:]:
        lines.append(
            f"dubcheck : {column.name}: killed {_ratio(own.killed, column.killed)},"
            f" per request {_ratio(own.per_1000_requests, column.per_1000_requests)},"
            f" per second {_ratio(own.per_minute, column.per_minute)}"
        )
    return "\n".join(lines)


def _ratio(first: float, second: float) -> str:
    return f"{first / second:.1f}x" if second else "the other saw none"


def main() -> int:
    """Compares both tools on each API and prints the rates."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sample", type=int, default=4, help="defects of each API (default 4)")
    parser.add_argument("--seed", type=int, default=0, help="chooses the defects (default 0)")
    parser.add_argument("--api", choices=APIS, help="one API only")
    options = parser.parse_args()
    share_compiled_modules()
    for api in (options.api,) if options.api else APIS:
        print(table(api, compare(api, options.sample, options.seed)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
