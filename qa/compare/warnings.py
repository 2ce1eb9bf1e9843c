"""What a reader must know before reading a comparison: scope, units, names, guesses, contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.model import ReportKind
from qa.compare.cells import RESTATED
from qa.compare.found import Found
from qa.compare.model import Alignment, Caution, Cell, Kind, Origin, Row, State
from qa.compare.rows import Line, shared_names
from qa.figures.evidence import Candidate
from qa.figures.weighing import FUNDS
from qa.naming.identity_vetoes import level_veto

KINDS = {
    ReportKind.FINAL_ACCOUNTS.value: "部门决算",
    ReportKind.BUDGET.value: "部门预算",
    ReportKind.PROJECT_EVALUATION.value: "项目绩效评价报告",
    ReportKind.PROJECT_SELF_EVALUATION.value: "项目绩效自评",
    ReportKind.UNIT_SELF_EVALUATION.value: "部门整体支出绩效自评",
    ReportKind.OTHER.value: "其他报告",
}
# Words of one line exclude each other: a figure of one fund is none of another.
_EXCLUSIVE = (
    FUNDS,
    ("年初预算", "调整预算", "决算"),
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
)
_APPROPRIATION = "财政拨款"


def warnings_of(
    rows: Sequence[Row], lines: Sequence[Line], alignments: Sequence[Alignment]
) -> tuple[Caution, ...]:
    """All warnings, those on names first, then row by row."""
    found: list[Caution] = [*map(_aligned, alignments)]
    for number, (row, line) in enumerate(zip(rows, lines, strict=True)):
        found += _contradictions(number, row)
        found += _gaps(number, row, line)
        found += _scopes(number, row, line)
        found += _units(number, row, line)
        found += _kinds(number, row)
        found += _names(number, row, line)
        found += _restated(number, row, line)
        found += _bases(number, row)
    found += _levels(rows, lines)
    return tuple(dict.fromkeys(found))


def _aligned(alignment: Alignment) -> Caution:
    what = "单位" if alignment.kind == "unit" else "项目"
    pair = f"“{alignment.first}”与“{alignment.second}”"
    if alignment.guessed:
        return Caution(
            Kind.GUESS, f"推测：{pair}按同一{what}对齐（{alignment.how}），请核实；"
            "用 gouji alias confirm 确认或 gouji alias remove 否定",
        )  # fmt: skip
    if alignment.open:
        return Caution(Kind.RENAMED, f"{pair}按名称推定为同一{what}：{alignment.how}")
    how = "由用户认定" if alignment.state is State.USER else alignment.how
    return Caution(Kind.RENAMED, f"{pair}按同一{what}对齐：{how}")


def _valued(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.value is not None]


def _contradictions(number: int, row: Row) -> Iterator[Caution]:
    for cell in row.cells:
        if not cell.contradicted or cell.value is None:
            continue
        messages = [rival.message for rival in cell.rivals if rival.message]
        words = messages or list(cell.notes) or [f"另有一数 {cell.value.other}"]
        yield Caution(
            Kind.CONTRADICTION,
            f"{row.label} {cell.period}年 {cell.printed}：{''.join(words)}",
            number,
            cell.period,
        )


def _gaps(number: int, row: Row, line: Line) -> Iterator[Caution]:
    for cell in row.cells:
        where = f"{row.label} {cell.period}年"
        if cell.origin is Origin.MISSING and cell.period not in line.subject.years:
            who = row.label.removesuffix(f" {row.metric}")
            yield Caution(Kind.MISSING, f"{who}：没有{cell.period}年的报告", None, cell.period)
        elif cell.origin is Origin.MISSING:
            text = f"{where}：这一年的报告里没有找到"
            yield Caution(Kind.MISSING, text, number, cell.period)
        elif cell.origin is Origin.UNCLEAR:
            shown = "；".join(f"{r.message} {r.shown}" for r in cell.rivals)
            note = "".join(cell.notes) or "有几个数都可能，未能确定"
            yield Caution(Kind.UNCLEAR, f"{where}：{note}（{shown}）", number, cell.period)
        elif cell.origin is not Origin.OWN:
            note = cell.notes[0] if cell.notes else ""
            yield Caution(Kind.IMPLIED, f"{where}：{note}", number, cell.period)
        if cell.value is not None and cell.value.doubtful:
            yield Caution(
                Kind.DOUBTFUL, f"{where} {cell.printed} 识别存疑，请对照原页", number, cell.period
            )


def _scopes(number: int, row: Row, line: Line) -> Iterator[Caution]:
    """Years of which every place of the value is of another fund, or stage of the budget."""
    sets = {f.period: [_scope(each) for each in f.members] for f in line.founds if f.members}
    if len(sets) < 2 or not _apart(list(sets.values())):
        return
    shown = "；".join(
        f"{period}年：{'、'.join(sorted(scopes[0] - {'表'})) or '未注明'}"
        for period, scopes in sets.items()
    )
    yield Caution(Kind.SCOPE, f"{row.label}：各年口径不同（{shown}），请核实后再比", number)


def _apart(years: Sequence[Sequence[frozenset[str]]]) -> bool:
    """Whether no two places of two years are of one scope."""
    first, *rest = years
    return any(all(_unlike(a, b) for a in first for b in other) for other in rest)


def _unlike(a: frozenset[str], b: frozenset[str]) -> bool:
    for line in _EXCLUSIVE:
        x, y = a.intersection(line), b.intersection(line)
        if x and y and not x & y:
            return True
    # A table says all of its scope; a sentence may leave it to its heading.
    return "表" in a and "表" in b and (_APPROPRIATION in a) != (_APPROPRIATION in b)


def _scope(candidate: Candidate) -> frozenset[str]:
    """The words of scope of a figure; ``表`` where it stands in a table."""
    figure = candidate.figure
    said = " ".join((*figure.scope, figure.metric, *figure.row_path, *figure.column_path))
    words = {word for line in _EXCLUSIVE for word in line if word in said}
    if figure.locator.table is not None:
        said += candidate.document.tables[figure.locator.table].title
        words.add("表")
    return frozenset(words | ({_APPROPRIATION} if _APPROPRIATION in said else set()))


def _units(number: int, row: Row, line: Line) -> Iterator[Caution]:
    """Amounts that were printed in other units of account than the row's."""
    printed = {
        f.period: f.best.figure.quantity.unit.symbol for f in line.founds if f.best is not None
    }
    if len(set(printed.values())) < 2 or row.unit is None:
        return
    shown = "、".join(f"{period}年用{symbol}" for period, symbol in printed.items())
    yield Caution(
        Kind.UNIT, f"{row.label}：计量单位不同（{shown}），已换算为{row.unit.symbol}", number
    )


