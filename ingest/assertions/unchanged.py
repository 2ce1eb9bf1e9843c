"""Words that a value is what it was the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import interval
from ingest.equations.book import Run
from ingest.equations.claims import closed
from ingest.equations.neighbours import year_key, year_rows
from ingest.figures.naming import Names
from ingest.model import Assertion, Figure, Role
from ingest.quantity import Dimension
from ingest.structure.texts import Texts, agreed, contrary, said_of

_FLAT = re.compile(
    r"^[^,;。\d]{0,3},?(?P<said>(?:与|和|同|较|比)(?P<year>上年度?|去年|上一年度?|20\d\d年度?)(?:同期)?"
    r"(?:实际|执行|决算|支出|收入)?数?(?:相比)?,?(?:持平|相同|一致|没有变化|无变化))"
)
_VALUES = (Role.VALUE, Role.ACTUAL)
_NEAR = 100  # 持平 is also said of values that differ by less than one part in so many


def flat_figures(run: Run) -> Iterator[tuple[int, re.Match[str]]]:
    """The values of a run that it says are those of the year before, with the words that do."""
    for index, value in enumerate(run.figures):
        after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
        match = _FLAT.match(after)
        if match is None or value.role not in _VALUES or not closed(value):
            continue
        year = re.search(r"20\d\d", match["year"])
        if value.quantity.unit.dimension is Dimension.PERCENT or not value.period.isdigit():
            continue
        if year is None or int(year[0]) == int(value.period) - 1:
            yield index, match


def surely_apart(value: Figure, other: Figure) -> bool:
    """Two values that nobody would call 持平: apart by their digits and by more than 1 %."""
    one, two = value.quantity.base, other.quantity.base
    if interval.of(value.quantity).overlaps(interval.of(other.quantity)):
        return False
    return abs(one - two) * _NEAR > max(abs(one), abs(two))


def unchanged(texts: Texts) -> Iterator[Assertion]:
    """“某项支出 a，与上年持平”：表中同名一行的上年数应是 a。

    来源：部门决算“三公”经费、机关运行经费、主要业务数据的说明。
    例：表中上年 5.20 万元、本年 3.13 万元，写作“3.13 万元，与上年持平”即不一致。
    边界：名称与表中行名逐字相同（去掉年度、序号），上年只有一个数；“基本持平”不查；相差不足 1% 的不报。
    """
    rows = year_rows(texts.book)
    for run in texts.book.runs if rows else ():
        for index, match in flat_figures(run):
            value = run.figures[index]
            key = year_key(Names.key(texts.document, value))
            last = rows.get((value.part, key, str(int(value.period) - 1)), {})
            others = [f for f in last.values() if f.quantity.unit.compatible(value.quantity.unit)]
            if len(others) != 1 or value.locator.table is not None:
                continue
            stated = texts.text_of(value).said(
                value.end + match.start("said"), value.end + match.end("said")
            )
            other = (said_of(others[0]),)
            if surely_apart(value, others[0]):
                shown = f"{value.period}年{said_of(value).text}，上年{other[0].text}"
                words = f"{value.metric}：写“{stated.text}”，而{shown}。"
                yield contrary("unchanged", value.part, value.metric, stated, other, shown, words)
            elif interval.of(value.quantity).overlaps(interval.of(others[0].quantity)):
                yield agreed("unchanged", value.part, value.metric, stated, other)
