"""The calls of Panjaya's Dubbing Studio API as a client makes them: create, upload, poll, revise.

What an answer should be is no matter of this module; it only knows what a next step needs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dubcheck.measure.samples import Sample
from dubcheck.targets.api_client import Answer, ApiClient
from dubcheck.targets.panjaya_answers import asset_id_of
from dubcheck.targets.receptions import is_silence, told
from dubcheck.targets.target_options import is_loopback
from dubcheck.targets.waiting import Waiting

ASSETS = "/v1/assets/"
UPLOAD = "/v1/assets/upload"
VERSIONS = "/v1/versions/"
ASSET_ENDS = ("Ready", "Failed")
MADE = ("Generating", "Completed")
PREPARED = ("ReadyToEdit", "Generating", "Completed", "Failed")

# How long a service may not find yet what it just made.
LAG_SECONDS = 2.0

Files = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class PlainAsset:
    """The plainest asset that the document allows, and what was answered to it.

    `answer` is None where the request could not be sent; `lack` then says why.
    """

    body: dict[str, Any]
    answer: Answer | None
    lack: str = ""

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be built upon it, or None where it was accepted."""
        if self.answer is None:
            return self.lack
        if self.answer.succeeded:
            return None
        return f"the plain request is answered with {told(self.answer)}"


