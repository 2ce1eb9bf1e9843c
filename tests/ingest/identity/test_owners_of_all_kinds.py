"""Whose a report is where no body owns it by name: places, zones, units that carry out, titles of other shapes."""

from __future__ import annotations

import pytest

from ingest.model import Part
from ingest.pipeline import read_document

_BODY = "\n2022年“三公”经费决算58.40万元，比上年减少3.20万元。公务接待费12.30万元。\n"


def first(text: str) -> Part:
    return read_document(text.encode(), "a.txt").parts[0]


@pytest.mark.parametrize(
    ("title", "entity"),
    [
        ("2022年岭南省财政厅一般公共预算财政拨款“三公”经费支出决算情况说明", "岭南省财政厅"),
        ("牟山县2022年“三公”经费决算要点", "牟山县"),
        ("宜水市本级2022年“三公”经费决算汇总要点", "宜水市"),
        ("渝西区2022年度全区“三公”经费决算情况", "渝西区"),
        ("龙湖管理区专项转移支付2022年度农机购置补贴实施情况", "龙湖管理区"),
        ("青河州生态环境局2022年度项目支出绩效自评", "青河州生态环境局"),
        ("山阳市图书馆2022年度“三公”经费决算要点", "山阳市图书馆"),
        ("临安区高桥镇中心幼儿园2022年度决算（临安区教育局发布，2023-10-08）", "临安区高桥镇中心幼儿园"),
    ],
)  # fmt: skip
def test_the_owner_in_a_title(title: str, entity: str) -> None:
    assert first(title + _BODY).entity.value == entity


def test_a_line_that_goes_on_is_no_title() -> None:
    text = "2022年，县局组织开展了项目支出绩效\n自评，共涉及12个项目，资金合计850.20万元。\n"
    assert first(text).title.value == ""


_FORM = """某县项目支出绩效自评表
（2022年度）
项目名称\t基本公共卫生服务
主管部门\t青山县卫生健康局\t实施单位\t青山县大桥镇卫生院
资金（万元）\t全年预算数\t207.45\t全年执行数\t207.45
"""


def test_units_that_a_form_states_besides_its_own() -> None:
    part = first(_FORM)
    assert part.entity.value == "青山县卫生健康局"
    assert part.carriers == ("青山县大桥镇卫生院",)


@pytest.mark.parametrize("named", ["各乡镇卫生院", "相关单位", "项目组"])
def test_no_body_carries_out(named: str) -> None:
    assert first(_FORM.replace("青山县大桥镇卫生院", named)).carriers == ()
