"""Descriptions and plans as JSON objects, for the pipe between server and children; no I/O here."""

from __future__ import annotations

from dataclasses import asdict, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from dubcheck.emulator.media.description import (
    DubPlan,
    MediaDescription,
    MediaFault,
    MediaRefused,
    SpeechSegment,
)

Message = dict[str, Any]


def description_to_message(description: MediaDescription) -> Message:
    """Write a description with its frame rate as "numerator/denominator"."""
    rate = description.frame_rate
    return asdict(description) | {"frame_rate": None if rate is None else str(rate)}


def description_from_message(message: Message) -> MediaDescription:
    """Read what description_to_message wrote."""
    rate = message["frame_rate"]
    segments = tuple(SpeechSegment(**segment) for segment in message["speech_segments"])
    return MediaDescription(
        **message
        | {
            "frame_rate": None if rate is None else Fraction(rate),
            "speech_segments": segments,
        }
    )


def plan_to_message(plan: DubPlan) -> Message:
    """Write a plan with its paths absolute, since the child has another working directory."""
    message: Message = {part.name: getattr(plan, part.name) for part in fields(plan)}
    background = plan.background_path
    return message | {
        "source_path": str(plan.source_path.absolute()),
        "output_path": str(plan.output_path.absolute()),
        "background_path": None if background is None else str(background.absolute()),
        "source_description": description_to_message(plan.source_description),
    }


def plan_from_message(message: Message) -> DubPlan:
    """Read what plan_to_message wrote."""
    background = message["background_path"]
    return DubPlan(
        **message
        | {
            "source_path": Path(message["source_path"]),
            "output_path": Path(message["output_path"]),
            "background_path": None if background is None else Path(background),
            "source_description": description_from_message(message["source_description"]),
        }
    )


def refusal_to_message(refused: MediaRefused) -> Message:
    """Write why a file was refused."""
    return {
        "fault": refused.fault.value,
        "detail": refused.detail,
        "measured_seconds": refused.measured_seconds,
    }


def refusal_from_message(message: Message) -> MediaRefused:
    """Read what refusal_to_message wrote."""
    return MediaRefused(
        MediaFault(message["fault"]),
        message["detail"],
        measured_seconds=message.get("measured_seconds"),
    )
