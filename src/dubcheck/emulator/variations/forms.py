"""Variations in how JSON is written: fields, numbers, timestamps, ids. HTTP is in transport.py."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from dubcheck.emulator.defects.interception import Act, Call, Memory, Next, Reply
from dubcheck.emulator.identifiers import Identifiers
from dubcheck.emulator.variations.changes import deeply, everywhere
from dubcheck.emulator.variations.variation import Variation, readings
from dubcheck.emulator.workspace import Workspace

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ISO = "Both documents show times in ISO 8601 with Z and rule out no other form of it."
_SILENT_IDS = "Ids are called unique and shown by examples; no form is promised."


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return value


def _with_extras(value: Any) -> Any:
    return {**value, "x_extra": {"nested": [1]}, "meta": None} if isinstance(value, dict) else value


def _as_floats(value: Any) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole else value


def _timestamps(form: Callable[[datetime], str]) -> Act:
    def change(value: Any) -> Any:
        if isinstance(value, str) and _TIMESTAMP.fullmatch(value):
            return form(datetime.fromisoformat(value))
        return value

    return everywhere(deeply(change))


def _in_zone(at: datetime, hours: float) -> str:
    return at.astimezone(timezone(timedelta(hours=hours))).isoformat()


async def _at_leisure(call: Call, following: Next, _: Memory) -> Reply:
    reply = await following(call)
    if call.operation is None or reply.document is None:
        return reply
    turned = deeply(lambda value: dict(reversed(value.items())) if _is_object(value) else value)
    text = json.dumps(turned(reply.document), indent=3, ensure_ascii=True)
    return Reply(reply.status, reply.headers, f"\n {_escaped(text)}\n\n".encode())


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _escaped(text: str) -> str:
    """Slashes escaped as some encoders do, which changes no value."""
    return text.replace("/", "\\/")


class _Slugs(Identifiers):
    """Long ids with the punctuation that a path takes as it is."""

    def hexadecimal(self, length: int) -> str:
        if length not in (8, 24):
            return super().hexadecimal(length)
        return f"quiet-Otter.v2~{super().hexadecimal(120)}"


class _Numbers(Identifiers):
    """Whole numbers as text, of different lengths."""

    def hexadecimal(self, length: int) -> str:
        if length not in (8, 24):
            return super().hexadecimal(length)
        return str(int(super().hexadecimal(12), 16))


async def _numbers_alone(call: Call, following: Next, _: Memory) -> Reply:
    """An id of another form is refused for that, as frameworks do, before it is looked for."""
    reply = await following(call)
    is_unknown = reply.status == 404 and call.operation and call.path.startswith("/v1/")
    if not is_unknown or call.operation == "listAssets" or call.id.isdigit():
        return reply
    detail = [{"loc": ["path"], "msg": "Input should be a valid integer", "type": "int_parsing"}]
    return reply.with_document({"detail": detail}, status=422)


def _ids(kind: type[Identifiers]) -> Callable[[Workspace], None]:
    def arrange(workspace: Workspace) -> None:
        workspace.identifiers = kind(workspace.settings.seed)

    return arrange


FORMS: dict[str, Variation] = {
    "absent-for-null": Variation(
        "Leaves out every field that would be null.",
        "Panjaya's duration may be null, and its example right after creation has none; Pinch"
        " types fields as null and leaves them out of its short sample.",
        everywhere(deeply(_without_nulls)),
        (
            *readings("pinch.answers", null_or_absent="absent"),
            *readings("pinch.get-job", duration_before_known="absent"),
            *readings("pinch.get-job", cost_before_completion="absent"),
            *readings("panjaya.answers", null_or_absent="absent"),
            *readings("panjaya.revise-version", studio_url_without_request="absent"),
        ),
    ),
    "extra-fields": Variation(
        "Adds fields to every object, nested ones and errors included.",
        "No answer is said to hold nothing else; the vendor's clients meet more (FACTS B22).",
        everywhere(deeply(_with_extras)),
    ),
    "numbers-as-floats": Variation(
        "Writes whole numbers with a fraction of zero: prices, limits, counts, percentages.",
        "The tables type them as number, which JSON writes either way.",
        everywhere(deeply(_as_floats)),
        readings("pinch.answers", whole_numbers="with-fraction"),
    ),
    "timestamps-with-fraction": Variation(
        "Writes six digits of a second.",
        _ISO,
        _timestamps(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.000000Z")),
        (
            *readings("pinch.answers", timestamp_fraction="fractional-seconds"),
            *readings("panjaya.answers", fraction_form="yes"),
        ),
    ),
    "timestamps-with-offset": Variation(
        "Writes times of a zone two hours east.",
        _ISO,
        _timestamps(lambda at: _in_zone(at, 2)),
        (
            *readings("pinch.answers", timestamp_zone="offset"),
            *readings("panjaya.answers", time_zone_form="offset"),
        ),
    ),
    "timestamps-with-nanoseconds": Variation(
        "Writes nine digits of a second, in a zone five and a half hours west.",
        _ISO,
        _timestamps(lambda at: _in_zone(at, -5.5).replace("-05:30", ".000000000-05:30")),
    ),
    "timestamps-without-zone": Variation(
        "Writes times of UTC without saying so.",
        _ISO,
        _timestamps(lambda at: at.replace(tzinfo=None).isoformat()),
        (
            *readings("pinch.answers", timestamp_zone="none"),
            *readings("panjaya.answers", time_zone_form="none"),
        ),
    ),
    "json-at-leisure": Variation(
        "Writes JSON with white space, escapes, and the keys of each object in reverse.",
        "JSON gives none of them a meaning.",
        _at_leisure,
    ),
    "ids-as-slugs": Variation(
        "Gives ids of 135 characters with capitals, dots, hyphens and tildes.",
        _SILENT_IDS,
        shows=readings("panjaya.answers", id_form="other"),
        arrange=_ids(_Slugs),
    ),
    "ids-as-numbers": Variation(
        "Gives ids that are whole numbers as text; Panjaya's 422 meets whatever is no number.",
        _SILENT_IDS,
        _numbers_alone,
        (
            *readings("panjaya.answers", id_form="other"),
            *readings("panjaya.get-asset", malformed_asset_id_status="status-422"),
        ),
        arrange=_ids(_Numbers),
    ),
}
