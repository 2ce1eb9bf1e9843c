"""What a follow-up and the question before it are made of: names, and the nouns between them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.planning.carried import measure_of

Span = tuple[int, int]


class Named(NamedTuple):
    """A stretch of a question that names something: ``unit``, ``project`` or ``year``.

    `name` is what may stand for it elsewhere (2022年 for 前一年); "" for the stretch itself.
    """

    kind: str
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """The complete question, and what of the turn before it took over, for display.

    `named` is the name that the follow-up puts in the place of another; "" for a measure.
    """

    question: str
    kept: tuple[str, ...]
    named: str = ""


_ROLE = re.compile(
    r"(?:年初|全年|年度|调整后的?|本年)?(?:预算|决算|支出决算|实际|目标|计划|得分|分值|满分|扣分|得分率|执行率|完成率|"
    r"占比|比重|指标值|完成值|金额|数额|原因|建议|问题|依据|绝对数|绝对值|余额|结余|增幅|降幅|增长率)(?:数|值|额)?"
)

_BREAK = re.compile(
    r"(?:是|有|为)?多少|属于|是什么|什么|是否|有没有|百分之几|几[个项]?|各[是有]?|分别|是|为|有|了|比|较|占|实际|计划(?!项目|资金|专项)|目标|预期|"
    r"年初(?:设?定)?(?!预算|下达|安排|批复)|还|一共|总共|得(?!分)|扣(?!分)|完成(?!率)|达|超|剩|花|(?<!费)(?<!公务)用(?![车途户品地水电])|增长|增加|减少|下降|上升|里(?!程)|中(?![心药医小央学期等老型枢队国标山华])|上(?![网海市级门述])|下(?![乡岗水沉达级属设游])|[那这的]|"
    r"[\s,，。;；:：?？、]"
)

QUOTED = re.compile(r"[“\"]([^”\"]{2,40})[”\"]")

_ASKING = re.compile(r"多少|几|什么|哪|是否|吗|呢|怎|如何|由?谁")


def says_measure(words: str) -> bool:
    return bool(_ROLE.fullmatch(words) or measure_of(words))


def spans(named: Sequence[Named]) -> list[Span]:
    return [(each.start, each.end) for each in named]


def chunks(before: str, named: Sequence[Named]) -> list[Span]:
    """Nouns before the asking word, by their places: what stands between names and signs."""
    masked = list(before)
    for low, high in spans(named):
        masked[low:high] = " " * (high - low)
    text = "".join(masked)
    asks = _ASKING.search(text)
    text = text[: asks.start()] if asks else text
    found: list[Span] = []
    at = 0
    quotes = [match.span() for match in QUOTED.finditer(text)]
    for match in _BREAK.finditer(text + "。"):
        if any(low < match.start() < high for low, high in quotes):
            continue
        low, high = at, match.start()
        at = match.end()
        if high - low >= 2 and re.search(r"[\u4e00-\u9fff]{2}", text[low:high]):
            found += _thing_and_measure(text, (low, high))
    return found


def _thing_and_measure(text: str, span: Span) -> list[Span]:
    """``公路养护项目的自评得分`` in two, where what follows its last 的 says a measure alone."""
    low, high = span
    at = text.rfind("的", low + 2, high)
    tail = text[at + 1 : high]
    if at < 0 or not (_ROLE.fullmatch(tail) or measure_of(tail)):
        return [span]
    return [(low, at), (at + 1, high)]


def kept(
    before: str, named: Sequence[Named], changes: Sequence[tuple[Span, str]]
) -> tuple[str, ...]:
    """Names and years that stay, and how the question before went on."""
    touched = [span for span, _ in changes]

    def free(span: Span) -> bool:
        return not any(low < span[1] and span[0] < high for low, high in touched)

    names = [before[each.start : each.end] for each in named if free((each.start, each.end))]
    rest = [before[low:high] for low, high in chunks(before, named) if free((low, high))]
    return tuple(dict.fromkeys((*names, *rest)))
