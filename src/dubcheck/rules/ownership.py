"""Whose exchanges tell about a resource: those of the account that made it. Judges nothing."""

from __future__ import annotations

from dubcheck.exchange import Exchange, Trace, traces_of
from dubcheck.rules.callers import is_known_caller
from dubcheck.rules.remembering import remembers_last


@remembers_last
def known_traces(exchanges: tuple[Exchange, ...]) -> tuple[Trace, ...]:
    """The traces of a run, without what callers said whom the service does not know."""
    return traces_of(exchanges, is_known_caller)


def owners_view(trace: Trace, *creators: str) -> tuple[Exchange | None, tuple[Exchange, ...]]:
    """The creation, if it was seen, and the owner's exchanges from then on.

    Nothing where one id was given to two resources, which is told on its own.
    """
    creations = trace.of(*creators)
    if len(creations) > 1:
        return None, ()
    creation = creations[0] if creations else None
    owner = creation or next((item for item in trace.exchanges if item.succeeded), None)
    if owner is None:
        return None, ()
    return creation, tuple(
        item
        for item in trace.exchanges
        if item.request.credential is owner.request.credential
        and (creation is None or item.started_at >= creation.started_at)
    )
