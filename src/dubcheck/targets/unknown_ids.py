"""Ids that no job has, made to look like one that a job has; nothing is sent here."""

from __future__ import annotations

_TURNED = str.maketrans("0123456789abcdefABCDEF", "7894561230bcdefaBCDEFA")
_FARTHEST_NUMBER = "9" * 12


def unknown_id_like(job_id: str) -> str:
    """An id of the same form that belongs to nobody, as far as can be told.

    A prefix up to the first underscore stays; a number becomes one far beyond all others.
    """
    if job_id.isdigit():
        return _FARTHEST_NUMBER
    prefix, mark, rest = job_id.rpartition("_")
    return f"{prefix}{mark}{rest.translate(_TURNED)}"
