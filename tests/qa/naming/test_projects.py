"""A project by a few words of its name."""

import pytest

from qa.naming.projects import ProjectIndex, find_projects

NAMES = ("中小河道清淤疏浚工程项目", "65岁及以上老年人免费健康体检项目", "农村公路养护工程")


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("番禺区清淤项目评价报告指出了哪些问题?", "清淤项目", NAMES[0]),
        ("清淤项目结余多少?", "清淤项目", NAMES[0]),
        ("番禺区河道清淤项目花了多少?", "河道清淤项目", NAMES[0]),
        # The word in the quotes is an indicator's name, not the end of the project's.
        ("老年体检评价里“项目立项”得几分?", "老年体检", NAMES[1]),
    ],
)
def test_where_a_project_is_meant(text: str, said: str, name: str) -> None:
    found = find_projects(text, ProjectIndex(NAMES), ())
    assert [(text[each.start : each.end], each.project.name) for each in found] == [(said, name)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("设备采购及清淤项目花了多少?", NAMES),
        ("番禺区清淤项目花了多少?", (*NAMES, "水库大坝除险加固及清淤疏浚综合治理工程")),
        ("番禺区绿化项目花了多少?", NAMES),
    ],
)
def test_where_a_short_word_may_mean_another_one(text: str, names: tuple[str, ...]) -> None:
    assert find_projects(text, ProjectIndex(names), ()) == []
