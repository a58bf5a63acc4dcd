"""The contracts as JSON Schema, the independent opinion on what strategies draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

SPECS = Path(__file__).parents[2] / "specs"


@cache
def contract(api: str) -> dict[str, Any]:
    """One OpenAPI document."""
    loaded: dict[str, Any] = yaml.safe_load((SPECS / api / "openapi.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def broken_fields() -> Callable[[str, str, Any], set[str]]:
    """Name the top-level fields at which a value breaks a component schema; "" is the object."""

    def fields(api: str, schema: str, value: Any) -> set[str]:
        whole = {**contract(api), "$ref": f"#/components/schemas/{schema}"}
        errors = Draft202012Validator(whole).iter_errors(value)
        return {str(error.absolute_path[0]) if error.absolute_path else "" for error in errors}

    return fields
