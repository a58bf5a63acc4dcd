"""Writing the dubbed file: encoders, the interleaving of sound and picture, the container.

Runs in children only. The output is a function of the plan and the source: same plan, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from typing import Any, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from dubcheck.emulator.media.containers import (
    medium_start_seconds,
    open_media,
    picture_stream,
    sound_stream,
)
from dubcheck.emulator.media.description import DubPlan
from dubcheck.emulator.media.mixing import mixed_blocks
from dubcheck.emulator.media.picture import CopiedPicture, EncodedPicture, is_copied

_BITS_PER_SECOND = 192_000
_SOUND_CODECS = {"mp4": "aac", "mp3": "libmp3lame", "wav": "pcm_s16le"}
_SAMPLE_FORMATS = {"mp4": "fltp", "mp3": "fltp", "wav": "s16"}
# Encoding is most of a dub's cost, and a listener hears no difference on synthetic speech: LAME's
# fastest search takes two thirds of the time of its usual one, without joint stereo a fifth less;
# AAC's fast coder takes half.
_SPEED = {"mp3": {"compression_level": "9", "joint_stereo": "0"}, "mp4": {"aac_coder": "fast"}}
# Rates at which both AAC and MP3 (MPEG-1) reach 192 kbit/s; 22.05 and 24 kHz MP3 end at 160. At
# 32 kHz MP3 takes a third less time, but AAC stays far below its bit rate.
_FAMILY_OF_44100 = frozenset({11_025, 22_050, 44_100, 88_200, 176_400})
_FAMILY_OF_32000 = frozenset({8_000, 16_000, 32_000})
_PCM_FRAME = 4096
# LAME makes everything 3 % quieter at this bit rate (measured); without the factor a volume of 1
# would be measured as 0.97.
_ENCODER_GAIN = {"mp3": 1 / 0.97}


def dub(plan: DubPlan) -> None:
    """Carry out the plan.

    Raises: MediaRefused, av.FFmpegError and what else hostile sources provoke.
    """
    options = {"movflags": "+faststart"} if plan.container == "mp4" else {}
    path = str(plan.output_path)
    with av.open(path, "w", format=plan.container, options=options) as output:
        if plan.container == "mp4" and plan.source_description.has_video:
            _write_film(plan, output)
        else:
            for packet in _sound_packets(plan, _sound_track(plan, output)):
                output.mux(packet)


def _write_film(plan: DubPlan, output: OutputContainer) -> None:
    with ExitStack() as stack:
        opened = stack.enter_context(open_media(plan.source_path))
        video, audio = picture_stream(opened), sound_stream(opened)
        assert video is not None  # the description says so
        origin = medium_start_seconds([video] if audio is None else [video, audio])
        picture = (
            CopiedPicture(video, output, plan, origin)
            if is_copied(plan)
            else EncodedPicture(video, output, plan, origin)
        )
        track = _sound_track(plan, output)
        for packet in _interleaved(picture.packets(opened), _sound_packets(plan, track)):
            output.mux(packet)


def _interleaved(*tracks: Iterator[Packet[Any]]) -> Iterator[Packet[Any]]:
    """Packets of several tracks in the order of their decoding times."""
    heads = [(packet, track) for track in tracks if (packet := next(track, None)) is not None]
    while heads:
        packet, track = earliest = min(heads, key=lambda head: _decoding_seconds(head[0]))
        yield packet
        following = next(track, None)
        heads = [head for head in heads if head is not earliest]
        if following is not None:
            heads.append((following, track))


def _decoding_seconds(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * (packet.time_base or 0))


def _sound_track(plan: DubPlan, output: OutputContainer) -> AudioStream:
    rate = _rate(plan)
    codec = _SOUND_CODECS[plan.container]
    options = _SPEED.get(plan.container, {})
    stream = cast(
        AudioStream, output.add_stream(codec, rate=rate, layout="stereo", options=options)
    )
    if plan.container != "wav":
        stream.bit_rate = _BITS_PER_SECOND
    context = stream.codec_context
    context.format = _SAMPLE_FORMATS[plan.container]
    context.time_base = Fraction(1, rate)
    # Opened now, because the frame size is unknown before.
    context.open()
    return stream


def _rate(plan: DubPlan) -> int:
    source_rate = plan.source_description.audio_rate
    if plan.container == "mp3" and source_rate in _FAMILY_OF_32000:
        return 32_000
    return 44_100 if source_rate in _FAMILY_OF_44100 else 48_000


def _sound_packets(plan: DubPlan, stream: AudioStream) -> Iterator[Packet[Any]]:
    for frame in _frames(plan, stream):
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _frames(plan: DubPlan, stream: AudioStream) -> Iterator[AudioFrame]:
    rate = stream.rate
    size = stream.codec_context.frame_size or _PCM_FRAME
    fifo = av.AudioFifo()
    resampler = av.AudioResampler(stream.codec_context.format, "stereo", rate)
    written = 0
    for block in mixed_blocks(plan, rate):
        block *= _ENCODER_GAIN.get(plan.container, 1)
        frame = AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, written, Fraction(1, rate)
        written += block.shape[1]
        for converted in resampler.resample(frame):
            fifo.write(converted)
        yield from fifo.read_many(size)
    if (last := fifo.read(0, partial=True)) is not None:
        yield last
