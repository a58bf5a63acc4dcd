"""Where assets and versions are kept, and their changes that clients are told of."""

from __future__ import annotations

from msgspec.structs import replace

from dubcheck.emulator.panjaya.assets import Asset, AssetFailed, AssetStatus, Version, VersionStatus
from dubcheck.emulator.panjaya.notices import Event, notify
from dubcheck.emulator.workspace import Workspace

_VERSION_EVENTS = {
    VersionStatus.READY_TO_EDIT: Event.VERSION_READY,
    VersionStatus.GENERATING: Event.VERSION_GENERATING,
    VersionStatus.COMPLETED: Event.VERSION_GENERATED,
}


class Shelves:
    """Both shelves of the pack.

    The event of a change is queued before the change is kept: a process that is killed in between
    tells it twice, never not at all. Nothing is sent before both are done.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.assets = workspace.store.shelf("assets", Asset)
        self.versions = workspace.store.shelf("versions", Version)
        self._callbacks = workspace.callbacks

    def move(self, version: Version, changed: Version) -> None:
        """Put a version in its new status and post the event of the change."""
        event = _VERSION_EVENTS.get(changed.status)
        if changed.status is VersionStatus.FAILED:
            generated = version.status is VersionStatus.GENERATING
            event = Event.VERSION_GENERATE_FAILED if generated else Event.VERSION_FAILED
        asset = self.assets.find(changed.asset_id)
        if event is not None and asset is not None:
            notify(self._callbacks, event, asset, changed)
        self.versions.put(changed)

    def fail(self, identifier: str, failure: AssetFailed) -> None:
        """Mark an asset as failed, with the reason, and post the event."""
        asset = self.assets.find(identifier)
        if asset is None:
            return
        failed = replace(
            asset, status=AssetStatus.FAILED, error=failure.code, error_message=failure.message
        )
        notify(self._callbacks, Event.ASSET_FAILED, failed, None)
        self.assets.put(failed)
