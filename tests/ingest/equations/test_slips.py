"""What counts as a slip of the pen, and what is another number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.equations import slips


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("41.05", "41.50", {"swapped", "exchanged"}),
        ("4.15", "5.14", {"exchanged"}),
        ("3142", "3412", {"swapped", "exchanged"}),
        ("44.43", "40.43", {"replaced"}),
        ("44.40", "40.40", set()),
        ("65.22", "0.006522", {"scaled"}),
        ("65.22", "652.20", {"scaled"}),
        ("12345", "1345", {"dropped"}),
        ("65.22", "65.22", set()),
        ("1812.99", "1815.60", set()),
    ],
)
def test_kinds(first: str, second: str, kinds: set[str]) -> None:
    names = ("swapped", "exchanged", "replaced", "scaled", "dropped")
    a, b = Decimal(first), Decimal(second)
    assert {name for name in names if getattr(slips, name)(a, b)} == kinds
    assert {name for name in names if getattr(slips, name)(b, a)} == kinds


def test_rounding_to_digits() -> None:
    assert slips.to_digits(Decimal("0.300097"), 4) == Decimal("0.3001")
    assert slips.to_digits(Decimal(7329500), 5) == Decimal(7329500)
    assert slips.to_digits(Decimal(0), 3) == 0


def test_significant_digits() -> None:
    assert slips.significant(Decimal("0.0500")) == "5"
    assert slips.significant(Decimal("1200")) == "12"
