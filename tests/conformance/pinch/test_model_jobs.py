"""Jobs of two accounts against a model of what the document says, in any order of operations.

What is sent in which order is drawn by hypothesis; what an answer means, model and rules say.
"""

from __future__ import annotations

import pytest

from dubcheck.exchange import Credential
from dubcheck.measure.samples import SampleName, make
from dubcheck.pytest_plugin.evidence import Explorer
from dubcheck.targets.machines.pinch import Account, JobsMachine
from dubcheck.targets.pinch import DubbingApi, PlainJob, Upload
from dubcheck.targets.staging import Staged

LIST = "pinch.list-jobs."
STRANGERS = {"other-key": Credential.OTHER, "poor-key": Credential.POOR}


@pytest.fixture
def accounts(
    dubbing: DubbingApi, upload: Upload, plain_job: PlainJob, staged: Staged
) -> list[Account]:
    """The account of the run and, where there is a key of another, that one."""
    if plain_job.obstacle or upload.source_url is None:
        pytest.skip(plain_job.obstacle or "no file could be uploaded")
    own = Account(dubbing, Credential.OWN, _sources(dubbing, upload.source_url))
    there = [key for need, key in STRANGERS.items() if need not in dubbing.client.target.lacks]
    return [own, *(_stranger(dubbing, credential, staged) for credential in there[:1])]


@pytest.mark.judges(
    f"{LIST}only-own-jobs-are-listed",
    f"{LIST}created-job-is-listed",
    f"{LIST}order-is-stable",
    f"{LIST}offset-skips-jobs",
    f"{LIST}pages-do-not-repeat-jobs",
    f"{LIST}pages-cover-every-job",
    f"{LIST}total-is-the-same-on-every-page",
    f"{LIST}total-counts-a-new-job",
    "pinch.get-job.created-job-is-found",
    "pinch.auth.other-accounts-job-is-hidden",
)
def test_jobs_of_two_accounts_follow_the_model(accounts: list[Account], explore: Explorer) -> None:
    """However the operations are mixed, jobs, lists and links show what each account made."""
    explore.walk(lambda listener: JobsMachine(listener, accounts))


def _stranger(dubbing: DubbingApi, credential: Credential, staged: Staged) -> Account:
    """Another account, with a file of its own; one without money makes no jobs."""
    account = Account(dubbing, credential, ())
    if credential is Credential.POOR:
        return account
    uploaded = account.upload(make(SampleName.MP3, staged.work_folder / "samples"))
    return Account(dubbing, credential, _sources(account, uploaded.source_url))


def _sources(api: DubbingApi, source_url: str | None) -> list[str]:
    """A file and, to make jobs that fail at no cost, one that never arrived."""
    absent = api.ask_upload_url("audio.mp3", "audio/mpeg").field("source_url")
    return [url for url in (source_url, absent) if isinstance(url, str)] if source_url else []
