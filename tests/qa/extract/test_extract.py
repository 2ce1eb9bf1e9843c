"""The last resort: the one place that the rare words of a question lead to, or nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.extract.last_resort import TABLE, Silent, last_resort
from qa.extract.vetoes import asks_elsewhere
from qa.extract.words import words_of
from qa.fitted import fitted
from qa.model import Outcome
from qa.words.lexicon import LexiconError, tables

DATA = Path(__file__).parents[1] / "data"


@cache
def library() -> MemoryLibrary:
    return MemoryLibrary(sorted(DATA.glob("textual_*.txt")))


@cache
def engine() -> Engine:
    return Engine(library(), SimpleNamespace(abstain_threshold=0.55))


GOLD = Path(__file__).parents[2] / "gold"
OTHERS = (
    GOLD / "others" / "xujiang_farmland_2023_evaluation.txt",
    GOLD / "others" / "yunpu_civil_2024_self_evaluation.md",
    GOLD / "others2" / "槐陵市2023年城镇老旧小区改造专项资金绩效评价报告.txt",
    GOLD / "others3" / "hezhu_finance_2023_key_evaluation_notice.txt",
    GOLD / "others3" / "qingyi_agri_2023_overall_self_evaluation.txt",
)


@cache
def other_library() -> MemoryLibrary:
    return MemoryLibrary(OTHERS)


@cache
def others(*, resort: bool = True) -> Engine:
    settings = SimpleNamespace(abstain_threshold=0.55)
    return Engine(other_library(), settings, resort=last_resort if resort else None)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("溆江第二标段没付的有多少万元", "136.20万元"),
        ("溆江渠道走向调整了几回", "4次"),
        ("云浦信息系统二期合同为什么推迟到2025年才签", "流标"),
        ("槐陵农机厂家属院为什么停工", "配套资金不到位"),
        ("槐陵老旧小区回收了多少有效问卷", "1,134份"),
    ],
)
def test_one_fact_in_everyday_words(question: str, told: str) -> None:
    answer = others().ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("县域医共体信息平台是哪家公司开发的", "评测"),
        ("云浦信息系统二期合同签给了哪家公司", "公司"),
        ("汐水县有几部电梯没能开工", "部"),
        ("芦汀河结余收回财政多少钱", "1,287"),
        ("槐陵市老旧小区改造的监理单位是谁", "监理"),
    ],
)
def test_a_neighbour_of_the_fact_is_not_given(question: str, told: str) -> None:
    answer = others().ask(question)
    assert "请对照原文" not in answer.text or told not in answer.text


def test_the_place_is_quoted_where_the_rules_are_silent() -> None:
    question = "溆江第二标段没付的有多少万元"
    assert others(resort=False).ask(question).outcome is Outcome.ABSTAINED
    answer = others().ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [(value.number, value.unit) for value in answer.values] == [("136.20", "万元")]
    assert "请对照原文" in answer.text
    assert answer.confidence is not None
    assert answer.confidence >= fitted(TABLE).least
    documents = [other_library().document(number) for number in range(len(OTHERS))]
    for source in answer.citations:
        text = next(each.text for each in documents if each.name == source.report)
        assert text[source.start : source.end] == source.quote


@pytest.mark.parametrize(
    "question",
    [
        "泵站工程由谁审计",
        "谁给泵站工程做的监理",
        "2019年泵站工程花了多少",
        "泵站工程和护岸加固一共花了多少钱",
        "泵站工程比预算超了多少",
        "清溪县泵站工程的造价每座多少",
        "石门县水利局的泵站工程是哪家施工的",
    ],
)
def test_silence_is_kept_where_no_place_answers(question: str) -> None:
    assert engine().ask(question).outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("泵站工程的施工单位是哪家", False),
        ("泵站工程的施工单位是哪家，合同多少钱", True),
        ("泵站工程2021年和2022年分别花了多少", True),
        ("项目如果没有完成应得几分", True),
        ("预算执行率得5.3分的依据是什么", True),
        ("泵站工程的工期比计划长多少天", True),
    ],
)
def test_what_several_places_answer_is_left_alone(question: str, elsewhere: bool) -> None:
    assert asks_elsewhere(engine().plan(question), question) is elsewhere


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("清溪县泵站工程的监理单位是哪家", ("泵站工程", "监理")),
        ("临江市教育局绩效自评通知的文号是什么", ("通知",)),
    ],
)
def test_units_and_words_that_ask_are_not_looked_for(
    question: str, needed: tuple[str, ...]
) -> None:
    words = words_of(engine().plan(question))
    assert set(needed) <= set(words.needed)
    assert not any("教育局" in word or "哪" in word for word in (*words.needed, *words.every))


def test_nothing_is_proposed_over_an_empty_library() -> None:
    nobody = Engine(MemoryLibrary.of(()), SimpleNamespace(abstain_threshold=0.55))
    assert nobody.ask("泵站工程的施工单位是哪家").outcome is Outcome.ABSTAINED


def test_the_resort_sees_every_silent_question_and_only_those() -> None:
    seen: list[Silent] = []
    settings = SimpleNamespace(abstain_threshold=0.55)
    watched = Engine(library(), settings, resort=lambda asked: seen.append(asked))
    for question in ("泵站工程由谁审计", "中小河流治理项目的评价得分是多少"):
        watched.ask(question)
    assert [asked.question for asked in seen] == ["泵站工程由谁审计"]


REPORT = """云岭市农业农村局2024年度部门决算

一、情况说明

全年接待观众1,043,150人次，与2023年相比有所增加，服务评价良好。

2024年机关运行经费支出312.46万元，主要用于办公费、会议费、培训费、差旅费等支出。
"""


@pytest.mark.parametrize(
    "question",
    ["云岭市农业农村局2023年接待了多少观众？", "云岭市农业农村局2024年会议费花了多少万元？"],
)
def test_neither_the_other_year_nor_what_was_spent_on_much_else_is_given(
    tmp_path: Path, question: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    asking = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))
    assert not asking.ask(question).outcome.given


def test_a_damaged_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    text = tables("extract.toml")[-1][0]
    monkeypatch.setattr("qa.fitted.tables", lambda _: ((text, {"base": "1"}),))
    fitted.cache_clear()
    with pytest.raises(LexiconError, match=r"extract\.toml"):
        fitted(TABLE)
    fitted.cache_clear()


ENUMERATED = """桐川市大数据中心2024年度项目支出绩效自评报告

一、自评情况

公共数据资源平台二期项目未完成年度目标，未完成原因：一是首次招标因投标人不足流标，合同签订推迟；二是医保、住建两个部门系统改造延期，数据接口未能按期开放。
"""


def test_the_first_entry_of_a_list_brings_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ENUMERATED, encoding="utf-8")
    asking = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))
    answer = asking.ask("公共数据资源平台二期没有完成年度目标，自评报告列了哪些原因？")
    assert "流标" in answer.text
    assert "数据接口未能按期开放" in answer.text
