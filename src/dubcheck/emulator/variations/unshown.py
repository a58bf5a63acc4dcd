"""Readings that no served variation shows to a run, each with its reason; reviewed by hand."""

from __future__ import annotations

from dubcheck.emulator.variations.variation import readings

_NEEDS_LIMITS = "only an account at its limit shows it, which a run by URL has none of"
_NEEDS_DEEP = "only a deep run uploads 500 MB, and less may not be refused"
_NEEDS_REFUSING_RECEIVER = "the receiver of a run takes every notice, so that no delivery fails"

UNSHOWN: dict[tuple[str, str], str] = {
    pair: reason
    for reason, pairs in (
        (
            "the effect of the default cannot be heard, whatever it is",
            (
                *readings("pinch.create-job", reduce_accent_default="off"),
                *readings("pinch.create-job", reduce_accent_default="on-for-other-targets"),
            ),
        ),
        (
            "it is said of prices that fit several readings, which is the run's doing",
            readings("pinch.pricing", rounding="not-told-apart"),
        ),
        (
            _NEEDS_DEEP,
            (
                *readings("pinch.job-errors", too_large_file_refusal="refused-by-storage"),
                *readings("pinch.job-errors", too_large_file_refusal="refused-at-create"),
                *readings("pinch.job-errors", too_large_file_refusal="failed-job"),
            ),
        ),
        (
            _NEEDS_LIMITS,
            (
                *readings("panjaya.asset-errors", duration_limit_moment="asset-fails"),
                *readings("panjaya.asset-errors", duration_limit_moment="status-403"),
                *readings("panjaya.asset-errors", size_limit_moment="asset-fails"),
                *readings("panjaya.asset-errors", size_limit_moment="status-403"),
                *readings("panjaya.asset-errors", size_limit_moment="status-400"),
            ),
        ),
        (
            _NEEDS_REFUSING_RECEIVER,
            (
                *readings("panjaya.callbacks", failed_delivery="sent-again"),
                *readings("panjaya.callbacks", failed_delivery="given-up"),
            ),
        ),
    )
    for pair in pairs
}
