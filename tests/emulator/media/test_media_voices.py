"""Every language of both APIs has a voice that says something of its own."""

from __future__ import annotations

import pytest

from dubcheck.emulator.media.sentences import voice_for

PINCH = ["en", "es", "fr", "de", "it", "pt", "ru", "ja", "ko", "zh"]
# fmt: off
PANJAYA = [
    "ar-AE", "bg-BG", "zh-CN", "hr-HR", "cs-CZ", "da-DK", "nl-NL", "en-US", "fil-PH",
    "fi-FI", "fr-FR", "de-DE", "el-GR", "he-IL", "hi-IN", "hu-HU", "id-ID", "it-IT",
    "ja-JP", "ko-KR", "lt-LT", "ms-MY", "nb-NO", "pl-PL", "pt-BR", "pt-PT", "ro-RO",
    "ru-RU", "sk-SK", "es-ES", "es-MX", "sv-SE", "ta-IN", "tr-TR", "uk-UA", "vi-VN",
]
# fmt: on


@pytest.mark.parametrize("tag", [*PINCH, *PANJAYA])
def test_language_is_spoken(footage, workbench, tmp_path, tag):
    """The fixed sentence is heard from the onset on, for at least 1.2 s, as speech."""
    recording = footage(container="wav", audio="pcm_s16le").write(tmp_path / "recording")

    dub = workbench.probe(workbench.dub(recording, tmp_path / "dub.wav", target_language=tag))

    heard = sum(each.end_seconds - each.start_seconds for each in dub.speech_segments)
    assert heard > 1.2
    assert dub.has_speech


def test_portuguese_of_brazil_has_its_own_voice():
    """A full tag comes before its language."""
    assert voice_for("pt-BR") != voice_for("pt-PT")


def test_filipino_has_a_substitute_voice():
    """Espeak-ng has no Filipino: the Indonesian voice reads a Filipino sentence."""
    assert voice_for("fil-PH").name == "id"
    assert voice_for("fil-PH").sentence != voice_for("id-ID").sentence


def test_unknown_language_has_no_voice():
    """A language of neither API is an error of the caller."""
    with pytest.raises(KeyError):
        voice_for("xx")
