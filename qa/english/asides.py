"""What an English question says beside what it asks: what is not meant, sums in words, sources."""

from __future__ import annotations

import re

from qa.words.pinyin import spelled

_HAN = r"\u4e00-\u9fff"
_ASKS = r"(?:how|what|which|who|whose|when|where|why)"
# The budget (not the outturn), the rate, not the timeliness indicator: what is not asked for.
_DENIED = re.compile(
    r"\s*\((?:i\.e\.,? |that is,? )?(?:not|rather than|as opposed to|instead of)"
    rf"(?! (?:counting|including|only|yet|spent|used))\s[^(){_HAN}]{{2,80}}\)"
    r"|,\s*(?:and )?(?:not|rather than|as opposed to|instead of)"
    rf"(?! (?:counting|including|only|yet|spent|used))\s[^,?()（）;:{_HAN}]{{2,60}}(?=\s*[,?)）]|\s*$)",
    re.IGNORECASE,
)
# (actual spending divided by the number of schools): how it is reckoned, which the question says too.
_FORMULA = re.compile(
    r"\s*\((?=[^()]*(?:\bdivided by\b|(?<!\baged)(?<=\w) over (?!\d|the age|age)|"
    rf"\bas a (?:share|percentage|proportion) of\b|÷))[^(){_HAN}]+\)",
    re.IGNORECASE,
)
_THAT_IS = re.compile(
    r",\s*(?:i\.e\.|that is|in other words|namely),?\s[^?()]*\b(?:divided by|over(?! \d)|"
    r"as an? (?:share|percentage|proportion) of)\b[^?()]*(?=\?|$)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^(?P<asked>[^?]*?\S),? (?P<source>(?:according to|as (?:stated|reported|recorded|given|shown|printed"
    r"|cited|noted|described) (?:in|by|under)|based on|judging by|going by) [^?]+?)(?P<end>\s*\??\s*)$",
    re.IGNORECASE,
)
# What length, in km, is stated: the unit at the end.
_UNIT_INSIDE = re.compile(
    rf"^(?P<head>(?:[^?]*\b)?{_ASKS}\b[^,?]*), ?(?P<unit>in (?:(?:ten thousand|million|square|cubic|units of|"
    r"the unit of) )*(?:yuan|rmb|km|kilomet(?:re|er)s?|met(?:re|er)s?|millimet(?:re|er)s?|mm|hectares?|mu|"
    r"tons?|tonnes?|days|hours|minutes|[百千万亿]{0,2}元)), (?P<rest>[^?]+?)(?P<end>\s*\??\s*)$",
    re.IGNORECASE,
)
# …, expressed in yuan: in yuan.
_EXPRESSED = re.compile(
    r",?\s*\(?\b(?:expressed|stated|given|measured|reported|shown|quoted) in (?=(?:ten |hundred )?"
    r"(?:(?:thousand|million|billion|10,000) )?(?:yuan|rmb|[百千万亿]{0,2}元)\b)",
    re.IGNORECASE,
)
_TEN_THOUSANDS = re.compile(
    r"\(?\bin (?:tens of thousands|ten thousands?) (?:of )?(?P<what>visits?|visitors?|person-times?|people|persons|"
    r"tons?|tonnes?|copies|volumes|households|cases)\b\)?",
    re.IGNORECASE,
)
_COUNTED = {"visi": "人次", "pers": "人", "peop": "人", "ton": "吨", "tonn": "吨", "tons": "吨"}
_COUNTED |= {"copi": "册", "volu": "册", "hous": "户", "case": "宗"}
_ALL_KINDS = re.compile(
    r",\s*(?:counting|including|taking) (?:all|every)(?: of)?(?: the)? (?:kinds?|types?|sorts?|categories|"
    r"of them)(?: together)?(?=\s*(?:[,?]|$))",
    re.IGNORECASE,
)
# A place's Chinese in the middle of a body's name: the Chenghe County (澄禾县) agriculture bureau.
_PLACE_GLOSS = re.compile(
    rf"(?P<place>\b(?P<name>[A-Za-z'’]+)(?:\s(?:County|District|City|Province|Town|Banner|Prefecture))?)"
    rf"\s*[(（](?P<gloss>[{_HAN}]{{2,5}})[)）](?=(?:['’]s)?\s+(?:(?!the|its|a|to|by|in|from|with|on|at|did|"
    r"does|was|were|is|are|spend|have|has|had)\b[A-Za-z&-]+,?\s+){0,6}?"
    r"(?:bureau|administration|committee|commission|department|office|centre|center|court|procuratorate|"
    r"federation|county|district|city)\b)",
    re.IGNORECASE,
)
_CHINESE_UNIT = re.compile(
    r",? in (?:units of )?(?P<unit>[百千万亿]{0,2}元)(?: \([^()]*\))?(?=\s*(?:[,?]|$))",
    re.IGNORECASE,
)
_ASKS_AGAIN = re.compile(
    rf",\s*(?:and |but )?(?:by |in |for |at |on |with )?{_ASKS}\b", re.IGNORECASE
)
_FIRST_WORD = re.compile(
    rf"^(?:{_ASKS}|by|in|on|of|for|at|to|from|under|among|about|roughly|is|are|was|were|did|does|do|the)\b",
    re.IGNORECASE,
)


