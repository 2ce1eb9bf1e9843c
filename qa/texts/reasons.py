"""REASON: the reason that a report gives for a change, a deduction or an event, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.model import Direction
from qa.texts.causes import Cause, causes, off_target
from qa.texts.deductions import deviations, find_deductions, is_lack
from qa.texts.facts import guesses
from qa.texts.index import AROUND, LABEL, OWN, Index, index_of, profile_for, scope_parts, trim
from qa.texts.misses import find_misses
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import (
    HIGH_SHARE,
    MEDIUM_SHARE,
    confidence_of,
    lower,
    make_finding,
    source_text,
    text_at,
)
from qa.texts.statements import (
    BOUNDARY,
    Move,
    Statement,
    exactness,
    labels_of,
    names_text,
    stands_whole,
    statements,
    texts_of,
)
from qa.texts.terms import Coverage, Profile, squeezed, squeezed_twice, strip_words

_SAME_THING = 0.6  # from this exactness on, a statement is about the metric asked for
_EXACTNESS_GAP = 0.12
_TOUCHED = 0.15  # of the question a sentence must hold before its heading counts as its own
REASON_WORDS = re.compile(
    r"(?:主要)?(?:变动|变化|增减|扣分|下降|减少|上升|增长|增加)?(?:的)?(?:原因"
    r"|原应|缘由|缘故|理由)|为什么|为何|为啥|何故|怎么会|凭什么|干嘛|归结|归因|归咎"
    r"|因为|由于|导致|造成|这么[多少高低大小]|大幅度?|明显|显著|一大截|不少"
    r"|很多|变化|变动|是因|(?:根子|根源|症结)(?:出)?在?(?:哪[儿里]?)?|reasons?|why|because"
)
_DIRECTION_WORDS = re.compile(
    r"(?P<up>增加|增长|上升|提高|上涨|变多|变大|增多|涨|多了|超出|超过|大于"
    r"|高于|(?<=预算)[多高]|increas\w*|r[io]se|grew|higher)"
    r"|(?P<down>减少|下降|降低|下滑|变少|缩减|少了|跌|缩水|小于|低于|节约"
    r"|(?<=预算)[少低]|decreas\w*|f[ae]ll|drop\w*|lower|shr[aiu]nk)"
)
_BASIS_WORDS = re.compile(
    r"(?:比|较|与|跟|和|同)?(?:它的?)?(?P<last>上年度?|上一年度?|去年|前一年|同期|同比)(?:决算数|相比|比较|比|的)?"
    r"|(?:比|较|与|跟|和)(?:全年|年初|调整)?预算数?(?:相比|比较|比|安排)?|(?:全年|年初|调整)预算数?|^预算数?$"
)
# 土壤（项）支出决算小于预算: the account is what is asked about.
_FINAL = re.compile(r"(?<=..)[(（]?项?[)）]?(?:支出)?决算数?$")
_DEDUCTION = re.compile(
    r"扣了?\d*(?:\.\d+)?(?:几|多少)?分|扣(?![除缴押款])|失分|丢了?分"
    r"|没(?:有)?(?:拿|得)满?(?:满)?分|未得满分|不得分|只(?:得|拿|给|有)了?\d*"
    r"|才(?:得|拿)|得分(?:率)?(?:偏|较|很|最|这么)?低|没有?满分|lost? (?:points|marks)|deduct"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the question wants explained."""

    profile: Profile
    direction: Direction
    basis: str
    question: str  # squeezed
    moved: Direction = Direction.NONE  # the movement, where one is asked about

    def about_move(self, told: Statement) -> bool:
        """False for a statement of a missed target where a movement is asked about."""
        return self.moved is Direction.NONE or not off_target(told)


def asked_direction(question: str) -> Direction:
    """The direction that the question takes for granted."""
    found = list(_DIRECTION_WORDS.finditer(question))
    kinds = {"up" if match["up"] else "down" for match in found}
    if len(kinds) != 1:
        return Direction.NONE
    return Direction.UP if "up" in kinds else Direction.DOWN


def asked_basis(question: str) -> str:
    """``上年``, ``预算`` or "": what the question measures the change against."""
    if re.search(
        (
            r"(?:比|较|与|跟|和|同|小于|低于|大于|高于|超"
            r"|少于)[^，,。；;？?]{0,4}?(?:上年|上一年|去年|前一年|同期|20\d\d)|同比"
        ),
        question,
    ):
        return "上年"
    return (
        "预算"
        if re.search(
            r"(?:比|较|与|跟|和|小于|低于|大于|高于|超|少于)[^，,。；;？?]{0,6}?预算", question
        )
        else ""
    )


