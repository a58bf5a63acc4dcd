"""From a request to a new asset: body read, URLs looked at, files put away; nothing begins here."""

from __future__ import annotations

from msgspec.structs import replace

from dubcheck.emulator.bodies import decode_json_object
from dubcheck.emulator.fetching import AddressRefused, InvalidUrl
from dubcheck.emulator.messages import Request
from dubcheck.emulator.panjaya import requests
from dubcheck.emulator.panjaya.assets import Asset, Material
from dubcheck.emulator.panjaya.identity import new_identifier
from dubcheck.emulator.panjaya.magic import outcome_of_file, outcome_of_url
from dubcheck.emulator.panjaya.materials import Materials
from dubcheck.emulator.panjaya.orders import read_order
from dubcheck.emulator.panjaya.refusals import InvalidInput
from dubcheck.emulator.panjaya.uploads import UploadForm, read_upload
from dubcheck.emulator.workspace import Workspace

_WEB = ("http", "https")


class Intake:
    """Makes assets of requests. Nothing of a refused request remains."""

    def __init__(self, workspace: Workspace, materials: Materials) -> None:
        self._workspace = workspace
        self._materials = materials

    async def read_body(self, request: Request) -> requests.Body:
        """The JSON object of a request."""
        content_type = (request.header(b"content-type") or b"application/json").lower()
        if not content_type.partition(b";")[0].strip().endswith((b"/json", b"+json")):
            raise InvalidInput("The Content-Type must be application/json")
        return decode_json_object(await request.body(requests.BODY_LIMIT_BYTES))

    async def create(self, request: Request) -> Asset:
        """An asset whose video is fetched later."""
        body = await self.read_body(request)
        wanted = requests.read_asset(body)
        media_url = requests.read_media_url(body)
        magic = outcome_of_url(media_url)
        if magic:
            video = Material(is_sample=True)
        else:
            video = await self._read_url(request, "media_url", media_url)
        return await self._new_asset(request, wanted, video, magic)

    async def upload(self, request: Request) -> Asset:
        """An asset whose video comes with the request."""
        limit = self._workspace.profile.max_size_bytes
        form = await read_upload(request, self._workspace.storage, limit)
        try:
            return await self._take(request, form, limit)
        finally:
            form.discard()

    async def _take(self, request: Request, form: UploadForm, limit_bytes: int) -> Asset:
        if form.request is None or "video" not in form.files:
            raise InvalidInput("The form must have the parts request and video")
        wanted = requests.read_asset(decode_json_object(form.request))
        magic = outcome_of_file(form.files["video"].filename)
        asset = await self._new_asset(request, wanted, Material(), magic)
        for role, received in form.files.items():
            if role == "video" and magic:
                material = Material(is_sample=True)
            elif received.size_bytes > limit_bytes:
                material = Material(is_too_large=True)
            else:
                material = self._materials.take(asset, role, received.path)
            asset = replace(asset, **{role: material})
        return asset

    async def _new_asset(
        self, request: Request, wanted: requests.AssetRequest, video: Material, magic: str
    ) -> Asset:
        await self._check_callback(wanted.callback_url)
        background = None
        if wanted.background_url is not None:
            background = await self._read_url(request, "background_url", wanted.background_url)
        order = read_order(self._workspace, request, magic)
        return Asset(
            outcome=order.outcome,
            faults=order.faults,
            identifier=new_identifier(self._workspace),
            owner=request.owner,
            name=wanted.name,
            locale=wanted.locale,
            languages=wanted.languages,
            created_at=self._workspace.clock.now(),
            video=video,
            background=background,
            start_seconds=wanted.start_seconds,
            end_seconds=wanted.end_seconds,
            callback_url=wanted.callback_url,
        )

    async def _read_url(self, request: Request, name: str, url: str) -> Material:
        is_own = self._workspace.storage.own_path(url, request.origin) is not None
        if not is_own:
            await self._admit(name, url, _WEB)
        return Material(url=url, is_own=is_own)

    async def _check_callback(self, url: str | None) -> None:
        if url is not None:
            await self._admit("callback_url", url, ("https",))

    async def _admit(self, name: str, url: str, schemes: tuple[str, ...]) -> None:
        try:
            await self._workspace.guard.admit(url, schemes=schemes)
        except (InvalidUrl, AddressRefused) as refused:
            raise InvalidInput(f"{name} cannot be used: {refused}") from refused
