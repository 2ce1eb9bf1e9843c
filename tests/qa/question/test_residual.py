"""What the words taken for a project say beyond its name stays in the question."""

from __future__ import annotations

import pytest

from qa.naming.names import NameMatch, Names, resolve_names
from qa.question.residual import residual
from tests.qa.naming.test_names import COUNTRY


@pytest.mark.parametrize(
    ("said", "name", "left"),
    [
        ("医保省级财政补助", "城乡居民医保财政补助资金", "省级"),
        ("老旧管网改造里，沿河路片区", "老旧供水管网改造项目", "沿河路片区"),
        ("老旧管网改造", "老旧供水管网改造项目", ""),
        ("校舍维修改造工程", "义务教育学校校舍维修改造", ""),  # any project may be called so
        ("来穗融合", "来穗人员融合项目", ""),
    ],
)
def test_words_beyond_the_name_of_a_project_stay(said: str, name: str, left: str) -> None:
    match = NameMatch(0, len(said), said, name, 0.9, ())
    assert residual(said, Names(projects=(match,)), ()).strip() == left


def test_names_and_years_are_blanked_out_in_place() -> None:
    question = "江苏省教育厅2023年培训费是多少？"
    names = resolve_names(question, COUNTRY)
    assert residual(question, names, [(6, 11)]) == " " * 11 + "培训费是多少?"


def test_a_name_that_goes_into_brackets_ends_behind_them() -> None:
    question = "出租屋信息化项目（建设/运维）2022年支出决算"
    match = NameMatch(0, 11, question[:11], "出租屋信息化建设项目", 0.9, ())
    assert residual(question, Names(projects=(match,)), [(15, 20)]).strip() == "支出决算"
