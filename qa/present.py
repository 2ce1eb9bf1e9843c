"""Figures and computed numbers as Values: rendered digits, checks, formulas and places.

Every digit that is shown is rendered here, from a figure of the ledger or from a computation over
such figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import interval
from ingest.figures.prose import clause_at
from ingest.interval import Interval
from ingest.model import (
    Direction,
    Document,
    Equation,
    Figure,
    Locator,
    Role,
    Span,
    slice_spans,
)
from ingest.quantity import Dimension, Quantity, Unit, round_half_up
from ingest.reading.text import fold
from qa.figures.evidence import Candidate
from qa.figures.standing import Dispute, standing, told_twice
from qa.model import Check, EquationNote, Source, Value

DOUBTFUL = "（识别存疑，请对照原页）"
"""Behind the label of a value whose digits, or those it was computed from, were not surely read."""
PREMISE_FAILS = "提问的前提与报告不符"
"""How an answer begins that corrects what its question takes for granted."""
_LONG_QUOTE = 300
ROLE_LABELS = {
    Role.VALUE: "",
    Role.BUDGET: "预算",
    Role.CHANGE: "增减额",
    Role.GROWTH: "增减幅度",
    Role.COMPLETION: "完成率",
    Role.SHARE: "占比",
    Role.TARGET: "指标值",
    Role.ACTUAL: "实际完成",
    Role.FULL_MARK: "分值（满分）",
    Role.SCORE: "得分",
    Role.SCORE_RATE: "得分率",
    Role.ADJUSTMENT: "调整额",
    Role.ADJUSTMENT_RATE: "调整率",
    Role.DEDUCTION: "扣分",
}
_MOVING = frozenset({Role.CHANGE, Role.GROWTH, Role.ADJUSTMENT, Role.ADJUSTMENT_RATE})
_DIRECTION_WORDS = {Direction.UP: "增加", Direction.DOWN: "减少", Direction.NONE: ""}


def plain(value: Decimal) -> str:
    """A Decimal in positional notation, without an exponent or trailing zeros of our making."""
    return format(value, "f")


def trimmed(value: Decimal) -> str:
    """Positional notation without trailing zeros after the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(number: str) -> str:
    """A number in text with its thousands parted: 352180.50 as 352,180.50; other text as it is."""
    match = _PLAIN_NUMBER.fullmatch(number)
    return f"{match[1]}{int(match[2]):,}{match[3]}" if match else number


_PLAIN_NUMBER = re.compile(r"([-−+]?)(\d{4,})((?:\.\d+)?)")


def inner_marks(title: str) -> str:
    """A title as it stands within quotation marks: its own become the inner ones."""
    return title.replace("“", "‘").replace("”", "’")


def shown(figure: Figure) -> str:
    """Printed digits with approximating word and unit, as a reader sees them."""
    quantity = figure.quantity
    printed = "".join(quantity.printed.split())
    return approximate(printed, quantity.approx, quantity.unit.symbol)


def approximate(number: str, approx: str, unit: str) -> str:
    """Number and unit with an approximating word where it belongs: ``近1500场``, ``30余人``, ``90%以上``."""
    if approx in ("余", "多"):
        return f"{number}{approx}{unit}"
    if approx in ("以上", "以下", "左右", "上下", "以内"):
        return f"{number}{unit}{approx}"
    return f"{approx}{number}{unit}"


def source_of(candidate: Candidate) -> Source:
    """The place of a candidate's figure."""
    return source_at(candidate.document, candidate.figure)


def source_at(document: Document, figure: Figure) -> Source:
    """The figure's place, with the sentence or row that it stands in as a verbatim quote."""
    row, column = " / ".join(figure.row_path), " / ".join(figure.column_path)
    place = place_at(document, figure.locator, figure.block, row, column)
    return replace(place, figure=figure.no)


def place_at(
    document: Document, place: Locator, block: int, row: str = "", column: str = ""
) -> Source:
    """A place of a block, with the sentence or row that it stands in as a verbatim quote."""
    start, end = _quote_range(document, place, block)
    table = None
    if place.table is not None:
        table = document.tables[place.table].title or f"第 {place.table + 1} 个表"
    return Source(
        report=document.name,
        quote=document.text[start:end],
        start=start,
        end=end,
        page=place.page,
        table=table,
        row=row or None if table else None,
        column=column or None if table else None,
        cell=document.cell_at(place.spans),
        sha256=document.sha256,
    )


