"""Questions of a hostile reader over three made-up bodies: what is left out, whose it is, which is more."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

WATER = """青禾县水务局2023年度部门决算

表1 支出决算表

单位：万元

科目名称\t本年支出合计\t基本支出\t项目支出
一般公共服务支出\t120.00\t90.00\t30.00
农林水支出\t860.50\t300.00\t560.50
住房保障支出\t45.25\t45.25\t0.00
合计\t1025.75\t435.25\t590.50

一、“三公”经费支出情况

青禾县水务局2023年度“三公”经费支出决算6.40万元，比上年决算数减少0.16万元，下降2.4%。公务接待费0.90万元，\
发生国内接待12次，接待人数共88人；接待国外、境外来访外宾0人次。

二、绩效情况

对“泵站运维经费”项目开展绩效评价，“泵站运维经费”项目年初预算210.00万元，执行数205.00万元。

全年全县受理水费业务31.40万宗。城南营业厅全天开放，受理水费业务2.40万宗。

授予中小企业合同金额300.00万元，占政府采购支出总额的75.0%，其中：授予小微企业合同金额240.00万元，占授予中小企业合同金额的80.0%。
"""
SCHOOLS = """白岭县教育局2023年度部门决算

一、“三公”经费支出情况

白岭县教育局2023年度“三公”经费支出决算18.20万元，比上年决算数增加1.20万元，增长7.1%。
"""
HOMES = """东浦县民政局居家养老服务项目2023年度绩效自评报告

项目名称：居家养老服务项目
项目单位：东浦县民政局
评价年度：2023年

一、资金使用情况

2023年支出决算92.00万元，预算执行率95.8%。

表1 支出构成

单位：万元

支出内容\t金额
助餐补贴\t52.00
上门服务\t28.00
设备购置\t12.00
合计\t92.00

表2 绩效指标

