"""The model of Panjaya's assets and versions: what refused requests must leave alone."""

from collections.abc import Iterable

import pytest

from dubcheck.strategies.models import Statement
from dubcheck.strategies.models.panjaya import AssetsModel


def broken(statements: Iterable[Statement]) -> list[str]:
    """What is stated to be broken."""
    return [item.requirement for item in statements if not item.holds]


@pytest.fixture
def model() -> AssetsModel:
    """Asset A of one account, into Spanish."""
    model = AssetsModel()
    model.created("own", "A", ["es-ES"])
    return model


def test_language_of_a_refused_request_is_told(model: AssetsModel) -> None:
    """A refused request adds none of its languages, however much later one looks."""
    model.added("A", ["fr-FR"], was_accepted=False)

    found = broken(model.asset_shown("A", ["es-ES", "fr-FR"]))

    assert found == ["panjaya.add-languages.refusal-changes-nothing"]


def test_language_that_was_accepted_after_a_refusal_is_right(model: AssetsModel) -> None:
    """What was refused once and accepted later belongs to the asset."""
    model.added("A", ["fr-FR"], was_accepted=False)
    model.added("A", ["fr-FR"], was_accepted=True)

    assert broken(model.asset_shown("A", ["es-ES", "fr-FR"])) == []


def test_language_that_nobody_asked_for_is_left_to_the_rules(model: AssetsModel) -> None:
    """The model speaks of refusals only."""
    assert broken(model.asset_shown("A", ["es-ES", "fr-FR"])) == []


def test_version_that_moves_after_a_refused_revision_is_told(model: AssetsModel) -> None:
    """A refused revision leaves the status of a version as it was."""
    list(model.version_shown("V", "ReadyToEdit"))
    model.revised("V", was_accepted=False)

    found = broken(model.version_shown("V", "NotReady"))

    assert found == ["panjaya.revise-version.refusal-changes-nothing"]


def test_version_that_was_at_work_may_move_after_a_refusal(model: AssetsModel) -> None:
    """What was being made goes on being made."""
    list(model.version_shown("V", "Generating"))
    model.revised("V", was_accepted=False)

    assert broken(model.version_shown("V", "Completed")) == []


def test_asset_in_the_list_of_another_account_is_told(model: AssetsModel) -> None:
    """A list shows assets of its own account only."""
    found = broken(model.listed("other", '[{"asset_id": "A"}]'))

    assert found == ["panjaya.list-assets.foreign-assets-are-hidden"]


def test_service_that_refuses_a_stranger_keeps_its_promise(model: AssetsModel) -> None:
    """Another account is refused."""
    assert broken(model.reached("getAsset", was_refused=True)) == []
