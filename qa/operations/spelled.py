"""Figures that a question spells out by the rows and columns of one table, and what it does with them.

Stricter than a search: every naming word of the question has to be the name of a row or column, or
to stand around the table. What is so spelled out goes before whatever a search finds by likeness.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from itertools import product

from ingest.model import Figure
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.cell_words import before_table
from qa.figures.evidence import Cluster
from qa.figures.weighing import NARROW
from qa.model import Outcome
from qa.operations.context import Context, add_figure, sentence
from qa.operations.grid import Grid, Line, grids, plain_head, unexplained
from qa.operations.relations import divided
from qa.operations.row_differences import difference_draft
from qa.plan import Operation
from qa.present import Computed
from qa.words.matching import squeeze

_ROW, _COLUMN = "\ue000", "\ue001"
_LEAST = 2  # characters of a name
_MOST_NAMES = 9  # in one question
_RATES = (Dimension.PERCENT, Dimension.POINT)
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_OTHER_YEAR = re.compile(r"上年|去年|前年|上一年|[两三四五]年|累计|(?:19|20)\d\d")
_MAY_BE_NO_NAME = re.compile(r"(?:本年)?(?:合计|小计|总计|共计)|(?:19|20)\d\d年?度?")


class Deed(Enum):
    """What is done with the cells."""

    SHOWN = auto()
    LESS = auto()
    PERCENT = auto()
    TIMES = auto()
    ADDED = auto()


_DEEDS: dict[Deed, re.Pattern[str]] = {
    Deed.LESS: re.compile(
        r"相差|差额|差距|之差|差值|差(?=多少|几)|(?:比|较|相比|低|高)[^比较]*?(?:多|少|高|低|大|小)(?:出|了)?(?:多少|几)"
    ),
    Deed.TIMES: re.compile(r"(?:几|多少)倍"),
    Deed.PERCENT: re.compile(r"占|百分之[几多]|百分比|比重|比例|几成|份额"),
    Deed.ADDED: re.compile(r"一共|合计|总共|共计|加起来|之和|总和|相加|合起来|加在一起"),
}
_DONE = re.compile(
    r"相差|差额|差距|之差|差值|相比|相当于|占比|占了?|百分之[几多少]*|百分比|比重|比例|份额|几成|[几多少]+倍|"
    r"一共|合计|总共|共计|加起来|之和|总和|相加|合起来|加在一起|(?:多|高|低|大|小|少)(?:出|了)?(?:多少|几个?)?|[比较差与]"
)
# Such questions are answered by more than cells as they stand.
_MORE = re.compile(
    r"最|排[名在第]|平均|人均|每|增长|增幅|降幅|幅度|同比|为什么|为何|原因|是否|是不是|对[吗不]|一致|哪|如果|假如|扣|哪|谁|"
    r"分别|各[是为有自占]|剩|以[上下]|超过|不足|之间的?比|吗|么$|没有?$|对得上|对不上|等于|相等|相符|[,;，；。]"
)
_COUNTED = re.compile(
    r"(?:多少|几)[万亿]?(?:人次|批次|[起个人名次家件条份处座台套辆只头户场期批张所间宗例项种笔艘艇亩吨])(?=[?？]?$)"
)
# Two rows or two columns of which one is of the other: 合计 as a row, before or behind another.
_TWICE = re.compile(f"{_ROW}的?(?={_ROW})|{_COLUMN}的?(?={_COLUMN})")
_PARALLEL = re.compile(f"({_ROW}|{_COLUMN})(?:与|和|跟|同|及|、)\\1")
_TURN = re.compile(r"占|相当于|是|为(?!多少)")


@dataclass(frozen=True, slots=True)
class _Text:
    """A squeezed question, and the places of the names of bodies and projects in it."""

    chars: str
    apart: tuple[tuple[int, int], ...]

    def about(self, start: int, end: int) -> bool:
        """Whether a run is no more than such a name, or a piece of one."""
        return any(first <= start and end <= last for first, last in self.apart)


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of the question that is the name of lines, of columns, or of both."""

    start: int
    end: int
    label: str
    lines: tuple[Line, ...]
    columns: tuple[int, ...]
    droppable: bool


