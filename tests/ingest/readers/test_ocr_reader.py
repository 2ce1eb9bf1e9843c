"""Scans and pictures of pages: what is recognised, where it stands, and what is told."""

from __future__ import annotations

import io
import math
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ingest.figures.finding import SURE
from ingest.model import POOR_PAGE
from ingest.readers import pdf, pictures
from ingest.readers.content import Content
from ingest.readers.errors import UnreadableFile
from ingest.readers.paged import Page
from ingest.readers.pdf import read_pdf
from ingest.readers.pictures import page_images, read_pictures, size_of
from ingest.structure.joining import Paragraph
from ingest.tables.grid import Fragment
from tests.ingest.pdf_maker import PageMaker, make_pdf
from tests.ingest.picture_maker import (
    DPI,
    HEIGHT,
    SCALE,
    WIDTH,
    PagePicture,
    encoded,
    needs_recognition,
)

XS = (90, 240, 340, 440)
ROWS = (
    ("项目", "预算数", "决算数"),
    ("一般公共服务支出", "6,724.21", "6,727.31"),
    ("科学技术支出", "486.96", "486.96"),
    ("住房保障支出", "105.05", "0.00"),
)
LINES = (
    "本年度部门整体支出绩效目标完成良好，资金使用规",
    "范有效，各项任务按期完成，厉行节约，严格控制一般性",
    "支出，全年支出18,982.94万元，增长3.1%。",
)
FIGURE = (415, 202)  # the middle of 6,727.31


def page() -> PagePicture:
    """A heading, a paragraph of three lines and a table."""
    drawn = PagePicture().text(118, 70, "二、支出决算情况", 14)
    for number, line in enumerate(LINES):
        drawn.text(118 if number == 0 else 90, 94 + 20 * number, line, 14)
    return drawn.table(XS, 170, ROWS)


def paragraphs(read: Content) -> list[str]:
    return [piece.text for piece in read.pieces if isinstance(piece, Paragraph)]


def tables(read: Content) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in piece.rows]
        for piece in read.pieces
        if isinstance(piece, Fragment)
    ]


def assert_whole(read: Content) -> None:
    assert paragraphs(read) == ["二、支出决算情况", "".join(LINES)]
    assert tables(read) == [[list(row) for row in ROWS]]


def middle_of(read: Content, text: str) -> tuple[float, float]:
    """The middle of the box of a text on the shown page."""
    start = read.text.index(text)
    place = next(a.place for a in read.anchors if a.start <= start < a.end)
    assert place.box is not None
    left, top, right, bottom = place.box
    return (left + right) / 2, (top + bottom) / 2


@pytest.fixture(autouse=True)
def _recognition(request: pytest.FixtureRequest) -> None:
    if "without_extra" not in request.fixturenames:
        needs_recognition()


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_recognise", lambda: False)
    monkeypatch.setattr(pdf, "can_recognise", lambda: False)


def test_a_scanned_page_askew_and_unevenly_lit() -> None:
    read = read_pictures(encoded(page().scanned(), form="JPEG"), "扫描.jpg")
    assert_whole(read)
    assert read.media_type == "image/jpeg"
    assert read.pages == 1
    assert all(a.place.score is not None and a.place.page == 1 for a in read.anchors)
    assert [problem.code for problem in read.problems] == ["recognised"]


@pytest.mark.parametrize(
    ("turn", "middle"),
    [
        (90, (FIGURE[1], WIDTH - FIGURE[0])),
        (180, (WIDTH - FIGURE[0], HEIGHT - FIGURE[1])),
        (270, (HEIGHT - FIGURE[1], FIGURE[0])),
    ],
)
def test_a_page_that_lies_on_its_side_or_head(turn: int, middle: tuple[float, float]) -> None:
    read = read_pictures(encoded(page().image.rotate(turn, expand=True)), "扫描.png")
    assert_whole(read)
    assert middle_of(read, "6,727.31") == pytest.approx(middle, abs=6)


def test_boxes_lie_on_the_shown_page_though_it_is_askew() -> None:
    read = read_pictures(encoded(page().scanned(angle=2.0)), "扫描.png")
    assert_whole(read)
    slope = math.tan(math.radians(2.0))
    lifted = FIGURE[1] - slope * (FIGURE[0] - WIDTH / 2)  # turned anticlockwise about the middle
    assert middle_of(read, "6,727.31")[1] == pytest.approx(lifted, abs=3)


def test_a_seal_over_a_table_is_seen_through() -> None:
    sealed = page().seal(330, 200)
    assert_whole(read_pictures(encoded(sealed.scanned(), form="JPEG"), "盖章.jpg"))


