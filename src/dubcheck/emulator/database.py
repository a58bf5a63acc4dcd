"""The state file: SQLite in WAL mode, one row per resource. No meaning of a row is known here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from dubcheck.errors import UsageError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS resources (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  identifier TEXT NOT NULL,
  owner TEXT NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (kind, identifier)
);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Database:
    """Each write is committed before the call returns.

    WAL with `synchronous=NORMAL` survives the death of the process, which is what is promised;
    only a power failure may take the last writes.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.executescript(
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {_SCHEMA}"
            )
        except sqlite3.Error as error:
            raise UsageError(f"--state {path}: cannot be used as a state file ({error})") from error

    def read(self, kind: str) -> Iterator[bytes]:
        """Contents of one kind in order of creation."""
        rows = self._connection.execute(
            "SELECT content FROM resources WHERE kind = ? ORDER BY position", (kind,)
        )
        return (row[0] for row in rows)

    def write(self, kind: str, identifier: str, owner: str, content: bytes) -> None:
        """Add or replace one resource; a replaced one keeps its place in the order."""
        self._connection.execute(
            "INSERT INTO resources (kind, identifier, owner, content) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, identifier) DO UPDATE SET content = excluded.content",
            (kind, identifier, owner, content),
        )

    def delete(self, kind: str, identifier: str) -> None:
        """Delete one resource."""
        self._connection.execute(
            "DELETE FROM resources WHERE kind = ? AND identifier = ?", (kind, identifier)
        )

    def clear(self, kind: str, owner: str | None) -> None:
        """Delete one kind, of one owner or of all."""
        self._connection.execute(
            "DELETE FROM resources WHERE kind = ? AND (? IS NULL OR owner = ?)",
            (kind, owner, owner),
        )

    def notes(self) -> list[tuple[str, str]]:
        """Every remembered single value."""
        return self._connection.execute("SELECT name, value FROM notes").fetchall()

    def set_note(self, name: str, value: str) -> None:
        """Remember a single value."""
        self._connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Write back the log and close."""
        self._connection.close()
