"""PDF files that hold text: what is read, in which order, and where it stands on the page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from ingest.model import Document
from ingest.pipeline import read_document
from ingest.readers import pdf
from ingest.readers.content import Content
from ingest.readers.errors import UnreadableFile
from ingest.readers.pdf import read_pdf
from ingest.structure.joining import Paragraph
from ingest.tables.grid import Fragment
from tests.ingest.pdf_maker import HEIGHT, WIDTH, PageMaker, make_pdf
from tests.ingest.picture_maker import FONTS

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "parsing"
XS = (90, 240, 340, 440)
HEADER = ("项目", "预算数", "决算数")

# Widths of characters whose font is not in the file come from the machine's fonts.
measured = pytest.mark.skipif(not FONTS, reason="needs a Chinese font (fonts-noto-cjk)")


def content(*pages: PageMaker) -> Content:
    return read_pdf(make_pdf(*pages), "报告.pdf")


def paragraphs(read: Content) -> list[str]:
    return [piece.text for piece in read.pieces if isinstance(piece, Paragraph)]


def tables(read: Content) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in piece.rows]
        for piece in read.pieces
        if isinstance(piece, Fragment)
    ]


def prose(page: PageMaker, top: float, *lines: str) -> PageMaker:
    """A paragraph of full lines of 33 characters, the first standing in by two."""
    for index, line in enumerate(lines):
        page.text(90 + (24 if index == 0 else 0), top + 20 * index, line)
    return page


FULL = "本年度部门整体支出绩效目标完成情况良好资金使用规范有效各项任务按"
FIRST = "单位认真落实过紧日子要求严格控制一般性支出优先保障重点项目和民"


def test_lines_become_paragraphs_across_wraps_and_pages() -> None:
    one, two = PageMaker(), PageMaker()
    prose(one, 100, FIRST[:31], FULL[:33], "期完成。")
    prose(one, 700, FIRST[:31], FULL[:33])
    prose(two, 100, "").text(90, 100, "期完成，支出1,234.56万元。")
    prose(two, 140, "下一段从这里开始。")
    assert paragraphs(content(one, two)) == [
        FIRST[:31] + FULL[:33] + "期完成。",
        FIRST[:31] + FULL[:33] + "期完成，支出1,234.56万元。",
        "下一段从这里开始。",
    ]


def test_a_line_is_full_when_the_next_character_and_its_comma_do_not_fit() -> None:
    one, two = PageMaker(), PageMaker()
    prose(one, 100, FIRST[:31], FULL[:33], FULL[:33])
    prose(one, 700, FIRST[:31], FULL[:27] + "0.64 万")
    two.text(90, 100, "元，下降55.8%。")
    assert paragraphs(content(one, two))[1] == FIRST[:31] + FULL[:27] + "0.64 万元，下降55.8%。"


def test_headers_and_page_numbers_are_no_text() -> None:
    pages = [
        prose(
            PageMaker().text(230, 50, "2023年度部门决算公开").text(285, 800, f"— {no} —"),
            120,
            f"第{'一二三四'[no]}部分的正文在此。",
        )
        for no in range(4)
    ]
    assert paragraphs(content(*pages)) == [f"第{name}部分的正文在此。" for name in "一二三四"]


def test_a_ruled_table_keeps_cells_and_merged_headers() -> None:
    page = PageMaker()
    page.grid(XS, (200, 218, 236, 254))
    page.parts = [part for part in page.parts if f" {HEIGHT - 218} m" not in part]
    page.line(90, 218, 90, 218).line(240, 218, 440, 218)
    page.parts = [part for part in page.parts if f"340 {HEIGHT - 200} m" not in part]
    page.line(340, 218, 340, 254)
    page.text(140, 222, "项目", 9).text(320, 213, "金额", 9)
    page.text(270, 231, "预算数", 9).text(370, 231, "决算数", 9)
    page.text(94, 249, "基本支出", 9).text(304, 249, "100.00", 9).text(404, 249, "98.50", 9)
    assert tables(content(page)) == [
        [["项目", "金额", ""], ["", "预算数", "决算数"], ["基本支出", "100.00", "98.50"]]
    ]


def test_a_table_over_two_pages_is_one_with_one_header() -> None:
    one = PageMaker().table(XS, 700, [HEADER, ("基本支出", "100.00", "98.50")])
    two = PageMaker().table(XS, 80, [HEADER, ("项目支出", "200.00", "198.50")])
    assert tables(content(one, two)) == [
        [[*HEADER], ["基本支出", "100.00", "98.50"], ["项目支出", "200.00", "198.50"]]
    ]


def test_a_row_cut_by_the_page_end_is_put_together() -> None:
    whole = "信息化建设项目运行维护费用支"  # as long as its cell
    one = PageMaker().table(
        XS, 700, [HEADER, ("甲项目", "10.00", "9.00"), (whole, "200.00", "198.5")], size=10
    )
    rest = [HEADER, ("出项目", "", "0"), ("其他", "1.00", "1.00")]
    assert tables(content(one, PageMaker().table(XS, 80, rest, size=10))) == [
        [
            [*HEADER],
            ["甲项目", "10.00", "9.00"],
            [f"{whole}出项目", "200.00", "198.50"],
            ["其他", "1.00", "1.00"],
        ]
    ]


def test_a_row_that_the_page_end_cuts_where_no_rule_closes_it() -> None:
    """A browser prints tables so: the name wraps, and a line more would have had room above."""
    one = PageMaker().table(XS, 700, [HEADER, ("甲项目", "10.00", "9.00")])
    one.text(94, 750, "信息化", 9).text(304, 750, "200.00", 9).text(404, 750, "198.50", 9)
    two = PageMaker().text(94, 90, "建设", 9).grid(XS, (110, 128)).text(94, 123, "其他", 9)
    two.text(304, 123, "1.00", 9).text(404, 123, "1.00", 9)
    for x in XS:
        one.line(x, 736, x, 780)
        two.line(x, 80, x, 110)
    assert tables(content(one, two)) == [
        [
            [*HEADER],
            ["甲项目", "10.00", "9.00"],
            ["信息化建设", "200.00", "198.50"],
            ["其他", "1.00", "1.00"],
        ]
    ]


def test_a_row_without_figures_at_the_top_of_a_page_is_a_row() -> None:
    one = PageMaker().table(XS, 700, [HEADER, ("基本支出", "100.00", "98.50")])
    two = PageMaker().table(XS, 80, [HEADER, ("项目支出", "", ""), ("甲项目", "1.00", "1.00")])
    assert tables(content(one, two))[0][2:] == [["项目支出", "", ""], ["甲项目", "1.00", "1.00"]]


@measured
def test_rows_without_rules_between_them() -> None:
    page = PageMaker().grid(XS, (200, 218, 290))
    rows = [
        (213, *HEADER),
        (231, "机关事业单位基本养老保险缴费支", "1.00", "0.90"),
        (243, "出", "", ""),
        (261, "印刷费", "2.00", "1.80"),
        (279, "合计", "3.00", "2.70"),
    ]
    for y, *texts in rows:
        for x, text in zip((94, 314, 414), texts, strict=True):
            page.text(x, y, text, 9)
    assert tables(content(page)) == [
        [
            [*HEADER],
            ["机关事业单位基本养老保险缴费支出", "1.00", "0.90"],
            ["印刷费", "2.00", "1.80"],
            ["合计", "3.00", "2.70"],
        ]
    ]


def test_another_table_at_the_top_of_the_next_page_stays_apart() -> None:
    one = PageMaker().table(XS, 700, [HEADER, ("基本支出", "100.00", "98.50")])
    other = ("科目名称", "年初预算", "本年支出")
    two = PageMaker().table(XS, 80, [other, ("办公费", "2.00", "1.50")])
    assert tables(content(one, two)) == [
        [[*HEADER], ["基本支出", "100.00", "98.50"]],
        [[*other], ["办公费", "2.00", "1.50"]],
    ]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (["5", " ,700.00"], "5,700.00"),
        (["5 ,700.00"], "5,700.00"),
        (["- 1,234.00"], "-1,234.00"),
        (["１，２１０．００"], "１，２１０．００"),
    ],
)
def test_a_number_printed_apart_is_one_number(printed: list[str], read: str) -> None:
    page = PageMaker().table((90, 240, 400), 200, [("项目", "金额"), ("费用", "")])
    x = 260.0
    for piece in printed:
        page.text(x, 231, piece, 9)
        x += 6 * len(piece)
    assert tables(content(page))[0][1] == ["费用", read]


def test_two_numbers_below_each_other_in_a_cell_stay_two() -> None:
    page = PageMaker().grid((90, 240, 400), (200, 218, 250))
    page.text(94, 213, "项目", 9).text(244, 213, "金额", 9).text(94, 231, "费用", 9)
    page.text(244, 231, "10.00", 9).text(244, 244, "20.00", 9)
    assert tables(content(page))[0][1] == ["费用", "10.00 20.00"]


def test_letters_set_apart_double_prints_and_watermarks() -> None:
    page = PageMaker()
    page.text(90, 100, "预算执行情况", 12, spacing=9)
    page.text(90, 140, "二二年决算").text(90.4, 140, "二二年决算")
    page.text(200, 500, "内部资料", 40, matrix=(0.7, 0.7, -0.7, 0.7))
    page.text(100, 150, "公开稿", 60)
    assert paragraphs(content(page)) == ["预算执行情况", "二二年决算"]


def test_a_footnote_neither_cuts_a_paragraph_nor_adds_to_a_number() -> None:
    one, two = PageMaker(), PageMaker()
    prose(one, 100, FIRST[:31], FULL[:33])
    prose(one, 700, FIRST[:31]).text(90, 720, "全年支出1,234.5").text(180, 716, "1", 7)
    rest = "万元，比上年增长，其中基本支出资金使用规范并且全部"
    one.text(184, 720, rest)
    one.text(90, 770, "① 含上年结转资金。", 9)
    two.text(90, 100, "有效。")
    prose(two, 140, FIRST[:31], FULL[:33], FULL[:33], FULL[:33])
    read = content(one, two)
    assert paragraphs(read)[1:3] == [
        f"{FIRST[:31]}全年支出1,234.5¹{rest}有效。",
        "① 含上年结转资金。",
    ]


@measured
def test_boxes_are_those_of_the_shown_page() -> None:
    page = PageMaker(crop=(40, 60, WIDTH - 40, HEIGHT - 50)).text(
        100, 150, "收入7,511.89万元。", 10
    )
    document = document_of(page)
    (figure,) = document.figures
    number, unit = document.places(figure.locator.spans)
    assert number.box == pytest.approx((80, 91.2, 120, 101.4), abs=0.6)
    assert unit.box == pytest.approx((120, 91.2, 140, 101.4), abs=0.6)


@measured
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_that_are_turned(rotate: int) -> None:
    """Text upright on the file's page: shown turned, and read all the same."""
    page = PageMaker(rotate=rotate).table(XS, 300, [HEADER, ("基本支出", "100.00", "98.50")])
    document = document_of(page)
    assert [f.quantity.printed for f in document.figures] == ["100.00", "98.50"]
    (place,) = document.places(document.figures[0].locator.spans)
    assert place.box is not None
    upright = (309.0, 323.1, 336.0, 333.2)
    assert place.box == pytest.approx(_turned(upright, rotate), abs=1)


