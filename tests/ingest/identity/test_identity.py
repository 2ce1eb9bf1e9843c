"""Whose report it is: unit, project, year, kind, and reports inside reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.files import read_bytes
from ingest.identity.names import (
    full_unit,
    is_short_for,
    place_in_text,
    plain_unit,
    project_in_text,
    project_in_title,
    short_unit_in_text,
    unit_in_title,
    without_aside,
)
from ingest.identity.owners import owner_in_text
from ingest.model import Document, Fact, ReportKind

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "reports"


def read(text: str) -> Document:
    return read_bytes(text.encode(), "报告.txt")


def quoted(document: Document, fact: Fact) -> str:
    assert fact.locator is not None
    return "".join(document.text[a:b] for a, b in fact.locator.spans)


@pytest.mark.parametrize(
    ("title", "unit", "project"),
    [
        ("2023年度甲市乙区民政局部门整体支出绩效自评报告", "甲市乙区民政局", ""),
        ("丙县人民医院2022年单位决算", "丙县人民医院", ""),
        ("关于丁市水务局2023年度河道整治项目的绩效评价报告", "丁市水务局", "河道整治项目"),
        ("丁市财政局2023年“校园食品安全”专项资金绩效评价报告", "丁市财政局", "“校园食品安全”专项资金"),
        ("2021年度丙县农村公路养护工程项目绩效评价报告", "", "丙县农村公路养护工程项目"),
        ("2022 年度甲市城市管理局 环卫保洁项目绩效评价报告", "甲市城市管理局", "环卫保洁项目"),
        ("2022年度中共乙区委员会 政法委员会部门重点项目绩效评价报告", "中共乙区委员会政法委员会", ""),
        ("乙区卫生健康局（本级）2022年部门决算", "乙区卫生健康局", ""),
        ("甲市公安局交警支队2022年度电子警察运维项目支出绩效自评报告", "甲市公安局交警支队", "电子警察运维项目"),
        ("2020-2022年度甲市科学技术局科技创新券项目绩效评价报告", "甲市科学技术局", "科技创新券项目"),
        ("丁市2023年度社区食堂运营补助项目财政支出绩效评价报告", "", "社区食堂运营补助项目"),
        ("丁市少年宫2023年度单位决算公开", "丁市少年宫", ""),
        ("丁市2023年度项目支出绩效自评情况汇总（部分项目）", "", ""),
        ("丙县项目支出绩效自评表（2024年度）", "", ""),
        ("部门整体支出绩效自评表说明", "", ""),
        ("2023年市级部门预算", "", ""),
    ],
)  # fmt: skip
def test_titles(title: str, unit: str, project: str) -> None:
    found = unit_in_title(title)
    assert found == unit
    assert project_in_title(title, found) == project


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某局2023年度部门决算", ReportKind.FINAL_ACCOUNTS),
        ("某局2024年部门预算公开", ReportKind.BUDGET),
        ("某局2023年度甲项目绩效评价报告", ReportKind.PROJECT_EVALUATION),
        ("某局2023年度部门项目评价结果报告", ReportKind.PROJECT_EVALUATION),
        ("某局2023年度甲项目支出绩效自评报告", ReportKind.PROJECT_SELF_EVALUATION),
        ("某局2023年度部门整体支出绩效自评报告", ReportKind.UNIT_SELF_EVALUATION),
        ("工作简报", ReportKind.OTHER),
    ],
)
def test_kinds(title: str, kind: ReportKind) -> None:
    assert read(f"{title}\n\n一、情况\n\n文字到此为止。\n").parts[0].kind is kind


def test_title_over_lines_with_spaces() -> None:
    document = read(
        "2022 年度某市某区 水务局\n河道整治专项资金\n绩效评价报告\n\n一、概况\n\n文字。\n"
    )
    part = document.parts[0]
    assert part.title.value == "2022年度某市某区水务局河道整治专项资金绩效评价报告"
    assert (part.entity.value, part.project.value, part.year) == (
        "某市某区水务局", "河道整治专项资金", "2022",
    )  # fmt: skip
    assert quoted(document, part.entity) == "某市某区 水务局"
    assert quoted(document, part.years[0]) == "2022"


def test_labelled_lines_and_cells_name_unit_and_project() -> None:
    lines = read(
        "项目支出绩效自评报告\n\n项目名称：城乡道路养护项目\n\n项目单位：某县交通运输局\n\n自评年度：2021年\n\n"
        "一、情况\n\n文字。\n"
    ).parts[0]
    assert (lines.entity.value, lines.project.value, lines.year) == (
        "某县交通运输局", "城乡道路养护项目", "2021",
    )  # fmt: skip
    document = read(
        "项目支出绩效评分表\n\n单位名称\t某县交通运输局\t项目名称\t道路养护\n一级指标\t分值\t得分\t备注\n决策\t10\t9\t\n产出\t90\t80\t\n"
    )
    part = document.parts[0]
    assert (part.entity.value, part.project.value) == ("某县交通运输局", "道路养护")
    assert part.entity.locator is not None
    assert part.entity.locator.table == 0


def test_short_names_are_completed_with_the_place() -> None:
    document = read(
        "部门整体支出绩效自评说明\n\n一、情况\n\n2024年，区园林绿化局坚持以绿为先。印发《甲市乙区绿地管理办法》，"
        "落实甲市乙区养护标准。\n\n2024年，区园林绿化局完成改造12处。\n"
    )
    part = document.parts[0]
    assert part.entity.value == "甲市乙区园林绿化局"
    assert quoted(document, part.entity) == "区园林绿化局"
    assert part.year == "2024"
    assert part.kind is ReportKind.UNIT_SELF_EVALUATION


@pytest.mark.parametrize(
    ("short", "place", "full"),
    [
        ("区民政局", "甲市乙区", "甲市乙区民政局"),
        ("市民政局", "甲市乙区", "甲市民政局"),
        ("县民政局", "甲市乙区", "县民政局"),
        ("区民政局", "", "区民政局"),
    ],
)
def test_full_unit(short: str, place: str, full: str) -> None:
    assert full_unit(short, place) == full


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("甲市民政局绩效评价工作组", "甲市民政局"),
        ("甲市民政局评价小组", "甲市民政局"),
        ("甲市民政局项目组", "甲市民政局"),
        ("甲市民政局绩效自评工作领导小组", "甲市民政局"),
        ("甲市民政局（盖章）", "甲市民政局"),
        ("甲市民政局（以下简称“市局”）", "甲市民政局"),
        ("甲市民政局", "甲市民政局"),
        ("甲市残疾人工作委员会", "甲市残疾人工作委员会"),
    ],
)
def test_units_without_their_working_groups(printed: str, unit: str) -> None:
    assert plain_unit(printed) == unit


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("乙区委政法委", "中共甲市乙区委政法委员会", True),
        ("市民政局", "甲市民政局", True),
        ("甲市编办", "中共甲市委机构编制委员会办公室", True),
        ("甲市教育局", "甲市教育局基建中心", False),
        ("甲市民政局", "甲市水务局", False),
        ("甲市民政局", "甲市民政局", False),
    ],
)
def test_full_names_spell_out_short_ones(short: str, full: str, fits: bool) -> None:
    assert is_short_for(short, full) is fits


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        ("主管部门：中共甲市乙区委政法委员会", "中共甲市乙区委政法委员会"),
        ("评价单位：某市某局绩效评价工作组　　被评价处室：一处", "某市某局"),
        ("委托单位：甲市卫生健康局    评价机构：某会计师事务所有限公司", "甲市卫生健康局"),
        (
            "评价单位：某会计师事务所有限公司\n\n省交通运输厅下达资金，项目主管部门为甲市交通局，实施单位为各县。",
            "甲市交通局",
        ),
        ("省交通运输厅、省财政厅下达我市补助资金。省交通运输厅组织检查。", "甲市"),
        ("甲市财政局下达资金。市财政局组织检查。项目由市林业局实施，市林业局验收。", "甲市林业局"),
        ("主管部门：市农业农村局", "甲市农业农村局"),
    ],
)  # fmt: skip
def test_the_unit_in_charge(lines: str, unit: str) -> None:
    text = f"甲市2022年公路养护补助资金绩效评价报告\n\n{lines}\n\n一、概况\n\n文字。\n"
    part = read(text).parts[0]
    assert part.entity.value == unit
    assert not unit or quoted(read(text), part.entity) in (unit, unit.removeprefix("甲"))


def test_the_stated_unit_spells_out_the_title() -> None:
    part = read(
        "乙区委政法委2023年度重点项目绩效评价报告\n\n## 一、概况\n\n"
        "| 项目名称 | 平安建设项目（2022年名为“综治项目”） |\n|---|---|\n"
        "| 主管部门 | 中共甲市乙区委政法委员会 |\n| 实施单位 | 区综治中心 |\n| 年初预算 | 48.00万元 |\n"
    ).parts[0]
    assert (part.entity.value, part.project.value) == ("中共甲市乙区委政法委员会", "平安建设项目")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("甲项目（2022年名为“乙项目”）", "甲项目"),
        ("甲项目（以下简称“本项目”）", "甲项目"),
        ("甲资金(原名乙资金)", "甲资金"),
        ("专项资金（运维类）", "专项资金（运维类）"),
    ],
)
def test_asides_are_no_part_of_a_project(printed: str, name: str) -> None:
    assert without_aside(printed) == name


@pytest.mark.parametrize(
    "lines",
    [
        "（社区网格化服务项目）\n\n一、概况",
        "一、概况\n\n社区网格化服务项目主要用于运营。",
        "一、概况\n\n项目名称：社区网格化服务项目",
    ],
)  # fmt: skip
def test_titles_that_only_say_key_project(lines: str) -> None:
    part = read(
        f"2023年度甲市民政局部门重点项目绩效评价报告\n{lines}\n\n（一）项目内容。经费用于聘请第三方。\n"
    ).parts[0]
    assert (part.entity.value, part.project.value) == ("甲市民政局", "社区网格化服务项目")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("甲市民政局关于2024年开展的2023年度养老项目绩效评价报告\n\n一、概况\n\n文字。", "2023"),
        ("甲市民政局养老项目绩效自评报告\n\n自评年度：2021\n\n2022年度预算增加。2022年度执行良好。", "2021"),
        ("甲市民政局养老项目绩效评价报告\n\n评价年度：2022年\n\n一、概况\n\n2023年度另行安排。", "2022"),
        ("甲市民政局养老项目绩效评价报告\n（2022年度）\n\n一、概况\n\n2023年度另行安排。", "2022"),
    ],
)  # fmt: skip
def test_reported_years(text: str, year: str) -> None:
    assert read(text + "\n").parts[0].year == year


def test_place_keeps_its_whole_name() -> None:
    assert (
        place_in_text("石家庄市长安区财政。在石家庄市长安区实施。石家庄市长安区")
        == "石家庄市长安区"
    )
    assert place_in_text("全区各市区均已完成，我区推进示范区建设。") == ""


def test_a_museum_of_a_city_is_no_place() -> None:
    assert place_in_text("岚川市博物馆为市文旅局所属单位。" * 3, "市") == "岚川市"


@pytest.mark.parametrize("inside", ["博物馆业务部", "博物馆财务室", "信息资源科"])
def test_a_department_inside_a_body_owns_no_project(inside: str) -> None:
    assert owner_in_text(f"项目由{inside}牵头，其他部门配合。") is None


def test_money_in_three_parts_is_no_body() -> None:
    text = "资金由省级补助资金和市级财政资金三部分组成。"
    assert short_unit_in_text(text) is None


def test_project_named_in_quotation_marks() -> None:
    part = read(
        "2023年度某市某局部门重点项目绩效评价报告\n\n一、概况\n\n“社区网格化管理项目”主要用于运营。"
        "“社区网格化管理项目”完成良好，“数字政府”建设提速。\n"
    ).parts[0]
    assert part.project.value == "社区网格化管理项目"


def test_annexed_reports_are_parts() -> None:
    body = "一、概况\n\n文字到此为止。\n\n二、结论\n\n评价得分为80分。\n\n"
    document = read(
        "某市某局2023年度部门决算\n\n第一部分 说明\n\n一、收支\n\n全年支出100万元。\n\n第二部分 附件\n\n附件1\n\n"
        f"某市2022年“绿色校园”项目绩效评价报告\n\n项目主管部门：某市教育局\n\n{body}附件2\n\n"
        f"某市某局2023年度桥梁维护项目绩效评价报告\n\n{body}"
    )
    assert [p.kind for p in document.parts] == [
        ReportKind.FINAL_ACCOUNTS,
        ReportKind.PROJECT_EVALUATION,
        ReportKind.PROJECT_EVALUATION,
    ]
    assert [(p.entity.value, p.project.value, p.year) for p in document.parts] == [
        ("某市某局", "", "2023"),
        ("某市教育局", "“绿色校园”项目", "2022"),
        ("某市某局", "桥梁维护项目", "2023"),
    ]
    first, second = document.parts[1:]
    assert document.blocks[first.first_block].text == "附件1"
    assert (first.last_block, second.last_block) == (second.first_block, len(document.blocks))
    assert document.part_of(0).no == 0
    assert document.part_of(first.first_block + 2) is first


@pytest.mark.parametrize("lead", ["", "附件1：", "附件 2 "])
def test_reports_one_after_another(lead: str) -> None:
    body = "一、概况\n\n文字到此为止。\n\n二、结论\n\n评价得分为80分。\n\n"
    document = read(
        f"甲市水务局2023年度河道整治项目绩效评价报告\n\n{body}"
        f"{lead}甲市水务局2022年度泵站维护项目绩效评价报告\n\n{body}"
    )
    assert [(p.project.value, p.year) for p in document.parts] == [
        ("河道整治项目", "2023"),
        ("泵站维护项目", "2022"),
    ]
    assert [s.level for s in document.sections] == [0, 1, 1, 1, 2, 2]


_TITLE = "某市2022年桥梁维护项目绩效评价报告"


@pytest.mark.parametrize("hashes", [True, False])
@pytest.mark.parametrize(
    "lead",
    [
        f"## 附件\n\n{_TITLE}",
        f"## 附件\n\n# {_TITLE}",
        "## 附件\n\n某市2022年桥梁维护\n\n项目绩效评价报告",
        "## 附件1\n\n## 某市2022年桥梁维护项目\n\n## 绩效评价报告",
        f"## 附件：{_TITLE}",
        f"## 第五部分 附件\n\n### {_TITLE}",
        f"## 第五部分 附件：{_TITLE}",
        f"**附件**\n\n**{_TITLE}**",
        f"# {_TITLE}",
        "# 某市2022年桥梁维护\n\n# 项目绩效评价报告",
        f"## 附件\n\n2023年5月\n\n{_TITLE}",
        f"## 附件\n\n{_TITLE}为加强管理，某局对项目开展了评价，情况如下。",
    ],
)
def test_annexed_reports_in_any_layout(lead: str, hashes: bool) -> None:
    text = (
        "# 某市某局2023年度部门决算\n\n## 第一部分 说明\n\n### 一、收支\n\n全年支出100万元。\n\n"
        f"{lead}\n\n## 一、项目概况\n\n项目于当年实施完毕。\n\n## 二、结论\n\n评价得分为80分。\n"
    )
    if not hashes:
        text = text.replace("#", "").replace("\n ", "\n").lstrip()
    assert [(p.project.value, p.year) for p in read(text).parts] == [
        ("", "2023"),
        ("桥梁维护项目", "2022"),
    ]


def test_an_annex_list_is_no_report() -> None:
    document = read(
        "某局2023年度甲项目绩效评价报告\n\n一、概况\n\n文字。\n\n附件\n\n甲项目评价报告\n"
    )
    assert len(document.parts) == 1


def test_the_annex_of_a_markdown_edition_is_a_part() -> None:
    file = REPORTS.parent / "parsing" / "juesuan003.md"
    if not file.is_file():
        pytest.skip("shared/parsing 不在，跳过对 Markdown 版本的检查")
    parts = read_bytes(file.read_bytes(), file.name).parts
    assert [p.project.value for p in parts] == [
        "", "番禺区2023年“数字政府”建设专项资金（运维类）项目",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("000", [("中国共产党广州市番禺区委员会政法委员会", "来穗人员出租屋信息化建设项目", "2022")]),
        ("001", [("广州市来穗人员服务管理局", "全市来穗人员服务项目", "2021")]),
        ("002", [("广州市来穗人员服务管理局", "广州市城市社区网格化服务管理项目", "2023")]),
        ("003", [
            ("广州市番禺区政务服务数据管理局", "", "2023"),
            ("广州市番禺区政务服务数据管理局", "番禺区2023年“数字政府”建设专项资金（运维类）项目", "2023"),
        ]),
        ("004", [("广州市番禺区政务服务和数据管理局", "", "2024")]),
    ],
)  # fmt: skip
def test_real_reports(name: str, facts: list[tuple[str, str, str]]) -> None:
    if not REPORTS.is_dir():
        pytest.skip("shared/reports 不在，跳过对真实报告的检查")
    file = next(REPORTS.glob(f"{name}*.txt"))
    document = read_bytes(file.read_bytes(), file.name)
    assert [(p.entity.value, p.project.value, p.year) for p in document.parts] == facts


@pytest.mark.parametrize("plain", [True, False])
def test_forms_in_a_row_are_parts(plain: bool) -> None:
    form = (
        "### 项目支出绩效自评表（{no}）\n\n（2023年度）\n\n"
        "| 项目名称 | {name} |\n|---|---|\n| 主管部门 | 甲市水务局 |\n\n"
        "| 项目资金（万元） | 全年预算数 | 全年执行数 |\n|---|---|---|\n| 年度资金总额 | 10.00 | 9.00 |\n\n"
    )
    forms = "".join(
        form.format(no=no, name=name) for no, name in ((1, "河道整治"), (2, "泵站维护"))
    )
    text = (
        "# 甲市水务局2023年度项目支出绩效自评情况\n\n## 一、总体情况\n\n共自评两个项目。\n\n"
        f"## 二、项目支出绩效自评表\n\n{forms}## 三、结果分析\n\n资金执行情况良好。\n"
    )
    document = read(text.replace("#", "").replace("\n ", "\n").lstrip() if plain else text)
    assert [(p.project.value, p.year) for p in document.parts[1:]] == [
        ("河道整治", "2023"),
        ("泵站维护", "2023"),
    ]
    assert document.parts[0].project.value == ""
    assert {p.entity.value for p in document.parts} == {"甲市水务局"}
    assert document.part_of(len(document.blocks) - 1).no == 0
    assert document.tables[0].block == document.parts[1].first_block + 2


def test_one_form_is_the_report() -> None:
    document = read(
        "甲市水务局2023年度项目支出绩效自评表\n\n项目名称\t河道整治\n主管部门\t甲市水务局\n\n一级指标\t分值\t得分\n产出\t50\t49\n"
    )
    assert [p.project.value for p in document.parts] == ["河道整治"]


@pytest.mark.parametrize(
    ("name", "entity", "year"),
    [
        ("附件2：2022年度某县财政局部门决算公开表.txt", "某县财政局", "2022"),
        ("1.某区教育局2022年决算表.txt", "某区教育局", "2022"),
        ("（公开）某某大学2022年度决算.txt", "某某大学", "2022"),
        ("某市水务局2021-2023年统计.txt", "某市水务局", ""),
        ("20220815_V2022.txt", "", ""),
    ],
)
def test_the_name_of_the_file_speaks_where_nothing_in_it_does(
    name: str, entity: str, year: str
) -> None:
    tables = "收入支出决算总表\n单位：万元\n\n项目\t决算数\n基本支出\t1.00\n项目支出\t2.00\n"
    part = read_bytes(tables.encode(), name).parts[0]
    assert (part.entity.value, part.year) == (entity, year)
    named = "部门：某市水务局\n2023年度收入支出决算总表\n" + tables
    part = read_bytes(named.encode(), name).parts[0]
    assert (part.entity.value, part.year) == ("某市水务局", "2023")


def test_a_web_pages_trail_is_no_title() -> None:
    document = read(
        "网站首页 > 政务公开 > 财政信息 > 部门决算\n甲市乙局2023年度部门决算\n"
        "发布时间：2024-09-18　浏览次数：17\n\n一、部门概况\n（一）机构设置\n"
        "序号\t单位名称\t单位性质\t经费形式\n1\t甲市乙局（本级）\t行政单位\t全额\n2\t甲市丙中心\t事业单位\t全额\n"
    )
    assert document.parts[0].title.value == "甲市乙局2023年度部门决算"
    assert document.parts[0].entity.value == "甲市乙局"


@pytest.mark.parametrize("line", ["当前位置：首页 > 公开", "首页 / 财政", "您的位置：部门决算公开"])
def test_trails_of_web_pages(line: str) -> None:
    document = read(f"{line}\n丙县丁局2022年度部门决算\n\n一、概况\n本部门有人员3人。\n")
    assert document.parts[0].entity.value == "丙县丁局"


def test_a_cover_sheets_lines_belong_to_no_title() -> None:
    document = read(
        "报告编号：某评字〔2023〕046号\n甲市2022年度古树保护项目\n绩 效 评 价 报 告\n"
        "委托单位：甲市财政局\n项目主管部门：甲市园林局\n\n一、基本情况\n"
        "项目按照全市古树名木保护规划实施，保护古树30株，涉及两个区四个镇，由园林局统一组织。\n"
    )
    assert document.parts[0].title.value == "甲市2022年度古树保护项目绩效评价报告"
    assert document.parts[0].entity.value == "甲市园林局"
    assert document.parts[0].project.value == "古树保护项目"


def test_a_programme_of_several_years_is_named_by_its_title() -> None:
    document = read(
        "甲市2022—2024年学生餐改善计划财政重点评价报告\n\n一、对象\n评价对象为学生餐改善计划，主管部门为甲市教育局。\n"
        "2023年该项目更名为“学生餐工程”，2022年也称“学生餐工程”。\n"
    )
    assert document.parts[0].project.value == "学生餐改善计划"
    assert [year.value for year in document.parts[0].years] == ["2024", "2023", "2022"]


def test_the_file_says_which_of_a_forms_units_is_meant() -> None:
    form = (
        "# {name}\n\n项目支出绩效自评表\n（2024年度）\n\n| 项目名称 | {name} | 项目类别 | 延续 |\n|---|---|---|---|\n"
        "| 主管部门 | 甲县文旅局 | 实施单位 | 甲县图书馆 |\n| 年度资金总额 | 10.00 | 得分 | 9 |\n\n说明：无。\n\n"
    )
    text = form.format(name="免费开放") + form.format(name="古籍修复")
    document = read_bytes(text.encode(), "甲县图书馆2024年度项目支出绩效自评表.md")
    named = [(part.entity.value, part.project.value) for part in document.parts[1:]]
    assert named == [("甲县图书馆", "免费开放"), ("甲县图书馆", "古籍修复")]


def test_the_body_that_carries_a_project_out_in_a_report_of_a_firm() -> None:
    document = read(
        "甲市乙区2023年老旧小区改造项目绩效评价报告\n\n委托单位：甲市乙区财政局\n\n"
        "一、项目概况\n\n项目概算总投资9,200.00万元，实施主体为乙区住房和城乡建设局。\n"
    )
    assert document.parts[0].entity.value == "乙区住房和城乡建设局"


def test_a_project_that_only_the_file_names() -> None:
    text = "2022年度甲市乙区民政局部门重点项目绩效评价报告\n\n一、评价情况\n\n全区运营饭堂36家。\n"
    part = read_bytes(text.encode(), "B_长者饭堂补贴项目绩效评价报告_2022.txt").parts[0]
    assert part.project.value == "长者饭堂补贴项目"


def test_a_bare_district_takes_the_place_that_its_report_names() -> None:
    text = (
        "部门整体支出绩效自评表说明\n\n一、自评情况\n\n2024年是望溪区机构改革后的第一年，区教育和体育局新增学位860个。"
        "\n\n区教育和体育局印发《望溪区学位预警办法》。区教育和体育局高度重视。\n"
    )
    assert read(text).parts[0].entity.value == "望溪区教育和体育局"


@pytest.mark.parametrize(
    ("text", "project"),
    [
        (
            "区消委会自2020年起设立12315热线青麓分中心坐席服务项目，经费主要用于外包服务。",
            "12315热线青麓分中心坐席服务项目",
        ),
        (
            "为改善居住条件，区残联自2020年起实施困难残疾人家庭无障碍改造，经费主要用于入户评估。",
            "困难残疾人家庭无障碍改造",
        ),
        ("区残联自2020年起实施困难残疾人家庭无障碍改造，群众反映良好。", ""),
    ],
)
def test_a_project_that_only_the_text_names(text: str, project: str) -> None:
    found = project_in_text(text, "2022年度甲市乙区残疾人联合会部门重点项目绩效评价报告")
    assert (found.name if found else "") == project


def test_a_station_before_its_project_is_the_unit() -> None:
    part = read(
        "2023年度甲市救助管理站流浪人员救助管理项目绩效评价报告\n\n一、概况\n\n略。\n"
    ).parts[0]
    assert (part.entity.value, part.project.value) == ("甲市救助管理站", "流浪人员救助管理项目")


def test_the_form_in_the_next_annex_is_a_report_of_its_own() -> None:
    """An evaluation (附件1) had taken the form about another project behind it (附件2) for its own."""
    form = (
        "项目支出绩效自评表（2023年度）\n\n项目名称\t{}\n主管部门\t苇湖市水利局\n\n"
        "资金\t全年预算数\n年度资金总额\t532.80\n"
    )
    report = (
        "苇湖市水利局2023年度部门决算\n\n一、支出情况\n\n本年支出合计44.31万元。\n\n附件1\n\n"
        "苇湖市2023年智慧灌区建设项目绩效评价报告\n\n项目名称：智慧灌区建设项目\n项目单位：苇湖市水利局\n"
        "评价年度：2023年\n\n一、资金情况\n\n全年预算716.20万元。\n\n附件2\n\n"
    )
    own = [part.project.value for part in read(report + form.format("泵站机房维修")).parts]
    assert own == ["", "智慧灌区建设项目", "泵站机房维修"]
    same = [part.project.value for part in read(report + form.format("智慧灌区建设项目")).parts]
    assert same == ["", "智慧灌区建设项目"]
