"""What readers write out: one text, pieces made of its slices, anchors into the original."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ingest.equations.families import find_equations
from ingest.figures.finding import find_figures
from ingest.identity.reports import find_parts
from ingest.model import Anchor, Document, Place
from ingest.readers.content import Content, ContentBuilder, Snippet
from ingest.structure.blocks import build_structure
from ingest.structure.joining import Paragraph
from ingest.tables.grid import Fragment


def _content() -> Content:
    builder = ContentBuilder()
    builder.paragraph([Snippet("某市水务局2023年度部门决算", Place(1, (90, 70, 420, 90)))], page=1)
    builder.paragraph([Snippet(" \n ", Place(1))], page=1)
    builder.paragraph(
        [
            Snippet("　　全年支出1,234.5", Place(1, (90, 100, 500, 112))),
            Snippet("6万元，比上年增长3.2%。", Place(2, (90, 70, 300, 82))),
        ],
        page=1,
    )
    builder.table(
        [
            [
                [Snippet("项目", Place(2, (90, 100, 140, 112)))],
                [Snippet("决算数\n（万元）", Place(2))],
            ],
            [[], []],
            [[Snippet("基本支出", Place(2))], [Snippet("1,000.00", Place(3, (200, 70, 250, 80)))]],
        ],
        page=2,
    )
    builder.problem("ocr", "第 3 页为扫描件")
    return builder.finish("application/pdf", pages=3)


def _document(content: Content) -> Document:
    structure = build_structure(content.pieces)
    document = Document(
        name="a.pdf",
        sha256="0",
        media_type=content.media_type,
        encoding="",
        text=content.text,
        blocks=structure.blocks,
        sections=structure.sections,
        tables=structure.tables,
        parts=find_parts(structure.blocks, structure.tables, structure.sections),
        anchors=content.anchors,
    )
    document = replace(document, figures=find_figures(document))
    return replace(document, equations=find_equations(document))


def test_text_is_one_line_a_paragraph_or_row() -> None:
    content = _content()
    assert content.text == (
        "某市水务局2023年度部门决算\n   \n　　全年支出1,234.56万元，比上年增长3.2%。\n"
        "项目\t决算数 （万元）\n\t\n基本支出\t1,000.00\n"
    )
    assert [type(piece) for piece in content.pieces] == [Paragraph, Paragraph, Fragment]
    assert content.pages == 3
    assert [problem.code for problem in content.problems] == ["ocr"]


def test_pieces_are_slices_of_the_text() -> None:
    content = _content()
    for piece in content.pieces:
        if isinstance(piece, Paragraph):
            assert "".join(content.text[a:b] for a, b in piece.spans) == piece.text
        elif isinstance(piece, Fragment):
            assert len(piece.rows) == 2
            for cell in (cell for row in piece.rows for cell in row):
                assert "".join(content.text[a:b] for a, b in cell.spans) == cell.text


def test_anchors_follow_each_other() -> None:
    anchors = _content().anchors
    assert all(a.end <= b.start for a, b in pairwise(anchors))
    assert Anchor(0, 15, Place(1, (90, 70, 420, 90))) == anchors[0]


def test_a_figure_knows_its_page_and_boxes() -> None:
    document = _document(_content())
    spent = next(f for f in document.figures if f.quantity.printed == "1,234.56")
    assert spent.locator.page == 1
    assert [place.page for place in document.places(spent.locator.spans)] == [1, 2]
    basic = next(f for f in document.figures if f.quantity.printed == "1,000.00")
    assert basic.locator.page == 3
    assert document.places(basic.locator.spans) == (Place(3, (200, 70, 250, 80)),)
    assert basic.row_path == ("基本支出",)
    assert basic.quantity.unit.symbol == "万元"


def test_places_of_plain_text_are_none() -> None:
    document = replace(_document(_content()), anchors=())
    assert document.places(((0, 5),)) == ()
    assert document.page_at(((0, 5),), 7) == 7


def test_cells_of_sheets_have_names() -> None:
    assert Place(sheet="公开01表", path="B7").cell == "公开01表!B7"
    assert Place(path="AB12").cell == "AB12"
    for path in ("p12", "t3/r4/c2", "/html/body/table/tr[2]/td", "", "B0", "B7:C9"):
        assert Place(sheet="x", path=path).cell == ""
