"""The word index in PostgreSQL: the terms of a text as a tsvector under a GIN index.

No parser and no dictionary of the server is used: lexemes are the terms of `index/grams.py`, and of
a question each is looked up by itself. So that BM25 can be computed from the index alone, a term
that a text has more than once stands there again with the number (``支#2``, ``支#3``, …; above 8 in
steps, see `_LEVELS`). The score is FTS5's: k1 = 1.2, b = 0.75, both kinds of terms together.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from sqlalchemy import Connection, text

from index.grams import Entry, WordHit

_LEVELS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24)
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6  # of a term in more than half of the texts, as in FTS5
_LONGEST = 500  # characters of a lexeme; PostgreSQL takes 2,046 bytes
_MOST_LEXEMES = 40_000  # of one text; a tsvector holds one megabyte
_MARK = "#"  # in no term
_TOGETHER = 2_000  # texts that one statement takes in
_PROBED = 200  # terms that a check looks up

_SIZES = text("SELECT texts, tokens FROM words_sizes WHERE words = :words")
_INSERT = """
    INSERT INTO words_{table} (report, no, length, terms)
    SELECT report, no, length, array_to_tsvector(string_to_array(terms, ' '))
    FROM unnest(
        cast(:reports AS integer[]), cast(:numbers AS integer[]),
        cast(:lengths AS integer[]), cast(:terms AS text[])
    ) AS texts (report, no, length, terms)
"""
_RANKED = """
    SELECT report, no, round(sum(
        wanted.weight * (
            wanted.high / (wanted.high + indexed.k) - wanted.low / (wanted.low + indexed.k)
        )
    )::numeric, 9) AS score
    FROM unnest(
        cast(:queries AS tsquery[]), cast(:weights AS float8[]),
        cast(:highs AS float8[]), cast(:lows AS float8[])
    ) AS wanted (query, weight, high, low)
    CROSS JOIN LATERAL (
        SELECT report, no, :k1 * (1 - :b + :b * length / :mean) AS k
        FROM words_{table} WHERE terms @@ wanted.query {within}
    ) AS indexed
    GROUP BY report, no ORDER BY score DESC, report, no LIMIT :limit
