"""Links to the dubbed files of many formats, and links that are used twice.

How long they live is test_link_expiry.py.
"""

from __future__ import annotations

import pytest

from dubcheck.measure.samples import SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.output_reception import OutputReception
from dubcheck.targets.pinch import DubbingApi, job_id_of
from dubcheck.targets.pinch_jobs import JobBatch
from dubcheck.targets.pinch_orders import FEWEST_FORMATS
from dubcheck.targets.receptions import is_refusal, told
from dubcheck.targets.staging import Staged

STORAGE = "pinch.storage."


@pytest.mark.parametrize("sample", FEWEST_FORMATS, ids=lambda item: str(item.value))
@pytest.mark.judges(f"{STORAGE}output-url-downloads")
def test_output_of_each_format_downloads(sample: SampleName, dubs: OutputReception) -> None:
    """Whatever was dubbed, its `output_url` yields a file that is not empty."""
    dubs.link_yields_a_file(f"{STORAGE}output-url-downloads", sample.value)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.judges(f"{STORAGE}{kind}-url-works-until-expiry"))
        for kind in ("output", "download")
    ],
)
def test_link_works_again(
    kind: str, batch: JobBatch, dubbing: DubbingApi, staged: Staged, evidence: Evidence
) -> None:
    """A link that yielded the file once yields it again; that says nothing yet of its end."""
    requirement = f"{STORAGE}{kind}-url-works-until-expiry"
    url = _links(batch, dubbing)[kind]
    if not isinstance(url, str):
        pytest.skip("there is no link")
    folder = staged.own_folder(f"{kind} again")

    first, again = (dubbing.client.download(url, folder / name) for name in ("1", "2"))

    if first.succeeded and is_refusal(again):
        message, expected = "the same link yields the file once only", "the file again"
        evidence.holds(
            requirement, False, first, again, message=message, expected=expected, actual=told(again)
        )


def _links(batch: JobBatch, dubbing: DubbingApi) -> dict[str, object]:
    end = batch.job("plain").end
    shown = None if end is None else end.field("output_url")
    job_id = None if end is None else job_id_of(end)
    refreshed = dubbing.get_result(job_id).field("download_url") if job_id else None
    # A link that both operations give alike is one link.
    return {"output": shown, "download": None if refreshed == shown else refreshed}
