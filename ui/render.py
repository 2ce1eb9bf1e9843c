"""Answers on a terminal: the text, the values with how each was checked, and where they stand.

Text of reports is untrusted: it is shown as plain text, without markup and control characters.
"""

from __future__ import annotations

import re
import unicodedata

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qa.model import Answer, Check, EquationNote, Outcome, Source, Value
from ui.texts import t

CHECK_MARKS = {
    Check.EXACT: ("✓", "已复算", "green"),
    Check.ROUNDING: ("≈", "舍入内一致", "green"),
    Check.DERIVED: ("＝", "由原文数算出", "green"),
    Check.STATED: ("·", "原文数，无可复算的等式", "dim"),
    Check.FAILS: ("✗", "矛盾", "bold red"),
}

# Chinese runs on over a line break; words of other scripts are parted by it.
_CHINESE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")

# Families of equations; one that is not listed is shown by its name in the code.
FAMILY_NAMES = {
    "growth": "增减率",
    "completion": "完成率",
    "share": "占比",
    "score_rate": "得分率",
    "adjustment_rate": "调整率",
    "column_sum": "各栏合计",
    "hierarchy_sum": "逐级合计",
    "score_sum": "分值合计",
    "unit_slip": "单位误写",
    "same_fact": "同一事实两处",
}

_VERDICT_MARKS = {"exact": "✓", "rounding": "≈", "fails": "✗", "not_checkable": "·"}

_OUTCOME_HEADS = {
    Outcome.CONTRADICTED: ("报告自身前后不一致", "bold red"),
    Outcome.CLARIFY: ("请选择", "yellow"),
    Outcome.ABSTAINED: ("不作答", "yellow"),
}


def plain(text: str) -> str:
    """`text` on one line, without control and direction-changing characters."""
    spaced = " ".join(_CHINESE_BREAK.sub("", text).split())
    return "".join(each for each in spaced if unicodedata.category(each) not in ("Cc", "Cf", "Cs"))


def new_console(*, stderr: bool = False) -> Console:
    """A console that keeps its lines whole when its output goes to a file or another program."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = 10_000
    return console


def render_answer(answer: Answer) -> RenderableType:
    """The whole answer, top to bottom; sections that are empty are left out."""
    parts: list[RenderableType] = []
    if answer.outcome in _OUTCOME_HEADS:
        head, style = _OUTCOME_HEADS[answer.outcome]
        parts.append(Text(t(head), style=style))
    parts += [Text("\n".join(plain(line) for line in answer.text.splitlines()))]
    if answer.reason and plain(answer.reason) not in plain(answer.text):
        parts.append(Text(plain(answer.reason), style="yellow"))
    parts += [
        Text(f"  {index}. {plain(choice)}") for index, choice in enumerate(answer.choices, start=1)
    ]
    if answer.values:
        parts += [Text(), _values_table(answer.values)]
    formulas = [_formula_line(value) for value in answer.values if value.formula]
    if formulas:
        parts += [Text(t("算式"), style="bold"), *formulas]
    if answer.equations:
        parts += [Text(t("所在等式"), style="bold"), *map(_equation_line, answer.equations)]
    sources = _distinct_sources(answer)
    if sources:
        parts += [Text(t("出处"), style="bold"), *map(_source_lines, sources)]
    parts.append(_foot(answer))
    return Group(*parts)


def _values_table(values: tuple[Value, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for value in values:
        mark, words, style = CHECK_MARKS[value.check]
        check = f"{mark} {t(words)}"
        if value.other:
            check += t("，对照值 {other}", other=value.other)
        number = Text(plain(f"{value.number} {value.unit}"), style="bold")
        table.add_row(Text(plain(value.label)), number, Text(plain(check), style=style))
    return table


def _formula_line(value: Value) -> RenderableType:
    result = f" = {value.recomputed} {value.unit}" if value.recomputed else ""
    return _indented(Text(plain(f"{value.label}：{value.formula}{result}")))


def _equation_line(equation: EquationNote) -> RenderableType:
    mark = _VERDICT_MARKS.get(equation.verdict, "·")
    style = "red" if equation.verdict == "fails" else "dim"
    name = t(FAMILY_NAMES[equation.name]) if equation.name in FAMILY_NAMES else equation.name
    return _indented(Text(plain(f"{mark} {name}：{equation.formula}"), style=style))


def _distinct_sources(answer: Answer) -> list[Source]:
    """Sources of the values first, then the citations that add a place of their own."""
    found: dict[tuple[str, int, int], Source] = {}
    for source in [*(s for value in answer.values for s in value.sources), *answer.citations]:
        found.setdefault((source.report, source.start, source.end), source)
    return list(found.values())


def place_of(source: Source) -> str:
    """Report, page, table, row and column of a source, as far as they are known."""
    parts = [source.report]
    if source.page is not None:
        parts.append(t("第 {page} 页", page=source.page))
    if source.table:
        parts.append(source.table)
    if source.row:
        parts.append(t("行：{row}", row=source.row))
    if source.column:
        parts.append(t("列：{column}", column=source.column))
    return plain(" · ".join(parts))


def _source_lines(source: Source) -> RenderableType:
    quote = Text(f"> {plain(source.quote)}", style="dim")
    return _indented(Group(Text(place_of(source)), _indented(quote)))


def _indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2), expand=False)


def _foot(answer: Answer) -> Text:
    coverage = answer.coverage
    words = t("范围 {reports} 份报告，用到 {used} 份", reports=coverage.reports, used=coverage.used)
    if coverage.missing:
        words += t("，缺：{missing}", missing="、".join(coverage.missing))
    return Text(plain(words), style="dim")
