"""Made-up reports in which everything is true, though much looks wrong: no claim of theirs fails.

They hold lists of some kinds only, scores of other years and bodies, targets that less is better
for, rates of other wholes, work that is finished later, and accounts of one year beside another.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

REPORTS = sorted((Path(__file__).parent / "data" / "true").iterdir())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_true_report_has_no_failed_claim(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    failed = [
        (equation.family, document.figures[equation.stated].quantity.printed, equation.formula)
        for equation in document.equations
        if equation.verdict is Verdict.FAILS
    ]
    assert failed == []
    assert [a.message for a in document.assertions if a.verdict is Verdict.FAILS] == []
    assert document.equations
