"""Deliveries in the receiver's log become exchanges that keep no signature."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dubcheck.contract import load_contract
from dubcheck.exchange import Redactor
from dubcheck.exchange.record import RecordWriter
from dubcheck.targets import Witness
from dubcheck.targets.callbacks import CallbackRelay
from dubcheck.targets.staging import Staged

KEY = derive_private_key(0xD0B, SECP256R1())
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
BODY = b'{"event": "version_ready", "asset_id": "a1", "version_id": "v1"}'
SIGNATURE = KEY.sign(BODY, ECDSA(SHA256())).hex()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A receiver's log with one signed delivery."""
    path = tmp_path / "callbacks.jsonl"
    delivery = {
        "method": "POST",
        "path": "/hook",
        "headers": {"content-type": "application/json", "x-signature": SIGNATURE},
        "body": base64.b64encode(BODY).decode(),
        "received_at": 1_772_712_000.5,
    }
    path.write_text(json.dumps(delivery) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def relay(log: Path, tmp_path: Path) -> CallbackRelay:
    """A relay of that log to a witness that records beside it."""
    witness = Witness(
        RecordWriter(tmp_path / "record.jsonl"), [load_contract("panjaya")], Redactor()
    )
    staged = Staged(
        targets=(),
        profile="quick",
        seed=0,
        rate=None,
        work_folder=tmp_path,
        callback_url="https://hooks.example.org:8443",
        callback_log=log,
        callback_public_key=PEM,
        media_folder=tmp_path,
        media_url=None,
        control_url=None,
    )
    return CallbackRelay(staged, witness)


def test_delivery_becomes_an_exchange(relay: CallbackRelay) -> None:
    """A delivery is an exchange of dubbingCallback at the receiver's own address and time."""
    (notice,) = relay.show_new()

    assert notice.exchange.operation == "dubbingCallback"
    assert notice.exchange.request.url == "https://hooks.example.org:8443/hook"
    assert notice.exchange.sent("asset_id") == "a1"
    assert notice.exchange.started_at == 1_772_712_000.5


def test_signature_is_checked_but_not_recorded(relay: CallbackRelay, tmp_path: Path) -> None:
    """The reading that fits the raw body is recorded in the place of the signature."""
    (notice,) = relay.show_new()

    assert notice.exchange.request.headers["x-dubcheck-signature"] == "hex-der"
    assert SIGNATURE not in (tmp_path / "record.jsonl").read_text(encoding="utf-8")


def test_delivery_is_shown_once(relay: CallbackRelay) -> None:
    """What was shown is not shown again, and stays to be asked for."""
    relay.show_new()

    assert relay.show_new() == ()
    assert len(relay.about("v1", "version_ready")) == 1
    assert relay.about("v2") == ()
