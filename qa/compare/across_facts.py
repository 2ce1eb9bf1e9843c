"""What one report says that another can be held against: its figures by name, and those of last year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.assertions.unchanged import flat_figures
from ingest.equations.book import Book
from ingest.equations.claims import closed
from ingest.equations.rates import PARTED, values_of
from ingest.figures.naming import Names, fact_key
from ingest.identity.renames import Told, names_told
from ingest.model import (
    Direction,
    Document,
    Equation,
    Figure,
    Part,
    ReportKind,
    Role,
    Verdict,
)
from ingest.quantity import Dimension
from ingest.reading.text import compact
from qa.naming.bodies import bare, read_body

BodyKey = tuple[str, str, bool]  # the body's own place, its core, whether 本级 alone
_WHOLE = (ReportKind.FINAL_ACCOUNTS, ReportKind.UNIT_SELF_EVALUATION)
_PROJECTS = (ReportKind.PROJECT_EVALUATION, ReportKind.PROJECT_SELF_EVALUATION)
_MEASURED = (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)
_OWN_LEVEL = re.compile(r"本级|机关本部")
_VAGUE = re.compile(
    r"(?:本年|当年|全年|年度|实际|累计|其中|总体情况|具体情况|基本情况|合计|总计)*"
    r"(?:支出|收入|预算|决算|执行|金额|资金|项目|人员|完成|数量|总额|小计|合计|人数|经费|公用|其他)*|"
    r".*(?:情况|说明|概况)(?:支出|收入|金额)*"
)
_TOTALS = ("本年收入", "本年支出", "总收入", "总支出", "其他收入")
_TOTAL = re.compile(r"(?:年度?|本年|部门|单位|[局院委厅办])(收入|支出)合计$")
_LAST = re.compile(r"(?:上年度?|去年|上一年)(?:决算|执行|实际)?(?:数)?$")
_COMPARED = re.compile(r"(?:比|较|与|同)((?:上年|去年|上一年|20\d\d年|年初预算|预算)[^,;。]{0,8})")
_RESTATED = re.compile(r"同口径|可比口径|口径调整|口径变化|追溯|剔除|扣除[^,;。]{0,10}因素")
_SHORTEST = 4
_MOST = 6  # figures of one name kept


@dataclass(frozen=True, slots=True)
class Implied:
    """A change against last year with the value that it leads to."""

    keys: frozenset[str]
    moved: Figure
    value: Figure


@dataclass(frozen=True, slots=True)
class Spent:
    """A project's spending of its budget, as one part of a report gives them."""

    project: str
    kind: ReportKind
    year: int
    budget: Figure
    value: Figure


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as others are held against it. `report` is the key that the caller knows it by."""

    report: int
    name: str
    body: BodyKey
    entity: str
    renames: tuple[tuple[BodyKey, BodyKey], ...]
    kind: ReportKind
    year: int
    own: dict[str, tuple[Figure, ...]]  # figures of the year reported, by key
    previous: tuple[tuple[str, Figure], ...]  # figures that it gives for the year before
    implied: tuple[Implied, ...]
    flat: tuple[tuple[str, Figure], ...]  # figures that it says are those of the year before
    spent: tuple[Spent, ...]


def body_key(name: str, title: str = "") -> BodyKey:
    """What two names of one body share: its place and its core without joining words."""
    body = read_body(name)
    place = body.regions[-1].text if body.regions else ""
    own = _OWN_LEVEL.search(name + title) is not None
    return place, bare(body.core), own


def reported(report: int, document: Document) -> Reported | None:
    """The facts of a report; None where it does not say whose and for which year it is."""
    part = document.parts[0] if document.parts else None
    if part is None or not part.entity.value or not part.year.isdigit():
        return None
    year = int(part.year)
    book = Book(document) if part.kind in _WHOLE else None
    own: dict[str, list[Figure]] = defaultdict(list)
    previous: list[tuple[str, Figure]] = []
    for figure in document.figures:
        if book is None or figure.part != part.no or not _plain(figure):
            continue
        for key in keys_of(document, figure):
            if figure.period == part.year and len(own[key]) < _MOST:
                own[key].append(figure)
            elif figure.period == str(year - 1):
                previous.append((key, figure))
    return Reported(
        report=report,
        name=document.name,
        body=body_key(part.entity.value, part.title.value),
        entity=part.entity.value,
        renames=tuple(_renames(document)),
        kind=part.kind,
        year=year,
        own={key: tuple(figures) for key, figures in own.items()},
        previous=tuple(previous),
        implied=tuple(_implied(book, part)) if book else (),
        flat=tuple(_flat(book, part)) if book else (),
        spent=tuple(_spent(document)),
    )


def _plain(figure: Figure) -> bool:
    measured = figure.quantity.unit.dimension in _MEASURED
    return measured and figure.role in (Role.VALUE, Role.ACTUAL) and closed(figure)


def keys_of(document: Document, figure: Figure) -> frozenset[str]:
    """The names that tell a figure from others: none where it is only 支出 or 合计."""
    names = {Names.key(document, figure), fact_key(figure.subject)}
    names = {_LAST.sub("", name) for name in names}
    total = _TOTAL.search(compact(figure.metric)) if figure.sentence else None
    if total:
        names.add(f"本年{total[1]}")
    unit = figure.quantity.unit.dimension.value
    return frozenset(
        f"{name}|{unit}"
        for name in names
        if name in _TOTALS or (len(name) >= _SHORTEST and not _VAGUE.fullmatch(name))
    )


def _implied(book: Book, part: Part) -> Iterator[Implied]:
    """Changes against last year with the one value that each is sure to be of."""
    by_moved = _values_by_equation(book.document)
    for run in book.runs:
        for index, moved in enumerate(run.figures):
            if moved.role is not Role.CHANGE or moved.part != part.no or not closed(moved):
                continue
            basis = moved.basis or _basis(run.leads[: index + 1])
            year = re.search(r"20\d\d", basis)
            last = re.search(r"上年|去年|上一年", basis) if year is None else year
            if last is None or "预算" in basis or moved.period != part.year:
                continue
            if year is not None and int(year.group()) != int(part.year) - 1:
                continue
            if moved.direction is Direction.NONE or _RESTATED.search(moved.sentence):
                continue
            value = by_moved.get(moved.no)
            if value is None and not PARTED.search(run.leads[index]):
                values, sure = values_of(run, index, moved, book.names)
                value = values[0] if sure and values else None
            if value is not None and closed(value):
                keys = keys_of(book.document, value)
                if keys:
                    yield Implied(keys, moved, value)


def _flat(book: Book, part: Part) -> Iterator[tuple[str, Figure]]:
    """机关运行经费119.82万元，与上年持平."""
    for run in book.runs:
        for index, _ in flat_figures(run):
            figure = run.figures[index]
            if figure.part == part.no and figure.period == part.year and _plain(figure):
                yield from ((key, figure) for key in sorted(keys_of(book.document, figure)))


def _basis(leads: Sequence[str]) -> str:
    """What a sentence compares with before it names what it compares: 与上年相比，收入合计减少…"""
    found = _COMPARED.findall("".join(leads))
    return str(found[-1]) if found else ""


def _values_by_equation(document: Document) -> dict[int, Figure]:
    """The value of each change, where a rate of growth in the report bears the two out."""
    found: dict[int, Figure] = {}
    for equation in document.equations:
        if equation.family == "growth" and equation.verdict.holds:
            moved, value = _pair(document, equation)
            if moved is not None and value is not None:
                found.setdefault(moved.no, value)
    return found


def _pair(document: Document, equation: Equation) -> tuple[Figure | None, Figure | None]:
    figures = [document.figures[number] for number in equation.operands]
    moved = next((f for f in figures if f.role is Role.CHANGE), None)
    value = next((f for f in figures if f.role in (Role.VALUE, Role.ACTUAL)), None)
    return moved, value


def _renames(document: Document) -> Iterator[tuple[BodyKey, BodyKey]]:
    """The earlier and later name of each body that the report says was renamed."""
    for each in names_told(document):
        if each.told is Told.RENAMED and each.subject == "unit":
            yield body_key(each.first), body_key(each.second)


def project_key(name: str) -> str:
    """A project's name without year, quotes and 项目."""
    return re.sub(
        r"20\d\d(?:-20\d\d)?年?度?|[“”\"'《》()（）]|(?:专项)?(?:项目|资金|经费)$",
        "",
        compact(name),
    )


def _spent(document: Document) -> Iterator[Spent]:
    """Budget and spending of each project part, by the first rate of execution that holds."""
    parts = {part.no: part for part in document.parts if part.kind in _PROJECTS}
    seen: set[int] = set()
    for equation in document.equations:
        if equation.family != "completion" or equation.verdict not in (
            Verdict.EXACT,
            Verdict.ROUNDING,
        ):
            continue
        figures = [document.figures[number] for number in equation.operands]
        budget = next((f for f in figures if f.role is Role.BUDGET), None)
        value = next((f for f in figures if f.role in (Role.VALUE, Role.ACTUAL)), None)
        part = parts.get(figures[0].part) if figures else None
        if part is None or budget is None or value is None or part.no in seen:
            continue
        key = project_key(part.project.value)
        if len(key) >= _SHORTEST and part.year.isdigit():
            seen.add(part.no)
            yield Spent(key, part.kind, int(part.year), budget, value)
