"""Shares that each kind has of its own amount: confirmed, contradicted, and the traps, silent."""

from typing import NamedTuple

import pytest

from ingest.model import Equation, Verdict
from ingest.pipeline import read_document

HEAD = "2023年度某市某局部门决算\n\n一、政府采购支出情况\n\n"
AMOUNTS = (
    "某局2023年度政府采购支出总额936.70万元，其中：政府采购货物支出{goods}万元、政府采购工程支出0万元、"
    "政府采购服务支出788.40万元。授予中小企业合同金额{small}万元，占政府采购支出总额的{all}%。"
)
SHARES = (
    "货物采购授予中小企业合同金额占货物支出金额的{a}%，工程采购授予中小企业合同金额占工程支出金额的0%，"
    "服务采购授予中小企业合同金额占服务支出金额的{b}%。"
)


class Case(NamedTuple):
    name: str
    text: str
    stated: str
    verdict: Verdict
    value: str


CASES = (
    Case(
        "of_services",
        AMOUNTS.format(goods="148.30", small="815.90", all="87.1") + SHARES.format(a="100", b="84.7"),
        "84.7",
        Verdict.EXACT,
        "84.68",
    ),
    Case(
        "of_services_too_small",
        AMOUNTS.format(goods="148.30", small="815.90", all="87.1") + SHARES.format(a="100", b="18.7"),
        "18.7",
        Verdict.FAILS,
        "84.68",
    ),
)  # fmt: skip
SILENT = {
    "amount_of_a_kind_is_not_given": "授予中小企业合同金额815.90万元。" + SHARES.format(a="100", b="18.7"),
    "whole_is_not_given": "货物支出100万元、工程支出0万元、服务支出200万元。" + SHARES.format(a="100", b="18.7"),
    "share_is_approximate": AMOUNTS.format(goods="148.30", small="815.90", all="87.1")
    + SHARES.format(a="100", b="18.7").replace("金额的18.7%", "金额的近18.7%"),
}  # fmt: skip


def found(text: str) -> list[tuple[str, Equation]]:
    document = read_document((HEAD + text + "\n").encode(), "某局2023.txt")
    shares = [e for e in document.equations if e.family == "share" and " − " in e.formula]
    return [(document.figures[e.stated].quantity.printed, e) for e in shares]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_share_follows_from_the_whole_and_the_other_shares(case: Case) -> None:
    ((stated, equation),) = found(case.text)
    assert (stated, equation.verdict) == (case.stated, case.verdict)
    assert f"{equation.value:.2f}" == case.value


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_is_not_complete_is_not_checked(text: str) -> None:
    assert not found(text)
