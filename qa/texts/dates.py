"""DATE: when something happened, or from when to when, in the report's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.texts.index import OWN, Segment, index_of, profile_for
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import Hit, behind, confidence_of, lower, make_finding, ranked
from qa.texts.terms import Profile, squeeze, squeezed, strip_words

DATE_WORDS = re.compile(
    r"(?:是)?(?:从|自)?(?:哪[一个]?[天日月年]|哪几[天日月年]|几月几[日号]"
    r"|几[月日号]|什么时候|什么时间|何时|啥时候|哪个?时间段?|几时|多会儿)"
    r"|(?:到|至)?哪[一个]?[天日月年]|起止(?:时间|日期)?|具体(?:时间|日期)|日期"
    r"|(?<!服务)(?<!响应)(?<!办理)时间(?:是|为)?$"
    r"|^在(?=.{2,}上过?$)|上?过$|^[到至]$|^(?:现场)?(?:进行|开展|启动|开始)(?:实施)?$|(?:进行|开展)了?$|时候|^做|做了?的?$"
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


# 服务到什么时候结束: told as a span of time, without a word for its end.
_UNTIL = re.compile(
    r"到(?:什么时候|何时|哪[一]?[天日年月]|几月)[^,，。?？]{0,2}(?:结束|截止|到期|期满|为止)"
)
_ENDS = re.compile(r"到?(?:结束|截止|到期|期满|为止)$")

_BEGUN = re.compile("建(?:的|成|起|$)|[创开]办|成立|设立")
_WORK = re.compile("自评|评价|核查|评审|验收|审计|检查|公开")
_PLANNED = re.compile("原定|计划|拟|预计|应于|应在|要求|基准日|预定|定于|将于|目标|力争|确保|须|限")
_DEADLINE = re.compile(r"\s*(?:之|以)?前(?![\u4e00-\u9fff]?(?:后|期|往|来|述|景|沿))")
_DONE = re.compile("已|实际|均|全部")
# Questions that are after what was planned, not after what happened.
_ASKS_PLAN = re.compile(
    "(?<!行动)(?<!实施)(?<!工作)(?<!年度)计划|目标(?!责任)|原定|预定|预计|打算|要求|约定|基准日|期限|时限|限期|最迟|最晚"
    "|应[在于当该]|要(?=在?(?:什么时候|何时|哪))"
)
_PLAN_WORDS = re.compile(
    "(?:原定|计划|目标|预定|预计|打算|要求|约定|最迟|最晚|应[在于当该]|要)(?:值|是|在|于)*$|^(?:原定|计划|预定|预计)(?=..)"
)
_OF_PLAN = re.compile("目标|指标值|计划|预期|要求|(?:整改|完成|办理)(?:期限|时限)")
_OF_DONE = re.compile("实际|完成值|完成情况")


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


def fitting_dates(text: str, question: str) -> list[tuple[int, int]]:
    """Places of the dates of a text that are as exact as the question wants them."""
    grain = _wanted_grain(question)
    return [span for span in dates_in(text) if _grain(text[slice(*span)]) >= grain]


def find_dates(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """Dates of what the question names, the closest first."""
    planned = asks_plan(question)
    kept = strip_words(strip_words(terms, _PLAN_WORDS) if planned else terms, DATE_WORDS)
    until = _UNTIL.search(question)
    kept = strip_words(kept, _ENDS) if until else kept
    profile = profile_for(scope, kept)
    if profile.empty:  # 自评是什么时候开展的: only the word for the work itself is left
        begun = ("成立",) if _BEGUN.search(question) else ()
        profile = profile_for(scope, (*_WORK.findall(question), *begun))
    if profile.empty:
        return []
    grain, span_asked = _wanted_grain(question), bool(until or _WANTS_RANGE.search(question))
    asked = squeezed(question)

    def dated(segment: Segment) -> bool:
        dates = (segment.text[a:b] for a, b in dates_in(segment.text))
        return any(_fits(d, grain, span_asked) and squeezed(d) not in asked for d in dates)

    hits = ranked(scope, profile, dated)
    own_named = [
        hit for hit in hits if _names_it(profile, hit) and tells_event(hit.segment, question)
    ]
    others = _OF_DONE if planned else _OF_PLAN
    own_named = [hit for hit in own_named if not _in_column(scope, hit.segment, others)]
    wish = _Wish(grain, span_asked, planned, asked, tuple(_EVENT.findall(question)))
    found = [made for hit in own_named[:8] if (made := _finding(scope, profile, hit, wish))]
    return behind(_settle(_happened_first(found)))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What kind of date a question wants."""

    grain: int
    span: bool
    plan: bool  # what was planned, not what happened
    asked: str  # the squeezed question
    events: tuple[str, ...]


