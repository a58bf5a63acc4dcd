"""Pinch turns down media of a documented kind, or takes what it must not take.

A job is sent to its end by the emulator's magic names: the upload itself stays as it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.pinch_sources import FETCHED
from dubcheck.emulator.defects.pinch_uploads import (
    FOLDER,
    Upload,
    has_a_beat,
    has_two_voices,
    looked_at,
    never_falls_silent,
)
from dubcheck.emulator.defects.ways import Document

LARGEST_BYTES = 500_000_000
Test = Callable[[Upload], bool]


def _failing_with(code: str) -> str:
    return f"https://cdn.example.com/emulator-{code.replace('_', '-')}.mp4"


def ends_at(url: str, when: Test) -> Act:
    """Jobs for uploads that fit go to this URL instead."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.method == "PUT" and call.path.startswith(FOLDER):
            memory.kept[call.path] = await asyncio.to_thread(_fits, when, call.body)
        document = _job(call)
        source = document.get("source_url")
        if isinstance(source, str) and memory.kept.get(source[source.find(FOLDER) :]):
            call = call.with_document({**document, "source_url": url})
        return await following(call)

    return act


def _job(call: Call) -> Document:
    document = call.document if call.operation == "createJob" else None
    return document if isinstance(document, dict) else {}


def _fits(when: Test, content: bytes) -> bool:
    return when(looked_at(content))


def _has(kind: str) -> Test:
    return lambda upload: kind in upload.kinds


def _has_all(kinds: set[str]) -> Test:
    return lambda upload: kinds <= set(upload.kinds)


KINDS = (
    *(f"{name}-container" for name in ("mp4", "mov", "mkv", "webm", "avi", "flv", "ts")),
    *(f"{name}-video" for name in ("h264", "h265", "vp8", "vp9", "av1", "prores", "mpeg4")),
    *(f"{name}-track" for name in ("aac", "mp3", "opus", "vorbis", "pcm", "flac", "ac3")),
    *(f"{name}-file" for name in ("wav", "mp3", "flac", "ogg", "m4a", "aac", "wma")),
)
SCENES: tuple[tuple[str, str, str, Test], ...] = (
    (
        "several-audio-tracks",
        "one-only",
        "unsupported_format",
        lambda upload: upload.audio_tracks > 1,
    ),
    ("background-music", "wants-silence", "processing_failed", never_falls_silent),
    ("sound-effects", "wants-no-noise", "processing_failed", has_a_beat),
    ("several-speakers", "one-only", "processing_failed", has_two_voices),
    ("one-second", "off-by-one", "video_too_short", lambda upload: 0.99 < upload.seconds <= 1.0),
    ("ten-minutes", "off-by-one", "video_too_long", lambda upload: 599 < upload.seconds <= 600),
)
_SPOKEN = (never_falls_silent, has_a_beat, has_two_voices)


def _heard(when: Test) -> Test:
    if when not in _SPOKEN:
        return when
    return lambda upload: upload.audio_tracks == 1 and 1.5 < upload.seconds < 30 and when(upload)


