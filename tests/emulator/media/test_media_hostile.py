"""Files made to crash, hang or mislead: each is refused or measured, and the workshop lives on."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest

from dubcheck.emulator.media import MediaFault, MediaRefused

NOT_MEDIA = {
    "nothing": b"",
    "one byte": b"\0",
    "an HTML page": b"<!doctype html><html><body>Not found</body></html>" * 50,
    "JSON": b'{"error": "gone"}' * 100,
    "noise": np.random.default_rng(1).bytes(200_000),
    "an HLS playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfilm.ts\n#EXT-X-ENDLIST\n",
    "an HLS playlist of a web address": b"#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n",
    "a concatenation script": b"ffconcat version 1.0\nfile film.ts\n",
    "a session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    b"m=audio 5004 RTP/AVP 0\n",
}


def refusal(workbench, path: Path) -> MediaFault:
    """The fault for which a file is refused."""
    with pytest.raises(MediaRefused) as refused:
        workbench.probe(path)
    return refused.value.fault


def overwrite(file: Path, mark: bytes, lie: bytes) -> None:
    """Replace what follows the first occurrence of a mark."""
    content = bytearray(file.read_bytes())
    at = content.index(mark) + len(mark)
    content[at : at + len(lie)] = lie
    file.write_bytes(content)


@pytest.mark.parametrize("suffix", [".mp4", ".m3u8", ".wav"])
@pytest.mark.parametrize("content", NOT_MEDIA.values(), ids=NOT_MEDIA)
def test_probe_refuses_what_is_not_media(footage, workbench, tmp_path, content, suffix):
    """Text, noise and playlists are no media, whatever their name and whatever lies beside them."""
    footage(container="ts", video="h264").write(tmp_path / "film.ts")
    file = tmp_path / f"file{suffix}"
    file.write_bytes(content)

    fault = refusal(workbench, file)

    assert fault is MediaFault.NOT_MEDIA


def test_probe_refuses_zip_bomb(workbench, tmp_path):
    """An archive of a gigabyte of zeros is not opened."""
    bomb = tmp_path / "bomb.mp4"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(20_000_000))

    fault = refusal(workbench, bomb)

    assert fault is MediaFault.NOT_MEDIA


def test_probe_refuses_fifo(workbench, tmp_path):
    """A FIFO, whose opening would wait for ever, is refused at once."""
    fifo = tmp_path / "fifo.mp4"
    os.mkfifo(fifo)

    fault = refusal(workbench, fifo)

    assert fault is MediaFault.NOT_MEDIA


def test_refusal_names_no_path_of_the_server(footage, workbench, tmp_path):
    """What a client may read of a refusal holds no file name."""
    film = footage(video="h264").write(tmp_path / "film")
    description = workbench.probe(film)
    track = tmp_path / "track"
    track.write_bytes(film.read_bytes()[:2000])

    with pytest.raises(MediaRefused) as refused:
        workbench.dub_described(film, tmp_path / "dub.mp4", description, background_path=track)

    assert str(tmp_path) not in str(refused.value)


def test_probe_refuses_missing_file(workbench, tmp_path):
    """A file that is not there is refused, not an error of the server."""
    fault = refusal(workbench, tmp_path / "missing.mp4")

    assert fault is MediaFault.NOT_MEDIA


def test_probe_refuses_film_cut_before_its_index(footage, workbench, tmp_path):
    """An MP4 that lost the index at its end is no media."""
    film = footage(video="h264").write(tmp_path / "film.mp4")
    os.truncate(film, film.stat().st_size // 2)

    fault = refusal(workbench, film)

    assert fault is MediaFault.NOT_MEDIA


def test_probe_refuses_film_cut_after_its_index(footage, workbench, tmp_path):
    """An MP4 whose index at the front promises more than is there is broken."""
    film = footage(video="h264").write(tmp_path / "film.mp4")
    fast = workbench.dub(film, tmp_path / "fast.mp4")
    os.truncate(fast, fast.stat().st_size // 3)

    fault = refusal(workbench, fast)

    assert fault is MediaFault.BROKEN


def test_probe_refuses_index_of_fifty_million_samples(footage, workbench, tmp_path):
    """An index that would take gigabytes ends at the child's memory limit."""
    film = footage(container="m4a").write(tmp_path / "film.m4a")
    many = 50_000_000
    overwrite(film, b"stsz", struct.pack(">III", 0, 1, many))
    overwrite(film, b"stts", struct.pack(">IIII", 0, 1, many, 1024))
    overwrite(film, b"stsc", struct.pack(">IIIII", 0, 1, 1, many, 1))

    fault = refusal(workbench, film)

    assert fault in {MediaFault.BROKEN, MediaFault.NOT_MEDIA}


