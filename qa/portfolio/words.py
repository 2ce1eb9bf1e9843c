"""A question over many reports: which metric, over units or projects, which end of the ranking."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from qa.plan import Order, Plan
from qa.portfolio.model import Asked, Condition, Metric, Over
from qa.portfolio.together import clauses_of, together
from qa.portfolio.whole import leftover, named_in
from qa.words import bounds, cues
from qa.words.numerals import number_of

_NUMERAL = r"[一二两三四五六七八九十\d]"
_ALL = (
    rf"(?:各个?|所有的?|全部的?|每一?(?:个|家|项)|哪些|哪几?{_NUMERAL}?(?:个|家|项)|"
    r"有几(?:家|个|项)|有?多少(?:家|个|项))"
)
_NEAR = r"[^,;。?]{0,6}?"
_EVERY = re.compile(
    r"各|所有|全部|每|哪些|哪几|有几|多少(?:家|个|项)"
)  # never units named one by one
_WHICH = r"(?:有哪些|有(?:几|多少)(?:家|个|项)?|是哪(?:些|几)?(?:个|家|项)?|排名|排行|名单)"
_EXTREME = (
    r"(?:最[大多高低小少]|(?:前|倒数)[一二两三四五六七八九十\d]+)的?"
    r"(?:[一两三四五六七八九十\d]+)?(?:个|家|名|项)?"
)
_LAST = rf"[^,;。]{{0,8}}?(?:前|倒数){_NUMERAL}+(?:名|个|位|家)"
_UNITS = re.compile(
    rf"{_ALL}{_NEAR}(?:预算单位|单位|部门|委办局|(?<!财政)(?<!教育)局)(?!预算|支出|整体|决算|评价)|"
    rf"(?:单位|部门)(?:{_WHICH}|{_LAST})|哪一?家|谁家|各(?:部门|单位|家)|{_EXTREME}(?:单位|部门)|"
    r"(?:%|元|预算|调[增减]|超支)的(?:单位|部门)"
)
_PROJECTS = re.compile(
    rf"{_ALL}{_NEAR}项目(?!支出(?:是|为|有|占|合计|决算|多少)|绩效目标|资金)|"
    rf"项目(?:{_WHICH}|里|中|当中|{_LAST})|(?:的|低|高)项目$|{_EXTREME}项目|"
    r"哪一?个项目[^,;。]{0,12}最[高低多少大小]"
)
# 五个自评项目, 四张自评表里: all that there are, if there are as many.
_COUNTED = re.compile(
    r"(?<![哪前后第那这余他的])(?P<n>[两三四五六七八九十]{1,3}|\d{1,2})"
    r"(?:(?:个|项)(?:支出|绩效|自评|评价|重点|预算){0,3}项目(?!支出)|"
    r"张(?:项目|支出|绩效){0,3}自评表)(?:里面?|中)?"
)
_EXTREME_PROJECT = re.compile(rf"{_EXTREME}项目|哪一?个项目[^,;。]{{0,12}}最[高低多少大小]")
_METRICS: tuple[tuple[re.Pattern[str], Metric], ...] = (
    (re.compile(r"得分率"), Metric.SCORE_RATE),
    (
        re.compile(
            r"等级|等次|评级|评价结果(?:分布|如何)|(?:得|评|获)(?:了|为|得)?[“\"]?[优良中差]"
        ),
        Metric.GRADE,
    ),
    (re.compile(r"调整率|调整(?:幅度|比例)|调[增减](?:率|幅度|比例)"), Metric.ADJUSTMENT_RATE),
    (re.compile(r"超(?:出|过)?了?(?:年初|全年)?(?:的)?预算|超支"), Metric.EXCESS),
    (re.compile(r"执行率|执行进度|(?:支出|支付)(?:进度|率)|预算完成率|预算执行"), Metric.EXECUTION),
    (re.compile(r"(?:预算)?(?:调整|调增|调减|追加|核减|压减)"), Metric.ADJUSTMENT),
    (re.compile(r"得分|评分|总分|分数|多少分|几分|(?<=[项目表])分最[高低]"), Metric.SCORE),
)
_UNRANKED = (Metric.GRADE, Metric.EXCESS)
_ADDED = (Metric.AMOUNT, Metric.ADJUSTMENT)
_SAID_AGAIN = {
    Metric.EXECUTION: ("预算执行率", "执行率"),
    Metric.ADJUSTMENT_RATE: ("预算调整率", "调整率"),
    Metric.SCORE: ("评价得分", "得分"),
    Metric.SCORE_RATE: ("得分率",),
}
_SCOPES = ("一般公共预算财政拨款", "一般公共预算", "政府性基金", "财政拨款", "全口径", "自评")
_RANKING = re.compile(
    r"最[大多高低小少长短末](?:的)?|(?:排|居)(?:在)?(?:第一|首位|名|行)?|前[一二两三四五六七八九十\d]+(?:名|位|项|个|家|大)?|"
    r"倒数(?:第)?[一二两三四五六七八九十\d]*(?:名|位|个|家)?|从[高低大小多少]到[高低大小多少]|由[高低大小多少]到[高低大小多少]|"
    r"(?:的)?[两三四五六七八九十\d]+(?:个|家|名|项)|排名|排行|排序|平均(?:数|值)?|合计|总计|总和|之和|一共|共计|总共|加起来|"
    r"分布(?:情况)?|分别|各自|各(?=[是为有]?多少)|是多少|多少|名单|情况|超(?:出|过)?了?(?:年初|全年)?(?:的)?预算|超支|金额|数额|规模|资金量"
)
_DIGITS = re.compile(
    r"(?:最[大多高低小少]的?|前|倒数)(\d{1,3})(?:个|家|名|项|位)?|(\d{1,3})(?:个|家|名|项)(?:单位|部门|项目)?$"
)
_DOWN = re.compile(r"从[低小少]到|由[低小少]到")
_MOVED = re.compile(r"调[增减]|追加|核减|压减")
_GRADED = re.compile(
    r"(?:为|是|得|评|获)了?[“\"]?(优秀?|良好?|中等?|较?差)(?![^”\"的]*分布)[”\"]?(?:级|等)?次?的"
)
# 没评上优, 未达到良好: all but those of the grade.
_NOT_GRADED = re.compile(
    r"(?:没有?|未能?|不(?=是|达|到|够|属))(?:被|曾)?(?:评|得|拿|达|获|是|列)?[上到为成得是入]{0,2}(优秀?|良好?|中等|合格)"
    r"(?![一-鿿]*分布)"
)
# The money of one payer is a line of its own in a form, not what a project took in all.
_SOURCED = re.compile(
    r"(?:中央|省级?|市级?|县级?|区级?|上级|本级|[省市县区]里)(?:财政|补助|资金|专项|配套|拨款)|财政资金|其他资金|自筹|配套"
)
_POINTS = re.compile(r"几分|多少分|得分|总分|分数|打了?分")
_COUNT = re.compile(r"(?:有几|有多少|多少)(?:家|个|项)")
_SPENT = re.compile(r"花得|花的|花了|用得|用了|总额|总量|有没有|超过$|(?<=经费)支?出?决算$")
_FALLING = re.compile(r"低于|小于|少于|不足|不到|未达|以下|调减|核减|压减")
_ASKED_FOR = re.compile(r"哪([一二两三四五六七八九十])(?:个|家|项)")
_AVERAGE = re.compile(r"平均")
_SUM = re.compile(r"合计|总计|总和|之和|一共|共计|总共|加起来|总额|总量")


def asked_over(plan: Plan) -> Asked | None:
    """The portfolio that a question asks for; None where it is about one report or its rows."""
    return _asked_beside(plan) or _asked_over(plan)


def _asked_beside(plan: Plan) -> Asked | None:
    """What a first clause asks for, where all others ask for ends or totals of its rows."""
    head, others = clauses_of(plan.text)
    asked = _asked_over(replace(plan, text=head)) if others else None
    if asked is None or asked.metric in _UNRANKED or asked.condition or asked.top not in (None, 1):
        return None
    spent = asked.metric is Metric.AMOUNT and asked.scope != "预算"
    beside = together(others, asked.over, _names(asked), spent=spent)
    if beside is None or ("合计" in beside.totals and asked.metric not in _ADDED):
        return None
    return replace(asked, extremes=beside.extremes, totals=beside.totals)


def _names(asked: Asked) -> tuple[str, ...]:
    """How the metric may be called in a clause behind the one that names it."""
    if asked.metric is Metric.AMOUNT:
        return (asked.words, "支出金额", "金额", "支出") if asked.words else ("支出", "金额")
    return _SAID_AGAIN.get(asked.metric, ())


def _asked_over(plan: Plan) -> Asked | None:
    text = cues.unquoted(plan.text).replace("?", "")
    counted = _COUNTED.search(text)
    text = _COUNTED.sub("各项目", text)
    if plan.projects or (plan.memory and not _names_population(text)):
        return None
    over = _over(text)
    implied = bool(plan.entities) and not _EVERY.search(text)
    if over is None or (implied and not (over is Over.PROJECTS and _EXTREME_PROJECT.search(text))):
        return None
    named = _COUNTED.sub("各项目", re.sub(r"[“”\"?]", "", plan.text))
    lacks = _NOT_GRADED.search(named)
    metric = next((m for pattern, m in _METRICS if pattern.search(named)), Metric.AMOUNT)
    metric = Metric.GRADE if lacks else metric
    words = _amount_words(named, over, metric)
    if words is None or (not plan.entities and not words and restricted(named)):
        return None
    condition = _condition(text, metric)
    order, top = _order(text, condition)
    if metric is Metric.AMOUNT and not (order or condition or _aggregated(text)):
        return None
    return Asked(
        metric=metric,
        over=over,
        years=plan.years,
        words=words,
        scope=_scope(text, over, metric),
        order=order,
        top=top,
        condition=condition,
        grade=lacks[1][0] if lacks else _grade(plan.text) if metric is Metric.GRADE else "",
        other=lacks is not None,
        both=cues.most_asked(text) and cues.least_asked(text),
        unit=plan.unit,
        size=metric in (Metric.ADJUSTMENT, Metric.ADJUSTMENT_RATE) and not _MOVED.search(text),
        count=number_of(counted["n"]) if counted else None,
        implied=implied,
    )


def _amount_words(named: str, over: Over, metric: Metric) -> str | None:
    """The name of the amount that is compared, "" where none is needed; None where it is no name."""
    if metric not in (Metric.AMOUNT, Metric.EXCESS):
        return ""
    words = _words(named)
    if _CARS.fullmatch(words) and not _MONEY_SAID.search(named):
        words = "公务用车保有量"
    if over is Over.UNITS:
        return words if len(words) >= 2 else None
    if metric is Metric.EXCESS:
        return words
    if _SOURCED.search(named):
        return None
    return None if leftover(words.replace("支出", "").replace("预算", "")) else ""


_CARS = re.compile("公车|公务用?车|车辆?|用车")
_MONEY_SAID = re.compile("花|费|钱|支出|预算|元")


def restricted(named: str) -> str:
    """What a question says of the units or projects that nothing here understands: 医院里哪个项目."""
    text = _GRADED.sub(" ", _NOT_GRADED.sub(" ", named))
    for pattern, _ in _METRICS:
        text = pattern.sub(" ", text)
    text = _words(text)
    for word in (*_SCOPES, *(word for words in _SAID_AGAIN.values() for word in words)):
        text = text.replace(word, " ")
    return "".join(char for char in named_in(text) if char not in _THIN)


_THIN = frozenset(
    "的了吗呢吧是有在和与及到这那其得共中上下为说给已都再又谁自评打良优差率名最原因几"
)


def _names_population(text: str) -> bool:
    return bool(_UNITS.search(text) or _PROJECTS.search(text))


def _over(text: str) -> Over | None:
    """Units or projects; projects where both are named (各部门的项目)."""
    if _PROJECTS.search(text):
        return Over.PROJECTS
    return Over.UNITS if _UNITS.search(text) else None


def _aggregated(text: str) -> bool:
    return bool(_AVERAGE.search(text) or _SUM.search(text) or re.search(r"各|分布|排", text))


def _words(text: str) -> str:
    """The name of an amount: what is left of the question without population and ranking."""
    bare = bounds.without_condition(_DOWN.sub(" ", text))
    bare = _SPENT.sub(" ", _UNITS.sub(" ", _PROJECTS.sub(" ", bare)))
    bare = re.sub(
        r"(?:有)?(?:几|多少)(?:个|家|项)|单位|部门|哪一?家|中|里|有哪些|哪些|年度?",
        " ",
        _RANKING.sub(" ", bare),
    )
    words = re.sub(r"\s+", "", cues.content(bare))
    return _SPENT.sub("", words)


def _scope(text: str, over: Over, metric: Metric) -> str | None:
    if over is Over.PROJECTS and metric is Metric.AMOUNT:
        return "预算" if re.search(r"预算(?!执行)", text) else None
    return next((scope for scope in _SCOPES if scope in text), None)


def _condition(text: str, metric: Metric) -> Condition | None:
    if metric is Metric.EXCESS:
        return Condition("超预算", _above_zero)
    moved = _MOVED.search(text)
    if metric in (Metric.ADJUSTMENT, Metric.ADJUSTMENT_RATE) and moved:
        down = moved.group() in ("调减", "核减", "压减")
        return Condition(moved.group(), _below_zero if down else _above_zero)
    holds = bounds.condition_of(text)
    if holds is None:
        return None
    return Condition(_said(text), holds)


def _above_zero(value: Decimal) -> bool:
    return value > 0


def _below_zero(value: Decimal) -> bool:
    return value < 0


def _grade(text: str) -> str:
    """The grade that is asked for (评为优的), "" for all of them."""
    found = _GRADED.search(text)
    return found[1][0] if found else ""


def _said(text: str) -> str:
    """``低于80%`` as the question says it."""
    without = bounds.without_condition(text)
    start = next((i for i, (a, b) in enumerate(zip(text, without, strict=False)) if a != b), 0)
    tail = without[start:].lstrip()
    end = text.find(tail, start) if tail else len(text)
    return text[start : end if end > start else len(text)].strip().removesuffix("的")


def _order(text: str, condition: Condition | None) -> tuple[Order | None, int | None]:
    least = cues.least_asked(text) or bool(_DOWN.search(text))
    most = cues.most_asked(text) or bool(
        re.search(r"从[高大多]到|由[高大多]到|排名|排行|排序", text)
    )
    if not least and not most:
        falling = condition is not None and bool(_FALLING.search(text))
        return (Order.LEAST if falling else Order.MOST) if condition else None, None
    order = Order.LEAST if least else Order.MOST
    if re.search(r"[从由][高低大小多少]到|排名|排行|排序", text) and not re.search(
        r"前|最|倒数", text
    ):
        return order, None
    digits = _DIGITS.search(text)
    if digits:
        return order, int(digits[1] or digits[2])
    several = _ASKED_FOR.search(text)
    if several:
        return order, cues.top_asked(f"前{several[1]}")
    return order, cues.top_asked(text)


def asks_points(text: str) -> bool:
    return bool(_POINTS.search(text))


def asks_average(text: str) -> bool:
    return bool(_AVERAGE.search(text))


def asks_sum(text: str) -> bool:
    return bool(_SUM.search(text))


def asks_count(text: str) -> bool:
    return bool(_COUNT.search(text))
