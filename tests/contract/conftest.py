"""The two contracts as plain data, read without the package that they are the input of.

How a contract is used at run time is not here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

SPECS = Path(__file__).resolve().parents[2] / "specs"
METHODS = ("get", "put", "post", "delete", "patch")


class StrictLoader(yaml.SafeLoader):
    """YAML in which a key stands once and a date stays the text that was written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build one mapping; PyYAML itself would let the last of two equal keys win."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", StrictLoader.construct_yaml_str)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)


@dataclass(frozen=True)
class Specs:
    """The contract files of one API."""

    api: str
    document: dict[str, Any]
    requirements: list[dict[str, Any]]
    known: dict[str, Any]
    sources: str

    @property
    def ids(self) -> list[str]:
        """Every id of the catalogue, in file order."""
        return [entry["id"] for entry in self.requirements]

    @property
    def operations(self) -> dict[str, dict[str, Any]]:
        """Operations and webhooks by operationId, with their path's parameters added."""
        paths = {**self.document["paths"], **self.document.get("webhooks", {})}
        return {
            item[method]["operationId"]: {
                **item[method],
                "parameters": item.get("parameters", []) + item[method].get("parameters", []),
            }
            for item in paths.values()
            for method in METHODS
            if method in item
        }

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        """The node itself, or what its $ref points to."""
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def answers(self, operation: str, status: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Declared JSON answers of one status, or of every status of a range such as 2XX.

        A status may be declared by its range alone.
        """
        for declared, answer in self.operations[operation]["responses"].items():
            in_range = "XX" in status + declared and declared[0] == status[0]
            media = self.resolve(answer).get("content", {}).get("application/json")
            if media and (in_range or declared == status):
                yield declared, media["schema"]

    def branches(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The schema and everything that it is composed of at the same place of the answer."""
        schema = self.resolve(schema)
        yield schema
        for name in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(name, ()):
                yield from self.branches(part)

    def places(self, schema: dict[str, Any], pointer: str = "") -> Iterator[str]:
        """JSON pointers of the whole answer and of every property and item declared in it."""
        yield pointer or "/"
        for branch in self.branches(schema):
            for name, inner in branch.get("properties", {}).items():
                yield from self.places(inner, f"{pointer}/{name}")
            if "items" in branch:
                yield from self.places(branch["items"], f"{pointer}/*")

    def branches_everywhere(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The branches of the answer and of everything inside it."""
        for branch in self.branches(schema):
            yield branch
            for inner in [*branch.get("properties", {}).values(), branch.get("items")]:
                if inner:
                    yield from self.branches_everywhere(inner)


def _load(api: str) -> Specs:
    folder = SPECS / api
    catalogue = read_yaml(folder / "requirements.yaml")
    assert catalogue["api"] == api
    return Specs(
        api=api,
        document=read_yaml(folder / "openapi.yaml"),
        requirements=catalogue["requirements"],
        known=read_yaml(folder / "known_violations.yaml"),
        sources=(folder / "sources.md").read_text(encoding="utf-8"),
    )


@pytest.fixture(scope="session", params=["pinch", "panjaya"])
def specs(request: pytest.FixtureRequest) -> Specs:
    """The contract of one API; each test sees both."""
    return _load(request.param)


@pytest.fixture(scope="session")
def specs_folder() -> Path:
    """Where the contracts and the schemas of their files lie."""
    return SPECS
