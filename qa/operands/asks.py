"""A question about two figures taken apart into two questions, one for each. Pure.

Where no rule works a calculation out at once, each operand is looked up as if it had been asked for
alone, by all the rules and past the last gate; then the two are worked with (`worked_from`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.plan import Plan

_YEAR = r"(?:19|20)\d\d年?[度末底]?"
_HOW_MUCH = r"(?:百分之几|百分之多少|几个?百分点|多少(?!家|个(?!百分))|几成|几(?=分|[个名位场次件家台辆人户条项]))"
_MOVED = r"(?:增长|增加|下降|减少|降低|提高|上升|上涨|多|少|高|低|涨|降|变化|变动)(?:了|出)?"
_OVER_YEARS = (
    # 甲2023年的乙比2022年多了多少
    re.compile(
        rf"^(?P<head>[^,，。]*?)(?P<now>{_YEAR})(?P<mid>[^,，。比较]*?)(?:比|较|相比|跟|与|和)(?P<base>{_YEAR})"
        rf"(?:相比|比|的)?[,，]?(?P<how>{_MOVED})[^,，。]{{0,2}}?{_HOW_MUCH}"
    ),
    # 甲的乙，2023年比2021年下降了百分之多少
    re.compile(
        rf"^(?P<mid>[^,，。]*?)[,，](?P<now>{_YEAR})(?P<head>)(?:比|较|相比|跟|与|和)(?P<base>{_YEAR})"
        rf"(?:相比|比)?[,，]?(?P<how>{_MOVED})[^,，。]{{0,2}}?{_HOW_MUCH}"
    ),
    # 跟2022年比，2023年甲的乙少了几个
    re.compile(
        rf"^(?:跟|与|和|同|较)(?P<base>{_YEAR})(?:相?比|相比较|比较)[,，](?P<head>[^,，。]*?)(?P<now>{_YEAR})"
        rf"(?P<mid>[^,，。]*?)(?P<how>{_MOVED})[^,，。]{{0,2}}?(?:多少|几|百分之)"
    ),
)
_SHARE_ASKED = (
    r"(?:的)?(?:百分之(?=的?比))?(?:的)?"
    r"(?:比重|比例|百分比|百分之[几多]少?|几成|多大比例|多大比重|份额|多少|几分之几)"
)
_SHARES = (
    re.compile(
        rf"^(?P<part>[^,，。占]+?)(?:所)?占(?:了)?(?P<whole>(?!比)[^,，。占]+?){_SHARE_ASKED}"
    ),
    re.compile(
        r"^(?P<whole>[^,，。占]+?)(?:里面|里头|当中|中|里|内)[,，]?(?P<part>[^,，。占]+?)(?:所)?占(?:比|了)?"
        r"(?:多大|多少|几|百分之|是)"
    ),
)
# 两次调减的金额合起来，相当于年初下达预算的百分之多少
_TOGETHER = re.compile(
    r"^(?P<part>[^,，。]{4,}?)(?:合起来|加起来|合计|一共|总共)?[,，]?(?:相当于|占|是|为)(?:了)?(?P<whole>[^,，。占]{4,}?)的?"
    r"(?:百分之[几多]少?|几成|比例|比重)"
)
_TIMES = (
    re.compile(r"^(?P<part>[^,，。]+?)(?:是|为|相当于)(?P<whole>[^,，。]+?)的?(?:多少|几)倍"),
)
_APART = (
    # 甲的丙比乙的丙高几个百分点
    re.compile(
        r"^(?:[^,，。比]*[中里][,，])?(?P<part>[^,，。比]+?)比(?P<whole>[^,，。比]+?)(?:要)?(?:高|低|多|少|长|短|大|小|快|慢)(?:了|出)?"
        r"(?:几个?百分点|多少|几)"
    ),
    re.compile(
        r"^(?P<part>[^,，。比]+?)比(?P<whole>[^,，。比]+?)(?:要)?(?=[多少](?![了出于])[一-鿿]{1,3}?(?:了|出)?(?:多少|几)(?!个?百分点))"
    ),
)
# 甲比乙多（建了）几个丙: how many each has, or what it did, is asked of each.
_DONE_MORE = re.compile(
    r"[多少](?P<verb>(?:(?![了出于])[一-鿿]{1,3}?)??)(?:了|出)?(?P<asked>(?:多少|几)(?!个?百分点|成|分之|倍|[万亿]?元|钱)[一-鿿]+)$"
)
_RATE = re.compile(r"百分之|百分比|增长率|增幅|降幅|几成|%")
_LEAST = 2  # characters of what an operand is called


@dataclass(frozen=True, slots=True)
class OperandAsks:
    """Two questions, and how what they bring is worked with.

    Attributes:
        deed: one of the keys of `qa.operands.pair.DEEDS`.
        first: what is compared, or the part; asked in these ways until one is answered.
        second: what it is compared with, or the whole.
        summed: the part is a sum of several figures, of which one alone is no part.
        whole: of a share, how the question calls the whole.
    """

    deed: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    summed: bool = False
    whole: str = ""


_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<y>\d\d)年(?=[^\d以前后内多间级]|$)")


def full_years(plan: Plan) -> str:
    """A plan's question without blanks, its years in four digits: 2023年 of 23年."""
    known = {*plan.years, *plan.basis_years}

    def full(found: re.Match[str]) -> str:
        year = f"20{found['y']}"
        return f"{year}年" if year in known else found.group()

    return _SHORT_YEAR.sub(full, re.sub(r"\s+", "", plan.question))