@dataclass(frozen=True, slots=True)
class _Spelled:
    """The cells that a question spells out in one table, in its order, and what it does with them."""

    grid: Grid
    deed: Deed
    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    named: int  # characters of the question that are names of the table
    unusual: int  # how far the order of rows and columns is from the usual

    @property
    def values(self) -> tuple[Deed, tuple[Decimal, ...]]:
        return self.deed, tuple(figure.quantity.base for figure in self.figures)


def spelled_out(context: Context) -> Draft | None:
    """What two or more cells give that the question spells out; None where it leaves anything open.

    One cell alone is shown where its names sound like a calculation (平均…, …完成率, …合计).
    """
    plan = context.plan
    if plan.memory or plan.lenient or plan.basis_years or len(plan.years) > 1 or not plan.targets:
        return None
    if len(plan.projects_apart) > 1 or len(plan.apart) > 1:
        return None
    text = _asked(context)
    if text is None:
        return None
    found = [each for grid in grids(context, beside=True) for each in _in_grid(context, grid, text)]
    if not found:
        return None
    question = squeeze(plan.question)
    narrow = {id(each): _narrower(each, question) for each in found}
    wide = min((narrow[id(each)], each.unusual, -each.named) for each in found)
    usual = min((each.unusual, narrow[id(each)], -each.named) for each in found)
    best = [
        each
        for each in found
        if (narrow[id(each)], each.unusual, -each.named) == wide
        or (each.unusual, narrow[id(each)], -each.named) == usual
    ]
    if len({each.values for each in best}) > 1:
        if best[0].deed is Deed.SHOWN:
            return None
        titles = "、".join(dict.fromkeys(f"“{each.grid.title}”" for each in best))
        return _nothing(f"{titles}里都有所问的行和列，各给出不同的数，请说明问的是哪一处")
    if best[0].deed is Deed.ADDED and best[0].figures[0].quantity.unit.dimension in _RATES:
        return _nothing("所问的是百分比，各项相加没有意义，请改问各是多少或平均是多少")
    return _draft(context, best[0])


def _nothing(reason: str) -> Draft:
    return Draft(Outcome.ABSTAINED, reason=f"{reason}。", settled=True)


def _asked(context: Context) -> _Text | None:
    """The question squeezed, with the places of the names of bodies and projects in it."""
    question = context.plan.question
    if re.search(r"[,;，；。？?]\s*\S", question.strip().rstrip("?？。 ")):
        return None
    chars, places = "", []
    for at, char in enumerate(question):
        kept = squeeze(char)
        chars += kept
        places += [at] * len(kept)
    apart = [
        (bisect_left(places, named.start), bisect_left(places, named.end))
        for named in context.plan.named
        if named.kind in ("unit", "project")
    ]
    return _Text(chars, tuple(apart))


def _narrower(each: _Spelled, question: str) -> int:
    """Kinds of money the cells are confined to of which the question says nothing."""
    own = "".join(scope for figure in each.figures for scope in figure.scope)
    titles = "".join(before_table(each.grid.document, each.figures[0]))
    around = squeeze(f"{each.grid.table.title}{titles}{own}")
    return sum(word in around and word not in question for word in NARROW)


def _in_grid(context: Context, grid: Grid, text: _Text) -> Iterator[_Spelled]:
    """The readings of a question as cells of one table, those that put it the most usual way."""
    names = _names(grid, text)
    if not 1 < len(names) <= _MOST_NAMES:
        return
    found: list[_Spelled] = []
    for roles in product(*(_roles(name) for name in names)):
        kept = [(n, role) for n, role in zip(names, roles, strict=True) if role != " "]
        spelled = _read(context, grid, text, kept)
        if spelled is not None:
            found.append(spelled)
    least = min((each.unusual for each in found), default=0)
    yield from (each for each in found if each.unusual == least)


def _unusual(frame: str) -> int:
    """How far the order of rows and columns is from the usual: a row, its column or columns."""
    alike = len(_TWICE.findall(frame))
    return 2 * alike + (not _PARALLEL.search(frame) and "比" not in frame)


def _roles(name: _Name) -> str:
    """What a name may be; a blank: nothing of the table."""
    options = [_ROW] * bool(name.lines) + [_COLUMN] * bool(name.columns)
    return "".join(options) + " " * name.droppable