指标\t目标值\t完成值\t分值\t得分
助餐人次\t≥9000人次\t9150人次\t20\t20
上门服务率\t≥95%\t93.6%\t30\t28
有效投诉件数\t≤3件\t5件\t20\t15
服务对象满意度\t≥90%\t92%\t30\t30
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = tmp_path_factory.mktemp("bodies")
    for name, text in (("水务局", WATER), ("教育局", SCHOOLS), ("民政局", HOMES)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    engine = Engine(
        MemoryLibrary(sorted(folder.iterdir())), SimpleNamespace(abstain_threshold=0.55)
    )

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


@pytest.mark.parametrize(
    ("question", "number", "formula"),
    [
        (
            "青禾县水务局2023年支出除了农林水支出以外一共多少？",
            "165.25",
            "1,025.75万元 − 860.50万元",
        ),
        ("青禾水务局2023年除农林水支出外的支出合计是多少", "165.25", None),
        ("东浦民政局2023年除助餐补贴外花了多少钱？", "40.00", "92.00万元 − 52.00万元"),
    ],
)
def test_what_is_left_out_is_taken_away(
    ask: Callable[..., Answer], question: str, number: str, formula: str | None
) -> None:
    answer = ask(question)
    assert [value.number for value in answer.values] == [number]
    assert formula is None or (
        formula.replace(",", "") in answer.values[0].formula.replace(",", "")
    )


def test_without_a_part_that_is_not_found_there_is_no_answer(ask: Callable[..., Answer]) -> None:
    answer = ask("青禾县水务局2023年支出除了教育支出以外一共多少？")
    assert (answer.outcome, answer.values) == (Outcome.ABSTAINED, ())
    assert "教育支出" in answer.text


@pytest.mark.parametrize(
    ("question", "first", "word"),
    [
        ("青禾县水务局和白岭县教育局2023年三公经费哪个多？", "18.20", "白岭县教育局较多"),
        ("青禾水务局2023年三公经费与白岭教育局2023年三公经费，谁的少", "6.40", "青禾县水务局较少"),
        ("青禾县水务局2023年基本支出和项目支出哪个高？", "590.50", "项目支出"),
    ],
)
def test_which_of_two_is_more(
    ask: Callable[..., Answer], question: str, first: str, word: str
) -> None:
    answer = ask(question)
    assert answer.values[0].number.replace(",", "") == first
    assert word in answer.text


def test_which_of_two_is_silent_where_one_is_not_told(ask: Callable[..., Answer]) -> None:
    answer = ask("青禾县水务局2023年三公经费和东浦县民政局2023年三公经费哪个多？")
    assert (answer.outcome, answer.values) == (Outcome.ABSTAINED, ())


def test_a_stage_of_a_project_is_none_of_its_body(ask: Callable[..., Answer]) -> None:
    assert not ask("青禾县水务局2023年年初预算是多少？").outcome.given
    answer = ask("青禾县水务局2023年泵站运维经费项目的年初预算是多少？")
    assert answer.values[0].number == "210.00"
    assert "泵站运维经费" in answer.text


def test_a_bare_spending_is_that_of_the_one_project(ask: Callable[..., Answer]) -> None:
    assert ask("东浦民政局2023年支出多少？").values[0].number == "92.00"


def test_a_fall_is_not_what_fell(ask: Callable[..., Answer]) -> None:
    assert ask("青禾县水务局2023年三公经费是多少？").values[0].number == "6.40"


def test_visitors_from_within_are_none_from_abroad(ask: Callable[..., Answer]) -> None:
    answer = ask("青禾县水务局2023年接待外宾多少人次？")
    assert [value.number for value in answer.values] in ([], ["0"])


def test_the_share_of_a_wider_kind_is_no_answer(ask: Callable[..., Answer]) -> None:
    answer = ask("青禾县水务局2023年小微企业合同占政府采购总额的比例是多少？")
    assert "75.0" not in [value.number for value in answer.values]


def test_the_whole_county_goes_before_one_hall(ask: Callable[..., Answer]) -> None:
    answer = ask("青禾县2023年全县受理水费业务多少宗？")
    assert [value.number for value in answer.values] in ([], ["31.40"])


def test_bodies_are_offered_where_several_have_an_answer(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年三公经费支出是多少？")
    assert answer.outcome is Outcome.CLARIFY
    assert len(answer.choices) == 2
    assert not any("民政局" in choice for choice in answer.choices)
    chosen = ask("2023年三公经费支出是多少？", answer.choices[0])
    assert chosen.outcome.given


def test_no_body_is_told_to_have_been_searched_that_nobody_named(
    ask: Callable[..., Answer],
) -> None:
    assert "全部单位" in ask("哪些河段没有清淤？").text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("东浦民政局2023年哪个指标没完成？", ["上门服务率", "有效投诉件数"]),
        ("东浦县民政局2023年未达标的指标有哪些", ["上门服务率", "有效投诉件数"]),
        ("东浦县民政局2023年达到目标的指标有哪些", ["助餐人次", "服务对象满意度"]),
    ],
)
def test_indicators_by_targets_and_results(
    ask: Callable[..., Answer], question: str, names: list[str]
) -> None:
    answer = ask(question)
    shown = [value.label.split(" ")[-1].removesuffix("（实际完成）") for value in answer.values]
    assert shown == names


def test_another_name_keeps_the_measure(ask: Callable[..., Answer]) -> None:
    answer = ask("东浦民政局2023年服务对象满意度是多少？", "助餐人次呢？")
    assert (
        "9150" not in [value.number for value in answer.values] or answer.values[0].unit == "人次"
    )


def test_one_of_two_grades_is_no_answer(ask_lakes: Callable[[str], Answer]) -> None:
    answer = ask_lakes("苇湖市智慧灌区建设专项资金项目2023年自评得分和第三方评价得分是多少？")
    assert [value.number for value in answer.values] != ["85.2"]


