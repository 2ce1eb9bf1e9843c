"""Answers whose content is text: short exact quotes with their place, best first.

Pure and deterministic: nothing is read but the documents given. Where the distinctive words of a
question stand nowhere near each other the answer is an empty tuple, or a LOW finding whose
`missing` says what was not found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.texts.classify import classify_text
from qa.texts.dates import find_dates
from qa.texts.definitions import find_definitions
from qa.texts.denials import find_denied_rows, without_affirmed
from qa.texts.facts import find_methods, find_states
from qa.texts.grades import find_grades
from qa.texts.lists import find_lists
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding, TextKind
from qa.texts.names import find_bodies
from qa.texts.numbers import find_numbers
from qa.texts.purposes import find_told
from qa.texts.reasons import find_reasons
from qa.texts.terms import content_terms

__all__ = [
    "Confidence",
    "Place",
    "ScopedDocument",
    "TextFinding",
    "TextKind",
    "classify_text",
    "content_terms",
    "find_text",
]

_Finder = Callable[[ScopedDocument, str, tuple[str, ...]], list[TextFinding]]
_FINDERS: dict[TextKind, _Finder] = {
    TextKind.DEFINITION: find_definitions,
    TextKind.REASON: find_reasons,
    TextKind.PERSON_OR_BODY: find_bodies,
    TextKind.DOCUMENT_NUMBER: find_numbers,
    TextKind.DATE: find_dates,
    TextKind.GRADE: find_grades,
    TextKind.METHOD: find_methods,
    TextKind.LIST: find_lists,
    TextKind.STATUS: find_states,
    TextKind.FACT: find_told,
}


def find_text(
    question: str, kind: TextKind, documents: Sequence[ScopedDocument], terms: Sequence[str]
) -> tuple[TextFinding, ...]:
    """Quotes that answer a question of the given kind, best first; empty when none does.

    `terms` are the question's words without names, years and question words; when none are given
    they are cut from the question. Findings of one document never depend on the others.
    """
    words = tuple(terms) or content_terms(question)
    found = _find(question, kind, documents, words)
    own = content_terms(question)
    if found and found[0].confidence is Confidence.LOW and own and set(own) != set(words):
        # Terms cut badly (表没 of 申请表没有) cover nothing; the question's own words may.
        again = _find(question, kind, documents, own)
        found = (
            tuple(_at_most_medium(f) for f in again if f.confidence is not Confidence.LOW) or found
        )
    return found


def _find(
    question: str, kind: TextKind, documents: Sequence[ScopedDocument], words: tuple[str, ...]
) -> tuple[TextFinding, ...]:
    finder = _FINDERS[kind]
    found: list[TextFinding] = []
    for scope in documents:
        own = _settled(finder(scope, question, words))
        found += _as_denied(scope, question, words, own) if kind in _OF_THINGS else own
    return tuple(sorted(found, key=lambda f: (f.confidence.rank, -f.score)))


# Kinds whose answer names what something is said of.
_OF_THINGS = (TextKind.LIST, TextKind.FACT, TextKind.PERSON_OR_BODY, TextKind.STATUS)


def _as_denied(
    scope: ScopedDocument, question: str, words: tuple[str, ...], found: list[TextFinding]
) -> list[TextFinding]:
    """The findings that do not affirm what the question denies; else the rows that say so."""
    kept = without_affirmed(scope, question, found)
    return find_denied_rows(scope, question, words) or kept


def _at_most_medium(found: TextFinding) -> TextFinding:
    sure = found.confidence is Confidence.HIGH
    return replace(found, confidence=Confidence.MEDIUM) if sure else found


def _settled(found: list[TextFinding]) -> list[TextFinding]:
    """Guesses are left out where the same report has an answer."""
    sure = any(f.confidence is Confidence.HIGH for f in found)
    return [f for f in found if not sure or f.confidence is not Confidence.LOW]
