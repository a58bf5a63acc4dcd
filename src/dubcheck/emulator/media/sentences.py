"""Which espeak-ng voice speaks a language, and the fixed sentence it says; no synthesis here.

Every Pinch language and every Panjaya locale has a row. The sentence means about "This is a
translated voice. It speaks where the original speaks."
"""

from __future__ import annotations

from dataclasses import dataclass

VOICE_VARIANT = "+m3"
"""A timbre other than espeak's default: a dub that sounds like an original made with espeak would
be measured as leftovers of it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """An espeak-ng voice and what it says when there is no script."""

    name: str
    sentence: str


_VOICES = {
    "ar": Voice("ar", "هذا صوت مترجم. يتكلم حيث يتكلم الأصل."),
    "bg": Voice("bg", "Това е преведен глас. Той говори там, където говори оригиналът."),
    "cs": Voice("cs", "Toto je přeložený hlas. Mluví tam, kde mluví originál."),
    "da": Voice("da", "Dette er en oversat stemme. Den taler, hvor originalen taler."),
    "de": Voice("de", "Dies ist eine übersetzte Stimme. Sie spricht, wo das Original spricht."),
    "el": Voice("el", "Αυτή είναι μια μεταφρασμένη φωνή. Μιλά όπου μιλά το πρωτότυπο."),
    "en": Voice("en-us", "This is a translated voice. It speaks where the original speaks."),
    "es": Voice("es", "Esta es una voz traducida. Habla donde habla el original."),
    "es-MX": Voice("es-419", "Esta es una voz traducida. Habla donde habla el original."),
    "fi": Voice("fi", "Tämä on käännetty ääni. Se puhuu siellä, missä alkuperäinen puhuu."),
    # espeak-ng has no Filipino: the Indonesian voice reads it, both being spelt as they sound.
    "fil": Voice(
        "id", "Ito ay isang isinaling tinig. Nagsasalita ito kung saan nagsasalita ang orihinal."
    ),
    "fr": Voice("fr", "Ceci est une voix traduite. Elle parle là où parle l'original."),
    "he": Voice("he", "זהו קול מתורגם. הוא מדבר היכן שהמקור מדבר."),
    "hi": Voice("hi", "यह एक अनुवादित आवाज़ है। यह वहाँ बोलती है जहाँ मूल बोलता है।"),
    "hr": Voice("hr", "Ovo je prevedeni glas. Govori tamo gdje govori izvornik."),
    "hu": Voice("hu", "Ez egy lefordított hang. Ott beszél, ahol az eredeti beszél."),
    "id": Voice("id", "Ini adalah suara terjemahan. Suara ini berbicara saat aslinya berbicara."),
    "it": Voice("it", "Questa è una voce tradotta. Parla dove parla l'originale."),
    # Kana only: espeak-ng spells kanji out by name (1.68 s instead of 0.41 s for one word).
    "ja": Voice("ja", "これは ほんやくされた こえです。もとの こえと いっしょに はなします。"),
    "ko": Voice("ko", "이것은 번역된 목소리입니다. 원본이 말하는 곳에서 말합니다."),
    "lt": Voice("lt", "Tai yra išverstas balsas. Jis kalba ten, kur kalba originalas."),
    "ms": Voice("ms", "Ini ialah suara terjemahan. Ia bercakap apabila suara asal bercakap."),
    "nb": Voice("nb", "Dette er en oversatt stemme. Den snakker der originalen snakker."),
    "nl": Voice("nl", "Dit is een vertaalde stem. Zij spreekt waar het origineel spreekt."),
    "pl": Voice("pl", "To jest przetłumaczony głos. Mówi tam, gdzie mówi oryginał."),
    "pt": Voice("pt", "Esta é uma voz traduzida. Ela fala onde fala o original."),
    "pt-BR": Voice("pt-br", "Esta é uma voz traduzida. Ela fala onde o original fala."),
    "ro": Voice("ro", "Aceasta este o voce tradusă. Ea vorbește unde vorbește originalul."),
    "ru": Voice("ru", "Это переведённый голос. Он говорит там, где говорит оригинал."),
    "sk": Voice("sk", "Toto je preložený hlas. Hovorí tam, kde hovorí originál."),
    "sv": Voice("sv", "Det här är en översatt röst. Den talar där originalet talar."),
    "ta": Voice("ta", "இது மொழிபெயர்க்கப்பட்ட குரல். அசல் பேசும் இடத்தில் இது பேசுகிறது."),
    "tr": Voice("tr", "Bu çevrilmiş bir sestir. Aslının konuştuğu yerde konuşur."),
    "uk": Voice("uk", "Це перекладений голос. Він говорить там, де говорить оригінал."),
    "vi": Voice("vi", "Đây là giọng nói được dịch. Nó nói ở nơi bản gốc nói."),
    # espeak-ng calls Mandarin cmn; its library refuses zh.
    "zh": Voice("cmn", "这是翻译后的声音。原声说话时，它也说话。"),
}


def voice_for(language_tag: str) -> Voice:
    """Find the voice of a tag: the whole tag first, then its language.

    Raises: KeyError for a language that neither API lists.
    """
    return _VOICES.get(language_tag) or _VOICES[language_tag.split("-")[0]]
