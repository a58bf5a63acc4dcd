"""Large bodies beside the cassettes."""

from pathlib import Path

import pytest

from dubcheck.errors import RecordError
from dubcheck.replay.media_shelf import KEPT_UPLOAD_BYTES, MediaShelf, digest

SOUND = bytes(range(256)) * 40


def test_binary_body_becomes_a_reference_to_its_content(tmp_path: Path) -> None:
    """A cassette holds one line for a sound file, and the folder holds the file."""
    shelf = MediaShelf(tmp_path, writable=True)

    kept = shelf.shelve(SOUND)

    assert kept.startswith(b"dubcheck-media sha256=")
    assert shelf.fetch(kept) == SOUND


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"jobs": []}', id="JSON"),
        pytest.param(b"\xff\xfe", id="two bytes that are no text"),
        pytest.param(b"[" + b"1," * 5000 + b"1]", id="a long list"),
    ],
)
def test_short_body_and_json_stay_in_the_cassette(tmp_path: Path, body: bytes) -> None:
    """What a person can read is not moved away."""
    kept = MediaShelf(tmp_path, writable=True).shelve(body)

    assert kept == body
    assert list(tmp_path.iterdir()) == []


def test_large_upload_is_known_by_its_digest_alone(tmp_path: Path) -> None:
    """A sample can be made again: its bytes are not kept, and its stand-in means the same."""
    shelf = MediaShelf(tmp_path, writable=True)
    upload = SOUND * (KEPT_UPLOAD_BYTES // len(SOUND) + 1)

    kept = shelf.shelve(upload, is_upload=True)

    assert list(tmp_path.iterdir()) == []
    assert digest(kept) == digest(upload) == digest(shelf.stand_in(digest(upload), len(upload)))


def test_content_that_was_changed_is_refused(tmp_path: Path) -> None:
    """A file of the shelf that is not what its name says names itself."""
    shelf = MediaShelf(tmp_path, writable=True)
    kept = shelf.shelve(SOUND)
    (tmp_path / digest(SOUND)).write_bytes(b"another")

    with pytest.raises(RecordError, match=digest(SOUND)):
        shelf.fetch(kept)


def test_missing_content_is_refused(tmp_path: Path) -> None:
    """A reference to nothing is told with the file that is missing."""
    kept = MediaShelf(tmp_path / "written", writable=True).shelve(SOUND)

    with pytest.raises(RecordError, match="record it again"):
        MediaShelf(tmp_path / "elsewhere").fetch(kept)


def test_replay_writes_nothing(tmp_path: Path) -> None:
    """A shelf that is only read stays as it was."""
    MediaShelf(tmp_path).shelve(SOUND)

    assert list(tmp_path.iterdir()) == []