def test_last_year_says_how_it_was_read(ask: Callable[..., Answer]) -> None:
    answer = ask("今年青禾县水务局三公经费是多少？")
    assert "理解为2023年" in answer.text


LAKES = """苇湖市水利局2023年度部门决算

一、支出情况

苇湖市水利局2023年度“三公”经费财政拨款支出决算为44.31万元。其中：因公出国（境）费支出决算为0万元；\
公务用车运行维护费支出决算为23.47万元；公务接待费支出决算为2.88万元。

公务用车购置支出为17.96万元，当年购置应急抢险用车1辆。

一般公共预算财政拨款支出9,193.52万元，年初预算数为9,405.00万元；政府性基金预算财政拨款支出980.00万元，比上年减少5.00万元。

二、绩效情况

对13个项目开展绩效自评，自评结果为“优”的9个、“良”的3个、“中”的1个。

附件1

苇湖市2023年智慧灌区建设专项资金（运维类）项目绩效评价报告

项目名称：智慧灌区建设专项资金（运维类）项目
项目单位：苇湖市水利局
评价年度：2023年

一、资金情况

智慧灌区建设专项资金（运维类）项目全年预算716.20万元，实际支出612.40万元。评价得分85.2分。

二、主要问题

支付进度偏慢。

附件2

项目支出绩效自评表（2023年度）

项目名称\t泵站机房维修
主管部门\t苇湖市水利局

资金\t全年预算数\t全年执行数
年度资金总额\t532.80\t498.10
其中：财政拨款\t500.00\t470.00
其他资金\t32.80\t28.10
"""


@pytest.fixture(scope="module")
def ask_lakes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = tmp_path_factory.mktemp("lakes") / "水利局.txt"
    path.write_text(LAKES, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


def test_cars_bought_elsewhere_leave_no_sum(ask_lakes: Callable[[str], Answer]) -> None:
    answer = ask_lakes("苇湖市水利局2023年因公出国（境）费支出是多少？")
    assert answer.outcome is Outcome.ANSWERED


def test_the_budget_of_one_fund_is_not_that_of_another(ask_lakes: Callable[[str], Answer]) -> None:
    answer = ask_lakes("苇湖市水利局2023年政府性基金年初预算是多少？")
    assert "9,405.00" not in answer.text


@pytest.mark.parametrize(("grade", "count"), [("优", "9"), ("良", "3"), ("差", "")])
def test_how_many_have_a_grade(ask_lakes: Callable[[str], Answer], grade: str, count: str) -> None:
    answer = ask_lakes(f"苇湖市水利局2023年自评结果为{grade}的有几个？")
    assert [value.number for value in answer.values] in ([], [count])


def test_an_annexed_form_is_of_its_own_project(ask_lakes: Callable[[str], Answer]) -> None:
    budget = ask_lakes("苇湖市智慧灌区建设专项资金项目2023年全年预算是多少？")
    assert [value.number for value in budget.values] in ([], ["716.20"])


@pytest.mark.parametrize("bodies", [3, 14])
def test_a_rate_of_any_body_is_not_given_for_one(
    tmp_path_factory: pytest.TempPathFactory, bodies: int
) -> None:
    """Of no body, or of too many to be asked about, had been taken for the one that has an answer."""
    folder = tmp_path_factory.mktemp("many")
    for number, name in zip(range(bodies), "青白黄赤兰紫墨银铜玉松柏梅竹", strict=False):
        text = f"{name}溪县水务局2023年度部门决算\n\n一、支出情况\n\n2023年度总支出{number + 3}00.00万元。"
        rate = "预算执行率93.5%。" if number == 0 else ""
        (folder / f"{number}.txt").write_text(f"{text}{rate}\n", encoding="utf-8")
    engine = Engine(
        MemoryLibrary(sorted(folder.iterdir())), SimpleNamespace(abstain_threshold=0.55)
    )
    assert not engine.ask("2023年预算执行率是多少？").outcome.given
