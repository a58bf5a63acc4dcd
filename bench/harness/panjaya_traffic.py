"""A client of Panjaya at work: assets until they are ready, versions, notices and refusals."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dubcheck.exchange import Credential, Exchange
from harness.traffic import Client, form, interleaved, timestamp

_HOST = "https://api.panjaya.example"
_NOTICES = "https://client.example/notices"
_LOCALES = ("es-ES", "fr-FR", "de-DE", "it-IT", "pt-BR")


def panjaya_traffic(seed: int) -> Iterator[Exchange]:
    """An endless day of one client."""
    return interleaved(Client("panjaya", _HOST, random.Random(seed)), _life)


@dataclass(slots=True)
class _Asset:
    """An asset with one version, as it is shown."""

    client: Client
    shown: dict[str, Any]
    version: str
    notices: int = 0

    @property
    def id(self) -> str:
        return str(self.shown["asset_id"])

    @property
    def entry(self) -> dict[str, Any]:
        return dict(self.shown["languages"][0])

    def sight(self, status: str, entry: dict[str, Any], seconds: float | None) -> Exchange:
        self.shown |= {"status": status, "languages": [entry], "duration": seconds}
        ids = {"asset_id": self.id}
        answer = {**self.shown, "error": None}
        return self.client.exchange("getAsset", f"GET /v1/assets/{self.id}", ids=ids, answer=answer)

    def notice(self, event: str, **more: Any) -> Exchange:
        number = str(self.client.count)
        return self.client.exchange(
            "dubbingCallback",
            f"POST {_NOTICES}",
            sent={"event": event, "asset_id": self.id, **more},
            credential=Credential.NONE,
            headers={
                "x-signature-algorithm": "ES256",
                "x-dubcheck-signature": "hex-der",
                "x-dubcheck-fingerprint": f"{number:0>16} {self.id[:16]}",
                "x-dubcheck-delivery": number,
            },
        )


def _life(client: Client) -> Iterator[Exchange]:
    yield from _oddity(client)
    locale = client.random.choice(_LOCALES)
    is_upload = client.random.random() < 0.5
    asset = _Asset(client, _new(client, locale), client.identifier(24))
    yield _creation(asset, locale, is_upload=is_upload)
    empty = {"locale": locale, "dubbing_id": None, "versions": []}
    for _ in range(3):
        yield asset.sight("Dubbing", dict(empty), None)
    dubbing = client.identifier(24)
    versions = [{"version_id": asset.version, "status": "ReadyToEdit"}]
    if not is_upload:
        yield asset.notice("version_ready", version_id=asset.version, locale=locale)
    full = {"locale": locale, "dubbing_id": dubbing, "versions": versions}
    for _ in range(2):
        yield asset.sight("Ready", dict(full), 6.014)
    for _ in range(2):
        yield _version(asset, dubbing, locale)
    if client.random.random() < 0.2:
        yield _list(client)


def _new(client: Client, locale: str) -> dict[str, Any]:
    return {
        "asset_id": client.identifier(24),
        "name": "Talk",
        "locale": "en-US",
        "created_at": timestamp(client.now + 0.25),
        "status": "Dubbing",
        "languages": [{"locale": locale, "dubbing_id": None}],
        "duration": None,
    }


def _creation(asset: _Asset, locale: str, *, is_upload: bool) -> Exchange:
    client, sent = asset.client, {"name": "Talk", "locale": "en-US"}
    document: dict[str, Any] = {**sent, "languages": [{"locale": locale}]}
    client.recent.append(asset.shown)
    answer = dict(asset.shown)
    if is_upload:
        line, content_type = "POST /v1/assets/upload", "multipart/form-data; boundary=b"
        body = form(document, "talk.mp4")
        return client.exchange(
            "uploadAsset", line, body=body, content_type=content_type, answer=answer
        )
    document |= {"media_url": "https://media.example/talk.mp4", "callback_url": _NOTICES}
    return client.exchange("createAsset", "POST /v1/assets/", sent=document, answer=answer)


def _version(asset: _Asset, dubbing: str, locale: str) -> Exchange:
    name = asset.version
    answer = {
        "version_id": name,
        "asset_id": asset.id,
        "dubbing_id": dubbing,
        "locale": locale,
        "status": "ReadyToEdit",
        "progress": {"percent": 100},
        "created_at": asset.shown["created_at"],
        "studio_url": f"https://studio.panjaya.example/{asset.id}/{name}",
        "result_url": None,
    }
    ids = {"version_id": name}
    return asset.client.exchange("getVersion", f"GET /v1/versions/{name}", ids=ids, answer=answer)


def _list(client: Client) -> Exchange:
    shown = [{**item, "languages": _bare(item["languages"])} for item in client.recent]
    return client.exchange("listAssets", "GET /v1/assets/", answer={"assets": shown})


def _bare(languages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: entry[key] for key in ("locale", "dubbing_id")} for entry in languages]


def _oddity(client: Client) -> Iterator[Exchange]:
    turn = client.random.random()
    if turn < 0.3:
        sent = {"name": "Talk", "locale": "en-US", "languages": []}
        answer = {"detail": "languages must not be empty"}
        line = "POST /v1/assets/"
        yield client.exchange("createAsset", line, status=400, sent=sent, answer=answer)
    elif turn < 0.4:
        answer = {"detail": "The API key could not be validated"}
        wrong = Credential.WRONG
        line = "GET /v1/assets/"
        yield client.exchange("listAssets", line, status=401, answer=answer, credential=wrong)
    elif turn < 0.5:
        name = client.identifier(24)
        line, ids = f"GET /v1/assets/{name}", {"asset_id": name}
        answer = {"detail": "No such asset"}
        yield client.exchange("getAsset", line, status=404, answer=answer, ids=ids)
