"""Values to rows of the ledger and back, without loss. Decimals travel as text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from ingest.model import (
    Anchor,
    Assertion,
    Block,
    BlockKind,
    Cell,
    Column,
    ColumnRole,
    Direction,
    Equation,
    Fact,
    Figure,
    Locator,
    Part,
    Place,
    Problem,
    ReportKind,
    Role,
    Row,
    Said,
    Section,
    Span,
    Table,
    Verdict,
)
from ingest.quantity import Dimension, Quantity, Unit

Values = Mapping[str, Any]
Fields = Sequence[Any]
_T = TypeVar("_T")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _spans(text: str) -> tuple[Span, ...]:
    return tuple((low, high) for low, high in json.loads(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=1024)
def _unit(dimension: str, symbol: str, factor: str, noun: str) -> Unit:
    return Unit(Dimension(dimension), symbol, Decimal(factor), noun)


def _unit_out(unit: Unit | None) -> list[str] | None:
    return None if unit is None else [unit.dimension, unit.symbol, str(unit.factor), unit.noun]


def _unit_in(found: list[str] | None) -> Unit | None:
    return None if found is None else _unit(found[0], found[1], found[2], found[3])


# Anchors, packed: a report of some hundred pages has tens of thousands of them


def anchors_out(anchors: Sequence[Anchor]) -> bytes | None:
    """Anchors as one compressed value; None where there are none."""
    if not anchors:
        return None
    rows = [[a.start, a.end, *_original(a.place)] for a in anchors]
    return zlib.compress(_dump(rows).encode())


def _original(place: Place) -> list[Any]:
    return [place.page, place.box, place.sheet, place.path, place.score]


def anchors_in(packed: bytes | None) -> tuple[Anchor, ...]:
    """The anchors that `anchors_out` packed."""
    if packed is None:
        return ()
    return tuple(
        Anchor(start, end, Place(page, tuple(box) if box else None, sheet, path, score))
        for start, end, page, box, sheet, path, score in json.loads(zlib.decompress(packed))
    )


# Parts


def _place_out(place: Locator | None) -> list[Any] | None:
    if place is None:
        return None
    return [place.spans, place.page, place.table, place.row, place.column]


def _place_in(found: list[Any] | None) -> Locator | None:
    return None if found is None else _locator_in(found)


def _locator_in(found: list[Any]) -> Locator:
    spans, page, table, row, column = found
    return Locator(tuple((low, high) for low, high in spans), page, table, row, column)


def _fact_out(fact: Fact) -> list[Any]:
    return [fact.value, _place_out(fact.locator)]


def _fact_in(found: list[Any]) -> Fact:
    return Fact(found[0], _place_in(found[1]))


def part_row(part: Part) -> Values:
    facts = [_fact_out(part.title), _fact_out(part.entity), _fact_out(part.project)]
    return {
        "no": part.no,
        "kind": part.kind.value,
        "title": part.title.value,
        "entity": part.entity.value,
        "project": part.project.value,
        "year": part.year,
        "first_block": part.first_block,
        "last_block": part.last_block,
        "facts": _dump([facts, [_fact_out(year) for year in part.years], part.carriers]),
    }


def part_of(row: Fields) -> Part:
    no, kind, _title, _entity, _project, _year, first, last, facts = row
    (title, entity, project), years, *more = json.loads(facts)
    return Part(
        no=no,
        kind=ReportKind(kind),
        title=_fact_in(title),
        entity=_fact_in(entity),
        project=_fact_in(project),
        years=tuple(_fact_in(year) for year in years),
        first_block=first,
        last_block=last,
        carriers=_carriers(more),
    )


def carriers_in(facts: str) -> tuple[str, ...]:
    """The other units of a part by its row's facts; none in a row of an older program."""
    _, _, *more = json.loads(facts)
    return _carriers(more)


