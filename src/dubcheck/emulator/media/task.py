"""What one grandchild does: confine itself, probe or dub, put the result or refusal in words.

Imported only in children: it loads PyAV and numpy.
"""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import av.logging
import numpy as np
from av.audio.frame import AudioFrame

from dubcheck.emulator.media.description import MediaFault, MediaRefused
from dubcheck.emulator.media.dubbing import dub
from dubcheck.emulator.media.limits import Limits, confine
from dubcheck.emulator.media.probing import probe
from dubcheck.emulator.media.sound import SoundDecoder
from dubcheck.emulator.media.speech import RATE, SpeechMeter
from dubcheck.emulator.media.wire import (
    Message,
    description_to_message,
    plan_from_message,
    refusal_to_message,
)

# What libavformat and PyAV were seen to raise for hostile files, beyond av.FFmpegError.
MEDIA_ERRORS = (
    av.FFmpegError,
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    ValueError,
)


def warm_up() -> None:
    """Pay once what every task would pay for: lookups, tables and pages of the usual codecs.

    Only sound made here is decoded, so nothing foreign is read outside a limited child.
    """
    av.logging.set_level(av.logging.PANIC)
    with BytesIO() as file:
        with av.open(file, "w", format="mp4") as output:
            track = output.add_stream("aac", rate=RATE, layout="stereo")
            noise = np.random.default_rng(0).normal(0, 0.1, (2, RATE)).astype(np.float32)
            frame = AudioFrame.from_ndarray(noise, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
            output.mux([*track.encode(frame), *track.encode(None)])
        file.seek(0)
        with av.open(file, "r") as opened:
            decoder = SoundDecoder(opened.streams.audio[0], RATE, 0.0)
            meter = SpeechMeter()
            for packet in opened.demux(audio=0):
                for block in decoder.decode(packet):
                    meter.add(block.mean(0))
            meter.finish()
            meter.segments()


def carry_out(order: Message, limits: Limits) -> Message:
    """Do what the order asks for, within the limits."""
    confine(limits)
    try:
        return {"result": _result(order)}
    except MediaRefused as refused:
        return {"refused": refusal_to_message(refused)}
    except MEDIA_ERRORS as error:
        # The text of a file error would name a path of the server's.
        reason = error.strerror if isinstance(error, (av.FFmpegError, OSError)) else error
        detail = f"{type(error).__name__}: {reason}"[:500]
        return {"refused": refusal_to_message(MediaRefused(MediaFault.BROKEN, detail))}


def _result(order: Message) -> Message | None:
    if order["kind"] == "probe":
        measured = probe(Path(order["path"]), order["duration_limit_seconds"])
        return description_to_message(measured)
    dub(plan_from_message(order["plan"]))
    return None
