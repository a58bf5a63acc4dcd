"""Versions in the status that a probe needs; what they then answer, the probe judges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dubcheck.measure.samples import SampleName
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import ASSET_ENDS, StudioApi
from dubcheck.targets.panjaya_answers import version_ids_of
from dubcheck.targets.receptions import is_refusal

from .batch import AssetBatch, AssetOrder
from .orders import PLAIN, SEVERAL

WITH_ADDRESS = {"studio_url_request": {}}
UNKNOWN_VERSION = "0123456789abcdef01234567"
ATTEMPTS = 5
ENOUGH_CERTAIN = 2
WATCHED_SECONDS = 5.0


def plain_version(batch: AssetBatch, studio: StudioApi) -> Answer | None:
    """The version of the plain asset, ready to be edited or further; None where there is none."""
    version_ids = batch.asset(PLAIN).version_ids()
    answer = studio.wait_for_version(version_ids[0]) if version_ids else None
    return answer if answer is not None and answer.succeeded else None


def revise(studio: StudioApi, version_id: str) -> Answer:
    """A revision, with a field in it where an empty object is refused: that is judged by itself."""
    answer = studio.revise(version_id, {})
    if not is_refusal(answer):
        return answer
    with_address = studio.revise(version_id, WITH_ADDRESS)
    return with_address if with_address.succeeded else answer


@dataclass(frozen=True, slots=True)
class EarlyRevision:
    """A revision of a version that was just seen NotReady, and its siblings right afterwards."""

    before: Answer
    answer: Answer
    siblings: tuple[Answer, ...]

    @property
    def is_certain(self) -> bool:
        """Whether the version was NotReady beyond doubt when it was revised.

        Equal work of the same asset, begun before and after it, was still under way after the
        revision was answered: no order in which the languages are dubbed explains that otherwise.
        """
        return bool(self.siblings) and all(
            sibling.field("status") == "NotReady" for sibling in self.siblings
        )


def early_revisions(batch: AssetBatch, studio: StudioApi) -> Iterator[EarlyRevision]:
    """Revisions of versions that are being prepared, up to the first that is refused.

    Also up to enough that are certain: a state that is soon over is often just missed. None where a
    service shows no such version.
    """
    certain = 0
    for number in range(ATTEMPTS):
        order = AssetOrder(
            f"unprepared {number}",
            SampleName.MP4_TALK,
            {"languages": [{"locale": locale} for locale in SEVERAL]},
        )
        found = _unprepared(batch, order, studio)
        if found is None:
            continue
        version_ids, before = found
        first, revised, last = version_ids
        answer = studio.revise(revised, {})
        # Asked for only where it matters: a refusal needs no proof.
        siblings = [studio.get_version(item) for item in (first, last)] if answer.succeeded else []
        trial = EarlyRevision(before, answer, tuple(siblings))
        yield trial
        certain += trial.is_certain
        if is_refusal(answer) or certain == ENOUGH_CERTAIN:
            return


def _watch(version_id: str, studio: StudioApi) -> None:
    """Asks until it can be edited: a rule holds what it showed before against that."""
    for waited in studio.polls():
        if waited > WATCHED_SECONDS:
            return
        if studio.get_version(version_id).field("status") in ("ReadyToEdit", "Failed"):
            return


def _unprepared(
    batch: AssetBatch, order: AssetOrder, studio: StudioApi
) -> tuple[list[str], Answer] | None:
    """Ids of the versions of a new asset, the second of which was just seen NotReady."""
    batch.make([order])
    asset_id = batch.new(order.name).asset_id
    if asset_id is None:
        return None
    for _ in studio.polls():
        asset = studio.get_asset(asset_id)
        version_ids = version_ids_of(asset)
        if len(version_ids) == len(SEVERAL):
            version = studio.get_version(version_ids[1])
            if version.field("status") == "NotReady":
                return version_ids, version
            _watch(version_ids[1], studio)
            return None
        # Whatever a service shows meanwhile: only an end, or a refusal, ends the search.
        if asset.field("status") in ASSET_ENDS or is_refusal(asset):
            return None
    return None
