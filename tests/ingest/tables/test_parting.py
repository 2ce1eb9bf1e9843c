"""Several small tables in one printed table: where each begins, its title, unit and names."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from ingest.model import Document
from ingest.pipeline import read_document
from tests.ingest.book_maker import Value, put, saved
from tests.ingest.tables.test_table_layouts import of, read, told


def sheets(pages: dict[str, list[list[Value]]], name: str = "自评表.xlsx") -> Document:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in pages.items():
        put(book.create_sheet(title), rows, framed=True)
    return read_document(saved(book), name)


DISTRICTS = """2024年辅具适配情况

项目\t预算（万元）\t支出（万元）\t执行率
市级财政\t96.00\t92.40\t96.25%
小计\t96.00\t92.40\t96.25%
{0}县区\t成人适配（人）\t儿童适配（人）\t补贴支出（万元）
海棠区\t212\t68\t41.36
望潮县\t148\t97\t38.15
合计\t360\t165\t79.51
"""


@pytest.mark.parametrize("title", ["二、分县区完成情况\t\t\t\n", "分县区完成情况\t\t\t\n", ""])
def test_a_second_table_below_the_first(title: str) -> None:
    document = read(DISTRICTS.format(title))
    assert [t.title for t in document.tables][1:] == [
        "分县区完成情况" if title else "2024年辅具适配情况"
    ]
    assert told(document, "望潮县", "儿童适配（人）") == "97人 value 2024"
    assert told(document, "市级财政", "执行率") == "96.25% completion 2024"


INDICATORS = """2024年项目自评情况

一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分
一、产出指标\t\t\t\t\t\t
产出指标\t质量指标\t资料完整性\t完整\t完整\t{0}\t{0}
产出指标\t数量指标\t培训人数\t100人\t96人\t10\t9.6
二、效益指标\t\t\t\t\t\t
效益指标\t社会效益\t知晓率\t90%\t91%\t10\t10
"""


@pytest.mark.parametrize("mark", ["10", "—"])
def test_a_row_of_words_is_no_header(mark: str) -> None:
    assert len(read(INDICATORS.format(mark)).tables) == 1


LEVELS = """2023年度某市某局部门决算

支出决算表（单位：万元）

科目\t\t本年支出\t\t
编码\t名称\t合计\t基本支出\t项目支出
合计\t\t300.00\t200.00\t100.00
201\t一般公共服务支出\t300.00\t200.00\t100.00
"""


def test_the_lower_row_of_a_header_begins_no_table() -> None:
    (table,) = read(LEVELS).tables
    assert table.columns[3].path == ("本年支出", "基本支出")


def test_a_form_above_a_table() -> None:
    document = sheets(
        {
            "人影作业": [
                ["人工影响天气作业经费绩效自评", None, None, None],
                ["单位", "滨宁市气象局", None, None],
                ["绩效等级", "良（86.9分）", None, None],
                ["指标", "2022年", "2023年", "2024年目标"],
                ["年度预算（万元）", 138.5, 145.5, 150.5],
                ["增雨作业次数", 41, 38, 40],
            ]
        }
    )
    assert document.parts[0].entity.value == "滨宁市气象局"
    assert told(document, "年度预算（万元）", "2022年") == "138.5万元 value 2022"
    assert told(document, "增雨作业次数", "2024年目标") == "40次 target 2024"
    assert [f.quantity.printed for f in document.figures if f.row_path == ("绩效等级",)] == ["86.9"]


def test_names_and_values_in_four_columns() -> None:
    document = read(
        "2024年项目自评情况\n\n项目名称\t档案数字化\t预算单位\t滨宁市档案馆\n"
        "实施期限\t2023年7月—2025年6月\t承建单位\t某某信息公司\n合同金额\t386.40万元\t中标日期\t2023年6月9日\n"
    )
    (figure,) = of(document, "合同金额", "")
    assert (figure.quantity.printed, figure.period) == ("386.40", "2024")
    assert document.parts[0].project.value == "档案数字化"


def test_a_list_of_projects_is_no_form() -> None:
    document = read("2024年项目情况\n\n项目名称\t预算数\n甲工程\t12.50\n乙工程\t13.50\n")
    assert of(document, "甲工程", "预算数")


REVERSED = """2024年项目自评情况