def test_the_pages_of_a_picture_file_and_a_table_over_two() -> None:
    first, second = PagePicture(), PagePicture()
    first.table(XS, 260, (ROWS[0], ("教育支出", "1.00", "2.00"), ("卫生支出", "3.00", "4.00")))
    second.table(XS, 60, (ROWS[0], ("农业支出", "5.00", "6.00"), ("其他支出", "7.50", "8.25")))
    seen: list[tuple[int, int]] = []
    data = encoded(first.scanned(), second.scanned(angle=-0.4), form="TIFF")
    read = read_pictures(data, "扫描.tif", lambda done, total: seen.append((done, total)))
    assert tables(read) == [
        [
            list(ROWS[0]),
            ["教育支出", "1.00", "2.00"],
            ["卫生支出", "3.00", "4.00"],
            ["农业支出", "5.00", "6.00"],
            ["其他支出", "7.50", "8.25"],
        ]
    ]
    assert seen == [(1, 2), (2, 2)]


def test_a_header_misread_overleaf_is_no_row() -> None:
    """Its lone / was read as 1 on the second page, and nothing on the third."""

    def sheet(mark: str, *rows: tuple[str, str, str]) -> Image.Image:
        head = ("单位名称：甲市水务局", f"项目编号{mark}", "得分")
        return PagePicture().table(XS, 60, (head, *rows)).scanned()

    pages = [
        sheet("/", ("数量指标", "完成", "4.50"), ("质量指标", "完成", "5.00")),
        sheet("1", ("时效指标", "完成", "3.50"), ("成本指标", "完成", "2.00")),
        sheet("", ("社会效益", "完成", "1.50"), ("生态效益", "完成", "2.50")),
    ]
    [found] = tables(read_pictures(encoded(*pages, form="TIFF"), "扫描.tif"))
    assert [row[2] for row in found] == ["得分", "4.50", "5.00", "3.50", "2.00", "1.50", "2.50"]


def test_a_lone_first_number_is_not_lost() -> None:
    rows = (("序号", "项目", "金额"), ("一", "专线租用", "12.50"), ("1", "宽带", "12.50"))
    read = read_pictures(encoded(PagePicture().table(XS, 100, rows).scanned()), "表.png")
    assert tables(read) == [[list(row) for row in rows]]


@pytest.mark.parametrize("tones", ["coarse", "two"])
def test_on_a_page_too_coarse_every_place_is_doubtful(tones: str) -> None:
    scan = page().scanned().convert("L")
    share = (50 if tones == "coarse" else 110) / DPI
    small = scan.resize((round(scan.width * share), round(scan.height * share)))
    if tones == "two":
        small = small.point(lambda light: 255 * (light > 140)).convert("1")
    target = io.BytesIO()
    small.save(target, "PNG", dpi=(DPI * share, DPI * share))
    read = read_pictures(target.getvalue(), "传真.png")
    assert [problem.code for problem in read.problems][:2] == ["recognised", "poor"]
    assert all((anchor.place.score or 0) <= POOR_PAGE for anchor in read.anchors)


def test_a_hardly_visible_page_is_read_without_harm() -> None:
    """Boxes were found in it that hold no ink."""
    pale = page().scanned(noise=3).point(lambda light: 255 - (255 - light) * 0.12)
    read = read_pictures(encoded(pale), "淡.png")
    assert all((anchor.place.score or 0) < SURE for anchor in read.anchors)


def test_a_photograph_under_a_shadow() -> None:
    photo = np.asarray(page().photographed()[0], dtype=np.float64)
    height, width = photo.shape
    across = np.add.outer(np.arange(height) * 0.5, np.arange(width) * 0.7)
    shade = 1 - 0.4 / (1 + np.exp(-(across - 0.55 * width) / 60))
    target = io.BytesIO()
    Image.fromarray((photo * shade).astype(np.uint8)).save(target, "JPEG", quality=85)
    read = read_pictures(target.getvalue(), "照片.jpg")
    assert tables(read) == [[list(row) for row in ROWS]]


def test_single_digits_and_short_words_in_cells_are_not_lost() -> None:
    rows = (("指标", "分值", "得分"), ("甲", "8", "7"), ("乙", "1", "1"), ("合计", "9", "8"))
    read = read_pictures(encoded(PagePicture().table(XS, 100, rows).scanned()), "表.png")
    assert tables(read) == [[list(row) for row in rows]]


def test_only_the_pages_of_a_pdf_without_text_are_recognised() -> None:
    with (
        pikepdf.open(io.BytesIO(make_pdf(PageMaker().text(90, 100, "第一页有文字层。")))) as whole,
        pikepdf.open(io.BytesIO(encoded(page().scanned(), form="PDF"))) as scan,
    ):
        whole.pages.extend(scan.pages)
        target = io.BytesIO()
        whole.save(target)
    read = read_pdf(target.getvalue(), "混合.pdf")
    assert paragraphs(read) == ["第一页有文字层。", "二、支出决算情况", "".join(LINES)]
    scored = {a.place.page for a in read.anchors if a.place.score is not None}
    assert scored == {2}
    assert [(p.code, p.message[:6]) for p in read.problems] == [("recognised", "第 2 页有")]


