"""One notice as it is about to be signed and posted; nothing is sent here.

A rewriting stands for a service that tells something else, or nothing, or something twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice on its way to `url`.

    `signed`: what the signature is made over, where it is not the body. `headers` replace the usual
    ones of that name; None leaves one out.
    """

    url: str
    body: bytes
    method: str = "POST"
    signed: bytes | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        """What the notice says."""
        document: dict[str, Any] = msgspec.json.decode(self.body)
        return document

    def with_document(self, document: object) -> Letter:
        """The same notice saying something else, under a signature that fits."""
        return replace(self, body=msgspec.json.encode(document))


Rewriting = Callable[[Letter], Sequence[Letter]]
