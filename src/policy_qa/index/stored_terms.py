"""The terms of chunks as the catalog stores them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def read_terms(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every chunk, by id, with its terms as they are stored."""
    return connection.execute("SELECT id, terms FROM chunks ORDER BY id").fetchall()


def join_terms(terms: Iterable[str]) -> str:
    r"""Terms as the catalog stores them.

    >>> join_terms(["研发", "1.8%"])
    '研发\n1.8%'
    """
    return "\n".join(terms)


def split_terms(stored: str) -> list[str]:
    r"""The terms of a chunk.

    >>> split_terms("研发\n1.8%"), split_terms("")
    (['研发', '1.8%'], [])
    """
    return stored.split("\n") if stored else []
