"""Search by words: single characters and pairs of characters, ranked by BM25.

Two indexes, one for figure descriptions and one for passages, live in the ledger's database and
change in its transactions: `index/words_fts5.py` in SQLite, `index/words_postgres.py` in PostgreSQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from index import words_fts5, words_postgres
from index.database import is_sqlite
from index.grams import (
    MOST_TEXTS,
    Entry,
    Grams,
    WordHit,
    grams,
    question_terms,
    strip_question,
    terms_of,
)

__all__ = [
    "FIGURES",
    "MOST_TEXTS",
    "PASSAGES",
    "WORDS_VERSION",
    "Grams",
    "Text",
    "WordHit",
    "add",
    "clear",
    "grams",
    "indexed",
    "optimize",
    "problems",
    "remove",
    "search",
    "strip_question",
    "terms_of",
]

WORDS_VERSION = "2"
"""Changes with `grams` and with what is counted: an index of another version is rebuilt."""

FIGURES = "figures"
PASSAGES = "passages"
TABLES = (FIGURES, PASSAGES)

_DROP_FROM = 20_000  # texts in a table before frequent terms are dropped
_CHAR_SHARE = 0.1  # of all texts, above which a character is frequent: its pairs say more
_PAIR_SHARE = 0.4  # above half of the texts BM25 gives a term no weight at all


class Text(NamedTuple):
    """A text to be indexed."""

    report: int
    no: int
    text: str


class WordIndex(Protocol):
    """What a database's own module does; `table` is one of `TABLES`."""

    def insert(self, connection: Connection, table: str, entries: Sequence[Entry]) -> None:
        """Index texts."""

    def delete(self, connection: Connection, table: str, entries: Sequence[Entry]) -> None:
        """Take the very texts out again."""

    def count(self, connection: Connection, table: str, counts: Counter[str]) -> None:
        """Add to the numbers of texts with these terms; drop the terms that none has any more."""

    def counted(self, connection: Connection, table: str, terms: Collection[str]) -> dict[str, int]:
        """How many texts have each of these terms."""

    def clear(self, connection: Connection, table: str) -> None:
        """Empty the index of a table and its counts."""

    def optimize(self, connection: Connection, table: str) -> None:
        """Leave nothing of removed texts, as far as the transaction can."""

    def keys(self, connection: Connection, table: str) -> set[tuple[int, int]]:
        """(report, no) of every indexed text."""

    def problems(self, connection: Connection, table: str) -> list[str]:
        """What a check of the index by itself finds."""

    def ranked(
        self,
        connection: Connection,
        table: str,
        terms: Sequence[str],
        reports: Collection[int] | None,
        limit: int,
    ) -> list[WordHit]:
        """The texts with any of the terms, those of the best BM25 first, at least `limit` of them
        where there are as many. `reports` is None or not empty."""


_FTS5: WordIndex = words_fts5.Fts5()
_POSTGRES: WordIndex = words_postgres.PostgresWords()


def _index(connection: Connection) -> WordIndex:
    return _FTS5 if is_sqlite(connection) else _POSTGRES


def add(connection: Connection, table: str, texts: Iterable[Text]) -> None:
    """Index texts that are not indexed yet."""
    entries, counts = _entries(texts)
    if entries:
        index = _index(connection)
        index.insert(connection, table, entries)
        index.count(connection, table, counts)


def remove(connection: Connection, table: str, texts: Iterable[Text]) -> None:
    """Take texts out again; they must be the very texts that were added."""
    entries, counts = _entries(texts)
    if entries:
        index = _index(connection)
        index.delete(connection, table, entries)
        index.count(connection, table, Counter({term: -count for term, count in counts.items()}))


def _entries(texts: Iterable[Text]) -> tuple[list[Entry], Counter[str]]:
    """Texts with their terms, and how many of them have each term."""
    entries: list[Entry] = []
    counts: Counter[str] = Counter()
    for each in texts:
        if each.no >= MOST_TEXTS:
            raise ValueError(f"text {each.no} of report {each.report}: at most {MOST_TEXTS} fit")
        found = grams(each.text)
        entries.append(Entry(each.report, each.no, " ".join(found.chars), " ".join(found.pairs)))
        counts.update({*found.chars, *found.pairs})
    return entries, counts


def clear(connection: Connection) -> None:
    """Empty both indexes."""
    for table in TABLES:
        _index(connection).clear(connection, table)


def optimize(connection: Connection) -> None:
    """See `WordIndex.optimize`."""
    for table in TABLES:
        _index(connection).optimize(connection, table)


def indexed(connection: Connection, table: str) -> set[tuple[int, int]]:
    """The (report, no) of every indexed text; for checks of consistency."""
    return _index(connection).keys(connection, table)


def problems(connection: Connection) -> list[str]:
    """What a check of the indexes by themselves says."""
    return [each for table in TABLES for each in _index(connection).problems(connection, table)]


def search(
    connection: Connection,
    table: str,
    question: str,
    *,
    total: int,
    also: Sequence[str] = (),
    reports: Collection[int] | None = None,
    limit: int = 50,
) -> list[WordHit]:
    """The texts that fit a question best, best first.

    Args:
        total: how many texts the table holds, to tell frequent terms.
        also: further words to look for.
        reports: look only into these.
    """
    drop = _frequent(connection, table, question, also, total) if total >= _DROP_FROM else set()
    terms = question_terms(question, also, drop)
    if not terms or (reports is not None and not reports):
        return []
    found = _index(connection).ranked(connection, table, terms, reports, limit)
    found.sort(key=lambda hit: (-hit.score, hit.report, hit.no))
    return found[:limit]


def _frequent(
    connection: Connection, table: str, question: str, also: Sequence[str], total: int
) -> set[str]:
    """The terms of a question that most texts share."""
    terms = set().union(*(terms_of(each) for each in (question, *also)))
    return {
        term
        for term, texts in _index(connection).counted(connection, table, terms).items()
        if texts > total * (_CHAR_SHARE if len(term) == 1 else _PAIR_SHARE)
    }
