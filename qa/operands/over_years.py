"""A sum or mean over several years: the figure of each year is asked for alone. Pure.

``2021到2023年三年一共发放多少万元`` asks for 2021年发放多少万元, 2022年… and 2023年….
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operands.added import of_one_kind
from qa.operands.asks import full_years
from qa.plan import Plan
from qa.present import shown
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of

_YEAR = r"20\d\d"
_COUNTED = r"(?:这|的|[,，])?(?:前后)?(?P<n{0}>[两二三四五六])个?年度?(?:间|里|来|以来|期间)?"
_SPAN = re.compile(
    rf"(?P<first>{_YEAR})年?度?(?:到|至|[-—–~～]+)(?P<last>{_YEAR})年?度?(?:期间|间)?(?:{_COUNTED.format(1)})?"
    rf"|(?P<list>{_YEAR}年?度?(?:[、,，和与及]+{_YEAR}年?度?)+)(?:{_COUNTED.format(2)})?"
)
_TOTAL = re.compile(
    r"(?:一共|总共|累计|合计|共计|总计|加起来|加在一起|合起来|合在一起|加总|总和|之和)(?:是|为|有|了)?|的?总(?:数|额)(?=是|为|有)"
)
_MEAN = re.compile(r"(?:每年)?平均(?:每年|一年)?|年均")
_SUM_ENDS = re.compile(r"(?:合计|总)(?:数|额|金额|数额)|之和|总和$")
_OTHER = re.compile(
    r"分别|各是|各年|逐年|(?<!平均)每年(?!平均)|比|占|增|减|变化|哪|率|最|相差|差额|为什么|原因|吗"
)
_MOST = 6  # years


@dataclass(frozen=True, slots=True)
class YearAsks:
    """A question for each year, and whether their mean is asked for."""

    years: tuple[str, ...]
    asks: tuple[str, ...]
    mean: bool


def year_asks(plan: Plan) -> YearAsks | None:
    """How a sum over years is asked for as a question for each; None where it is not."""
    text = full_years(plan)
    found = _SPAN.search(text)
    asked = re.search(r"多少|几", text)
    if found is None or _OTHER.search(text) or not (asked or _SUM_ENDS.search(text)):
        return None
    years = _years(found)
    said = number_of(found["n1"] or found["n2"] or "")
    if not 1 < len(years) <= _MOST or said not in (None, len(years)):
        return None
    mean = bool(_MEAN.search(text))
    if not mean and not _TOTAL.search(text) and asked:
        return None
    text = f"{text[: found.start()]}\x00{text[found.end() :]}"
    bare = _TOTAL.sub("", _MEAN.sub("", text if asked else f"{_SUM_ENDS.sub('', text)}是多少？"))
    bare = re.sub(r"(?<=\x00)[,，的这]+|[,，](?=[?？]?$)", "", bare)
    asks = tuple(bare.replace("\x00", f"{year}年") for year in years)
    return YearAsks(years, asks, mean)


def _years(found: re.Match[str]) -> tuple[str, ...]:
    if found["list"]:
        return tuple(dict.fromkeys(re.findall(_YEAR, found["list"])))
    first, last = int(found["first"]), int(found["last"])
    return tuple(map(str, range(first, last + 1)))


def worked_over_years(asks: YearAsks, plan: Plan, found: Sequence[Candidate]) -> Draft | None:
    """The sum or mean of one figure a year; None where they are not of one body, measure and kind."""
    if tuple(each.period for each in found) != asks.years or not _alike(found):
        return None
    made = partial(compute.added, mean=asks.mean, unit=plan.unit)
    try:
        result = made([each.figure for each in found])
    except UnitError:
        return None
    word = f"{len(found)}年{'平均' if asks.mean else '合计'}"
    span = f"{asks.years[0]}—{asks.years[-1]}"
    draft = Draft(phrase=found[0].figure.metric)
    value = draft.derive(result, list(found), label=word, metric=word, period=span, again=made)
    for each in found:
        draft.show(each, label=f"{each.period}年 {each.figure.metric}")
    facts = "，".join(f"{each.period}年 {shown(each.figure)}" for each in found)
    draft.text = f"{value.entity}{span}年{word}：{value.number}{value.unit}（{result.formula}）。依据：{facts}。"
    return draft


def _alike(found: Sequence[Candidate]) -> bool:
    return of_one_kind(found) and all(_one_name(found[0], each) for each in found)


_ALIKE = 0.4  # of the shorter name: 既有住宅加装电梯 and 重点工作完成情况加装电梯


def _one_name(first: Candidate, each: Candidate) -> bool:
    """Whether both are called by the same words, years aside, and neither is a part (其中)."""
    if any("其中" in label for label in each.figure.row_path):
        return False
    one, other = (
        grams(re.sub(r"20\d\d年?度?", "", squeeze(f.metric))) for f in (first.figure, each.figure)
    )
    shorter = min(len(one), len(other))
    return not shorter or len(one & other) >= _ALIKE * shorter
