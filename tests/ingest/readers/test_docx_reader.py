"""Word documents, built here part by part: what is shown is read, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.model import BlockKind, Document, Place
from ingest.pipeline import read_document
from ingest.readers.content import Content
from ingest.readers.docx import read_docx
from ingest.readers.errors import UnreadableFile
from ingest.structure.joining import Paragraph
from ingest.tables.grid import Fragment

SHARED = Path(__file__).resolve().parents[4] / "shared"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body: str, *, main: str = "word/document.xml", prolog: str = "", **parts: str) -> bytes:
    """A document with that body; `parts` are styles, numbering, footnotes, endnotes."""
    folder, _, base = main.rpartition("/")
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"officeDocument": main}),
        main: f"{prolog}<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        f"{folder}/_rels/{base}.rels": _relations({kind: f"{kind}.xml" for kind in parts}),
    }
    for kind, xml in parts.items():
        members[f"{folder}/{kind}.xml"] = f"<w:{kind} {_SPACES}>{xml}</w:{kind}>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _relations(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    link = f'<Relationship Id="x" Type="{_OFFICE}/image" Target="http://x/" TargetMode="External"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{links}{link}</Relationships>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    inside = content if content.startswith("<w:") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<w:tc") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str | None) -> str:
    shown = (
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result is not None else ""
    )
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def numbered(level: int, text: str, number: int = 1) -> str:
    inside = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return para(text, f"<w:numPr>{inside}</w:numPr>")


def level(index: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def number(identity: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def read(body: str, **parts: str) -> Content:
    return read_docx(docx(body, **parts), "x.docx")


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.splitlines()


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("支出") + run("12.5万元"), "支出12.5万元"),
        (f"{run('甲')}<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>", "甲乙"),
        (f"<w:moveFrom>{run('丙')}</w:moveFrom><w:moveTo>{run('丁')}</w:moveTo>", "丁"),
        (f"<w:ins><w:del>{run('丙')}</w:del></w:ins>{run('甲')}", "甲"),
        (f"{run('甲')}<w:sdt><w:sdtPr/><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>", "甲乙"),
        (
            f"{run('甲')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt>",
            "甲",
        ),
        (run("甲") + run("乙", "<w:vanish/>") + run("丙", '<w:vanish w:val="0"/>'), "甲丙"),
        (f'<w:hyperlink r:id="x">{run("链接")}</w:hyperlink>', "链接"),
        (f"<w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag>{run('乙')}", "甲乙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>", "甲 乙-丙"),
        ("<w:r><w:t>软回车</w:t><w:br/><w:t>之后</w:t></w:r>", "软回车之后"),
        ("<w:r><w:t>1\u200b2\xad3\ufeff.5</w:t></w:r>", "123.5"),
        ("<w:r><w:t>1\xa0234</w:t></w:r>", "1\xa0234"),
        (
            "<w:ruby><w:rt><w:r><w:t>yù</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>预</w:t></w:r></w:rubyBase></w:ruby>",
            "预",
        ),
        (field("REF _x \\h", run("表1")) + run("所示"), "表1所示"),
        (field("XE x", None) + run("甲"), "甲"),
        (field(f"IF {field('PAGE', run('7'))} = 1", run("甲")), "甲"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("甲"), "甲"),
        (field("eq \\o\\ac(○,3)", None) + run("其他"), "③其他"),
        (field("EQ \\f(实际支出,预算)", None), "实际支出÷预算"),
        (f'<w:fldSimple w:instr="SEQ 表">{run("2")}</w:fldSimple>', "2"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/>'
            '</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText>'
            f'</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>{run("是")}',
            "☑是",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="优"/><w:listEntry w:val="良"/></w:ddList></w:ffData></w:fldChar>'
            '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "良",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "☑是"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>' + run("否"), "□否"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("95%"), "≥95%"),
        (run("\uf0b3", '<w:rFonts w:ascii="Symbol"/>') + run("95%"), "≥95%"),
        (run("R", '<w:rFonts w:ascii="Wingdings 2"/>') + run("是"), "☑是"),
        (run("\uf0b3") + run("甲"), "甲"),
        (run("123.45") + run("1", '<w:vertAlign w:val="superscript"/>') + run("万元"), "123.45¹万元"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(inside: str, text: str) -> None:
    assert lines(para(inside)) == [text]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:f><m:num><m:r><m:t>支出</m:t></m:r></m:num><m:den><m:r><m:t>预算</m:t></m:r></m:den></m:f>"
         "<m:r><m:t>×100%</m:t></m:r>", "支出÷预算×100%"),
        ("<m:f><m:num><m:r><m:t>x-60%</m:t></m:r></m:num><m:den><m:r><m:t>100%-60%</m:t></m:r></m:den>"
         "</m:f>", "(x-60%)÷(100%-60%)"),
        ("<m:d><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:d>", "(a+b)"),
        ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>",
         "10^6"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e><m:r><m:t>得分</m:t></m:r></m:e></m:nary>',
         "∑得分"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:rad>", "√(a+b)"),
    ],
)  # fmt: skip
def test_formulas(formula: str, text: str) -> None:
    assert lines(para(f"{run('公式：')}<m:oMath>{formula}</m:oMath>")) == [f"公式：{text}"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = para(run("上年结余"), "<w:rPr><w:del/></w:rPr>") + para("12.5万元。") + para("乙")
    assert lines(body) == ["上年结余12.5万元。", "乙"]


def test_hidden_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="k"><w:basedOn w:val="h"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = para(run("甲") + run("乙", '<w:rStyle w:val="k"/>')) + para(
        "丙", '<w:pStyle w:val="q"/>'
    )
    assert lines(body, styles=styles) == ["甲"]


LIST = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircleChinese", "%4"),
)


def test_automatic_numbers() -> None:
    body = "".join(
        numbered(at, text)
        for at, text in [
            (0, "概况"), (1, "背景"), (2, "2023年"), (2, "目标"), (3, "其一"), (3, "其二"),
            (1, "资金"), (2, "预算"), (0, "分析"), (1, "决策"),
        ]
    )  # fmt: skip
    assert lines(body, numbering=LIST + number(1, 0)) == [
        "一、概况", "（一）背景", "1. 2023年", "2. 目标", "①其一", "②其二",
        "（二）资金", "1. 预算", "二、分析", "（一）决策",
    ]  # fmt: skip


def test_numbers_count_past_ten_and_go_on_over_plain_text() -> None:
    body = "".join(numbered(0, "项") + para("正文。") for _ in range(21))
    shown = [line for line in lines(body, numbering=LIST + number(1, 0)) if line != "正文。"]
    assert [shown[9], shown[10], shown[19], shown[20]] == [
        "十、项",
        "十一、项",
        "二十、项",
        "二十一、项",
    ]


@pytest.mark.parametrize(
    ("numbering", "body", "shown"),
    [
        # Two lists of one family go on with each other, unless one sets its start.
        (LIST + number(1, 0) + number(2, 0), ((0, 1), (0, 2)), ["一、", "二、"]),
        (
            LIST + number(1, 0)
            + number(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            ((0, 1), (0, 2), (0, 2)),
            ["一、", "一、", "二、"],
        ),
        (abstract(0, level(0, "decimal", "%1.", start=5)) + number(1, 0), ((0, 1), (0, 1)),
         ["5. ", "6. "]),
        (
            abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
            + number(1, 0),
            ((0, 1), (1, 1), (1, 1), (0, 1), (1, 1)),
            ["1 ", "1.1 ", "1.2 ", "2 ", "2.1 "],
        ),
        (
            abstract(0, level(0, "chineseCounting", "第%1章"),
                     level(1, "decimal", "%1.%2", "<w:isLgl/>")) + number(1, 0),
            ((0, 1), (1, 1)),
            ["第一章", "1.1 "],
        ),
        (
            abstract(0, level(0, "decimal", "%1)"), level(1, "decimal", "%2)",
                     '<w:lvlRestart w:val="0"/>')) + number(1, 0),
            ((0, 1), (1, 1), (0, 1), (1, 1)),
            ["1) ", "1) ", "2) ", "2) "],
        ),
        (abstract(0, level(0, "bullet", "\uf0b7")) + number(1, 0), ((0, 1),), [""]),
        (LIST + number(1, 0), ((0, 9), (7, 1)), ["", ""]),
        (LIST, ((0, 1),), [""]),
    ],
)  # fmt: skip
def test_counting(numbering: str, body: tuple[tuple[int, int], ...], shown: list[str]) -> None:
    text = "".join(numbered(at, "甲", of) for at, of in body)
    assert lines(text, numbering=numbering) == [f"{each}甲" for each in shown]


def test_numbers_and_headings_by_style() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    ) + number(1, 0)
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>'
        f'<w:pPr>{in_list}<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>'
        f'<w:pPr>{in_list}<w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="h2"/></w:style>'
    )
    body = "".join(
        para(text, f'<w:pStyle w:val="{style}"/>{more}')
        for text, style, more in [
            ("某局绩效评价报告", "t", ""),
            ("概况", "h1", ""),
            ("背景", "mine", ""),
            ("正文", "h1", '<w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/>'),
            ("用标题样式写的一段很长的正文" * 8, "h2", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ]
    )
    pieces = read(body, styles=styles, numbering=numbering).pieces
    found = [(piece.text[:10], piece.heading) for piece in pieces if isinstance(piece, Paragraph)]
    assert found == [
        ("某局绩效评价报告", 1), ("一、概况", 2), ("（一）背景", 3), ("正文", 0), ("用标题样式写的一段很", 0),
    ]  # fmt: skip


def test_numbering_styles_lead_to_their_list() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
        f"{LIST}{number(1, 0)}{number(2, 1)}"
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    assert lines(numbered(0, "甲", 2), numbering=linked, styles=styles) == ["一、甲"]


def grid(content: Content) -> list[list[str]]:
    (fragment,) = [piece for piece in content.pieces if isinstance(piece, Fragment)]
    return [[each.text for each in line] for line in fragment.rows]


def test_merged_cells() -> None:
    body = table(
        row(cell("项目", '<w:vMerge w:val="restart"/>'), cell("决算数", '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vMerge/>"), "基本支出", "项目支出"),
        row("教育", "1.00", "2.00"),
        row("偏后", "3.00", properties='<w:gridBefore w:val="1"/>'),
        row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "4.00"),
        row("删", "去", "行", properties="<w:del/>"),
    )
    assert grid(read(body)) == [
        ["项目", "决算数", ""],
        ["", "基本支出", "项目支出"],
        ["教育", "1.00", "2.00"],
        ["", "偏后", "3.00"],
        ["甲", "", "4.00"],
    ]


def test_cells_below_a_merged_one_end_with_it() -> None:
    body = table(
        row(cell("一", '<w:vMerge w:val="restart"/>'), "a"),
        row(cell("藏", "<w:vMerge/>"), "b"),
        row("二", "c"),
        row(cell("三", "<w:vMerge/>"), "d"),
    )
    assert grid(read(body)) == [["一", "a"], ["", "b"], ["二", "c"], ["三", "d"]]


def test_spans_that_only_the_widths_tell() -> None:
    def wide(text: str, width: int) -> str:
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    body = table(
        row(wide("项目", 1000), wide("合计", 2000)),
        row(wide("项目", 1000), wide("甲", 1000), wide("乙", 1000)),
        widths=(1000, 1000, 1000),
    )
    assert grid(read(body)) == [["项目", "合计", ""], ["项目", "甲", "乙"]]


def test_cells_hold_paragraphs_numbers_and_small_tables() -> None:
    small = table(row("其中", "1.00"))
    body = table(
        row("序号", "内容", "金额"),
        row(cell(numbered(0, "")), cell(para("第一段") + para("第二段")), "2.00"),
        row(cell(numbered(0, "")), cell(small + para("")), "3.00"),
    )
    numbering = abstract(0, level(0, "decimal", "%1")) + number(1, 0)
    assert grid(read(body, numbering=numbering)) == [
        ["序号", "内容", "金额"],
        ["1", "第一段 第二段", "2.00"],
        ["2", "其中 1.00", "3.00"],
    ]


def test_a_table_inside_a_cell_follows_its_table() -> None:
    inner = table(row("明细", "金额"), row("甲", "1.00"), row("乙", "2.00"))
    body = table(row("项目", "说明"), row("培训", cell(para("见下") + inner)), row("会议", "无"))
    content = read(body)
    tables = [piece for piece in content.pieces if isinstance(piece, Fragment)]
    assert [[each.text for each in line] for line in tables[0].rows][1] == ["培训", "见下"]
    assert tables[1].rows[2][1].text == "2.00"
    place = next(a.place for a in content.anchors if content.text[a.start : a.end] == "2.00")
    assert place == Place(path="t1/r2/c2/t1/r3/c2")


@pytest.mark.parametrize(
    "frame",
    [
        table(row(cell(para("甲。") + para("乙。")))),
        table(row("甲。"), row("乙。")),
        table(row("甲。", ""), row("", "乙。")),
        table(row(cell(table(row(cell(para("甲。") + para("乙。"))))))),
    ],
)
def test_frames_are_text(frame: str) -> None:
    content = read(frame)
    assert content.text.splitlines() == ["甲。", "乙。"]
    assert all(isinstance(piece, Paragraph) for piece in content.pieces)


def test_a_frame_around_a_table_gives_the_table() -> None:
    inner = table(row("项目", "金额"), row("甲", "1.00"))
    content = read(table(row(cell(para("表1 支出表") + inner + para("注：略。")))))
    assert content.text.splitlines() == ["表1 支出表", "项目\t金额", "甲\t1.00", "注：略。"]


def test_captions_set_apart_by_a_table_without_rules() -> None:
    caption = table(row("部门：某局", "金额单位：万元"))
    body = (
        para("收入支出决算总表")
        + caption
        + para("")
        + table(row("项目", "金额"), row("甲", "1.00"))
    )
    document = read_document(docx(body), "x.docx")
    assert document.tables[0].title == "收入支出决算总表"
    assert [f.quantity.unit.symbol for f in document.figures] == ["万元"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("2023年度某局", "绩效评价报告", ["2023年度某局绩效评价报告"]),
        ("完成了任务。", "另有安排。", ["完成了任务。", "另有安排。"]),
        ("一、项目概况", "（一）背景", ["一、项目概况", "（一）背景"]),
        ("附件1", "绩效自评表", ["附件1", "绩效自评表"]),
        ("支出", "12.5万元", ["支出 12.5万元"]),
    ],
)
def test_line_breaks_inside_a_paragraph(before: str, after: str, shown: list[str]) -> None:
    broken = f"<w:r><w:t>{before}</w:t><w:br/><w:t>{after}</w:t></w:r>"
    assert lines(para(broken)) == shown


def test_a_form_whose_rows_have_columns_of_their_own() -> None:
    """The national form of a project's self-evaluation: each of its bands has other columns."""

    def at(text: str, span: int = 1, down: str = "") -> str:
        merge = f'<w:vMerge w:val="{down}"/>' if down else ""
        return cell(text, f'<w:gridSpan w:val="{span}"/>{merge}')

    first, on = "restart", "continue"
    amounts = ("120.00", "130.00", "117.00", "10", "90.00%", "9")
    form = table(
        row(at("项目支出绩效自评表", 12)),
        row(at("项目名称", 3), at("城区路灯维护项目", 9)),
        row(at("主管部门", 3), at("某市住建局", 4), at("实施单位", 2), at("某市路灯所", 3)),
        row(
            at("项目资金（万元）", 3, first), at(""), at("年初预算数", 2), at("全年预算数"),
            at("全年执行数"), at("分值"), at("执行率"), at("得分", 2),
        ),
        row(
            at("", 3, on), at("年度资金总额"),
            *(at(text, span) for text, span in zip(amounts, (2, 1, 1, 1, 1, 2), strict=True)),
        ),
        row(at("年度总体目标", 1, first), at("预期目标", 6), at("实际完成情况", 5)),
        row(at("", 1, on), at("维护路灯12000盏。", 6), at("维护路灯11800盏。", 5)),
        row(
            at("绩效指标", 1, first), at("一级指标"), at("二级指标"), at("三级指标", 2),
            at("年度指标值", 2), at("实际完成值"), at("分值"), at("得分"), at("偏差原因", 2),
        ),
        row(
            at("", 1, on), at("产出指标", 1, first), at("数量指标", 1, first), at("路灯数量", 2),
            at("≥12000盏", 2), at("11800盏"), at("20"), at("19.67"), at("改造", 2),
        ),
        row(
            at("", 1, on), at("", 1, on), at("", 1, on), at("巡查次数", 2), at("≥52次", 2),
            at("53次"), at("10"), at("10"), at("", 2),
        ),
        row(at("总分", 8), at("100"), at("97.67"), at("", 2)),
    )  # fmt: skip
    document = read_document(docx(form), "x.docx")
    found = [
        ("/".join(f.row_path), "/".join(f.column_path), f.quantity.printed)
        for f in document.figures
    ]
    assert found == [
        *(
            ("年度资金总额", name, text.rstrip("%"))
            for name, text in zip(
                ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"), amounts, strict=True
            )
        ),
        ("", "预期目标", "12000"),
        ("", "实际完成情况", "11800"),
        ("产出指标/数量指标/路灯数量", "年度指标值", "12000"),
        ("产出指标/数量指标/路灯数量", "实际完成值", "11800"),
        ("产出指标/数量指标/路灯数量", "分值", "20"),
        ("产出指标/数量指标/路灯数量", "得分", "19.67"),
        ("产出指标/数量指标/巡查次数", "年度指标值", "52"),
        ("产出指标/数量指标/巡查次数", "实际完成值", "53"),
        ("产出指标/数量指标/巡查次数", "分值", "10"),
        ("产出指标/数量指标/巡查次数", "得分", "10"),
        ("总分", "分值", "100"),
        ("总分", "得分", "97.67"),
    ]  # fmt: skip


