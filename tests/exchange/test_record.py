"""A record is whole or refused."""

from pathlib import Path

import pytest

from dubcheck.errors import RecordError
from dubcheck.exchange import Body, Credential, Exchange, Part, Request, Response
from dubcheck.exchange.record import RecordWriter, read_record

EXCHANGE = Exchange(
    id="x-1",
    api="panjaya",
    operation="uploadAsset",
    path_parameters={"asset_id": "a"},
    request=Request(
        method="POST",
        url="https://api.example/v1/assets/upload",
        headers={"content-type": "multipart/form-data; boundary=b"},
        body=Body(None, 9, "00", (Part("request", None, None, b"{}\xe2\x80\xa8", 5, "11"),)),
        credential=Credential.OWN,
    ),
    response=Response(200, {"content-type": "application/json"}, Body(b"\xff\x00", 2)),
    started_at=1.5,
    elapsed_seconds=0.25,
    intent="baseline",
    redirects=("https://api.example/v1/assets/upload/",),
)


def write_record(path: Path, *, footer: bool = True) -> None:
    """A record with one exchange and one outcome."""
    writer = RecordWriter(path)
    writer.header({"seed": 0})
    writer.exchange(EXCHANGE)
    writer.outcome({"requirement": "pinch.a.b"})
    writer.close({"ended_at": 2.0} if footer else None)


def test_record_gives_back_what_was_written(tmp_path: Path) -> None:
    """Exchanges and outcomes come back equal, also bytes that are no text and line separators."""
    path = tmp_path / "record.jsonl"
    write_record(path)

    record = read_record(path)

    assert record.exchanges == (EXCHANGE,)
    assert record.outcomes == ({"requirement": "pinch.a.b"},)


def test_record_without_footer_is_refused(tmp_path: Path) -> None:
    """A record that a killed run left behind is truncated, not shorter."""
    path = tmp_path / "record.jsonl"
    write_record(path, footer=False)

    with pytest.raises(RecordError, match="truncated"):
        read_record(path)


def test_record_that_lost_a_line_is_refused(tmp_path: Path) -> None:
    """A footer that counts other lines than there are is no proof of a whole record."""
    path = tmp_path / "record.jsonl"
    write_record(path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]))

    with pytest.raises(RecordError, match="truncated"):
        read_record(path)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(b"", "not a dubcheck record", id="empty"),
        pytest.param(b"{}\n", "not a dubcheck record", id="no header"),
        pytest.param(
            b'{"type": "header", "schema_version": 99}\n', "version 99", id="other version"
        ),
        pytest.param(b'{"type": "head', "damaged at line 1", id="half a line"),
        pytest.param(b"[1]\n", "not a JSON object", id="no object"),
        pytest.param(b"\xff\xfe", "cannot be read", id="no text"),
    ],
)
def test_foreign_file_is_refused_by_name(tmp_path: Path, content: bytes, complaint: str) -> None:
    """A file that is no record is named in the error, with what is wrong."""
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)

    with pytest.raises(RecordError, match=complaint) as caught:
        read_record(path)

    assert "other.jsonl" in str(caught.value)
