"""The signature of each notice, as the receiver's relay found it to fit or not.

What the two headers of our own hold stands in dubcheck.targets.callbacks.
Source: docs.panjaya.ai/apis/callbacks, request headers, X-Signature.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dubcheck.rules.outcome import Outcome, failed, holds, passed, read, unjudged
from dubcheck.rules.panjaya.notices import Callbacks, Notice, callbacks_rule
from dubcheck.rules.settling import resting_on

_ID = "panjaya.callbacks."
_NO_KEY, _ABSENT, _NONE_FITS = "no-key", "absent", "none-fits"


def _checked(notice: Notice) -> str:
    return notice.header("x-dubcheck-signature")


def _readings(notice: Notice) -> frozenset[str]:
    """The ways to read the signature in which it fits; empty where there is none."""
    return frozenset(_checked(notice).split()) - {_NO_KEY, _ABSENT, _NONE_FITS}


@callbacks_rule(f"{_ID}signature-header-is-there")
def presence(callbacks: Callbacks) -> Iterator[Outcome]:
    """Each notice is signed."""
    for notice in callbacks.notices:
        if _checked(notice):
            outcome = holds(
                f"{_ID}signature-header-is-there",
                _checked(notice) != _ABSENT,
                "a notice has no X-Signature",
                expected="a signature",
                actual=_checked(notice),
            )
            yield resting_on(outcome, notice.exchange)


@callbacks_rule(f"{_ID}signature-fits-raw-body", f"{_ID}signature-belongs-to-its-body")
def fit(callbacks: Callbacks) -> Iterator[Outcome]:
    """A signature fits its own body, and stands under no other one.

    One signature under several bodies, one of which it fits, is told as that and not again as one
    that does not fit.
    """
    groups: dict[str, list[Notice]] = defaultdict(list)
    for notice in callbacks.notices:
        signature, _, _ = notice.header("x-dubcheck-fingerprint").partition(" ")
        if _checked(notice) not in ("", _ABSENT):
            groups[signature].append(notice)
    for notices in groups.values():
        bodies = {item.header("x-dubcheck-fingerprint"): item for item in notices}
        fitting = [item for item in notices if _readings(item)]
        is_reused = len(bodies) > 1 and (fitting or _checked(notices[0]) == _NO_KEY)
        if is_reused:
            message = "notices with different bodies have the same signature"
            requirement = f"{_ID}signature-belongs-to-its-body"
            outcome = failed(requirement, message, expected="one for each body", actual="the same")
            yield resting_on(outcome, *(item.exchange for item in bodies.values()))
        elif len(groups) > 1 and len(bodies) == 1:
            passes = passed(f"{_ID}signature-belongs-to-its-body")
            yield resting_on(passes, notices[0].exchange)
        yield from _fits(fitting if is_reused else notices)


def _fits(notices: Iterable[Notice]) -> Iterator[Outcome]:
    requirement = f"{_ID}signature-fits-raw-body"
    for notice in notices:
        if _checked(notice) == _NO_KEY:
            reason = "needs the key that signs this target's callbacks"
            yield resting_on(unjudged(requirement, reason), notice.exchange)
        else:
            outcome = holds(
                requirement,
                bool(_readings(notice)),
                "the signature of a notice does not fit its raw body in any reading",
                expected="an ES256 signature of the raw body",
                actual=_checked(notice),
            )
            yield resting_on(outcome, notice.exchange)


@callbacks_rule(f"{_ID}signature-encoding")
def encoding(callbacks: Callbacks) -> Iterator[Outcome]:
    """In which way signatures are written; one text may read alike in both forms of base64."""
    signed = [item for item in callbacks.notices if _readings(item)]
    if not signed:
        return
    common = frozenset.intersection(*map(_readings, signed))
    for notice in signed:
        fitting = common or _readings(notice)
        reading = sorted(fitting, key=len)[0]  # plain base64 before the one for URLs
        yield resting_on(read(f"{_ID}signature-encoding", reading), notice.exchange)
