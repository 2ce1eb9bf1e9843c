"""What else a question asks of the rows that it lists: 合计多少，最高的是哪个. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.plan import Order
from qa.portfolio.model import Over

_ENDS = re.compile(r"[,，;；?？。]|(?<=多少)(?=(?:以及|和|及|并且?|还有)(?:其中)?(?:最|哪))")
_LEAD = r"(?:其中|里面|这里面|当中|以及|并且?|还有|另外|请问|那么?|又|再|和|及|它们|这些|的)*"
_END = r"最[高多大低少小]"
_NOUN = r"(?:单位|部门|局|家|项目|项|个)"
_WHO = rf"(?:哪[一几些]?{_NOUN}{{0,2}}|谁家?|什么{_NOUN})"
_MUCH = r"(?:(?:具体|各自?|分别|又|都)*(?:是|为|有|达到?|得)?(?:了)?多少(?:钱|万?元|亿元|分|个?百分点)?)"
_SPENT = r"(?:(?:一共|各|分别)?(?:花|用|支出)了?多少(?:钱|万?元)?)"
_EXTREME = re.compile(
    rf"{_LEAD}(?:的?{_END}(?:的?(?:和|与|及|、)?{_END})?的?{_NOUN}*(?:各自?|分别)?(?:是|为)?"
    rf"(?:{_WHO}|呢)|{_WHO}(?:的)?{_END})(?:的?{_MUCH})?(?:呢|分别)?"
)
_TOTAL = re.compile(
    rf"{_LEAD}(?:(?P<sum>合计|总计|一共|总共|共计|总和|总额|加起来|加总)|(?P<mean>平均(?:值|数|下来)?))"
    rf"(?:呢|{_MUCH}|{_SPENT})"
)
_AGAIN = re.compile(rf"{_LEAD}(?:{_MUCH}|{_SPENT})")
_UNIT_NOUNS = re.compile(r"单位|部门|局|家")
_PROJECT_NOUNS = re.compile(r"项")


@dataclass(frozen=True, slots=True)
class Together:
    """What is asked beside the rows: their ends in the order asked, and totals by their labels."""

    extremes: tuple[Order, ...] = ()
    totals: tuple[str, ...] = ()


def clauses_of(text: str) -> tuple[str, tuple[str, ...]]:
    """The first clause of a question, and the others."""
    clauses = [clause.strip() for clause in _ENDS.split(text) if clause.strip()]
    return (clauses[0], tuple(clauses[1:])) if clauses else (text, ())


def together(
    clauses: Sequence[str], over: Over, names: Sequence[str], *, spent: bool
) -> Together | None:
    """What further clauses ask of the same rows; None where one of them asks anything else.

    Args:
        clauses: those behind the clause that names rows and metric.
        over: what the rows are; a clause about the other is of other rows.
        names: how the metric may be called again.
        spent: whether what was spent is the metric (花了多少).
    """
    extremes: list[Order] = []
    totals: list[str] = []
    for clause in clauses:
        plain = re.sub(r"\s+", "", clause)
        for name in filter(None, names):
            plain = plain.replace(name, "", 1)
        if not spent and re.search(_SPENT, plain):
            return None
        total = _TOTAL.fullmatch(plain)
        if total:
            totals.append("合计" if total["sum"] else "平均")
        elif _EXTREME.fullmatch(plain) and not _of_other_rows(plain, over):
            extremes += [
                Order.MOST if end[1] in "高多大" else Order.LEAST for end in re.findall(_END, plain)
            ]
        elif not (_AGAIN.fullmatch(plain) and extremes):
            return None
    return Together(tuple(dict.fromkeys(extremes)), tuple(dict.fromkeys(totals)))


def _of_other_rows(clause: str, over: Over) -> bool:
    other = _UNIT_NOUNS if over is Over.PROJECTS else _PROJECT_NOUNS
    return other.search(clause) is not None
