"""Answers for paths of no service; anything under a service's prefix is that service's."""

from __future__ import annotations

from collections.abc import Sequence

from dubcheck.emulator.keys import Account
from dubcheck.emulator.messages import Answer, Request
from dubcheck.emulator.routing import Route
from dubcheck.errors import ApiError


class Fallback:
    """Speaks both dialects at once, since nobody knows which client came here."""

    name = "fallback"
    prefixes: Sequence[str] = ()
    routes: Sequence[Route] = ()

    def account(self, request: Request) -> Account | None:
        """Nobody: no key is asked for."""
        return None

    def admit(self, request: Request) -> None:
        """Everybody: there is nothing to protect."""

    def render(self, error: ApiError) -> Answer:
        """Both APIs' error shapes in one object."""
        content = {
            "error": {"code": error.code, "message": error.message},
            "detail": error.message,
        }
        return Answer.json(error.status, content, error.headers)

    def resume(self) -> None:
        """Nothing was interrupted."""

    def reset(self, owner: str | None) -> None:
        """Nothing is remembered."""

    def state(self, owner: str | None) -> dict[str, list[object]]:
        """No resources."""
        return {}
