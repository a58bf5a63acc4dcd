"""Variations of Pinch's links: where storage is, how long links live; as acts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply

_ISO = "%Y-%m-%dT%H:%M:%SZ"
_PREFIX = "/other.store-1"
# The names of link and expiry in the answers of each operation.
_LINKS = {
    "getJob": ("output_url", "output_expires_at"),
    "getJobResult": ("download_url", "expires_at"),
}
_NOWHERE = "storage.dubcheck.invalid"
_URLS = ("upload_url", "source_url", "output_url", "download_url")


def lives_until(moment: Callable[[dict[str, Any], datetime], datetime]) -> Act:
    """Links that end when `moment` says, given the answer and when the link was signed.

    The signature of what is handed out is no longer storage's own, so each link is remembered.
    """

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.path.startswith("/pinch-dubbing/results/"):
            original = memory.kept.get(_key(call.path, call.query), call.query)
            return await following(replace(call, query=original))
        reply = await following(call)
        answer = reply.document
        names = _LINKS.get(call.operation or "")
        if names is None or not reply.succeeded or not isinstance(answer.get(names[0]), str):
            return reply
        url = urlsplit(answer[names[0]])
        values = dict(parse_qsl(url.query))
        signed = datetime.strptime(values["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        end = moment(answer, signed)
        values["X-Amz-Expires"] = str(int((end - signed).total_seconds()))
        query = urlencode(values)
        memory.kept[_key(url.path, query)] = url.query
        changed = {names[0]: url._replace(query=query).geturl(), names[1]: end.strftime(_ISO)}
        return reply.with_document(answer | changed)

    return act


def _key(path: str, query: str) -> str:
    return f"{path} {sorted(parse_qsl(query))}"


def after_creation(hours: float) -> Callable[[dict[str, Any], datetime], datetime]:
    """So long after the job was created; of what does not show that, after it was signed."""

    def moment(answer: dict[str, Any], signed: datetime) -> datetime:
        created = answer.get("created_at")
        start = datetime.fromisoformat(created) if created else signed
        return start + timedelta(hours=hours)

    return moment


async def signed_with_each_answer(call: Call, following: Next, memory: Memory) -> Reply:
    """The link of a job is the one that its result would give now."""
    reply = await following(call)
    if call.operation != "getJob" or not reply.succeeded or not reply.document["output_url"]:
        return reply
    path = f"{call.path.rstrip('/')}/result"
    fresh = (await following(replace(call, path=path, operation="getJobResult"))).document
    link = {"output_url": fresh["download_url"], "output_expires_at": fresh["expires_at"]}
    return reply.with_document(reply.document | link)


@dataclass(slots=True)
class _Elsewhere:
    """Storage under another host, port and path, which a second listener passes on."""

    origin: str
    inner_host: str

    def shown(self, url: str) -> str:
        return url.replace(f"http://{self.inner_host}/", f"{self.origin}{_PREFIX}/", 1)

    def meant(self, url: str) -> str:
        return url.replace(f"{self.origin}{_PREFIX}/", f"http://{self.inner_host}/", 1)


async def storage_elsewhere(call: Call, following: Next, memory: Memory) -> Reply:
    """Uploads and downloads under another name and port than the API's."""
    place = memory.kept.get("place")
    if place is None:
        place = memory.kept["place"] = await _open(call.header("host") or "", memory)
    if call.path.startswith(_PREFIX):
        inner = replace(call, path=call.path.removeprefix(_PREFIX))
        return await following(inner.with_header("host", place.inner_host))
    document = call.document
    if call.operation == "createJob" and isinstance(document, dict):
        url = document.get("source_url")
        if isinstance(url, str) and place.meant(url) != url:
            call = call.with_document({**document, "source_url": place.meant(url)})
    reply = await following(call)
    answer = reply.document
    if call.operation is None or not isinstance(answer, dict):
        return reply
    shown = {key: place.shown(answer[key]) for key in _URLS if isinstance(answer.get(key), str)}
    return reply.with_document(answer | shown) if shown else reply


async def _open(host: str, memory: Memory) -> _Elsewhere:
    port = int(host.rpartition(":")[2])

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pump(reader, back), _pump(there, writer))

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    memory.kept["server"] = server
    return _Elsewhere(f"http://localhost:{server.sockets[0].getsockname()[1]}", host)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(65_536):
            sink.write(piece)
            await sink.drain()
    except ConnectionError:
        pass  # one side hung up: so does the other
    finally:
        sink.close()


async def storage_out_of_reach(call: Call, following: Next, _: Memory) -> Reply:
    """Uploads and downloads at a host whose name is not known where the caller is."""
    reply = await following(call)
    answer = reply.document
    if call.operation is None or not isinstance(answer, dict):
        return reply
    shown = {
        key: urlsplit(answer[key])._replace(scheme="https", netloc=_NOWHERE).geturl()
        for key in _URLS
        if key != "source_url" and isinstance(answer.get(key), str)
    }
    return reply.with_document(answer | shown) if shown else reply


async def other_storage(call: Call, following: Next, memory: Memory) -> Reply:
    """PUT answers 204, downloads come whole and without ETag, whatever part was asked for."""
    if not call.path.startswith("/pinch-dubbing/"):
        return await following(call)
    call = replace(call, headers=tuple(item for item in call.headers if item[0] != "range"))
    reply = await following(call)
    dropped = ("etag", "accept-ranges", "x-amz-request-id")
    headers = tuple(item for item in reply.headers if item[0] not in dropped)
    status = 204 if call.method == "PUT" and reply.succeeded else reply.status
    return Reply(status, headers, reply.body)