def _names(grid: Grid, text: _Text) -> list[_Name]:
    """The names of lines and columns in the text, the longest first, none inside another."""
    lines: dict[str, list[Line]] = {}
    for line in grid.lines:
        if len(line.flat) >= _LEAST:
            lines.setdefault(line.flat, []).append(line)
    columns: dict[str, list[int]] = {}
    for column in grid.heads:
        for name in _heads(grid, column):
            columns.setdefault(name, []).append(column)
    rest, found = text.chars, []
    for label in sorted({*lines, *columns}, key=len, reverse=True):
        at = rest.find(label)
        while at >= 0:
            end = at + len(label)
            if not text.about(at, end):
                rest = rest[:at] + "\0" * len(label) + rest[end:]
                droppable = bool(_MAY_BE_NO_NAME.fullmatch(label))
                own = tuple(lines.get(label, ())), tuple(columns.get(label, ()))
                found.append(_Name(at, end, label, *own, droppable))
            at = rest.find(label, end)
    return sorted(found, key=lambda name: name.start)


def _heads(grid: Grid, column: int) -> set[str]:
    """What a column may be called: its own label, or with those above it."""
    path = grid.table.columns[column].path if not grid.turned else (grid.heads[column],)
    own = (plain_head(path[-1]), squeeze(path[-1]), squeeze("".join(path))) if path else ()
    return {name for name in own if len(name) >= _LEAST}


def _read(
    context: Context, grid: Grid, text: _Text, kept: Sequence[tuple[_Name, str]]
) -> _Spelled | None:
    rows = [name for name, role in kept if role == _ROW]
    columns = [name for name, role in kept if role == _COLUMN]
    frame = _frame(text, kept)
    deed = None if _MORE.search(frame) else _deed(frame)
    # A cell alone is looked for by other means as well: here it has to be all of the question.
    plain = deed is Deed.SHOWN and context.plan.operation is Operation.LOOKUP
    if deed is None or _left(frame, "" if plain else grid.around):
        return None
    cells = _cells(rows, columns, kept)
    if cells is None or not _fit(context, deed, cells, frame):
        return None
    named = sum(name.end - name.start for name, _ in kept)
    names = tuple(name.label for name in (rows if len(rows) > 1 else columns))
    return _Spelled(grid, deed, cells, names, named, _unusual(frame))


def _frame(text: _Text, kept: Sequence[tuple[_Name, str]]) -> str:
    """The question with a mark for each name of the table, and blanks for bodies and projects."""
    marks: dict[int, str] = {}
    for name, role in kept:
        marks.update(dict.fromkeys(range(name.start, name.end), ""))
        marks[name.start] = role
    blanks = dict.fromkeys((at for first, last in text.apart for at in range(first, last)), " ")
    return "".join({**blanks, **marks}.get(at, char) for at, char in enumerate(text.chars))


def _deed(frame: str) -> Deed | None:
    """The one thing that the words between the names say is done; None where they say two."""
    bare = _YEAR.sub("", frame)
    found = [deed for deed, pattern in _DEEDS.items() if pattern.search(bare)]
    if not found:
        return Deed.SHOWN
    if Deed.PERCENT in found and Deed.TIMES in found:
        return None
    return found[0] if len(found) == 1 else None


def _left(frame: str, around: str) -> str:
    """What of the question neither names anything of the table nor asks."""
    bare = _YEAR.sub(" ", frame).replace(_ROW, " ").replace(_COLUMN, " ")
    bare = _COUNTED.sub(" ", bare)
    number = re.search(r"\d", bare)
    return number.group() if number else unexplained(_DONE.sub(" ", bare), around)


def _cells(
    rows: Sequence[_Name], columns: Sequence[_Name], kept: Sequence[tuple[_Name, str]]
) -> tuple[Figure, ...] | None:
    """The cells meant, in the order of the question; None where rows and columns do not pair."""
    if len({name.label for name in rows}) == 1:
        if columns and columns[0].start < rows[0].start:
            return None  # what columns are of is said before them
        pairs = [(rows[0], column) for column in columns]
    elif len({name.label for name in columns}) == 1:
        pairs = [(row, columns[0]) for row in rows]
    elif len(rows) == len(columns) and _alternate([role for _, role in kept]):
        pairs = list(zip(rows, columns, strict=True))
    else:
        return None
    found = [_cell(row, column) for row, column in pairs]
    cells = tuple(figure for figure in found if figure is not None)
    return cells if cells and len(cells) == len(found) else None


