"""The stored files and the links that lead to them; checking a link is verification.py's part."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import count
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.storage.folders import TemporaryFolder
from dubcheck.emulator.storage.signing import Credentials, Signable, presign
from dubcheck.emulator.store import Resource, Shelf, Store

BUCKETS = ("pinch-dubbing", "panjaya-assets")


class Place(Resource, frozen=True, kw_only=True, gc=False):
    """A path to which its owner was given an upload link; `identifier` is the path."""

    filename: str = ""


class StoredObject(Resource, frozen=True, kw_only=True, gc=False):
    """One complete object. `identifier` is its path, `/bucket/folder/name`."""

    file_name: str
    content_type: str
    size_bytes: int
    etag: str
    modified_at: float


class Storage:
    """Files under `/bucket/folder/name` paths, and presigned links to them.

    Files live in a temporary folder, or beside the state file if there is one.
    """

    def __init__(
        self, store: Store, clock: Clock, credentials: Credentials, state: Path | None
    ) -> None:
        self.objects: Shelf[StoredObject] = store.shelf("objects", StoredObject)
        self.places: Shelf[Place] = store.shelf("places", Place)
        self.credentials = credentials
        self._clock = clock
        self._origins: set[str] = set()
        self._file_numbers = count()
        self._temporary = TemporaryFolder() if state is None else None
        if self._temporary is not None:
            self.folder = self._temporary.path
        elif state is not None:
            self.folder = state.with_name(f"{state.name}.objects")
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()

    def close(self) -> None:
        """Delete the temporary folder."""
        if self._temporary is not None:
            self._temporary.delete()

    def sign_put(self, place: Place, origin: str, content_type: str, expires_seconds: int) -> str:
        """URL that takes a PUT of `content_type` to the place, for its owner."""
        path = place.identifier
        self.places.put(place)
        self._origins.add(origin)
        headers = (("content-type", content_type), ("host", urlsplit(origin).netloc))
        wanted = Signable("PUT", path, (), headers)
        query = presign(self.credentials, wanted, self._clock.now(), expires_seconds)
        return f"{origin}{quote(path)}?{query}"

    def sign_get(self, origin: str, path: str, signed_at: float, expires_seconds: int) -> str:
        """URL that reads `path` until it expires; the same arguments give the same URL."""
        return _signed_get(self.credentials, origin, path, int(signed_at), expires_seconds)

    def own_path(self, url: str, origin: str) -> str | None:
        """The object's path if `url` points into this storage, else None.

        The storage is known by `origin`, under which the caller reached it, and by every origin
        for which it gave out an upload link.
        """
        base, path = _divide(url)
        if base != origin and base not in self._origins:
            return None
        return path if path.split("/")[1] in BUCKETS else None

    def open(self, path: str, owner: str) -> Path | None:
        """File of the owner's object at `path`; None if nothing of theirs was stored there."""
        stored = self.objects.get(owner, path)
        return self.file(stored) if stored is not None else None

    def file(self, stored: StoredObject) -> Path:
        """Where the object's bytes lie."""
        return self.folder / stored.file_name

    def new_file(self, suffix: str = "") -> Path:
        """A free name in the storage's folder, for bytes still to come; `keep` takes it over."""
        return self.folder / f"incoming-{next(self._file_numbers)}{suffix}"

    def keep(
        self, owner: str, path: str, file: Path, content_type: str, etag: str = ""
    ) -> StoredObject:
        """Make a complete file visible as the object at `path`; the file is moved."""
        name = hashlib.sha256(path.encode()).hexdigest()[:32] + Path(path).suffix
        size_bytes = file.stat().st_size
        file.replace(self.folder / name)
        stored = StoredObject(
            identifier=path,
            owner=owner,
            file_name=name,
            content_type=content_type,
            size_bytes=size_bytes,
            etag=etag or f'"{hashlib.sha256(f"{path} {size_bytes}".encode()).hexdigest()[:32]}-1"',
            modified_at=self._clock.now(),
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
        """Delete every object and upload link of one account, or of all."""
        for stored in self.objects.every(owner):
            self.file(stored).unlink(missing_ok=True)
        self.objects.clear(owner)
        self.places.clear(owner)

    def _sweep(self) -> None:
        """Delete what a killed process left half received."""
        for file in self.folder.glob("incoming-*"):
            file.unlink(missing_ok=True)


@lru_cache(maxsize=1024)
def _divide(url: str) -> tuple[str, str]:
    """Origin and decoded path; the path always begins with a slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "/"
    return f"{parts.scheme}://{parts.netloc}", unquote(parts.path) or "/"


@lru_cache(maxsize=4096)
def _signed_get(
    credentials: Credentials, origin: str, path: str, signed_at: int, expires_seconds: int
) -> str:
    wanted = Signable("GET", path, (), (("host", urlsplit(origin).netloc),))
    return f"{origin}{quote(path)}?{presign(credentials, wanted, signed_at, expires_seconds)}"
