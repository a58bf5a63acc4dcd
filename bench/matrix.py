"""Tries the suite on servers that are wrong on purpose, and on servers that merely differ.

    python bench/matrix.py variations [--only TEXT]
    python bench/matrix.py defects [--only TEXT] [--sample N] [--report reports/defects.md]

Each runs the API's quick profile over plain HTTP against a separately started emulator: for a
defect the probes of its requirement first, and every probe where those see nothing or with --whole.
What only the embedded emulator can be told (to make a final video, to fail) is judged on that one.
A defect is killed when its requirement fails, and attributed exactly when no other must fails. A
variation on which any must fails is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import trustme

from dubcheck.contract import APIS, load_contract
from dubcheck.emulator.defects import all_defects
from dubcheck.emulator.variations import VARIATIONS
from dubcheck.targets.embedded import start_emulator
from dubcheck.targets.listeners import unclaimed_ports

PARALLEL = 2
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
    def is_embedded(self) -> bool:
        """Whether a black box cannot show what is broken."""
        known = load_contract(self.api).requirements
        return self.expected in known and bool(known[self.expected].needs & EMBEDDED_ONLY)


@dataclass(frozen=True, slots=True)
class Tried:
    """What the suite said of one trial: the musts that failed, and how the run ended."""

    trial: Trial
    failed: tuple[str, ...]
    status: int
    expected_verdict: str
    seconds: float
    reasons: dict[str, str]

    @property
    def killed(self) -> bool:
        """Whether the broken requirement was seen broken."""
        return self.trial.expected in self.failed or self.expected_verdict == "fail"

    @property
    def exact(self) -> bool:
        """Whether nothing else was accused."""
        return set(self.failed) <= {self.trial.expected}


def trials(kind: str, only: str) -> Iterator[Trial]:
    """Every trial of a kind whose name holds the text."""
    if kind == "defects":
        for defect in all_defects():
            if only in defect.name:
                yield Trial("--defect", defect.name, defect.requirement.partition(".")[0])
        return
    for name in VARIATIONS:
        for api in APIS:
            own = name.partition("-")[0]
            if only in name and own in (api, *(set() if own in APIS else {own})):
                yield Trial("--variation", name, api)


def attempt(trial: Trial, *, whole: bool) -> Tried:
    """Serves and judges one trial, first with the probes of its requirement only."""
    if not whole and trial.expected:
        words = ["--only", trial.expected]
        tried = serve_and_judge(trial, words, embedded=trial.is_embedded)
        if tried.killed:
            return tried
    tried = serve_and_judge(trial, [], embedded=trial.is_embedded)
    if tried.killed or trial.is_embedded or trial.expected is None:
        return tried
    # Some promises of a black box are broken only by what the embedded emulator is told to make,
    # and files of 500 MB are moved in no quick run.
    words = ["--only", trial.expected, "--profile", "standard"]
    return serve_and_judge(trial, words, embedded=True)


def serve_and_judge(trial: Trial, words: list[str], *, embedded: bool) -> Tried:
    """Serves the trial on a port of its own and judges it from outside, or embedded."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if embedded:
            status = run_dubcheck(trial, [trial.option, trial.name, *words], folder)
        else:
            places, ports = callback_words(Path(folder))
            emulator = start_emulator(trial.option, trial.name, *ports)
            try:
                status = judge(trial, emulator.greeting, [*places, *words], folder)
            finally:
                emulator.stop()
        path = Path(folder) / "report.json"
        report = json.loads(path.read_text()) if path.exists() else {"requirements": []}
    items = report["requirements"]
    failed = tuple(
        item["id"] for item in items if (item["level"], item["verdict"]) == ("must", "fail")
    )
    verdicts = {item["id"]: item["verdict"] for item in items}
    return Tried(
        trial=trial,
        failed=failed,
        status=status,
        expected_verdict=verdicts.get(trial.expected or "", "no report"),
        seconds=time.monotonic() - started,
        reasons={item["id"]: item["reason"] for item in items if item["reason"]},
    )


def judge(trial: Trial, greeting: dict[str, str], words: list[str], folder: str) -> int:
    """Runs the suite on the served emulator."""
    key = Path(folder) / "public.pem"
    key.write_text(greeting["callback_public_key"])
    command = [f"--{trial.api}-url", greeting["url"]]
    command += [f"--{trial.api}-key", greeting[f"{trial.api}_key"]]
    command += [f"--{trial.api}-other-key", greeting[f"{trial.api}_other_key"]]
    if trial.api == "pinch":
        command += ["--pinch-poor-key", greeting["pinch_poor_key"]]
    return run_dubcheck(trial, [*command, "--callback-public-key", str(key), *words], folder)


