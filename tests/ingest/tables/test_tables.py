"""Tables: parsing, fragments over pages, header paths, roles, units, row paths, groups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.files import read_bytes
from ingest.model import ColumnRole, Document, Table
from ingest.pipeline import read_document
from ingest.quantity import NUMBER, PERCENT, SCORE, WAN_YUAN, YUAN, Unit
from ingest.reading.reader import parse_unit
from ingest.reading.text import compact

KILOMETRE = parse_unit("公里")
SHARED = Path(__file__).resolve().parents[4] / "shared"


def read(text: str) -> Document:
    return read_bytes(text.encode(), "报告.txt")


def table(text: str) -> Table:
    tables = read(text).tables
    assert len(tables) == 1
    return tables[0]


def paths(found: Table) -> list[tuple[str, ...]]:
    return [row.path for row in found.row_infos]


def grid(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


FINAL = """支出决算表

部门：某市某局

单位：万元

项目\t\t本年支出合计\t基本支出\t\t项目支出
功能分类科目编码\t科目名称\t\t人员\t公用\t
栏次\t\t1\t2\t3\t4
合计\t\t300.00\t100.00\t50.00\t150.00
201\t一般公共服务支出\t300.00\t100.00\t50.00\t150.00
20103\t政府办公厅（室）及相关机构事务\t200.00\t100.00\t50.00\t50.00

项目\t\t本年支出合计\t基本支出\t\t项目支出
功能分类科目编码\t科目名称\t\t人员\t公用\t
\t栏次\t1\t2\t3\t4
2010301\t行政运行\t200.00\t100.00\t50.00\t50.00
206\t科学技术支出\t0.00\t0.00\t0.00\t0.00

