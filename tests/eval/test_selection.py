"""Which cases are asked, and in which chains."""

from __future__ import annotations

import pytest

from eval.runlog import Options
from eval.selection import NoSuchCaseError, chains, wanted, with_wordings
from eval.suites.suite import parse_suite

CASES = parse_suite(
    """cases:
- {id: a, type: sum, kind: 1, question: 甲, tags: [快], expect: {number: "1", unit: 元}}
- {id: b, type: sum, question: 乙, followup_of: a, expect: {number: "2", unit: 元},
   paraphrases: {typo: 已}}
- {id: c, type: count, kind: 2, question: 丙, expect: {number: "3", unit: 元},
   paraphrases: {formal: 丙丙}}
- {id: d, type: count, question: 丁, followup_of: b, tags: [快, 慢], expect: {abstain: true}}
""",
    "t",
).cases


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (Options(), ["a", "b", "c", "d"]),
        (Options(paraphrases=True), ["a", "b", "c", "d", "b~typo", "c~formal"]),
        (Options(paraphrases=True, ids=("b",)), ["b", "b~typo"]),
        (Options(paraphrases=True, ids=("c~formal",)), ["c~formal"]),
        (Options(types=("count",)), ["c", "d"]),
        (Options(kinds=(1, 2)), ["a", "c"]),
        (Options(tags=("慢",)), ["d"]),
        (Options(tags=("快",), types=("sum",)), ["a"]),
    ],
)
def test_chosen(options: Options, ids: list[str]) -> None:
    assert [case.id for case in wanted(with_wordings(CASES, options), options)] == ids


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(ids=("a", "x")), "--ids x"),
        (Options(types=("list",)), "--types list"),
        (Options(kinds=(7,)), "--kinds 7"),
        (Options(tags=("中",)), "--tags 中"),
    ],
)
def test_what_no_case_has_is_refused(options: Options, message: str) -> None:
    with pytest.raises(NoSuchCaseError, match=message):
        wanted(CASES, options)


def test_follow_ups_hang_on_their_first_question() -> None:
    every = with_wordings(CASES, Options(paraphrases=True))
    found = chains("t", every, {"b~typo", "c", "d"})
    assert [[case.id for case in chain.cases] for chain in found] == [
        ["a", "b", "d", "b~typo"],
        ["c"],
    ]
    assert [sorted(chain.wanted) for chain in found] == [["b~typo", "d"], ["c"]]