def _quote_range(document: Document, place: Locator, number: int) -> Span:
    own = (place.spans[0][0], place.spans[-1][1])
    block = document.blocks[number]
    text, inside = block.text, block.spans
    if place.table is not None and place.row is not None:
        row = document.tables[place.table].rows[place.row]
        cells = [c for c in row if c.spans]
        start, end = min(c.spans[0][0] for c in cells), max(c.spans[-1][1] for c in cells)
        if end - start <= _LONG_QUOTE or place.column is None:
            return (start, end) if end - start <= _LONG_QUOTE else own
        text, inside = row[place.column].text, row[place.column].spans
    offset = _offset(inside, own[0])
    spans = () if offset is None else slice_spans(inside, *clause_at(fold(text), offset))
    if not spans:
        return own
    start, end = _unbroken(document.text, spans, own)
    raw = document.text[start:end]
    start += len(raw) - len(raw.lstrip())
    end = start + len(raw.strip())
    return (start, end) if end - start <= 4 * _LONG_QUOTE else own


def _unbroken(text: str, spans: tuple[Span, ...], own: Span) -> Span:
    """The stretch around a place whose pieces only white space parts: no page head between them."""
    start, end = own
    for low, high in reversed(spans):
        if low < start and (high >= start or not text[high:start].strip()):
            start = low
    for low, high in spans:
        if high > end and (low <= end or not text[end:low].strip()):
            end = high
    return start, end


def _offset(spans: tuple[Span, ...], raw: int) -> int | None:
    """Where a raw offset falls in the text concatenated from `spans`."""
    position = 0
    for low, high in spans:
        if low <= raw < high:
            return position + raw - low
        position += high - low
    return None


def note(document: Document, equation: Equation) -> EquationNote:
    stated = shown(document.figures[equation.stated])
    return EquationNote(equation.family, f"{stated} = {equation.formula}", equation.verdict.value)


def label_of(candidate: Candidate, label: str = "") -> str:
    """``2023年 单位 名称（角色）``: enough to tell the value from its neighbours."""
    figure = candidate.figure
    role = ROLE_LABELS[figure.role]
    name = label or figure.metric
    pieces = [f"{candidate.period}年" if candidate.period else "", name]
    text = " ".join(piece for piece in pieces if piece)
    return f"{text}（{role}）" if role and role not in text else text


_COUNTED = re.compile(r"(?P<unit>份|个|台|人|次|场|户|家|件|条|批次|辆|宗|套|所|座)数$")


_PROJECT = re.compile(r"[“\"「](?P<name>[^”\"」]{3,40})[”\"」](?:项目|专项|工程|资金|经费)")


def project_in(metric: str) -> str:
    """The project that the name of a figure quotes (“甲”项目年初预算), in a report of its body; or ""."""
    found = _PROJECT.search(metric)
    return found["name"] if found is not None else ""


def counted_by(name: str) -> str:
    """What a name counts (合同份数: 份); "" where it does not say so."""
    match = _COUNTED.search(name.strip())
    return match["unit"] if match else ""


# What is left over from a comparison is no name: 公务接待费比 少, 2023年 比 公务接待费 增长还 下降.
_COMPARED = re.compile(r"(?<![占同环对])比(?=\s|$)")


def called(words: str, metric: str) -> str:
    """What a figure is called: by the asker's words, or by its own name where those are torn."""
    return metric if _COMPARED.search(words) else words


def counted(figure: Figure) -> str:
    """What a bare number counts by its names; "" where they do not say so, or it has a unit."""
    if figure.quantity.unit.symbol:
        return ""
    names = (figure.metric, *figure.column_path[-1:], *figure.row_path[-1:])
    return next((unit for name in names if (unit := counted_by(name))), "")


def value_of(
    candidate: Candidate, *, label: str = "", unit: Unit | None = None, strict: bool = False
) -> Value:
    """A figure as a Value, converted when `unit` is asked for; `strict` as for its standing."""
    figure, part = candidate.figure, candidate.part
    found = standing(candidate.document, figure, strict=strict)
    equation = found.deciding
    quantity = figure.quantity
    number, symbol, formula = plain(quantity.value), quantity.unit.symbol or counted(figure), ""
    recomputed = other = None
    # An equation that only uses the figure recomputes another one: see Answer.equations.
    if equation is not None and equation.stated == figure.no:
        formula = equation.formula
        if equation.value is not None:
            recomputed = trimmed(round_half_up(equation.value, 6))
    if found.otherwise is not None:
        other = rival_of(candidate.document, figure, found.otherwise)
    if unit is not None and unit != quantity.unit and quantity.unit.compatible(unit):
        converted = quantity.to(unit)
        number, symbol = trimmed(converted.value), unit.symbol
        formula = conversion(quantity, unit)
        recomputed = trimmed(converted.value)
    return Value(
        label=label_of(candidate, label) + (DOUBTFUL if figure.doubtful else ""),
        number=number,
        unit=symbol,
        period=candidate.period,
        entity=part.entity.value,
        project=part.project.value or None,
        metric=figure.metric,
        check=found.check,
        formula=formula,
        recomputed=recomputed,
        other=other,
        sources=(source_of(candidate),),
        doubtful=figure.doubtful,
        approx=quantity.approx,
        direction=direction_word(figure) if figure.role in _MOVING else "",
    )


