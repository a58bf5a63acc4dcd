"""What comes back for a video: MP4, H.264, AAC at 192 kbit/s, size and frame rate of the input.

Each property is measured from the bytes by itself. What is heard is test_output_sound.py.
"""

from __future__ import annotations

import pytest

from dubcheck.measure import (
    AudioCodec,
    AudioTrack,
    Container,
    MeasureError,
    VideoCodec,
    VideoTrack,
    frame_rate_of,
    has_frame_rate,
    has_resolution,
)
from dubcheck.measure.samples import RECIPES, Picture, SampleName
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.pytest_plugin.selection import wanted
from dubcheck.targets.pinch_jobs import JobBatch
from dubcheck.targets.pinch_orders import (
    FINER_SHAPES,
    SHAPES,
    VIDEOS,
    Surroundings,
    finer_shape_orders,
)

OUTPUT = "pinch.output.video-"
SAMPLES = (*VIDEOS, *SHAPES, SampleName.MP4_TALK)
videos = pytest.mark.parametrize("sample", SAMPLES, ids=lambda item: str(item.value))
shapes = pytest.mark.parametrize(
    "sample", [*SAMPLES, *FINER_SHAPES], ids=lambda item: str(item.value)
)


@pytest.fixture(scope="module", autouse=True)
def _finer_shapes(
    batch: JobBatch, surroundings: Surroundings, request: pytest.FixtureRequest
) -> None:
    """Jobs of more rates and sizes, where there is time for them."""
    orders = finer_shape_orders(surroundings)
    batch.offer(orders)
    batch.need(wanted(request, [order.name for order in orders]))


@videos
@pytest.mark.judges(f"{OUTPUT}comes-back-as-mp4")
def test_dubbed_video_is_mp4(sample: SampleName, dubs: OutputReception) -> None:
    """A dubbed video is an MP4 file, whatever its input was."""
    dubs.comes_as(f"{OUTPUT}comes-back-as-mp4", sample.value, Container.MP4)


@videos
@pytest.mark.judges(f"{OUTPUT}picture-is-h264")
def test_picture_of_dubbed_video_is_h264(sample: SampleName, dubs: OutputReception) -> None:
    """The picture of a dubbed video is H.264, whatever its input was."""

    def codec(video: VideoTrack) -> tuple[bool, str]:
        return video.codec is VideoCodec.H264, video.codec_name

    dubs.picture(f"{OUTPUT}picture-is-h264", sample.value, "h264", codec)


@videos
@pytest.mark.judges(f"{OUTPUT}sound-is-aac")
def test_sound_of_dubbed_video_is_aac(sample: SampleName, dubs: OutputReception) -> None:
    """The sound of a dubbed video is AAC, whatever its input was."""

    def codec(audio: AudioTrack) -> tuple[bool, str]:
        return audio.codec is AudioCodec.AAC, audio.codec_name

    dubs.sound(f"{OUTPUT}sound-is-aac", sample.value, "aac", codec)


@videos
@pytest.mark.judges(f"{OUTPUT}sound-is-192-kbps")
def test_sound_of_dubbed_video_has_192_kbps(sample: SampleName, dubs: OutputReception) -> None:
    """The sound of a dubbed video of dense stereo speech has about 192 kbit/s, whatever it was."""
    dubs.has_192_kbps(f"{OUTPUT}sound-is-192-kbps", sample.value)


@shapes
@pytest.mark.judges(f"{OUTPUT}keeps-resolution")
def test_dubbed_video_keeps_resolution(
    sample: SampleName, batch: JobBatch, dubs: OutputReception
) -> None:
    """A dubbed video has exactly the width and height of its input, all of them even."""
    _need_offer(sample, batch)
    wanted = _picture(sample)

    def size(video: VideoTrack) -> tuple[bool, str]:
        is_kept = has_resolution(video, wanted.width, wanted.height)
        return is_kept, f"{video.width}x{video.height}"

    expected = f"{wanted.width}x{wanted.height}"
    dubs.picture(f"{OUTPUT}keeps-resolution", sample.value, expected, size)


@shapes
@pytest.mark.judges(f"{OUTPUT}keeps-frame-rate")
def test_dubbed_video_keeps_frame_rate(
    sample: SampleName, batch: JobBatch, dubs: OutputReception
) -> None:
    """A dubbed video has the frame rate of its input: 12, 23.976, 24, 25, 29.97, 50 or 60."""
    _need_offer(sample, batch)
    wanted = _picture(sample).frame_rate

    def rate(video: VideoTrack) -> tuple[bool, str]:
        try:
            return has_frame_rate(video, wanted), f"{frame_rate_of(video):.3f} frames per second"
        except MeasureError as error:
            return False, str(error)

    expected = f"{float(wanted):.3f} frames per second"
    dubs.picture(f"{OUTPUT}keeps-frame-rate", sample.value, expected, rate)


def _need_offer(sample: SampleName, batch: JobBatch) -> None:
    if sample.value not in batch.names:
        pytest.skip("a quick run makes no job of it")


def _picture(sample: SampleName) -> Picture:
    picture = RECIPES[sample].picture
    assert picture is not None
    return picture