def names_thing(terms: Sequence[str]) -> bool:
    """Whether a question for a reason names what it is the reason of, beside 造成 or 决算小于预算."""
    kept = strip_words(strip_words(terms, REASON_WORDS), _DIRECTION_WORDS)
    return bool(strip_words(kept, _ONLY_BASIS))


_ONLY_BASIS = re.compile(r"(?:支出)?(?:年初|全年|调整后?)?(?:预算|决算)数?|上年度?|去年|同期")


def find_reasons(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """Reasons that the report gives for what the question names, the best first."""
    if _DEDUCTION.search(question):
        found = find_deductions(scope, strip_words(terms, _DEDUCTION_WORDS))
        if found:
            return found
    direction, basis = asked_direction(question), asked_basis(question)
    kept = strip_words(terms, REASON_WORDS)
    metric = strip_words(strip_words(kept, _DIRECTION_WORDS), _BASIS_WORDS)
    metric = strip_words(metric, _FINAL)
    moved = asked_movement(question)
    asked = _Asked(profile_for(scope, metric), direction, basis, squeezed(question), moved)
    if asked.profile.empty:
        return _of_budget(scope, asked)
    found = _of_changes(scope, asked) + _moving(deviations(scope, _without_miss(metric)), moved)
    if not any(f.confidence is Confidence.HIGH for f in found):
        known = {f.answer for f in found if f.confidence is not Confidence.LOW}
        found += _of_events(scope, profile_for(scope, kept), known, asked)
    if not any(f.confidence is not Confidence.LOW for f in found):
        found += _of_delays(scope, question, kept) or find_misses(scope, question, kept)
    if not any(f.confidence is Confidence.HIGH for f in found):
        found += _opposite(scope, asked)
    if not any(f.confidence is not Confidence.LOW for f in found):
        lost = find_deductions(scope, _without_miss(strip_words(kept, _DEDUCTION_WORDS)))
        found += _moving([f for f in lost if not f.conflict], moved)
    if not any(f.confidence is not Confidence.LOW for f in found):
        found += _moving(_told_before(scope, kept), moved)
    if not found:
        found = guesses(scope, profile_for(scope, kept))
    return sorted(found, key=lambda f: (f.confidence.rank, -f.score, f.block, f.start))


_MOVES = re.compile(
    r"(?P<up>增加|增长|上升|提高|上涨|变多|变大|增多|[猛上]?涨|多了|increas\w*|r[io]se|grew)"
    r"|(?P<down>减少|下降|降低|下滑|变少|缩减|少了|[下]?跌|缩水|decreas\w*|f[ae]ll|drop\w*|shr[aiu]nk)"
)
# Any word by which a passage tells that something moved up or down.
_TOLD_MOVES = {
    Direction.UP: re.compile("增|涨|升|提高|追加|扩大|翻番|加大|多(?=支出|花|用)"),
    Direction.DOWN: re.compile("减|降|少|低(?!于)|缩|压|跌|下滑|节约|回落"),
}


def asked_movement(question: str) -> Direction:
    """The movement (not the gap to a target or budget) that a question takes for granted."""
    kinds = {"up" if match["up"] else "down" for match in _MOVES.finditer(question)}
    if len(kinds) != 1:
        return Direction.NONE
    return Direction.UP if "up" in kinds else Direction.DOWN


def _tells_move(text: str, moved: Direction) -> bool:
    """Whether a passage tells of the movement asked about, where one is."""
    return moved is Direction.NONE or bool(_TOLD_MOVES[moved].search(text))


def _moving(found: list[TextFinding], moved: Direction) -> list[TextFinding]:
    """The findings that tell the movement; the reason of a missed target explains none."""
    return [f for f in found if _tells_move(f.quote, moved)]


_LATE_ASKED = re.compile(
    r"(?:没有?|未能?|没能)(?:能)?(?:按时|按期|如期|及时)(?!足额)|延期|延迟|延误|推迟|拖延|拖到了?|逾期|超期"
)
_LATE_WORDS = re.compile(
    rf"{_LATE_ASKED.pattern}|(?:(?:19|20)\d\d年)?\d{{1,2}}月(?:\d{{1,2}}[日号])?|[按如][时期]|^月?才|了$|这么晚"
)
_LATE_TOLD = re.compile(
    r"(?:原定|原计划|计划|应于|要求|约定)[^。；;]{0,40}?(?:实际|延|推迟|才)|推迟[至到]|延期?[至到]|顺延"
)
_HEADED = 24  # characters of a paragraph's first sentence that is its heading


def _of_delays(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """``为什么没有按时完工``: 原定…完工，因…，实际于…完工, which names no delay; the one such cause."""
    if not _LATE_ASKED.search(question):
        return []
    profile, index = profile_for(scope, strip_words(terms, _LATE_WORDS)), index_of(scope.document)
    found: dict[str, TextFinding] = {}
    for cause in _in_scope(scope, index) if not profile.empty else ():
        sentence = text_at(index, cause.sentence)
        if cause.told is not None or not _LATE_TOLD.search(sentence):
            continue
        whole = source_text(index, cause.sentence)
        first = re.split("[。；;]", whole)[0]
        head = squeezed(first) if len(first) <= _HEADED else ""
        label = squeezed("\n".join(labels_of(index, cause.sentence)))
        coverage = profile.cover(((OWN, squeezed(sentence)), (LABEL, f"{head}\n{label}")))
        if coverage.share >= HIGH_SHARE:
            low = max(cause.sentence.start, whole.rfind("：", 0, cause.place.start) + 1)
            listed = _LISTED.match(whole, low)
            start, end = trim(whole, listed.end() if listed else low, cause.sentence.end)
            place = replace(cause.sentence, start=start, end=end)
            made = make_finding(scope, place, Confidence.HIGH, coverage)
            found.setdefault(squeezed(sentence), made)
    return list(found.values()) if len(found) == 1 else []


def _of_budget(scope: ScopedDocument, asked: _Asked) -> list[TextFinding]:
    """``为什么决算数大于年初预算`` of the whole: the one reason that is given for it."""
    if not asked.basis or asked.direction is Direction.NONE:
        return []
    index = index_of(scope.document)
    found: dict[str, TextFinding] = {}
    for cause in _in_scope(scope, index):
        moves = cause.told.moves if cause.told is not None else ()
        if not any(m.direction is asked.direction and m.basis == asked.basis for m in moves):
            continue
        answer = text_at(index, cause.place).rstrip("；;")
        made = make_finding(scope, cause.sentence, Confidence.MEDIUM, answer=answer)
        found.setdefault(squeezed(answer), made)
    return list(found.values()) if len(found) == 1 else []


def _without_miss(terms: tuple[str, ...]) -> tuple[str, ...]:
    return strip_words(terms, _MISS_WORDS)


_MISS_WORDS = re.compile(
    r"(?:没有?|未能?|没能)(?:全部|按时|按期)?(?:完成|达标|达到|实现|达)(?:年度)?(?:目标"
    r"|预期|指标)?值?|偏差|不达标|完不成|指标|任务"
)
_DEDUCTION_WORDS = re.compile(
    REASON_WORDS.pattern
    + (
        r"|扣了?\d*(?:\.\d+)?(?:几|多少)?分|扣掉|失分|丢了?分|指标|得分率?|评分"
        r"|满分|分值|只|才|拿|得了|\d+(?:\.\d+)?分|扣|没有|没|得满?"
    )
)


def _in_scope(scope: ScopedDocument, index: Index) -> list[Cause]:
    wanted = scope_parts(scope)
    return [c for c in causes(index) if wanted is None or c.part in wanted]


def _of_changes(scope: ScopedDocument, asked: _Asked) -> list[TextFinding]:
    """Labelled reasons (主要变动情况：…) of a statement about the metric asked for."""
    index = index_of(scope.document)
    graded = [
        graded
        for cause in _in_scope(scope, index)
        if cause.told is not None
        and cause.told.moves
        and asked.about_move(cause.told)
        and (graded := _grade(scope, index, cause, cause.told, asked))
    ]
    best = max((exact for exact, _ in graded), default=0.0)
    kept: dict[str, TextFinding] = {}
    for exact, found in sorted(graded, key=lambda g: (g[1].confidence.rank, -g[0])):
        near = exact >= best - _EXACTNESS_GAP
        shown = found if near else replace(found, confidence=Confidence.LOW)
        kept.setdefault(squeezed(found.answer), shown)
    return list(kept.values())


def _grade(
    scope: ScopedDocument, index: Index, cause: Cause, told: Statement, asked: _Asked
) -> tuple[float, TextFinding] | None:
    """A reason and how exactly its statement is about the metric; None for another metric."""
    about = _about(index, told, asked)
    if about is None:
        return None
    if asked.basis and told.moves and all(m.basis not in ("", asked.basis) for m in told.moves):
        return None
    against = _against(told.moves, asked)
    conflict = _change_clause(told.text, against) if against else ""
    answer = text_at(index, cause.place).rstrip("；;")
    place = cause.place
    if (told.place.block, told.place.row) == (place.block, place.row):
        place = replace(place, start=told.place.start)
    made = make_finding(
        scope, place, about.confidence, about.coverage, answer=answer, conflict=conflict
    )
    return about.exact, made


@dataclass(frozen=True, slots=True)
class _About:
    """How far a statement is about the metric asked for."""

    coverage: Coverage
    confidence: Confidence
    exact: float


def _about(index: Index, told: Statement, asked: _Asked) -> _About | None:
    """None when the statement is about another metric."""
    label = squeezed("\n".join(labels_of(index, told.place)))
    coverage = asked.profile.cover(((OWN, names_text(told.names)), (LABEL, label)))
    named = asked.profile.cover(((OWN, names_text(told.names)),)).share
    whole = stands_whole(asked.question, told.names)
    if coverage.share >= 0.9 and named >= 0.6:
        exact, leads = exactness(asked.profile, told.names)
        if exact >= _SAME_THING or whole:
            return _About(coverage, confidence_of(coverage.share) or Confidence.LOW, exact)
        return _About(
            coverage, Confidence.MEDIUM if leads and exact >= 0.3 else Confidence.LOW, exact
        )
    if not whole:
        return None
    sure = coverage.share >= MEDIUM_SHARE
    return _About(coverage, Confidence.HIGH if sure else Confidence.MEDIUM, 1.0)


def _against(told: Sequence[Move], asked: _Asked) -> Move | None:
    """The report's direction where it is the opposite of the question's."""
    if asked.direction is Direction.NONE:
        return None
    same_basis = [m for m in told if not asked.basis or m.basis in ("", asked.basis)]
    if not same_basis or any(m.direction is asked.direction for m in same_basis):
        return None
    return same_basis[0]


def _change_clause(statement: str, move: Move) -> str:
    """The words around a direction: ``比上年决算数减少0.64万元，下降55.8%``."""
    start = max((statement.rfind(mark, 0, move.start) for mark in "，,；;。"), default=-1) + 1
    stop = re.search(r"[；;。]", statement[move.end :])
    end = move.end + stop.start() if stop else len(statement)
    return statement[start:end].strip(" ，,")


def _of_events(
    scope: ScopedDocument, profile: Profile, known: set[str], asked: _Asked
) -> list[TextFinding]:
    """Sentences that tell an event and its cause (因…，…; …，原因是…).

    Of the reason of a change only its own words count: what it explains is another metric.
    """
    index = index_of(scope.document)
    found: dict[str, TextFinding] = {}
    for cause in _in_scope(scope, index):
        place = cause.place if cause.explains_change else cause.sentence
        told = cause.told.text if cause.told is not None and not cause.explains_change else ""
        event = told or _happened(cause) or _sentence_before(index, cause)
        names = names_text(cause.told.names) if told and cause.told is not None else ""
        own = squeezed_twice(f"{names}\n{event}\n{text_at(index, place)}")
        label = squeezed("\n".join(labels_of(index, place)))
        around = "" if cause.explains_change else squeezed(source_text(index, place))
        coverage = profile.cover(((OWN, own), (LABEL, label), (AROUND, around)))
        heading = "" if cause.explains_change else squeezed("".join(labels_of(index, place)[-1:]))
        inside = profile.cover(((OWN, own),)).share
        if inside >= _TOUCHED:
            inside = profile.cover(((OWN, f"{own}\n{heading}"),)).share
        confidence = confidence_of(coverage.share)
        answer = text_at(index, cause.place).rstrip("；;")
        if confidence is None or inside < 0.5 or answer in known:
            continue
        if not _of_movement(index, cause, event, asked):
            continue
        named = bool(event) and profile.cover(((OWN, squeezed_twice(event)),)).share >= HIGH_SHARE
        if inside < 0.85 or (cause.explains_change and not named):
            confidence = lower(confidence)
        start, end = trim(source_text(index, place), cause.sentence.start, cause.sentence.end)
        if event and cause.told is not None and cause.told.place.block == place.block:
            start = min(start, cause.told.place.start)
        shown = replace(place, start=start, end=end)
        made = make_finding(scope, shown, confidence, coverage, answer=answer)
        found.setdefault(squeezed(answer), made)
    return list(found.values())


def _of_movement(index: Index, cause: Cause, event: str, asked: _Asked) -> bool:
    """Whether a reason is one of the movement asked about, of the thing asked about."""
    if asked.moved is Direction.NONE:
        return True
    if cause.explains_change and cause.told is not None:
        about = f"{names_text(cause.told.names)}\n{squeezed_twice(event)}"
        ways = {move.direction for move in cause.told.moves}
        return asked.moved in ways and asked.profile.cover(((OWN, about),)).share >= MEDIUM_SHARE
    said = cause.told.text if cause.told is not None else text_at(index, cause.sentence)
    heading = "".join(labels_of(index, cause.place)[-1:])
    return _tells_move(f"{said}\n{event}\n{heading}", asked.moved)


_NOT = re.compile("没有?能?|未能|未曾|尚未")


def _told_before(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """雨季长、墓区迁移协商耗时，工程未按期完工: what is told before the miss asked about, without a marker."""
    profile = profile_for(scope, tuple(_NOT.sub("未", term) for term in terms))
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: list[TextFinding] = []
    for place in texts_of(index) if not profile.empty else ():
        if wanted is not None and index.parts[place.block] not in wanted:
            continue
        text = source_text(index, place)
        stops = [0, *(match.end() for match in BOUNDARY.finditer(text)), len(text)]
        for low, high in pairwise(stops):
            low = max(low, text.rfind("：", low, high) + 1, text.rfind(":", low, high) + 1)
            start, end = trim(text, low, high)
            if _LISTED.match(text, start, end):
                continue  # a judgement and what shows it, not a cause and what came of it
            clauses = re.split("[，,]", text[start:end].rstrip("。；;"))
            if len(clauses) < _WITH_CAUSE or _STATED.search(text[start:end]):
                continue
            event = squeezed(_NOT.sub("未", clauses[-1]))
            inside = profile.cover(((OWN, event),)).share
            if not is_lack(clauses[-1]) or inside < _EVENT_SHARE:
                continue
            label = squeezed("\n".join(labels_of(index, place)))
            layers = ((OWN, event), (LABEL, label), (AROUND, squeezed(text)))
            coverage = profile.cover(layers)
            if coverage.share >= HIGH_SHARE:
                shown = replace(place, start=start, end=end)
                found.append(make_finding(scope, shown, Confidence.MEDIUM, coverage))
    return found


_LISTED = re.compile(
    r"[一二三四五六七八九十]是|[（(]?[一二三四五六七八九十\d]+[)）、.．](?!\d)|[①-⑳]"
)
_WITH_CAUSE = 2  # clauses: one of the cause, one of what it caused
_EVENT_SHARE = 0.5  # of the question that the clause of the miss itself must hold
_STATED = re.compile("因|由于|导致|原因|造成|致使|影响")


_MEASURED = re.compile(
    r"(?:比|较|同比|与|增长|下降|上升|增幅|降幅|占)[^，,]{0,12}(?:上年|去年|同期|20\d\d年|预算|\d[\d.]*[%％])|持平"
)


def _happened(cause: Cause) -> str:
    """What happened right before a marker (…，有74.40万元没有支出，主要是…); "" for a comparison."""
    if cause.told is None:
        return ""
    last = re.split("[，,]", cause.told.text.rstrip("，,。；; "))[-1]
    return "" if len(last) < 6 or _MEASURED.search(last) else last


def _sentence_before(index: Index, cause: Cause) -> str:
    """``预算不够精准。因计划调整，…``: the short sentence that a cause at the head of its own explains."""
    text = source_text(index, cause.sentence)
    start, _ = trim(text, cause.sentence.start, cause.sentence.end)
    if cause.told is not None or cause.place.start > start:
        return ""
    before = re.split("[。；;！？]", text[:start].rstrip("。；;！？ \n"))[-1]
    return before if 4 <= len(before) <= _SHORT_EVENT else ""


_SHORT_EVENT = 60


def _opposite(scope: ScopedDocument, asked: _Asked) -> list[TextFinding]:
    """Statements about the metric that move the other way than the question says."""
    if asked.direction is Direction.NONE:
        return []
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: list[TextFinding] = []
    for told in statements(index):
        against = _against(told.moves, asked)
        if against is None or (wanted is not None and index.parts[told.place.block] not in wanted):
            continue
        about = _about(index, told, asked) if asked.about_move(told) else None
        if about is None or about.confidence is Confidence.LOW or about.exact < _SAME_THING:
            continue
        clause = _change_clause(told.text, against)
        found.append(
            make_finding(
                scope, told.place, Confidence.MEDIUM, about.coverage, answer=clause, conflict=clause
            )
        )
    return found
