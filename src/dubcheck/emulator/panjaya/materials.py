"""The client's files: brought to storage, measured, judged as the documents say; not dubbed here.

Source: vendor-docs/panjaya.txt, get asset (error codes), and what it says of start_time, end_time.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from msgspec.structs import replace

from dubcheck.emulator.fetching import DownloadLimits, TooLarge, Unfetchable, download
from dubcheck.emulator.media import MediaDescription, MediaFault, MediaRefused
from dubcheck.emulator.panjaya.assets import Asset, AssetError, AssetFailed, Material
from dubcheck.emulator.panjaya.own_links import open_own_link
from dubcheck.emulator.workspace import Workspace

SAMPLE = Path(__file__).with_name("sample.mp4")
# Encoders pad the last frame, so a file of exactly the limit may measure a little more.
PADDING_SECONDS = 0.25

_CODES = {
    MediaFault.NO_AUDIO: AssetError.MISSING_AUDIO_TRACK,
    MediaFault.TOO_LONG: AssetError.VIDEO_DURATION_LIMIT_REACHED,
}


class Materials:
    """Obtains and inspects what an asset is made of."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def obtain(self, asset: Asset) -> Asset:
        """The asset with its video and background in storage. Raises: AssetFailed."""
        video = await self._obtain(asset, asset.video, "video")
        background = asset.background
        if background is not None:
            background = await self._obtain(asset, background, "background")
        return replace(asset, video=video, background=background)

    async def inspect(self, asset: Asset) -> MediaDescription:
        """Measure the video and check the request against it. Raises: AssetFailed."""
        description = await self._probe_video(self.file(asset.video))
        _check_trims(asset, reported_seconds(description))
        if not description.has_speech:
            raise AssetFailed(
                AssetError.EMPTY_TRANSCRIPT, "No spoken content was found in the video"
            )
        if asset.background is not None:
            await self._probe_background(self.file(asset.background))
        return description

    def file(self, material: Material) -> Path:
        """Where the bytes lie. Raises: AssetFailed if they are gone."""
        stored = self._workspace.storage.objects.find(material.path or "")
        if stored is None:
            raise AssetFailed(AssetError.INVALID_INPUT, "The file is no longer there")
        return self._workspace.storage.file(stored)

    async def _obtain(self, asset: Asset, material: Material, role: str) -> Material:
        if material.is_too_large:
            raise self._too_large(role)
        if material.path is not None:
            return material
        file = self._workspace.storage.new_file()
        try:
            await self._fetch(material, file)
            return self.take(asset, role, file)
        except TooLarge as error:
            raise self._too_large(role) from error
        except Unfetchable as error:
            raise AssetFailed(
                AssetError.INVALID_INPUT, f"The {role} could not be downloaded: {error}"
            ) from error
        finally:
            file.unlink(missing_ok=True)

    def take(self, asset: Asset, role: str, file: Path) -> Material:
        """Move a received file into storage, under a path that no link leads to."""
        path = f"/panjaya-assets/sources/{asset.identifier}-{role}"
        self._workspace.storage.keep(asset.owner, path, file, "application/octet-stream")
        return Material(path=path)

    async def _fetch(self, material: Material, file: Path) -> None:
        url = material.url or ""
        if material.is_sample:
            shutil.copyfile(SAMPLE, file)
        elif material.is_own:
            os.link(open_own_link(self._workspace, url), file)
        else:
            limit = self._workspace.profile.max_size_bytes
            limits = DownloadLimits(size_bytes=limit)
            guard = self._workspace.guard
            await download(url, file, limits=limits, guard=guard)

    async def _probe_video(self, file: Path) -> MediaDescription:
        limit = self._workspace.profile.max_duration_seconds + PADDING_SECONDS
        try:
            description = await self._workspace.media.probe(file, duration_limit_seconds=limit)
        except MediaRefused as refused:
            code = _CODES.get(refused.fault, AssetError.UNSUPPORTED_MEDIA)
            raise AssetFailed(code, f"The video cannot be dubbed: {refused.detail}") from refused
        if not description.has_video:
            raise AssetFailed(AssetError.UNSUPPORTED_MEDIA, "The file holds no video stream")
        if reported_seconds(description) > limit:
            raise AssetFailed(
                AssetError.VIDEO_DURATION_LIMIT_REACHED, f"The video exceeds {limit:.0f} seconds"
            )
        return description

    async def _probe_background(self, file: Path) -> None:
        limit = self._workspace.profile.max_duration_seconds + PADDING_SECONDS
        try:
            await self._workspace.media.probe(file, duration_limit_seconds=limit)
        except MediaRefused as refused:
            raise AssetFailed(
                AssetError.INVALID_INPUT, f"The background cannot be used: {refused.detail}"
            ) from refused

    def _too_large(self, role: str) -> AssetFailed:
        """The code speaks of the video's size only, so a background is plain invalid input."""
        limit = self._workspace.profile.max_size_bytes
        code = AssetError.VIDEO_SIZE_LIMIT_REACHED if role == "video" else AssetError.INVALID_INPUT
        return AssetFailed(code, f"The {role} exceeds {limit} bytes")


def reported_seconds(description: MediaDescription) -> float:
    """Milliseconds; trims and limits are judged by what the client is told."""
    return round(description.duration_seconds, 3)


def _check_trims(asset: Asset, duration: float) -> None:
    """FACTS A3 leaves both codes open beyond the end; the list of codes names that one."""
    start = asset.start_seconds if asset.start_seconds is not None else 0.0
    end = asset.end_seconds if asset.end_seconds is not None else duration
    if start < 0 or end <= 0:
        raise AssetFailed(AssetError.INVALID_INPUT, "start_time and end_time must not be negative")
    if asset.end_seconds is not None and end <= start:
        raise AssetFailed(AssetError.INVALID_INPUT, "end_time must be greater than start_time")
    if start >= duration or end > duration:
        raise AssetFailed(
            AssetError.TIME_OUT_OF_RANGE, f"The trim exceeds the video's {duration} seconds"
        )
