"""Recording: cassettes are written beside the old ones, which they replace when the run is over.

An interrupted run loses nothing. The probes of an API share uploads and jobs, so that its cassettes
are one recording: they are replaced together or not at all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from dubcheck.errors import RecordError
from dubcheck.exchange import Redactor
from dubcheck.replay.callback_tape import write_callbacks
from dubcheck.replay.facts import Facts, Kept, day_of
from dubcheck.replay.media_shelf import MediaShelf, references_in
from dubcheck.replay.options import CassetteOptions, Mode
from dubcheck.replay.secret_forms import secrets_in
from dubcheck.replay.stage import MEDIA, keys_of
from dubcheck.replay.tape import CALLBACKS, cassette_name
from dubcheck.replay.wire import Wire
from dubcheck.targets.run_options import RunOptions
from dubcheck.targets.staging import Staged
from dubcheck.targets.target_options import ApiTarget

LARGEST_SAMPLE_BYTES = 50_000_000  # padded files of hundreds of megabytes are holes


class Recorder:
    """One recording of the APIs of a run."""

    def __init__(
        self, options: RunOptions, cassettes: CassetteOptions, staged: Staged, started_at: float
    ):
        self._options, self._cassettes, self._staged = options, cassettes, staged
        self._started_at = started_at
        self.folder = cassettes.folder / ".recording"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._keys = keys_of(staged.targets)
        self.wire = Wire(self._keys, MediaShelf(self.folder / MEDIA, writable=True))
        self._ran: dict[str, set[str]] = {target.api: set() for target in staged.targets}

    def label(self, cassette: str) -> dict[str, object]:
        """What the cassette of this name says about itself."""
        api = cassette.partition("/")[0]
        target = next(item for item in self._staged.targets if item.api == api)
        return {"probe": cassette, **self._facts(target, ()).label}

    def ran(self, cassette: str) -> None:
        """Says that the probe of this cassette was run."""
        self._ran[cassette.partition("/")[0]].add(cassette)

    def finish(self) -> list[str]:
        """Puts the recording in its place; a line for each API says what became of it."""
        told = [self._finish(target) for target in self._staged.targets if self._ran[target.api]]
        _prune_media(self._cassettes.folder)
        self.forget()
        return told

    def forget(self) -> None:
        """Removes what is not in its place."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _finish(self, target: ApiTarget) -> str:
        new, old = self.folder / target.api, self._cassettes.folder / target.api
        new.mkdir(exist_ok=True)
        self._shelve_samples()
        written = _cassettes_in(new)
        if old.exists() and not self._replaces(_cassettes_in(old), written):
            return f"{old}: kept as it was (--record-mode {self._cassettes.mode.value})"
        facts = self._facts(target, sorted(self._ran[target.api] - written))
        facts.write(new)
        if target.api == "panjaya":
            path = new / f"{CALLBACKS}.yaml"
            write_callbacks(self._staged, Redactor(self._keys), facts.label, path)
        _refuse_secrets(new, self._keys)
        shutil.rmtree(old, ignore_errors=True)
        new.rename(old)
        _take_media(self.folder / MEDIA, self._cassettes.folder / MEDIA, old)
        return f"{old}: recorded anew, {len(written)} cassettes"

    def _shelve_samples(self) -> None:
        """Keeps the files that can be kept, also those that no request carried."""
        shelf = MediaShelf(self.folder / MEDIA, writable=True)
        for name in _samples(self._staged):
            shelf.keep_sample((self._staged.work_folder / name).read_bytes())

    def _replaces(self, old: set[str], new: set[str]) -> bool:
        if self._cassettes.mode is Mode.NEW_EPISODES:
            return bool(new - old)
        return self._cassettes.mode is not Mode.ONCE

    def _facts(self, target: ApiTarget, silent: list[str] | tuple[()]) -> Facts:
        staged = self._staged
        return Facts(
            api=target.api,
            recorded_from=target.kind,
            base_url=target.base_url,
            date=day_of(self._started_at),
            suite_version=version("dubcheck"),
            profile=staged.profile,
            seed=staged.seed,
            started_at=self._started_at,
            lacks=tuple(sorted(target.lacks)),
            has_poor_key=target.poor_key is not None,
            has_other_key=target.other_key is not None,
            process_id=os.getpid(),
            callback_url=staged.callback_url,
            media_url=staged.media_url,
            control_url=staged.control_url,
            samples=_samples(staged),
            silent=tuple(silent),
        )


def _refuse_secrets(folder: Path, keys: Iterable[str]) -> None:
    """Raises: RecordError naming each cassette with what looks like a secret in it."""
    found = [
        f"{path.relative_to(folder)}, {told}"
        for path in sorted(folder.rglob("*.yaml"))
        for told in secrets_in(path.read_text(encoding="utf-8"), keys)
    ]
    if found:
        raise RecordError(
            f"{folder}: is not put in its place, because it seems to hold secrets: "
            + "; ".join(found[:10])
        )


def _samples(staged: Staged) -> dict[str, Kept]:
    return {
        path.relative_to(staged.work_folder).as_posix(): Kept(_digest(path), path.stat().st_size)
        for folder in ("samples", "media")
        for path in sorted((staged.work_folder / folder).glob("*"))
        if path.is_file() and path.stat().st_size <= LARGEST_SAMPLE_BYTES
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cassettes_in(folder: Path) -> set[str]:
    return {
        cassette_name(folder.parent, path)
        for path in folder.rglob("*.yaml")
        if path.parent != folder
    }


def _take_media(source: Path, shelf: Path, cassettes: Path) -> None:
    shelf.mkdir(parents=True, exist_ok=True)
    for name in _referred(cassettes):
        if (source / name).exists():
            (source / name).replace(shelf / name)


def _prune_media(folder: Path) -> None:
    """Removes contents that no cassette refers to any more."""
    wanted = {name for api in folder.glob("[!.]*") if api.is_dir() for name in _referred(api)}
    for path in (folder / MEDIA).glob("*"):
        if path.name not in wanted:
            path.unlink()


def _referred(folder: Path) -> set[str]:
    return {name for path in folder.rglob("*.yaml") for name in references_in(path.read_bytes())}
