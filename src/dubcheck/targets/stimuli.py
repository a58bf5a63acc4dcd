"""Requests that schemathesis makes of a contract: examples, coverage, fuzzing, walks along links.

They are stimuli only. No check of schemathesis runs; what the answers are worth, the rules say.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, reject, settings
from hypothesis import seed as hypothesis_seed
from hypothesis.stateful import run_state_machine_as_test
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode

from dubcheck.contract import Contract
from dubcheck.targets.requests_session import meant_as

Case = schemathesis.Case[Any]
Alteration = Callable[[Case], None]
# Walks follow the links of the contract alone: guessed ones fail on services that remember.
# Parameters that are not declared are not refused by every service, and need not be.
_CONFIGURATION = {
    "generation": {"allow-extra-parameters": False},
    "analysis": {"constants": {"enabled": False}},
    "phases": {"stateful": {"inference": {"algorithms": []}}},
}

# Only ids that links of the contract lead to are looked for; one that is escaped is told by nobody.
_TOLD_ID = re.compile(r'"job_id"\s*:\s*"([^"\\]+)"')


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends generated cases with the right key.

    `alter` may replace what no generator can know, such as the URL of a file that exists.
    `intent_of_ids` is the intent of requests for an id that no answer of this sender told.
    """

    base_url: str
    key: str
    session: requests.Session
    alter: Alteration
    intent_of_ids: str | None = None
    told: set[str] = field(default_factory=set)

    def send(self, case: Case) -> Any:
        """The answer, or None where none came; the session's witness has seen it either way."""
        self.alter(case)
        asked = set((case.path_parameters or {}).values())
        try:
            with meant_as(self.intent_of_ids if asked - self.told else None):
                answer = case.call(
                    base_url=self.base_url, session=self.session, headers=self.headers
                )
        except requests.RequestException:
            return None
        if self.intent_of_ids and not asked:
            self.told.update(_TOLD_ID.findall(answer.text))
        return answer

    def send_all(self, cases: Iterable[Case]) -> None:
        """Each case in turn."""
        for case in cases:
            self.send(case)

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": f"Bearer {self.key}"}


class Stimuli:
    """The requests that can be made of one contract; operations of storage are left out."""

    def __init__(self, contract: Contract, seed: int):
        self._seed = seed
        configuration = schemathesis.Config.from_dict({**_CONFIGURATION, "seed": seed})
        self._schema = schemathesis.openapi.from_dict(
            _without_storage(contract.document), config=configuration
        )
        found = [result.ok() for result in self._schema.get_all_operations()]  # type: ignore[union-attr] # a broken contract stops here
        self._operations = {item.definition.raw["operationId"]: item for item in found}

    def generated(self, operation: str, mode: GenerationMode) -> SearchStrategy[Any]:
        """Cases that obey the request schema (positive) or break it (negative)."""
        strategy: SearchStrategy[Any] = self._operations[operation].as_strategy(
            generation_mode=mode
        )
        return strategy

    def coverage(self, operation: str, mode: GenerationMode, most: int) -> list[Case]:
        """Examples and cases at the bounds of the request schema: all, or as many by chance.

        Other methods than the documented one are left out: DELETE might be understood.
        """
        chosen = self._operations[operation]
        cases = [
            case
            for case in self._schema.iter_coverage_cases(
                chosen,
                generation_modes=[mode],
                generation_config=self._schema.config.generation_for(operation=chosen),
            )
            if case.method.upper() == chosen.method.upper()
        ]
        if len(cases) <= most:
            return cases
        return random.Random(self._seed).sample(cases, most)  # noqa: S311 - no secret

    def walk(self, sender: Sender, walks: int, steps: int) -> None:
        """Follows the links of the contract from answer to request."""

        class Walk(self._schema.as_state_machine()):  # type: ignore[misc] # made at run time
            def call(self, case: Case, **_: Any) -> Any:
                answer = sender.send(case)
                return reject() if answer is None else answer

            def validate_response(self, *_: Any, **__: Any) -> None:
                """Nothing: the rules judge."""

        configured = settings(
            max_examples=walks,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            verbosity=Verbosity.quiet,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(hypothesis_seed(self._seed)(Walk), settings=configured)


def _without_storage(document: Mapping[str, Any]) -> dict[str, Any]:
    """The contract without storage, and without security: keys are given, not generated."""
    copied = deepcopy(dict(document))
    copied.pop("security", None)
    copied.get("components", {}).pop("securitySchemes", None)
    for path, item in list(copied["paths"].items()):
        for method, operation in list(_operations_of(item)):
            operation.pop("security", None)
            if operation.get("x-storage"):
                del item[method]
        if not list(_operations_of(item)):
            del copied["paths"][path]
    return copied


def _operations_of(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for method, operation in item.items():
        if isinstance(operation, dict) and "operationId" in operation:
            yield method, operation
