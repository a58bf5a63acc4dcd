"""What measuring one file costs: in a child of a warm process, beside an interpreter of its own.

    python bench/measuring_cost.py [--rounds N]

Each file is measured by turns in both ways, so that noise meets both; the median of each is shown.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dubcheck.measure import ReadingLimits
from dubcheck.measure.decoder import Decoder
from dubcheck.measure.samples import SampleName, make

FILES = (SampleName.MP3, SampleName.MP4, SampleName.WAV_UTTERANCE, SampleName.MP4_UTTERANCE)


def main() -> None:
    """Prints a line per file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=15, help="measurements of each (15)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="dubcheck-bench-") as folder:
        for name in FILES:
            path = make(name, Path(folder)).path
            alone_ms, warm_ms = compare(path, rounds)
            ratio = alone_ms / warm_ms
            print(
                f"{name.value:24} alone {alone_ms:6.1f} ms  warm {warm_ms:6.1f} ms  {ratio:4.1f}x"
            )


def compare(path: Path, rounds: int) -> tuple[float, float]:
    """Milliseconds of a decoder that is started for the file, and of one that was there."""
    warm = Decoder()
    warm.decode(path, ReadingLimits())
    alone_ms, warm_ms = [], []
    for _ in range(rounds):
        alone_ms.append(_milliseconds(lambda: _alone(path)))
        warm_ms.append(_milliseconds(lambda: warm.decode(path, ReadingLimits())))
    warm.stop()
    return statistics.median(alone_ms), statistics.median(warm_ms)


def _alone(path: Path) -> None:
    decoder = Decoder()
    decoder.decode(path, ReadingLimits())
    decoder.stop()


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
