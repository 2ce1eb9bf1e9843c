"""Reads an English question: names, times, numbers, terms of the trade, words that only link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.english.glosses import GLOSS, with_glosses
from qa.english.spans import EnglishName, english_names, is_place
from qa.english.terms import (
    PART,
    WORD,
    Found,
    Kind,
    Term,
    bag,
    is_glossed,
    is_link,
    longest_at,
    stem_of,
)
from qa.english.times import number_at, numeral, time_at, unit_at
from qa.english.tokens import Sort, Token, as_verb
from qa.words.lexicon import split

_QUOTE = re.compile(r"\"([^\"]+)\"|“([^”]+)”|‘([^’]+)’(?!s)|「([^」]+)」|『([^』]+)』|《([^》]+)》")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DASHES = frozenset("-–—")
_STOPS = frozenset(",;:?.!，。；：？！、")


def tokens_of(question: str) -> list[Token]:
    """All tokens of a question, in its order; a Chinese gloss takes the place of what it explains."""
    reader = _Reader(question)
    found: list[Token] = []
    while reader.at < len(reader.words):
        found += reader.next()
    return _named_apart(with_glosses(_one_by_one(_modifying(_without_general(found)))))


_SPENT = ("支出", "收入", "拨款", "预算", "决算", "经费", "预算数", "决算数")


def _modifying(tokens: Sequence[Token]) -> list[Token]:
    """Functional categories by their short names before other nouns (culture fund: 文化资金)."""
    result = list(tokens)
    for i, (token, noun) in enumerate(pairwise(tokens)):
        term = token.term if token.sort is Sort.TERM else None
        if term is None or term.kind is not Kind.CATEGORY or not term.measure:
            continue
        if noun.sort is Sort.TERM and noun.key[:1].isalpha() and not noun.zh.endswith(_SPENT):
            short = tuple(split(term.measure))
            named = Term(term.key, short, Kind.WORD)
            result[i] = replace(token, zh=short[0], term=named)
    return result


def _named_apart(tokens: Sequence[Token]) -> list[Token]:
    """``the three counties A, B and C`` are A, B and C."""
    result = list(tokens)
    for i in range(len(result) - 4, -1, -1):
        number, noun, name, joint = result[i : i + 4]
        counted = number.sort is Sort.NUMBER and noun.sort is Sort.TERM
        named = name.sort in (Sort.HAN, Sort.NAME, Sort.GLOSS)
        if counted and named and joint.key in (",", "and", "、"):
            del result[i : i + 2]
    return result


def _one_by_one(tokens: Sequence[Token]) -> list[Token]:
    """``each district``, ``each of the districts``: 各区县."""
    result = list(tokens)
    for i, token in enumerate(tokens):
        if token.key == "per":
            _per_thing(result, i)
        if token.key not in ("each", "every"):
            continue
        at = i + 1
        while at < len(tokens) and tokens[at].key in ("of", "the", "these", "those", "its"):
            at += 1
        noun = tokens[at] if at < len(tokens) else None
        if noun is not None and noun.sort is Sort.TERM and noun.zh and noun.zh[0] not in "各每":
            result[at] = replace(noun, zh="各" + noun.zh)
    return result


def _per_thing(result: list[Token], at: int) -> None:
    """``per event``: 每场活动."""
    noun = result[at + 1] if at + 1 < len(result) else None
    if noun is None or noun.sort is not Sort.TERM or noun.term is None or not noun.zh:
        return
    counted = noun.term.measure if noun.term.measure != noun.zh else ""
    measure = "" if noun.zh in _UNITS else counted or ("" if len(noun.zh) == 1 else "个")
    result[at + 1] = replace(noun, zh=f"每{measure}{noun.zh}", term=None)


_UNITS = bag(
    "公里 千米 米 平方米 立方米 公顷 吨 小时 分钟 人次 批次 场次 年 月 亩 人 户 天 次 宗 件"
)
_GENERAL = bag(
    """bureau department unit agency office organization organisation institution court school
    hospital college library museum commission committee centre center authority station"""
)


def _without_general(tokens: Sequence[Token]) -> list[Token]:
    """Tokens in which ``the bureau``, ``this department`` only point at the one meant."""
    result = list(tokens)
    for i in range(1, len(result)):
        token, before = result[i], result[i - 1]
        after = result[i + 1] if i + 1 < len(result) else None
        noun = after is not None and after.sort in (Sort.TERM, Sort.UNKNOWN, Sort.GLOSS)
        owns = bool(re.search(r"['’]s?$", token.form))
        if token.key in _GENERAL and before.key in _POINTING and (owns or not noun):
            result[i] = replace(token, sort=Sort.LINK, key="it", zh="", term=None, verb=None)
    return result


_POINTING = bag("the this that its our")


class _Reader:
    """Reads a question from left to right, the longest reading first."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.words = list(WORD.finditer(question))
        self.stems = [stem_of(word.group()) for word in self.words]
        self.names = english_names(question)
        self.at = 0
        self.compared = False  # a threshold follows: 10,000 yuan is a number there

    def next(self) -> list[Token]:
        """The tokens at the present word; moves past them."""
        start = self.words[self.at].start()
        self._part_hyphens()
        name = next((n for n in self.names if n.start <= start < n.end), None)
        if name is not None:
            return [self._upto(name.end, self._name(name))]
        for pattern, sort in ((GLOSS, Sort.GLOSS), (_QUOTE, Sort.QUOTE)):
            match = pattern.match(self.question, start)
            if match:
                return self._enclosed(match, sort)
        short = _CONTRACTED.fullmatch(self.words[self.at].group())
        if short:
            return self._contracted(start, short)
        token = self._timed(start) or self._phrase(start) or self._counted(start) or self._word()
        self.compared = token.key.startswith(">")
        return [token]

    def _part_hyphens(self) -> None:
        """Takes a word at its hyphens (elder-care) where the glossary has only its parts."""
        word = self.words[self.at]
        if "-" not in word.group() or not word.group()[0].isalpha():
            return
        parts = list(PART.finditer(self.question, word.start(), word.end()))
        low = [part.group().lower() for part in parts]
        if min(map(len, low)) < 2 or len(parts) < 2 or is_link(word.group().lower()):
            return
        if longest_at(self.stems, self.at) is not None or set(low) & _PREFIXES:
            return
        stems = [stem_of(part) for part in low]
        apart = longest_at([*stems, *self.stems[self.at + 1 :]], 0)
        covered = apart is not None and apart.length >= len(parts)
        if covered or all(is_glossed(part) or is_link(part) for part in low):
            self.words[self.at : self.at + 1] = parts
            self.stems[self.at : self.at + 1] = stems

    def _contracted(self, start: int, short: re.Match[str]) -> list[Token]:
        """``what's`` is what is."""
        self.at += 1
        middle = start + len(short[1])
        first = Token(start, middle, Sort.LINK, short[1].lower(), form=short[1].lower())
        verb = "are" if short[2].endswith("re") else "is"
        return [first, Token(middle, start + len(short[0]), Sort.LINK, verb, form=verb)]

    def _upto(self, end: int, token: Token) -> Token:
        while self.at < len(self.words) and self.words[self.at].start() < end:
            self.at += 1
        return token

    def _name(self, name: EnglishName) -> Token:
        text = re.sub(r"['’]s?$", "", name.text)
        return Token(name.start, name.end, Sort.NAME, Sort.NAME, text, form=name.text.lower())

    def _enclosed(self, match: re.Match[str], sort: Sort) -> list[Token]:
        """A gloss or a quotation; quoted words that begin a phrase of the trade are that phrase."""
        inside = next(group for group in match.groups() if group)
        if sort is Sort.QUOTE:
            phrase = self._quoted_phrase(match, inside)
            if phrase is not None:
                return [phrase]
        whole = Token(match.start(), match.end(), sort, sort, inside, form=inside.lower())
        glossed = bool(GLOSS.search(inside))
        if sort is Sort.QUOTE and (glossed or not _HAN.search(inside)):
            inner = [t for t in tokens_of(inside) if t.sort is not Sort.STOP]
            unknown = tuple(t.form for t in inner if t.sort is Sort.UNKNOWN)
            chinese = "".join(t.zh for t in inner)
            chinese = f"“{chinese}”" if glossed else chinese
            return [self._upto(match.end(), replace(whole, zh=chinese, inside=unknown))]
        if sort is Sort.QUOTE:
            whole = replace(whole, zh=f"“{inside}”")
        return [self._upto(match.end(), whole)]

    def _quoted_phrase(self, match: re.Match[str], inside: str) -> Token | None:
        """``"three public" expenses``: a phrase that goes on behind the quotation mark."""
        own = [stem_of(word.group()) for word in WORD.finditer(inside)]
        behind = [i for i, word in enumerate(self.words) if word.start() >= match.end()][:4]
        found = longest_at([*own, *(self.stems[i] for i in behind)], 0)
        if found is None or found.noun is None or found.length <= len(own):
            return None
        end = self.words[behind[found.length - len(own) - 1]].end()
        return self._upto(end, self._term(match.start(), end, found.noun, None))

    def _timed(self, start: int) -> Token | None:
        read = time_at(self.question, start)
        phrase = longest_at(self.stems, self.at)
        if read is None or (phrase and self.words[self.at + phrase.length - 1].end() > read.end):
            return None
        return self._upto(read.end, Token(start, read.end, Sort.TIME, Sort.TIME, read.text))

    def _phrase(self, start: int) -> Token | None:
        found = longest_at(self.stems, self.at)
        if found and found.noun and found.noun.kind is Kind.COMPARE:
            found = found if self._number_follows(found) else longest_at(self.stems, self.at, 1)
            if found and found.noun and found.noun.kind is Kind.COMPARE:
                found = found if self._number_follows(found) else None
        if found is None:
            return None
        end = self.words[self.at + found.length - 1].end()
        return self._upto(end, self._term(start, end, found.noun, found.verb))

    def _term(self, start: int, end: int, noun: Term | None, verb: Term | None) -> Token:
        form = self.question[start:end].lower().strip('"“”')
        if verb is not None and noun is None:
            return as_verb(Token(start, end, Sort.VERB, "", form=form), verb)
        if noun is None:
            return Token(start, end, Sort.UNKNOWN, Sort.UNKNOWN, form=form)
        key = _SIGILS.get(noun.kind, "") + noun.key
        return Token(start, end, Sort.TERM, key, noun.chinese[0], noun, verb, form)

    def _number_follows(self, found: Found) -> bool:
        """Whether a number stands behind a phrase (more than 90)."""
        behind = self.words[self.at + found.length : self.at + found.length + 1]
        if behind and time_at(self.question, behind[0].start()):  # grew in 2023 over 2022
            return False
        return bool(behind) and (behind[0].group()[0].isdigit() or bool(numeral(behind[0].group())))

    def _counted(self, start: int) -> Token | None:
        read = None if self.compared else unit_at(self.question, start)
        if read is not None:
            return self._upto(read.end, Token(start, read.end, Sort.UNIT, Sort.UNIT, read.text))
        read = number_at(self.question, start)
        if read is not None:
            return self._upto(read.end, Token(start, read.end, Sort.NUMBER, Sort.NUMBER, read.text))
        return None

    def _word(self) -> Token:
        match = self.words[self.at]
        start, end, text = match.start(), match.end(), match.group()
        self.at += 1
        low = text.lower().replace("’", "'")
        if _HAN.match(text):
            return Token(start, end, Sort.HAN, Sort.HAN, text)
        if low in _STOPS or (low in _DASHES and self.question[start - 1 : end + 1] == f" {text} "):
            return Token(start, end, Sort.STOP, ":" if low in _DASHES else low)
        if numeral(low):
            return Token(start, end, Sort.NUMBER, Sort.NUMBER, numeral(low), form=low)
        if is_link(low) or not low[0].isalnum():
            return Token(start, end, Sort.LINK, low, form=low)
        possessive = bool(re.search(r"['’]s$", text)) and text[0].isupper()
        if is_place(self.question, start, text) or possessive or text.isupper():
            return self._place(start, end, text)
        parts = [stem_of(part) for part in low.split("-")]
        found = longest_at(parts, 0) if len(parts) > 1 else None
        if found is not None and found.noun is not None and found.length == len(parts):
            return self._term(start, end, found.noun, None)
        if start and _HAN.match(self.question[:start].rstrip()[-1:]):
            return Token(start, end, Sort.LINK, low, form=low)  # 云窗口 booths: what kind of thing
        return Token(start, end, Sort.UNKNOWN, Sort.UNKNOWN, form=low)

    def _place(self, start: int, end: int, text: str) -> Token:
        """A place's name, with the word for its level."""
        level = _LEVEL.match(self.question, end)
        if level:
            end, text = level.end(), f"{text}{level.group()}"
        bare = re.sub(r"['’]s?(?=\s|$)", "", text)
        return self._upto(end, Token(start, end, Sort.NAME, Sort.NAME, bare, form=text.lower()))


# What they begin is another thing than its parts (over-measured, re-opened).
_PREFIXES = bag("over under re up down out off non un co pre self")
_CONTRACTED = re.compile(r"(what|who|how|when|where|which|it|that|there|they)(['’](?:s|re))", re.I)
_LEVEL = re.compile(r"\s+(?:District|County|City|Province|Municipality|Town)\b(?:['’]s)?", re.I)
_SIGILS = {Kind.COMPARE: ">", Kind.EXTREME: "^", Kind.DEGREE: "+"}
