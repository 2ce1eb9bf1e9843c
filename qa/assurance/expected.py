"""Whether an answer measures what the last word of what was asked for lets expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.model import Role
from qa.assurance.funds import OF_SOME
from qa.assurance.model import Asked, Doubt, Doubts
from qa.model import Check, Value
from qa.plan import Operation
from qa.words import cues
from qa.words.matching import grams, squeeze

_STATED = (Operation.LOOKUP, Operation.COMPLETION, Operation.SUM)
# A rate is told in parts of a whole or in points; a satisfaction is no number of people.
_RATE = re.compile(r"(?:满意度|(?<![效频速概汇利税费])率|比例|比重|占比)(?:是|为|有)?$")
_RATE_UNITS = re.compile(r"%|‰|百分点|分|成|倍|级|/|／|每|^$")
_MONEY = re.compile(
    r"(?:费用?|经费|资金|金额|支出|收入|价款|单价|投资额?|补助|补贴|款项?|的钱|余额)(?:预算|决算|执行)?(?:数|额)?$"
)
_MONEY_UNITS = re.compile(r"元|圆|%|‰|百分点|倍|成|^$")


def expected(asked: Asked) -> Iterator[Doubt]:
    """A rate is asked for and people are given; money is, and points are."""
    plan = asked.plan
    if plan.operation not in _STATED or len(plan.targets) != 1 or asked.contradicted:
        return
    target = plan.targets[0]
    if target.dimension is not None or target.noun:
        return
    key = squeeze(cues.unquoted(target.key)) or squeeze(target.key)
    units = [value.unit for value in asked.figures]
    for wanted, allowed in ((_RATE, _RATE_UNITS), (_MONEY, _MONEY_UNITS)):
        if wanted.search(key) and units and not any(allowed.search(unit) for unit in units):
            yield Doubt("unit", key[-4:])
            return


_POINTS = (Role.SCORE, Role.FULL_MARK, Role.DEDUCTION)


def in_points(asked: Asked) -> Iterator[Doubt]:
    """Points or full marks are asked for, beside another figure, and things are counted."""
    targets, figures = asked.plan.targets, asked.figures
    if asked.plan.operation is not Operation.LOOKUP or not 1 < len(targets) == len(figures):
        return
    for target, value in zip(targets, figures, strict=True):
        if target.role in _POINTS and not re.fullmatch(r"分|%|", value.unit):
            yield Doubt("unit", "分")
            return


def same_things(asked: Asked) -> Iterator[Doubt]:
    """可以容缺受理的呢 after so many 项, and 宗 are given."""
    if not cues.OF_THE_SAME.search(asked.question) or len(asked.plan.targets) != 1:
        return
    noun = asked.plan.targets[0].noun
    for value in asked.figures[:1]:
        unit = value.unit.lstrip("万亿")
        if noun and unit != noun and not unit.startswith(noun) and not unit.endswith(("元", "%")):
            yield Doubt("unit", noun)


_BOUND_SAID = re.compile(r"(?:不足|低于|少于|超过|高于|不满|每)\s*(?P<n>\d+)(?![\d.]*年)")
_RULED = re.compile(r"[扣得给]了?(?:多少|几)分")


def rule_number(asked: Asked) -> Iterator[Doubt]:
    """样本不足200份的扣几分 is asked, and nothing that is shown says 200."""
    question = cues.unquoted(asked.plan.question)
    found = _BOUND_SAID.search(question)
    if found is None or not _RULED.search(question):
        return
    told = f"{asked.answer.text}{''.join(source.quote for source in asked.answer.citations)}"
    lost = asked.plan.operation is Operation.DEDUCTION  # what was lost, and not what the rule takes
    if lost or found["n"] not in told:
        yield Doubt("dropped", found.group())


_PRONOUN = re.compile(r"^(?:那么?)?(?:它们?|其)的?")
_HALF_SAID = 0.5


def of_it(asked: Asked) -> Iterator[Doubt]:
    """它的服务时间 is asked, and nothing of what was spoken of stands with the answer."""
    memory = grams(squeeze(asked.plan.memory))
    if not memory or not asked.plan.inherited or not _PRONOUN.match(asked.question):
        return
    near = grams(asked.ground.text + asked.ground.wide)
    if len(memory & near) < _HALF_SAID * len(memory):
        yield Doubt("dropped", asked.plan.memory)


_SPENT = re.compile(
    r"(?:执行|支出|花|用掉?|支付|拨付|投入)了(?:多少|几)(?:钱|[万亿]?元)?[?？。呢啊]*$"
)


def spent(asked: Asked) -> Iterator[Doubt]:
    """执行了多少 is asked, and nothing but a rate is given."""
    found = _SPENT.search(cues.unquoted(asked.plan.question).strip())
    units = [value.unit for value in asked.figures]
    if found and units and asked.plan.operation in _STATED and set(units) <= {"%"}:
        yield Doubt("unit", found.group())


_OTHER_RATING = re.compile(r"考核|验收|测评|评选|检查评分|满意度")


def other_rating(asked: Asked) -> Iterator[Doubt]:
    """What an evaluation gave is asked for, and the score is of another rating (年度考核得分)."""
    for value in asked.figures[:1]:
        found = _OTHER_RATING.search(value.metric) if value.unit == "分" else None
        if found and found.group() not in asked.question and "评价" in asked.plan.question:
            yield Doubt("role", found.group())


def own_rating(asked: Asked) -> Iterator[Doubt]:
    """What a body gave itself is asked for (自评得分), and nothing near the score speaks of it."""
    question = asked.plan.question
    if "自评" not in question or re.search("第三方|复核|复评|评价得分|评价评分", question):
        return
    for value in asked.figures[:1]:
        if value.unit == "分" and "自评" not in asked.ground.text + asked.ground.wide:
            yield Doubt("role", value.metric)


_BOUND = re.compile(r"低于|高于|不足|不低于|不高于|不少于|不超过|超过|≥|≤|<|>|＜|＞|以上|以下")
_BOUND_ASKED = re.compile(
    r"目标|标准|要求|指标值|计划|应|规定|门槛|[低高]于|不足|不超|至少|最多|上限|下限|得分|扣|多少分|预期|[≥≤<>]|"
    r"\b(?:target|standard|at least|at most|required|threshold|below|above|limit)\b",
    re.I,
)


def a_bound(asked: Asked) -> Iterator[Doubt]:
    """What was reached is asked for, and a bound that a reason names (满意度低于90%) is given."""
    if asked.plan.operation is not Operation.LOOKUP or _BOUND_ASKED.search(asked.question):
        return
    for value in asked.figures:
        header = " ".join(source.column or "" for source in value.sources[:1])
        if _BOUND.fullmatch(value.approx) and _REASON_CELL.search(header):
            yield Doubt("role", f"{value.approx}{value.number}{value.unit}")
            return


_REASON_CELL = re.compile(r"原因|说明|标准|依据|细则|备注|情况分析")


def one_measure(asked: Asked) -> Iterator[Doubt]:
    """One thing is asked for, of one year or of several, and money and 辆 are given."""
    if asked.plan.operation is not Operation.LOOKUP or len(asked.plan.targets) != 1:
        return
    if asked.plan.text_targets or len(asked.plan.years) < 2 or len(asked.figures) < 2:
        return
    units = [value.unit for value in asked.figures]
    money = [unit.endswith("元") for unit in units]
    if any(money) and not all(money):
        yield Doubt("series", "、".join(sorted(set(units))))


def of_years(asked: Asked) -> Iterator[Doubt]:
    """One thing over several years, of which one year's value measures something else (万宗, 项)."""
    if asked.plan.operation is not Operation.LOOKUP or len(asked.plan.targets) != 1:
        return
    by_year = {value.period: value.unit.lstrip("万亿") for value in asked.figures}
    told = set(by_year.values())
    if len(asked.plan.years) > 1 and len(by_year) > 1 and len(told) > 1 and not told <= _PERSONS:
        yield Doubt("series", "、".join(sorted(told)))


