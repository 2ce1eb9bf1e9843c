"""Figures that a sentence compares another with: of last year, of a target, before a change."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.figures.prose_places import Place
from ingest.figures.prose_subjects import clean

# 比2023年的89元提高5元, 比目标值95%高3.5个百分点: the figure that is compared with.
_OF_COMPARED = re.compile(
    r"^(?:比|较|与|同|[少多高低]于|超过|不及)\s*(?:(?P<year>20\d\d)\s*年度?|(?P<last>上年度?|去年|上一年度?))?(?:的|同期)?(?P<noun>[^,;。]{0,14})$"
)
# 加固面积比2022年的26,400平方米有所扩大: named in the same clause.
_NAMED_COMPARED = re.compile(
    r"^(?:20\d\d\s*年度?)?(?P<noun>[^,;。比较\d]{2,24}?)(?:要|又|还)?(?:比|较)\s*(?:(?P<year>20\d\d)\s*年度?|(?P<last>上年度?|去年|上一年度?))(?:末|底|同期)?的$"
)
_CLEARLY = re.compile(r"(?:上年度?|去年|上一年度?)(?:同期)?的$")
# 标准由上年的89元提高到94元: what it was before.
_FROM = re.compile(
    r"^(?P<subject>[^,;。]*?)(?<!自)(?:由|从)(?:每[^,;。\d]{1,6}|(?P<year>20\d\d)\s*年度?|(?P<last>上年度?|去年|上一年度?)|"
    r"年初|原来?|预算|计划)?(?:末|底|同期)?的?$"
)
_MOVE = (
    r"(?:逐步|大幅|分别)?(?:提高|增加|增长|上升|提升|下降|降低|降|减少|调整|调增|调减|缩短|扩大|扩展|拓展|压缩|压减|压降|"
    r"精简|核减|攀升|回落|改善|优化|发展|增补|增|升|涨|减|跌|缩|扩|变)"
)
TO = re.compile(rf"^\s*(?:元?/[一-鿿])?{_MOVE}(?:至|到|为)")
MOVED_TO = re.compile(
    rf"^{_MOVE}(?:至|到|为)?(?:20\d\d\s*年度?|[本当今]?年)(?:末|底)?的?$|^{_MOVE}(?:至|到|为)$"
)
MOVED = re.compile(rf"^{_MOVE}$")
THEN_MOVED = re.compile(
    r"^\s*(?:的)?(?:还|略有?|多|大幅|有所|明显)?(?:提高|增加|增长|上升|上涨|提升|下降|降低|减少|缩短|回落|扩大|改善|缩小|好转|高|低|多|少|超|节约|压缩)(?:出|了)?$"
)


class Before(NamedTuple):
    """A figure that another is compared with: its year, or that it is the year before."""

    subject: str
    year: str
    last: bool


def compared(place: Place) -> Before | None:
    """What a number is compared with, where its clause says so, or None."""
    clause = place.clause.strip()
    match = _OF_COMPARED.match(clause)
    plain = match and not match["noun"] and (match["year"] or _CLEARLY.search(clause))
    if match and not (plain or THEN_MOVED.match(place.behind)):
        match = None
    match = match or _NAMED_COMPARED.match(clause)
    if match:
        noun = clean(match["noun"])
        return Before(noun, match["year"] or "", last=bool(match["last"]))
    match = _FROM.match(clause) if TO.match(place.behind) else None
    if match is None:
        return None
    # Of 由28个增至41个 the first is of the year before, unless it was planned.
    last = not match["year"] and not _PLANNED.search(clause)
    return Before(clean(match["subject"]), match["year"] or "", last)


_PLANNED = re.compile(r"(?:预算|计划)(?:末|底|同期)?的?$")
