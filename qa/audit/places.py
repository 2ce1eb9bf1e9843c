"""Figures and words of a report as a finding shows them: digits, name and place."""

from __future__ import annotations

from ingest.model import Assertion, Document, Figure, Locator, Said, Span
from qa.audit.model import Operand
from qa.audit.words import name_of
from qa.present import place_at, source_at


def operand_of(document: Document, figure: Figure) -> Operand:
    """A figure of an equation."""
    quantity = figure.quantity
    number = "".join(quantity.printed.split())
    section = document.section_path(figure.section)
    source = source_at(document, figure)
    return Operand(number, quantity.unit.symbol, name_of(figure), source, section)


def words_of(document: Document, assertion: Assertion, said: Said) -> Operand:
    """The other side of a claim in words."""
    section = document.section_path(document.blocks[said.block].section)
    source = place_at(document, said.locator, said.block)
    return Operand(said.text, "", assertion.subject, source, section)


def mark_of(place: Locator) -> Span:
    """The raw offsets of what is marked in a quote."""
    return place.spans[0][0], place.spans[-1][1]
