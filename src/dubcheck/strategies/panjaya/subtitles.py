"""SRT texts: valid for everyone, malformed for everyone, and doubtful ones apart.

SRT has no standard; valid here is what every description agrees on (counter from 1, a line of
times with comma and arrow, text, an empty line), malformed is what no parser finds a cue in.
Source of the promise: vendor-docs/panjaya.txt, Create Asset, srt.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from dubcheck.strategies.panjaya.cues import MOST_CUES, Cue, cue_lists, joined, lines_of_text


def srt_texts() -> SearchStrategy[str]:
    """Valid files, with LF or CRLF."""
    texts = cue_lists().map(lambda cues: joined([c.block(n) for n, c in enumerate(cues, 1)]))
    return texts | texts.map(lambda text: text.replace("\n", "\r\n"))


def srt_texts_malformed() -> SearchStrategy[str]:
    """Non-empty texts without any entry: free text, no times, no arrow, garbled times, JSON."""
    return (
        srt_texts_of_free_text()
        | srt_texts_without_times()
        | srt_texts_without_arrows()
        | srt_texts_with_garbled_times()
        | srt_texts_of_json()
    )


def srt_texts_of_free_text() -> SearchStrategy[str]:
    """Sentences, nothing else."""
    return st.lists(lines_of_text(), min_size=1, max_size=MOST_CUES).map("\n".join)


def srt_texts_without_times() -> SearchStrategy[str]:
    """Numbered sentences without any line of times."""
    return cue_lists().map(lambda cues: joined([f"{n}\n{c.text}" for n, c in enumerate(cues, 1)]))


def srt_texts_without_arrows() -> SearchStrategy[str]:
    """Every line of times lacks its arrow."""
    return cue_lists().map(
        lambda cues: joined([c.block(n, arrow=" ") for n, c in enumerate(cues, 1)])
    )


def srt_texts_with_garbled_times() -> SearchStrategy[str]:
    """Letters stand where the times should."""
    return cue_lists().map(
        lambda cues: joined(
            [f"{n}\nab:cd:ef --> gh:ij:kl\n{c.text}" for n, c in enumerate(cues, 1)]
        )
    )


def srt_texts_of_json() -> SearchStrategy[str]:
    """A transcript in JSON."""
    return st.sampled_from(['{"text": "Hello."}', '[{"start": 0, "end": 1, "text": "Hello."}]'])


def srt_texts_doubtful() -> SearchStrategy[str]:
    """What some readers take and some refuse; never to be asserted either way."""
    return st.one_of(*DOUBTFUL_SRT_TEXTS.values())


def free_texts() -> SearchStrategy[str]:
    """What the source's reference text may be: SRT or any other text."""
    return srt_texts() | srt_texts_of_free_text()


def _blocks(cues: list[Cue]) -> list[str]:
    return [cue.block(number) for number, cue in enumerate(cues, 1)]


def _overlapping(cues: list[Cue]) -> list[str]:
    late = [Cue(max(0, cue.start - 1500), cue.end + 1500, cue.text) for cue in cues]
    return _blocks([*late, Cue(late[-1].start + 1, late[-1].end, "Hello.")])


DOUBTFUL_SRT_TEXTS: dict[str, SearchStrategy[str]] = {
    "without counters": cue_lists().map(lambda cues: joined([c.block(None) for c in cues])),
    "dots instead of commas": cue_lists().map(
        lambda cues: joined([c.block(n, mark=".") for n, c in enumerate(cues, 1)])
    ),
    "overlapping entries": cue_lists().map(lambda cues: joined(_overlapping(cues))),
    "ends before it starts": cue_lists().map(
        lambda cues: joined(_blocks([Cue(c.end, c.start, c.text) for c in cues]))
    ),
    "counters that do not rise": cue_lists().map(lambda cues: joined([c.block(7) for c in cues])),
    "byte order mark": cue_lists().map(lambda cues: "\ufeff" + joined(_blocks(cues))),
    "WebVTT": cue_lists().map(
        lambda cues: "WEBVTT\n\n" + joined([c.block(None, mark=".") for c in cues])
    ),
    "no empty line between": cue_lists()
    .filter(lambda cues: len(cues) > 1)
    .map(lambda cues: "\n".join(_blocks(cues)) + "\n"),
    "no final line end": cue_lists().map(lambda cues: joined(_blocks(cues)).rstrip("\n")),
    "entry without text": cue_lists().map(
        lambda cues: joined(_blocks([Cue(c.start, c.end, "") for c in cues]))
    ),
    "empty or blank": st.sampled_from(["", " ", "\n\n"]),
}
"""Open questions by name, for probes that record which reading a service follows."""
