"""How well words, vectors and both find the paragraph that answers a question.

    python -m eval.bench.retrieval pairs1.json pairs2.json

The files are those of `index.train` (see there for their forms; SQuAD's is one of them). All their
paragraphs are loaded into a library in a temporary folder, a report per title; the questions of the
held-out titles, which the built-in model never saw, are asked. Prints JSON: for each way of
searching the share of questions whose paragraph (and whose very passage with the answer) is among
the first 1, 5, 10, the mean reciprocal rank, and the median milliseconds of a search. With
``--reranker`` a cross-encoder (a folder, or a name on its hub) puts the first passages of words and
vectors into order as one more way. With ``--ledger`` the ledger is on the database server that the
settings at hand name, in a schema that must be new.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.library import Library
from index.model import PassageHit
from index.train import Sample, read_samples, split
from ingest.model import Block, BlockKind, Document, Fact, Part, ReportKind, Section
from ingest.readers.content import PageProgress
from ingest.settings import Settings, load_settings

HOLDOUT = 0.1
_DEPTH = 20
_LEDGER = ("ledger_url", "ledger_schema", "ledger_password_file")
_WEIGHTS = (0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Of each question the rank of its paragraph and of its passage; 0 where not found."""

    paragraphs: Sequence[int]
    passages: Sequence[int]
    milliseconds: float


def document_of(data: bytes, name: str, _progress: PageProgress) -> Document:
    """A document of one section from lines of text, one paragraph each."""
    text = data.decode("utf-8")
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines():
        span = (start, start + len(line))
        blocks.append(Block(len(blocks), BlockKind.PARAGRAPH, line, (span,), 0))
        start += len(line) + 1
    title = name.removesuffix(".txt")
    part = Part(0, ReportKind.OTHER, Fact(title), Fact(""), Fact(""), (), 0, len(blocks))
    section = Section(0, 1, title, None, 0)
    return Document(name, "", "text/plain", "utf-8", text, tuple(blocks), (section,), (), (part,))


def load(library: Library, samples: Sequence[Sample]) -> dict[str, tuple[int, int]]:
    """Load all paragraphs; the (report, block) of each."""
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for sample in samples:
        titles[sample.title][sample.paragraph] = None
    places: dict[str, tuple[int, int]] = {}
    for number, (title, paragraphs) in enumerate(titles.items()):
        lines = [" ".join(paragraph.splitlines()) for paragraph in paragraphs]
        name = f"{title.replace('/', '、').strip() or number}.txt"
        added = library.add_bytes(name, "\n".join(lines).encode())
        if added.report is None:
            raise RuntimeError(added.problem)
        for block, paragraph in enumerate(paragraphs):
            places[paragraph] = (added.report.id, block)
    return places


def ask(
    search: Callable[[str], Sequence[PassageHit]],
    questions: Sequence[Sample],
    places: Mapping[str, tuple[int, int]],
) -> Ranks:
    """Ask every question."""
    paragraphs: list[int] = []
    passages: list[int] = []
    seconds: list[float] = []
    for question in questions:
        began = time.perf_counter()
        hits = search(question.question)
        seconds.append(time.perf_counter() - began)
        report, block = places[question.paragraph]
        there = [h.report == report and h.first_block <= block < h.last_block for h in hits]
        answered = [any(answer in hit.text for answer in question.answers) for hit in hits]
        blocks = list(dict.fromkeys((h.report, h.first_block) for h in hits))
        first = next((h.first_block for h, ok in zip(hits, there, strict=True) if ok), None)
        paragraphs.append(0 if first is None else blocks.index((report, first)) + 1)
        both = [a and b for a, b in zip(there, answered, strict=True)]
        passages.append(both.index(True) + 1 if True in both else 0)
    return Ranks(paragraphs, passages, statistics.median(seconds) * 1000)


def summary(ranks: Sequence[int]) -> dict[str, float]:
    """Per cent found among the first 1, 5, 10, and the mean reciprocal rank times 100."""
    count = len(ranks)
    found: dict[str, float] = {
        f"R@{depth}": round(100 * sum(0 < rank <= depth for rank in ranks) / count, 1)
        for depth in (1, 5, 10)
    }
    found["MRR"] = round(100 * sum(1 / rank for rank in ranks if rank) / count, 1)
    return found


def measure(
    files: Sequence[Path],
    folder: Path,
    *,
    reranker: str = "",
    weights: Sequence[float] = _WEIGHTS,
    most: int | None = None,
    ledger: Settings | None = None,
) -> dict[str, Any]:
    """All ways of searching over the held-out questions of `files`, `most` of them spread evenly.

    With fewer questions the library holds the paragraphs of their titles and as many of others. Its
    ledger is where `ledger` says, in the folder where None.
    """
    samples = [sample for path in files for sample in read_samples(path)]
    _, held = split(samples, HOLDOUT)
    if most is not None and most < len(held):
        held = [held[len(held) * at // most] for at in range(most)]
        titles = {sample.title for sample in held}
        others = [sample for sample in samples if sample.title not in titles]
        step = max(1, len(others) // (2 * most))
        samples = [sample for sample in samples if sample.title in titles] + others[::step]
    places_of_ledger = {name: getattr(ledger, name) for name in _LEDGER} if ledger else {}
    base = Settings(data_dir=folder, **places_of_ledger)
    with Library.open(base, reader=document_of) as library:
        places = load(library, samples)
    ways = {"words": replace(base, fusion_weight=0.0), "vectors": replace(base, fusion_weight=1e6)}
    ways |= {f"words + {w} vectors": replace(base, fusion_weight=w) for w in weights}
    if reranker:
        local = Path(reranker).exists()
        ways["reranked"] = replace(base, reranker=reranker, offline=local)
    result: dict[str, Any] = {"questions": len(held), "paragraphs": len(places), "ways": {}}
    for way, settings in ways.items():
        with Library.open(settings, reader=document_of) as library:

            def search(text: str, library: Library = library) -> Sequence[PassageHit]:
                return library.search_passages(text, limit=_DEPTH)

            ranks = ask(search, held, places)
        result["ways"][way] = {
            "paragraphs": summary(ranks.paragraphs),
            "passages": summary(ranks.passages),
            "milliseconds": round(ranks.milliseconds, 1),
        }
    return result


def as_table(found: Mapping[str, Any]) -> dict[str, Any]:
    """The measurement with a row per way of searching."""
    names = ("R@1", "R@5", "R@10", "MRR")
    rows = [
        [
            way,
            *(f"{one['paragraphs'][n]} ({one['passages'][n]})" for n in names),
            one["milliseconds"],
        ]
        for way, one in found["ways"].items()
    ]
    words = (
        f"{found['questions']} questions of titles that the built-in model never saw, over "
        f"{found['paragraphs']} paragraphs. Per cent whose paragraph is found; in brackets the very "
        "passage with the answer."
    )
    return {"summary": words, "columns": ["way", *names, "ms"], "rows": rows}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(description="measure search over held-out questions")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--reranker", default="", metavar="MODEL")
    parser.add_argument("--weights", nargs="+", type=float, default=_WEIGHTS, metavar="W")
    parser.add_argument("--questions", type=int, metavar="N", help="at most so many questions")
    parser.add_argument("--ledger", action="store_true", help="in the schema of the settings")
    parser.add_argument("--json", action="store_true", help="one table, for the page of benchmarks")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(
            options.files,
            Path(folder),
            reranker=options.reranker,
            weights=options.weights,
            most=options.questions,
            ledger=load_settings() if options.ledger else None,
        )
    if options.json:
        found = as_table(found)
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
