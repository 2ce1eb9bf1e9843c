"""Other wordings of a question: asked like cases of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eval.suites.suite import Case

_MARK = "~"  # between a case's id and the style of one of its wordings


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
