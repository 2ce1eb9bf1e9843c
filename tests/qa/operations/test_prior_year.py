"""Last year's values, worked out from this year's report in several layouts; a made-up unit."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Check

REPORT = """白塔县人民法院2023年度部门决算

一、收支总体情况

白塔县人民法院2023年度收、支总计6,504.22万元。与2022年度相比，收、支总计各增加351.28万元，增长5.71%。

二、“三公”经费支出情况

白塔县人民法院2023年度“三公”经费支出决算为44.60万元，比上年减少1.40万元，下降3.0%。其中：公务用车运行维护费\
支出预算为28.50万元，支出决算为25.36万元，完成预算的88.98%，与上年相比增加1.56万元，增长6.55%。公务用车运行维护费\
25.36万元，主要用于办案车辆燃料、维修等。

三、办案情况

全年受理各类案件2846件，审结2318件，结案率81.45%，受理案件比上年增加174件，上升6.5%。

附表

| 项目 | 决算数（万元） |
|---|---|
| 公务用车运行维护费 | 25.36 |
| 公务接待费 | 19.24 |
| 合计 | 44.60 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    path = Path(tmp_path_factory.mktemp("prior")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    engine = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        # The sentence of the change names both totals together and its basis before them.
        (("2022年白塔县人民法院的收、支总计是多少？",), "6152.94万元"),
        # The best figure of that name stands in a table; its copy in the text has the change.
        (("2022年白塔县人民法院的公务用车运行维护费是多少？",), "23.80万元"),
        (
            ("白塔县人民法院2023年公务用车运行维护费是多少？", "那2022年是多少？"),
            "23.80万元",
        ),
        # The clause of the change shortens the name.
        (("白塔县人民法院2022年受理各类案件多少件？",), "2672件"),
        # Both sides of a share worked out.
        (("2022年白塔县人民法院公务用车运行维护费占“三公”经费的比重是多少？",), "51.74%"),
        (
            ("白塔县人民法院2022年公务用车运行维护费是多少？", "占那一年“三公”经费的比重呢？"),
            "51.74%",
        ),
    ],
)
def test_last_year_from_this_years_report(
    ask: Callable[..., Answer], turns: tuple[str, ...], number: str
) -> None:
    answer = ask(*turns)
    assert answer.values, answer.text
    first = answer.values[0]
    assert (f"{first.number}{first.unit}", first.check) == (number, Check.DERIVED)


def test_the_change_of_another_subject_is_not_taken(ask: Callable[..., Answer]) -> None:
    assert not ask("白塔县人民法院2022年审结多少件案件？").values
