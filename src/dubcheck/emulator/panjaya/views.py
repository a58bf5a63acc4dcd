"""Assets and versions as clients see them; keys that no document prints are as FACTS A6 infers."""

from __future__ import annotations

from dubcheck.emulator.clock import format_timestamp
from dubcheck.emulator.panjaya.assets import Asset, Language, Version
from dubcheck.emulator.store import Shelf

View = dict[str, object]

# No studio exists here: a reserved top-level domain leads nowhere.
_STUDIO = "https://studio.panjaya.example"


def asset_view(asset: Asset) -> View:
    """The asset as creating, uploading, adding languages and the list show it, without versions."""
    return {
        "asset_id": asset.identifier,
        "name": asset.name,
        "locale": asset.locale,
        "created_at": format_timestamp(asset.created_at),
        "status": asset.status.value,
        "languages": [_language_view(language) for language in asset.languages],
        "duration": asset.duration_seconds,
    }


def asset_details(asset: Asset, versions: Shelf[Version]) -> View:
    """The asset with its versions and, if it failed, the reason."""
    error = {"code": asset.error.value, "message": asset.error_message} if asset.error else None
    languages = [
        _language_view(language)
        | {"versions": [_summary(version) for version in _found(language, versions)]}
        for language in asset.languages
    ]
    return asset_view(asset) | {"languages": languages, "error": error}


def version_view(version: Version, result_url: str | None) -> View:
    """One version in full."""
    return {
        "version_id": version.identifier,
        "asset_id": version.asset_id,
        "dubbing_id": version.dubbing_id,
        "locale": version.locale,
        "status": version.status.value,
        "progress": {"percent": version.percent},
        "created_at": format_timestamp(version.created_at),
        "studio_url": studio_url(version),
        "result_url": result_url,
    }


def studio_url(version: Version, token: str = "") -> str:
    """Where the version would be edited; with a token no login is needed."""
    url = f"{_STUDIO}/assets/{version.asset_id}/versions/{version.identifier}"
    return f"{url}?token={token}" if token else url


def _language_view(language: Language) -> View:
    return {"locale": language.locale, "dubbing_id": language.dubbing_id}


def _summary(version: Version) -> View:
    return {"version_id": version.identifier, "status": version.status.value}


def _found(language: Language, versions: Shelf[Version]) -> list[Version]:
    found = (versions.find(identifier) for identifier in language.version_ids)
    return [version for version in found if version is not None]
