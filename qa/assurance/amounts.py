"""Whether a number is of the kind of amount that is asked for: spent or cut, money or things, a score or a bound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Role
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import clause_of, given
from qa.assurance.told import printed
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import squeeze

_MOVED = re.compile(
    r"(?P<way>调[减增]|核减|压减|追加|削减|扣回|收回)的?[\d.,]*(?:万元|亿元|元)?(?:主要)?(?:来自|分别为|分别是|包括|由)"
)
_SPENT = re.compile("花|支出|用了|用掉|支付|执行")


def moved(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and what was cut is given (调减的4万元来自甲1万元和乙3万元)."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None or source.table is not None:
        return
    before = source.quote.partition(printed(value.number, source.quote))[0]
    found = _MOVED.search(before)
    if found and found["way"] not in asked.question and _SPENT.search(asked.plan.question):
        yield Doubt("role", found["way"])


_MONEY_NAMED = re.compile(
    r"(?:补贴|补助|经费|费用|资金|支出|预算|金额|收入|投资|合同价|违约金|罚款|奖金)(?:总额|数额|额)?(?:一共|共|总共)?(?:是|为|有)?多少[?？。]?$"
)
_RATE_SAID = re.compile("率|比|占|百分|增|降|升|减|完成|几成|执行|percent|%")
_OF_MONEY = re.compile("元|%|‰|百分点|倍|折|成")


def no_money(asked: Asked) -> Iterator[Doubt]:
    """补贴多少 is asked, and so many 个 are given."""
    value = given(asked)
    found = _MONEY_NAMED.search(cues.unquoted(asked.plan.question).rstrip("?？。 "))
    rate = value is not None and value.unit == "%" and not _RATE_SAID.search(asked.question)
    if found and value is not None and value.unit and (rate or not _OF_MONEY.search(value.unit)):
        yield Doubt("unit", found.group())


_AMOUNT = "金额|总价|合同价|面积|人数|户数|数量|价款"
_CALLED = re.compile(
    rf"(?P<own>[一-鿿]{{2}})(?P<kind>{_AMOUNT})(?:合计|总计|共计|共|总额|为|是|达到?|约|:)*$"
)


_NO_KIND = re.compile("[所的涉及这那其共总有为是]")  # 所涉金额


def another_amount(asked: Asked) -> Iterator[Doubt]:
    """中标金额 is asked for, and 变更金额 is given."""
    value = given(asked)
    found = _CALLED.search(squeeze(clause_of(value)[0])) if value is not None else None
    question = squeeze(asked.plan.question)
    if found is None or found["own"] in question:
        return
    named = re.findall(rf"([一-鿿]{{2}}){found['kind']}", question)
    wanted = [word for word in named if not _NO_KIND.match(word)]
    if wanted and found["own"] not in wanted and not any(w in found.string for w in wanted):
        yield Doubt("rival", f"{wanted[0]}{found['kind']}")


_BOUND_WORD = 3  # characters before a number
_ABOVE = re.compile(r"低于|高于|不足|不低于|不高于|不少于|不超过|超过|≥|≤|<|>|＜|＞|以上|以下")
_LEAST_ASKED = re.compile(
    "至少|最少|最低|门槛|评分标准|分数线|规则|区间|才|应|以上|以下|达到|least|above|below|minimum"
)


def bound_of_scores(asked: Asked) -> Iterator[Doubt]:
    """What was scored is asked for, and the bound of a band (高于90分的增加5%) is given."""
    value = given(asked)
    scored = any(target.role is Role.SCORE for target in asked.plan.targets)
    if value is None or not scored or _LEAST_ASKED.search(asked.question):
        return
    told = _ABOVE.search(value.approx or clause_of(value)[0][-_BOUND_WORD:])
    if told:
        yield Doubt("role", f"{told.group()}{value.number}{value.unit}")


_STANDARD_ASKED = re.compile(
    r"(?:补贴|补助|收费|支付|奖励|拨付|给付|缴费)标准(?:是|为|有)?(?:多少|几)"
)
_A_STANDARD = re.compile("标准|每|/|人均|户均|亩均|单价|按")


def no_standard(asked: Asked) -> Iterator[Doubt]:
    """补贴标准是多少 is asked, and the whole amount of the subsidy is given."""
    value = given(asked)
    if value is None or not _STANDARD_ASKED.search(cues.unquoted(asked.plan.question)):
        return
    source = value.sources[0] if value.sources else None
    told = f"{value.metric}{value.unit}{''.join(clause_of(value))}"
    told += f"{source.row or ''}{source.column or ''}" if source is not None else ""
    if not _A_STANDARD.search(told):
        yield Doubt("kind", "标准")


_TO_COME = re.compile("拟|将|计划|下一步|预计|打算|力争|目标|明年|下年|下一年")


def of_a_later_year(asked: Asked) -> Iterator[Doubt]:
    """How many there are is asked of no year, and what the next year plans is given."""
    value = given(asked)
    if value is None or asked.plan.years or not value.period.isdigit():
        return
    own = [year for year in asked.ground.years if year.isdigit()]
    quote = value.sources[0].quote if value.sources else ""
    if own and value.period > max(own) and _TO_COME.search(quote):
        yield Doubt("year_open", value.period)


_BOTH_ENDS = (
    re.compile(r"最(?:高|大|多|长|贵|快|好)"),
    re.compile(r"最(?:低|小|少|短|便宜|慢|差)"),
)


def both_ends(asked: Asked) -> Iterator[Doubt]:
    """Which is most and which is least are asked, and one is given."""
    question = cues.unquoted(asked.question)
    shown = max(len(asked.figures), asked.answer.text.count("\n") + 1)
    ranked = asked.plan.operation is Operation.RANK
    if ranked and shown < len(_BOTH_ENDS) and all(end.search(question) for end in _BOTH_ENDS):
        yield Doubt("asks", "最高、最低")


DOUBTS: tuple[Doubts, ...] = (
    moved,
    another_amount,
    bound_of_scores,
    no_money,
    no_standard,
    of_a_later_year,
    both_ends,
)
