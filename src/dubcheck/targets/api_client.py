"""The HTTP client of the probes: httpx, with every exchange seen by the witness.

It knows keys and base URLs; it knows nothing of what an answer should be.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from dubcheck.exchange import MISSING, Body, Credential, Exchange
from dubcheck.exchange.near_misses import WRONG_KEYS
from dubcheck.targets.pacing import Pace
from dubcheck.targets.recorded_moments import read_moment
from dubcheck.targets.target_options import ApiTarget, is_loopback
from dubcheck.targets.witness import Sighting, Witness

TIMEOUT = httpx.Timeout(60.0, connect=10.0)
KEPT_ANSWER_BYTES = 8_000_000
MALFORMED_AUTHORIZATION = "Bearer"  # the scheme without a token


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, with its secrets: for the next request, never for a report.

    `status` is None where no answer came.
    """

    exchange: Exchange
    status: int | None
    content: bytes
    headers: Mapping[str, str]
    json: Any

    def field(self, *pointer: str | int) -> Any:
        """The value at a place of the JSON answer, or MISSING."""
        document = self.json
        for key in pointer:
            try:
                document = document[key]
            except (KeyError, IndexError, TypeError):
                return MISSING
        return document

    @property
    def succeeded(self) -> bool:
        """Whether a 2xx answer came."""
        return self.status is not None and 200 <= self.status <= 299


class ApiClient:
    """Sends requests to one API, and to the storage that its answers point at."""

    def __init__(self, target: ApiTarget, witness: Witness, pace: Pace):
        self.target = target
        self.witness = witness
        self._pace = pace
        loopback = is_loopback(target.base_url)
        # A proxy of the environment must not stand between the suite and a loopback server.
        self._http = httpx.Client(timeout=TIMEOUT, follow_redirects=True, trust_env=not loopback)

    def close(self) -> None:
        """Closes every connection."""
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        credential: Credential = Credential.OWN,
        headers: Mapping[str, str] | None = None,
        intent: str | None = None,
        **content: Any,
    ) -> Answer:
        """One API request; `content` is what httpx takes: json, content, data, files, params."""
        all_headers = {**self.authorization(credential), **(headers or {})}
        url = self.target.base_url.rstrip("/") + path
        for refusals in range(100):
            self._pace.wait_for_turn()
            request = self._http.build_request(method, url, headers=all_headers, **content)
            answer = self._exchange(_Call(self.target, request, credential, None, intent))
            if answer.status != 429 or not self._pace.wait_after_refusal(
                answer.headers.get("retry-after"), refusals
            ):
                break
        return answer

    def authorization(self, credential: Credential) -> dict[str, str]:
        """The Authorization header of a credential; empty for none."""
        keys = {
            Credential.OWN: self.target.key,
            Credential.POOR: self.target.poor_key,
            Credential.OTHER: self.target.other_key,
            Credential.WRONG: WRONG_KEYS[self.target.api],
        }
        if credential is Credential.MALFORMED:
            return {"Authorization": MALFORMED_AUTHORIZATION}
        key = keys.get(credential)
        return {"Authorization": f"Bearer {key}"} if key else {}

    def put_file(
        self, url: str, content: bytes | Path, content_type: str, intent: str | None = None
    ) -> Answer:
        """A PUT to presigned storage, without Authorization."""
        body = content if isinstance(content, bytes) else content.read_bytes()
        request = self._http.build_request(
            "PUT", url, content=body, headers={"Content-Type": content_type}
        )
        return self._exchange(_Call(self.target, request, Credential.NONE, "putUpload", intent))

    def download(
        self, url: str, destination: Path, *, limit_bytes: int = 600_000_000, method: str = "GET"
    ) -> Answer:
        """A GET from presigned storage into a file, without Authorization; stops at the limit."""
        call = _Call(self.target, self._http.build_request(method, url), operation="getDownload")
        digest, size = hashlib.sha256(), 0
        try:
            with (
                self._http.stream(method, url) as response,
                destination.open("wb") as file,
            ):
                for chunk in _bounded(response, limit_bytes):
                    file.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
        except httpx.HTTPError as error:
            return self._unanswered(call, error)
        body = Body(None, size, digest.hexdigest())
        exchange = self.witness.see(call.sighting(response, body))
        return Answer(exchange, response.status_code, b"", response.headers, MISSING)

    def _exchange(self, call: _Call) -> Answer:
        try:
            response = self._http.send(call.request)
        except httpx.HTTPError as error:
            return self._unanswered(call, error)
        content = response.content[:KEPT_ANSWER_BYTES]
        exchange = self.witness.see(call.sighting(response, content))
        document = Body(content, len(content)).json
        return Answer(exchange, response.status_code, content, response.headers, document)

    def _unanswered(self, call: _Call, error: httpx.HTTPError) -> Answer:
        failure = f"{type(error).__name__}: {error}"
        return Answer(self.witness.see(call.sighting(failure=failure)), None, b"", {}, MISSING)


@dataclass(frozen=True, slots=True)
class _Call:
    """A request about to be sent, with the moment at which that happened."""

    target: ApiTarget
    request: httpx.Request
    credential: Credential = Credential.NONE
    operation: str | None = None
    intent: str | None = None
    started: float = field(default_factory=time.time)
    clock: float = field(default_factory=time.monotonic)

    def sighting(
        self,
        response: httpx.Response | None = None,
        body: bytes | Body = b"",
        failure: str | None = None,
    ) -> Sighting:
        """What the transport saw, now that it is over."""
        history = [] if response is None else response.history
        moment = None
        if self.target.is_recorded and response is not None:
            moment = read_moment(response.headers)
        started_at, elapsed = moment or (self.started, time.monotonic() - self.clock)
        return Sighting(
            api=self.target.api,
            base_path=self.target.base_path,
            method=self.request.method,
            url=str(self.request.url),
            request_headers=self.request.headers,
            # Multipart bodies are streams in httpx; reading one makes its bytes available.
            request_body=self.request.read(),
            credential=self.credential,
            started_at=started_at,
            elapsed_seconds=elapsed,
            status=None if response is None else response.status_code,
            response_headers={} if response is None else response.headers,
            response_body=body,
            failure=failure,
            operation=self.operation,
            redirects=tuple(str(item.url) for item in history),
            intent=self.intent,
        )


def _bounded(response: httpx.Response, limit_bytes: int) -> Iterator[bytes]:
    left = limit_bytes
    for chunk in response.iter_bytes():
        yield chunk[:left]
        left -= len(chunk)
        if left <= 0:
            return
