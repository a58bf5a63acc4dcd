"""The rules that exist, by what they look at: one exchange, or the trace of one resource.

A rule is a pure function that yields outcomes. It sends nothing and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from dubcheck.exchange import Exchange, Trace
from dubcheck.rules.outcome import Outcome

ExchangeRule = Callable[[Exchange], Iterable[Outcome]]
TraceRule = Callable[[Trace], Iterable[Outcome]]
RunRule = Callable[[tuple[Exchange, ...]], Iterable[Outcome]]

Predicate = Callable[[Exchange], bool]

AnyRule = TypeVar("AnyRule", bound=Callable[..., Iterable[Outcome]])


@dataclass(frozen=True, slots=True)
class Registered:
    """One rule with what it judges, and whether a part of a run shows it enough."""

    function: Callable[..., Iterable[Outcome]]
    requirements: frozenset[str]
    looks_at_parts: bool = True


EXCHANGE_RULES: dict[tuple[str, str], list[Registered]] = {}
TRACE_RULES: dict[tuple[str, str], list[Registered]] = {}
RUN_RULES: dict[str, list[Registered]] = {}
_TOLD_BY_TRACE: dict[tuple[str, str | None], Predicate] = {}


def exchange_rule(
    api: str, operations: str | Iterable[str], requirements: Iterable[str]
) -> Callable[[AnyRule], AnyRule]:
    """Registers a rule over every answered exchange of these operations."""
    names = (operations,) if isinstance(operations, str) else tuple(operations)

    def register(rule: AnyRule) -> AnyRule:
        for name in names:
            entry = Registered(rule, frozenset(requirements))
            EXCHANGE_RULES.setdefault((api, name), []).append(entry)
        return rule

    return register


def trace_rule(api: str, kind: str, requirements: Iterable[str]) -> Callable[[AnyRule], AnyRule]:
    """Registers a rule over every whole trace of this kind of resource."""

    def register(rule: AnyRule) -> AnyRule:
        TRACE_RULES.setdefault((api, kind), []).append(Registered(rule, frozenset(requirements)))
        return rule

    return register


def run_rule(
    api: str, requirements: Iterable[str], *, looks_at_parts: bool = True
) -> Callable[[AnyRule], AnyRule]:
    """Registers a rule over all exchanges of an API, for promises that span resources.

    One that does not look at parts would accuse where it has not seen what went before.
    """

    def register(rule: AnyRule) -> AnyRule:
        entry = Registered(rule, frozenset(requirements), looks_at_parts)
        RUN_RULES.setdefault(api, []).append(entry)
        return rule

    return register


def form_is_told_by_trace(api: str, operation: str) -> Callable[[Predicate], Predicate]:
    """Registers which answers no schema judges: only a resource's trace tells what they break."""

    def register(predicate: Predicate) -> Predicate:
        _TOLD_BY_TRACE[api, operation] = predicate
        return predicate

    return register


def has_own_form(exchange: Exchange) -> bool:
    """Whether an answer is judged by its schema alone."""
    is_told = _TOLD_BY_TRACE.get((exchange.api, exchange.operation))
    return is_told is None or not is_told(exchange)


def judged_requirements(api: str) -> frozenset[str]:
    """Every requirement that some rule of this API can judge."""
    entries = [
        *(entry for (name, _), rules in EXCHANGE_RULES.items() if name == api for entry in rules),
        *(entry for (name, _), rules in TRACE_RULES.items() if name == api for entry in rules),
        *RUN_RULES.get(api, ()),
    ]
    return frozenset().union(*(entry.requirements for entry in entries))
