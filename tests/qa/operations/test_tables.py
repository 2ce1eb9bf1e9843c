"""Arithmetic over whole tables: what is left, shares, ranks, bounds, sums by a cell; made-up reports."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Check, Outcome

PROJECT = """青柏市林业局2023年村庄绿化补助项目绩效评价报告

项目名称：村庄绿化补助项目
项目单位：青柏市林业局
评价年度：2023年

一、资金情况

表1 2023年资金到位及支出情况表 单位：万元

| 县区 | 省级补助 | 市级配套 | 到位合计 | 支出 | 执行率 |
|---|---|---|---|---|---|
| 红梅县 | 300.00 | 100.00 | 400.00 | 380.00 | 95.00% |
| 白杏县 | 200.00 | 100.00 | 300.00 | 180.00 | 60.00% |
| 紫竹区 | 250.00 | 50.00 | 300.00 | 240.00 | 80.00% |
| 合计 | 750.00 | 250.00 | 1,000.00 | 800.00 | 80.00% |

表2 2022年资金到位及支出情况表 单位：万元

| 县区 | 省级补助 | 市级配套 | 到位合计 | 支出 |
|---|---|---|---|---|
| 红梅县 | 280.00 | 90.00 | 370.00 | 350.00 |
| 白杏县 | 180.00 | 90.00 | 270.00 | 170.00 |
| 紫竹区 | 240.00 | 40.00 | 280.00 | 230.00 |
| 合计 | 700.00 | 220.00 | 920.00 | 750.00 |

二、子项情况

表3 子项明细表 单位：万元

| 子项 | 年度预算 | 实际支出 | 责任科室 | 是否验收 |
|---|---|---|---|---|
| 苗木采购 | 420.00 | 400.00 | 造林绿化科 | 是 |
| 管护设施 | 310.00 | 220.00 | 资源保护科 | 否 |
| 技术培训 | 30.00 | 28.00 | 造林绿化科 | 是 |
| 宣传牌匾 | 240.00 | 152.00 | 资源保护科 | 是 |

表4 绩效指标完成情况表

| 指标 | 目标值 | 实际值 | 是否达标 |
|---|---|---|---|
| 苗木成活率 | ≥90% | 93% | 是 |
| 群众知晓率 | ≥85% | 80% | 否 |
| 绿化覆盖率 | ≥30% | 34% | 是 |

村庄绿化每户补助标准2023年为94元，比2022年的89元提高5元。
"""

RANKED = """青柏市水务局2023年度部门决算

表3 一般公共预算财政拨款支出决算表 单位：万元

| 科目编码 | 科目名称 | 年初预算数 | 决算数 |
|---|---|---|---|
| 2130301 | 行政运行 | 1,286.40 | 1,342.75 |
| 2130306 | 水利工程运行与维护 | 1,560.00 | 1,894.17 |
| 2130305 | 水利工程建设 | 2,400.00 | 2,136.08 |
| 2130314 | 防汛 | 180.00 | 171.20 |
"""

ACCOUNTS = """青柏市林业局2023年度部门决算

一、收支总体情况

青柏市林业局2023年度收、支总计5,000.00万元，与上年相比，收、支总计各增加400.00万元，增长8.70%。

青柏市林业局2023年度财政拨款收、支总计4,800.00万元，与上年相比，收、支总计各增加500.00万元，增长11.63%。

二、一般公共预算财政拨款支出决算情况

1.农林水支出（类）林业和草原（款）行政运行（项）。年初预算为100.00万元，支出决算为98.00万元，完成年初预算的98.00%。

2.农林水支出（类）林业和草原（款）森林资源培育（项）。年初预算为200.00万元，支出决算为150.00万元，完成年初预算的75.00%。

3.教育支出（类）进修及培训（款）培训支出（项）。年初预算为10.00万元，支出决算为12.00万元，完成年初预算的120.00%。

三、“三公”经费支出情况

表4 “三公”经费支出决算表 单位：万元

