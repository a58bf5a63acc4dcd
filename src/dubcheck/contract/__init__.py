"""The contract of one API: its OpenAPI document, its catalogue and its known violations.

Reads specs/; sends nothing and judges nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from dubcheck.contract.answer_schemas import AnswerSchemas, SchemaError
from dubcheck.contract.known_violations import KnownViolation, load_known_violations
from dubcheck.contract.locations import APIS, probes_folder, specs_folder
from dubcheck.contract.operations import Operation, OperationFinder, operations_of
from dubcheck.contract.requirements import (
    AnswerPlace,
    Level,
    Requirement,
    Source,
    load_requirements,
)
from dubcheck.contract.yaml_files import read_yaml
from dubcheck.errors import ContractError

__all__ = [
    "APIS",
    "AnswerPlace",
    "AnswerSchemas",
    "Contract",
    "KnownViolation",
    "Level",
    "Operation",
    "Requirement",
    "SchemaError",
    "Source",
    "load_contract",
    "probes_folder",
    "specs_folder",
    "with_known_violations",
]


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything the documents say about one API, ready to be asked."""

    api: str
    document: Mapping[str, Any]
    operations: Mapping[str, Operation]
    finder: OperationFinder
    schemas: AnswerSchemas
    requirements: Mapping[str, Requirement]
    known_violations: tuple[KnownViolation, ...]


@cache
def load_contract(api: str, folder: Path | None = None) -> Contract:
    """The contract in `folder` (default: the specs that came with the suite).

    Raises: ContractError naming the file that cannot be used.
    """
    folder = folder or specs_folder() / api
    document = read_yaml(folder / "openapi.yaml")
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise ContractError(f"{folder / 'openapi.yaml'}: is not an OpenAPI document with paths")
    operations = operations_of(document)
    requirements = load_requirements(folder / "requirements.yaml")
    return Contract(
        api=api,
        document=document,
        operations={item.id: item for item in operations},
        finder=OperationFinder(operations),
        schemas=AnswerSchemas(document, operations),
        requirements={item.id: item for item in requirements},
        known_violations=_listed(
            folder / "known_violations.yaml", [item.id for item in requirements]
        ),
    )


def _listed(path: Path, ids: Collection[str]) -> tuple[KnownViolation, ...]:
    return load_known_violations(path, ids) if path.exists() else ()


def with_known_violations(contracts: Iterable[Contract], path: Path) -> tuple[Contract, ...]:
    """The contracts with the entries of a file of the user's beside their own.

    The file may also speak of APIs that are not among the contracts.

    Raises: ContractError naming the file and the line that cannot be used.
    """
    ids = [name for api in APIS for name in load_contract(api).requirements]
    listed = load_known_violations(path, ids)
    return tuple(
        replace(
            contract,
            known_violations=(
                *contract.known_violations,
                *(item for item in listed if item.id in contract.requirements),
            ),
        )
        for contract in contracts
    )