注：本表反映支出情况。
"""


def test_final_accounts_over_two_pages() -> None:
    found = table(FINAL)
    assert (found.title, found.unit) == ("支出决算表", WAN_YUAN)
    assert [c.path for c in found.columns] == [
        ("项目", "功能分类科目编码"),
        ("项目", "科目名称"),
        ("本年支出合计",),
        ("基本支出", "人员"),
        ("基本支出", "公用"),
        ("项目支出",),
    ]
    assert [c.role.value for c in found.columns] == ["code", "label", *["value"] * 4]
    assert {c.unit for c in found.columns[2:]} == {WAN_YUAN}
    assert paths(found) == [
        ("合计",),
        ("一般公共服务支出",),
        ("一般公共服务支出", "政府办公厅（室）及相关机构事务"),
        ("一般公共服务支出", "政府办公厅（室）及相关机构事务", "行政运行"),
        ("科学技术支出",),
    ]
    assert [r.code for r in found.row_infos] == ["", "201", "20103", "2010301", "206"]
    assert [r.total for r in found.row_infos] == [True, False, False, False, False]


def test_markdown_and_tabs_read_alike() -> None:
    rows = [line.split("\t") for line in FINAL.split("\n") if "\t" in line]
    piped = ["| " + " | ".join(row) + " |" for row in rows]
    piped.insert(1, "|" + "---|" * 6)
    text = "支出决算表\n\n单位：万元\n\n" + "\n".join(piped)
    found, other = table(text), table(FINAL)
    assert [c.path for c in found.columns] == [c.path for c in other.columns]
    assert paths(found) == paths(other)
    assert grid(found) == grid(other)


@pytest.mark.parametrize(
    "text",
    [
        "| 项目 | 金额（元） |\n|:--|--:|\n| 甲\\|乙 | 1.00 |\n| 丙<br>丁 | 2.00 |",
        "项目 | 金额（元）\n--- | ---:\n甲\\|乙 | 1.00\n丙<br>丁 | 2.00",
        "项目|金额（元）\n--- | ---\n甲\\|乙|1.00\n丙<br>丁|2.00",
        "|项目|金额（元）|\n| :-: | :-: |\n|甲\\|乙|**1.00**|\n|<p>丙</p><p>丁</p>|2.00|",
    ],
)
def test_pipe_tables(text: str) -> None:
    found = table(text)
    assert grid(found) == [["甲|乙", "1.00"], ["丙丁", "2.00"]]
    assert found.columns[1].unit == YUAN


def test_bars_alone_part_the_cells() -> None:
    found = table(
        "自评得分\n三级指标|分值|得分\n预算执行率|6|5.67\n预算调整率|4|2.53\n合计|10|8.20\n"
    )
    assert grid(found)[0] == ["预算执行率", "6", "5.67"]
    assert [column.path for column in found.columns] == [("三级指标",), ("分值",), ("得分",)]
    assert not read("指标|分值|得分共三栏，见下。\n甲县|乙县各一份。\n").tables


def test_columns_aligned_by_spaces() -> None:
    found = table(
        "表2 收支表\n部门：某局    单位：万元\n"
        "项目              预算数        决算数      完成率\n"
        "财政拨款收入      1,234.50      1,200.00    97.2%\n"
        "事业收入                          101.25    101.3%\n"
        "合计              1,337.70      1,301.25    97.3%\n"
    )
    assert grid(found)[1] == ["事业收入", "", "101.25", "101.3%"]
    assert [c.unit for c in found.columns] == [None, WAN_YUAN, WAN_YUAN, PERCENT]


def test_side_by_side() -> None:
    found = table(
        "单位：万元\n\n收入\t\t\t支出\t\t\n项目\t行次\t决算数\t项目\t行次\t决算数\n栏次\t\t1\t栏次\t\t2\n"
        "一、拨款收入\t1\t500.00\t一、教育支出\t5\t480.00\n\t2\t\t二、住房保障支出\t6\t20.00\n"
        "本年收入合计\t3\t500.00\t本年支出合计\t7\t500.00\n总计\t4\t500.00\t总计\t8\t500.00\n"
    )
    assert found.groups == ((0, 3), (3, 6))
    assert found.columns[2].path == ("收入", "决算数")
    assert found.columns[1].role is ColumnRole.LINE
    assert found.row_at(0, 2).path == ("拨款收入",)
    assert found.row_at(0, 5).path == ("教育支出",)
    assert (found.row_at(1, 2).path, found.row_at(1, 5).path) == ((), ("住房保障支出",))
    assert found.row_at(2, 5).total


def test_spending_by_fund_beside_income() -> None:
    found = table(
        "财政拨款收入支出决算总表\n\n单位：万元\n\n"
        "收入\t金额\t支出\t合计\t一般公共预算\t政府性基金\n"
        "一般公共预算财政拨款\t343.00\t一般公共服务支出\t160.00\t160.00\t0.00\n"
        "政府性基金预算财政拨款\t21.00\t城乡社区支出\t199.00\t183.00\t16.00\n"
        "本年收入合计\t364.00\t本年支出合计\t359.00\t343.00\t16.00\n"
    )
    assert found.groups == ((0, 2), (2, 6))
    assert (found.row_at(0, 1).path, found.row_at(0, 4).path) == (
        ("一般公共预算财政拨款",),
        ("一般公共服务支出",),
    )
    assert {column.unit for column in found.columns[3:]} == {WAN_YUAN}


def test_labels_that_come_back_get_their_parent() -> None:
    found = table(
        "项目\t金额\n一、一般公共预算\t100.00\n二、政府性基金\t20.00\n本年收入合计\t120.00\n"
        "年初结转\t3.00\n一般公共预算\t1.00\n政府性基金\t2.00\n总计\t123.00\n"
    )
    assert paths(found) == [
        ("一般公共预算",),
        ("政府性基金",),
        ("本年收入合计",),
        ("年初结转",),
        ("年初结转", "一般公共预算"),
        ("年初结转", "政府性基金"),
        ("总计",),
    ]


def test_numbered_categories_and_units_in_the_header() -> None:
    found = table(
        "表1 支出明细\n\n序号\t项目名称\t支付金额（元）\n一\t专线\t300\n1\t甲线路\t100\n2\t乙线路\t200\n"
        "二\t网站\t50\n3\t运维\t50\n合计\t\t350\n"
    )
    assert paths(found) == [
        ("专线",), ("专线", "甲线路"), ("专线", "乙线路"), ("网站",), ("网站", "运维"), ("合计",),
    ]  # fmt: skip
    assert (found.unit, found.columns[2].unit) == (None, YUAN)
    assert found.title == "表1 支出明细"


def test_included_rows_go_under_their_total() -> None:
    found = table(
        "项目\t预算数\t决算数\n“三公”经费合计\t30.00\t25.10\n1．出国费\t0.00\t0.00\n2．用车费\t20.00\t19.00\n"
        "其中：（1）运行维护费\t20.00\t19.00\n（2）购置费\t0.00\t0.00\n"
    )
    assert paths(found) == [
        ("“三公”经费合计",),
        ("出国费",),
        ("用车费",),
        ("用车费", "运行维护费"),
        ("用车费", "购置费"),
    ]


def test_single_row_without_labels() -> None:
    found = table(
        "单位：万元\n\n预算数\t\t\t决算数\t\t\n合计\t公务用车购 置费\t接待费\t合计\t公务用车购 置费\t接待费\n"
        "1\t2\t3\t4\t5\t6\n6.91\t5.70\t1.21\t4.03\t3.52\t0.51\n"
    )
    assert paths(found) == [()]
    assert found.columns[4].path == ("决算数", "公务用车购置费")
    assert {c.role for c in found.columns} == {ColumnRole.VALUE}


INDICATORS = """一级指标\t二级指标\t三级指标\t分值\t得分\t得分率
决策\t立项\t依据充分性\t5\t5\t100%
\t\t程序规范性\t5\t4\t80%
\t目标\t目标合理性\t10\t8.5\t85%
产出\t数量\t/\t20\t20\t100%
合计\t\t\t40\t37.5\t93.75%
"""


def test_indicator_levels_are_filled_down() -> None:
    found = table(INDICATORS)
    assert paths(found) == [
        ("决策", "立项", "依据充分性"),
        ("决策", "立项", "程序规范性"),
        ("决策", "目标", "目标合理性"),
        ("产出", "数量"),
        ("合计",),
    ]
    assert [c.unit for c in found.columns[3:]] == [SCORE, SCORE, PERCENT]


def test_marks_between_indicator_levels() -> None:
    found = table(
        "一级指标\t分值\t二级指标\t分值\t得分\n决策\t20\t立项\t10\t9\n\t\t目标\t10\t8\n合计\t20\t\t20\t17\n"
    )
    assert found.row_at(0, 1).path == ("决策",)
    assert found.row_at(0, 3).path == ("决策", "立项")
    assert found.row_at(1, 4).path == ("决策", "目标")
    assert found.row_at(2, 4).total


def test_finer_names_right_of_the_marks() -> None:
    text = "一级指标\t二级指标\t分值\t评价情况\t\t得分\n"
    sentence = (
        "根据提供的材料，各项工作均已按照合同约定完成，资料齐全，运行情况稳定良好，未发现问题。"
    )
    found = table(
        text
        + f"管理（20分）\t制度\t10\t\t{sentence}\t9\n产出（30分）\t完成服务\t20\t甲事项\t{sentence}\t8\n"
        f"\t\t\t乙事项\t{sentence}\t7\n\t\t10\t综合评价\t{sentence}\t6\n"
    )
    assert found.row_at(0, 5).path == ("管理（20分）", "制度")
    assert found.row_at(1, 2).path == ("产出（30分）", "完成服务")
    assert found.row_at(1, 5).path == ("产出（30分）", "完成服务", "甲事项")
    assert found.row_at(2, 5).path == ("产出（30分）", "完成服务", "乙事项")
    assert found.row_at(3, 2).path == ("产出（30分）", "综合评价")


def test_self_evaluation_form_is_cut_at_its_headers() -> None:
    tables = read(
        "项目支出绩效自评表\n（2022年度）\n项目名称\t智慧校园项目\n主管部门\t某县教育局\t实施单位\t某县第一中学\n"
        "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t120.00\t118.50\t117.32\t10\t99.0%\t9.9\n"
        "\t其中：当年财政拨款\t120.00\t118.50\t117.32\t—\t99.0%\t—\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "\t产出指标\t数量指标\t改造教室\t30间\t30间\t15\t15\n\t\t质量指标\t合格率\t100%\t98%\t15\t14\n"
        "总分\t\t\t\t\t\t40\t38.9\n"
    ).tables
    assert len(tables) == 2
    money, marks = tables
    assert {t.title for t in tables} == {"项目支出绩效自评表"}
    assert money.notes == (
        "项目名称：智慧校园项目",
        "主管部门：某县教育局",
        "实施单位：某县第一中学",
    )
    assert money.columns[3].path == ("全年预算数",)
    assert (money.columns[3].unit, money.columns[5].unit) == (WAN_YUAN, SCORE)
    assert paths(money) == [("年度资金总额",), ("年度资金总额", "当年财政拨款")]
    assert paths(marks)[1] == ("产出指标", "质量指标", "合格率")
    assert marks.row_infos[-1].total


def test_form_without_a_header() -> None:
    found = table(
        "项目名称\t河道清淤工程\n主管部门\t某区水务局\n项目预算（万元）\t350.00\n执行率\t97.77%\n"
    )
    assert paths(found)[2] == ("项目预算（万元）",)
    assert found.unit == WAN_YUAN
    mixed = table("项目名称\t河道清淤工程\n项目预算（万元）\t350.00\n参与人数\t12\n")
    assert mixed.unit is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("金额", WAN_YUAN), ("预算数", WAN_YUAN), ("2023年决算数", WAN_YUAN), ("支付金额（元）", YUAN),
        ("数量", NUMBER), ("在职人数", parse_unit("人")), ("完成率", PERCENT), ("占比（%）", PERCENT), ("分值", SCORE),
        ("2022年", None),
    ],
)  # fmt: skip
def test_column_units(header: str, unit: Unit | None) -> None:
    found = table(f"单位：万元\n\n项目\t{header}\n甲\t12\n乙\t34\n")
    assert found.columns[1].unit == unit


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("收入表（单位：元）", YUAN), ("单位：万元", WAN_YUAN), ("金额单位：人民币元", YUAN),
        ("支出情况表（万元）", WAN_YUAN), ("部门：某局\t单位：元", YUAN), ("单位:万元", WAN_YUAN),
        ("收入表", None),
    ],
)  # fmt: skip
def test_caption_units(caption: str, unit: Unit | None) -> None:
    assert table(f"{caption}\n项目\t金额\n甲\t12.00\n乙\t34.00\n").unit == unit


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("表1\n\n收入支出决算总表\n\n部门：某局\n\n单位：万元", "表1 收入支出决算总表"),
        ("收入支出决算总表\n\n公开01表\n\n部门：某局", "收入支出决算总表"),
        ("表 2 子项开展情况", "表2 子项开展情况"),
        ("一、收入支出决算总表\n\n单位：元", "收入支出决算总表"),
        ("近三年情况表（单位：万元）", "近三年情况表"),
        ("资金使用情况见下表。", ""),
        ("收入支出决算总表\n\nGK01表　　编制单位：某院　　金额单位：元", "收入支出决算总表"),
        ("收入支出决算总表\n\n财决01-1表", "收入支出决算总表"),
        ("收入支出决算总表\n\n公开01表\n\n部门：甲\n\n2023年度\n\n单位：元", "收入支出决算总表"),
        ("收入支出决算总表\n\n2023 年\n\n金额单位：元", "收入支出决算总表"),
        ("表1 资金分配表              单位：万元", "表1 资金分配表"),
        ("附表 自评评分表", "附表 自评评分表"),
        ("## 1 项目基本情况", "项目基本情况"),
        ("支出构成（单位：万元）：", ""),
    ],
)
def test_titles(above: str, title: str) -> None:
    assert (
        table(f"说明文字到此为止。\n\n{above}\n\n项目\t金额\n甲\t1.00\n乙\t2.00\n").title == title
    )


LONG = "提供独享互联网出口及光纤宽带等服务，三家运营商按合同约定向单位提供外网"


def test_rows_cut_by_the_page_end() -> None:
    found = table(
        f"序号\t项目名称\t完成情况\t金额\n1\t甲项目\t{LONG}链路及地址等服\t10.00\n2\t甲市电子政务外网\t\t8.4\n\n"
        "序号\t项目名称\t完成情况\t金额\n\t互联网出口链路项目\t务。\t8\n3\t丙项目\t已完成。\t7.25\n"
    )
    assert grid(found) == [
        ["1", "甲项目", LONG + "链路及地址等服务。", "10.00"],
        ["2", "甲市电子政务外网互联网出口链路项目", "", "8.48"],
        ["3", "丙项目", "已完成。", "7.25"],
    ]


def test_a_merged_label_after_a_page_end_is_a_new_row() -> None:
    found = table(
        "一级指标\t二级指标\t指标值\t完成情况\n效益\t社会效益\t网络畅通。\t已完成全部工作。\n\n"
        "一级指标\t二级指标\t指标值\t完成情况\n\t生态效益\t数据安全。\t已完成全部工作。\n"
    )
    assert paths(found) == [("效益", "社会效益"), ("效益", "生态效益")]


def test_fragments_without_a_header_go_on() -> None:
    found = table("项目\t金额\n甲\t1.00\n\n- 3 -\n\n乙\t2.00\n丙\t3.00\n")
    assert [row[0] for row in grid(found)] == ["甲", "乙", "丙"]


def test_repeated_captions_between_fragments() -> None:
    top = "收入表\n\n单位：万元\n\n"
    found = table(
        f"{top}项目\t金额\n甲\t1.00\n\n收入表（续）\n\n单位：万元\n\n项目\t金额\n乙\t2.00\n"
    )
    assert len(found.rows) == 2


def test_tables_of_their_own_stay_apart() -> None:
    tables = read(
        "收入表\n\n项目\t金额\n甲\t1.00\n\n支出表\n\n项目\t金额\n乙\t2.00\n\n指标名称\t分值\n丙\t3\n"
    ).tables
    assert [t.title for t in tables][:2] == ["收入表", "支出表"]
    assert len(tables) == 3


@pytest.mark.parametrize(
    "text",
    [
        "1.\t第一条的内容写在这里。\n2.\t第二条的内容写在这里。",
        "部门：某局\t单位：万元",
        "项目负责人：\t张某",
        "\t一、缩进的标题",
    ],
)
def test_tabs_without_a_table(text: str) -> None:
    assert read(f"一、情况\n\n{text}\n\n完毕。\n").tables == ()


def test_attribute_columns_name_no_rows() -> None:
    found = table("序号\t子项目\t承担单位\t金额\n1\t保洁\t甲公司\t10.00\n2\t监测\t乙中心\t20.00\n")
    assert paths(found) == [("保洁",), ("监测",)]
    assert found.columns[2].role is ColumnRole.TEXT


def test_years_name_rows() -> None:
    found = table("年度\t预算数\t执行率\n2022年\t100.00\t95%\n2023年\t110.00\t99%\n")
    assert paths(found) == [("2022年",), ("2023年",)]


def test_title_and_unit_inside_the_table() -> None:
    found = table(
        "2023年收支总表\t\t\n\t\t单位：万元\n项目\t预算数\t决算数\n甲\t1.00\t2.00\n注：含结转。\t\t\n"
    )
    assert (found.title, found.unit) == ("2023年收支总表", WAN_YUAN)
    assert [c.path for c in found.columns] == [("项目",), ("预算数",), ("决算数",)]
    assert paths(found) == [("甲",), ()]


def test_codes_in_three_columns_and_in_one() -> None:
    three = table(
        "科目编码\t\t\t科目名称\t金额\n类\t款\t项\t\t\n205\t\t\t教育支出\t9.00\n205\t02\t\t普通教育\t9.00\n"
        "205\t02\t04\t高中教育\t9.00\n"
    )
    assert three.row_infos[2].code == "2050204"
    assert paths(three)[2] == ("教育支出", "普通教育", "高中教育")
    one = table("科目\t金额\n205 教育支出\t9.00\n20502 普通教育\t9.00\n[2050204]高中教育\t9.00\n")
    assert paths(one) == paths(three)


@pytest.fixture(scope="module")
def real() -> Document:
    path = SHARED / "reports"
    if not path.is_dir():
        pytest.skip("shared/reports 不在，跳过对真实报告的检查")
    file = next(path.glob("003*.txt"))
    return read_bytes(file.read_bytes(), file.name)


def test_real_tables_match_their_truth(real: Document) -> None:
    truth = json.loads((SHARED / "parsing/gt/juesuan003.json").read_text(encoding="utf-8"))
    grids = [item for item in truth if item["type"] == "table"]
    assert len(real.tables) == len(grids)
    wrong = 0
    for found, wanted in zip(real.tables[:14], grids[:14], strict=True):
        rows = wanted["rows"][wanted["header_rows"] :]
        assert len(found.rows) == len(rows)
        for mine, theirs in zip(grid(found), rows, strict=True):
            wrong += sum(
                compact(a) != compact(b) for a, b in zip(mine, theirs, strict=True) if a and b
            )
    assert wrong <= 1  # one merged cell whose cut rest the truth leaves in the row below


def test_real_score_sheet(real: Document) -> None:
    sheet = real.tables[14]
    by_label = {sheet.row_at(r, 7).path: sheet.rows[r] for r in range(len(sheet.rows))}
    row = by_label[("项目管理（27分）", "财务管理（15分）", "支出完成率")]
    assert (row[3].text, row[7].text) == ("8", "4.88")
    assert row[6].text.endswith("预算执行率为 84.40%。")
    last = by_label[("综合得分",)]
    assert (last[3].text, last[7].text) == ("100", "87.38")
    assert sum(path[-1] == "综合评价（5分）" for path in by_label) == 2
    assert sheet.notes[0].startswith("单位名称：")


def test_markdown_of_the_real_report_reads_alike(real: Document) -> None:
    data = (SHARED / "parsing/juesuan003.md").read_bytes()
    other = read_bytes(data, "juesuan003.md")
    for mine, theirs in zip(real.tables, other.tables, strict=True):
        assert [c.path for c in mine.columns] == [c.path for c in theirs.columns]
        assert mine.title == theirs.title
        assert mine.unit == theirs.unit
        if mine.no < 14:
            assert mine.row_infos == theirs.row_infos


@pytest.mark.parametrize(
    "header", ["支出内容", "内容", "区县", "学校", "事项", "费用名称", "资金来源"]
)
def test_first_short_texts_name_the_rows(header: str) -> None:
    found = table(
        f"{header}\t2023年预算\t2023年支出\n甲\t2.50\t2.20\n乙\t1.00\t0.87\n合计\t3.50\t3.07\n"
    )
    assert found.columns[0].role is ColumnRole.LABEL
    assert paths(found) == [("甲",), ("乙",), ("合计",)]
    assert [row.total for row in found.row_infos] == [False, False, True]


def test_counts_right_of_the_labels_are_no_codes() -> None:
    found = table("区县\t常住人口（万人）\t分配资金\n甲区\t30\t20.00\n乙县\t26\t40.00\n")
    assert [c.role.value for c in found.columns] == ["label", "value", "value"]
    assert found.columns[1].unit is not None
    assert (found.columns[1].unit.symbol, found.columns[1].unit.noun) == ("万人", "人")
    assert [row.code for row in found.row_infos] == ["", ""]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("支出构成（单位：万元）：", WAN_YUAN),
        ("全年支出构成如下（金额单位：元）：", YUAN),
        ("表1 任务完成情况表    单位：公里", KILOMETRE),
        ("GK01表　　编制单位：某院　　金额单位：元", YUAN),
        ("单位：某局", None),
    ],
)
def test_units_of_captions(above: str, unit: Unit | None) -> None:
    found = table(
        f"说明文字到此为止。\n\n{above}\n\n类别\t计划\t完成\n甲\t1.00\t0.80\n乙\t2.00\t1.20\n"
    )
    assert found.unit == unit


def test_a_numbered_caption_with_a_unit_above_columns_of_spaces() -> None:
    found = table(
        "表2  任务完成情况表                    单位：公里\n"
        "县（区）  日常养护计划   日常养护完成   完成率\n"
        "甲区      412.6          412.6          100.00%\n"
        "乙县      648.3          600.3          92.60%\n"
        "合计      1,060.9        1,012.9        95.48%\n"
    )
    assert (found.title, found.unit) == ("表2 任务完成情况表", KILOMETRE)
    assert [c.role.value for c in found.columns] == ["label", "value", "value", "value"]
    assert found.columns[3].unit == PERCENT
    assert paths(found) == [("甲区",), ("乙县",), ("合计",)]


def test_a_form_of_names_and_sentences_has_no_header() -> None:
    found = table(
        "预期目标\t维修学校不少于26所，面积不少于9.5万平方米。\n实际完成情况\t完成27所学校，共10.2万平方米。\n"
    )
    assert not found.header
    assert paths(found) == [("预期目标",), ("实际完成情况",)]


@pytest.mark.parametrize(
    ("rows", "inside"),
    [
        ("用车费\t4.00\t3.00\n其中：购置\t0.00\t0.00\n运行\t4.00\t3.00\n接待费\t1.00\t0.50\n", {"购置", "运行"}),
        ("总额\t9.00\t8.00\n其中：省级\t5.00\t5.00\n市级\t3.00\t2.00\n县级\t1.00\t1.00\n", {"省级", "市级", "县级"}),
        ("用车费\t4.01\t3.00\n其中：购置\t1.34\t0.00\n运行\t2.68\t3.00\n接待费\t1.00\t0.50\n", {"购置", "运行"}),
        ("工资\t9.00\t8.00\n其中：奖金\t5.00\t5.00\n办公费\t3.00\t2.00\n合计\t12.00\t10.00\n", {"奖金"}),
        ("2.公务用车费\t4.00\t3.00\n其中：购置费\t0.00\t0.00\n3.接待费\t4.00\t3.00\n", {"购置费"}),
    ],
)  # fmt: skip
def test_parts_below_including_add_up(rows: str, inside: set[str]) -> None:
    found = table(f"项目\t预算数\t决算数\n{rows}")
    assert {path[-1] for path in paths(found) if len(path) == 2} == inside


def test_a_caption_states_the_unit_of_tables_in_a_row() -> None:
    document = read(
        "一、资金\n\n单位：万元\n\n项目资金\t预算数\t分值\n总额\t9.00\t10\n财政\t9.00\t\n\n"
        "支出类别\t金额\t合同数\n施工费\t8.00\t4\n监理费\t1.00\t2\n\n"
        "指标\t目标值\t完成值\n数量\t9\t8\n质量\t7\t8\n\n说明文字。\n\n类别\t金额\n甲\t1.00\n乙\t2.00\n"
    )
    assert [t.unit for t in document.tables] == [WAN_YUAN, WAN_YUAN, None, None]
    assert [c.unit for c in document.tables[1].columns] == [None, WAN_YUAN, NUMBER]


@pytest.mark.parametrize("space", ["\u3000", "  ", "\u00a0\u00a0"])
def test_labels_printed_further_in_are_parts(space: str) -> None:
    found = table(
        "项目\t预算数\t决算数\n基本支出\t9.00\t8.00\n"
        f"{space}人员经费\t6.00\t5.00\n{space * 2}工资\t4.00\t4.00\n{space}公用经费\t3.00\t3.00\n"
        f"项目支出\t1.00\t1.00\n{space * 3}合  计\t10.00\t9.00\n"
    )
    assert paths(found) == [
        ("基本支出",),
        ("基本支出", "人员经费"),
        ("基本支出", "人员经费", "工资"),
        ("基本支出", "公用经费"),
        ("项目支出",),
        ("合计",),
    ]


def test_rows_without_amounts_end_the_parts_of_the_first_row() -> None:
    found = table(
        "资金\t预算数\t执行数\n总额\t9.00\t8.00\n其中：财政\t9.00\t8.00\n结转\t1.00\t1.00\n"
    )
    assert paths(found) == [("总额",), ("总额", "财政"), ("结转",)]
    found = table(
        "资金\t预算数\t执行数\n总额\t9.00\t8.00\n其中：财政\t5.00\t5.00\n结转\t4.00\t3.00\n其他\t0.00\t—\n"
    )
    assert paths(found) == [("总额",), ("总额", "财政"), ("总额", "结转"), ("总额", "其他")]


def test_amounts_with_a_currency_sign_are_figures() -> None:
    found = table("支出表\n单位：元\n\n项目\t金额\n甲\t¥7,511.89\n乙\t￥-\n丙\t-¥5.00\n")
    assert found.columns[1].role is ColumnRole.VALUE
    assert found.columns[1].unit == YUAN


@pytest.mark.parametrize("gap", ["  ", "    "])
def test_cells_kept_apart_by_always_the_same_spaces(gap: str) -> None:
    """Copied tables: nothing lines up, and an empty cell is a gap twice as wide."""
    rows = [
        ["一级指标", "三级指标", "分值", "得分", "说明"],
        ["决策", "立项规范性", "4", "3.5", "依据不全"],
        ["过程", "预算执行率", "6", "5.88", "执行率98%"],
        ["产出", "改造里程", "10", "10", "—"],
        ["合计", "", "20", "19.38", ""],
    ]
    text = "附表1 得分表\n" + "\n".join(gap.join(row) for row in rows) + "\n\n以上。\n"
    found = table(text)
    assert grid(found)[-1] == ["合计", "", "20", "19.38", ""]
    assert grid(found)[0] == rows[1]


def test_short_headings_over_wide_cells_lose_no_column() -> None:
    """Two headings above one wide cell: the screen's columns say nothing, the counts do."""
    text = (
        "表2 支出按类别分布（单位：万元）\n类别    支出    占比\n基础类    5,611.54    65.00%\n"
        "完善类    2,416.28    27.99%\n合计    8,027.82    92.99%\n\n以上。\n"
    )
    found = table(text)
    assert [cell.text for cell in found.header[0]] == ["类别", "支出", "占比"]
    assert grid(found)[0] == ["基础类", "5,611.54", "65.00%"]


