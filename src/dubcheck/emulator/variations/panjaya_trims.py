"""Variations in trims: which times are taken, refused or fail, with which code; as acts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS
from dubcheck.emulator.variations.changes import CREATORS, Document, declines, mends
from dubcheck.emulator.variations.panjaya_languages import in_assets

# What is kept of a video that is to start where it ends.
_LEAST_SECONDS = 0.2


def _number(value: Any) -> float | None:
    return float(value) if type(value) in (int, float) else None


def _times(call: Call) -> tuple[float | None, float | None]:
    document = call.document
    if call.operation not in CREATORS or not isinstance(document, dict):
        return None, None
    return _number(document.get("start_time")), _number(document.get("end_time"))


def _ends_too_early(call: Call) -> bool:
    start, end = _times(call)
    return start is not None and end is not None and end <= start


def _is_negative(call: Call) -> bool:
    return any(time is not None and time < 0 for time in _times(call))


def _ends_at_zero(call: Call) -> bool:
    return _times(call)[1] == 0


def _to_the_end(body: Document) -> None:
    if _number(body.get("end_time")) == 0:
        del body["end_time"]


def starts_at_the_end(*, takes: bool) -> Act:
    """A start at the very end of the video is taken for none, or refused as soon as it is seen."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        start, end = _times(call)
        if start is None or start <= _LEAST_SECONDS or end is not None or not reply.succeeded:
            return reply
        if not await _lies_beyond(call, following, reply):
            return reply
        earlier = {**call.document, "start_time": start - _LEAST_SECONDS}
        second = await following(call.with_document(earlier))
        if not second.succeeded or await _lies_beyond(call, following, second):
            return reply
        if not takes:
            return json_reply(400, REFUSALS["panjaya"])
        whole = {key: value for key, value in call.document.items() if key != "start_time"}
        return await following(call.with_document(whole))

    return act


async def _lies_beyond(call: Call, following: Next, created: Reply) -> bool:
    """Whether the asset comes to fail for its times."""
    path = f"/v1/assets/{created.document['asset_id']}"
    asked = replace(call, method="GET", path=path, operation="getAsset", body=b"")
    for _attempt in range(400):
        asset = (await following(asked)).document
        if asset["duration"] is not None or asset["status"] != "Dubbing":
            return bool(asset["error"] and asset["error"]["code"] == "time_out_of_range")
        await asyncio.sleep(0.05)
    return False


async def other_code(call: Call, following: Next, _: Memory) -> Reply:
    """The fields' own word for a time beyond the video: invalid_input."""

    def worded(asset: Document) -> None:
        error = asset.get("error")
        if isinstance(error, dict) and error["code"] == "time_out_of_range":
            error["code"] = "invalid_input"

    return in_assets(await following(call), worded)


async def duration_of_the_section(call: Call, following: Next, memory: Memory) -> Reply:
    """The duration of what is kept of the video."""
    start, end = _times(call)
    reply = await following(call)
    if reply.succeeded and (start, end) != (None, None):
        memory.kept[f"section {reply.document['asset_id']}"] = (start or 0.0, end)

    def shortened(asset: Document) -> None:
        first, last = memory.kept.get(f"section {asset['asset_id']}", (0.0, None))
        whole = asset.get("duration")
        if whole is not None and asset["status"] != "Failed":
            asset["duration"] = (whole if last is None else min(last, whole)) - first

    return in_assets(reply, shortened)


STRICT: tuple[Act, ...] = (
    declines(CREATORS, _ends_too_early),
    declines(CREATORS, _is_negative),
    declines(CREATORS, _ends_at_zero),
    starts_at_the_end(takes=False),
)
LENIENT: tuple[Act, ...] = (mends(CREATORS, _to_the_end), starts_at_the_end(takes=True))
