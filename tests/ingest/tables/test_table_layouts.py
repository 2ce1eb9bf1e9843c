"""Tables in layouts that a careful reader takes at a glance: what each cell is read as."""

from __future__ import annotations

import pytest

from ingest.model import ColumnRole, Document, Figure, Verdict
from ingest.pipeline import read_document


def read(text: str) -> Document:
    return read_document(text.encode(), "报告.txt")


def of(document: Document, row: str, column: str) -> list[Figure]:
    """The figures of cells whose row and column end in these labels."""
    return [
        f
        for f in document.figures
        if f.locator.table is not None
        and (f.row_path[-1:] or ("",)) == (row,)
        and (f.column_path[-1:] or ("",)) == (column,)
    ]


def told(document: Document, row: str, column: str) -> str:
    """``15.0分 score 2023``: the one figure of a cell."""
    (figure,) = of(document, row, column)
    quantity = figure.quantity
    return f"{quantity.printed}{quantity.unit.symbol} {figure.role} {figure.period}".strip()


ACCOUNTS = "2023年度某市文化馆单位决算\n\n一、决算表\n\n"
CODES = """{0}\t科目名称\t合计\t基本支出
208\t社会保障和就业支出\t88.03\t88.03
20805\t行政事业单位养老支出\t88.03\t88.03
2080505\t基本养老保险缴费支出\t59.82\t59.82
合计\t\t176.06\t176.06
"""


@pytest.mark.parametrize("header", ["功能科目", "人员经费科目", "科目编码", "功能分类"])
def test_codes_of_accounts_under_any_word(header: str) -> None:
    document = read(f"{ACCOUNTS}支出决算表\n\n单位：万元\n\n{CODES.format(header)}")
    (found,) = document.tables
    assert [c.role for c in found.columns[:2]] == [ColumnRole.CODE, ColumnRole.LABEL]
    assert found.row_infos[2].path == (
        "社会保障和就业支出",
        "行政事业单位养老支出",
        "基本养老保险缴费支出",
    )
    assert found.row_infos[3].total
    assert not [f for f in document.figures if f.quantity.printed in ("208", "20805", "2080505")]


MATRIX = (
    "抽查情况\n\n{0}\t东渡区\t西岭区\t石笋县\n抽查（份）\t48\t52\t44\n退回修改（份）\t7\t9\t11\n"
)


@pytest.mark.parametrize("header", ["区", "项目", "类别"])
def test_small_counts_under_names_are_no_codes(header: str) -> None:
    document = read(f"2023年度某市财政局情况\n\n{MATRIX.format(header)}")
    assert told(document, "退回修改（份）", "石笋县") == "11份 value 2023"
    assert document.tables[0].row_infos[0].code == ""


YEARS = """2023年市对区转移支付情况

表1 一般性转移支付（单位：万元）

区\t均衡性转移支付\t\t结算补助\t
\t2023年\t2022年\t2023年\t2022年
全市\t77,549\t72,285\t9,870\t9,647
东区\t18,420\t16,890\t1,845\t1,790
"""


def test_years_are_the_lower_row_of_a_header() -> None:
    document = read(YEARS)
    assert document.tables[0].columns[2].path == ("均衡性转移支付", "2022年")
    assert {f.period for f in document.figures if f.quantity.printed == "16,890"} == {"2022"}
    assert {f.period for f in document.figures if f.quantity.printed == "1,845"} == {"2023"}


THREE_PUBLIC = """{0}财政拨款“三公”经费支出决算表

单位：万元

预算数\t\t\t\t决算数\t\t\t
合计\t因公出国（境）费\t公务用车运行费\t公务接待费\t合计\t因公出国（境）费\t公务用车运行费\t公务接待费
42.00\t0.00\t32.00\t10.00\t34.76\t0.00\t28.64\t6.12
"""


def test_a_header_row_may_begin_with_the_total() -> None:
    document = read(THREE_PUBLIC.format(ACCOUNTS))
    assert document.tables[0].columns[7].path == ("决算数", "公务接待费")
    assert [f.quantity.unit.symbol for f in document.figures if f.quantity.printed == "34.76"] == [
        "万元"
    ]


