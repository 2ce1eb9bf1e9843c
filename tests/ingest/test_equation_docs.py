"""docs/equations.md says what the checks do, and its examples show what they find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.assertions.families import ASSERTIONS
from ingest.equation_docs import equations_page
from ingest.equations.book import Book
from ingest.equations.families import FAMILIES, FAMILY_NAMES
from ingest.pipeline import read_document

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples" / "reports").glob("*"))


@pytest.fixture(scope="module")
def page() -> str:
    return equations_page()


def test_the_page_is_up_to_date(page: str) -> None:
    text = (ROOT / "docs" / "equations.md").read_text(encoding="utf-8")
    assert text == page, "docs/equations.md is out of date: run make docs"


@pytest.mark.parametrize("family", [*FAMILIES, *ASSERTIONS], ids=lambda family: family.__name__)
def test_each_family_has_its_section(family: Callable[..., object], page: str) -> None:
    section = page.partition(f"\n## {family.__name__}\n")[2].partition("\n## ")[0]
    for mark in ("**来源**", "**例**", "**边界**"):
        assert mark in section
    if "```" in section:
        assert section.count("```\n\n- ") == section.count("```") // 2


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_claims_carry_the_names_that_the_page_gives(path: Path) -> None:
    book = Book(read_document(path.read_bytes(), path.name))
    for family in FAMILIES:
        assert {claim.family for claim in family(book)} <= set(FAMILY_NAMES[family])
