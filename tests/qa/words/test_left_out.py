"""What a question leaves out with 除…外, and what it asks of the rest."""

import pytest

from qa.words.left_out import LeftOut, left_out


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("甲局2023年支出除了乙支出以外一共多少", LeftOut("甲局2023年支出一共多少", "乙支出")),
        ("甲局2023年除乙支出外的支出合计是多少", LeftOut("甲局2023年支出合计是多少", "乙支出")),
        ("除城东区之外，甲市分配资金合计多少", LeftOut("甲市分配资金合计多少", "城东区")),
        ("甲局三公经费除去接待费，其余的多少", LeftOut("甲局三公经费多少", "接待费")),
        ("甲局2023年支出多少", None),
        ("除了甲项目，还有哪个项目超支", None),
        ("除甲以外，支出最多的是哪一项", None),
        ("甲项目除草面积是多少", None),
        ("甲局除险加固工程花了多少", None),
    ],
)
def test_left_out(question: str, found: LeftOut | None) -> None:
    assert left_out(question) == found
