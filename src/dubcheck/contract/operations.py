"""Operations of an OpenAPI document and how a request line finds its operation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

HTTP_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path template, named by its operationId."""

    id: str
    method: str
    path: str
    definition: Mapping[str, Any]
    is_storage: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """A pattern over raw (still percent-encoded) paths with one group per parameter."""
        return _pattern(self.path)


def operations_of(document: Mapping[str, Any]) -> tuple[Operation, ...]:
    """Every operation under `paths`; webhooks are not operations a client calls."""
    found = []
    for path, item in document.get("paths", {}).items():
        for method in HTTP_METHODS:
            if method in item:
                definition = item[method]
                is_storage = bool(definition.get("x-storage") or item.get("x-storage"))
                name = definition["operationId"]
                found.append(Operation(name, method.upper(), path, definition, is_storage))
    return tuple(found)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{([^}]+)\}", template)
    text = "".join(
        f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    return re.compile(text)


class OperationFinder:
    """Finds the operation of a request by method and path; literal paths win over templates."""

    def __init__(self, operations: tuple[Operation, ...]):
        api_operations = [item for item in operations if not item.is_storage]
        ordered = sorted(api_operations, key=lambda item: item.path.count("{"))
        self._candidates = tuple((item.method, item.pattern, item) for item in ordered)

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation and its unquoted path parameters, or None where no template fits."""
        for candidate, pattern, operation in self._candidates:
            if candidate == method:
                matched = pattern.fullmatch(path)
                if matched:
                    parameters = {key: unquote(value) for key, value in matched.groupdict().items()}
                    return operation, parameters
        return None

    def path_is_known(self, path: str) -> bool:
        """Whether any method is documented on this path."""
        return any(pattern.fullmatch(path) for _, pattern, _ in self._candidates)
