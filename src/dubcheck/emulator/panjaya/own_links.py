"""Links into the emulator's own storage, read without a request to itself but by the same rules."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dubcheck.emulator.fetching import DownloadFailed
from dubcheck.emulator.messages import Request
from dubcheck.emulator.storage.refusals import StorageRefusal
from dubcheck.emulator.storage.verification import verify
from dubcheck.emulator.workspace import Workspace


def open_own_link(workspace: Workspace, url: str) -> Path:
    """The file behind a presigned GET link of this storage.

    Raises: DownloadFailed for what storage would refuse: no or a wrong signature, an expired link.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    scope = {
        "method": "GET",
        "path": path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", parts.netloc.encode())],
    }
    try:
        verify(Request(scope, _no_body), workspace.storage.credentials, workspace.clock.now())
    except StorageRefusal as refusal:
        raise DownloadFailed(f"storage answers {refusal.status} {refusal.code}") from refusal
    stored = workspace.storage.objects.find(path)
    if stored is None:
        raise DownloadFailed("storage answers 404 NoSuchKey")
    return workspace.storage.file(stored)


async def _no_body() -> MutableMapping[str, Any]:
    return {"type": "http.request"}
