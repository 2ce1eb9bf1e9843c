"""The day on which work was accepted, told in a sentence and in the row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.assertions.outstanding import (
    Day,
    NamedRows,
    day_of,
    named_rows,
    rows_of,
    subject_before,
)
from ingest.model import Assertion, Said
from ingest.structure.texts import Sentence, Texts, agreed, contrary

_DATE = r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_ACCEPTED = r"(?:已|均已|顺利)?(?:通过|完成|进行|组织)?了?(?:专家|终期|竣工|交工|最终|项目)?验收(?!材料|报告|资料|单)"
_TOLD = re.compile(rf"(?:已)?于\s*{_DATE}\s*{_ACCEPTED}")
_IN_CELL = re.compile(rf"{_DATE}\s*{_ACCEPTED}")
_REACH = 60  # characters before the date in which the name must stand
_MOST = 2  # rows of one name, beyond which it names no single work


def accepted_on(texts: Texts) -> Iterator[Assertion]:
    """文字写的验收日期，须与表格同名一行所写的验收日期相同。

    来源：绩效评价报告的子项目开展情况表与指标分析的文字。
    例：正文写“家庭适老化改造工程于2023年11月20日通过验收”，表 2 该行写“2023年10月20日验收”，不一致。
    边界：名称须与表中名称相同，紧接“于某日通过（完成）验收”；同名的行多于两行、表中没有验收日期的不比；年月日须写全。
    """
    rows = named_rows(texts)
    told: set[tuple[int, str]] = set()
    for sentence in texts.sentences if rows else ():
        for match in _TOLD.finditer(sentence.words):
            found = _judged(sentence, match, rows)
            if found is not None and (found.part, found.subject) not in told:
                told.add((found.part, found.subject))
                yield found


def _judged(sentence: Sentence, match: re.Match[str], rows: NamedRows) -> Assertion | None:
    part = sentence.text.part
    low = max(0, match.start() - _REACH)
    before = sentence.words[low : match.start()]
    start = subject_before(part, before, rows)
    if start is None:
        return None
    alike = rows_of(part, before[start:], rows)
    if not alike or len(alike) > _MOST or any(sentence.text in row.states for row in alike):
        return None
    days: dict[Day, Said] = {}
    for row in alike:
        for cell in row.states:
            for found in _IN_CELL.finditer(cell.folded):
                days.setdefault(day_of(found), cell.said(found.start(), found.end()))
    if not days:
        return None
    stated = sentence.said(low + start, match.end())
    subject = alike[0].label.folded.strip()
    others = tuple(days.values())
    if day_of(match) in days:
        return agreed("accepted_on", part, subject, stated, (days[day_of(match)],))
    return contrary("accepted_on", part, subject, stated, others)
