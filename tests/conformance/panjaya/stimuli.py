"""What a probe changes in an accepted request, and what is then to happen, as plain data.

The tables are in refusals.py, acceptances.py and questions.py; nothing here sends or judges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dubcheck.contract import load_contract
from dubcheck.targets import Answer

# The topics of the operations that share the fields of the tables. Adding comes first: it needs
# assets that are Ready, which the dubbing of all the others would delay.
TOPICS = ("add-languages", "create-asset", "upload-asset")
# Changed together or not at all: the one is judged beside the other.
_TIMES = frozenset({"start_time", "end_time"})

Change = Mapping[str, Any]


class Place(Enum):
    """Values that only a run knows, and the value that takes a field away."""

    ABSENT = "absent"
    CALLBACK = "the receiver of callbacks"
    CALLBACK_WITH_QUERY = "the same with a query"
    BACKGROUND = "a background track on the media server"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that must be refused.

    A fact that ends in `-is-400` names the status as well. `status_fact` is the requirement that
    it be 400 where only the refusal is promised. `is_malformed`: a field is missing or mistyped.
    `presumes`: the plainer fact of the same table without which this one is broken as well.
    """

    fact: str
    change: Change
    status_fact: str = ""
    is_malformed: bool = False
    presumes: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A request that must be accepted.

    `also`: what rules judge on the accepted answer. `shows`: fields that the answer repeats.
    `conditions`: changes that a refusal may be due to instead; if one of them is refused by
    itself, this request shows nothing.
    """

    fact: str
    change: Change
    also: tuple[str, ...] = ()
    shows: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[Change, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """What it occupies in a request that carries several acceptances."""
        touched = frozenset(self.change)
        return touched | _TIMES if touched & _TIMES else touched


@dataclass(frozen=True, slots=True)
class Question:
    """A request whose fate is open. `accepted` is the reading, or finds it in the answer.

    `refused` is empty where a refusal is none of the readings.
    """

    fact: str
    change: Change
    accepted: str | Callable[[Answer], str | None] = "accepted"
    refused: str = "refused"


def requirement_of(topic: str, fact: str) -> str:
    """The id of a fact; one with a dot names its own topic."""
    return f"panjaya.{fact}" if "." in fact else f"panjaya.{topic}.{fact}"


def is_promised(topic: str, fact: str) -> bool:
    """Whether the catalogue has this fact for this operation.

    What is said of no single operation is tried by an upload, which needs the least; locales are
    tried by both operations that have a source.
    """
    if requirement_of(topic, fact) not in load_contract("panjaya").requirements:
        return False
    creators = ("upload-asset", "create-asset")
    trying = creators if fact.startswith("locales.") else creators[:1]
    return "." not in fact or topic in trying


def changed(body: Mapping[str, Any], *changes: Change) -> dict[str, Any]:
    """The body with every change made."""
    result = dict(body)
    for change in changes:
        result.update(change)
    return {key: value for key, value in result.items() if value is not Place.ABSENT}


def languages(*locales: str, **fields: Any) -> list[dict[str, Any]]:
    """Target languages, each with the same further fields."""
    return [{"locale": locale, **fields} for locale in locales]