_PERSONS = frozenset(("人", "人次", "名", "次"))
_JUMP = 20  # a year's value so many times the other's is of another thing


def jump(asked: Asked) -> Iterator[Doubt]:
    """A growth worked out from two values of which the one is many times the other."""
    if asked.plan.operation is not Operation.GROWTH:
        return
    for value in asked.figures[:1]:
        found = _GROWTH.search(value.formula)
        if found is None or value.check is not Check.DERIVED:
            continue
        now, then = (
            abs(Decimal(found[side].replace(",", ""))) * _TIMES[found[f"{side}_unit"]]
            for side in ("now", "then")
        )
        far = now and then and max(now / then, then / now) > _JUMP
        if far and _in_words_and_in_a_table(value):
            yield Doubt("series", value.label)


_GROWTH = re.compile(
    r"\((?P<now>-?[\d,.]+)(?P<now_unit>[万亿]?)[^\d\s)]*\s*−\s*(?P<then>-?[\d,.]+)(?P<then_unit>[万亿]?)"
)
_TIMES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}


def _in_words_and_in_a_table(value: Value) -> bool:
    """Whether one of the two stands in running text and the other in a table."""
    return len({source.table is None for source in value.sources[:2]}) > 1


_THAN_BEFORE = re.compile(
    r"(?:比|较|与|同|和|跟)[^,，。]{0,6}?(?:上年|去年|上一年|前一年)|同比|去年同期"
)
_THAN_PLANNED = re.compile(r"(?:比|较|与|同|和|跟)[^,，。]{0,8}?(?:预算|计划|目标)")
_TOLD_BASIS = re.compile(r"（比(?P<basis>[^（）]{2,20})）")
_CHANGES = (Operation.CHANGE, Operation.GROWTH)


