"""Tables as questions speak of them: lines by name, columns by header, and what stands around both.

A question is answered from a table here only where the table explains it: every naming word stands
in the name of a line, the header of a column, a cell that singles lines out, or around the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.figures.finding import strip_number
from ingest.model import ColumnRole, Document, Figure, Table
from qa.assurance.words import asking_pattern
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.synonyms import canonical

_MOST_REPORTS = 24  # a question that leaves open more reports than these is not about one table
_THIN = frozenset(
    "的了吗呢吧是有在和与及到各这那其得共里中上下为对说写算按不也又再就还把被个一几多少时年表值类目项占花给都分由用元万亿家名人次"
    "县区数额钱管能要会可请帮我你们过去来出着它他什么谁哪些样于从向比较跟同较拿看"
)
_UNIT = re.compile(r"[(（][^()（）]*[)）]\s*$")
_TOTAL = re.compile(
    r"(?:本年|年度|全年|项目|专项)*(?:支出|收入|资金|金额|到位)?(?:合计|总计|总额|小计)|全市|全县|全区"
)
_SIDEWAYS = re.compile(r"(?:年初|全年|调整后?|上年)?度?(?:预算|决算|执行)数?|上年数")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a row, or a column of a table that lies on its side.

    Attributes:
        name: its own label as printed, without its list number.
        path: the labels above it and its own.
        code: of an account.
        total: a sum of other lines.
        cells: figures by column.
        texts: the words of the other cells by column.
    """

    name: str
    path: tuple[str, ...]
    code: str = ""
    total: bool = False
    cells: Mapping[int, Figure] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

    @property
    def flat(self) -> str:
        """The name as it is compared: without unit and punctuation."""
        return plain_head(self.name)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table (or one side of it) with its lines, its columns' headers and the words around it."""

    report: int
    document: Document
    table: Table
    lines: tuple[Line, ...]
    heads: Mapping[int, str]
    around: str
    kinds: str  # what its lines are: the headers of the columns of labels
    turned: bool = False  # its lines are the columns of the table as printed

    def candidate(self, figure: Figure) -> Candidate:
        """A figure of the grid as operations take it."""
        return Candidate.sure(self.report, self.document, figure)

    @property
    def title(self) -> str:
        """What an answer calls the table."""
        return self.table.title.strip() or f"第 {self.table.no + 1} 个表"


def grids(context: Context, *, beside: bool = False) -> Iterator[Grid]:
    """The tables in scope, those that lie on their side turned as well.

    With `beside`, figures of other years than those asked for stay in their tables.
    """
    plan = context.plan
    keys = set(plan.asked_parts)
    scoped = list(context.evidence.scoped(keys))
    for report, parts in scoped if len(scoped) <= _MOST_REPORTS else ():
        document = context.evidence.index(report).document
        held: dict[int, list[Figure]] = {}
        for figure in document.figures:
            cell = figure.locator.table is not None and not figure.subject
            known = beside or not plan.years or not figure.period or figure.period in plan.years
            if cell and known and figure.part in parts:
                held.setdefault(figure.locator.table or 0, []).append(figure)
        for number, figures in held.items():
            for grid in _sides(report, document, document.tables[number], figures):
                grid = grid if _OVER_YEARS.search(plan.question) else _of_one_year(grid)
                yield grid
                turned = _turned(grid)
                if turned is not None:
                    yield turned


# A column over several years, which a question about one of them does not mean.
_OVER_YEARS = re.compile(r"[两三四五六]年(?:累计|合计|总|来|间|下来)|累计|历年")


def _of_one_year(grid: Grid) -> Grid:
    heads = {c: head for c, head in grid.heads.items() if not _OVER_YEARS.search(head)}
    return replace(grid, heads=heads) if heads else grid


def _sides(
    report: int, document: Document, table: Table, figures: Sequence[Figure]
) -> Iterator[Grid]:
    width = len(table.columns)
    for start, end in table.groups or ((0, width),):
        cells: dict[int, dict[int, Figure]] = {}
        for figure in figures:
            row, column = figure.locator.row, figure.locator.column
            if row is not None and column is not None and start <= column < end:
                cells.setdefault(row, {}).setdefault(column, figure)
        columns = sorted({column for each in cells.values() for column in each})
        if not columns:
            continue
        lines = tuple(_line(table, row, start, end, its) for row, its in sorted(cells.items()))
        heads = {c: " ".join(table.columns[c].path) for c in columns}
        around = _around(document, table, start, end)
        yield Grid(report, document, table, lines, heads, around, _kinds(table, start, end))


def _line(table: Table, row: int, start: int, end: int, cells: dict[int, Figure]) -> Line:
    info = table.row_at(row, min(cells))
    texts = {
        column: cell.text.strip()
        for column, cell in enumerate(table.rows[row])
        if start <= column < end and column not in cells and cell.text.strip()
        if table.columns[column].role in (ColumnRole.LABEL, ColumnRole.TEXT)
    }
    path = tuple(strip_number(label) for label in info.path)
    name = path[-1] if path else info.code
    whole = info.total or bool(_TOTAL.fullmatch(plain_head(name)))
    return Line(name, path, info.code, whole, cells, texts)


