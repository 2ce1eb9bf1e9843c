"""One measure of several things that a question lists: asked of each, then added. Pure.

``甲和乙两座水库监理费合计多少`` asks for 甲水库监理费多少 and 乙水库监理费多少. Where the first name begins is not
known: it stays in its place for its own question, and the others take the place of as many characters
as they have themselves, or stand behind the body and year alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operands.added import of_one_kind
from qa.operands.asks import full_years, placed
from qa.plan import Plan
from qa.present import shown
from qa.words.numerals import number_of
from qa.words.worked_words import MEASURE_WORDS

_ALL = "一共|总共|共计|加起来|加在一起|合起来|合在一起|之和|总和"
_TOTAL = re.compile(
    rf"(?:{_ALL}|合计|总计|(?:相加|加总)(?:后|起来)?)(?:是|为|有|了)?|(?<![一公])共(?=[有支用花建投拨到发完])"
)
# Without a count, 本年支出合计 may be what is asked for of one thing, and 及 may stand in its name.
_TOGETHER = re.compile(rf"{_ALL}|相加|加总|合计(?=多少|几)")
_OF_NAMES = re.compile(r"及(?:相关|其他|有关|运行|管理)|[（(]")
_MEAN = re.compile(r"(?:简单|算术)?平均(?:值|数)?")
_NAME = r"(?:[“\"《][^”\"》]{1,20}[”\"》]|[一-鿿A-Za-z\d·]{1,12}?)"
_THINGS = rf"(?:大|小)?(?:{MEASURE_WORDS}|类|款|地|处|村|镇|乡|县|区|市|街道|期|轮|笔|部分|方面|种|门|校|馆|院|局)"
_COUNT = re.compile(rf"(?P<n>[两二三四五六七八]|(?<!\d)\d){_THINGS}")
_LIST = re.compile(
    rf"(?:把|将)?(?P<first>[^,，。、]{{2,40}}?)(?P<more>(?:、{_NAME}){{0,6}})(?:和|与|及|以及|、|(?<![参增追添附施累])加上?)(?P<last>{_NAME})"
    rf"(?:(?P<n>[两二三四五六七八]|\d){_THINGS}|(?=[的,，]))(?P<rest>[^。?？]+)"
)
_ASKED = re.compile(r"多少|几")
_PER = re.compile(r"每|[人户班车]均|按[^,，]{2,}(?:计?算|口径)")
_OTHER = re.compile(r"分别|各是|各自|比|占|相差|差额|增|减|变化|哪|最|率(?!先)|吗|为什么|原因|倍")
_LEAST, _LONGEST = 2, 8  # characters of a name, things
_CUT = 6  # characters of what the things are (水库), which a report may leave out


class ListedAsks(NamedTuple):
    """For each thing the ways of asking for it, the likeliest first; whether their mean is asked for."""

    names: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]
    mean: bool


def listed_asks(plan: Plan) -> ListedAsks | None:
    """How a sum over things that a question lists is asked for of each; None where it is not."""
    text = full_years(plan).rstrip("?？。")
    found = _LIST.search(text)
    mean = bool(_MEAN.search(text))
    if found is None or not (mean or _TOTAL.search(text)) or len(plan.years) > 1 or plan.memory:
        return None
    if _PER.search(text) or (_OTHER.search(text) and not mean):
        return None
    others = [each.strip('“”"《》') for each in (*found["more"].split("、"), found["last"]) if each]
    said = number_of(found["n"] or "")
    if said not in (None, len(others) + 1) or len(others) >= _LONGEST:
        return None
    if said is None and (_OF_NAMES.search(found.group()) or not (mean or _TOGETHER.search(text))):
        return None
    rest = _TOTAL.sub("", _MEAN.sub("", found["rest"])).lstrip("的,，")
    rest = rest if _ASKED.search(rest) else f"{rest}是多少"
    before = f"{text[: found.start('first')]}{found['first']}"
    if min(map(len, others)) < _LEAST or len(rest) <= len("是多少"):
        return None
    rests = _rests(rest)
    shared = _shared(others)
    first = tuple(
        f"{before}{each}？" for each in (*(f"{shared}{rest}" for _ in shared[:1]), *rests)
    )
    asks = [first]
    for name in (*(f"{each}{shared}" for each in others[:-1]), others[-1]):
        heads = [
            f"{before[: -len(name)]}{name}" if len(before) > len(name) else "",
            placed(plan, name),
        ]
        asks.append(tuple(f"{head}{each}？" for each in rests for head in heads if head))
    return ListedAsks((found["first"][-_LONGEST:], *others), tuple(asks), mean)


def as_listed(text: str, asks: ListedAsks) -> str:
    """A text without how many things it lists (两座) and without the kind of mean (简单平均)."""
    plain = re.sub("(?:简单|算术)(?=平均)", "", text)
    return _COUNT.sub(
        lambda found: "" if number_of(found["n"]) == len(asks.names) else found.group(), plain
    )


def _shared(others: Sequence[str]) -> str:
    """What only the last of the names says of all of them: 片区 of 第一、第二、第三片区."""
    short = {len(each) for each in others[:-1]}
    length = short.pop() if len(short) == 1 else len(others[-1])
    alike = others[-1][:1] == others[0][:1]
    return others[-1][length:] if alike else ""


def _rests(rest: str) -> list[str]:
    """What is asked of each thing, whole and then without what the things are."""
    cut = [rest[n:] for n in range(1, _CUT + 1) if len(rest) - n > _CUT]
    return [rest, *cut]


def worked_listed(asks: ListedAsks, plan: Plan, found: Sequence[Candidate]) -> Draft | None:
    """The sum or mean of one figure a thing; None where they are not of one report, year and kind."""
    if not _alike(found, mean=asks.mean):
        return None
    made = partial(compute.added, mean=asks.mean, unit=plan.unit)
    try:
        result = made([each.figure for each in found])
    except UnitError:
        return None
    word = "平均" if asks.mean else "合计"
    metric = found[0].figure.metric
    draft = Draft(phrase=metric)
    value = draft.derive(
        result,
        list(found),
        label=word,
        metric=metric,
        period=found[0].period,
        again=made,
    )
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in found)
    made_of = f"{value.number}{value.unit}（{result.formula}）"
    draft.text = f"{value.entity}{value.period}年{word}：{made_of}。依据：{facts}。"
    return draft


def _alike(found: Sequence[Candidate], *, mean: bool) -> bool:
    first = found[0]
    return of_one_kind(found, rates=mean) and all(
        each.report == first.report
        and each.period == first.period
        and each.figure.quantity.unit.noun == first.figure.quantity.unit.noun
        for each in found
    )


__all__ = ["ListedAsks", "as_listed", "listed_asks", "worked_listed"]
