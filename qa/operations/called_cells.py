"""The one cell that a question calls by row and column, in words of its own between them.

Looser than `named_cells`: a column may be named in part, its words may be parted by those that ask
(供餐多少天: 供餐天数), and what is left over may be a word or so. Tried last, where nothing else is found
or several figures are left to choose from; the last gate holds what is left over against it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.figures.finding import strip_number
from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension
from ingest.tables.columns import is_year
from qa.assurance.words import asking_pattern
from qa.drafts import Draft
from qa.figures.cell_words import before_table
from qa.figures.evidence import Candidate, Cluster, says_same
from qa.figures.fitting import excluded_names, fits, named_so, period_fits
from qa.figures.weighing import other_side
from qa.model import PartKey
from qa.operations.context import Context, add_figure, closed, sentence
from qa.plan import Operation, Plan, Target
from qa.words import cues
from qa.words.matching import grams, squeeze

# What the label must say where the question asks for more than a figure.
_TOLD: dict[Operation, re.Pattern[str]] = {
    Operation.LOOKUP: re.compile(""),
    Operation.COMPLETION: re.compile("率"),
    Operation.AVERAGE: re.compile("均|每"),
    Operation.GROWTH: re.compile("率|增|降|幅|同比"),
    Operation.CHANGE: re.compile("增|减|变"),
    Operation.DIFFERENCE: re.compile("余|差|增减|剩"),
}
_ASKING = re.compile(r"多少|几(?=[一-鿿])|[了的]|百分之")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?|[本上]年度?")
_OF_WHICH = re.compile(r"^其中[:：]?")
_PLAIN_END = re.compile(r"(?<=[一-鿿]{2})(?:[天人次户件家个批]?数|额|金额|数量|情况)$")
# A column that says no more than that it is an amount.
_GENERIC = re.compile(
    r"(?:本年|全年|实际|年末)?(?:合计|小计|总计|金额|数量|数|支出|决算|执行|完成|决算数|执行数|支出数|完成数|完成值|实际完成值|支出金额|值)?"
)
_SUPPOSED = re.compile(
    r"如果|假如|若|应该?(?:得|给|扣)|标准|细则|规则|构成|组成|[怎咋如][么何]|由哪"
)
_SEVERAL = re.compile(
    r"[、和与及跟加]|减(?![少免])|除以|乘|[各每两三四五六七八九十几]个?(?:项|家|个|类|县|区|年)|分别"
)
# What became of money, and how the labels around a cell say so.
_STAGES = (
    (
        re.compile(r"支出|(?<!转移)支付|花[了掉费销]|用[了掉去]|执行|开支"),
        re.compile(r"支出|(?<!转移)支付|执行|决算|使用|开支|花费|兑付|发放"),
    ),
    (re.compile(r"到位|到账"), re.compile(r"到位|到账")),
    (re.compile(r"拨付|拨了|实拨"), re.compile(r"拨")),
    (re.compile(r"下达|分配|分到"), re.compile(r"下达|分配|安排")),
    (re.compile(r"申请|申报"), re.compile(r"申请|申报")),
    (re.compile(r"结算"), re.compile(r"结算")),
    (re.compile(r"合同"), re.compile(r"合同")),
    (re.compile(r"中标"), re.compile(r"中标|成交")),
)
_DENIED = re.compile(
    r"(?<!有)没|未(?!来|成年)|(?<!是)不|无(?!人机|线)|(?<!是)非(?!遗)|欠|缺|超"
)  # another count than that
_LEAST = 2  # characters of a label
_PART = 0.6  # share of the grams of a column that the question has
_MOST_LEFT = 2  # characters of the question that stand for nothing
_RUN = re.compile(r"[一-鿿a-z\d]{2,}")


@dataclass(frozen=True, slots=True)
class _Called:
    """A cell with how many characters of the question call its row and column, and what is left."""

    candidate: Candidate
    named: int
    left: int


def called(context: Context) -> Draft | None:
    """The cell that is called best; None where several that say otherwise are called as well."""
    plan = context.plan
    told = _TOLD.get(plan.operation)
    if told is None or len(plan.targets) != 1 or len(plan.years) > 1 or not plan.parts:
        return None
    if plan.memory or plan.lenient or plan.basis_years:
        return None
    if _SUPPOSED.search(plan.text) or _SEVERAL.search(plan.text) or _DENIED.search(plan.text):
        return None
    found: list[_Called] = []
    for keys in dict.fromkeys((plan.project_parts, tuple(plan.parts))):
        found = found or [
            each
            for each in (_called(context, plan.targets[0], keys) if keys else ())
            if told.search("".join(_labels(each.candidate.figure)))
        ]
    if not found:
        return None
    most = max(each.named - 2 * each.left for each in found)
    best = [each.candidate for each in found if each.named - 2 * each.left == most]
    if not all(says_same(best[0], each) for each in best):
        return None
    draft = Draft(phrase=plan.targets[0].key)
    draft.units.append(best[0].figure.quantity.unit)
    cluster = Cluster(best[0], tuple(best))
    target = replace(plan.targets[0], label=best[0].figure.metric)  # its own names, read apart
    draft.text = sentence(add_figure(draft, context, cluster, target), best[0])
    return draft


def _labels(figure: Figure) -> tuple[str, ...]:
    return (*figure.row_path[-1:], *figure.column_path)


def _called(context: Context, target: Target, keys: Collection[PartKey]) -> Iterator[_Called]:
    plan = context.plan
    asked = _ASKING.sub("", squeeze(plan.without_bodies))
    had = grams(asked)
    out = excluded_names(plan.text)
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for figure in document.figures:
            if figure.part not in parts or not _may_be(figure, document, target, plan):
                continue
            if out and named_so(figure, out):
                continue
            named = _named(figure, asked, had, target)
            if not named or not _of_stage(plan, document, figure):
                continue
            left = _left(plan, document, figure)
            plain = _GENERIC.fullmatch(_bare(figure.column_path[-1]) if figure.column_path else "")
            if left <= (0 if plain else _MOST_LEFT):
                yield _Called(Candidate.sure(report, document, figure), named, left)


def _may_be(figure: Figure, document: Document, target: Target, plan: Plan) -> bool:
    """Whether a figure is a cell of the years and of the kind asked for."""
    place = figure.locator
    if place.table is None or place.row is None or figure.subject or not figure.row_path:
        return False
    if not closed(figure) and target.role is not Role.TARGET:
        return False
    if not period_fits(figure, document, plan.years) or other_side(document, figure, target.key):
        return False
    return fits(figure, target) or _bare_count(figure, target)


def _bare_count(figure: Figure, target: Target) -> bool:
    """借还册次 | 75396: a number whose label says what is counted."""
    unit = figure.quantity.unit
    if target.dimension is not Dimension.COUNT or unit.dimension is not Dimension.NUMBER:
        return False
    return target.role is None or figure.role is target.role


def _named(figure: Figure, asked: str, had: frozenset[str], target: Target) -> int:
    """How many characters of the question call row and column; 0 where one of them is not called."""
    row = squeeze(_ASIDE.sub("", strip_number(figure.row_path[-1])))
    if len(row) < _LEAST or row not in asked:
        return 0
    path = [_bare(label) for label in figure.column_path]
    last = path[-1] if path else ""
    if _GENERIC.fullmatch(last):
        years = any(is_year(squeeze(label)) for label in figure.column_path)
        kind = target.dimension is not None or target.role is not None or years
        above = [label for label in path[:-1] if not _GENERIC.fullmatch(label)]
        return (
            len(row) if kind and all(_share(label, asked, had) >= _PART for label in above) else 0
        )
    if _share(last, asked.replace(row, "|", 1), grams(asked.replace(row, "|", 1))) < _PART:
        return 0
    return len(row) + sum(_said(label, asked, had) for label in path)


def _said(label: str, asked: str, had: frozenset[str]) -> int:
    """How many characters of a label the question has."""
    if label in asked:
        return len(label)
    pairs = [label[at : at + 2] in had for at in range(len(label) - 1)]
    return sum(a or b for a, b in zip([False, *pairs], [*pairs, False], strict=True))


def _bare(label: str) -> str:
    own = _OF_WHICH.sub("", _ASIDE.sub("", strip_number(label)))
    return _PLAIN_END.sub("", _YEAR.sub("", squeeze(own)))


def _share(label: str, asked: str, had: frozenset[str]) -> float:
    """How much of a label the question has."""
    own = grams(label)
    if label and label in asked:
        return 1.0
    return len(own & had) / len(own) if own else 0.0


def _left(plan: Plan, document: Document, figure: Figure) -> int:
    """How many characters of the question neither stand around the cell nor ask."""
    near = grams(" ".join(_around(document, figure)))
    names = {gram for name, _ in plan.projects for gram in grams(name)}
    count = 0
    for run in _RUN.findall(asking_pattern().sub(" ", cues.content(plan.text))):
        held = [False] * len(run)
        for at in range(len(run) - 1):
            if run[at : at + 2] in near or run[at : at + 2] in names:
                held[at] = held[at + 1] = True
        count += sum(not each for each in held)
    return count


def _of_stage(plan: Plan, document: Document, figure: Figure) -> bool:
    """False for money of another stage than the one asked for: 下达 where 支出 is asked."""
    if figure.quantity.unit.dimension not in (Dimension.MONEY, Dimension.NUMBER):
        return True
    told = "".join(map(squeeze, _around(document, figure)))
    return all(said.search(told) for ask, said in _STAGES if ask.search(plan.text))


def _around(document: Document, figure: Figure) -> Sequence[str]:
    part, place = document.part_of(figure.block), figure.locator
    title = document.tables[place.table].title if place.table is not None else ""
    names = (part.title.value, part.project.value, part.entity.value, document.name)
    labels = (*figure.row_path, *figure.column_path, *figure.scope)
    above = document.section_path(figure.section)
    return (*labels, title, *names, *above, *before_table(document, figure))
