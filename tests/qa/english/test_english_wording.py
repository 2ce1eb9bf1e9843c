"""Words and names of English questions as the reports of the library have them."""

import pytest

from qa.english.bodies import with_chinese_names
from qa.english.questions import to_chinese
from qa.english.wording import Wording
from qa.model import PartRef
from qa.naming.catalogue import Catalogue

LABELS = (
    "公路养护、农村公路养护里程、老旧小区改造、支出决算表、受理案件、审结案件、青石县、荻花滩分馆、"
    "海州市财政局、临江县、营养改善计划"
)
REPORTED = Wording(frozenset(LABELS.split("、")))


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("How much was spent on road maintenance?", "公路养护"),
        ("How many old residential communities were renovated?", "老旧小区"),
        ("In the expenditure table, what was the total?", "支出决算表"),
        ("How many cases did the court accept in 2022?", "受理案件"),
        ("How much did the nutrition improvement programme cost?", "营养改善计划"),
    ],
)
def test_the_reports_own_word_is_taken(question: str, held: str) -> None:
    assert held in to_chinese(question, REPORTED).text


def test_without_reports_the_first_word_of_the_glossary_is_taken() -> None:
    assert "项目" in to_chinese("How much did the programme cost?").text


@pytest.mark.parametrize(
    ("latin", "level", "name"),
    [
        ("Qingshi", "县", "青石县"),
        ("Dihuatan", "", "荻花滩"),
        ("Qingshi", "市", ""),
        ("Beihai", "", ""),
    ],
)
def test_names_are_read_by_their_sound(latin: str, level: str, name: str) -> None:
    assert REPORTED.spelled(latin, level) == name


PARTS = tuple(
    PartRef(n, 0, f"{n}.txt", "accounts", "", body, "", "2023")
    for n, body in enumerate(
        (
            "海州市第二人民医院",
            "海州市中级人民法院",
            "溪山学院",
            "海州市临江县职业技术学校",
            "海州市少年宫",
        )
    )
)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Haizhou No. 2 People's Hospital 2023年收入", "海州市第二人民医院2023年收入"),
        ("Haizhou Second People's Hospital 2023年收入", "海州市第二人民医院2023年收入"),
        ("Haizhou Intermediate Court 2023年收入", "海州市中级人民法院2023年收入"),
        ("Xishan College 2023年收入", "溪山学院2023年收入"),
        ("Linjiang County Vocational School 2023年收入", "海州市临江县职业技术学校2023年收入"),
        ("Haizhou Finance Bureau 2023年通知", "海州市财政局2023年通知"),
        ("Qingshi County 的执行率", "青石县的执行率"),
        ("Beihai Education Bureau 2023年收入", "Beihai Education Bureau 2023年收入"),
        (
            "Haizhou No. 1 People's Hospital 2023年收入",
            "Haizhou No. 1 People's Hospital 2023年收入",
        ),
        ("Beishan College 2023年收入", "Beishan College 2023年收入"),
    ],
)
def test_names_stand_in_chinese_where_they_are_certain(asked: str, named: str) -> None:
    assert with_chinese_names(asked, Catalogue(PARTS), REPORTED) == named
