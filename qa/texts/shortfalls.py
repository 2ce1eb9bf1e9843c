"""LIST: the indicators that fell short: 否 under 是否完成, or an actual value beyond its bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.model import ColumnRole, Table
from qa.texts.index import AROUND, LABEL, OWN, Index, index_of, profile_for, scope_parts
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import MEDIUM_SHARE, lower, make_finding, text_at
from qa.texts.terms import squeezed, strip_words

ASKS_SHORT = re.compile(
    r"(?:没有?|未能?|尚未)(?:按期|按时|全部|如期)?(?:完成|达标|达到?(?:年度)?(?:目标|指标|预期)?(?:值)?|达成|实现(?:目标)?)"
    r"|不达标|低于(?:目标|指标)值|没能完成|欠账|没达"
)
_WORDS = re.compile(
    rf"{ASKS_SHORT.pattern}|绩效|(?:年度|年初|预期|设定的?)*(?:指标|目标)值?|[一二三]级指标|项目|任务|全部|所有|年度|的|请|列出|哪些|哪几个?|(?:自评|评价|评分)?(?:表|报告)(?:里|中)?|有"
)
_VERDICT = re.compile(r"是否(?:达标|完成|达到|实现)|达标情况|达成情况")
_NOT_MET = re.compile(r"^(?:否|未|没有?|不|×|✗)")
_MET = re.compile(r"^(?:是|已|达|完成|√|✓)")
_FULL = re.compile(r"^(?:分值|满分|权重|标准分)(?:[(（]分[)）])?$")
_SCORE = re.compile(r"^(?:自评|评价|实际)?得分(?:[(（]分[)）])?$")
_TARGET = re.compile(r"(?:指标值|目标值?|预期值?|计划值?)$")
_ACTUAL = re.compile(r"(?:实际)?(?:完成值|实际值|完成情况|实际完成|实际)$")
_AMOUNT = re.compile(
    r"^\s*(?P<bound>≥|≤|>|<|＞|＜|不低于|不少于|不超过|不高于)?\s*(?P<number>[\d,]+(?:\.\d+)?)"
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table that tell whether its rows were met."""

    verdict: int | None
    target: int | None
    actual: int | None
    full: int | None = None
    score: int | None = None


def asks_shortfalls(question: str, noun: str) -> bool:
    """True for 哪些指标没有完成."""
    return bool(ASKS_SHORT.search(question)) and bool(re.search("指标|目标|任务", noun or question))


def find_shortfalls(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """The rows of each table that fell short; a table of which one row cannot be judged is unsure.

    A row whose target is no bound (4次, 健全, a date) fell short where its score is below its full
    mark; without marks it is left out, never guessed.
    """
    index, wanted = index_of(scope.document), scope_parts(scope)
    profile = profile_for(scope, strip_words(terms, _WORDS))
    found: list[TextFinding] = []
    for table in index.document.tables:
        columns = _columns(table)
        if columns is None or (wanted is not None and index.parts[table.block] not in wanted):
            continue
        heads = squeezed("\n".join((table.title, *index.outline.titles(table.block))))
        words = squeezed("\n".join(cell.text for row in table.rows for cell in row))
        coverage = profile.cover(((OWN, heads), (LABEL, words), (AROUND, _names(index, table))))
        if not profile.empty and coverage.share < MEDIUM_SHARE:
            continue
        verdicts = [(r, _met(table, r, columns)) for r in range(len(table.rows))]
        items = tuple(p for r, met in verdicts if met is False for p in _name(table, r))
        judged = [met for _, met in verdicts if met is not None]
        if not items or len(judged) < 2:
            continue
        sure = columns.verdict is not None
        texts = tuple(text_at(index, item) for item in items)
        made = make_finding(
            scope, items[0], Confidence.HIGH if sure else lower(Confidence.HIGH), coverage,
            answer="；".join(texts), items=texts, item_places=items,
        )  # fmt: skip
        found.append(made)
    return found


def _names(index: Index, table: Table) -> str:
    part = index.document.part_of(table.block)
    facts = (part.title.value, part.project.value, part.entity.value)
    return "\n".join(squeezed(fact) for fact in facts)


def _columns(table: Table) -> _Columns | None:
    """The columns that judge a row, or None."""
    heads = ["".join(column.path).strip() for column in table.columns]

    def column(pattern: re.Pattern[str]) -> int | None:
        found = [c for c, head in enumerate(heads) if pattern.search(head)]
        return found[0] if len(found) == 1 else None

    verdict, target, actual = column(_VERDICT), column(_TARGET), column(_ACTUAL)
    judged = verdict is not None or (target is not None and actual is not None)
    full, score = column(_FULL), column(_SCORE)
    return _Columns(verdict, target, actual, full, score) if judged else None


def _met(table: Table, row: int, columns: _Columns) -> bool | None:
    """Whether a row was met; None where its cells do not say."""
    cells = table.rows[row]
    if table.row_infos[row].total:
        return None
    if columns.verdict is not None:
        told = cells[columns.verdict].text.strip()
        return False if _NOT_MET.match(told) else True if _MET.match(told) else None
    if columns.target is None or columns.actual is None:
        return None
    by_bound = _by_bound(cells[columns.target].text, cells[columns.actual].text)
    if by_bound is not None or columns.full is None or columns.score is None:
        return by_bound
    # No bound to hold the value against: what the sheet itself made of it.
    full, score = _AMOUNT.match(cells[columns.full].text), _AMOUNT.match(cells[columns.score].text)
    if full is None or score is None:
        return None
    return _number(score) >= _number(full)


def _by_bound(target: str, actual: str) -> bool | None:
    """Whether a value keeps its bound; None where no bound is printed or the units differ."""
    wanted, got = _AMOUNT.match(target), _AMOUNT.match(actual)
    if wanted is None or got is None or not wanted["bound"]:
        return None
    if _unit(target, wanted) != _unit(actual, got):
        return None
    least = wanted["bound"] in ("≥", ">", "＞", "不低于", "不少于")
    return _number(got) >= _number(wanted) if least else _number(got) <= _number(wanted)


def _number(amount: re.Match[str]) -> Decimal:
    return Decimal(amount["number"].replace(",", ""))


def _unit(text: str, amount: re.Match[str]) -> str:
    return squeezed(text[amount.end() :])


def _name(table: Table, row: int) -> Iterator[Place]:
    """The cell that names the row: its innermost label."""
    path = table.row_at(row, 0).path
    if not path:
        return
    for c, cell in enumerate(table.rows[row]):
        label = table.columns[c].role is ColumnRole.LABEL or cell.text == path[-1]
        if label and squeezed(cell.text) == squeezed(path[-1]):
            yield Place(table.block, 0, len(cell.text), table.no, row, c)
            return
