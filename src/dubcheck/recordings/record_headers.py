"""What the first line of a record must tell, so that it can be judged again."""

from __future__ import annotations

from typing import Any

from dubcheck.contract import APIS
from dubcheck.errors import RecordError

_TYPES: dict[str, tuple[type, ...]] = {
    "seed": (int,),
    "profile": (str,),
    "started_at": (int, float),
    "targets": (list,),
}
_LATEST_SECONDS = 1e11
_TARGET_TYPES: dict[str, type] = {"api": str, "kind": str, "base_url": str, "lacks": list}


def checked_targets(header: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The targets of a record.

    Raises: RecordError naming the file and what its header lacks.
    """
    for key, types in _TYPES.items():
        if not isinstance(header.get(key), types):
            raise RecordError(f"{name}: its header has no usable `{key}`")
    if not 0 <= header["started_at"] < _LATEST_SECONDS:
        raise RecordError(f"{name}: its header has no usable `started_at`")
    targets: list[Any] = header["targets"]
    for target in targets:
        if not isinstance(target, dict) or target.get("api") not in APIS:
            raise RecordError(f"{name}: its header names a target of no API that is known here")
        for key, kind in _TARGET_TYPES.items():
            if not isinstance(target.get(key), kind):
                raise RecordError(f"{name}: a target in its header has no usable `{key}`")
    return targets
