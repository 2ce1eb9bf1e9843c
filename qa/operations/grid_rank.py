"""The extreme lines of a table by the column that is asked, or by one of its columns over another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Figure
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
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
from qa.operations.grid_shares import money_of
from qa.operations.ranking import fit_for
from qa.plan import Order
from qa.present import inner_marks
from qa.words.matching import squeeze
from qa.words.worked_words import rest_asked

_RANKING = re.compile(
    r"(?:排|居)(?:名|在)?(?:前|第|首|末)[一二两三四五六七八九十\d]*(?:位|名)?|前[一二两三四五六七八九十\d]+(?:名|位|项|个|大)?|"
    r"(?:第[一二三四五六七八九十]|次|最)[大多高低小少差好短长慢快]|倒数(?:第[一二三四五六七八九十])?|垫底|排名|第一|最后一名"
)
_RATED = re.compile(
    r"(?P<part>[^,;?]{0,12}?)占(?P<whole>[^,;?]{2,14}?)的?(?:比例|比重|比率|百分比)"
)
_DONE = re.compile(
    r"(?:完成(?:年初|全年)?预算的?|预算(?:完成|执行)|完成|执行|支出)(?:比例|进度|率)"
)


def rank(context: Context) -> Draft | None:
    """The extreme lines by the column that is asked, or by one column over another."""
    plan = context.plan
    if plan.order is None:
        return None
    text = asked_words(context)
    bare = ASKING.sub(" ", _RANKING.sub(" ", text))
    found = the_one(context, lambda grid: _ranked_in(grid, text, bare))
    return None if found is None else _ranking(context, found)


def _ranked_in(grid: Grid, text: str, bare: str) -> Found | None:
    lines, bare, own = singled_out(grid, bare)
    lines = at_level_of(lines, text)
    if not fit_for(text, [line.name for line in lines]):
        return None
    if rest_asked(bare) and not any(map(rest_asked, grid.heads.values())):
        return _by_rest(grid, lines, bare, own)
    if _COMPARED.search(bare):
        return _by_difference(grid, lines, bare, own)
    return _by_column(grid, lines, bare, own) or _by_rate(grid, lines, bare, own)


# 决算比年初预算超出的金额, 实际完成比计划少得.
_COMPARED = re.compile(
    r"(?P<left>[^,，;；的比较]{2,12})(?:的)?[比较](?P<right>[^,，;；的]{2,12}?)(?:要|还)?"
    r"(?:(?P<more>超出?|多|高|超支|增加|增长)|(?P<less>少|低|减少|节约|短|差))(?:出|了|得|掉)*(?:的)?(?:金额|数额|数量|部分|额度)?(?!率|比例|幅度|百分)"
)


_OF_LEVEL = re.compile("[类款项]?级科目")


def _by_difference(
    grid: Grid, lines: Sequence[Line], bare: str, own: Sequence[str]
) -> Found | None:
    """Lines by how far one of their columns is above or below another."""
    said = _COMPARED.search(bare)
    if said is None:
        return None
    amounts = _amounts(grid, lines)
    left = nearest_column(grid, said["left"], amounts)
    right = nearest_column(grid, said["right"], [c for c in amounts if c != left])
    if left is None or right is None:
        return None
    first, second = (left, right) if said["more"] else (right, left)
    held = [line for line in lines if left in line.cells and right in line.cells]
    heads = (plain_head(grid.heads[first]), plain_head(grid.heads[second]))
    rest = f"{bare[: said.start()]} {said['left']} {said['right']} {bare[said.end() :]}"
    rest = _OF_LEVEL.sub(" ", rest)
    if len(held) < 2 or unexplained(rest, grid.around, *heads, *own):
        return None
    pairs = _pairs(held, first, second)
    if not pairs:
        return None
    label = f"{heads[0]} − {heads[1]}"
    return Found(grid, tuple(held), tuple(a for a, _ in pairs), label, len(held), less=pairs)


_LEFT_SAID = re.compile(
    r"(?:结转(?:和|、)?)?(?:结余|节余|剩余|剩下?|用剩)(?:下来?)?的?(?:资金|金额|钱|预算)?|结转|"
    r"(?:没有?|未|尚未)(?:花|用|支出?|使用|执行|支付|拨付)(?:出去|完|掉|了)?的?(?:资金|金额|钱|预算)?|累计"
)


def _by_rest(grid: Grid, lines: Sequence[Line], bare: str, own: Sequence[str]) -> Found | None:
    """Lines by what is left of their money, in a table that does not print it."""
    rest = _LEFT_SAID.sub(" ", bare)
    pairs = [(line, money_of(grid, line, bare)) for line in lines]
    held = [(line, pair) for line, pair in pairs if pair is not None]
    if len(held) < 2 or len(held) * 2 < len(lines) or unexplained(rest, grid.around, *own):
        return None
    less = tuple(pair for _, pair in held)
    columns = tuple(plain_head(grid.heads[figure.locator.column or 0]) for figure in less[0])
    label = " − ".join(columns)
    kept = tuple(line for line, _ in held)
    return Found(grid, kept, tuple(whole for whole, _ in less), label, len(held), less=less)


def _by_column(grid: Grid, lines: Sequence[Line], bare: str, own: Sequence[str]) -> Found | None:
    columns = [c for c in grid.heads if measures(grid, lines, c, bare)]
    said = squeeze(bare)
    named = [
        c
        for c, head in grid.heads.items()
        if len(own_head := plain_head(head)) > 1 and own_head in said
    ]
    column = nearest_column(grid, bare, [c for c in columns if c in named] or columns)
    if column is None or (named and column not in named):
        return None  # what the title says of all columns tells none from the others
    held = [line for line in lines if column in line.cells]
    head = plain_head(grid.heads[column])
    if len(held) < 2 or unexplained(bare, grid.around, head, *own):
        return None
    return Found(grid, tuple(held), tuple(line.cells[column] for line in held), head, len(held))


def _by_rate(grid: Grid, lines: Sequence[Line], bare: str, own: Sequence[str]) -> Found | None:
    """Lines by one column over another: 支出占调整后预算的比例, 完成年初预算的比例."""
    sides = _sides(grid, lines, bare)
    if sides is None:
        return None
    part, whole = sides
    held = [
        line
        for line in lines
        if part in line.cells and whole in line.cells and line.cells[whole].quantity.base > 0
    ]
    heads = (plain_head(grid.heads[part]), plain_head(grid.heads[whole]))
    rest = _DONE.sub(" ", re.sub(r"有(?:年初)?预算的?|占|比例|比重|比率|百分比|之比", " ", bare))
    if len(held) < 2 or unexplained(rest, grid.around, *heads, *own):
        return None
    pairs = _pairs(held, part, whole)
    if not pairs:
        return None
    label = f"{heads[0]} ÷ {heads[1]}"
    return Found(grid, tuple(held), tuple(p for p, _ in pairs), label, len(held), pairs)


def _pairs(lines: Sequence[Line], first: int, second: int) -> tuple[tuple[Figure, Figure], ...]:
    """Two cells of each line, or nothing where one is not of the other's kind of unit."""
    pairs = tuple((line.cells[first], line.cells[second]) for line in lines)
    alike = all(a.quantity.unit.compatible(b.quantity.unit) for a, b in pairs)
    return pairs if alike else ()


