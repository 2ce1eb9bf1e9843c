"""Questions in English: a Chinese keyword question that the rules can read, and the names in it.

This is no translation: it keeps years, numbers and Chinese glosses, turns the words of the trade into
those of the reports, and drops the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from qa.lexicon import rows

_WORD = re.compile(
    r"[A-Za-z]+(?:[-'’&][A-Za-z]+)*|\d[\d,.]*\d|\d|[\u3400-\u9fff]+|[^\sA-Za-z\d\u3400-\u9fff]"
)
_GLOSS = re.compile(r"[((]\s*([^()()]*[\u4e00-\u9fff][^()()]*?)\s*[))]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_KEPT = frozenset('“”"「」《》%')
_LONGEST = 8
_HEADS = (
    r"\b(?:bureau|administration|committee|commission|department|office|government|cent(?:er|re)|"
    r"hospital|court|procuratorate|federation|authority|agency|university|college|school|society|"
    r"association|brigade|council|library)\b"
)
_CONNECTED = r"[A-Z][A-Za-z'’-]*|&|of|and|for|the|on"
_BODY = re.compile(rf"(?:{_CONNECTED}|,(?=\s[A-Z]))(?:\s+(?:{_CONNECTED}))*")
_PAIR = re.compile(  # two names joined, not one name with "and" in it
    r"(?:(?<=Bureau)|(?<=Administration)|(?<=Committee)|(?<=Commission)|(?<=Department)|(?<=Office)"
    r"|(?<=Government)|(?<=Court)|(?<=Federation))(?:\s+and\s+|,\s+)(?:the\s+)?(?=[A-Z])"
)
_PLACED_HEAD = re.compile(
    r"\b[A-Z][A-Za-z'’]+(?:['’]s)?\s+(?:bureau|department|administration|committee|commission|office)\b"
)
_LEAD = re.compile(
    r"^(?:(?:the|of|and|for|on|in|what|how|which|who|when|why|did|does|do|was|were|is|are|under|by|"
    r"between|compare|list|give|tell|show|has|have|had|please|from|to|at|with|according)\b\s*)+",
    re.IGNORECASE,
)
_LOWER_NAME = re.compile(
    r"\b(?!(?:the|of|in|by|for|a|an|this|that|which|what|each|every|same|other) )"
    r"[a-z]+(?:['’]s)? (?:(?!district|county|city)[a-z]+ )?"
    r"(?:district|county|city|province|provincial|municipal|municipality)"
    r"(?:['’]s)?(?: (?:[a-z]+(?:-[a-z]+)?|&)){0,7}? "
    r"(?:bureau|administration|committee|commission|department|office|court|procuratorate|federation)\b"
)
_DETERMINERS = frozenset(
    ("this", "that", "each", "every", "same", "other", "another", "whole", "city")
)
_TAIL = re.compile(r"(?:\s+(?:of|and|for|the|on)|\s*,)+$")


@dataclass(frozen=True, slots=True)
class Gloss:
    """A stretch of an English question and the Chinese words that it became."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Translated:
    """A Chinese keyword question; `spans` say which words came from where, in order of `text`."""

    text: str
    spans: tuple[Gloss, ...] = ()


def language_of(question: str) -> str:
    """`en` when the question's own words are English; Chinese glosses do not make it Chinese."""
    outside = _GLOSS.sub(" ", question)
    han = len(_HAN.findall(outside))
    latin = len(_LATIN_WORD.findall(outside))
    return "en" if latin and (not han or (latin >= 2 and latin > han / 2)) else "zh"


