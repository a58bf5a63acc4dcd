"""The list of jobs as soon as its total has caught up with its jobs, which some count less often.

That it must count them is for probes to say; nothing here judges.
"""

from __future__ import annotations

from dubcheck.rules.pinch.list_page import LONGEST_LAG_SECONDS
from dubcheck.targets.job_lists import Listing, read_listing
from dubcheck.targets.pinch import DubbingApi


def read_counted(api: DubbingApi, job_id: str | None = None) -> Listing | None:
    """The list once it holds the job and counts what it holds, or as it is when it may lag no more.

    None where it cannot be read.
    """
    listing = None
    for _ in api.polls(LONGEST_LAG_SECONDS):
        listing = read_listing(api)
        if listing is None or (_is_counted(listing) and job_id in (None, *listing.ids)):
            break
    return listing


def _is_counted(listing: Listing) -> bool:
    """Whether nothing more is to be expected; of a list without end only its total tells."""
    return not listing.reaches_the_end or listing.total == len(set(listing.ids))
