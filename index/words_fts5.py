"""The word index in SQLite: contentless tables of FTS5.

A text's row id is ``report << 24 | no``, so that the texts of a report are one range of ids. The
ids of a removed text are never used again (but after `clear`): FTS5 of SQLite 3.40 takes its index
for damaged when they are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, text

from index.grams import MOST_TEXTS, NO_BITS, Entry, WordHit

_MOST_RANGES = 6  # of row ids searched one by one; more are searched in one scan


class Fts5:
    """See `index.words.WordIndex`."""

    def insert(self, connection: Connection, table: str, entries: Sequence[Entry]) -> None:
        name = f"words_{table}"
        statement = f"INSERT INTO {name} (rowid, chars, pairs) VALUES (?, ?, ?)"  # noqa: S608
        connection.exec_driver_sql(statement, list(map(_row, entries)))

    def delete(self, connection: Connection, table: str, entries: Sequence[Entry]) -> None:
        name = f"words_{table}"
        statement = (
            f"INSERT INTO {name} ({name}, rowid, chars, pairs) "  # noqa: S608
            "VALUES ('delete', ?, ?, ?)"
        )
        connection.exec_driver_sql(statement, list(map(_row, entries)))

    def count(self, connection: Connection, table: str, counts: Counter[str]) -> None:
        if not counts:
            return
        connection.exec_driver_sql(
            "INSERT INTO term_counts (words, term, texts) VALUES (?, ?, ?) "
            "ON CONFLICT (words, term) DO UPDATE SET texts = texts + excluded.texts",
            [(table, term, count) for term, count in counts.items()],
        )
        if min(counts.values()) < 0:
            connection.exec_driver_sql("DELETE FROM term_counts WHERE texts <= 0")

    def counted(self, connection: Connection, table: str, terms: Collection[str]) -> dict[str, int]:
        rows = connection.execute(
            text(
                "SELECT term, texts FROM term_counts WHERE words = :words "
                "AND term IN (SELECT value FROM json_each(:terms))"
            ),
            {"words": table, "terms": json.dumps(sorted(terms))},
        )
        return {row[0]: row[1] for row in rows}

    def clear(self, connection: Connection, table: str) -> None:
        name = f"words_{table}"
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")  # noqa: S608
        connection.exec_driver_sql("DELETE FROM term_counts WHERE words = ?", (table,))

    def optimize(self, connection: Connection, table: str) -> None:
        """Merge the index into one segment, so that removed terms are gone from the file."""
        name = f"words_{table}"
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608

    def keys(self, connection: Connection, table: str) -> set[tuple[int, int]]:
        rows = connection.exec_driver_sql(f"SELECT id FROM words_{table}_docsize")  # noqa: S608
        return {(key >> NO_BITS, key & (MOST_TEXTS - 1)) for (key,) in rows}

    def problems(self, connection: Connection, table: str) -> list[str]:
        """What FTS5's own check of the index says."""
        name = f"words_{table}"
        statement = f"INSERT INTO {name} ({name}) VALUES ('integrity-check')"  # noqa: S608
        try:
            connection.exec_driver_sql(statement)
        except Exception as error:  # noqa: BLE001 - the finding is what is returned
            return [f"{name}: {error}"]
        return []

    def ranked(
        self,
        connection: Connection,
        table: str,
        terms: Sequence[str],
        reports: Collection[int] | None,
        limit: int,
    ) -> list[WordHit]:
        expression = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
        rows = _rows(connection, f"words_{table}", expression, reports, limit)
        return [WordHit(key >> NO_BITS, key & (MOST_TEXTS - 1), -rank) for key, rank in rows]


def _row(entry: Entry) -> tuple[int, str, str]:
    return entry.report << NO_BITS | entry.no, entry.chars, entry.pairs


def _rows(
    connection: Connection,
    name: str,
    expression: str,
    reports: Collection[int] | None,
    limit: int,
) -> Iterator[tuple[int, float]]:
    select = f"SELECT rowid, rank FROM {name} WHERE {name} MATCH :words"  # noqa: S608
    last = " ORDER BY rank LIMIT :limit"
    values: dict[str, object] = {"words": expression, "limit": limit}
    if reports is None:
        yield from _pairs(connection, select + last, values)
        return
    ranges = list(_ranges(reports))
    if len(ranges) <= _MOST_RANGES:
        for low, high in ranges:
            between = f"{select} AND rowid BETWEEN :low AND :high{last}"
            yield from _pairs(connection, between, {**values, "low": low, "high": high})
        return
    within = f" AND (rowid >> {NO_BITS}) IN (SELECT value FROM json_each(:reports))"  # noqa: S608
    values["reports"] = json.dumps(sorted(reports))
    yield from _pairs(connection, select + within + last, values)


def _pairs(
    connection: Connection, statement: str, values: Mapping[str, object]
) -> Iterator[tuple[int, float]]:
    for row in connection.execute(text(statement), values):
        yield row[0], row[1]


def _ranges(reports: Collection[int]) -> Iterator[tuple[int, int]]:
    """Ranges of row ids, neighbouring reports joined."""
    ordered = sorted(set(reports))
    start = previous = ordered[0]
    for report in ordered[1:]:
        if report != previous + 1:
            yield start << NO_BITS, ((previous + 1) << NO_BITS) - 1
            start = report
        previous = report
    yield start << NO_BITS, ((previous + 1) << NO_BITS) - 1
