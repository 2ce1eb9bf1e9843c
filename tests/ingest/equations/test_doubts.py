"""Doubtful figures: what clears them, and what a failed equation over one becomes."""

from __future__ import annotations

import pytest

from ingest.model import POOR_PAGE, Figure, Verdict
from tests.ingest.scan_maker import scanned_document

REPORT = """甲市水务局2023年度部门决算

一、支出情况

支出决算表

单位：万元

项目\t本年支出合计\t基本支出\t项目支出
行政运行\t{total}\t1,000.00\t234.50
水利工程\t512.40\t0.00\t{part}
节水宣传\t0.00\t{zero}\t0.00
"""


def report(total: str = "1,234.50", part: str = "512.40", zero: str = "0.00") -> str:
    return REPORT.format(total=total, part=part, zero=zero)


def figures(text: str, *unsure: str) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in scanned_document(text, *unsure).figures:
        found.setdefault(figure.quantity.printed, []).append(figure)
    return found


@pytest.mark.parametrize(
    ("unsure", "doubtful"),
    [
        ("1,234.50", False),  # what its row adds up to
        ("234.50", False),  # a term of an exact sum
        ("512.40", False),
        ("节水宣传", False),  # no figure
    ],
)
def test_an_exact_equation_clears_a_figure(unsure: str, doubtful: bool) -> None:
    assert any(f.doubtful for each in figures(report(), unsure).values() for f in each) == doubtful


def test_no_equation_clears_a_figure_of_a_poor_page() -> None:
    """Its digits are right; what they are said to be about may be not."""
    document = scanned_document(report(), "1,234.50", score=POOR_PAGE)
    assert [f.quantity.printed for f in document.figures if f.doubtful] == ["1,234.50"]


def test_zeros_out_of_zeros_clear_nothing() -> None:
    row = [f for f in figures(report(), "0.00\t0.00\t0.00")["0.00"] if f.doubtful]
    assert {figure.row_path[-1] for figure in row} == {"节水宣传"}


def test_a_failed_equation_over_a_doubtful_figure_accuses_nobody() -> None:
    sure = scanned_document(report(total="1,284.50"))
    assert [e for e in sure.equations if e.verdict is Verdict.FAILS]
    unsure = scanned_document(report(total="1,284.50"), "1,284.50")
    assert not [e for e in unsure.equations if e.verdict is Verdict.FAILS]
    reasons = {e.reason for e in unsure.equations if e.value is not None and e.reason}
    assert reasons == {"1,284.50万元 识别存疑，请对照原页"}
    assert [f.quantity.printed for f in unsure.figures if f.doubtful] == ["1,284.50"]


def test_a_figure_that_was_surely_read_is_never_doubtful() -> None:
    document = scanned_document(report(total="1,284.50"), "1,284.50", score=0.95)
    assert not any(figure.doubtful for figure in document.figures)
