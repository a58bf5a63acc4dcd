"""The control surface under /_emulator/: clock, faults, money, insight."""

from __future__ import annotations

from dubcheck.emulator.control.service import ControlService

__all__ = ["ControlService"]
