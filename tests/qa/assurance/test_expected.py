"""What a question lets expect: rate or money, the basis of a change, the whole of a share, whose rating."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

_ACCOUNTS = """# 2023年度槐江县水务局部门决算

## 一、决算情况说明

一般公共预算财政拨款支出3,120.40万元，比年初预算数减少214.60万元，下降6.4%。主要变动情况：部分管网工程推迟开工。

2023年度“三公”经费财政拨款支出决算为18.60万元，完成全年预算21.50万元的86.5%，比上年决算数增加4.20万元，增长29.2%。其中：公务用车运行维护费支出决算为16.90万元；公务接待费支出决算为1.70万元。

2023年度“三公”经费支出决算小于预算数的主要情况：压减公务接待批次。

2023年度“三公”经费支出决算大于上年决算数的主要情况：一辆抢险车大修。

表6 一般公共预算财政拨款基本支出决算明细表（单位：万元）

| 科目编码 | 科目名称 | 金额 |
|---|---|---|
| 30217 | 公务接待费 | 0.40 |
| 30231 | 公务用车运行维护费 | 9.80 |
| 30239 | 其他交通费用 | 22.10 |

公务接待情况：公务接待费支出1.70万元，发生国内接待17次，接待人数共136人。

局本级内设科室共3个，分别为：办公室、工程科、水政科。

## 二、预算绩效情况说明

# 槐江县2023年农村供水管网改造项目绩效评价报告

一、项目基本情况

槐江县2023年农村供水管网改造项目由槐江县水务局实施。东片施工单位年度考核得分91.2分。项目单位开展了绩效自评，自评得分96.5分，自评等级为“优”。

评价组访谈村干部18人。问卷有效的有298份，共发放320份。

二、评价结论

本项目绩效评价得分为83.46分，评价等级为“良”。
"""
_NEXT = """# 部门整体支出绩效自评表说明

一、绩效自评情况

1. 年度整体支出绩效目标：县水务和河湖局将围绕节水型社会建设，补齐供水短板。

2. 目标完成情况：2024年，槐江县水务和河湖局坚持建管并重。全年新增供水人口1.32万人，农村饮水安全巡查达标率97.6%。

二、自评结论

部门整体支出绩效评分94分，自评结果为“优”等次。其中履职效能方面评分48分，管理效率方面评分46分。
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    first = read_document(_ACCOUNTS.encode(), "槐江县水务局2023年度部门决算.md")
    second = read_document(_NEXT.encode(), "104.md")
    library = MemoryLibrary.of([first, second])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


