"""Every example of the OpenAPI documents obeys the schema beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT = "urn:openapi"
formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def is_iso_8601(value: object) -> bool:
    """Whether a text is an ISO 8601 timestamp; other types are not its business."""
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))


@pytest.fixture(scope="session")
def registry(specs) -> Registry:
    """The document as the place to which its own references lead."""
    resource = Resource(contents=specs.document, specification=DRAFT202012)
    return Registry().with_resource(DOCUMENT, resource)


def test_examples_obey_their_schemas(specs, registry):
    """Each example of a body, a parameter or a schema is valid under its schema."""
    examples = list(_examples(specs.document, ""))

    broken = [
        f"{pointer}: {error.message}"
        for pointer, value in examples
        for error in _validator(pointer, registry).iter_errors(value)
    ]

    assert len(examples) > 20
    assert broken == []


def test_json_bodies_have_examples(specs):
    """Every JSON request and every success answer shows at least one example."""
    bodies = [
        (name, body)
        for name, operation in specs.operations.items()
        for body in [operation.get("requestBody", {}), *_success_answers(specs, operation)]
    ]

    bare = [
        name
        for name, body in bodies
        for kind, media in body.get("content", {}).items()
        if kind == "application/json" and not {"example", "examples"} & set(media)
    ]

    assert bare == []


def test_fields_are_described(specs):
    """Every property of every schema says what it is, by itself or where it refers to."""
    silent = [
        f"{owner}.{name}"
        for owner, schema in specs.document["components"]["schemas"].items()
        for name, field in _fields(schema)
        if not any("description" in part for part in specs.branches(field))
        and "description" not in field
    ]

    assert silent == []


def _success_answers(specs, operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        specs.resolve(answer)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    ]


def _fields(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for key, inner in node.items():
            if key not in ("example", "examples"):
                yield from _fields(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _fields(inner)


def _examples(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Pairs of a schema's pointer and an example of it, for the whole document."""
    if isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _examples(inner, f"{pointer}/{index}")
    if not isinstance(node, dict):
        return
    yield from _own_examples(node, pointer)
    for key, inner in node.items():
        if key not in ("example", "examples"):
            yield from _examples(inner, f"{pointer}/{_escape(str(key))}")


def _own_examples(node: dict[str, Any], pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node.get("examples"), list):
        yield from ((pointer, value) for value in node["examples"])
    if "schema" in node:
        place = f"{pointer}/schema"
        yield from ((place, item["value"]) for item in node.get("examples", {}).values())
        yield from ((place, node[key]) for key in ("example",) if key in node)


def _validator(pointer: str, registry: Registry) -> Draft202012Validator:
    place = {"$ref": f"{DOCUMENT}#{pointer}"}
    return Draft202012Validator(place, registry=registry, format_checker=formats)


def _escape(part: str) -> str:
    escaped = part.replace("~", "~0").replace("/", "~1")
    return escaped.replace("{", "%7B").replace("}", "%7D").replace("*", "%2A")
