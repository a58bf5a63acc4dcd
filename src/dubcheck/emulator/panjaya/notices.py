"""The events that Panjaya posts to a callback URL, and what each says; callbacks/ carries them.

Source: FACTS 1.8. No URL is in a notice: the receiver asks for the version.
"""

from __future__ import annotations

from enum import Enum

from dubcheck.emulator.callbacks import CallbackSender
from dubcheck.emulator.panjaya.assets import Asset, Version


class Event(Enum):
    """The six documented ones."""

    ASSET_FAILED = "asset_failed"
    VERSION_READY = "version_ready"
    VERSION_FAILED = "version_failed"
    VERSION_GENERATING = "version_generating"
    VERSION_GENERATED = "version_generated"
    VERSION_GENERATE_FAILED = "version_generate_failed"


def notify(sender: CallbackSender, event: Event, asset: Asset, version: Version | None) -> None:
    """Post `event` if the asset asked for callbacks; `version` is None for asset_failed only."""
    if asset.callback_url is None:
        return
    content: dict[str, object] = {"event": event.value, "asset_id": asset.identifier}
    if version is None:
        content["version_id"] = None
    else:
        content |= {"version_id": version.identifier, "locale": version.locale}
    fault = next((name for name in asset.faults if name.startswith("callback-")), "")
    sender.enqueue(asset.owner, asset.identifier, asset.callback_url, content, fault)