@measured
def test_text_that_runs_sideways_on_the_page() -> None:
    page = PageMaker().text(300, 700, "全年支出1,234.56万元。", 12, matrix=(0, 1, -1, 0))
    document = document_of(page)
    (figure,) = document.figures
    number, unit = document.places(figure.locator.spans)
    assert number.box is not None
    assert unit.box is not None
    assert number.box == pytest.approx((289.4, 604, 301.7, 652), abs=1)
    assert unit.box[3] == pytest.approx(number.box[1], abs=1)


def _turned(
    box: tuple[float, float, float, float], rotate: int
) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    if rotate == 90:
        return HEIGHT - bottom, left, HEIGHT - top, right
    if rotate == 180:
        return WIDTH - right, HEIGHT - bottom, WIDTH - left, HEIGHT - top
    if rotate == 270:
        return top, WIDTH - right, bottom, WIDTH - left
    return box


def test_a_page_in_two_columns_is_read_column_by_column() -> None:
    page = PageMaker()
    for index in range(10):
        page.text(60, 100 + 20 * index, f"左{index}" + "栏文字" * 6 + "满", 10)
        page.text(320, 100 + 20 * index, f"右{index}" + "栏文字" * 6 + "满", 10)
    text = "".join(paragraphs(content(page)))
    assert text.index("左9") < text.index("右0")


