"""Pictures of the original page: a figure's box, its twin in another edition, excerpts."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest.model import Box, Document
from ingest.pages import joined, picture
from ingest.pipeline import read_document
from ingest.readers.errors import UnreadableFile
from ingest.twins import twin_of

REPORT = """甲市水务局2023年度部门决算

一、收支情况

全年支出1,234.50万元，比上年<增长>3.2%。

支出决算表

单位：万元

名称\t基本支出\t项目支出
教育支出\t1,000.00\t234.50
农林水支出\t234.50\t12.00
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(REPORT.encode(), "甲.txt")


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([], []),
        ([(10, 10, 20, 20), (21, 10, 30, 21)], [(10, 10, 30, 21)]),
        ([(10, 10, 20, 20), (40, 10, 50, 20)], [(10, 10, 20, 20), (40, 10, 50, 20)]),
        ([(500, 10, 520, 20), (72, 30, 90, 40)], [(500, 10, 520, 20), (72, 30, 90, 40)]),
    ],
)
def test_boxes_of_one_line_are_one(boxes: list[Box], expected: list[Box]) -> None:
    assert joined(boxes) == expected


def _no(document: Document, printed: str, nth: int = 0) -> int:
    return [f.no for f in document.figures if f.quantity.printed == printed][nth]


def test_excerpt_marks_the_cell_in_its_table(document: Document) -> None:
    made = picture(REPORT.encode(), document, None, _no(document, "234.50", 1))
    page = made.data.decode()
    assert made.media_type == "text/html"
    assert "<td>农林水支出</td><td><mark>234.50</mark></td>" in page
    assert "<th>基本支出</th>" in page
    assert page.count("<mark>") == 1


def test_excerpt_marks_the_number_in_its_sentence_and_stays_inert(document: Document) -> None:
    page = picture(REPORT.encode(), document, None, _no(document, "3.2")).data.decode()
    assert "比上年&lt;增长&gt;<mark>3.2%</mark>。" in page


def test_twins_are_told_by_their_words_and_their_order(document: Document) -> None:
    other = read_document(REPORT.replace("一、收支情况", "一、收支总体情况").encode(), "乙.txt")
    for nth in (0, 1):
        figure = document.figures[_no(document, "234.50", nth)]
        assert twin_of(figure, document, other) == other.figures[_no(other, "234.50", nth)]
    changed = read_document(REPORT.replace("234.50", "234.60").encode(), "丙.txt")
    assert twin_of(document.figures[_no(document, "234.50")], document, changed) is None


def test_twins_of_one_name_follow_their_order() -> None:
    twice = read_document(
        "甲市水务局2023年度部门决算\n\n支出5.50万元。\n\n（二）其他\n\n支出5.50万元。\n".encode(),
        "a.txt",
    )
    again = read_document(twice.text.encode(), "b.txt")
    found = [twin_of(figure, twice, again) for figure in twice.figures]
    assert found == list(again.figures)


def test_a_page_is_drawn_with_its_box() -> None:
    pdf = _small_pdf()
    document = read_document(pdf, "a.pdf")
    plain = picture(pdf, document, 1, None)
    assert (plain.media_type, plain.page) == ("image/png", 1)
    boxed = picture(pdf, document, None, 0)
    before, after = (Image.open(io.BytesIO(each.data)) for each in (plain, boxed))
    assert before.size == after.size == (1224, 1584)
    changed = [
        (x, y)
        for x in range(after.width)
        for y in range(100, 260)
        if before.getpixel((x, y)) != after.getpixel((x, y))
    ]
    box = document.places(document.figures[0].locator.spans)[0].box
    assert box is not None
    assert min(x for x, _ in changed) == pytest.approx(2 * (box[0] - 2), abs=3)
    assert min(y for _, y in changed) == pytest.approx(2 * (box[1] - 2), abs=3)
    assert all(after.getpixel(place) == (204, 0, 0) for place in changed)


def _small_pdf() -> bytes:
    """One page with a sentence in Helvetica."""
    lines = ("Report", "1. Share", "The share is 56.40%.", "2. Rest", "Nothing else.")
    stream = b"BT /F1 12 Tf 72 740 Td " + b" 0 -40 Td ".join(
        b"(%s) Tj" % line.encode() for line in lines
    )
    stream += b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        body += b"%d 0 obj%s endobj\n" % (number, content)
    return body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


def test_a_page_of_a_picture_file_is_drawn() -> None:
    target = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(target, "PNG", dpi=(200, 200))
    scan = Document("图.png", "0" * 64, "image/png", "", "", (), (), (), (), pages=1)
    drawn = picture(target.getvalue(), scan, None, None)
    assert (drawn.media_type, drawn.page) == ("image/png", 1)
    with Image.open(io.BytesIO(drawn.data)) as page:
        assert page.size == (1191, 1684)
    with pytest.raises(UnreadableFile, match="没有第 2 页"):
        picture(target.getvalue(), scan, 2, None)
