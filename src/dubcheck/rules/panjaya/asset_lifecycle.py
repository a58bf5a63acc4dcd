"""The statuses of an asset over its whole trace.

Source: vendor-docs/panjaya.txt, the example answers, and Get Asset, processing errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from dubcheck.exchange import Exchange
from dubcheck.rules.outcome import Outcome, holds, passed
from dubcheck.rules.panjaya.asset_history import AssetHistory, asset_rule
from dubcheck.rules.panjaya.sequences import in_sequence
from dubcheck.rules.panjaya.vocabulary import API, ASSET_STATUSES, FAILED, READY, is_answered_well
from dubcheck.rules.registry import exchange_rule
from dubcheck.rules.settling import resting_on

_ID = "panjaya.lifecycle."


@exchange_rule(
    API,
    ("createAsset", "uploadAsset", "getAsset", "addLanguages"),
    [f"{_ID}asset-status-is-printed"],
)
def printed_status(exchange: Exchange) -> Iterator[Outcome]:
    """A status is one of those that the document prints."""
    status = exchange.field("status")
    if is_answered_well(exchange) and isinstance(status, str):
        yield holds(
            f"{_ID}asset-status-is-printed",
            status in ASSET_STATUSES,
            "an asset has a status that the document does not print",
            expected=" or ".join(ASSET_STATUSES),
            actual=status,
        )


@asset_rule(f"{_ID}sound-video-becomes-ready")
def becomes_ready(history: AssetHistory) -> Iterator[Outcome]:
    """An asset was seen Ready; that a sound video is not, probes tell: they know what they sent."""
    for exchange in history.with_status(READY):
        yield resting_on(passed(f"{_ID}sound-video-becomes-ready"), exchange)


@asset_rule(f"{_ID}ready-asset-stays-ready", f"{_ID}failed-asset-stays-failed")
def final_statuses(history: AssetHistory) -> Iterator[Outcome]:
    """What is over stays over until a language is added."""
    requirements = {
        READY: f"{_ID}ready-asset-stays-ready",
        FAILED: f"{_ID}failed-asset-stays-failed",
    }
    for earlier, later in in_sequence(history.sightings):
        before, after = earlier.field("status"), later.field("status")
        # An addition may show in the status only after a while: what follows one is not judged.
        is_left_alone = not any(item.started_at <= later.ended_at for item in history.changes)
        if before in requirements and isinstance(after, str) and is_left_alone:
            message = f"an asset that was {before} is {after}, though nobody asked for anything"
            outcome = holds(
                requirements[before], after == before, message, expected=before, actual=after
            )
            yield resting_on(outcome, earlier, later)
