"""The two forms in which presigned URLs and S3 answers write a moment; the clock is elsewhere."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from time import strptime

# strftime would take the names of the machine's language.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def format_amz_date(seconds: float) -> str:
    """20260305T143000Z, as in X-Amz-Date."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y%m%dT%H%M%SZ")


def parse_amz_date(text: str) -> int:
    """UNIX seconds of an X-Amz-Date; ValueError for any other form."""
    if len(text) != len("20260305T143000Z"):
        raise ValueError(text)
    return timegm(strptime(text, "%Y%m%dT%H%M%SZ"))


def format_http_date(seconds: float) -> str:
    """Thu, 05 Mar 2026 14:30:00 GMT, as in Last-Modified."""
    moment = datetime.fromtimestamp(int(seconds), UTC)
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment:%d} {month} {moment:%Y %H:%M:%S} GMT"
