"""Blocks and the section tree: headings, titles, contents, captions, notes, annexes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.files import read_bytes
from ingest.model import BlockKind, Document
from ingest.reading.text import compact
from ingest.structure.markers import cjk_number, read_marker
from ingest.structure.sections import heading_title

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "reports"


def read(text: str) -> Document:
    return read_bytes(text.encode(), "报告.txt")


def tree(document: Document) -> list[tuple[int, str]]:
    return [(s.level, s.title) for s in document.sections if s.title]


def kind_of(document: Document, start: str) -> BlockKind:
    return next(b.kind for b in document.blocks if b.text.startswith(start))


@pytest.mark.parametrize(
    ("text", "style", "ordinal", "rest"),
    [
        ("一、总体情况", "cjk", 1, "总体情况"),
        ("十二、附件", "cjk", 12, "附件"),
        ("二十三 、其他", "cjk", 23, "其他"),
        ("（一）项目背景", "(cjk)", 1, "项目背景"),
        ("(二) 项目目标", "(cjk)", 2, "项目目标"),
        ("1. 资金情况", "1.", 1, "资金情况"),
        ("2、效益指标", "1.", 2, "效益指标"),
        ("３．产出", "1.", 3, "产出"),
        ("（4）发送数量", "(1)", 4, "发送数量"),
        ("5）其他", "1)", 5, "其他"),
        ("①项目资料", "①", 1, "项目资料"),
        ("⑵ 说明", "⑴", 2, "说明"),
        ("1.2 资金使用", "1.1", 2, "资金使用"),
        ("第三部分：决算说明", "part", 3, "决算说明"),
        ("第 二 部分 附件", "part", 2, "附件"),
        ("第一章 概况", "part", 1, "概况"),
    ],
)
def test_markers(text: str, style: str, ordinal: int, rest: str) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert (marker.style, marker.ordinal, text[marker.length :]) == (style, ordinal, rest)


@pytest.mark.parametrize(
    "text",
    ["1.5 亿元。", "3.14%", "2023 年预算", "一是加强管理", "（2021-2023 年）》", "十四五规划", "7,511.89万元",
     "1.2 万元", "第三方机构", "一般公共预算", ""],
)  # fmt: skip
def test_no_markers(text: str) -> None:
    assert read_marker(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("一百零三", 103)]
)
def test_cjk_number(text: str, value: int) -> None:
    assert cjk_number(text) == value


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("一、 项目 概况", "一、项目概况"),
        ("1. 科学设置绩效指标。", "1.科学设置绩效指标"),
        ("（7）报道次数：计划发布 6 条，实际 6 条；", "（7）报道次数"),
        ("2. 预算执行。落实过紧日子要求。", "2.预算执行"),
        ("二、创新机制加快落地。全量录入政策 135 项。", "二、创新机制加快落地"),
        ("3. 事业收入0万元，与上年决算数持平。", ""),
        ("1. 一般公共预算财政拨款收入7,511.89万元，比上年增加。", ""),
        ("项目名称：甲", ""),
        ("一、" + "很长的一段没有标点的文字" * 6, ""),
    ],
)
def test_heading_title(text: str, title: str) -> None:
    assert heading_title(text) == title


def test_levels_follow_first_use() -> None:
    document = read(
        "一、甲\n\n（一）乙\n\n1. 丙\n\n（1）丁\n\n①戊\n\n②己\n\n2. 庚\n\n（二）辛\n\n1. 壬\n\n二、癸\n"
    )
    assert tree(document) == [
        (1, "一、甲"), (2, "（一）乙"), (3, "1.丙"), (4, "（1）丁"), (5, "①戊"), (5, "②己"),
        (3, "2.庚"), (2, "（二）辛"), (3, "1.壬"), (1, "二、癸"),
    ]  # fmt: skip


def test_styles_may_skip_or_change_brackets() -> None:
    document = read("一、甲\n\n1、乙\n\n(1) 丙\n\n（2）丁\n\n2．戊\n\n二、己\n")
    assert tree(document) == [
        (1, "一、甲"), (2, "1、乙"), (3, "(1)丙"), (3, "（2）丁"), (2, "2．戊"), (1, "二、己"),
    ]  # fmt: skip


def test_a_list_restarted_below_another_nests() -> None:
    document = read(
        "一、自评情况\n\n（一）目标\n\n（二）效能分析\n\n一、政务提升。甲。\n\n二、数据赋能。乙。\n\n"
        "（三）管理分析\n\n二、存在问题\n"
    )
    assert tree(document) == [
        (1, "一、自评情况"), (2, "（一）目标"), (2, "（二）效能分析"), (3, "一、政务提升"),
        (3, "二、数据赋能"), (2, "（三）管理分析"), (1, "二、存在问题"),
    ]  # fmt: skip


def test_numbered_figures_open_no_section() -> None:
    document = read("（一）收入情况\n\n1. 拨款收入100万元，持平。\n\n2. 其他收入2万元，持平。\n")
    assert tree(document) == [(1, "（一）收入情况")]
    assert {b.section for b in document.blocks} == {1}


def test_parts_reset_the_tree() -> None:
    document = read("第一部分 概况\n\n一、职能\n\n（一）甲\n\n第二部分 情况说明\n\n一、收支\n")
    assert tree(document) == [
        (1, "第一部分概况"), (2, "一、职能"), (3, "（一）甲"), (1, "第二部分情况说明"), (2, "一、收支"),
    ]  # fmt: skip


def test_markdown_levels() -> None:
    document = read(
        "# 某局绩效评价报告\n\n## 概述\n\n文字。\n\n### 背景\n\n文字。\n\n## 结论\n\n文字。\n"
    )
    assert tree(document) == [(1, "概述"), (2, "背景"), (1, "结论")]
    assert document.blocks[0].kind is BlockKind.TITLE


CONTENTS = "第一部分 概况{0}\n\n一、职能{0}\n\n第二部分 说明{0}\n\n"


@pytest.mark.parametrize("dots", ["", "......3", "　12", " …… 4"])
@pytest.mark.parametrize("word", ["目录", "目 录", "目　　录"])
def test_contents_open_no_sections(word: str, dots: str) -> None:
    body = CONTENTS.format("").replace("概况\n\n", "概况\n\n概况文字。\n\n")
    document = read(f"某局2023年度部门决算\n\n{word}\n\n" + CONTENTS.format(dots) + body)
    assert [t for _, t in tree(document)] == ["第一部分概况", "一、职能", "第二部分说明"]
    assert sum(b.kind is BlockKind.CONTENTS for b in document.blocks) == 4


@pytest.mark.parametrize("gap", ["\t", "      ", "　　　"])
@pytest.mark.parametrize("names", [("一、职能", "二、收支", "三、说明"), ("职能", "收支", "说明")])
def test_contents_with_page_numbers_are_no_table(gap: str, names: tuple[str, ...]) -> None:
    lines = "\n".join(f"{name}{gap}{page}" for page, name in enumerate(names, start=3))
    document = read(f"某局2023年度部门决算\n\n目录\n{lines}\n\n一、职能\n\n文字。\n")
    assert document.tables == ()
    assert [t for _, t in tree(document)] == ["一、职能"]


def test_title_over_lines_and_cover() -> None:
    document = read(
        "附件 4\n\n2022年度某市水务局\n河道整治专项资金\n绩效评价报告\n\n委托单位：某市财政局\n\n一、概况\n"
    )
    assert [b.text for b in document.blocks if b.kind is BlockKind.TITLE] == [
        "附件 4",
        "2022年度某市水务局河道整治专项资金绩效评价报告",
    ]


TABLE = "项目\t金额\n甲\t1.00\n乙\t2.00\n"


def test_captions_and_notes() -> None:
    document = read(
        "一、情况\n\n资金使用情况如下。\n\n收入情况表\n\n部门：某局\n\n单位：万元\n\n"
        + TABLE
        + "\n"
        "注：1. 本表为决算数。\n\n2. 可能存在尾差。\n\n（一）分析\n\n说明。\n"
    )
    assert [b.kind.value for b in document.blocks] == [
        "heading", "paragraph", "caption", "caption", "caption", "table", "note", "note",
        "heading", "paragraph",
    ]  # fmt: skip
    assert document.tables[0].title == "收入情况表"


def test_a_list_after_a_note_is_no_note() -> None:
    document = read("一、情况\n\n" + TABLE + "\n注：本表为决算数。\n\n2. 支出情况\n\n说明。\n")
    assert kind_of(document, "2. 支出情况") is BlockKind.HEADING


def test_annexed_report_starts_a_tree_of_its_own() -> None:
    document = read(
        "某局2023年度部门决算\n\n第一部分 说明\n\n一、收支\n\n文字。\n\n第二部分 附件\n\n附件1\n\n"
        "某局公园改造项目绩效评价报告\n\n一、概况\n\n文字。\n\n附件2\n\n评分表\n\n" + TABLE
    )
    assert tree(document) == [
        (1, "第一部分说明"), (2, "一、收支"), (1, "第二部分附件"),
        (1, "某局公园改造项目绩效评价报告"), (2, "一、概况"), (1, "评分表"),
    ]  # fmt: skip
    assert document.section_path(document.blocks[-1].section) == ("评分表",)


@pytest.fixture(scope="module")
def reports() -> dict[str, Document]:
    if not REPORTS.is_dir():
        pytest.skip("shared/reports 不在，跳过对真实报告的检查")
    return {p.name[:3]: read_bytes(p.read_bytes(), p.name) for p in REPORTS.glob("*.txt")}


def test_headings_below_numbered_ones() -> None:
    document = read(
        "# 某局自评情况\n\n## 二、自评表\n\n### 自评表（1）\n\n文字。\n\n### 自评表（2）\n\n文字。\n\n"
        "## 三、分析\n\n### （一）执行\n\n文字。\n"
    )
    assert [(s.level, s.title) for s in document.sections[1:]] == [
        (1, "二、自评表"), (2, "自评表（1）"), (2, "自评表（2）"), (1, "三、分析"), (2, "（一）执行"),
    ]  # fmt: skip


def test_long_names_of_subjects_open_sections() -> None:
    name = (
        "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）"
    )
    document = read(f"某局2023年度决算\n\n一、支出\n\n1.{name}。年初预算为10.00万元。\n\n文字。\n")
    assert document.sections[-1].title == f"1.{name}"


def test_wrapped_lines_among_many_short_ones() -> None:
    wrapped = (
        "（一）评价采用抽样核查与数据复核相结合的方法，抽查3个区县、6家乡镇卫生院\n"
        "（社区卫生服务中心），发放居民问卷600份。\n\n"
    )
    filler = (
        "一、情况\n\n全市各区县均按要求开展了工作，项目资金由市级财政统筹安排并按时拨付到位，实\n"
        "施情况良好。\n\n短句到此。\n\n"
    )
    document = read("2024年度某项目绩效评价报告\n\n" + filler * 6 + wrapped)
    assert compact(wrapped) in [compact(b.text) for b in document.blocks]


@pytest.mark.parametrize(
    ("report", "blocks", "sections", "tables"),
    [
        ("000", 49, 25, 0),
        ("001", 49, 31, 0),
        ("002", 69, 54, 0),
        ("003", 382, 129, 15),
        ("004", 30, 21, 0),
    ],
)
def test_real_reports(
    reports: dict[str, Document], report: str, blocks: int, sections: int, tables: int
) -> None:
    document = reports[report]
    assert len(document.blocks) == blocks
    assert len(tree(document)) == sections
    assert len(document.tables) == tables


def test_real_page_cuts(reports: dict[str, Document]) -> None:
    texts = [b.text for d in reports.values() for b in d.blocks]
    for joined in (
        "差异，且与项目实际",
        "364.43万元",
        "总投资约1.5 亿元",
        "实际发布 6条；",
        "评价得分为9分",
    ):
        assert any(joined in text for text in texts), joined


def test_real_sections(reports: dict[str, Document]) -> None:
    document = reports["003"]
    block = next(b for b in document.blocks if "评价得分 4.88 分" in b.text)
    assert document.section_path(block.section)[1:] == (
        "四、绩效指标分析情况", "（二）项目管理指标分析", "1.财务管理", "（2）支出完成率",
    )  # fmt: skip


def _in_pages(text: str) -> str:
    lines = text.split("\n")
    pages = ["\n".join(lines[i : i + 30]) for i in range(0, len(lines), 30)]
    return "\f".join(f"{page}\n\n- {no} -" for no, page in enumerate(pages, start=1))


LAYOUTS: dict[str, Callable[[str], str]] = {
    "one paragraph a line": lambda t: "\n".join(line for line in t.split("\n") if line.strip()),
    "crlf": lambda t: t.replace("\n", "\r\n"),
    "full width": lambda t: t.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,%()"}),
    "pages": _in_pages,
}


@pytest.mark.parametrize("layout", list(LAYOUTS))
@pytest.mark.parametrize("report", ["000", "001", "002", "004"])
def test_layouts_read_alike(reports: dict[str, Document], report: str, layout: str) -> None:
    document = reports[report]
    again = read(LAYOUTS[layout](document.text))
    assert [compact(b.text) for b in again.blocks] == [compact(b.text) for b in document.blocks]
    assert [s.level for s in again.sections] == [s.level for s in document.sections]
