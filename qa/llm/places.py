"""Passages and tables that a model may point at: those nearest to a question, each under an id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.model import BlockKind, Document, Figure, Part, Table
from qa.model import PartKey, PartRef
from qa.plan import Plan
from qa.pointed import Pointed
from qa.texts.index import Index, Segment, column_path, index_of
from qa.texts.terms import pair_set
from qa.words.synonyms import canonical, expand

_PASSAGES, _TABLES, _ROWS = 18, 6, 30
_CHARACTERS, _OF_TABLES = 6_500, 3_500  # of all that is shown; of its tables
_LONGEST_PASSAGE, _LONGEST_CELL = 220, 40
_ABOVE, _SYNONYM, _BEFORE, _AWAY = 0.6, 0.6, 0.5, 0.7  # what a word, or a place, counts for
_WHOLE, _LED = 0.7, 0.8
_LEADING = 6  # passages whose tables are looked at
_FAR_TABLE, _FAR_PASSAGE = 0.4, 0.1  # of the best place's worth: what is farther is left out
_SHORTEST = 7
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Documents = Callable[[int], Document]


@dataclass(frozen=True, slots=True)
class Places:
    """What is shown of the reports, and what the ids in it stand for. Ids mean nothing outside."""

    passages: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    figures: Mapping[str, Pointed] = field(default_factory=dict)
    quotes: Mapping[str, Pointed] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def figures_of(self, ids: Iterable[str]) -> list[Pointed] | None:
        """The figures of ids; those of a column's rows for a column. None where an id is unknown."""
        found: list[Pointed] = []
        for each in ids:
            own = self.columns.get(each, (each,))
            if any(one not in self.figures for one in own):
                return None
            found += [self.figures[one] for one in own]
        return list(dict.fromkeys(found))

    def quotes_of(self, ids: Iterable[str]) -> list[Pointed] | None:
        """The passages and rows of ids. None where an id is unknown."""
        asked = [_ROW_OF.sub("", each) for each in ids]
        if any(each not in self.quotes for each in asked):
            return None
        return list(dict.fromkeys(self.quotes[each] for each in asked))


_ROW_OF = re.compile(r"\.c\d+$|(?<=^s)(?<=\d)[a-z]$")


@dataclass(slots=True)
class _Making:
    """Places under way."""

    left: int = _CHARACTERS
    passages: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Mapping[str, object]] = field(default_factory=dict)
    figures: dict[str, Pointed] = field(default_factory=dict)
    quotes: dict[str, Pointed] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Near:
    """A sentence, or a table (no sentence), and how near it is to the question."""

    worth: float
    report: int
    index: Index
    segment: Segment | None = None
    table: Table | None = None
    rows: Mapping[int, float] = field(default_factory=dict)


def places_for(
    question: str,
    before: Sequence[str],
    plan: Plan,
    parts: Sequence[PartRef],
    reports: Collection[int],
    document: Documents,
) -> Places:
    """The passages and tables nearest to the question, in the reports of the bodies it names.

    Args:
        before: the questions before, the last one nearest.
        parts: every part that may be shown.
        reports: those of them that are read.
    """
    indexes = {report: index_of(document(report)) for report in sorted(reports)}
    words = _words(question, before, plan, parts, indexes)
    inside = {part.key for part in parts}
    asked = set(plan.parts)
    sentences: list[_Near] = []
    tables: list[_Near] = []
    for report, index in indexes.items():
        for near in _scored(report, index, words, inside, asked):
            (sentences if near.segment is not None else tables).append(near)
    made = _Making()
    sentences.sort(key=_nearest_first)
    tables = sorted(map(_led_by(sentences[:_LEADING]), tables), key=_nearest_first)
    best = max((near.worth for near in (*sentences[:1], *tables[:1])), default=0.0)
    for near in tables[:_TABLES]:
        if near.worth >= best * _FAR_TABLE and made.left > _CHARACTERS - _OF_TABLES:
            _add_table(made, near)
    said: set[str] = set()
    for near in sentences:
        if len(made.passages) >= _PASSAGES or near.worth < best * _FAR_PASSAGE:
            break
        if near.segment is not None and near.segment.own not in said:
            said.add(near.segment.own)
            _add_passage(made, near)
    return Places(made.passages, made.tables, made.figures, made.quotes, made.columns)


