"""The rule that reads the OpenAPI answer schemas; other promises have rules of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from dubcheck.contract import AnswerPlace, Contract, SchemaError
from dubcheck.exchange import MISSING, Exchange, value_at
from dubcheck.rules.outcome import Outcome, failed, passed


@dataclass(slots=True)
class SchemaRule:
    """Judges answers against the schemas of one contract."""

    contract: Contract
    _places: dict[str, list[tuple[AnswerPlace, str]]] = field(init=False)

    def __post_init__(self) -> None:
        self._places = defaultdict(list)
        for requirement in self.contract.requirements.values():
            for place in requirement.at:
                self._places[place.operation].append((place, requirement.id))

    def __call__(self, exchange: Exchange) -> Iterator[Outcome]:
        """One outcome per requirement whose place the answer has, or whose schema it breaks."""
        if exchange.response is None or exchange.answer is MISSING or not exchange.operation:
            return
        status = exchange.response.status
        errors = self.contract.schemas.errors(exchange.operation, status, exchange.answer)
        if errors is None:
            return
        places = [item for item in self._places[exchange.operation] if _concerns(item[0], status)]
        broken: dict[str, SchemaError] = {}
        for error in errors:
            identifier = _owner(places, error.pointer)
            if identifier is not None:
                broken.setdefault(identifier, error)
        for identifier, error in broken.items():
            yield _finding(identifier, error)
        for place, identifier in places:
            if identifier not in broken and _is_there(exchange.answer, place.pointer):
                yield passed(identifier)


def _finding(identifier: str, error: SchemaError) -> Outcome:
    where = "/" + "/".join(error.pointer)
    return failed(
        identifier, f"{where}: {error.message}", expected=error.expected, actual=error.actual
    )


def _concerns(place: AnswerPlace, status: int) -> bool:
    # A wrong success code is its own broken promise; the fields are judged all the same.
    return place.status == str(status) or place.status[0] == str(status)[0]


def _owner(places: list[tuple[AnswerPlace, str]], pointer: tuple[str, ...]) -> str | None:
    fitting = [
        (len(place.pointer), name) for place, name in places if _is_prefix(place.pointer, pointer)
    ]
    return max(fitting, default=(0, None), key=lambda item: item[0])[1]


def _is_prefix(pattern: tuple[str, ...], pointer: tuple[str, ...]) -> bool:
    return len(pattern) <= len(pointer) and all(
        part in ("*", actual) for part, actual in zip(pattern, pointer, strict=False)
    )


def _is_there(answer: object, pointer: tuple[str, ...]) -> bool:
    if "*" not in pointer:
        return value_at(answer, *pointer) is not MISSING
    star = pointer.index("*")
    items = value_at(answer, *pointer[:star])
    rest = pointer[star + 1 :]
    return isinstance(items, list) and any(_is_there(item, rest) for item in items)
