"""Reading YAML files with errors that name the file; no meaning is given to them here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from dubcheck.errors import ContractError


def read_yaml(path: Path) -> Any:
    """The parsed document.

    Raises: ContractError when the file is missing, unreadable or not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContractError(
            f"{path}: cannot be read ({error}); a UTF-8 YAML file is needed"
        ) from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as error:
        raise ContractError(f"{path}: is not valid YAML ({error})") from error
