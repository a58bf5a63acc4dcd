"""Panjaya requests refused although valid, accepted although invalid, or let in unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dubcheck.emulator.defects.interception import (
    PANJAYA_KEY,
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
    WRITERS,
    drops,
    has,
    lacks,
    languages_of,
    puts,
    text,
    value_of,
    with_good_targets,
)
from dubcheck.emulator.defects.ways import (
    Document,
    When,
    accepts,
    lets_in,
    receives,
    refuses,
    restates,
)

HEADERS: dict[str, When] = {
    "without-key": lambda call: call.header("authorization") is None,
    "with-malformed-header": lambda call: (
        call.header("authorization") is not None and not call.authorization.startswith("Bearer ")
    ),
    "with-wrong-key": lambda call: call.authorization.startswith("Bearer panjaya-dub"),
}


def _auth_defects() -> Iterator[Defect]:
    for topic, operation in OPERATIONS.items():
        for kind, when in HEADERS.items():
            name = f"panjaya.auth.{topic}-{kind}-is-401"
            yield Defect(name, "lets-in", lets_in(operation, PANJAYA_KEY, when))
            yield Defect(name, "403", _answers_403(operation, when))


def _answers_403(operation: str, when: When) -> Act:
    right = restates(operation, 401, 403)

    async def act(call: Call, following: Next, memory: Memory) -> Reply:
        return await (right(call, following, memory) if when(call) else following(call))

    return act


# Fact, when, how it is mended so that it is accepted.
WRONG: tuple[tuple[str, When, Callable[[Document], None]], ...] = (
    ("missing-name-is-refused", lacks("name"), puts("name", "Untitled")),
    ("empty-name-is-400", text("name", lambda name: name == ""), puts("name", "Untitled")),
    (
        "null-name-is-refused",
        lambda call: has("name")(call) and value_of(call, "name") is None,
        puts("name", "Untitled"),
    ),
    (
        "name-of-wrong-type-is-refused",
        lambda call: isinstance(value_of(call, "name"), list | dict | int),
        puts("name", "Untitled"),
    ),
    ("missing-locale-is-refused", lacks("locale"), puts("locale", "en-US")),
    (
        "null-locale-is-refused",
        lambda call: has("locale")(call) and value_of(call, "locale") is None,
        puts("locale", "en-US"),
    ),
    (
        "locale-of-wrong-type-is-refused",
        lambda call: isinstance(value_of(call, "locale"), list | dict | int),
        puts("locale", "en-US"),
    ),
    (
        "missing-languages-is-refused",
        lacks("languages"),
        puts("languages", [{"locale": "es-ES"}]),
    ),
    (
        "http-callback-url-is-refused",
        text("callback_url", lambda url: url.startswith("http://")),
        drops("callback_url"),
    ),
    (
        "other-scheme-callback-url-is-refused",
        text("callback_url", lambda url: "://" in url and not url.startswith("http")),
        drops("callback_url"),
    ),
    (
        "callback-text-no-url-is-refused",
        text("callback_url", lambda url: bool(url) and "://" not in url),
        drops("callback_url"),
    ),
    (
        "callback-url-of-wrong-type-is-refused",
        lambda call: isinstance(value_of(call, "callback_url"), list | dict | int),
        drops("callback_url"),
    ),
    ("speakers-count-text-is-refused", text("speakers_count", bool), drops("speakers_count")),
    ("start-time-text-is-refused", text("start_time", bool), drops("start_time")),
    ("end-time-text-is-refused", text("end_time", bool), drops("end_time")),
    (
        "auto-generate-of-wrong-type-is-refused",
        lambda call: isinstance(value_of(call, "auto_generate"), list | dict | int),
        drops("auto_generate"),
    ),
)
REFUSED: tuple[tuple[str, When], ...] = (
    (
        "https-callback-url-is-accepted",
        text("callback_url", lambda url: url.startswith("https://")),
    ),
    ("one-speaker-is-accepted", lambda call: value_of(call, "speakers_count") == 1),
    (
        "several-speakers-are-accepted",
        lambda call: (
            isinstance(value_of(call, "speakers_count"), int)
            and value_of(call, "speakers_count") > 1
        ),
    ),
    ("start-time-is-accepted", lambda call: isinstance(value_of(call, "start_time"), int | float)),
    ("end-time-is-accepted", lambda call: isinstance(value_of(call, "end_time"), int | float)),
    ("auto-generate-off-is-accepted", lambda call: value_of(call, "auto_generate") == "off"),
    ("free-text-source-srt-is-accepted", text("srt", lambda srt: "-->" not in srt)),
    ("name-of-256-is-accepted", text("name", lambda name: len(name) > 255)),
    ("several-languages-are-accepted", lambda call: len(languages_of(call)) > 1),
    ("hebrew-source-is-accepted", text("locale", lambda code: code == "he-IL")),
)


SHAPES: dict[str, When] = {
    "languages-of-strings-is-refused": lambda call: any(
        isinstance(item, str) for item in languages_of(call)
    ),
    "language-without-locale-is-refused": lambda call: any(
        isinstance(item, dict) and "locale" not in item for item in languages_of(call)
    ),
    "languages-not-a-list-is-refused": lambda call: isinstance(
        value_of(call, "languages"), str | dict
    ),
}


def _cut_at(length: int) -> Callable[[Document], None]:
    return lambda document: document.update(name=str(document["name"])[:length])


def _by_bytes(document: Document) -> None:
    document["name"] = str(document["name"]).encode()[:255].decode("utf-8", "ignore")


def _form_defects() -> Iterator[Defect]:
    for topic in CREATORS:
        operation = OPERATIONS[topic]
        prefix = f"panjaya.{topic}"
        for fact, when, mend in WRONG:
            yield Defect(f"{prefix}.{fact}", "accepts", accepts(operation, when, mend))
        for fact, test in REFUSED:
            yield Defect(f"{prefix}.{fact}", "refuses", refuses(operation, test))
        long = text("name", lambda name: len(name) == 255)
        yield Defect(
            f"{prefix}.name-of-255-is-kept", "254", receives(operation, _cut_at(254), long)
        )
        wide = text("name", lambda name: not name.isascii() and len(name) > 255)
        yield Defect(
            f"{prefix}.long-non-ascii-name-is-cut", "bytes", receives(operation, _by_bytes, wide)
        )
        plain = text("name", lambda name: 1 < len(name) < 255 and name.isascii())
        upper = receives(
            operation, lambda document: document.update(name=document["name"].upper()), plain
        )
        yield Defect(f"{prefix}.name-is-echoed", "upper-case", upper)
    for topic in WRITERS:
        for fact, when in SHAPES.items():
            act = accepts(OPERATIONS[topic], when, with_good_targets)
            yield Defect(f"panjaya.{topic}.{fact}", "accepts", act)


def _callback_free(operation: str) -> Act:
    is_well_formed = text("callback_url", lambda url: url.startswith("https://"))
    return receives(operation, drops("callback_url"), is_well_formed)


OTHERS = (
    Defect("panjaya.callbacks.uploaded-asset-is-notified", "silent", _callback_free("uploadAsset")),
    Defect("panjaya.callbacks.created-asset-is-notified", "silent", _callback_free("createAsset")),
    Defect(
        "panjaya.create-asset.lips-model-real-face-is-accepted",
        "refuses",
        refuses("createAsset", text("lips_model", lambda model: model == "real_face")),
    ),
    Defect(
        "panjaya.create-asset.lips-model-real-face-turbo-is-accepted",
        "refuses",
        refuses("createAsset", text("lips_model", lambda model: model == "real_face_turbo")),
    ),
    Defect(
        "panjaya.create-asset.background-url-is-accepted",
        "refuses",
        refuses("createAsset", text("background_url", lambda url: "://" in url)),
    ),
)

DEFECTS = (*_auth_defects(), *_form_defects(), *OTHERS)
