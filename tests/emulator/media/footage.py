"""Media written by PyAV: what tests send to the workshop. Nothing here reads media."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

RATE = 44_100
_MUXERS = {"mkv": "matroska", "ts": "mpegts", "m4a": "ipod", "aac": "adts", "wma": "asf"}
_X265 = {"preset": "ultrafast", "x265-params": "log-level=none:pools=1"}
_VPX = {"deadline": "realtime", "cpu-used": "8"}
_VIDEO = {
    "h264": ("libx264", "yuv420p", {"preset": "ultrafast"}),
    "hevc": ("libx265", "yuv420p", _X265),
    "vp8": ("libvpx", "yuv420p", _VPX),
    "vp9": ("libvpx-vp9", "yuv420p", _VPX),
    "av1": ("libsvtav1", "yuv420p", {"preset": "12"}),
    "prores": ("prores_ks", "yuv422p10le", {}),
    "mpeg4": ("mpeg4", "yuv420p", {}),
    "ffv1": ("ffv1", "yuv420p", {}),
}
_AUDIO = {
    "mp3": ("libmp3lame", 44_100, {}),
    "opus": ("libopus", 48_000, {}),
    # The native Vorbis encoder is called experimental, and knows only stereo.
    "vorbis": ("vorbis", 44_100, {"strict": "experimental"}),
    "wmav2": ("wmav2", 44_100, {"b": "128000"}),
}
Sound = NDArray[np.float32]


@dataclass(slots=True)
class Footage:
    """What to write: 160 x 120 pictures and one run of mono sound, given to every channel."""

    sound: Sound
    container: str = "mp4"
    video: str | None = None
    audio: str | None = "aac"
    frame_rate: Fraction = Fraction(15)
    size: tuple[int, int] = (160, 120)
    layout: str = "stereo"
    picture_seconds: float | None = None
    sound_starts: float = 0.0
    video_options: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Write the file, packets of sound and picture in turn.

        Every track's first packet is made before any is written, so that all streams exist by then.
        """
        with av.open(str(path), "w", format=_MUXERS.get(self.container, self.container)) as output:
            tracks = [self._pictures(output)] if self.video else []
            tracks += [self._sounds(output)] if self.audio else []
            heads = [(next(track, None), track) for track in tracks]
            while heads := [head for head in heads if head[0] is not None]:
                packet, track = min(heads, key=lambda head: head[0].dts * head[0].time_base)
                output.mux(packet)
                heads = [(next(t, None), t) if t is track else (p, t) for p, t in heads]
        return path

    def _pictures(self, output: av.container.OutputContainer) -> Iterator[av.Packet]:
        encoder, pixels, options = _VIDEO[self.video]
        stream = output.add_stream(
            encoder, rate=self.frame_rate, options=options | self.video_options
        )
        stream.width, stream.height = width, height = self.size
        stream.pix_fmt = pixels
        seconds = self.picture_seconds or self.sound.size / RATE
        for index in range(round(seconds * self.frame_rate)):
            image = np.full((height, width, 3), index * 5 % 256, np.uint8)
            image[:, index * 4 % width] = 255
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pixels)
            frame.pts, frame.time_base = index, 1 / self.frame_rate
            yield from stream.encode(frame)
        yield from stream.encode(None)

    def _sounds(self, output: av.container.OutputContainer) -> Iterator[av.Packet]:
        encoder, rate, options = _AUDIO.get(self.audio, (self.audio, RATE, {}))
        stream = output.add_stream(encoder, rate=rate, layout=self.layout, options=options)
        context = stream.codec_context
        # Its frame size is unknown before.
        context.open()
        samples = np.repeat(self.sound[np.newaxis], context.layout.nb_channels, axis=0)
        frame = AudioFrame.from_ndarray(samples, format="fltp", layout=self.layout)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = round(self.sound_starts * RATE)
        resampler = av.AudioResampler(
            context.format, self.layout, rate, frame_size=context.frame_size or 1024
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            yield from stream.encode(part)
        yield from stream.encode(None)
