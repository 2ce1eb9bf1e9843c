"""Reading text files: encodings, refusals, lines, pages, joined paragraphs, hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.files import read_bytes
from ingest.model import BlockKind, Document
from ingest.readers.encoding import decode
from ingest.readers.errors import UnreadableFile
from ingest.reading.text import compact, fold, tidy

PROSE = "某市民政局2023年度部门决算\n\n一、总体情况\n\n全年支出1,234.50万元，比上年增长3.2%。\n"


def read(text: str) -> Document:
    return read_bytes(text.encode(), "报告.txt")


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    return [b.text for b in document.blocks if kind is None or b.kind is kind]


def check_spans(document: Document) -> None:
    """Every text is the concatenation of its raw slices."""
    for block in document.blocks:
        if block.table is None:
            assert "".join(document.text[a:b] for a, b in block.spans) == block.text
    for table in document.tables:
        for row in (*table.header, *table.rows):
            for cell in row:
                assert "".join(document.text[a:b] for a, b in cell.spans) == cell.text


@pytest.mark.parametrize(
    ("encoding", "name", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", "utf-16-le", b"\xff\xfe"),
        ("utf-16-be", "utf-16-be", b"\xfe\xff"),
        ("utf-16-le", "utf-16-le", b""),
        ("utf-16-be", "utf-16-be", b""),
        ("gbk", "gb18030", b""),
        ("gb18030", "gb18030", b""),
    ],
)
def test_encodings(encoding: str, name: str, mark: bytes) -> None:
    data = mark + PROSE.encode(encoding)
    document = read_bytes(data, "报告.txt")
    assert document.encoding == name
    assert document.text == PROSE
    assert decode(data, document.encoding) == document.text


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("三公经费4.03万元", "gbk", "gb18030"),
        ("預算總額與決算數的說明，本年度支出", "big5", "big5"),
        ("預算總額與決算數的說明，本年度支出", "gb18030", "gb18030"),
    ],
)
def test_short_old_encodings(text: str, encoding: str, name: str) -> None:
    document = read_bytes(text.encode(encoding), "短.txt")
    assert (document.encoding, document.text) == (name, text)


def test_declared_encoding_wins_over_a_guess() -> None:
    data = "<!-- charset=gb2312 -->\n全年支出1.5亿元。".encode("gbk")
    assert read_bytes(data, "a.md").encoding == "gb18030"


def test_damaged_bytes_are_reported_not_fatal() -> None:
    data = (PROSE * 40).encode() + b"\xff"
    document = read_bytes(data, "坏.txt")
    assert document.encoding == "utf-8"
    assert [problem.code for problem in document.problems] == ["encoding"]
    assert decode(data, "utf-8") == document.text


def test_decode_refuses_other_encodings() -> None:
    with pytest.raises(ValueError, match="latin-1"):
        decode(b"a", "latin-1")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "空的"),
        (b" \r\n\t\n", "空的"),
        ("\ufeff\n\u3000\n".encode(), "没有文字"),
        (b"PK\x03\x04" + b"\x00" * 30 + b"a.txt", "ZIP 压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "OLE 复合文档"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"\xff\xd8\xff\xe0....", "图片"),
        (bytes(range(256)) * 20, "二进制"),
        (b"abc\x01\x02\x03\x04" * 50, "二进制"),
        (b"a" * 1_000_001, "第 1 行"),
        (b"a\n" + b"b" * 1_000_001, "第 2 行"),
    ],
)
def test_unreadable(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_bytes(data, "某报告.bin")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("某报告.bin：")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_line_breaks_stay_in_the_text(newline: str) -> None:
    document = read(PROSE.replace("\n", newline))
    assert document.text == PROSE.replace("\n", newline)
    assert texts(document) == texts(read(PROSE))
    check_spans(document)


LONG = "项目单位通过公开招标确定了第三方服务机构并签订了合同"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG + "，明确了具", "体工作安排。"),
        (LONG + "，差额为364.43", "万元的部分已收回。"),
        (LONG + "，得分8.4", "8分。"),
        (LONG + "（以下简称《办法》", "）的规定执行。"),
        ("《关于印发管理办法的", "通知》（某财〔2020〕10号）等文件。"),
        ("④《某省财政厅关于推进绩效管理", "的通知》（某财绩〔2020〕2号）；"),
        ("（7）媒体报道次数：计划发布6条，实际发布6", "条；"),
        (LONG + "，总投资约", "1.5 亿元。"),
        (LONG + "，自", "2023 年 10 月起执行。"),
    ],
)
@pytest.mark.parametrize(
    "between", ["\n\n", "\n\n\n", "\r\n\r\n", "\n\n- 3 -\n\n", "\n第3页 共20页\n"]
)
def test_page_cut_is_joined(before: str, after: str, between: str) -> None:
    document = read(f"一、情况\n\n{before}{between}{after}\n\n二、结论\n\n完成。\n")
    assert before + after in texts(document)
    check_spans(document)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LONG + "。", "项目进展顺利。"),
        (LONG + "：", "项目进展顺利。"),
        (LONG, "（二）项目内容"),
        (LONG, "2. 预算编制。坚持预算法定。"),
        (LONG, "表1 项目支出明细表"),
        (LONG, "附件2"),
        (LONG, "2023年12月31日"),
        ("某市某局2023年度部门重点项目绩效评价报告", "根据有关规定，我局开展了评价。"),
        ("（一）项目实施计划、实际进度和完成情况", "根据文件精神，项目已实施。"),
        ("项目名称：某区公园改造项目", "项目主管部门：某区园林局"),
        ("项目用款单位：某市某区城市管理和综合执法局", "项目预算：507.74 万元"),
        ("附件", "正文内容在此。"),
    ],
)
def test_separate_paragraphs_stay_apart(before: str, after: str) -> None:
    document = read(f"一、情况\n\n说明。\n\n{before}\n\n{after}\n\n完。")
    assert before in texts(document)
    assert after in texts(document)


def test_hard_wrapped_lines_without_blank_lines() -> None:
    width = 36
    sentence = (
        "该项目按照年度计划组织实施，资金使用符合财务制度，各项指标均已完成，" * 3 + "效果良好。"
    )
    wrapped = "\n".join(("　　" + sentence)[i : i + width] for i in range(0, 110, width))
    document = read(f"一、情况\n{wrapped}\n{wrapped}\n（一）分项情况\n{wrapped}\n{wrapped}\n")
    assert texts(document, BlockKind.PARAGRAPH) == [sentence] * 4
    check_spans(document)


def test_latin_words_keep_their_space_over_a_line_end() -> None:
    document = read("一、系统\n\n平台采用 Spring\nCloud 微服务架构，运行稳定。")
    assert compact(texts(document)[1]).startswith("平台采用SpringCloud")
    assert "Spring\nCloud" in texts(document)[1]


def test_form_feeds_count_pages_and_running_headers_go() -> None:
    pages = [f"某市某局决算公开\n第{n}段内容到此结束。\n\n- {n} -\n" for n in range(1, 5)]
    document = read("\f".join(pages))
    assert document.pages == 4
    assert [b.page for b in document.blocks if b.text.startswith("第")] == [1, 2, 3, 4]
    assert not any("- " in b.text for b in document.blocks)


def test_page_numbers_give_pages_without_form_feeds() -> None:
    document = read("\n\n".join(f"第{n}段内容到此结束。\n\n— {n} —" for n in range(1, 4)))
    assert [b.page for b in document.blocks] == [1, 2, 3]


def test_running_page_numbers_without_dashes() -> None:
    document = read("\n\n".join(f"这一段内容到此结束。\n\n{n}" for n in range(1, 6)))
    assert {b.text for b in document.blocks} == {"这一段内容到此结束。"}


def test_markdown_marks_are_left_out() -> None:
    document = read(
        "# 某局绩效自评报告\n\n## 一、情况\n\n- 1. 预算**编制**。合理。\n\n> 说明文字。\n"
    )
    assert texts(document) == ["某局绩效自评报告", "一、情况", "1. 预算编制。合理。", "说明文字。"]
    assert document.media_type == "text/markdown"
    check_spans(document)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２．５％（万元）：", "12.5%(万元):"),
        ("−１　２", "-1 2"),
        ("①℃㎡…“”。", "①℃㎡…“”。"),
        ("plain", "plain"),
    ],
)
def test_fold_keeps_length(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


@given(st.text())
def test_fold_never_moves_a_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("公务用车购 置费", "公务用车购置费"),
        ("2023 年度 某局", "2023年度某局"),
        ("Web  Service 接口", "Web Service接口"),
        (" 因公出国 (境)费", "因公出国(境)费"),
    ],
)
def test_tidy(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


PIECES = st.sampled_from(
    ["一、", "（一）", "1. ", "①", "第一部分", "表1 ", "注：", "附件\n", "目录\n", "\t", "|", "\n",
     "\n\n", "\f", "。", "，", "：", "1,234.50", "万元", "%", "某局", "项目", "合计", "《", "”", " ",
     "　　", "|---|---|\n", "单位：万元\n", "其中：", "**", "<p>", "# ", "- ", "2023年", "3\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=80))
def test_any_text_is_read_and_traced_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        document = read(text)
    except UnreadableFile:
        return
    check_spans(document)
    assert [b.no for b in document.blocks] == list(range(len(document.blocks)))
    for block in document.blocks:
        assert 0 <= block.section < len(document.sections)
        if document.parts:
            assert document.part_of(block.no).first_block <= block.no
    for table in document.tables:
        assert document.blocks[table.block].table == table.no
        assert len(table.rows) == len(table.row_infos)
        assert all(len(row) == len(table.columns) for row in table.rows)
        for r in range(len(table.rows)):
            for c in range(len(table.columns)):
                table.row_at(r, c)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read_bytes(data, "x")
    except UnreadableFile:
        return
    assert decode(data, document.encoding) == document.text
    check_spans(document)


@pytest.mark.parametrize(
    "text",
    [
        "\t" * 60_000 + "a",
        "|" * 60_000,
        ("a\t" * 300 + "\n") * 20,
        "（" * 100_000,
        "《\n" * 5_000,
        "\n".join(["一、甲", "（一）乙", "1. 丙", "（1）丁", "① 戊"] * 600),
        "目录\n" + "\n".join(f"一、章{i}....{i}" for i in range(2_000)),
        "#" * 50_000 + " a",
        "\n\n".join(["没有标点的很长的一行文字没有标点的很长的一行文字"] * 1_000),
        "甲  乙  1\n" * 2_000,
        "甲\t乙\t" + "<p " * 30_000,
        "项目\t金额\n甲\t1\n\n" * 500,
        "附件\n甲项目绩效评价报告\n正文。\n\n" * 300,
        "一、" + "九" * 100_000,
    ],
    ids=range(14),
)
def test_hostile_text_is_read(text: str) -> None:
    check_spans(read(text))
