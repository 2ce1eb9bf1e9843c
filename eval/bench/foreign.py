"""`python -m eval.bench.foreign`: known questions asked of another place; is anything given?

Of each question of the suites that is answered rightly with values and names a body with its place, the
place is put for another of its level that no loaded report has (越秀区, 合肥市). Whatever is given then is
another body's figure: wrong. *silent* says that the library has no such report, or nothing certain.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.bench.exchanged import gives, open_suites
from eval.material.exchanging import Ground, ground_of
from eval.score import Verdict, score
from eval.suites.suite import Suite, load_suites
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.naming.regions import name_chain

PLACES = {
    "省": "青海省",
    "市": "合肥市",
    "州": "甘南州",
    "区": "越秀区",
    "县": "祁连县",
    "旗": "杭锦旗",
    "镇": "白杨镇",
    "乡": "白杨乡",
    "街": "白杨街道",
    "": "合肥",
}
"""A place of each level; of "" a name without one."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.foreign", description=__doc__)
    parser.add_argument("suites", nargs="*", type=Path, default=open_suites(), help="题库")
    parser.add_argument("--most", type=int, default=6, help="每个题库最多几道题")
    parser.add_argument("--show", action="store_true", help="在 stderr 列出仍然作答的")
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for suite in load_suites(options.suites):
        ground = ground_of(suite)
        for before, question, engine in _asked(suite, ground, options.most) if ground else ():
            answer = engine.ask(question, conversation=Conversation())
            given = gives(answer)
            counts["given" if given else "silent"] += 1
            if given and options.show:
                told = f"{before}\t{question}\t{answer.text}".replace("\n", " ")
                print(told, file=sys.stderr, flush=True)
    result = {
        "command": "python -m eval.bench.foreign",
        "columns": ["asked", "silent", "given"],
        "rows": [[sum(counts.values()), counts["silent"], counts["given"]]],
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0


def _asked(suite: Suite, ground: Ground, most: int) -> Iterator[tuple[str, str, Engine]]:
    """The cases of a suite with their questions asked of another place, at most so many."""
    engine = Engine(ground.library, Settings())
    names = "".join(part.entity for part in ground.parts)
    asked = 0
    for case in suite.cases:
        if asked == most or case.followup_of:
            continue
        question = elsewhere(engine, case.question, names)
        if question is None:
            continue
        answer = engine.ask(case.question, conversation=Conversation())
        if answer.values and score(case, answer).verdict is Verdict.RIGHT:
            asked += 1
            yield case.id, question, engine


def elsewhere(engine: Engine, question: str, names: str) -> str | None:
    """A question with the place of the body that it names put for another; None where it names none.

    Args:
        engine: reads which body is named.
        question: in Chinese, complete by itself.
        names: of all bodies of the library: a place of one of them is no other place.
    """
    plan = engine.plan(question)
    for named in plan.named if len(plan.question) == len(question) else ():
        chain = name_chain(question[named.start : named.end])
        new = PLACES.get(chain.last.level) if chain is not None and chain.start == 0 else None
        if named.kind != "unit" or chain is None or new is None or new[:2] in names:
            continue
        rest = question[named.start + chain.end :]
        exchanged = f"{question[: named.start]}{new}{rest}"
        if not any(region.stem in exchanged for region in chain.regions):
            return exchanged
    return None


if __name__ == "__main__":
    sys.exit(main())
