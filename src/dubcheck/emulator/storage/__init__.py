"""Presigned object storage in the manner of S3: the files, the links, the service."""

from __future__ import annotations

from dubcheck.emulator.storage.objects import Place, Storage, StoredObject

__all__ = ["Place", "Storage", "StoredObject"]
