"""source_url at addresses that are not public, in every spelling that reaches them.

Where the service runs on this machine, the loopback addresses serve a real file (a decoy).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dubcheck.measure.samples import Sample, SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.source_fates import SourceFates
from dubcheck.targets import is_loopback
from dubcheck.targets.decoys import Decoys
from dubcheck.targets.pinch import DubbingApi, PlainJob
from dubcheck.targets.source_trials import Fate, Trial, try_sources

QUESTION = "pinch.source-url.private-address-refusal"
PLAIN_LOOPBACK = "127.0.0.1:{4}"
OTHER_NAMES = (
    "pinch.source-url.localhost-is-not-dubbed",
    "pinch.source-url.mapped-private-address-is-not-dubbed",
    "pinch.source-url.disguised-private-address-is-not-dubbed",
)
# {4} and {6} are the ports of the decoys.
SPELLINGS = {
    "localhost": ["localhost:{4}", "localhost", "LOCALHOST:{4}", "localhost.:{4}"],
    "loopback-address": [PLAIN_LOOPBACK, "127.255.255.254", "cdn.example.com@127.0.0.1:{4}"],
    "private-10-address": ["10.0.0.1", "10.255.255.254"],
    "private-172-address": ["172.16.0.1", "172.31.255.254"],
    "private-192-address": ["192.168.0.1", "192.168.255.254"],
    "link-local-address": ["169.254.169.254", "169.254.0.1"],
    "shared-address": ["100.64.0.9", "100.127.255.254"],
    "unspecified-address": ["0.0.0.0:{4}", "[::]:{6}"],
    "ipv6-loopback": ["[::1]:{6}", "[0:0:0:0:0:0:0:1]:{6}"],
    "ipv6-private-address": ["[fc00::1]", "[fd12:3456:789a::1]", "[fe80::1]"],
    "mapped-private-address": [
        "[::ffff:127.0.0.1]:{4}",
        "[::ffff:7f00:1]:{4}",
        "[::ffff:10.0.0.1]",
    ],
    "disguised-private-address": [
        "2130706433:{4}",
        "0x7f000001:{4}",
        "0177.0.0.1:{4}",
        "127.1:{4}",
    ],
}


def _cases() -> list[Any]:
    return [
        pytest.param(
            spelling,
            f"pinch.source-url.{kind}-is-not-dubbed",
            id=f"{kind}-{number}",
            marks=pytest.mark.judges(f"pinch.source-url.{kind}-is-not-dubbed"),
        )
        for kind, spellings in SPELLINGS.items()
        for number, spelling in enumerate(spellings, 1)
    ]


@pytest.fixture(scope="module")
def decoys(dubbing: DubbingApi, samples: Callable[[SampleName], Sample]) -> Iterator[Decoys]:
    """Servers of a real file at loopback addresses; silent for a service elsewhere."""
    sample = samples(SampleName.MP3)
    decoys = Decoys(sample.content, sample.content_type)
    if is_loopback(dubbing.client.target.base_url) and not dubbing.client.target.is_recorded:
        decoys.start()
    yield decoys
    decoys.stop()


@pytest.fixture(scope="module")
def trials(dubbing: DubbingApi, plain_job: PlainJob, decoys: Decoys) -> dict[str, Trial]:
    """A job for each spelling, all created before any is awaited."""
    if plain_job.obstacle:
        return {}
    urls = {
        spelling: f"http://{_with_ports(spelling, decoys)}/sample.mp3"
        for spellings in SPELLINGS.values()
        for spelling in spellings
    }
    by_url = try_sources(dubbing, plain_job.body, urls.values())
    return {spelling: by_url[url] for spelling, url in urls.items()}


@pytest.mark.usefixtures("job_body")
@pytest.mark.parametrize(("spelling", "requirement"), _cases())
def test_private_address_is_not_dubbed(
    spelling: str,
    requirement: str,
    trials: dict[str, Trial],
    fates: SourceFates,
    evidence: Evidence,
) -> None:
    """A source URL at an address that is not public is refused or makes a job that fails."""
    trial = trials[spelling]

    _judge(requirement, trial, trials[PLAIN_LOOPBACK], fates, evidence)


def _judge(
    requirement: str, trial: Trial, plain: Trial, fates: SourceFates, evidence: Evidence
) -> None:
    # A service that dubs the plain address has forgotten that; its other names add nothing.
    if requirement in OTHER_NAMES and plain.fate is Fate.COMPLETED:
        evidence.unjudged(requirement, "the plain loopback address is dubbed as well", *plain.seen)
        return
    fates.rejected(requirement, trial)
    fates.reads_rejection(QUESTION, trial)


def _with_ports(spelling: str, decoys: Decoys) -> str:
    return spelling.replace("{4}", str(decoys.ipv4_port)).replace("{6}", str(decoys.ipv6_port))
