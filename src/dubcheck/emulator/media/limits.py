"""How far a child that reads foreign media may go; what it does within is not decided here.

Address space measured: a probe needs 0.27 GB, a 640x360 encode 0.52 GB.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from dataclasses import dataclass

_PR_SET_PDEATHSIG = 1
_CLONE_NEWNET = 0x40000000
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one child. wall_seconds is watched by its parent, the rest by the kernel."""

    address_bytes: int
    cpu_seconds: int
    output_bytes: int
    wall_seconds: float


def probe_limits(duration_limit_seconds: float) -> Limits:
    """Bounds for measuring one file; it may write nothing."""
    cpu = 30 + int(duration_limit_seconds / 10)
    return Limits(1024 * _MEBIBYTE, cpu, 0, 2.0 * cpu)


def dub_limits(duration_seconds: float, source_bytes: int) -> Limits:
    """Bounds for one dub. 720p encodes in about its own duration on a busy machine."""
    cpu = 60 + int(duration_seconds * 4)
    return Limits(2048 * _MEBIBYTE, cpu, 2 * source_bytes + 512 * _MEBIBYTE, 2.0 * cpu)


def confine(limits: Limits) -> None:
    """Apply the bounds to the calling process, for good."""
    for kind, bound in (
        (resource.RLIMIT_AS, limits.address_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(kind)
        value = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (value, value))


def leave_network() -> bool:
    """Move the calling process into an empty network namespace; needs root on Linux."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and unshare(_CLONE_NEWNET) == 0


def die_with_parent() -> None:
    """Ask the kernel to kill the calling process when its parent ends (Linux only)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
