"""--defect of a run: only the embedded emulator is ever asked to be wrong."""

from __future__ import annotations

import pytest

from dubcheck.errors import UsageError
from dubcheck.targets.run_options import checked_options

NAME = "panjaya.get-version.answer-has-status"


def test_embedded_emulator_takes_a_defect() -> None:
    """Without a URL the name goes to the emulator that the run starts."""
    options = checked_options({"defect": NAME, "api": "panjaya"}, {})

    assert options.defect == NAME


def test_black_box_takes_no_defect() -> None:
    """Beside a URL the option is refused by name."""
    given = {
        "defect": NAME,
        "panjaya_url": "https://api.panjaya.ai",
        "panjaya_key": "panjaya-secret",
    }

    with pytest.raises(UsageError, match="--defect"):
        checked_options(given, {})
