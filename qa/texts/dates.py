"""DATE: when something happened, or from when to when, in the report's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.texts.index import OWN, Segment, profile_for
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import Hit, behind, confidence_of, lower, make_finding, ranked
from qa.texts.terms import Profile, squeeze, squeezed, strip_words

DATE_WORDS = re.compile(
    r"(?:是)?(?:从|自)?(?:哪[一个]?[天日月年]|哪几[天日月年]|几月几[日号]"
    r"|几[月日号]|什么时候|什么时间|何时|啥时候|哪个?时间段?|几时|多会儿)"
    r"|(?:到|至)?哪[一个]?[天日月年]|起止(?:时间|日期)?|具体(?:时间|日期)|日期"
    r"|(?<!服务)(?<!响应)(?<!办理)时间(?:是|为)?$"
    r"|^[到至]$|^(?:现场)?(?:进行|开展|启动|开始)(?:实施)?$|(?:进行|开展)了?$|时候|^做|做了?的?$"
    r"|when|what date|which month|which day|which year|in what month"
)
_TAIL = r"(?:\s*(?:上旬|中旬|下旬|初|底|末))?"
_POINT = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    rf"|(?:19|20)\d{{2}}\s*年\s*\d{{1,2}}\s*月{_TAIL}"
    r"|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|(?:19|20)\d{2}[./]\d{1,2}(?![\d.])"
    r"|(?:19|20)\d{2}\s*年(?:\s*第[一二三四]季度|\s*[上下]半年|(?!度)\s*(?:初|底|末))?"
    rf"|\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|(?<!\d)\d{{1,2}}\s*月(?!份?报){_TAIL}|第[一二三四]季度)"
)
_SPAN = re.compile(
    rf"{_POINT}(?:\s*(?:-|—|－|–|~|～|至|到)+\s*{_POINT})?|(?<!\d)(?:19"
    rf"|20)\d{{4}}\s*[-—至]\s*(?:19|20)\d{{4}}(?!\d)"
)
_RANGE = re.compile(r"(?:-|—|－|–|~|～|至|到)")
_WANTS_RANGE = re.compile(
    r"哪[一几]?[天日月][到至]|哪几[天日]|从.{0,6}到|起止|期限|服务期|时间段|哪段|服务时间|合同期|实施期|周期"
    r"|between|from"
)
_WANTS_DAY = re.compile(r"哪[一]?[天日]|几[日号]|what date|which day")
_WANTS_MONTH = re.compile(r"哪[一个]?月|几月|哪个月|month")
_WANTS_YEAR = re.compile(r"哪[一]?年|which year|what year")


_BEGUN = re.compile("建(?:的|成|起|$)|[创开]办|成立|设立")
_WORK = re.compile("自评|评价|核查|评审|验收|审计|检查|公开")
_PLANNED = re.compile("原定|计划|拟|预计|应于|应在|要求|基准日")


def _grain(date: str) -> int:
    """3: to the day, 2: to the month or quarter, 1: a year."""
    text = squeezed(date)
    if re.search(r"\d日|\d[./]\d{1,2}[./]\d", text) or re.search(r"\d{4}[-./]\d{1,2}[-./]\d", date):
        return 3
    return 2 if re.search(r"月|季度|半年|底|初|末|\d{4}[./]\d|\d{6}", text) else 1


def _wanted_grain(question: str) -> int:
    """The coarsest grain that answers."""
    if _WANTS_DAY.search(question):
        return 3
    if _WANTS_MONTH.search(question):
        return 2
    return 1 if _WANTS_YEAR.search(question) else 2


def dates_in(text: str) -> list[tuple[int, int]]:
    """Places of the dates and date ranges of a text."""
    return [match.span() for match in _SPAN.finditer(text)]


def find_dates(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """Dates of what the question names, the closest first."""
    kept = strip_words(terms, DATE_WORDS)
    profile = profile_for(scope, kept)
    if profile.empty:  # 自评是什么时候开展的: only the word for the work itself is left
        begun = ("成立",) if _BEGUN.search(question) else ()
        profile = profile_for(scope, (*_WORK.findall(question), *begun))
    if profile.empty:
        return []
    grain, span_asked = _wanted_grain(question), bool(_WANTS_RANGE.search(question))
    asked = squeezed(question)

    def dated(segment: Segment) -> bool:
        dates = (segment.text[a:b] for a, b in dates_in(segment.text))
        return any(_fits(d, grain, span_asked) and squeezed(d) not in asked for d in dates)

    hits = ranked(scope, profile, dated)
    own_named = [
        hit for hit in hits if _names_it(profile, hit) and tells_event(hit.segment, question)
    ]
    found = [_finding(scope, profile, hit, grain, span_asked, asked) for hit in own_named[:8]]
    return behind(_settle([f for f in found if f is not None]))


def _names_it(profile: Profile, hit: Hit) -> bool:
    """A date in a paragraph belongs to the question only if its own clause names it."""
    if hit.segment.place.table is not None:
        return True
    own = profile.cover(((1.0, hit.segment.own),))
    return own.share >= 0.6


# What happened is told by the date's own sentence, cell or heading.
_EVENT = re.compile(
    "初验|终验|验收|开工|竣工|完工|签订|签约|印发|批复|中标|移交|上线|更名|归还|退回|收回|挂牌"
)
_ALIKE = {
    "竣工": "完工|竣工|完成",
    "完工": "完工|竣工|完成",
    "退回": "退回|归还|收回|退还",
    "归还": "退回|归还|收回|退还",
}


def tells_event(segment: Segment, question: str) -> bool:
    """Whether a place tells of what a question says to have happened."""
    events = set(_EVENT.findall(question))
    words = f"{segment.own}\n{segment.label}"
    return all(re.search(_ALIKE.get(event, event[-2:]), words) for event in events)


def _fits(date: str, grain: int, span_asked: bool) -> bool:
    return _grain(date) >= grain and (not span_asked or bool(_RANGE.search(date)) or grain == 3)


def _finding(
    scope: ScopedDocument, profile: Profile, hit: Hit, grain: int, span_asked: bool, asked: str
) -> TextFinding | None:
    confidence = confidence_of(hit.coverage.share)
    text = hit.segment.text
    dates = [
        d
        for d in dates_in(text)
        if _fits(text[slice(*d)], grain, span_asked) and squeezed(text[slice(*d)]) not in asked
    ]
    ranges = [d for d in dates if _RANGE.search(text[slice(*d)])]
    if span_asked and ranges:
        dates = ranges
    if confidence is None or not dates:
        return None
    happened = [d for d in dates if not _PLANNED.search(text[max(0, d[0] - 6) : d[0]])]
    if not re.search("基准日|原定|计划|预计", asked):
        dates = happened or dates
    best = min(dates, key=lambda d: _distance(profile, text, d))
    if span_asked and not ranges:
        confidence = lower(confidence)
    return make_finding(
        scope, hit.segment.place, confidence, hit.coverage, answer=text[slice(*best)]
    )


def _distance(profile: Profile, text: str, date: tuple[int, int]) -> tuple[float, int, int]:
    """How much less of the question its clause says, then the characters to the nearest word of it."""
    start = max((text.rfind(mark, 0, date[0]) for mark in "，,；;。"), default=-1) + 1
    stop = re.compile("[，,；;。]").search(text, date[1])
    clause = squeezed(text[start : stop.start() if stop else len(text)])
    told = profile.cover(((OWN, clause),)).share
    packed, offsets = squeeze(text)
    asked = profile.pairs
    spots = [
        offsets[at]
        for at in range(len(packed) - 1)
        if packed[at : at + 2] in asked and not date[0] <= offsets[at] < date[1]
    ]
    gaps = [spot - date[1] if spot >= date[1] else date[0] - spot for spot in spots]
    return (-round(told, 2), min(gaps, default=len(text)), date[0])


def _settle(found: list[TextFinding]) -> list[TextFinding]:
    """Two dates for equally good places are two candidates, not an answer."""
    best = [f for f in found if found and f.score >= found[0].score - 0.005]
    if len({squeezed(f.answer) for f in best}) > 1:
        changed = [
            replace(f, confidence=lower(f.confidence))
            for f in best
            if f.confidence is Confidence.HIGH
        ]
        best = changed or best
        return best + [f for f in found if f.score < found[0].score - 0.005]
    unique: dict[str, TextFinding] = {}
    for f in found:
        unique.setdefault(squeezed(f.answer), f)
    return list(unique.values())
