"""The stored files, and the links that lead to them; checking a link is verification.py's part."""

from __future__ import annotations

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.storage.signing import Credentials, Signable, presign
from dubcheck.emulator.store import Resource, Shelf, Store

BUCKETS = ("pinch-dubbing", "panjaya-assets")


class StoredObject(Resource, frozen=True, kw_only=True, gc=False):
    """One complete object. `identifier` is its path, `/bucket/key`."""

    file_name: str
    content_type: str
    size_bytes: int
    etag: str
    modified_at: float


class Storage:
    """Files under `/bucket/key` paths, and presigned links to them.

    Files live in a temporary folder, or beside the state file if there is one.
    """

    def __init__(self, store: Store, clock: Clock, credentials: Credentials, state: Path | None):
        self.objects: Shelf[StoredObject] = store.shelf("objects", StoredObject)
        self.credentials = credentials
        self.clock = clock
        self._is_temporary = state is None
        if state is None:
            self.folder = Path(tempfile.mkdtemp(prefix="dubcheck-storage-"))
        else:
            self.folder = state.with_name(f"{state.name}.objects")
            self.folder.mkdir(parents=True, exist_ok=True)

    def close(self) -> None:
        """Delete the temporary folder."""
        if self._is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def sign_put(self, origin: str, path: str, content_type: str, expires_seconds: int) -> str:
        """URL that takes one PUT of `content_type` to `path` ("/bucket/key") at `origin`."""
        headers = (("content-type", content_type), ("host", urlsplit(origin).netloc))
        wanted = Signable("PUT", path, (), headers)
        query = presign(self.credentials, wanted, self.clock.now(), expires_seconds)
        return f"{origin}{quote(path)}?{query}"

    def sign_get(self, origin: str, path: str, signed_at: float, expires_seconds: int) -> str:
        """URL that reads `path` until it expires; the same arguments give the same URL."""
        return _signed_get(self.credentials, origin, path, int(signed_at), expires_seconds)

    def own_path(self, url: str, origin: str) -> str | None:
        """The object's path if `url` points into this storage as reached at `origin`, else None."""
        if not url.startswith(f"{origin}/"):
            return None
        path = urlsplit(url).path
        return path if path.split("/")[1] in BUCKETS else None

    def file(self, stored: StoredObject) -> Path:
        """Where the object's bytes lie."""
        return self.folder / stored.file_name

    def new_file(self, path: str) -> Path:
        """A place for the bytes of `path`; `keep` makes them visible."""
        return self.folder / quote(path.strip("/"), safe="")

    def keep(self, owner: str, path: str, file: Path, content_type: str, etag: str) -> StoredObject:
        """Make a complete file in `folder` visible as the object at `path`."""
        stored = StoredObject(
            identifier=path,
            owner=owner,
            file_name=file.name,
            content_type=content_type,
            size_bytes=file.stat().st_size,
            etag=etag,
            modified_at=self.clock.now(),
        )
        self.objects.put(stored)
        return stored

    def remove(self, path: str) -> None:
        """Delete one object; links to it are dead from now on (S3: NoSuchKey)."""
        stored = self.objects.find(path)
        if stored is not None:
            self.objects.drop(stored)
            self.file(stored).unlink(missing_ok=True)

    def reset(self, owner: str | None) -> None:
        """Delete every object of one account, or of all."""
        for stored in self.objects.every(owner):
            self.file(stored).unlink(missing_ok=True)
        self.objects.clear(owner)


@lru_cache(maxsize=4096)
def _signed_get(
    credentials: Credentials, origin: str, path: str, signed_at: int, expires_seconds: int
) -> str:
    wanted = Signable("GET", path, (), (("host", urlsplit(origin).netloc),))
    return f"{origin}{quote(path)}?{presign(credentials, wanted, signed_at, expires_seconds)}"
