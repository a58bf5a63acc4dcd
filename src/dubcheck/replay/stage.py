"""The stage of a replay: what a recorded run had staged, without a server and without a socket."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from dubcheck.errors import UsageError
from dubcheck.exchange import Credential
from dubcheck.replay.callback_tape import DeliveryLog, read_callbacks
from dubcheck.replay.clock import ReplayClock
from dubcheck.replay.facts import FACTS, Facts, read_facts, renamed
from dubcheck.replay.media_shelf import MediaShelf
from dubcheck.replay.options import ONE_BY_ONE, CassetteOptions
from dubcheck.replay.tape import CALLBACKS, Tape
from dubcheck.replay.wire import Wire
from dubcheck.targets.run_options import RunOptions
from dubcheck.targets.staging import Staged
from dubcheck.targets.target_options import ApiTarget

MEDIA = "media"
# Keys that are almost right are made from these, so that they must begin as the vendors' do.
KEY_PREFIXES = {"pinch": "pk_", "panjaya": "panjaya-"}


class ReplayStage:
    """Sets up what probes ask for from the facts of the recordings."""

    def __init__(self, options: RunOptions, cassettes: CassetteOptions):
        self._options = options
        self._cassettes = cassettes
        self._work = Path()
        self.shelf = MediaShelf(cassettes.folder / MEDIA)
        self.facts = _agreeing(
            [
                read_facts(cassettes.folder / api)
                for api in options.urls
                if (cassettes.folder / api / FACTS).exists()
            ]
        )
        # What was recorded first begins first: pinch and panjaya of one run share its time.
        self.clock = ReplayClock(min(item.started_at for item in self.facts.values()))
        self.tape = Tape()
        self.wire = Wire(keys_of(self._targets()), self.shelf)

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of the stage."""
        return _origins(self._first)

    @property
    def _first(self) -> Facts:
        return next(iter(self.facts.values()))

    def __enter__(self) -> Staged:
        self._work = Path(tempfile.mkdtemp(prefix="dubcheck-replay-"))
        (self._work / "media").mkdir()
        deliveries = []
        for api, facts in self.facts.items():
            folder = self._cassettes.folder / api
            renames = renamed(facts, self._first, os.getpid())
            self.tape.load(folder, self.origins, renames)
            deliveries += read_callbacks(folder / f"{CALLBACKS}.yaml", renames)
            for name, kept in facts.samples.items():
                path = self._work / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.shelf.stand_in(kept.sha256, kept.size_bytes))
        log = DeliveryLog(self._work / "callbacks.jsonl", deliveries)
        self.clock.watch(log.advance_to)
        return self._staged()

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._work, ignore_errors=True)

    def too_old(self) -> dict[str, float]:
        """The APIs whose cassettes are older than allowed, with their age in days."""
        most = self._cassettes.oldest_days
        ages = {api: facts.age_days(time.time()) for api, facts in self.facts.items()}
        return {api: age for api, age in ages.items() if most is not None and age > most}

    def _staged(self) -> Staged:
        first = self._first
        return Staged(
            targets=self._targets(),
            profile=first.profile,
            seed=first.seed,
            rate=ONE_BY_ONE,
            work_folder=self._work,
            callback_url=first.callback_url,
            callback_log=self._work / "callbacks.jsonl",
            callback_public_key=None,
            media_folder=self._work / "media",
            media_url=first.media_url,
            control_url=first.control_url,
        )

    def _targets(self) -> tuple[ApiTarget, ...]:
        return tuple(_target(facts, self._first) for facts in self.facts.values())


def _target(facts: Facts, first: Facts) -> ApiTarget:
    """The target as probes see it: of the kind that was recorded, so that they ask the same."""
    renames = renamed(facts, first, facts.process_id)
    origin = facts.places[0] or ""
    prefix = KEY_PREFIXES[facts.api]
    return ApiTarget(
        api=facts.api,
        kind=facts.recorded_from,
        base_url=facts.base_url.replace(origin, renames.get(origin, origin), 1),
        key=f"{prefix}replayed-account",
        poor_key=f"{prefix}replayed-poor-account" if facts.has_poor_key else None,
        other_key=f"{prefix}replayed-other-account" if facts.has_other_key else None,
        lacks=frozenset(facts.lacks),
        is_recorded=True,
    )


def keys_of(targets: Iterable[ApiTarget]) -> dict[str, Credential]:
    """Every key of the targets with its label."""
    return {
        key: label
        for target in targets
        for key, label in (
            (target.key, Credential.OWN),
            (target.poor_key, Credential.POOR),
            (target.other_key, Credential.OTHER),
        )
        if key
    }


def _agreeing(recorded: list[Facts]) -> dict[str, Facts]:
    if len({(item.seed, item.profile) for item in recorded}) > 1:
        raise UsageError(
            "--cassettes: the APIs were recorded with different seeds or profiles;"
            " replay them one by one with --api, or record them again together"
        )
    return {item.api: item for item in recorded}


def _origins(facts: Facts) -> tuple[str, ...]:
    return tuple(place for place in facts.places if place)
