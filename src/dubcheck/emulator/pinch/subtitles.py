"""Subtitle files beside a dub, for the profile that has them; what the dub says, media/ decides.

Nothing is recognised in the original: its file holds a placeholder at each stretch of speech, the
translated one the sentence that is spoken there.
"""

from __future__ import annotations

from pathlib import Path

from dubcheck.emulator.media import MediaDescription, SpeechSegment
from dubcheck.emulator.media.sentences import voice_for
from dubcheck.emulator.pinch.jobs import Job
from dubcheck.emulator.storage import Storage

KINDS = ("original", "translated")
PLACEHOLDER = "[speech]"


def subtitle_path(job_id: str, kind: str) -> str:
    """Path of one subtitle file in storage."""
    return f"/pinch-dubbing/results/{job_id}.{kind}.srt"


def keep_subtitles(storage: Storage, job: Job, description: MediaDescription) -> None:
    """Put both subtitle files of a finished job into storage."""
    segments = description.speech_segments or (SpeechSegment(0.0, description.duration_seconds),)
    texts = {"original": PLACEHOLDER, "translated": voice_for(job.target_lang).sentence}
    lags = {"original": 0.0, "translated": job.lag_seconds}
    for kind in KINDS:
        file: Path = storage.new_file(".srt")
        file.write_text(srt(segments, texts[kind], lags[kind]), encoding="utf-8")
        storage.keep(job.owner, subtitle_path(job.identifier, kind), file, "application/x-subrip")


def srt(segments: tuple[SpeechSegment, ...], text: str, lag_seconds: float) -> str:
    """One cue per segment, all with the same text."""
    cues = (
        f"{number}\n{_time(each.start_seconds + lag_seconds)} --> "
        f"{_time(each.end_seconds + lag_seconds)}\n{text}\n"
        for number, each in enumerate(segments, start=1)
    )
    return "\n".join(cues)


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d},{rest % 1000:03d}"
