"""addLanguages: its request with and without `auto_generate`, and the asset afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of, locales_of, version_ids_of
from dubcheck.targets.receptions import told

from .conftest import leave_if
from .plain_requests import NO_TARGET
from .subjects import Plain, ReadyAssets
from .videos import judge_no_video

TOPIC = "panjaya.add-languages"
ADDED, FURTHER = "fr-FR", "de-DE"
NOTHING_ADDED = "no language was added to an asset that then became Ready again"
# What rules judge on the added asset, once it is Ready again.
FOLLOWED = tuple(
    f"{TOPIC}.{fact}"
    for fact in (
        "asset-id-is-echoed",
        "name-is-unchanged",
        "source-locale-is-unchanged",
        "added-languages-are-shown",
        "earlier-languages-are-kept",
        "added-language-stands-last",
        "earlier-dubbing-ids-are-kept",
        "added-language-stays-in-asset",
        "asset-becomes-ready-again",
        "added-language-is-dubbed",
        "status-returns-to-dubbing",
    )
)


@dataclass(frozen=True, slots=True)
class Addition:
    """One language added to a Ready asset; `ended` is None where it was not Ready again."""

    before: Answer
    answer: Answer
    ended: Answer | None

    @property
    def new_versions(self) -> list[str]:
        """Ids of versions of the added language, wherever the asset shows them."""
        return [] if self.ended is None else _new_versions(self.before, self.ended)


@pytest.fixture(scope="module", params=[{"auto_generate": "off"}, {}], ids=["off", "absent"])
def options(request: pytest.FixtureRequest) -> dict[str, str]:
    """The document's example, and the same without what is optional."""
    return dict(request.param)


@pytest.fixture(scope="module")
def addition(
    options: dict[str, str], ready_assets: ReadyAssets, studio: StudioApi
) -> Addition | None:
    """A language added, with the asset before and after; None where no asset was Ready."""
    asset_id = ready_assets.take()
    if asset_id is None:
        return None
    before = studio.get_asset(asset_id)
    answer = studio.add_languages(asset_id, {"languages": [{"locale": ADDED}], **options})
    ended = studio.wait_for_end(asset_id, was_extended=True) if answer.succeeded else None
    if ended is not None:
        ended = studio.settled(asset_id, ended, lambda asset: bool(_new_versions(before, asset)))
    sound = ended is not None and ended.field("status") == "Ready" and ADDED in locales_of(ended)
    return Addition(before, answer, ended if sound else None)


@pytest.fixture
def made_addition(
    request: pytest.FixtureRequest,
    addition: Addition | None,
    ready_assets: ReadyAssets,
    evidence: Evidence,
) -> Addition:
    """The addition, where an asset was Ready for it."""
    leave_if(request.node, None if addition else ready_assets.obstacle, evidence)
    assert addition is not None  # else the probe was left
    return addition


@pytest.mark.judges(
    f"{TOPIC}.documented-request-is-accepted",
    f"{TOPIC}.auto-generate-may-be-absent",
    f"{TOPIC}.method-is-post",
    *FOLLOWED,
)
def test_language_is_added_to_a_ready_asset(
    options: dict[str, str],
    made_addition: Addition,
    plain_addition: Plain,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """A language sent with POST, with `auto_generate` "off" or without it, is accepted."""
    # The language that is added here is another than that of the plain addition.
    broken = plain_addition.broken_fact if options else None
    broken = None if broken == NO_TARGET else broken
    fact = "documented-request-is-accepted" if options else "auto-generate-may-be-absent"
    answer = made_addition.answer

    posted = evidence.holds(
        f"{TOPIC}.method-is-post",
        answer.status not in (404, 405),
        answer,
        message="POST is not what adds languages",
        expected="any answer but 404 and 405",
        actual=told(answer),
    )
    if not options and plain_addition.asset.obstacle:
        evidence.unjudged(f"{TOPIC}.{fact}", plain_addition.asset.obstacle, answer)
    elif posted:
        reception.accepted_within_limits(f"{TOPIC}.{broken or fact}", answer)


@pytest.mark.judges(f"{TOPIC}.added-language-gets-version")
def test_added_language_gets_a_version(
    made_addition: Addition, studio: StudioApi, evidence: Evidence
) -> None:
    """Once the asset is Ready again, an added language has its initial version, which is found."""
    requirement = f"{TOPIC}.added-language-gets-version"

    ended = made_addition.ended

    if ended is None:
        evidence.unjudged(requirement, NOTHING_ADDED, made_addition.answer)
        return
    if not version_ids_of(ended):
        evidence.unjudged(requirement, "no id of any version is shown: see get-asset", ended)
        return
    new = made_addition.new_versions[:1]
    found = [studio.get_version(version_id) for version_id in new]
    earlier = [studio.get_version(item) for item in version_ids_of(made_addition.before)[:1]]
    is_lost = found[:1] and found[0].status == 404 and all(item.succeeded for item in earlier)
    evidence.holds(
        requirement,
        bool(new) and not is_lost,
        ended,
        *found,
        message="the added language has no version",
        expected="an id by which a version is found",
        actual="404" if is_lost else "none",
    )


@pytest.mark.judges(
    f"{TOPIC}.auto-generate-off-generates-nothing", f"{TOPIC}.no-auto-generate-generates-nothing"
)
def test_added_language_gets_no_video_by_itself(
    options: dict[str, str], made_addition: Addition, studio: StudioApi, evidence: Evidence
) -> None:
    """No final video of an added language is made, with `auto_generate` "off" or without it."""
    fact = "auto-generate-off" if options else "no-auto-generate"
    requirement = f"{TOPIC}.{fact}-generates-nothing"

    judge_no_video(requirement, made_addition.ended, studio, evidence, made_addition.new_versions)


@pytest.mark.judges(
    f"{TOPIC}.documented-request-is-accepted", f"{TOPIC}.earlier-languages-are-kept"
)
def test_further_language_is_added_afterwards(
    options: dict[str, str],
    made_addition: Addition,
    studio: StudioApi,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """Once the asset is Ready again, a second request adds one more language to it.

    Its end is not waited for: how long each further language takes is open.
    """
    requirement, ended = f"{TOPIC}.documented-request-is-accepted", made_addition.ended
    if ended is None or not options:
        evidence.unjudged(requirement, NOTHING_ADDED, made_addition.answer)
        return
    asset_id = str(asset_id_of(made_addition.before))

    answer = studio.add_languages(asset_id, {"languages": [{"locale": FURTHER}], **options})

    if reception.accepted_within_limits(requirement, answer):
        studio.get_asset(asset_id)


def _new_versions(before: Answer, asset: Answer) -> list[str]:
    # What was another language's is none of its own; where none is told apart, any new one is.
    own, earlier = version_ids_of(asset, ADDED), version_ids_of(before)
    return [item for item in own or version_ids_of(asset) if item not in earlier]
