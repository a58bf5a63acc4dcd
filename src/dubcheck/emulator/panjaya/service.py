"""The operations of Panjaya Dubbing Studio; bodies are read in requests.py, printed in views.py.

Source: vendor-docs/panjaya.txt; methods and statuses it leaves open: FACTS 1.2 and A1 to A23. All
successes answer 200, as the framework behind the vendor's API does unless told otherwise.
"""

from __future__ import annotations

from msgspec.structs import replace

from dubcheck.emulator.bodies import decode_json_object
from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.panjaya import requests, views
from dubcheck.emulator.panjaya.assets import Asset, AssetStatus, Version, VersionStatus
from dubcheck.emulator.panjaya.courses import Courses
from dubcheck.emulator.panjaya.generation import Generation
from dubcheck.emulator.panjaya.intake import Intake
from dubcheck.emulator.panjaya.materials import Materials
from dubcheck.emulator.panjaya.refusals import InvalidInput
from dubcheck.emulator.panjaya.shelves import Shelves
from dubcheck.emulator.refusals import NotFound, Unauthorized
from dubcheck.emulator.routing import Route
from dubcheck.emulator.workspace import Workspace
from dubcheck.errors import ApiError

RESULT_LIFETIME_SECONDS = 86_400


class PanjayaService:
    """Answers for everything under /v1/."""

    name = "panjaya"
    prefixes = ("/v1/",)

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shelves = Shelves(workspace)
        self._materials = Materials(workspace)
        self._intake = Intake(workspace, self._materials)
        self._courses = Courses(workspace, self._shelves, self._materials)
        self._generation = Generation(workspace, self._shelves, self._materials)
        self._is_warm = False
        self.routes = (
            Route("listAssets", "GET", "/v1/assets/", self.list_assets),
            Route("createAsset", "POST", "/v1/assets/", self.create_asset),
            Route("listAssets", "GET", "/v1/assets", self.add_slash),
            Route("createAsset", "POST", "/v1/assets", self.add_slash),
            Route("uploadAsset", "POST", "/v1/assets/upload", self.upload_asset),
            Route("getAsset", "GET", "/v1/assets/{asset_id}", self.get_asset),
            Route("addLanguages", "POST", "/v1/assets/{asset_id}/languages", self.add_languages),
            Route("getVersion", "GET", "/v1/versions/{version_id}", self.get_version),
            Route("reviseVersion", "PATCH", "/v1/versions/{version_id}/revise", self.revise),
        )

    def account(self, request: Request) -> Account | None:
        """Owner of the bearer key."""
        return self._workspace.keys.find("panjaya", request)

    def admit(self, request: Request) -> None:
        """Only known keys."""
        if request.account is None:
            raise Unauthorized("The API key could not be validated")

    def render(self, error: ApiError) -> Answer:
        """{"detail"}. 413 is not among the documented statuses; 400 covers any invalid input."""
        headers = dict(error.headers)
        if error.status == 401:
            headers["www-authenticate"] = "Bearer"
        status = 400 if error.status == 413 else error.status
        return Answer.json(status, {"detail": error.message}, headers)

    def resume(self) -> None:
        """Send the callbacks that waited, then go on with every asset and version under way."""
        self._workspace.callbacks.resume()
        for asset in self._shelves.assets.every():
            if asset.status is AssetStatus.DUBBING:
                self._courses.start(asset)
        for version in self._shelves.versions.every():
            if version.status is VersionStatus.GENERATING:
                self._generation.resume(version)

    def reset(self, owner: str | None) -> None:
        """Forget assets, versions and callbacks; what was under way is cancelled."""
        for account in self._workspace.keys.accounts:
            if account.service == self.name and owner in (None, account.label):
                self._workspace.tasks.cancel(account.label)
        self._workspace.callbacks.reset(owner)
        self._shelves.assets.clear(owner)
        self._shelves.versions.clear(owner)
        self._courses.forget(owner)

    def state(self, owner: str | None) -> dict[str, list[object]]:
        """Every asset and version."""
        return {
            "assets": list(self._shelves.assets.every(owner)),
            "versions": list(self._shelves.versions.every(owner)),
        }

    def generate(self, version_id: str) -> views.View:
        """For the control surface: begin the final video. Raises: NotFound, WrongStatus."""
        return views.version_view(self._generation.generate(version_id), None)

    async def add_slash(self, request: Request) -> Answer:
        """Where the collection is (FACTS A22)."""
        query = request.scope["query_string"]
        location = b"/v1/assets/" + (b"?" + query if query else b"")
        return Answer(307, headers=[(b"location", location)])

    async def list_assets(self, request: Request) -> Answer:
        """A page of the account's assets, oldest first."""
        page = requests.read_page(request)
        assets, total = self._shelves.assets.page(request.owner, page.limit, page.offset)
        content = {
            "assets": [views.asset_view(asset) for asset in assets],
            "total": total,
            "limit": page.limit,
            "offset": page.offset,
        }
        return Answer.json(200, content)

    async def create_asset(self, request: Request) -> Answer:
        """A new asset whose video is fetched later."""
        return self._accept(await self._intake.create(request))

    async def upload_asset(self, request: Request) -> Answer:
        """A new asset whose video comes with the request."""
        return self._accept(await self._intake.upload(request))

    async def get_asset(self, request: Request) -> Answer:
        """The asset with its versions."""
        return Answer.json(200, views.asset_details(self._asset(request), self._shelves.versions))

    async def add_languages(self, request: Request) -> Answer:
        """Further languages; the asset is dubbing again."""
        additions = requests.read_additions(await self._intake.read_body(request))
        asset = self._asset(request)
        if asset.status is AssetStatus.FAILED:
            raise InvalidInput("A failed asset takes no languages")
        present = {language.locale for language in asset.languages}
        if any(language.locale in present for language in additions):
            raise InvalidInput("The asset has one of the languages already")
        changed = replace(
            asset, status=AssetStatus.DUBBING, languages=(*asset.languages, *additions)
        )
        self._shelves.assets.put(changed)
        self._courses.start(changed)
        return Answer.json(200, views.asset_view(changed))

    async def get_version(self, request: Request) -> Answer:
        """The version as it stands, with a fresh link once its video exists."""
        version = self._version(request)
        result_url = None
        if version.result_path is not None:
            result_url = self._workspace.storage.sign_get(
                request.origin,
                version.result_path,
                self._workspace.clock.now(),
                RESULT_LIFETIME_SECONDS,
            )
        return Answer.json(200, views.version_view(version, result_url))

    async def revise(self, request: Request) -> Answer:
        """Back to ReadyToEdit; with a studio URL if one is asked for."""
        content = await request.body(requests.BODY_LIMIT_BYTES)
        body = decode_json_object(content) if content else {}
        version = self._generation.revise(self._version(request))
        url = None
        if body.get("studio_url_request") is not None:
            url = views.studio_url(version, self._workspace.identifiers.hexadecimal(32))
        return Answer.json(200, {"studio_url": url})

    def _accept(self, asset: Asset) -> Answer:
        self._warm()
        self._shelves.assets.put(asset)
        self._courses.start(asset)
        return Answer.json(200, views.asset_view(asset))

    def _warm(self) -> None:
        """Start the media children with the first asset: they will be needed at once."""
        if not self._is_warm:
            self._is_warm = True
            self._workspace.tasks.start(self._workspace.media.warm())

    def _asset(self, request: Request) -> Asset:
        asset = self._shelves.assets.get(request.owner, request.parameters[0])
        if asset is None:
            raise NotFound("No such asset")
        return asset

    def _version(self, request: Request) -> Version:
        version = self._shelves.versions.get(request.owner, request.parameters[0])
        if version is None:
            raise NotFound("No such version")
        return version
