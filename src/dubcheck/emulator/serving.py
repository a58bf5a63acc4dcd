"""`dubcheck serve`: options in, one JSON line out, then answers until it is told to stop.

Imports nothing heavy before the options are known to be right.
"""

from __future__ import annotations

import argparse
import gc
import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from dubcheck.emulator.profiles import DOCS_2026_03, PROFILES
from dubcheck.emulator.settings import EmulatorSettings, Speed
from dubcheck.errors import UsageError

if TYPE_CHECKING:
    from dubcheck.emulator.defects import ServedDefects
    from dubcheck.emulator.server import EmulatorServer

DEFAULT_PORT = 8080
DOCUMENTED_RATE_LIMIT = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every option of `dubcheck serve`."""
    defaults = EmulatorSettings()
    parser.add_argument("--host", default=defaults.host, help="address to listen on")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes any free port")
    parser.add_argument(
        "--profile", default=DOCS_2026_03.name, help=f"one of: {', '.join(PROFILES)}"
    )
    parser.add_argument(
        "--fault", action="append", default=[], metavar="NAME", help="switch a fault on; repeatable"
    )
    parser.add_argument("--list-faults", action="store_true", help="print every fault and exit")
    _add_keys(parser, defaults)
    _add_surroundings(parser)
    _add_wrongs(parser)


def _add_wrongs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--defect",
        action="append",
        default=[],
        metavar="ID[/SLUG]",
        help="break this promise on purpose, to try a suite; repeatable",
    )
    parser.add_argument(
        "--variation",
        action="append",
        default=[],
        metavar="NAME",
        help="differ where the documents leave it open, to try a suite; repeatable",
    )
    parser.add_argument("--list-defects", action="store_true", help="print every defect and exit")


def _add_keys(parser: argparse.ArgumentParser, defaults: EmulatorSettings) -> None:
    parser.add_argument(
        "--pinch-key", metavar="KEY", default=defaults.pinch_key, help="Pinch account with money"
    )
    parser.add_argument(
        "--pinch-poor-key",
        metavar="KEY",
        default=defaults.pinch_poor_key,
        help="Pinch account without money",
    )
    parser.add_argument(
        "--pinch-other-key",
        metavar="KEY",
        default=defaults.pinch_other_key,
        help="another Pinch account",
    )
    parser.add_argument(
        "--panjaya-key", metavar="KEY", default=defaults.panjaya_key, help="Panjaya account"
    )
    parser.add_argument(
        "--panjaya-other-key",
        metavar="KEY",
        default=defaults.panjaya_other_key,
        help="another Panjaya account",
    )


def _add_surroundings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="URL",
        help="origin that may be fetched or called back although it is not public; repeatable",
    )
    parser.add_argument(
        "--callback-ca", type=Path, metavar="PEM", help="authority that callback receivers use"
    )
    parser.add_argument("--seed", type=int, default=0, help="decides ids and every free choice")
    parser.add_argument(
        "--speed",
        choices=[speed.value for speed in Speed],
        default=Speed.DEFAULT.value,
        help="real takes as long as the real services",
    )
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep all state in this file")
    parser.add_argument(
        "--rate-limit",
        type=int,
        nargs="?",
        const=DOCUMENTED_RATE_LIMIT,
        metavar="N",
        help=f"refuse more than N requests a minute and key (default N: {DOCUMENTED_RATE_LIMIT})",
    )
    parser.add_argument("--no-control", action="store_true", help="do not answer /_emulator/")


def serve(arguments: argparse.Namespace) -> int:
    """Answer until SIGINT or SIGTERM; the exit status.

    Raises: UsageError for an option that cannot be used.
    """
    if arguments.list_faults:
        return list_faults()
    if arguments.list_defects:
        return list_defects()
    settings = read_settings(arguments)
    # Nearly all that is made while starting stays: looking for garbage in it is in vain.
    gc.disable()
    changes = altered(arguments.defect, arguments.variation)
    middleware = changes.wrap if changes else None
    from dubcheck.emulator.assembly import Packs, all_packs  # noqa: PLC0415
    from dubcheck.emulator.server import EmulatorServer  # noqa: PLC0415

    packs: Packs = all_packs
    if arguments.variation:
        from dubcheck.emulator.variations import varied  # noqa: PLC0415

        settings, packs = varied(settings, arguments.variation)

    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with EmulatorServer(settings, middleware, packs) as server:
        if changes:
            server.rewrite_notices(changes.rewrite)
        quiet_collector()
        sys.stdout.write(json.dumps(announcement(server)) + "\n")
        sys.stdout.flush()
        server.wait(stopped)
    return 0


def quiet_collector() -> None:
    """Spare the garbage collector what lives as long as the process, and call it less often.

    With 100,000 jobs its full passes would decide the slowest answers; what is stored per job is
    outside its reach (see store.py).
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 1000)
    gc.enable()


