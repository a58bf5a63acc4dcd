"""Runs of a machine against a served defect, as the probes of a run would take them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dubcheck.contract import load_contract
from dubcheck.exchange import Redactor
from dubcheck.exchange.record import RecordWriter
from dubcheck.targets import ApiClient, ApiTarget, Pace, Witness
from dubcheck.targets.embedded import start_emulator

Serve = Callable[..., ApiClient]


@pytest.fixture
def writer(tmp_path: Path) -> RecordWriter:
    """Where what is sent is recorded."""
    return RecordWriter(tmp_path / "record.jsonl")


@pytest.fixture
def serve(writer: RecordWriter) -> Iterator[Serve]:
    """Starts an emulator and gives a client of one of its APIs, seen by a witness of its own."""
    with ExitStack() as stack:

        def start(api: str, *words: str) -> ApiClient:
            emulator = start_emulator(*words)
            stack.callback(emulator.stop)
            keys = {name: emulator.greeting.get(f"{api}_{name}") for name in ("key", "other_key")}
            target = ApiTarget(api, "emulator", emulator.url, **keys)
            judged = {"api": api, "kind": "emulator", "base_url": emulator.url, "lacks": []}
            header = {"seed": 0, "profile": "deep", "started_at": 0.0, "targets": [judged]}
            writer.header(header)
            witness = Witness(writer, [load_contract(api)], Redactor(target.secrets))
            client = ApiClient(target, witness, Pace())
            stack.callback(client.close)
            return client

        yield start


def still() -> float:
    """A clock that stands still: what is sent is then a matter of the seed alone."""
    return 0.0
