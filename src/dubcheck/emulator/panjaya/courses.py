"""An asset's course from Dubbing to Ready or Failed: fetched, measured, a version per language.

Later states of a version (Generating, Completed) are generation.py's part, and so is its dub: no
client sees one before the final video.
"""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from dubcheck.emulator.media import MediaDescription
from dubcheck.emulator.panjaya.assets import (
    Asset,
    AssetError,
    AssetFailed,
    AssetStatus,
    Language,
    Version,
    VersionStatus,
)
from dubcheck.emulator.panjaya.identity import new_identifier
from dubcheck.emulator.panjaya.magic import VERSION_FAILS
from dubcheck.emulator.panjaya.materials import Materials, reported_seconds
from dubcheck.emulator.panjaya.orders import is_ordered
from dubcheck.emulator.panjaya.pace import dubbing_seconds, preparing_seconds
from dubcheck.emulator.panjaya.shelves import Shelves
from dubcheck.emulator.workspace import Workspace


class Courses:
    """Runs at most one course per asset; languages added meanwhile join it."""

    def __init__(self, workspace: Workspace, shelves: Shelves, materials: Materials) -> None:
        self._workspace = workspace
        self._shelves = shelves
        self._materials = materials
        self._running: dict[str, str] = {}

    def start(self, asset: Asset) -> None:
        """Begin the asset's course, or go on with it after a restart or a new language."""
        if asset.identifier not in self._running:
            self._running[asset.identifier] = asset.owner
            self._workspace.tasks.start(self._run(asset.identifier), group=asset.owner)

    def forget(self, owner: str | None) -> None:
        """After a reset, which cancelled them: no course of this owner is running."""
        for identifier, its_owner in list(self._running.items()):
            if owner in (None, its_owner):
                del self._running[identifier]

    async def _run(self, identifier: str) -> None:
        speed = self._workspace.settings.speed
        due = self._workspace.clock.now() + preparing_seconds(speed)
        try:
            await self._workspace.clock.sleep_until(due)
            description = await self._prepare(identifier)
            due += dubbing_seconds(speed, description.duration_seconds)
            while versions := self._unfinished(identifier):
                async with asyncio.TaskGroup() as group:
                    for version in versions:
                        group.create_task(self._ready(version, due))
            self._shelves.assets.put(replace(self._asset(identifier), status=AssetStatus.READY))
        except AssetFailed as failure:
            self._shelves.fail(identifier, failure)
        finally:
            self._running.pop(identifier, None)

    async def _prepare(self, identifier: str) -> MediaDescription:
        asset = self._asset(identifier)
        if asset.outcome:
            raise AssetFailed(AssetError(asset.outcome), "Ordered by a fault or a magic file name")
        obtained = await self._materials.obtain(asset)
        description = await self._materials.inspect(obtained)
        self._shelves.assets.put(
            replace(
                self._asset(identifier),
                video=obtained.video,
                background=obtained.background,
                duration_seconds=reported_seconds(description),
            )
        )
        return description

    def _unfinished(self, identifier: str) -> list[Version]:
        """Versions to make ready; languages without a dubbing get one, with its first version."""
        asset = self._asset(identifier)
        languages = tuple(
            language if language.dubbing_id else self._begin(asset, language)
            for language in asset.languages
        )
        if languages != asset.languages:
            self._shelves.assets.put(replace(asset, languages=languages))
        found = (
            self._shelves.versions.find(each)
            for language in languages
            for each in language.version_ids
        )
        return [each for each in found if each and each.status is VersionStatus.NOT_READY]

    def _begin(self, asset: Asset, language: Language) -> Language:
        version = Version(
            identifier=new_identifier(self._workspace),
            owner=asset.owner,
            asset_id=asset.identifier,
            dubbing_id=new_identifier(self._workspace),
            locale=language.locale,
            created_at=self._workspace.clock.now(),
        )
        self._shelves.versions.put(version)
        return replace(language, dubbing_id=version.dubbing_id, version_ids=(version.identifier,))

    async def _ready(self, version: Version, due: float) -> None:
        version = replace(version, percent=25)
        self._shelves.versions.put(version)
        await self._workspace.clock.sleep_until(due)
        if is_ordered(self._workspace, self._asset(version.asset_id), VERSION_FAILS):
            self._shelves.move(version, replace(version, status=VersionStatus.FAILED))
            return
        ready = replace(version, percent=100, status=VersionStatus.READY_TO_EDIT)
        self._shelves.move(version, ready)

    def _asset(self, identifier: str) -> Asset:
        """The asset as it stands; a reset cancels this task before it could be gone."""
        asset = self._shelves.assets.find(identifier)
        assert asset is not None, "the course outlived its asset"
        return asset
