"""Fields, types, codes and statuses seen for the first time, or no longer seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dubcheck.diff.reports import WrittenReport
from dubcheck.diff.seen import SeenOperation

NULL = "null"


@dataclass(frozen=True, slots=True)
class Novelty:
    """One thing that only one of the reports saw.

    `kind` is operation, status, code, field, refusal field, type or refusal type (named
    `field: type`); `answers` is how often the operation was called in the report that lacks it.
    """

    api: str
    operation: str
    kind: str
    name: str
    appeared: bool
    answers: int


def novelties(
    before: WrittenReport, after: WrittenReport, apis: frozenset[str]
) -> Iterator[Novelty]:
    """Every such thing, by API and operation."""
    if before.sightings is None or after.sightings is None:
        return
    for api in sorted(apis):
        first, second = before.sightings.get(api, {}), after.sightings.get(api, {})
        for operation in sorted(first.keys() ^ second.keys()):
            yield Novelty(api, operation, "operation", operation, operation in second, 0)
        for operation in sorted(first.keys() & second.keys()):
            was, now = first[operation], second[operation]
            for appeared, told, other in ((True, now, was), (False, was, now)):
                for kind, name in _only_in(told, other):
                    yield Novelty(api, operation, kind, name, appeared, other.answers)


def _only_in(told: SeenOperation, other: SeenOperation) -> Iterator[tuple[str, str]]:
    yield from (("status", name) for name in told.statuses if name not in other.statuses)
    yield from (("code", name) for name in told.codes if name not in other.codes)
    for prefix, fields, others in (
        ("", told.fields, other.fields),
        ("refusal ", told.refusal_fields, other.refusal_fields),
    ):
        # A report without one such answer could not have seen the field.
        if others:
            yield from ((f"{prefix}field", name) for name in fields if name not in others)
            yield from ((f"{prefix}type", name) for name in _other_types(fields, others))


def _other_types(
    fields: Mapping[str, frozenset[str]], others: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Types that a field only has here; null is left out, as a fast service may skip it."""
    for name in fields.keys() & others.keys():
        there = others[name] - {NULL}
        if there:
            yield from (f"{name}: {item}" for item in sorted(fields[name] - there - {NULL}))
