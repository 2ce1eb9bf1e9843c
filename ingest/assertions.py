"""Claims of a report in words, against what it says elsewhere about the same thing.

A family is one function over a document's texts that yields assertions. docs/equations.md is
written from the docstrings of `ASSERTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.book import Book
from ingest.classes import indicator_aim, indicator_class
from ingest.model import Assertion, Document
from ingest.outstanding import outstanding
from ingest.texts import Texts

AssertionFamily = Callable[[Texts], Iterator[Assertion]]

ASSERTIONS: tuple[AssertionFamily, ...] = (
    outstanding,
    indicator_class,
    indicator_aim,
)


def find_assertions(document: Document) -> tuple[Assertion, ...]:
    """All assertions of a document, numbered from 0.

    Never quadratic in the length of the document: each family looks the other side up by name.
    """
    texts = Texts(Book(document))
    found = (assertion for family in ASSERTIONS for assertion in family(texts))
    return tuple(replace(assertion, no=number) for number, assertion in enumerate(found))
