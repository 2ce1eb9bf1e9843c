"""What readers said of answers, and the evaluation cases that come of it.

One line of JSON a rating, appended; a rating is never changed, a later one of the same question
counts. An answer called right, and one called wrong with the right answer beside it, is a case of
a suite; one called wrong without is listed as open.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from eval.suites.writing import Fields, suite_yaml, with_ids
from ingest.reading.reader import read_quantities
from qa.model import Answer, Outcome

Mark = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Rating:
    """One reader's word on one answer.

    `right` is what should have been answered, where the reader said so; `alone` is whether the
    question gives the same answer without the conversation and the filters around it.
    """

    at: str
    who: str
    question: str
    mark: Mark
    right: str
    alone: bool
    outcome: str
    text: str
    values: tuple[tuple[str, str, str], ...]  # label, number, unit


def rating_of(
    answer: Answer, *, at: str, who: str, mark: Mark, right: str = "", alone: bool = True
) -> Rating:
    """The rating of an answer, with what is needed to make a case of it."""
    values = tuple((value.label, value.number, value.unit) for value in answer.values)
    question, outcome = answer.question, answer.outcome.value
    return Rating(at, who, question, mark, right.strip(), alone, outcome, answer.text, values)


def keep(path: Path, rating: Rating) -> None:
    """Append a rating."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(rating), ensure_ascii=False) + "\n")


class FeedbackError(ValueError):
    """A line of the file is no rating; the message names it."""


def kept(path: Path) -> list[Rating]:
    """The last rating of each question, in the order in which they were first asked.

    Raises:
        FeedbackError: a line is not what `keep` writes.
    """
    if not path.exists():
        return []
    found: dict[str, Rating] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            wire = json.loads(line)
            wire["values"] = tuple(tuple(each) for each in wire["values"])
            rating = Rating(**wire)
        except (ValueError, TypeError, KeyError) as error:
            raise FeedbackError(f"{path}:{number}：不是网页所记的评价（{error}）") from error
        found[rating.question] = rating
    return list(found.values())


def is_open(rating: Rating) -> bool:
    """True where nobody has said yet what the right answer would be, or it needs its context."""
    return _expected(rating) is None or not rating.alone


def feedback_cases(ratings: Sequence[Rating]) -> list[Fields]:
    """The ratings that are cases, without ids."""
    return [
        {
            "type": "feedback",
            "question": rating.question,
            "expect": _expected(rating),
            "note": f"{rating.mark}, {rating.who or 'local'}, {rating.at}",
        }
        for rating in ratings
        if not is_open(rating)
    ]


def suite_text(ratings: Sequence[Rating]) -> str:
    """The cases as a suite file, for `eval.suites.suite.load_suite`; "" where there are none."""
    cases = feedback_cases(ratings)
    return suite_yaml(with_ids(cases, "feedback-", []))


def _expected(rating: Rating) -> dict[str, Any] | None:
    if rating.mark == "wrong":
        return _typed(rating.right) if rating.right else None
    if rating.outcome in (Outcome.ABSTAINED.value, Outcome.CLARIFY.value):
        return {"abstain": True}
    if not rating.values:
        return {"text_contains": [rating.text]}
    if len(rating.values) == 1 and rating.values[0][2]:
        _, number, unit = rating.values[0]
        return {"number": number.replace(",", ""), "unit": unit}
    if all(unit for _, _, unit in rating.values):
        return {
            "series": [
                {"label": label, "number": number.replace(",", ""), "unit": unit}
                for label, number, unit in rating.values
            ]
        }
    return {"text_contains": [number for _, number, _ in rating.values]}


def _typed(right: str) -> dict[str, Any]:
    """What a reader typed as the right answer: a number with its unit, or words."""
    found = read_quantities(right)
    if len(found) == 1 and len(found[0].quantity.printed) >= len(right.strip()) // 2:
        quantity = found[0].quantity
        return {"number": str(quantity.value), "unit": quantity.unit.symbol}
    return {"text_contains": [right]}
