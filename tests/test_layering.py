"""The layers of ARCHITECTURE.md: who may import whom, checked from the imports themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dubcheck"
JUDGE = {"contract", "exchange", "rules", "strategies", "measure", "ledger", "report", "targets"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "contract": {"errors"},
    "exchange": {"errors"},
    "rules": {"errors", "contract", "exchange"},
    "strategies": {"errors"},
    "measure": {"errors"},
    "ledger": {"errors", "contract", "exchange", "rules"},
    "recordings": {"errors", "contract", "exchange", "rules"},
    "report": {"errors", "contract", "exchange", "rules", "ledger", "recordings"},
    "diff": {"errors"},
    "targets": {"errors", "contract", "exchange", "rules", "strategies", "measure"},
    "replay": {"errors", "exchange", "targets"},
    "pytest_plugin": JUDGE | {"errors", "replay"},
    "cli": JUDGE | {"errors", "recordings", "replay", "pytest_plugin", "emulator", "diff"},
    "emulator": {"errors"},
    "testing": {"errors", "emulator"},
    "__main__": {"cli"},
}


def layer_imports(layer: str) -> Iterator[tuple[str, str]]:
    """Every (file, imported layer) of one layer, function-level imports included."""
    place = SOURCE / layer
    files = place.rglob("*.py") if place.is_dir() else [SOURCE / f"{layer}.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                if name.startswith("dubcheck."):
                    yield file.name, name.split(".")[1]


@pytest.mark.parametrize("layer", ALLOWED)
def test_layer_imports_only_what_lies_below(layer: str) -> None:
    """No layer imports one above it, and the emulator shares no code with its judge."""
    wrong = {
        (file, name)
        for file, name in layer_imports(layer)
        if name != layer and name not in ALLOWED[layer]
    }

    assert wrong == set()


def test_every_layer_is_listed() -> None:
    """A new package must take its place in the layering."""
    found = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or path.is_dir()}

    assert found - {"__init__", "__pycache__"} == set(ALLOWED) & found


def test_emulator_reads_no_contract() -> None:
    """The emulator's behaviour is its own: no file of it names the specs."""
    naming = [
        path.name
        for path in (SOURCE / "emulator").rglob("*.py")
        if "openapi.yaml" in path.read_text(encoding="utf-8")
    ]

    assert naming == []
