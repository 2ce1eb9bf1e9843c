"""`python -m eval.bench.exchanged`: known questions with one word exchanged; who still answers the same?

Of each question of the suites that is answered rightly with values, the words that it has in common
with its evidence are exchanged one at a time (`eval/material/exchanged_questions.py`). *same* is an answer
with the same first value as before: wrong, but for words that restrict nothing. *other* is another
value: an answer where the new word stands in the reports, wrong where it does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.material.exchanged_questions import KINDS, Exchanged
from eval.material.exchanging import KEPT_BACK, Known, altered, ground_of, same_value, words_of
from eval.suites.suite import load_suites
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer

_GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
VERDICTS = ("silent", "other", "same")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.exchanged", description=__doc__)
    parser.add_argument("suites", nargs="*", type=Path, default=open_suites(), help="题库")
    parser.add_argument("--every", type=int, default=1, help="每几道题取一道")
    parser.add_argument("--show", action="store_true", help="在 stderr 列出仍然作答的")
    options = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    suites = load_suites(options.suites)
    words = words_of(suites)
    for suite in suites:
        ground = ground_of(suite)
        if ground is None:
            continue
        engine = Engine(ground.library, Settings())
        for before, asked in altered(suite, ground, words, options.every):
            answer = engine.ask(asked.text, conversation=Conversation())
            verdict = _verdict(before.answer, answer)
            counts[asked.kind][verdict] += 1
            if options.show and verdict != "silent":
                print(_line(before, asked, answer, verdict), file=sys.stderr, flush=True)
    rows = [[kind, sum(n.values()), *(n[v] for v in VERDICTS)] for kind, n in counts.items()]
    result = {
        "command": "python -m eval.bench.exchanged",
        "columns": ["kind", "asked", *VERDICTS],
        "rows": rows,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0


def open_suites() -> tuple[Path, ...]:
    """The suites that may be read: all but those kept back."""
    return tuple(path for path in sorted(_GOLD.glob("*.yaml")) if path.stem not in KEPT_BACK)


def gives(answer: Answer) -> bool:
    """Whether an answer gives a value or a passage."""
    return answer.outcome.given and bool(answer.values or answer.citations)


def _verdict(before: Answer, after: Answer) -> str:
    if not gives(after):
        return "silent"
    return "same" if same_value(before, after) else "other"


def _line(before: Known, asked: Exchanged, answer: Answer, verdict: str) -> str:
    given = " ".join(f"{value.number}{value.unit}" for value in answer.values[:2])
    resort = "末" if any("问句的用词" in text for text in answer.remarks) else ""
    told = (verdict, asked.kind, before.case.id, asked.old, asked.text, given, resort)
    return "\t".join((*told, str(answer.confidence)))


if __name__ == "__main__":
    sys.exit(main())
