"""What a report calls the figure that was given, where the question calls it otherwise."""

from __future__ import annotations

from qa.answering import remarked
from qa.assurance.clauses import label_in_sentence
from qa.assurance.halves import strange
from qa.assurance.model import Asked
from qa.assurance.sentence import given
from qa.model import Answer, Outcome
from qa.present import inner_marks
from qa.words.matching import squeeze

_LONGEST = 30  # characters of a name that is told


def by_its_name(answer: Answer, asked: Asked) -> Answer:
    """The answer, with the report's own name of its one figure where the question has other words."""
    return _told(answer, named_as(asked))


def by_its_own_name(answer: Answer, asked: Asked) -> Answer:
    """The answer with the report's own name of its one figure, whatever words the question has."""
    return _told(answer, printed_name(asked))


def _told(answer: Answer, name: str) -> Answer:
    answered = answer.outcome is Outcome.ANSWERED
    if not answered or not name or squeeze(name) in squeeze(answer.text):
        return answer
    return remarked(answer, answer.question, f"报告中写作“{inner_marks(name)}”。")


def named_as(asked: Asked) -> str:
    """The report's own name of the one printed figure; "" where the question's words all stand in it."""
    return printed_name(asked) if strange(asked) else ""


def printed_name(asked: Asked) -> str:
    """The report's own name of the one printed figure; "" where none is short enough to be told."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None:
        return ""
    if source.table is None:
        name = label_in_sentence(asked)
    else:
        name = " ".join((path or "").rpartition(" / ")[2] for path in (source.row, source.column))
    name = name.strip()
    return name if len(name) <= _LONGEST else ""
