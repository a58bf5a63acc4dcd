"""Every target locale added to an asset, all in one request.

The same locales at creation travel with the uploads: test_valid_fields.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dubcheck.strategies.locales import TARGET_LOCALE_CODES
from dubcheck.targets import Answer
from dubcheck.targets.panjaya import StudioApi
from dubcheck.targets.panjaya_answers import asset_id_of

from .examination import Examination
from .stimuli import languages
from .subjects import Subject

# What the asset has already: its source, and the language that it was created with.
SEVERAL = "panjaya.add-languages.several-languages-are-accepted"
ADDABLE = tuple(code for code in TARGET_LOCALE_CODES if code not in ("en-US", "nl-NL"))


Tried = tuple[tuple[str, ...], Answer]


def requirement_of(locale: str) -> str:
    """The promise that a locale is a target."""
    return f"panjaya.locales.target-{locale.lower()}-is-accepted"


@pytest.mark.judges(*map(requirement_of, ADDABLE), SEVERAL)
@pytest.mark.parametrize("subject", ["add-languages"], indirect=True)
def test_every_target_locale_can_be_added(
    subject: Subject, examination: Examination, studio: StudioApi
) -> None:
    """Each listed target locale that an asset does not have is accepted as a further one.

    That the asset shows all of them when it is read, a rule judges.
    """
    tried = list(_answers(subject, ADDABLE))
    extended = [asset_id_of(answer) for _, answer in tried if answer.succeeded]

    studio.get_asset((extended and extended[0]) or "none")

    for locales, answer in tried:
        if len(locales) > 1 and not answer.succeeded and answer.status != 403:
            continue
        for requirement in map(requirement_of, locales):
            # 403 speaks of the account's limits.
            if answer.status == 403:
                examination.evidence.unjudged(requirement, "403 to an addition", answer)
            elif not (answer.succeeded or _is_of_a_ready_asset(answer, studio)):
                reason = "the asset that it was added to is no longer Ready"
                examination.evidence.unjudged(requirement, reason, answer)
            else:
                examination.reception.accepted(requirement, answer)
    for pair in _refused_pairs(tried):
        # How many may be added at once is not said; each two of them may.
        examination.reception.accepted(SEVERAL, pair)


def _is_of_a_ready_asset(answer: Answer, studio: StudioApi) -> bool:
    exchange = answer.exchange
    asset = studio.get_asset(exchange.path_parameters.get("asset_id", "none"))
    return asset.field("status") not in ("Failed", "Dubbing")


def _refused_pairs(tried: list[Tried]) -> Iterator[Answer]:
    """Refusals of two languages both of which are accepted by themselves."""
    alone = {locales[0]: answer for locales, answer in tried if len(locales) == 1}
    for locales, answer in tried:
        is_refused_pair = len(locales) == 2 and not answer.succeeded and answer.status != 403
        if is_refused_pair and all(alone[locale].succeeded for locale in locales):
            yield answer


def _answers(subject: Subject, locales: tuple[str, ...]) -> Iterator[Tried]:
    """The answer for all of them; where it is a refusal, also those for its halves."""
    answer = subject.answer({"languages": languages(*locales)})
    yield locales, answer
    if answer.succeeded or len(locales) == 1 or answer.status == 403:
        return
    middle = len(locales) // 2
    yield from _answers(subject, locales[:middle])
    yield from _answers(subject, locales[middle:])
