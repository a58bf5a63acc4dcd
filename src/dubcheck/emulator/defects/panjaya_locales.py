"""Panjaya locales and SRTs that are wrongly refused or wrongly accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dubcheck.emulator.defects.interception import Call, Defect
from dubcheck.emulator.defects.panjaya_bodies import (
    CREATORS,
    LOCALES,
    OPERATIONS,
    WRITERS,
    puts,
    some_srt,
    some_target,
    text,
    with_good_targets,
    without_srts,
)
from dubcheck.emulator.defects.ways import Document, accepts, answers, refuses


def _is_unlisted_region(code: str) -> bool:
    return "-" in code and code not in LOCALES and code.split("-")[0] in _LANGUAGES and _cased(code)


def _cased(code: str) -> bool:
    return code.lower() not in {known.lower() for known in LOCALES}


_LANGUAGES = {code.split("-")[0] for code in LOCALES}
NEAR_MISSES: dict[str, Callable[[str], bool]] = {
    "unknown-{}-locale": lambda code: (
        bool(code) and code.replace("_", "-").split("-")[0].lower() not in _LANGUAGES
    ),
    "unlisted-{}-region": _is_unlisted_region,
    "bare-{}-language": lambda code: code in _LANGUAGES,
    "underscored-{}-locale": lambda code: "_" in code and code.replace("_", "-") in LOCALES,
    "empty-{}-locale": lambda code: code == "",
}


def _locale_defects() -> Iterator[Defect]:
    for topic in WRITERS:
        operation = OPERATIONS[topic]
        for fact, test in NEAR_MISSES.items():
            name = f"panjaya.{topic}.{fact.format('target')}-is-400"
            act = accepts(operation, some_target(test), with_good_targets)
            yield Defect(name, "accepts", act)
        for fact, test in NEAR_MISSES.items() if topic in CREATORS else ():
            name = f"panjaya.{topic}.{fact.format('source')}-is-400"
            act = accepts(operation, text("locale", test), puts("locale", "en-US"))
            yield Defect(name, "accepts", act)
        unknown = NEAR_MISSES["unknown-{}-locale"]
        name = f"panjaya.{topic}.later-target-locale-is-checked"
        late = some_target(unknown, slice(1, None))
        yield Defect(name, "first-only", accepts(operation, late, with_good_targets))
        hebrew = accepts(operation, some_target(lambda code: code == "he-IL"), with_good_targets)
        yield Defect(f"panjaya.{topic}.hebrew-target-is-refused", "accepts", hebrew)
    for code in LOCALES:
        for topic in CREATORS:
            yield from _refused_locale(code, topic)
    english = refuses("addLanguages", some_target(lambda code: code == "en-US"))
    yield Defect("panjaya.locales.target-en-us-is-accepted", "addition-refuses", english)
    renamed = answers("getAsset", _rename, when=lambda asset, _: asset["locale"] == "nb-NO")
    yield Defect("panjaya.get-asset.locale-is-that-of-creation", "norwegian-renamed", renamed)


def _rename(asset: Document, _: Call) -> None:
    """Another name of the same language, which the table does not have."""
    asset["locale"] = "no-NO"


def _refused_locale(code: str, topic: str) -> Iterator[Defect]:
    operation, slug = OPERATIONS[topic], code.lower()
    if (
        code != "he-IL"
    ):  # as a source it has ids of its own per operation; as a target it is refused
        source = refuses(operation, text("locale", lambda given: given == code))
        yield Defect(f"panjaya.locales.source-{slug}-is-accepted", f"{topic}-refuses", source)
        target = refuses(operation, some_target(lambda given: given == code))
        yield Defect(f"panjaya.locales.target-{slug}-is-accepted", f"{topic}-refuses", target)


def _is_free_text(srt: Any) -> bool:
    return isinstance(srt, str) and bool(srt.strip()) and "-->" not in srt


def _srt_defects() -> Iterator[Defect]:
    for topic in WRITERS:
        operation = OPERATIONS[topic]
        prefix = f"panjaya.{topic}"
        free = accepts(
            operation, some_srt(lambda srt: _is_free_text(srt) and ":" not in srt), without_srts
        )
        yield Defect(f"{prefix}.free-text-target-srt-is-400", "accepts", free)
        late = accepts(operation, some_srt(_is_free_text, slice(1, None)), without_srts)
        yield Defect(f"{prefix}.later-target-srt-is-checked", "first-only", late)
        typed = accepts(
            operation,
            some_srt(lambda srt: srt is not None and not isinstance(srt, str)),
            without_srts,
        )
        yield Defect(f"{prefix}.target-srt-of-wrong-type-is-refused", "accepts", typed)
        crlf = refuses(operation, some_srt(lambda srt: isinstance(srt, str) and "\r\n" in srt))
        yield Defect(f"{prefix}.target-srt-with-crlf-is-accepted", "refuses", crlf)
        valid = refuses(
            operation,
            some_srt(lambda srt: isinstance(srt, str) and "-->" in srt and "\r" not in srt),
        )
        yield Defect(f"{prefix}.valid-target-srt-is-accepted", "refuses", valid)


DEFECTS = (*_locale_defects(), *_srt_defects())
