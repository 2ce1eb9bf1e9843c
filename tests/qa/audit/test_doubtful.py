"""Doubtful figures in answers and audits: shown with a warning, never as checked, accusing nobody."""

from __future__ import annotations

import pytest

from eval.memory import MemoryLibrary
from ingest.model import Document
from ingest.settings import load_settings
from qa.audit.findings import findings
from qa.audit.model import Severity, Slip
from qa.codec import answer_to_json
from qa.engine import Engine
from qa.model import Answer, Check, Outcome
from tests.ingest.scan_maker import scanned_document

REPORT = """甲市水务局2023年度部门决算

一、支出情况

支出决算表

单位：万元

项目\t本年支出合计\t基本支出\t项目支出
行政运行\t{total}\t1,000.00\t234.50
水利工程\t512.40\t0.00\t512.40
节水宣传\t77.31\t77.31\t0.00
"""


def asked(document: Document, question: str) -> Answer:
    return Engine(MemoryLibrary.of([document]), load_settings()).ask(question)


def test_a_doubtful_figure_is_stated_with_a_warning() -> None:
    document = scanned_document(REPORT.format(total="1,284.50"), "1,284.50")
    answer = asked(document, "甲市水务局2023年行政运行的本年支出合计是多少？")
    assert answer.outcome is Outcome.ANSWERED
    [value] = answer.values
    assert (value.number, value.check, value.doubtful) == ("1284.50", Check.STATED, True)
    assert value.label.endswith("（识别存疑，请对照原页）")
    assert "1,284.50万元 识别存疑，请对照原页" in answer.text
    assert answer_to_json(answer)["values"][0]["doubtful"] is True


def test_a_doubtful_figure_that_an_equation_gives_is_checked() -> None:
    document = scanned_document(REPORT.format(total="1,234.50"), "1,234.50")
    answer = asked(document, "甲市水务局2023年行政运行的本年支出合计是多少？")
    [value] = answer.values
    assert (value.check, value.doubtful) == (Check.EXACT, False)
    assert "doubtful" not in answer_to_json(answer)["values"][0]


def test_what_is_computed_from_a_doubtful_figure_is_doubtful() -> None:
    document = scanned_document(REPORT.format(total="1,284.50"), "1,284.50")
    answer = asked(document, "甲市水务局2023年行政运行的本年支出合计比水利工程多多少？")
    computed = [value for value in answer.values if value.recomputed is not None]
    assert computed
    assert all((value.doubtful, value.check) == (True, Check.STATED) for value in computed)


def test_a_count_of_rows_by_a_doubtful_figure_is_doubtful() -> None:
    document = scanned_document(REPORT.format(total="1,284.50"), "1,284.50")
    question = "甲市水务局2023年本年支出合计超过500万元的有几项？"
    [counted, *rows] = asked(document, question).values
    assert (counted.number, counted.check, counted.doubtful) == ("2", Check.STATED, True)
    assert [row.doubtful for row in rows] == [True, False]


def test_another_member_of_the_failed_equation_is_not_accused() -> None:
    document = scanned_document(REPORT.format(total="1,284.50"), "1,284.50")
    answer = asked(document, "甲市水务局2023年行政运行的项目支出是多少？")
    assert (answer.outcome, answer.values[0].check) == (Outcome.ANSWERED, Check.STATED)


@pytest.mark.parametrize(
    ("total", "meant"),
    [
        ("1,284.50", "应为 1,234.50万元"),  # 3 read as 8
        ("123,450", "应为 1,234.50万元"),  # the point lost
        ("234.50", "应为 1234.50万元"),  # a stroke lost
        ("9,876.54", ""),  # no one misread digit explains it
    ],
)
def test_an_audit_says_that_it_may_be_misread(total: str, meant: str) -> None:
    document = scanned_document(REPORT.format(total=total), f"行政运行\t{total}")
    [finding] = findings(document)
    assert (finding.slip, finding.severity) == (Slip.MISREAD, Severity.LOW)
    assert meant in finding.message
    assert ("可能为识别错误" in finding.message) == bool(meant)
    assert "请对照原页" in finding.message


def test_an_audit_accuses_what_was_surely_read() -> None:
    [finding] = findings(scanned_document(REPORT.format(total="1,284.50")))
    assert (finding.slip, finding.severity) == (Slip.DIGIT, Severity.HIGH)


def test_the_overview_names_doubts_apart() -> None:
    document = scanned_document(REPORT.format(total="1,284.50"), "1,284.50")
    answer = asked(document, "甲市水务局2023年的报告有没有自相矛盾的地方？")
    assert answer.outcome is Outcome.ANSWERED
    assert "1 处数字由图片识别而来" in answer.text
