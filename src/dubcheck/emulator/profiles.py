"""What differs between the documented service and the one that later clients of the vendor use.

A profile holds values only; code that reads one asks for a value, never for the profile's name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One reading of the services (FACTS: B2, B3, B4, B5, B22)."""

    name: str
    max_duration_seconds: int
    max_size_bytes: int
    max_lag_seconds: float
    numeric_stages: bool
    error_as_object: bool
    subtitles: bool
    # The kinds of sound that come back as WAV: "depending on the input format", and no more.
    wav_for: frozenset[str] = frozenset({"wav"})


DOCS_2026_03 = Profile(
    name="docs-2026-03",
    max_duration_seconds=600,
    max_size_bytes=500_000_000,
    max_lag_seconds=3,
    numeric_stages=False,
    error_as_object=False,
    subtitles=False,
)

VENDOR_2026_08 = Profile(
    name="vendor-2026-08",
    max_duration_seconds=3600,
    max_size_bytes=2_000_000_000,
    max_lag_seconds=5,
    numeric_stages=True,
    error_as_object=True,
    subtitles=True,
)

PROFILES = {profile.name: profile for profile in (DOCS_2026_03, VENDOR_2026_08)}
