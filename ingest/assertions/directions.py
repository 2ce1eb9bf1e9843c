"""Words of direction against the two values that they lead between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import interval
from ingest.equations.claims import closed
from ingest.model import Assertion
from ingest.structure.texts import Texts, contrary, said_of

_UP = r"提高|提升|上升|增加|增长|上涨|扩大|延长"
_DOWN = r"降低|下降|减少|缩短|下滑|压减|压缩|回落"
_FROM = re.compile(r"(?:由|从)(?:[^,;。\d]{0,12}的|20\d\d年[^,;。\d]{0,2}的?)?\s*$")
_TO = re.compile(
    rf"^(?:[^,;。\d]{{0,4}}?(?P<word>{_UP}|{_DOWN})(?:到|至|为)了?(?:[^,;。\d]{{0,6}}的|20\d\d年[^,;。\d]{{0,2}}的?)?)\s*$"
)
_IS_UP = re.compile(rf"^(?:{_UP})$")


def moved_to(texts: Texts) -> Iterator[Assertion]:
    """“由 a 提高至 b”：b 大于 a；“由 a 降低至 b”：b 小于 a。

    来源：比率、标准、时间变动的叙述。
    例：由 88.2% 提高至 85.6%，方向不一致。
    边界：两个数相邻、单位相同；按所印位数的区间可能相等的不报。
    """
    for run in texts.book.runs:
        for index in range(1, len(run.figures)):
            match = _TO.match(run.leads[index])
            if match is None or not match["word"] or not _FROM.search(run.leads[index - 1]):
                continue
            start, end = run.figures[index - 1], run.figures[index]
            alike = start.quantity.unit.compatible(end.quantity.unit)
            if not alike or not closed(start) or not closed(end):
                continue
            apart = not interval.of(start.quantity).overlaps(interval.of(end.quantity))
            up = _IS_UP.match(match["word"]) is not None
            if apart and up != (end.quantity.base > start.quantity.base):
                text = texts.text_of(end)
                low = end.start - len(run.leads[index]) + match.start("word")
                stated, other = text.said(low, end.end), said_of(start)
                name = re.sub(r"[由从].*$", "", start.metric) or end.metric
                words = f"{name}：写由{other.text}“{stated.text}”，方向不一致。"
                shown = f"由{other.text}"
                yield contrary("moved_to", end.part, name, stated, (other,), shown, words)
