"""What is left of a line's money and the share of a line or column, from a table that explains all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.model import Figure
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.operations.grid import (
    Grid,
    Line,
    asked_words,
    grids,
    named_lines,
    nearest_column,
    plain_head,
    unexplained,
)
from qa.operations.relations import divided, is_stated, share_sides
from qa.operations.row_differences import difference_draft
from qa.words import cues
from qa.words.matching import grams, squeeze

_SPENT = re.compile(r"实际支出|支出数?$|支出决算|执行数|使用|支付|决算|实际完成")
_PLANNED = re.compile(r"预算|计划|安排|下达|批复|指标|分配")
_ARRIVED = re.compile(r"到位|收入")
_FINAL = re.compile(r"调整后|全年|年度预算|调整预算")
_NO_AMOUNT = re.compile(r"率|比|百分|增减|差|结余|结转|上年|分值|得分")
_LEFT_WORDS = re.compile(
    r"还有?|剩余|剩下?|用剩|结余|节余|节约|节省|省下?|(?:没有?|未|尚未)(?:花|用|支出?|使用|执行|支付|拨付)(?:出去|完|掉|了)*|"
    r"最后|钱|多少|相差|差额|之差|差|年初|全年|调整后|预算数?|决算数?|实际|支出数?|较|比|到位|资金|经费|补助|用完"
)
_ONLY_LINES = 2  # a table of fewer lines has no parts


def left_over(context: Context) -> Draft | None:
    """Budget less spending of a line that the question names, or of the whole that a project is."""
    phrase = asked_words(context)
    if any(t.dimension not in (None, Dimension.MONEY) for t in context.plan.targets):
        return None
    bare = _LEFT_WORDS.sub(" ", phrase)
    pairs: dict[tuple[Decimal, Decimal], tuple[Candidate, Candidate, str]] = {}
    for grid in grids(context):
        named = named_lines(grid, phrase)
        whole = [line for line in grid.lines if line.total]
        all_of = not _SOME.search(phrase) and _about(context, grid, bare)
        meant = named if named else whole if all_of else []
        for line in meant if len(meant) == 1 else ():
            found = money_of(grid, line, phrase)
            if found is None or unexplained(bare, grid.around, line.flat):
                continue
            key = (found[0].quantity.base, found[1].quantity.base)
            left, right = (grid.candidate(figure) for figure in found)
            pairs[key] = (left, right, line.name)
    if len(pairs) != 1:
        return None
    left, right, name = next(iter(pairs.values()))
    labels = [each.figure.metric for each in (left, right)]
    return difference_draft(context, left, right, f"{name}结余", labels[0], labels[1])


_SOME = re.compile(r"[两二三四五六七八九十\d]\s*(?:个|家|项|类|地)|加起来|加一起|合计")  # 这两个县


def _about(context: Context, grid: Grid, bare: str) -> bool:
    """Whether the question is about the whole of a table: of the project asked for, or by its title."""
    if context.plan.projects:
        return True
    return len(grams(grid.table.title) & grams(bare)) > 1


def money_of(grid: Grid, line: Line, phrase: str) -> tuple[Figure, Figure] | None:
    """What a line was allotted in the end (or as the question says) and what it spent."""
    heads = {
        column: plain_head(grid.heads[column])
        for column, figure in line.cells.items()
        if column in grid.heads
        and figure.quantity.unit.dimension in (Dimension.MONEY, Dimension.NUMBER)
    }
    heads = {c: head for c, head in heads.items() if not _NO_AMOUNT.search(head)}
    spent = [c for c, head in heads.items() if _SPENT.search(head) and not _PLANNED.search(head)]
    planned = [c for c, head in heads.items() if c not in spent and _PLANNED.search(head)]
    arrived = [c for c, head in heads.items() if c not in spent and _ARRIVED.search(head)]
    if "到位" in phrase or not planned:
        planned = [] if "预算" in phrase else arrived
    if _ALL_YEARS.search(phrase):
        planned, spent = (
            [c for c in own if _ALL_YEARS.search(heads[c])] for own in (planned, spent)
        )
    if len(planned) > 1 and "年初" in phrase:
        planned = [c for c in planned if "年初" in heads[c]]
    elif len(planned) > 1:
        planned = [c for c in planned if _FINAL.search(heads[c])]
    if len(spent) != 1 or len(planned) != 1:
        return None
    left, right = line.cells[planned[0]], line.cells[spent[0]]
    return (left, right) if left.quantity.unit.compatible(right.quantity.unit) else None


_ALL_YEARS = re.compile(r"累计|[两三四五]年(?:合计|累计|总|来|间|下来|一共)")


def share(context: Context) -> Draft | None:
    """One cell over another of its line or column, where a table explains every word asked."""
    text = asked_words(context)
    sides = share_sides(text)
    if sides is None or is_stated(context):
        return None
    part, whole = sides
    found: dict[Decimal, tuple[Candidate, Candidate]] = {}
    for grid in grids(context):
        for first, second in _pairs(grid, text, part, whole):
            made = compute.percent_of(first, second)
            if made is not None:
                found[made.value] = (grid.candidate(first), grid.candidate(second))
    if len(found) != 1:
        return None
    left, right = next(iter(found.values()))
    multiple = bool(re.search(r"几倍|多少倍", context.plan.text))
    make = compute.multiple_of if multiple else compute.percent_of
    result = make(left.figure, right.figure)
    if result is None:
        return None
    draft = Draft(phrase=cues.content(part))
    label = f"{left.figure.metric} ÷ {right.figure.metric}"
    return divided(draft, result, [left, right], label, make)


def _pairs(grid: Grid, text: str, part: str, whole: str) -> Iterator[tuple[Figure, Figure]]:
    yield from _of_lines(grid, text, part, whole)
    yield from _of_columns(grid, text, part, whole)


def _of_lines(grid: Grid, text: str, part: str, whole: str) -> Iterator[tuple[Figure, Figure]]:
    """A named line over the total, or over another named line, in the column asked for."""
    named = named_lines(grid, part)
    if len(named) != 1 or len(grid.lines) < _ONLY_LINES:
        return
    line = named[0]
    others = [each for each in named_lines(grid, whole) if each is not line]
    totals = [each for each in grid.lines if each.total]
    over = others if others else totals
    if len(over) != 1 or (others and "里" not in text and squeeze(whole) not in squeeze(text)):
        return
    about = squeeze(text).replace(line.flat, "")
    for each in others:
        about = about.replace(each.flat, "")
    columns = [
        c
        for c, figure in line.cells.items()
        if c in over[0].cells
        and c in grid.heads
        and figure.quantity.unit.dimension
        not in (Dimension.PERCENT, Dimension.POINT, Dimension.SCORE)
        and figure.quantity.unit.compatible(over[0].cells[c].quantity.unit)
    ]
    column = nearest_column(grid, about, columns)
    if column is None:
        return
    own = (line.flat, plain_head(grid.heads[column]), over[0].flat)
    if not unexplained(_RELATION.sub(" ", text), grid.around, *own):
        yield line.cells[column], over[0].cells[column]


def _of_columns(grid: Grid, text: str, part: str, whole: str) -> Iterator[tuple[Figure, Figure]]:
    """One column over another one, in the line asked for or that of the total."""
    columns = [
        c
        for c in grid.heads
        if any(
            c in line.cells and line.cells[c].quantity.unit.dimension is not Dimension.PERCENT
            for line in grid.lines
        )
    ]
    left, right = (_column_called(grid, columns, words) for words in (part, whole))
    if left is None or right is None or left == right:
        return
    named = named_lines(grid, text)
    lines = named if named else [line for line in grid.lines if line.total]
    if len(lines) != 1 or left not in lines[0].cells or right not in lines[0].cells:
        return
    first, second = lines[0].cells[left], lines[0].cells[right]
    own = (lines[0].flat, plain_head(grid.heads[left]), plain_head(grid.heads[right]))
    alike = first.quantity.unit.compatible(second.quantity.unit)
    if alike and not unexplained(_RELATION.sub(" ", text), grid.around, *own):
        yield first, second


def _column_called(grid: Grid, columns: Sequence[int], words: str) -> int | None:
    """The one column whose header a side of the question says, or that of totals for 到位资金."""
    flat = squeeze(cues.content(words))
    exact = [
        c
        for c in columns
        if len(plain_head(grid.heads[c])) > 1 and plain_head(grid.heads[c]) in flat
    ]
    longest = [
        c
        for c in exact
        if not any(plain_head(grid.heads[c]) in plain_head(grid.heads[o]) for o in exact if o != c)
    ]
    if longest:
        return longest[0] if len(longest) == 1 else None
    wholes = [c for c in columns if _TOTAL_HEAD.search(plain_head(grid.heads[c]))]
    stem = [
        c for c in wholes if (s := _TOTAL_HEAD.sub("", plain_head(grid.heads[c]))) and s in flat
    ]
    return stem[0] if len(stem) == 1 else None


_TOTAL_HEAD = re.compile(r"(?:合计|总计|总额|小计|总数)$")
_RELATION = re.compile(
    r"占(?:了|到|去)?|所占|比重|比例|占比|份额|百分之?[几多]?|分[给到走得]了?|拿[了到走]|总量|总盘子|全[市县区部省]|整个|其中"
)
