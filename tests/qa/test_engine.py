"""Questions over two made-up reports: one table of cases for each kind of operation."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from qa.codec import answer_to_json
from qa.engine import Conversation, Engine, labels_of
from qa.model import Answer, Check, Filters, Outcome

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("临江区水务局2023年机关运行经费支出是多少？", "45.3", "万元"),
        ("临江水务局23年三公经费花了多少", "8.6", "万元"),
        ("临江区水务局2023年农林水支出是多少万元？", "2850.35", "万元"),
        ("临江区水务局2023年2130306科目的基本支出是多少？", "659.20", "万元"),
        ("临江区水务局2023年水利工程建设支出是多少？", "1900.15", "万元"),
        ("临江区水务局2023年的总收入是多少？", "3731.15", "万元"),
        ("临江区水务局2023年本年收入是多少？", "3722.95", "万元"),
        ("临江区水务局2023年年末结转和结余是多少？", "9.50", "万元"),
        ("临江区水务局2023年公务接待费预算是多少？", "2.5", "万元"),
        ("临江区水务局2023年公务接待费完成预算的百分之几？", "44", "%"),
        ("临江区水务局2023年国内公务接待了几次？", "12", "次"),
        ("临江区水务局2023年国内公务接待了多少人？", "86", "人"),
        ("临江区水务局下属事业单位有几个？", "2", "个"),
        ("海州市教育局校园直饮水改造项目2022年年初预算是多少？", "260", "万元"),
        ("海州市教育局校园直饮水改造项目2022年预算执行率是多少？", "95", "%"),
        ("校园直饮水改造项目评价得了多少分？", "97", "分"),
        ("校园直饮水改造项目按期完工率指标得了几分？", "27", "分"),
        ("校园直饮水改造项目按期完工率指标扣了几分？", "3", "分"),
        ("校园直饮水改造项目“师生满意度”的指标值是多少？", "90", "%"),
        ("校园直饮水改造项目改造学校数量的完成率是多少？", "105.00", "%"),
    ],
)
def test_look_up(ask: Ask, question: str, number: str, unit: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert Decimal(answer.values[0].number) == Decimal(number)
    assert answer.values[0].unit == unit


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("临江区水务局2022年一般公共预算财政拨款收入是多少？", "3100.00", "万元"),
        ("临江区水务局2022年的三公经费是多少？", "10.0", "万元"),
        ("临江区水务局2022年其他收入是多少？", "16.0", "万元"),
        ("临江区水务局2023年三公经费比预算省了多少？", "3.9", "万元"),
        ("临江区水务局2023年农林水支出占本年支出合计的比重是多少？", "76.59", "%"),
        ("临江区水务局2023年项目支出是基本支出的几倍？", "2.65", "倍"),
        ("临江区水务局2023年政府采购货物支出和政府采购服务支出一共多少？", "220.5", "万元"),
        ("临江区水务局2023年年末结转和结余比年初结转和结余多多少？", "1.30", "万元"),
    ],
)
def test_computed_values_are_derived(ask: Ask, question: str, number: str, unit: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    value = answer.values[0]
    assert (Decimal(value.number), value.unit) == (Decimal(number), unit)
    assert value.check is Check.DERIVED
    assert value.formula
    assert len(value.sources) >= 2


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("临江区水务局2023年机关运行经费是多少元？", "453000", "元"),
        ("临江区水务局2023年本年支出合计折合多少亿元？", "0.372165", "亿元"),
    ],
)
def test_unit_asked_for(ask: Ask, question: str, number: str, unit: str) -> None:
    value = ask(question).values[0]
    assert (Decimal(value.number), value.unit) == (Decimal(number), unit)
    assert "×" in value.formula or "÷" in value.formula


def test_stated_change_carries_its_direction(ask: Ask) -> None:
    answer = ask("临江区水务局2023年其他收入比上年增长了百分之几？")
    assert answer.values[0].number == "22.5"
    assert "下降" in answer.text


def test_changes_name_their_direction(ask: Ask) -> None:
    value = ask("临江区水务局2023年机关运行经费支出比上年增加多少？").values[0]
    assert value.direction in ("增加", "减少")
    assert (
        answer_to_json(ask("临江区水务局2023年三公经费花了多少？"))["values"][0]
        .keys()
        .isdisjoint({"direction"})
    )


def test_zero_base_has_no_rate_of_growth(ask: Ask) -> None:
    answer = ask("临江区水务局2023年政府性基金预算财政拨款收入比上年增长百分之几？")
    assert "不可比" in answer.text
    assert all(value.unit != "%" for value in answer.values)


@pytest.mark.parametrize(
    ("turns", "number", "unit"),
    [
        (("临江区水务局2023年三公经费决算是多少？", "比上年减少了多少？"), "1.4", "万元"),
        (("临江区水务局2023年三公经费决算是多少？", "那2022年呢？"), "10.0", "万元"),
        (("临江区水务局2023年机关运行经费是多少？", "公务接待费呢？"), "1.1", "万元"),
        (("校园直饮水改造项目年初预算多少？", "调整后年度预算呢？"), "240", "万元"),
    ],
)
def test_follow_up(ask: Ask, turns: tuple[str, ...], number: str, unit: str) -> None:
    answer = ask(*turns)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert (Decimal(answer.values[0].number), answer.values[0].unit) == (Decimal(number), unit)
    assert "沿用上文" in answer.text


def test_series_keeps_labels_and_order(ask: Ask) -> None:
    answer = ask("校园直饮水改造项目师生满意度的指标值和实际完成值各是多少？")
    assert [value.number for value in answer.values[:2]] == ["90", "93.5"]


def test_asks_of_different_kinds_in_one_question(ask: Ask) -> None:
    answer = ask("临江区水务局2023年机关运行经费是多少，比上年增长了百分之几？")
    assert [value.number for value in answer.values[:2]] == ["45.3", "5.3"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("临江区水务局2023年支出按功能分类看，哪一类金额最大？", "农林水支出"),
        ("校园直饮水改造项目哪个三级指标得分最低？", "按期完工率"),
        ("临江区水务局2023年公务接待费和公务用车运行维护费哪个多？", "公务用车运行维护费"),
    ],
)
def test_rank(ask: Ask, question: str, name: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert name in answer.values[0].label


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("机关运行经费是指什么？", "购买货物和服务"),
        ("临江区水务局2023年一般公共预算财政拨款收入为什么比上年增加？", "河道清淤"),
        ("校园直饮水改造项目的评价等级是什么？", "优"),
    ],
)
def test_text(ask: Ask, question: str, text: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert text in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "临江区水务局2025年的三公经费是多少？",
        "海州市青山区水务局2023年的机关运行经费是多少？",
        "海州市教育局2022年的三公经费是多少？",
        "临江区水务局2021年的机关运行经费是多少？",
        "临江区水务局2022年的政府采购支出总额是多少？",
        "临江区水务局2023年信息化建设支出是多少？",
        "临江区水务局2023年的局长是谁？",
    ],
)
def test_abstains_where_the_reports_do_not_say(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)
    assert answer.values == ()
    assert answer.reason


def test_contradiction_shows_both_sides(ask: Ask) -> None:
    answer = ask("临江区水务局河道清淤工程项目的得分率是多少？")
    assert answer.outcome is Outcome.CONTRADICTED
    value = answer.values[0]
    assert (value.number, value.check) == ("85", Check.FAILS)
    assert value.other == "80.00%"


def test_wrong_direction_in_the_question_is_corrected(ask: Ask) -> None:
    answer = ask("临江区水务局2023年三公经费比上年大幅上升的原因是什么？")
    assert "下降" in answer.text
    assert answer.outcome is Outcome.ANSWERED


def test_quotes_stand_verbatim_in_the_source(ask: Ask, made_up_engine: Engine) -> None:
    documents = {0: made_up_engine._library.document(0), 1: made_up_engine._library.document(1)}
    texts = {document.name: document.text for document in documents.values()}
    for question in (
        "临江区水务局2023年机关运行经费支出是多少？",
        "临江区水务局2023年农林水支出占本年支出合计的比重是多少？",
        "校园直饮水改造项目的评价等级是什么？",
    ):
        answer = ask(question)
        for source in answer.citations:
            assert texts[source.report][source.start : source.end] == source.quote


def test_filters_narrow_the_scope(made_up_engine: Engine) -> None:
    answer = made_up_engine.ask("机关运行经费是多少？", filters=Filters(unit="教育局"))
    assert answer.outcome is not Outcome.ANSWERED


def test_a_copied_conversation_goes_its_own_way(made_up_engine: Engine) -> None:
    conversation = Conversation()
    made_up_engine.ask("临江区水务局2023年三公经费决算是多少？", conversation=conversation)
    branch = conversation.copy()
    made_up_engine.ask("机关运行经费呢？", conversation=branch)
    answer = made_up_engine.ask("比上年减少了多少？", conversation=conversation)
    assert answer.values[0].number == "1.4"


def test_wire_shape_of_an_answer(ask: Ask) -> None:
    wire = answer_to_json(ask("临江区水务局2023年机关运行经费支出是多少？"))
    assert wire["outcome"] == "answered"
    assert wire["planner"] == "rules"
    assert wire["coverage"]["reports"] == 2
    source = wire["values"][0]["sources"][0]
    assert {"report", "quote", "start", "end"} <= source.keys()


def test_vocabulary_holds_labels_and_headings(made_up_engine: Engine) -> None:
    words = labels_of(made_up_engine._library.document(0))
    assert "水利工程建设" in words
    assert any("机关运行经费" in word for word in words)


def test_a_text_is_no_question(ask: Ask) -> None:
    """100,000 letters once took minutes."""
    answer = ask("机关运行经费是多少" * 300)
    assert answer.outcome is Outcome.ABSTAINED
    assert answer.reason.startswith("问题有 2,700 字（机关运行经费是多少")
