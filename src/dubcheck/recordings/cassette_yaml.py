"""The YAML of cassettes: a safe loader that also knows the tags which vcrpy is known to write.

No tag makes an object of a class that the file names.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import yaml

_PREFIX = "tag:yaml.org,2002:python/"


class CassetteLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the C loader where there is one
    """Loads cassettes; a tag that it does not know is an error."""


def _text(loader: Any, node: yaml.Node) -> Any:
    return loader.construct_scalar(node)


def _tuple(loader: Any, node: yaml.Node) -> Any:
    return tuple(loader.construct_sequence(node))


def _file(loader: Any, node: yaml.Node) -> BytesIO:
    """A file object that was written as a Python object; only its bytes are looked at."""
    mapping = loader.construct_mapping(node, deep=True)
    state = mapping.get("state")
    content = state[0] if isinstance(state, list | tuple) and state else b""
    return BytesIO(content.encode("utf-8") if isinstance(content, str) else content or b"")


CassetteLoader.add_constructor(f"{_PREFIX}str", _text)
CassetteLoader.add_constructor(f"{_PREFIX}unicode", _text)
CassetteLoader.add_constructor(f"{_PREFIX}tuple", _tuple)
CassetteLoader.add_constructor(f"{_PREFIX}object/new:_io.BytesIO", _file)