def basis(asked: Asked) -> Iterator[Doubt]:
    """A change against the year before is asked for, and one against the budget given; or the reverse."""
    told = _TOLD_BASIS.search(asked.answer.text)
    if told is None or asked.plan.operation not in _CHANGES or len(asked.figures) != 1:
        return
    question = asked.plan.question
    before, planned = _THAN_BEFORE.search(question), _THAN_PLANNED.search(question)
    if before and not planned and "预算" in told["basis"] and "上年" not in told["basis"]:
        yield Doubt("opposed", before.group())
    if planned and not before and "预算" not in told["basis"] and "计划" not in told["basis"]:
        yield Doubt("opposed", planned.group())


_SIDES = (("支出", "收入"), ("收入", "支出"))


def ranked_side(asked: Asked) -> Iterator[Doubt]:
    """The largest 支出 is asked for, and a row of 收入 comes first."""
    if asked.plan.operation is not Operation.RANK:
        return
    question = re.sub(r"收入支出|收支|《[^》]*》|“[^”]*”", "", asked.plan.question)
    for value in asked.figures[:1]:
        row = value.sources[0].row or "" if value.sources else ""
        for wanted, other in _SIDES:
            if wanted in question and other not in question and row.endswith(other):
                yield Doubt("opposed", wanted)


_BY_HOW_MUCH = re.compile(
    r"[比较][^,，;；的]{2,12}?(?:要|还)?(?:超出?|多|高|超支|增加|少|低|减少|节约)(?:出|了|得|掉)*(?:的)?(?:金额|数额|数量|部分|额度)?最"
)
_MOVED = re.compile(r"增减|差额?|超|变动|增加|减少|结余|节约|÷|−")


def ranked_by_difference(asked: Asked) -> Iterator[Doubt]:
    """决算比年初预算超出的金额最多 is asked, and the rows were ranked by one of the two."""
    found = _BY_HOW_MUCH.search(cues.unquoted(asked.plan.question))
    if found is None or asked.plan.operation is not Operation.RANK:
        return
    for value in asked.figures[:1]:
        column = "".join(source.column or "" for source in value.sources[:1])
        if value.check is not Check.DERIVED and not _MOVED.search(column + value.metric):
            yield Doubt("operation", found.group())


_BASE = re.compile(
    r"占(?P<base>(?!百分|比)[^,，。?？占]{2,20}?)(?:的(?:比例|比重|份额|百分|多少|几)|百分之|多少|几成|比重)"
)
_TOLD_BASE = re.compile(r"（占(?P<base>[^（）]{2,20})）")
_GENERAL = re.compile(r"^(?:本|全|当|该)?(?:年|年度|部门|单位|项目)?(?:的|全部|整个|总)*")
_MONEYED = re.compile(r"(?:支出|收入|经费|资金|金额|总额|总数|合计)+$")


