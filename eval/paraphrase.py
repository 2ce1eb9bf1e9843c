"""Other wordings of a question: asked like cases of their own, and how far their answers agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from eval.report import HEADINGS as VERDICT_HEADINGS
from eval.report import table, total
from eval.runner import Outcome
from eval.score import Verdict
from eval.scorers.stability import given
from eval.suite import (
    AbstainExpected,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    NumberExpected,
    SeriesExpected,
)
from eval.suite_wire import STYLES
from qa.model import Outcome as Shown

_MARK = "~"  # between a case's id and the style of one of its wordings
HEADINGS = ("answers", "cases", "same", "same %", "all right", "all right %", "any wrong")


def wordings(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Each paraphrase as a case of its own, with the id ``a-001~formal``."""
    return tuple(
        replace(case, id=f"{case.id}{_MARK}{style}", question=words, style=style, paraphrases=())
        for case in cases
        for style, words in case.paraphrases
    )


def original(case: Case) -> str:
    """The id of the case that a wording belongs to; its own where it is none."""
    return original_id(case.id)


def original_id(case: str) -> str:
    """As `original`, from the id alone."""
    return case.partition(_MARK)[0]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cases of one sort whose wordings were all asked, and how they came out.

    Attributes:
        cases: with at least two wordings.
        same: every wording brought the same first value (figures), the same places (texts), or no
            answer alike where none is to be had.
        right: every wording was answered rightly.
        wrong: at least one wording was answered wrongly.
    """

    sort: str
    cases: int
    same: int
    right: int
    wrong: int


def agreement(outcomes: Sequence[Outcome]) -> tuple[Agreement, ...]:
    """Agreement among the wordings in `outcomes`, for figures, texts and questions without answer.

    The questions themselves are left out: their paraphrases are compared with one another.
    """
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if _MARK in outcome.case.id:
            groups.setdefault(original(outcome.case), []).append(outcome)
    sorts: dict[str, list[list[Outcome]]] = {name: [] for name in ("figures", "texts", "none")}
    for group in groups.values():
        if len(group) > 1:
            sorts[_sort(group[0].case)].append(group)
    return tuple(_counted(name, found) for name, found in sorts.items() if found)


def style_table(outcomes: Sequence[Outcome]) -> str:
    """The verdicts on the wordings alone, a line per style and one for all."""
    own = [outcome for outcome in outcomes if _MARK in outcome.case.id]
    rows = [
        (style, *total([each for each in own if each.case.style == style]).row) for style in STYLES
    ]
    return table(("wording", *VERDICT_HEADINGS[1:]), [*rows, ("all", *total(own).row)])


def agreement_table(outcomes: Sequence[Outcome]) -> str:
    """The agreement as a table; "" where no case has other wordings."""
    rows = [
        (
            each.sort,
            str(each.cases),
            str(each.same),
            _share(each.same, each.cases),
            str(each.right),
            _share(each.right, each.cases),
            str(each.wrong),
        )
        for each in agreement(outcomes)
    ]
    return table(HEADINGS, rows) if rows else ""


def _share(part: int, whole: int) -> str:
    return f"{Decimal(100 * part) / whole:.1f}%"


def _sort(case: Case) -> str:
    if isinstance(case.expect, AbstainExpected | ClarifyExpected):
        return "none"
    figures = NumberExpected | SeriesExpected | ContradictionExpected
    return "figures" if isinstance(case.expect, figures) else "texts"


def _counted(sort: str, groups: Sequence[Sequence[Outcome]]) -> Agreement:
    verdicts = [{outcome.score.verdict for outcome in group} for group in groups]
    return Agreement(
        sort,
        len(groups),
        sum(_same(group, sort) for group in groups),
        sum(found == {Verdict.RIGHT} for found in verdicts),
        sum(Verdict.WRONG in found for found in verdicts),
    )


def _same(group: Sequence[Outcome], sort: str) -> bool:
    found = {given(outcome.answer) for outcome in group}
    silent = (Shown.ABSTAINED.value,) in found or (Shown.CLARIFY.value,) in found
    return len(found) == 1 and silent == (sort == "none")
