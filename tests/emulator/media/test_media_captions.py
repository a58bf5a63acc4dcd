"""SRT: what is accepted, what is refused, and that its text is what is spoken at its times."""

from __future__ import annotations

import pytest

from dubcheck.emulator.media import Cue, SrtMalformed, parse_srt

ONE = "1\n00:00:01,000 --> 00:00:02,500\nHola\n"
VALID = {
    "one cue": ONE,
    "no newline at the end": ONE.rstrip(),
    "carriage returns": ONE.replace("\n", "\r\n"),
    "old Macintosh line ends": ONE.replace("\n", "\r"),
    "a byte order mark": "\ufeff" + ONE,
    "blank lines around": f"\n\n{ONE}\n\n\n",
    "trailing spaces": ONE.replace("\n", "  \n"),
    "coordinates": ONE.replace("500\n", "500 X1:10 X2:20 Y1:30 Y2:40\n"),
}
MALFORMED = {
    "nothing": "",
    "blanks": " \n\n \t",
    "prose": "Hola, esto no es un SRT.",
    "WebVTT": "WEBVTT\n\n00:01.000 --> 00:02.500\nHola",
    "JSON": '{"cues": []}',
    "no index": ONE.removeprefix("1\n"),
    "index from zero": ONE.replace("1\n", "0\n", 1),
    "a negative index": ONE.replace("1\n", "-1\n", 1),
    "an index that is no number": ONE.replace("1\n", "one\n", 1),
    "Arabic digits": ONE.replace("1\n", "١\n", 1),
    "a skipped index": f"{ONE}\n3\n00:00:03,000 --> 00:00:04,000\nAdiós\n",
    "a repeated index": f"{ONE}\n{ONE}",
    "points for commas": ONE.replace(",", "."),
    "no hours": ONE.replace("00:00:01,000", "00:01,000"),
    "one digit of hours": ONE.replace("00:00:01,000", "0:00:01,000"),
    "two digits of milliseconds": ONE.replace("02,500", "02,50"),
    "sixty minutes": ONE.replace("00:00:02", "00:60:02"),
    "sixty seconds": ONE.replace("00:00:02", "00:00:60"),
    "a short arrow": ONE.replace("-->", "->"),
    "no arrow": ONE.replace("-->", ""),
    "one time only": ONE.replace(" --> 00:00:02,500", ""),
    "five thousand digits of hours": ONE.replace("00:00:02", "9" * 5000 + ":00:02"),
    "a negative time": ONE.replace("00:00:01", "-00:00:01"),
    "end before start": ONE.replace("02,500", "00,500"),
    "end at start": ONE.replace("02,500", "01,000"),
    "no text": ONE.replace("Hola\n", ""),
    "index alone": "1\n",
    "two cues without a blank line": ONE + "2\n00:00:03,000 --> 00:00:04,000\n",
}


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_srt_is_read(text):
    """One cue from 1 s to 2.5 s, however its lines end."""
    assert parse_srt(text) == (Cue(1.0, 2.5, "Hola"),)


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_srt_is_refused(text):
    """Every broken rule of the format is refused."""
    with pytest.raises(SrtMalformed):
        parse_srt(text)


def test_srt_may_overlap_and_hold_lines():
    """Cues may overlap, have several lines and last for hours."""
    text = "1\n00:00:01,000 --> 00:00:05,000\nuno\ndos\n\n2\n00:00:02,000 --> 100:00:00,000\ntres\n"

    assert parse_srt(text) == (Cue(1.0, 5.0, "uno\ndos"), Cue(2.0, 360_000.0, "tres"))


def test_cue_is_spoken_without_markup():
    """Tags and positions are not read out."""
    cue = Cue(0, 1, "{\\an8}<i>Hola,</i>\n<font color='red'>mundo</font>")

    assert cue.spoken_text == "Hola, mundo"


def test_cues_are_spoken_at_their_times(footage, workbench, tmp_path):
    """With an SRT, speech begins where its cues begin, not where the original speaks."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")
    text = (
        "1\n00:00:00,250 --> 00:00:00,700\nsí\n\n2\n00:00:01,500 --> 00:00:02,000\nclaro que sí\n"
    )

    dub = workbench.dub(recording, tmp_path / "dub.wav", srt_text=text)

    starts = [each.start_seconds for each in workbench.probe(dub).speech_segments]
    assert starts == [pytest.approx(0.25, abs=0.03), pytest.approx(1.5, abs=0.03)]


def test_cues_follow_the_trim(footage, workbench, tmp_path):
    """Cue times count from the start of the source: after a trim of 1 s they come 1 s earlier."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")
    text = "1\n00:00:00,100 --> 00:00:00,700\nno\n\n2\n00:00:01,500 --> 00:00:02,000\nsí\n"

    dub = workbench.dub(recording, tmp_path / "dub.wav", srt_text=text, trim_start_seconds=1.0)

    starts = [each.start_seconds for each in workbench.probe(dub).speech_segments]
    assert starts == [pytest.approx(0.5, abs=0.03)]


def test_cue_text_is_what_is_spoken(footage, workbench, tmp_path):
    """A longer text at the same time takes longer to say."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")
    cue = "1\n00:00:00,500 --> 00:00:02,000\n{}\n"

    short = workbench.dub(recording, tmp_path / "a.wav", srt_text=cue.format("sí"))
    long = workbench.dub(recording, tmp_path / "b.wav", srt_text=cue.format("casi nunca hablamos"))

    ends = [workbench.probe(dub).speech_segments[-1].end_seconds for dub in (short, long)]
    assert ends[1] > ends[0] + 0.5


def test_cue_is_cut_where_the_next_begins(footage, workbench, tmp_path):
    """A text of ten thousand words is spoken until the next cue, which is spoken as ever."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")
    endless = "no no no " * 3000
    cue = f"1\n00:00:00,100 --> 00:00:01,000\n{endless}\n\n2\n00:00:01,500 --> 00:00:02,000\n{{}}\n"

    dubs = [
        workbench.dub(recording, tmp_path / f"{text}.wav", srt_text=cue.format(text))
        for text in ("...", "casi nunca")
    ]

    silent, spoken = (workbench.probe(dub).speech_segments for dub in dubs)
    assert silent[-1].end_seconds == pytest.approx(1.5, abs=0.1)
    assert spoken[-1].end_seconds > 2.0


@pytest.mark.parametrize("text", ["...", "♪ ♪", "<i></i>", "\0", "\ud800"])
def test_cue_that_cannot_be_spoken_is_silent(footage, workbench, tmp_path, text):
    """Punctuation and notes leave silence, and take no time."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")
    cue = f"1\n00:00:00,500 --> 00:00:02,000\n{text}\n"

    dub = workbench.dub(recording, tmp_path / "dub.wav", srt_text=cue)

    assert workbench.probe(dub).duration_seconds == 2.5