def tabbed(*texts: str, properties: str = "") -> str:
    return para(
        "<w:r>" + "<w:tab/>".join(f"<w:t>{text}</w:t>" for text in texts) + "</w:r>", properties
    )


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (tabbed("项目", "金额") + tabbed("甲", "", "1.00") + tabbed("乙", "2.00"),
         [["项目", "金额"], ["甲", "1.00"], ["乙", "2.00"]]),
        (tabbed("甲", "1.00") + tabbed("乙", "2.00"), []),
        (tabbed("一、概况", "1") + tabbed("二、分析", "3") + tabbed("三、结论", "9"), []),
        (tabbed("甲", "1.00") + tabbed("乙", "2.00", "3.00") + tabbed("丙", "4.00"), []),
        (tabbed("1.", "完成1") + tabbed("2.", "完成2") + tabbed("3.", "完成3"), []),
    ],
)  # fmt: skip
def test_tables_set_with_tabs(body: str, rows: list[list[str]]) -> None:
    pieces = [piece for piece in read(body).pieces if isinstance(piece, Fragment)]
    assert [[cell.text for cell in line] for piece in pieces for line in piece.rows] == rows


def test_lines_of_contents_without_the_word_are_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style>'
    contents = "".join(
        tabbed(text, page, properties='<w:pStyle w:val="c"/>')
        for text, page in (("一、概况", "1"), ("二、分析", "3"))
    )
    body = para("一、概况") + para("二、分析")
    assert lines(contents + body, styles=styles) == ["一、概况", "二、分析"]
    kept = lines(para("目录") + contents + body, styles=styles)
    assert kept == ["目录", "一、概况 1", "二、分析 3", "一、概况", "二、分析"]