# Dubbed although the document names an error for it.
TAKEN: tuple[tuple[str, str, Test], ...] = (
    ("too-long-input-is-video-too-long", "a-second-more", lambda up: 600 < up.seconds <= 601.5),
    (
        "too-long-input-is-video-too-long",
        "long-videos",
        lambda up: up.has_video and 600 < up.seconds <= 601.5,
    ),
    ("too-short-input-is-video-too-short", "nine-tenths", lambda up: 0.85 < up.seconds < 1),
    (
        "too-short-input-is-video-too-short",
        "short-videos",
        lambda up: up.has_video and 0.1 < up.seconds < 1,
    ),
    ("unknown-codec-is-unsupported-format", "ffv1", _has("ffv1-video")),
    ("unknown-codec-is-unsupported-format", "alac", _has("alac-track")),
    (
        "video-without-sound-is-unsupported-format",
        "dubs-it",
        lambda upload: upload.has_video and not upload.audio_tracks and upload.seconds > 0.1,
    ),
    (
        "file-without-media-is-unsupported-format",
        "text",
        lambda upload: (
            not upload.kinds and upload.content[:200].isascii() and not upload.is_web_page
        ),
    ),
    ("file-without-media-is-unsupported-format", "picture", _has("png-video")),
)
# Told by another code than the document's; the rest of the job is right.
MISTOLD: tuple[tuple[str, str, str, Test], ...] = (
    ("unknown-codec-is-unsupported-format", "ffv1-fails", "processing_failed", _has("ffv1-video")),
    ("unknown-codec-is-unsupported-format", "alac-fails", "processing_failed", _has("alac-track")),
    (
        "video-without-sound-is-unsupported-format",
        "fails",
        "processing_failed",
        lambda upload: upload.has_video and not upload.audio_tracks and upload.seconds > 0.1,
    ),
    (
        "video-without-sound-is-unsupported-format",
        "webm-fails",
        "processing_failed",
        lambda up: "webm-container" in up.kinds and not up.audio_tracks and up.seconds > 0.1,
    ),
    (
        "too-short-input-is-video-too-short",
        "videos-fail",
        "processing_failed",
        lambda upload: upload.has_video and 0.1 < upload.seconds < 1,
    ),
    (
        "file-without-media-is-unsupported-format",
        "other-code",
        "download_failed",
        lambda upload: not upload.kinds,
    ),
    (
        "file-without-media-is-unsupported-format",
        "picture-is-too-short",
        "video_too_short",
        _has("png-video"),
    ),
)


def _of_size(url: str, test: Callable[[int], bool]) -> Act:
    """Jobs for files on this machine whose announced size fits go to this URL instead."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        document = _job(call)
        source = document.get("source_url")
        if isinstance(source, str) and test(await asyncio.to_thread(_announced_bytes, source)):
            call = call.with_document({**document, "source_url": url})
        return await following(call)

    return act


def _announced_bytes(url: str) -> int:
    """What a HEAD says; only the suite's own media server is asked, which is on this machine."""
    try:
        is_near = urlsplit(url).hostname == "127.0.0.1" and url.startswith("http:")
        if not is_near or FOLDER in url:
            return 0
        with urlopen(Request(url, method="HEAD"), timeout=5) as answer:  # noqa: S310 - told above
            return int(answer.headers.get("content-length") or 0)
    except (OSError, ValueError):
        return 0


def _defects() -> Iterator[Defect]:
    for kind in KINDS:
        act = ends_at(_failing_with("unsupported_format"), _has(kind))
        yield Defect(f"pinch.input-media.accepts-{kind}", "turns-down", act)
    for container, codec in (("mkv", "h265"), ("ts", "h265"), ("mov", "prores")):
        kinds = {f"{container}-container", f"{codec}-video"}
        act = ends_at(_failing_with("processing_failed"), _has_all(kinds))
        yield Defect(f"pinch.input-media.accepts-{container}-container", f"not-with-{codec}", act)
    for scene, slug, code, when in SCENES:
        act = ends_at(_failing_with(code), _heard(when))
        yield Defect(f"pinch.input-media.accepts-{scene}", slug, act)
    for fact, slug, when in TAKEN:
        yield Defect(f"pinch.job-errors.{fact}", slug, ends_at(FETCHED, when))
    for fact, slug, code, when in MISTOLD:
        yield Defect(f"pinch.job-errors.{fact}", slug, ends_at(_failing_with(code), when))
    yield Defect(
        "pinch.source-url.html-page-is-not-dubbed",
        "dubs-it",
        ends_at(FETCHED, lambda upload: upload.is_web_page),
    )
    yield Defect(
        "pinch.input-media.accepts-500-mb",
        "off-by-one",
        _of_size(_failing_with("video_too_large"), lambda size: size == LARGEST_BYTES),
    )
    yield Defect(
        "pinch.job-errors.too-large-file-is-not-dubbed",
        "off-by-one",
        _of_size(FETCHED, lambda size: size == LARGEST_BYTES + 1),
    )
    yield Defect(
        "pinch.job-errors.too-large-file-is-video-too-large",
        "fails",
        _of_size(_failing_with("processing_failed"), lambda size: size > LARGEST_BYTES),
    )


DEFECTS = tuple(_defects())
