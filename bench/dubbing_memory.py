"""What the longest and largest film costs: ten minutes, about 450 MB, 1280 x 720, H.264 and AAC.

    python bench/dubbing_memory.py [--seconds 600]

Prints time and the greatest resident memory of the child that measures the film and of the one that
dubs it, and that a film one second longer is refused.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import Awaitable
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import av
import numpy as np

from dubcheck.emulator.media import DubPlan, MediaRefused, MediaWorkshop
from dubcheck.measure.samples import SampleName, make

LOOP_SECONDS, FRAMES_PER_SECOND, RATE = 10, 25, 44_100
X264 = {"preset": "ultrafast", "b": "5700k", "maxrate": "5700k", "bufsize": "5700k", "bf": "0"}
Result = TypeVar("Result")


def loop_packets(folder: Path) -> tuple[Path, list[bytes]]:
    """Ten seconds of noise as H.264, and its packets; the first is a key frame."""
    noise = np.random.default_rng(1).integers(0, 255, (8, 720, 1280, 3), np.uint8)
    path = folder / "loop.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=FRAMES_PER_SECOND, options=X264 | {"g": "250"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for index in range(LOOP_SECONDS * FRAMES_PER_SECOND):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(noise[index % 8])))
        output.mux(stream.encode(None))
    with av.open(str(path)) as opened:
        return path, [bytes(packet) for packet in opened.demux(video=0) if packet.size]


def film(folder: Path, seconds: int) -> Path:
    """The loop and a talk, repeated."""
    loop, packets = loop_packets(folder)
    with av.open(str(make(SampleName.WAV_TALK, folder).path)) as spoken:
        talk = np.concatenate([frame.to_ndarray() for frame in spoken.decode(audio=0)], axis=1)
    path = folder / f"{seconds}.mp4"
    with av.open(str(loop)) as opened, av.open(str(path), "w") as output:
        picture = output.add_stream_from_template(opened.streams.video[0])
        sound = output.add_stream("aac", rate=RATE, layout="stereo")
        for second in range(seconds):
            start = second % 5 * RATE * 2
            frame = av.AudioFrame.from_ndarray(talk[:, start : start + 2 * RATE], layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, second * RATE, Fraction(1, RATE)
            output.mux(sound.encode(frame))
            for index in range(second * FRAMES_PER_SECOND, (second + 1) * FRAMES_PER_SECOND):
                packet = av.Packet(packets[index % len(packets)])
                packet.pts = packet.dts = index
                packet.time_base, packet.duration = Fraction(1, FRAMES_PER_SECOND), 1
                packet.is_keyframe = index % len(packets) == 0
                packet.stream = picture
                output.mux(packet)
        output.mux(sound.encode(None))
    return path


class Watch:
    """The greatest resident memory of any child of a process while something is awaited."""

    def __init__(self, process_id: int):
        self._children = Path(f"/proc/{process_id}/task/{process_id}/children")
        self._peak_kilobytes = 0

    async def over(self, title: str, awaited: Awaitable[Result]) -> Result:
        """Await, and print what it took."""
        self._peak_kilobytes, started = 0, time.perf_counter()
        looking = asyncio.create_task(self._look())
        try:
            return await awaited
        finally:
            looking.cancel()
            seconds = time.perf_counter() - started
            print(f"{title}: {seconds:.1f} s, {self._peak_kilobytes / 1024:.0f} MB", flush=True)

    async def _look(self) -> None:
        while True:
            for child in self._children.read_text().split():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError, StopIteration):
                    lines = Path(f"/proc/{child}/status").read_text().splitlines()
                    peak = next(line for line in lines if line.startswith("VmHWM"))
                    self._peak_kilobytes = max(self._peak_kilobytes, int(peak.split()[1]))
            await asyncio.sleep(0.05)


async def measure(folder: Path, seconds: int) -> None:
    """Probe and dub the film, then offer a longer one."""
    workshop = MediaWorkshop()
    await workshop.start()
    await workshop.warm()
    watch = Watch(workshop.child_pid or 0)
    source = film(folder, seconds)
    print(f"{seconds} s, {source.stat().st_size / 1e6:.0f} MB")
    probing = workshop.probe(source, duration_limit_seconds=seconds)
    plan = DubPlan(source, folder / "dub.mp4", "mp4", "es", await watch.over("probe", probing))
    await watch.over("dub", workshop.dub(plan))
    longer = film(folder, seconds + 1)
    probing = workshop.probe(longer, duration_limit_seconds=seconds)
    try:
        await watch.over("one second more", probing)
    except MediaRefused as refused:
        print(f"refused: {refused}")
    await workshop.stop()


def main() -> int:
    """Make the films in a temporary folder and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name), arguments.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
