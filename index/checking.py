"""Does the library agree with itself: figures with the stored bytes, indexes with the ledger."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import Connection, text

from index import ledger, ledger_content, ledger_work, words
from index.confined import Reading, Source
from index.database import broken_references, reading, writing
from index.errors import LibraryError
from index.model import Disagreement, ReportInfo, Verified
from index.repair import expected_keys
from index.store import Store
from ingest.figures.finding import reread
from ingest.model import Figure
from ingest.reading.text import fold

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


Reread = Callable[[Source], Reading]
"""Reads a file's bytes again, as it was read when it was added."""


def verify(store: Store, reread_file: Reread) -> Verified:
    """Read every figure of every report again from the stored bytes."""
    with reading(store.engine) as connection:
        reports = ledger.infos(connection, ("ready", "superseded"))
    figures = 0
    found: list[Disagreement] = []
    for report in reports:
        figures += report.figures
        found.extend(_disagreements(store, report, reread_file))
    broken = sum(report.figures for report in reports if _whole_file(found, report.id))
    single = sum(each.figure is not None for each in found)
    return Verified(figures, figures - broken - single, tuple(found))


def _whole_file(found: list[Disagreement], report: int) -> bool:
    return any(each.report == report and each.figure is None for each in found)


def _disagreements(store: Store, report: ReportInfo, reread_file: Reread) -> list[Disagreement]:
    def whole(stored: str, now: str) -> list[Disagreement]:
        return [Disagreement(report.id, report.name, None, stored, now)]

    try:
        data = store.read_file(report.sha256)
    except LibraryError as error:
        return whole(report.sha256, str(error))
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != report.sha256:
        return whole(report.sha256, sha256)
    document = store.document(report.id)
    if len(document.figures) != report.figures:
        return whole(f"{report.figures} 个数字", f"{len(document.figures)} 个数字")
    if not document.encoding:  # its text is not in the bytes as such
        again = reread_file(Source(report.name, data))
        if isinstance(again, str):
            return whole(report.sha256, again)
        if again.text != document.text:
            return whole("库中的文字", "原文件重读出的文字不同；请删去后重新载入")
    found: list[Disagreement] = []
    for figure in document.figures:
        quote = "".join(document.text[low:high] for low, high in figure.locator.spans)
        if not (_value_as_printed(figure) and reread(quote, figure)):
            printed = figure.quantity.printed + figure.quantity.unit.symbol
            found.append(Disagreement(report.id, report.name, figure.no, printed, quote))
    return found


def _value_as_printed(figure: Figure) -> bool:
    """True unless the figure's own digits, where they are plain, say another value."""
    digits = fold(figure.quantity.printed).replace(",", "")
    if not _PLAIN.fullmatch(digits):
        return True
    return abs(Decimal(digits)) == abs(figure.quantity.value)


def consistency(store: Store) -> list[str]:
    """What ledger, words, vectors and files disagree about; empty when nothing."""
    found: list[str] = []
    with reading(store.engine) as connection:
        if ledger_work.staged(connection):
            found.append(f"staged reports: {ledger_work.staged(connection)}")
        if ledger_work.chores(connection):
            found.append(f"chores left: {ledger_work.chores(connection)}")
        ready = sorted(ledger.ready_ids(connection))
        expected = expected_keys(connection)
        found += _ledger_problems(connection)
        for table in (words.FIGURES, words.PASSAGES):
            found += _difference(
                f"words of {table}", words.indexed(connection, table), expected[table]
            )
            found += _term_problems(connection, table, ready)
        found += _file_problems(store, connection)
    with writing(store.engine) as connection:
        found += words.problems(connection)
    vectors = store.vectors()
    for collection, keys in expected.items():
        found += _difference(f"vectors of {collection}", vectors.keys(collection), keys)
    return found


def _difference(
    what: str, found: set[tuple[int, int]], expected: set[tuple[int, int]]
) -> list[str]:
    problems: list[str] = []
    if expected - found:
        problems.append(f"{what}: {len(expected - found)} missing")
    if found - expected:
        problems.append(f"{what}: {len(found - expected)} too many")
    return problems


def _ledger_problems(connection: Connection) -> list[str]:
    found: list[str] = []
    for report in ledger.infos(connection, ("ready", "superseded")):
        for table in ("parts", "figures", "equations", "problems"):
            statement = text(f"SELECT count(*) FROM {table} WHERE report = :id")  # noqa: S608
            count = connection.execute(statement, {"id": report.id}).scalar()
            if count != getattr(report, table):
                found.append(f"report {report.id}: {count} {table} in place of its own count")
    return found + [f"foreign key: {each}" for each in broken_references(connection)]


def _term_problems(connection: Connection, table: str, ready: list[int]) -> list[str]:
    counts: Counter[str] = Counter()
    for report in ready:
        if table == words.FIGURES:
            texts = ledger_content.descriptions(connection, report)
        else:
            texts = [each.indexed for each in ledger_content.passages(connection, report)]
        for each in texts:
            counts.update(words.terms_of(each))
    rows = connection.execute(
        text("SELECT term, texts FROM term_counts WHERE words = :words"), {"words": table}
    )
    same = {row[0]: row[1] for row in rows} == dict(counts)
    return [] if same else [f"term counts of {table} differ"]


def _file_problems(store: Store, connection: Connection) -> list[str]:
    reports = ledger.infos(connection, ("ready", "superseded"))
    hashes = {report.sha256 for report in reports}
    files = {path.name for path in (store.folder / "files").iterdir()}
    found = [f"file {name} belongs to no report" for name in sorted(files - hashes)]
    found += [f"file {name} is missing" for name in sorted(hashes - files)]
    return found