def _nearest_first(near: _Near) -> tuple[float, int, int]:
    """The nearest first; of equally near ones in the order of the reports."""
    block = near.table.block if near.table is not None else 0
    return (-round(near.worth, 6), near.report, near.segment.no if near.segment else block)


def _led_by(sentences: Sequence[_Near]) -> Callable[[_Near], _Near]:
    """A table is as near as what stands right above it (明细见下表), at least nearly so."""
    above = {
        (near.report, near.segment.place.block + step): near.worth * _LED
        for near in reversed(sentences)
        if near.segment is not None
        for step in (1, 2, 3)
    }

    def led(near: _Near) -> _Near:
        block = near.table.block if near.table is not None else -1
        return replace(near, worth=max(near.worth, above.get((near.report, block), 0.0)))

    return led


def _words(
    question: str,
    before: Sequence[str],
    plan: Plan,
    parts: Sequence[PartRef],
    indexes: Mapping[int, Index],
) -> dict[str, float]:
    """Pairs of characters that are looked for, by rarity; those of names and years count nothing."""
    asked = canonical(question)
    keys = [target.key for target in plan.targets]
    layers = (
        (1.0, [question, plan.text, *keys]),
        (_SYNONYM, [asked, *expand(asked)]),
        (_BEFORE, before[-1:]),
    )
    names = {pair for part in parts for pair in pair_set(f"{part.entity} {part.project}")}
    total = 1 + sum(len(index.segments) for index in indexes.values())
    found: dict[str, float] = {}
    for weight, texts in layers:
        for pair in sorted({pair for text in texts for pair in pair_set(text)}):
            count = sum(len(index.postings.get(pair, ())) for index in indexes.values())
            if count and not pair.isdecimal():
                rarity = (total / (count + 1)) ** 0.5
                rarity *= weight * (0.3 if pair in names else 1.0)
                found[pair] = max(found.get(pair, 0.0), min(rarity, 30.0 * weight))
    return found


def _scored(
    report: int,
    index: Index,
    words: Mapping[str, float],
    inside: Collection[PartKey],
    asked: Collection[PartKey],
) -> Iterator[_Near]:
    """Sentences and tables of a report that share words with the question."""
    worth: defaultdict[int, float] = defaultdict(float)
    for pair, weight in words.items():
        for number in index.postings.get(pair, ()):
            own = pair in index.segments[number].own
            worth[number] += weight * (1.0 if own else _ABOVE)
    rows: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    held: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for number, value in worth.items():
        segment = index.segments[number]
        key = (report, segment.part)
        if key not in inside:
            continue
        away = 1.0 if not asked or key in asked else _AWAY
        table = segment.place.table
        if table is not None:
            row = segment.place.row or 0
            rows[table][row] = max(rows[table][row], value)
            held[table] |= {
                pair: weight * away
                for pair, weight in words.items()
                if pair in segment.own + segment.label
            }
        elif not segment.is_heading and _says_something(index.document, segment):
            yield _Near(value * away, report, index, segment)
    for table, pairs in held.items():
        value = sum(pairs.values()) * _WHOLE
        yield _Near(value, report, index, None, index.document.tables[table], dict(rows[table]))


def _says_something(document: Document, segment: Segment) -> bool:
    """Not the line above a table, nor a heading that is printed as a sentence."""
    kind = document.blocks[segment.place.block].kind
    bare = segment.own.partition("\n")[0]
    return (
        kind is not BlockKind.CAPTION
        and len(bare) >= _SHORTEST
        and not (len(bare) < 40 and bare.strip("。;；:：") in segment.label)
    )


