"""Builds one emulator from its settings: the workspace, then the services; nothing is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dubcheck.emulator.app import Application
from dubcheck.emulator.callbacks import CallbackSender, CallbackSigner, Courier
from dubcheck.emulator.clock import Clock
from dubcheck.emulator.control import ControlService
from dubcheck.emulator.faults import Faults
from dubcheck.emulator.fetching import PublicAddressGuard
from dubcheck.emulator.identifiers import Identifiers
from dubcheck.emulator.journal import Journal
from dubcheck.emulator.keys import Account, KeyRing
from dubcheck.emulator.media import MediaWorkshop
from dubcheck.emulator.panjaya import PanjayaService
from dubcheck.emulator.pinch import PinchService
from dubcheck.emulator.routing import Service
from dubcheck.emulator.settings import EmulatorSettings
from dubcheck.emulator.storage import Storage
from dubcheck.emulator.storage.service import StorageService
from dubcheck.emulator.storage.signing import Credentials
from dubcheck.emulator.store import Store
from dubcheck.emulator.tasks import Tasks
from dubcheck.emulator.workspace import Workspace

Packs = Callable[[Workspace], Sequence[Service]]


def accounts_of(settings: EmulatorSettings) -> tuple[Account, ...]:
    """The accounts that every emulator starts with."""
    return (
        Account("pinch", "pinch", settings.pinch_key),
        Account("pinch", "pinch-poor", settings.pinch_poor_key),
        Account("pinch", "pinch-other", settings.pinch_other_key),
        Account("panjaya", "panjaya", settings.panjaya_key),
        Account("panjaya", "panjaya-other", settings.panjaya_other_key),
    )


def all_packs(workspace: Workspace) -> Sequence[Service]:
    """Every service of the emulator."""
    pinch, panjaya = PinchService(workspace), PanjayaService(workspace)
    services: tuple[Service, ...] = (StorageService(workspace), pinch, panjaya)
    if not workspace.settings.control:
        return services
    return (*services, ControlService(workspace, services, pinch, panjaya))


class Emulator:
    """One emulator without a port: its workspace and its ASGI application.

    `start` and `stop` run on the event loop that serves the application.
    """

    def __init__(self, settings: EmulatorSettings, packs: Packs = all_packs) -> None:
        self.workspace = build_workspace(settings)
        self.services = packs(self.workspace)
        self.application = Application(self.workspace, self.services)

    async def start(self) -> None:
        """Take up what a state file brought back."""
        await self.workspace.media.start()
        for service in self.services:
            service.resume()

    async def stop(self) -> None:
        """End background work, children and files."""
        await self.workspace.tasks.stop()
        await self.workspace.media.stop()
        self.workspace.storage.close()
        self.workspace.store.close()


def build_workspace(settings: EmulatorSettings) -> Workspace:
    """The shared parts, in the order in which they need one another."""
    store = Store(settings.state)
    generation = int(store.note("generation") or 0)
    store.set_note("generation", str(generation + 1))
    identifiers = Identifiers(settings.seed, generation)
    clock = Clock(float(store.note("clock_offset") or 0.0))
    secret = store.note("storage_secret") or identifiers.hexadecimal(40)
    store.set_note("storage_secret", secret)
    faults = Faults(settings.faults)
    tasks = Tasks()
    guard = PublicAddressGuard(settings.allowed_origins)
    courier = Courier(guard, CallbackSigner(settings.seed), settings.callback_ca)
    return Workspace(
        settings=settings,
        clock=clock,
        store=store,
        identifiers=identifiers,
        journal=Journal(settings.journal_size),
        faults=faults,
        keys=KeyRing(accounts_of(settings)),
        tasks=tasks,
        storage=Storage(store, clock, Credentials("AKIADUBCHECKEMULATOR", secret), settings.state),
        guard=guard,
        media=MediaWorkshop(),
        callbacks=CallbackSender(store, clock, tasks, faults, courier),
    )
