"""Panjaya versions that show another status than the one that they are in."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.emulator.callbacks.letter import Letter
from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply, Tell
from dubcheck.emulator.defects.letters import keeps_back
from dubcheck.emulator.defects.ways import answers

READY, GENERATING, COMPLETED = "ReadyToEdit", "Generating", "Completed"
NOT_READY, FAILED = "NotReady", "Failed"


def _restated(status: str, shown: str) -> Act:
    return answers(
        "getVersion",
        lambda version, _: {**version, "status": shown},
        when=lambda version, _: version.get("status") == status,
    )


def _life_defects() -> Iterator[tuple[str, str, Act]]:
    yield "generation-is-shown", "ready-to-edit", _restated(GENERATING, READY)
    yield "generation-is-shown", "not-ready", _restated(GENERATING, NOT_READY)
    yield "generated-version-is-completed", "still-generating", _restated(COMPLETED, GENERATING)
    yield "unprepared-version-shows-not-ready", "generating", _restated(NOT_READY, GENERATING)
    yield "unprepared-version-shows-not-ready", "completed", _restated(NOT_READY, COMPLETED)


def _ends_in(locale: str, status: str) -> Act:
    return answers(
        "getVersion",
        lambda version, _: {**version, "status": status, "studio_url": None},
        when=lambda version, _: (version.get("status"), version.get("locale")) == (READY, locale),
    )


def _tells_failure(locale: str) -> Tell:
    def tell(letter: Letter, _: Memory) -> list[Letter]:
        document = letter.document
        is_about_it = document.get("locale") == locale and document["event"] == "version_ready"
        return (
            [letter.with_document({**document, "event": "version_failed"})]
            if is_about_it
            else [letter]
        )

    return tell


def _keeps_quiet(locale: str) -> Tell:
    return keeps_back(lambda letter, _: letter.document.get("locale") == locale)


def _stuck(event: str, shown: str) -> tuple[Act, Tell]:
    """Goes on showing the versions that failed, as is told of them, as they were."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        if call.id not in memory.kept:
            return await following(call)
        return await _restated(FAILED, shown)(call, following, memory)

    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        if letter.document["event"] == event:
            memory.kept[letter.document["version_id"]] = True
        return [letter]

    return act, tell


UNPREPARED = (
    Defect(
        "panjaya.lifecycle.failed-version-shows-failed",
        "not-ready",
        *_stuck("version_failed", NOT_READY),
    ),
    Defect(
        "panjaya.lifecycle.failed-version-shows-failed",
        "generating",
        *_stuck("version_generate_failed", GENERATING),
    ),
    Defect(
        "panjaya.lifecycle.initial-version-becomes-ready-to-edit",
        "last-language-fails",
        _ends_in("de-DE", FAILED),
        _tells_failure("de-DE"),
    ),
    Defect(
        "panjaya.lifecycle.initial-version-becomes-ready-to-edit",
        "one-locale-stays",
        _ends_in("fr-FR", NOT_READY),
        _keeps_quiet("fr-FR"),
    ),
)

DEFECTS = (
    *(Defect(f"panjaya.lifecycle.{fact}", slug, act) for fact, slug, act in _life_defects()),
    *UNPREPARED,
)