def doubted(value: Value) -> Value:
    """A value that was worked out from doubtful figures: stated at most."""
    return replace(value, label=value.label + DOUBTFUL, check=Check.STATED, doubtful=True)


def other_side(document: Document, equation: Equation) -> str:
    """What a failed equation gives instead, in the stated figure's unit."""
    if told_twice(document, equation):
        return shown(document.figures[equation.operands[0]])
    value = equation.value if equation.value is not None else Decimal(0)
    return _as_printed(value, document.figures[equation.stated].quantity)


def rival_of(document: Document, figure: Figure, dispute: Dispute) -> str | None:
    """What a failed equation gives instead of one of its members, printed as that is."""
    equation = dispute.equation
    if equation.stated == figure.no:
        return other_side(document, equation)
    if equation.operands == (figure.no,):
        return shown(document.figures[equation.stated])
    return None if dispute.rival is None else _as_printed(dispute.rival, figure.quantity)


def _as_printed(value: Decimal, like: Quantity) -> str:
    percent = like.unit.dimension is Dimension.PERCENT
    digits = max(interval.places(like), 2 if percent else 0)
    return f"{plain(round_half_up(value, digits))}{like.unit.symbol}"


def conversion(quantity: Quantity, unit: Unit) -> str:
    """``4285434.4 元 ÷ 10000``."""
    ratio = quantity.unit.factor / unit.factor
    digits = plain(quantity.value)
    if ratio >= 1:
        return f"{digits} {quantity.unit.symbol} × {trimmed(ratio)}"
    return f"{digits} {quantity.unit.symbol} ÷ {trimmed(1 / ratio)}"


@dataclass(frozen=True, slots=True)
class Computed:
    """A number computed from figures: point, interval and formula, in `unit`."""

    value: Decimal
    bounds: Interval | None
    unit: Unit
    formula: str
    places: int

    @property
    def number(self) -> str:
        return plain(round_half_up(self.value, self.places))

    def shown_in(self, unit: Unit | None) -> Computed:
        """The same number in another unit of its kind, with every digit that it has; else itself."""
        if unit is None or unit == self.unit or not unit.compatible(self.unit):
            return self
        ratio = self.unit.factor / unit.factor
        exact = round_half_up(self.value, self.places) * ratio
        bounds = self.bounds and Interval(
            None if self.bounds.low is None else self.bounds.low * ratio,
            None if self.bounds.high is None else self.bounds.high * ratio,
        )
        places = max(-int(exact.normalize().as_tuple().exponent), 0)
        return replace(self, value=exact, bounds=bounds, unit=unit, places=places)


def computed_value(
    computed: Computed,
    operands: Sequence[Candidate],
    *,
    label: str,
    metric: str,
    period: str,
    behind: Sequence[Candidate] = (),
    direction: str = "",
) -> Value:
    """A derived number as a Value; its operands' places are its sources.

    Computed from a doubtful figure, or from one worked out from such, it is no better than stated.
    """
    first = operands[0].part
    doubtful = any(each.figure.doubtful for each in (*operands, *behind))
    return Value(
        label=label + (DOUBTFUL if doubtful else ""),
        number=computed.number,
        unit=computed.unit.symbol,
        period=period,
        entity=first.entity.value,
        project=first.project.value or None,
        metric=metric,
        check=Check.STATED if doubtful else Check.DERIVED,
        formula=computed.formula,
        recomputed=trimmed(round_half_up(computed.value, 6)),
        sources=tuple(source_of(operand) for operand in operands),
        doubtful=doubtful,
        direction=direction,
    )


def direction_word(figure: Figure) -> str:
    """增加/减少 for a change, 增长/下降 for a rate."""
    if figure.role is Role.GROWTH:
        return {Direction.UP: "增长", Direction.DOWN: "下降", Direction.NONE: ""}[figure.direction]
    return _DIRECTION_WORDS[figure.direction]


def moved_word(change: Computed) -> str:
    """增加, 减少 or 持平, by the sign of a change that was worked out."""
    return "增加" if change.value > 0 else "减少" if change.value < 0 else "持平"
