"""Search by words: SQLite FTS5 over single characters and pairs of characters.

Two contentless tables, one for figure descriptions and one for passages, live in the ledger's
database and change in its transactions. A text's row id is ``report << 24 | no``, so that the
texts of a report are one range of ids. The ids of a removed text are never used again (but after
`clear`): FTS5 of SQLite 3.40 takes its index for damaged when they are.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, text

WORDS_VERSION = "2"
"""Changes with `grams` and with what is counted: an index of another version is rebuilt."""

FIGURES = "figures"
PASSAGES = "passages"
_NO_BITS = 24
MOST_TEXTS = 1 << _NO_BITS

_RUN = re.compile(
    r"[a-z0-9]+(?:[.\-_][a-z0-9]+)*|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
    r"|[^\W_a-z0-9\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)")
_QUESTION_WORDS = (
    "请问 请列出 什么时候 什么时间 什么地方 什么样 为什么 是什么 有什么 什么 哪一年 哪一个 哪一项 "
    "哪一 哪些 哪里 哪个 哪位 哪种 哪项 哪年 哪 多少 几个 多久 多大 怎么样 怎么 怎样 如何 是谁 谁 "
    "是否 有没有 能不能 是不是 的 了 吗 呢 吧 啊"
)
_QUESTION = re.compile(
    "|".join(sorted(map(re.escape, _QUESTION_WORDS.split()), key=len, reverse=True))
)
_MOST_TERMS = 256  # of one question
_DROP_FROM = 20_000  # texts in a table before frequent terms are dropped
_CHAR_SHARE = 0.1  # of all texts, above which a character is frequent: its pairs say more
_PAIR_SHARE = 0.4  # above half of the texts BM25 gives a term no weight at all
_MOST_RANGES = 6  # of row ids searched one by one; more are searched in one scan


class Grams(NamedTuple):
    """The terms of a text: `chars` single characters (and whole words of letters), `pairs`."""

    chars: list[str]
    pairs: list[str]


def _plain(string: str) -> str:
    joined = _THOUSANDS.sub(lambda m: re.sub("[,，]", "", m.group()), string)
    return unicodedata.normalize("NFKC", joined).lower()


def grams(string: str) -> Grams:
    """The terms of a text or a question; never any of FTS5's query syntax."""
    chars: list[str] = []
    pairs: list[str] = []
    for match in _RUN.finditer(_plain(string)):
        run = match.group()
        if not _CHINESE.match(run):
            chars.append(run)
            pairs.append(run)
            continue
        chars.extend(run)
        if len(run) == 1:
            pairs.append(run)
        else:
            pairs.extend(run[i : i + 2] for i in range(len(run) - 1))
    return Grams(chars, pairs)


def strip_question(question: str) -> str:
    """`question` without the words that only ask; unchanged where nothing else is left."""
    stripped = _QUESTION.sub(" ", question)
    return stripped if re.search(r"\w", stripped) else question


