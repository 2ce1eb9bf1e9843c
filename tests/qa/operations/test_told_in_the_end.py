"""How many there were in the end, parts that miss their whole, and who went furthest beyond its plan."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Answer, Outcome

_REPORT = """# 2022年度岭溪市林业局林区防火能力建设项目绩效评价报告

一、项目概况

林区防火能力建设项目由岭溪市林业局组织实施。该项目年初预算由7个子项目组成，年中因用地条件不具备取消3个子项目（瞭望塔改造、宣教馆、演练场），新增2个子项目（无人机巡护、物资补充）。调整后的子项目均按计划完成。

全年共巡护1,286次，其中东片742次、西片318次、南片216次。

二、绩效目标完成情况

（一）产出数量指标

（1）培训场数：计划开展培训90场，实际完成117场；

（2）发放手册数量：计划发放6万册，实际发放6.5万册；

（3）宣传信息数量：计划发布1500条，实际发布1922条；

（4）巡护里程：计划巡护800公里，实际巡护800公里。

（二）效益指标

（1）群众知晓率：计划达到80%，实际达到95%。
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    document = read_document(_REPORT.encode(), "林区防火能力建设项目绩效评价报告_2022.md")
    return Engine(MemoryLibrary.of([document]), SimpleNamespace(abstain_threshold=0.55))


def first(answer: Answer) -> str:
    return answer.values[0].number


@pytest.mark.parametrize(
    "question",
    [
        "岭溪市林业局2022年林区防火项目砍掉又新增之后到底还有几个子项目？",
        "岭溪市林业局2022年林区防火项目，砍了又加之后一共几个子项目？",
    ],
)
def test_first_less_out_and_added(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert first(answer) == "6"
    assert answer.values[0].formula == "7个 − 3个 + 2个"


def test_parts_of_one_sentence_that_miss_their_whole(engine: Engine) -> None:
    answer = engine.ask("岭溪市林业局2022年全年共巡护多少次，东片、西片、南片各多少次？")
    assert answer.outcome is Outcome.CONTRADICTED, answer.text
    assert "1276次" in answer.text
    assert first(answer).replace(",", "") == "1286"


@pytest.mark.parametrize(
    ("question", "name", "rate"),
    [
        ("岭溪市林业局2022年哪个产出数量指标完成率最高？", "培训场数", "130.00"),
        (
            "岭溪市林业局2022年产出数量指标里，超额完成比例第二高的是哪个？",
            "宣传信息数量",
            "128.13",
        ),
        (
            "岭溪市林业局2022年产出数量指标里，实际超过计划但超额幅度最小的是哪一项？",
            "发放手册数量",
            "108.33",
        ),
    ],
)
def test_furthest_beyond_its_plan(engine: Engine, question: str, name: str, rate: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert name in answer.text
    assert first(answer) == rate
