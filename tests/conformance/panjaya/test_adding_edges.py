"""addLanguages: refusals as a whole, other assets than a Ready one of one's own, open moments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dubcheck.exchange import Credential
from dubcheck.measure.samples import Sample
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets.panjaya import StudioApi, asset_path
from dubcheck.targets.panjaya_answers import asset_id_of, locales_of
from dubcheck.targets.receptions import is_refusal, told

from .conftest import leave_if
from .examination import Examination
from .refusals import FREE_TEXT
from .strangers import judge_stranger
from .subjects import ReadyAssets, Subject

TOPIC = "panjaya.add-languages"
DOCUMENTED = {"languages": [{"locale": "fr-FR"}], "auto_generate": "off"}
UNKNOWN_ASSET = "000000000000000000000000"


@pytest.fixture
def ready_asset(
    request: pytest.FixtureRequest, ready_assets: ReadyAssets, evidence: Evidence
) -> str:
    """The id of an asset that is Ready; the probe may change it."""
    asset_id = ready_assets.take()
    leave_if(request.node, None if asset_id else ready_assets.obstacle, evidence)
    return str(asset_id)


@pytest.mark.judges(f"{TOPIC}.refusal-changes-nothing")
@pytest.mark.parametrize(
    "invalid",
    [{"locale": "xx-XX"}, {"locale": "vi-VN", "srt": FREE_TEXT}],
    ids=["locale", "subtitles"],
)
def test_refused_addition_changes_nothing(
    invalid: dict[str, str],
    ready_asset: str,
    ready_assets: ReadyAssets,
    studio: StudioApi,
    evidence: Evidence,
) -> None:
    """Languages that were refused together with an invalid one are not in the asset."""
    before = studio.get_asset(ready_asset)
    body = {"languages": [{"locale": "uk-UA"}, invalid]}

    answer = studio.add_languages(ready_asset, body)
    after = studio.get_asset(ready_asset)

    refused = answer.status is not None and 400 <= answer.status <= 499
    if not (refused and before.succeeded and after.succeeded):
        evidence.unjudged(f"{TOPIC}.refusal-changes-nothing", "the request was not refused", answer)
        return
    ready_assets.give_back(ready_asset)
    evidence.equals(
        f"{TOPIC}.refusal-changes-nothing",
        sorted(locales_of(after)),
        sorted(locales_of(before)),
        answer,
        after,
        message="a refused request changed the languages of the asset",
    )


@pytest.mark.judges(f"{TOPIC}.malformed-json-is-refused")
@pytest.mark.parametrize("subject", ["add-languages"], indirect=True)
@pytest.mark.parametrize("content", [b'{"languages": [', b"languages=fr-FR"], ids=["cut", "form"])
def test_malformed_json_is_refused(
    content: bytes, ready_asset: str, ready_assets: ReadyAssets, examination: Examination
) -> None:
    """A body that is no JSON is refused."""
    answer = ready_assets.studio.send(
        "POST",
        f"{asset_path(ready_asset)}/languages",
        content=content,
        headers={"Content-Type": "application/json"},
    )

    if examination.reception.refused(f"{TOPIC}.malformed-json-is-refused", answer):
        ready_assets.give_back(ready_asset)


@pytest.mark.judges(f"{TOPIC}.unknown-asset-is-404")
def test_unknown_asset_is_404(
    studio: StudioApi, own_asset_id: Callable[[], str | None], reception: Reception
) -> None:
    """Languages cannot be added to an asset that does not exist."""
    judge_stranger(
        f"{TOPIC}.unknown-asset-is-404",
        reception,
        lambda asset_id: studio.add_languages(asset_id, DOCUMENTED),
        UNKNOWN_ASSET,
        own_asset_id,
    )


@pytest.mark.judges(f"{TOPIC}.foreign-asset-is-hidden")
def test_foreign_asset_is_hidden(
    ready_asset: str, ready_assets: ReadyAssets, studio: StudioApi, evidence: Evidence
) -> None:
    """The key of another account adds no language."""
    answer = studio.add_languages(ready_asset, DOCUMENTED, credential=Credential.OTHER)

    hidden = evidence.holds(
        f"{TOPIC}.foreign-asset-is-hidden",
        answer.status in (403, 404),
        answer,
        message="another account can add languages",
        expected="404 or 403",
        actual=told(answer),
    )
    if hidden:
        ready_assets.give_back(ready_asset)


@pytest.mark.judges(f"{TOPIC}.language-already-there")
def test_language_already_there_is_noted(
    ready_asset: str,
    ready_assets: ReadyAssets,
    studio: StudioApi,
    reception: Reception,
    evidence: Evidence,
) -> None:
    """A language that the asset has is refused, ignored or added again."""
    answer = studio.add_languages(ready_asset, {"languages": [{"locale": "nl-NL"}]})

    if is_refusal(answer):
        ready_assets.give_back(ready_asset)
    standing = {1: "ignored", 2: "added-again"}.get(locales_of(answer).count("nl-NL"))
    if answer.succeeded and standing is None:
        evidence.unjudged(
            f"{TOPIC}.language-already-there", "it is in the answer neither once nor twice"
        )
    else:
        reception.reads(
            f"{TOPIC}.language-already-there", answer, accepted=standing or "", refused="refused"
        )


@pytest.mark.judges(f"{TOPIC}.while-still-dubbing")
@pytest.mark.parametrize("subject", ["upload-asset"], indirect=True)
def test_adding_while_still_dubbing_is_noted(
    subject: Subject, studio: StudioApi, reception: Reception, evidence: Evidence
) -> None:
    """Languages added at once after the upload are accepted or refused."""
    question = f"{TOPIC}.while-still-dubbing"
    uploaded = subject.answer()
    asset_id = asset_id_of(uploaded) or UNKNOWN_ASSET

    answer = studio.add_languages(asset_id, DOCUMENTED)
    after = studio.get_asset(asset_id)

    if after.field("status") == "Ready" and not answer.succeeded:
        evidence.unjudged(question, "the asset was Ready before it could be asked", answer)
    else:
        reception.reads(question, answer, accepted="accepted", refused="refused")


@pytest.mark.judges(f"{TOPIC}.on-failed-asset")
def test_adding_to_a_failed_asset_is_noted(
    failed_asset: str, studio: StudioApi, reception: Reception
) -> None:
    """Languages added to an asset that failed are accepted or refused."""
    answer = studio.add_languages(failed_asset, DOCUMENTED)

    reception.reads(f"{TOPIC}.on-failed-asset", answer, accepted="accepted", refused="refused")


@pytest.fixture
def failed_asset(
    request: pytest.FixtureRequest,
    studio: StudioApi,
    uploading: Subject,
    silent_video: Sample,
    evidence: Evidence,
) -> str:
    """The id of an asset that failed, as its video is silent."""
    uploaded: Any = studio.upload(uploading.body, silent_video)
    ended = studio.wait_for_end(asset_id_of(uploaded) or UNKNOWN_ASSET)
    failed = ended is not None and ended.field("status") == "Failed"
    leave_if(request.node, None if failed else "a silent video did not fail", evidence)
    return str(asset_id_of(uploaded))
