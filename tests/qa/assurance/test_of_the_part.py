"""Which rows, columns and years of made-up reports a question is about."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Answer

_COUNTY = """# 禾渡县农村教师生活补助项目绩效评价报告（2023年度）

项目主管部门：禾渡县教育局

2022年淘汰国三及以下柴油货车1920辆，2023年淘汰国三及以下柴油货车860辆。

表1 分乡镇发放情况表（2023年）

| 乡镇 | 一类教师（人） | 二类教师（人） | 享受补助教师（人） | 发放金额（万元） |
|---|---|---|---|---|
| 枫溪乡 | 41 | 105 | 146 | 62.30 |
| 大堰镇 | 18 | 160 | 178 | 70.10 |
| 云坪镇 | 9 | 171 | 180 | 71.60 |
| 青杠乡 | 52 | 66 | 118 | 55.40 |

表2 指标得分表

| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
|---|---|---|---|---|
| 决策（20分） | 项目立项 | 立项依据充分性 | 10 | 10 |
| 决策（20分） | 项目立项 | 立项程序规范性 | 10 | 9 |
| 产出（40分） | 产出数量 | 补助发放人数 | 20 | 20 |
| 产出（40分） | 产出时效 | 发放及时率 | 20 | 17 |
| 效益（40分） | 社会效益 | 教师稳定率 | 40 | 40 |
"""
_BUREAU = """# 澄川市交通运输局{year}年度部门决算

{year}年度收入、支出总计均为{total}万元。与{before}年度的{last}万元相比，收、支总计各增加{more}万元，增长5%。主要原因是{why}。

表1 支出决算表（单位：元）

| 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|
| 节能环保支出 | 80,742,500.00 | 36,727,400.00 | 44,015,100.00 |
| 大气 | 16,215,400.00 | | 16,215,400.00 |
| 合计 | 80,742,500.00 | 36,727,400.00 | 44,015,100.00 |
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    years = {
        "2022": ("48,520.80", "2021", "45,963.10", "2,557.70", "省道改扩建工程开工"),
        "2023": ("49,640.60", "2022", "48,520.80", "1,119.80", "新增老旧货车淘汰补贴"),
    }
    reports = {"禾渡县教师补助2023.md": _COUNTY}
    for year, (total, before, last, more, why) in years.items():
        reports[f"澄川市交通运输局{year}.md"] = _BUREAU.format(
            year=year, total=total, before=before, last=last, more=more, why=why
        )
    documents = [read_document(text.encode(), name) for name, text in reports.items()]
    return Engine(MemoryLibrary.of(documents), SimpleNamespace(abstain_threshold=0.55))


def first(answer: Answer) -> list[str]:
    return [f"{value.number}{value.unit}" for value in answer.values][:1]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # money that was paid out, not those who got it
        ("禾渡县枫溪乡2023年一共发了多少农村教师补助？", "62.30万元"),
        # full marks below 产出 alone
        ("禾渡县教师补助2023年评价中，产出类三级指标拿满分的有几个？", "1个"),
        ("禾渡县教师补助2023年评价中，拿满分的三级指标有几个？", "3个"),
        # 国三及以下 is a name, no bound
        ("禾渡县2022年淘汰了多少辆国三及以下柴油货车？", "1920辆"),
        # of 科目支出 the column of all that was spent
        ("澄川市交通局2023年大气科目支出占节能环保支出的比重是多少？", "20.08%"),
        ("澄川市交通局2023年大气项目支出占节能环保项目支出的比重是多少？", "36.84%"),
    ],
)
def test_first_value(engine: Engine, question: str, value: str) -> None:
    answer = engine.ask(question)
    assert first(answer) == [value], answer.text


@pytest.mark.parametrize(
    ("year", "reason"), [("2022", "省道改扩建工程开工"), ("2023", "新增老旧货车淘汰补贴")]
)
def test_the_reason_of_its_own_year(engine: Engine, year: str, reason: str) -> None:
    answer = engine.ask(f"澄川市交通局{year}年收支总计增长的主要原因是什么？")
    assert reason in answer.text