MARKS = """得分情况

项目\t{0}\t{1}\t总分\t等级
河道治理工程\t16.0\t20.5\t36.5\t良
垃圾分类项目\t14.4\t18.0\t32.4\t中
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("决策（20分）", "预算执行（25分）"),
        ("决策(20)", "预算执行(25)"),
        ("决策（20）", "过程（25）"),
    ],
)
def test_a_full_mark_in_the_header_says_scores(first: str, second: str) -> None:
    document = read(f"2023年度重点项目评价情况\n\n{MARKS.format(first, second)}")
    column = document.tables[0].columns[2].path[-1]
    assert told(document, "河道治理工程", column) == "20.5分 score 2023"


def test_a_number_above_the_mark_is_no_score() -> None:
    document = read(f"2023年度评价情况\n\n{MARKS.format('决策(20)', '过程(15)')}")
    assert not [
        f for f in of(document, "河道治理工程", "过程(15)") if f.quantity.unit.symbol == "分"
    ]


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("年末在职人数", "49", "49人 value 2023"),
        ("年末编制数", "52", "52人 value 2023"),
        ("培训人次", "1290", "1290人次 value 2023"),
        ("全年开放天数", "330", "330天 value 2023"),
        ("惠及户数", "154", "154户 value 2023"),
        ("合同数", "11", "11 value 2023"),
    ],
)
def test_the_header_says_what_is_counted(header: str, value: str, expected: str) -> None:
    text = f"2023年度某市情况\n\n单位：万元\n\n地区\t支出金额\t{header}\n东区\t12.50\t{value}\n西区\t13.40\t{value}\n"
    assert told(read(text), "东区", header) == expected


def test_people_in_a_table_of_kilometres() -> None:
    text = """2023年度养护情况

表1 里程（单位：公里）

乡镇\t县道\t合计\t护路员人数
城关镇\t21.4\t134.2\t48
白沙镇\t18.7\t157.5\t62
"""
    document = read(text)
    assert told(document, "城关镇", "护路员人数") == "48人 value 2023"
    assert told(document, "白沙镇", "县道") == "18.7公里 value 2023"


def test_a_row_says_its_unit_against_the_table() -> None:
    text = """2023年度购置情况

单位：万元

项目\t预算\t支出
图书购置\t165.00\t163.90
中文图书（册）\t6200\t5890
"""
    document = read(text)
    assert told(document, "中文图书（册）", "支出") == "5890册 value 2023"
    assert told(document, "图书购置", "支出") == "163.90万元 value 2023"


def test_a_level_of_accounts_is_no_unit() -> None:
    text = f"""{ACCOUNTS}单位：万元

