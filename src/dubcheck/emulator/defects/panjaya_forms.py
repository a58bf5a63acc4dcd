"""Panjaya requests as a whole: what may be left out, what may not, and bodies of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from dubcheck.emulator.defects.interception import Act, Call, Defect, Memory, Next, Reply
from dubcheck.emulator.defects.panjaya_bodies import (
    CREATORS,
    OPERATIONS,
    WRITERS,
    drops,
    has,
    lacks,
    languages_of,
    puts,
    some_srt,
    value_of,
    without_srts,
)
from dubcheck.emulator.defects.panjaya_memory import refuses_additions
from dubcheck.emulator.defects.ways import Document, When, accepts, refuses, sent

# A name that the emulator takes for a sound video without fetching anything.
SOUND = "https://cdn.example.com/emulator-succeeds.mp4"
PLAIN: Document = {"name": "Untitled", "locale": "en-US", "languages": [{"locale": "es-ES"}]}
BOUNDARY = "mended"


def _no_json(call: Call) -> bool:
    part = call.form_document
    return call.document is None and (part[1] if part else call.body) not in (b"", b"null")


def _no_object(call: Call) -> bool:
    part = call.form_document
    is_null = (part[1] if part else call.body) == b"null"
    return is_null or (call.document is not None and not isinstance(call.document, dict))


def _numbered_without_times(srt: object) -> bool:
    return isinstance(srt, str) and srt[:1].isdigit() and "-->" not in srt


def _garbled(srt: object) -> bool:
    return isinstance(srt, str) and "-->" in srt and ":" not in srt


def _fills(values: Document) -> Callable[[Document], None]:
    return lambda document: document.update(values)


def _later_without_times(srt: object) -> bool:
    parts = str(srt).strip().split("\n\n")
    return "-->" in parts[0] and "-->" not in parts[-1]


def _body_defects() -> Iterator[tuple[str, str, str, Act]]:
    for topic in WRITERS:
        operation = OPERATIONS[topic]
        for slug, test in (
            ("numbered", _numbered_without_times),
            ("arrow", _garbled),
            ("later", _later_without_times),
        ):
            act = accepts(operation, some_srt(test), without_srts)
            yield topic, "target-srt-without-times-is-400", slug, act
    for topic in CREATORS:
        act = refuses(OPERATIONS[topic], lacks("speakers_count"))
        yield topic, "speakers-count-may-be-absent", "refuses", act
    create, whole = "create-asset", {**PLAIN, "media_url": SOUND}
    yield create, "lips-model-may-be-absent", "refuses", refuses("createAsset", lacks("lips_model"))
    mend = puts("media_url", SOUND)
    yield (
        create,
        "missing-media-url-is-refused",
        "accepts",
        accepts("createAsset", lacks("media_url"), mend),
    )
    null = sent("media_url", None)
    yield create, "null-media-url-is-refused", "accepts", accepts("createAsset", null, mend)
    for slug, kind in (("list", list), ("object", dict)):
        typed = _typed("media_url", kind)
        act = accepts("createAsset", typed, mend)
        yield create, "media-url-of-wrong-type-is-refused", slug, act
        act = accepts("createAsset", _typed("background_url", kind), drops("background_url"))
        yield create, "background-url-of-wrong-type-is-refused", slug, act
    for topic, fact, when, values in (
        (create, "malformed-json-is-refused", _no_json, whole),
        (create, "non-object-body-is-refused", _no_object, whole),
        ("upload-asset", "malformed-request-part-is-refused", _no_json, PLAIN),
        ("upload-asset", "non-object-request-part-is-refused", _no_object, PLAIN),
        ("add-languages", "malformed-json-is-refused", _no_json, {"languages": PLAIN["languages"]}),
        ("revise-version", "malformed-json-is-refused", _no_json, {}),
    ):
        yield (
            topic,
            fact,
            "accepts",
            accepts(OPERATIONS[topic], _both(when, has_form), _fills(values)),
        )


def _both(one: When, other: When) -> When:
    return lambda call: one(call) and other(call)


def has_form(call: Call) -> bool:
    """Requests whose JSON can be mended: it is the body, or a part of the form is there for it."""
    return call.operation != "uploadAsset" or call.form_document is not None


def _typed(field: str, kind: type) -> When:
    def when(call: Call) -> bool:
        value = value_of(call, field)
        return isinstance(value, kind) and not isinstance(value, bool)

    return when


def _has_part(name: str) -> When:
    pattern = re.compile(rb'name="?%s"?[;\r]' % name.encode())
    return lambda call: pattern.search(call.body) is not None


def _lacks_part(name: str) -> When:
    there = _has_part(name)
    return lambda call: not there(call)


def _part(name: str, content: str, filename: str = "") -> bytes:
    disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
    return f"Content-Disposition: {disposition}\r\n\r\n{content}\r\n".encode()


VIDEO = _part("video", "x", "emulator-succeeds.mp4")
REQUEST = _part("request", '{"name":"Untitled","locale":"en-US","languages":[{"locale":"es-ES"}]}')


def adds_part(when: When, part: bytes) -> Act:
    """Puts a part into the forms that fit, as if it had been sent."""

    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation == "uploadAsset" and call.body.startswith(b"--") and when(call):
            line = call.body[: call.body.index(b"\r\n") + 2]
            call = replace(call, body=line + part + call.body)
        return await following(call)

    return act


async def _takes_json(call: Call, following: Next, _: Memory) -> Reply:
    is_json = (call.header("content-type") or "").startswith("application/json")
    if call.operation == "uploadAsset" and is_json:
        line = f"--{BOUNDARY}\r\n".encode()
        request = _part("request", call.body.decode())
        body = line + request + line + VIDEO + f"--{BOUNDARY}--\r\n".encode()
        call = replace(call, body=body)
        call = call.with_header("content-type", f"multipart/form-data; boundary={BOUNDARY}")
    return await following(call)


def _is_plain_part(call: Call) -> bool:
    part = call.form_document
    return part is not None and b"application/json" not in part[0].rsplit(b"\r\n--", 1)[-1]


def _upload_defects() -> Iterator[tuple[str, str, Act]]:
    form = "uploadAsset"
    yield "missing-request-part-is-refused", "accepts", adds_part(_lacks_part("request"), REQUEST)
    yield "missing-video-is-refused", "accepts", adds_part(_lacks_part("video"), VIDEO)
    yield "json-body-is-refused", "accepts", _takes_json
    yield "plain-request-part-is-accepted", "refuses", refuses(form, _is_plain_part)
    yield "background-file-is-accepted", "refuses", refuses(form, _has_part("background"))
    yield "background-file-may-be-absent", "refuses", refuses(form, _lacks_part("background"))


def _several(call: Call) -> bool:
    return len(languages_of(call)) > 1


def _minimal_defects() -> Iterator[Defect]:
    """Refused unless something is there that nobody need send."""
    for topic in CREATORS:
        name = f"panjaya.{topic}.minimal-request-is-accepted"
        operation = OPERATIONS[topic]
        yield Defect(name, "wants-auto-generate", refuses(operation, lacks("auto_generate")))
        few = refuses(operation, lambda call: not has("srt")(call) and len(languages_of(call)) < 2)
        yield Defect(name, "wants-two-languages-or-srt", few)
    name, add = "panjaya.add-languages", "addLanguages"
    for fact, act in (
        ("documented-request-is-accepted", refuses_additions(has("languages"))),
        ("auto-generate-may-be-absent", refuses_additions(lacks("auto_generate"))),
        ("auto-generate-off-is-accepted", refuses_additions(sent("auto_generate", "off"))),
        (
            "several-languages-are-accepted",
            refuses_additions(_several),
        ),
    ):
        yield Defect(f"{name}.{fact}", "refuses", act)
    for kind in (dict, list):
        typed = accepts(add, _typed("auto_generate", kind), drops("auto_generate"))
        yield Defect(f"{name}.auto-generate-of-wrong-type-is-refused", kind.__name__, typed)


DEFECTS = (
    *(Defect(f"panjaya.{topic}.{fact}", slug, act) for topic, fact, slug, act in _body_defects()),
    *(Defect(f"panjaya.upload-asset.{fact}", slug, act) for fact, slug, act in _upload_defects()),
    *_minimal_defects(),
)
