"""Who owns which API key. Keys go no further than this file: elsewhere accounts have labels."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dubcheck.emulator.messages import Request


class Account(msgspec.Struct, frozen=True):
    """One customer of one service. `label` names it in the store, the journal and control."""

    service: str
    label: str
    key: str

    def __repr__(self) -> str:
        return f"Account({self.label})"


class KeyRing:
    """Finds the account behind an Authorization header."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.accounts = tuple(accounts)
        self._by_key = {(account.service, account.key): account for account in self.accounts}
        self._by_header = {
            (account.service, f"Bearer {account.key}".encode()): account
            for account in self.accounts
        }

    def find(self, service: str, request: Request) -> Account | None:
        """Account of the request's key, or None if the header is absent, malformed or unknown."""
        given = request.header(b"authorization")
        if given is None:
            return None
        return self._by_header.get((service, given)) or self._parse(service, given)

    def labelled(self, label: str) -> Account | None:
        """The account of this label, for the control surface."""
        return next((account for account in self.accounts if account.label == label), None)

    def _parse(self, service: str, given: bytes) -> Account | None:
        scheme, _, token = given.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        return self._by_key.get((service, token.strip()))