科目\t预算数\t决算数
小学教育（项）\t165.00\t163.90
初中教育（项）\t62.00\t58.90
"""
    assert told(read(text), "小学教育（项）", "决算数") == "163.90万元 value 2023"


def test_a_mark_in_the_label_of_a_row() -> None:
    text = "2023年度项目自评\n\n指标\t结果\n产出（50分）\t47.3\n效益（30分）\t28.5\n"
    document = read(text)
    assert {
        (f.quantity.unit.symbol, f.role.value)
        for f in document.figures
        if f.quantity.printed in ("47.3", "28.5")
    } == {("分", "score")}


PLAIN = "项目\t全年预算数\t全年执行数\n林区道路\t402.00\t395.68\n病虫害防治\t940.00\t863.45\n"
OTHER = "项目\t预算数\t决算数\n办公费\t12.31\t11.87\n水费\t4.20\t4.05\n"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (f"{PLAIN}\n注：上表金额单位为万元。\n", "万元"),
        (f"{PLAIN}\n注：以上金额单位均为元。\n", "元"),
        (f"金额单位：万元\n\n表1 甲表\n\n{OTHER}\n表2 乙表\n\n{PLAIN}", "万元"),
        (f"林区道路支出395.68万元，病虫害防治支出863.45万元，均按进度完成了各项任务。\n\n{PLAIN}", "万元"),
        (f"全年道路建设共支出395.68元，这是唯一写明单位的一处，无从推断其余。\n\n{PLAIN}", ""),
        (
            f"表1 甲表（单位：万元）\n\n{OTHER}\n表2 乙表（单位：万元）\n\n{OTHER.replace('12', '13')}\n"
            f"全年支出合计15.92万元，其中水费4.05万元，比上年略有增加。\n\n{PLAIN}",
            "万元",
        ),
        (f"全年支出合计较大，没有哪里写明单位，因此不作推断。\n\n{PLAIN}", ""),
    ],
)  # fmt: skip
def test_where_the_unit_of_a_table_stands(text: str, unit: str) -> None:
    document = read(f"2023年度某市林业局情况\n\n{text}")
    assert told(document, "林区道路", "全年执行数") == f"395.68{unit} value 2023"


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "表1 开放情况表（单位：个、万元、天、万人次）",
            ["1,500个", "96.00万元", "298天", "5.17万人次"],
        ),
        (
            "（座席单位：个；金额单位：万元；天数单位：天；人次单位：万人次）",
            ["1,500个", "96.00万元", "298天", "5.17万人次"],
        ),
    ],
)
def test_several_units_above_a_table(caption: str, expected: list[str]) -> None:
    document = read(
        f"2023年度场馆开放情况\n\n{caption}\n\n场馆\t座席数\t补助金额\t开放天数\t接待人次\n"
        "网球公园\t1,500\t96.00\t298\t5.17\n游泳馆\t1,800\t268.00\t316\t23.48\n"
    )
    found = [f for f in document.figures if f.row_path == ("网球公园",)]
    assert [f"{f.quantity.printed}{f.quantity.unit.symbol}" for f in found] == expected


def test_what_is_no_money_in_a_table_of_several_units() -> None:
    document = read(
        "2023年度清淤项目情况\n\n表1 标段情况\n\n单位：公里、万立方米、万元\n\n标段\t长度\t清淤量\t淤积深度\t合同价\n"
        "一标段\t4.2\t18.50\t1.35\t1,126.40\n二标段\t5.1\t24.20\t1.28\t1,438.75\n"
    )
    found = [f for f in document.figures if f.row_path == ("一标段",)]
    told = [f"{f.quantity.printed}{f.quantity.unit.symbol}" for f in found]
    assert told == ["4.2公里", "18.50万立方米", "1.35", "1,126.40万元"]


def failed(document: Document) -> list[str]:
    return [e.formula for e in document.equations if e.verdict is Verdict.FAILS]


GRANTED = """分类支出（单位：万元）

费用类别\t预算安排\t到位\t支出\t执行率
日常养护\t698.00\t677.00\t649.65\t95.96%
路面修复\t486.00\t486.00\t452.38\t93.08%
安防工程\t168.00\t150.00\t143.26\t{0}
桥梁检测\t74.00\t74.00\t68.90\t93.11%
"""


@pytest.mark.parametrize(("rate", "wrong"), [("95.51%", 0), ("97.51%", 1)])
def test_a_rate_of_what_was_granted(rate: str, wrong: int) -> None:
    assert len(failed(read(f"2023年度养护项目评价\n\n{GRANTED.format(rate)}"))) == wrong


def test_small_counts_bear_no_relation_out() -> None:
    text = """2023年度核查情况

县区\t已死亡\t重复享受\t超标\t小计
东渡区\t1\t1\t1\t3
西岭区\t2\t2\t0\t4
石笋县\t3\t1\t2\t6
白芒县\t3\t1\t2\t6
合计\t9\t5\t5\t19
"""
    assert failed(read(text)) == []


def test_formal_numerals_number_the_sections() -> None:
    document = read(
        "2023年度某市文化馆单位决算\n\n壹、单位概况\n\n一、主要职责\n\n组织群众文化活动。\n\n"
        "贰、收支情况\n\n一、收入情况\n\n收入合计120.00万元。\n"
    )
    (figure,) = document.figures
    assert document.section_path(figure.section)[-2:] == ("贰、收支情况", "一、收入情况")


BARE = """2023年度评分情况

一级指标（分值/得分）\t二级指标\t三级指标\t分值\t得分
投入（10/9.5）\t预算编制（6）\t合理性\t6\t5.5
\t资源配置（4）\t控制率\t4\t4
过程（7/6.5）\t预算管理（7）\t制度健全性\t7\t6.5
"""


def test_full_marks_and_scores_in_the_names_of_indicators() -> None:
    document = read(BARE)
    found = {(f.metric, f.quantity.printed, f.role.value) for f in document.figures}
    assert {
        ("投入 分值", "10", "full_mark"),
        ("投入 得分", "9.5", "score"),
        ("预算管理 分值", "7", "full_mark"),
    } <= found


DRAWN = """2024年度项目自评情况