def _alternate(roles: Sequence[str]) -> bool:
    """Whether each row is followed by its column."""
    return list(roles) == [_ROW, _COLUMN] * (len(roles) // 2)


def _cell(row: _Name, column: _Name) -> Figure | None:
    """The figure where lines and columns of these names meet; None where they meet in several."""
    met = [line.cells[at] for line in row.lines for at in column.columns if at in line.cells]
    values = {figure.quantity.base for figure in met}
    return met[0] if len(values) == 1 else None


def _fit(context: Context, deed: Deed, cells: Sequence[Figure], frame: str) -> bool:
    """Whether so many cells of such kinds, of the year asked for, are what is worked with."""
    years = context.plan.years
    for figure in cells:
        path = "".join(figure.column_path)
        # 2023年 over 预算数 is another year than the one asked for, unless both are worked with.
        plain = deed is Deed.SHOWN and figure.period in path
        told = _OTHER_YEAR.search(path) and not plain
        if years and figure.period and figure.period not in years and not told:
            return False
    if deed is Deed.SHOWN:
        return len(cells) == 1
    if len({figure.no for figure in cells}) < len(cells):
        return False
    unit = cells[0].quantity.unit
    if not all(unit.compatible(figure.quantity.unit) for figure in cells):
        return False
    if deed is Deed.ADDED:
        return len(cells) > 1
    if deed in (Deed.PERCENT, Deed.TIMES) and not _one_over_another(frame):
        return False
    return len(cells) == 2


def _one_over_another(frame: str) -> bool:
    """Whether the words put the first cell over the second: R的C占R的…, R是R的几倍."""
    marks = [at for at, char in enumerate(frame) if char == _ROW]
    if len(marks) < 2:
        marks = [at for at, char in enumerate(frame) if char == _COLUMN]
    return len(marks) == 2 and bool(_TURN.search(frame, marks[0], marks[1]))


def _draft(context: Context, spelled: _Spelled) -> Draft | None:
    """The answer from the cells."""
    grid, figures = spelled.grid, spelled.figures
    operands = [grid.candidate(figure) for figure in figures]
    asked = figures[0].metric  # what a follow-up takes up
    if spelled.deed is Deed.SHOWN:
        cluster = Cluster(operands[0], (operands[0],))
        draft = Draft(phrase=asked)
        draft.text = sentence(
            add_figure(draft, context, cluster, context.plan.targets[0]), operands[0]
        )
        return draft
    if spelled.deed is Deed.LESS:
        first, second = spelled.names[0], spelled.names[-1]
        return difference_draft(context, operands[0], operands[1], "差额", first, second)
    if spelled.deed is Deed.ADDED:
        return _added(context, spelled)
    make = _OVER[spelled.deed]
    made = make(figures[0], figures[1])
    label = " ÷ ".join((spelled.names[0], spelled.names[-1]))
    return None if made is None else divided(Draft(phrase=asked), made, operands, label, make)


_OVER: Mapping[Deed, Callable[[Figure, Figure], Computed | None]] = {
    Deed.PERCENT: compute.percent_of,
    Deed.TIMES: compute.multiple_of,
}


def _added(context: Context, spelled: _Spelled) -> Draft:
    unit = context.plan.unit
    operands = [spelled.grid.candidate(figure) for figure in spelled.figures]
    label = "、".join(spelled.names) + "合计"
    draft = Draft(phrase=label)
    made = compute.added(spelled.figures, mean=False, unit=unit)
    value = draft.derive(
        made,
        operands,
        label=label,
        metric="合计",
        period=operands[0].period,
        again=lambda figures: compute.added(figures, mean=False, unit=unit),
    )
    for operand in operands:
        draft.show(operand)
    year = f"{operands[0].period}年" if operands[0].period else ""
    draft.text = (
        f"{value.entity}{year}{label}：{value.number}{value.unit}"
        f"（{len(operands)} 项：{made.formula}）。"
    )
    return draft
