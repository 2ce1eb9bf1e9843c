"""Answers on a terminal: the text, the values with how each was checked, and where they stand.

Text of reports is untrusted: it is shown as plain text, without markup and control characters.
"""

from __future__ import annotations

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qa.model import Answer, Check, EquationNote, Outcome, Source, Value
from ui.texts import plain, t

CHECK_MARKS = {
    Check.EXACT: ("✓", "已复算", "green"),
    Check.ROUNDING: ("≈", "舍入内一致", "green"),
    Check.DERIVED: ("＝", "由原文数算出", "green"),
    Check.STATED: ("·", "原文数，无可复算的等式", "dim"),
    Check.FAILS: ("✗", "矛盾", "bold red"),
}
DOUBT_MARK = ("?", "识别存疑，请对照原页", "yellow")

# Families of equations; one that is not listed is shown by its name in the code.
FAMILY_NAMES = {
    "growth": "增减率",
    "change": "增减额",
    "completion": "完成率",
    "share": "占比",
    "score_rate": "得分率",
    "adjustment_rate": "调整率",
    "adjustment": "预算调整",
    "sentence_sum": "句中合计",
    "remainder": "余额",
    "named_count": "列名项数",
    "column_sum": "各栏合计",
    "hierarchy_sum": "逐级合计",
    "total_row": "各行合计",
    "score_sum": "分值合计",
    "grade": "等级",
    "rubric": "评分公式",
    "form_tie": "表间对应",
    "column_relation": "列间关系",
    "same_fact": "同一事实两处",
    "unit_slip": "单位误写",
    "count_parts": "分类计数",
    "row_count": "表中行数",
    "row_deduction": "扣分与得分",
    "rubric_most": "评分标准上限",
    "superlative": "最多最少",
    "indicator_score": "正文与评分表得分",
    "project_score": "汇总与自评表得分",
    "total_score": "正文与评分表总分",
    "level_count": "各级指标个数",
    "listed_name": "列名是否在表中",
    "full_mark": "满分与扣分原因",
    "table_order": "表号",
    "list_count": "条目个数",
    "average": "平均数",
    "sample_rate": "抽样的率",
    "wholly_done": "全部完成",
    "named_done": "写明完成的",
    "all_met": "指标均完成",
    "unmet": "目标与完成",
    "none_of_it": "写作没有的金额",
    "against_target": "与目标比较",
    "all_within": "概括与最低最高",
    "against_budget": "决算与预算比较",
    "one_direction": "增减方向",
    "moved_to": "由甲至乙的方向",
    "unchanged": "与上年持平",
    "other_rate": "段落与指标名",
    "same_or_not": "一致与不一致",
    "blank_or_given": "未填写与已填写",
    "finding_of_others": "同一问题的对象",
    "one_holder": "同一角色",
    "one_grade": "同一等级",
    "document_number": "文号",
    "report_year": "报告年度",
    "figure_year": "数的年度",
    "date_order": "日期先后",
    "outstanding": "未办结的事项",
    "accepted_on": "验收日期",
    "indicator_class": "指标类别",
    "indicator_aim": "指标值",
    "last_year": "与上年报告",
    "carry_over": "年初年末衔接",
    "same_project": "同一项目两份报告",
}

_EQUATIONS_SHOWN = 6

_VERDICT_MARKS = {"exact": "✓", "rounding": "≈", "fails": "✗", "not_checkable": "·"}

_OUTCOME_HEADS = {
    Outcome.CONTRADICTED: ("报告自身前后不一致", "bold red"),
    Outcome.CLARIFY: ("请选择", "yellow"),
    Outcome.ABSTAINED: ("不作答", "yellow"),
}


