"""Panjaya results that hold something else than the dubbed video; trims are elsewhere."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from wave import open as open_wave

from dubcheck.emulator.defects.interception import (
    Act,
    Call,
    Defect,
    Memory,
    Next,
    Reply,
    json_reply,
)
from dubcheck.emulator.defects.panjaya_forms import adds_part

RESULTS = "/panjaya-assets/results/"


def _silence() -> bytes:
    file = BytesIO()
    with open_wave(file, "wb") as wave:
        wave.setnchannels(1)
        wave.setsampwidth(2)
        wave.setframerate(8000)
        wave.writeframes(b"\0\0" * 8000)
    return file.getvalue()


def _answers_result(reply: Reply) -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        return reply if call.path.startswith(RESULTS) else await following(call)

    return act


def _silent_track() -> bytes:
    head = b'Content-Disposition: form-data; name="background"; filename="silence.wav"\r\n\r\n'
    return head + _silence() + b"\r\n"


def _ignores_track() -> Act:
    async def act(call: Call, following: Next, _: Memory) -> Reply:
        if call.operation == "uploadAsset":
            body = call.body.replace(b'name="background"', b'name="forgotten"')
            call = replace(call, body=body)
        return await following(call)

    return act


def _has_no_track(call: Call) -> bool:
    return b'name="background"' not in call.body


DEFECTS = (
    Defect("panjaya.upload-asset.background-file-is-used", "ignored", _ignores_track()),
    Defect(
        "panjaya.lifecycle.background-is-preserved",
        "silence",
        adds_part(_has_no_track, _silent_track()),
    ),
    Defect(
        "panjaya.get-version.result-is-a-video",
        "sound-only",
        _answers_result(Reply(200, (("content-type", "audio/wav"),), _silence())),
    ),
    Defect(
        "panjaya.get-version.result-is-a-video",
        "page",
        _answers_result(Reply(200, (("content-type", "text/html"),), b"<h1>Your video</h1>")),
    ),
    Defect(
        "panjaya.get-version.result-url-needs-no-key",
        "asks-for-it",
        _answers_result(json_reply(401, {"detail": "A key is needed"})),
    ),
)
