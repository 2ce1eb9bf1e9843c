"""docs/calibration.md and the table of weights from a fit. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eval.bench.assurance_fit import Fit, Judged
from eval.report import table
from qa.assurance.gate import Weights

_INTRO = """# How sure an answer is

Written by `python -m eval.bench.calibration --write`; do not edit by hand.

Before an answer is shown, the last gate (`qa/assurance/gate.py`) looks at it from the outside, whatever
found it: is every word of the question to be found with what is shown (`qa/assurance/words.py`); is
it of the kind that was asked, and are as many things given as were asked (`qa/assurance/kinds.py`,
`dimensions.py`, `several_asks.py`, in words `qa/assurance/texts.py`); is it worked out as asked
(`qa/assurance/worked.py`, `worked_as_asked.py`), the part, the level
and the number of things that the question says (`qa/assurance/parts.py`), and is what the question
takes for granted judged (`qa/assurance/claims.py`); is it of the body, project and year that
were asked, and how near is its name (`qa/assurance/scope.py`); is it no neighbour of what was asked, no
other stage, grade, account or total of the same paragraph (`qa/assurance/beside.py`,
`qa/assurance/other.py`, `qa/assurance/stages.py`, `qa/assurance/named.py`), and is nothing left out
(`qa/assurance/unmet.py`); does each word stand with it whole, and in its own clause (`qa/assurance/halves.py`,
`qa/assurance/clauses.py`); is it planned or done, of which thing, measured and affirmed as asked
(`qa/assurance/qualified.py`, `qa/assurance/measures.py`, `qa/assurance/polarity.py`)? What does not
fit is a doubt. Each kind of doubt has a share: of the
answers with this doubt alone, so many it makes wrong. An answer's `confidence` is what is left:

    confidence = (1 − base) × (1 − share of its first kind) × (1 − share of its second kind) × …

Below the threshold no value is given: the answer becomes a choice where only the year, the
project or the body is open, else an abstention, and says which doubts it had. The shares, the threshold and the
words are in `qa/data/assurance.toml`; `asking_words.txt` lists words that ask and name nothing.

The shares are fitted by counting (`eval/bench/assurance_fit.py`). In the tables of thresholds each suite
was judged by a fit to the others. The threshold is one at which fewer than one question in a hundred,
as asked, is answered wrongly there, and where a higher one would buy hardly a wrong answer less with
many right ones. The suites are open ones: of questions that nobody had looked at, more are answered
wrongly (tests/gold/README.md)."""


def page(
    found: Fit,
    seen: Sequence[Judged],
    points: Mapping[str, Sequence[Sequence[str]]],
    columns: Sequence[str],
    worth: Weights,
) -> str:
    """The whole page, ending in a line feed."""
    sections = [_INTRO, f"The threshold is **{worth.least}**."]
    for name, rows in points.items():
        sections.append(f"## Thresholds: {name}\n\n{table(columns, [tuple(r) for r in rows])}")
    sections.append(f"## Doubts\n\n{_doubts(found, seen, worth)}")
    return "\n\n".join(sections) + "\n"


_UNSEEN = """# How sure an answer is, of questions that nobody read

Written by `python -m eval.bench.calibration --kept-back`; do not edit by hand.

The suites that are kept back (tests/gold/README.md) take part in no fit, and what stands in them was
never read: only these totals are looked at. They were asked with the gate open; the shares and the
threshold are those in use (`qa/data/assurance.toml`, docs/calibration.md). The last resort
(docs/extract.md) and the second look (docs/reconsidered.md) take no part here, so some answers fewer are
given than readers get. Doubts tell
answers apart that have one; most wrong answers to such questions have none, and no threshold finds those."""


def unseen_page(
    points: Mapping[str, Sequence[Sequence[str]]], columns: Sequence[str], worth: Weights
) -> str:
    """The page of the suites that are kept back, ending in a line feed."""
    sections = [_UNSEEN, f"The threshold is **{worth.least}**."]
    for name, rows in points.items():
        sections.append(f"## Thresholds: {name}\n\n{table(columns, [tuple(r) for r in rows])}")
    return "\n\n".join(sections) + "\n"


def _doubts(found: Fit, seen: Sequence[Judged], worth: Weights) -> str:
    """A line for each kind of doubt: its share, how often it was seen, how often wrong."""
    kinds = sorted(worth.shares, key=lambda kind: -found.shares.get(kind, 0))
    rows = [
        (
            kind,
            f"{found.shares[kind]:.3f}" if kind in found.shares else f"{worth.shares[kind]:.3f}",
            str(sum(kind in each.kinds for each in seen)),
            str(sum(kind in each.kinds and each.wrong for each in seen)),
            worth.words[kind].replace("{}", "…"),
        )
        for kind in kinds
    ]
    none = [each for each in seen if not each.kinds]
    wrong = sum(each.wrong for each in none)
    rows.append(("(none)", f"{found.base:.3f}", str(len(none)), str(wrong), ""))
    return table(("doubt", "share", "answers", "wrong", "as a reader is told"), rows)


def with_shares(text: str, found: Fit) -> str:
    """The table of weights with the shares of a fit; what the fit has not seen stays."""
    text = re.sub(r'(?m)^base = ".*"$', f'base = "{found.base:.3f}"', text)

    def share(match: re.Match[str]) -> str:
        known = found.shares.get(match["kind"])
        value = match["share"] if known is None else f"{known:.3f}"
        return f'{match["head"]}share = "{value}"'

    row = r'(?P<head>\[doubts\.(?P<kind>\w+)\]\n)share = "(?P<share>[\d.]+)"'
    return re.sub(row, share, text)
