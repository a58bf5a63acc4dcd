"""Ways to differ, as makers of acts; which variations there are, the lists of each topic say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply, json_reply
from dubcheck.emulator.defects.ways import REFUSALS, When

Document = dict[str, Any]
CREATORS = ("createAsset", "uploadAsset")
ORDERS = (*CREATORS, "addLanguages")


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


def mends(operations: tuple[str, ...], mend: Callable[[Document], None]) -> Act:
    """Reads another request into the one that was sent: what is accepted beyond the plain."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        document = call.document
        if call.operation in operations and isinstance(document, dict):
            mended = dict(document)
            mend(mended)
            if mended != document:
                call = call.with_document(mended)
        return await following(call)

    return act


def declines(operations: tuple[str, ...], when: When, status: int = 400) -> Act:
    """Refuses requests that fit and would be accepted otherwise."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        fits = call.operation in operations and when(call)
        reply = await following(call) if not fits or lacks_key(call) else None
        return reply or json_reply(status, refusal_for(call))

    return act


def refusal_for(call: Call) -> Document:
    """The error body of the API that was called."""
    api = "pinch" if call.path.startswith("/api/") else "panjaya"
    refusal: Document = REFUSALS[api]  # type: ignore[assignment]
    return refusal


def lacks_key(call: Call) -> bool:
    """Whether no key was sent: such a request is refused for that, whatever else it says."""
    return not call.authorization.startswith("Bearer p")


def asks(field: str, fits: Callable[[Any], bool]) -> When:
    """Requests whose JSON has a field with a fitting value."""

    def when(call: Call) -> bool:
        document = call.document
        return isinstance(document, dict) and field in document and fits(document[field])

    return when
