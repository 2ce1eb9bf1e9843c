"""Questions of an auditor over made-up bodies: plan or result, whose project, denied, parts, bodies compared."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer

TRADE = """桐丘县商务局2023年度部门决算

一、机构情况

年末在职人员中高级经济师3人、经济师8人。

二、“三公”经费支出情况

“三公”经费预算9.00万元，实际支出7.20万元，比上年减少0.30万元，其中公务接待费2.10万元。

三、政府采购支出情况

2023年度政府采购支出总额512.00万元，其中：政府采购货物支出212.00万元、政府采购工程支出0万元、政府采购服务支出300.00万元。

四、工作完成情况

2023年计划新建集配点30个，实际28个。涉及东河镇、西岭镇、北坡乡9个快递站。

冷链设备采购26台，7台设备年末未通过验收。覆盖全县96个行政村中的71个。

变更金额合计46.80万元。

五、项目情况

“电商培训项目”全年培训学员，项目绩效自评得分91.20分。

附件：

电商培训项目2023年度绩效自评报告

项目名称：电商培训项目
项目单位：桐丘县商务局

项目全年执行数38.60万元，预算执行率96.5%。

表1 评分表

一级指标\t三级指标\t分值\t得分
决策\t立项规范性\t10\t10
决策\t目标合理性\t10\t8
过程\t执行率\t20\t18
过程\t制度健全性\t10\t10
产出\t培训人次\t30\t27
产出\t培训及时率\t20\t18.2
"""
SPORTS = """白垣县体育局2023年度部门决算

一、“三公”经费支出情况

“三公”经费预算6.00万元，实际支出6.80万元，比上年增加0.50万元，其中公务接待费3.40万元。

二、支出情况

表1 支出决算表

单位：万元

科目名称\t本年支出合计\t基本支出\t项目支出
体育场馆\t620.00\t120.00\t500.00
群众体育\t310.00\t0.00\t310.00
体育竞赛\t90.00\t0.00\t90.00
行政运行\t240.00\t240.00\t0.00
合计\t1260.00\t360.00\t900.00
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = tmp_path_factory.mktemp("bodies")
    for name, text in (("商务局", TRADE), ("体育局", SPORTS)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    engine = Engine(
        MemoryLibrary(sorted(folder.iterdir())), SimpleNamespace(abstain_threshold=0.55)
    )
    return engine.ask


def numbers(answer: Answer) -> list[str]:
    return [value.number for value in answer.values]


def test_what_was_reached_and_not_what_was_planned(ask: Callable[..., Answer]) -> None:
    assert numbers(ask("桐丘县商务局2023年新建集配点多少个？")) == ["28"]
    assert numbers(ask("桐丘县商务局2023年计划新建集配点多少个？")) == ["30"]


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("桐丘县商务局2023年通过验收的冷链设备有多少台？", "7"),
        ("桐丘县商务局2023年没有被覆盖的行政村有多少个？", "96"),
        ("桐丘县商务局2023年东河镇有几个快递站？", "9"),
        ("桐丘县商务局2023年在职人员多少人？", "3"),
        ("桐丘县商务局2023年中标金额是多少？", "46.80"),
        ("桐丘县商务局电商培训项目三公经费是多少？", "7.20"),
        ("桐丘县商务局电商培训项目公务接待费是多少？", "2.10"),
    ],
)
def test_what_stands_beside_is_not_given(
    ask: Callable[..., Answer], question: str, wrong: str
) -> None:
    assert wrong not in numbers(ask(question))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("桐丘县商务局2023年三公经费有没有超预算？", "没有超预算"),
        ("白垣县体育局2023年三公经费超预算了吗？", "超过预算 0.80万元"),
    ],
)
def test_whether_the_budget_was_kept(ask: Callable[..., Answer], question: str, told: str) -> None:
    assert told in ask(question).text


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("桐丘县商务局2023年三公经费比上年增加了吗？", "减少0.30万元"),
        ("白垣县体育局2023年三公经费比上年是增加还是减少？", "增加0.50万元"),
    ],
)
def test_which_way_an_account_moved(ask: Callable[..., Answer], question: str, word: str) -> None:
    assert word in ask(question).text


def test_two_bodies_are_compared_by_one_figure_of_each(ask: Callable[..., Answer]) -> None:
    answer = ask("白垣县体育局2023年公务接待费比桐丘县商务局多多少？")
    assert numbers(answer)[0] in ("1.30", "1.3")
    assert {value.entity for value in answer.values[1:]} == {"白垣县体育局", "桐丘县商务局"}


def test_bare_procurement_is_the_total(ask: Callable[..., Answer]) -> None:
    assert numbers(ask("桐丘县商务局2023年政府采购是多少？")) == ["512.00"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (
            "白垣县体育局2023年项目支出超过200万元且基本支出不到50万元的科目有哪些？",
            ["群众体育"],
        ),
        ("白垣县体育局2023年项目支出在80万元到400万元之间的科目有哪些？", ["群众体育", "体育竞赛"]),
    ],
)
def test_rows_that_meet_all_conditions(
    ask: Callable[..., Answer], question: str, names: list[str]
) -> None:
    text = ask(question).text
    assert all(name in text for name in names)
    assert not [n for n in ("体育场馆", "行政运行") if n in text]


def test_lines_of_accounts_are_no_projects(ask: Callable[..., Answer]) -> None:
    assert not ask("白垣县体育局2023年支出最多的项目是哪个？").outcome.given


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("电商培训项目2023年决策哪些指标扣了分？", {"目标合理性"}),
        ("电商培训项目2023年过程指标中哪些得满分？", {"制度健全性"}),
    ],
)
def test_a_level_of_a_sheet_narrows_what_is_listed(
    ask: Callable[..., Answer], question: str, names: set[str]
) -> None:
    answer = ask(question)
    assert {value.metric for value in answer.values} in (names, set())
    assert all(name in answer.text for name in names)


def test_what_follows_a_body_without_reports_is_of_that_body(ask: Callable[..., Answer]) -> None:
    chain = Conversation()
    assert not ask("青石县商务局2023年新建集配点多少个？", conversation=chain).outcome.given
    assert not ask("快递站呢？", conversation=chain).outcome.given


def test_accounts_are_no_list_of_what_fell(ask: Callable[..., Answer]) -> None:
    assert not ask("白垣县体育局2023年哪些支出比上年减少了？").outcome.given
