"""Tables of which only the words are left, one space between them."""

import pytest

from ingest.pipeline import read_document

TABLE = """支出决算表
科目编码 科目名称 本年支出合计 基本支出 项目支出
合计 464.08 324.51 139.57
2012601 行政运行 218.46 218.46 0.00
2012604 档案 利用 139.57 0.00 139.57
"""


def figures(text: str) -> dict[tuple[str, ...], str]:
    document = read_document(text.encode(), "a.txt")
    return {
        (f.row_path[-1], f.column_path[-1]): f.quantity.printed
        for f in document.figures
        if f.locator.table is not None and f.row_path and f.column_path
    }


def test_rows_and_columns() -> None:
    found = figures(TABLE)
    assert found["行政运行", "基本支出"] == "218.46"
    assert found["档案利用", "项目支出"] == "139.57"
    assert found["合计", "本年支出合计"] == "464.08"


@pytest.mark.parametrize(
    "text",
    [
        "科目名称 支出合计 说明\n本年支出 12.5 万元，比上年 增加。\n另有 3.2 万元。\n共 15.7 万元。\n",
        "项目名称 预算数 执行数\n甲 12.50 11.00\n乙 无 8.00\n丙 1.00 0.50\n",
        "甲 12.50 11.00\n乙 9.00 8.00\n丙 1.00 0.50\n",
    ],
)
def test_texts_are_no_tables(text: str) -> None:
    assert not figures(text)


def test_pipes_without_edges() -> None:
    found = figures(
        "项目明细\n项目名称|预算数|执行数\n送戏下乡|60.00|54.00\n旅游宣传|90.00|88.00\n"
    )
    assert found["旅游宣传", "执行数"] == "88.00"
