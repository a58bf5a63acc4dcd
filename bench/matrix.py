"""Tries the suite on servers that are wrong on purpose, and on servers that merely differ.

    python bench/matrix.py variations [--only TEXT…]
    python bench/matrix.py defects [--only TEXT…] [--sample N [--seed N]] [--whole]
    python bench/matrix.py all --results FILE --again --report reports/defects.md

Each runs the API's quick profile over plain HTTP against a separately started emulator: for a
defect the probes of its requirement first, then those of its topic, and every probe where those
see nothing or with --whole; at last standard, and two minutes of deep.
What only the embedded emulator can be told (to make a final video, to fail) is judged on that one.
A defect is killed when its requirement fails, and attributed exactly when no other must fails. A
variation on which any must fails is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

import trustme
from harness.forks import run_forked
from harness.trials import Results, Trial, Tried, markdown, summary

from dubcheck.contract import APIS
from dubcheck.emulator.defects import all_defects
from dubcheck.emulator.variations import VARIATIONS
from dubcheck.targets.embedded import start_emulator
from dubcheck.targets.listeners import unclaimed_ports

# Trials at a time, on two cores: the few probes of a defect wait for their server longer than they
# compute, while all of quick, which a variation meets, computes half of the time.
PARALLEL = {"variations": 6, "defects": 10, "all": 10}
# Of all trials, each so many-th is a variation: these take longest, and none is left for the end.
EACH_VARIATION = 13
LONGEST_SECONDS = 600
MODELS = {"pinch": "test_model_jobs.py", "panjaya": "test_model_assets.py"}


def trials(kind: str, only: str) -> list[Trial]:
    """Every trial of a kind whose name holds the text; of all, variations stand among defects."""
    if kind == "defects":
        return list(_defects(only))
    if kind == "variations":
        return list(_variations(only))
    every = list(_defects(only))
    for number, variation in enumerate(_variations(only)):
        every.insert(number * EACH_VARIATION, variation)
    return every


def _defects(only: str) -> Iterator[Trial]:
    """The first defect of each promise before the second of any.

    A matrix that is broken off has seen most promises.
    """
    seen: Counter[str] = Counter()
    ranked = []
    for defect in all_defects():
        ranked.append((seen[defect.requirement], defect))
        seen[defect.requirement] += 1
    for _, defect in sorted(ranked, key=lambda item: item[0]):
        if only in defect.name:
            yield Trial("--defect", defect.name, defect.requirement.partition(".")[0])


def _variations(only: str) -> Iterator[Trial]:
    for name in VARIATIONS:
        for api in APIS:
            own = name.partition("-")[0]
            if only in name and own in (api, *(set() if own in APIS else {own})):
                yield Trial("--variation", name, api)


def attempt(trial: Trial, *, whole: bool) -> Tried:
    """Serves and judges one trial, with ever more probes until the defect is seen."""
    started = time.monotonic()
    runs = judgements(trial, whole=whole)
    tried = next(runs)
    while not tried.killed and (another := next(runs, None)) is not None:
        tried = another
    return replace(tried, seconds=time.monotonic() - started)


def judgements(trial: Trial, *, whole: bool) -> Iterator[Tried]:
    """What ever more probes say of one trial; of a variation, what all of quick say."""
    for words in [] if whole else trial.probes:
        yield serve_and_judge(trial, ["--only", words], embedded=trial.is_embedded)
    yield serve_and_judge(trial, [], embedded=trial.is_embedded)
    if trial.expected is None:
        return
    # Some promises of a black box are broken only by what the embedded emulator is told to make,
    # and files of 500 MB are moved in no quick run.
    words = ["--only", trial.expected, "--profile", "standard"]
    yield serve_and_judge(trial, words, embedded=True)
    # What only a long interleaving shows is what deep is for.
    words = ["--only", MODELS[trial.api], "--profile", "deep", "--minutes", "2"]
    yield serve_and_judge(trial, words, embedded=True)


def serve_and_judge(trial: Trial, words: list[str], *, embedded: bool) -> Tried:
    """Serves the trial on a port of its own and judges it from outside, or embedded."""
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
    failed = [
        item["id"]
        for item in report["requirements"]
        if (item["level"], item["verdict"]) == ("must", "fail")
    ]
    own = [item for item in report["requirements"] if item["id"] == trial.expected]
    return Tried(
        trial=trial,
        failed=tuple(failed),
        status=status,
        verdict=own[0]["verdict"] if own else "no report",
        reason=own[0]["reason"] or "" if own else "",
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
    command = ["run", "--api", trial.api, "--profile", "quick", "--report-dir", folder, *words]
    return run_forked(command, folder, LONGEST_SECONDS)


def share_compiled_modules() -> None:
    """Gives all processes from now on one cache: a fresh one spends seconds on compiling."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "dubcheck-matrix")


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


def main() -> int:
    """Runs the matrix; exit status 1 where something was missed or accused falsely."""
    options = _options()
    share_compiled_modules()
    results = Results(options.results)
    started = time.monotonic()
    chosen = [item for text in options.only for item in trials(options.kind, text)]
    if options.sample:
        chosen = random.Random(options.seed).sample(chosen, min(options.sample, len(chosen)))
    due = [item for item in chosen if not (options.again and results.is_right(item))]
    parallel = options.parallel or PARALLEL[options.kind]
    with ThreadPoolExecutor(parallel) as pool:
        tries = [pool.submit(attempt, trial, whole=options.whole) for trial in due]
        for number, done in enumerate(as_completed(tries), 1):
            tried = done.result()
            print(f"[{number}/{len(due)}] {tried.told}", flush=True)
            results.add(tried)
    made = results.of(chosen)
    minutes = (time.monotonic() - started) / 60
    effort = f"{len(due)} trials in {minutes:.0f} minutes, {parallel} at a time"
    print(summary(made))
    print(effort)
    if options.report:
        every = trials("all", "")
        told = markdown(results.of(every), len(every), effort)
        options.report.write_text(told, encoding="utf-8")
    return int(not all(item.is_right for item in made))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=tuple(PARALLEL))
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="TEXT", help="trials whose name holds a text"
    )
    parser.add_argument("--sample", type=int, help="this many, chosen by the seed")
    parser.add_argument("--seed", type=int, default=0, help="chooses the sample (default: 0)")
    defaults = ", ".join(f"{number} {kind}" for kind, number in PARALLEL.items())
    lanes = f"trials at a time (default: {defaults})"
    parser.add_argument("--parallel", type=int, metavar="N", help=lanes)
    parser.add_argument("--whole", action="store_true", help="run every probe for each defect")
    parser.add_argument(
        "--results", type=Path, help="file that keeps every result, for --again and --report"
    )
    parser.add_argument(
        "--again", action="store_true", help="leave out what came out right in --results"
    )
    parser.add_argument("--report", type=Path, help="write all results to this file, as Markdown")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