def test_probe_refuses_a_hundred_tracks(workbench, tmp_path):
    """An MP4 of a hundred sound tracks is refused."""
    film = tmp_path / "film.mp4"
    with av.open(str(film), "w") as output:
        tracks = [output.add_stream("aac", rate=8000, layout="mono") for _ in range(100)]
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.int16), layout="mono")
        silence.sample_rate, silence.pts = 8000, 0
        output.mux([packet for track in tracks for packet in track.encode(silence)])
        output.mux([packet for track in tracks for packet in track.encode(None)])

    fault = refusal(workbench, film)

    assert fault in {MediaFault.BROKEN, MediaFault.NOT_MEDIA}


def test_probe_refuses_enormous_picture(footage, workbench, tmp_path):
    """A picture larger than 4096 x 2304 is refused: its dub would not fit into a child."""
    film = footage(video="mpeg4", size=(4200, 2400), picture_seconds=0.05)

    fault = refusal(workbench, film.write(tmp_path / "film.mp4"))

    assert fault is MediaFault.BROKEN


@pytest.mark.parametrize(
    ("container", "mark", "lie"),
    [
        ("mkv", b"\x44\x89\x88", struct.pack(">d", 36_000_000.0)),
        ("flv", b"duration\0", struct.pack(">d", 36_000.0)),
        ("wav", b"data", struct.pack("<I", 0x7FFFFFFF)),
    ],
    ids=["Matroska", "FLV", "WAV"],
)
def test_probe_measures_instead_of_believing(footage, workbench, tmp_path, container, mark, lie):
    """A header that claims ten hours for 2.5 s of sound changes nothing."""
    audio = "pcm_s16le" if container == "wav" else "aac"
    recording = footage(container=container, audio=audio).write(tmp_path / "recording")
    overwrite(recording, mark, lie)

    measured = workbench.probe(recording)

    assert measured.duration_seconds == pytest.approx(2.5, abs=0.1)


def test_probe_bounds_stretched_picture(footage, workbench, tmp_path):
    """A picture that the index shows for 33 s after the sound's end counts for ten at most."""
    film = footage(video="h264").write(tmp_path / "film.mp4")
    pictures, ticks = 38, 1024
    overwrite(film, b"stts", struct.pack(">IIII", 0, 1, pictures, 500 * ticks))

    measured = workbench.probe(film)

    assert measured.duration_seconds <= 10


@pytest.mark.parametrize("container", ["mp4", "mkv", "avi", "flv", "ts"])
@pytest.mark.parametrize("seed", range(4))
def test_workshop_outlives_damaged_film(footage, workbench, tmp_path, container, seed):
    """Forty bytes changed at random leave a film refused or dubbed, and the next one unharmed."""
    sound = footage(container=container, video="h264").write(tmp_path / "sound")
    content = bytearray(sound.read_bytes())
    random = np.random.default_rng(seed)
    for at in random.integers(0, len(content), 40):
        content[at] = random.integers(256)
    damaged = tmp_path / "damaged"
    damaged.write_bytes(content)

    outcome = workbench.outcome(damaged, tmp_path / "dub.mp4")

    assert outcome in {"dubbed", *MediaFault}
    assert workbench.probe(sound).has_video
