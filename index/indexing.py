"""What of a report goes into the indexes: passages, descriptions, their words and vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from index import ledger_content, words
from index.model import Progress
from index.passages import Passage, cut_passages
from index.store import Store
from ingest.figures.finding import describe
from ingest.model import Document

if TYPE_CHECKING:
    from index.vectors import Fields, Item, Matrix, Vectors

_EMBED_BATCH = 512


class Derived(NamedTuple):
    """What is indexed of a document; `descriptions` run parallel to its figures."""

    passages: tuple[Passage, ...]
    descriptions: tuple[str, ...]


def derive(document: Document) -> Derived:
    """Cut the passages and describe the figures of a document."""
    descriptions = tuple(describe(document, figure) for figure in document.figures)
    return Derived(cut_passages(document), descriptions)


def add_words(connection: Connection, report: int, derived: Derived) -> None:
    """Index the words of a report that has none in the index yet."""
    words.add(connection, words.PASSAGES, _passage_texts(report, derived.passages))
    described = enumerate(derived.descriptions)
    words.add(connection, words.FIGURES, (words.Text(report, no, text) for no, text in described))


def stored_words(connection: Connection, report: int) -> Derived:
    """What `add_words` was given for a report, from the ledger."""
    descriptions = ledger_content.descriptions(connection, report)
    return Derived(tuple(ledger_content.passages(connection, report)), tuple(descriptions))


def remove_words(connection: Connection, report: int) -> None:
    """Take the words of a report out of the index."""
    derived = stored_words(connection, report)
    words.remove(connection, words.PASSAGES, _passage_texts(report, derived.passages))
    described = enumerate(derived.descriptions)
    words.remove(
        connection, words.FIGURES, (words.Text(report, no, text) for no, text in described)
    )


def _passage_texts(report: int, passages: Iterable[Passage]) -> Iterator[words.Text]:
    return (words.Text(report, each.no, each.indexed) for each in passages)


def embed(
    store: Store,
    vectors: Vectors,
    report: int,
    document: Document,
    derived: Derived,
    progress: Progress,
) -> None:
    """Store the vectors of a report's passages and figures."""
    texts = {
        words.PASSAGES: [(each.no, each.part, each.indexed) for each in derived.passages],
        words.FIGURES: [
            (figure.no, figure.part, text)
            for figure, text in zip(document.figures, derived.descriptions, strict=True)
        ],
    }
    fields = {words.PASSAGES: _fields(document), words.FIGURES: {}}
    total, done = sum(map(len, texts.values())), 0
    for collection, rows in texts.items():
        for items, matrix in _embedded(store, rows, fields[collection]):
            vectors.add(collection, report, items, matrix)
            done += len(items)
            progress("建立索引", done, total)


def _embedded(
    store: Store, rows: Sequence[tuple[int, int, str]], fields: Mapping[int, Fields]
) -> Iterator[tuple[list[Item], Matrix]]:
    from index.vectors import Item

    for start in range(0, len(rows), _EMBED_BATCH):
        batch = rows[start : start + _EMBED_BATCH]
        matrix = store.encoder.documents([text for _, _, text in batch])
        yield [Item(no, fields.get(part, {"part": part})) for no, part, _ in batch], matrix


def _fields(document: Document) -> dict[int, Fields]:
    """What Chroma can filter passages by, for each part.

    Figures have their part alone: each further field of theirs doubles the time to store them.
    """
    return {
        part.no: {
            "part": part.no,
            "unit": part.entity.value,
            "project": part.project.value,
            "year": part.year,
            "kind": part.kind.value,
        }
        for part in document.parts
    }
