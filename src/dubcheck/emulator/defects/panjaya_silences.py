"""Panjaya notices that are not sent, or come before what they tell can be read."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.emulator.callbacks.letter import Letter
from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply, Tell
from dubcheck.emulator.defects.letters import has_event, keeps_back
from dubcheck.emulator.defects.panjaya_bodies import languages_of
from dubcheck.emulator.defects.ways import When

EVENTS = (
    "asset_failed",
    "version_ready",
    "version_failed",
    "version_generating",
    "version_generated",
    "version_generate_failed",
)
CREATING = ("createAsset", "uploadAsset")
# How many readings of a version are behind the notice about it.
STALE_READINGS = 2


def _sent_defects() -> Iterator[Defect]:
    for event in EVENTS:
        name = f"panjaya.callbacks.{event.replace('_', '-')}-is-sent"
        yield Defect(name, "silent", tell=keeps_back(has_event(event)))


def _only_the_first(letter: Letter, memory: Memory) -> list[Letter]:
    document = letter.document
    ready = document["event"] == "version_ready"
    return [] if ready and memory.count(document["asset_id"]) else [letter]


def _all_but_the_second(letter: Letter, memory: Memory) -> list[Letter]:
    document = letter.document
    ready = document["event"] == "version_ready"
    return [] if ready and memory.count(document["asset_id"]) == 1 else [letter]


def _not_in(locale: str) -> Tell:
    return keeps_back(
        lambda letter, memory: (
            has_event("version_ready")(letter, memory) and letter.document["locale"] == locale
        )
    )


async def remembers_additions(call: Call, following: Next, memory: Memory) -> Reply:
    """Keeps, by asset, the locales that were added to it."""
    if call.operation == "addLanguages":
        added = [item.get("locale") for item in languages_of(call) if isinstance(item, dict)]
        memory.kept.setdefault(call.id, []).extend(added)
    return await following(call)


def _added(place: slice) -> Tell:
    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        document = letter.document
        unsaid = memory.kept.get(document["asset_id"], [])[place]
        is_unsaid = document["event"] == "version_ready" and document["locale"] in unsaid
        return [] if is_unsaid else [letter]

    return tell


def silent_for(event: str, when: When) -> tuple[Act, Tell]:
    """Keeps an event back for the assets whose request fits."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation in CREATING and reply.succeeded and when(call):
            memory.kept[reply.document["asset_id"]] = [
                item["locale"] for item in languages_of(call)
            ]
        return reply

    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        document = letter.document
        locales = memory.kept.get(document["asset_id"])
        is_about_it = locales is not None and document.get("locale", locales[0]) in locales
        return [] if is_about_it and document["event"] == event else [letter]

    return act, tell


def _remembers(event: str) -> Tell:
    def tell(letter: Letter, memory: Memory) -> list[Letter]:
        document = letter.document
        if document["event"] == event:
            memory.kept.setdefault(document["version_id"], STALE_READINGS)
        return [letter]

    return tell


def _stale(status: str) -> Act:
    """The first readings of a version after its notice show it as before."""

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        reply = await following(call)
        if call.operation != "getVersion" or not memory.kept.get(call.id, 0):
            return reply
        memory.kept[call.id] -= 1
        return reply.with_document({**reply.document, "status": status, "result_url": None})

    return act


OTHERS = (
    Defect(
        "panjaya.callbacks.version-ready-is-sent",
        "not-for-one-language",
        *silent_for("version_ready", lambda call: len(languages_of(call)) == 1),
    ),
    Defect(
        "panjaya.callbacks.asset-failed-is-sent",
        "not-for-created-ones",
        *silent_for("asset_failed", lambda call: call.operation == "createAsset"),
    ),
    Defect("panjaya.callbacks.version-ready-for-each-language", "first-only", tell=_only_the_first),
    Defect(
        "panjaya.callbacks.version-ready-for-each-language",
        "not-the-second",
        tell=_all_but_the_second,
    ),
    Defect("panjaya.callbacks.version-ready-for-each-language", "not-de", tell=_not_in("de-DE")),
    Defect(
        "panjaya.callbacks.version-ready-for-each-language",
        "not-with-subtitles",
        *silent_for("version_ready", lambda call: "srt" in languages_of(call)[0]),
    ),
    Defect(
        "panjaya.callbacks.version-ready-for-each-language",
        "not-several-of-created-ones",
        *silent_for(
            "version_ready",
            lambda call: call.operation == "createAsset" and len(languages_of(call)) > 1,
        ),
    ),
    Defect(
        "panjaya.callbacks.asset-failed-is-sent",
        "not-for-what-is-not-there",
        *silent_for("asset_failed", lambda call: "no-such-file" in str(call.document)),
    ),
    Defect(
        "panjaya.callbacks.added-language-is-notified",
        "silent",
        remembers_additions,
        _added(slice(None)),
    ),
    Defect(
        "panjaya.callbacks.added-language-is-notified",
        "first-only",
        remembers_additions,
        _added(slice(1, None)),
    ),
    Defect(
        "panjaya.callbacks.ready-notice-finds-version",
        "early",
        _stale("NotReady"),
        _remembers("version_ready"),
    ),
    Defect(
        "panjaya.callbacks.generated-notice-finds-result",
        "early",
        _stale("Generating"),
        _remembers("version_generated"),
    ),
)

DEFECTS = (*_sent_defects(), *OTHERS)