def test_indents_in_cells_tell_parts_of_a_row() -> None:
    def at(text: str, indent: str) -> str:
        return cell(para(text, indent))

    body = para("支出表（单位：万元）") + table(
        row("项目", "决算数"),
        row("教育支出", "3.00"),
        row(at("小学教育", '<w:ind w:firstLineChars="200" w:firstLine="420"/>'), "1.00"),
        row(at("初中教育", '<w:ind w:left="420"/>'), "2.00"),
        row(at("合计", '<w:ind w:left="420"/><w:jc w:val="center"/>'), "3.00"),
    )
    document = read_document(docx(body), "x.docx")
    assert [f.row_path for f in document.figures] == [
        ("教育支出",), ("教育支出", "小学教育"), ("教育支出", "初中教育"), ("合计",),
    ]  # fmt: skip


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{inside}</w:txbxContent>"
    "</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{inside}"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    body = para(run("正文。") + BOX.format(inside=para("框内12万元"))) + para("之后。")
    assert lines(body) == ["正文。", "框内12万元", "之后。"]
    old = para(
        f"<w:r><w:pict><v:textbox><w:txbxContent>{para('旧框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert lines(old) == ["旧框"]


def reference(identity: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def note(identity: int, text: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{identity}">{para(text)}</w:{kind}>'


def test_notes_follow_their_paragraph_or_table() -> None:
    notes = note(0, "分隔线") + note(1, "含税。") + note(2, "未审计。")
    body = (
        para(run("支出12万元") + reference(1) + run("，增长3%。"))
        + para(run("表1 支出表") + reference(2))
        + table(row("项目", "金额"), row("甲", "1.00"))
        + para("全年完成。")
    )
    data = docx(body, footnotes=notes, endnotes=note(1, "不用。", "endnote"))
    document = read_document(data, "x.docx")
    assert document.text.splitlines() == [
        "支出12万元，增长3%。", "注：含税。", "表1 支出表", "项目\t金额", "甲\t1.00", "注：未审计。",
        "全年完成。",
    ]  # fmt: skip
    kinds = [block.kind for block in document.blocks]
    assert kinds.count(BlockKind.NOTE) == 2
    assert kinds[-1] is BlockKind.PARAGRAPH
    assert document.places(document.blocks[1].spans)[0] == Place(path="f1")


RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'
NEW_SECTION = "<w:sectPr/>"


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (para("甲") + para("乙"), [None, None]),
        (para("甲") + para(RENDERED + run("乙")), [1, 2]),
        # Breaks of the author's are followed by those of the layout, and count once.
        (para(run("甲") + BREAK) + para(RENDERED + run("乙")) + para(RENDERED + run("丙")), [1, 2, 3]),
        (para(run("甲") + BREAK) + para("乙"), [1, 2]),
        (para("甲") + para("乙", "<w:pageBreakBefore/>"), [1, 2]),
        (para("甲", NEW_SECTION) + para("乙") + NEW_SECTION, [1, 2]),
        (para("甲", NEW_SECTION) + para("乙") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>',
         [None, None]),
        # Without a layout, a text longer than a page leaves the pages after it unknown.
        (para(run("甲" * 4000) + BREAK) + para("乙"), [None, None]),
    ],
)  # fmt: skip
def test_pages(body: str, pages: list[int | None]) -> None:
    content = read(body)
    assert [a.place.page for a in content.anchors] == pages
    assert content.pages == pages[-1]


def test_a_paragraph_and_a_row_over_two_pages() -> None:
    body = para(run("支出12") + RENDERED + run("万元。")) + table(
        row(cell(para(RENDERED + run("项目"))), "金额"),
        row(
            cell(para(run("甲") + RENDERED + run("一"))),
            cell(para(run("乙") + RENDERED + run("二"))),
        ),
        row("丙", "丁"),
    )
    content = read(body)
    found = {content.text[a.start : a.end]: a.place.page for a in content.anchors}
    assert found == {
        "支出12": 1, "万元。": 2, "项目": 3, "金额": 3, "甲": 3, "一": 4, "乙": 3, "二": 4, "丙": 4, "丁": 4,
    }  # fmt: skip
    assert content.pages == 4


def test_places() -> None:
    content = read(
        para("甲") + para("") + para("乙") + table(row("项目", "金额"), row("丙", "1.00"))
    )
    found = {content.text[a.start : a.end]: a.place.path for a in content.anchors}
    assert found == {
        "甲": "p1", "乙": "p3", "项目": "t1/r1/c1", "金额": "t1/r1/c2", "丙": "t1/r2/c1", "1.00": "t1/r2/c2",
    }  # fmt: skip


def test_controls_and_insertions_around_blocks() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{para('甲')}{table(row('项目', '金额'), row('乙', '1.00'))}"
        f"</w:sdtContent></w:sdt><w:ins>{para('丙')}</w:ins><w:moveFrom>{para('丁')}</w:moveFrom>"
    )
    assert lines(body) == ["甲", "项目\t金额", "乙\t1.00", "丙"]