def new_console(*, stderr: bool = False) -> Console:
    """A console that keeps its lines whole when its output goes to a file or another program."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = 10_000
    return console


def put(console: Console, content: RenderableType) -> None:
    """Print `content`; where it goes to a file or another program, without blanks at line ends."""
    if console.is_terminal:
        console.print(content)
        return
    with console.capture() as captured:
        console.print(content)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def render_head(answer: Answer) -> list[RenderableType]:
    """What kind of answer it is, where that is not plain; nothing otherwise."""
    if answer.outcome not in _OUTCOME_HEADS:
        return []
    head, style = _OUTCOME_HEADS[answer.outcome]
    return [Text(t(head), style=style)]


def render_answer(answer: Answer, *, told: bool = False) -> RenderableType:
    """The whole answer, top to bottom; sections that are empty are left out.

    Args:
        told: its head and text have been shown already.
    """
    parts: list[RenderableType] = []
    if not told:
        parts += render_head(answer)
        parts += [Text("\n".join(plain(line) for line in answer.text.splitlines()))]
    if answer.reason and plain(answer.reason) not in plain(answer.text):
        parts.append(Text(plain(answer.reason), style="yellow"))
    parts += [
        Text(f"  {index}. {plain(choice)}")
        for index, choice in enumerate(answer.choices, start=1)
        if choice not in answer.text
    ]
    if answer.values:
        parts += [Text(), _values_table(answer.values)]
    formulas = [_formula_line(value) for value in answer.values if value.formula]
    if formulas:
        parts += [Text(t("算式"), style="bold"), *formulas]
    if answer.equations:
        parts += [Text(t("所在等式"), style="bold"), *_equation_lines(answer.equations)]
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
        mark, words, style = DOUBT_MARK if value.doubtful else CHECK_MARKS[value.check]
        check = f"{mark} {t(words)}"
        if value.other:
            check += t("，对照值 {other}", other=value.other)
        number = Text(plain(f"{value.number} {value.unit}"), style="bold")
        table.add_row(Text(plain(value.label)), number, Text(plain(check), style=style))
    return table


def _formula_line(value: Value) -> RenderableType:
    result = f" = {value.recomputed} {value.unit}" if value.recomputed else ""
    return _indented(Text(plain(f"{value.label}：{value.formula}{result}")))


def _equation_lines(equations: tuple[EquationNote, ...]) -> list[RenderableType]:
    """What fails first, and of the rest no more than a reader will look through."""
    ordered = sorted(equations, key=lambda each: each.verdict != "fails")
    failed = sum(each.verdict == "fails" for each in equations)
    shown = ordered[: max(failed, _EQUATIONS_SHOWN)]
    lines = [_equation_line(each) for each in shown]
    if left := len(ordered) - len(shown):
        words = t("另有 {n} 条，没有不一致的；全部见 --json", n=left)
        lines.append(_indented(Text(words, style="dim")))
    return lines


def _equation_line(equation: EquationNote) -> RenderableType:
    mark = _VERDICT_MARKS.get(equation.verdict, "·")
    style = "red" if equation.verdict == "fails" else "dim"
    name = t(FAMILY_NAMES[equation.name]) if equation.name in FAMILY_NAMES else equation.name
    return _indented(Text(plain(f"{mark} {name}{t('：')}{equation.formula}"), style=style))


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
    if source.cell:
        parts.append(t("单元格 {cell}", cell=source.cell))
    if source.table:
        parts.append(source.table)
    if source.row:
        parts.append(t("行：{row}", row=source.row))
    if source.column:
        parts.append(t("列：{column}", column=source.column))
    return plain(" · ".join(parts))


def _source_lines(source: Source) -> RenderableType:
    # A grid, because a long Chinese quote would else be wrapped at the blank after the sign.
    quote = Table.grid(padding=(0, 1, 0, 0))
    quote.add_column(no_wrap=True)
    quote.add_column(overflow="fold")
    quote.add_row(Text(">", style="dim"), Text(plain(source.quote), style="dim"))
    return _indented(Group(Text(place_of(source)), _indented(quote)))


def _indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2), expand=False)


def _foot(answer: Answer) -> Text:
    coverage = answer.coverage
    words = t("范围 {reports} 份报告，用到 {used} 份", reports=coverage.reports, used=coverage.used)
    if coverage.missing:
        words += t("，缺：{missing}", missing="、".join(coverage.missing))
    return Text(plain(words), style="dim")
