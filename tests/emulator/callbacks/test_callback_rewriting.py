"""What a rewriting makes of callbacks on their way out: changed, kept back, sent twice."""

from __future__ import annotations

from dataclasses import replace

from dubcheck.emulator.callbacks import CallbackSigner, DeliveryState, Letter

BODY = b'{"event":"version_ready","asset_id":"a"}'


def test_letter_says_what_its_body_says() -> None:
    """The document of a letter is its body's JSON, also after it was changed."""
    letter = Letter("https://example.com/x", BODY)

    changed = letter.with_document({**letter.document, "event": "asset_failed"})

    assert letter.document == {"event": "version_ready", "asset_id": "a"}
    assert changed.document == {"event": "asset_failed", "asset_id": "a"}


def test_rewritten_callback_is_sent_as_it_was_rewritten(make_post) -> None:
    """Method, headers, body and what is signed are those of the letter that the rewriting gives."""
    post = make_post()
    post.sender.rewrite(
        lambda letter: [
            replace(letter, method="PUT", body=b"[]", signed=b"x", headers={"content-type": None})
        ]
    )

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)

    post.carry_out(story)

    assert post.receiver.bodies == [b"[]"]
    assert post.receiver.heads[0].startswith(b"PUT ")
    assert b"content-type" not in post.receiver.heads[0].lower()
    assert post.receiver.header(0, "x-signature:") == CallbackSigner(7).sign(b"x")


def test_callback_that_is_kept_back_counts_as_delivered(make_post) -> None:
    """Nothing is sent and nothing is tried again."""
    post = make_post()
    post.sender.rewrite(lambda _: [])

    async def story() -> None:
        post.enqueue("version_ready")
        await post.tried(1)

    post.carry_out(story)

    assert post.receiver.bodies == []
    assert [each.state for each in post.sender.log.entries()] == [DeliveryState.DELIVERED]


def test_callback_may_be_sent_twice(make_post) -> None:
    """Every letter of a rewriting is sent, in its order."""
    post = make_post()
    post.sender.rewrite(lambda letter: [letter, replace(letter, body=b"{}")])

    async def story() -> None:
        post.enqueue("version_ready")
        await post.received(2)

    post.carry_out(story)

    assert post.receiver.bodies[1] == b"{}"
