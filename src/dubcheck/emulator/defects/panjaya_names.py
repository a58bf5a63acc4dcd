"""Panjaya names, locales and languages that come back otherwise than they were sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dubcheck.emulator.defects.interception import (
    FAULT_HEADER,
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
)
from dubcheck.emulator.defects.panjaya_bodies import (
    CREATORS,
    OPERATIONS,
    are_sound,
    languages_of,
    text,
    value_of,
)
from dubcheck.emulator.defects.panjaya_memory import shows
from dubcheck.emulator.defects.ways import Document, When, receives, refuses

LIMIT = 255


def _long(length: int) -> When:
    return text("name", lambda name: len(name) >= length and name.isascii())


def _whole(asset: Document, request: Document) -> None:
    asset["name"] = request["name"]


def _with_dots(asset: Document, _: Document) -> None:
    asset["name"] = asset["name"][: LIMIT - 1] + "…"


def _renames(change: Callable[[str], str]) -> Callable[[Document], None]:
    return lambda document: document.update(name=change(document["name"]))


def _wide(name: str) -> bool:
    return 1 < len(name) <= LIMIT and not name.isascii()


def _in_bytes(name: str) -> str:
    return name.encode()[:LIMIT].decode("utf-8", "ignore")


def _name_defects() -> Iterator[tuple[str, str, Callable[[str], Act]]]:
    one = text("name", lambda name: len(name) == 1)
    yield "one-character-name-is-kept", "refuses", lambda operation: refuses(operation, one)
    yield (
        "one-character-name-is-kept",
        "padded",
        lambda operation: receives(operation, _renames(lambda name: name * 2), one),
    )
    at_256 = text("name", lambda name: len(name) == LIMIT + 1 and name.isascii())
    yield "name-of-256-is-cut", "kept", lambda operation: shows(_whole, _of(operation, at_256))
    yield "name-of-256-is-cut", "dots", lambda operation: shows(_with_dots, _of(operation, at_256))
    yield (
        "name-of-256-is-cut",
        "cut-at-254",
        lambda operation: receives(operation, _renames(lambda name: name[: LIMIT - 1]), at_256),
    )
    yield (
        "name-of-1000-is-cut",
        "kept",
        lambda operation: shows(_whole, _of(operation, _long(1000))),
    )
    yield "name-of-1000-is-cut", "refuses", lambda operation: refuses(operation, _long(1000))
    yield (
        "name-of-1000-is-cut",
        "cut-at-250",
        lambda operation: receives(operation, _renames(lambda name: name[:250]), _long(1000)),
    )
    wide = text("name", _wide)
    yield (
        "non-ascii-name-is-kept",
        "bytes",
        lambda operation: receives(operation, _renames(_in_bytes), wide),
    )
    yield (
        "non-ascii-name-is-kept",
        "half",
        lambda operation: receives(operation, _renames(lambda name: name[: LIMIT // 2]), wide),
    )


def _of(operation: str, when: When) -> When:
    return lambda call: call.operation == operation and when(call)


def _other_source(wrong: dict[str, str]) -> tuple[Callable[[Document], None], When]:
    """Takes one locale for another, where that is not the target as well."""

    def change(document: Document) -> None:
        document["locale"] = wrong[document["locale"]]

    def when(call: Call) -> bool:
        locale = value_of(call, "locale")
        targets = [item.get("locale") for item in languages_of(call) if isinstance(item, dict)]
        return isinstance(locale, str) and locale in wrong and wrong[locale] not in targets

    return change, when


def _more_than(count: int) -> When:
    return lambda call: len(languages_of(call)) > count and are_sound(languages_of(call))


def _without_last(document: Document) -> None:
    document["languages"] = document["languages"][:-1]


def _with_another(document: Document) -> None:
    document["languages"] = [*document["languages"], {"locale": "fi-FI"}]


def _without_finnish(call: Call) -> bool:
    return _more_than(1)(call) and b"fi-FI" not in call.body


def _echo_defects(operation: str) -> Iterator[tuple[str, str, Act]]:
    for slug, wrong in (
        ("spanish-of-spain", {"es-MX": "es-ES"}),
        ("portuguese-of-brazil", {"pt-PT": "pt-BR"}),
        ("always-the-default", {"ja-JP": "en-US", "ko-KR": "en-US", "zh-CN": "en-US"}),
    ):
        yield "source-locale-is-echoed", slug, receives(operation, *_other_source(wrong))
    drops = receives(operation, _without_last, _more_than(1))
    yield "languages-are-echoed", "without-the-last", drops
    adds = receives(operation, _with_another, _without_finnish)
    yield "languages-are-echoed", "one-more", adds


def _same_id_as(count: int, operation: str) -> Act:
    """Takes the request of that count, among equal ones, for the one before."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation != operation or not reply.succeeded:
            return reply
        key = f"{call.document} {len(call.body)} {call.header(FAULT_HEADER)}"
        earlier: Any = memory.kept.get(key)
        memory.kept[key] = reply
        return earlier if earlier and memory.count(key) == count - 2 else reply

    return act


def _all() -> Iterator[Defect]:
    for topic in CREATORS:
        operation = OPERATIONS[topic]
        for fact, slug, make in _name_defects():
            yield Defect(f"panjaya.{topic}.{fact}", slug, make(operation))
        for fact, slug, act in _echo_defects(operation):
            yield Defect(f"panjaya.{topic}.{fact}", slug, act)
        name = f"panjaya.{topic}.asset-ids-are-distinct"
        yield Defect(name, "second-time", _same_id_as(2, operation))
        yield Defect(name, "third-time", _same_id_as(3, operation))


DEFECTS = tuple(_all())