def run_dubcheck(trial: Trial, words: list[str], folder: str) -> int:
    """Runs the API's quick profile; its exit status."""
    command = [sys.executable, "-m", "dubcheck", "run", "--api", trial.api, "--profile", "quick"]
    command += ["--report-dir", folder, *words]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, timeout=600, env=environment()
    )
    return done.returncode


@cache
def environment() -> dict[str, str]:
    """One cache of compiled modules for all trials: a fresh process spends seconds on compiling."""
    kept = {name: word for name, word in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "dubcheck-matrix")}


def callback_words(folder: Path) -> tuple[list[str], list[str]]:
    """Options for the suite and for the emulator that let the one reach the other."""
    callback, media = unclaimed_ports(2)
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    issued.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    callback_url, media_url = f"https://127.0.0.1:{callback}", f"http://127.0.0.1:{media}"
    suite = ["--callback-listen", f"127.0.0.1:{callback}", "--callback-url", callback_url]
    suite += ["--callback-cert", f"{folder}/cert.pem", "--callback-cert-key", f"{folder}/key.pem"]
    suite += ["--media-listen", f"127.0.0.1:{media}", "--media-url", media_url]
    served = ["--allow-origin", callback_url, "--allow-origin", media_url]
    return suite, [*served, "--callback-ca", f"{folder}/ca.pem"]


def told(tried: Tried) -> str:
    """One line about one trial."""
    if tried.trial.expected is None:
        word = "FALSE ALARM" if tried.failed else "accepted" if tried.status == 0 else "NOT JUDGED"
    else:
        word = ("killed" if tried.exact else "killed, NOT EXACT") if tried.killed else "MISSED"
    others = [name for name in tried.failed if name != tried.trial.expected]
    extra = f"  accused: {', '.join(others[:6])}" if others else ""
    if word == "MISSED":
        extra += (
            f"  ({tried.expected_verdict}: {tried.reasons.get(tried.trial.expected or '', '')})"
        )
    return f"{word:12} {tried.seconds:4.0f} s  {tried.trial.api} {tried.trial.name}{extra}"


def summary(results: list[Tried]) -> str:
    """Rates over all trials."""
    defects = [item for item in results if item.trial.expected is not None]
    lines = []
    if defects:
        killed = [item for item in defects if item.killed]
        exact = [item for item in killed if item.exact]
        lines.append(f"killed {len(killed)} of {len(defects)} ({len(killed) / len(defects):.1%})")
        lines.append(f"attributed exactly {len(exact)} of {len(killed)} killed")
    others = [item for item in results if item.trial.expected is None]
    if others:
        alarms = [item for item in others if item.failed]
        lines.append(f"false alarms on {len(alarms)} of {len(others)} variations")
    return "\n".join(lines)


def write_report(path: Path, results: Iterable[Tried], text: str) -> None:
    """The last full result, as Markdown."""
    rows = "\n".join(f"    {told(item)}" for item in results)
    path.write_text(f"# The suite on wrong and on different servers\n\n{text}\n\n{rows}\n")


def main() -> int:
    """Runs the matrix; exit status 1 where something was missed or accused falsely."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=["defects", "variations"])
    parser.add_argument("--only", default="", help="trials whose name holds this text")
    parser.add_argument("--sample", type=int, help="this many, chosen by a fixed seed")
    parser.add_argument("--whole", action="store_true", help="run every probe for each defect")
    parser.add_argument("--report", type=Path, help="write the result to this file")
    options = parser.parse_args()
    chosen = list(trials(options.kind, options.only))
    if options.sample:
        chosen = random.Random(0).sample(chosen, min(options.sample, len(chosen)))
    results = []
    with ThreadPoolExecutor(PARALLEL) as pool:
        for tried in pool.map(partial(attempt, whole=options.whole), chosen):
            print(told(tried), flush=True)
            results.append(tried)
    text = summary(results)
    print(text)
    if options.report:
        write_report(options.report, results, text)
    return int(any(not item.exact or (item.trial.expected and not item.killed) for item in results))


if __name__ == "__main__":
    sys.exit(main())
