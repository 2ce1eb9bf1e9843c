"""What readers say and what reports write: groups of words, colloquial phrases, and their replacement."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from qa.words.lexicon import LexiconError, Text, derived, tables, words

LONGEST = 12  # characters of a word


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one thing: `same` and `spoken` may stand for the term, `related` only find text."""

    term: str
    same: tuple[str, ...]
    spoken: tuple[str, ...]
    related: tuple[str, ...]


@derived
@cache
def synonym_groups() -> tuple[Group, ...]:
    """All groups of synonyms.toml; an added group of a known term adds to it, and wins over it.

    Raises:
        LexiconError: a file has another shape than docs/vocabulary.md says.
    """
    merged: dict[str, Group] = {}
    for text, table in tables("synonyms.toml"):
        groups = table.get("group", [])
        if not isinstance(groups, list) or set(table) - {"group", *_PHRASES}:
            raise LexiconError(f"{text.where}:只能有 [asking]、[phrases] 和 [[group]],请更正")
        own: set[str] = set()
        for each in groups:
            group = _group(each, text)
            if group.term in own:
                place = text.at(f'"{group.term}"')
                raise LexiconError(f"{place}:“{group.term}”有两组,请合为一组")
            own.add(group.term)
            before = merged.get(group.term)
            merged[group.term] = group if before is None else _joined(before, group)
    return tuple(merged.values())


_PHRASES = ("asking", "phrases")
_KINDS = ("same", "spoken", "related")


def _group(table: object, text: Text) -> Group:
    term = table.get("term") if isinstance(table, dict) else None
    if not isinstance(table, dict) or not isinstance(term, str) or not term:
        raise LexiconError(f"{text.at('[[group]]')}:每组应有 term,请更正")
    place = text.at(f'term = "{term}"')
    unknown = set(table) - {"term", *_KINDS}
    if unknown:
        raise LexiconError(f"{place}:{term} 一组有不认识的键 {sorted(unknown)},请更正")
    lists = []
    for key in _KINDS:
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(w, str) and w for w in found):
            raise LexiconError(f"{place}:{term} 一组的 {key} 应为词的列表,请更正")
        lists.append(tuple(found))
    group = Group(term, *lists)
    both = {term, *group.same, *group.spoken} & set(group.related)
    if both:
        word = min(both)
        raise LexiconError(
            f"{place}:“{word}”不能既可代替“{term}”(same、spoken)又只相关(related),请删去一处"
        )
    return group


def _joined(first: Group, second: Group) -> Group:
    """Two groups of one term; where they class a word differently, as the first one does."""
    taken = {*first.same, *first.spoken, *first.related}

    def both(own: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
        return (*own, *(word for word in others if word not in taken))

    return Group(
        first.term,
        both(first.same, second.same),
        both(first.spoken, second.spoken),
        both(first.related, second.related),
    )


@derived
@cache
def _phrases(table_name: str) -> dict[str, str]:
    """Asking phrases and what they mean, kept apart from words: 得了多少分 is 得分多少."""
    found: dict[str, str] = {}
    for text, table in tables("synonyms.toml"):
        phrases = table.get(table_name, {})
        if not isinstance(phrases, dict):
            place = text.at(table_name)
            raise LexiconError(f'{place}:{table_name} 应为 词组 = "含义" 的表,请更正')
        for said, meant in phrases.items():
            if not isinstance(meant, str) or not said or not meant:
                place = text.at(f'"{said}"')
                raise LexiconError(f'{place}:应为 "词组" = "含义",请更正')
            found.setdefault(str(said), meant)
    return found


@derived
@cache
def _index() -> tuple[dict[str, list[Group]], dict[str, list[Group]], dict[str, str]]:
    """Groups by exchangeable word, groups by any word, and spoken words with their term."""
    same: dict[str, list[Group]] = defaultdict(list)
    every: dict[str, list[Group]] = defaultdict(list)
    spoken: dict[str, str] = dict(_phrases("phrases"))
    for group in synonym_groups():
        for word in (group.term, *group.same, *group.spoken):
            same[word].append(group)
            every[word].append(group)
        for word in group.related:
            every[word].append(group)
        for word in group.spoken:
            spoken.setdefault(word, group.term)
    return same, every, spoken


def expand(term: str) -> tuple[str, ...]:
    """Words that may stand for `term` when a number is looked up, `term` first."""
    found = [term]
    for group in _index()[0].get(term, ()):
        found += [group.term, *group.same, *group.spoken]
    return tuple(dict.fromkeys(found))


def related(term: str) -> tuple[str, ...]:
    """Words that help to find text about `term` and must not lend it their numbers."""
    own = set(expand(term))
    found = [
        word
        for group in _index()[1].get(term, ())
        for word in (group.term, *group.same, *group.related)
        if word not in own
    ]
    return tuple(dict.fromkeys(found))


@derived
@cache
def _asking() -> re.Pattern[str]:
    known = sorted(_phrases("asking"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


_NAMED = re.compile(r"[“\"《「][^”\"》」]*[”\"》」]")


def plainly(question: str) -> str:
    """The question with colloquial asking words in the usual ones; quoted names stay."""
    meant, pieces, at = _phrases("asking"), [], 0

    def usual(text: str) -> str:
        for _ in range(2):  # 咋涨了 is 怎么涨了 is 为什么增长
            text = _asking().sub(lambda match: meant[match.group()], text)
        return text

    for name in _NAMED.finditer(question):
        pieces += [usual(question[at : name.start()]), name.group()]
        at = name.end()
    return "".join([*pieces, usual(question[at:])])


def canonical(text: str) -> str:
    """Replace colloquial words by the terms of the reports; everything else stays as it is."""
    spoken = _index()[2]
    lengths = sorted({len(word) for word in spoken}, reverse=True)
    out: list[str] = []
    at = 0
    while at < len(text):
        kept = _known_at(text, at)
        word = next((text[at : at + n] for n in lengths if text[at : at + n] in spoken), "")
        if kept and len(kept) >= len(word):
            out.append(kept)
            at += len(kept)
        elif word:
            out.append(spoken[word])
            at += len(word)
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


@derived
@cache
def stable_words() -> frozenset[str]:
    """Words of the trade that no replacement may cut into."""
    exchangeable = {word for group in synonym_groups() for word in (group.term, *group.same)}
    return (words("trade_words.txt") | exchangeable) - set(_index()[2])


def _known_at(text: str, at: int) -> str:
    for length in range(min(LONGEST, len(text) - at), 1, -1):
        if text[at : at + length] in stable_words():
            return text[at : at + length]
    return ""