def _around(document: Document, table: Table, start: int, end: int) -> str:
    part = document.part_of(table.block)
    sections = document.section_path(document.blocks[table.block].section)
    heads = (
        label
        for number, column in enumerate(table.columns)
        if start <= number < end and column.role in (ColumnRole.LABEL, ColumnRole.TEXT)
        for label in column.path
    )
    named = (part.title.value, part.project.value, part.entity.value, document.name)
    return squeeze("，".join((table.title, *sections, *heads, *named, *table.notes)))


def _kinds(table: Table, start: int, end: int) -> str:
    return squeeze(
        "，".join(
            label
            for number, column in enumerate(table.columns)
            if start <= number < end and column.role is ColumnRole.LABEL
            for label in column.path
        )
    )


def _turned(grid: Grid) -> Grid | None:
    """A table whose rows are 预算数 and 决算数, with what they are of as its lines."""
    rows = grid.lines
    if len(rows) < 2 or not all(_SIDEWAYS.fullmatch(row.flat) for row in rows):
        return None
    lines = []
    for column, head in grid.heads.items():
        cells = {n: row.cells[column] for n, row in enumerate(rows) if column in row.cells}
        name = head.split(" ")[-1]
        lines.append(
            Line(name, (name,), total=bool(_TOTAL.fullmatch(plain_head(name))), cells=cells)
        )
    heads = {number: row.name for number, row in enumerate(rows)}
    return Grid(
        grid.report, grid.document, grid.table, tuple(lines), heads, grid.around, "", turned=True
    )


def plain_head(head: str) -> str:
    """A header or label without its unit in brackets: 支出（万元） as 支出."""
    return squeeze(_UNIT.sub("", head)) or squeeze(head)


def asked_words(context: Context) -> str:
    """The question in the trade's words, names of bodies and years blanked out, projects kept."""
    plan = context.plan
    text, question = plan.text, plan.question
    if len(text) == len(question):
        for named in plan.named:
            if named.kind == "project":
                kept = question[named.start : named.end]
                text = text[: named.start] + kept + text[named.end :]
    return canonical(text)


def unexplained(phrase: str, *texts: str) -> str:
    """The characters of a phrase that name something and stand in none of the (squeezed) texts."""
    rest: list[str] = []
    for run in cues.content(phrase).split():
        flat = squeeze(run)
        held = [not "\u4e00" <= char <= "\u9fff" for char in flat]
        for at in range(len(flat) - 1):
            if any(flat[at : at + 2] in text for text in texts):
                held[at] = held[at + 1] = True
        for match in asking_pattern().finditer(flat):
            held[match.start() : match.end()] = [True] * len(match.group())
        rest += [c for c, known in zip(flat, held, strict=True) if not known and c not in _THIN]
    return "".join(rest)


def named_lines(grid: Grid, phrase: str) -> list[Line]:
    """The lines whose whole names the phrase spells out, none inside another's name."""
    flat = squeeze(phrase)
    found = [
        line for line in grid.lines if not line.total and len(line.flat) > 1 and line.flat in flat
    ]
    return [
        line
        for line in found
        if not any(line.flat != o.flat and line.flat in o.flat for o in found)
    ]


def nearest_column(grid: Grid, phrase: str, columns: Sequence[int]) -> int | None:
    """The column whose header the phrase tells from the others; that of totals where it tells none.

    支出 tells 基本支出 from no 项目支出: only what a header has for itself counts.
    """
    wanted = grams(_ACCOUNT.sub(" ", phrase))
    heads = {column: grams(plain_head(grid.heads[column])) for column in columns}
    shared = {
        gram
        for gram in frozenset().union(*heads.values())
        if sum(gram in own for own in heads.values()) > 1
    }
    ranked = sorted(
        (
            (
                0 if _unsaid_part(grid.heads[column], phrase) else len((own - shared) & wanted),
                bool(_WHOLE.search(plain_head(grid.heads[column]))),
                len(own & wanted) / max(len(own), 1),
            ),
            column,
        )
        for column, own in heads.items()
    )
    if not ranked or (len(ranked) > 1 and ranked[-2][0] == ranked[-1][0]):
        return None
    return ranked[-1][1]


SPENT_AS = ("项目支出", "基本支出", "人员经费", "公用经费")


def _unsaid_part(head: str, phrase: str) -> bool:
    """Whether a column is of a part of what was spent that the phrase does not name."""
    return any(part in head and part[:2] not in phrase for part in SPENT_AS)


_ACCOUNT = re.compile("科目")  # of 科目支出 the end looks like that of 项目支出
_WHOLE = re.compile(
    r"合计|小计|总额|总计|本年支出$|^金额$|^支出$|决算数?$|^全年支出$|本年数$|^执行数$|^支出金额$"
)
