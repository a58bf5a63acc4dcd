"""What dubcheck's own cassettes say beyond those of others: whose key, when, from where, and bodies
that lie beside them, named by their SHA-256.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dubcheck.exchange import Body, Credential

CREDENTIAL = "x-dubcheck-credential"
RECORDED = "x-dubcheck-recorded"
_MEDIA = "media"
_FOLDERS_UP = 6
_REFERENCE = re.compile(rb"dubcheck-media sha256=([0-9a-f]{64}) bytes=([0-9]{1,15})")


def credential_of(headers: Mapping[str, str]) -> Credential:
    """Which key a request carried, if the recording tells."""
    try:
        return Credential(headers.get(CREDENTIAL, Credential.UNKNOWN.value))
    except ValueError:
        return Credential.UNKNOWN


def recorded_moment(headers: Mapping[str, str]) -> tuple[float, float] | None:
    """When an exchange began, in UNIX seconds, and for how long it lasted."""
    words = headers.get(RECORDED, "").split()
    if len(words) != 2 or not all(re.fullmatch(r"\d{1,10}(\.\d+)?", word) for word in words):
        return None
    return float(words[0]), float(words[1])


def shelved(content: bytes | None) -> Body | None:
    """The body that a reference stands for, without its content; None where this is none."""
    found = _REFERENCE.fullmatch(content) if content and len(content) < 200 else None
    return Body(None, int(found[2]), found[1].decode()) if found else None


def unshelved(content: bytes | None, name: str) -> bytes | None:
    """The content that a reference in a cassette stands for, if it lies beside; else as it is."""
    found = shelved(content)
    if found is None:
        return content
    for folder in list(Path(name).absolute().parents)[:_FOLDERS_UP]:
        path = folder / _MEDIA / found.sha256
        if path.is_file():
            return path.read_bytes()
    return content


def source_of(document: Any) -> tuple[str, str] | None:
    """What a cassette was recorded from (emulator or live) and its base URL, if it says so."""
    told = document.get("metadata") if isinstance(document, dict) else None
    if not isinstance(told, dict):
        return None
    source, url = told.get("recorded_from"), told.get("base_url")
    return (source, url) if isinstance(source, str) and isinstance(url, str) else None
