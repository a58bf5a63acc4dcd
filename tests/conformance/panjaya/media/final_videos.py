"""Final videos of versions: ordered from the embedded emulator, followed, downloaded, measured.

No request of the API is documented that makes one, so that a black box is never asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from dubcheck.measure import MeasureError, Media, read_media
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.receptions import told

from .batch import AssetBatch

ENDS = ("Completed", "Failed")
NOT_ORDERED = "only the embedded emulator is told to make a final video"
# The emulator takes a fraction of a second; a crowded machine many times that.
PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class FinalVideo:
    """One version whose final video was ordered, and every answer about it since.

    `trouble` says why there is no video, or no measuring it; else None.
    """

    version_id: str
    seen: list[Answer] = field(default_factory=list)
    trouble: str | None = None
    file: Answer | None = None
    media: Media | None = None

    @property
    def end(self) -> Answer | None:
        """The first answer that shows it Completed or Failed."""
        return next((item for item in self.seen if item.field("status") in ENDS), None)

    @property
    def is_completed(self) -> bool:
        """Whether the video was made."""
        return self.end is not None and self.end.field("status") == "Completed"

    @property
    def result_url(self) -> str | None:
        """The link to the video, where there is one."""
        url = self.seen[-1].field("result_url") if self.seen else None
        return url if isinstance(url, str) and url else None

    @property
    def evidence(self) -> tuple[Answer, ...]:
        """The answers to show with a finding, the decisive one last."""
        return (*self.seen[-1:], *((self.file,) if self.file else ()))


class FinalVideos:
    """The final videos of a run, by asset and language; each is made once.

    All that are `planned` are ordered when the first is asked for, and made side by side.
    """

    def __init__(
        self,
        studio: StudioApi,
        batch: AssetBatch,
        control_url: str | None,
        folder: Path,
        planned: Iterable[tuple[str, str | None]],
    ):
        self._studio = studio
        self._batch = batch
        self._control_url = control_url
        self._folder = folder
        self._planned = [key for key in planned if key[0] in batch]
        self._known: dict[tuple[str, str | None], FinalVideo] = {}

    def of(self, name: str, locale: str | None = None) -> FinalVideo:
        """The video of an asset's first version, or of that of one language, with its file."""
        for key in (*self._planned, (name, locale)):
            if key not in self._known:
                self._known[key] = self._ordered(*key)
        self._planned.clear()
        video = self.follow(self._known[name, locale])
        if video.trouble is None and video.media is None:
            self._measure(video, self._folder / f"{name}.mp4")
        return video

    def order(self, version_id: str) -> FinalVideo:
        """Has the video made, and asks about it at once."""
        video = FinalVideo(version_id)
        if self._control_url is None:
            video.trouble = NOT_ORDERED
            return video
        before = self._studio.wait_for_version(version_id)
        if before is None or before.field("status") != "ReadyToEdit":
            video.trouble = "the version did not become ready to be edited"
            return video
        url = f"{self._control_url}/versions/{version_id}/generate"
        answer = httpx.post(url, timeout=30, trust_env=False)
        if answer.is_error:
            video.trouble = f"the emulator answers the order with {answer.status_code}"
            return video
        video.seen.append(self._studio.get_version(version_id))
        return video

    def follow(self, video: FinalVideo) -> FinalVideo:
        """Asks until it is made, or could not be, or patience ends."""
        if video.trouble is not None:
            return video
        for waited in self._studio.polls():
            if video.end is not None or waited > PATIENCE_SECONDS:
                break
            video.seen.append(self._studio.get_version(video.version_id))
        if not video.is_completed:
            video.trouble = "the final video was not made: the version is " + str(
                video.seen[-1].field("status")
            )
        return video

    def _ordered(self, name: str, locale: str | None) -> FinalVideo:
        if name not in self._batch:
            return FinalVideo("", trouble=NOT_ORDERED)
        made = self._batch.asset(name)
        version_ids = made.version_ids(locale)
        if not version_ids:
            return FinalVideo("", trouble=f"the asset {made.story} and shows no version")
        return self.order(version_ids[0])

    def _measure(self, video: FinalVideo, path: Path) -> None:
        if not (video.result_url or "").startswith(("http://", "https://")):
            video.trouble = "the version is Completed and has no URL as `result_url`"
            return
        self._folder.mkdir(exist_ok=True)
        video.file = self._studio.client.download(video.result_url, path)
        if not video.file.succeeded:
            video.trouble = f"`result_url` is answered with {told(video.file)}"
            return
        try:
            video.media = read_media(path)
        except MeasureError as error:
            video.trouble = f"the final video cannot be measured: {error}"
