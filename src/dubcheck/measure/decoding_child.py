"""The child process that decodes a file nobody vouches for: run by path, alone, with limits.

It imports nothing of this package (it runs isolated) and decides nothing: one JSON line about the
streams is told, then the audio as raw 32-bit floats. Everything that goes wrong ends in the JSON
line {"error": …}, because what a hostile file can raise has no useful type. What is run is the
parent of such children: it has the libraries loaded, forks one child per file, and opens none.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

# Only demuxers of documented formats: playlists would open other files and connections.
_OPEN_OPTIONS = {
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,"
    "avi,flv,mpegts,wav,mp3,flac,ogg,aac,asf",
    "protocol_whitelist": "file",
    "max_streams": "64",
    "probesize": "5000000",
    "analyzeduration": "5000000",
}
_MOST_PIXELS = 4096 * 2304
_REFERENCE_BIT_RATE = 192_000
_LONGEST_REFERENCE_SECONDS = 60


def limit_resources(memory_bytes: int, cpu_seconds: int) -> None:
    """Take from this process what decoding does not need."""
    try:
        import resource
    except ImportError:  # Windows knows no such limits
        return
    for kind, amount in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (amount, amount))


def measure(path: str, duration_seconds: float, analysis_rate: int) -> tuple[dict[str, Any], bytes]:
    """Decode the first audio and video stream, each up to a duration."""
    import av

    with av.open(path, options=_OPEN_OPTIONS, metadata_errors="replace") as container:
        cover = av.stream.Disposition.attached_pic
        video = next((s for s in container.streams.video if not s.disposition & cover), None)
        audio = next(iter(container.streams.audio), None)
        if video is not None and video.width * video.height > _MOST_PIXELS:
            raise ValueError(f"video of {video.width} x {video.height} pixels is not decoded")
        # MP3 starts at 0.025 s and TS at 1.4 s by convention; only offsets between tracks count.
        zero = (container.start_time or 0) / av.time_base
        sight = Sight(video, zero) if video is not None else None
        hearing = Hearing(audio, zero, analysis_rate) if audio is not None else None
        receivers = {seen.stream.index: seen for seen in (sight, hearing) if seen is not None}
        if not receivers:
            return {"video": None, "audio": None}, b""
        for packet in container.demux([seen.stream for seen in receivers.values()]):
            receiver = receivers[packet.stream.index]
            receiver.take(packet)
            if receiver.seconds > duration_seconds:
                raise ValueError(f"lasts longer than {duration_seconds} s")
    facts = {
        "video": sight.facts() if sight else None,
        "audio": hearing.facts() if hearing else None,
    }
    return facts, hearing.samples() if hearing else b""


class Sight:
    """Collects the times of decoded video frames."""

    def __init__(self, stream: Any, zero: float):
        self.stream = stream
        self.zero = zero
        self.times: list[float] = []
        self.seconds = 0.0

    def take(self, packet: Any) -> None:
        """Decode one packet."""
        for frame in packet.decode():
            if frame.pts is not None:
                self.times.append(float(frame.pts * frame.time_base) - self.zero)
                self.seconds = max(self.times) - self.times[0]

    def facts(self) -> dict[str, Any]:
        """What is told to the parent."""
        context = self.stream.codec_context
        return {
            "codec": context.codec.canonical_name,
            "width": context.width,
            "height": context.height,
            "times": sorted(self.times),
        }


class Hearing:
    """Collects packet sizes and decoded samples of an audio stream."""

    def __init__(self, stream: Any, zero: float, analysis_rate: int):
        self.stream = stream
        self.zero = zero
        self.rate = analysis_rate
        self.resampler: Any = None
        self.reference: Reference | None = None
        self.resampled: list[bytes] = []
        self.sizes: list[int] = []
        self.lengths: list[float] = []
        self.start: float | None = None
        self.decoded = 0
        self.seconds = 0.0

    def take(self, packet: Any) -> None:
        """Note one packet and decode it."""
        if packet.size:
            self.sizes.append(packet.size)
            length = packet.duration or 0
            self.lengths.append(float(length * packet.time_base) if packet.time_base else 0.0)
        for frame in packet.decode():
            if self.start is None and frame.pts is not None:
                self.start = float(frame.pts * frame.time_base) - self.zero
            self.decoded += frame.samples
            self.seconds = self.decoded / frame.sample_rate
            if self.reference is None and self.stream.codec_context.codec.canonical_name == "aac":
                self.reference = Reference(frame)
            if self.reference is not None and self.seconds < _LONGEST_REFERENCE_SECONDS:
                self.reference.take(frame)
            self.resample(frame)

    def resample(self, frame: Any) -> None:
        """Average the channels here: FFmpeg's own downmix changes the level by up to 2.4."""
        import av
        import numpy as np

        if self.resampler is None:
            self.resampler = av.AudioResampler("flt", "mono", self.rate)
            self.planar = av.AudioResampler("fltp", frame.layout, frame.sample_rate)
        for planar in self.planar.resample(frame):
            mean = np.ascontiguousarray(planar.to_ndarray().mean(axis=0, keepdims=True))
            mono = av.AudioFrame.from_ndarray(mean.astype(np.float32), format="flt", layout="mono")
            mono.sample_rate, mono.pts = planar.sample_rate, None
            self.keep(self.resampler.resample(mono))

    def keep(self, frames: Any) -> None:
        """Append resampled frames."""
        self.resampled += [frame.to_ndarray().tobytes() for frame in frames]

    def samples(self) -> bytes:
        """All resampled sound as little-endian floats."""
        if self.resampler is not None:
            self.keep(self.resampler.resample(None))
        return b"".join(self.resampled)

    def facts(self) -> dict[str, Any]:
        """What is told to the parent."""
        context = self.stream.codec_context
        return {
            "codec": context.codec.canonical_name,
            "sample_rate": context.sample_rate,
            "channels": context.channels,
            "seconds": self.seconds,
            "start": self.start or 0.0,
            "packet_sizes": self.sizes,
            "packet_seconds": self.lengths,
            "reference_sizes": self.reference.sizes if self.reference else [],
        }


