"""Whether a figure is called what is asked for: by the clause before it, its kind and its level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.beside import alone, single
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sides import operand
from qa.assurance.told import around, labels, printed, used
from qa.model import Check, Value
from qa.plan import Operation
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import grams, squeeze

_CAUSE = re.compile("主要是|主要系|主要原因|原因是|由于|因为|主要为")
_ANY_ACCOUNT = re.compile("支出|决算|预算|金额|经费|费用")
_A_WORD = 3  # characters


def only_in_the_cause(asked: Asked) -> Iterator[Doubt]:
    """运行经费138.56万元，主要是压减会议费: of 会议费 it says nothing."""
    value = alone(asked)
    before, behind = around(value) if value is not None else ("", "")
    cause = _CAUSE.search(behind)
    if value is None or cause is None:
        return
    tail, own = squeeze(behind[cause.end() :]), squeeze(before + value.metric)
    for said in map(squeeze, naming_words(cues.content(asked.plan.text))):
        word = _ANY_ACCOUNT.sub("", said)
        if grams(word) & grams(own):
            continue
        pieces = (word[at : at + _A_WORD] for at in range(len(word) - _A_WORD + 1))
        if any(piece in tail for piece in pieces):
            yield Doubt("beside", word)
            return


_OF_ALL = re.compile("(?:综合|总体|整体|平均)")
_WHOSE = re.compile("([一-鿿]{2,8})满意度")
_ANYONE = re.compile("群众|公众|社会|服务对象|问卷|满意$")


def satisfaction_of_all(asked: Asked) -> Iterator[Doubt]:
    """卖粮农户满意度 is asked for, and 综合满意度 of all who answered is given."""
    value = alone(asked)
    whose = _WHOSE.search(asked.plan.text)
    if value is None or whose is None or _ANYONE.search(whose[1]):
        return
    overall = _OF_ALL.match(value.metric.rpartition(" ")[2])
    if overall and not re.search("综合|总体|整体|平均|总", asked.plan.text):
        yield Doubt("part", whose.group())


_CHANGE_RANKED = re.compile(
    "(?:下降|增长|增加|减少|提高|上升|变化|增幅|降幅|差距|涨|降)(?:得|幅度|比例)?的?(?:幅度|比例|数量)?最"
)
_A_CHANGE = re.compile("下降|增|减|升|变化|幅|差|较|比|涨|降|[−-]")


def change_ranked(asked: Asked) -> Iterator[Doubt]:
    """Where it fell the least is asked, and the column of before is ranked."""
    found = _CHANGE_RANKED.search(asked.plan.text)
    if asked.plan.operation is not Operation.RANK or found is None or not asked.figures:
        return
    own = asked.answer.text.partition("：")[0].replace(found.group(), "")
    for value in asked.figures:
        own += value.metric + value.formula + labels(value.sources)
    if not _A_CHANGE.search(own):
        yield Doubt("operation", found.group())


_PER_HEAD = re.compile("标准|每人|人均|每月|每亩|单价")


def of_a_standard(asked: Asked) -> Iterator[Doubt]:
    """A share or sum with 标准为每人每月1,640元: what one gets is no part of what was spent."""
    summed = (Operation.SHARE, Operation.RATIO, Operation.SUM)
    if asked.plan.operation not in summed or re.search("标准|每|均|单价", asked.plan.question):
        return
    for value in asked.figures[:1]:
        told = used(value) if value.check is Check.DERIVED else ()
        leads = (s.quote.partition(printed(n, s.quote))[0] for n, s in told if s.table is None)
        clauses = (re.split("[，,；;。]", lead)[-1] for lead in leads)
        named = next((clause for clause in clauses if _PER_HEAD.search(clause)), "")
        if named:
            yield Doubt("operation", named)


_RATE_ASKED = re.compile(
    "(?<![效频税汇利费])(?:率|满意度|比例|比重|占比)(?:是|为|有|达到?)?(?:多少|几)(?![万亿]?元|个|人|分|‰)"
)
_AMOUNT = re.compile("[万亿]?(?:元|人|名|个|户|件|份|次|人次|家|项|台)")
_PERCENT_ASKED = re.compile("百分之(?:多少|几)")
_MOVED = re.compile("[高低差升降多少]了?(?:出)?百分之|提高|增长|下降|上升|变化|降低")


def no_rate(asked: Asked) -> Iterator[Doubt]:
    """满意度 is asked for and persons are given; a rate, and percentage points."""
    if len(asked.figures) != 1 or asked.contradicted:
        return
    question, value = cues.unquoted(asked.plan.question), asked.figures[0]
    rate, percent = _RATE_ASKED.search(question), _PERCENT_ASKED.search(question)
    if rate and _AMOUNT.fullmatch(value.unit) and re.search("[1-9]", value.number):
        yield Doubt("unit", rate.group())
    elif percent and value.unit == "个百分点" and not _MOVED.search(question):
        yield Doubt("unit", percent.group())


_LEVEL = re.compile("全([省国市县区])")


def other_level(asked: Asked) -> Iterator[Doubt]:
    """全省 is asked for, and the figure is of 全市."""
    value = single(asked)
    found = _LEVEL.search(asked.plan.text)
    if value is None or found is None or (value.sources[:1] and value.sources[0].table is not None):
        return
    told = _LEVEL.findall(around(value)[0] + value.metric)
    if told and found[1] not in told:
        yield Doubt("rival", found.group())


def of_a_fund(asked: Asked) -> Iterator[Doubt]:
    """结转和结余 is asked for, and 财政拨款结转和结余 is given."""
    value = single(asked)
    if value is None or not re.search("结转|结余", asked.plan.text):
        return
    if "财政拨款" in value.metric and not re.search("财政|拨款", asked.plan.question):
        yield Doubt("rival", "财政拨款")


_INSIDE = re.compile(
    r"(?<![表》告书文件页节章册])(?:里面?|当中|之中|中)(?:[，,]|(?<=里)|(?<=面))(?:属于|光|单|仅)?的?(?P<part>[一-鿿]{3,8}?)"
    r"(?:的?(?:金额|数额|人数|数量))?(?:一共|总共|是|有|为|占|花|共)?(?:了|到)?(?:多少|几|百分之)"
)
_ANY_PART = re.compile(
    "部分|填报|填列|列示|那块|这块|科目|支出|收入|预算|决算|金额|经费|资金|费用|实际|一共|执行|项目|做到|达到|率|的"
)
_MOST_OF_IT = 0.5


def part_of_it(asked: Asked) -> Iterator[Doubt]:
    """工资福利支出里，基本工资 is asked for, and the figure is of 工资福利支出."""
    value = alone(asked)
    found = _INSIDE.search("".join(asked.plan.text.split()))
    part = _ANY_PART.sub("", found["part"]) if found else ""
    if value is None or found is None or len(part) < len("部分"):
        return
    own = value.metric + labels(value.sources[:1]) + around(value)[0]
    told = grams(part)
    if len(told & grams(squeeze(own))) < _MOST_OF_IT * len(told):
        yield Doubt("part", found["part"])


def of_grand_total(asked: Asked) -> Iterator[Doubt]:
    """A share of what was spent, over 支出总计, which holds what was carried over."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO):
        return
    for value in asked.figures[:1]:
        if value.check is not Check.DERIVED or len(value.sources) < _SIDES:
            return
        source = value.sources[1]
        over = source.row or "" if source.table is not None else operand(value, 1)
        carried = re.search("总计|结转|结余", asked.plan.question)
        if "总计" in over and not carried:
            yield Doubt("part", source.row or "总计")