def base(asked: Asked) -> Iterator[Doubt]:
    """A share of one whole is asked for, and a share of another is given."""
    told = _TOLD_BASE.search(asked.answer.text)
    said = _BASE.search(squeeze(cues.unquoted(asked.plan.text)))
    if not told or not said or not asked.figures:
        return
    some = OF_SOME.search(told["base"])
    if (
        some
        and not re.search("财政|公共|基金|国有", said["base"])
        and "三公" not in asked.plan.text  # which is 财政拨款 whatever its name says
        and some.group() not in asked.question
    ):
        yield Doubt("held_alone", some.group())
        return
    name = _GENERAL.sub("", _MONEYED.sub("", said["base"]))[:2]
    if name and name not in told["base"] and _MONEYED.sub("", told["base"]):
        yield Doubt("opposed", said["base"])


_WHICH_BODY = re.compile(
    r"(?:哪些|哪[几两三]个|哪[几两三]?家|有哪些)(?:预算|主管|部门|行政|事业)*(?:单位|部门|机关)|(?:单位|部门)(?:有|是|为|都有)?(?:哪些|哪[几两三]?[个家])"
)


def bodies(asked: Asked) -> Iterator[Doubt]:
    """哪些单位 is asked of several bodies, and rows of one body's table are listed."""
    plan = asked.plan
    if plan.operation not in (Operation.FILTER, Operation.RANK, Operation.COUNT) or plan.entities:
        return
    if not _WHICH_BODY.search(cues.unquoted(plan.question)) or len(asked.ground.bodies) == 1:
        return
    rows = {source.report for value in asked.figures for source in value.sources}
    table = {source.table for value in asked.figures for source in value.sources}
    names = [value.label for value in asked.figures]
    if len(rows) == 1 and None not in table and not any(_A_BODY.search(name) for name in names):
        yield Doubt("substituted", "单位")


_A_BODY = re.compile(
    r"(?:局|委|办|院|校|中心|所|站|馆|队|厅|处|会|镇|乡|街道|政府|公司|单位|机关|本级)(?:[(（].*[)）])?$"
)

_OTHER_REPORT = re.compile(
    r"[跟与和同][^,，。?？]{0,14}?(?:第三方|评价报告|绩效评价|决算(?:报告|说明|公开|数据)?|另一份报告)[^,，。?？]{0,8}?"
    r"(?:对得上|对不对得上|一致|相符|吻合|一样|相同|矛盾|打架|冲突)"
)


def between_reports(asked: Asked) -> Iterator[Doubt]:
    """跟评价报告对得上吗 is asked, and all that is shown stands in one sentence."""
    found = _OTHER_REPORT.search(cues.unquoted(asked.plan.question))
    if found is None or asked.plan.operation is not Operation.VERIFY or asked.contradicted:
        return
    sources = [*asked.answer.citations, *(s for v in asked.answer.values for s in v.sources)]
    if len({(source.report, source.table, source.quote) for source in sources}) == 1:
        yield Doubt("opposed", found.group())


_ITEM = r"[“\"]?[一-鿿A-Za-z0-9]{1,12}?[”\"]?"
_EACH_LISTED = re.compile(
    rf"(?P<list>{_ITEM}(?:、{_ITEM})+(?:(?:和|与|及|以及){_ITEM})?)(?:这?[两三四五六七八九]个?[一-鿿]{{0,3}})?"
    r"(?:各自?|分别)(?:是|为|有|占)?(?:多少|几)"
)
_JOINTS = re.compile(r"、|(?<=[一-鿿])(?:以及|和|与|及)(?=[一-鿿])")


def each_listed(asked: Asked) -> Iterator[Doubt]:
    """青堰、临陂、江东各多少 is asked, and two of the three are given."""
    found = _EACH_LISTED.search(asked.question)
    if found is None or not asked.figures or asked.plan.operation is not Operation.LOOKUP:
        return
    if asked.contradicted:
        return
    whole = bool(re.search("多少|几", asked.question[: found.start()]))
    if len(asked.figures) < whole + len(_JOINTS.findall(found["list"])) + 1:
        yield Doubt("unfinished", "没有找到")


DOUBTS: tuple[Doubts, ...] = (
    expected,
    each_listed,
    between_reports,
    bodies,
    in_points,
    same_things,
    rule_number,
    of_it,
    spent,
    other_rating,
    own_rating,
    a_bound,
    one_measure,
    of_years,
    jump,
    basis,
    ranked_side,
    ranked_by_difference,
    base,
)