def numbers(answer: Answer) -> list[str]:
    return [value.number for value in answer.values]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        pytest.param(
            "槐江县水务局2023年公务用车运行维护费的决算数是多少？",
            "16.90",
            id="of_three_accounts_the_whole_and_not_the_basic_part",
        ),
        pytest.param(
            "槐江县水务局2023年基本支出中公务用车运行维护费是多少？",
            "9.80",
            id="the_basic_part_where_it_is_asked",
        ),
        pytest.param(
            "槐江县2023年农村供水管网改造项目自评得了多少分？",
            "96.5",
            id="what_it_gave_itself",
        ),
        pytest.param(
            "槐江县2023年农村供水管网改造项目绩效评价得分是多少？",
            "83.46",
            id="what_the_evaluation_gave",
        ),
        pytest.param(
            "2024年槐江县水务和河湖局自评，管理效率方面评了多少分？",
            "46",
            id="a_unit_that_only_its_own_text_names_with_its_place",
        ),
        pytest.param(
            "按槐江县水务局2023年公务接待费决算和接待人数推算，人均接待费多少元？",
            "125.00",
            id="per_person_where_another_place_of_the_amount_has_the_people",
        ),
        pytest.param(
            "槐江县2023年农村供水管网改造项目问卷有校的有多少份？",
            "298",
            id="a_slip_in_the_word_that_tells_it_from_its_neighbour",
        ),
    ],
)
def test_the_figure_that_is_meant(engine: Engine, question: str, number: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert numbers(answer)[0] == number


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "槐江县水务局2023年一般公共预算财政拨款支出比上年减少了多少？", id="basis_of_a_change"
        ),
        pytest.param(
            "槐江县2023年农村供水管网改造项目绩效评价中村干部的满意度是多少？",
            id="people_for_a_satisfaction",
        ),
        pytest.param(
            "槐江县2023年农村供水管网改造项目第三方绩效评价给施工方打了多少分？",
            id="another_rating",
        ),
        pytest.param("槐江县水保局2023年三公经费是多少？", id="another_body_by_its_short_name"),
    ],
)
def test_what_is_not_meant_is_not_given(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.outcome.given, answer.text


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        pytest.param(
            "槐江县水务局2023年三公经费比上年增长了百分之多少？",
            "为什么？",
            "抢险车大修",
            id="reason_of_the_change_against_the_year_before",
        ),
        pytest.param(
            "槐江县水务局2023年一般公共预算财政拨款支出比年初预算数减少多少？",
            "是什么原因？",
            "管网工程推迟",
            id="reason_of_the_change_against_the_budget",
        ),
        pytest.param(
            "槐江县2023年农村供水管网改造项目绩效评价得分是多少？",
            "什么等级？",
            "良",
            id="grade_of_the_same_rating",
        ),
        pytest.param(
            "2024年槐江县水务和河湖局自评，履职效能方面评了多少分？",
            "管理效率呢？",
            "46分",
            id="what_the_predicate_tells_of_is_exchanged",
        ),
        pytest.param(
            "槐江县水务局2023年局本级有几个内设科室？",
            "分别叫什么？",
            "水政科",
            id="names_of_what_was_counted",
        ),
        pytest.param(
            "槐江县水务局2023年三公经费支出是多少？",
            "跟上年比呢，多了还是少了，差多少？",
            "增加4.20万元",
            id="more_or_less_than_the_year_before",
        ),
    ],
)
def test_follow_ups(engine: Engine, first: str, then: str, said: str) -> None:
    conversation = Conversation()
    engine.ask(first, conversation=conversation)
    answer = engine.ask(then, conversation=conversation)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert said in answer.text


_GRADED = """# 2023年度石板镇人民政府部门整体支出绩效自评报告

石板镇人民政府2023年度部门整体支出绩效自评得分94.3分，自评等级为“优”。纳入绩效自评的项目共7个，其中自评等级为“优”的5个、“良”的2个。
"""


@pytest.mark.parametrize("grade", ["是良", "只是“良”", "为良好"])
def test_projects_of_a_grade_are_not_the_grade_of_the_whole(grade: str) -> None:
    library = MemoryLibrary.of([read_document(_GRADED.encode(), "石板镇2023年自评.md")])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask(f"石板镇2023年哪些项目的自评等级{grade}？")
    assert "：优" not in answer.text


_RATED = """# 枫港市2023年普惠托育补助项目绩效评价报告

项目单位：枫港市卫生健康局

一、评价结论

枫港市2023年普惠托育补助项目绩效评价得分86.5分，评价等级为“良好”。

表1 评分表

| 三级指标 | 分值 | 得分 | 扣分原因 |
|---|---|---|---|
| 家长满意度 | 7 | 6.5 | 满意度低于90%，扣0.5分 |

枫港市托育监测站为市卫生健康局下属单位，共3个，支出决算由主管单位汇总。
"""


@pytest.fixture(scope="module")
def rated() -> Engine:
    library = MemoryLibrary.of([read_document(_RATED.encode(), "301.md")])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    "question",
    [
        "枫港市普惠托育补助项目的家长满意度是百分之多少？",
        "枫港市卫生健康局自己给2023年普惠托育补助项目打了多少分？",
        "枫港市托育监测站2023年的支出决算是多少？",
    ],
)
def test_a_bound_anothers_score_and_a_count_are_not_what_is_asked(
    rated: Engine, question: str
) -> None:
    assert not rated.ask(question).outcome.given


def test_the_third_partys_score_is_answered(rated: Engine) -> None:
    answer = rated.ask("第三方机构给枫港市2023年普惠托育补助项目打了多少分？")
    assert [value.number for value in answer.values] == ["86.5"]
