"""What the rules say of languages that answers show and that no list names."""

from __future__ import annotations

from typing import Any

import pytest

SENT = {"source_url": "https://cdn.example.com/video.mp4", "target_lang": "nl"}
SENT_WITH_SOURCE = {**SENT, "target_lang": "es", "source_lang": "nl"}
ACCEPTED = "pinch.create-job.unsupported-target-is-refused"


def test_language_that_was_sent_breaks_its_refusal_alone(service: Any, judged: Any) -> None:
    """A job created for `nl` that shows `nl` ever after breaks one promise: to refuse it."""
    service.create(SENT)
    service.see("completed", 20, target_lang="nl")
    service.listing([service.summary("completed", 30, target_lang="nl")], 30)

    assert judged().failed == {ACCEPTED}


def test_source_language_that_was_sent_breaks_its_refusal_alone(service: Any, judged: Any) -> None:
    """The same holds for `source_lang`."""
    service.create(SENT_WITH_SOURCE, source_lang="nl")
    service.see("completed", 20, source_lang="nl")
    service.listing([service.summary("completed", 30, source_lang="nl")], 30)

    assert judged().failed == {"pinch.create-job.unsupported-source-is-refused"}


@pytest.mark.parametrize("code", ["es-ES", "pt-BR", "ES"])
def test_spelling_that_is_shown_as_it_was_sent_was_to_be_refused(
    code: str, service: Any, judged: Any
) -> None:
    """Another spelling of a listed code that the job shows unchanged is an unlisted language."""
    service.create({**SENT, "target_lang": code})

    assert judged().failed == {ACCEPTED}


def test_spelling_that_is_understood_breaks_nothing(service: Any, judged: Any) -> None:
    """A job created for `es-ES` that shows `es` follows a reading of the document."""
    service.create({**SENT, "target_lang": "es-ES"}, target_lang="es")
    service.see("completed", 20)

    assert judged().failed == set()


@pytest.mark.parametrize("text", ["", "auto"])
def test_target_whose_refusal_has_its_own_promise_is_left_to_its_probe(
    text: str, service: Any, judged: Any
) -> None:
    """An empty target and `auto`, shown as they were sent, are told by their own probes."""
    service.create({**SENT, "target_lang": text})

    assert judged().failed == set()


def test_language_that_nobody_sent_is_found_where_it_is_shown(service: Any, judged: Any) -> None:
    """A language that neither is listed nor was sent for this job is told of each answer."""
    service.create(SENT, target_lang="sv")
    service.see("completed", 20, target_lang="sv")
    service.listing([service.summary("completed", 30, target_lang="sv")], 30)

    assert judged().failed == {
        f"pinch.{topic}.target-lang-is-documented"
        for topic in ("create-job", "get-job", "list-jobs")
    }


def test_language_of_a_job_whose_creation_was_not_seen_is_found(service: Any, judged: Any) -> None:
    """An entry of a job that somebody else created shows a listed language."""
    service.create(SENT)
    service.listing([service.summary("completed", 30, target_lang="nl", job_id="dub_2")], 30)

    assert judged().failed == {ACCEPTED, "pinch.list-jobs.target-lang-is-documented"}
