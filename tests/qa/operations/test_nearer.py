"""Of several figures of one sentence the one whose own words are asked for; the result for the plan."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer

TEXT = """桐丘县通信管理局2023年度部门整体支出绩效自评报告

一、任务完成情况

新增光缆站点180座，累计建成1549座，消除盲区82个。技术人员中高级技师4人、技师9人。

全县营业网点由28个增至41个。计划新建管道80公里，实际92公里。计划巡检120次。

政府采购支出总额120.00万元，其中：货物30.00万元、工程40.00万元、服务50.00万元。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = tmp_path_factory.mktemp("one") / "通信局.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("累计建成光缆站点多少座", "1549"),
        ("新增光缆站点多少座", "180"),
        ("营业网点有多少个", "41"),
        ("新建管道多少公里", "92"),
        ("计划新建管道多少公里", "80"),
        ("工程类政府采购是多少", "40.00"),
        ("政府采购是多少", "120.00"),
    ],
)
def test_whose_number_it_is(ask: Callable[[str], Answer], asked: str, number: str) -> None:
    answer = ask(f"桐丘县通信管理局2023年{asked}？")
    assert [value.number for value in answer.values] == [number]


def test_a_neighbour_that_ends_alike_is_not_given(ask: Callable[[str], Answer]) -> None:
    answer = ask("桐丘县通信管理局2023年高级技师有多少人？")
    assert [value.number for value in answer.values] in ([], ["4"])


def test_a_plan_without_a_result_is_no_result(ask: Callable[[str], Answer]) -> None:
    assert not ask("桐丘县通信管理局2023年巡检了多少次？").outcome.given
