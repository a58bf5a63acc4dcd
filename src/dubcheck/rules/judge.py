"""Applying every rule to exchanges and traces. Pure: exchanges in, outcomes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from dubcheck.contract import Contract
from dubcheck.exchange import Exchange, Trace
from dubcheck.rules.answer_schema import SchemaRule
from dubcheck.rules.chapters import carried_over
from dubcheck.rules.made_up_answers import is_made_up
from dubcheck.rules.outcome import Outcome
from dubcheck.rules.ownership import known_traces
from dubcheck.rules.registry import (
    EXCHANGE_RULES,
    RUN_RULES,
    TRACE_RULES,
    ExchangeRule,
    has_own_form,
)

ANY_OPERATION = "*"


class Judge:
    """All rules of one API, ready to be applied."""

    def __init__(self, contract: Contract):
        load_rules(contract.api)
        self._api = contract.api
        self._schema_rule = SchemaRule(contract)
        self._rules: dict[str, tuple[ExchangeRule, ...]] = {}
        self._kept: list[Exchange] = []

    def add(self, exchange: Exchange) -> Iterator[Outcome]:
        """What one exchange says; what rules over several exchanges need of it is kept.

        An outcome that names no exchanges rests on this one.
        """
        self._kept.append(exchange)
        return self._of_exchange(exchange)

    @property
    def kept(self) -> tuple[Exchange, ...]:
        """What was added and not forgotten."""
        return tuple(self._kept)

    def finish(self) -> Iterator[Outcome]:
        """What the traces of everything kept, and the whole of it, say."""
        return self.traces(self._kept)

    def forget_all_but_latest(self, most: int) -> None:
        """Begins another chapter with at most so many exchanges of resources that may go on."""
        self._kept = carried_over(self._kept, most)

    def exchange(self, exchange: Exchange) -> Iterator[Outcome]:
        """What one exchange says, each outcome resting on it; keeps nothing."""
        for outcome in self._of_exchange(exchange):
            yield _resting(outcome, exchange)

    def _of_exchange(self, exchange: Exchange) -> Iterator[Outcome]:
        if exchange.response is None or is_made_up(exchange):
            return
        if has_own_form(exchange):
            yield from self._schema_rule(exchange)
        for rule in self._rules_of(exchange.operation or ""):
            yield from rule(exchange)

    def _rules_of(self, operation: str) -> tuple[ExchangeRule, ...]:
        found = self._rules.get(operation)
        if found is None:
            found = self._rules[operation] = tuple(
                rule.function
                for name in (operation, ANY_OPERATION)
                for rule in EXCHANGE_RULES.get((self._api, name), ())
            )
        return found

    def traces(self, exchanges: Iterable[Exchange], *, is_part: bool = False) -> Iterator[Outcome]:
        """What whole traces, and the whole run or a part of it, say."""
        own = tuple(
            item
            for item in exchanges
            if item.api == self._api and item.response and not is_made_up(item)
        )
        for trace in known_traces(own):
            yield from self._trace(trace)
        for rule in RUN_RULES.get(self._api, ()):
            if rule.looks_at_parts or not is_part:
                yield from rule.function(own)

    def _trace(self, trace: Trace) -> Iterator[Outcome]:
        for rule in TRACE_RULES.get((self._api, trace.kind), ()):
            for outcome in rule.function(trace):
                yield _resting(outcome, trace.exchanges[-1])


def _resting(outcome: Outcome, exchange: Exchange) -> Outcome:
    return outcome if outcome.exchanges else replace(outcome, exchanges=(exchange.id,))


def load_rules(api: str) -> None:
    """Imports every rule module of an API, so that its rules are registered."""
    package = import_module(f"dubcheck.rules.{api}")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
