"""The change that a report states of a value: beside it, in a list after it, or apart from it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.figures.evidence import Candidate
from qa.figures.standing import equations_of
from qa.operations.told_apart import (
    changes_in,
    lead_of,
    nameless,
    of_both_sides,
    plain,
    told_apart,
)
from qa.words.matching import grams, plain_name, squeeze
from qa.words.synonyms import expand

_A_NAME = 4  # characters


def of_one_year(value: Candidate, change: Candidate) -> bool:
    """Whether the change is what led to the value: 上年数 beside 比上年增加 is where it began."""
    year, changed = value.figure.period, change.figure.period
    return not (year and changed) or year == changed


def named_for(key: str, value: Candidate, change: Candidate) -> bool:
    """Whether a value whose change stands in another paragraph is itself called what is asked for.

    What its heading says is not enough: a part of 三公经费 stands under that heading as well.
    """
    figure, other = value.figure, change.figure
    if of_both_sides(other.subject) and _plain_subject(figure) != _plain_subject(other):
        return of_both_sides(key) or _total_asked(key, figure)
    if figure.block == other.block or figure.locator.table is not other.locator.table:
        return True
    own = grams(squeeze(figure.metric))
    wanted = [grams(plain(name)) for name in expand(squeeze(key))]
    return any(len(name & own) >= _SPELLED * len(name) for name in wanted if name)


def _total_asked(key: str, figure: Figure) -> bool:
    """Whether the total of one side is asked for, and the value is of it: not 本年收入合计."""
    totals = {plain(name) for name in expand(squeeze(key))} & {"收入总计", "支出总计"}
    return bool(totals) and (of_both_sides(figure.metric) or plain(figure.metric) in totals)


_SPELLED = 0.85  # share of a name


def called(candidate: Candidate, name: str) -> Candidate:
    return replace(candidate, figure=replace(candidate.figure, metric=name))


def change_beside(
    candidate: Candidate, *, against: str = "上年", since: str = ""
) -> Candidate | None:
    """The change against last year (or the budget) that the same sentence states of a subject.

    A rate of growth that bears value and change out ties the two, wherever they stand.

    Args:
        candidate: the value.
        against: 上年 or 预算.
        since: the year that the change has to be counted from, where it is not the last one.
    """
    figure = candidate.figure
    last = str(int(figure.period) - 1) if figure.period.isdigit() else ""
    if since and since != last:
        return _counted_from(candidate, since)
    tied = (_tied(candidate) or _new_of_all(candidate)) if against == "上年" else None
    if tied is not None:
        return replace(candidate, figure=tied)
    beside = _beside(candidate, against)
    if beside is None and against == "上年":
        beside = _of_total(candidate)
    return beside if beside is not None else _apart(candidate, against)


def _beside(candidate: Candidate, against: str) -> Candidate | None:
    """The change that follows the value in its own paragraph."""
    figure = candidate.figure
    following = candidate.document.figures[figure.no + 1 : figure.no + 12]
    beside = [
        other
        for other in following
        if (other.block == figure.block or _goes_on(figure, other))
        and (other.locator.table is None or other.row_path == figure.row_path)
    ]
    own = _plain_subject(figure)
    subjects = {_plain_subject(f) for f in (figure, *beside) if f.role in _STATED}
    for other in beside:
        subject = _plain_subject(other)
        if _moves(figure, other) and _fits(other, against):
            named = subject in (own, _last_name(figure)) or _names_again(figure, other)
            if named or (subject not in subjects and _shortened(subject, own)):
                return replace(candidate, figure=other)
        elif subject != own and other.sentence != figure.sentence and other.role is Role.VALUE:
            return None
    return None


def _fits(change: Figure, against: str) -> bool:
    return _against_last_year(change) if against == "上年" else _against_budget(change)


_OTHER_YEAR = re.compile(r"上年|去年|上一年|上年度")


def _against_budget(change: Figure) -> bool:
    """Whether a change is counted from the budget of its own year."""
    years = set(re.findall(r"20\d\d", change.basis))
    own = not _OTHER_YEAR.search(change.basis) and years <= {change.period[:4]}
    return "预算" in change.basis and own


def _apart(candidate: Candidate, against: str) -> Candidate | None:
    """The change that another sentence of the part states of the value by its name."""
    if candidate.figure.locator.table is not None:
        return None
    document = candidate.document
    fits = [
        change
        for change in changes_in(document, candidate.figure)
        if _fits(lead_of(document, change) or change, against)
    ]
    found = told_apart(candidate, fits) if fits else None
    if found is None:
        return None
    change = replace(candidate, figure=found)
    return called(change, candidate.figure.metric) if nameless(found) else change


def _goes_on(figure: Figure, other: Figure) -> bool:
    """Whether a figure stands in the next paragraph, which goes on about the same: 该项支出…"""
    return other.block == figure.block + 1 and other.sentence.startswith(("该项", "此项"))


def _counted_from(candidate: Candidate, year: str) -> Candidate | None:
    """The change that the value's own sentence counts from a year before the last: 比2019年减少."""
    figure = candidate.figure
    following = candidate.document.figures[figure.no + 1 : figure.no + 12]
    told = [
        other
        for other in following
        if other.block == figure.block
        and other.locator.table is None
        and _moves(figure, other)
        and other.basis.startswith(year)
        and _plain_subject(other) == _plain_subject(figure)
    ]
    return replace(candidate, figure=told[0]) if len(told) == 1 else None


