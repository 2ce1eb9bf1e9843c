"""Reports as those who check a suite need them: their words, and on which page these stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.bench.quotes import QuoteIndex
from eval.units import compact
from ingest.files import SUFFIXES, read_bytes
from ingest.model import Document
from ingest.readers.errors import UnreadableFile


@dataclass(frozen=True)
class QuotedReport:
    """A report's words, white space, width and kinds of marks apart."""

    document: Document

    @cached_property
    def words(self) -> str:
        """The whole text, compact."""
        return compact(self.document.text)

    def has(self, quote: str) -> bool:
        """True when the quote stands in the report."""
        return bool(quote.strip()) and compact(quote) in self.words

    def pages(self, quote: str) -> frozenset[int]:
        """The pages on which the quote begins; none where the format has no pages."""
        spans = QuoteIndex(self.document.text).occurrences(quote)
        found = (self.document.page_at((span,), None) for span in spans)
        return frozenset(page for page in found if page is not None)


def quoted_reports(
    paths: Iterable[Path], names: Collection[str]
) -> tuple[dict[str, QuotedReport], tuple[str, ...]]:
    """The reports of `names` among files and folders, and a line for each that cannot be read.

    Only the reports that are named are opened.
    """
    found: dict[str, QuotedReport] = {}
    problems: list[str] = []
    for path in _files(paths):
        if path.name not in names or path.name in found:
            continue
        try:
            found[path.name] = QuotedReport(read_bytes(path.read_bytes(), path.name))
        except (UnreadableFile, OSError) as error:
            problems.append(f"{path.name}：{error}")
    return found, tuple(problems)


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else (path,)
        found += sorted(each for each in inside if each.suffix.lower() in SUFFIXES)
    return found
