"""The callback receiver and the media server, over real connections."""

import ssl
from pathlib import Path

import httpx
import pytest
import trustme

from dubcheck.errors import UsageError
from dubcheck.targets.listeners import (
    CallbackReceiver,
    MediaServer,
    bare_path,
    guarded_path,
    moved_path,
    read_deliveries,
)

ANYWHERE = ("127.0.0.1", 0)


def test_receiver_keeps_the_raw_bytes(tmp_path: Path) -> None:
    """A delivery is kept byte for byte with its headers, since a signature covers the bytes."""
    log = tmp_path / "callbacks.jsonl"
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    receiver = CallbackReceiver(ANYWHERE, log, context)

    url = f"https://127.0.0.1:{receiver.port}/hook/a"
    with httpx.Client(verify=trusting, trust_env=False) as client:
        answer = client.post(url, content=b'{"a":\t1}\xff', headers={"X-Signature": "00"})
    receiver.stop()

    (delivery,) = read_deliveries(log)
    assert answer.status_code == 200
    assert (delivery.path, delivery.body) == ("/hook/a", b'{"a":\t1}\xff')
    assert delivery.headers["x-signature"] == "00"


def test_receiver_reads_what_comes_in_chunks(tmp_path: Path) -> None:
    """A body without its length is kept without its framing, and so is what follows it."""
    log = tmp_path / "callbacks.jsonl"
    receiver = CallbackReceiver(ANYWHERE, log)

    url = f"http://127.0.0.1:{receiver.port}/hook"
    with httpx.Client(trust_env=False) as client:
        client.post(url, content=iter([b'{"a"', b": 1}"]))
        client.post(url, content=b"{}")
    receiver.stop()

    assert [delivery.body for delivery in read_deliveries(log)] == [b'{"a": 1}', b"{}"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_receiver_keeps_no_look_at_its_address(method: str, tmp_path: Path) -> None:
    """Who asks whether somebody is there is answered 200, and sends no notice by that."""
    log = tmp_path / "callbacks.jsonl"
    receiver = CallbackReceiver(ANYWHERE, log)

    url = f"http://127.0.0.1:{receiver.port}/hook"
    with httpx.Client(trust_env=False) as client:
        answer = client.request(method, url)
    receiver.stop()

    assert (answer.status_code, read_deliveries(log)) == (200, ())


def test_media_server_serves_its_folder_only(tmp_path: Path) -> None:
    """A file is served by its name; there is no listing and no way out of the folder."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "clip.wav").write_bytes(b"sound")
    (tmp_path / "secret").write_bytes(b"secret")
    server = MediaServer(ANYWHERE, tmp_path / "media")
    place = f"http://127.0.0.1:{server.port}"

    with httpx.Client(trust_env=False) as client:
        paths = ("/clip.wav?token=1", "/", "/../secret", "/%2e%2e/secret")
        answers = [client.get(place + path) for path in paths]
    server.stop()

    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]
    assert answers[0].content == b"sound"


def test_media_server_asks_for_the_query_and_redirects(tmp_path: Path) -> None:
    """A guarded file needs its whole query, and a moved one is found by following the redirect."""
    (tmp_path / "clip.wav").write_bytes(b"sound")
    server = MediaServer(ANYWHERE, tmp_path)
    place = f"http://127.0.0.1:{server.port}"

    with httpx.Client(trust_env=False, follow_redirects=True) as client:
        whole = client.get(place + guarded_path("clip.wav"))
        without = client.get(place + guarded_path("clip.wav").partition("?")[0])
        moved = client.get(place + moved_path("clip.wav"))
    server.stop()

    assert (whole.content, without.status_code) == (b"sound", 403)
    assert (moved.content, len(moved.history)) == (b"sound", 1)


def test_media_server_serves_files_without_their_extension(tmp_path: Path) -> None:
    """A bare name leads to the file, with its type; one that nobody has leads nowhere."""
    (tmp_path / "clip.wav").write_bytes(b"sound")
    server = MediaServer(ANYWHERE, tmp_path)
    place = f"http://127.0.0.1:{server.port}"

    with httpx.Client(trust_env=False) as client:
        found = client.get(place + bare_path("clip.wav"))
        nothing = client.get(place + bare_path("other.wav"))
    server.stop()

    assert (found.content, found.headers["content-type"]) == (b"sound", "audio/x-wav")
    assert nothing.status_code == 404


def test_taken_port_is_named(tmp_path: Path) -> None:
    """A port that is in use is wrong usage, told with its option."""
    first = MediaServer(ANYWHERE, tmp_path)

    with pytest.raises(UsageError, match="--media-listen 127.0.0.1:"):
        MediaServer(("127.0.0.1", first.port), tmp_path)
    first.stop()
