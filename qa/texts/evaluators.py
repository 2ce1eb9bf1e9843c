"""Who evaluated: the firm, centre or group that a report names as its evaluator, or that nobody was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.texts.index import AROUND, LABEL, OWN, Index, Segment, index_of, profile_for
from qa.texts.labels import labels
from qa.texts.mentions import BODY_END, COMPANY_END
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import MEDIUM_SHARE, confidence_of, lower, make_finding, segments_in
from qa.texts.terms import Coverage, Profile, squeezed, strip_words

COMMISSIONED_BY = re.compile(r"受(?P<by>[^，。；,;]{2,60}?)(?:（[^）]*）|\([^)]*\))?的?委托")

_WHO = (
    r"(?:谁|哪一?[家个所]|什么)(?:第三方|评价|评估|中介|咨询)?(?:机构|公司|单位|事务所|中心|企业)?"
)
_EVALUATE = r"(?:评价|评估|考评|测评|评审)"
_ASKS = re.compile(
    rf"第三方(?:评价|评估)?(?:服务)?(?:机构|公司|单位)?(?:是|叫|为)?(?:谁|哪一?[家个所]|什么)"
    rf"|{_EVALUATE}(?:工作)?(?:服务)?(?:机构|公司|单位|方)(?:是|叫|为|名称|全称|呢|[?？]|$)"
    rf"|委托.{{0,6}}{_WHO}|(?:由|是|请|让)?{_WHO}(?:来|负责|承担)?(?:[^，,。？?组]{{0,40}})?(?:做|开展|进行|实施|出具|完成|的)?"
    rf"[^，,。？?组]{{0,12}}{_EVALUATE}(?!组)|{_EVALUATE}(?:工作|报告|项目)?(?:是|由|请|让|为)?的?(?:由|是)?{_WHO}"
    rf"|(?:由|是){_WHO}来?评(?:的|分|定)?(?:[?？,，]|$)"
)
_OF_EVALUATION = re.compile("评价|评估|考评|评审|测评|第三方|评(?:的|分|定)?(?=[?？,，]|$)")
_NO_EVALUATOR = re.compile(
    r"组长|主评人|谁委托|受谁|委托方|委托单位|组织|审核|领导小组|专家|牵头|成员"
)
_ASKED_WORDS = re.compile(
    r"第三方|评价机构|评估机构|绩效评价|绩效评估|(?:部门|财政|重点)+(?=评|$)|评价|评估|委托|机构|公司"
    r"|报告|开展|实施|出具|承担|负责|中介|做了?的?$|^[给对由请让]|来?评的?$|年度$|由(?=\s*$)"
)
_NAME = (
    rf"[\u4e00-\u9fffA-Za-z（）()·]{{2,36}}?(?:{COMPANY_END}|{BODY_END}|研究会|学会|大学|评价组)"
)
_CLAIMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:评价|评估|受托)(?:机构|单位|方)(?:为|是|：|:)\s*[“\"]?(?P<who>{_NAME})(?=[，。；,;\s”\"]|$)",
        rf"(?:^|(?<=[。；]))\s*(?P<who>{_NAME})(?:[（(][^）)]*[)）])?(?:接受|受)(?=[^。；]{{2,80}}委托)",
        rf"委托[，,]\s*(?:由)?(?P<who>{_NAME})(?=于|对|在|组织|成立|开展|按照|依据|以|承担|，|,|（|\()",
        rf"(?:委托|聘请|邀请|选定|确定)了?(?:第三方)?(?:评价)?(?:机构|公司)?[：:—\s]*[“\"]?(?P<who>{_NAME})[”\"]?"
        r"(?:（[^）]*）)?(?:等)?(?:第三方)?(?:评价)?(?:机构|单位)?(?=对|就|开展|作为|承担|进行|实施|担任|于|，|,|。|为)",
        rf"由(?P<who>{_NAME})(?:于[^，。；]{{2,24}})?(?:对[^，。；]{{2,40}})?(?:具体)?(?:开展|进行|实施|承担|完成|出具)",
    )
)
_LABELS = re.compile(r"(?:第三方)?(?:绩效)?(?:评价|评估|受托)(?:实施|组织)?(?:机构|单位)(?:名称)?")
_NOBODY = re.compile(r"[^，。；]*(?:未|无|没有)(?:再)?委托[^，。；]*")
_NO_NAME = re.compile(r"(?:第三方|中介|专业|社会|有关|相关|具有|多家|该|本|各)")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A name that a report calls its evaluator, with the words around it."""

    who: str
    place: Place
    layers: tuple[tuple[float, str], ...]


