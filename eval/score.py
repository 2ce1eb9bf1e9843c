"""Scoring: one case and one answer to one verdict. Pure, and strict on purpose.

A figure counts only where it stands first among the answer's numbers, in a unit that converts
and with a sign that fits; words count only in the text that a reader sees, never in citations.
Each aspect is judged in a module of `eval.scorers`; here they come together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.scorers.disputes import contradiction_miss, flag_miss
from eval.scorers.lists import list_miss
from eval.scorers.series import series_miss
from eval.scorers.silence import abstention, clarification
from eval.scorers.sources import cite_miss
from eval.scorers.texts import text_miss
from eval.scorers.values import number_miss
from eval.scorers.verdicts import SILENT, Contradictions, Score, Verdict, wrong
from eval.suites.model import (
    AbstainExpected,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    NumberExpected,
    SeriesExpected,
    TextExpected,
)
from eval.wire import AnswerFormatError, answer_from_json
from qa.model import Answer, Outcome

__all__ = ["Contradictions", "Score", "Verdict", "score"]


def score(
    case: Case,
    answer: Answer | Mapping[str, Any],
    *,
    contradictions: Contradictions = "both",
) -> Score:
    """Judge `answer` by what `case` expects.

    With ``contradictions="stated"`` a case of a report that contradicts itself is also right when
    the stated value alone is given.
    """
    if not isinstance(answer, Answer):
        try:
            answer = answer_from_json(answer)
        except AnswerFormatError as error:
            return Score(Verdict.UNSCORED, str(error))
    if isinstance(case.expect, AbstainExpected):
        return abstention(answer)
    if isinstance(case.expect, ClarifyExpected) and answer.outcome is Outcome.CLARIFY:
        return clarification(answer)
    if answer.outcome in SILENT:
        return Score(Verdict.ABSTAINED, answer.outcome.value)
    miss = flag_miss(case, answer) or _miss(case, answer, contradictions) or cite_miss(case, answer)
    return Score(Verdict.RIGHT) if miss is None else wrong(answer, miss)


def _miss(case: Case, answer: Answer, contradictions: Contradictions) -> str | None:
    """What the answer misses, or None when it is right."""
    match case.expect:
        case NumberExpected(amounts):
            return number_miss(case, amounts, answer)
        case SeriesExpected(items):
            return series_miss(case, items, answer)
        case TextExpected(items, _, "list"):
            return list_miss(items, answer)
        case TextExpected(strings, need_all, _):
            return text_miss(strings, need_all, answer)
        case ContradictionExpected(stated, recomputed):
            return contradiction_miss(stated, recomputed, answer, contradictions)
        case ClarifyExpected(accept):
            return number_miss(case, accept, answer) if accept else "应当给出选项"
        case AbstainExpected():
            return "报告没有说，应当弃答"