def test_a_scan_is_named_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "can_recognise", lambda: False)
    scan = PageMaker(picture=True).text(90, 100, "识别来的文字", invisible=True)
    read = content(prose(PageMaker(), 100, "有文字的一页。"), scan)
    assert paragraphs(read) == ["有文字的一页。"]
    (problem,) = read.problems
    assert problem.code == "no_text"
    assert "第 2 页" in problem.message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (make_pdf(PageMaker().text(90, 100, "密"), user="a", owner="b"), "需要密码"),
        (b"%PDF-1.7\n...", "损坏"),
        (b"junk\n%PDF-1.4", "损坏"),
        (make_pdf(PageMaker()), "没有文字"),
    ],
    ids=["password", "torn", "junk", "blank"],
)
def test_unreadable_files(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_document(data, "报告.pdf")
    assert str(caught.value).startswith("报告.pdf：")


def test_a_file_locked_against_copying_only_is_read() -> None:
    data = make_pdf(prose(PageMaker(), 100, "可以阅读。"), owner="b")
    assert paragraphs(read_pdf(data, "报告.pdf")) == ["可以阅读。"]


def test_a_lost_table_of_references_is_mended() -> None:
    data = make_pdf(prose(PageMaker(), 100, "照样能读。"))
    torn = data[: data.rindex(b"startxref")]
    assert paragraphs(read_pdf(torn, "报告.pdf")) == ["照样能读。"]


def test_a_damaged_page_is_left_out_and_named() -> None:
    whole = make_pdf(prose(PageMaker(), 100, "第一页在此。"), prose(PageMaker(), 100, "第二页。"))
    torn = BytesIO()
    with pikepdf.open(BytesIO(whole)) as pdf:
        pdf.Root.Pages.Kids[1] = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        pdf.save(torn)
    read = read_pdf(torn.getvalue(), "报告.pdf")
    assert paragraphs(read) == ["第一页在此。"]
    assert [problem.message for problem in read.problems] == ["第 2 页已损坏，未读入"]


def test_a_page_whose_font_is_lost_is_not_read_in_another() -> None:
    """Its codes would be other letters in it: 412.36 as 634.58."""
    whole = make_pdf(
        prose(PageMaker(), 100, "第一页在此。"), prose(PageMaker(), 100, "收入412.36。")
    )
    torn = BytesIO()
    with pikepdf.open(BytesIO(whole)) as pdf:
        lost = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Catalog))
        pdf.pages[1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=lost))
        pdf.save(torn)
    read = read_pdf(torn.getvalue(), "报告.pdf")
    assert paragraphs(read) == ["第一页在此。"]
    assert [problem.message for problem in read.problems] == ["第 2 页已损坏，未读入"]


