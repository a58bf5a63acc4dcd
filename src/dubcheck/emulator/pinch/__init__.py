"""Pinch Dubbing as its document describes it; nothing here knows Panjaya."""

from __future__ import annotations

from dubcheck.emulator.pinch.service import PinchService

__all__ = ["PinchService"]
