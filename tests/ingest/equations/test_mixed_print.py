"""Sums of terms printed with unlike numbers of decimals: left-out zeros are no rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest import interval
from ingest.model import Verdict
from ingest.pipeline import read_document
from ingest.reading.reader import read_quantities

EXACT, ROUNDING, FAILS = Verdict.EXACT, Verdict.ROUNDING, Verdict.FAILS
HEAD = "2023年度某县某校部门决算\n\n一、情况说明\n\n"


def verdicts(text: str) -> list[Verdict]:
    found = read_document(f"{HEAD}{text}\n".encode(), "某校2023.txt").equations
    return [each.verdict for each in found if each.family == "sentence_sum"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年支出合计512.31万元，其中：基本支出431.42万元，项目支出81万元。", [FAILS]),
        ("本年支出合计512.42万元，其中：基本支出431.42万元，项目支出81万元。", [EXACT]),
        ("本年支出合计512.41万元，其中：基本支出431.42万元，项目支出81万元。", [ROUNDING]),
        ("本年支出合计1535.56万元，其中：基本支出1500万元，项目支出35.6万元。", [ROUNDING]),
        ("本年支出合计513万元，其中：基本支出431万元，项目支出81万元。", [ROUNDING]),
        # The total tells nothing about how its terms are rounded.
        ("本年支出合计512.45万元，其中：基本支出431万元，项目支出81万元。", [ROUNDING]),
        ("完成预算59.97万元，其中预算编制费20万元、审计费20万元、设计费19.99万元。", [FAILS]),
        ("项目预算59.99万元，其中预算编制费20万元、审计费20万元、设计费19.99万元。", [EXACT]),
        # 其中 may leave parts out, and 约 is no print to hold anybody to.
        ("完成预算69.97万元，其中预算编制费20万元、审计费20万元、设计费19.99万元。", []),
        ("本年支出合计512.31万元，其中：基本支出431.42万元，项目支出约81万元。", []),
    ],
)
def test_a_sum_of_mixed_print_is_held_to_its_finest_term(
    text: str, expected: list[Verdict]
) -> None:
    assert verdicts(text) == expected


def widths(text: str) -> list[Decimal]:
    terms = [each.quantity for each in read_quantities(text)]
    return [
        (read.width / term.unit.factor).quantize(Decimal("0.01"))
        for read, term in zip(interval.in_sum(terms), terms, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30万元、29.99万元", ["0.01", "0.01"]),
        ("1200万元、34.6万元", ["0.10", "0.10"]),
        ("30万元、40万元", ["1", "1"]),
        ("约30万元、29.99万元", ["3", "0.01"]),
        ("2亿元、29.99万元", ["1", "0.01"]),
    ],
)
def test_only_plain_terms_of_one_unit_are_read_more_finely(text: str, expected: list[str]) -> None:
    assert widths(text) == [Decimal(each) for each in expected]
