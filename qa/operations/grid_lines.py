"""Which lines of a table a question means: their level, what singles them out, the table that fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.model import Figure
from ingest.quantity import Dimension
from qa.operations.context import Context
from qa.operations.families import level_asked
from qa.operations.grid import Grid, Line, asked_words, grids, plain_head
from qa.words.matching import grams, squeeze
from qa.words.worked_words import members_said

_CODE_LENGTH = {"类级": 3, "款级": 5, "项级": 7}
ASKING = re.compile(
    r"(?:分别|各)?(?:是|为|有|叫)?(?:哪|几|多少)(?:[一几些两三四五]?(?:个|项|家|类|些|条|种|县|区|市|镇|所|笔|科目|地区|单位|项目|指标|名|人))*|"
    r"(?:数量|个数|项数)(?:是|为)?多少|单个|单项|单笔|一共|总共|合计|共计|加起来|之和|总和|平均(?:每[个项家县区]?)?|每[个项家县区]"
)
_RATE = re.compile(r"率|比例|比重|占比|百分|进度|%")
_SCORE = re.compile(r"得分|分数|评分|(?<![百十])分(?!布|类|配|别|县|区)")
_MONEY = re.compile(r"金额|支出|收入|经费|费用|预算|决算|资金|元|花|付|钱")


@dataclass(frozen=True, slots=True)
class Found:
    """Lines with the figure of each that decides.

    `rate` where it is worked out from two cells, one over the other; `less` where one less the other;
    `against` what each figure was compared with in its own line.
    """

    grid: Grid
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    column: str
    compared: int
    rate: tuple[tuple[Figure, Figure], ...] = ()
    less: tuple[tuple[Figure, Figure], ...] = ()
    against: tuple[Figure, ...] = ()

    def value(self, at: int) -> Decimal:
        if self.rate:
            part, whole = self.rate[at]
            return part.quantity.base / whole.quantity.base
        if self.less:
            whole, part = self.less[at]
            return whole.quantity.base - part.quantity.base
        return self.figures[at].quantity.base


def measures(grid: Grid, lines: Sequence[Line], column: int, bare: str) -> bool:
    """Whether most lines have the column, or it is named, and it measures what the words speak of."""
    cells = [line.cells[column] for line in lines if column in line.cells]
    named = column in grid.heads and plain_head(grid.heads[column]) in squeeze(bare)
    if not cells or (len(cells) * 2 < len(lines) and not (named and len(cells) > 1)):
        return False
    dimensions = {cell.quantity.unit.dimension for cell in cells}
    if len(dimensions) != 1:
        return False
    dimension = dimensions.pop()
    if _RATE.search(bare):
        return dimension is Dimension.PERCENT
    if _SCORE.search(bare):
        return dimension is Dimension.SCORE or bool(_SCORE.search(plain_head(grid.heads[column])))
    if dimension is Dimension.PERCENT:
        return named  # 满意度（%）, which says itself that it is a rate
    return dimension is Dimension.MONEY if _MONEY.search(bare) else True


def at_level_of(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines of the level that is asked, the innermost ones where none is named."""
    members = [line for line in lines if not line.total]
    lengths = {len(line.code) for line in members if line.code.isdigit()}
    for word, length in _CODE_LENGTH.items():
        if word in text:
            return [line for line in members if len(line.code) == length]
    outermost = level_asked(text) == "root"
    if len(lengths) > 1 and lengths <= {3, 5, 7}:
        length = min(lengths) if outermost else max(lengths)
        return [line for line in members if len(line.code) == length]
    parents = {line.path[:-1] for line in members if len(line.path) > 1}
    if outermost:
        depth = min((len(line.path) for line in members), default=0)
        return [line for line in members if len(line.path) == depth]
    return [line for line in members if line.path not in parents]


