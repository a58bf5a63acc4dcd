"""The report of a run as data: what report.json holds. Writing it is not done here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.exchange.coding import encode_exchange
from dubcheck.ledger import Judged, RunVerdict, Target
from dubcheck.recordings import Tally
from dubcheck.report.curl import curl_line
from dubcheck.report.traffic import Traffic
from dubcheck.rules import Outcome

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told about a run. Units: times in UNIX seconds.

    `exchanges` are those that findings rest on; `traffic` tells about all; `recordings` about the
    files, where traffic of others was judged.
    """

    suite_version: str
    started_at: float
    ended_at: float
    seed: int
    profile: str
    verdict: RunVerdict
    targets: tuple[Target, ...]
    judged: tuple[Judged, ...]
    crashes: tuple[str, ...]
    exchanges: Mapping[str, Exchange]
    traffic: Traffic
    recordings: Tally | None = None

    def encode(self) -> dict[str, Any]:
        """The JSON form; its keys are an interface that scripts outside rely on."""
        return {
            "schema_version": SCHEMA_VERSION,
            "suite_version": self.suite_version,
            "started_at": _timestamp(self.started_at),
            "ended_at": _timestamp(self.ended_at),
            "seed": self.seed,
            "profile": self.profile,
            "verdict": self.verdict.value,
            "targets": [
                {
                    "api": item.api,
                    "kind": item.kind,
                    "base_url": item.base_url,
                    **({"recorded_from": item.recorded_from} if item.recorded_from else {}),
                }
                for item in self.targets
            ],
            "requirements": [self._requirement(item) for item in self.judged],
            "crashes": list(self.crashes),
            "traffic": self.traffic.encode(),
            "catalogues": {item.api: self._catalogue(item.api) for item in self.targets},
            "sightings": self.traffic.sightings(),
            **({} if self.recordings is None else {"recordings": self.recordings.encode()}),
        }

    def _catalogue(self, api: str) -> dict[str, Any]:
        """How many requirements were judged, and a digest that changes with any of them."""
        promises = [item.requirement for item in self.judged if item.requirement.api == api]
        lines = sorted(f"{item.id} {item.level.value} {item.statement}" for item in promises)
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
        return {"requirements": len(promises), "digest": digest}

    def _requirement(self, judged: Judged) -> dict[str, Any]:
        requirement = judged.requirement
        source = requirement.source
        return {
            "id": requirement.id,
            "api": requirement.api,
            "level": requirement.level.value,
            "statement": requirement.statement,
            "source": {"document": source.document, "section": source.section},
            "verdict": judged.verdict.value,
            "reason": judged.reason,
            "exchanges": judged.exchanges,
            "reading": judged.reading,
            "findings": [self._finding(item) for item in judged.findings],
        }

    def _finding(self, outcome: Outcome) -> dict[str, Any]:
        seen = [self.exchanges[name] for name in outcome.exchanges if name in self.exchanges]
        decisive = seen[-1] if seen else None
        return {
            "message": outcome.message,
            "expected": outcome.expected,
            "actual": outcome.actual,
            "curl": curl_line(decisive) if decisive else "",
            "exchange": encode_exchange(decisive) if decisive else {},
            "earlier_exchanges": [encode_exchange(item) for item in seen[:-1][-10:]],
        }


def _timestamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
