"""The final video of a version: made on order of the control surface, taken back by revising.

No public trigger is documented (FACTS P9), so no route of the API leads to `generate`.
"""

from __future__ import annotations

import os

from msgspec.structs import replace

from dubcheck.emulator.media import MediaRefused
from dubcheck.emulator.panjaya.assets import (
    GENERATED_FROM,
    REVISED_FROM,
    Asset,
    AssetFailed,
    Version,
    VersionStatus,
)
from dubcheck.emulator.panjaya.dubbing import Dubbing
from dubcheck.emulator.panjaya.magic import GENERATION_FAILS
from dubcheck.emulator.panjaya.materials import Materials
from dubcheck.emulator.panjaya.orders import is_ordered
from dubcheck.emulator.panjaya.pace import dubbing_seconds
from dubcheck.emulator.panjaya.shelves import Shelves
from dubcheck.emulator.refusals import NotFound
from dubcheck.emulator.workspace import Workspace


class Generation:
    """Takes versions to Generating and Completed, and back to ReadyToEdit."""

    def __init__(self, workspace: Workspace, shelves: Shelves, materials: Materials) -> None:
        self._workspace = workspace
        self._shelves = shelves
        self._materials = materials
        self._dubbing = Dubbing(workspace, materials)

    def generate(self, identifier: str) -> Version:
        """Begin the final video of a version. Raises: NotFound, WrongStatus."""
        version = self._shelves.versions.find(identifier)
        if version is None:
            raise NotFound("No such version")
        version.require(GENERATED_FROM, "generated")
        generating = replace(version, status=VersionStatus.GENERATING, percent=0)
        self._shelves.move(version, generating)
        self.resume(generating)
        return generating

    def resume(self, version: Version) -> None:
        """Go on with a version that is Generating."""
        self._workspace.tasks.start(self._generate(version), group=version.owner)

    def revise(self, version: Version) -> Version:
        """Open the version for editing; its video and the links to it are gone for good.

        Raises: WrongStatus.
        """
        version.require(REVISED_FROM, "revised")
        if version.result_path is not None:
            self._workspace.storage.remove(version.result_path)
        revised = replace(
            version, status=VersionStatus.READY_TO_EDIT, percent=100, result_path=None
        )
        # Opening a version that is open already changes no status, so it is not told.
        if version.status is VersionStatus.READY_TO_EDIT:
            self._shelves.versions.put(revised)
        else:
            self._shelves.move(version, revised)
        return revised

    async def _generate(self, version: Version) -> None:
        asset = self._shelves.assets.find(version.asset_id)
        assert asset is not None, "a version does not outlive its asset"
        seconds = dubbing_seconds(self._workspace.settings.speed, asset.duration_seconds or 0.0)
        due = self._workspace.clock.now() + seconds
        version = replace(version, percent=50)
        self._shelves.versions.put(version)
        try:
            completed = await self._complete(asset, version)
            await self._workspace.clock.sleep_until(due)
        except (AssetFailed, MediaRefused):
            completed = None
        if completed is None or is_ordered(self._workspace, asset, GENERATION_FAILS):
            self._shelves.move(version, replace(version, status=VersionStatus.FAILED))
        else:
            self._shelves.move(version, completed)

    async def _complete(self, asset: Asset, version: Version) -> Version:
        """The version with its video. Each generation has its own path: old links stay dead."""
        dub_path = version.dub_path
        if dub_path is None:
            description = await self._materials.inspect(asset)
            dub_path = await self._dubbing.make(asset, version, description)
        storage = self._workspace.storage
        dub = storage.open(dub_path, version.owner)
        assert dub is not None, "a dub is deleted with its version only"
        copy = storage.new_file()
        os.link(dub, copy)
        number = version.results_made + 1
        path = f"/panjaya-assets/results/{version.identifier}-{number}.mp4"
        storage.keep(version.owner, path, copy, "video/mp4")
        return replace(
            version,
            status=VersionStatus.COMPLETED,
            percent=100,
            dub_path=dub_path,
            result_path=path,
            results_made=number,
        )
