"""A score worked out again by the rule that stands beside it."""

from decimal import Decimal

import pytest

from qa.scores.formulas import Facts, worked


def facts(full: str, score: str, **texts: str) -> Facts:
    return Facts(Decimal(full), Decimal(score), len(score.partition(".")[2]), **texts)


@pytest.mark.parametrize(
    ("made", "formula"),
    [
        (facts("4", "3.73", rule="得分=预算执行率×4分。", remark="预算执行率93.21%"), "93.21%×4"),
        (
            facts("5", "4.51", reached="72.13%", remark="目标80%，得分=5×实际÷目标"),
            "5×72.13%÷80%",
        ),
        (
            facts("5", "3.10", rule="得分=实际/计划×5分，最高5分。", remark="计划400人，实际248人"),
            "248÷400×5",
        ),
        (
            facts("5", "5.00", rule="得分=实际/计划×5分，最高5分。", remark="计划40人，实际48人"),
            "48÷40×5（最高 5 分）",
        ),
        (
            facts("10", "8.5", target="1600条", actual="1584条",
                  rule="得分＝完成值÷指标值×10，再扣停更期间的1.4分"),
            "1584÷1600×10 − 1.4",
        ),
        (facts("8", "7.90", remark="8×29,615/30,000"), "8×29615÷30000"),
        (
            facts("8", "6.16", rule="得分＝（预算执行率－60%）÷（100%－60%）×8，预算执行率按90.8%计算"),
            "(90.8%-60%)÷(100%-60%)×8",
        ),
        (
            facts("5", "3.25", target="≥95%", actual="91.50%", remark="每低1个百分点扣0.5分"),
            "5 − (95 − 91.50) × 0.5",
        ),
        (
            facts("3", "1.00", remark="调整率14.89%",
                  rule="调整率≤5%得满分，每超过5个百分点扣1分，不足5个百分点按5个百分点计"),
            "3 − 2 × 1",
        ),
        (
            facts("3", "2", target="≥95%", actual="83.33%",
                  rule="达到95%得满分；80%（含）—95%得2分；60%以下不得分。"),
            "83.33% 属于“80%(含)—95%得2分”，得分",
        ),
        (facts("5", "3.5", remark="挪用扣1分，白条入账扣0.5分"), "5 − 1 − 0.5"),
        (facts("4", "2.00", remark="2022年、2023年下达超期，各扣1分"), "4 − 2 × 1"),
        (facts("4", "2.50", rule="一项不符扣0.5分", remark="3项指标未量化"), "4 − 3 × 0.5"),
        (facts("12", "11.03", target="≥420辆", actual="386辆"), "12 × 386 ÷ 420"),
        (facts("8", "7.73", remark="按执行率96.61%计分"), "8 × 96.61%"),
    ],
)  # fmt: skip
def test_score_follows(made: Facts, formula: str) -> None:
    found = worked(made)
    assert found is not None
    assert found.formula == formula


@pytest.mark.parametrize(
    "made",
    [
        facts("10", "3", target="≤2%", actual="5.6%"),
        facts("4", "3.5", target="≥9座", actual="8座", remark="征地纠纷"),
        facts("2", "1.50", rule="≤5%得满分，超过5%的扣0.5分。", remark="结转结余率6.79%"),
        facts("5", "4", rule="酌情扣分", target="100%", actual="80%"),
    ],
)
def test_no_computation_where_none_gives_the_score(made: Facts) -> None:
    assert worked(made) is None


def test_formula_that_gives_another_score_is_told() -> None:
    rule = "本指标得分=(预算执行率-60%)÷(100%-60%)×17"
    found = worked(facts("8", "4.88", rule=rule, remark="预算执行率为84.40%"))
    assert found is not None
    assert found.explicit
    assert found.value == Decimal("10.37")


def test_rate_of_another_place_proves_no_score_wrong() -> None:
    assert worked(facts("8", "4.88", rule="得分=执行率×8", reached="60%")) is None
