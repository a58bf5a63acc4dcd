"""A studio of paper: exchanges of assets, versions and callbacks that keep every promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from dubcheck.exchange import MISSING, Credential, Exchange

CREATED_AT = "2026-03-05T12:00:00Z"
HOOK = "https://hooks.example.org/a"
SENT = {
    "name": "My Asset",
    "locale": "en-US",
    "languages": [{"locale": "es-ES"}, {"locale": "fr-FR"}],
    "callback_url": HOOK,
}
STUDIO_URL = "https://studio.example.com/v1"
RESULT_URL = "https://storage.example.com/v1.mp4?signature=REDACTED"


def changed(answer: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The answer with changes; MISSING leaves a field out."""
    whole = {**answer, **changes}
    return {key: value for key, value in whole.items() if value is not MISSING}


def language(locale: str, dubbing: str | None, *versions: str) -> dict[str, Any]:
    """One language of an asset as getAsset shows it."""
    listed = [{"version_id": name} for name in versions]
    return {"locale": locale, "dubbing_id": dubbing, "versions": listed}


BOTH = [language("es-ES", "d1", "v1"), language("fr-FR", "d2", "v2")]
UNDUBBED = [language("es-ES", None), language("fr-FR", None)]
ALL_THREE = [*BOTH, language("de-DE", "d3", "v3")]


@dataclass(slots=True)
class PaperStudio:
    """Builds exchanges about one asset, `a1`, created at noon, and its versions."""

    build: Any

    def create(self, sent: Any = None, *, code: int = 200, **changes: Any) -> Exchange:
        """The upload of the asset."""
        document = SENT if sent is None else sent
        answer = self.asset("Dubbing", [{"locale": "es-ES"}, {"locale": "fr-FR"}])
        return self.build(
            "uploadAsset", sent=document, status=code, answer=changed(answer, changes), at=0
        )

    def see(self, status: str, when: float, /, *, code: int = 200, **changes: Any) -> Exchange:
        """The asset as getAsset shows it."""
        is_ready = status == "Ready"
        answer = self.asset(status, BOTH if is_ready else UNDUBBED)
        answer["duration"] = 2.0 if is_ready else None
        if status == "Failed":
            answer["error"] = {"code": "empty_transcript", "message": "Nobody speaks."}
        answer = changed(answer, changes)
        return self.build("getAsset", status=code, answer=answer, at=when, ids={"asset_id": "a1"})

    def add(
        self, when: float, /, *, code: int = 200, target: str = "de-DE", **changes: Any
    ) -> Exchange:
        """A language is added: German."""
        answer = self.asset("Dubbing", [*BOTH, language("de-DE", None)])
        answer = {"detail": "no"} if code >= 400 else changed(answer, changes)
        sent = {"languages": [{"locale": target}]}
        return self.build(
            "addLanguages", sent=sent, status=code, answer=answer, at=when, ids={"asset_id": "a1"}
        )

    def asset(self, status: str, languages: list[Any]) -> dict[str, Any]:
        """The fields that every answer about the asset has."""
        return {
            "asset_id": "a1",
            "name": "My Asset",
            "locale": "en-US",
            "created_at": CREATED_AT,
            "status": status,
            "languages": languages,
        }

    def version(self, status: str, when: float, /, *, code: int = 200, **changes: Any) -> Exchange:
        """Version v1 as getVersion shows it."""
        answer = {
            "status": status,
            "progress": 50,
            "studio_url": STUDIO_URL,
            "result_url": RESULT_URL if status == "Completed" else None,
        }
        answer = changed(answer, changes)
        return self.build(
            "getVersion", status=code, answer=answer, at=when, ids={"version_id": "v1"}
        )

    def revise(self, when: float, sent: Any = None, *, code: int = 200, **changes: Any) -> Exchange:
        """A revision of v1."""
        answer = {"detail": "no"} if code >= 400 else changed({"studio_url": None}, changes)
        return self.build(
            "reviseVersion",
            sent=sent or {},
            status=code,
            answer=answer,
            at=when,
            ids={"version_id": "v1"},
        )

    def notify(self, event: str, when: float, /, **changes: Any) -> Exchange:
        """A notice about v1, or about the asset, as the relay records it."""
        is_asset = event == "asset_failed"
        document = {"event": event, "asset_id": "a1", "version_id": None if is_asset else "v1"}
        if not is_asset:
            document["locale"] = "es-ES"
        more = {name: changes.pop(name) for name in ("method", "body", "url") if name in changes}
        headers = {
            "x-dubcheck-signature": changes.pop("signature", "hex-der"),
            "x-dubcheck-fingerprint": changes.pop("fingerprint", f"s{when} b{when}"),
            "x-signature-algorithm": changes.pop("algorithm", "ES256"),
        }
        if "number" in changes:
            headers["x-dubcheck-delivery"] = changes.pop("number")
        return self.build(
            "dubbingCallback",
            **{"method": "POST", "url": HOOK, **more},
            sent=changed(document, changes),
            at=when,
            took=0,
            credential=Credential.NONE,
            request_headers=headers,
        )


@pytest.fixture
def studio(panjaya: Any) -> PaperStudio:
    """A studio that keeps every promise unless it is told otherwise."""
    return PaperStudio(panjaya)
