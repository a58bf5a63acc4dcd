"""Every target locale added to an asset, all in one request.

The same locales at creation travel with the uploads: test_valid_fields.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dubcheck.strategies.locales import TARGET_LOCALE_CODES
from dubcheck.targets import Answer

from .examination import Examination
from .stimuli import languages
from .subjects import Subject

# What the asset has already: its source, and the language that it was created with.
ADDABLE = tuple(code for code in TARGET_LOCALE_CODES if code not in ("en-US", "nl-NL"))


def requirement_of(locale: str) -> str:
    """The promise that a locale is a target."""
    return f"panjaya.locales.target-{locale.lower()}-is-accepted"


@pytest.mark.judges(*map(requirement_of, ADDABLE))
@pytest.mark.parametrize("subject", ["add-languages"], indirect=True)
def test_every_target_locale_can_be_added(subject: Subject, examination: Examination) -> None:
    """Each listed target locale that an asset does not have is accepted as a further one."""
    tried = list(_answers(subject, ADDABLE))

    for locales, answer in tried:
        for requirement in map(requirement_of, locales):
            # 403 speaks of the account's limits.
            if answer.status == 403:
                examination.evidence.unjudged(requirement, "403 to an addition", answer)
            else:
                examination.reception.accepted(requirement, answer)


def _answers(
    subject: Subject, locales: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Answer]]:
    """Requests that were accepted, and those refused for a single locale; halves of the others."""
    answer = subject.answer({"languages": languages(*locales)})
    if answer.succeeded or len(locales) == 1 or answer.status == 403:
        yield locales, answer
        return
    middle = len(locales) // 2
    yield from _answers(subject, locales[:middle])
    yield from _answers(subject, locales[middle:])
