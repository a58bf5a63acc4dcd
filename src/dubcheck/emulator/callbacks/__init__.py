"""Callbacks as Panjaya sends them: POST over HTTPS, signed with ES256, retried, in order per asset.

Source: FACTS 1.8. When an event happens and what it says is the pack's part, not this package's.
"""

from __future__ import annotations

from dubcheck.emulator.callbacks.courier import Courier
from dubcheck.emulator.callbacks.delivery import Attempt, Delivery, DeliveryState
from dubcheck.emulator.callbacks.letter import Letter, Rewriting
from dubcheck.emulator.callbacks.sender import CallbackSender
from dubcheck.emulator.callbacks.signing import CallbackSigner, Encoding, Layout, SignatureForm

__all__ = [
    "Attempt",
    "CallbackSender",
    "CallbackSigner",
    "Courier",
    "Delivery",
    "DeliveryState",
    "Encoding",
    "Layout",
    "Letter",
    "Rewriting",
    "SignatureForm",
]