┌────────────┬────────┬────────┬────────┐
│ 项目资金（万元） │ 年初预算数 │ 全年执行数 │ 执行率 │
├────────────┼────────┼────────┼────────┤
│ 年度资金总额 │ 310.00 │ 294.37 │ 94.96% │
│ 　其中：中央资金 │ 285.00 │ 271.02 │ 95.09% │
│ 　　　　县级资金 │ 25.00 │ 23.35 │ 93.40% │
└────────────┴────────┴────────┴────────┘

+----------+--------+
| 指标     | 得分   |
+----------+--------+
| 质量指标 | 9.5    |
| 数量指标 | 10     |
+----------+--------+
"""


def test_tables_drawn_with_lines() -> None:
    document = read(DRAWN)
    assert len(document.tables) == 2
    assert told(document, "县级资金", "全年执行数") == "23.35万元 value 2024"
    assert document.tables[0].row_infos[2].path == ("年度资金总额", "县级资金")
    assert told(document, "质量指标", "得分") == "9.5分 score 2024"


SITES = """2023年度小区改造评价

（四）合同执行。各标段合同执行情况如下（金额单位：万元；支付比例＝累计已支付÷合同价）：

标段\t施工单位\t小区\t合同价\t累计已支付
一标段\t某某建设工程有限公司\t桂香苑\t812.40\t754.30
\t\t东风里\t536.80\t475.60
二标段\t城建集团有限公司\t铁路新村\t1,684.50\t1,421.54
合计\t\t\t3,033.70\t2,651.44

表3 施工合同执行情况表

合同执行总体较好，没有发生纠纷，各标段均已完成竣工验收并移交社区管理使用。
"""


def test_parts_named_behind_an_attribute_and_a_title_below() -> None:
    document = read(SITES)
    (found,) = document.tables
    assert found.title == "表3 施工合同执行情况表"
    assert found.row_infos[1].path == ("一标段", "东风里")
    assert told(document, "东风里", "合同价") == "536.80万元 value 2023"
    assert failed(document) == []


TOWNS = """2023年度小区改造评价

表1 改造小区概况（份）

序号\t小区名称\t建成年份\t延期天数\t很满意
1\t桂香苑\t1992\t12\t41
2\t铁路新村\t1984\t按期\t48
3\t东风里\t1988\t按期\t29
合计\t\t—\t—\t118
"""


def test_years_that_only_describe_and_words_between_numbers() -> None:
    document = read(TOWNS)
    (found,) = document.tables
    assert found.columns[2].role is ColumnRole.TEXT
    assert found.row_infos[3].total
    assert told(document, "桂香苑", "延期天数") == "12天 value 2023"
    assert told(document, "铁路新村", "很满意") == "48份 value 2023"


SIDEWAYS = """2023年度评价得分汇总

一级指标\t投入\t过程\t产出\t合计
分值\t15\t25\t60\t100
得分\t11.5\t22.9\t53.9\t88.3
得分率\t76.7%\t91.6%\t89.8%\t88.3%
"""


def test_rates_of_a_table_on_its_side_do_not_add_up() -> None:
    document = read(SIDEWAYS)
    assert failed(document) == []
    assert told(document, "得分", "过程") == "22.9分 score 2023"


def test_bounds_without_a_unit_and_counts_of_things() -> None:
    document = read(
        "2023年度评价情况\n\n三级指标\t目标\t实际\n拥堵延时指数\t≤1.55\t1.62\n新增检测项目数（项）\t48\t33\n"
    )
    assert told(document, "拥堵延时指数", "目标") == "1.55 target 2023"
    assert told(document, "新增检测项目数（项）", "实际") == "33项 actual 2023"


SURVEY = """2023年度养护项目评价

评价组面向沿线群众发放问卷500份。群众综合满意度为92.1%。另对8个乡镇政府发放问卷24份，{0}。

乡镇\t发放（份）\t满意度（%）
城关镇\t60\t94.1
白沙镇\t80\t93.2
全县\t140\t92.1
"""


def test_a_paragraph_that_tells_the_figure_of_the_table_and_another_one() -> None:
    assert failed(read(SURVEY.format("全部收回，满意度96.5%"))) == []