def test_what_cannot_be_read_is_said() -> None:
    body = para(run("甲") + '<w:r><w:pict><v:imagedata r:id="x"/></w:pict></w:r>') + para(
        run("乙") + '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    )
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    body += para(f'<w:r><w:drawing><c:chart xmlns:c="{chart}"/></w:drawing></w:r>')
    problems = read(body + '<w:altChunk r:id="y"/>').problems
    assert [problem.code for problem in problems] == ["pictures", "objects", "objects"]
    assert "2 张图片或图表" in problems[0].message


def test_strict_documents_and_other_names_of_the_main_part() -> None:
    data = docx(para("甲"), main="word/document2.xml")
    assert read_docx(data, "x.docx").text == "甲\n"
    strict = docx(para("甲"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, text)
    assert read_docx(buffer.getvalue(), "x.docx").text == "甲\n"


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx(para("甲"), prolog=ENTITY), "DTD"),
        (docx(para("<w:r><w:t>&x;</w:t></w:r>"), prolog=ENTITY), "DTD|损坏"),
        (docx(para("<w:r><w:t>&c;</w:t></w:r>"), prolog=LAUGHS), "DTD|损坏"),
        (docx("<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000), "损坏"),
        (docx("<w:p>"), "损坏"),
        (docx(para("甲"))[:-40], "损坏"),
        (
            docx(para("甲"), main="word/other.xml").replace(b"other.xml", b"gone!.xml", 1),
            "损坏|完整",
        ),
    ],
)
def test_hostile_and_damaged_files_are_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_docx(data, "x.docx")
    assert str(caught.value).startswith("x.docx：")
    assert "\n" not in str(caught.value)


def test_absurd_spans_and_levels_are_bounded() -> None:
    body = table(
        row(cell("甲", '<w:gridSpan w:val="999999999"/>'), "乙"),
        row(cell("丙", '<w:gridSpan w:val="-3"/>'), cell("丁", '<w:gridSpan w:val="x"/>')),
    ) + numbered(99, "戊")
    content = read(body, numbering=LIST + number(1, 0))
    (fragment,) = [piece for piece in content.pieces if isinstance(piece, Fragment)]
    assert fragment.width <= 256
    assert "戊" in content.text


def shared(name: str) -> bytes:
    path = SHARED / "parsing" / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    return path.read_bytes()


def test_what_other_readers_lose() -> None:
    text = read_docx(shared("quirks.docx"), "quirks.docx").text
    for kept in (
        "一、评价项目概述Q1\n（一）项目背景Q2\n二、绩效评价概述Q3\n", "内容控件段落QSDT", "行内控件QISDT之后",
        "插入QINS", "软回车上软回车下QBR 制表QTAB", "域结果表1QFLD", "文本框QTXBX", "R0C0\t合并QM\t\n",
        "纵合QV\tR1C1\tR1C2\n\tR2C1\tR2C2 嵌套QN1 嵌套QN2\n\t偏移QGB\t17.89\n", "注：脚注QFN",
        "链接QLINK", "支出QMATH÷预算",
    ):  # fmt: skip
        assert kept in text
    assert all(text.count(word) == 1 for word in ("QTXBX", "QFN"))
    assert not any(word in text for word in ("QDEL", "QHID", "REF", "QHDR", "QFTR"))


def figures(document: Document) -> list[tuple[object, ...]]:
    return sorted(
        (f.quantity.value, f.quantity.unit.symbol, f.metric, f.row_path, f.column_path)
        for f in document.figures
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("prose000.docx", "reports/000_f986d485d2856de8.txt"),
        ("prose001.docx", "reports/001_f24688a38ac36809.txt"),
        ("prose002.docx", "reports/002_1bff09cebdb1024a.txt"),
        ("juesuan003.docx", "parsing/juesuan003.md"),
    ],
)
def test_a_document_gives_the_figures_of_its_text_edition(name: str, text: str) -> None:
    document = read_document(shared(name), name)
    edition = read_document((SHARED / text).read_bytes(), text)
    assert figures(document) == figures(edition)
    assert [t.title for t in document.tables] == [t.title for t in edition.tables]
    assert [s.title for s in document.sections] == [s.title for s in edition.sections]
