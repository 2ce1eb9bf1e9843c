"""The lines of a table that meet a bound or say given words: which, how many, added up.

Only where the table explains every naming word of the question (see `grid`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from ingest.model import Figure, Locator, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Check, Value
from qa.operations.context import Context
from qa.operations.grid import Grid, Line, asked_words, nearest_column, plain_head, unexplained
from qa.operations.grid_lines import (
    ASKING,
    Found,
    at_level_of,
    measures,
    singled_out,
    the_one,
)
from qa.operations.grid_met import measured
from qa.plan import Operation
from qa.present import inner_marks, place_at, shown, source_of
from qa.words import bounds
from qa.words.matching import squeeze
from qa.words.numerals import number_of

_MOST_LISTED = 40


_OF_LEVEL = re.compile("[一二三]级指标")


def select(context: Context) -> Draft | None:
    """The lines that meet a bound or say given words: which, how many, or added up."""
    text = asked_words(context)
    test = bounds.condition_of(text)
    bare = ASKING.sub(" ", bounds.without_condition(text) if test else text)
    if test is None and _SEVERAL.search(text) and _MET.search(text):
        return judged(context)
    if _VERDICT.search(bare) or (test is None and not _SEVERAL.search(text)):
        return None
    if test is None and context.plan.operation is Operation.COUNT and _OF_LEVEL.search(text):
        return None  # a score sheet says how many indicators there are, not any line with the word
    summed = context.plan.operation in (Operation.SUM, Operation.AVERAGE)
    found = the_one(
        context, lambda grid: _chosen_in(context, grid, text, bare, test, summed=summed)
    )
    if found is None:
        return None
    return told(context, found, text, bounded=test is not None)


def judged(context: Context) -> Draft | None:
    """The lines that a column of verdicts calls met, or not met: which, or how many."""
    text = asked_words(context)
    said = _MET.search(text) if _SEVERAL.search(text) else None
    if said is None or bounds.condition_of(text) is not None:
        return None
    years = context.plan.years
    found = the_one(context, lambda grid: _judged_in(grid, text, said)) or the_one(
        context, lambda grid: _measured_in(grid, text, said, years)
    )
    return None if found is None else told(context, found, text, bounded=False)


_SEVERAL = re.compile(
    r"哪些|哪[几两三四五]|哪一?[个项](?=(?:[一二三]级)?指标)|指标是?哪一?[个项]|(?:几|多少)(?:个|项|家|类|笔|条|种|县|区|市|镇|所)(?!分|百分)|数量|个数|一共|总共|合计|共计|加起来|之和|总和|平均"
)
_VERDICT = re.compile(r"达标|达到|完成(?:了|没|的有)|没完成|未完成|满分|扣分")


# 达标的, 没达到目标的: by a column of the table that says so of each line.
_MET = re.compile(
    r"(?P<no>没有?|未|不)?(?:能|有)?(?:达标|(?:达到|完成|实现)(?:了)?(?:年度|年初|预期)?(?:指标值|目标值|目标|指标)"
    r"|(?:完成|达成|达到|实现)(?:了)?(?=的|[,，?？。;；!！\s]|$))(?:了)?"
)
_SAYS = re.compile(r"达标|达到|完成情况|是否完成|完成与否")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+(?:个|项)")
_YES = frozenset(("是", "达标", "已达标", "完成", "已完成", "达到", "√", "达成"))
_NO = frozenset(("否", "未达标", "不达标", "未完成", "未达到", "×", "未达成", "没完成"))


def _judged_in(grid: Grid, text: str, judged: re.Match[str]) -> Found | None:
    """The lines that a column of verdicts calls met, or not met; every line must have one."""
    wanted = _NO if judged["no"] else _YES
    bare = _beside_verdict(text, judged)
    lines = at_level_of([line for line in grid.lines if not line.total], text)
    columns = {column for line in lines for column in line.texts}
    for column in sorted(columns):
        head = " ".join(grid.table.columns[column].path)
        told = [line.texts.get(column, "") for line in lines]
        if not _SAYS.search(head) or not told or not {*told} <= _YES | _NO:
            continue
        met = [
            line for line, word in zip(lines, told, strict=True) if word in wanted and line.cells
        ]
        if not met or unexplained(bare, grid.around, squeeze(head), "指标"):
            return None
        parents = [line.path[-2] if len(line.path) > 1 else "" for line in lines]
        if "" not in parents and len({*parents}) == len(lines):  # each is the one of its task
            met = [replace(line, name=f"{line.path[-2]} {line.name}") for line in met]
        return Found(grid, tuple(met), tuple(map(_reached, met)), head, len(lines))
    return None


def _beside_verdict(text: str, judged: re.Match[str]) -> str:
    """What a question names beside the verdict that it asks for."""
    return ASKING.sub(" ", _COUNTED.sub(" ", text.replace(judged.group(), " ")))


def _measured_in(
    grid: Grid, text: str, judged: re.Match[str], years: Collection[str]
) -> Found | None:
    """The indicators of a table that the report gives no verdict on, by their targets and results."""
    if "指标" in text and "指标" not in f"{grid.kinds}{''.join(grid.heads.values())}":
        return None  # lines of another table are no indicators
    bare = _beside_verdict(text, judged)
    if "指标" not in text or unexplained(bare, grid.around, "指标"):
        return None
    return measured(grid, text, years, met=not judged["no"])


def _reached(line: Line) -> Figure:
    """What was reached, where the line tells it."""
    figures = list(line.cells.values())
    return next((each for each in figures if each.role is Role.ACTUAL), figures[0])


_ALL_OF = re.compile(
    r"(?P<n>[两二三四五六七八九十]|\d+)(?:个|家|项|类|种|条)(?P<kind>(?:自评|评价|财政拨款|三级|二级)?(?:项目|指标|单位|区县|县区|县|区|方向|类别|科目|机构|学校))"
)


def _every_line(grid: Grid, text: str) -> list[Line]:
    """All lines of a table, where the question counts them and says what they are: 五个项目."""
    said = _ALL_OF.search(text)
    if said is None:
        return []
    lines = at_level_of(grid.lines, text)
    number = number_of(said["n"])
    return lines if len(lines) == number and said["kind"][-2:] in grid.kinds else []


# What someone has to do with lines that are known by a name in them: 宏图公司承接的两个标段.
_DEED = re.compile(
    r"(?<![一-鿿])由|承接|承担|承建|负责|施工|中标|参加|参与|所?(?:实施|建设)的|干的活|做的|拿到"
)
_SO_MANY = re.compile(r"(?P<n>[两二三四五六七八九十]|\d+)(?:个|项|家|类|处|座|所|条|笔|段|种)")


def _of_project(context: Context, grid: Grid, phrase: str) -> str:
    """A phrase without the name of the project that the table is of."""
    plan = context.plan
    parts = {figure.part for line in grid.lines for figure in line.cells.values()}
    if not parts or not {(grid.report, part) for part in parts} <= set(plan.project_parts):
        return phrase
    for named in plan.named:
        if named.kind == "project":
            phrase = phrase.replace(plan.question[named.start : named.end], " ")
    return phrase


def _chosen_in(
    context: Context,
    grid: Grid,
    text: str,
    bare: str,
    test: Callable[[Decimal], bool] | None,
    *,
    summed: bool,
) -> Found | None:
    lines, rest, own = singled_out(grid, bare)
    every = _every_line(grid, text) if summed and test is None and not own else []
    if test is None and not own and not every:
        return None
    lines = every or at_level_of(lines, text)
    rest = _ALL_OF.sub(" ", rest) if every else rest
    if own:
        rest = _DEED.sub(" ", _of_project(context, grid, rest))
    if test is not None:
        bounded = _bounded(grid, lines, text, rest, own, test)
        return _added(bounded, text) if bounded is not None and summed else bounded
    asked = _without_title(grid, rest)
    columns = [c for c in grid.heads if measures(grid, lines, c, asked)]
    column = nearest_column(grid, asked, columns)
    if column is None and not summed:  # the lines themselves are asked for, whatever they measure
        column = next((c for c in grid.heads if all(c in line.cells for line in lines)), None)
    held = [line for line in lines if column is not None and column in line.cells]
    head = plain_head(grid.heads[column]) if column is not None else ""
    if own:
        rest = _SO_MANY.sub(lambda m: " " if number_of(m["n"]) == len(held) else m.group(), rest)
    if not held or unexplained(rest, grid.around, head, *own):
        return None
    figures = tuple(line.cells[column] for line in held if column is not None)
    return Found(grid, tuple(held), figures, head, len(held))


_TABLE = re.compile(r"[一-鿿“”、]{2,30}?表(?=[里中上内,，”])")
_TAIL = 6  # characters at the end of a table's name that tell which it is


def _without_title(grid: Grid, phrase: str) -> str:
    """A phrase without the name of the table: 资金分配情况表里 asks for no money."""
    named = _TABLE.search(phrase)
    if named is None or named.group()[-_TAIL:] not in squeeze(grid.title):
        return phrase
    return phrase.replace(named.group(), " ")


def _bounded(
    grid: Grid,
    lines: Sequence[Line],
    text: str,
    rest: str,
    own: Sequence[str],
    test: Callable[[Decimal], bool],
) -> Found | None:
    percent = bool(re.search(r"\d\s*%|百分之", text))
    asked = rest if not percent else f"{rest}率"
    columns = [c for c in grid.heads if measures(grid, lines, c, asked)]
    if percent:
        columns = [c for c in columns if _dimension(lines, c) is Dimension.PERCENT]
    column = nearest_column(grid, rest, columns)
    if column is None and len(columns) == 1:
        column = columns[0]
    held = [line for line in lines if column is not None and column in line.cells]
    head = plain_head(grid.heads[column]) if column is not None else ""
    if column is None or len(held) < 2 or unexplained(rest, grid.around, head, *own):
        return None
    met = [line for line in held if test(line.cells[column].quantity.base)]
    figures = tuple(line.cells[column] for line in met)
    return Found(grid, tuple(met), figures, head, len(held)) if met else None


# 执行率低于90%的四个项目实际支出合计: what is added stands behind the bound.
_BEHIND = re.compile(
    r"(?:的|里)(?:(?P<n>[两二三四五六七八九十]|\d+)(?:个|项|家)[一-鿿]{0,4}?)?(?P<what>[^,，的]{2,12}?)(?:一共|合计|总共|共计|加起来|之和|总和|平均)"
)


def _added(found: Found, text: str) -> Found | None:
    """The lines that meet the bound with the amounts that the question adds up."""
    behind = _BEHIND.search(text)
    if behind is None:
        return None
    if behind["n"] and number_of(behind["n"]) != len(found.lines):
        return None
    columns = [
        column
        for column in found.grid.heads
        if all(column in line.cells for line in found.lines)
        and _dimension(found.lines, column) in (Dimension.MONEY, Dimension.COUNT)
    ]
    column = nearest_column(found.grid, behind["what"], columns)
    if column is None:
        return None
    figures = tuple(line.cells[column] for line in found.lines)
    head = plain_head(found.grid.heads[column])
    return Found(found.grid, found.lines, figures, head, found.compared)


def _dimension(lines: Sequence[Line], column: int) -> Dimension | None:
    found = {line.cells[column].quantity.unit.dimension for line in lines if column in line.cells}
    return found.pop() if len(found) == 1 else None


def told(context: Context, found: Found, text: str, *, bounded: bool) -> Draft | None:
    """The chosen lines: how many, which, or added up; None where there is nothing to add."""
    plan = context.plan
    candidates = [
        found.grid.candidate(replace(figure, metric=line.name))
        for line, figure in zip(found.lines, found.figures, strict=True)
    ]
    if plan.operation in (Operation.SUM, Operation.AVERAGE):
        return _summed(context, found, candidates)
    draft = Draft(phrase=plan.targets[0].key if plan.targets else found.column, whole=True)
    if not all(line.name for line in found.lines):
        return None  # which of them is a total cannot be told
    counting = re.search(r"(?:几|多少)(个|项|家|类|笔|条|种|县|区|市|镇|人)|数量|个数", text)
    named = len(found.lines) == 1 and squeeze(found.lines[0].name) in squeeze(text)
    if counting and named:
        return None  # 东沙街道有多少个托位: its cell is asked for, not how many rows there are
    if counting:
        draft.values.append(_count(found, candidates, counting[1] or "个"))
    _cite(draft, found)
    for line, candidate in zip(found.lines[:_MOST_LISTED], candidates, strict=False):
        draft.show(candidate, label=line.name, unit=plan.unit if bounded else None)
    beside = [f"（对 {shown(figure)}）" for figure in found.against] or [""] * len(found.lines)
    names = "；".join(
        f"{line.name} {value.number}{value.unit}{other}"
        for line, value, other in zip(
            found.lines, draft.values[bool(counting) :], beside, strict=False
        )
    )
    draft.text = f"“{inner_marks(found.grid.title)}”中符合条件的有 {len(found.lines)} 项：{names}。"
    return draft


def _cite(draft: Draft, found: Found) -> None:
    """The cells by which the lines were chosen, of words or compared with, are places of the answer."""
    grid = found.grid
    draft.citations += [source_of(grid.candidate(each)) for each in found.against[:_MOST_LISTED]]
    for line, figure in zip(found.lines[:_MOST_LISTED], found.figures, strict=False):
        row = figure.locator.row
        for column in line.texts if row is not None else ():
            cell = grid.table.rows[row or 0][column]
            if not cell.spans:
                continue
            page = grid.document.page_at(cell.spans, figure.locator.page)
            place = Locator(cell.spans, page=page, table=grid.table.no, row=row, column=column)
            head = " / ".join(grid.table.columns[column].path)
            block = grid.table.block
            draft.citations.append(
                place_at(grid.document, place, block, " / ".join(line.path), head)
            )


def _count(found: Found, candidates: Sequence[Candidate], noun: str) -> Value:
    number = str(len(found.lines))
    part = candidates[0].part
    return Value(
        label=f"{found.column}（行数）",
        number=number,
        unit=noun,
        period=candidates[0].period,
        entity=part.entity.value,
        project=part.project.value or None,
        metric=found.grid.title,
        check=Check.DERIVED,
        formula=f"逐行计数：{'、'.join(line.name for line in found.lines[:_MOST_LISTED])}",
        recomputed=number,
        sources=tuple(source_of(candidate) for candidate in candidates[:_MOST_LISTED]),
    )


def _summed(context: Context, found: Found, candidates: list[Candidate]) -> Draft | None:
    """The chosen lines added up, or their mean."""
    mean = context.plan.operation is Operation.AVERAGE
    if len(found.lines) < 2:
        return None
    units = {figure.quantity.unit.dimension for figure in found.figures}
    if len(units) != 1 or (not mean and units & {Dimension.PERCENT, Dimension.POINT}):
        return None

    made = partial(compute.added, mean=mean, unit=context.plan.unit)
    result = made(found.figures)
    draft = Draft(phrase=found.column)
    word = "平均" if mean else "合计"
    value = draft.derive(
        result,
        candidates,
        label=f"{found.column}{word}",
        metric=found.column,
        period=candidates[0].period,
        again=made,
    )
    if not value.unit and "分" in found.column:  # a column 得分 or 总分 without a unit
        value = draft.values[-1] = replace(value, unit="分")
    names = "、".join(line.name for line in found.lines)
    _cite(draft, found)
    for candidate in candidates:
        draft.show(candidate)
    draft.text = (
        f"{value.entity}{value.label}：{value.number}{value.unit}"
        f"（{names}，{len(candidates)} 项：{result.formula}）。"
    )
    return draft