def operand_asks(plan: Plan) -> OperandAsks | None:
    """The two questions that a question about two figures is made of; None for any other."""
    question = full_years(plan).rstrip("?？。")
    if len(plan.apart) > 1 or len(plan.projects_apart) > 1 or plan.memory:
        return None
    for pattern in _OVER_YEARS:
        found = pattern.search(question)
        if found:
            return _over_years(question, found)
    for deed, patterns in (
        ("times", _TIMES),
        ("share", (*_SHARES, _TOGETHER)),
        ("apart", _APART),
    ):
        for pattern in patterns:
            found = pattern.search(question)
            if found and deed == "times" and _ONLY_YEAR.fullmatch(found["whole"]):
                return _times_over(found["part"], found["whole"])
            if found:
                how = question[found.end("whole") :].removeprefix("要")
                return _of_parts(plan, deed, found["part"], found["whole"], how)
    return None


_ONLY_YEAR = re.compile(rf"{_YEAR}(?:度|全年)?的?")


def _times_over(part: str, base: str) -> OperandAsks | None:
    """甲2023年的乙 and 甲2022年的乙 of 甲2023年的乙是2022年的几倍."""
    told = re.findall(_YEAR, part)
    if len(told) != 1:
        return None
    now, then = (
        part.replace(told[0], _plain_year(each), 1) for each in (told[0], base.rstrip("的度"))
    )
    return OperandAsks("times_over", (_asked(now),), (_asked(then),))


def _over_years(question: str, found: re.Match[str]) -> OperandAsks | None:
    what = f"{found['head']}{{}}{found['mid']}"
    if len(what) - 2 < _LEAST:
        return None
    if not found["head"]:
        what = "{}" + found["mid"]
    deed = "growth" if _RATE.search(question[found.start("how") :]) else "change"
    first, second = (
        (*_done(what.format(year), question[found.start("how") :]), _asked(what.format(year)))
        for year in (_plain_year(found[side]) for side in ("now", "base"))
    )
    return OperandAsks(deed, first, second)


def _done(what: str, how: str) -> tuple[str, ...]:
    """What a thing did, asked in the words of a comparison: 甲建了几个丙 of 甲比乙多建了几个丙."""
    done = _DONE_MORE.match(how)
    return (
        (f"{what}{done['verb']}{'了' if done['verb'] else '有'}{done['asked']}？",) if done else ()
    )


def _plain_year(said: str) -> str:
    year = said[:4]
    return f"{year}年末" if said[-1] in "末底" else f"{year}年"


def _of_parts(plan: Plan, deed: str, part: str, whole: str, how: str = "") -> OperandAsks | None:
    """Part and whole, each with the body and year that only the other one says.

    How: what follows on the whole; of 多建了几个丙, each is asked what it did.
    """
    if min(len(part), len(whole)) < _LEAST:
        return None
    if deed == "apart" and re.search(rf"{_YEAR}|[上去]年|预算|计划|目标|平均", whole):
        return None
    first = [placed(plan, part)]
    measure = _MEASURED.search(whole)
    if deed == "share" and measure is not None and measure["what"] not in part:
        first.insert(0, f"{placed(plan, part)}{measure['what']}")
    if deed == "share":  # of 政府采购 the part 服务类 is called 政府采购服务
        first.append(f"{placed(plan, whole)}{part.removesuffix('类')}")
        if part.endswith("类") and len(part) > _LEAST:
            first.append(placed(plan, part.removesuffix("类")))
    second = placed(plan, _alike(part, whole) if deed == "apart" else whole)
    summed = deed == "share" and bool(_ADDED.search(part))
    if deed == "apart" and _DONE_MORE.match(how):
        instead = f"{part[: -len(whole)]}{whole}" if len(part) > len(whole) else whole
        seconds = (*_done(instead, how), *_done(second, how), _asked(second))
        return OperandAsks(deed, (*_done(part, how), *map(_asked, first)), seconds)
    said = whole if deed == "share" else ""
    return OperandAsks(deed, tuple(map(_asked, first)), (_asked(second),), summed, said)


# 农田建设占全部项目支出: what is spent on it is meant, not what came in.
_MEASURED = re.compile(
    r"(?P<what>(?:项目|基本|实际|决算)?支出|(?:计划)?投资|收入|合同(?:金?额|价))(?:总额|总数|总量|合计|总计)?$"
)
_ADDED = re.compile(
    r"(?:和|与|及|、|加上?)[^,，。]+?(?:合计|合起来|加起来|加在一起|一共|总共|之和|总和)$"
)


def _alike(part: str, whole: str) -> str:
    """What the second of two is compared in, where only the first says it: 甲的满意度比乙高."""
    measure = re.search(r"的(?P<what>[一-鿿]{2,10})$", part)
    said = measure is not None and measure["what"] not in whole and len(whole) <= _SHORT
    return f"{whole}的{measure['what']}" if measure is not None and said else whole


_SHORT = 8  # characters of a name that says nothing of what is measured


def placed(plan: Plan, what: str) -> str:
    """A name with the body or project, and the year, that only the rest of the question says."""
    names = [plan.question[n.start : n.end] for n in plan.named if n.kind in ("unit", "project")]
    own = any(name in what for name in names)
    year = "" if re.search(r"(?:19|20)\d\d", what) or len(plan.years) != 1 else f"{plan.years[0]}年"
    head = "" if own or not names else names[0]
    return f"{head}{year}{what}"


def _asked(what: str) -> str:
    return re.sub(r"[,，的]+$", "", what) + "是多少？"
