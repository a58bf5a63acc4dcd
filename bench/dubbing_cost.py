"""What a dub costs beside the ffmpeg command line doing the same work: CPU and wall time.

    python bench/dubbing_cost.py [--ffmpeg PATH] [--rounds 5] [--seconds 60]

Both read the same film, mix the original at volume 0.1 with a second voice, write AAC at
192 kbit/s and H.264 (copied, or encoded by x264 veryfast) into a fast-start MP4. The command line
gets its voice from a file; ours has to speak it. Runs are interleaved; the command line runs twice
in each round, and the ratio of its two runs shows the noise. Without --ffmpeg the binary of the
package imageio-ffmpeg is used, from a virtual environment made for this run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from dubcheck.emulator.media import DubPlan, MediaWorkshop
from dubcheck.measure.samples import SampleName, make

SIZES = ((160, 120), (640, 360))
PARTS = ("wall", "cpu")
CODECS = {"copy": "libx264", "encode": "mpeg4"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one run."""

    wall: float
    cpu: float


def find_ffmpeg(folder: Path) -> str | None:
    """The binary inside imageio-ffmpeg, installed into a virtual environment under the folder."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    installed = subprocess.run(
        [python, "-m", "pip", "install", "-q", "imageio-ffmpeg"], check=False
    )
    if installed.returncode != 0:
        return None
    code = "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"
    return subprocess.check_output([python, "-c", code], text=True).strip()


def film(path: Path, speech: Path, codec: str, size: tuple[int, int], seconds: int) -> Path:
    """A film of noisy moving pictures at 25 a second, with speech repeated for its whole length."""
    width, height = size
    noise = np.random.default_rng(1).integers(0, 40, (16, height, width, 3), np.uint8)
    with av.open(str(path), "w") as output, av.open(str(speech)) as spoken:
        picture = output.add_stream(codec, rate=25)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.bit_rate = width * height * 5
        sound = output.add_stream("aac", rate=44_100, layout="stereo")
        talk = [frame.to_ndarray() for frame in spoken.decode(audio=0)]
        rounds = np.tile(np.concatenate(talk, axis=1), 60)[:, : 44_100 * 2 * seconds]
        frame = av.AudioFrame.from_ndarray(rounds, format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = 44_100, 0, Fraction(1, 44_100)
        sound.codec_context.open()
        resampler = av.AudioResampler("fltp", "stereo", 44_100, frame_size=1024)
        sounds = iter([*resampler.resample(frame), *resampler.resample(None)])
        for index in range(25 * seconds):
            image = noise[index % 16] + np.uint8(index * 3 % 200)
            output.mux(picture.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
            while (part := next(sounds, None)) is not None:
                output.mux(sound.encode(part))
                if part.time > index / 25:
                    break
        output.mux(picture.encode(None))
        output.mux(sound.encode(None))
    return path


def run_ffmpeg(ffmpeg: str, source: Path, voice: Path, output: Path, *, encode: bool) -> Cost:
    """The command line's cost."""
    picture = ["libx264", "-preset", "veryfast"] if encode else ["copy"]
    mix = "[0:a]volume=0.1[o];[1:a]aresample=44100[v];[o][v]amix=normalize=0:duration=first[m]"
    command = [ffmpeg, "-v", "error", "-y", "-i", str(source), "-i", str(voice)]
    command += ["-filter_complex", mix, "-map", "0:v", "-map", "[m]", "-c:v", *picture]
    command += ["-c:a", "aac", "-b:a", "192k", "-ac", "2", "-movflags", "+faststart", str(output)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(ended - started, cpu)


def cpu_seconds(process_id: int) -> float:
    """What a process and the children it has waited for have used."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")


class OurDub:
    """The workshop, warm."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._workshop = MediaWorkshop()
        self._runner.run(self._workshop.start())

    def run(self, source: Path, output: Path) -> Cost:
        """The cost of a dub, its measuring not included."""
        probing = self._workshop.probe(source, duration_limit_seconds=600)
        description = self._runner.run(probing)
        plan = DubPlan(source, output, "mp4", "es", description, original_volume=0.1)
        child = self._workshop.child_pid or 0
        before, started = cpu_seconds(child), time.perf_counter()
        self._runner.run(self._workshop.dub(plan))
        return Cost(time.perf_counter() - started, cpu_seconds(child) - before)

    def stop(self) -> None:
        """End the children."""
        self._runner.run(self._workshop.stop())
        self._runner.close()


def compare(folder: Path, ffmpeg: str, rounds: int, seconds: int) -> Iterator[str]:
    """One line for each size and way."""
    voice = make(SampleName.WAV_TALK, folder).path
    ours = OurDub()
    for size in SIZES:
        for way, codec in CODECS.items():
            source = film(folder / f"{size[0]}-{way}.mp4", voice, codec, size, seconds)
            output = folder / "dub.mp4"
            costs: dict[str, list[Cost]] = {"ours": [], "ffmpeg": [], "again": []}
            for _ in range(rounds):
                for name, spent in costs.items():
                    spent.append(
                        ours.run(source, output)
                        if name == "ours"
                        else run_ffmpeg(ffmpeg, source, voice, output, encode=way == "encode")
                    )
            yield _line(f"{size[0]}x{size[1]} {way}", costs)
    ours.stop()


def _line(title: str, costs: dict[str, list[Cost]]) -> str:
    def ratio(name: str, part: str) -> float:
        pairs = zip(costs[name], costs["ffmpeg"], strict=True)
        return statistics.median(getattr(one, part) / getattr(other, part) for one, other in pairs)

    def spent(name: str) -> str:
        wall, cpu = (
            statistics.median(getattr(each, part) for each in costs[name]) for part in PARTS
        )
        return f"{wall:6.2f} s wall {cpu:6.2f} s CPU"

    def ratios(name: str) -> str:
        return f"wall {ratio(name, 'wall'):.2f} CPU {ratio(name, 'cpu'):.2f}"

    return (
        f"{title:16} ours {spent('ours')} | ffmpeg {spent('ffmpeg')}"
        f" | ours/ffmpeg {ratios('ours')} | ffmpeg/ffmpeg {ratios('again')}"
    )


def main() -> int:
    """Print a line for each comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ffmpeg", help="a binary to compare with")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=60, help="length of the films")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ffmpeg = arguments.ffmpeg or find_ffmpeg(folder)
        if ffmpeg is None:
            print("Skipped: imageio-ffmpeg cannot be installed here, and --ffmpeg names no other.")
            return 0
        for line in compare(folder, ffmpeg, arguments.rounds, arguments.seconds):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