|  | 合计 | 公务用车购置费 | 公务用车运行费 | 公务接待费 |
|---|---|---|---|---|
| 预算数 | 60.00 | 20.00 | 30.00 | 10.00 |
| 决算数 | 45.00 | 18.00 | 22.00 | 5.00 |
| 上年决算数 | 32.00 | 0.00 | 24.00 | 8.00 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = Path(tmp_path_factory.mktemp("tables"))
    for name, text in (
        ("project.md", PROJECT),
        ("accounts.md", ACCOUNTS),
        ("ranked.md", RANKED),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    library = MemoryLibrary([folder / "project.md", folder / "accounts.md", folder / "ranked.md"])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("青柏市林业局2023年公务接待费预算还剩多少没用？", "5.00万元"),
        ("青柏市林业局2023年公务接待费预算没用掉的有多少", "5.00万元"),
        ("青柏市林业局2023年公务用车运行费决算数较预算数节约了多少？", "8.00万元"),
        ("青柏市2023年村庄绿化补助白杏县还有多少没支出", "120.00万元"),
        ("青柏市2023年村庄绿化补助到位资金里，省级补助占多大比重？", "75.00%"),
        ("青柏市2023年村庄绿化补助支出中红梅县占全市的百分之几", "47.50%"),
        ("青柏市2022年村庄绿化补助紫竹区支出占全市的比例", "30.67%"),
        ("青柏市林业局2023年公务接待费比2022年下降了百分之几？", "37.50%"),
        ("青柏市2023年村庄绿化每户补助标准比2022年提高了百分之几？", "5.62%"),
        ("按2023年决算的增减数推，青柏市林业局2022年的收支总计是多少？", "4600.00万元"),
        ("青柏市林业局2022年收支总计是多少？", "4600.00万元"),
        ("青柏市2023年村庄绿化补助造林绿化科负责的子项一共支出多少万元", "428.00万元"),
        ("青柏市村庄绿化补助红梅县2022年和2023年两年支出合计多少", "730.00万元"),
    ],
)
def test_a_number_is_worked_out_from_the_table_that_explains_the_question(
    ask: Callable[..., Answer], question: str, number: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    shown = [f"{value.number.lstrip('-')}{value.unit}" for value in answer.values]
    assert shown[0] == number, answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("青柏市2023年村庄绿化补助哪个县区执行率最低", ["白杏县"]),
        ("青柏市2023年村庄绿化补助支出最多的县区是哪个", ["红梅县"]),
        ("青柏市2023年村庄绿化补助执行率80%以上的县区有哪些", ["红梅县", "紫竹区"]),
        ("青柏市2023年村庄绿化补助子项中，实际支出占年度预算比例最低的是哪个", ["宣传牌匾"]),
        ("青柏市2023年村庄绿化补助年度预算超过300万元的子项有哪些", ["苗木采购", "管护设施"]),
        ("青柏市2023年村庄绿化补助哪几个县区连九成都没花到", ["白杏县", "紫竹区"]),
    ],
)
def test_lines_are_told_by_the_column_that_is_asked(
    ask: Callable[..., Answer], question: str, names: list[str]
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert all(name in answer.text for name in names), answer.text
    others = {"红梅县", "白杏县", "紫竹区", "苗木采购", "管护设施", "技术培训", "宣传牌匾"}
    assert not any(other in answer.text for other in others - set(names)), answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (
            "青柏市林业局2023年有年初预算的各项科目中，完成年初预算比例最低的是哪一项？",
            "森林资源培育",
        ),
        ("青柏市林业局2023年哪一项科目完成年初预算的比例最高？", "培训支出"),
        ("青柏市林业局2023年完成年初预算不到90%的项级科目有哪些？", "森林资源培育"),
    ],
)
def test_accounts_are_ranked_by_the_rates_of_their_sentences(
    ask: Callable[..., Answer], question: str, name: str
) -> None:
    answer = ask(question)
    assert [value.label.split("（")[0] for value in answer.values] == [f"2023年 {name}"]


def test_the_lines_of_a_cell_are_counted(ask: Callable[..., Answer]) -> None:
    answer = ask("青柏市2023年村庄绿化补助资源保护科负责的子项有几个")
    assert (answer.values[0].number, answer.values[0].unit) == ("2", "个"), answer.text


@pytest.mark.parametrize(
    ("word", "number"), [("达标", "2"), ("没达标", "1"), ("未达到目标值", "1")]
)
def test_lines_are_counted_by_a_column_of_verdicts(
    ask: Callable[..., Answer], word: str, number: str
) -> None:
    answer = ask(f"青柏市2023年村庄绿化补助绩效指标里{word}的有几个？")
    assert answer.values[0].number == number, answer.text


def test_growth_from_zero_is_told_in_words(ask: Callable[..., Answer]) -> None:
    answer = ask("青柏市林业局2023年公务用车购置费比2022年增长了百分之几？")
    assert "基数为0" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "青柏市2023年村庄绿化补助哪个县区满意度最高",  # no such column
        "青柏市2023年村庄绿化补助哪个县区得分最低",  # 分 in 分配 is no score
        "青柏市2023年村庄绿化补助国债资金占到位资金的比重",
        "青柏市2023年村庄绿化补助办公室负责的子项一共支出多少",
    ],
)
def test_what_no_table_explains_is_not_answered(ask: Callable[..., Answer], question: str) -> None:
    assert ask(question).outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)


@pytest.mark.parametrize(
    ("question", "row", "number"),
    [
        ("哪个项级科目的决算比年初预算超出的金额最多？", "水利工程运行与维护", "334.17"),
        ("哪个项级科目的决算数比年初预算多得最多，多了多少？", "水利工程运行与维护", "334.17"),
        ("一般公共预算支出决算比年初预算少得最多的是哪个项级科目？", "水利工程建设", "263.92"),
    ],
)
def test_lines_ranked_by_how_far_two_columns_are_apart(
    ask: Callable[..., Answer], question: str, row: str, number: str
) -> None:
    answer = ask(f"青柏市水务局2023年{question}")
    assert (answer.values[0].label, answer.values[0].number) == (row, number)
    assert answer.values[0].check is Check.DERIVED
