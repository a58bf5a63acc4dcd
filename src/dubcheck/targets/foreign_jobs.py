"""A job of another account, which no list and no total of this one may count. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dubcheck.exchange import Credential
from dubcheck.targets.pinch import DubbingApi


def create_foreign_job(api: DubbingApi, body: Mapping[str, Any]) -> None:
    """One job of the other account, where there is a key of one.

    Its file never arrives, so that it costs nothing.
    """
    if "other-key" in api.client.target.lacks:
        return
    account: dict[str, Any] = {
        "credential": Credential.OTHER,
        "intent": "uncounted job",
    }
    absent = api.ask_upload_url("audio.mp3", "audio/mpeg", **account).field("source_url")
    if isinstance(absent, str):
        api.create_job({**body, "source_url": absent}, **account)
