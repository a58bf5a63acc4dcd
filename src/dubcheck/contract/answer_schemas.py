"""Validation of answers against the schemas of the OpenAPI document, by operation and status.

A compiled validator accepts; what it refuses, jsonschema explains. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from dubcheck.contract.operations import Operation

_DOCUMENT = "urn:dubcheck:openapi"
_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_timestamp(value: object) -> bool:
    # The documents promise ISO 8601, not RFC 3339: zone and fraction forms are open questions.
    # Both allow "t" and "z"; the standard library reads capitals alone.
    if isinstance(value, str):
        datetime.fromisoformat(value.upper())
        return len(value) > len("2026-03-05")  # a day alone is no moment
    return True


@_formats.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    if isinstance(value, str):
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    return True


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One place of an answer that its schema does not allow.

    `pointer` of a missing property names the property itself.
    """

    pointer: tuple[str, ...]
    message: str
    expected: str
    actual: str


class AnswerSchema:
    """The schema of one answer, ready to be asked."""

    def __init__(self, place: str, document: dict[str, Any], registry: Registry[Any]):
        self._explaining = Draft202012Validator(
            {"$ref": place}, registry=registry, format_checker=_formats
        )
        self._accepting = jsonschema_rs.Draft202012Validator(
            {"$ref": place},
            registry=jsonschema_rs.Registry([(_DOCUMENT, document)]),
            formats={name: partial(_conforms, name) for name in _formats.checkers},
            validate_formats=True,
            offline=True,
        )

    def errors(self, answer: object) -> Iterator[SchemaError]:
        """Every violation."""
        if self._accepts(answer):
            return iter(())
        return (_schema_error(error) for error in self._explaining.iter_errors(answer))

    def _accepts(self, answer: object) -> bool:
        try:
            return self._accepting.is_valid(answer)
        except ValueError:
            # NaN, lone surrogates and the like, which Python reads from JSON and Rust does not.
            return False


def _conforms(name: str, value: object) -> bool:
    return _formats.conforms(value, name)


class AnswerSchemas:
    """Compiled schemas of every (operation, status) pair of one document."""

    def __init__(self, document: Mapping[str, Any], operations: tuple[Operation, ...]):
        resource = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
        self._document = dict(document)
        self._schemas: dict[tuple[str, str], AnswerSchema] = {}
        self._found: dict[tuple[str, int], AnswerSchema | None] = {}
        for operation in operations:
            for status in operation.definition.get("responses", {}):
                self._add(operation, str(status))

    def _add(self, operation: Operation, status: str) -> None:
        responses = operation.definition["responses"]
        answer = responses.get(status, responses.get(int(status) if status.isdigit() else status))
        pointer = f"/paths/{_escape(operation.path)}/{operation.method.lower()}/responses/{status}"
        while "$ref" in answer:
            pointer = answer["$ref"].removeprefix("#")
            answer = self.resolve(pointer)
        if "application/json" in answer.get("content", {}):
            place = f"{_DOCUMENT}#{pointer}/content/application~1json/schema"
            self._schemas[operation.id, status] = AnswerSchema(
                place, self._document, self._registry
            )

    def resolve(self, pointer: str) -> Any:
        """The part of the document under a JSON pointer."""
        return self._registry.resolver(_DOCUMENT).lookup(f"#{pointer}").contents

    def errors(self, operation: str, status: int, answer: object) -> Iterator[SchemaError] | None:
        """Every violation of the answer, or None where the document declares no JSON schema."""
        key = (operation, status)
        if key not in self._found:
            self._found[key] = self._find(operation, status)
        schema = self._found[key]
        return None if schema is None else schema.errors(answer)

    def _find(self, operation: str, status: int) -> AnswerSchema | None:
        names = [str(status), f"{status // 100}XX", "default"]
        if status // 100 == 2:
            # A wrong success code is one broken promise; its body is still judged as a success.
            names[1:] = ["2XX", "200", "201"]
        for name in names:
            if (operation, name) in self._schemas:
                return self._schemas[operation, name]
        return None


def _schema_error(error: Any) -> SchemaError:
    pointer = tuple(str(part) for part in error.absolute_path)
    if error.validator == "required":
        # One error per missing name, each with the whole list: only the message tells which.
        text = error.message
        missing = next(name for name in error.validator_value if text.startswith(repr(name)))
        return SchemaError((*pointer, missing), "the field is missing", "present", "absent")
    expected = f"{error.validator}: {error.validator_value!r}"
    actual = repr(error.instance)
    return SchemaError(pointer, "the value has the wrong form", expected[:300], actual[:300])


def _escape(segment: str) -> str:
    return segment.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
