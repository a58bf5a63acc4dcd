"""What a defect knows of the files that clients upload: kind, length and what is heard in them.

No defect lives here. Libraries are loaded when the first file is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

FOLDER = "/pinch-dubbing/uploads/"
_CONTAINERS = {"matroska,webm": "mkv", "mpegts": "ts", "avi": "avi", "flv": "flv"}
_AUDIO_FILES = {"asf": "wma", "mov,mp4,m4a,3gp,3g2,mj2": "m4a"}
_CODECS = {"hevc": "h265", "libdav1d": "av1", "mp3float": "mp3"}
_RATE = 16_000
_WINDOW = _RATE // 20


@dataclass(frozen=True, slots=True)
class Upload:
    """One file. `kinds` are words such as `mkv-container`, `h264-video`, `aac-track`, `mp3-file`.

    Empty `kinds` mean that it is no medium at all.
    """

    content: bytes
    kinds: frozenset[str] = frozenset()
    seconds: float = 0.0
    audio_tracks: int = 0

    @property
    def has_video(self) -> bool:
        """Whether there is a moving picture."""
        return any(kind.endswith("-video") for kind in self.kinds)

    @property
    def is_web_page(self) -> bool:
        """Whether it is HTML."""
        return b"<html" in self.content[:1024].lower()


def looked_at(content: bytes) -> Upload:
    """The upload with these bytes."""
    import av  # noqa: PLC0415 - heavy, and only some defects need it

    try:
        with av.open(BytesIO(content), "r") as opened:
            return Upload(
                content,
                frozenset(_kinds(opened, content[:64])),
                (opened.duration or 0) / 1_000_000,
                len(opened.streams.audio),
            )
    except (av.FFmpegError, ValueError):
        return Upload(content)


def _kinds(opened: Any, head: bytes) -> set[str]:
    names = [_codec(stream) for stream in opened.streams.audio]
    if not opened.streams.video:
        file = _AUDIO_FILES.get(opened.format.name, opened.format.name)
        return {f"{file}-file"}
    container = _CONTAINERS.get(opened.format.name) or ("mov" if b"ftypqt" in head else "mp4")
    container = "webm" if b"webm" in head else container
    pictures = {f"{_codec(stream)}-video" for stream in opened.streams.video}
    return {f"{container}-container", *pictures, *(f"{name}-track" for name in names)}


def _codec(stream: Any) -> str:
    name = str(stream.codec_context.codec.canonical_name)
    return "pcm" if name.startswith("pcm_") else _CODECS.get(name, name)


def sound_of(upload: Upload) -> Any:
    """Its first sound track in mono at 16 kHz, as an array."""
    import av  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    with av.open(BytesIO(upload.content), "r") as opened:
        resampler = av.AudioResampler("flt", "mono", _RATE)
        frames = [*opened.decode(audio=0), None]
        blocks = [block.to_ndarray()[0] for each in frames for block in resampler.resample(each)]
    return np.concatenate(blocks)


def never_falls_silent(upload: Upload) -> bool:
    """Whether something sounds on in the pauses of the speech, as music does."""
    import numpy as np  # noqa: PLC0415

    low, high = np.percentile(_loudness(upload), [5, 95])
    return bool(0.12 * high < low < 0.5 * high)


def has_a_beat(upload: Upload) -> bool:
    """Whether each half second begins with a burst of noise."""
    import numpy as np  # noqa: PLC0415

    sound = sound_of(upload)
    starts = [sound[at : at + _WINDOW] for at in range(0, len(sound) - _WINDOW, _RATE // 2)]
    crossings = [np.mean(np.diff(np.sign(each)) != 0) for each in starts]
    loudness = [np.sqrt(np.mean(each**2)) for each in starts]
    return bool(min(loudness) > 0.03 and np.median(crossings) > 0.2)


def has_two_voices(upload: Upload) -> bool:
    """Whether a deep voice speaks in one half only."""
    import numpy as np  # noqa: PLC0415

    sound = sound_of(upload)
    halves = [_pitch(sound[: len(sound) // 2]), _pitch(sound[len(sound) // 2 :])]
    return bool(upload.seconds > 4 and min(halves) > 0 and np.ptp(halves) > 12)


def _loudness(upload: Upload) -> Any:
    import numpy as np  # noqa: PLC0415

    sound = sound_of(upload)
    windows = sound[: len(sound) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    return np.sqrt((windows**2).mean(1))


def _pitch(sound: Any) -> float:
    """The usual pitch in hertz of the loud moments."""
    import numpy as np  # noqa: PLC0415

    pitches = []
    for at in range(0, len(sound) - 2 * _WINDOW, _WINDOW):
        window = sound[at : at + 2 * _WINDOW]
        likeness = np.correlate(window, window, "full")[len(window) - 1 :]
        lag = int(likeness[70:250].argmax()) + 70
        if likeness[0] > 2 and likeness[lag] > 0.6 * likeness[0]:
            pitches.append(_RATE / lag)
    return float(np.median(pitches)) if pitches else 0.0
