"""Questions that point at places of the reports: an operation over figures named with their numbers.

某局2024年“机关运行经费”〔2-302〕是多少？ is complete by itself and reads as a question; who asks it has
said which figure of which report is meant, so that nothing is left to be searched. It holds figures
and passages of the reports alone, and is read back only where each of them is still called so. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ingest.model import Document, Figure


@dataclass(frozen=True, slots=True)
class Pointed:
    """A figure of a report by its number; else the passage of a block from `start` to `end`.

    `start` and `end` count in the report's text.
    """

    report: int
    figure: int | None = None
    block: int = 0
    start: int = 0
    end: int = 0


class Step(NamedTuple):
    """One ask: an operation of `FORMS` over figures, or passages to be quoted.

    `unit` is the symbol of the unit that an amount is asked in; "" leaves it as it is.
    """

    operation: str
    first: tuple[Pointed, ...]
    second: tuple[Pointed, ...] = ()
    unit: str = ""


class Form(NamedTuple):
    """The words of an operation: between its two lists of figures ("" for one list), and behind."""

    between: str
    behind: str


FORMS: Final[dict[str, Form]] = {
    "lookup": Form("", "是多少"),
    "difference": Form("减去", "是多少"),
    "sum": Form("", "合计是多少"),
    "average": Form("", "的平均数是多少"),
    "share": Form("占", "的百分之几"),
    "ratio": Form("是", "的几倍"),
    "growth": Form("比", "增长百分之几"),
    "previous": Form("按增减额", "倒推，上年是多少"),
    "most": Form("", "中哪一个最大"),
    "least": Form("", "中哪一个最小"),
    "count": Form("", "一共几项"),
    "agree": Form("合计与", "是否一致"),
    "quote": Form("", "原文是怎么写的"),
}
_AMOUNTS: Final = "是多少"
_LONGEST: Final = 40  # characters of a name
_SHOWN: Final = 24  # … of the beginning of a passage
_PLACE: Final = re.compile(
    r"”〔(?P<report>\d{1,9})(?:-(?P<figure>\d{1,9})"
    r"|:(?P<block>\d{1,9}):(?P<start>\d{1,9})-(?P<end>\d{1,9}))〕"
)
_MARKS: Final = str.maketrans({"、": "，", ";": "，", "；": "，"})

Read = Callable[[int], Document]


def worded(steps: Sequence[Step], read: Read) -> str:
    """The steps as a question.

    Args:
        read: gives the report of a number.
    """
    return "；".join(_step_in_words(step, read) for step in steps) + "？"


def _step_in_words(step: Step, read: Read) -> str:
    form = FORMS[step.operation]
    first, second = (
        "、".join(_item(each, read(each.report)) for each in side)
        for side in (step.first, step.second)
    )
    unit = step.unit if form.behind.endswith(_AMOUNTS) else ""
    return f"{first}{form.between}{second}{form.behind}{unit}"


def pointed_in(question: str, known: Callable[[int], bool], read: Read) -> tuple[Step, ...]:
    """The steps of a pointed question; none where it is any other question.

    Args:
        known: whether there is a report of a number.
        read: gives such a report.
    """
    if "〔" not in question:
        return ()
    steps = []
    for text in question.strip().rstrip("？?").split("；"):
        places = [_pointed(found) for found in _PLACE.finditer(text)]
        if not places or not all(_there(each, known, read) for each in places):
            return ()
        step = _step_of(text, tuple(places), read)
        if step is None:
            return ()
        steps.append(step)
    return tuple(steps)


def _step_of(text: str, places: tuple[Pointed, ...], read: Read) -> Step | None:
    """The step that is worded so, over these places in this order."""
    unit = text.rpartition(_AMOUNTS)[2] if _AMOUNTS in text else ""
    for operation, form in FORMS.items():
        for first in range(1, len(places)) if form.between else (len(places),):
            step = Step(operation, places[:first], places[first:], unit)
            if _step_in_words(step, read) == text:
                return step
    return None


def _pointed(found: re.Match[str]) -> Pointed:
    report = int(found["report"])
    if found["figure"] is not None:
        return Pointed(report, int(found["figure"]))
    return Pointed(report, None, int(found["block"]), int(found["start"]), int(found["end"]))


def _there(each: Pointed, known: Callable[[int], bool], read: Read) -> bool:
    if not known(each.report):
        return False
    document = read(each.report)
    if each.figure is not None:
        return each.figure < len(document.figures)
    return each.block < len(document.blocks) and each.start < each.end <= len(document.text)


def _item(each: Pointed, document: Document) -> str:
    """A figure or passage in a question: its body, year, project and name, and its number."""
    if each.figure is not None:
        figure = document.figures[each.figure]
        head = _head(document, figure.block, figure.period)
        return f"{head}“{name_of(figure)}”〔{each.report}-{each.figure}〕"
    text = _plain(document.text[each.start : each.end])
    name = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    place = f"{each.report}:{each.block}:{each.start}-{each.end}"
    return f"{_head(document, each.block, '')}“{name}”〔{place}〕"


def name_of(figure: Figure) -> str:
    """What a figure is called: labels of its row and column, or the words that name it."""
    if figure.locator.table is not None and not figure.subject:
        labels = (*figure.row_path[-1:], *figure.column_path[-1:])
        name = _plain(" ".join(dict.fromkeys(labels)))[:_LONGEST]
        if name:
            return name
    return _plain(figure.metric)[-_LONGEST:]


def _head(document: Document, block: int, period: str) -> str:
    part = document.part_of(block)
    year = period or part.year
    project = f"（{part.project.value}）" if part.project.value else ""
    return _plain(f"{part.entity.value}{year + '年' if year else ''}{project}")


def _plain(text: str) -> str:
    """Without the marks that part the pieces of a pointed question."""
    return re.sub(r"[“”〔〕]", "", re.sub(r"\s+", " ", text)).translate(_MARKS).strip()
