"""What is carried from one chapter of long traffic into the next."""

from __future__ import annotations

from typing import Any

from dubcheck.exchange import Exchange
from dubcheck.rules.chapters import carried_over

from .conftest import ExchangeBuilder


def created(send: ExchangeBuilder, job_id: str) -> Exchange:
    """A job is made."""
    return send("createJob", answer={"job_id": job_id})


def polled(send: ExchangeBuilder, job_id: str, times: int = 1) -> list[Exchange]:
    """A job is asked for again and again."""
    answer = {"job_id": job_id, "status": "processing"}
    return [send("getJob", ids={"id": job_id}, answer=answer) for _ in range(times)]


def asset(send: ExchangeBuilder, asset_id: str, *version_ids: str) -> Exchange:
    """An asset is shown with its versions."""
    languages = [{"locale": "fr-FR", "versions": [{"version_id": name} for name in version_ids]}]
    return send("getAsset", ids={"asset_id": asset_id}, answer={"languages": languages})


def ids(exchanges: list[Exchange]) -> list[str]:
    """Their names, in order."""
    return [item.id for item in exchanges]


def test_story_of_what_was_spoken_of_last_is_carried_over_whole(pinch: ExchangeBuilder) -> None:
    """Of a job that was asked for lately everything is kept, of one long past nothing."""
    early = created(pinch, "late-job")
    past = [created(pinch, "past-job"), *polled(pinch, "past-job", 20)]
    late = polled(pinch, "late-job", 2)

    kept = carried_over([early, *past, *late], most=8)

    assert ids(kept) == ids([early, *late])


def test_story_too_long_to_be_carried_is_dropped_whole(pinch: ExchangeBuilder) -> None:
    """Half a story would be told as a broken one."""
    long = [created(pinch, "long-job"), *polled(pinch, "long-job", 20)]
    short = [created(pinch, "short-job"), *polled(pinch, "short-job")]

    kept = carried_over([*long, *short], most=12)

    assert ids(kept) == ids(short)


def test_list_comes_along_only_with_all_that_it_shows(pinch: ExchangeBuilder) -> None:
    """A list that shows a forgotten job would make up a story of it that has no beginning."""
    past = [created(pinch, "past-job"), *polled(pinch, "past-job", 20)]
    jobs: list[dict[str, Any]] = [{"job_id": "new-job"}]
    both = pinch("listJobs", answer={"jobs": [*jobs, {"job_id": "past-job"}]})
    new = [created(pinch, "new-job"), pinch("listJobs", answer={"jobs": jobs})]

    kept = carried_over([*past, both, *new], most=8)

    assert ids(kept) == ids(new)


def test_asset_and_its_versions_are_one_family(panjaya: ExchangeBuilder) -> None:
    """What was asked of a version lately keeps the story of its asset."""
    shown = asset(panjaya, "an-asset", "a-version")
    past = [asset(panjaya, "past-asset", "past-version") for _ in range(20)]
    late = panjaya("getVersion", ids={"version_id": "a-version"}, answer={"status": "Completed"})

    kept = carried_over([shown, *past, late], most=4)

    assert ids(kept) == ids([shown, late])


def test_notice_comes_along_with_its_asset(panjaya: ExchangeBuilder) -> None:
    """A callback belongs to the asset or version that it names."""
    own = panjaya("dubbingCallback", sent={"event": "version_ready", "version_id": "a-version"})
    foreign = panjaya("dubbingCallback", sent={"event": "version_ready", "version_id": "other"})
    past = [asset(panjaya, "past-asset", "other") for _ in range(20)]
    late = asset(panjaya, "an-asset", "a-version")

    kept = carried_over([own, foreign, *past, late], most=4)

    assert ids(kept) == ids([own, late])


def test_what_speaks_of_nothing_is_carried_over_while_it_is_recent(pinch: ExchangeBuilder) -> None:
    """An upload may yet be used, but not for ever."""
    past, late = pinch("createUploadUrl"), pinch("createUploadUrl")
    between = polled(pinch, "a-job", 20)

    kept = carried_over([past, *between, late], most=8)

    assert ids(kept) == ids([late])
