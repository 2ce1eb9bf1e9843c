"""The last gate: what it doubts, how sure it then is, and what becomes of the answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.model import Role
from qa.assurance.gate import confidence, doubts_of, judged, weights
from qa.assurance.model import Asked
from qa.grounds import Ground
from qa.model import Answer, Check, Outcome, Source, Value
from qa.plan import Operation, Plan, Target
from qa.words.lexicon import LexiconError, tables
from qa.words.matching import grams, squeeze

ROW = "河湾市农业局2023年部门决算 一般公共预算支出决算表 公务接待费 决算数 支出"


def value(number: str = "0.51", unit: str = "万元", **changes: object) -> Value:
    made = Value(
        label="公务接待费",
        number=number,
        unit=unit,
        period="2023",
        entity="河湾市农业局",
        project=None,
        metric="公务接待费 决算数",
        check=Check.EXACT,
        sources=(Source("a.txt", "公务接待费 0.51", 10, 20, table="决算表", figure=3),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def judge(looked: Asked, least: Decimal | None = None) -> Answer:
    return judged(looked, doubts_of(looked), least)


def asked(
    question: str,
    *values: Value,
    operation: Operation = Operation.LOOKUP,
    text: str = "",
    near: str = ROW,
    role: Role = Role.VALUE,
    years: tuple[str, ...] = ("2023",),
    **ground: object,
) -> Asked:
    """A question about 河湾市农业局, its names and years blanked out as the planner does."""
    bare = question
    for name in ("河湾市农业局", "2023年", "2022年"):
        bare = bare.replace(name, " " * len(name))
    plan = Plan(
        question=question,
        text=bare,
        operation=operation,
        targets=(Target("公务接待费"),),
        years=years,
        entities=("河湾市农业局",),
    )
    shown = Answer(question, Outcome.ANSWERED, text or "公务接待费：0.51万元。", values=values)
    words = squeeze(near)
    made = Ground(grams(near), words, grams(near), (role,), years=("2022", "2023"))
    return Asked(question, plan, shown, replace(made, **ground))  # type: ignore[arg-type]


CASES = [
    ("河湾市农业局2023年公务接待费是多少？", [value()], {}, set()),
    ("河湾市农业局2023年计生公务接待费是多少？", [value()], {}, {"words_few"}),
    ("河湾市农业局2023年老干部慰问活动公务接待费是多少？", [value()], {}, {"words_many"}),
    ("河湾市农业局2023年公务接待费（2210201）是多少？", [value()], {}, {"code"}),
    ("河湾市农业局2023年实训楼二期公务接待费是多少？", [value()], {}, {"stage"}),
    ("河湾市农业局2023年“灌渠清淤”公务接待费是多少？", [value()], {}, {"quoted"}),
    ("河湾市农业局2023年公务接待费是多少？", [value()], {"role": Role.SHARE}, {"role"}),
    ("河湾市农业局2023年公务接待费占百分之几？", [value()], {}, {"unit", "operation"}),
    ("河湾市农业局2023年公务接待费是多少？", [value("0.00")], {}, set()),
    (
        "河湾市农业局2023年公务接待费是多少？",
        [value("0.00", metric="出国费 决算数")],
        {},
        {"zero"},
    ),
    ("河湾市农业局2023年公务接待费平均是多少？", [value()], {}, {"operation"}),
    ("河湾市农业局2023年公务接待费、支出分别是多少？", [value()], {}, {"asks"}),
    ("河湾市农业局2023年公务接待费是多少，支出是多少？", [value()] * 2, {}, {"twice"}),
    ("河湾市农业局2022年公务接待费是多少？", [value()], {"years": ("2022",)}, {"year"}),
    ("河湾市农业局公务接待费是多少？", [value()], {"years": ()}, {"year_open"}),
    ("河湾市农业局2023年上半年公务接待费是多少？", [value()], {}, {"half"}),
    (
        "河湾市农业局2023年公务接待费是多少？",
        [value()],
        {"precision": Decimal("0.1")},
        {"name_other"},
    ),
    (
        "河湾市农业局2023年公务接待费超过上年的科室有几个？",
        [value()],
        {"operation": Operation.VERIFY},
        {"unit"},
    ),
    (
        "河湾市农业局2023年支出20万元以上的科室（正好20万的别算）有几个？",
        [value("6", "个")],
        {"operation": Operation.FILTER},
        {"exception"},
    ),
    ("河湾市农业局2023年公务接待费比上年涨了0.1万元，对吧？", [value()], {}, {"affirmed"}),
    (
        "河湾市农业局2023年项目支出占总支出的比重是多少？",
        [
            value(
                "100",
                "%",
                formula="0.51万元 ÷ 0.51万元 × 100%",
                sources=(Source("a.txt", "合计 0.51", 10, 20, table="表", column="项目支出"),) * 2,
            )
        ],
        {"operation": Operation.SHARE},
        {"part"},
    ),
    (
        "河湾市农业局2023年财政拨款本年支出合计是多少？",
        [value(metric="一般公共预算财政拨款本年支出合计")],
        {"near": f"财政拨款本年支出合计 {ROW}"},
        {"role"},
    ),
    (
        "河湾市农业局2023年收支总计是多少？",
        [value(metric="财政拨款收支总计")],
        {"near": f"财政拨款收支总计 {ROW}"},
        {"role"},
    ),
    (
        "河湾市农业局2023年水渠支出是多少？",
        [
            value(
                "12.5",
                metric="水渠支出",
                sources=(Source("a.txt", "年末结转和结余20万元，其中水渠支出12.5万元。", 10, 20),),
            )
        ],
        {"near": f"水渠 {ROW}"},
        {"role"},
    ),
    (
        "河湾市农业局2023年抽查了几家农场？",
        [
            value(
                "3",
                "个",
                metric="抽查",
                sources=(Source("a.txt", "抽查3个乡镇、6家农场。", 10, 20),),
            )
        ],
        {"near": f"抽查农场 {ROW}"},
        {"unit"},
    ),
    ("河湾市农业局2023年公务接待费照规则该得几分？", [value("8", "分")], {}, {"how"}),
    (
        "河湾市农业局2023年过程指标里哪个丢分最多？",
        [value("2", "分", sources=(Source("a.txt", "", 1, 2, table="t", row="产出 / 数量"),))],
        {"operation": Operation.RANK},
        {"level"},
    ),
    (
        "河湾市农业局2023年公务接待费是多少元，精确到分？",
        [value("5100", "元", sources=(Source("a.txt", "公务接待费0.51万元。", 10, 20),))],
        {},
        {"unit"},
    ),
    (
        "河湾市农业局2023年那22个科室里公务接待费最少的是哪个？",
        [value()],
        {"operation": Operation.RANK, "text": "最少的是办公室 0.51万元（共比较 4 项）。"},
        {"counted"},
    ),
    (
        "河湾市农业局2023年项目支出里的公务接待费是多少？",
        [value()],
        {},
        {"part"},
    ),
    (
        "河湾市农业局2023年公务接待费合计是多少？",
        [value("1.53", check=Check.DERIVED, formula="0.77万元 + 0.51万元 + 0.25万元")],
        {"operation": Operation.SUM},
        set(),
    ),
    (
        "河湾市农业局2023年公务接待费合计是多少？",
        [value("1.52", check=Check.DERIVED, formula="0.76万元 + 0.51万元 + 0.25万元")],
        {"operation": Operation.SUM},
        {"whole_added"},
    ),
    (
        "河湾市农业局2023年公务接待费合计是多少？",
        [value("1.52", check=Check.DERIVED, formula="甲 + 乙 + 丙")],
        {"operation": Operation.SUM},
        set(),
    ),
    ("河湾市农业局2023年公务接待废是多少？", [value()], {}, set()),
    (
        "河湾市农业局2023年省控断面水质优良率是多少？",
        [
            value(
                "85.71",
                "%",
                metric="国控断面水质优良率",
                sources=(Source("a.txt", "省控断面12个，国控断面水质优良率85.71%", 10, 20),),
            )
        ],
        {"near": f"省控断面 国控断面水质优良率 {ROW}"},
        {"rival"},
    ),
    (
        "河湾市农业局2023年接待的老年人有多少人次？",
        [value("1875", "人次", metric="老年人、中小学生、残疾人优惠入场")],
        {"near": f"接待 老年人、中小学生、残疾人优惠入场 {ROW}"},
        {"part"},
    ),
    (
        "河湾市农业局2023年配发的助行器有多少台？",
        [value("8687", "件", metric="助行器等器具")],
        {"near": f"配发助行器等器具 {ROW}"},
        {"unit"},
    ),
    (
        "河湾市农业局2023年公务接待费没花完，其中审减了多少万元？",
        [value("0.20", check=Check.DERIVED, formula="0.71万元 − 0.51万元")],
        {"operation": Operation.DIFFERENCE, "near": f"审减 {ROW}"},
        {"operation"},
    ),
    (
        "河湾市农业局2023年前三季度公务接待费是多少？",
        [value(metric="第三季度 公务接待费")],
        {"near": f"第三季度 {ROW}"},
        {"part"},
    ),
    (
        "河湾市农业局2023年变更前公务接待费是多少？",
        [value(metric="变更后公务接待费")],
        {"near": f"变更后 {ROW}"},
        {"rival"},
    ),
    (
        "河湾市农业局2023年公务接待费三家公司一共多少？",
        [value("1.53", check=Check.DERIVED, formula="0.77万元 + 0.51万元 + 0.25万元")],
        {"operation": Operation.SUM},
        set(),
    ),
    (
        "河湾市农业局2023年公务接待费两年相差多少？",
        [
            value(
                "0.20",
                check=Check.DERIVED,
                formula="0.71万元 − 0.51万元",
                sources=(
                    Source("a.txt", "年末结转和结余1.2万元，其中公务接待费0.71万元。", 10, 20),
                ),
            )
        ],
        {"operation": Operation.DIFFERENCE},
        {"role"},
    ),
    (
        "河湾市农业局2023年授予小微企业的公务接待费是多少？",
        [value(metric="授予中小企业的公务接待费")],
        {"near": f"授予中小企业 {ROW}"},
        {"rival"},
    ),
    (
        "河湾市农业局2023年东岭灌区公务接待费是多少？",
        [value(metric="西溪灌区公务接待费")],
        {"near": f"西溪灌区 {ROW}", "reports": ("东岭灌区", "西溪灌区")},
        {"rival"},
    ),
]


def test_a_contradiction_of_other_figures_than_the_question_tells_is_doubted() -> None:
    shown = value("4", "分", other="5分")
    question = "河湾市农业局2023年“项目效益”{}分，跟各项加起来一样吗？"
    for told, doubted in (("22", True), ("4", False), ("5.0", False)):
        made = asked(question.format(told), shown)
        made = made._replace(answer=replace(made.answer, outcome=Outcome.CONTRADICTED))
        assert ("told" in {doubt.kind for doubt in doubts_of(made)}) is doubted


@pytest.mark.parametrize(
    ("question", "values", "changes", "kinds"), CASES, ids=[str(n) for n in range(len(CASES))]
)
def test_doubts(
    question: str, values: list[Value], changes: dict[str, object], kinds: set[str]
) -> None:
    found = doubts_of(asked(question, *values, **changes))  # type: ignore[arg-type]
    assert kinds <= {doubt.kind for doubt in found}
    assert kinds or not found


def test_every_doubt_has_its_share_and_words() -> None:
    known = weights()
    assert all(0 < share < 1 for share in known.shares.values())
    assert all(known.words[kind].count("{}") <= 1 for kind in known.shares)
    assert 0 < known.base < 1
    assert 0 < known.least < 1


def test_each_doubt_lowers_the_confidence() -> None:
    known = weights()
    kinds: list[str] = []
    before = Decimal(1)
    for kind in sorted(known.shares):
        kinds.append(kind)
        assert confidence(kinds, known) < before or before < Decimal("0.06")  # to three places
        before = confidence(kinds, known)


def test_a_sure_answer_passes_with_its_confidence() -> None:
    answer = judge(asked("河湾市农业局2023年公务接待费是多少？", value()))
    assert answer.values
    assert not answer.doubts
    assert answer.confidence == 1 - weights().base


def test_a_doubtful_answer_is_withheld_and_says_which_words_it_could_not_place() -> None:
    answer = judge(asked("河湾市农业局2023年老干部慰问活动公务接待费是多少？", value()))
    assert answer.outcome is Outcome.ABSTAINED
    assert not answer.values
    assert not answer.equations
    assert "慰问" in answer.text
    assert answer.text == answer.reason
    assert {doubt.kind for doubt in answer.doubts} == {"words_many"}


def test_where_only_the_year_is_open_the_years_are_offered() -> None:
    question = "河湾市农业局公务接待费是多少？"
    answer = judge(asked(question, value(), years=()), least=Decimal("0.999"))
    assert answer.outcome is Outcome.CLARIFY
    assert answer.choices == (f"2022年，{question}", f"2023年，{question}")


def test_an_open_gate_lets_everything_pass() -> None:
    doubtful = asked("河湾市农业局2023年老干部慰问活动公务接待费是多少？", value("0.00"))
    assert judge(doubtful, least=Decimal(0)).values


def test_a_damaged_table_of_weights_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    text = tables("assurance.toml")[-1][0]
    monkeypatch.setattr("qa.assurance.gate.tables", lambda _: ((text, {"doubts": {"zero": {}}}),))
    weights.cache_clear()
    with pytest.raises(LexiconError, match=r"assurance\.toml"):
        weights()
    weights.cache_clear()
