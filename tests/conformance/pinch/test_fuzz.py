"""Generated requests to every operation, valid and invalid; the rules judge every answer.

Storage is left out: its URLs are opaque, so there is nothing to generate.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from schemathesis import GenerationMode

from dubcheck.contract import Contract
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.rules.made_up_answers import UNKNOWN_JOB
from dubcheck.targets import ApiClient
from dubcheck.targets.pinch import PlainJob
from dubcheck.targets.staging import Staged
from dubcheck.targets.stimuli import Sender, Stimuli

OPERATIONS = ("createUploadUrl", "createJob", "listJobs", "getJob", "getJobResult")
MODES = {"valid": GenerationMode.POSITIVE, "invalid": GenerationMode.NEGATIVE}
# Any text is a job's id, so that getJob and getJobResult have no invalid requests of their own.
GENERATED = [
    pytest.param(operation, mode, id=f"{operation}-{name}")
    for operation in OPERATIONS
    for name, mode in MODES.items()
    if name == "valid" or operation in ("createUploadUrl", "createJob", "listJobs")
]
MOST_COVERAGE_CASES = {"quick": 5, "standard": 5, "deep": 1000}
WALKS_AND_STEPS = {"quick": (2, 4), "standard": (3, 4), "deep": (80, 10)}
FUZZ_SHARE = 0.12
_URL = re.compile(r"(?i)https?://")


@pytest.fixture(scope="module")
def stimuli(pinch_contract: Contract, staged: Staged) -> Stimuli:
    """The generator of requests."""
    return Stimuli(pinch_contract, staged.seed)


@pytest.fixture(scope="module")
def sender(pinch: ApiClient, pinch_session: requests.Session, plain_job: PlainJob) -> Sender:
    """Sends cases; a source URL that is one becomes that of a file that is there."""

    def alter(case: Any) -> None:
        url = plain_job.body["source_url"]
        body = case.body
        if url and isinstance(body, dict) and _URL.match(str(body.get("source_url"))):
            case.body = {**body, "source_url": url}

    target = pinch.target
    return Sender(target.base_url, target.key, pinch_session, alter, intent_of_ids=UNKNOWN_JOB)


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_stands_coverage_cases(
    operation: str, mode: GenerationMode, stimuli: Stimuli, sender: Sender, staged: Staged
) -> None:
    """Examples and cases at the bounds of the request schema break no promise."""
    cases = stimuli.coverage(operation, mode, MOST_COVERAGE_CASES[staged.profile])

    sender.send_all(cases)


@pytest.mark.parametrize(("operation", "mode"), GENERATED)
def test_operation_stands_generated_requests(
    operation: str, mode: GenerationMode, stimuli: Stimuli, sender: Sender, explore: Explorer
) -> None:
    """Generated requests, valid or invalid, break no promise."""
    cases = stimuli.generated(operation, mode)

    explore(cases, sender.send, share=FUZZ_SHARE)


def test_flow_along_links_keeps_every_promise(
    stimuli: Stimuli, sender: Sender, staged: Staged
) -> None:
    """Walks from answer to request along the links of the contract break no promise."""
    walks, steps = WALKS_AND_STEPS[staged.profile]

    stimuli.walk(sender, walks, steps)
