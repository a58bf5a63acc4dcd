"""Downloads over loopback: bounds, redirects, and the address that is really connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dubcheck.emulator.fetching import (
    AddressRefused,
    DownloadFailed,
    DownloadLimits,
    InvalidUrl,
    PublicAddressGuard,
    TooLarge,
    download,
)

CONTENT = b"media" * 20_000
LIMITS = DownloadLimits(size_bytes=len(CONTENT), total_seconds=5, redirects=2)


class Origin:
    """A web server on loopback whose every answer is fixed by the path; keeps what was asked."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.requests: list[bytes] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and hang up."""
        head = await reader.readuntil(b"\r\n\r\n")
        self.requests.append(head)
        writer.write(self._content(head.split(b" ")[1].decode()))
        if b"/silent" in head:
            await reader.read()
        writer.close()

    def _content(self, path: str) -> bytes:
        answers = {
            "/whole": _answer("200 OK", CONTENT),
            "/signed?a=%2F%20b": _answer("200 OK", b"signed"),
            "/unannounced": b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + CONTENT + b"+",
            "/cut": _answer("200 OK", CONTENT)[:-1],
            "/missing": _answer("404 Not Found", b""),
            "/partial": _answer("206 Partial Content", b"part"),
            "/nonsense": b"HELLO\r\n\r\n",
            "/silent": b"",
            "/to-whole": _redirect("/whole"),
            "/to-private": _redirect("http://10.0.0.1/secret"),
            "/to-file": _redirect("file:///etc/passwd"),
            "/to-other-port": _redirect("http://127.0.0.1:1/"),
            "/round": _redirect("/round"),
        }
        return answers[path]


def _answer(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


def _redirect(target: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n".encode()


def fetch(origin: Origin, url: str, path: Path, **changes):
    """Run the origin and download `url` from it, allowing its own origin alone."""

    async def run():
        async with await asyncio.start_server(origin.answer, sock=origin.socket):
            return await download(
                url,
                path,
                limits=changes.get("limits", LIMITS),
                guard=changes.get("guard", PublicAddressGuard([origin.url])),
            )

    return asyncio.run(run())


@pytest.fixture
def origin() -> Origin:
    """A fresh web server."""
    return Origin()


@pytest.mark.parametrize("path", ["/whole", "/to-whole"])
def test_download_writes_the_whole_file(origin, tmp_path, path):
    """A file of exactly the limit arrives byte for byte, directly or after a redirect."""
    downloaded = fetch(origin, origin.url + path, tmp_path / "file")

    assert downloaded.size_bytes == len(CONTENT)
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_download_keeps_the_encoding_of_a_signed_url(origin, tmp_path):
    """Path and query go on the wire as they were written, so that signatures stay valid."""
    fetch(origin, origin.url + "/signed?a=%2F%20b", tmp_path / "file")

    assert origin.requests[0].startswith(b"GET /signed?a=%2F%20b HTTP/1.1")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        pytest.param("/missing", DownloadFailed, id="status-404"),
        pytest.param("/partial", DownloadFailed, id="status-206"),
        pytest.param("/cut", DownloadFailed, id="one-byte-short"),
        pytest.param("/nonsense", DownloadFailed, id="not-http"),
        pytest.param("/round", DownloadFailed, id="endless-redirects"),
        pytest.param("/unannounced", TooLarge, id="one-byte-over"),
        pytest.param("/to-private", AddressRefused, id="redirect-into-private"),
        pytest.param("/to-other-port", AddressRefused, id="redirect-to-another-loopback-port"),
        pytest.param("/to-file", InvalidUrl, id="redirect-to-file"),
    ],
)
def test_download_leaves_nothing_of_a_failure(origin, tmp_path, path, refusal):
    """A transfer that fails raises the reason and leaves no file."""
    with pytest.raises(refusal):
        fetch(origin, origin.url + path, tmp_path / "file")

    assert list(tmp_path.iterdir()) == []


def test_download_refuses_an_announced_size_over_the_limit(origin, tmp_path):
    """An announced length over the limit is refused before a byte of it is read."""
    with pytest.raises(TooLarge):
        fetch(origin, origin.url + "/whole", tmp_path / "file", limits=DownloadLimits(10))


def test_download_gives_up_after_its_time(origin, tmp_path):
    """A server that never answers costs no more than the total time."""
    limits = DownloadLimits(10, total_seconds=0.05)

    with pytest.raises(DownloadFailed):
        fetch(origin, origin.url + "/silent", tmp_path / "file", limits=limits)


def test_download_connects_to_the_checked_address(origin, tmp_path):
    """The connection goes to the address that was checked, under the name of the URL."""
    port = origin.socket.getsockname()[1]
    url = f"http://media.example.com:{port}"

    fetch(origin, f"{url}/whole", tmp_path / "file", guard=guard_of(url, ["127.0.0.1"]))

    assert f"host: media.example.com:{port}".encode() in origin.requests[0].lower()


def test_download_tries_the_next_address(origin, tmp_path):
    """An address that refuses the connection gives way to the next one of the name."""
    port = origin.socket.getsockname()[1]
    url = f"http://media.example.com:{port}"

    fetch(
        origin, f"{url}/whole", tmp_path / "file", guard=guard_of(url, ["127.0.0.2", "127.0.0.1"])
    )

    assert len(origin.requests) == 1


def test_download_fails_when_nobody_listens(origin, tmp_path):
    """A refused connection is a failed download."""
    origin.socket.close()

    with pytest.raises(DownloadFailed):
        asyncio.run(
            download(
                origin.url,
                tmp_path / "file",
                limits=LIMITS,
                guard=PublicAddressGuard([origin.url]),
            )
        )


def guard_of(origin: str, addresses: Sequence[str]) -> PublicAddressGuard:
    """A guard that allows one origin by name and resolves it to the given addresses."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        return addresses

    resolver: Callable = resolve
    return PublicAddressGuard([origin], resolver)
