"""Whether a calculation is over the sides that the question names: of each body one, each by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import printed
from qa.model import Check, Source, Value
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of

_OVER_BODIES = (
    Operation.DIFFERENCE, Operation.CHANGE, Operation.GROWTH, Operation.RATIO, Operation.SUM,
    Operation.AVERAGE, Operation.RANK,
)  # fmt: skip
_JOINED = re.compile(r"^[^,，。;；?？]{0,24}?(?:比|较|和|与|跟|同|及|、|还是|vs|than|and)", re.I)


def of_each_body(asked: Asked) -> Iterator[Doubt]:
    """甲局比乙局少多少 is asked, and both operands are of 乙局."""
    plan = asked.plan
    if plan.operation not in _OVER_BODIES or not asked.figures or len(plan.apart) < 2:
        return
    named = sorted((n for n in plan.named if n.kind == "unit"), key=lambda n: n.start)
    if len(named) < 2 or not _JOINED.match(plan.question[named[0].end : named[1].end]):
        return
    told = {value.entity for value in asked.answer.values if value.entity}
    lacking = [group for group in plan.apart if not told & set(group)]
    if told and lacking:
        yield Doubt("asks", "、".join(group[0] for group in lacking))


_SO_MANY = re.compile(
    r"(?P<n>[两二三四五六七八九])个?(?:单位|部门|局|机构)(?!性)[^,，。;；?？]{0,24}(?:合计|一共|总共|共计|加起来|之和|相差|平均)"
)


def of_so_many_bodies(asked: Asked) -> Iterator[Doubt]:
    """两个单位合计 is asked, and two lines of one body are added up."""
    found = _SO_MANY.search(cues.unquoted(asked.plan.question))
    if found is None or not asked.figures or len(asked.ground.bodies) < 2:
        return
    sources = {source.report for value in asked.figures for source in value.sources}
    if len(sources) < (number_of(found["n"]) or 0):
        yield Doubt("asks", found.group())


_SHARE = re.compile(
    r"^(?P<part>[^,，。;；?？]{2,24}?)(?:所?占|相当于|÷)(?:了|到)?(?P<whole>[^,，。;；?？]{2,16}?)的?(?:比例|比重|份额|百分|百分比|几成|多少|几|比)"
)
_ASKED_WHOLE = re.compile(
    r"^(?:全部|全年|本年度?|年度|部门|单位|整个)*(?:的)?(?:总支出|支出总额|支出总计|支出合计|总收入|收入合计|本年支出|本年收入)$"
)
_OF_ONE_KIND = re.compile("采购|三公|接待|公用|人员|专项|合同|变更|挪用|罚|奖")
_ASTRAY = re.compile("挪用|违规|变更|核减|审减|退回|收回|罚没")
_LIGHT = re.compile(
    r"(?:支出|收入|金额|数额|经费|资金|费用?|预算|决算|总|额|数|[全当]?年度?|实际|执行|完成|达到|发生|的)+"
)


def named_sides(asked: Asked) -> Iterator[Doubt]:
    """经营支出占总支出 is asked, and it is divided by 政府采购支出总额: a whole of another kind."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO) or not asked.figures:
        return
    found = _SHARE.match("".join(asked.plan.text.split()))
    value = asked.figures[0]
    if found is None or value.check is not Check.DERIVED or len(value.sources) < 2:
        return
    part, whole = (operand(value, at) for at in (0, 1))
    if _ASKED_WHOLE.match(found["whole"]):
        other = _OF_ONE_KIND.search(whole)
        if other is not None and other.group() not in found["whole"]:
            yield Doubt("held_alone", other.group())
            return
    astray = _ASTRAY.search(part + whole)
    if astray is not None and astray.group() not in asked.plan.question:
        yield Doubt("held_alone", astray.group())
        return
    wanted = grams(_LIGHT.sub("", found["part"]))
    title = squeeze(value.sources[0].table or "")
    if wanted and part and not wanted & grams(part + title):
        yield Doubt("part", found["part"])


