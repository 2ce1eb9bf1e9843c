"""Paragraphs that open with the name of an indicator, and the rate that they then speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.model import Assertion
from ingest.reading.text import compact
from ingest.structure.markers import read_marker
from ingest.structure.texts import Text, Texts, contrary

_LEAD = re.compile(r"(?P<name>[^:。,;]{2,24}?率)(?:指标)?[:。]")
_RATE = re.compile(r"(?P<name>[一-鿿]{1,3}率)(?:为|是|达到?|完成)?\s*\d[\d.]*%?")


class _Opened(NamedTuple):
    """A paragraph with the rate that it opens with: 服务工单转派及时率."""

    text: Text
    name: str
    end: int


def other_rate(texts: Texts) -> Iterator[Assertion]:
    """以“甲率指标：”开头的段落，后面给出的数应是甲率，不是同级的乙率。

    来源：绩效指标分析逐项列示的段落，“（3）服务工单转派及时率指标：……年初设定……，实际……”。
    例：“及时率指标：……年初设定工单转派的准确率为 95%，实际准确率为 98.8%”，上一项正是准确率，不一致。
    边界：段落里没有再提甲率，所提的率正是同一节另一段开头的乙率。
    """
    sections: dict[int, list[_Opened]] = defaultdict(list)
    for text in texts.prose:
        marker = read_marker(text.raw)
        match = _LEAD.match(text.folded, marker.length) if marker else None
        if match:
            section = texts.document.sections[text.section]
            level = section.parent if section.block == text.block else section.no
            sections[level or 0].append(_Opened(text, compact(match["name"]), match.end()))
    for opened in sections.values():
        by_end = {one.name[-_END:]: one for one in opened}
        for one in opened:
            yield from _swapped(one, by_end)


_END = 3  # characters that tell 及时率 from 准确率


def _swapped(one: _Opened, by_end: dict[str, _Opened]) -> Iterator[Assertion]:
    rest = one.text.folded[one.end :]
    rates = list(_RATE.finditer(rest))
    if not rates or one.name[-_END:] in compact(rest):
        return
    match = rates[0]
    named = compact(match["name"])[-_END:]
    sibling = by_end.get(named)
    if sibling is not None and all(compact(m["name"])[-_END:] == named for m in rates):
        stated = one.text.said(one.end + match.start("name"), one.end + rates[-1].end())
        head, others = one.text.said(0, one.end), []
        own = [m for m in _RATE.finditer(sibling.text.folded, sibling.end) if named in m["name"]]
        if own:
            others.append(sibling.text.said(own[0].start("name"), own[-1].end()))
        values = [f"“{said.text}”" for said in (stated, *others)]
        words = (
            f"“{one.name}”一段给出的是“{named}”（{values[0]}），"
            f"与“{sibling.name}”一段相同（{values[-1]}）。"
            if own
            else f"“{one.name}”一段给出的是“{named}”，与“{sibling.name}”一段相同。"
        )
        yield contrary(
            "other_rate", one.text.part, one.name, stated, (head, *others), one.name, words
        )
