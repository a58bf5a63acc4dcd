"""Options of createJob with one another and with every language: taken alone, taken together.

Jobs of a file that never arrived cost nothing; what jobs with options lead to is media/.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.strategies.locales import PINCH_LANGUAGES
from dubcheck.strategies.pinch import jobs
from dubcheck.targets import Answer
from dubcheck.targets.job_lists import ids_of, read_listing_with
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.staging import Staged

COMBINE = "pinch.create-job.documented-values-combine"
LISTED = "pinch.list-jobs.created-job-is-listed"
SHARE = 0.24
EVERY_LANGUAGE_SHARE = 2.0  # ten examples even in the quickest profile
DEFAULTS = {
    "source_lang": "auto",
    "reduce_accent": False,
    "translation_lag_time": 0,
    "original_speech_volume": 0,
}
OPTIONS = {
    "reduce_accent": True,
    "translation_lag_time": 1.5,
    "original_speech_volume": 0.5,
}


@pytest.fixture
def cheap_body(job_body: dict[str, Any], dubbing: DubbingApi) -> dict[str, Any]:
    """The plain job of a file that was never put in its place, or else the plain job itself."""
    url = dubbing.ask_upload_url("audio.mp3", "audio/mpeg").field("source_url")
    body = {**job_body, "source_url": url}
    is_taken = isinstance(url, str) and dubbing.create_job(body).succeeded
    return body if is_taken else job_body


@pytest.mark.judges(COMBINE)
def test_documented_values_combine(
    job_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
    evidence: Evidence,
    explore: Explorer,
) -> None:
    """Options that are accepted one by one are accepted together, for each pair of languages."""

    def send(body: dict[str, Any]) -> None:
        _judge_together(job_body, body, dubbing, reception, evidence)

    bodies = jobs.create_job_bodies_with_every_option(st.just(job_body["source_url"]))
    explore(bodies, send, share=SHARE)


@pytest.mark.judges(COMBINE)
def test_every_target_takes_every_option(
    cheap_body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
    evidence: Evidence,
    explore: Explorer,
) -> None:
    """Each of the ten target languages is accepted with every option away from its default."""

    def send(language: str) -> None:
        body = {**cheap_body, **OPTIONS, "target_lang": language}
        _judge_together(cheap_body, body, dubbing, reception, evidence)

    explore(st.sampled_from(PINCH_LANGUAGES), send, share=EVERY_LANGUAGE_SHARE)


@pytest.mark.judges(COMBINE)
@pytest.mark.parametrize("source", PINCH_LANGUAGES)
def test_each_pair_of_languages_is_accepted(
    source: str,
    cheap_body: dict[str, Any],
    dubbing: DubbingApi,
    staged: Staged,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """A source and a target that are both accepted otherwise are accepted together."""
    pairs = [{"source_lang": source, "target_lang": target} for target in _others(source, staged)]

    answers = [dubbing.create_job({**cheap_body, **pair}) for pair in pairs]

    refused = [pair for pair, answer in zip(pairs, answers, strict=True) if not answer.succeeded]
    apart = [part for pair in refused[:1] for part in _apart(**pair)]
    elsewhere = [dubbing.create_job({**cheap_body, **part}) for part in apart]
    _judge_pairs(answers, elsewhere, reception, evidence)


@pytest.mark.judges(LISTED)
def test_job_with_options_is_listed(
    cheap_body: dict[str, Any], dubbing: DubbingApi, evidence: Evidence, explore: Explorer
) -> None:
    """A job with every option away from its default is in the list."""

    def send(body: dict[str, Any]) -> None:
        created = dubbing.create_job(body)
        job_id = job_id_of(created)
        listing = read_listing_with(dubbing, job_id) if job_id is not None else None
        if listing is None or not (listing.reaches_the_end and listing.has_full_pages):
            evidence.unjudged(LISTED, "no job was made, or the list was not read to its end")
            return
        evidence.holds(
            LISTED,
            job_id in listing.ids,
            created,
            *listing.pages,
            message="a job made with options is not in the list",
            expected=job_id,
            actual=ids_of(listing.pages[0])[:3],
        )

    explore(st.just({**cheap_body, **OPTIONS}), send)


def _judge_together(
    plain: dict[str, Any],
    body: dict[str, Any],
    dubbing: DubbingApi,
    reception: Reception,
    evidence: Evidence,
) -> None:
    answer = dubbing.create_job(body)
    alone = () if answer.succeeded else _one_by_one(plain, body)
    parts = [dubbing.create_job(part) for part in alone]
    if all(part.succeeded for part in parts):
        reception.accepted(COMBINE, answer)
    else:
        evidence.unjudged(COMBINE, "one of the values is refused alone", answer, *parts)


def _others(source: str, staged: Staged) -> list[str]:
    """The targets to be tried: all but the source itself; one, chosen by the seed, in haste."""
    others = [language for language in PINCH_LANGUAGES if language != source]
    is_hasty = staged.profile == "quick" or staged.rate is not None
    number = (staged.seed + PINCH_LANGUAGES.index(source)) % len(others)
    return [others[number]] if is_hasty else others


def _apart(source_lang: str, target_lang: str) -> list[dict[str, str]]:
    """Each language of a pair with what is likeliest to go with it."""
    plain = "es" if source_lang != "es" else "en"
    return [{"target_lang": target_lang}, {"source_lang": source_lang, "target_lang": plain}]


def _judge_pairs(
    answers: list[Answer], elsewhere: list[Answer], reception: Reception, evidence: Evidence
) -> None:
    if all(answer.succeeded for answer in elsewhere):
        for answer in answers:
            reception.accepted(COMBINE, answer)
    else:
        evidence.unjudged(COMBINE, "one of the languages is refused otherwise, too", *elsewhere)


def _one_by_one(plain: dict[str, Any], body: dict[str, Any]) -> list[dict[str, Any]]:
    """The plain body with each other value of a body, and with every option at its default.

    Languages stay together: which of them may meet is another matter.
    """
    languages = {name: body[name] for name in ("target_lang", "source_lang") if name in body}
    alone = [{**plain, name: value} for name, value in body.items() if name in OPTIONS]
    return [*alone, {**plain, **languages}, {**plain, **DEFAULTS, **languages}]
