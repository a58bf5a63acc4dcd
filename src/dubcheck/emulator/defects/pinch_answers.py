"""Pinch answers with a field that is missing or of the wrong form."""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.emulator.defects.interception import Defect
from dubcheck.emulator.defects.ways import drops, replaces

# Requirement, operation, place of the field, a value of the wrong form.
FIELDS: tuple[tuple[str, str, tuple[str, ...], object], ...] = (
    ("upload-url.upload-url-is-a-url", "createUploadUrl", ("upload_url",), "not a url"),
    ("create-job.job-id-is-a-string", "createJob", ("job_id",), 17),
)


def _defects() -> Iterator[Defect]:
    for fact, operation, path, wrong in FIELDS:
        name = f"pinch.{fact}"
        yield Defect(name, "missing", drops(operation, *path))
        yield Defect(name, "wrong-form", replaces(operation, wrong, *path))


DEFECTS = tuple(_defects())
