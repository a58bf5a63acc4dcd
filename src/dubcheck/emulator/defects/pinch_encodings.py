"""Dubbed files made anew with another container, codec, bit rate, picture or loudness.

No defect lives here. Encoders need not give the same bytes twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is made anew; what is None stays as it is, and is copied where that is possible.

    Units: bits per second, a factor of the sound, pixels, frames per second.
    """

    container: str | None = None
    video: str | None = None
    audio: str | None = None
    bit_rate: int | None = None
    gain: float | None = None
    gain_from_seconds: float = 0.0
    size: tuple[int, int] | None = None
    frame_rate: Fraction | None = None
    loses_sound: bool = False

    @property
    def changes_picture(self) -> bool:
        """Whether the picture is encoded again."""
        return (self.video, self.size, self.frame_rate) != (None, None, None)

    @property
    def changes_sound(self) -> bool:
        """Whether the sound is encoded again."""
        return (self.audio, self.bit_rate, self.gain) != (None, None, None)


def picture_of(content: bytes) -> tuple[int, int, Fraction] | None:
    """Width, height and frame rate; None without a picture."""
    import av  # noqa: PLC0415 - heavy, and only some defects need it

    with av.open(BytesIO(content), "r") as opened:
        for stream in opened.streams.video:
            return stream.width, stream.height, Fraction(stream.average_rate or 25)
    return None


def encoded(content: bytes, wanted: Encoding) -> bytes:
    """The file made anew."""
    import av  # noqa: PLC0415

    target = BytesIO()
    with av.open(BytesIO(content), "r") as opened:
        name = wanted.container or opened.format.name.partition(",")[0].replace("mov", "mp4")
        with av.open(target, "w", format=name, options={"fflags": "bitexact"}) as output:
            tracks = [
                _picture(stream, output, wanted)
                if stream.type == "video"
                else _sound(stream, output, wanted)
                for stream in opened.streams
                if stream.type in ("video", *(() if wanted.loses_sound else ("audio",)))
            ]
            for packet in opened.demux():
                for track in tracks:
                    if track.source is packet.stream:
                        output.mux(track.packets(packet))
    return target.getvalue()


class _Copy:
    """A track whose packets stay."""

    def __init__(self, source: Any, output: Any) -> None:
        self.source = source
        self._target = output.add_stream_from_template(source)

    def packets(self, packet: Any) -> list[Any]:
        if packet.dts is None:
            return []
        packet.stream = self._target
        return [packet]


def _picture(source: Any, output: Any, wanted: Encoding) -> Any:
    return (_Picture if wanted.changes_picture else _Copy)(source, output, *_of(wanted, "picture"))


def _sound(source: Any, output: Any, wanted: Encoding) -> Any:
    return (_Sound if wanted.changes_sound else _Copy)(source, output, *_of(wanted, "sound"))


def _of(wanted: Encoding, what: str) -> tuple[Encoding, ...]:
    is_changed = wanted.changes_picture if what == "picture" else wanted.changes_sound
    return (wanted,) if is_changed else ()


class _Picture:
    """A picture encoded again, frame by frame, or frames left out and repeated for another rate."""

    def __init__(self, source: Any, output: Any, wanted: Encoding) -> None:
        self.source = source
        # The average is lower where the last picture stands longer.
        rate = wanted.frame_rate or Fraction(source.guessed_rate)
        self._rate = rate.limit_denominator(60_000)  # MPEG-4 knows no finer ones
        self._keeps_times = wanted.frame_rate is None
        codec = wanted.video or "libx264"
        self._target = output.add_stream(codec, rate=self._rate)
        self._target.width, self._target.height = wanted.size or (source.width, source.height)
        self._target.pix_fmt = "yuv420p"
        self._target.options = {"x265-params": "log-level=none"} if "265" in codec else {}
        self._count = 0

    def packets(self, packet: Any) -> list[Any]:
        packets = []
        for frame in packet.decode():
            moment = Fraction(frame.pts) * frame.time_base
            shown = frame.reformat(self._target.width, self._target.height, "yuv420p")
            if self._keeps_times:
                packets += self._encoded(shown, max(self._count, round(moment * self._rate)))
                continue
            while Fraction(self._count) / self._rate <= moment:
                packets += self._encoded(shown, self._count)
        return packets if packet.dts is not None else packets + self._target.encode(None)

    def _encoded(self, frame: Any, number: int) -> Any:
        self._count = number + 1
        frame.pts, frame.time_base = number, 1 / self._rate
        frame.pict_type = 0
        return self._target.encode(frame)


class _Sound:
    """A sound encoded again."""

    def __init__(self, source: Any, output: Any, wanted: Encoding) -> None:
        import av  # noqa: PLC0415

        self.source = source
        rate = 48_000 if wanted.audio in ("libopus", "ac3") else source.rate
        codec = wanted.audio or source.codec_context.codec.canonical_name
        self._gain, self._gain_from_seconds = wanted.gain, wanted.gain_from_seconds
        self._target = output.add_stream(_ENCODERS.get(codec, codec), rate=rate, layout="stereo")
        if not codec.startswith(("pcm", "flac")):
            self._target.bit_rate = wanted.bit_rate or 192_000
        context = self._target.codec_context
        context.open()
        self._resampler = av.AudioResampler(
            context.format, "stereo", rate, frame_size=context.frame_size or 4096
        )

    def packets(self, packet: Any) -> list[Any]:
        packets = []
        frames = [*packet.decode(), *([None] if packet.dts is None else [])]
        for frame in frames:
            for part in self._resampler.resample(frame):
                packets += self._target.encode(self._louder(part))
        return packets if packet.dts is not None else packets + self._target.encode(None)

    def _louder(self, frame: Any) -> Any:
        if self._gain is None or frame.time < self._gain_from_seconds:
            return frame
        import av  # noqa: PLC0415

        samples = frame.to_ndarray()
        changed = av.AudioFrame.from_ndarray(
            (samples * self._gain).astype(samples.dtype), frame.format.name, "stereo"
        )
        changed.sample_rate, changed.pts, changed.time_base = (
            frame.sample_rate,
            frame.pts,
            frame.time_base,
        )
        return changed


_ENCODERS = {"mp3": "libmp3lame", "hevc": "libx265", "opus": "libopus"}
