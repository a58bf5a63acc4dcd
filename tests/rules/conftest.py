"""Exchanges made by hand, and what the whole judge says of them. Nothing is sent here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from typing import Any

import pytest

from dubcheck.contract import load_contract
from dubcheck.exchange import EMPTY, Body, Credential, Exchange, Request, Response
from dubcheck.rules import Judge, Kind, Outcome
from dubcheck.rules.panjaya.vocabulary import CALLBACK

NOON = 1_772_712_000.0  # 2026-03-05T12:00:00Z
HOST = "https://api.example.com"


@dataclass(slots=True)
class ExchangeBuilder:
    """Builds exchanges of one API; each later than the one before unless `at` says otherwise.

    Units: `at` and `took` seconds, `at` counted from noon of 5 March 2026 (UTC).
    """

    api: str
    built: list[Exchange] = field(default_factory=list)

    def __call__(
        self,
        operation: str | None,
        *,
        sent: Any = None,
        status: int | None = 200,
        answer: Any = None,
        at: float | None = None,
        took: float = 0.05,
        credential: Credential = Credential.OWN,
        **more: Any,
    ) -> Exchange:
        """One exchange. `more`: method, url (a path is put behind a host), ids (path parameters),
        body and reply (raw bytes in the place of JSON), request_headers, headers (None: no Date),
        intent.
        """
        started = NOON + (len(self.built) if at is None else at)
        url = more.get("url", "/")
        ended = formatdate(started + took, usegmt=True)
        headers = {"content-type": "application/json", "date": ended, **(more.get("headers") or {})}
        response = None
        if status is not None:
            reply = _body(answer, more.get("reply"))
            response = Response(status, {k: v for k, v in headers.items() if v is not None}, reply)
        exchange = Exchange(
            id=f"x-{len(self.built) + 1}",
            api=self.api,
            operation=operation,
            path_parameters=more.get("ids", {}),
            request=Request(
                method=more.get("method", "GET"),
                url=url if "://" in url else HOST + url,
                headers={"content-type": "application/json", **more.get("request_headers", {})},
                body=_body(sent, more.get("body")),
                credential=credential,
            ),
            response=response,
            started_at=started,
            elapsed_seconds=took,
            intent=more.get("intent"),
        )
        self.built.append(exchange)
        return exchange


def _body(document: Any, raw: bytes | None) -> Body:
    content = raw if raw is not None else b"" if document is None else json.dumps(document).encode()
    return Body(content, len(content)) if content else EMPTY


@dataclass(frozen=True, slots=True)
class Judgement:
    """What every rule of an API said."""

    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> set[str]:
        """The requirements found broken."""
        return {item.requirement for item in self.outcomes if item.kind is Kind.FAIL}

    @property
    def passed(self) -> set[str]:
        """The requirements seen kept, and never broken."""
        kept = {item.requirement for item in self.outcomes if item.kind is Kind.PASS}
        return kept - self.failed

    @property
    def readings(self) -> Mapping[str, set[str]]:
        """The readings seen, by question."""
        found: dict[str, set[str]] = {}
        for item in self.outcomes:
            if item.kind is Kind.READING:
                found.setdefault(item.requirement, set()).add(str(item.reading))
        return found

    def evidence(self, requirement: str) -> tuple[str, ...]:
        """The ids of the exchanges on which the first failure of a requirement rests."""
        failures = (item for item in self.outcomes if item.kind is Kind.FAIL)
        return next(item.exchanges for item in failures if item.requirement == requirement)


def judgement_of(api: str, exchanges: Iterable[Exchange]) -> Judgement:
    """Every exchange, trace and run rule applied, as at the end of a run."""
    judge, seen = Judge(load_contract(api)), tuple(exchanges)
    singles = [outcome for item in seen for outcome in judge.exchange(item)]
    return Judgement((*singles, *judge.traces(seen)))


Judging = Callable[..., Judgement]


@pytest.fixture
def pinch() -> ExchangeBuilder:
    """A builder of Pinch exchanges."""
    return ExchangeBuilder("pinch")


@pytest.fixture
def panjaya() -> ExchangeBuilder:
    """A builder of Panjaya exchanges."""
    return ExchangeBuilder("panjaya")


@pytest.fixture
def judged(request: pytest.FixtureRequest) -> Judging:
    """What the judge says of the exchanges it is given, or else of all that were built."""

    def judge(*exchanges: Exchange) -> Judgement:
        seen = exchanges or tuple(
            item
            for name in ("pinch", "panjaya")
            if name in request.fixturenames
            for item in request.getfixturevalue(name).built
        )
        return judgement_of(seen[0].api, seen)

    return judge


def spoilt_with(exchange: Exchange, junk: Any, entries: str) -> list[Exchange]:
    """The exchange once per field of its answer, or of the notice, with junk in its place.

    `entries` names the list whose first entry is spoilt field by field as well.
    """
    document = exchange.document if exchange.operation == CALLBACK else exchange.answer
    documents = [{**document, name: junk} for name in document] + [junk]
    if document.get(entries):
        entry = document[entries][0]
        documents += [{**document, entries: [{**entry, name: junk}, entry]} for name in entry]
    return [_with_document(exchange, json.dumps(item).encode()) for item in documents]


def _with_document(exchange: Exchange, content: bytes) -> Exchange:
    """The exchange with another body: in its answer, or where it is a notice in its request."""
    body = Body(content, len(content))
    if exchange.operation == CALLBACK:
        return replace(exchange, request=replace(exchange.request, body=body))
    assert exchange.response is not None
    return replace(exchange, response=replace(exchange.response, body=body))


@pytest.fixture
def spoilt() -> Callable[[Exchange, Any, str], list[Exchange]]:
    """Spoils an exchange in every field."""
    return spoilt_with
