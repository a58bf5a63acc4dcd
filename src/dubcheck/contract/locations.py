"""Where the specs and the probes lie: inside the wheel, or beside src in a checkout."""

from __future__ import annotations

from pathlib import Path

APIS = ("pinch", "panjaya")

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def specs_folder() -> Path:
    """The folder that holds one sub-folder of contract files per API."""
    packaged = _PACKAGE / "specs"
    return packaged if packaged.is_dir() else _CHECKOUT / "specs"


def probes_folder() -> Path:
    """The folder that holds one sub-folder of probes per API."""
    packaged = _PACKAGE / "probes"
    return packaged if packaged.is_dir() else _CHECKOUT / "tests" / "conformance"
