"""Claims of a report in words, against what it says elsewhere about the same thing.

A family is one function over a document's texts that yields assertions. docs/equations.md is
written from the docstrings of `ASSERTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.assertions.absences import none_of_it
from ingest.assertions.acceptance import accepted_on
from ingest.assertions.agreements import blank_or_given, same_or_not
from ingest.assertions.classes import indicator_aim, indicator_class
from ingest.assertions.comparisons import against_budget, against_target, all_within, one_direction
from ingest.assertions.completed import all_met, named_done, wholly_done
from ingest.assertions.directions import moved_to
from ingest.assertions.figure_years import figure_year
from ingest.assertions.headings import other_rate
from ingest.assertions.members import full_mark, listed_name, table_order
from ingest.assertions.outstanding import outstanding
from ingest.assertions.single_facts import document_number, one_grade, one_holder
from ingest.assertions.subjects import finding_of_others
from ingest.assertions.unchanged import unchanged
from ingest.assertions.unmet import unmet
from ingest.assertions.years import date_order, report_year
from ingest.equations.book import Book
from ingest.model import Assertion, Document
from ingest.structure.texts import Texts

AssertionFamily = Callable[[Texts], Iterator[Assertion]]

ASSERTIONS: tuple[AssertionFamily, ...] = (
    outstanding,
    accepted_on,
    wholly_done,
    named_done,
    all_met,
    unmet,
    none_of_it,
    against_target,
    all_within,
    against_budget,
    one_direction,
    moved_to,
    unchanged,
    indicator_class,
    indicator_aim,
    other_rate,
    listed_name,
    full_mark,
    table_order,
    same_or_not,
    blank_or_given,
    finding_of_others,
    one_holder,
    one_grade,
    document_number,
    report_year,
    figure_year,
    date_order,
)


def find_assertions(document: Document) -> tuple[Assertion, ...]:
    """All assertions of a document, numbered from 0.

    Never quadratic in the length of the document: each family looks the other side up by name.
    """
    texts = Texts(Book(document))
    found = (assertion for family in ASSERTIONS for assertion in family(texts))
    return tuple(replace(assertion, no=number) for number, assertion in enumerate(found))
