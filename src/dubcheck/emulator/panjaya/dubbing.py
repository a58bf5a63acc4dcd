"""Makes the dub of one version and keeps it in storage; when that is due, others decide."""

from __future__ import annotations

from zlib import crc32

from dubcheck.emulator.media import DubPlan, MediaDescription
from dubcheck.emulator.panjaya.assets import Asset, Version
from dubcheck.emulator.panjaya.materials import Materials
from dubcheck.emulator.workspace import Workspace


class Dubbing:
    """Real dubs by the media workshop: trimmed, with speech in the version's language."""

    def __init__(self, workspace: Workspace, materials: Materials) -> None:
        self._workspace = workspace
        self._materials = materials

    async def make(self, asset: Asset, version: Version, description: MediaDescription) -> str:
        """Storage path of the dub. Raises: MediaRefused if the video cannot be read to its end."""
        storage = self._workspace.storage
        output = storage.new_file(".mp4")
        srt = next(each.srt for each in asset.languages if each.locale == version.locale)
        background = asset.background
        plan = DubPlan(
            source_path=self._materials.file(asset.video),
            output_path=output,
            container="mp4",
            target_language=version.locale,
            source_description=description,
            trim_start_seconds=asset.start_seconds or 0.0,
            trim_end_seconds=asset.end_seconds,
            srt_text=srt,
            background_path=self._materials.file(background) if background else None,
            keep_background=background is None,
            seed=self._workspace.settings.seed ^ crc32(version.identifier.encode()),
        )
        try:
            await self._workspace.media.dub(plan)
            path = f"/panjaya-assets/dubs/{version.identifier}.mp4"
            storage.keep(version.owner, path, output, "video/mp4")
        finally:
            output.unlink(missing_ok=True)
        return path
