"""Setting a run up: the embedded emulator, the receiver of callbacks and the media server.

What is staged can be handed to other processes as plain JSON.
"""

from __future__ import annotations

import os
import ssl
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import trustme

from dubcheck.errors import UsageError
from dubcheck.targets.callback_signatures import refuse_unusable_key
from dubcheck.targets.embedded import start_emulator
from dubcheck.targets.listeners import CallbackReceiver, MediaServer
from dubcheck.targets.run_options import RunOptions
from dubcheck.targets.target_options import ApiTarget

LOOPBACK = "127.0.0.1"
VENDOR_HOST = "api.panjaya.ai"
# Published at docs.panjaya.ai/apis/callbacks; signs what the vendor's own host sends, nothing else.
VENDOR_PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZbUzbbuVyzSv7zVmH6rKypr6ojSS
/86W9dU6mwbdfAtUAx+QI7GNxl/4H1QV2BuBrysabh56O/YXhnFJMh7Lng==
-----END PUBLIC KEY-----
"""


@dataclass(frozen=True, slots=True)
class Staged:
    """Everything a probe may need to know about the run it is part of.

    `control_url` is the embedded emulator's control surface; a black box has none.
    `explore_until`: UNIX seconds, in a deep run that was given its minutes. `defects` are what
    the embedded emulator breaks on purpose, as every other emulator of the run must.
    """

    targets: tuple[ApiTarget, ...]
    profile: str
    seed: int
    rate: float | None
    work_folder: Path
    callback_url: str | None
    callback_log: Path
    callback_public_key: str | None
    media_folder: Path
    media_url: str | None
    control_url: str | None
    explore_until: float | None = None
    defects: tuple[str, ...] = ()

    def own_folder(self, name: str) -> Path:
        """A folder that no other process of the run writes to."""
        folder = self.work_folder / f"{name}-{os.getpid()}"
        folder.mkdir(exist_ok=True)
        return folder

    def encode(self) -> dict[str, Any]:
        """A dictionary of plain values for another process."""
        document = asdict(self)
        for name in ("work_folder", "callback_log", "media_folder"):
            document[name] = str(document[name])
        for target in document["targets"]:
            target["lacks"] = sorted(target["lacks"])
        return document

    @classmethod
    def decode(cls, document: dict[str, Any]) -> Self:
        """What `encode` gave."""
        targets = tuple(
            ApiTarget(**{**target, "lacks": frozenset(target["lacks"])})
            for target in document["targets"]
        )
        paths = {
            name: Path(document[name]) for name in ("work_folder", "callback_log", "media_folder")
        }
        defects = tuple(document["defects"])
        return cls(**{**document, **paths, "targets": targets, "defects": defects})


class Stage:
    """Starts what a run needs and stops all of it again."""

    def __init__(self, options: RunOptions):
        self._options = options
        self._stack = ExitStack()
        self.embedded = any(url is None for url in options.urls.values())

    def __enter__(self) -> Staged:
        with self._stack:
            staged = self._set_up()
            self._stack = self._stack.pop_all()
        return staged

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _set_up(self) -> Staged:
        options = self._options
        work = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="dubcheck-")))
        media_folder = work / "media"
        media_folder.mkdir()
        callback_url, authority = self._receive_callbacks(work)
        media_url = self._serve_media(media_folder)
        greeting: dict[str, Any] = {}
        if self.embedded:
            origins = [url for url in (callback_url, media_url) if url]
            greeting = self._start_emulator(origins, authority)
        return Staged(
            targets=tuple(self._target(api, url, greeting) for api, url in options.urls.items()),
            profile=options.profile,
            seed=options.seed,
            rate=options.rate,
            work_folder=work,
            callback_url=callback_url,
            callback_log=work / "callbacks.jsonl",
            callback_public_key=self._public_key(greeting),
            media_folder=media_folder,
            media_url=media_url,
            control_url=f"{greeting['url']}/_emulator" if greeting else None,
            explore_until=options.minutes and time.time() + 60 * options.minutes,
            defects=self._defects,
        )

    @property
    def _defects(self) -> tuple[str, ...]:
        names = self._options.defect
        return () if names is None else tuple(names.split(","))

    def _receive_callbacks(self, work: Path) -> tuple[str | None, Path | None]:
        options, log = self._options, work / "callbacks.jsonl"
        if options.callback_listen is not None:
            context = _server_context(options.callback_cert, options.callback_cert_key)
            receiver = CallbackReceiver(options.callback_listen, log, context)
            self._stack.callback(receiver.stop)
            return options.callback_url, None
        if not self.embedded:
            return None, None
        authority = trustme.CA()
        path = work / "callback-ca.pem"
        authority.cert_pem.write_to_path(str(path))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(LOOPBACK, "localhost").configure_cert(context)
        receiver = CallbackReceiver((LOOPBACK, 0), log, context)
        self._stack.callback(receiver.stop)
        return f"https://{LOOPBACK}:{receiver.port}", path

    def _serve_media(self, folder: Path) -> str | None:
        options = self._options
        if options.media_listen is None and not self.embedded:
            return None
        server = MediaServer(options.media_listen or (LOOPBACK, 0), folder)
        self._stack.callback(server.stop)
        return options.media_url or f"http://{LOOPBACK}:{server.port}"

    def _start_emulator(self, origins: list[str], authority: Path | None) -> dict[str, Any]:
        arguments = ["--seed", str(self._options.seed)]
        for origin in origins:
            arguments += ["--allow-origin", origin]
        if authority is not None:
            arguments += ["--callback-ca", str(authority)]
        for name in self._defects:
            arguments += ["--defect", name]
        emulator = start_emulator(*arguments)
        self._stack.callback(emulator.stop)
        return emulator.greeting

    def _public_key(self, greeting: dict[str, Any]) -> str | None:
        if self._options.callback_public_key is not None:
            text = self._options.callback_public_key.read_text(encoding="utf-8", errors="replace")
            refuse_unusable_key(text)
            return text
        url = self._options.urls.get("panjaya")
        if url is not None and urlsplit(url).hostname == VENDOR_HOST:
            return VENDOR_PUBLIC_KEY
        return greeting.get("callback_public_key")

    def _target(self, api: str, url: str | None, greeting: dict[str, Any]) -> ApiTarget:
        embedded = url is None
        names = ("key", "poor_key", "other_key")
        source = greeting if embedded else self._options.keys
        keys = {name: source.get(f"{api}_{name}") for name in names}
        return ApiTarget(
            api=api,
            kind="emulator" if embedded else "live",
            base_url=greeting["url"] if url is None else url,
            key=str(keys["key"]),
            poor_key=keys["poor_key"],
            other_key=keys["other_key"],
            lacks=frozenset() if embedded else self._lacks(keys),
        )

    def _lacks(self, keys: dict[str, Any]) -> frozenset[str]:
        options = self._options
        there = {
            "callbacks": options.callback_url,
            "callback-key": self._public_key({}),
            "media-url": options.media_url,
            "poor-key": keys["poor_key"],
            "other-key": keys["other_key"],
            "clock": None,
            "generate": None,
            "account-limits": None,
            "faults": None,
        }
        return frozenset(need for need, value in there.items() if not value)


def _server_context(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    if certificate is None or key is None:
        return None  # whoever stands in front of the receiver speaks TLS
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"--callback-cert {certificate}: does not fit --callback-cert-key ({error})"
        ) from error
    return context
