"""Callbacks in a cassette: what the receiver was sent, redacted, and its delivery in a replay.

Signatures are verified while recording; the cassette holds the verdict, never the header.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from vcr.serializers import yamlserializer  # type: ignore[import-untyped]

from dubcheck.errors import RecordError
from dubcheck.exchange import Exchange, Redactor
from dubcheck.replay.tape import as_bytes
from dubcheck.targets.callbacks import CallbackRelay
from dubcheck.targets.listeners import Delivery, read_deliveries
from dubcheck.targets.recorded_moments import RECORDED, read_moment, write_moment
from dubcheck.targets.staging import Staged
from dubcheck.targets.witness import Sighting


class DeliveryLog:
    """The log of callbacks of a replay: a notice appears when the clock reaches its moment."""

    def __init__(self, log: Path, deliveries: Iterable[Delivery]):
        log.touch()
        self._log = log
        self._waiting = sorted(deliveries, key=lambda item: item.received_at)

    def advance_to(self, moment: float) -> None:
        """Delivers what came until then."""
        due = [item for item in self._waiting if item.received_at <= moment]
        self._waiting = self._waiting[len(due) :]
        with self._log.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(_line(item)) + "\n" for item in due)


def write_callbacks(
    staged: Staged, redactor: Redactor, label: Mapping[str, Any], path: Path
) -> int:
    """Writes what the receiver got as a cassette of VCR, and says how many there were."""
    seen = _Seen()
    CallbackRelay(staged, seen).show_new()  # type: ignore[arg-type] # only `see` is asked for
    deliveries = read_deliveries(staged.callback_log)
    interactions = [
        _interaction(delivery, sighting, redactor)
        for delivery, sighting in zip(deliveries, seen.sightings, strict=True)
    ]
    if interactions:
        document = {"version": 1, "interactions": interactions, "metadata": dict(label)}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yamlserializer.serialize(document), encoding="utf-8")
    return len(interactions)


def read_callbacks(path: Path, renames: Mapping[str, str]) -> list[Delivery]:
    """The deliveries of a cassette; none where there is no file.

    Raises: RecordError where the file is no cassette.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8")
        for old, new in renames.items():
            text = text.replace(old, new)
        return [_delivery(item) for item in yamlserializer.deserialize(text)["interactions"]]
    except (ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise RecordError(f"{path}: is no cassette of callbacks ({error})") from error


class _Seen:
    """Stands in for the witness, to learn what it would be shown."""

    def __init__(self) -> None:
        self.sightings: list[Sighting] = []

    def see(self, sighting: Sighting) -> Exchange | None:
        """Keeps it."""
        self.sightings.append(sighting)
        return None


def _interaction(delivery: Delivery, sighting: Sighting, redactor: Redactor) -> dict[str, Any]:
    headers = redactor.headers(sighting.request_headers)
    moment = write_moment(delivery.received_at, 0.0)
    return {
        "request": {
            "method": delivery.method,
            "uri": redactor.text(sighting.url),
            "body": redactor.content(delivery.body).decode("utf-8", "replace"),
            "headers": {name: [value] for name, value in sorted(headers.items())},
        },
        "response": {
            "status": {"code": 200, "message": "OK"},
            "headers": {RECORDED: [moment]},
            "body": {"string": ""},
        },
    }


def _delivery(item: dict[str, Any]) -> Delivery:
    request = item["request"]
    moment = read_moment({RECORDED: item["response"]["headers"][RECORDED][0]})
    path = "/" + request["uri"].split("://", 1)[-1].partition("/")[2]
    return Delivery(
        method=request["method"],
        path=path,
        headers={name: values[0] for name, values in request["headers"].items()},
        body=as_bytes(request["body"]),
        received_at=moment[0] if moment else 0.0,
    )


def _line(delivery: Delivery) -> dict[str, Any]:
    return {
        "method": delivery.method,
        "path": delivery.path,
        "headers": delivery.headers,
        "body": base64.b64encode(delivery.body).decode("ascii"),
        "received_at": delivery.received_at,
    }
