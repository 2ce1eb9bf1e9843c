"""Which names are one over the years, and the vetoes that keep like names apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.compare.model import State
from qa.model import PartRef
from qa.naming.catalogue import Catalogue
from qa.naming.identity import Identities, NameFact, plain_project
from qa.naming.identity_vetoes import metric_veto, project_veto, unit_veto

UNITS = (
    ("海州市临江区水务局", "海州市临江区水务和河道局", False),
    ("海州市临江区水务局", "海州市临江区水务局信息中心", True),
    ("海州市临江区水务局", "海州市临江区水务中心", True),
    ("海州市临江区水务局", "海州市水务局", True),
    ("北京市朝阳区教育局", "辽宁省朝阳市教育局", True),
    ("南京市鼓楼区民政局", "福州市鼓楼区民政局", True),
    ("云岭市第一中学", "云岭市第二中学", True),
    ("云岭市水务局（本级）", "云岭市水务局（汇总）", True),
    ("云岭市水务局本级", "云岭市水务局", True),
    ("中共云岭市委组织部", "云岭市组织部", True),
    ("水务局", "云岭市水务局", True),
)


@pytest.mark.parametrize(("left", "right", "vetoed"), UNITS)
def test_units(left: str, right: str, vetoed: bool) -> None:
    assert bool(unit_veto(left, right)) is vetoed
    assert bool(unit_veto(right, left)) is vetoed


PROJECTS = (
    ("河道清淤项目", "河道清淤专项资金", False),
    ("河道清淤一期工程", "河道清淤二期工程", True),
    ("河道清淤工程", "河道清淤二期工程", True),
    ("智慧水务平台建设项目", "智慧水务平台运维项目", True),
    ("非税收入征管项目", "非税支出征管项目", True),
    ("年初结转项目", "年末结转项目", True),
    ("海州市小学校舍改造", "海州市初中校舍改造", True),
    ("2022年防汛物资购置", "2023年防汛物资购置", False),
    ("2021年防汛物资购置", "2023年防汛物资购置", True),
    ("设备维护（2021-2022年度）", "设备维护（2022-2023年度）", True),
    ("临江区路灯改造", "滨海区路灯改造", True),
)


@pytest.mark.parametrize(("left", "right", "vetoed"), PROJECTS)
def test_projects_of_2022_and_2023(left: str, right: str, vetoed: bool) -> None:
    assert bool(project_veto(left, right, {"2022"}, {"2023"})) is vetoed


METRICS = (
    ("年初结转和结余", "年末结转和结余", True),
    ("本年收入合计", "本年支出合计", True),
    ("基本支出", "项目支出", True),
    ("公务接待费", "公务用车运行维护费", True),
    ("一般公共预算财政拨款支出", "财政拨款支出决算", False),
    ("三公经费支出决算", "“三公”经费决算数合计", False),
    ("收入支出决算总表 本年支出合计", "本年支出合计", False),
)


@pytest.mark.parametrize(("left", "right", "vetoed"), METRICS)
def test_metrics(left: str, right: str, vetoed: bool) -> None:
    assert bool(metric_veto(left, right)) is vetoed


def catalogue(*named: tuple[str, str, str]) -> Catalogue:
    """Reports by unit, project and year."""
    parts = [
        PartRef(number, 0, f"{number}.txt", "final_accounts", "", unit, project, year)
        for number, (unit, project, year) in enumerate(named)
    ]
    return Catalogue(parts)


OLD, NEW = "云岭市河道管理局", "云岭市水务管理局"


def units(names: Catalogue, facts: Sequence[NameFact] = ()) -> tuple[set[str], list[State]]:
    group, how = Identities(names, facts).units(NEW)
    return set(group), [each.state for each in how]


def test_a_name_of_another_wording_is_no_other_body() -> None:
    names = catalogue((OLD, "", "2021"), (NEW, "", "2022"))
    assert units(names) == ({NEW}, [])


def test_joining_words_make_no_other_body() -> None:
    names = catalogue(("云岭市水务和管理局", "", "2021"), (NEW, "", "2022"))
    assert units(names) == ({NEW, "云岭市水务和管理局"}, [State.SPELLED])


def test_a_close_name_is_a_guess_and_only_of_other_years() -> None:
    close = "云岭市水政管理局"
    apart = catalogue((close, "", "2021"), (NEW, "", "2022"))
    same = catalogue((close, "", "2022"), (NEW, "", "2022"))
    assert units(apart) == ({NEW, close}, [State.GUESSED])
    assert units(same) == ({NEW}, [])


def fact(first: str, second: str, state: State, kind: str = "unit") -> NameFact:
    return NameFact(kind, first, second, state, "报告写明更名", NEW)


def test_what_a_report_states_joins_names_through_names_that_no_report_bears() -> None:
    names = catalogue((OLD, "", "2020"), (NEW, "", "2022"))
    between = "云岭市河道水务局"
    facts = [fact(OLD, between, State.CONFIRMED), fact(between, NEW, State.CONFIRMED)]
    found, states = units(names, facts)
    assert {OLD, NEW} <= found
    assert set(states) == {State.CONFIRMED}


def test_names_without_their_place_are_of_the_reports_place() -> None:
    names = catalogue((OLD, "", "2021"), (NEW, "", "2022"))
    found, _ = units(names, [fact("河道管理局", "水务管理局", State.CONFIRMED)])
    assert found == {OLD, NEW}


def test_the_user_outweighs_reports_and_likeness() -> None:
    names = catalogue((OLD, "", "2021"), (NEW, "", "2022"))
    stated = fact(OLD, NEW, State.CONFIRMED)
    assert units(names, [stated, fact(OLD, NEW, State.PARTED)]) == ({NEW}, [])
    assert units(names, [fact(OLD, NEW, State.USER)]) == ({NEW, OLD}, [State.USER])


def test_a_guess_is_not_reached_over_a_guess() -> None:
    names = catalogue(
        ("云岭市水政治理局", "", "2020"),
        ("云岭市水政管理局", "", "2021"),
        (NEW, "", "2022"),
    )
    found, states = units(names)
    assert "云岭市水政治理局" not in found
    assert states == [State.GUESSED]


def test_projects_of_another_unit_are_others() -> None:
    names = catalogue((NEW, "河道清淤项目", "2021"), ("云岭市教育局", "河道清淤专项", "2022"))
    assert Identities(names).projects("河道清淤项目", [NEW])[0] == ("河道清淤项目",)


def test_only_what_a_report_says_is_stated_and_spellings_are_still_one() -> None:
    other = "河道清淤专项资金"
    names = catalogue((NEW, "河道清淤项目", "2021"), (NEW, other, "2022"))
    found, how = Identities(names).projects("河道清淤项目", [NEW])
    assert set(found) == {"河道清淤项目", other}
    assert [(each.state, each.open, each.guessed) for each in how] == [(State.SPELLED, True, False)]
    said = NameFact("project", "河道清淤项目", other, State.CONFIRMED, "编码相同（1）")
    _, how = Identities(names, [said]).projects("河道清淤项目", [NEW])
    assert [(each.state, each.open) for each in how] == [(State.CONFIRMED, False)]


def test_a_changed_project_name_is_a_guess() -> None:
    names = catalogue((NEW, "河道清淤整治", "2021"), (NEW, "河道清淤及整治项目", "2022"))
    found, how = Identities(names).projects("河道清淤整治", [NEW])
    assert set(found) == {"河道清淤整治", "河道清淤及整治项目"}
    assert [each.state for each in how] == [State.GUESSED]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("海州市2023年河道清淤专项资金项目", "河道清淤"),
        ("“河道清淤”工程", "河道清淤"),
        ("河道清淤（2022-2023年度）", "河道清淤"),
    ],
)
def test_plain_names_of_projects(name: str, plain: str) -> None:
    assert plain_project(name) == plain
