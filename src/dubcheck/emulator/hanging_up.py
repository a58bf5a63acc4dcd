"""Cuts the connection in the middle of an answer; an answer that ends well never comes here."""

from __future__ import annotations

from dubcheck.emulator.messages import Answer, Receive, Scope, Send

# Set by wire.py for every request; without it (another server) the answer just ends early.
CLOSE = "dubcheck.close"


async def hang_up(scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    """Send the ordered part of the answer, close the connection and wait until it is closed."""
    share = answer.hang_up_after or 0.0
    if share:
        await _send_part(send, answer, share)
    close = scope.get("extensions", {}).get(CLOSE)
    if close is not None:
        close()
        while (await receive())["type"] != "http.disconnect":
            pass


async def _send_part(send: Send, answer: Answer, share: float) -> None:
    whole = answer.body
    headers = answer.headers
    if answer.stream is not None:
        whole = b"".join([part async for part in answer.stream])
    else:
        headers = [*headers, (b"content-length", b"%d" % len(whole))]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    part = whole[: int(len(whole) * share)]
    await send({"type": "http.response.body", "body": part, "more_body": True})
