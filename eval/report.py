"""Results as tables for people and as JSON for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import reduce
from typing import Any

from eval.runner import Outcome
from eval.score import Score, Verdict
from eval.suites.suite import (
    AbstainExpected,
    Case,
    ClarifyExpected,
    ContradictionExpected,
    NumberExpected,
    SeriesExpected,
    TextExpected,
)
from qa.codec import answer_to_json
from qa.model import Answer


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of verdicts; `checked_wrong` and `stated_wrong` are among `wrong`."""

    cases: int = 0
    right: int = 0
    wrong: int = 0
    abstained: int = 0
    unscored: int = 0
    checked_wrong: int = 0
    stated_wrong: int = 0
    right_stated: int = 0

    def plus(self, outcome: Outcome) -> Totals:
        """The counts with one more case."""
        name = outcome.score.verdict.value
        return replace(
            self,
            cases=self.cases + 1,
            checked_wrong=self.checked_wrong + outcome.score.checked_wrong,
            stated_wrong=self.stated_wrong + outcome.score.stated_wrong,
            right_stated=self.right_stated + (outcome.stated.verdict is Verdict.RIGHT),
            **{name: getattr(self, name) + 1},
        )

    @property
    def scored(self) -> int:
        """The cases that could be judged."""
        return self.cases - self.unscored

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a line, in the order of `HEADINGS`."""
        share = f"{100 * self.right / self.cases:.1f}%" if self.cases else "-"
        counts = (self.cases, self.right, self.wrong, self.abstained, self.unscored)
        more = (self.checked_wrong, self.stated_wrong, self.right_stated)
        return (*map(str, counts[:2]), share, *map(str, counts[2:]), *map(str, more))


HEADINGS = (
    "type",
    "cases",
    "right",
    "right %",
    "wrong",
    "abstained",
    "unscored",
    "checked_wrong",
    "stated_wrong",
    "right (stated)",
)


def total(outcomes: Sequence[Outcome]) -> Totals:
    """Count the verdicts (contradictions asked for both values, and `right_stated`)."""
    return reduce(Totals.plus, outcomes, Totals())


def by_type(outcomes: Sequence[Outcome]) -> list[tuple[str, Totals]]:
    """Totals per case type, by name."""
    types = sorted({outcome.case.type for outcome in outcomes})
    return [(name, total([o for o in outcomes if o.case.type == name])) for name in types]


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up in a terminal; numbers stand to the right."""
    lines = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    columns = list(zip(headings, *lines, strict=True))
    widths = [max(3, *(_width(cell) for cell in column)) for column in columns]
    right = [all(_numeric(cell) for cell in column[1:]) for column in columns]

    def line(cells: Sequence[str]) -> str:
        parts = []
        for cell, width, to_right in zip(cells, widths, right, strict=True):
            space = " " * (width - _width(cell))
            parts.append(space + cell if to_right else cell + space)
        return "| " + " | ".join(parts) + " |"

    rule = [
        "-" * (width - 1) + ":" if to_right else "-" * width
        for width, to_right in zip(widths, right, strict=True)
    ]
    return "\n".join(line(cells) for cells in (headings, rule, *lines))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _numeric(cell: str) -> bool:
    return cell[:1].isdigit() or cell in {"-", ""}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("没有数值，无法取分位数")
    ordered = sorted(values)
    rank = -(-share * len(ordered) // 1)  # ceiling
    return ordered[max(0, int(rank) - 1)]


def expected_text(case: Case) -> str:
    """What the case wants, in one line."""
    match case.expect:
        case NumberExpected(amounts):
            text = " | ".join(map(str, amounts))
        case SeriesExpected(items):
            text = "；".join(f"{item.label} {item.amounts[0]}" for item in items)
        case TextExpected(strings, _, kind):
            text = f"{kind}：{'、'.join(strings)}"
        case AbstainExpected():
            text = "弃答"
        case ClarifyExpected(accept):
            text = " | ".join(["给出选项", *map(str, accept)])
        case ContradictionExpected(stated, recomputed):
            text = f"矛盾：{stated} ↔ {' | '.join(recomputed)}"
    cite = {"report": "报告", "page": "页", "quote": "原文"}.get(case.cite or "")
    quiet = "（不得判为矛盾）" if case.must_not_flag else ""
    return text + quiet + (f"（须引出处：{cite}）" if cite else "")


def details(outcome: Outcome) -> str:
    """Question, expectation, answer and reason of one case, for reading."""
    case, found = outcome.case, outcome.score
    marks = [found.verdict.value]
    marks += ["CHECKED_WRONG"] if found.checked_wrong else []
    marks += ["stated_wrong"] if found.stated_wrong else []
    marks += ["right(stated)"] if _only_stated(outcome) else []
    follows = f"（追问 {case.followup_of}）" if case.followup_of else ""
    lines = [
        f"--- {case.id} [{case.type}] {' '.join(marks)}",
        f"问：{case.question}{follows}",
        f"应：{expected_text(case)}",
    ]
    if outcome.answer is not None:
        lines += _answer_lines(outcome.answer)
    lines.append(f"评：{found.reason}" if found.reason else "评：对")
    return "\n".join(lines)


def _only_stated(outcome: Outcome) -> bool:
    right = Verdict.RIGHT
    return outcome.stated.verdict is right and outcome.score.verdict is not right


def _answer_lines(answer: Answer) -> list[str]:
    values = [
        f"{v.number}{v.unit} [{v.check.value}] {v.label}" + (f" ≠ {v.other}" if v.other else "")
        for v in answer.values[:6]
    ]
    lines = [f"得：({answer.outcome.value}) {answer.text}"]
    lines += [f"    值：{value}" for value in values]
    lines += [f"    选：{choice}" for choice in answer.choices]
    if answer.reason and answer.reason not in answer.text:
        lines.append(f"    由：{answer.reason}")
    return lines


def to_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Totals and every case with its answer, so that a run can be scored again later."""
    return {
        "totals": asdict(total(outcomes)),
        "types": {name: asdict(totals) for name, totals in by_type(outcomes)},
        "cases": [_case_json(outcome) for outcome in outcomes],
    }


def _case_json(outcome: Outcome) -> dict[str, Any]:
    answer = outcome.answer
    return {
        "id": outcome.case.id,
        "type": outcome.case.type,
        "question": outcome.case.question,
        "expected": expected_text(outcome.case),
        "score": _score_json(outcome.score),
        "stated": _score_json(outcome.stated),
        "seconds": outcome.seconds,
        "answer": answer_to_json(answer) if answer is not None else None,
    }


def _score_json(found: Score) -> dict[str, Any]:
    return {**asdict(found), "verdict": found.verdict.value}
