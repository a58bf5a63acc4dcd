"""The document's own workflow: upload, create with `auto`, poll, download, open.

A step that is refused is the finding of that step's own requirement, not of this one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dubcheck.measure import MeasureError, read_media
from dubcheck.measure.samples import Sample, SampleName
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.targets.pinch import DubbingApi
from dubcheck.targets.pinch_formats import FormatTrial
from dubcheck.targets.pinch_workflow import Workflow, walk_through

WORKFLOW = "pinch.lifecycle.documented-workflow-completes"


@pytest.mark.judges(WORKFLOW)
def test_documented_workflow_ends_with_the_dubbed_file(
    dubbing: DubbingApi,
    samples: Callable[[SampleName], Sample],
    formats: FormatTrial,
    tmp_path: Path,
    evidence: Evidence,
) -> None:
    """Uploading my-video.mp4 and dubbing it from `auto` into `es` ends with a file that plays."""
    video, dubbed = samples(SampleName.MP4), tmp_path / "dubbed.mp4"

    workflow = walk_through(dubbing, video.path, dubbed)

    _judge(workflow, dubbed, formats, evidence)


def _judge(workflow: Workflow, dubbed: Path, formats: FormatTrial, evidence: Evidence) -> None:
    refused = formats.refused_of(SampleName.MP4)
    obstacle = workflow.obstacle
    if workflow.failed is not None:
        # A service that refuses the container or a codec is told so under that requirement.
        names = ", ".join(sorted(feature.value for feature in refused))
        obstacle = f"it refuses {names}" if refused else None
        if not any(formats.accepted.values()):
            obstacle = "no upload at all is dubbed"
    if obstacle:
        evidence.unjudged(WORKFLOW, obstacle, *workflow.answers)
        return
    plays, found = _played(workflow, dubbed)
    evidence.holds(
        WORKFLOW,
        plays,
        *workflow.answers,
        message="the document's own workflow does not end with a dubbed file",
        expected="a completed job and a file that plays",
        actual=found,
    )


def _played(workflow: Workflow, dubbed: Path) -> tuple[bool, str]:
    if workflow.failed is not None:
        return False, f"failed with {workflow.failed.field('error')!r}"
    try:
        media = read_media(dubbed)
    except MeasureError as error:
        return False, f"a file that {error}"
    return media.duration_seconds > 0, f"a file of {media.duration_seconds:.2f} s"