class Reference:
    """Sizes of the packets that FFmpeg's AAC encoder makes of the same sound at 192 kbit/s."""

    def __init__(self, frame: Any):
        import av

        self.encoder = av.CodecContext.create("aac", "w")
        self.encoder.sample_rate, self.encoder.layout = frame.sample_rate, frame.layout
        self.encoder.format, self.encoder.bit_rate = "fltp", _REFERENCE_BIT_RATE
        self.encoder.open()
        self.blocks = av.AudioResampler(
            "fltp", frame.layout, frame.sample_rate, self.encoder.frame_size
        )
        self.sizes: list[int] = []

    def take(self, frame: Any) -> None:
        """Encode one decoded frame."""
        for block in self.blocks.resample(frame):
            self.sizes += [packet.size for packet in self.encoder.encode(block)]


def told(order: dict[str, Any]) -> bytes:
    """What is said of one file; takes from this process what decoding does not need."""
    limit_resources(order["memory_bytes"], order["cpu_seconds"])
    samples = b""
    try:
        facts, samples = measure(order["path"], order["duration_seconds"], order["analysis_rate"])
    except Exception as problem:  # noqa: BLE001 - hostile files raise anything; the parent is told
        facts = {"error": f"{type(problem).__name__}: {problem}"}
    return json.dumps(facts).encode() + b"\n" + samples


def told_by_child(order: dict[str, Any]) -> tuple[int, bytes]:
    """What a forked child says of one file, after the status with which it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(told(order))
            status = 0
        finally:
            os._exit(status)  # never back into the loop of its parent
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    _, ending = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ending), content


def main() -> int:
    """Answers each order, a JSON line, with a JSON line of status and size, and what is told."""
    import av  # noqa: F401 - children begin with what is loaded now
    import numpy as np  # noqa: F401

    can_fork = hasattr(os, "fork")
    for line in sys.stdin.buffer:
        order = json.loads(line)
        status, content = told_by_child(order) if can_fork else (0, told(order))
        sys.stdout.buffer.write(json.dumps([status, len(content)]).encode() + b"\n" + content)
        sys.stdout.buffer.flush()
        if not can_fork:  # it is limited for good, and may have met anything
            break
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
