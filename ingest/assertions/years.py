"""Years and dates: the year of the report in its forms, and what must come before what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Assertion, BlockKind, Part, ReportKind, Said
from ingest.reading.text import compact
from ingest.structure.markers import read_marker
from ingest.structure.texts import Sentence, Text, Texts, agreed, contrary

_ONLY_YEAR = re.compile(r"[(（]?(20\d\d)年度?[)）]?")
_HEADED = re.compile(
    r"(20\d\d)年度?[^,;。]{0,12}?(?:部门|单位)?(?:整体)?(?:收入支出|财政拨款|支出|预算)*(?:决算|绩效)"
)
_YEAR_END = re.compile(
    r"(?:截至|截止|至)(?P<year>20\d\d)年(?:12月31日|底|末)[,，]?(?:我|本|全)?(?:部门|单位|局|院|校|委|馆|中心)*"
    r"(?:共有|共|占有|保有|拥有)*(?:车辆|公务用车|固定资产|资产总额|房屋|单价|单位价值)"
)
_OWN = (
    ReportKind.FINAL_ACCOUNTS,
    ReportKind.UNIT_SELF_EVALUATION,
    ReportKind.PROJECT_SELF_EVALUATION,
)


def report_year(texts: Texts) -> Iterator[Assertion]:
    """报告年度与表头、标题、截止日期里写的年度一致。

    来源：自评表题名下的“（2023年度）”，决算公开的各级标题，“截至 2023 年 12 月 31 日，共有车辆……”。
    例：2023 年度自评报告的附件自评表题下写“（2022年度）”，不一致。
    边界：题名里只有一个年度的报告；独占一行的年度；截止日期只查国有资产占用的句式；标题须多数写对而一处不同才报。
    """
    outer = texts.document.parts[0]
    if len(outer.years) != 1 or outer.kind not in _OWN:
        return
    yield from _lines(texts, outer)
    yield from _headings(texts, outer)
    yield from _year_ends(texts, outer)


def _title(part: Part, text: Text) -> Said:
    """The report's year as its title prints it, or the place where the text stands."""
    place = part.years[0].locator
    if place is None:
        return text.said(0, len(text.raw))
    return Said(part.year, place, part.first_block)


def _told(outer: Part, text: Text, said: Said, year: str) -> Assertion:
    other = _title(outer, text)
    if year == outer.year:
        return agreed("report_year", text.part, "报告年度", said, (other,))
    words = f"报告为{outer.year}年度，此处写“{said.text}”。"
    return contrary("report_year", text.part, "报告年度", said, (other,), f"{outer.year}年", words)


def _lines(texts: Texts, outer: Part) -> Iterator[Assertion]:
    """Lines that are a year and no more, below the title of a form."""
    for text in texts.prose:
        match = _ONLY_YEAR.fullmatch(compact(text.folded))
        if match and text.kind is not BlockKind.CONTENTS:
            part = texts.parts[text.block]
            own = part.no == outer.no or part.entity.value == outer.entity.value
            if own:
                yield _told(outer, text, text.said(0, len(text.raw)), match[1])


def _headings(texts: Texts, outer: Part) -> Iterator[Assertion]:
    """Headings that name the year of the accounts: one against the many."""
    found: list[tuple[Text, re.Match[str]]] = []
    for text in texts.prose:
        heading = text.kind is BlockKind.HEADING and text.part == outer.no
        match = _HEADED.search(text.folded) if heading and read_marker(text.raw) else None
        if match:
            found.append((text, match))
    right = [text for text, match in found if match[1] == outer.year]
    wrong = [(text, match) for text, match in found if match[1] != outer.year]
    if len(right) > 2 * len(wrong):
        for text, match in wrong:
            yield _told(outer, text, text.said(match.start(), match.end()), match[1])


