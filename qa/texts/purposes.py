"""FACT: a labelled value, what money or a thing is for, what an activity mainly was, else a clause."""

from __future__ import annotations

import re

from qa.texts.facts import QUESTION_WORDS, clauses, tightest
from qa.texts.index import AROUND, LABEL, OWN, index_of, profile_for
from qa.texts.labels import labelled_values
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import (
    HIGH_SHARE,
    behind,
    confidence_of,
    is_prose,
    lower,
    make_finding,
    ranked,
    segments_in,
)
from qa.texts.terms import squeezed, strip_words

_SOME = 0.3  # of the question a clause must say itself where its heading says the rest


def find_told(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """A fact: a labelled value, what something is for or mainly is, else the nearest clauses."""
    kept = strip_words(terms, QUESTION_WORDS)
    profile = profile_for(scope, kept)
    if profile.empty:
        return []
    labelled = labelled_values(scope, profile)
    if labelled and labelled[0].confidence is Confidence.HIGH:
        return labelled
    mainly = find_mainly(scope, question, kept)
    if mainly:
        return mainly
    if _PURPOSE_ASKED.search(question):
        return _purposes(scope, strip_words(kept, _PURPOSE_WORDS))
    return clauses(scope, profile)


_PURPOSE_ASKED = re.compile(r"用(?:于|在|到|来|途)")
_PURPOSE_WORDS = re.compile(
    r"(?:主要)?用(?:于|在|到|来|途)(?:做|干)?|什么|哪些?|^(?:项目|地方|方面|领域|用途|去处)$"
)
_PURPOSE = re.compile(r"用于|用来|用途|用作|主要是|列支|投向|购置|采购")
_FOR_IT = re.compile(r"(?:主要)?用(?:于|来|作)")


_MAINLY = re.compile(
    r"主要(?:用来|是)?(?P<verb>(?!用于|用在)[\u4e00-\u9fff]{2})了?(?:的是)?(?:谁|什么|哪些|啥)"
)


def find_mainly(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """``公务接待主要接待谁``: the clause 主要接待…, of the paragraph that is about the rest."""
    asked = _MAINLY.search(question)
    if asked is None:
        return []
    verb = asked["verb"]
    told = re.compile(rf"主要(?:为|是|系|用于)?{verb}")
    profile = profile_for(scope, strip_words(terms, re.compile(f"主要|谁|(?<=.){verb}$|^{verb}$")))
    index, found = index_of(scope.document), []
    for segment in segments_in(scope):
        if not is_prose(segment) or not told.search(segment.text):
            continue
        around = index.block_own[segment.place.block]
        coverage = profile.cover(((OWN, segment.own), (LABEL, segment.label), (AROUND, around)))
        level = Confidence.HIGH if profile.empty else confidence_of(coverage.share)
        if level is not None:
            found.append(make_finding(scope, segment.place, level, coverage))
    return behind(sorted(found, key=lambda f: (f.confidence.rank, -f.score)))


def _purposes(scope: ScopedDocument, profile_terms: tuple[str, ...]) -> list[TextFinding]:
    """What money or a thing is for: the clause says so, its heading or paragraph may name it."""
    profile, index = profile_for(scope, profile_terms), index_of(scope.document)
    found = []
    hits = ranked(scope, profile, lambda s: bool(_PURPOSE.search(s.text)) and is_prose(s))
    plain = [hit for hit in hits if _FOR_IT.search(hit.segment.text)]
    for hit in (plain or hits)[:6]:
        near = squeezed("\n".join(index.outline.titles(hit.segment.place.block)[-1:]))
        own = profile.cover(((OWN, hit.segment.own),)).share
        named = profile.cover(((OWN, f"{hit.segment.own}\n{near}"),)).share
        level = confidence_of(named if own >= _SOME else own)
        if level is not None:
            level = level if own >= HIGH_SHARE else lower(level)
            answer = tightest(profile, hit.segment.text.rstrip("；;"))
            purpose = _PURPOSE.search(answer) is not None
            made = make_finding(
                scope, hit.segment.place, level, hit.coverage,
                answer=answer if purpose else hit.segment.text.rstrip("；;"),
            )  # fmt: skip
            found.append(made)
    return behind(found)
