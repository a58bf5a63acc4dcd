"""What the rules say of prices."""

from __future__ import annotations

from typing import Any

import pytest

ID = "pinch.pricing."


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [
        pytest.param(61.5, 0.51, id="sample"),
        pytest.param(61.5, 0.5125, id="exact"),
        pytest.param(150, 1.25, id="whole"),
        pytest.param(154.0, 1.28, id="nearest"),
        pytest.param(1.2, 0.01, id="one-cent"),
        pytest.param(1.0, 0, id="cut-to-nothing"),
        pytest.param(0.6, 0.01, id="half-a-cent-up"),
        pytest.param(0.6, 0.0, id="half-a-cent-down"),
        pytest.param(119.9, 0.99, id="cut"),
        pytest.param(62, 0.52, id="whole-seconds-shown"),
    ],
)
def test_price_to_the_cent_breaks_nothing(
    seconds: float, cost: float, service: Any, judged: Any
) -> None:
    """0.50 USD a minute, exact, rounded or cut to the cent, is the price."""
    service.see("completed", 20, input_duration_sec=seconds, cost_usd=cost)

    judgement = judged()

    assert judgement.failed == set()
    assert f"{ID}cost-is-pro-rata" in judgement.passed


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [
        pytest.param(61.5, 1.0, id="whole-minutes"),
        pytest.param(61.5, 0.52, id="up-to-the-cent"),
        pytest.param(61.5, 0.50, id="whole-minutes-down"),
        pytest.param(60.0, 0.5083, id="one-second-more"),
        pytest.param(120.0, 0.6, id="other-rate"),
        pytest.param(600.0, 0.0, id="free"),
    ],
)
def test_other_price_is_found(seconds: float, cost: float, service: Any, judged: Any) -> None:
    """A price that no rounding to the cent explains is found."""
    service.see("completed", 20, input_duration_sec=seconds, cost_usd=cost)

    assert judged().failed == {f"{ID}cost-is-pro-rata"}


@pytest.mark.parametrize(
    ("milliseconds", "cost"), [(61_500, 0.51), (61_500, 0.5125), (2000.0, 0.02), (1000, 0.0)]
)
def test_price_of_a_duration_in_milliseconds_is_not_judged(
    milliseconds: float, cost: float, service: Any, judged: Any
) -> None:
    """A price that fits a thousandth of 1000 or more is the fault of the duration alone."""
    service.see("completed", 20, input_duration_sec=milliseconds, cost_usd=cost)

    judgement = judged()

    assert f"{ID}cost-is-pro-rata" not in judgement.failed | judgement.passed


@pytest.mark.parametrize(
    ("prices", "reading"),
    [
        pytest.param([(61.5, 0.51)], "not-told-apart", id="sample-fits-two"),
        pytest.param([(61.5, 0.51), (119.5, 1.0)], "nearest-cent", id="nearest"),
        pytest.param([(61.5, 0.51), (119.5, 0.99)], "cuts-to-cent", id="cuts"),
        pytest.param([(61.5, 0.5125)], "exact", id="exact"),
    ],
)
def test_rounding_is_a_reading(
    prices: list[tuple[float, float]], reading: str, service: Any, judged: Any
) -> None:
    """Which rounding fits all prices of a run is noted."""
    seen = [
        service.see("completed", 20 + n, input_duration_sec=seconds, cost_usd=cost)
        for n, (seconds, cost) in enumerate(prices)
    ]

    assert judged(*seen).readings[f"{ID}rounding"] == {reading}


@pytest.mark.parametrize(
    ("cost", "reading"),
    [(0, "free"), (None, "null-or-absent"), (0.51, "charged")],
    ids=["free", "null", "charged"],
)
def test_cost_of_a_failed_job_is_a_reading(
    cost: float | None, reading: str, service: Any, judged: Any
) -> None:
    """What a failed job costs is noted."""
    service.see("failed", 20, cost_usd=cost)

    assert judged().readings[f"{ID}failed-job-cost"] == {reading}
