"""Walks through Panjaya with the keys of several accounts: every operation, in any order.

How long a walk is and what follows from a broken promise is for its listener to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from dubcheck.exchange import Credential
from dubcheck.measure.samples import Sample
from dubcheck.strategies.models.panjaya import AssetsModel
from dubcheck.targets.api_client import Answer
from dubcheck.targets.machines.walk import Listener, Walk, step
from dubcheck.targets.panjaya import ASSET_ENDS, StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of, locales_of, version_ids_of
from dubcheck.targets.receptions import is_refusal

MOST_ASSETS = 3  # each may cost money
LOCALES = ("es-ES", "fr-FR", "de-DE", "it-IT")
UNKNOWN_LOCALE = "xx-XX"
_ASSETS = st.integers(0, MOST_ASSETS - 1)
_VERSIONS = st.integers(0, len(LOCALES) - 1)
_ADDED = st.sampled_from(LOCALES[1:])


class Account(StudioApi):
    """The documented calls with one account's key."""

    def __init__(self, api: StudioApi, credential: Credential):
        super().__init__(api.client)
        self.credential = credential

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """Any request to the API with this account's key."""
        return super().send(method, path, **{"credential": self.credential, **options})

    @property
    def name(self) -> str:
        """What a model calls it."""
        return self.credential.value


@dataclass(slots=True)
class _Asset:
    """An asset that was asked for; `asset_id` is None where none was made."""

    account: Account
    asset_id: str | None
    status: str | None = None
    version_ids: list[str] = field(default_factory=list)


