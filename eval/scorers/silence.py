"""Silence: answers to questions that have none, and choices offered where a question is open."""

from __future__ import annotations

from eval.scorers.verdicts import SILENT, Score, Verdict, wrong
from qa.model import Answer

_CHOICES = range(2, 5)


def abstention(answer: Answer) -> Score:
    """Right where nothing is answered and no figure given."""
    if answer.outcome not in SILENT:
        return wrong(answer, "报告没有说，应当弃答")
    if answer.values:
        return wrong(answer, "弃答而仍给出了数值")
    return Score(Verdict.RIGHT)


def clarification(answer: Answer) -> Score:
    """Right with two to four different choices, none of which is given as the answer."""
    if answer.values:
        return wrong(answer, "让人选择而已给出数值")
    if len(set(answer.choices)) in _CHOICES:
        return Score(Verdict.RIGHT)
    return Score(Verdict.ABSTAINED, f"只有 {len(answer.choices)} 个选项，应为两至四个")
