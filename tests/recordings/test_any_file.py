"""Whatever a file holds, it is read or refused by its name; nothing else is ever raised."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.recordings.recorded_messages import JOBS, SENT, created, har_entry, interaction, shown

from dubcheck.contract import APIS, load_contract
from dubcheck.recordings import Places, RecordedTraffic, RecordingFile
from dubcheck.report import Conclusion

CONTRACTS = tuple(load_contract(api) for api in APIS)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from([JOBS, "GET"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
HAR = {
    "log": {
        "entries": [
            har_entry("POST", JOBS, 201, created(), SENT),
            har_entry("GET", f"{JOBS}/dub_1", 200, shown("pending"), at=1),
        ]
    }
}
CASSETTE = {
    "version": 1,
    "interactions": [
        interaction("POST", JOBS, 201, created(), SENT),
        interaction("GET", f"{JOBS}/dub_1", 200, shown("pending"), recorded_at="2026-03-05"),
    ],
}

BODY = {"size_bytes": 2, "text": json.dumps(created())}
RECORD = [
    {
        "type": "header",
        "schema_version": 1,
        "seed": 0,
        "profile": "quick",
        "started_at": 1.0,
        "targets": [{"api": "pinch", "kind": "live", "base_url": "https://h", "lacks": []}],
    },
    {
        "type": "exchange",
        "id": "x-1",
        "api": "pinch",
        "operation": "createJob",
        "path_parameters": {},
        "started_at": 1.0,
        "elapsed_seconds": 0.5,
        "failure": None,
        "probe": None,
        "intent": None,
        "redirects": [],
        "request": {
            "method": "POST",
            "url": JOBS,
            "headers": {},
            "credential": "own",
            "body": {"size_bytes": 2, "text": json.dumps(SENT)},
        },
        "response": {"status": 201, "headers": {}, "body": BODY},
    },
    {
        "type": "outcome",
        "requirement": "pinch.create-job.answers-201",
        "kind": "pass",
        "message": "",
        "expected": "",
        "actual": "",
        "reading": None,
        "exchanges": ["x-1"],
    },
    {"type": "footer", "lines": 3, "ended_at": 2.0},
]


def places_in(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value in a document."""
    if isinstance(document, dict):
        inner = document.items()
    elif isinstance(document, list):
        inner = enumerate(document)
    else:
        return [path]
    return [path, *(found for key, value in inner for found in places_in(value, (*path, key)))]


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The document with another value at a place."""
    if not path:
        return value
    copied = dict(document) if isinstance(document, dict) else list(document)
    copied[path[0]] = with_value(copied[path[0]], path[1:], value)
    return copied


def spoilt(document: Any) -> st.SearchStrategy[Any]:
    """The document with any value at any place."""
    places = st.sampled_from(places_in(document))
    return st.builds(with_value, st.just(document), places, VALUES)


def take(folder: Path, name: str, content: bytes) -> RecordedTraffic:
    """Takes a file in and judges what it holds."""
    path = folder / name
    path.write_bytes(content)
    traffic = RecordedTraffic(CONTRACTS, Places(CONTRACTS, {}))
    traffic.take(RecordingFile(path, is_named=True))
    conclusion = Conclusion(CONTRACTS)
    for exchange in traffic.exchanges():
        conclusion.see(exchange)
    traffic.close()
    return traffic


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all files; each is written over the one before."""
    return tmp_path_factory.mktemp("any")


def is_read_or_refused(traffic: RecordedTraffic, name: str) -> bool:
    """Whether the file was read, or refused by its name."""
    refused = traffic.tally.refused
    return bool(traffic.tally.files) is not bool(refused) and all(name in item for item in refused)


@settings(max_examples=60)
@given(
    name=st.sampled_from(["a.har", "a.json", "a.yaml", "a.jsonl", "a.har.gz", "a"]),
    content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()),
)
def test_any_bytes_are_refused_by_name(folder: Path, name: str, content: bytes) -> None:
    """No content of a file raises anything: it is refused by its name."""
    assert is_read_or_refused(take(folder, name, content), name)


@settings(max_examples=60)
@given(document=VALUES | spoilt(HAR) | spoilt(CASSETTE))
def test_any_json_document_is_read_or_refused(folder: Path, document: Any) -> None:
    """A HAR file or a JSON cassette with any value at any place is judged or refused."""
    content = json.dumps(document).encode()

    assert is_read_or_refused(take(folder, "a.json", content), "a.json")


@settings(max_examples=60)
@given(document=VALUES | spoilt(CASSETTE))
def test_any_yaml_document_is_read_or_refused(folder: Path, document: Any) -> None:
    """A YAML cassette with any value at any place is judged or refused."""
    content = yaml.safe_dump(document).encode()

    assert is_read_or_refused(take(folder, "a.yaml", content), "a.yaml")


@settings(max_examples=60)
@given(cut=st.integers(0, 2000), packed=st.booleans())
def test_any_part_of_a_file_is_read_or_refused(folder: Path, cut: int, packed: bool) -> None:
    """A file that ends anywhere is refused by its name, compressed or not."""
    whole = json.dumps(HAR).encode()
    content = (gzip.compress(whole) if packed else whole)[:cut]

    assert is_read_or_refused(take(folder, "a.har", content), "a.har")


@settings(max_examples=60)
@given(lines=spoilt(RECORD))
def test_any_record_is_read_or_refused(folder: Path, lines: Any) -> None:
    """A record with any value at any place is judged or refused."""
    listed = lines if isinstance(lines, list) else [lines]
    content = "\n".join(json.dumps(line) for line in listed).encode()

    assert is_read_or_refused(take(folder, "a.jsonl", content), "a.jsonl")
