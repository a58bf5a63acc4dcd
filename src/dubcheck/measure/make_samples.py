"""Synthesise the speech files that the package carries: `python -m dubcheck.measure.make_samples`.

Run once by hand, and its output committed; nothing imports it. The samples that probes send are
made from these files at run time (samples/), so no silence, noise or container is chosen here.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import espeakng_loader  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

SPEECH_FOLDER = Path(__file__).parent / "speech"
# A plain voice: a judged service may speak its dubs with another one, and the gain of the original
# cannot be told apart from a translation in the same voice.
VOICE = "en-us"
WORDS_PER_MINUTE = 165
SENTENCE = "Good morning, the train is late."
TALK = (
    "The old lighthouse stands above the bay, and every evening its keeper climbs the narrow "
    "stairs to light the lamp. Ships far out at sea look for that warm and steady signal before "
    "they turn towards the harbour."
)
_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF_8 = 1
_RATE_PARAMETER = 1


def synthesise(texts: Sequence[str]) -> tuple[int, list[npt.NDArray[np.int16]]]:
    """Speak each text; the result is only reproducible as the first call of a fresh process."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    sample_rate: int = library.espeak_Initialize(
        _SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), _DO_NOT_EXIT
    )
    blocks: list[npt.NDArray[np.int16]] = []

    def collect(wave: Any, count: int, _events: object) -> int:
        if count > 0:
            blocks.append(np.ctypeslib.as_array(wave, shape=(count,)).copy())
        return 0

    receiver = _Callback(collect)  # the library keeps a pointer, so the object must outlive it
    library.espeak_SetSynthCallback(receiver)
    library.espeak_SetVoiceByName(VOICE.encode())
    library.espeak_SetParameter(_RATE_PARAMETER, WORDS_PER_MINUTE, 0)
    spoken = []
    for text in texts:
        blocks.clear()
        encoded = text.encode()
        size = ctypes.c_size_t(len(encoded) + 1)
        library.espeak_Synth(encoded, size, 0, 0, 0, _UTF_8, None, None)
        spoken.append(without_silent_edges(np.concatenate(blocks)))
    return sample_rate, spoken


def without_silent_edges(wave: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Cut leading and trailing samples under one hundredth of the peak."""
    level = np.abs(wave.astype(np.int32))
    loud = np.nonzero(level > level.max() // 100)[0]
    return wave[loud[0] : loud[-1] + 1]


def write_speech(
    path: Path, wave: npt.NDArray[np.int16], sample_rate: int, bit_rate: int | None
) -> None:
    """Write FLAC, or with a bit rate Opus, by the suffix of the path."""
    codec, rate = ("flac", sample_rate) if bit_rate is None else ("libopus", 48_000)
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        if bit_rate is not None:
            stream.bit_rate = bit_rate
        stream.codec_context.open()
        resampler = av.AudioResampler(
            stream.codec_context.format.name, "mono", rate, stream.codec_context.frame_size or 4096
        )
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = sample_rate
        for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))


def main() -> int:
    """Write speech/sentence.flac and speech/talk.opus, and print what was written."""
    SPEECH_FOLDER.mkdir(exist_ok=True)
    sample_rate, (sentence, talk) = synthesise([SENTENCE, TALK])
    write_speech(SPEECH_FOLDER / "sentence.flac", sentence, sample_rate, None)
    write_speech(SPEECH_FOLDER / "talk.opus", talk, sample_rate, 32_000)
    for name, wave in (("sentence.flac", sentence), ("talk.opus", talk)):
        size_bytes = (SPEECH_FOLDER / name).stat().st_size
        sys.stdout.write(f"{name}: {len(wave) / sample_rate:.2f} s, {size_bytes} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
