"""Which stretches of an English question are names: of bodies, and of places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from qa.english.terms import is_phrase, names_body
from qa.words.lexicon import derived, rows

HEADS = (
    r"\b(?:bureau|administration|committee|commission|department|office|government|cent(?:er|re)|"
    r"hospital|court|procuratorate|federation|authority|agency|university|college|school|society|"
    r"association|brigade|council|library|museum|institute|academy|kindergarten|palace|station)\b"
)
_NUMBERED = r"No\.?\s?\d{1,3}|\d{1,3}(?:st|nd|rd|th)"
_CONNECTED = r"[A-Z][A-Za-z'’-]*|&|of|and|for|the|on"
_BODY = re.compile(
    rf"(?:{_NUMBERED}|{_CONNECTED}|,(?=\s[A-Z]))(?:\s+(?:{_NUMBERED}|{_CONNECTED}))*"
)
_PAIR = re.compile(  # two names joined, not one name with "and" in it
    r"(?:(?<=Bureau)|(?<=Administration)|(?<=Committee)|(?<=Commission)|(?<=Department)|(?<=Office)"
    r"|(?<=Government)|(?<=Court)|(?<=Federation)|(?<=Hospital)|(?<=School)|(?<=College)"
    r"|(?<=Library)|(?<=Centre)|(?<=Center)|(?<=University))(?:\s+and\s+|,\s+)(?:the\s+)?(?=[A-Z])"
)
_PLACED_HEAD = re.compile(
    r"\b[A-Z][A-Za-z'’]+(?:['’]s)?\s+(?:bureau|department|administration|committee|commission|office)\b"
)
_LEAD = re.compile(
    r"^(?:(?:the|of|and|for|on|in|what|how|which|who|when|why|did|does|do|was|were|is|are|under|by|"
    r"between|compare|list|give|tell|show|has|have|had|please|from|to|at|with|according|i{1,3}|iv)\b\s*)+",
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
# In a question in capitals the name begins behind these.
_SHOUTED = re.compile(
    r"\b(?:The|In|Was|Did|By|At|To|Is|Were|Are|How|What|Which|Does|Do|From|With|Spend|THE|IN|WAS|DID|"
    r"BY|AT|TO|IS|WERE|ARE|HOW|WHAT|WHICH|DOES|DO|FROM|WITH|OF)\s+"
)
_TAIL = re.compile(r"(?:\s+(?:of|and|for|the|on)|\s*,)+$")


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A capitalised name in an English question, without articles."""

    start: int
    end: int
    text: str


def with_capitals(question: str) -> str:
    """A question with the names of bodies capitalised that were typed without (xihu district …)."""
    question = _LOWER_NAME.sub(lambda match: _titled(match.group()), question)
    return _lower_organ().sub(lambda match: _titled(match.group()), question)


def _titled(name: str) -> str:
    """A name with capitals, except for the words that join."""
    return re.sub(
        r"[A-Za-z]+(?:['’]s)?",
        lambda m: m.group() if m.group() in ("and", "of") else m.group()[0].upper() + m.group()[1:],
        name,
    )


@derived
@cache
def _lower_organ() -> re.Pattern[str]:
    """The words of a kind of body, in lower case (the water affairs bureau)."""
    words = "|".join(sorted({row[0] for row in rows("organ_words.tsv")}, key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{words})s?(?:\s+(?:and|&)\s+|\s+))+"
        r"(?:bureau|commission|committee|administration|department|federation)\b"
    )


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
    text = re.sub(r"(?:\s+(?:In|At|To|By|For|From|Of|On|IN|AT|TO|BY|FOR|FROM|OF|ON))+$", "", text)
    shouted = list(_SHOUTED.finditer(text))
    if shouted:
        text, start = text[shouted[-1].end() :], start + shouted[-1].end()
    if not re.search(HEADS, text, re.IGNORECASE) or not text[:1].isupper():
        return []
    return (
        []
        if is_phrase(text) or _ends_in_phrase(text)
        else [EnglishName(start, start + len(text), text)]
    )


def _ends_in_phrase(text: str) -> bool:
    """Whether the word for a body belongs to a phrase of the trade (Panyu Digital Government)."""
    words = text.split()
    for at in range(1, len(words) - 1):
        before = " ".join(words[:at])
        phrase = " ".join(words[at:])
        if (
            is_phrase(phrase)
            and not names_body(phrase)
            and not re.search(HEADS, before, re.IGNORECASE)
        ):
            return True
    return False


_SYLLABLE = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:i?ang|i?ong|eng|ing|uang|ian|uan|uai|iao|iu|ui|un|an|en"
    r"|in|ai|ei|ao|ou|ia|ie|ua|uo|ue|ve|er|[aeiouv])){2,4}"
)


def looks_like_pinyin(word: str) -> bool:
    """Whether a word that is none of the glossary can be the pinyin of a place (Panyu)."""
    plain = re.sub(r"['’]s?$", "", word).lower()
    return len(plain) > _SHORT_NAME and bool(_SYLLABLE.fullmatch(plain)) and not is_phrase(plain)


_SHORT_NAME = 4  # letters


def is_phrase_word(word: str) -> bool:
    """Whether a word is one of the glossary, and so no name."""
    return is_phrase(word)


def is_place(question: str, start: int, word: str) -> bool:
    """Whether a capitalised word inside a sentence, or any before District, can be a place's name."""
    after = question[start + len(word) :]
    if _LEAD.match(word + " ") or word.lower() in _DETERMINERS:
        return False
    if not word[0].isupper():
        return len(word) > 3 and bool(re.match(r"(?:['’]s)? (?:district|county|bureau)\b", after))
    first = not question[:start].strip() or question[:start].rstrip()[-1:] in ".?!。"
    return (
        not first
        or looks_like_pinyin(word)
        or bool(re.match(r"(?:['’]s)?\s+(?:District|County|City|Province|bureau)", after))
    )
