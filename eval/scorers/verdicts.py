"""Verdicts: right, wrong, abstained and unscored, always apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from eval.scorers.values import numbers
from qa.model import Answer, Check, Outcome

Contradictions = Literal["both", "stated"]
CHECKED = frozenset({Check.EXACT, Check.ROUNDING, Check.DERIVED})
SILENT = frozenset({Outcome.ABSTAINED, Outcome.CLARIFY})


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    ABSTAINED = "abstained"  # no answer (or a choice offered) to a question that has one
    UNSCORED = "unscored"  # the answer could not be judged; never counted as zero


@dataclass(frozen=True, slots=True)
class Score:
    """The verdict on one answer.

    `checked_wrong`: wrong, with a number that is shown as exact, rounding or derived.
    `stated_wrong`: wrong, with a number that is shown as stated (and none as checked).
    """

    verdict: Verdict
    reason: str = ""
    checked_wrong: bool = False
    stated_wrong: bool = False


def wrong(answer: Answer, reason: str) -> Score:
    """A wrong answer, with how sure its numbers were shown to be."""
    checks = {value.check for value in numbers(answer)}
    checked = bool(checks & CHECKED)
    return Score(Verdict.WRONG, reason, checked, not checked and Check.STATED in checks)
