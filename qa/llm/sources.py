"""The words that a draft may take: those of the values, of the question, of cited passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Final

from ingest.reading.masks import masked_spans
from ingest.reading.reader import read_quantities
from ingest.reading.text import fold, tidy
from qa.llm.slots import SlotTable, bare_label, one_line
from qa.llm.tokens import Name, Names
from qa.model import Value

_YEAR_FIRST: Final = re.compile(r"^(?:19|20)\d\d年度?")
_CLAUSE_END: Final = re.compile(r"[，；;。！？!?：\n\t|…]|(?<!\d)[,:]|[,:](?!\d)")
_SHORTEST_NAME: Final = 4


@dataclass(frozen=True)
class Facts:
    """One value as the gate sees it.

    Attributes:
        number: its place among the values.
        words: texts that speak of it, each on one line: label, metric, names, row, column, …
    """

    number: int
    value: Value
    words: tuple[str, ...]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """All pairs of neighbouring characters of its words."""
        return frozenset(pairs(" ".join(self.words)))

    @cached_property
    def naming_pairs(self) -> tuple[frozenset[str], frozenset[str]]:
        """Those of the label, and those of the metric."""
        return frozenset(pairs(bare_label(self.value))), frozenset(
            pairs(one_line(self.value.metric))
        )


def pairs(text: str) -> Iterator[str]:
    """Neighbouring characters of `text`, blanks and marks apart."""
    for left, right in pairwise(text):
        if left.isalnum() and right.isalnum():
            yield left + right


class Sources:
    """Everything of an answer that the words of a draft are held against; made once an answer."""

    def __init__(self, table: SlotTable) -> None:
        self.table = table
        self.facts = tuple(_facts(number, value) for number, value in enumerate(table.values))
        self.question = one_line(fold(table.question))
        self.passages = {name: tidy(each.source.quote) for name, each in table.passages.items()}
        self.clauses = {name: _clauses(each.source.quote) for name, each in table.passages.items()}
        self.names = _names(self.facts)
        self.known = frozenset(_amounts(table.told))

    def told(self, words: str) -> bool:
        """True where every quantity in `words` is one that the answer itself shows.

        Digits that are no quantity have to be those of a date, an ordinal or the like.
        """
        text = fold(words)
        spans = [*masked_spans(text), *((r.start, r.end) for r in read_quantities(text))]
        loose = (m.start() for m in re.finditer(r"\d", text))
        return all(any(low <= at < high for low, high in spans) for at in loose) and all(
            amount in self.known for amount in _amounts(text)
        )

    def quoted(self, words: str, passage: str) -> int:
        """Where `words` stand verbatim in a passage, white space apart; -1 where they do not."""
        return _squeezed(self.passages[passage]).find(_squeezed(words))

    def clause_around(self, passage: str, at: int, length: int) -> tuple[str, bool]:
        """What stands before a place in its clause, and whether the place is whole clauses."""
        text = _squeezed(self.table.passages[passage].source.quote, keep="\n\t")
        bare = [n for n, char in enumerate(text) if char not in "\n\t"]
        low, high = bare[at], bare[at + length - 1] + 1
        ends = [m.end() for m in _CLAUSE_END.finditer(text, 0, low)]
        before = text[ends[-1] if ends else 0 : low]
        closed = high == len(text) or _CLAUSE_END.match(text, high) is not None
        closed = closed or _CLAUSE_END.match(text[high - 1]) is not None
        return before, not before and closed


def _amounts(text: str) -> Iterator[tuple[Decimal, str]]:
    for each in read_quantities(fold(text)):
        yield each.quantity.base, each.quantity.unit.dimension.value


def _squeezed(text: str, keep: str = "") -> str:
    return "".join(char for char in fold(text) if char in keep or not char.isspace())


def _clauses(quote: str) -> tuple[str, ...]:
    tabular = "\t" in quote or "|" in quote
    text = quote if tabular else "".join(quote.splitlines())
    found = (_squeezed(each) for each in _CLAUSE_END.split(text))
    return tuple(each for each in found if len(each) >= 2)


def _facts(number: int, value: Value) -> Facts:
    texts = [bare_label(value), value.metric, value.entity, value.project or ""]
    for source in value.sources:
        texts += [source.row or "", source.column or ""]
    kept = dict.fromkeys(one_line(fold(text)) for text in texts if text)
    return Facts(number, value, tuple(kept))


def _names(facts: tuple[Facts, ...]) -> Names:
    owners: dict[tuple[str, str], set[int]] = {}
    for each in facts:
        for text, facet in _names_of(each.value):
            owners.setdefault((text, facet), set()).add(each.number)
    found = [Name(text, facet, frozenset(of)) for (text, facet), of in owners.items()]
    by_first: dict[str, list[Name]] = {}
    for name in sorted(found, key=lambda n: len(n.text), reverse=True):
        by_first.setdefault(name.text[0], []).append(name)
    return by_first


def _names_of(value: Value) -> Iterator[tuple[str, str]]:
    label = bare_label(value)
    named = [(one_line(value.entity), "entity"), (one_line(value.project or ""), "project")]
    texts = (
        label,
        _YEAR_FIRST.sub("", label).strip(),
        *value.label.split(),
        one_line(value.metric),
    )
    named += [(one_line(text), "metric") for text in texts]
    places = (each for source in value.sources for each in (source.table, source.report) if each)
    named += [(one_line(text), "place") for text in places]
    for text, facet in dict.fromkeys(named):
        if len(text) >= _SHORTEST_NAME and _is_name(text):
            yield text, facet


def _is_name(text: str) -> bool:
    """False for a bare year, for half a quotation, and for words that state a quantity."""
    paired = all(text.count(left) == text.count(right) for left, right in ("“”", "「」", "《》"))
    bare = _YEAR_FIRST.sub("", text)
    return paired and bool(bare) and not bare.isdigit() and not read_quantities(fold(text))
