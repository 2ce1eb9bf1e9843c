"""METHOD and STATUS, and clauses by what they cover: the clause that says what the question asks."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import ColumnRole
from qa.texts.index import (
    OWN,
    Index,
    Segment,
    index_of,
    profile_for,
    scope_parts,
)
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.numbers import numbers_in, titles_in
from qa.texts.search import (
    Hit,
    behind,
    confidence_of,
    is_prose,
    lower,
    make_finding,
    ranked,
    source_text,
    text_at,
)
from qa.texts.terms import Profile, squeeze, squeezed, strip_words

_NEAR = 12  # characters between a thing and the word that tells its state
_LONG_NAME = 8
_SOME = 0.3  # of the question a clause must say itself where its heading says the rest
_GOAL = re.compile(r"目标(?!.{0,4}(?:完成|实现|达成))|计划(?!.{0,4}完成)")
_LONG = 90  # a longer sentence is cut to the clauses that answer
QUESTION_WORDS = re.compile(
    r"是什么|什么|怎么|如何|怎样|怎么样|哪[个里些]?|情况|内容|有没有|是否|吗"
    r"|呢|what|how|where|does|did"
)
_METHOD_WORDS = re.compile(
    r"(?:采用|采取|使用|运用|用)了?|什么|哪些|哪种|怎么|如何|怎样"
    r"|(?:具体)?(?:方法|方式|手段)(?:有|是)?|是|methods?|how"
)
_METHOD = re.compile(
    r"(?:主要|均|综合)?(?:采用|采取|运用|使用|选用|通过)[^。；，,]*(?:方法"
    r"|方式|手段|法|审阅|核对|回访|访谈|问卷|座谈|勘察|抽查)(?![律规人定治])"
)
_EVALUATING = re.compile("评价|评审|评估|考核|核查|复核|自评")
_BASIS_ASKED = re.compile(
    r"依据|根据什么|根据哪|凭什么|法律|法规|政策文件|按照什么|按照哪|basis"
    r"|grounds|pursuant"
)
_BASIS_WORDS = re.compile(
    r"(?:主要|相关|政策|法律)*依据|根据|文件|哪些|什么|有|是|按照|列出|包括"
    r"|basis"
)
_BASIS_HEAD = re.compile(r"依据|法规|政策文件|制度文件")
_BASIS_INTRO = re.compile(r"根据|依据|按照|依照|遵照|贯彻")
_STATUS_WORDS = re.compile(
    r"(?:完成|进展|实施|开展|执行|验收|落实|实现|进行)?(?:情况|状况|状态|进度"
    r"|进展)|怎么样|怎样|如何|是否|有没有|了没有?|了吗|查到的|评价时|目前|现在"
    r"|结果|什么|哪|年初|定为|变化|评(?:成|上|为)|获评|后续|^(?:那个?|这个?)?[事笔]$|^(?:终期|中期)$|查清|了没"
    r"|\d+(?:\.\d+)?[%％]"
)
_STATUS_COLUMN = re.compile(r"完成|进展|实施|开展|情况|验收|状态|结果|备注|说明")
_STATE = re.compile(
    r"(?<!可)(?:通过|完成|验收|尚在|未见|未|已|达到|实现|进行中|结束|终止|暂停|取消|建成"
    r"|投入使用|上线|退回|追回|归还|整改|收回|获评|列入|获批|立项|启动|中标|签订|交付|移交)(?!情况|率|程度|进度|质量|时间)"
)


def clauses(scope: ScopedDocument, profile: Profile, limit: int = 5) -> list[TextFinding]:
    """Clauses and cells by coverage; equal texts once; competing ones lowered."""
    index = index_of(scope.document)
    hits = ranked(
        scope,
        profile,
        lambda s: (
            not s.is_heading
            and len(s.own) >= 6
            and not _is_label(index, s)
            and not _TITLE_LINE.fullmatch(s.text.strip())
        ),
    )
    found: dict[str, TextFinding] = {}
    for hit in hits[: limit * 3]:
        made = _clause(scope, profile, hit)
        if made is not None:
            found.setdefault(squeezed(made.answer), made)
    return behind(list(found.values())[:limit])


_TITLE_LINE = re.compile(r"[^，。；：,;:]{2,40}(?:表|情况|说明|概况|报告|附件|摘要|明细)")


def _is_label(index: Index, segment: Segment) -> bool:
    """True for the name of a row, which says nothing of it."""
    place = segment.place
    if place.table is None or place.column is None:
        return False
    return index.document.tables[place.table].columns[place.column].role is ColumnRole.LABEL


def guesses(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    """The nearest clauses, LOW: for a person to look at, never an answer."""
    if profile.empty:
        return []
    return [replace(f, confidence=Confidence.LOW) for f in clauses(scope, profile, limit=2)]


def _clause(scope: ScopedDocument, profile: Profile, hit: Hit) -> TextFinding | None:
    confidence = confidence_of(hit.coverage.share)
    if confidence is None:
        return None
    own = profile.cover(((OWN, hit.segment.own),)).share
    if own < 0.8:
        confidence = lower(confidence)
    if own < 0.4:
        confidence = Confidence.LOW
    answer = tightest(profile, re.sub(r"^[-•]\s*", "", hit.segment.text).rstrip("；;"))
    return make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)


def tightest(profile: Profile, text: str) -> str:
    """Of a long sentence, the clauses from the first to the last that the question needs."""
    if len(text) <= _LONG:
        return text
    stops = [0, *(m.end() for m in re.finditer("[，,]", text)), len(text)]
    full = profile.cover(((OWN, squeezed(text)),)).share
    windows = [(a, b) for i, a in enumerate(stops[:-1]) for b in stops[i + 1 :]]
    enough = [
        (a, b)
        for a, b in sorted(windows, key=lambda w: (w[1] - w[0], w[0]))[:200]
        if profile.cover(((OWN, squeezed(text[a:b])),)).share >= full - 0.02
    ]
    if not enough:
        return text
    start, end = enough[0]
    more = next((stop for stop in stops if stop > end), end) if end - start < _LONG // 2 else end
    return text[start:more].strip("，, ")


# ------------------------------------------------------------------------------------ METHOD


def find_methods(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """How the evaluation was done, or the documents that it or the project rests on."""
    if _BASIS_ASKED.search(question):
        return _bases(scope, strip_words(terms, _BASIS_WORDS))
    profile = profile_for(scope, strip_words(terms, _METHOD_WORDS))
    found = []
    for hit in ranked(scope, profile, lambda s: bool(_METHOD.search(s.text)), floor=0.6):
        match = _METHOD.search(hit.segment.text)
        confidence = Confidence.HIGH if profile.empty else confidence_of(hit.coverage.share)
        if match and confidence:
            heading = index_of(scope.document).outline.titles(hit.segment.place.block)[-1:]
            told = "\n".join((hit.segment.own, *heading))
            if "评" in question and not _EVALUATING.search(told):
                confidence = lower(confidence, 2)
            if not re.search("方法|方式|[析较判断查估分]法", match.group()):
                confidence = lower(confidence)
            made = make_finding(
                scope, hit.segment.place, confidence, hit.coverage, answer=match.group()
            )
            found.append(made)
    unique: dict[str, TextFinding] = {}
    for made in sorted(found, key=lambda f: (f.confidence.rank, -f.score, f.block)):
        unique.setdefault(squeezed(made.answer), made)
    return list(unique.values())


def _bases(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    profile = profile_for(scope, terms)
    found: list[TextFinding] = []
    for node in index.outline.nodes:
        if wanted is not None and index.parts[node.first] not in wanted:
            continue
        if not _BASIS_HEAD.search(node.title):
            continue
        label = squeezed("\n".join(index.outline.titles(node.first)))
        coverage = profile.cover(((OWN, squeezed(node.title)), (0.95, label)))
        confidence = Confidence.HIGH if profile.empty else confidence_of(coverage.share)
        if confidence and profile.cover(((OWN, squeezed(node.title)),)).share < 0.8:
            confidence = lower(confidence, 0 if profile.empty else 1)
        items = tuple(_cited(index, node.first, node.last))
        if confidence and items:
            texts = tuple(text_at(index, item) for item in items)
            place = Place(node.first, 0, len(index.document.blocks[node.first].text))
            made = make_finding(
                scope, place, confidence, coverage,
                answer="；".join(texts), items=texts, item_places=items,
            )  # fmt: skip
            found.append(made)
    found = [f for f in found if not any(_inside(f, other) for other in found)]
    return sorted(found, key=lambda f: (f.confidence.rank, -f.score, f.block)) or _basis_sentences(
        scope, profile
    )


def _inside(finding: TextFinding, other: TextFinding) -> bool:
    """True when another finding holds the same documents under a closer heading."""
    return (
        other is not finding
        and set(other.items) >= set(finding.items)
        and other.block > finding.block
    )


def _cited(index: Index, first: int, last: int) -> list[Place]:
    """《titles》 with the 文号 behind them, in the blocks of a section."""
    found = []
    for block in range(first, last):
        text = index.document.blocks[block].text
        for low, high in titles_in(text):
            found.append(Place(block, *_with_number(text, (low, high))))
    return found


def _with_number(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A title with the 文号 in the bracket behind it."""
    number = re.compile(r"\s*[（(][^（）()]{2,24}号\s*[)）]").match(text, span[1])
    return span[0], number.end() if number else span[1]