_SIDES = 2  # part and whole


def other_total(asked: Asked) -> Iterator[Doubt]:
    """占收入总计 is asked, and it is divided by 本年收入合计, which leaves out what was carried over."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO):
        return
    for value in asked.figures[:1]:
        row = (value.sources[1].row or "") if len(value.sources) > 1 else ""
        if "总计" in asked.plan.question and "合计" in row and "总计" not in row:
            yield Doubt("part", row)


_BUDGETS = (
    (re.compile("调整后|调整预算|全年预算"), re.compile("年初"), re.compile("调整|全年|最终|变更")),
    (re.compile("年初预算"), re.compile("调整后|全年"), re.compile("年初|预算安排|批复")),
)


def other_budget(asked: Asked) -> Iterator[Doubt]:
    """调整后预算 is asked for, and the column is 年初预算."""
    value = alone(asked)
    if value is None:
        return
    derived = value.check is Check.DERIVED  # of two budgets each may be the one that is asked for
    own = value.metric + labels(value.sources if derived else value.sources[:1])
    for wanted, other, same in _BUDGETS:
        found = wanted.search(asked.plan.text)
        near = re.split("[，,；;。]", around(value)[0])[-1]
        if found and other.search(own) and not same.search(own + near):
            yield Doubt("rival", found.group())
            return


_NUMBER_ASKED = re.compile(
    rf"(?:多少|几)(?:万|亿)?(?P<unit>{cues.COUNTERS.pattern}|[万亿]?元|%)[?？。]?$"
    r"|(?P<of>人|户|件|天|次|台|份|家|场)数(?:量)?(?:是|为)多少[?？。]?$"
)
_RULES = re.compile("评分规则|标准：|扣分")


def number_in_words(asked: Asked) -> Iterator[Doubt]:
    """A number is asked for, and a sentence is shown in which it is one of several things told."""
    found = _NUMBER_ASKED.search(cues.unquoted(asked.plan.question))
    answer = asked.answer
    if found is None or answer.values or asked.contradicted or "哪几" in asked.plan.question:
        return
    if _RULES.search(answer.text):
        return
    unit = (found["unit"] or found["of"])[-1]
    if re.search(rf"\d[\d,.]*(?:万|亿)?[一-鿿]?{re.escape(unit)}", answer.text.partition("：")[2]):
        yield Doubt("passage", found.group().rstrip("?？。"))


_LEAST_QUOTED = 3  # characters


def quoted_each(asked: Asked) -> Iterator[Doubt]:
    """Two measures of one quoted indicator are asked for, and the second figure is of another thing."""
    several = asked.plan.operation is Operation.LOOKUP and len(asked.figures) > 1
    names = [squeeze(m[1]) for m in _QUOTED.finditer(asked.plan.question)] if several else []
    names = [name for name in names if len(name) >= _LEAST_QUOTED]
    if len(names) != 1:
        return
    held = [names[0] in squeeze(_around_it(value)) for value in asked.figures]
    if any(held) and not all(held):
        yield Doubt("quoted", names[0])


_QUOTED = re.compile(r"[“\"「]([^”\"」]{3,30})[”\"」]")


def _around_it(value: Value) -> str:
    sources = "".join(f"{s.row or ''}{s.column or ''}{s.quote}" for s in value.sources)
    return f"{value.metric}{sources}"


def named_twice(asked: Asked) -> Iterator[Doubt]:
    """培训项目里职业技能培训补助: the second name of a project is that of a part of it."""
    value = alone(asked)
    spans = [each for each in asked.plan.named if each.kind == "project"]
    if value is None or not spans[1:] or len(asked.plan.projects) > 1:
        return
    own = squeeze(f"{value.metric}{labels(value.sources[:1])}{around(value)[0]}")
    part = squeeze(asked.plan.question[spans[-1].start : spans[-1].end])
    wanted = grams(part)
    if wanted and 2 * len(wanted & grams(own)) < len(wanted):
        yield Doubt("dropped", part)


DOUBTS: tuple[Doubts, ...] = (
    quoted_each,
    named_twice,
    only_in_the_cause,
    satisfaction_of_all,
    change_ranked,
    of_a_standard,
    no_rate,
    other_level,
    of_a_fund,
    part_of_it,
    of_grand_total,
    other_total,
    other_budget,
    number_in_words,
)
