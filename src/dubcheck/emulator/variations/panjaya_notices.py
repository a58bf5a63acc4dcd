"""Variations in callbacks, and in when versions are prepared; traffic is in the other modules."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from dubcheck.emulator.callbacks import CallbackSender, Encoding, Layout, SignatureForm
from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS
from dubcheck.emulator.workspace import Workspace

Event = dict[str, object]
Arrangement = Callable[[Workspace], None]


class _Sender:
    """The sender of callbacks, which words each event otherwise, or sends it later."""

    def __init__(
        self,
        sender: CallbackSender,
        wording: Callable[[Event], Iterable[Event]] = lambda event: (event,),
        late_seconds: float = 0.0,
    ) -> None:
        self._sender = sender
        self._wording = wording
        self._late_seconds = late_seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sender, name)

    def enqueue(
        self, owner: str, resource_id: str, url: str, event: Event, fault: str = ""
    ) -> None:
        """As the sender's own, for each event that is made of this one."""
        for worded in self._wording(event):
            arguments = (owner, resource_id, url, worded, fault)
            if self._late_seconds:
                loop = asyncio.get_running_loop()
                loop.call_later(self._late_seconds, self._sender.enqueue, *arguments)
            else:
                self._sender.enqueue(*arguments)


def signed(encoding: Encoding, layout: Layout) -> Arrangement:
    """Signatures of another form."""

    def arrange(workspace: Workspace) -> None:
        workspace.callbacks.form = SignatureForm(encoding, layout)

    return arrange


def together(*arrangements: Arrangement) -> Arrangement:
    """Several arrangements, in this order."""

    def arrange(workspace: Workspace) -> None:
        for each in arrangements:
            each(workspace)

    return arrange


def worded(wording: Callable[[Event], Iterable[Event]]) -> Arrangement:
    """Notices of another wording."""

    def arrange(workspace: Workspace) -> None:
        sender: Any = _Sender(workspace.callbacks, wording)
        workspace.callbacks = sender

    return arrange


def late(seconds: float) -> Arrangement:
    """Notices that leave so much later than what they tell of."""

    def arrange(workspace: Workspace) -> None:
        sender: Any = _Sender(workspace.callbacks, late_seconds=seconds)
        workspace.callbacks = sender

    return arrange


def without_null(event: Event) -> Iterable[Event]:
    """What is not there is left out; further fields are there."""
    kept = {key: value for key, value in event.items() if value is not None}
    return ({**kept, "sent_by": "studio"},)


def with_another_event() -> Callable[[Event], Iterable[Event]]:
    """An event that is not listed tells once of each asset that it is ready."""
    told: set[object] = set()

    def wording(event: Event) -> Iterable[Event]:
        if event["event"] != "version_ready" or event["asset_id"] in told:
            return (event,)
        told.add(event["asset_id"])
        return (event, {"event": "asset_ready", "asset_id": event["asset_id"], "version_id": None})

    return wording


def prepared_after(seconds: float) -> Act:
    """Versions are NotReady until so long after they were created."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        async def is_early(version_id: str) -> bool:
            path = f"/v1/versions/{version_id}"
            asked = replace(call, method="GET", path=path, operation="getVersion", body=b"")
            version = (await following(asked)).document
            if version.get("status") != "ReadyToEdit":
                return False
            made = datetime.fromisoformat(version["created_at"])
            return time.time() - made.timestamp() < seconds

        if call.operation == "reviseVersion" and await is_early(call.id):
            return json_reply(400, REFUSALS["panjaya"])
        reply = await following(call)
        answer = reply.document
        if call.operation == "getVersion" and reply.succeeded and await is_early(call.id):
            unready = {"status": "NotReady", "progress": {"percent": 75}}
            return reply.with_document(answer | unready)
        if call.operation == "getAsset" and reply.succeeded:
            for version in _versions_of(answer):
                if await is_early(version["version_id"]):
                    version["status"] = "NotReady"
            return reply.with_document(answer)
        return reply

    return act


def _versions_of(asset: dict[str, Any]) -> list[dict[str, Any]]:
    return [version for item in asset["languages"] for version in item.get("versions", ())]
