"""The questions that are answered rightly, asked again with a word exchanged (`exchanged_questions`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.library import files_of, reports_for
from eval.material.exchanged_questions import Exchanged, exchanged, shared_words
from eval.memory import MemoryLibrary
from eval.score import Verdict, score
from eval.suites.suite import Case, Suite
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer, PartRef
from qa.naming.names import resolve_names

# Run for their totals and never read: nothing is fitted to them either.
KEPT_BACK = frozenset(
    (
        "others11",
        "others18",
        "others23",
        "others24",
        "others26",
        "others28",
        "others31",
        "others32",
        "others34",
        "others39",
        "others45",
        "others46",
        "others52",
        "others64",
        "others65",
        "others68",
        "others76",
        "others77",
        "others80",
        "expert5_kept",
    )
)


@dataclass(frozen=True, slots=True)
class Known:
    """A question that is answered rightly, and what its answer rests on."""

    case: Case
    answer: Answer
    evidence: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The reports of a suite, as a library, by their parts and as one text without white space."""

    library: MemoryLibrary
    parts: tuple[PartRef, ...]
    text: str


def ground_of(suite: Suite) -> Ground | None:
    """The reports that a suite quotes; None where they are not at hand."""
    folders = reports_for(suite)
    if not folders:
        return None
    library = MemoryLibrary(files_of(folders))
    return Ground(library, tuple(library.parts()), library.flat)


def words_of(suites: Sequence[Suite]) -> dict[Path, list[str]]:
    """For each suite the words of its questions that stand in what they quote."""
    return {
        Path(suite.name): sorted(
            {
                word
                for case in suite.cases
                for word in shared_words(case.question, "\n".join(q.quote for q in case.source))
            }
        )
        for suite in suites
    }


def altered(
    suite: Suite, ground: Ground, words: dict[Path, list[str]], every: int = 1
) -> Iterator[tuple[Known, Exchanged]]:
    """Each n-th question of a suite that is answered rightly with values, in all its alterations."""
    own = Path(suite.name)
    others = {word for other in words for word in words[other] if other != own}
    far = sorted(word for word in others if word not in ground.text)
    known = [*_known(suite, Engine(ground.library, Settings()), every)]
    near = sorted({w for k in known for w in shared_words(k.case.question, k.evidence)})
    for each in known:
        names = resolve_names(each.case.question, ground.parts)
        keep = [m.text for m in (*names.entities, *names.projects, *names.unknown) if m.text]
        for asked in exchanged(each.case.question, each.evidence, keep, near, far, each.case.id):
            yield each, asked


def same_value(before: Answer, after: Answer) -> bool:
    """Whether two answers open with the same number and unit."""
    first = [(value.number, value.unit) for value in before.values[:1]]
    return first == [(value.number, value.unit) for value in after.values[:1]]


def _known(suite: Suite, engine: Engine, every: int) -> Iterator[Known]:
    for case in [case for case in suite.cases if case.followup_of is None][::every]:
        answer = engine.ask(case.question, conversation=Conversation())
        if not answer.values or score(case, answer).verdict is not Verdict.RIGHT:
            continue
        sources = [s for value in answer.values for s in value.sources] + [*answer.citations]
        evidence = [t for s in sources for t in (s.quote, s.row, s.column, s.table) if t]
        yield Known(case, answer, "\n".join(evidence))


__all__ = ["KEPT_BACK", "Ground", "Known", "altered", "ground_of", "same_value", "words_of"]
