"""Recorded traffic of any number of files, in two readings: all are taken in, then given to judge.

Files are named and opened elsewhere; judging them is no matter of this package.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dubcheck.contract import Contract
from dubcheck.errors import RecordError
from dubcheck.exchange import Exchange
from dubcheck.exchange.record import RecordStream, Remark
from dubcheck.recordings.cassettes import cassette_entries
from dubcheck.recordings.files import ForeignFile, Kind, RecordingFile
from dubcheck.recordings.har import har_entries
from dubcheck.recordings.intake import Taken, announced_links, may_belong, taken_from
from dubcheck.recordings.own_cassettes import source_of
from dubcheck.recordings.places import Places, host_of, service_of
from dubcheck.recordings.receivers import Receivers
from dubcheck.recordings.record_headers import checked_targets
from dubcheck.recordings.scenes import Scenes
from dubcheck.recordings.spool import Spool
from dubcheck.recordings.tallies import FileTally, Tally
from dubcheck.rules import Outcome

_ENTRIES = {Kind.HAR: har_entries, Kind.CASSETTE: cassette_entries}


class RecordedTraffic:
    """Everything taken from the files so far."""

    def __init__(self, contracts: Iterable[Contract], places: Places):
        self._apis = {item.api for item in contracts}
        self._places = places
        self._scenes = Scenes()
        self._spool = Spool()
        self._links: dict[str, tuple[str, str]] = {}
        self._receivers = Receivers()
        self._digests: dict[str, str] = {}
        self._holders: dict[bytes, str] = {}
        self.tally = Tally()
        self.outcomes: list[Outcome] = []
        self.crashes: list[str] = []
        self.services: dict[str, dict[str, None]] = {}
        self.sources: set[str] = set()
        self.first_at, self.last_at = float("inf"), 0.0

    def take(self, file: RecordingFile) -> None:
        """Takes one file in; one that cannot be read is told in the tally and leaves nothing."""
        count = self._spool.count
        try:
            self._take(file)
        except ForeignFile as error:
            # Folders hold other files as well; a file that was named is meant to be judged.
            told = self.tally.refused if file.is_named else self.tally.passed_over
            told.append(str(error))
        except RecordError as error:
            self._spool.forget_since(count)
            self.tally.refused.append(str(error))

    def _take(self, file: RecordingFile) -> None:
        digest = file.digest()
        if digest in self._digests:
            first = self._digests[digest]
            self.tally.passed_over.append(f"{file.name}: is the same as {first}")
            return
        prefix = f"f{len(self._digests) + 1}"
        if file.is_record():
            tally = self._take_record(file, prefix)
        else:
            tally = self._take_entries(file, prefix)
        self._digests[digest] = file.name
        self.tally.files[prefix] = tally

    def _take_entries(self, file: RecordingFile, prefix: str) -> FileTally:
        kind, document = file.document()
        source = source_of(document) if kind is Kind.CASSETTE else None
        if source is not None:
            self._places.look_at(source[1])
        entries = _ENTRIES[kind](document, file.name)
        fresh = [entry for entry in entries if not entry.is_from_cache]
        self.tally.from_cache += len(entries) - len(fresh)
        for entry in fresh:
            if not may_belong(entry):
                self._count_ignored(entry.method, entry.url)
        judged, is_timed = 0, True
        for taken in taken_from(fresh, self._places, prefix):
            if self._is_repeated(taken.exchange, prefix):
                continue
            judged += bool(taken.service)
            is_timed = is_timed and taken.exchange.is_timed
            self._keep(taken, prefix)
        if judged:
            self.sources.add("" if source is None else source[0])
        return FileTally(file.name, kind.value, len(entries), judged, is_timed)

    def _keep(self, taken: Taken, file: str) -> None:
        exchange = taken.exchange
        if taken.service:
            self._note(exchange, taken.service)
            scene = self._scenes.place(exchange, taken.service, taken.account, file)
            for link in announced_links(exchange):
                self._links[link] = (exchange.api, scene)
            self._receivers.note(exchange, scene, file)
            exchange = replace(exchange, scene=scene)
        self._spool.add(exchange, file)

    def _take_record(self, file: RecordingFile, prefix: str) -> FileTally:
        stream = RecordStream(file.path)
        targets = checked_targets(stream.header, file.name)
        services = {item["api"]: service_of(item["base_url"]) for item in targets}
        outcomes: list[Outcome] = []
        crashes: list[str] = []
        count = 0
        for item in stream.items():
            if isinstance(item, Remark):
                if item.kind == "outcome":
                    outcomes.append(_outcome(item, prefix, file.name))
                else:
                    crashes.append(f"{file.name}: {item.document.get('reason')}")
                continue
            if self._is_repeated(item, prefix):
                continue
            service = services.get(item.api, "")
            # The scenes of a record that was judged before are its own.
            scene = self._scenes.place(item, service, "", f"{prefix} {item.scene}")
            self._note(item, service)
            self._spool.add(replace(item, id=f"{prefix}-{item.id}", scene=scene), prefix)
            count += 1
        self.sources |= {item["kind"] for item in targets}
        self.outcomes += outcomes
        self.crashes += crashes
        return FileTally(file.name, Kind.RECORD.value, count, count, is_timed=True)

    def _note(self, exchange: Exchange, service: str) -> None:
        if exchange.api in self._apis:
            self.services.setdefault(exchange.api, {})[service] = None
        if exchange.is_timed:
            self.first_at = min(self.first_at, exchange.started_at)
            self.last_at = max(self.last_at, exchange.ended_at)

    def _is_repeated(self, exchange: Exchange, file: str) -> bool:
        """Whether an earlier file holds it too; an exchange without times may be another one."""
        is_repeated = False
        if exchange.is_timed:
            is_repeated = self._holders.setdefault(_digest(exchange), file) != file
        self.tally.repeated += is_repeated
        return is_repeated

    def _count_ignored(self, method: str, url: str) -> None:
        if self._places.find(method, url) is not None:
            return
        host = host_of(url)
        if self._places.holds(url):
            self.tally.undocumented[host] += 1
            return
        self.tally.other_hosts[host] += 1
        resembled = self._places.resembles(method, url)
        if resembled is not None:
            self.tally.resembling[host] = resembled

    def exchanges(self) -> Iterator[Exchange]:
        """Everything that belongs to an API, the earliest first, each in its scene."""
        for exchange, file in self._spool.exchanges():
            placed = exchange if exchange.scene else self._placed(exchange, file)
            if placed is None:
                self._count_ignored(exchange.request.method, exchange.request.url)
                continue
            if not exchange.scene:
                self.tally.count_late(file)
            yield replace(placed, scene=self._scenes.name(placed.scene))

    def _placed(self, exchange: Exchange, file: str) -> Exchange | None:
        """What only a link or a receiver shows to belong to an API; None where nothing does."""
        api, scene = self._links.get(exchange.request.url, ("", ""))
        if scene:
            return replace(exchange, api=api, scene=scene)
        return self._receivers.delivered(exchange, file)

    def close(self) -> None:
        """Gives the disk space back."""
        self._spool.close()


def _digest(exchange: Exchange) -> bytes:
    """What tells that two files hold the same exchange: exports of one session overlap, and a
    browser and a proxy may have recorded the same one, each with its own clock and headers.
    """
    request, response = exchange.request, exchange.response
    told = None if response is None else (response.status, response.body.content)
    date = "" if response is None else response.headers.get("date", "")
    parts = (request.method, request.url, date or repr(exchange.started_at), repr(told))
    text = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=16).digest()


def _outcome(remark: Remark, prefix: str, name: str) -> Outcome:
    """What a probe said, about the exchanges under their names here."""
    try:
        outcome = Outcome.decode(remark.document)
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"{name}: holds no usable outcome ({error})") from error
    return replace(outcome, exchanges=tuple(f"{prefix}-{item}" for item in outcome.exchanges))