得分\t满分\t指标\t目标\t完成
9.7\t10\t预算执行率\t100%\t96.83%
15\t15\t受援人数\t900人\t1,146人
24.7\t25\t合计\t\t
"""


def test_names_of_rows_right_of_their_figures() -> None:
    document = read(REVERSED)
    assert told(document, "受援人数", "得分") == "15分 score 2024"
    assert told(document, "受援人数", "完成") == "1,146人 actual 2024"
    assert document.tables[0].row_infos[2].total


@pytest.mark.parametrize("cell", ["7.2（10）", "7.2/10"])
def test_a_score_with_its_full_mark(cell: str) -> None:
    document = read(
        f"2024年自评情况\n\n指标\t完成值\t得分（满分）\n执行率\t92.00%\t{cell}\n满意度\t87%\t—\n"
    )
    found = of(document, "执行率", "得分（满分）")
    assert [(f.quantity.printed, f.role.value) for f in found] == [
        ("7.2", "score"),
        ("10", "full_mark"),
    ]


FUNDS: list[list[Value]] = [
    ["资金来源", "预算数", "执行数"],
    ["市级财政", 12.5, 11.5],
    ["合计", 12.5, 11.5],
]


@pytest.mark.parametrize(
    ("title", "unit", "project"),
    [
        ("滨宁市司法局“法律援助办案补贴”项目自评情况", "滨宁市司法局", "法律援助办案补贴"),
        ("2024年残疾人辅具适配补贴项目绩效自评表", "", "残疾人辅具适配补贴项目"),
        ("市图书馆2024年文献资源购置项目", "滨宁市图书馆", "文献资源购置项目"),
        ("人工影响天气作业经费绩效自评", "", "人工影响天气作业经费"),
    ],
)
def test_a_sheet_names_its_project_in_its_first_row(title: str, unit: str, project: str) -> None:
    other: list[list[Value]] = [["项目名称", "河道清淤", "主管部门", "滨宁市水务局"], *FUNDS]
    document = sheets(
        {"甲": [[title, None, None], *FUNDS], "乙": other}, "滨宁市2024年度项目支出绩效自评表.xlsx"
    )
    assert [(p.entity.value, p.project.value) for p in document.parts[1:]] == [
        (unit, project),
        ("滨宁市水务局", "河道清淤"),
    ]


def test_a_line_of_the_first_rows_says_whose_form_it_is() -> None:
    document = sheets(
        {
            "甲": [
                ["2024年辅具适配补贴项目绩效自评表", None, None],
                ["填报单位：滨宁市残联   等次：良", None, None],
                *FUNDS,
            ],
            "乙": [
                ["2024年河道清淤项目绩效自评表", None, None],
                ["填报单位：滨宁市水务局", None, None],
                *FUNDS,
            ],
        }
    )
    assert [p.entity.value for p in document.parts[1:]] == ["滨宁市残联", "滨宁市水务局"]


def test_a_word_in_quotation_marks_is_no_project() -> None:
    document = read(
        "某市2023年市对区转移支付情况汇编\n\n一、总体情况\n\n整合“小散碎”项目21个，涉及资金120.00万元。\n"
    )
    assert document.parts[0].project.value == ""


COLLECTED = """某县卫生健康局2024年度项目支出绩效自评表汇编

编制日期：2025年3月18日

说明：2024年度我局对2个项目开展绩效自评，全年执行数合计3,556.89万元，结果如下各表所示，供公开时使用。

============================================================
项目一  基本公共卫生服务补助
============================================================
主管部门：某县卫生健康局

项目资金（万元）\t全年预算数\t全年执行数
年度资金总额\t3,186.40\t3,105.27

自评等级：优

============================================================
项目二  村卫生室基本药物补助
============================================================
主管部门：某县卫生健康局

项目资金（万元）\t全年预算数\t全年执行数
年度资金总额\t468.00\t451.62

自评等级：中
"""


def test_forms_under_numbered_lines() -> None:
    document = read(COLLECTED)
    assert [p.project.value for p in document.parts] == [
        "",
        "基本公共卫生服务补助",
        "村卫生室基本药物补助",
    ]
    assert [a.family for a in document.assertions] == []


def test_numbered_lines_without_tables_are_no_forms() -> None:
    document = read("2024年度某局自评\n\n项目一 甲工程\n\n正文。\n\n项目二 乙工程\n\n正文。\n")
    assert len(document.parts) == 1


def test_the_name_of_a_file_says_the_year_before_dates_in_it() -> None:
    rows: list[list[Value]] = [
        ["收入支出决算总表", None],
        ["公开日期：2025年9月3日", None],
        ["项目", "金额"],
        ["本年收入合计", 12.5],
    ]
    document = sheets(
        {"总表": rows, "说明": [["本表于2025年9月公开，2025年10月更正。"]]},
        "某学院2024年度单位决算公开表.xlsx",
    )
    assert document.parts[0].year == "2024"