def asks_plan(question: str) -> bool:
    """Whether a question is after what was planned, not after what happened."""
    return bool(_ASKS_PLAN.search(question))


def _in_column(scope: ScopedDocument, segment: Segment, heads: re.Pattern[str]) -> bool:
    """Whether a cell stands under a header of a kind: 目标值, 实际完成值."""
    place = segment.place
    if place.table is None or place.column is None:
        return False
    path = index_of(scope.document).document.tables[place.table].columns[place.column].path
    return bool(heads.search("".join(path[-1:])))


def _happened_first(found: list[TextFinding]) -> list[TextFinding]:
    """Without what was only planned, where the report tells what happened."""
    told = [f for f in found if f.confidence is not Confidence.LOW and not _only_planned(f)]
    return [f for f in found if not _only_planned(f)] if told else found


def _only_planned(finding: TextFinding) -> bool:
    """Whether an answer is a clause of a plan, as `_finding` gives it."""
    return any(is_planned(finding.answer, date) for date in dates_in(finding.answer))


def is_planned(text: str, date: tuple[int, int]) -> bool:
    """Whether a date of a text is that of a plan or a deadline (原定…, …前完工)."""
    clause = max((text.rfind(mark, 0, date[0]) for mark in "，,；;。（("), default=-1) + 1
    before = text[max(clause, date[0] - _BEFORE_DATE) : date[0]]
    if _DONE.search(before):
        return False
    return bool(_PLANNED.search(before) or _DEADLINE.match(text, date[1]))


_BEFORE_DATE = 10  # characters in which 计划, 原定 belong to the date that follows


def _names_it(profile: Profile, hit: Hit) -> bool:
    """A date in a paragraph belongs to the question only if its own clause names it."""
    if hit.segment.place.table is not None:
        return True
    own = profile.cover(((1.0, hit.segment.own),))
    return own.share >= 0.6


# What happened is told by the date's own sentence, cell or heading.
_EVENT = re.compile(
    "初验|终验|验收|开工|动工|竣工|完工|交货|签订|签约|印发|批复|中标|移交|上线|更名|归还|退回|收回|挂牌"
)
_ALIKE = {
    "开工": "开工|动工",
    "动工": "开工|动工",
    "交货": "交货|交付|到货",
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


def _finding(scope: ScopedDocument, profile: Profile, hit: Hit, wish: _Wish) -> TextFinding | None:
    """The date that a place tells; where it is that of a plan and none was asked for, its clause."""
    confidence = confidence_of(hit.coverage.share)
    text = hit.segment.text
    dates = [
        d
        for d in dates_in(text)
        if _fits(text[slice(*d)], wish.grain, wish.span)
        and squeezed(text[slice(*d)]) not in wish.asked
    ]
    ranges = [d for d in dates if _RANGE.search(text[slice(*d)])]
    if wish.span and ranges:
        dates = ranges
    if confidence is None or not dates:
        return None
    happened = [d for d in dates if not is_planned(text, d)]
    if not wish.plan:
        dates = _of_event(text, happened, wish.events) or happened or dates
    else:
        planned = [d for d in dates if d not in happened]
        dates = planned or (dates if wish.span or hit.segment.place.table is not None else [])
        if not dates:
            return None
    best = min(dates, key=lambda d: _distance(profile, text, d))
    if wish.span and not ranges:
        confidence = lower(confidence)
    shown = best if happened or wish.plan else _clause(text, best)
    return make_finding(
        scope, hit.segment.place, confidence, hit.coverage, answer=text[slice(*shown)]
    )


def _of_event(
    text: str, dates: list[tuple[int, int]], events: tuple[str, ...]
) -> list[tuple[int, int]]:
    """The dates whose own clause tells what the question says to have happened, in its words first."""
    clauses = [(d, text[slice(*_clause(text, d))]) for d in dates]
    exact = [d for d, clause in clauses if any(event in clause for event in events)]
    alike = [_ALIKE.get(event, event) for event in events]
    return exact or [d for d, clause in clauses if any(re.search(each, clause) for each in alike)]


def _clause(text: str, date: tuple[int, int]) -> tuple[int, int]:
    """The clause between commas that a date stands in."""
    start = max((text.rfind(mark, 0, date[0]) for mark in "，,；;。"), default=-1) + 1
    stop = re.compile("[，,；;。]").search(text, date[1])
    return start, stop.start() if stop else len(text)


def _distance(profile: Profile, text: str, date: tuple[int, int]) -> tuple[float, int, int]:
    """How much less of the question its clause says, then the characters to the nearest word of it."""
    clause = squeezed(text[slice(*_clause(text, date))])
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
