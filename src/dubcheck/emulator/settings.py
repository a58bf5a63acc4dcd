"""Every option of the emulator in one frozen object; no option is read from anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from dubcheck.emulator.profiles import DOCS_2026_03, Profile


class Speed(Enum):
    """How long work takes: DEFAULT within a second, SLOW six seconds, REAL minutes."""

    DEFAULT = "default"
    SLOW = "slow"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class EmulatorSettings:
    """The options of `dubcheck serve`, one field each, with its default.

    `port` 0 means any free one. `rate_limit` is in requests per minute and key; None means off.
    """

    host: str = "127.0.0.1"
    port: int = 0
    profile: Profile = DOCS_2026_03
    seed: int = 0
    speed: Speed = Speed.DEFAULT
    faults: tuple[str, ...] = ()
    pinch_key: str = "pk_emulator"
    pinch_poor_key: str = "pk_emulator_poor"
    pinch_other_key: str = "pk_emulator_other"
    panjaya_key: str = "panjaya-emulator"
    panjaya_other_key: str = "panjaya-emulator-other"
    allowed_origins: tuple[str, ...] = ()
    callback_ca: Path | None = None
    state: Path | None = None
    rate_limit: int | None = None
    control: bool = True
    journal_size: int = 500
