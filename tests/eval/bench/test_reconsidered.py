"""What a second look adds: what was held back is kept and judged, rare features get no weight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eval.bench.logistic import Judged, fit
from eval.bench.reconsidered import RARE, Looked, ask, names_of, page
from eval.suites.suite import Case, load_suites

GOLD = Path(__file__).parents[2] / "gold"
SUITES = ("a.yaml", "b.yaml")
RIGHT = [Judged(suite, {"gate": 0.8}, True) for suite in SUITES for _ in range(RARE)]
WRONG = [Judged(suite, {"gate": 0.2}, False) for suite in SUITES for _ in range(RARE)]


def test_rare_features_get_no_weight() -> None:
    rare = Judged("a.yaml", {"gate": 0.5, "doubt:rare": 1.0}, False)
    assert names_of([*RIGHT, rare]) == ("gate",)


def test_the_page_keeps_further_wordings_apart() -> None:
    seen = [
        Looked(each, frozenset(), further) for each in (*RIGHT, *WRONG) for further in (False, True)
    ]
    seen.append(Looked(replace(RIGHT[0]), frozenset(), True))
    shown = page(seen, fit([each.judged for each in seen], ("gate",)))
    right, both = len(RIGHT), len(RIGHT) + len(WRONG)
    assert f"Of {both} answers that were held back, {right} were right." in shown
    assert f"Of {both + 1} answers that were held back, {right + 1} were right." in shown
    assert "| gate    |" in shown


def test_what_was_held_back_is_judged() -> None:
    (suite,) = load_suites([GOLD / "samples_a.yaml"])
    told = next(case for case in suite.cases if case.type == "lookup_text")
    aside = Case(
        id="aside",
        type=told.type,
        question=f"写稿子要用哈，{told.question}",
        expect=told.expect,
        source=told.source,
    )
    found = ask(replace(suite, cases=(told, aside)))
    assert [each.judged.right for each in found] == [True]
    assert found[0].judged.features["doubt:words_few"] == 1
    assert not found[0].further
