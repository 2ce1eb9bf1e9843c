"""Rows that name each of their numbers: 资金 | 年初预算数 | 120 | 全年执行数 | 112.05."""

from __future__ import annotations

import pytest

from tests.ingest.tables.test_table_layouts import read, told

FORM = """项目支出绩效自评表
（2022年度）
项目名称\t乡村医生补助项目
主管部门\t某县卫生健康局\t实施单位\t某县疾控中心
资金（万元）\t年初预算数\t120\t全年预算数\t112.5\t全年执行数\t112.05
其中：财政拨款\t年初预算数\t100\t全年预算数\t92.5\t全年执行数\t92.05
其他资金\t年初预算数\t20\t全年预算数\t20\t全年执行数\t20
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t补助医生人数\t≥300人\t286人\t50\t48.5
总分\t\t\t\t\t50\t48.5
"""


@pytest.mark.parametrize(
    ("row", "column", "shown"),
    [
        ("资金（万元）", "年初预算数", "120万元 budget 2022"),
        ("资金（万元）", "全年执行数", "112.05万元 value 2022"),
        ("财政拨款", "全年预算数", "92.5万元 budget 2022"),
        ("其他资金", "全年执行数", "20万元 value 2022"),
        ("补助医生人数", "实际完成值", "286人 actual 2022"),
    ],
)
def test_names_beside_the_numbers_of_each_row_are_a_header(
    row: str, column: str, shown: str
) -> None:
    assert told(read(FORM), row, column) == shown


def test_one_row_of_names_and_numbers_stays_as_it_is() -> None:
    document = read("\n".join(FORM.splitlines()[:5] + FORM.splitlines()[7:]) + "\n")
    assert [f.quantity.printed for f in document.figures][:3] == ["120", "112.5", "112.05"]


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("家庭医生签约42000人", "家庭医生签约"),
        ("全年履约28500人", "全年履约"),
        ("解约640人", "解约"),
        ("配备彩超36台", "配备彩超"),
    ],
)
def test_words_that_end_like_an_approximation(clause: str, name: str) -> None:
    (figure,) = read(
        f"某县2022年度医疗服务项目绩效评价报告\n\n一、产出情况\n\n{clause}。\n"
    ).figures
    assert figure.metric.endswith(name)
    assert figure.quantity.approx == ""


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("完成15座小型水库除险加固", "15座"),
        ("购买7座小型客车2辆", "2辆"),
        ("指导18家乡镇卫生院", "18家"),
        ("检查38家用人单位", "38家"),
        ("走访12位居民", "12位"),
        ("支持3所在建学校", "3所"),
    ],
)
def test_a_measure_word_before_a_noun_that_begins_like_another_word(
    clause: str, shown: str
) -> None:
    (figure,) = read(f"某县2022年度水利项目绩效评价报告\n\n一、产出情况\n\n{clause}。\n").figures
    assert f"{figure.quantity.printed}{figure.quantity.unit.symbol}" == shown
