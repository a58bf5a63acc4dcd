"""Callbacks on their way: exact bytes, order, retries on the clock, and the faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from dubcheck.emulator.callbacks import CallbackSigner, Courier, DeliveryState
from dubcheck.emulator.fetching import PublicAddressGuard
from dubcheck.errors import UsageError


def events_of(post) -> list[str]:
    """Names of the events in the order in which they arrived."""
    return [json.loads(body)["event"] for body in post.receiver.bodies]


def states_of(post) -> list[DeliveryState]:
    """How the deliveries of the log stand, in their order."""
    return [delivery.state for delivery in post.sender.log.entries()]


def test_callback_carries_a_signature_over_its_bytes(make_post):
    """The bytes that arrive are those that X-Signature signs with ES256."""
    post = make_post()

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)

    post.carry_out(story)

    key = load_pem_public_key(post.sender.public_key_pem.encode())
    signature = bytes.fromhex(post.receiver.header(0, "x-signature:"))
    key.verify(signature, post.receiver.bodies[0], ec.ECDSA(SHA256()))
    assert post.receiver.header(0, "x-signature-algorithm:") == "ES256"
    assert post.receiver.header(0, "content-type:") == "application/json"
    assert post.receiver.heads[0].startswith(b"POST /hooks?id=1 HTTP/1.1")


def test_callbacks_of_a_resource_arrive_in_order(make_post):
    """Callbacks of one asset arrive in the order of its events."""
    post = make_post()
    events = ["version_ready", "version_generating", "version_generated"]

    async def story() -> None:
        post.enqueue(events[0])
        post.enqueue(events[1])
        post.enqueue(events[2])
        await post.tried(3)

    post.carry_out(story)

    assert events_of(post) == events
    assert states_of(post) == [DeliveryState.DELIVERED] * 3


def test_callback_is_sent_again_after_its_wait(make_post):
    """A refused callback is sent again 1 second later, and the next one waits for it."""
    post = make_post(statuses=[500])

    async def story() -> None:
        post.enqueue("version_ready")
        post.enqueue("version_failed")
        await post.tried(1)
        post.clock.advance(1)
        await post.tried(3)

    post.carry_out(story)

    assert events_of(post) == ["version_ready", "version_ready", "version_failed"]


def test_callback_of_another_resource_does_not_wait(make_post):
    """An asset's callback does not wait for the retries of another asset's."""
    post = make_post(statuses=[503])

    async def story() -> None:
        post.enqueue("version_ready", "asset-1")
        await post.tried(1)
        post.enqueue("version_failed", "asset-2")
        await post.tried(2)

    post.carry_out(story)

    assert states_of(post) == [DeliveryState.WAITING, DeliveryState.DELIVERED]


def test_callback_is_abandoned_after_its_last_attempt(make_post):
    """After six attempts a callback is given up."""
    post = make_post(statuses=[301, 404, 500, 502, 503, 504])

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)
        post.clock.advance(1)
        await post.tried(2)
        post.clock.advance(5)
        await post.tried(3)
        post.clock.advance(30)
        await post.tried(4)
        post.clock.advance(120)
        await post.tried(5)
        post.clock.advance(600)
        await post.tried(6)

    post.carry_out(story)

    delivery = post.sender.log.entries()[0]
    assert delivery.state is DeliveryState.ABANDONED
    assert [each.status for each in delivery.attempts] == [301, 404, 500, 502, 503, 504]


def test_callback_is_not_sent_to_an_untrusted_receiver(make_post):
    """A receiver whose certificate nobody vouches for gets nothing."""
    post = make_post(trusted=False)

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)

    post.carry_out(story)

    assert post.receiver.bodies == []
    assert "certificate" in post.sender.log.entries()[0].attempts[0].error.lower()


def test_lost_callback_is_logged_and_never_sent(make_post):
    """The fault callback-lost leaves an entry in the log and nothing at the receiver."""
    post = make_post("callback-lost")

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tasks_ended()

    post.carry_out(story)

    assert events_of(post) == []
    assert states_of(post) == [DeliveryState.LOST]


def test_repeated_callback_arrives_twice(make_post):
    """The fault callback-repeated sends the same bytes twice."""
    post = make_post("callback-repeated")

    async def story() -> None:
        post.enqueue("version_ready")
        await post.received(2)

    post.carry_out(story)

    assert post.receiver.bodies[0] == post.receiver.bodies[1]


def test_reordered_callback_is_overtaken(make_post):
    """The fault callback-reordered swaps a callback with the one after it."""
    post = make_post("callback-reordered")

    async def story() -> None:
        post.enqueue("version_ready")
        post.enqueue("version_generating")
        await post.tried(2)

    post.carry_out(story)

    assert events_of(post) == ["version_generating", "version_ready"]


def test_late_callback_leaves_after_thirty_seconds(make_post):
    """The fault callback-late holds a callback for 30 seconds of the clock."""
    post = make_post("callback-late")

    async def story() -> None:
        post.enqueue("version_ready")
        await post.settled()
        assert post.receiver.bodies == []
        post.clock.advance(30)
        await post.tried(1)

    post.carry_out(story)

    assert events_of(post) == ["version_ready"]


def test_waiting_callback_is_taken_up_after_a_restart(make_post, tmp_path):
    """A callback that waited for a retry when the process ended is sent by the next one."""
    post = make_post(statuses=[500], state=tmp_path / "state")

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)
        await post.tasks.stop()
        post.sender = post.new_sender()
        post.sender.resume()
        post.clock.advance(1)
        await post.tried(2)

    post.carry_out(story)

    assert states_of(post) == [DeliveryState.DELIVERED]


def test_reset_forgets_waiting_callbacks(make_post):
    """After a reset the log is empty and nothing more is sent."""
    post = make_post(statuses=[500])

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)
        post.sender.reset(None)
        await post.tasks_ended()

    post.carry_out(story)

    assert post.sender.log.entries() == []
    assert events_of(post) == ["version_ready"]


def test_courier_names_the_option_of_an_unreadable_authority(tmp_path: Path):
    """A CA file without a certificate is a wrong use, told with the option's name."""
    (tmp_path / "ca.pem").write_text("nothing")

    with pytest.raises(UsageError, match="--callback-ca"):
        Courier(PublicAddressGuard(), CallbackSigner(7), tmp_path / "ca.pem")
