"""An asset, its languages and versions: what is remembered, and the legal changes of a version.

Source: vendor-docs/panjaya.txt, get asset (error codes); FACTS 1.4 and 1.7 (statuses). How
they come about is courses.py's part, how they are shown views.py's.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from dubcheck.emulator.panjaya.refusals import WrongStatus
from dubcheck.emulator.store import Resource


class AssetStatus(Enum):
    """FACTS 1.4: the three that are documented."""

    DUBBING = "Dubbing"
    READY = "Ready"
    FAILED = "Failed"


class AssetError(Enum):
    """Why an asset fails."""

    INVALID_INPUT = "invalid_input"
    UNSUPPORTED_MEDIA = "unsupported_media"
    EMPTY_TRANSCRIPT = "empty_transcript"
    MISSING_AUDIO_TRACK = "missing_audio_track"
    VIDEO_DURATION_LIMIT_REACHED = "video_duration_limit_reached"
    VIDEO_SIZE_LIMIT_REACHED = "video_size_limit_reached"
    TIME_OUT_OF_RANGE = "time_out_of_range"


class AssetFailed(Exception):
    """The asset cannot be dubbed. Attributes: code, message."""

    def __init__(self, code: AssetError, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class VersionStatus(Enum):
    """FACTS 1.7. Editing is locked while GENERATING."""

    NOT_READY = "NotReady"
    READY_TO_EDIT = "ReadyToEdit"
    GENERATING = "Generating"
    COMPLETED = "Completed"
    FAILED = "Failed"


GENERATED_FROM = frozenset({VersionStatus.READY_TO_EDIT})
REVISED_FROM = frozenset(
    {VersionStatus.COMPLETED, VersionStatus.READY_TO_EDIT, VersionStatus.FAILED}
)


class Language(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One target language. `dubbing_id` is None until its dubbing begins."""

    locale: str
    srt: str | None = None
    dubbing_id: str | None = None
    version_ids: tuple[str, ...] = ()


class Material(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A file the client gave: a URL still to fetch, or a path in storage once it is there.

    `is_own` tells a URL that leads into the emulator's own storage; `is_sample` puts the built-in
    video in its place.
    """

    url: str | None = None
    is_own: bool = False
    path: str | None = None
    is_sample: bool = False
    is_too_large: bool = False


class Asset(Resource, frozen=True, kw_only=True, gc=False):
    """An asset. Times are UNIX seconds, trims seconds of the video.

    `outcome` is the error code that a fault or magic input ordered, `faults` names those ordered
    for its versions and callbacks.
    """

    name: str
    locale: str
    languages: tuple[Language, ...]
    created_at: float
    video: Material
    background: Material | None = None
    start_seconds: float | None = None
    end_seconds: float | None = None
    callback_url: str | None = None
    outcome: str = ""
    faults: tuple[str, ...] = ()
    status: AssetStatus = AssetStatus.DUBBING
    duration_seconds: float | None = None
    error: AssetError | None = None
    error_message: str = ""


class Version(Resource, frozen=True, kw_only=True, gc=False):
    """A version of a dubbing. `dub_path` holds the dub as made, `result_path` the final video."""

    asset_id: str
    dubbing_id: str
    locale: str
    created_at: float
    status: VersionStatus = VersionStatus.NOT_READY
    percent: int = 0
    dub_path: str | None = None
    result_path: str | None = None
    results_made: int = 0

    def require(self, allowed: frozenset[VersionStatus], action: str) -> None:
        """Return if the status allows it; WrongStatus otherwise."""
        if self.status not in allowed:
            raise WrongStatus(action, self.status.value)
