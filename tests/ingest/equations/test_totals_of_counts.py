"""Totals in tables of several units, and rows of totals that begin in a column of dates."""

from __future__ import annotations

from ingest.pipeline import read_document

_CHILDREN = """<html><body><h1>青屏市残疾人联合会2023年度绩效自评</h1>
<p>分县区完成情况（单位：人、万元）</p>
<table>
<tr><th rowspan="2">县区</th><th colspan="3">救助人数</th><th rowspan="2">救助资金</th></tr>
<tr><th>视力</th><th>听力</th><th>合计</th></tr>
<tr><td>城东区</td><td>6</td><td>32</td><td>38</td><td>478.40</td></tr>
<tr><td>安棠区</td><td>4</td><td>25</td><td>29</td><td>415.60</td></tr>
</table></body></html>"""

_EVENTS = """# 枕霞市2024年旅游推介自评

表1 境内推介会情况

| 日期 | 城市 | 到会旅行商（家次） | 合作意向（份） |
|---|---|---|---|
| 2024-03-14 | 上海 | 86 | 14 |
| 2024-03-28 | 杭州 | 64 | 11 |
| 2024-05-09 | 武汉 | 57 | 8 |
| 合计 | 3场 | 207 | 33 |
"""


def test_a_total_of_people_is_no_money() -> None:
    document = read_document(_CHILDREN.encode(), "青屏市残联2023.html")
    totals = [f for f in document.figures if f.column_path and f.column_path[-1] == "合计"]
    assert [f.quantity.unit.symbol for f in totals] == ["人", "人"]
    money = [f for f in document.figures if f.column_path == ("救助资金",)]
    assert [f.quantity.unit.symbol for f in money] == ["万元", "万元"]


def test_a_row_that_begins_with_its_total_is_one() -> None:
    document = read_document(_EVENTS.encode(), "枕霞市推介2024.md")
    table = document.tables[0]
    total = [
        table.row_at(f.locator.row or 0, f.locator.column or 0).total for f in document.figures
    ]
    last = [f for f in document.figures if f.quantity.printed == "33"]
    assert table.row_at(last[0].locator.row or 0, last[0].locator.column or 0).total
    assert sum(total) < len(total)


def test_a_table_whose_names_stand_in_the_column_of_codes_is_read() -> None:
    page = """<html><body><h1>某局2023年度部门决算</h1><table>
<tr><th>备注</th><th>科目编码</th><th>金额</th></tr>
<tr><td></td><td>基本工资</td><td>3,862,140.00</td></tr>
<tr><td></td><td>津贴补贴</td><td>1,204,360.00</td></tr>
</table></body></html>"""
    document = read_document(page.encode(), "某局2023.html")
    assert {figure.quantity.printed for figure in document.figures} >= {"3,862,140.00"}
