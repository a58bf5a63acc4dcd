"""Bodies of createUploadUrl. Source: vendor-docs/pinch.txt, Upload Media, Parameters."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.bodies import Body, bodies_with, bodies_without, values_of_no_string

# One type for each documented container and audio format.
CONTENT_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "webm": "video/webm",
    "avi": "video/x-msvideo",
    "flv": "video/x-flv",
    "ts": "video/mp2t",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wma": "audio/x-ms-wma",
}
_STEMS = st.sampled_from(
    ["video", "audio", "My clip (1)", "a.b.c", "vidéo été", "视频", "клип", "clip'; --", "x" * 100]
)


def upload_url_bodies() -> SearchStrategy[Body]:
    """Bodies that must be accepted: a file name whose suffix fits its documented type."""
    return st.builds(
        lambda stem, suffix: {
            "filename": f"{stem}.{suffix}",
            "content_type": CONTENT_TYPES[suffix],
        },
        _STEMS,
        st.sampled_from(list(CONTENT_TYPES)),
    )


def upload_url_bodies_without_filename() -> SearchStrategy[Body]:
    """The required `filename` is missing."""
    return bodies_without(upload_url_bodies(), "filename")


def upload_url_bodies_without_content_type() -> SearchStrategy[Body]:
    """The required `content_type` is missing."""
    return bodies_without(upload_url_bodies(), "content_type")


def upload_url_bodies_with_wrong_type(field: str) -> SearchStrategy[Body]:
    """`filename` or `content_type` is null, an object or a list."""
    values: SearchStrategy[Any] = st.none() | values_of_no_string()
    return bodies_with(upload_url_bodies(), field, values)
