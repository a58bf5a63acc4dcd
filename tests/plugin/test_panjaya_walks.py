"""Walks through Panjaya see what is broken only where assets and accounts are used in turn."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dubcheck.errors import Violation
from dubcheck.exchange import Credential
from dubcheck.measure.samples import SampleName, make
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.pytest_plugin.exploring import Watch
from dubcheck.targets.machines.panjaya import Account, AssetsMachine
from dubcheck.targets.machines.walk import Listener
from dubcheck.targets.panjaya import StudioApi

from .conftest import Serve, still

BODY = {"name": "Dubcheck", "locale": "en-US"}
Step = tuple[str, dict[str, Any]]
UPLOAD, UPLOAD_OTHER = ("upload", {"account": 0}), ("upload", {"account": 1})
REVISE = ("revise", {"number": 0, "version": 0})


def read(number: int) -> Step:
    """getAsset."""
    return "read", {"number": number}


def add(locale: str) -> Step:
    """A language for the first asset."""
    return "add", {"number": 0, "locale": locale, "also_unknown": False}


def trespass(operation: int, locale: str = "fr-FR") -> Step:
    """An operation on the first asset with the other key."""
    return "trespass", {"number": 0, "version": 0, "locale": locale, "operation": operation}


def walk(serve: Serve, folder: Path, *words: str) -> AssetsMachine:
    """A walk through an emulator with two accounts."""
    client = serve("panjaya", *words)
    return machine(StudioApi(client), Watch(client.witness, still, 1.0), folder)


def machine(studio: StudioApi, listener: Listener, folder: Path) -> AssetsMachine:
    """A machine with two accounts and enough patience."""
    video = make(SampleName.MP4_SMALL, folder)
    keys = (Credential.OWN, Credential.OTHER)
    made = AssetsMachine(listener, [Account(studio, key) for key in keys], video, BODY)
    made.patience_seconds = 60.0
    return made


def take(walking: AssetsMachine, steps: Sequence[Step]) -> None:
    """Takes the steps in order."""
    for name, drawn in steps:
        getattr(walking, name)(**drawn)


@pytest.mark.parametrize(
    ("defect", "steps"),
    [
        pytest.param(
            "panjaya.add-languages.refusal-changes-nothing/asked-by-a-stranger",
            [UPLOAD, trespass(1, "it-IT"), read(0), add("fr-FR")],
            id="a stranger's language comes in later",
        ),
        pytest.param(
            "panjaya.add-languages.earlier-languages-are-kept/after-a-revision",
            [UPLOAD, add("fr-FR"), REVISE, add("de-DE")],
            id="an addition forgets the one before a revision",
        ),
        pytest.param(
            "panjaya.get-asset.locale-is-that-of-creation/after-anothers-asset",
            [UPLOAD, UPLOAD_OTHER, read(0), read(1)],
            id="an asset is mixed up with another account's",
        ),
        pytest.param(
            "panjaya.revise-version.refusal-changes-nothing/asked-by-a-stranger",
            [
                UPLOAD,
                REVISE,
                trespass(3),
                ("read_version", {"number": 0, "version": 0}),
            ],
            id="a stranger's revision unsettles a version",
        ),
    ],
)
def test_only_the_last_step_of_a_walk_shows_the_defect(
    defect: str, steps: Sequence[Step], serve: Serve, tmp_path: Path
) -> None:
    """Up to its last step the walk keeps every promise; then the broken one is told by its id."""
    walking = walk(serve, tmp_path, "--defect", defect)

    take(walking, steps[:-1])
    with pytest.raises(Violation) as found:
        take(walking, steps[-1:])

    assert found.value.requirement == defect.partition("/")[0]


def test_right_service_breaks_nothing_on_walks(serve: Serve, tmp_path: Path) -> None:
    """Walks through the emulator as it is find nothing."""
    client = serve("panjaya")
    studio = StudioApi(client)

    Explorer(client.witness, "quick", seed=2, clock=still).walk(
        lambda listener: machine(studio, listener, tmp_path)
    )

    assert client.witness.failures == []
