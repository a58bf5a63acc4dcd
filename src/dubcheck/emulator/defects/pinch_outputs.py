"""Pinch outputs that are no such media as the document says, or mixed otherwise than asked for."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.pinch_encodings import Encoding, encoded, picture_of
from dubcheck.emulator.defects.pinch_uploads import FOLDER, Upload, looked_at
from dubcheck.emulator.defects.ways import Document, When, receives, sent

RESULTS = "/pinch-dubbing/results/"
LAG, VOLUME = "translation_lag_time", "original_speech_volume"


@dataclass(frozen=True, slots=True)
class Output:
    """A dubbed file on its way out; `source` is the upload that it was made of.

    `asked` is the document of its job, empty where the job is not known.
    """

    content: bytes
    is_video: bool
    source: Upload
    asked: Document

    @property
    def picture(self) -> tuple[int, int, Fraction]:
        """Width, height and frame rate."""
        return picture_of(self.content) or (0, 0, Fraction(25))


Change = Callable[[Output], Encoding | None]


def hands_out(change: Change) -> Act:
    """Makes outputs anew when they are downloaded; None leaves one as it is."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.method == "PUT" and call.path.startswith(FOLDER):
            memory.kept[call.path] = await asyncio.to_thread(looked_at, call.body)
        reply = await following(call)
        if call.operation == "createJob" and reply.succeeded:
            source = str(call.document.get("source_url"))
            upload = memory.kept.get(source[source.find(FOLDER) :])
            memory.kept[RESULTS + str(reply.document["job_id"])] = (upload, call.document)
        if call.path.startswith(RESULTS) and reply.status == 200:
            upload, asked = memory.kept.get(call.path.rpartition(".")[0]) or (None, {})
            output = Output(reply.body, call.path.endswith(".mp4"), upload or Upload(b""), asked)
            content = await asyncio.to_thread(_changed, output, change, memory)
            return Reply(reply.status, reply.headers, content)
        return reply

    return act


def _changed(output: Output, change: Change, memory: Memory) -> bytes:
    """The file made anew, once: links to the same file yield the same bytes."""
    wanted = change(output)
    if wanted is None:
        return output.content
    name = f"{hashlib.sha256(output.content).hexdigest()} {wanted}"
    if name not in memory.kept:
        memory.kept[name] = encoded(output.content, wanted)
    content: bytes = memory.kept[name]
    return content


def of_videos(encoding: Encoding, when: Callable[[Output], bool] = lambda _: True) -> Change:
    """Makes fitting videos anew."""
    return lambda output: encoding if output.is_video and when(output) else None


def of_audio(encoding: Encoding, when: Callable[[Output], bool] = lambda _: True) -> Change:
    """Makes fitting audio files anew."""
    return lambda output: None if output.is_video or not when(output) else encoding


def made_of(kind: str) -> Callable[[Output], bool]:
    """Outputs whose input has one of the kinds that Upload names."""
    return lambda output: kind in output.source.kinds


def _is_mp3(output: Output) -> bool:
    return output.content[:3] == b"ID3" or output.content[:1] == b"\xff"


def resized(size: Callable[[int, int], tuple[int, int]]) -> Change:
    """Gives videos another width and height in pixels."""

    def change(output: Output) -> Encoding | None:
        width, height, _ = output.picture
        wanted = size(width, height)
        return Encoding(size=wanted) if output.is_video and wanted != (width, height) else None

    return change


def repaced(rate: Callable[[Fraction], Fraction]) -> Change:
    """Gives videos another number of frames per second."""

    def change(output: Output) -> Encoding | None:
        usual = output.picture[2]
        wanted = rate(usual)
        return Encoding(frame_rate=wanted) if output.is_video and wanted != usual else None

    return change