class AssetsMachine(Walk):
    """Assets of several accounts, made, read, waited for, extended, revised and listed.

    What may be done next depends on what was sent, never on what was answered, so that a walk can
    be taken again.
    """

    def __init__(
        self, listener: Listener, accounts: Sequence[Account], video: Sample, body: dict[str, Any]
    ):
        super().__init__(listener)
        self.model = AssetsModel()
        self.accounts = accounts
        self.video = video
        self.body = body
        self.assets: list[_Asset] = []
        self.patience_seconds = 4.0

    @precondition(lambda self: len(self.assets) < MOST_ASSETS)
    @rule(account=st.integers(0, 1))
    @step
    def upload(self, account: int) -> None:
        """uploadAsset with one language."""
        maker = self.accounts[account % len(self.accounts)]
        answer = self.saw(
            maker.upload({**self.body, "languages": [{"locale": LOCALES[0]}]}, self.video)
        )
        asset_id = asset_id_of(answer)
        self.assets.append(_Asset(maker, asset_id))
        if asset_id is not None:
            self.model.created(maker.name, asset_id, LOCALES[:1])

    @precondition(lambda self: self.assets)
    @rule(number=_ASSETS)
    @step
    def read(self, number: int) -> None:
        """getAsset with the key of its account."""
        self._read(self._asset(number))

    @precondition(lambda self: self.assets)
    @rule(number=_ASSETS, locale=_ADDED, also_unknown=st.booleans())
    @step
    def add(self, number: int, locale: str, also_unknown: bool) -> None:
        """addLanguages once the asset is Ready, and getAsset; with an unknown one it is refused."""
        asset = self._asset(number)
        if not self._is_ready(asset) or self.model.has(str(asset.asset_id), locale):
            return
        unknown = [UNKNOWN_LOCALE] if also_unknown else []
        self._add(asset, asset.account, [locale, *unknown])
        self._read(asset)

    @precondition(lambda self: self.assets)
    @rule(number=_ASSETS, version=_VERSIONS)
    @step
    def read_version(self, number: int, version: int) -> None:
        """getVersion of a version that the asset showed."""
        asset = self._asset(number)
        self._read_version(asset, asset.account, self._version(asset, version))

    @precondition(lambda self: self.assets)
    @rule(number=_ASSETS, version=_VERSIONS)
    @step
    def revise(self, number: int, version: int) -> None:
        """reviseVersion between two answers of getVersion."""
        asset = self._asset(number)
        version_id = self._version(asset, version)
        self._read_version(asset, asset.account, version_id)
        if version_id is not None:
            answer = self.saw(asset.account.revise(version_id, {}))
            self.model.revised(version_id, was_accepted=not is_refusal(answer))
            self._read_version(asset, asset.account, version_id)

    @precondition(lambda self: self.assets and len(self.accounts) > 1)
    @rule(number=_ASSETS, version=_VERSIONS, locale=_ADDED, operation=st.integers(0, 3))
    @step
    def trespass(self, number: int, version: int, locale: str, operation: int) -> None:
        """An operation on an asset or a version with the key of another account."""
        asset = self._asset(number)
        stranger = next(item for item in self.accounts if item is not asset.account)
        if asset.asset_id is None:
            return
        if operation == 0:
            self._judge_trespass("getAsset", self.saw(stranger.get_asset(asset.asset_id)))
        elif operation == 1:
            if self._is_ready(asset) and not self.model.has(asset.asset_id, locale):
                self._judge_trespass("addLanguages", self._add(asset, stranger, [locale]))
        else:
            self._trespass_version(asset, stranger, version, revises=operation == 3)

    @rule(account=st.integers(0, 1))
    @step
    def list_assets(self, account: int) -> None:
        """listAssets, where it is served."""
        reader = self.accounts[account % len(self.accounts)]
        answer = self.saw(reader.list_assets())
        if answer.succeeded:
            self.say(self.model.listed(reader.name, answer.content.decode("utf-8", "replace")))

    def _trespass_version(
        self, asset: _Asset, stranger: Account, version: int, *, revises: bool
    ) -> None:
        version_id = self._version(asset, version)
        if version_id is None:
            return
        if revises:
            answer = self.saw(stranger.revise(version_id, {}))
            self.model.revised(version_id, was_accepted=not is_refusal(answer))
            self._judge_trespass("reviseVersion", answer)
        else:
            self._judge_trespass("getVersion", self.saw(stranger.get_version(version_id)))

    def _judge_trespass(self, operation: str, answer: Answer) -> None:
        if answer.succeeded or is_refusal(answer):
            self.say(self.model.reached(operation, was_refused=not answer.succeeded))

    def _add(self, asset: _Asset, account: Account, locales: list[str]) -> Answer:
        languages = [{"locale": locale} for locale in locales]
        body = {"languages": languages, "auto_generate": "off"}
        answer = self.saw(account.add_languages(str(asset.asset_id), body))
        known = [locale for locale in locales if locale != UNKNOWN_LOCALE]
        # What no clear refusal came to may have been done.
        self.model.added(str(asset.asset_id), known, was_accepted=not is_refusal(answer))
        asset.status = None if answer.succeeded else asset.status
        return answer

    def _is_ready(self, asset: _Asset) -> bool:
        """Whether the asset is Ready, waiting a short while for it."""
        if asset.asset_id is None:
            return False
        for waited in asset.account.polls():
            if asset.status in ASSET_ENDS or waited > self.patience_seconds:
                break
            answer = asset.account.get_asset(asset.asset_id)
            self._note(asset, answer)
            if asset.status in ASSET_ENDS:
                self.saw(answer)
        return asset.status == "Ready"

    def _read(self, asset: _Asset) -> None:
        if asset.asset_id is None:
            return
        answer = self.saw(asset.account.get_asset(asset.asset_id))
        self._note(asset, answer)
        if answer.succeeded:
            self.say(self.model.asset_shown(asset.asset_id, locales_of(answer)))

    def _note(self, asset: _Asset, answer: Answer) -> None:
        status = answer.field("status")
        if answer.succeeded:
            asset.status = status if isinstance(status, str) else None
            asset.version_ids = version_ids_of(answer) or asset.version_ids

    def _read_version(self, asset: _Asset, reader: Account, version_id: str | None) -> None:
        if version_id is None:
            return
        answer = self.saw(reader.get_version(version_id))
        status = answer.field("status")
        if answer.succeeded and isinstance(status, str):
            self.say(self.model.version_shown(version_id, status))

    def _asset(self, number: int) -> _Asset:
        return self.assets[number % len(self.assets)]

    def _version(self, asset: _Asset, number: int) -> str | None:
        self._is_ready(asset)
        return asset.version_ids[number % len(asset.version_ids)] if asset.version_ids else None
