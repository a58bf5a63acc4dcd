"""Entries of subtitles and how they are written down; which texts are right is subtitles.py."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_LINES = st.sampled_from(
    ["Hello.", "¿Qué tal?", "好的，谢谢。", "- Yes.", "<i>Maybe</i>", "Čau, jak se máš?", "שלום"]
)
MOST_CUES = 4
_LONGEST_PAUSE_MILLISECONDS = 3000


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry. Units: milliseconds."""

    start: int
    end: int
    text: str

    def block(self, number: int | None, arrow: str = " --> ", mark: str = ",") -> str:
        """The entry as text, without its final line end."""
        times = f"{_clock(self.start, mark)}{arrow}{_clock(self.end, mark)}"
        first = [] if number is None else [str(number)]
        return "\n".join([*first, times, self.text])


def cue_lists() -> SearchStrategy[list[Cue]]:
    """One to four entries that follow each other."""
    texts = st.lists(_LINES, min_size=1, max_size=2).map("\n".join)
    steps = st.tuples(
        st.integers(0, _LONGEST_PAUSE_MILLISECONDS),
        st.integers(1, _LONGEST_PAUSE_MILLISECONDS),
        texts,
    )
    return st.lists(steps, min_size=1, max_size=MOST_CUES).map(_in_sequence)


def lines_of_text() -> SearchStrategy[str]:
    """Single lines in several scripts, none of them a number or blank."""
    return _LINES


def joined(blocks: list[str]) -> str:
    """Entries with an empty line between them."""
    return "\n\n".join(blocks) + "\n"


def _in_sequence(steps: list[tuple[int, int, str]]) -> list[Cue]:
    cues, time = [], 0
    for pause, length, text in steps:
        cues.append(Cue(time + pause, time + pause + length, text))
        time += pause + length
    return cues


def _clock(milliseconds: int, mark: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"
