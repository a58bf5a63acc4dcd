"""The witness: turns what was sent and received into exchanges, records them and judges them.

It is the one way into the record. It opens no connection itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from dubcheck.contract import Contract
from dubcheck.exchange import EMPTY, Body, Credential, Exchange, Redactor, Request, Response
from dubcheck.exchange.bodies import body_from
from dubcheck.exchange.record import RecordWriter
from dubcheck.exchange.redaction import redact_url
from dubcheck.rules import Judge, Kind, Outcome


@dataclass(frozen=True, slots=True)
class Sighting:
    """One request with its answer as a transport saw it, with its secrets.

    Units: `started_at` UNIX seconds, `elapsed_seconds` seconds. `status` is None without an answer.
    """

    api: str
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: bytes | Body
    credential: Credential
    started_at: float
    elapsed_seconds: float
    status: int | None
    response_headers: Mapping[str, str] = field(default_factory=dict)
    response_body: bytes | Body = b""
    failure: str | None = None
    operation: str | None = None
    base_path: str = ""
    redirects: tuple[str, ...] = ()
    intent: str | None = None


class Witness:
    """Records and judges sightings of every API of a run; any thread may show it one."""

    def __init__(
        self,
        writer: RecordWriter,
        contracts: Iterable[Contract],
        redactor: Redactor,
        prefix: str = "x",
    ):
        self._writer = writer
        self._redactor = redactor
        self._prefix = prefix
        self._numbers = count(1)
        self._contracts = {item.api: item for item in contracts}
        self._judges = {item.api: Judge(item) for item in self._contracts.values()}
        self.probe: str | None = None
        self.failures: list[Outcome] = []
        self.requests = 0
        self._lock = threading.Lock()

    def see(self, sighting: Sighting) -> Exchange:
        """Records one exchange and judges it by every rule."""
        with self._lock:
            exchange = self._exchange(sighting)
            self._writer.exchange(exchange)
            self.requests += 1
            self._note(self._judges[exchange.api].exchange(exchange))
        return exchange

    def look_back(self, exchanges: Sequence[Exchange]) -> list[Outcome]:
        """What the rules of traces and of runs say of these exchanges; nothing is recorded."""
        apis = dict.fromkeys(item.api for item in exchanges)
        return [
            found for api in apis for found in self._judges[api].traces(exchanges, is_part=True)
        ]

    def say(self, outcome: Outcome) -> None:
        """Records what a probe found that no rule can see."""
        outcome = replace(
            outcome,
            message=self._redactor.text(outcome.message),
            expected=self._redactor.text(outcome.expected),
            actual=self._redactor.text(outcome.actual),
        )
        with self._lock:
            self._writer.outcome(outcome.encode())
            self._note((outcome,))

    def crash(self, probe: str, reason: str, requirements: Iterable[str]) -> None:
        """Records that the suite itself failed: these requirements could not be judged."""
        reason = self._redactor.text(reason)[:2000]
        self._writer.crash({"probe": probe, "reason": reason})
        for requirement in requirements:
            self.say(Outcome(requirement, Kind.BROKEN, f"the probe {probe} failed: {reason}"))

    def broken_musts(self, since: int) -> list[Outcome]:
        """The failures of musts noted after the first `since` failures."""
        return [item for item in self.failures[since:] if self._is_must(item.requirement)]

    def _note(self, outcomes: Iterable[Outcome]) -> None:
        self.failures.extend(item for item in outcomes if item.kind is Kind.FAIL)

    def _is_must(self, requirement: str) -> bool:
        for contract in self._contracts.values():
            if requirement in contract.requirements:
                return contract.requirements[requirement].level.value == "must"
        return True

    def _exchange(self, sighting: Sighting) -> Exchange:
        operation, parameters = self._match(sighting)
        response = None
        if sighting.status is not None:
            headers = sighting.response_headers
            body = self._body(sighting.response_body, headers)
            response = Response(sighting.status, self._redactor.headers(headers), body)
        return Exchange(
            id=f"{self._prefix}-{next(self._numbers)}",
            api=sighting.api,
            operation=operation,
            path_parameters={
                name: self._redactor.text(value) for name, value in parameters.items()
            },
            request=Request(
                method=sighting.method,
                url=self._redactor.text(redact_url(sighting.url)),
                headers=self._request_headers(sighting),
                body=self._body(sighting.request_body, sighting.request_headers),
                credential=sighting.credential,
            ),
            response=response,
            started_at=sighting.started_at,
            elapsed_seconds=sighting.elapsed_seconds,
            failure=sighting.failure and self._redactor.text(sighting.failure),
            probe=self.probe,
            intent=sighting.intent,
            redirects=tuple(redact_url(url) for url in sighting.redirects),
        )

    def _request_headers(self, sighting: Sighting) -> dict[str, str]:
        headers = self._redactor.headers(sighting.request_headers)
        given = {name.lower(): value for name, value in sighting.request_headers.items()}
        if sighting.credential is Credential.MALFORMED and "authorization" in given:
            # Its form is what was tried; keys in it are redacted as everywhere.
            headers["authorization"] = self._redactor.text(given["authorization"])
        return headers

    def _match(self, sighting: Sighting) -> tuple[str | None, dict[str, str]]:
        if sighting.operation is not None:
            return sighting.operation, {}
        path = urlsplit(sighting.url).path.removeprefix(sighting.base_path)
        found = self._contracts[sighting.api].finder.find(sighting.method, path)
        return (None, {}) if found is None else (found[0].id, found[1])

    def _body(self, content: bytes | Body, headers: Mapping[str, Any]) -> Body:
        if isinstance(content, Body):
            return content
        if not content:
            return EMPTY
        lowered = {str(name).lower(): value for name, value in headers.items()}
        return body_from(content, str(lowered.get("content-type", "")), self._redactor)
