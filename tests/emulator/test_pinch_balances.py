"""What a job costs."""

from __future__ import annotations

import pytest

from dubcheck.emulator.pinch.balances import cost_in_cents


@pytest.mark.parametrize(
    ("seconds", "cents"),
    [
        pytest.param(61.5, 51, id="the-documents-example"),
        pytest.param(154, 128, id="a-clients-example"),
        pytest.param(150, 125, id="exact"),
        pytest.param(1, 1, id="one-second"),
        pytest.param(0.6, 1, id="half-a-cent-rounds-up"),
        pytest.param(0.599, 0, id="less-than-half-a-cent"),
        pytest.param(600, 500, id="ten-minutes"),
        pytest.param(3600, 3000, id="an-hour"),
    ],
)
def test_cost_is_half_a_dollar_per_minute(seconds: float, cents: int) -> None:
    """0.50 USD per minute, pro rata, rounded half up to the cent."""
    assert cost_in_cents(seconds) == cents