def asks_evaluator(question: str) -> bool:
    """Whether the question asks who carried out an evaluation, not who had it done or led it."""
    about = _OF_EVALUATION.search(question) is not None
    return about and bool(_ASKS.search(question)) and not _NO_EVALUATOR.search(question)


def evaluator_names(scope: ScopedDocument) -> tuple[str, ...]:
    """Whom the report calls its evaluators."""
    return tuple(dict.fromkeys(claim.who for claim in _claims(scope)))


def find_evaluators(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """Who evaluated what the terms name, the whole report where they name nothing.

    The statement that nobody was commissioned is a finding with a conflict.
    """
    profile = profile_for(scope, strip_words(terms, _ASKED_WORDS))
    graded = [
        (coverage, claim)
        for claim in _claims(scope)
        if (coverage := _covered(profile, claim)).share >= MEDIUM_SHARE
    ]
    graded.sort(key=lambda pair: (-round(pair[0].share, 2), -round(pair[0].depth, 2)))
    names = {squeezed(claim.who) for coverage, claim in graded if _near(coverage, graded[0][0])}
    found: dict[str, TextFinding] = {}
    for coverage, claim in graded:
        confidence = confidence_of(coverage.share) or Confidence.LOW
        if len(names) > 1 or not _near(coverage, graded[0][0]):
            confidence = lower(confidence, 2 if profile.empty else 1)
        made = make_finding(scope, claim.place, confidence, coverage, answer=claim.who)
        found.setdefault(squeezed(claim.who), made)
    return list(found.values()) or _nobody(scope, profile)


def _near(coverage: Coverage, best: Coverage) -> bool:
    return coverage.share >= best.share - 0.01 and coverage.depth >= best.depth - 0.05


def _covered(profile: Profile, claim: _Claim) -> Coverage:
    return Coverage(1.0, 1.0, (), ()) if profile.empty else profile.cover(claim.layers)


def _claims(scope: ScopedDocument) -> Iterator[_Claim]:
    index = index_of(scope.document)
    for label, whole, value in labels(index):
        inside = scope.parts is None or index.parts[whole.block] in scope.parts
        text = index.document.blocks[value.block].text[value.start : value.end]
        text = text.split()[0] if text.split() else ""
        if inside and value.table is None and _LABELS.fullmatch(label) and _is_name(text):
            yield _Claim(text.strip(), whole, _layers(index, whole, text))
    for segment in segments_in(scope):
        if segment.place.table is None and re.search("评价|评估", segment.text):
            yield from _claims_of(index, segment)


def _claims_of(index: Index, segment: Segment) -> Iterator[_Claim]:
    for pattern in _CLAIMS:
        for match in pattern.finditer(segment.text):
            if _is_name(match["who"]) and _evaluates(segment.text, match):
                yield _Claim(
                    match["who"], segment.place, _layers(index, segment.place, segment.own)
                )


_TO_EVALUATE = re.compile("评价|评估|考评|评审")


def _evaluates(text: str, match: re.Match[str]) -> bool:
    """Whether it is for an evaluation that the name was asked, before it or in what follows."""
    before = text[match.start() : match.start("who")]
    stop = re.compile("[。；;]").search(text, match.end())
    after = text[match.end() : stop.start() if stop else len(text)][:_FOLLOWS]
    return bool(_TO_EVALUATE.search(before) or _TO_EVALUATE.search(after))


_FOLLOWS = 80  # characters


def _is_name(text: str) -> bool:
    return 4 <= len(text) <= 40 and not _NO_NAME.match(text) and not re.search("[。；]", text)


def _layers(index: Index, place: Place, own: str) -> tuple[tuple[float, str], ...]:
    titles = squeezed("\n".join(index.outline.titles(place.block)))
    return ((OWN, squeezed(own)), (LABEL, titles), (AROUND, index.block_own[place.block]))


def _nobody(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    found = []
    for segment in segments_in(scope):
        none = _NOBODY.search(segment.text) if "评" in segment.text else None
        if none is None:
            continue
        coverage = profile.cover(((OWN, segment.own), (LABEL, segment.label)))
        confidence = Confidence.HIGH if profile.empty else confidence_of(coverage.share)
        if confidence is not None:
            told = none.group()
            made = make_finding(
                scope, segment.place, confidence, coverage, answer=told, conflict=told
            )
            found.append(made)
    return found