def _names_again(figure: Figure, change: Figure) -> bool:
    """资金实际使用8,294.4万元，…，实际使用数比上年增加: the name again, or most of it."""
    name = re.sub("数$|额$", "", squeeze(change.subject))
    same = change.sentence == figure.sentence
    return same and len(name) >= _A_NAME and name in squeeze(figure.metric)


_ALL_SO_FAR = re.compile(r"累计|总数|达到?$")
_NEW = re.compile(r"(?:当年|本年|全年|今年)?(?:新增|新建|新增加|新建成|新开通)")


def _new_of_all(candidate: Candidate) -> Figure | None:
    """What was new in the year, beside all there are so far: 新增基站1800座，累计建成基站15493座."""
    figure = candidate.figure
    if not _ALL_SO_FAR.search(figure.metric) or not figure.sentence:
        return None
    name = grams(_ALL_SO_FAR.sub("", plain_name(figure.metric)))
    beside = [
        other
        for other in candidate.document.figures[max(figure.no - 3, 0) : figure.no]
        if other.block == figure.block
        and other.sentence == figure.sentence
        and _NEW.search(other.metric)
        and other.quantity.unit == figure.quantity.unit
        and other.quantity.base < figure.quantity.base
        and grams(_NEW.sub("", plain_name(other.metric))) & name
    ]
    return beside[-1] if len(beside) == 1 else None


_TOTAL = re.compile(r"合计$|总额$|\s")
_WHOLE_COLUMN = re.compile(r"(?:金额|决算数|合计|小计|数)(?:[(（].*[)）])?$")


def _of_total(candidate: Candidate) -> Candidate | None:
    """The one change that the text states of what a line of a table is called by (本年收入合计)."""
    figure = candidate.figure
    if not figure.row_path or len(squeeze(figure.row_path[-1])) < _A_NAME:
        return None
    if not figure.column_path or not _WHOLE_COLUMN.search(figure.column_path[-1]):
        return None
    name = _TOTAL.sub("", figure.row_path[-1])
    found = {
        other.quantity.base: other
        for other in candidate.document.figures
        if other.part == figure.part
        and _moves(figure, other)
        and _against_last_year(other)
        and _TOTAL.sub("", _plain_subject(other)) == name
    }
    return replace(candidate, figure=next(iter(found.values()))) if len(found) == 1 else None


def _tied(candidate: Candidate) -> Figure | None:
    """The change that an equation of growth which holds divides by this value."""
    document = candidate.document
    for equation in equations_of(document, candidate.figure):
        if equation.family == "growth" and equation.verdict.holds:
            for number in equation.operands:
                other = document.figures[number]
                if other.role is Role.CHANGE and _against_last_year(other):
                    return other
    return None


_STATED = (Role.VALUE, Role.ACTUAL, Role.BUDGET)
_OF_CHANGE = re.compile(r"20\d\d\s*年度?|各?(?:增加|减少|增长|上升|下降|降低|提高)$|\s")


def _plain_subject(figure: Figure) -> str:
    """A subject without its year and the words of a change that were read with it."""
    return _OF_CHANGE.sub("", figure.subject)


def _last_name(figure: Figure) -> str:
    """What a value is called by itself: 本年收入 of 收入总计…，其中本年收入…."""
    return _OF_CHANGE.sub("", figure.metric.rpartition(" ")[2])


def _moves(figure: Figure, other: Figure) -> bool:
    """Whether a figure says how far another one moved; of a rate in percentage points."""
    own, unit = figure.quantity.unit, other.quantity.unit
    if own.dimension is Dimension.PERCENT:
        return unit.dimension is Dimension.POINT and other.role in (Role.CHANGE, Role.GROWTH)
    return other.role is Role.CHANGE and own.compatible(unit)


def _shortened(short: str, whole: str) -> bool:
    """``受理案件`` of ``全年受理各类案件``: the same name with characters left out."""
    letters = iter(whole)
    return len(short) >= 4 and all(letter in letters for letter in short)


_WITH_LAST_YEAR = re.compile(
    r"(?:与|和|同|比|较)(?:上年|去年|上一年|(?P<year>20\d\d)年)(?:度)?(?:决算数?|同期)?(?:相?比|增|减|变|差)"
)
_LAST_YEARS = ("上年", "去年", "上一年", "同期")


def _against_last_year(figure: Figure) -> bool:
    """Whether a change is counted from the year before the one that it is of."""
    last = str(int(figure.period) - 1) if figure.period.isdigit() else ""
    if figure.basis[:4].isdigit() and figure.basis.startswith("20"):
        return not last or figure.basis.startswith(last)
    if figure.basis:
        return any(word in figure.basis for word in _LAST_YEARS)
    told = figure.sentence if figure.locator.table is None else "".join(figure.column_path)
    found = _WITH_LAST_YEAR.search(squeeze(told))
    return found is not None and (not found["year"] or not last or found["year"] == last)
