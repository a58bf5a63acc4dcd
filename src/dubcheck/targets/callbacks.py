"""Callbacks as evidence: each delivery that the receiver logged, shown to the witness once.

A delivery becomes an exchange of the operation dubbingCallback: its request is what arrived, its
answer the 200 of the receiver. What a callback should be is no matter of this module.

X-Signature itself is never recorded. It is checked here, over the raw bytes, and what was found
travels in headers of our own, which the rules read:

    x-dubcheck-signature    the readings of the text that fit ("hex-der", or two with a blank
                            between them where the text reads alike in both forms of base64),
                            or none-fits, absent (or empty), no-key (nothing to verify with)
    x-dubcheck-fingerprint  digests of the signature's text and of the raw body, a blank between
                            them: equal signatures of different bodies show without being kept
    x-dubcheck-delivery     the delivery's place in the receiver's log: workers of one run share
                            the log, so that the same delivery may be shown by several of them
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from dubcheck.exchange import MISSING, Body, Credential, Exchange, value_at
from dubcheck.targets.callback_signatures import SignatureReader
from dubcheck.targets.listeners import Delivery, read_deliveries
from dubcheck.targets.staging import Staged
from dubcheck.targets.waiting import looks
from dubcheck.targets.witness import Sighting, Witness

OPERATION = "dubbingCallback"


@dataclass(frozen=True, slots=True)
class Notice:
    """One callback: as it arrived, with its secrets, and as it was recorded."""

    delivery: Delivery
    exchange: Exchange

    def speaks_of(self, identifier: str) -> bool:
        """Whether the notice names this asset or version, under whatever key."""
        document = Body(self.delivery.body, len(self.delivery.body)).json
        return isinstance(document, dict) and identifier in document.values()

    @property
    def event(self) -> str | None:
        """The event, where it is a text."""
        document = Body(self.delivery.body, len(self.delivery.body)).json
        event = value_at(document, "event")
        return event if event is not MISSING and isinstance(event, str) else None


class CallbackRelay:
    """Shows the receiver's deliveries to the witness; one per process of a run.

    Nothing is shown by itself: `show_new` is to be called after callbacks were awaited, and at
    the end of the session, so that the rules see the latest ones.
    """

    def __init__(self, staged: Staged, witness: Witness):
        self._log = staged.callback_log
        self._origin = _origin(staged.callback_url)
        self._witness = witness
        self._reader = SignatureReader(staged.callback_public_key)
        self._is_replayed = any(target.is_recorded for target in staged.targets)
        self._notices: list[Notice] = []

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice shown so far, in the order of arrival."""
        return tuple(self._notices)

    def show_new(self) -> tuple[Notice, ...]:
        """Shows what arrived since the last call, and returns it."""
        deliveries = read_deliveries(self._log)
        new = [
            Notice(delivery, self._witness.see(self._sighting(number, delivery)))
            for number, delivery in enumerate(deliveries)
            if number >= len(self._notices)
        ]
        self._notices += new
        return tuple(new)

    def about(self, identifier: str, event: str | None = None) -> tuple[Notice, ...]:
        """The notices so far that name an asset or a version, of one event or of all."""
        return tuple(
            notice
            for notice in self._notices
            if notice.speaks_of(identifier) and event in (None, notice.event)
        )

    def awaited(self, seconds: float) -> Iterator[None]:
        """Shows what arrived, and yields; again and again until the time is over.

        For loops that end when what they wait for has arrived.
        """
        for waited in looks():
            self.show_new()
            yield
            if waited >= seconds:
                return

    def _sighting(self, number: int, delivery: Delivery) -> Sighting:
        own = (
            {}
            if self._is_replayed
            else {
                "x-dubcheck-signature": self._reader.verdict(
                    delivery.headers.get("x-signature"), delivery.body
                ),
                "x-dubcheck-fingerprint": _fingerprint(delivery),
                "x-dubcheck-delivery": str(number),
            }
        )
        return Sighting(
            api="panjaya",
            operation=OPERATION,
            method=delivery.method,
            url=self._origin + delivery.path,
            request_headers={**delivery.headers, **own},
            request_body=delivery.body,
            credential=Credential.NONE,
            started_at=delivery.received_at,
            elapsed_seconds=0.0,
            status=200,
        )


def _origin(callback_url: str | None) -> str:
    parts = urlsplit(callback_url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _fingerprint(delivery: Delivery) -> str:
    signature = delivery.headers.get("x-signature", "").strip().encode("utf-8", "replace")
    return " ".join(hashlib.sha256(text).hexdigest()[:16] for text in (signature, delivery.body))