class StudioApi:
    """The documented operations; options are those of `ApiClient.send` (credential, intent, …).

    A request that gets no answer is sent once more: a connection may break by chance.
    """

    def __init__(self, client: ApiClient):
        self.client = client
        self.is_local = is_loopback(client.target.base_url)
        self._waiting = Waiting(is_local=self.is_local)
        self._waiting_for_versions = Waiting(is_local=self.is_local)
        # What follows an addition may be stuck where all that precedes it is not.
        self._waiting_for_extended = Waiting(is_local=self.is_local)
        self._waiting_for_added = Waiting(is_local=self.is_local)
        self._settling_seconds = 10.0 if self.is_local else 60.0
        self._lag_seconds = LAG_SECONDS
        self.assets_by_source: dict[str, str] = {}

    def create(self, body: Any, **options: Any) -> Answer:
        """createAsset with any JSON value as its body."""
        return self._noted(body, self.send("POST", ASSETS, json=body, **options))

    def upload(
        self, request: Any, video: Sample, background: Sample | None = None, **options: Any
    ) -> Answer:
        """uploadAsset with any JSON value as its request, an ordinary form field."""
        files = [file_part("video", video)]
        if background is not None:
            files.append(file_part("background", background))
        answer = self.upload_form({"request": json.dumps(request)}, files, **options)
        return self._noted(request, answer)

    def upload_form(self, fields: Mapping[str, str], files: Files, **options: Any) -> Answer:
        """uploadAsset with exactly these fields and file parts."""
        return self.send("POST", UPLOAD, data=dict(fields), files=files, **options)

    def get_asset(self, asset_id: str, **options: Any) -> Answer:
        """getAsset; the id is encoded for the path."""
        answer = self.send("GET", asset_path(asset_id), **options)
        self._waiting.state_was_asked(answer.field("status"), ASSET_ENDS)
        return answer

    def list_assets(self, query: Mapping[str, object] | None = None, **options: Any) -> Answer:
        """listAssets with exactly these query parameters."""
        return self.send("GET", ASSETS, params=dict(query or {}), **options)

    def add_languages(self, asset_id: str, body: Any, **options: Any) -> Answer:
        """addLanguages with any JSON value as its body; POST is the inferred method."""
        return self.send("POST", f"{asset_path(asset_id)}/languages", json=body, **options)

    def get_version(self, version_id: str, **options: Any) -> Answer:
        """getVersion; the id is encoded for the path."""
        answer = self.send("GET", version_path(version_id), **options)
        self._waiting_for_versions.state_was_asked(answer.field("status"), PREPARED)
        return answer

    def revise(self, version_id: str, body: Any, **options: Any) -> Answer:
        """reviseVersion with any JSON value as its body."""
        return self.send("PATCH", f"{version_path(version_id)}/revise", json=body, **options)

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """Any request to the API."""
        answer = self.client.send(method, path, **options)
        return self.client.send(method, path, **options) if is_silence(answer) else answer

    def is_reachable(self) -> bool:
        """Whether the service still answers a plain request; if not, nothing else is its fault."""
        answer = self.get_asset("000000000000000000000000")
        return answer.status is not None and answer.status < 500

    def wait_for_end(self, asset_id: str | None, *, was_extended: bool = False) -> Answer | None:
        """The first answer that shows the asset Ready or Failed.

        None where that did not happen in time, where the asset cannot be read, or without an id.
        `was_extended`: languages were added to it, which is waited for by itself.
        """
        if asset_id is None:
            return None
        waiting = self._waiting_for_extended if was_extended else self._waiting
        for waited in waiting.polls():
            answer = self.get_asset(asset_id)
            waiting.state_was_asked(answer.field("status"), ASSET_ENDS)
            if answer.field("status") in ASSET_ENDS:
                return answer
            if self.is_lost(answer, waited):
                return None
        return None

    def wait_for_ends(self, asset_ids: Iterable[str], lanes: int = 1) -> dict[str, Answer]:
        """The same for several assets; one that does not end is left out.

        Each lane asks about one asset at a time, as the others go on meanwhile: few requests for
        many assets.
        """
        names = list(dict.fromkeys(asset_ids))
        with ThreadPoolExecutor(lanes) as waiting:
            ended = zip(names, waiting.map(self.wait_for_end, names), strict=True)
            return {name: answer for name, answer in ended if answer is not None}

    def settled(self, asset_id: str, ended: Answer, is_settled: Callable[[Answer], bool]) -> Answer:
        """The Ready asset once it shows what may follow a little later, or as it was last seen."""
        shown = ended
        for waited in self.polls():
            is_ready = shown.field("status") == "Ready"
            if not is_ready or is_settled(shown) or waited > self._settling_seconds:
                break
            later = self.get_asset(asset_id)
            shown = later if later.succeeded else shown
        return shown

    def wait_for_version(
        self, version_id: str, statuses: Iterable[str] = PREPARED, *, was_added: bool = False
    ) -> Answer | None:
        """The first answer that shows the version in one of the statuses, or None as above.

        `was_added`: it is of a language that was added, which is waited for by itself.
        """
        wanted = tuple(statuses)
        waiting = self._waiting_for_added if was_added else self._waiting_for_versions
        for waited in waiting.polls():
            answer = self.get_version(version_id)
            waiting.state_was_asked(answer.field("status"), PREPARED)
            if answer.field("status") in wanted:
                return answer
            if self.is_lost(answer, waited):
                return None
        return None

    def watch_version(
        self, version_id: str, seconds: float = 0.5, *, was_added: bool = False
    ) -> Answer | None:
        """The version a while after it was prepared, or as soon as its final video is made."""
        answer = self.wait_for_version(version_id, was_added=was_added)
        if answer is None or answer.field("status") != "ReadyToEdit":
            return answer
        for waited in self._waiting_for_versions.polls():
            answer = self.get_version(version_id)
            if waited >= seconds or answer.field("status") in MADE:
                break
        return answer

    def polls(self) -> Iterator[float]:
        """Yields the seconds waited so far, each time it is time to ask again."""
        return self._waiting.polls()

    def is_lost(self, answer: Answer, waited: float) -> bool:
        """Whether what is waited for cannot be read, and will not become readable.

        What was just made may not be found at once, which is judged elsewhere. Once a resource is
        not found for all that time, no other is given it.
        """
        if answer.status is None or not 400 <= answer.status <= 499 or answer.status == 429:
            return False
        if answer.status == 404:
            if waited < self._lag_seconds:
                return False
            self._lag_seconds = 0.0
        return True

    def _noted(self, body: Any, answer: Answer) -> Answer:
        """The answer; of each source locale the first asset is remembered."""
        asset_id, locale = asset_id_of(answer), body.get("locale") if type(body) is dict else None
        if asset_id is not None and isinstance(locale, str):
            self.assets_by_source.setdefault(locale, asset_id)
        return answer


def asset_path(asset_id: str) -> str:
    """The path of an asset whose id may hold any character."""
    return ASSETS + quote(asset_id, safe="")


def version_path(version_id: str) -> str:
    """The path of a version whose id may hold any character."""
    return VERSIONS + quote(version_id, safe="")


def file_part(name: str, sample: Sample) -> tuple[str, Any]:
    """A file of a form, as httpx takes it."""
    return name, (sample.filename, sample.content, sample.content_type)
