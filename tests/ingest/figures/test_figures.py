"""Figures of a whole document: place, period, scope, and the text by which they are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.figures.finding import describe, heading_name, reread, strip_number
from ingest.model import Document, Figure, Role
from ingest.pipeline import read_document

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted((ROOT / "samples" / "reports").glob("*"))
REAL = sorted((ROOT.parent / "shared" / "reports").glob("*.txt"))

REPORT = """2022年度某市林业局部门决算

第一部分 部门概况

局机关内设科室6个。

第二部分 收支情况

一、收入支出决算总表

单位：万元

项目	2022年决算数	上年决算数
基本支出	310.20	295.60
项目支出	1,120.00	980.00
合计	1,430.20	1,275.60

第三部分 情况说明

（一）一般公共预算支出情况。2022年度项目支出1,120万元，比上年增加140万元，增长14.3%。

（二）机关运行经费。上年为41.5万元，本年40万元。
"""


def read(text: str) -> Document:
    return read_document(text.encode(), "林业局2022.txt")


def figure(document: Document, printed: str, index: int = 0) -> Figure:
    return [f for f in document.figures if f.quantity.printed == printed][index]


def place(document: Document, found: Figure) -> str:
    return "".join(document.text[start:end] for start, end in found.locator.spans)


def test_figures_are_numbered_in_reading_order() -> None:
    document = read(REPORT)
    assert [f.no for f in document.figures] == list(range(len(document.figures)))
    starts = [f.locator.spans[0][0] for f in document.figures]
    assert starts == sorted(starts)


@pytest.mark.parametrize("path", [*SAMPLES, *REAL], ids=lambda path: path.name)
def test_every_figure_is_found_again_at_its_place(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    wrong = [f for f in document.figures if not reread(place(document, f), f)]
    assert [(f.quantity.printed, place(document, f)) for f in wrong] == []


def test_a_number_cut_by_a_page_end_keeps_both_pieces() -> None:
    path = next(path for path in SAMPLES if "2021_final_accounts" in path.name)
    document = read_document(path.read_bytes(), path.name)
    found = figure(document, "902.1")
    assert len(found.locator.spans) == 2
    assert place(document, found) == "902.1万元"
    assert found.quantity.unit.symbol == "万元"


def test_periods_of_cells_and_sentences() -> None:
    document = read(REPORT)
    assert figure(document, "310.20").period == "2022"
    assert figure(document, "295.60").period == "2021"
    assert figure(document, "140").period == "2022"
    assert figure(document, "41.5").period == "2021"
    assert figure(document, "40").period == "2022"


def test_a_previous_year_that_is_named_is_not_shifted_again() -> None:
    document = read(
        "2023年度某区档案局部门决算\n\n单位：万元\n\n"
        "科目\t2023年决算数\t2022年（上年）决算数\n办公费\t5.10\t4.80\n"
    )
    assert figure(document, "5.10").period == "2023"
    assert figure(document, "4.80").period == "2022"


def test_scope_words_come_from_names_labels_and_headings() -> None:
    document = read(REPORT)
    assert "项目支出" in figure(document, "1,120.00").scope
    assert "上年" in figure(document, "295.60").scope
    assert "项目支出" in figure(document, "14.3").scope


def test_cells_know_their_row_and_column() -> None:
    found = figure(read(REPORT), "980.00")
    assert found.row_path == ("项目支出",)
    assert found.column_path == ("上年决算数",)
    assert found.locator.table is not None
    assert found.sentence == ""
    assert found.role is Role.VALUE


def test_description_holds_who_what_when_and_where() -> None:
    document = read(REPORT)
    text = describe(document, figure(document, "1,120.00"))
    for word in ("2022", "项目支出", "2022年决算数"):
        assert word in text
    prose = describe(document, figure(document, "14.3"))
    assert "增长14.3%" in prose
    assert len(prose) < 420


def test_descriptions_never_repeat_a_piece() -> None:
    document = read(REPORT)
    for found in document.figures:
        pieces = describe(document, found).split(" | ")
        assert len(pieces) == len(set(pieces))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("（一）项目背景", "项目背景"),
        ("一、总体情况", "总体情况"),
        ("1. 收入情况", "收入情况"),
        ("1、收入情况", "收入情况"),
        ("2.3 资金使用", "资金使用"),
        ("2.3资金使用", "资金使用"),
        ("3 评价结论", "评价结论"),
        ("3评价结论", "评价结论"),
        ("（12）附则", "附则"),
        ("① 数量指标", "数量指标"),
        ("## 四、问题", "问题"),
        ("第三部分：名词解释", "名词解释"),
        ("2023年重点工作", "2023年重点工作"),
        ("12345热线运行", "12345热线运行"),
        ("4个一级指标", "4个一级指标"),
        ("24小时自助服务", "24小时自助服务"),
        ("3.5亿元专项债", "3.5亿元专项债"),
        ("“三公”经费", "“三公”经费"),
        ("", ""),
    ],
)
def test_a_heading_without_its_number(title: str, name: str) -> None:
    assert strip_number(title) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("（二）项目管理指标分析", "项目管理"),
        ("1. 预算编制：", "预算编制"),
        ("2. 满意度分析。", "满意度"),
        ("指标分析", "指标分析"),
        ("三、评价结论", "评价结论"),
    ],
)
def test_what_a_heading_names(title: str, name: str) -> None:
    assert heading_name(title) == name


def test_rereading_notices_other_digits_and_other_units() -> None:
    document = read(REPORT)
    found = figure(document, "140")
    assert reread("140万元", found)
    assert not reread("141万元", found)
    assert not reread("140元", found)
    assert not reread("", found)
