"""sources.md and requirements.yaml name the same ids and the same documents."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="session")
def named_ids(specs) -> set[str]:
    """Every id that sources.md names, which it does in backquotes."""
    return set(re.findall(rf"`({specs.api}\.[a-z0-9-]+\.[a-z0-9-]+)`", specs.sources))


def test_every_requirement_stands_in_sources(specs, named_ids):
    """A reviewer who walks sources.md meets every id of the catalogue."""
    assert set(specs.ids) - named_ids == set()


def test_every_id_in_sources_is_a_requirement(specs, named_ids):
    """sources.md names no id that the catalogue lacks."""
    assert named_ids - set(specs.ids) == set()


def test_every_document_stands_in_sources(specs):
    """Each document that a requirement cites is named in sources.md."""
    documents = {entry["source"]["document"] for entry in specs.requirements}

    assert [document for document in sorted(documents) if document not in specs.sources] == []


def test_vendor_document_has_the_most_promises(specs):
    """The vendor's document in this API's name is what most requirements come from."""
    own = f"vendor-docs/{specs.api}.txt"
    cited = [entry for entry in specs.requirements if entry["source"]["document"] == own]

    assert len(cited) * 2 > len(specs.requirements)