def _carriers(more: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(more[0]) if more else ()


# Sections, blocks, problems


def section_row(section: Section) -> Values:
    return {
        "no": section.no,
        "level": section.level,
        "title": section.title,
        "parent": section.parent,
        "block": section.block,
    }


def section_of(row: Fields) -> Section:
    return Section(*row)


def block_row(block: Block) -> Values:
    return {
        "no": block.no,
        "kind": block.kind.value,
        "text": block.text,
        "spans": _dump(block.spans),
        "section": block.section,
        "page": block.page,
        "table_no": block.table,
    }


def block_of(row: Fields) -> Block:
    no, kind, text, spans, section, page, table = row
    return Block(no, BlockKind(kind), text, _spans(spans), section, page, table)


def problem_row(no: int, problem: Problem) -> Values:
    start, end = problem.span or (None, None)
    return {
        "no": no,
        "code": problem.code,
        "message": problem.message,
        "start": start,
        "end": end,
    }


def problem_of(row: Fields) -> Problem:
    _no, code, message, start, end = row
    return Problem(code, message, None if start is None else (start, end))


# Tables


def _cells_out(rows: Iterable[Iterable[Cell]]) -> list[list[list[Any]]]:
    return [[[cell.text, cell.spans] if cell.spans else [cell.text] for cell in r] for r in rows]


def _cells_in(found: list[list[list[Any]]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            Cell(cell[0], tuple((low, high) for low, high in cell[1]) if len(cell) > 1 else ())
            for cell in row
        )
        for row in found
    )


def _rows_out(rows: Iterable[Row]) -> list[list[Any]]:
    return [[row.path, row.code, row.total] for row in rows]


def _rows_in(found: list[list[Any]]) -> tuple[Row, ...]:
    return tuple(Row(tuple(path), code, total) for path, code, total in found)


def table_row(table: Table) -> Values:
    grid = {
        "columns": [[c.path, c.role, _unit_out(c.unit)] for c in table.columns],
        "rows": _cells_out(table.rows),
        "row_infos": _rows_out(table.row_infos),
        "header": _cells_out(table.header),
        "groups": table.groups,
        "group_rows": [_rows_out(rows) for rows in table.group_rows],
        "notes": table.notes,
    }
    unit = _unit_out(table.unit)
    return {
        "no": table.no,
        "block": table.block,
        "title": table.title,
        "unit": None if unit is None else _dump(unit),
        "grid": _dump(grid),
    }


def table_of(row: Fields) -> Table:
    no, block, title, unit, grid = row
    found = json.loads(grid)
    return Table(
        no=no,
        block=block,
        title=title,
        unit=None if unit is None else _unit_in(json.loads(unit)),
        columns=tuple(
            Column(tuple(path), ColumnRole(role), _unit_in(each))
            for path, role, each in found["columns"]
        ),
        rows=_cells_in(found["rows"]),
        row_infos=_rows_in(found["row_infos"]),
        header=_cells_in(found["header"]),
        groups=tuple((start, end) for start, end in found["groups"]),
        group_rows=tuple(_rows_in(rows) for rows in found["group_rows"]),
        notes=tuple(found["notes"]),
    )


# Figures, equations, assertions


def figure_row(figure: Figure, description: str) -> Values:
    quantity, place = figure.quantity, figure.locator
    return {
        "no": figure.no,
        "part": figure.part,
        "block": figure.block,
        "section": figure.section,
        "role": figure.role.value,
        "metric": figure.metric,
        "period": figure.period,
        "value": str(quantity.value),
        "low": _plain(quantity.low),
        "high": _plain(quantity.high),
        "printed": quantity.printed,
        "approx": quantity.approx,
        "dimension": quantity.unit.dimension.value,
        "unit": quantity.unit.symbol,
        "factor": str(quantity.unit.factor),
        "noun": quantity.unit.noun,
        "basis": figure.basis,
        "direction": figure.direction.value,
        "subject": figure.subject,
        "sentence": figure.sentence,
        "scope": _dump(figure.scope),
        "row_path": _dump(figure.row_path),
        "column_path": _dump(figure.column_path),
        "start": figure.start,
        "end": figure.end,
        "spans": _dump(place.spans),
        "page": place.page,
        "table_no": place.table,
        "row_no": place.row,
        "column_no": place.column,
        "description": description,
        "doubtful": int(figure.doubtful),
    }


_ROLES = {role.value: role for role in Role}
_DIRECTIONS = {direction.value: direction for direction in Direction}


def figure_of(row: Fields) -> Figure:
    (
        no, part, block, section, role, metric, period, value, low, high, printed, approx,
        dimension, unit, factor, noun, basis, direction, subject, sentence, scope, row_path,
        column_path, start, end, spans, page, table, row_no, column, _description, doubtful,
    ) = row  # fmt: skip
    return Figure(
        no=no,
        quantity=Quantity(
            Decimal(value),
            _unit(dimension, unit, factor, noun),
            _decimal(low),
            _decimal(high),
            printed,
            approx,
        ),
        locator=Locator(_spans(spans), page, table, row_no, column),
        part=part,
        block=block,
        section=section,
        start=start,
        end=end,
        metric=metric,
        role=_ROLES[role],
        basis=basis,
        direction=_DIRECTIONS[direction],
        period=period,
        scope=_words(scope),
        row_path=_words(row_path),
        column_path=_words(column_path),
        subject=subject,
        sentence=sentence,
        doubtful=bool(doubtful),
    )


def equation_row(equation: Equation) -> Values:
    return {
        "no": equation.no,
        "family": equation.family,
        "formula": equation.formula,
        "verdict": equation.verdict.value,
        "stated": equation.stated,
        "operands": _dump(equation.operands),
        "value": _plain(equation.value),
        "low": _plain(equation.low),
        "high": _plain(equation.high),
        "reason": equation.reason,
        "places": _dump([_place_out(place) for place in equation.places]),
    }


def equation_of(row: Fields) -> Equation:
    no, family, formula, verdict, stated, operands, value, low, high, reason, places = row
    return Equation(
        no=no,
        family=family,
        formula=formula,
        verdict=Verdict(verdict),
        stated=stated,
        operands=tuple(json.loads(operands)),
        value=_decimal(value),
        low=_decimal(low),
        high=_decimal(high),
        reason=reason,
        places=tuple(_locator_in(place) for place in json.loads(places)),
    )


def _said_out(said: Said) -> list[Any]:
    return [said.text, _place_out(said.locator), said.block, said.figure]


def _said_in(found: list[Any]) -> Said:
    text, place, block, figure = found
    return Said(text, _locator_in(place), block, figure)


def assertion_row(assertion: Assertion) -> Values:
    return {
        "no": assertion.no,
        "family": assertion.family,
        "subject": assertion.subject,
        "verdict": assertion.verdict.value,
        "part": assertion.part,
        "stated": _dump(_said_out(assertion.stated)),
        "others": _dump([_said_out(said) for said in assertion.others]),
        "recomputed": assertion.recomputed,
        "message": assertion.message,
    }


def assertion_of(row: Fields) -> Assertion:
    no, family, subject, verdict, part, stated, others, recomputed, message = row
    return Assertion(
        no=no,
        family=family,
        subject=subject,
        verdict=Verdict(verdict),
        part=part,
        stated=_said_in(json.loads(stated)),
        others=tuple(_said_in(said) for said in json.loads(others)),
        recomputed=recomputed,
        message=message,
    )


def read_all(rows: Iterable[Fields], build: Callable[[Fields], _T]) -> tuple[_T, ...]:
    """The values of rows that lead with their report's id."""
    return tuple(build(row[1:]) for row in rows)
