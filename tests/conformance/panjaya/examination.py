"""Sending the rows of a table to one operation and saying what the answers show.

What a row is stands in stimuli.py. Nothing here knows a single field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dubcheck.contract import Level, load_contract
from dubcheck.exchange import MISSING
from dubcheck.pytest_plugin.evidence import Evidence
from dubcheck.pytest_plugin.reception import Reception
from dubcheck.targets import Answer
from dubcheck.targets.receptions import told

from .bundles import Bundle, bundled
from .stimuli import Acceptance, Change, Question, Refusal, is_promised, requirement_of
from .subjects import Plain, Subject

MALFORMED_STATUS = "panjaya.errors.malformed-request-status"
# Promised to be 400 as well, in a later entry than the first.
LATER_FACTS = ("later-target-locale-is-checked", "later-target-srt-is-checked")
REQUIREMENTS = load_contract("panjaya").requirements


@dataclass(frozen=True, slots=True)
class Examination:
    """One operation before its judge."""

    subject: Subject
    reception: Reception
    evidence: Evidence

    def refuses(self, refusals: Sequence[Refusal]) -> None:
        """Every row must be refused."""
        answers = self.subject.answers([refusal.change for refusal in refusals])
        taken = {
            refusal.fact
            for refusal, answer in zip(refusals, answers, strict=True)
            if answer.succeeded
        }
        for refusal, answer in zip(refusals, answers, strict=True):
            if refusal.presumes in taken:
                name = requirement_of(self.subject.topic, refusal.fact)
                self.evidence.unjudged(name, f"see {refusal.presumes}, which is plainer", answer)
            else:
                self._judge_refusal(refusal, answer, is_400=_is_400(refusal, refusals, answers))

    def accepts(self, acceptances: Iterable[Acceptance]) -> None:
        """Every row must be accepted; rows of different fields travel in one request.

        A request that is refused is taken apart, so that only what is refused alone is blamed.
        """
        known = [item for item in acceptances if self.subject.is_known(item.change)]
        bundles = [
            *bundled((item for item in known if self._is_must(item)), self.subject.body),
            *bundled((item for item in known if not self._is_must(item)), self.subject.body),
        ]
        answers = self.subject.answers([bundle.change for bundle in bundles])
        for bundle, answer in zip(bundles, answers, strict=True):
            self._judge_bundle(bundle, answer)

    def reads(self, questions: Sequence[Question]) -> None:
        """Notes for every row what the operation was seen to do."""
        answers = self.subject.answers([question.change for question in questions])
        for question, answer in zip(questions, answers, strict=True):
            self._note(question, answer)

    def _judge_refusal(self, refusal: Refusal, answer: Answer, *, is_400: bool) -> None:
        requirement = requirement_of(self.subject.topic, refusal.fact)
        if self._is_limited(requirement, answer, refusal.change):
            return
        status = refusal.status_fact and requirement_of(self.subject.topic, refusal.status_fact)
        refused = self.reception.refused(requirement, answer, status=status or None)
        if refused and is_400:
            self.evidence.equals(
                requirement, answer.status, 400, answer, message="refused with another status"
            )
        if refused and refusal.is_malformed and answer.status in (400, 422):
            self.evidence.reads(MALFORMED_STATUS, f"status-{answer.status}", answer)

    def _judge_bundle(self, bundle: Bundle, answer: Answer) -> None:
        alone = len(bundle.acceptances) == 1
        for acceptance in bundle.acceptances:
            judged = answer
            if not answer.succeeded and not alone:
                judged = self.subject.answer(acceptance.change)
            self._judge_acceptance(acceptance, judged)

    def _judge_acceptance(self, acceptance: Acceptance, answer: Answer) -> None:
        topic = self.subject.topic
        requirement = requirement_of(topic, acceptance.fact)
        if answer.succeeded:
            if "rule" not in REQUIREMENTS[requirement].judged_by:
                self.reception.accepted(requirement, answer)
            for name, value in acceptance.shows.items():
                shown = answer.field(name)
                if shown is MISSING or not isinstance(shown, type(value)):
                    reason = f"{name} is not answered in its form, a promise of its own"
                    self.evidence.unjudged(requirement, reason, answer)
                    continue
                message = f"{name} is not answered as it was sent"
                self.evidence.equals(requirement, shown, value, answer, message=message)
            return
        for fact in filter(lambda fact: is_promised(topic, fact), acceptance.also):
            self.evidence.unjudged(requirement_of(topic, fact), "the request is not accepted")
        if self._is_limited(requirement, answer, acceptance.change):
            return
        culprits = [
            item for item in acceptance.conditions if not self.subject.answer(item).succeeded
        ]
        if culprits:
            reason = f"what it builds upon is not accepted by itself: {culprits[0]}"
            self.evidence.unjudged(requirement, reason, answer)
            return
        self.reception.accepted(requirement, answer)

    def _note(self, question: Question, answer: Answer) -> None:
        name = requirement_of(self.subject.topic, question.fact)
        if self._is_limited(name, answer, question.change):
            return
        if not answer.succeeded and not question.refused:
            self.evidence.unjudged(name, f"answered with {told(answer)}", answer)
            return
        if not answer.succeeded or isinstance(question.accepted, str):
            accepted = question.accepted if isinstance(question.accepted, str) else ""
            self.reception.reads(name, answer, accepted=accepted, refused=question.refused)
            return
        reading = question.accepted(answer)
        if reading is None:
            self.evidence.unjudged(name, "accepted, and the answer follows no reading", answer)
        else:
            self.evidence.reads(name, reading, answer)

    def _is_limited(self, requirement: str, answer: Answer, change: Change) -> bool:
        """403 speaks of the account's limits, unless just this request is refused with it.

        How many assets may be at work is a limit that comes and goes: the plain request is
        accepted before and after this one, which is refused again in between.
        """
        is_refused_alone = answer.status == 403 and (
            self.subject.takes_plain_requests()
            and self.subject.answer(change).status == 403
            and self.subject.takes_plain_requests()
        )
        if answer.status != 403 or is_refused_alone:
            return False
        self.evidence.unjudged(requirement, "403: the account has reached a limit", answer)
        return True

    def _is_must(self, acceptance: Acceptance) -> bool:
        requirement = requirement_of(self.subject.topic, acceptance.fact)
        return REQUIREMENTS[requirement].level is Level.MUST


def _is_400(refusal: Refusal, refusals: Sequence[Refusal], answers: Sequence[Answer]) -> bool:
    """Whether the refusal must have the status 400; not where the plainer one lacks it already."""
    if refusal.fact.endswith("-is-400"):
        return True
    plainer = [
        answer.status
        for item, answer in zip(refusals, answers, strict=True)
        if item.fact == refusal.presumes
    ]
    return refusal.fact in LATER_FACTS and set(plainer) == {400}


def judge_plain(
    topic: str, plain: Plain, facts: Sequence[str], reception: Reception, evidence: Evidence
) -> None:
    """The plain request must be accepted as it is; `facts` say what it may leave out.

    A request that is accepted only with something more breaks the fact about that, and no other.
    """
    names = [requirement_of(topic, fact) for fact in facts]
    minimal = requirement_of(topic, "minimal-request-is-accepted")
    if plain.asset.obstacle is None and plain.broken_fact is None:
        for name in (minimal, *names):
            reception.accepted(name, plain.first)
        return
    if plain.broken_fact is None and plain.first.status == 403:
        for name in (minimal, *names):
            evidence.unjudged(name, "403: the account has reached a limit that stays", plain.first)
        return
    broken = requirement_of(topic, plain.broken_fact) if plain.broken_fact else minimal
    reception.accepted(broken, plain.first)
    for name in {minimal, *names} - {broken}:
        evidence.unjudged(name, f"the plain request is refused; see {broken}", plain.first)
