"""The form of Panjaya's ids: 24 hexadecimal digits, as in every example of the document."""

from __future__ import annotations

from dubcheck.emulator.workspace import Workspace


def new_identifier(workspace: Workspace) -> str:
    """An id for an asset, a dubbing or a version."""
    return workspace.identifiers.hexadecimal(24)