def test_no_reason_of_the_year_that_is_compared_with() -> None:
    text = "# 澄川市交通运输局2023年度部门决算\n\n收支总计较2022年增加1,119.80万元，主要是新增老旧货车淘汰补贴。\n"
    other = "# 澄川市交通运输局2022年度部门决算\n\n本年支出合计48,520.80万元。\n"
    documents = [read_document(t.encode(), n) for n, t in (("a.md", text), ("b.md", other))]
    engine = Engine(MemoryLibrary.of(documents), SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask("澄川市交通局2022年收支总计增长的主要原因是什么？")
    assert "淘汰补贴" not in answer.text


_NESTED = """<html><body><h1>云溪县2023年度农村教师补助项目绩效评价报告</h1>
<p>项目主管部门：云溪县教育局</p>
<table><caption>表1 分乡镇发放情况表</caption>
<tr><th rowspan="2">乡镇</th><th colspan="3">享受补助教师（人）</th></tr>
<tr><th>一类</th><th>二类</th><th>小计</th></tr>
<tr><td>枫溪乡</td><td>41</td><td>105</td><td>146</td></tr>
<tr><td>大堰镇</td><td>18</td><td>160</td><td>178</td></tr>
<tr><td>云坪镇</td><td>9</td><td>171</td><td>180</td></tr>
<tr><td>青杠乡</td><td>52</td><td>66</td><td>118</td></tr>
</table></body></html>"""


def test_the_column_of_all_under_one_header_is_ranked() -> None:
    document = read_document(_NESTED.encode(), "云溪县教师补助2023.html")
    engine = Engine(MemoryLibrary.of([document]), SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask("云溪县2023年各乡镇享受补助教师总人数排第二的是哪个乡镇？")
    assert first(answer) == ["178人"], answer.text
    assert "大堰镇" in answer.text


_PLACES = """# 澄州市教育局2023年学校体育场地开放补助绩效评价

项目主管部门：澄州市教育局

2023年5岁以下儿童死亡率为4.58‰，婴儿死亡率为3.15‰。

表1 各区县开放情况

| 区县 | 入校锻炼人次（万人次） | 签约学校（所） |
|---|---|---|
| 栖云区 | 86.4 | 31 |
| 北亭区 | 52.7 | 10 |
| 鹿屿县 | 33.1 | 8 |

表2 推介会情况

| 日期 | 城市 | 合作意向（份） |
|---|---|---|
| 2023-03-14 | 上海 | 14 |
| 2023-03-28 | 杭州 | 11 |
| 2023-05-09 | 武汉 | 8 |
| 合计 | 3场 | 33 |
"""
_CITY = """# 澜溪市云埠区城市管理局2022年度部门决算

2022年末结转和结余360.04万元，年初结转和结余118.42万元。本年支出合计20,477.11万元。
"""


@pytest.fixture(scope="module")
def others() -> Engine:
    reports = {"澄州市教育局2023.md": _PLACES, "云埠区城管局2022.md": _CITY}
    documents = [read_document(text.encode(), name) for name, text in reports.items()]
    return Engine(MemoryLibrary.of(documents), SimpleNamespace(abstain_threshold=0.55))


def test_districts_are_no_schools(others: Engine) -> None:
    answer = others.ask("澄州市2023年入校锻炼人次最多的是哪所学校？")
    assert not answer.values, answer.text
    assert first(others.ask("澄州市2023年入校锻炼人次最多的是哪个区县？")) == ["86.4万人次"]


def test_rows_of_a_table_without_its_total(others: Engine) -> None:
    answer = others.ask("澄州市2023年推介会中，合作意向达到10份及以上的有几场？")
    assert first(answer) == ["2场"], answer.text


def test_an_age_is_no_bound(others: Engine) -> None:
    answer = others.ask("澄州市2023年5岁以下儿童死亡率是多少？")
    assert [f"{value.number}{value.unit}" for value in answer.values] == ["4.58‰"], answer.text


def test_a_district_does_not_answer_for_its_city(others: Engine) -> None:
    answer = others.ask("澜溪市城市管理局（市本级）2022年度本年支出合计是多少万元？")
    assert not answer.values, answer.text
    answer = others.ask("澜溪市云埠区城市管理局2022年度本年支出合计是多少万元？")
    assert first(answer) == ["20477.11万元"], answer.text


def test_a_name_with_and_inside_is_one(others: Engine) -> None:
    answer = others.ask("云埠区城管局2022年年末结转和结余合计是多少万元？")
    assert "478.46" not in answer.text
