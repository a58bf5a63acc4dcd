"""The plain judgements about assets: Ready, Failed with its code, never Ready.

An asset that could not be made or followed says nothing; nor does one whose plainer sibling fails.
"""

from __future__ import annotations

from dubcheck.pytest_plugin.evidence import Evidence

from .batch import AssetBatch, Fate, MadeAsset
from .orders import PLAIN

ACCOUNT_LIMIT_CODE = "video_duration_limit_reached"
REFUSED_AT_ONCE = "it was refused at once, so that there is no asset"


class AssetReception:
    """Says what became of the assets of a batch, where that is all a requirement asks."""

    def __init__(self, evidence: Evidence, batch: AssetBatch):
        self._evidence = evidence
        self._batch = batch

    def becomes_ready(self, requirement: str, name: str, *beside: str) -> bool:
        """Passes a Ready asset; `beside` names those from which it differs in one respect."""
        made = self._batch.asset(name)
        if made.fate in (Fate.FAILED, Fate.REFUSED) and self.obstacle(*beside) is None:
            made = self._batch.again(name)
        obstacle = _unclear(made) or (None if made.fate is Fate.READY else self.obstacle(*beside))
        obstacle = obstacle or self._limit(made)
        return self._judge(requirement, made, made.fate is Fate.READY, "a Ready asset", obstacle)

    def fails(self, requirement: str, name: str, *beside: str, refused: str = "") -> bool:
        """Passes a Failed asset. `refused` says why one that was refused at once shows nothing."""
        made = self._batch.asset(name)
        obstacle = _unclear(made) or self.obstacle(*beside)
        if made.fate is Fate.REFUSED and refused:
            obstacle = refused
        return self._judge(requirement, made, made.fate is Fate.FAILED, "a Failed asset", obstacle)

    def is_never_ready(self, requirement: str, name: str, *beside: str) -> bool:
        """Passes a refused request and a Failed asset."""
        made = self._batch.asset(name)
        obstacle = _unclear(made) or self.obstacle(*beside)
        expected = "a refusal, or a Failed asset"
        return self._judge(requirement, made, made.fate is not Fate.READY, expected, obstacle)

    def has_code(self, requirement: str, name: str, *codes: str) -> bool:
        """Passes a Failed asset with one of the codes; that it fails, and has a code, is more."""
        made = self._batch.asset(name)
        obstacle = _unclear(made) or self.obstacle()
        if made.code not in codes:
            obstacle = obstacle or self._limit(made)
        if made.fate is not Fate.FAILED or made.code is None:
            obstacle = obstacle or f"the asset {made.story}"
        expected = f"failed with {' or '.join(codes)}"
        return self._judge(requirement, made, made.code in codes, expected, obstacle)

    def reads(self, question: str, name: str, reading: str | None) -> None:
        """Notes a reading; None where what became of the asset follows none."""
        made = self._batch.asset(name)
        obstacle = _unclear(made) or self.obstacle()
        if obstacle or reading is None:
            self._evidence.unjudged(question, obstacle or f"the asset {made.story}", *made.seen)
        else:
            self._evidence.reads(question, reading, *made.seen)

    def obstacle(self, *beside: str) -> str | None:
        """Why an asset with another fate than it should have shows nothing; None where it does."""
        for name in (PLAIN, *beside):
            plainer = self._batch.asset(name)
            if plainer.fate is not Fate.READY:
                return f"the plainer asset {name!r} {plainer.story}"
        return None

    def _limit(self, made: MadeAsset) -> str | None:
        """Where it failed for the account's limit: whether the plain asset does so as well by now.

        How long all videos may last together is a limit that is reached during a run.
        """
        if made.code != ACCOUNT_LIMIT_CODE or self._batch.once_more(PLAIN).code != made.code:
            return None
        return "the account has reached its limit, also for the plain asset"

    def _judge(
        self,
        requirement: str,
        made: MadeAsset,
        is_right: bool,
        expected: str,
        obstacle: str | None,
    ) -> bool:
        if obstacle:
            self._evidence.unjudged(requirement, obstacle, *made.seen)
            return False
        return self._evidence.holds(
            requirement,
            is_right,
            *made.seen,
            message=f"an asset comes to something else than promised ({made.order.name})",
            expected=expected,
            actual=made.story,
        )


def _unclear(made: MadeAsset) -> str | None:
    return f"the asset {made.story}" if made.fate in (Fate.UNENDED, Fate.UNMADE) else None
