"""What happened and not what was planned; what is denied; reasons of the movement that is asked about."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer
from qa.texts.answers import find_text
from qa.texts.asking import asked_count
from qa.texts.causes import causes
from qa.texts.classify import classify_text
from qa.texts.dates import asks_plan, dates_in, is_planned
from qa.texts.denials import affirms, denied
from qa.texts.index import index_of
from qa.texts.mentions import mentions
from qa.texts.model import Confidence, ScopedDocument, TextKind
from qa.texts.reasons import asked_movement

LIBRARY = """青岩县图书馆2023年度部门整体支出绩效自评报告

一、部门基本情况

青岩县图书馆承担图书借阅和阅读推广工作。2023年年初预算860.00万元，全年执行820.50万元，执行率95.4%，项目资金全部纳入监控。决算数大于年初预算的主要原因是年中追加古籍抢救经费。

二、项目支出情况

（一）少儿馆改造。改造面积610平方米。原定2023年9月底前开放，因外墙材料到货延误，实际于2024年1月16日开放。

（二）石坝书屋建设。石坝书屋至2023年底完成主体，于2024年3月8日完工。通过招标确定青岩宏达建筑有限公司为施工单位，另行委托青岩正信项目管理有限公司负责监理。

（三）流动服务车。流动服务车出车182次，低于200次的目标。主要原因是车辆检修停驶。

读者满意度由国家统计局青岩调查队调查，样本600份。

| 书屋 | 所在乡镇 | 面积（平方米） | 验收情况 |
|---|---|---|---|
| 石坝书屋 | 石坝镇 | 120 | 2024年4月2日验收 |
| 河湾书屋 | 石坝镇 | 95 | 2023年8月3日验收 |
| 柳林书屋 | 柳林镇 | 88 | 2023年9月6日验收 |
| 松岗书屋 | 柳林镇 | 76 | 正在装修 |

三、绩效指标完成情况

| 三级指标 | 目标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|
| 展厅完工时间 | 2023年5月31日前 | 2023年7月19日 | 5 | 3 |
| 到馆人次 | ≥20万人次 | 23.4万人次 | 5 | 5 |

全年到馆23.4万人次，借书15.2万册。发现的问题及原因：设备采购测算偏大，支付前低后高。

四、评价结果

自评等级为“良”。评价结果分为四个等级：90分及以上为优，80至89分为良，60至79分为中，60分以下为差。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path: Path = tmp_path_factory.mktemp("happened") / "青岩县图书馆2023年度自评报告.md"
    path.write_text(LIBRARY, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # the date of what happened, though the target stands beside it
        ("青岩县图书馆展厅什么时候完工？", "2023年7月19日", "5月31日"),
        ("青岩县图书馆展厅完工日期是哪天？", "2023年7月19日", "5月31日"),
        ("青岩县图书馆2023年展厅完工时间", "2023年7月19日", "3分"),
        ("青岩县图书馆展厅完工时间目标是什么时候？", "2023年5月31日", "7月19日"),
        # the date of the clause that tells the event
        ("青岩县图书馆石坝书屋什么时候完工的？", "2024年3月8日", "2023年底。"),
        # a name whole, and of the part that is asked for
        ("青岩县图书馆读者满意度由谁调查？", "国家统计局青岩调查队", ""),
        ("青岩县图书馆石坝书屋的监理单位是哪家？", "：青岩正信项目管理有限公司", ""),
        # rows by the value of another column
        ("青岩县图书馆石坝镇有哪些书屋？", "河湾书屋", "柳林书屋"),
        # the bands, and the grade
        ("青岩县图书馆的评价等级是怎么分的？", "80至89分为良", ""),
        ("青岩县图书馆的自评等级是什么？", "良", "80至89分"),
        # a premise that the report states is not refuted
        ("青岩县图书馆2023年为什么决算数大于年初预算？", "追加古籍抢救经费", "前提与报告不符"),
        # why a target was missed; why late
        ("青岩县图书馆流动服务车出车为什么低于目标？", "车辆检修停驶", ""),
        ("青岩县图书馆少儿馆为什么没有按时开放？", "外墙材料到货延误", ""),
    ],
)
def test_answered(ask: Callable[[str], Answer], question: str, said: str, unsaid: str) -> None:
    answer = ask(question)
    assert answer.outcome.given
    assert said in answer.text
    assert not unsaid or unsaid not in answer.text


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("青岩县图书馆哪些书屋没有验收？", "石坝书屋"),  # the rows all say that they were
        ("青岩县图书馆到馆人次为什么下降？", "测算偏大"),  # the reason of something else
        ("青岩县图书馆流动服务车出车为什么增加？", "检修停驶"),
        ("青岩县图书馆石坝书屋的检测单位是哪家？", "有限公司"),  # nobody has that part
    ],
)
def test_not_answered_by_the_contrary(
    ask: Callable[[str], Answer], question: str, unsaid: str
) -> None:
    assert unsaid not in ask(question).text


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("原定2023年10月底完工", [True]),
        ("要求11月30日前完工，实际于11月18日完工", [True, False]),
        ("2024年3月底前补办手续", [True]),
        ("已于2024年3月底前补办手续", [False]),
        ("合同约定2023年9月30日前交货，实际2023年11月18日交货", [True, False]),
        ("2023年4月16日完工", [False]),
    ],
)
def test_dates_of_plans(text: str, planned: list[bool]) -> None:
    assert [is_planned(text, date) for date in dates_in(text)] == planned


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("展厅什么时候完工？", False),
        ("展厅计划什么时候完工？", True),
        ("展厅原定哪天完工？", True),
        ("三年行动计划什么时候印发的？", False),
        ("目标责任书什么时候签订？", False),
        ("该项目什么时候完工？", False),
    ],
)
def test_asks_for_the_plan(question: str, plan: bool) -> None:
    assert asks_plan(question) is plan


