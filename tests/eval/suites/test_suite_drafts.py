"""Cases drafted from reports: recomputed, quoted, marked, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.lint import lint
from eval.quoted import QuotedReport
from eval.suites.drafts import cells_of, drafted
from eval.suites.suite import NumberExpected, parse_suite
from eval.suites.writing import suite_yaml, with_ids
from ingest.model import Document
from ingest.pipeline import read_document

TABLE = """2023年度云岭市某局部门决算

表1 支出决算表

单位：万元

科目名称	本年支出合计	基本支出	项目支出
教育支出	100.00	60.00	40.00
卫生支出	50.00	50.00	0.00
住房支出	30.00	10.00	20.00
合计	180.00	120.00	60.00
"""
SAMPLES = Path(__file__).parents[3] / "samples" / "reports"


def read(text: str, name: str = "f.txt") -> Document:
    return read_document(text.encode(), name)


def test_cells_sums_and_shares_of_a_table() -> None:
    cases = drafted([read(TABLE)], 100)
    found = {(case["type"], case["question"]): case for case in cases}
    assert Counter(kind for kind, _ in found) == {"lookup_table": 11, "sum": 5, "share": 8}
    where = "云岭市某局2023年“表1 支出决算表”中"
    total = found["sum", f"{where}，教育支出与卫生支出两项本年支出合计之和是多少？"]
    assert total["expect"] == {"number": "150.00", "unit": "万元"}
    assert total["derive"] == "100.00 + 50.00"
    share = found["share", f"{where}，教育支出的本年支出合计占合计的百分之几？"]
    assert share["expect"] == {
        "number": "55.56",
        "unit": "%",
        "accept": [{"number": "55.6", "unit": "%"}],
    }
    assert share["source"][0] == {"file": "f.txt", "quote": "教育支出 100.00"}
    assert all(case["review"] == "pending" and case["tags"] == ["draft"] for case in cases)


def test_growth_over_two_reports() -> None:
    before = TABLE.replace("2023", "2022").replace("100.00\t60.00\t40.00", "80.00\t50.00\t30.00")
    before = before.replace("180.00\t120.00\t60.00", "160.00\t110.00\t50.00")
    cases = drafted([read(before, "a.txt"), read(TABLE, "b.txt")], 100)
    grown = [case for case in cases if case["type"] == "growth"]
    first = next(
        case for case in grown if "教育支出的本年支出合计2023年比2022年" in case["question"]
    )
    assert first["expect"]["number"] == "25.00"
    assert first["derive"] == "round((100.00 - 80.00) / 80.00 * 100, 2)"
    assert [source["file"] for source in first["source"]] == ["b.txt", "a.txt"]


@pytest.mark.parametrize(
    ("spoiled", "gone"),
    [
        (TABLE.replace("60.00\t40.00", "61.00\t40.00"), "教育支出"),  # its row does not add up
        (TABLE.replace("卫生支出", "教育支出"), "教育支出"),  # two rows of one name
    ],
)
def test_figures_that_are_not_sure_are_left_out(spoiled: str, gone: str) -> None:
    names = {(cell.name, cell.column) for cell in cells_of(read(spoiled))}
    assert (gone, "基本支出") not in names
    assert ("住房支出", "项目支出") in names


def test_the_seed_decides() -> None:
    document = read(TABLE)
    assert drafted([document], 5, seed=3) == drafted([document], 5, seed=3)
    assert drafted([document], 5, seed=3) != drafted([document], 5, seed=4)
    assert len(drafted([document], 5)) == 5


def linted(documents: Sequence[Document], count: int) -> list[str]:
    cases = with_ids(drafted(documents, count, seed=1), "draft-", ())
    suite = parse_suite(suite_yaml(cases), "drafts.yaml")
    assert all(isinstance(case.expect, NumberExpected) for case in suite.cases)
    found = lint([suite], {document.name: QuotedReport(document) for document in documents})
    assert {each.severity for each in found if each.check == "review"} == {"notice"}
    return [str(each) for each in found if each.severity == "error"]


def test_lint_has_nothing_against_drafts_of_the_samples() -> None:
    documents = [read_document(path.read_bytes(), path.name) for path in sorted(SAMPLES.iterdir())]
    assert linted(documents, 200) == []
