"""Assets made at once and followed together, whatever they must come to.

Which assets a run needs stands in orders.py; what each must come to, the probes say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from dubcheck.measure.samples import Sample, SampleName, make
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import ASSET_ENDS, StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of, version_ids_of
from dubcheck.targets.receptions import is_refusal, told

from .error_codes import error_code

FAULT_HEADER = "X-Emulator-Fault"


class Fate(Enum):
    """What became of an asset."""

    READY = "Ready"
    FAILED = "Failed"
    REFUSED = "was refused"
    UNENDED = "did not end in time"
    UNMADE = "could not be made"


@dataclass(frozen=True, slots=True)
class AssetOrder:
    """An asset to be made: a file and what its request has beside the plain one.

    `media_url` makes it by createAsset instead of an upload. `fault` is told to the embedded
    emulator, and to nobody else.
    """

    name: str
    sample: SampleName
    change: Mapping[str, Any] = field(default_factory=dict)
    background: SampleName | None = None
    media_url: str | None = None
    fault: str | None = None


@dataclass(slots=True)
class MadeAsset:
    """An asset of the batch: the answer that created it and the one that shows its end."""

    order: AssetOrder
    sample: Sample
    created: Answer
    ended: Answer | None = None

    @property
    def asset_id(self) -> str | None:
        """Its id, or None where it was not created."""
        return asset_id_of(self.created)

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.ended is not None:
            return Fate(str(self.ended.field("status")))
        if self.asset_id is not None:
            return Fate.UNENDED
        # 403 speaks of the account's limits, not of what was sent.
        is_turned_down = is_refusal(self.created) and self.created.status != 403
        return Fate.REFUSED if is_turned_down else Fate.UNMADE

    @property
    def code(self) -> str | None:
        """The error code with which it failed, under whatever key."""
        return None if self.ended is None else error_code(self.ended.field("error"))

    @property
    def story(self) -> str:
        """Its fate in a few words, for a finding."""
        if self.fate is Fate.FAILED:
            return f"failed with {self.code or 'no code'}"
        if self.fate in (Fate.REFUSED, Fate.UNMADE):
            return f"{self.fate.value}: {told(self.created)}"
        return self.fate.value if self.fate is Fate.UNENDED else f"became {self.fate.value}"

    @property
    def seen(self) -> tuple[Answer, ...]:
        """The answers to show with a finding, the decisive one last."""
        return (self.created,) if self.ended is None else (self.created, self.ended)

    def version_ids(self, locale: str | None = None) -> list[str]:
        """Ids of its versions when it had ended, of one language or of all."""
        return [] if self.ended is None else version_ids_of(self.ended, locale)


class AssetBatch:
    """Makes assets and waits for all of them together.

    `body` is the plain request that was accepted.
    """

    def __init__(self, studio: StudioApi, body: Mapping[str, Any], folder: Path, lanes: int):
        self._studio = studio
        self._body = body
        self._folder = folder
        self._lanes = lanes
        self._made: dict[str, MadeAsset] = {}
        self._offered: dict[str, AssetOrder] = {}
        self._is_waited_for = False

    def offer(self, orders: Iterable[AssetOrder]) -> None:
        """Takes orders for assets that are made when they are asked for."""
        self._offered |= {order.name: order for order in orders}

    def need(self, names: Iterable[str]) -> None:
        """Makes those of these assets that were only offered, at once."""
        self.make([self._offered.pop(name) for name in names if name in self._offered])

    @property
    def names(self) -> tuple[str, ...]:
        """Every asset, made or offered."""
        return (*self._made, *self._offered)

    def make(self, orders: Iterable[AssetOrder]) -> None:
        """Creates an asset for each order."""
        ordered = [(order, make(order.sample, self._folder)) for order in orders]
        for made in self._several(lambda item: self._make(*item), ordered):
            self._made[made.order.name] = made

    def add(self, order: AssetOrder) -> None:
        """Creates one more asset and waits for it, unless there is one of this name."""
        if order.name not in self:
            self.make([order])
            self.follow(order.name)

    def follow(self, name: str) -> MadeAsset:
        """The asset of this name, when it has ended or patience has, whatever the others do."""
        made = self.new(name)
        self._wait([made] if made.asset_id is not None and made.ended is None else [])
        return made

    @property
    def ended(self) -> tuple[MadeAsset, ...]:
        """Every asset that was seen Ready or Failed."""
        ends = (Fate.READY, Fate.FAILED)
        return tuple(made for made in self._made.values() if made.fate in ends)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def new(self, name: str) -> MadeAsset:
        """The asset of this name, whether or not it has ended."""
        self.need([name])
        return self._made[name]

    def asset(self, name: str) -> MadeAsset:
        """The asset of this name, when all that were made have ended or patience has."""
        if name in self._offered:
            return self.follow(name)
        if not self._is_waited_for:
            self._is_waited_for = True
            made = self._made.values()
            self._wait([each for each in made if each.asset_id is not None and each.ended is None])
        return self._made[name]

    def settled(self, name: str, is_settled: Callable[[Answer], bool]) -> MadeAsset:
        """The same, once a Ready one shows what may follow a little later."""
        made = self.asset(name)
        if made.fate is Fate.READY and made.ended is not None:
            made.ended = self._studio.settled(str(made.asset_id), made.ended, is_settled)
        return made

    def version_statuses(self, made: MadeAsset) -> list[object]:
        """What each version of an asset shows as its status now."""
        return [self._studio.get_version(item).field("status") for item in made.version_ids()]

    def again(self, name: str) -> MadeAsset:
        """A second asset of the same order, ended: the first may have failed by chance.

        Whichever came further counts from now on.
        """
        self.asset(name)
        second = self.once_more(name)
        if second.fate is Fate.READY:
            self._made[name] = second
        return self._made[name]

    def once_more(self, name: str) -> MadeAsset:
        """Another asset of the same order, ended."""
        first = self.new(name)
        made = self._make(first.order, first.sample)
        self._wait([made] if made.asset_id is not None else [])
        return made

    def _make(self, order: AssetOrder, sample: Sample) -> MadeAsset:
        headers = {FAULT_HEADER: order.fault} if order.fault else {}
        options: dict[str, Any] = {"headers": headers, "intent": order.name}
        body = {**self._body, **order.change}
        if order.media_url is not None:
            body["media_url"] = order.media_url
            return MadeAsset(order, sample, self._studio.create(body, **options))
        track = None if order.background is None else make(order.background, self._folder)
        return MadeAsset(order, sample, self._studio.upload(body, sample, track, **options))

    def _wait(self, waiting: list[MadeAsset]) -> None:
        """Asks about one, as the others go on meanwhile, and about several once it has ended."""
        for waited in self._studio.polls():
            width = 1
            while waiting:
                asked, others = waiting[:width], waiting[width:]
                ended = self._several(partial(self._ended, waited), asked)
                still = [made for made in asked if made not in ended]
                if len(still) == len(asked):
                    waiting = [*others, *still]
                    break
                waiting, width = [*still, *others], self._lanes
            if not waiting:
                return

    def _ended(self, waited: float, made: MadeAsset) -> MadeAsset | None:
        """The asset, if it need not be asked about again."""
        answer = self._studio.get_asset(str(made.asset_id))
        shown = answer.field("asset_id")
        if isinstance(shown, str) and shown != made.asset_id:
            return made  # another asset's answer says nothing of this one
        if answer.field("status") in ASSET_ENDS:
            made.ended = answer
            return made
        # An asset that cannot be read will not become readable; that it cannot is judged elsewhere.
        return made if self._studio.is_lost(answer, waited) else None

    def _several(self, work: Callable[[Any], Any], items: list[Any]) -> list[Any]:
        with ThreadPoolExecutor(self._lanes) as lanes:
            return list(lanes.map(work, items))