def read_settings(arguments: argparse.Namespace) -> EmulatorSettings:
    """The options as settings; UsageError names the one that is wrong."""
    if arguments.profile not in PROFILES:
        raise UsageError(
            f"--profile {arguments.profile}: unknown; choose one of {', '.join(PROFILES)}"
        )
    if not 0 <= arguments.port <= 65_535:
        raise UsageError(f"--port {arguments.port}: must lie between 0 and 65535")
    if arguments.rate_limit is not None and arguments.rate_limit < 1:
        raise UsageError(f"--rate-limit {arguments.rate_limit}: must be at least 1")
    if arguments.callback_ca is not None and not arguments.callback_ca.is_file():
        raise UsageError(f"--callback-ca {arguments.callback_ca}: no such file")
    return EmulatorSettings(
        host=arguments.host,
        port=arguments.port,
        profile=PROFILES[arguments.profile],
        seed=arguments.seed,
        speed=Speed(arguments.speed),
        faults=tuple(arguments.fault),
        pinch_key=arguments.pinch_key,
        pinch_poor_key=arguments.pinch_poor_key,
        pinch_other_key=arguments.pinch_other_key,
        panjaya_key=arguments.panjaya_key,
        panjaya_other_key=arguments.panjaya_other_key,
        allowed_origins=tuple(arguments.allow_origin),
        callback_ca=arguments.callback_ca,
        state=arguments.state,
        rate_limit=arguments.rate_limit,
        control=not arguments.no_control,
    )


def list_faults() -> int:
    """Print one line per fault."""
    from dubcheck.emulator.fault_catalogue import CATALOGUE  # noqa: PLC0415

    width = max(map(len, CATALOGUE))
    for fault in CATALOGUE.values():
        api = fault.service or "both"
        sys.stdout.write(f"{fault.name:{width}}  {api:8} {fault.description}\n")
    return 0


def list_defects() -> int:
    """Print one line per defect."""
    from dubcheck.emulator.defects import all_defects  # noqa: PLC0415

    sys.stdout.writelines(f"{defect.name}\n" for defect in all_defects())
    return 0


def altered(defects: list[str], variations: list[str]) -> ServedDefects | None:
    """What breaks these promises or differs in these ways; None for neither.

    Raises: UsageError naming one that is unknown.
    """
    if not defects and not variations:
        return None
    from dubcheck.emulator.defects import ServedDefects, find_defects  # noqa: PLC0415
    from dubcheck.emulator.variations import find_variation  # noqa: PLC0415

    changes = [defect for name in defects for defect in find_defects(name)[:1]]
    changes += [find_variation(name) for name in variations]
    return ServedDefects(changes)


def announcement(server: EmulatorServer) -> dict[str, object]:
    """The first line of output: where the emulator is and with which keys it opens."""
    settings = server.settings
    return {
        "url": server.url,
        "pinch_key": settings.pinch_key,
        "pinch_poor_key": settings.pinch_poor_key,
        "pinch_other_key": settings.pinch_other_key,
        "panjaya_key": settings.panjaya_key,
        "panjaya_other_key": settings.panjaya_other_key,
        "callback_public_key": server.callback_public_key,
        "profile": settings.profile.name,
        "seed": settings.seed,
    }