@pytest.mark.parametrize(
    ("question", "text", "contrary"),
    [
        ("哪些子项没有验收", "2023年4月6日验收", True),
        ("哪些子项没有验收", "尚未通过验收", False),
        ("哪些子项没有验收", "尚在服务期内", False),
        ("哪些小区还没完工", "已完工的5个小区核减3万元", True),
        ("哪些小区还没完工", "除东苑外的小区均已竣工", False),
        ("哪些小区未竣工", "东苑未完工", False),
        ("哪些子项没有验收材料", "2023年4月6日验收", False),  # papers, not what was done
        ("有没有验收", "2023年4月6日验收", False),
    ],
)
def test_denied(question: str, text: str, contrary: bool) -> None:
    assert affirms(text, denied(question)) is contrary


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("满意度为什么下降", "DOWN"),
        ("成功率为什么提高了", "UP"),
        ("执行率为什么低于目标", "NONE"),
        ("为什么没有达标", "NONE"),
    ],
)
def test_movement(question: str, way: str) -> None:
    assert asked_movement(question).name == way


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("满意度由国家统计局沅江调查队调查。", ["国家统计局沅江调查队"]),
        ("委托中广科技有限公司沅江分公司运维。", ["中广科技有限公司沅江分公司"]),
        ("由县财政局委托宏信会计师事务所评价。", ["县财政局", "宏信会计师事务所"]),
    ],
)
def test_names_are_not_cut(text: str, names: list[str]) -> None:
    assert [text[m.start : m.end] for m in mentions(text)] == names


def test_below_a_target_nothing_moved(tmp_path: Path) -> None:
    path = tmp_path / "图书馆.md"
    path.write_text(LIBRARY, encoding="utf-8")
    library = MemoryLibrary([path])
    document = library.document(library.parts()[0].report)
    scope = ScopedDocument(0, "图书馆", document)
    fewer = find_text("流动服务车出车为什么减少", TextKind.REASON, (scope,), ("流动服务车出车",))
    assert [f for f in fewer if f.confidence is not Confidence.LOW] == []
    missed = [c for c in causes(index_of(document)) if c.told and "低于200次" in c.told.text]
    assert [cause.explains_change for cause in missed] == [False]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("科普馆完工时间", TextKind.DATE),
        ("流动车没达标，根子在哪儿", TextKind.REASON),
    ],
)
def test_kinds(question: str, kind: TextKind) -> None:
    assert classify_text(question) is kind


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("那15个专项债项目，是哪些？", 15),
        ("那15个专项债项目，具体是哪些？", 15),
        ("项目，是哪些？", None),
    ],
)
def test_how_many_are_asked_for(question: str, count: int | None) -> None:
    assert asked_count(question) == count