def test_a_photograph_of_a_page_is_flattened() -> None:
    photo, matrix = page().photographed()
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=85)
    read = read_pictures(target.getvalue(), "照片.jpg")
    assert_whole(read)
    x, y, w = matrix @ (*(value * SCALE for value in FIGURE), 1)
    points = 842 / max(photo.size)
    assert middle_of(read, "6,727.31") == pytest.approx((x / w * points, y / w * points), abs=6)


def test_a_picture_of_a_table_inside_a_page_with_text() -> None:
    table = PagePicture().table(XS, 40, ROWS).image.convert("L")
    text = PageMaker().text(90, 100, "下表是支出决算的情况，单位是万元，以图片列示如下，请予查看。")
    text.photo = (table.tobytes(), *table.size, (60, 200, 540, 560))
    read = read_pdf(
        make_pdf(text.text(90, 700, "以上各数已经核对，与财务账一致，可以公开。")), "报告.pdf"
    )
    assert tables(read) == [[list(row) for row in ROWS]]
    assert [len(text) > 15 for text in paragraphs(read)] == [True, True]
    assert middle_of(read, "6,727.31") == pytest.approx((60 + FIGURE[0], 200 + 73), abs=6)
    assert [problem.code for problem in read.problems] == ["recognised"]


def test_a_page_number_over_a_scan_is_no_text_of_it() -> None:
    scan = page().image.convert("L")
    over = PageMaker().text(280, 800, "— 7 —")
    over.photo = (scan.tobytes(), *scan.size, (0, 0, 595, 720))
    assert tables(read_pdf(make_pdf(over), "扫描.pdf")) == [[list(row) for row in ROWS]]


def test_without_the_extra_the_pages_are_named(without_extra: None) -> None:
    text, picture = PageMaker().text(90, 100, "第一页有文字层。"), PageMaker()
    picture.picture = True
    read = read_pdf(make_pdf(text, picture), "混合.pdf")
    assert paragraphs(read) == ["第一页有文字层。"]
    [problem] = read.problems
    assert problem.code == "no_text"
    assert "第 2 页" in problem.message
    assert "gouji[ocr]" in problem.message


def test_without_the_extra_a_scan_is_one_clear_line(without_extra: None) -> None:
    picture = PageMaker()
    picture.picture = True
    with pytest.raises(UnreadableFile, match=r"扫描.pdf：.*gouji\[ocr\]"):
        read_pdf(make_pdf(picture), "扫描.pdf")
    with pytest.raises(UnreadableFile, match=r"扫描.png：.*gouji\[ocr\]"):
        read_pictures(encoded(Image.new("L", (400, 400), 255)), "扫描.png")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\0" * 80, b"BM\x10\0\0\0" + b"\0" * 10])
def test_a_damaged_picture_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^图.png：图片已损坏或不完整；.+$"):
        read_pictures(data, "图.png")


@pytest.mark.parametrize(
    ("pixels", "dpi", "expected"),
    [
        ((1654, 2339), 200, (595.4, 842.0)),
        ((3000, 4000), 72, (631.5, 842.0)),  # a photograph: taken as A4
        ((827, 1169), None, (595.7, 842.0)),
    ],
)
def test_the_size_of_a_picture_in_points(
    pixels: tuple[int, int], dpi: int | None, expected: tuple[float, float]
) -> None:
    target = io.BytesIO()
    Image.new("L", pixels, 255).save(target, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    [image] = page_images(target.getvalue(), "图.png")
    assert size_of(image) == pytest.approx(expected, abs=0.2)


def test_a_coarse_mark_on_a_page_drawn_in_lines_makes_it_no_poor_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    grains: list[object] = []

    def recognised_page(picture: Any, number: int, _: object) -> Page:
        grains.append(picture.grain)
        return Page(number)

    monkeypatch.setattr("ingest.readers.ocr.recognised_page", recognised_page)
    for place in ((500, 20, 560, 60), (0, 0, 595, 842)):
        maker = PageMaker()
        maker.photo = (b"\x80" * 40 * 40, 40, 40, place)
        with pypdfium2.PdfDocument(make_pdf(maker)) as pdf:
            pictures.recognised(pdf[0], 1, None)
    drawn, scanned = grains
    assert drawn == (300 / 72, False)
    assert scanned == (pytest.approx((40 * 40 / (595 * 842)) ** 0.5, rel=0.01), False)
