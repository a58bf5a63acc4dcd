"""Numbers with few decimals, drawn as JSON integers and as JSON floats alike."""

from __future__ import annotations

import math

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Number = int | float
_STEPS = 1000


def numbers_between(lowest: float, highest: float) -> SearchStrategy[Number]:
    """Thousandths from lowest to highest, both included; whole ones also as integers.

    Shrinks towards the lowest. Both bounds are met exactly if they are thousandths.
    """
    first = math.ceil(round(lowest * _STEPS, 6))
    last = math.floor(round(highest * _STEPS, 6))
    steps = st.integers(first, last) | st.sampled_from([first, last])
    fractions: SearchStrategy[Number] = steps.map(lambda step: step / _STEPS)
    if math.ceil(lowest) > math.floor(highest):
        return fractions
    wholes: SearchStrategy[Number] = st.integers(math.ceil(lowest), math.floor(highest))
    return wholes | fractions
