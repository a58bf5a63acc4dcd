"""What the jobs of Pinch's media are made of; what they must come to is said by the probes."""

from __future__ import annotations

from dubcheck.measure.samples import RECIPES
from dubcheck.targets.pinch_orders import PRICED


def test_priced_orders_tell_rounding_to_whole_minutes_and_seconds() -> None:
    """One priced input lasts more than a minute and no whole number of seconds."""
    lengths = [RECIPES[name].duration_seconds for name in PRICED]

    telling = [length for length in lengths if length > 60 and length % 1 == 0.5]

    assert telling == [61.5]
