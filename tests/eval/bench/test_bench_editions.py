"""Reading measured over editions: what is the same figure, and what the counts say."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench.editions import Read, asked_alike, boxes_that_hold, compare, read_all
from ingest.model import Document
from ingest.pipeline import read_document
from tests.ingest.pdf_maker import PageMaker, make_pdf

TEXT = "甲市水务局2023年度部门决算\n\n一、收支\n\n全年支出{spent}万元，完成预算的{rate}%。\n"


def _document(spent: str, rate: str, name: str = "甲.txt") -> Document:
    return read_document(TEXT.format(spent=spent, rate=rate).encode(), name)


def test_figures_are_compared_by_value_unit_and_words() -> None:
    read = Read("docx")
    compare(_document("1,234.50", "98.1"), _document("1,234.60", "98.1"), read, tables_only=False)
    assert (read.expected, read.found, read.right, read.wrong_unmarked) == (2, 2, 1, 1)
    assert read.missing[0].startswith("甲.txt: 1234.50 万元")
    assert (read.to_json()["recall"], read.to_json()["precision"]) == (0.5, 0.5)


def test_every_edition_is_made_and_read(tmp_path: Path) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(TEXT.format(spent="1,234.50", rate="98.1"), encoding="utf-8")
    editions, reads = read_all([report], tmp_path / "out", ["docx", "html", "xlsx"])
    assert (reads[0].format, reads[0].right) == ("docx", 2)
    assert editions.documents["xlsx"] == [None]  # a report without tables has no workbook


def test_boxes_hold_the_digits() -> None:
    page = PageMaker()
    page.text(90, 100, "甲市水务局2023年度部门决算").text(90, 140, "一、收支")
    page.text(114, 180, "全年支出1,234.50万元。")
    data = make_pdf(page)
    assert boxes_that_hold(read_document(data, "甲.pdf"), data) == (1, [])


def test_questions_are_left_out_where_the_reports_are_absent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("eval.bench.editions.DEV", tmp_path / "none.yaml")
    editions, _ = read_all([], tmp_path, [])
    assert asked_alike(editions, ["pdf"]) == {}
