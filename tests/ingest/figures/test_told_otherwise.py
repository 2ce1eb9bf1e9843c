"""Figures of sentences that reports of many places write: one-character changes, lists, brackets, 该项支出."""

from __future__ import annotations

import pytest

from ingest.model import Figure
from ingest.pipeline import read_document


def figures(text: str) -> dict[str, Figure]:
    """The figures of a paragraph under 工作完成情况, by their printed digits (the last of each)."""
    head = "某县水务局2022年度部门决算\n\n一、工作完成情况\n\n"
    document = read_document(f"{head}{text}\n".encode(), "a.txt")
    return {figure.quantity.printed: figure for figure in document.figures}


@pytest.mark.parametrize(
    ("text", "printed", "metric"),
    [
        # The things counted stand before their number: they do not name it.
        ("共设办公室、法制处、研究室、考古处、财务处、组宣处6个内设机构。", "6", "内设机构"),
        ("展厅分为序厅、数字平台、智慧农业等26个展区以及168台拼接屏。", "26", "展区"),
        ("配备30台主机工作站、4台投影仪、18台网络设备。", "18", "配备 网络设备"),
        ("实现31个区级部门1809个事项进驻中心。", "1809", "实现 事项进驻中心"),
        ("该项目2022年预算数为15万元，决算数为5万元。", "5", "工作完成情况 决算数"),
        ("州数据中心(以下简称“中心”)实施项目共17个。", "17", "州数据中心实施项目"),
        ("全年实际下达71万元。", "71", "全年实际下达"),
        ("收入792.22万元，其中财政拨款收入也是700.10万元。", "700.10", "财政拨款收入"),
        # A sentence that says what there are parts of is no lead.
        ("支出分为基本支出和项目支出两部分。委员活动经费36.3万元。", "36.3", "委员活动经费"),
    ],
)
def test_what_a_number_is_called(text: str, printed: str, metric: str) -> None:
    assert figures(text)[printed].metric == metric


@pytest.mark.parametrize(
    ("text", "printed", "told"),
    [
        ("支出100万元，比上年决算增20.5万元。", "20.5", "change up 上年决算"),
        ("支出100万元，较2021年降3万元。", "3", "change down 2021年"),
        ("支出100万元，决算数大于预算数5.9万元。", "5.9", "change up 预算数"),
        ("支出100万元，决算数小于年初预算数5.9万元。", "5.9", "change down 年初预算数"),
        ("全年新增5个，现有12个。", "5", "value  "),
        ("设计划财务处等12个处室。", "12", "value  "),
    ],
)
def test_how_a_number_moved(text: str, printed: str, told: str) -> None:
    figure = figures(text)[printed]
    assert f"{figure.role.value} {figure.direction.value} {figure.basis}" == told


def test_a_year_in_a_bracket_ends_with_it() -> None:
    told = figures("2022年实施项目15个（含2021年结转项目5个），年初批复985万元。")
    assert told["5"].period == "2021"
    assert told["985"].period == "2022"


def test_that_spending_goes_on_about_the_paragraph_before() -> None:
    told = figures(
        "（二）公务用车购置及运行费支出57.36万元。\n\n该项支出决算数比预算数减少17.54万元，下降23.42%。"
    )
    assert told["17.54"].metric == "公务用车购置及运行费"
    assert told["17.54"].basis == "预算数"