def _sides(grid: Grid, lines: Sequence[Line], bare: str) -> tuple[int, int] | None:
    amounts = _amounts(grid, lines)
    rated = _RATED.search(bare)
    if rated:
        part = nearest_column(grid, rated["part"], amounts)
        whole = nearest_column(grid, rated["whole"], [c for c in amounts if c != part])
    elif _DONE.search(bare):
        heads = {c: plain_head(grid.heads[c]) for c in amounts}
        spent = [c for c, h in heads.items() if re.search(r"决算|支出|执行|实际|使用", h)]
        spent = [c for c in spent if "预算" not in heads[c]]
        planned = [c for c, h in heads.items() if re.search(r"预算|下达|计划|安排|目标", h)]
        if len(planned) > 1:
            word = "年初" if "年初" in bare else "全年|调整后"
            planned = [c for c in planned if re.search(word, heads[c])]
        part = spent[0] if len(spent) == 1 else None
        whole = planned[0] if len(planned) == 1 else None
    else:
        return None
    return None if part is None or whole is None or part == whole else (part, whole)


def _amounts(grid: Grid, lines: Sequence[Line]) -> list[int]:
    """The columns of money or of counts."""
    return [
        c
        for c in grid.heads
        if any(
            c in line.cells
            and line.cells[c].quantity.unit.dimension in (Dimension.MONEY, Dimension.COUNT)
            for line in lines
        )
    ]


def _ranking(context: Context, found: Found) -> Draft | None:
    plan = context.plan
    least = plan.order is Order.LEAST
    order = sorted(range(len(found.lines)), key=found.value, reverse=not least)
    if least and not found.rate and found.figures[0].quantity.unit.dimension is Dimension.MONEY:
        order = [at for at in order if found.value(at) != 0] or order
    if plan.nth > 1:
        if len(order) < plan.nth:
            return None
        edge = found.value(order[plan.nth - 1])
        top = [at for at in order if found.value(at) == edge]
        if len(top) > 1:
            return None
    else:
        edge = found.value(order[min(plan.top, len(order)) - 1])
        top = [
            at for at in order if (found.value(at) <= edge if least else found.value(at) >= edge)
        ]
    if len(top) > max(plan.top, 1) + 4:
        return None
    draft = Draft(phrase=found.lines[top[0]].name)
    for at in top:
        _show(context, draft, found, at)
    word = ("低" if least else "高") if plan.nth > 1 else ("最低" if least else "最高")
    place = f"第 {plan.nth} {word}" if plan.nth > 1 else word
    first = draft.values[0]
    names = "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values)
    draft.text = (
        f"{first.entity}{first.period}年“{inner_marks(found.grid.title)}”按{found.column}{place}：{names}"
        f"（共比较 {found.compared} 项）。"
    )
    return draft


def _show(context: Context, draft: Draft, found: Found, at: int) -> None:
    """One line with its figure, or with the rate that two of its figures give."""
    line = found.lines[at]
    if found.less:
        operands = [found.grid.candidate(figure) for figure in found.less[at]]
        draft.derive(
            compute.difference(*found.less[at]).shown_in(context.plan.unit),
            operands,
            label=line.name,
            metric=f"{line.name} {found.column}",
            period=operands[0].period,
            again=lambda figures: compute.difference(figures[0], figures[1]),
        )
        return
    if not found.rate:
        figure = replace(found.figures[at], metric=line.name)
        draft.show(found.grid.candidate(figure), label=line.name, unit=context.plan.unit)
        return
    part, whole = found.rate[at]
    made = compute.percent_of(part, whole)
    if made is None:
        return
    operands = [found.grid.candidate(part), found.grid.candidate(whole)]
    draft.derive(
        made,
        operands,
        label=line.name,
        metric=f"{line.name} {found.column}",
        period=operands[0].period,
        again=lambda figures: compute.percent_of(figures[0], figures[1]),
    )
