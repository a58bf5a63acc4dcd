"""listAssets, where a service has it; one page of the vendor's site names it, and nothing more."""

from __future__ import annotations

import pytest

from dubcheck.exchange import Credential
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of

from .conftest import leave_if
from .subjects import Subject

TOPIC = "panjaya.list-assets"
NOT_SERVED = "this service has no list of assets"
MOST_PAGES = 12
PAGE = 100
UPLOADED = pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)


@pytest.fixture(scope="module")
def plain_list(studio: StudioApi) -> Answer:
    """The list without any parameter."""
    return studio.list_assets()


@pytest.mark.judges(f"{TOPIC}.is-served", f"{TOPIC}.page-holds-an-array")
def test_service_of_a_list_is_noted(plain_list: Answer, evidence: Evidence) -> None:
    """There is a list of assets, or there is none."""
    reading = {200: "served", 404: "not-served", 405: "not-served"}.get(plain_list.status or 0)

    if reading is None:
        reason = f"answered with {plain_list.status}"
        evidence.unjudged(f"{TOPIC}.is-served", reason, plain_list)
    else:
        evidence.reads(f"{TOPIC}.is-served", reading, plain_list)
    if reading != "served":
        evidence.unjudged(f"{TOPIC}.page-holds-an-array", NOT_SERVED, plain_list)


@pytest.mark.judges(f"{TOPIC}.created-asset-is-listed")
@UPLOADED
def test_created_asset_is_listed(
    subject: Subject,
    plain_list: Answer,
    studio: StudioApi,
    request: pytest.FixtureRequest,
    evidence: Evidence,
) -> None:
    """Some page of the list holds an asset that was just created."""
    requirement = f"{TOPIC}.created-asset-is-listed"
    leave_if(request.node, None if plain_list.succeeded else NOT_SERVED, evidence)
    created = asset_id_of(subject.answer())

    pages = _pages_until(created or "", studio)

    if created is None or (created not in _text(pages[-1]) and len(pages) > 1):
        evidence.unjudged(requirement, "not within the pages that were read", *pages[-1:])
        return
    evidence.holds(
        requirement,
        created in _text(pages[-1]),
        *pages[-1:],
        message="a new asset is not in the list",
        expected=created,
        actual="a list without it",
    )


@pytest.mark.judges(f"{TOPIC}.foreign-assets-are-hidden")
@UPLOADED
def test_foreign_assets_are_hidden(
    subject: Subject,
    plain_list: Answer,
    studio: StudioApi,
    request: pytest.FixtureRequest,
    evidence: Evidence,
) -> None:
    """The list that another account sees shows no asset of this one."""
    leave_if(request.node, None if plain_list.succeeded else NOT_SERVED, evidence)
    created = asset_id_of(subject.answer())

    answer = studio.list_assets(credential=Credential.OTHER)

    if created is None or not answer.succeeded:
        evidence.unjudged(f"{TOPIC}.foreign-assets-are-hidden", "the list was not shown", answer)
        return
    evidence.holds(
        f"{TOPIC}.foreign-assets-are-hidden",
        created not in _text(answer),
        answer,
        message="another account sees an asset in its list",
        expected="a list without it",
        actual=created,
    )


def _pages_until(asset_id: str, studio: StudioApi) -> list[Answer]:
    """Pages up to the one that shows the asset; no name of a paging parameter is documented.

    The first is asked for as it is. Where it lacks the asset, `limit` and `offset` are tried.
    """
    pages = [studio.list_assets()]
    for number in range(MOST_PAGES):
        if asset_id in _text(pages[-1]):
            break
        page = studio.list_assets({"limit": PAGE, "offset": number * PAGE})
        if not page.succeeded or _text(page) == _text(pages[-1]):
            break
        pages.append(page)
    return pages


def _text(answer: Answer) -> str:
    return answer.content.decode("utf-8", "replace")
