"""Whether an answer measures what was asked for: money, a share, a count, nothing at all, a bare number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.kinds import FULL_NAME
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.worked_as_asked import MORE, from_nothing
from qa.model import Check
from qa.plan import Operation
from qa.present import PREMISE_FAILS
from qa.words import cues
from qa.words.matching import squeeze

_PERCENT_ASKED = re.compile(
    r"百分之|百分比|占比|比重|(?<![效频速概汇利几])率(?:是|为(?![什何啥甚嘛])|有|达|多少)|percent|in %|times as",
    re.I,
)
_MONEY_ASKED = re.compile(r"多少钱|多少(?:万|亿|百万)?元|how much (?:money|funding)", re.I)
_COUNT_ASKED = re.compile(
    r"(?:多少|几)(?:个(?!百分|点)|次|人|家|项|件|条|份|名|户|场)|个数|how many|number of", re.I
)
_THINGS = re.compile(r"(?:几|多少)(?:个|项|类|种)(?P<noun>[一-鿿]{2,4})")
_OTHER_THINGS = frozenset(
    ("台", "辆", "套", "人", "名", "次", "场", "户", "家", "人次", "公里", "件")
)
_UNLIKE = (Operation.VERIFY, Operation.RANK, Operation.COMPLETION, Operation.FILTER)


def dimension(asked: Asked) -> Iterator[Doubt]:
    """A figure of another dimension than the question's own words ask for."""
    if not asked.figures or asked.answer.text.startswith(PREMISE_FAILS):
        return
    text = f"{cues.unquoted(asked.plan.question)} {asked.question}"
    units = [value.unit for value in asked.figures]
    if _counts_by_no_count(asked, units):
        yield Doubt("unit", units[0])
        return
    if asked.plan.operation in _UNLIKE or from_nothing(asked):
        return
    percent = [u for u in units if "%" in u or "‰" in u or "百分点" in u or u in ("倍", "成")]
    rate = _PERCENT_ASKED.search(text)
    amount = _AMOUNT_LAST.search(cues.unquoted(asked.plan.question))
    if rate and not percent:
        yield Doubt("unit", rate.group())
    elif amount and len(percent) == len(units) and not cues.rate_said(text):
        yield Doubt("unit", amount.group())
    elif _MONEY_ASKED.search(text) and not any(u.endswith(("元", "圆")) for u in units):
        yield Doubt("unit", "元")
    elif (
        _COUNT_ASKED.search(text) and len(percent) == len(units) and not rate
    ) or _counts_other_things(asked):
        yield Doubt("unit", units[0])


_AMOUNT_LAST = re.compile(
    r"(?:决算|预算|支出|收入)(?:数|总?额|金额|合计|总计)?(?:是|为|有)?多少[?？。]?\s*$"
)


def _counts_by_no_count(asked: Asked, units: list[str]) -> bool:
    """有几个 is asked, with no more to it, and points or money are given."""
    question = cues.unquoted(asked.plan.question)
    if _HOW_MANY_OF.search(question) and all(unit.endswith("元") for unit in units):
        return True
    return bool(_HOW_MANY.search(question)) and all(unit in _NO_COUNT for unit in units)


_HOW_MANY = re.compile(r"(?:有|共|是)(?:几|多少)(?:个|项|家|条)(?:[一-鿿]{2})?[?？。]?\s*$")
_HOW_MANY_OF = re.compile(
    r"(?:几|多少)(?:万|亿)?(?:人次|批次|人|户|名|家|所|辆|台|套|件|场|次|处|座|份)[?？。]?\s*$"
)
_NO_COUNT = frozenset(("分", "元", "万元", "亿元", "%"))


def _counts_other_things(asked: Asked) -> bool:
    """几个子项 is asked, and what is given counts machines (台) that are no 子项."""
    found = _THINGS.search(cues.unquoted(asked.plan.question))
    unit = asked.figures[0].unit
    if not found or unit.lstrip("万亿") not in _OTHER_THINGS:
        return False
    named = f"{asked.figures[0].metric}{unit}" + "".join(
        source.quote for source in asked.figures[0].sources[:1]
    )
    return found["noun"][:2] not in named


def zero(asked: Asked) -> Iterator[Doubt]:
    """Nothing but zeros: often the empty column of another table, unless it is named in full."""
    zeros = [value for value in asked.figures if not re.search(r"[1-9]", value.number)]
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.DIFFERENCE)
    worked = bool(zeros) and zeros[0].check is Check.DERIVED
    if zeros == list(asked.figures) and worked and MORE.search(cues.unquoted(asked.plan.question)):
        yield Doubt("zero", zeros[0].metric)  # 比甲少多少 takes it for granted that it is less
    elif plain and zeros and len(zeros) == len(asked.figures) and not _named_in_full(asked):
        yield Doubt("zero", zeros[0].metric)


def _named_in_full(asked: Asked) -> bool:
    """A sentence that tells a zero tells it of its own subject; a cell by its row or column."""
    own = squeeze(asked.figures[0].metric)
    source = asked.figures[0].sources[0] if asked.figures[0].sources else None
    if source is not None and source.table is None:
        return True
    keys = [_GENERIC_END.sub("", squeeze(target.key)) for target in asked.plan.targets]
    labels = f"{source.row or ''}/{source.column or ''}" if source is not None else ""
    rows = {squeeze(_NUMBERED.sub("", label)) for label in labels.split("/")}
    exact = any(squeeze(_NUMBERED.sub("", target.key)) in rows for target in asked.plan.targets)
    return exact or any(len(key) >= FULL_NAME and key in own for key in keys)


_NUMBERED = re.compile(
    r"[（(][^()（）]*[)）]|^\s*(?:其中[:：])?[\d一二三四五六七八九十]+[.、．]|^\s*其中[:：]"
)
_GENERIC_END = re.compile(r"(?:支出|收入|金额|数额|决算数|数)$")
_LARGE = re.compile(r"-?\d{4,}(?:\.\d+)?|-?\d+\.\d\d")


def unitless(asked: Asked) -> Iterator[Doubt]:
    """An amount without a unit, in a report that states amounts of money with theirs."""
    if not any("元" in text for text in asked.ground.reports):
        return
    for value in asked.answer.values[:1]:
        bare = not value.unit and _LARGE.fullmatch(value.number.replace(",", ""))
        if bare and not _INDEX.search(value.metric) and value.sources and not asked.contradicted:
            yield Doubt("unitless", value.metric)


_INDEX = re.compile(r"指数|系数|年份?$|编码|代码|号$|密度|浓度|倍|比$|值$")


DOUBTS: tuple[Doubts, ...] = (dimension, zero, unitless)