def operand(value: Value, at: int) -> str:
    """What an operand is called where it stands: its labels, or the clause before its number."""
    source = value.sources[at]
    if source.table is not None:
        return squeeze(f"{source.row or ''}{source.column or ''}")
    return squeeze(_clause_before(source, value.formula, at))


def _clause_before(source: Source, formula: str, at: int) -> str:
    """The clause before an operand's number, the first or second of the formula."""
    for number in re.findall(r"\d[\d,]*(?:\.\d+)?", formula)[at:]:
        told = printed(number, source.quote)
        if told in source.quote:
            return re.split("[，,；;。]", source.quote.partition(told)[0])[-1]
    return source.quote


_FUNCTIONAL = re.compile("功能科目|功能分类|支出功能")
_BY_FUNCTION = re.compile("(?:收入|支出|拨款)[^，,]{0,8}决算(?:总|明细)?表|功能|科目|[类款项]级")


def by_function(asked: Asked) -> Iterator[Doubt]:
    """Which functional account is asked, and the lines of a table of projects are ranked."""
    if asked.plan.operation not in (Operation.RANK, Operation.FILTER, Operation.COUNT):
        return
    tables = [s.table or "" for value in asked.figures for s in value.sources]
    if _FUNCTIONAL.search(asked.question) and tables and not any(map(_BY_FUNCTION.search, tables)):
        yield Doubt("kind", "功能科目")


_YEAR = re.compile(r"(?<!\d)(?:20)?(?P<y>\d\d)年")


def of_unlike_years(asked: Asked) -> Iterator[Doubt]:
    """2023年甲局和乙局 are compared, and the figure of one of them is of 2022, or a budget."""
    worked = [value for value in asked.figures if value.check is Check.DERIVED]
    if asked.plan.operation not in _OVER_BODIES or not worked or len(asked.plan.apart) < 2:
        return
    rest = [value for value in asked.figures if value.check is not Check.DERIVED]
    years = {found["y"] for found in _YEAR.finditer(asked.plan.question)}
    periods = {value.period for value in rest if value.period}
    if len(years) == 1 and len(periods) > 1:
        yield Doubt("year", "、".join(sorted(periods)))
    planned = ["预算" in value.metric and "决算" not in value.metric for value in rest]
    if any(planned) and not all(planned) and "预算" not in asked.plan.question:
        yield Doubt("unlike_rows", "预算")


_STAFF = re.compile("退休|离休|遗属|编外|临聘|劳务派遣|在职|在编")


def operand_of_else(asked: Asked) -> Iterator[Doubt]:
    """在职人员比编制少几个 is asked, and 退休人员 are taken away."""
    if asked.plan.operation is not Operation.DIFFERENCE or asked.contradicted:
        return
    for value in asked.figures[:1]:
        two = value.check is Check.DERIVED and len(value.sources) > 1
        if not two or any(source.table is not None for source in value.sources[:2]):
            return
        question = squeeze(asked.plan.question)
        for at in (0, 1):
            named = _STAFF.search(operand(value, at))
            if named and named.group() not in question:
                yield Doubt("part", named.group())
                return


_ENDS_IN_INCOME = re.compile("收入(?:数|总?额|合计|决算数?)?$")


def moved_on_other_side(asked: Asked) -> Iterator[Doubt]:
    """How far 支出 moved is asked for, and the change that is told is of 收入."""
    question = cues.unquoted(asked.plan.question)
    if asked.plan.operation not in (Operation.GROWTH, Operation.CHANGE) or asked.contradicted:
        return
    if "支出" not in question or "收入" in question or "收支" in question:
        return
    for value in asked.figures[:1]:
        if _ENDS_IN_INCOME.search(value.metric) and "支" not in value.metric:
            yield Doubt("opposed", "支出")


DOUBTS: tuple[Doubts, ...] = (
    of_each_body,
    moved_on_other_side,
    of_so_many_bodies,
    named_sides,
    by_function,
    of_unlike_years,
    operand_of_else,
)