def test_a_file_without_its_end_is_told() -> None:
    data = make_pdf(prose(PageMaker(), 100, "照样能读。"))
    [problem] = read_pdf(data[: data.rindex(b"startxref")], "报告.pdf").problems
    assert (problem.code, "不完整" in problem.message) == ("incomplete", True)
    assert read_pdf(data, "报告.pdf").problems == ()


@measured
def test_fonts_scaled_by_their_matrix() -> None:
    page = PageMaker().text(90, 100, "全年支出1,234.56万元。", 1, matrix=(12, 0, 0, 12))
    document = document_of(page)
    (figure,) = document.figures
    assert document.places(figure.locator.spans)[0].box == pytest.approx(
        (138, 89.4, 186, 101.7), abs=0.6
    )


def test_progress_and_the_limit_of_pages() -> None:
    data = make_pdf(*(prose(PageMaker(), 100, "一页。") for _ in range(3)))
    seen: list[tuple[int, int]] = []
    read_pdf(data, "报告.pdf", lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(UnreadableFile, match="3 页，超过 2 页"):
        read_pdf(data, "报告.pdf", max_pages=2)


UNRULED = [
    ("项目", "行次", "预算数", "决算数"),
    ("基本支出", "1", "1,112.48", "880.03"),
    ("项目支出", "2", "17,868.58", "5,847.28"),
    ("合计", "3", "18,981.06", "6,727.31"),
]
WIDE = (90, 220, 280, 380, 480)


def test_a_table_without_rules_is_read_and_marked() -> None:
    page = PageMaker().table(WIDE, 200, UNRULED, ruled=False)
    read = content(page)
    assert tables(read) == [[list(row) for row in UNRULED]]
    scores = {anchor.place.score for anchor in read.anchors}
    assert scores == {0.9}


def test_headers_over_several_columns_and_wraps_without_rules() -> None:
    page = PageMaker()
    page.line(80, 190, 500, 190).line(80, 230, 500, 230).line(80, 300, 500, 300)
    page.text(121, 212, "项目", 9).text(331, 204, "金额", 9)
    page.text(246.5, 224, "预算数", 9).text(406.5, 224, "决算数", 9)
    page.text(84, 243, "机关事业单位基本养老", 9).text(84, 255, "保险缴费", 9)
    page.text(313.5, 243, "75.21", 9).text(473.5, 243, "75.20", 9)
    page.text(84, 269, "其中：", 9)
    page.text(84, 283, "办公费", 9).text(318, 283, "17.8", 9).text(478, 283, "0.00", 9)
    page.text(331.5, 295, "9", 9)
    page.text(84, 320, "注：本表以万元为单位。", 9)
    read = content(page)
    assert tables(read) == [
        [
            ["项目", "金额", ""],
            ["", "预算数", "决算数"],
            ["机关事业单位基本养老保险缴费", "75.21", "75.20"],
            ["其中：", "", ""],
            ["办公费", "17.89", "0.00"],
        ]
    ]
    assert paragraphs(read) == ["注：本表以万元为单位。"]


def test_a_score_below_another_is_no_rest_of_it() -> None:
    rows = [
        ("指标", "分值", "得分"),
        ("数量指标", "10", "8.25"),
        ("长效管护机制", "4", "3.5"),
        ("群众满意度", "10", "7"),
    ]
    page = PageMaker().table((90, 240, 300, 360), 200, rows, ruled=False, height=12)
    page.parts = [
        part.replace(" 328", " 337.5") if "<0037>" in part else part for part in page.parts
    ]
    assert tables(content(page)) == [[list(row) for row in rows]]


def test_a_table_without_rules_goes_on_overleaf() -> None:
    one = PageMaker().table(WIDE, 700, UNRULED[:3], ruled=False)
    two = PageMaker().table(WIDE, 80, [UNRULED[0], UNRULED[3]], ruled=False)
    assert tables(content(one, two)) == [[list(row) for row in UNRULED]]


def test_texts_and_contents_are_no_tables() -> None:
    page = PageMaker()
    for index, name in enumerate(("一、部门概况", "二、收支情况", "三、绩效情况", "四、名词解释")):
        page.text(90, 100 + 20 * index, name).text(480, 100 + 20 * index, str(index + 1))
    prose(page, 300, "2023年支出 1,234.56 万元，", "比上年增长 3.2%，其中基本支出 100.00 万元。")
    assert tables(content(page)) == []


def document_of(*pages: PageMaker) -> Document:
    return read_document(make_pdf(*pages), "报告.pdf")
