"""Permissible differences of either API."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SLOW_SECONDS = 0.3


def everywhere(change: Callable[[Any], Any]) -> Act:
    """Changes every JSON answer as a whole."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if reply.document is None or call.operation is None:
            return reply
        return reply.with_document(change(reply.document))

    return act


def deeply(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A change of each value, from the leaves up."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return change({key: changed(item) for key, item in value.items()})
        if isinstance(value, list):
            return change([changed(item) for item in value])
        return change(value)

    return changed


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return value


def _with_extras(value: Any) -> Any:
    return {**value, "x_extra": {"nested": [1]}, "meta": None} if isinstance(value, dict) else value


def _as_floats(value: Any) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole else value


def _timestamps(form: Callable[[datetime], str]) -> Callable[[Any], Any]:
    def change(value: Any) -> Any:
        if isinstance(value, str) and _TIMESTAMP.fullmatch(value):
            return form(datetime.fromisoformat(value))
        return value

    return deeply(change)


async def _slowly(call: Call, following: Next, _: Memory) -> Reply:
    await asyncio.sleep(SLOW_SECONDS)
    return await following(call)


async def _with_charset(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation is None:
        return reply
    reply = reply.with_header("content-type", "application/json; charset=utf-8")
    return reply.with_header("x-request-id", "r-1").with_header("cache-control", "no-store")


async def _redirected(call: Call, following: Next, _: Memory) -> Reply:
    if call.operation is None or call.method != "GET" or call.parameter("moved"):
        return await following(replace(call, query=call.query.replace("moved=1&", "")))
    query = f"?moved=1&{call.query}"
    return Reply(307, (("location", f"{quote(call.path)}{query}"),), b"")


BOTH: dict[str, Act] = {
    "absent-for-null": everywhere(deeply(_without_nulls)),
    "extra-fields": everywhere(deeply(_with_extras)),
    "numbers-as-floats": everywhere(deeply(_as_floats)),
    "timestamps-with-fraction": everywhere(
        _timestamps(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.000000Z"))
    ),
    "timestamps-with-offset": everywhere(
        _timestamps(lambda at: at.astimezone(timezone(timedelta(hours=2))).isoformat())
    ),
    "timestamps-without-zone": everywhere(
        _timestamps(lambda at: at.replace(tzinfo=None).isoformat())
    ),
    "slow-answers": _slowly,
    "json-with-charset": _with_charset,
    "redirected-reads": _redirected,
}