def _year_ends(texts: Texts, outer: Part) -> Iterator[Assertion]:
    for sentence in texts.sentences:
        match = _YEAR_END.search(sentence.words)
        if match and texts.parts[sentence.text.block].no == outer.no:
            said = sentence.said(match.start(), match.end("year") + 7)
            yield _told(outer, sentence.text, said, match["year"])


_DATE = r"(20\d\d)\s*年\s*(?:(\d{1,2})\s*月\s*)?(?:(\d{1,2})\s*日)?"
_SPAN = re.compile(rf"{_DATE}\s*(?:-|—|–|~|至|到)+\s*{_DATE}")
_WORKS = re.compile(
    r"(?:工期|建设期|施工期|实施期|建设期限|实施期限|服务期)(?:限)?(?:约定)?[为是:]?$"
)
_STARTED = re.compile(rf"{_DATE}[^,;。\d]{{0,8}}?(?:开工|动工|启动|开始实施|开始建设|立项|签订)")
_ENDED = re.compile(rf"{_DATE}[^,;。\d]{{0,8}}?(?:完工|竣工|建成|完成验收|通过验收|验收|投入使用)")


def date_order(texts: Texts) -> Iterator[Assertion]:
    """起止日期先后有序；同一句里竣工、验收不早于开工。

    来源：服务期限、建设期限（“2022年9月至2023年4月”），项目进度的叙述。
    例：“服务期 2023年6月1日至2022年5月31日”，止早于起。
    边界：两个日期都写明年份；“开工……竣工”须在同一句里各只有一个日期。
    """
    for sentence in texts.sentences:
        for match in _SPAN.finditer(sentence.words):
            first, last = _day(match, 0, 1), _day(match, 3, 12)
            if last < first:
                said = sentence.said(match.start(), match.end())
                yield _out_of_order(sentence, said, said, "止早于起")
            elif _WORKS.search(sentence.words[: match.start()]):
                for later in _ENDED.finditer(sentence.words, match.end()):
                    if _day(later, 0, 12) < first:
                        said = sentence.said(later.start(), later.end())
                        other = sentence.said(match.start(), match.end())
                        yield _out_of_order(sentence, said, other, "竣工早于工期的起点")
        yield from _base_day(sentence)
        started = list(_STARTED.finditer(sentence.words))
        ended = list(_ENDED.finditer(sentence.words))
        if len(started) == len(ended) == 1 and _day(ended[0], 0, 12) < _day(started[0], 0, 1):
            sides = [sentence.said(m.start(), m.end()) for m in (ended[0], started[0])]
            yield _out_of_order(sentence, sides[0], sides[1], "竣工早于开工")


_PERIOD = re.compile(
    rf"评价(?:时段|期间|时间范围|时间|期)[为是:]?{_DATE}\s*(?:-|—|–|~|至|到)+\s*{_DATE}"
)
_BASE_DAY = re.compile(rf"评价?基准日[为是:]?{_DATE}")


def _base_day(sentence: Sentence) -> Iterator[Assertion]:
    """A base day before the first day of the period evaluated, in one paragraph."""
    match = _BASE_DAY.search(sentence.words)
    period = _PERIOD.search(sentence.text.folded) if match else None
    if match and period and _day(match, 0, 12) < _day(period, 0, 1):
        said = sentence.said(match.start(), match.end())
        other = sentence.text.said(period.start(), period.end())
        yield _out_of_order(sentence, said, other, "基准日早于评价时段")


def _day(match: re.Match[str], group: int, blank: int) -> tuple[int, int, int]:
    """A date's year, month and day; a month or day that is not printed is the one given."""
    year, month, day = match.groups()[group : group + 3]
    return int(year), int(month or blank), int(day or (1 if blank == 1 else 31))


def _out_of_order(sentence: Sentence, said: Said, other: Said, why: str) -> Assertion:
    words = f"“{said.text}”：{why}。"
    return contrary("date_order", sentence.text.part, "日期先后", said, (other,), why, words)