def _add_passage(made: _Making, near: _Near) -> None:
    """A sentence with its headings; an id stands behind each figure in it."""
    segment = near.segment
    if segment is None or made.left <= 0:
        return
    document = near.index.document
    place = segment.place
    block = document.blocks[place.block]
    spans = block.raw_spans(place.start, place.end)
    if not spans:
        return
    name = f"s{len(made.passages) + 1}"
    text, letters = "", iter(_LETTERS)
    at = place.start
    for figure in _figures_in(document, place.block, place.start, place.end):
        letter = next(letters, "")
        if letter:
            text += f"{block.text[at : figure.end]}({name}{letter})"
            made.figures[f"{name}{letter}"] = Pointed(near.report, figure.no)
            at = figure.end
    text += block.text[at : place.end]
    shown = f"【{_where(document, place.block)}】{text}"[: _LONGEST_PASSAGE + 60]
    made.passages[name] = shown
    made.quotes[name] = Pointed(near.report, None, place.block, spans[0][0], spans[-1][1])
    made.left -= len(shown)


def _figures_in(document: Document, block: int, start: int, end: int) -> list[Figure]:
    return [
        figure
        for figure in document.figures
        if figure.block == block and figure.locator.table is None and start <= figure.start < end
    ]


def _where(document: Document, block: int) -> str:
    """Body, year, project and headings of a block, in short."""
    part = document.part_of(block)
    above = document.section_path(document.blocks[block].section)
    return "｜".join(filter(None, (_of(part), *(title[:24] for title in above[-2:]))))


def _of(part: Part) -> str:
    who = f"{part.entity.value}{part.year + '年' if part.year else ''}"
    return f"{who}“{part.project.value}”" if part.project.value else who


def _add_table(made: _Making, near: _Near) -> None:
    """A table, or its rows nearest to the question; figure ids are ROW.COLUMN."""
    table = near.table
    if table is None or made.left <= 0:
        return
    document, name = near.index.document, f"t{len(made.tables) + 1}"
    numbers = {
        (figure.locator.row, figure.locator.column): figure.no
        for figure in document.figures
        if figure.locator.table == table.no
    }
    heads = {
        f"c{c + 1}": " / ".join(column_path(table, c))[:_LONGEST_CELL]
        for c in range(len(table.columns))
    }
    rows: dict[str, str] = {}
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for r in _rows_shown(table, near.rows):
        own = f"{name}.r{r + 1}"
        cells = [re.sub(r"\s+", "", cell.text)[:_LONGEST_CELL] for cell in table.rows[r]]
        line = " | ".join(cells)
        if len(line) > made.left:
            break
        made.left -= len(line)
        rows[f"r{r + 1}"] = line
        filled = [cell.spans for cell in table.rows[r] if cell.spans]
        if filled:
            start, end = min(s[0][0] for s in filled), max(s[-1][1] for s in filled)
            made.quotes[own] = Pointed(near.report, None, table.block, start, end)
        for c in range(len(table.columns)):
            if (r, c) in numbers:
                made.figures[f"{own}.c{c + 1}"] = Pointed(near.report, numbers[r, c])
                if not table.row_at(r, c).total:
                    columns[f"{name}.c{c + 1}"].append(f"{own}.c{c + 1}")
    unit = f"（{table.unit.symbol}）" if table.unit else ""
    made.columns |= {key: tuple(found) for key, found in columns.items()}
    made.tables[name] = {
        "of": _where(document, table.block),
        "title": f"{table.title}{unit}",
        "columns": heads,
        "rows": rows,
    }


def _rows_shown(table: Table, worth: Mapping[int, float]) -> list[int]:
    """All rows of a short table; of a long one those nearest to the question and its totals."""
    count = len(table.rows)
    if count <= _ROWS:
        return list(range(count))
    best = sorted(worth, key=lambda row: (-worth[row], row))[: _ROWS - 4]
    totals = [row for row in range(count) if table.row_infos[row].total][:4]
    return sorted({*best, *totals})