"""


class PostgresWords:
    """See `index.words.WordIndex`."""

    def insert(self, connection: Connection, table: str, entries: Sequence[Entry]) -> None:
        statement = text(_INSERT.format(table=table))
        for start in range(0, len(entries), _TOGETHER):
            some = entries[start : start + _TOGETHER]
            values = {
                "reports": [each.report for each in some],
                "numbers": [each.no for each in some],
                "lengths": list(map(_length, some)),
                "terms": [" ".join(_lexemes(each)) for each in some],
            }
            connection.execute(statement, values)
        # What waits in GIN's list of new entries is read whole by every search.
        connection.execute(text(f"SELECT gin_clean_pending_list('words_{table}_terms')"))
        self._grow(connection, table, len(entries), sum(map(_length, entries)))

    def delete(self, connection: Connection, table: str, entries: Sequence[Entry]) -> None:
        keys = {
            "reports": [each.report for each in entries],
            "numbers": [each.no for each in entries],
        }
        rows = connection.execute(
            text(
                f"DELETE FROM words_{table} WHERE (report, no) IN (SELECT * FROM unnest("  # noqa: S608
                "cast(:reports AS integer[]), cast(:numbers AS integer[]))) RETURNING length"
            ),
            keys,
        )
        gone = list(rows.scalars())
        self._grow(connection, table, -len(gone), -sum(gone))

    def _grow(self, connection: Connection, table: str, texts: int, tokens: int) -> None:
        connection.execute(
            text(
                "INSERT INTO words_sizes (words, texts, tokens) VALUES (:words, :texts, :tokens) "
                "ON CONFLICT (words) DO UPDATE SET texts = words_sizes.texts + excluded.texts, "
                "tokens = words_sizes.tokens + excluded.tokens"
            ),
            {"words": table, "texts": texts, "tokens": tokens},
        )

    def count(self, connection: Connection, table: str, counts: Counter[str]) -> None:
        if not counts:
            return
        connection.execute(
            text(
                "INSERT INTO term_counts (words, term, texts) SELECT :words, * FROM unnest("
                "cast(:terms AS text[]), cast(:texts AS integer[])) "
                "ON CONFLICT (words, term) DO UPDATE "
                "SET texts = term_counts.texts + excluded.texts"
            ),
            {"words": table, "terms": list(counts), "texts": list(counts.values())},
        )
        if min(counts.values()) < 0:
            connection.execute(text("DELETE FROM term_counts WHERE texts <= 0"))

    def counted(self, connection: Connection, table: str, terms: Collection[str]) -> dict[str, int]:
        rows = connection.execute(
            text(
                "SELECT term, texts FROM term_counts "
                "WHERE words = :words AND term = ANY(cast(:terms AS text[]))"
            ),
            {"words": table, "terms": sorted(terms)},
        )
        return {row[0]: row[1] for row in rows}

    def clear(self, connection: Connection, table: str) -> None:
        """Empty the index; those who are reading go on with what they saw."""
        connection.execute(text(f"DELETE FROM words_{table}"))  # noqa: S608
        for name in ("words_sizes", "term_counts"):
            statement = text(f"DELETE FROM {name} WHERE words = :words")  # noqa: S608
            connection.execute(statement, {"words": table})

    def optimize(self, connection: Connection, table: str) -> None:
        """Nothing: what is removed can be cleared away only once that is committed."""

    def keys(self, connection: Connection, table: str) -> set[tuple[int, int]]:
        rows = connection.execute(text(f"SELECT report, no FROM words_{table}"))  # noqa: S608
        return {(row[0], row[1]) for row in rows}

    def problems(self, connection: Connection, table: str) -> list[str]:
        """What texts, counts and the GIN index say of one another."""
        return [
            f"words_{table}: {problem}"
            for found in (_sizes_differ, _counts_differ, _index_differs)
            if (problem := found(connection, table))
        ]

    def ranked(
        self,
        connection: Connection,
        table: str,
        terms: Sequence[str],
        reports: Collection[int] | None,
        limit: int,
    ) -> list[WordHit]:
        size = connection.execute(_SIZES, {"words": table}).first()
        if size is None or not size.texts:
            return []
        known = self.counted(connection, table, terms)
        idfs = {term: _idf(size.texts, known[term]) for term in terms if term in known}
        values: dict[str, object] = {"k1": _K1, "b": _B, "mean": size.tokens / size.texts or 1.0}
        values["limit"] = limit
        within = ""
        if reports is not None:
            within = "AND report = ANY(cast(:reports AS integer[]))"
            values["reports"] = sorted(reports)
        # Without statistics, as just after loading, the planner would read every text instead.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        statement = text(_RANKED.format(table=table, within=within))
        # Terms of most texts say next to nothing and cost most: only where others find too little.
        telling = {term: idf for term, idf in idfs.items() if idf > _LEAST_IDF}
        found: list[WordHit] = []
        for some in (telling, idfs):
            if some and len(found) < limit:
                rows = connection.execute(statement, values | _steps(some))
                found = [WordHit(report, no, float(score)) for report, no, score in rows]
        return found


def _length(entry: Entry) -> int:
    return len(_terms(entry))


def _terms(entry: Entry) -> list[str]:
    return f"{entry.chars} {entry.pairs}".split()


def _lexemes(entry: Entry) -> Iterator[str]:
    counts = Counter(map(_lexeme, _terms(entry)))
    for term, count in counts.most_common()[:_MOST_LEXEMES]:
        yield term
        yield from (f"{term}{_MARK}{level}" for level in _LEVELS[1:] if level <= count)


def _lexeme(term: str) -> str:
    if len(term) <= _LONGEST:
        return term
    return term[:_LONGEST] + hashlib.sha256(term.encode()).hexdigest()


def _idf(texts: int, having: int) -> float:
    return max(math.log((texts - having + 0.5) / (having + 0.5)), _LEAST_IDF)


def _steps(idfs: dict[str, float]) -> dict[str, object]:
    """Each term at each level, with what its score grows by from the level below."""
    queries: list[str] = []
    weights: list[float] = []
    highs: list[float] = []
    lows: list[float] = []
    for term, idf in idfs.items():
        for low, high in pairwise((0, *_LEVELS)):
            marked = _lexeme(term) + (f"{_MARK}{high}" if high > 1 else "")
            queries.append(_quoted(marked))
            weights.append(idf * (_K1 + 1))
            highs.append(float(high))
            lows.append(float(low))
    return {"queries": queries, "weights": weights, "highs": highs, "lows": lows}


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _sizes_differ(connection: Connection, table: str) -> str:
    found = connection.execute(
        text(f"SELECT count(*), coalesce(sum(length), 0) FROM words_{table}")  # noqa: S608
    ).one()
    known = connection.execute(_SIZES, {"words": table}).first() or (0, 0)
    same = tuple(found) == tuple(known)
    return "" if same else "the numbers of texts and of their terms are wrong"


def _counts_differ(connection: Connection, table: str) -> str:
    """Against the lexemes of the texts themselves; PostgreSQL's own count of them."""
    stated = f"SELECT terms FROM words_{table}"  # noqa: S608
    rows = connection.execute(
        text("SELECT word, ndoc FROM ts_stat(:stated) WHERE position(:mark IN word) = 0"),
        {"stated": stated, "mark": _MARK},
    )
    found = {row[0]: row[1] for row in rows}
    counted = connection.execute(
        text("SELECT term, texts FROM term_counts WHERE words = :words"), {"words": table}
    )
    known = Counter({_lexeme(row[0]): row[1] for row in counted})
    wrong = sum(known[term] != texts for term, texts in found.items())
    return f"the counts of {wrong} terms are wrong" if wrong else ""


def _index_differs(connection: Connection, table: str) -> str:
    """Terms looked up through the index: the most frequent ones and as many others."""
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    counted = connection.execute(
        text(
            "(SELECT term, texts FROM term_counts WHERE words = :words "
            "ORDER BY texts DESC, term LIMIT :some) UNION "
            "(SELECT term, texts FROM term_counts WHERE words = :words "
            "ORDER BY md5(term) LIMIT :some)"
        ),
        {"words": table, "some": _PROBED},
    ).all()
    probe = text(
        f"SELECT count(*) FROM words_{table} WHERE terms @@ cast(:query AS tsquery)"  # noqa: S608
    )
    wrong = [
        term
        for term, texts in counted
        if connection.execute(probe, {"query": _quoted(_lexeme(term))}).scalar() != texts
    ]
    return f"the index misses texts of {len(wrong)} terms" if wrong else ""