def match_expression(
    question: str, also: Sequence[str] = (), drop: Collection[str] = frozenset()
) -> str:
    """The FTS5 expression of a question and further words; "" where it has no terms.

    `drop` are terms that are too frequent to be looked for beside others.
    """
    terms = [grams(strip_question(question)), *(grams(word) for word in also)]
    singles = list(chain.from_iterable(each.chars for each in terms))
    pairs = list(chain.from_iterable(each.pairs for each in terms))
    wanted = [term for term in singles + pairs if term not in drop] or pairs or singles
    quoted = ('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(wanted))
    return " OR ".join(list(quoted)[:_MOST_TERMS])


class Text(NamedTuple):
    """A text to be indexed."""

    report: int
    no: int
    text: str


class WordHit(NamedTuple):
    """A text that shares terms with a question; a higher score (BM25) fits better."""

    report: int
    no: int
    score: float


def add(connection: Connection, table: str, texts: Iterable[Text]) -> None:
    """Index texts that are not indexed yet."""
    _change(connection, table, texts, removing=False)


def remove(connection: Connection, table: str, texts: Iterable[Text]) -> None:
    """Take texts out again; they must be the very texts that were added."""
    _change(connection, table, texts, removing=True)


def _change(connection: Connection, table: str, texts: Iterable[Text], *, removing: bool) -> None:
    rows: list[tuple[int, str, str]] = []
    counts: Counter[str] = Counter()
    for each in texts:
        if each.no >= MOST_TEXTS:
            raise ValueError(f"text {each.no} of report {each.report}: at most {MOST_TEXTS} fit")
        found = grams(each.text)
        key = each.report << _NO_BITS | each.no
        rows.append((key, " ".join(found.chars), " ".join(found.pairs)))
        counts.update({*found.chars, *found.pairs})
    if not rows:
        return
    name = f"words_{table}"
    insert = f"INSERT INTO {name} (rowid, chars, pairs) VALUES (?, ?, ?)"  # noqa: S608
    if removing:
        insert = (
            f"INSERT INTO {name} ({name}, rowid, chars, pairs) "  # noqa: S608
            "VALUES ('delete', ?, ?, ?)"
        )
    connection.exec_driver_sql(insert, rows)
    sign = -1 if removing else 1
    counted = [(table, char, sign * count) for char, count in counts.items()]
    if counted:
        connection.exec_driver_sql(
            "INSERT INTO term_counts (words, term, texts) VALUES (?, ?, ?) "
            "ON CONFLICT (words, term) DO UPDATE SET texts = texts + excluded.texts",
            counted,
        )
    if removing:
        connection.exec_driver_sql("DELETE FROM term_counts WHERE texts <= 0")


def terms_of(string: str) -> set[str]:
    """The terms by which a text counts in ``term_counts``."""
    found = grams(string)
    return {*found.chars, *found.pairs}


def clear(connection: Connection) -> None:
    """Empty both indexes."""
    for table in (FIGURES, PASSAGES):
        name = f"words_{table}"
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")  # noqa: S608
    connection.exec_driver_sql("DELETE FROM term_counts")


def optimize(connection: Connection) -> None:
    """Merge the indexes into one segment each, so that removed terms are gone from the file."""
    for table in (FIGURES, PASSAGES):
        name = f"words_{table}"
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608


def indexed(connection: Connection, table: str) -> set[tuple[int, int]]:
    """The (report, no) of every indexed text; for checks of consistency."""
    rows = connection.exec_driver_sql(f"SELECT id FROM words_{table}_docsize")  # noqa: S608
    return {(key >> _NO_BITS, key & (MOST_TEXTS - 1)) for (key,) in rows}


def problems(connection: Connection) -> list[str]:
    """What FTS5's own check of the indexes says."""
    found: list[str] = []
    for table in (FIGURES, PASSAGES):
        name = f"words_{table}"
        try:
            connection.exec_driver_sql(
                f"INSERT INTO {name} ({name}) VALUES ('integrity-check')"  # noqa: S608
            )
        except Exception as error:  # noqa: BLE001 - the finding is what is returned
            found.append(f"{name}: {error}")
    return found


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
    expression = match_expression(question, also, drop)
    if not expression or (reports is not None and not reports):
        return []
    rows = list(_rows(connection, f"words_{table}", expression, reports, limit))
    rows.sort(key=lambda row: (row[1], row[0]))
    return [WordHit(key >> _NO_BITS, key & (MOST_TEXTS - 1), -rank) for key, rank in rows[:limit]]


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
    within = f" AND (rowid >> {_NO_BITS}) IN (SELECT value FROM json_each(:reports))"  # noqa: S608
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
            yield start << _NO_BITS, ((previous + 1) << _NO_BITS) - 1
            start = report
        previous = report
    yield start << _NO_BITS, ((previous + 1) << _NO_BITS) - 1


def _frequent(
    connection: Connection, table: str, question: str, also: Sequence[str], total: int
) -> set[str]:
    """The terms of a question that most texts share."""
    terms = set().union(*(terms_of(each) for each in (question, *also)))
    rows = connection.execute(
        text(
            "SELECT term, texts FROM term_counts WHERE words = :words "
            "AND term IN (SELECT value FROM json_each(:terms))"
        ),
        {"words": table, "terms": json.dumps(sorted(terms))},
    )
    return {
        term
        for term, texts in rows
        if texts > total * (_CHAR_SHARE if len(term) == 1 else _PAIR_SHARE)
    }
