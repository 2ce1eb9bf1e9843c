"""All aspects of one answer together, for logs and reports; the verdict is `eval.score`'s."""

from __future__ import annotations

from dataclasses import dataclass

from eval.scorers.lists import Completeness, completeness
from eval.scorers.sources import SourceFound, cited, source_found
from eval.scorers.values import ValueFound, numbers, value_found
from eval.scorers.verdicts import SILENT
from eval.suites.model import Case, ClarifyExpected, NumberExpected, TextExpected
from qa.model import Answer, Check, Outcome


@dataclass(frozen=True, slots=True)
class Aspects:
    """What there is to say of an answer beside its verdict; None where it does not apply.

    `check` is how the first figure is shown to be verified, `doubtful` whether its digits are.
    """

    silent: bool
    disputed: bool
    value: ValueFound | None
    check: Check | None
    doubtful: bool
    source: SourceFound
    listed: Completeness | None


def aspects(case: Case, answer: Answer) -> Aspects:
    """Judge every aspect of an answer."""
    shown = numbers(answer)
    silent = answer.outcome in SILENT
    match case.expect:
        case NumberExpected(amounts):
            value = value_found(case, amounts, answer)
        case ClarifyExpected(accept) if accept:
            value = value_found(case, accept, answer)
        case _:
            value = None
    expect = case.expect
    is_list = isinstance(expect, TextExpected) and expect.kind == "list"
    return Aspects(
        silent=silent,
        disputed=answer.outcome is Outcome.CONTRADICTED,
        value=value,
        check=shown[0].check if shown else None,
        doubtful=any(each.doubtful for each in shown),
        source=source_found(case.source, cited(answer)),
        listed=completeness(expect.strings, answer)
        if is_list and isinstance(expect, TextExpected)
        else None,
    )
