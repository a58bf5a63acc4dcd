"""Carries one callback over HTTPS to the checked address, once; sender.py says when."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dubcheck.emulator.callbacks.letter import Letter, Rewriting
from dubcheck.emulator.callbacks.signing import ALGORITHM, CallbackSigner
from dubcheck.emulator.fetching import PublicAddressGuard, Unfetchable
from dubcheck.emulator.fetching.connection import Message, exchange, usual_authorities
from dubcheck.errors import UsageError

if TYPE_CHECKING:
    import ssl

# Of the machine's clock, as the transfer is. The documents name none.
_TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one POST: a status, or the reason why there is none."""

    status: int | None = None
    error: str = ""


class Courier:
    """Signs and posts. `ca` names a file of further trusted authorities (PEM).

    `rewriting` decides what becomes of each notice, where there is one.
    """

    def __init__(
        self, guard: PublicAddressGuard, signer: CallbackSigner, ca: Path | None = None
    ) -> None:
        self.signer = signer
        self.rewriting: Rewriting | None = None
        self._guard = guard
        self._ca = ca
        if ca is not None:
            _load(ca)

    async def post(self, url: str, body: bytes) -> Outcome:
        """POST `body` to an https URL that leads to a public address or an allowed origin."""
        letter = Letter(url, body)
        # What a rewriting keeps back counts as taken.
        outcome = Outcome(200)
        for each in (letter,) if self.rewriting is None else self.rewriting(letter):
            outcome = await self._send(each)
        return outcome

    async def _send(self, letter: Letter) -> Outcome:
        signed = letter.body if letter.signed is None else letter.signed
        usual = {
            "content-type": "application/json",
            "x-signature": self.signer.sign(signed),
            "x-signature-algorithm": ALGORITHM,
        }
        headers = {**usual, **letter.headers}
        kept = {name: value for name, value in headers.items() if value is not None}
        message = Message(letter.method, kept, letter.body)
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                destination = await self._guard.resolve(letter.url, schemes=("https",))
                async with exchange(destination, message, self._authorities) as answer:
                    return Outcome(answer.status_code)
        except Unfetchable as error:
            return Outcome(error=f"{type(error).__name__}: {error}")
        except TimeoutError:
            return Outcome(error=f"no answer within {_TIMEOUT_SECONDS:g} seconds")

    @cached_property
    def _authorities(self) -> ssl.SSLContext:
        return usual_authorities() if self._ca is None else _load(self._ca)


def _load(ca: Path) -> ssl.SSLContext:
    """The usual authorities and those of the file; UsageError if it holds none."""
    import ssl  # noqa: PLC0415 - loaded for this option only

    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=ca)
    except OSError as error:
        raise UsageError(f"--callback-ca {ca}: no certificate could be read ({error})") from error
    return context
