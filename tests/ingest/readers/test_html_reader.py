"""Web pages and web archives: the report in them, without the site around it."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from ingest.files import read_bytes
from ingest.model import BlockKind, Document
from ingest.readers.errors import UnreadableFile

SHARED = Path(__file__).resolve().parents[4] / "shared" / "parsing"
PROSE = "<p>　　全年支出1,234.56万元，比上年增长3.2%。</p>" * 6


def read(page: str, encoding: str = "utf-8", name: str = "页.html") -> Document:
    return read_bytes(page.encode(encoding), name)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.table is None]


def grids(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in (*table.header, *table.rows)]
        for table in document.tables
    ]


def problems(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


TABLE = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>办公费</td><td>17.89</td></tr></table>"
GRID = [["项目", "金额"], ["办公费", "17.89"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_encodings_without_a_declaration(encoding: str) -> None:
    document = read(f"<html><body>{PROSE}{TABLE}</body></html>", encoding)
    assert texts(document)[0] == "全年支出1,234.56万元，比上年增长3.2%。"
    assert grids(document) == [GRID]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("x-gbk", "gbk"),
        ("big5", "big5"),
        ("utf-8", "gbk"),
        ("gb2312", "utf-8"),
    ],
)
def test_declared_encodings_hold_only_where_they_fit(declared: str, encoding: str) -> None:
    words = (
        "預算總額與決算數的說明"
        if encoding == "big5"
        else "镕基，决算数，羴"[0 if encoding != "gbk" else 3 :]
    )
    filler = "<!-- " + "x" * 3000 + " -->"
    page = (
        f'<html><head>{filler}<meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    )
    assert texts(read(page, encoding)) == [words]


def test_an_xml_declaration_does_no_harm() -> None:
    assert texts(
        read('<?xml version="1.0" encoding="gbk"?><html><body><p>决算</p></body></html>', "gbk")
    ) == ["决算"]


def test_the_site_around_the_report_is_left_out() -> None:
    document = read(
        '<html><head><title>某局2023年部门决算_某市政府网</title></head><body>'
        '<div class="top"><a href="/">首页</a><a href="/a">政务公开</a></div>'
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; 决算</div>'
        '<div class="main"><h1>某局2023年部门决算</h1>'
        '<div class="info">来源：某局 发布时间：2024-08-25 浏览次数：12 字体：【大 中 小】</div>'
        f'<div id="zoom">{PROSE}{TABLE}<p>　　特此公开。</p></div>'
        '<div class="share">分享到：<a>微信</a></div></div>'
        '<div class="side"><ul>' + '<li><a href="/1">关于印发工作方案的通知</a></li>' * 8 + "</ul></div>"
        '<div class="footer"><p>版权所有：某市政府　ICP备05012345号</p></div></body></html>'
    )  # fmt: skip
    found = texts(document)
    assert found[0] == "某局2023年部门决算"
    assert found[-1] == "特此公开。"
    assert len(found) == 8
    assert document.parts[0].year == "2023"
    assert grids(document) == [GRID]


@pytest.mark.parametrize(
    "page",
    [
        '<body><div class="nav"><a>首页</a></div><form id="aspnetForm"><div>{}</div></form></body>',
        '<body><table><tr><td><a>首页</a></td><td>{}</td></tr></table></body>',
        '<body><table><tr><td>导航</td></tr><tr><td><table><tr><td>{}</td></tr></table></td></tr></table></body>',
        '<body><div class="footer-wrap">{}</div></body>',
        '<body><article><header><h1>报告</h1></header>{}</article><aside><a>热点</a></aside></body>',
        "<body><div>" * 3 + "{}" + "</div>" * 3,
        "{}",
    ],
)  # fmt: skip
def test_the_report_is_found_however_it_is_wrapped(page: str) -> None:
    document = read(page.format(PROSE + TABLE))
    assert grids(document) == [GRID]
    assert sum("全年支出" in text for text in texts(document)) == 6


def test_a_table_away_from_the_text_is_never_lost() -> None:
    document = read(f'<body><div id="zoom">{PROSE}</div><div class="side">{TABLE}</div></body>')
    assert grids(document) == [GRID]


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">暗</p>',
        "<p hidden>暗</p>",
        '<p class="a hide">暗</p>',
        '<p id="x">暗</p>',
        '<p class="m">暗</p>',
        '<p style="visibility:hidden">暗</p>',
        '<p style="mso-hide:all">暗</p>',
        '<p style="font-size:0">暗</p>',
        "<script>暗</script>",
        "<noscript>暗</noscript>",
        "<template><p>暗</p></template>",
        "<!-- 暗 -->",
        "<select><option>暗</option></select>",
        '<?xml:namespace prefix="o" ns="暗" />',
        '<table style="display:none"><tr><td>暗</td><td>1</td></tr><tr><td>暗</td><td>2</td></tr></table>',
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    style = (
        "<style>/* p{display:none} */ @import 'a'; .hide, #x {color:red; display:none}"
        "@media print{p{display:none} div{x:y}} @media screen{.m{display:none}} .a .b{display:none}"
        "</style>"
    )
    document = read(
        f"<html><head>{style}</head><body>{PROSE}{hidden}<p class='b'>明</p></body></html>"
    )
    assert "暗" not in document.text
    assert "明" in document.text
    assert ("hidden_table" in problems(document)) == hidden.startswith("<table")


@pytest.mark.parametrize(
    ("table", "grid"),
    [
        (
            "<tr><th colspan=2>收入</th><th rowspan=2>备注</th></tr><tr><td>项目</td><td>金额</td></tr>"
            "<tr><td>一</td><td>1</td><td>x</td></tr>",
            [["收入", "", "备注"], ["项目", "金额", ""], ["一", "1", "x"]],
        ),
        (
            "<tr><td rowspan=0>产出</td><td>数量</td></tr><tr><td>1</td></tr><tr><td>2</td></tr>",
            [["产出", "数量"], ["", "1"], ["", "2"]],
        ),
        (
            "<tr><td colspan=3>项目</td><td>金额</td></tr><tr><td colspan=3>办公费</td><td>1</td></tr>",
            [["项目", "金额"], ["办公费", "1"]],
        ),
        (
            "<tbody><tr><td>乙</td><td>2</td></tr></tbody><tfoot><tr><td>合计</td><td>3</td></tr></tfoot>"
            "<thead><tr><td>项目</td><td>金额</td></tr></thead>",
            [["项目", "金额"], ["乙", "2"], ["合计", "3"]],
        ),
        (
            "<tr><td rowspan='99999999999'>甲</td><td colspan='x'>1</td></tr><tr><td>2</td></tr>",
            [["甲", "1"], ["", "2"]],
        ),
        ("<tr><td>项<br>目<p>一</p></td><td>1<sup>2</sup></td></tr><tr><td>&yen;&nbsp;</td><td>3</td></tr>",
         [["项 目 一", "1²"], ["¥", "3"]]),
        ("<tr><td>公务用车\n   购置费</td><td>7,511.89</td></tr><tr><td>a\nb</td><td>3</td></tr>",
         [["公务用车购置费", "7,511.89"], ["a b", "3"]]),
        ("<tr><td>甲<table><tr><td>内</td></tr></table></td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>",
         [["甲 内", "1"], ["乙", "2"]]),
    ],
)  # fmt: skip
def test_tables(table: str, grid: list[list[str]]) -> None:
    assert grids(read(f"<body><table>{table}</table></body>")) == [grid]


def test_a_table_in_a_cell_of_a_table_is_read_after_it() -> None:
    rows = "".join(f"<tr><td>项目{n}</td><td>{n}.00</td></tr>" for n in range(5))
    document = read(f"<table>{rows}<tr><td>明细{TABLE}</td><td>9.00</td></tr></table>")
    assert [len(grid) for grid in grids(document)] == [6, 2]
    assert grids(document)[0][-1] == ["明细", "9.00"]


def test_indents_of_labels_are_kept() -> None:
    document = read(
        "<table><tr><td>项目</td><td>金额</td></tr><tr><td>工资福利支出</td><td>3.00</td></tr>"
        "<tr><td>&nbsp;&nbsp;&nbsp;&nbsp;基本工资</td><td>1.00</td></tr></table>"
    )
    assert document.tables[0].row_infos[1].path == ("工资福利支出", "基本工资")


def test_headings_lists_and_captions() -> None:
    document = read(
        "<body><h1>某市2023年部门决算</h1><h2>第一部分 概况</h2>" + PROSE
        + "<ol start=3><li>办公室</li><li>审批科</li></ol><ol><li>（一）已编号</li></ol><ul><li>无序</li></ul>"
        "<table><caption>表1 收入</caption><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    )  # fmt: skip
    found = texts(document)
    assert found[0] == "某市2023年部门决算"
    assert [text for text in found if len(text) < 12][1:] == [
        "第一部分 概况", "3. 办公室", "4. 审批科", "（一）已编号", "无序", "表1 收入",
    ]  # fmt: skip
    assert document.tables[0].title == "表1 收入"
    assert document.blocks[1].kind is BlockKind.HEADING


def test_the_title_of_the_head_is_used_where_the_text_has_none() -> None:
    head = '<head><meta name="ArticleTitle" content="某局2023年度部门决算"><title>x</title></head>'
    document = read(f"<html>{head}<body>{PROSE}</body></html>")
    assert texts(document)[0] == "某局2023年度部门决算"
    assert document.places(document.blocks[0].spans)[0].path == "/html/head/meta"
    named = read(f"<html>{head}<body><p>某局2023年度 部门决算</p>{PROSE}</body></html>")
    assert len(texts(named)) == 7


def test_places_are_paths_of_elements() -> None:
    page = f"<html><body><p>决算</p><div>一</div><div><p>二</p>{TABLE}</div></body></html>"
    document = read(page)
    tree = lxml_html.document_fromstring(page).getroottree()
    for before, after in pairwise(document.anchors):
        assert before.end <= after.start
    for anchor in document.anchors:
        found: Any = tree.xpath(anchor.place.path)
        assert len(found) == 1
        assert document.text[anchor.start : anchor.end] in found[0].text_content()
    cell = document.tables[0].rows[0][1]
    assert document.places(cell.spans)[0].path == "/html/body/div[2]/table/tr[2]/td[2]"


def test_a_saved_workbook_is_read_as_sheets_are() -> None:
    rows = [
        "<td colspan=2>表1 收入情况</td>", "<td></td><td>单位：万元</td>", "<td>项目</td><td>金额</td>",
        "<td>甲</td><td>1.00</td>", "<td></td><td></td>", "<td colspan=2>表2 支出情况</td>",
        "<td>项目</td><td>金额</td>", "<td>乙</td><td>2.00</td>", "<td colspan=2>注：含税。</td>",
    ]  # fmt: skip
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta name=ProgId content=Excel.Sheet></head><body><table>'
        + "".join(f"<tr>{row}</tr>" for row in rows) + "</table></body></html>"
    )  # fmt: skip
    document = read(page, "gbk", "表.xls")
    assert [table.title for table in document.tables] == ["表1 收入情况", "表2 支出情况"]
    assert texts(document)[-1] == "注：含税。"


def test_frames_are_named() -> None:
    document = read(f'<body>{PROSE}<iframe src="https://x.invalid/a.html"></iframe></body>')
    assert problems(document) == ["frames"]


def test_a_style_sheet_that_never_ends_costs_nothing() -> None:
    document = read(f"<p>决算</p><style>{'a' * 300_000} /* {'/*' * 100_000}")
    assert texts(document) == ["决算"]


def test_deep_and_broken_pages() -> None:
    document = read("<div>" * 1_500 + "<p>全年支出1.5亿元。" + TABLE)
    assert grids(document) == [GRID]
    assert texts(read("<p>一<p>二</div></td><b>三")) == ["一", "二三"]
    with pytest.raises(UnreadableFile, match="没有"):
        read("<html><body><script>x</script></body></html>")


# Web archives


def archive(*pages: tuple[str, str, str]) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/related"
    for location, charset, text in pages:
        part = EmailMessage()
        part.set_content(
            text.encode(charset), maintype="text", subtype="html", cte="quoted-printable"
        )
        part.replace_header("Content-Type", f'text/html; charset="{charset}"')
        part["Content-Location"] = location
        message.attach(part)
    return message.as_bytes()


def test_web_archives_with_frames() -> None:
    root = '<html><frameset><frame src="book.files/sheet001.htm"><frame src="other.htm"></frameset></html>'
    data = archive(
        ("file:///C:/book.htm", "gb2312", root),
        ("file:///C:/book.files/sheet001.htm", "gb18030", f"<body>{TABLE}</body>"),
        ("cid:unused", "utf-8", "<body><p>不在框架里</p></body>"),
    )
    document = read_bytes(data, "表.mht")
    assert grids(document) == [GRID]
    place = document.places(document.tables[0].rows[0][1].spans)[0]
    assert (place.sheet, place.path) == ("sheet001.htm", "/html/body/table/tr[2]/td[2]")
    assert "不在框架里" not in document.text


def test_a_web_archive_of_one_page() -> None:
    data = archive(("https://example.invalid/a.html", "utf-8", f"<body>{PROSE}</body>"))
    assert len(texts(read_bytes(data, "页.mhtml"))) == 6
    with pytest.raises(UnreadableFile, match="没有网页"):
        read_bytes(archive(), "页.mhtml")


# Comma-separated tables


def test_comma_separated_tables() -> None:
    head = "2023年支出决算表,,\n,,单位：万元\n项目,预算数,决算数\n"
    text = head + '"办公费,印刷费","7,511.89",20.00\n合计,"7,511.89",20.00\n'
    document = read_bytes(text.encode("gbk"), "表.csv")
    assert document.tables[0].title == "2023年支出决算表"
    assert grids(document)[0][1] == ["办公费,印刷费", "7,511.89", "20.00"]
    assert document.places(document.tables[0].rows[0][1].spans)[0].path == "B4"
    assert document.media_type == "text/csv"


# The shared pages


@pytest.mark.parametrize("name", ["gov_gb2312.html", "gov_utf8.html", "bad/html_named.pdf"])
def test_shared_pages(name: str) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    document = read_bytes(path.read_bytes(), path.name)
    assert [len(grid) for grid in grids(document)] == [33, 7, 5]
    assert len(texts(document)) == 53
    for left_out in (
        "无障碍浏览",
        "统计脚本",
        "当前位置",
        "分享到",
        "相关文档",
        "版权所有",
        "隐藏文字",
    ):
        assert left_out not in document.text