def singled_out(grid: Grid, bare: str) -> tuple[list[Line], str, list[str]]:
    """The lines that a cell or a label above them singles out, the words left, and what explains."""
    flat = squeeze(bare)
    lines = [line for line in grid.lines if not line.total]
    best: tuple[int, str, list[Line]] = (0, "", lines)
    groups: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        for column, text in line.texts.items():
            groups.setdefault((column, squeeze(text)), []).append(line)
        for text in line.path[:-1]:
            groups.setdefault((-1, squeeze(text)), []).append(line)
    for (column, text), its in groups.items():
        head = " ".join(grid.table.columns[column].path) if column >= 0 else ""
        said = _whether(head, text, bare) or _graded(text, bare) or _said(text, flat)
        if said and len(said) > best[0] and len(its) < len(lines):
            best = (len(said), said, its)
    said = best[1]
    return best[2], bare.replace(said, " ") if said else bare, [squeeze(said)] if said else []


_NOT = re.compile(r"(?:没有?|未|尚未|还没)")


def _whether(head: str, text: str, bare: str) -> str:
    """加装电梯的 for the cells 是 of a column 是否加装电梯; 没加装电梯的 for its cells 否."""
    what = squeeze(head).partition("是否")[2]
    if len(what) < 2 or text not in ("是", "否", "√", "×", "有", "无"):
        return ""
    found = re.search(rf"(?P<no>{_NOT.pattern})?{re.escape(what)}", bare)
    return found.group() if found and bool(found["no"]) is (text in ("否", "×", "无")) else ""


def _graded(text: str, bare: str) -> str:
    """A grade of one character, where the question quotes it or says that it is one: 等级为“良”."""
    if len(text) != 1:
        return ""
    found = re.search(
        rf"(?:等级|等次|结果|评价|级别)?(?:为|是|评为|评了)?[“\"]{text}[”\"]|(?:等级|等次|评)(?:为|是)?{text}(?=的)",
        bare,
    )
    return found.group() if found else ""


_SHORTEST_CELL = 3


def _said(text: str, flat: str) -> str:
    """How the question says what a cell says: whole, or by its end (防御科 for 水旱灾害防御科)."""
    plain = re.sub(r"[(（]?\d+分[)）]?$", "", text)
    if 2 <= len(plain) <= 20 and plain in flat and re.search(r"[\u4e00-\u9fff]", plain):
        return "" if re.search(rf"(?:{_NOT.pattern}|不){re.escape(plain)}", flat) else plain
    for size in range(min(len(plain) - 1, 8), _SHORTEST_CELL - 1, -1):
        if len(plain) <= 12 and plain[-size:] in flat:
            return plain[-size:]
    return ""


# A table of these is meant only where the question says so.
_NARROW = ("基本支出", "项目支出", "人员经费", "公用经费", "三公", "政府性基金", "国有资本", "收入")


def the_one(
    context: Context, find: Callable[[Grid], Found | None], *, beside: bool = False
) -> Found | None:
    """What the tables find, where all that find anything give the same lines and values.

    With `beside`, the tables keep their figures of other years than those asked for.
    """
    found = [each for grid in grids(context, beside=beside) if (each := find(grid)) is not None]
    number = members_said(context.plan.question)
    found = [each for each in found if number in (None, each.compared)] or found[:0]
    if not found:
        return None
    asked = grams(asked_words(context))  # 哪个区县 is answered by a table of 区县
    question = context.plan.question
    fits = [
        (
            -sum(word in each.grid.title and word not in question for word in _NARROW),
            len(grams(each.grid.kinds) & asked),
            len(grams(each.grid.table.title) & asked),
        )
        for each in found
    ]
    found = [each for each, fit in zip(found, fits, strict=True) if fit == max(fits)]
    first = found[0]
    told = {line.name: first.value(at) for at, line in enumerate(first.lines)}
    for other in found[1:]:
        own = {line.name: other.value(at) for at, line in enumerate(other.lines)}
        if own != told:
            return None
    return first