def test_lines_whose_gaps_fit_no_columns_stay_text() -> None:
    text = (
        "甲  12  乙局长办公室与科室\n乙局长办公室  3\n丙  4  丁  5\n丁科  6  戊处室  7\n\n以上。\n"
    )
    assert not read(text).tables


@pytest.mark.parametrize("tail", ["", "\t"])
def test_a_total_without_its_code_stands_under_its_columns(tail: str) -> None:
    text = (
        "2023年度某局部门决算\n\n支出决算表（单位：万元）\n\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
        "208\t社会保障和就业支出\t386.20\t386.20\t0.00\n214\t交通运输支出\t16,115.85\t2,046.25\t14,069.60\n"
        f"合计\t16,502.05\t2,432.45\t14,069.60{tail}\n"
    )
    document = read_document(text.encode(), "某局2023.txt")
    (table,) = document.tables
    assert [cell.text for cell in table.rows[-1]] == [
        "",
        "合计",
        "16,502.05",
        "2,432.45",
        "14,069.60",
    ]
    assert [e.formula for e in document.equations if e.verdict.value == "fails"] == []


def test_what_has_arrived_or_was_accepted_is_counted() -> None:
    text = (
        "2023年度某局设备购置项目绩效评价报告\n\n表1 设备购置明细（单位：万元）\n\n"
        "设备名称\t数量（台）\t合同金额\t已到货\t已验收\n"
        "呼吸机\t24\t192.00\t24\t22\n监护仪\t9\t585.00\t9\t8\n合计\t33\t777.00\t33\t30\n"
    )
    document = read_document(text.encode(), "某局2023.txt")
    units = {
        figure.column_path[-1]: figure.quantity.unit.dimension.value for figure in document.figures
    }
    assert (units["合同金额"], units["已到货"], units["已验收"]) == ("money", "number", "number")