_ENCODED: tuple[tuple[str, str, Change], ...] = (
    ("video-comes-back-as-mp4", "mkv", of_videos(Encoding(container="matroska"))),
    (
        "video-comes-back-as-mp4",
        "mov-for-mov",
        of_videos(Encoding(container="mov"), made_of("mov-container")),
    ),
    (
        "video-comes-back-as-mp4",
        "mkv-for-webm",
        of_videos(Encoding(container="matroska"), made_of("webm-container")),
    ),
    ("video-picture-is-h264", "mpeg-4", of_videos(Encoding(video="mpeg4"))),
    (
        "video-picture-is-h264",
        "keeps-h265",
        of_videos(Encoding(video="libx265"), made_of("h265-video")),
    ),
    (
        "video-picture-is-h264",
        "keeps-mpeg-4",
        of_videos(Encoding(video="mpeg4"), made_of("mpeg4-video")),
    ),
    ("video-sound-is-aac", "ac3", of_videos(Encoding(audio="ac3"))),
    ("video-sound-is-aac", "keeps-mp3", of_videos(Encoding(audio="mp3"), made_of("mp3-track"))),
    ("video-sound-is-aac", "keeps-ac3", of_videos(Encoding(audio="ac3"), made_of("ac3-track"))),
    ("video-sound-is-192-kbps", "64", of_videos(Encoding(bit_rate=64_000))),
    ("video-sound-is-192-kbps", "96", of_videos(Encoding(bit_rate=96_000))),
    (
        "video-keeps-resolution",
        "at-most-320-wide",
        resized(lambda width, height: (320, 180) if width > 320 else (width, height)),
    ),
    (
        "video-keeps-resolution",
        "multiples-of-16",
        resized(lambda width, height: (width // 16 * 16, height // 16 * 16)),
    ),
    (
        "video-keeps-resolution",
        "portrait-lies-down",
        resized(lambda width, height: (max(width, height), min(width, height))),
    ),
    ("video-keeps-frame-rate", "always-25", repaced(lambda _: Fraction(25))),
    (
        "video-keeps-frame-rate",
        "ntsc-as-30",
        repaced(lambda rate: Fraction(round(rate))),
    ),
    ("video-keeps-frame-rate", "at-most-30", repaced(lambda rate: min(rate, Fraction(30)))),
    ("video-keeps-frame-rate", "at-least-24", repaced(lambda rate: max(rate, Fraction(24)))),
    (
        "audio-comes-back-as-mp3-or-wav",
        "flac-for-flac",
        of_audio(Encoding(container="flac", audio="flac"), made_of("flac-file")),
    ),
    (
        "audio-comes-back-as-mp3-or-wav",
        "m4a-for-m4a",
        of_audio(Encoding(container="ipod", audio="aac"), made_of("m4a-file")),
    ),
    (
        "audio-comes-back-as-mp3-or-wav",
        "always-ogg",
        of_audio(Encoding(container="ogg", audio="libopus")),
    ),
    ("audio-mp3-is-192-kbps", "128", of_audio(Encoding(bit_rate=128_000), _is_mp3)),
    ("audio-mp3-is-192-kbps", "320", of_audio(Encoding(bit_rate=320_000), _is_mp3)),
    (
        "audio-mp3-is-192-kbps",
        "160-for-m4a",
        of_audio(Encoding(bit_rate=160_000), lambda output: "m4a-file" in output.source.kinds),
    ),
    ("speech-is-audible", "always-silent", lambda _: Encoding(gain=0.0)),
    ("speech-is-audible", "silent-videos", of_videos(Encoding(gain=0.0))),
    (
        "speech-is-audible",
        "silent-for-wav",
        of_audio(Encoding(gain=0.0), made_of("wav-file")),
    ),
    (
        "speech-is-audible",
        "silent-talks",
        of_videos(Encoding(gain=0.0), lambda out: out.source.seconds > 5),
    ),
)


def _number(document: Document, field: str) -> float | None:
    value = document.get(field)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type] # told above


def _works_with(field: str, change: Callable[[float], float]) -> Callable[[Document], None]:
    """The option counts as another value, as long as it lies in the documented bounds."""
    most = 3 if field == LAG else 1

    def changed(document: Document) -> None:
        value = _number(document, field)
        if value is not None and 0 <= value <= most:
            document[field] = min(max(change(value), 0.0), most)

    return changed


def _lacks(field: str) -> When:
    return lambda call: isinstance(call.document, dict) and field not in call.document


_MIXED: tuple[tuple[str, str, Callable[[Document], Any], When], ...] = (
    ("lag-delays-the-translation", "ignored", _works_with(LAG, lambda _: 0.0), sent(LAG)),
    ("lag-delays-the-translation", "half", _works_with(LAG, lambda lag: lag / 2), sent(LAG)),
    ("lag-delays-the-translation", "whole-seconds", _works_with(LAG, int), sent(LAG)),
    (
        "lag-delays-the-translation",
        "at-most-2",
        _works_with(LAG, lambda lag: min(lag, 2.0)),
        sent(LAG),
    ),
    ("lag-delays-the-translation", "2-as-1.5", _works_with(LAG, lambda _: 1.5), sent(LAG, 2)),
    ("lag-defaults-to-0", "1", lambda job: job.update({LAG: 1}), _lacks(LAG)),
    ("lag-defaults-to-0", "0.5", lambda job: job.update({LAG: 0.5}), _lacks(LAG)),
    (
        "volume-0-removes-the-original",
        "a-tenth-stays",
        lambda job: job.update({VOLUME: 0.1}),
        sent(VOLUME, 0),
    ),
    (
        "volume-0-removes-the-original",
        "counts-as-not-sent",
        lambda job: job.update({VOLUME: 0.3}),
        sent(VOLUME, 0),
    ),
    ("volume-defaults-to-0", "1", lambda job: job.update({VOLUME: 1}), _lacks(VOLUME)),
    ("volume-defaults-to-0", "0.1", lambda job: job.update({VOLUME: 0.1}), _lacks(VOLUME)),
    ("volume-mixes-the-original-in", "ignored", _works_with(VOLUME, lambda _: 0.0), sent(VOLUME)),
    (
        "volume-mixes-the-original-in",
        "whole-numbers",
        _works_with(VOLUME, int),
        sent(VOLUME),
    ),
    (
        "volume-mixes-the-original-in",
        "softest-lost",
        _works_with(VOLUME, lambda volume: 0.0 if volume <= 0.1 else volume),
        sent(VOLUME),
    ),
    (
        "higher-volume-is-louder",
        "at-most-0.5",
        _works_with(VOLUME, lambda v: min(v, 0.5)),
        sent(VOLUME),
    ),
    (
        "higher-volume-is-louder",
        "on-or-off",
        _works_with(VOLUME, lambda volume: 0.4 if volume > 0 else 0.0),
        sent(VOLUME),
    ),
    (
        "higher-volume-is-louder",
        "at-least-0.5",
        _works_with(VOLUME, lambda volume: max(volume, 0.5) if volume > 0 else 0.0),
        sent(VOLUME),
    ),
)


def _defects() -> Iterator[Defect]:
    for fact, slug, encoding in _ENCODED:
        yield Defect(f"pinch.output.{fact}", slug, hands_out(encoding))
    for fact, slug, change, when in _MIXED:
        yield Defect(f"pinch.output.{fact}", slug, receives("createJob", change, when))


DEFECTS = tuple(_defects())