def _kinds(number: int, row: Row) -> Iterator[Caution]:
    kinds = {cell.period: cell.report_kind for cell in _valued(row)}
    if len(set(kinds.values())) < 2:
        return
    shown = "、".join(f"{period}年取自{KINDS.get(kind, kind)}" for period, kind in kinds.items())
    yield Caution(Kind.REPORT_KIND, f"{row.label}：报告种类不同（{shown}），口径可能不同", number)


def _names(number: int, row: Row, line: Line) -> Iterator[Caution]:
    if shared_names([f for f in line.founds if f.members]):
        return
    shown = "、".join(f"{cell.period}年“{cell.name}”" for cell in _valued(row))
    yield Caution(Kind.NAME, f"{row.label}：各年所取的数名称不同（{shown}），请核实", number)


def _restated(number: int, row: Row, line: Line) -> Iterator[Caution]:
    for found in line.founds:
        if any(RESTATED.search(each.figure.sentence) for each in _said(found)):
            text = f"{row.label} {found.period}年：报告说明口径有调整，与前一年不可直接相比"
            yield Caution(Kind.RESTATED, text, number, found.period)


def _said(found: Found) -> tuple[Candidate, ...]:
    return (*found.members, *found.behind)


def _bases(number: int, row: Row) -> Iterator[Caution]:
    for change in (*row.changes, *filter(None, [row.overall])):
        if change.note and change.amount is not None and change.amount.value:
            text = f"{row.label} {change.start}年至{change.end}年：{change.note}，不给增长率"
            yield Caution(Kind.BASE, text, number, change.end)


def _levels(rows: Sequence[Row], lines: Sequence[Line]) -> Iterator[Caution]:
    """A unit's own level beside the whole of it, or several units at different levels."""
    own = {
        row.entity
        for row, line in zip(rows, lines, strict=True)
        if any(level_veto(part.title + part.entity, "") for part in line.subject.parts)
    }
    others = {row.entity for row in rows} - own
    if own and (others or len({line.subject for line in lines}) > 1):
        names = "、".join(sorted(own))
        yield Caution(Kind.SCOPE, f"“{names}”的报告是本级口径，与汇总口径不可直接相比")
