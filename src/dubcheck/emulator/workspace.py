"""What every service pack shares, built once by assembly.py; no behaviour lives here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dubcheck.emulator.clock import Clock
from dubcheck.emulator.faults import Faults
from dubcheck.emulator.identifiers import Identifiers
from dubcheck.emulator.journal import Journal
from dubcheck.emulator.keys import KeyRing
from dubcheck.emulator.profiles import Profile
from dubcheck.emulator.settings import EmulatorSettings
from dubcheck.emulator.store import Store
from dubcheck.emulator.tasks import Tasks

if TYPE_CHECKING:
    from dubcheck.emulator.callbacks import CallbackSender
    from dubcheck.emulator.fetching import PublicAddressGuard
    from dubcheck.emulator.media import MediaWorkshop
    from dubcheck.emulator.storage import Storage


class Workspace(msgspec.Struct):
    """The shared parts. `callbacks`, `guard` and `media` load their heavy libraries late."""

    settings: EmulatorSettings
    clock: Clock
    store: Store
    identifiers: Identifiers
    journal: Journal
    faults: Faults
    keys: KeyRing
    tasks: Tasks
    storage: Storage
    guard: PublicAddressGuard
    media: MediaWorkshop
    callbacks: CallbackSender

    @property
    def profile(self) -> Profile:
        """The chosen reading of the services."""
        return self.settings.profile
