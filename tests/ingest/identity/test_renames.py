"""What reports say of names: renamed, reorganised, coded; and sentences that say nothing of it."""

from __future__ import annotations

import pytest

from ingest.identity.renames import NameTold, Told, names_told
from ingest.pipeline import read_document

HEAD = "2023年度云岭市水务局部门决算\n\n一、部门概况\n\n"
PROJECT = "云岭市水务局2023年河道整治项目绩效评价报告\n\n项目名称：河道整治项目\n\n主管部门：云岭市水务局\n\n"


def told(text: str, head: str = HEAD) -> list[NameTold]:
    return list(names_told(read_document((head + text + "\n").encode(), "a.txt")))


SAID = (
    ("原云岭市河道局更名为云岭市水务局。", Told.RENAMED, "unit", "云岭市河道局", "云岭市水务局"),
    ("2023年3月，原“云岭市河道局”正式更名为“云岭市水务局”。", Told.RENAMED, "unit", "云岭市河道局", "云岭市水务局"),
    ("云岭市水务局（原云岭市河道局）负责河道管理。", Told.RENAMED, "unit", "云岭市河道局", "云岭市水务局"),
    ("云岭市河道局于2022年12月更名为云岭市水务局，职责不变。", Told.RENAMED, "unit", "云岭市河道局", "云岭市水务局"),
    ("河道整治项目（原名清淤疏浚项目）全年支出5万元。", Told.RENAMED, "project", "清淤疏浚项目", "河道整治项目"),
    ("原“清淤疏浚专项”名称调整为“河道整治项目”，延续实施。", Told.RENAMED, "project", "清淤疏浚专项", "河道整治项目"),
    ("河道整治项目（2022年名为“清淤疏浚项目”）由水务局实施。", Told.RENAMED, "project", "清淤疏浚项目", "河道整治项目"),
    (
        "项目名称\t河道整治专项（2021年称“清淤疏浚项目”）\n金额\t5\n",
        Told.RENAMED, "project", "清淤疏浚项目", "河道整治专项",
    ),
    ("云岭市水务局（以下简称“云水局”）负责河道管理。", Told.SHORTENED, "unit", "云水局", "云岭市水务局"),
    ("在原云岭市河道局基础上，组建云岭市水务局。", Told.REORGANISED, "unit", "云岭市河道局", "云岭市水务局"),
    ("将原云岭市河道局的职责划入云岭市水务局。", Told.REORGANISED, "unit", "云岭市河道局", "云岭市水务局"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "subject", "first", "second"), SAID)
def test_statements(text: str, kind: Told, subject: str, first: str, second: str) -> None:
    (found,) = told(text)
    assert (found.told, found.subject) == (kind, subject)
    assert (found.first, found.second) == (first, second)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("为做好河道整治项目（以下简称“河治项目”）的评价，成立评价组。", "河治项目"),
        ("河道整治工程专项资金（下称：河治资金）已全部到位。", "河治资金"),
    ],
)
def test_a_project_called_short(text: str, short: str) -> None:
    (found,) = told(text, PROJECT)
    assert (found.told, found.first, found.second) == (Told.SHORTENED, short, "河道整治项目")


@pytest.mark.parametrize(
    "text",
    [
        "云岭市财政局（以下简称“市财局”）下达资金。",
        "河道整治项目（以下简称“本项目”）由水务局实施。",
    ],
)
def test_short_names_of_others_and_of_none_say_nothing(text: str) -> None:
    assert told(text, PROJECT) == []


@pytest.mark.parametrize(
    "text",
    [
        "原定于6月完成的项目改为9月完成。",
        "预算由100万元调整为“120万元”。",
        "水务局（以下简称“我局”）负责河道管理。",
        "将全年目标并入年度考核。",
        "原材料价格上涨。",
    ],
)
def test_other_sentences_say_nothing_of_names(text: str) -> None:
    assert told(text) == []


def test_the_span_gives_the_statement_verbatim() -> None:
    document = read_document((HEAD + "原云岭市河道局更名为云岭市水务局。\n").encode(), "a.txt")
    (found,) = names_told(document)
    start, end = found.span
    assert document.text[start:end] == "原云岭市河道局更名为云岭市水务局"


CODES = (
    ("项目编码：440113230000123\n", "440113230000123"),
    ("项目名称\t河道整治项目\t项目代码\t44011323-0123\n金额\t5\t比例\t1\n", "44011323-0123"),
)


@pytest.mark.parametrize(("text", "code"), CODES)
def test_codes_of_projects(text: str, code: str) -> None:
    found = [each for each in told(text, PROJECT) if each.told is Told.CODED]
    assert [(each.first, each.second) for each in found] == [("河道整治项目", code)]


@pytest.mark.parametrize("text", ["项目编号：/\n", "项目编码：000000\n", "项目代码：第12号\n"])
def test_what_is_no_code(text: str) -> None:
    assert [each for each in told(text, PROJECT) if each.told is Told.CODED] == []
