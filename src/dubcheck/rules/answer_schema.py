"""The rule that reads the OpenAPI answer schemas; other promises have rules of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dubcheck.contract import AnswerPlace, Contract, SchemaError
from dubcheck.exchange import MISSING, Exchange, value_at
from dubcheck.rules.front_server import PROTOCOL_REFUSALS
from dubcheck.rules.outcome import Outcome, failed, passed


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that answers of one operation and status have, with the requirement it belongs to."""

    pointer: tuple[str, ...]
    kept: Outcome


class SchemaRule:
    """Judges answers against the schemas of one contract."""

    def __init__(self, contract: Contract):
        self._schemas = contract.schemas
        self._listed: dict[str, list[tuple[AnswerPlace, str]]] = defaultdict(list)
        self._places: dict[tuple[str, int], tuple[_Place, ...]] = {}
        for requirement in contract.requirements.values():
            for place in requirement.at:
                self._listed[place.operation].append((place, requirement.id))

    def __call__(self, exchange: Exchange) -> Iterator[Outcome]:
        """One outcome per requirement whose place the answer has, or whose schema it breaks."""
        response, operation = exchange.response, exchange.operation
        if response is None or not operation or response.status in PROTOCOL_REFUSALS:
            return
        answer = response.body.json
        if answer is MISSING:
            return
        errors = self._schemas.errors(operation, response.status, answer)
        if errors is None:
            return
        places = self._of(operation, response.status)
        broken: dict[str, SchemaError] = {}
        for error in errors:
            identifier = _owner(places, error.pointer)
            if identifier is not None:
                broken.setdefault(identifier, error)
        for identifier, error in broken.items():
            yield _finding(identifier, error)
        for place in places:
            if place.kept.requirement not in broken and _is_there(answer, place.pointer):
                yield place.kept

    def _of(self, operation: str, status: int) -> tuple[_Place, ...]:
        found = self._places.get((operation, status))
        if found is None:
            found = self._places[operation, status] = tuple(
                _Place(place.pointer, passed(identifier))
                for place, identifier in self._listed[operation]
                if _concerns(place, status)
            )
        return found


def _finding(identifier: str, error: SchemaError) -> Outcome:
    where = "/" + "/".join(error.pointer)
    return failed(
        identifier, f"{where}: {error.message}", expected=error.expected, actual=error.actual
    )


def _concerns(place: AnswerPlace, status: int) -> bool:
    if place.status == str(status):
        return True
    # A wrong success code is its own broken promise; the fields are judged all the same.
    is_of_all = place.status.endswith("XX") or place.status.startswith("2")
    return is_of_all and place.status[0] == str(status)[0]


def _owner(places: tuple[_Place, ...], pointer: tuple[str, ...]) -> str | None:
    fitting = [
        (len(place.pointer), place.kept.requirement)
        for place in places
        if _is_prefix(place.pointer, pointer)
    ]
    return max(fitting, default=(0, None), key=lambda item: item[0])[1]


def _is_prefix(pattern: tuple[str, ...], pointer: tuple[str, ...]) -> bool:
    return len(pattern) <= len(pointer) and all(
        part in ("*", actual) for part, actual in zip(pattern, pointer, strict=False)
    )


def _is_there(answer: object, pointer: tuple[str, ...]) -> bool:
    if len(pointer) == 1 and isinstance(answer, dict):
        return pointer[0] in answer
    if "*" not in pointer:
        return value_at(answer, *pointer) is not MISSING
    star = pointer.index("*")
    items = value_at(answer, *pointer[:star])
    rest = pointer[star + 1 :]
    return isinstance(items, list) and any(_is_there(item, rest) for item in items)
