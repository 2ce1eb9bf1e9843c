"""Title pages, heads of forms, signatures and names of files: whose report, which project and year."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl import Workbook

from ingest.files import read_bytes
from ingest.model import Part, ReportKind
from ingest.pipeline import read_document
from tests.ingest.book_maker import Value, put, saved

_BODY = "一、基本情况\n\n本年度各项工作按计划完成，资金使用规范，制度健全。\n\n二、结论\n\n评价得分为80分。\n"
_MONEY: list[list[Value]] = [
    ["资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
    ["年度资金总额", "100", "110", "99", "90.00%", "9"],
    ["其中：财政拨款", "100", "110", "99", "90.00%", "—"],
]
_INDICATORS: list[list[Value]] = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
    ["产出指标", "数量指标", "养护面积", "100公顷", "98公顷", "9.8"],
    [None, "质量指标", "合格率", "≥95%", "96%", "10"],
    ["效益指标", "社会效益", "满意度", "≥90%", "92%", "10"],
]
_TITLE: list[list[Value]] = [["项目支出绩效自评表"], ["（2024年度）"]]
_FILE = "乙区2024年度项目支出绩效自评表.xlsx"
Rows = list[list[Value]]
Head = Callable[[str], Rows]


def parts(text: str, name: str = "报告.txt") -> tuple[Part, ...]:
    return read_bytes(text.encode(), name).parts


def told(part: Part) -> tuple[str, str, str]:
    return part.entity.value, part.project.value, ",".join(year.value for year in part.years)


def forms(sheets: list[tuple[str, Rows]], name: str = _FILE) -> list[tuple[str, str, str]]:
    """What the parts of a workbook say but for the first, the file as a whole."""
    book = Workbook()
    for sheet, rows in sheets:
        page = book.create_sheet(sheet)
        put(page, rows)
        for number, row in enumerate(rows, 1):
            if sum(value is not None for value in row) == 1 and row[0] is not None:
                page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=6)
    del book[book.sheetnames[0]]
    return [told(part) for part in read_bytes(saved(book), name).parts[1:]]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("附件2：某县民政局2023年度部门整体支出绩效自评报告（盖章）", "某县民政局"),
        ("2023年度_某县民政局_部门整体支出绩效自评报告", "某县民政局"),
        ("【公开】某县民政局2023年度部门整体支出自评", "某县民政局"),
        ("部门整体支出绩效自评报告-某县民政局-2023", "某县民政局"),
        ("部门整体支出绩效自评报告（某县民政局）2023", "某县民政局"),
        ("20240315某县民政局2023年度整体支出绩效自评报告", "某县民政局"),
        ("某县残联2023年度部门整体支出绩效自评报告", "某县残联"),
        ("部门整体支出绩效自评报告（正衡所）2023", ""),
        ("部门整体支出绩效自评报告（甲市咨询公司）2023", ""),
    ],
)
def test_names_of_files(name: str, unit: str) -> None:
    part = parts("部门整体支出绩效自评报告\n\n" + _BODY, name + ".txt")[0]
    assert told(part) == (unit, "", "2023")


@pytest.mark.parametrize(
    "unit",
    [
        "乙区残联",
        "乙区科协",
        "乙区文联",
        "乙区工商联",
        "乙区侨联",
        "中共乙区委党史研究室",
        "乙区地方志编纂室",
        "乙区供销社",
        "乙区人大常委会",
        "乙区红星林场",
        "乙区公安局看守所",
        "共青团乙区委",
        "乙区消防救援大队",
        "乙区石坪镇卫生院",
    ],
)
def test_units_of_all_kinds(unit: str) -> None:
    for title in (f"{unit}2023年度部门决算", f"2023年度{unit}部门整体支出绩效自评报告"):
        assert told(parts(f"{title}\n\n{_BODY}")[0]) == (unit, "", "2023")


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        (
            "乙区水利局关于2023年度河道保洁项目绩效自评的报告",
            ("乙区水利局", "河道保洁项目", "2023"),
        ),
        ("河道保洁项目2023年度绩效自评报告——乙区水利局", ("乙区水利局", "河道保洁项目", "2023")),
        (
            "乙区水利局文件\n\n乙水〔2024〕5号\n\n"
            "关于2023年度部门整体支出绩效自评情况的报告\n\n"
            "区财政局：\n\n按照区财政局要求报告。",
            ("乙区水利局", "", "2023"),
        ),
        ("乙区水利局2022年度部门决算\n（2023年9月20日公开）", ("乙区水利局", "", "2022")),
        ("乙区水利局2023年度河道保洁等6个项目支出绩效自评报告", ("乙区水利局", "", "2023")),
        (
            "乙区水利局2023年项目类支出绩效自评报告\n\n“运转类项目”30万元；“运转类项目”占60%。",
            ("乙区水利局", "", "2023"),
        ),
        (
            "甲市2023年转移支付情况说明\n\n整合“小散碎”项目，压减“小散碎”项目资金30万元。",
            ("甲市", "", "2023"),
        ),
        (
            "乙区财政局关于2022—2024年农村公路提档工程\n财政重点评价情况的报告\n\n"
            "区人民政府：\n\n"
            "“提档工程”由区交通运输局组织实施，“提档工程”进展顺利。",
            ("乙区交通运输局", "农村公路提档工程", "2024,2023,2022"),
        ),
        (
            "乙区财政局2023年度财政信息化项目绩效自评报告\n\n项目由乙区财政信息中心组织实施。",
            ("乙区财政局", "财政信息化项目", "2023"),
        ),
        (
            "乙区财政局关于2023年度财政重点绩效评价结果的通报\n\n"
            "各乡镇人民政府：\n\n项目由区水利局组织实施。",
            ("乙区财政局", "", "2023"),
        ),
    ],
)
def test_title_pages(title: str, facts: tuple[str, str, str]) -> None:
    assert told(parts(f"{title}\n\n{_BODY}")[0]) == facts


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (
            "受丙县财政局委托，本所于2024年3月至6月对丙县民政局组织实施的2023年度养老服务项目开展评价。"
            "实施单位为丙县养老中心。",
            "丙县民政局",
        ),
        ("受区政府委托，区财政局对区民政局组织实施的养老服务项目开展评价。", "区民政局"),
        ("项目实施主体为丙县民政局。丙县财政局下达资金。", "丙县民政局"),
        (
            "根据《某省财政厅关于绩效自评的通知》和省民政厅要求，丙县民政局对项目开展自评。",
            "丙县民政局",
        ),
        ("区人大常委会：\n\n资金用于扶持企业。", ""),
        ("资金用于扶持企业。\n\n丙县财政绩效评价中心\n2024年6月20日", ""),
        ("资金用于扶持企业。\n\n丙县民政局\n2024年6月20日", "丙县民政局"),
        ("资金用于扶持企业。\n\n某会计师事务所\n2024年6月20日", ""),
    ],
)
def test_units_in_sentences(text: str, unit: str) -> None:
    part = parts(f"2023年度养老服务项目绩效评价报告\n\n一、概况\n\n{text}\n")[0]
    assert told(part) == (unit, "养老服务项目", "2023")


def test_a_self_evaluation_is_of_the_unit_that_signs_it() -> None:
    text = "我局按照省财政厅要求自评，市财政局复核，省财政厅抽查。\n\n丙县林业局（盖章）　　2024年3月15日"
    part = parts(f"2023年度部门整体支出绩效自评报告\n\n一、概况\n\n{text}\n")[0]
    assert told(part) == ("丙县林业局", "", "2023")


def test_a_cover_with_a_number_above_the_title_is_no_report_of_its_own() -> None:
    found = parts(
        "报告编号：某评字〔2024〕046号\n\n甲市2023年度管网改造项目\n\n支出绩效评价报告\n\n委托单位：甲市财政局\n"
        f"主管部门：甲市住房和城乡建设局\n2024年8月\n\n{_BODY}"
    )
    assert [told(part) for part in found] == [("甲市住房和城乡建设局", "管网改造项目", "2023")]
    assert found[0].kind is ReportKind.PROJECT_EVALUATION


def test_the_files_year_goes_before_years_of_sentences() -> None:
    text = (
        "收入支出决算总表\n单位名称：某学院\n单位：元\n\n项目\t决算数\n基本支出\t1.00\n项目支出\t2.00\n\n"
        "注：结转部分为2025年上半年尾款。\n"
    )
    assert told(parts(text, "某学院2024年度单位决算公开表.txt")[0]) == ("某学院", "", "2024")


def _pairs(key: str, name: str, owner: str = "主管部门", unit: str = "乙区水利局") -> Rows:
    return [[key, name], [owner, unit, None, "联系人", "李四"]]


@pytest.mark.parametrize(
    "head",
    [
        lambda name: _pairs("项目名称", name),
        lambda name: _pairs("专项（项目）名称", name),
        lambda name: _pairs("项目（政策）名称", name),
        lambda name: _pairs("项目名称（全称）", name),
        lambda name: _pairs("评价项目：", name),
        lambda name: _pairs("专项资金名称", name),
        lambda name: _pairs("项目名称", f"[12001]{name}", "主管部门及代码", "[105]乙区水利局"),
        lambda name: _pairs("项目名称", name, "主管部门（盖章）", "乙区水利局（盖章）"),
        lambda name: _pairs("项目名称", name, "项目责任单位", "105-乙区水利局"),
        lambda name: _pairs("项目名称", name, "归口管理部门", "105001 乙区水利局"),
        lambda name: _pairs("项目名称", name, "主管部门", "区水利局"),
        lambda name: [[f"项目名称：{name}", None, None, "主管部门：乙区水利局"]],
        lambda name: [[f"项目名称：{name}      主管部门：乙区水利局      实施单位：乙区河道所"]],
        lambda name: [
            ["（单位：万元）", None, None, "项目名称", name],
            ["主管部门", None, "乙区水利局"],
        ],
        lambda name: [["项目基本情况", "项目名称", name], [None, "主管部门", "乙区水利局"]],
        lambda name: [["一、基本信息"], *_pairs("项目名称", name)],
        lambda name: [["单位：乙区水利局", None, None, "金额单位：万元"], ["项目名称", name]],
        lambda name: [["——" + name], ["编制单位：乙区水利局"]],
    ],
)
def test_heads_of_forms(head: Head) -> None:
    sheets = [
        (f"Sheet{number}", [*_TITLE, *head(name), *_MONEY, *_INDICATORS])
        for number, name in enumerate(("河道保洁", "泵站维护"), 1)
    ]
    assert forms(sheets) == [
        ("乙区水利局", "河道保洁", "2024"),
        ("乙区水利局", "泵站维护", "2024"),
    ]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (
            lambda _: [*_TITLE, ["主管部门", "乙区水利局"], *_MONEY, *_INDICATORS],
            ("河道保洁", "泵站维护"),
        ),
        (
            lambda name: [[f"乙区水利局{name}项目绩效自评表（2024年度）"], *_MONEY, *_INDICATORS],
            ("河道保洁项目", "泵站维护项目"),
        ),
        (
            lambda name: [
                *_TITLE,
                ["项目名称", name],
                *_INDICATORS,
                ["填报单位（盖章）：乙区水利局", None, None, "填报人：张三"],
            ],
            ("河道保洁", "泵站维护"),
        ),
        (
            lambda name: [
                *_TITLE,
                ["项目名称", "主管部门", "资金总额", "执行数"],
                [name, "乙区水利局", "110", "99"],
                *_INDICATORS,
            ],
            ("河道保洁", "泵站维护"),
        ),
    ],
)
def test_forms_by_sheet_title_foot_and_keys_above(rows: Head, names: tuple[str, str]) -> None:
    sheets = [
        (f"{number}.{name}", rows(name)) for number, name in enumerate(("河道保洁", "泵站维护"), 1)
    ]
    assert forms(sheets) == [("乙区水利局", name, "2024") for name in names]


def test_forms_of_several_units() -> None:
    units = ("乙区水利局", "乙区民政局", "乙区教育局")
    head: Rows = [["部门整体支出绩效自评表"], ["（2023年度）"]]
    sheets: list[tuple[str, Rows]] = [
        (unit[2:], [*head, ["部门名称", unit], *_MONEY, *_INDICATORS]) for unit in units
    ]
    found = forms(sheets, "2023年度部门整体支出绩效自评表（三家）.xlsx")
    assert found == [(unit, "", "2023") for unit in units]


def test_a_row_of_headings_names_no_project() -> None:
    listed: Rows = [
        ["2024年度项目支出绩效自评汇总表"],
        ["序号", "项目名称", "主管部门", "预算数", "执行数", "得分"],
        ["1", "河道保洁", "乙区水利局", "110", "99", "90"],
        ["2", "泵站维护", "乙区水利局", "110", "99", "92"],
    ]
    sheets: list[tuple[str, Rows]] = [
        (str(number), [["项目支出绩效自评表"], *_pairs("项目名称", name), *_MONEY, *_INDICATORS])
        for number, name in enumerate(("河道保洁", "泵站维护"), 1)
    ]
    assert forms([("汇总", listed), *sheets]) == [
        ("乙区水利局", "河道保洁", "2024"),
        ("乙区水利局", "泵站维护", "2024"),
    ]


def test_forms_below_one_another_in_a_text() -> None:
    form = (
        "项目支出绩效自评表\n\n项目名称：{0}\n主管部门：乙区水利局\n\n一级指标\t二级指标\t目标值\t完成值\t得分\n"
        "产出指标\t数量指标\t100\t98\t9.8\n产出指标\t质量指标\t95%\t96%\t10\n\n"
    )
    text = (
        "乙区水利局2024年度项目支出绩效自评表\n\n"
        + form.format("河道保洁")
        + form.format("泵站维护")
    )
    assert [told(part)[1] for part in parts(text)] == ["", "河道保洁", "泵站维护"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # other keys behind the unit, one blank before each
        (
            "甲县2023年农村公路养护资金绩效自评报告\n填报单位：甲县交通运输局　填报人：邹立平　联系科室：公路养护股\n",
            ("甲县交通运输局", "农村公路养护资金", "2023"),
        ),
        # the project in the line below a title that names none
        (
            "甲县财政支出绩效评价报告\n\n甲县2022—2023年小型病险水库除险加固项目\n\n项目主管部门：甲县水利局\n\n2024年5月28日\n\n",
            ("甲县水利局", "小型病险水库除险加固项目", "2023"),
        ),
        # the years in brackets before the kind of report
        (
            "乙区老旧供水管网改造项目（2022—2023年）绩效评价报告\n\n项目主管部门为乙区住房和城乡建设局。\n\n",
            ("乙区住房和城乡建设局", "老旧供水管网改造项目", "2023"),
        ),
        # the firm that leads the evaluation is nobody's owner; 省…厅 is that of the title's province
        (
            "岚江省2022年度省级科技创新发展专项资金绩效评价报告\n\n专项资金由省科学技术厅会同省财政厅管理。"
            "评价组由岚州致远会计师事务所牵头。\n\n",
            ("岚江省科学技术厅", "省级科技创新发展专项资金", "2022"),
        ),
        # 区… of a city's district
        (
            "禾川市临澄区2022年度托育服务补助项目绩效评价报告\n\n项目主管部门为区卫生健康局。\n\n",
            ("禾川市临澄区卫生健康局", "托育服务补助项目", "2022"),
        ),
    ],
)  # fmt: skip
def test_whose_and_what_by_the_lines_around_a_title(
    text: str, expected: tuple[str, str, str]
) -> None:
    entity, project, years = told(parts(text + _BODY)[0])
    assert (
        entity,
        project.removeprefix("甲县").removeprefix("乙区"),
        years.split(",")[0],
    ) == expected


def test_the_first_column_of_a_table_of_funds_names_no_project() -> None:
    text = (
        "安平区民政局2023年救助资金绩效情况\n\n表1 资金使用情况表（单位：万元）\n"
        "资金名称\t上级补助\t区级安排\t实际支出\n低保资金\t4650\t1750\t6213.6\n供养资金\t1080\t520\t1542.0\n"
    )
    document = read_document(text.encode(), "安平区民政局2023年.txt")
    assert [part.project.value for part in document.parts] == [""]
