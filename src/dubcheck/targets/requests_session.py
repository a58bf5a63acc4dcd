"""A requests session whose every exchange the witness sees; schemathesis sends through it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from dubcheck.exchange import Credential
from dubcheck.targets.interim_answers import POOLS
from dubcheck.targets.pacing import Pace
from dubcheck.targets.target_options import ApiTarget, is_loopback
from dubcheck.targets.witness import Sighting, Witness

_INTENT: ContextVar[str | None] = ContextVar("intent", default=None)


@contextmanager
def meant_as(intent: str | None) -> Iterator[None]:
    """Requests of any session within it are recorded with this intent."""
    token = _INTENT.set(intent)
    try:
        yield
    finally:
        _INTENT.reset(token)


class WitnessedAdapter(HTTPAdapter):
    """Sends as requests does and shows the witness each request that went over the wire."""

    def __init__(self, target: ApiTarget, witness: Witness, pace: Pace):
        super().__init__()
        self._target = target
        self._witness = witness
        self._pace = pace

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Connections that tell an interim answer from the final one."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
        """The response of requests; a failure to get one is seen and raised again."""
        self._pace.wait_for_turn()
        started, clock = time.time(), time.monotonic()
        try:
            response = super().send(request, *args, **options)
            content = response.content
        except requests.RequestException as error:
            self._witness.see(self._sighting(request, started, clock, failure=str(error)))
            raise
        self._witness.see(self._sighting(request, started, clock, response, content))
        return response

    def _sighting(
        self,
        request: requests.PreparedRequest,
        started: float,
        clock: float,
        response: requests.Response | None = None,
        content: bytes = b"",
        failure: str | None = None,
    ) -> Sighting:
        body = request.body or b""
        return Sighting(
            api=self._target.api,
            base_path=self._target.base_path,
            method=request.method or "",
            url=request.url or "",
            request_headers=dict(request.headers),
            request_body=body.encode() if isinstance(body, str) else bytes(body),
            credential=self._credential(request),
            started_at=started,
            elapsed_seconds=time.monotonic() - clock,
            status=None if response is None else response.status_code,
            response_headers={} if response is None else dict(response.headers),
            response_body=content,
            failure=failure,
            intent=_INTENT.get(),
        )

    def _credential(self, request: requests.PreparedRequest) -> Credential:
        given = request.headers.get("Authorization")
        if given is None:
            return Credential.NONE
        if isinstance(given, bytes):
            given = given.decode("latin-1")
        return Credential.OWN if given == f"Bearer {self._target.key}" else Credential.MALFORMED


def witnessed_session(target: ApiTarget, witness: Witness, pace: Pace) -> requests.Session:
    """A session with connection reuse, for any host."""
    session = requests.Session()
    # A proxy of the environment must not stand between the suite and a loopback server.
    session.trust_env = not is_loopback(target.base_url)
    for scheme in ("http://", "https://"):
        session.mount(scheme, WitnessedAdapter(target, witness, pace))
    return session
