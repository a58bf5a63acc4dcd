"""Fixtures that probes ask for; each is a noun of the domain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from dubcheck.contract import Contract, load_contract
from dubcheck.pytest_plugin.evidence import Evidence, Explorer
from dubcheck.pytest_plugin.rounds import staged_for_round
from dubcheck.pytest_plugin.run import Share
from dubcheck.targets import ApiClient, Pace, Witness, witnessed_session
from dubcheck.targets.staging import Staged

SHARE = pytest.StashKey[Share]()


@pytest.fixture(scope="session")
def share(request: pytest.FixtureRequest) -> Share:
    """This process's part of the run."""
    return request.config.stash[SHARE]


@pytest.fixture(scope="session")
def staged(share: Share) -> Staged:
    """What the run was told and what it started."""
    return staged_for_round(share.staged, share.round)


@pytest.fixture(scope="session")
def witness(share: Share) -> Witness:
    """The witness of every exchange."""
    return share.witness


@pytest.fixture(scope="session")
def evidence(witness: Witness) -> Evidence:
    """Where a probe says what it found."""
    return Evidence(witness)


@pytest.fixture(scope="session")
def explore(witness: Witness, staged: Staged) -> Explorer:
    """Runs a stimulus over generated inputs, bounded by the profile."""
    return Explorer(witness, staged.profile, staged.seed)


def api_client(share: Share, api: str) -> ApiClient:
    """The client of one API; a probe of an API that is not judged is skipped."""
    if api not in share.clients:
        pytest.skip(f"{api} is not judged in this run")
    return share.clients[api]


@pytest.fixture(scope="session")
def pinch(share: Share) -> ApiClient:
    """The client of Pinch."""
    return api_client(share, "pinch")


@pytest.fixture(scope="session")
def panjaya(share: Share) -> ApiClient:
    """The client of Panjaya."""
    return api_client(share, "panjaya")


@pytest.fixture(scope="session")
def pinch_contract() -> Contract:
    """The contract of Pinch."""
    return load_contract("pinch")


@pytest.fixture(scope="session")
def panjaya_contract() -> Contract:
    """The contract of Panjaya."""
    return load_contract("panjaya")


@pytest.fixture(scope="session")
def pinch_session(pinch: ApiClient, staged: Staged) -> Iterator[requests.Session]:
    """A requests session for schemathesis, seen by the witness."""
    with witnessed_session(pinch.target, pinch.witness, Pace(staged.rate)) as session:
        yield session


@pytest.fixture(scope="session")
def panjaya_session(panjaya: ApiClient, staged: Staged) -> Iterator[requests.Session]:
    """A requests session for schemathesis, seen by the witness."""
    with witnessed_session(panjaya.target, panjaya.witness, Pace(staged.rate)) as session:
        yield session
