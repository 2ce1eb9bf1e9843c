"""Values of a document to rows of the ledger and back: nothing is lost."""

from __future__ import annotations

from decimal import Decimal

from index import codec
from ingest.model import Anchor, Assertion, Equation, Locator, Place, Said, Verdict

TEXT = Locator(((4, 9), (12, 14)), page=3)
CELL = Locator(((40, 44),), page=5, table=2, row=1, column=0)


def test_an_equation_keeps_the_places_that_it_counted() -> None:
    for places in ((), (TEXT, CELL)):
        value = Decimal("3")
        equation = Equation(
            7, "row_count", "3 行", Verdict.FAILS, 11, (2, 5), value, value, value, places=places
        )
        row = codec.equation_row(equation)
        assert codec.equation_of(tuple(row.values())) == equation


def test_an_assertion_keeps_both_sides() -> None:
    assertion = Assertion(
        no=2,
        family="outstanding",
        subject="某维护项目",
        verdict=Verdict.FAILS,
        part=1,
        stated=Said("尚在服务期", TEXT, 30),
        others=(Said("2023年11月1日验收", CELL, 12), Said("0.5", CELL, 12, figure=88)),
        recomputed="2023年11月1日验收",
        message="某维护项目写作“尚在服务期”，另一处为“2023年11月1日验收”。",
    )
    row = codec.assertion_row(assertion)
    assert codec.assertion_of(tuple(row.values())) == assertion


def test_anchors_survive_packing() -> None:
    anchors = (
        Anchor(0, 4, Place(page=1, box=(72.0, 90.25, 310.5, 104.0))),
        Anchor(5, 9, Place(sheet="收支总表", path="B7")),
        Anchor(9, 30, Place(page=3, box=(1.0, 2.0, 3.0, 4.0), score=0.87)),
        Anchor(31, 33, Place(path="t3/r4/c2")),
    )
    assert codec.anchors_in(codec.anchors_out(anchors)) == anchors


def test_plain_text_has_none() -> None:
    assert codec.anchors_out(()) is None
    assert codec.anchors_in(None) == ()