_MARGIN = re.compile(
    r"^\s*(?:please )?(?:compute|calculate|state|give|provide|work out|determine|find|what was|what is)(?: me)?,?"
    r"(?: in (?P<unit>percentage points|yuan|points),)? the (?:margin|amount|extent) by which (?P<what>.+?) "
    r"(?P<verb>surpass(?:ed|es)|exceed(?:ed|s)|(?:fell|falls) short of|missed) (?P<other>.+?)\s*[.?]?\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def without_sidenotes(question: str) -> str:
    """The question without what it says is not meant, and without sums in words; its unit last."""
    question = _THAT_IS.sub("", _FORMULA.sub("", _DENIED.sub("", question)))
    question = _MARGIN.sub(_by_how_much, question)
    question = _PLACE_GLOSS.sub(_place_alone, _ALL_KINDS.sub("", question))
    question = _EXPRESSED.sub(", in ", question)
    question = _TEN_THOUSANDS.sub(
        lambda match: f"(万{_COUNTED[match['what'][:4].lower()]})", question
    )
    question = _CHINESE_UNIT.sub(r" (\g<unit>)", question)
    return _UNIT_INSIDE.sub(r"\g<head> \g<rest> \g<unit>\g<end>", question)


def _by_how_much(match: re.Match[str]) -> str:
    """``the margin by which A exceeded B``: by how much A did."""
    unit = match["unit"] or ""
    asked = f"many {unit}" if unit.lower().endswith("points") else "much"
    verb = "exceed" if match["verb"].lower().startswith(("surpass", "exceed")) else "fall short of"
    money = ", in yuan" if unit.lower() == "yuan" else ""
    return f"By how {asked} did {match['what']} {verb} {match['other']}{money}?"


def _place_alone(match: re.Match[str]) -> str:
    """A place without its Chinese, where that only spells it."""
    name = re.sub(r"[^a-z]", "", match["name"].lower())
    return match["place"] if spelled(match["gloss"]).startswith(name) else match.group()


def source_first(question: str) -> str:
    """``how many were built, according to the note``: the source before what is asked."""
    match = _SOURCE.match(question)
    if match is None or _ASKS_AGAIN.search(match["source"]) or not _has_question(match["asked"]):
        return question
    own, asked_of = (set(_YEAR.findall(match[part])) for part in ("source", "asked"))
    if asked_of and own - asked_of:  # read in a report of another year
        return question
    asked = _FIRST_WORD.sub(lambda m: m.group().lower(), match["asked"])
    return f"{match['source'][:1].upper()}{match['source'][1:]}, {asked}{match['end']}"


def _has_question(text: str) -> bool:
    return bool(re.search(rf"\b{_ASKS}\b", text, re.IGNORECASE))