def to_chinese(question: str) -> Translated:
    """Turn an English question into Chinese keywords; a Chinese one is returned unchanged.

    A gloss in parentheses is kept and replaces the translation of the words right before it. Names
    of bodies and places stay in English: `qa.names` reads them there.
    """
    if language_of(question) == "zh":
        return Translated(question, (Gloss(0, len(question), question),) if question else ())
    names = english_names(question)
    pieces = _merge_glosses(list(_pieces(question, names)), question)
    return Translated(" ".join(piece.text for piece in pieces), tuple(pieces))


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A capitalised name in an English question, without articles."""

    start: int
    end: int
    text: str


def with_capitals(question: str) -> str:
    """A question with the names of bodies capitalised that were typed without (xihu district …)."""
    return _LOWER_NAME.sub(lambda match: match.group().title().replace("'S ", "'s "), question)


def english_names(question: str) -> tuple[EnglishName, ...]:
    """Names that end in the word for a body (… Bureau, Department of …), without articles."""
    question = with_capitals(question)
    found = [
        EnglishName(match.start(), match.end(), match.group())
        for match in _PLACED_HEAD.finditer(question)
        if not _LEAD.match(match.group())
    ]
    for match in _BODY.finditer(question):
        start = match.start()
        for piece in _PAIR.split(match.group()):
            found += _bare_name(question.find(piece, start), piece)
            start += len(piece)
    return tuple(sorted(found, key=lambda name: name.start))


def _bare_name(start: int, text: str) -> list[EnglishName]:
    """A stretch of capitalised words without what leads to and from it, if it names a body."""
    lead = _LEAD.match(text)
    if lead:
        text, start = text[lead.end() :], start + lead.end()
    text = _TAIL.sub("", text)
    if not re.search(_HEADS, text, re.IGNORECASE) or not text[:1].isupper():
        return []
    return (
        [] if tuple(_tokens(text)) in _phrases() else [EnglishName(start, start + len(text), text)]
    )


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    return {
        tuple(_tokens(english)): chinese
        for english, chinese, kind in rows("english.tsv", 3)
        if kind != "place"
    }


def is_glossed(word: str) -> bool:
    """Whether the glossary has an English word by itself."""
    return (stem_of(word.lower()),) in _phrases()


def _tokens(text: str) -> list[str]:
    return [stem_of(match.group()) for match in _WORD.finditer(text.lower())]


@cache
def stem_of(word: str) -> str:
    """The singular of an English word, by its ending."""
    word = word.replace("’", "'").removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _pieces(question: str, names: Sequence[EnglishName]) -> Iterator[Gloss]:
    matches = list(_WORD.finditer(question))
    stems = [stem_of(match.group().lower()) for match in matches]
    at = 0
    while at < len(matches):
        start, text = matches[at].start(), matches[at].group()
        name = next((name for name in names if name.start <= start < name.end), None)
        if name:
            yield Gloss(name.start, name.end, name.text)
            at = next(
                (i for i in range(at, len(matches)) if matches[i].start() >= name.end), len(matches)
            )
            continue
        length, chinese = _phrase_at(stems, at)
        if text.lower() in ("and", "versus", "vs") and _joins_names(question, matches[at], names):
            yield Gloss(start, matches[at].end(), "和")
        elif length:
            yield Gloss(start, matches[at + length - 1].end(), chinese)
        elif re.fullmatch(r"(?:19|20)\d\d", text):
            yield Gloss(start, matches[at].end(), f"{text}年")
        elif (
            text[0].isdigit()
            or _HAN.match(text)
            or text in _KEPT
            or _is_place(question, start, text)
        ):
            yield Gloss(start, matches[at].end(), re.sub(r"['’]s$", "", text))
        at += length or 1


def _joins_names(question: str, joint: re.Match[str], names: Sequence[EnglishName]) -> bool:
    """Whether a word stands right between two names."""
    before = any(
        not question[name.end : joint.start()].strip()
        for name in names
        if name.end <= joint.start()
    )
    after = any(
        question[joint.end() : name.start].strip().lower() in ("", "the")
        for name in names
        if name.start >= joint.end()
    )
    return before and after


def _phrase_at(stems: Sequence[str], at: int) -> tuple[int, str]:
    """How many words from `at` make the longest phrase of the glossary, and its Chinese."""
    phrases = _phrases()
    for length in range(min(_LONGEST, len(stems) - at), 0, -1):
        chinese = phrases.get(tuple(stems[at : at + length]))
        if chinese:
            return length, chinese
    return 0, ""


def _is_place(question: str, start: int, word: str) -> bool:
    """Whether a capitalised word inside a sentence, or any before District, can be a place's name."""
    after = question[start + len(word) :]
    if _LEAD.match(word + " ") or word.lower() in _DETERMINERS:
        return False
    if not word[0].isupper():
        return len(word) > 3 and bool(re.match(r"(?:['’]s)? (?:district|county|bureau)\b", after))
    first = not question[:start].strip() or question[:start].rstrip()[-1:] in ".?!。"
    return not first or bool(
        re.match(r"(?:['’]s)?\s+(?:District|County|City|Province|bureau)", after)
    )


def _merge_glosses(pieces: list[Gloss], question: str) -> list[Gloss]:
    """Put a gloss in the place of the translated words right before it."""
    for match in _GLOSS.finditer(question):
        keep = [p for p in pieces if not match.start() <= p.start < match.end()]
        before = [p for p in keep if p.end <= match.start() and p.text not in _KEPT]
        start = match.start(1)
        if before and _is_glossed(before[-1], question[before[-1].end : match.start()]):
            start = before[-1].start
            keep.remove(before[-1])
        gloss = Gloss(start, match.end(), match.group(1))
        pieces = sorted([*keep, gloss], key=lambda piece: piece.start)
    return pieces


def _is_glossed(piece: Gloss, gap: str) -> bool:
    """Whether a gloss right after a piece explains it: it does not explain years and asking words."""
    return not re.search(r"[A-Za-z\d]", gap) and not re.search(r"年|^\d|多少|哪|几|最", piece.text)
