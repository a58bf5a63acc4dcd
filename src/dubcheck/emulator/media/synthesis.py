"""Speech from text by the espeak-ng library through ctypes; where it is placed is not decided here.

Runs in children only: the library keeps global state, speaks one voice at a time, and repeats
itself to the bit only in a fresh process that makes the same calls.
"""

from __future__ import annotations

import ctypes
import random

import espeakng_loader  # type: ignore[import-untyped]
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from dubcheck.emulator.media.sentences import VOICE_VARIANT, Voice

Mono = NDArray[np.float32]

_SYNCHRONOUS = 2
_RETURN_ON_ERROR = 0x8000
_UTF_8 = 1
_WORDS_PER_MINUTE, _PITCH = 1, 3
_SPEED = 165
_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)
_LONGEST_TEXT = 2_000
# Silence that a voice may put before its first sound.
_LEADING_SECONDS = 1
# Low enough that the original at full volume and the translation together rarely pass full scale.
_PEAK = 0.35
_AUDIBLE = 0.02


class Speaker:
    """One voice. The seed moves its pitch a little, so that two seeds differ in every byte."""

    def __init__(self, voice: Voice, rate: int, seed: int):
        self._rate = rate
        self._heard: list[NDArray[np.int16]] = []
        self._said, self._said_length = "", 0
        self._sound: Mono = np.empty(0, np.float32)
        self._most = 0
        self._library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
        path = str(espeakng_loader.get_data_path()).encode()
        self._own_rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, path, _RETURN_ON_ERROR)
        if self._own_rate <= 0:
            raise RuntimeError("espeak-ng cannot be initialised")
        self._callback = _CALLBACK(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)
        if self._library.espeak_SetVoiceByName((voice.name + VOICE_VARIANT).encode()) != 0:
            raise RuntimeError(f"espeak-ng has no voice {voice.name}{VOICE_VARIANT}")
        pitch = 45 + random.Random(seed).randrange(11)
        self._library.espeak_SetParameter(_WORDS_PER_MINUTE, _SPEED, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)

    def say(self, text: str, length: int) -> Mono:
        """The text as sound, without silence before it; empty when nothing in it can be spoken.

        Not much more than `length` samples are synthesised, however long the text is.
        """
        if text != self._said or length > self._said_length:
            self._said, self._said_length = text, length
            self._sound = self._synthesise(text, length)
        return self._sound

    def _synthesise(self, text: str, length: int) -> Mono:
        encoded = text[:_LONGEST_TEXT].replace("\0", " ").encode(errors="replace")
        self._heard.clear()
        self._most = length * self._own_rate // self._rate + _LEADING_SECONDS * self._own_rate
        size = ctypes.c_size_t(len(encoded) + 1)
        self._library.espeak_Synth(encoded, size, 0, 0, 0, _UTF_8, None, None)
        if not self._heard:
            return np.empty(0, np.float32)
        return _levelled(self._at_rate(np.concatenate(self._heard)))

    def _hear(self, wave: ctypes._Pointer[ctypes.c_short], length: int, _: object) -> int:
        if wave and length > 0:
            self._heard.append(np.ctypeslib.as_array(wave, (length,)).copy())
        # A non-zero answer stops the library, should it babble on.
        return int(sum(part.size for part in self._heard) > self._most)

    def _at_rate(self, spoken: NDArray[np.int16]) -> Mono:
        frame = AudioFrame.from_ndarray(spoken[np.newaxis], format="s16p", layout="mono")
        frame.sample_rate = self._own_rate
        resampler = AudioResampler("fltp", "mono", self._rate)
        parts = [*resampler.resample(frame), *resampler.resample(None)]
        return np.concatenate([part.to_ndarray()[0] for part in parts])


def _levelled(sound: Mono) -> Mono:
    peak = float(np.abs(sound).max(initial=0))
    if peak == 0:
        return np.empty(0, np.float32)
    first, last = np.flatnonzero(np.abs(sound) > _AUDIBLE * peak)[[0, -1]]
    return sound[first : last + 1] * np.float32(_PEAK / peak)
