"""The ways in which real services break promises, as makers of defects; no promise is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from dubcheck.emulator.defects.interception import (
    FAULT_HEADER,
    Act,
    Call,
    Memory,
    Next,
    Reply,
    json_reply,
)

Document = dict[str, Any]
When = Callable[[Call], bool]

REFUSALS = {
    "pinch": {"error": {"code": "invalid_request", "message": "The request is not valid."}},
    "panjaya": {"detail": "The request is not valid."},
}
INTERNAL = {"error": {"code": "internal", "message": "Something went wrong."}}


def later(moment: str, **by: float) -> str:
    """A moment of an answer moved by so many days, hours or seconds, negative for earlier."""
    return (datetime.fromisoformat(moment) + timedelta(**by)).strftime("%Y-%m-%dT%H:%M:%SZ")


def always(_: Call) -> bool:
    """Every request."""
    return True


def sent(field: str, *values: object) -> When:
    """Requests whose JSON has one of these values in a field; without values, has the field."""

    def when(call: Call) -> bool:
        document = call.document
        if not isinstance(document, dict) or field not in document:
            return False
        return not values or any(_same(document[field], value) for value in values)

    return when


def _same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def answers(
    operation: str,
    change: Callable[[Document, Call], Document | None],
    *,
    when: Callable[[Document, Call], bool] = lambda *_: True,
    spares_first: int = 0,
) -> Act:
    """Changes the JSON of successful answers of one operation.

    `change` may alter its document in place; `spares_first` answers that fit stay right.
    """

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        document = reply.document
        fits = call.operation == operation and reply.succeeded and isinstance(document, dict)
        if not fits or not when(document, call) or memory.count("seen") < spares_first:
            return reply
        changed = change(document, call)
        return reply.with_document(document if changed is None else changed)

    return act


def drops(operation: str, *path: str, spares_first: int = 0) -> Act:
    """Leaves a field out of every successful answer; a path into items of a list uses `*`."""
    return answers(operation, lambda document, _: _drop(document, path), spares_first=spares_first)


def replaces(
    operation: str, value: object, *path: str, last_item_only: bool = False, spares_first: int = 0
) -> Act:
    """Puts a value, or what a function makes of the old one, into a field of every answer."""
    return answers(
        operation,
        lambda document, _: _put(document, path, value, last_item_only),
        spares_first=spares_first,
    )


def _places(
    document: Any, path: Iterable[str], last_only: bool = False
) -> Iterable[tuple[Any, str]]:
    first, *rest = path
    if first == "*":
        items = document if isinstance(document, list) else []
        for item in items[-1:] if last_only else items:
            yield from _places(item, rest, last_only)
    elif isinstance(document, dict) and first in document:
        if rest:
            yield from _places(document[first], rest, last_only)
        else:
            yield document, first


def _drop(document: Document, path: tuple[str, ...]) -> None:
    for place, key in list(_places(document, path)):
        del place[key]


def _put(document: Document, path: tuple[str, ...], value: object, last_only: bool) -> None:
    for place, key in list(_places(document, path, last_only)):
        place[key] = value(place[key]) if callable(value) else value


def accepts(operation: str, when: When, mend: Callable[[Document], None]) -> Act:
    """Accepts requests that should be refused, by mending them before they are looked at."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation == operation and when(call):
            document = call.document
            mended = dict(document) if isinstance(document, dict) else {}
            mend(mended)
            call = call.with_document(mended)
        return await following(call)

    return act


def refuses(
    operation: str, when: When, *, status: int = 400, document: Document | None = None
) -> Act:
    """Refuses requests of the key's owner that should be accepted.

    Keys and limits of the account are looked at before what was sent.
    """

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        comes_so_far = call.is_owners and call.header(FAULT_HEADER) is None
        if call.operation == operation and comes_so_far and when(call):
            api = "pinch" if call.path.startswith("/api/") else "panjaya"
            return json_reply(status, document or REFUSALS[api])
        return await following(call)

    return act


def crashes(operation: str, when: When) -> Act:
    """Pinch comes to grief over requests that fit."""
    return refuses(operation, when, status=500, document=INTERNAL)


def receives(operation: str, change: Callable[[Document], None], when: When = always) -> Act:
    """Works on another document than the one that was sent: ignores or alters what was asked."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        document = call.document
        if call.operation == operation and isinstance(document, dict) and when(call):
            changed = dict(document)
            change(changed)
            call = call.with_document(changed)
        return await following(call)

    return act


def lets_in(operation: str, key: str, when: When) -> Act:
    """Forgets authentication on one operation: requests that fit are served as the key's owner."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation == operation and when(call):
            call = call.with_header("authorization", f"Bearer {key}")
        return await following(call)

    return act


def restates(operation: str, right: int, wrong: int) -> Act:
    """Answers with another status; the body stays."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        if call.operation == operation and reply.status == right:
            return Reply(wrong, reply.headers, reply.body)
        return reply

    return act


def errs(
    change: Callable[[Document], Any],
    *,
    operation: str | None = None,
    status: int | None = None,
) -> Act:
    """Changes the JSON of error answers."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        reply = await following(call)
        fits = reply.status >= 400 and call.operation in (operation or call.operation,)
        if fits and status in (None, reply.status) and isinstance(reply.document, dict):
            return reply.with_document(change(reply.document))
        return reply

    return act
