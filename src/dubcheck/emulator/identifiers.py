"""The one seeded source of every id and free choice; nothing else draws a random number."""

from __future__ import annotations

import random


class Identifiers:
    """Ids that repeat for a seed; `generation` counts starts on one state file, so none recurs."""

    def __init__(self, seed: int, generation: int = 0) -> None:
        self._random = random.Random(f"{seed}:{generation}")

    def hexadecimal(self, length: int) -> str:
        """`length` lower-case hexadecimal digits."""
        return f"{self._random.getrandbits(4 * length):0{length}x}"

    def number(self, below: int) -> int:
        """A whole number from 0 up to, not including, `below`."""
        return self._random.randrange(below)