def _documents(text: str) -> list[tuple[int, int]]:
    """Places of the documents that a text cites: by 《title》, or by 文号 alone."""
    return titles_in(text) or numbers_in(text)


def _basis_sentences(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    index = index_of(scope.document)
    found = []
    accept = lambda s: bool(_BASIS_INTRO.search(s.text)) and bool(_documents(s.text))  # noqa: E731
    for hit in ranked(scope, profile, accept, floor=0.7)[:3]:
        confidence = confidence_of(hit.coverage.share)
        place = hit.segment.place
        if not confidence or place.table is not None:
            continue
        spans = [_with_number(hit.segment.text, span) for span in _documents(hit.segment.text)]
        items = tuple(Place(place.block, place.start + a, place.start + b) for a, b in spans)
        texts = tuple(text_at(index, item) for item in items)
        made = make_finding(
            scope, place, lower(confidence), hit.coverage,
            answer="；".join(texts), items=texts, item_places=items,
        )  # fmt: skip
        found.append(made)
    return found


# ------------------------------------------------------------------------------------ STATUS


def find_states(scope: ScopedDocument, _question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """What became of the thing named: a status cell of its row, or a sentence that says so."""
    profile = profile_for(scope, strip_words(terms, _STATUS_WORDS))
    if profile.empty:
        return []
    index = index_of(scope.document)
    cells = _status_cells(scope, index, profile)
    hits = ranked(
        scope, profile, lambda s: is_prose(s) and bool(_STATE.search(s.text)) and not s.is_heading
    )
    told = [made for hit in hits[:8] if (made := _state(scope, profile, hit)) is not None]
    unique: dict[str, TextFinding] = {}
    for made in sorted([*cells, *told], key=lambda f: (f.confidence.rank, -f.score)):
        unique.setdefault(squeezed(made.answer), made)
    sure = any(made.confidence is Confidence.HIGH for made in unique.values())
    return [m for m in unique.values() if not sure or m.confidence is Confidence.HIGH]


def _state(scope: ScopedDocument, profile: Profile, hit: Hit) -> TextFinding | None:
    """The clause, less sure where the word of state is far from the thing."""
    made = _clause(scope, profile, hit)
    text = hit.segment.text
    titles = index_of(scope.document).outline.titles(hit.segment.place.block)
    if made is not None and any(_GOAL.search(title) for title in titles[-1:]):
        return replace(made, confidence=lower(made.confidence), score=made.score - 0.1)
    if made is not None and _names_whole(profile, hit.segment):
        return replace(made, confidence=min(made.confidence, Confidence.MEDIUM, key=_rank))
    packed, offsets = squeeze(text)
    whole = [m.end() - 1 for t in profile.terms for m in re.finditer(re.escape(t.text), packed)]
    loose = [at for at in range(len(packed) - 1) if packed[at : at + 2] in profile.pairs]
    spots = [offsets[at] for at in whole or loose]
    gaps = [
        max(state.start() - spot, spot - state.end())
        for state in _STATE.finditer(text)
        for spot in spots
    ]
    if made is None or min(gaps, default=0) <= _NEAR:
        return made
    return replace(made, confidence=lower(made.confidence), score=made.score - 0.1)


def _names_whole(profile: Profile, segment: Segment) -> bool:
    """True when the clause has a long name of the question whole: then it is about that."""
    return any(len(t.text) >= _LONG_NAME and t.text in segment.own for t in profile.terms)


def _rank(confidence: Confidence) -> int:
    return confidence.rank


def _status_cells(scope: ScopedDocument, index: Index, profile: Profile) -> list[TextFinding]:
    def accept(segment: Segment) -> bool:
        place = segment.place
        if place.table is None or place.column is None:
            return False
        column = index.document.tables[place.table].columns[place.column]
        head = "".join(column.path)
        told = column.role is ColumnRole.TEXT or bool(re.search("实际|完成", head))
        tells = _STATUS_COLUMN.search(head) or ("问题" in head and _STATE.search(segment.text))
        return told and bool(tells)

    found = []
    for hit in ranked(scope, profile, accept, floor=0.75):
        named = profile.cover(((OWN, hit.segment.label.split("\n")[0]), (OWN, hit.segment.label)))
        confidence = confidence_of(named.share)
        if confidence:
            place = replace(
                hit.segment.place, start=0, end=len(source_text(index, hit.segment.place))
            )
            found.append(make_finding(scope, place, confidence, named))
    best = max((f.score for f in found), default=0.0)
    return [f for f in found if f.score >= best - 0.01]
