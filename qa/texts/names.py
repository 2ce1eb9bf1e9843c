"""PERSON_OR_BODY: who carried out, was commissioned, supplies, leads. Never the nearest name."""

from __future__ import annotations

import re

from qa.texts.evaluators import COMMISSIONED_BY, asks_evaluator, find_evaluators
from qa.texts.index import LABEL, OWN, profile_for
from qa.texts.labels import labelled_values
from qa.texts.mentions import (
    BODY_END,
    COMPANY_END,
    has_role,
    joined_names,
    mentions,
)
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.numbers import titles_in
from qa.texts.purposes import find_mainly
from qa.texts.search import (
    HIGH_SHARE,
    MEDIUM_SHARE,
    Hit,
    behind,
    confidence_of,
    focus,
    lower,
    make_finding,
    ranked,
    segments_in,
)
from qa.texts.terms import Profile, squeezed, strip_words

NAME_WORDS = re.compile(
    r"谁|哪[家个一些]|哪几[家个]|什么(?:公司|单位|部门|机构|人)?|名称|名字"
    r"|姓名|叫|全称|由|是|who|which|whom|company|name"
)
_KIND_WORDS = r"公司|单位|部门|机构|企业|科室|处室|股室|内设机构|院校|高校|学校|医院|供应商"
_WHICH_KIND = re.compile(rf"哪[个家些一所]{{0,2}}({_KIND_WORDS})")
_COMPANY_ASKED = re.compile(
    r"公司|机构|供应商|服务商|承包|中标|事务所|第三方|企业|厂商|中介|承建"
    r"|company|firm|contractor|supplier|agency"
)
_BODY_ASKED = re.compile(
    r"哪[个些几]?个?(?:部门|单位|局|处室|科室|处|科|委|机关|街道|镇)|主管部门"
    r"|department|bureau"
)
_TITLES = (
    "局长|副局长|主任|副主任|组长|副组长|处长|科长|书记|部长|院长|校长|董事长"
    "|总经理|项目经理|法定代表人|法人代表"
    "|负责人|联系人|经办人|主评人|评价人员|组员|成员|联系电话|电话|传真|邮箱|地址"
)
_TITLE = re.compile(_TITLES)
_ASKS_COMMISSIONER = re.compile(
    r"受(?:谁|哪|什么)|谁委托|哪[个家](?:部门|单位|局)?(?:来)?委托|委托(?:方"
    r"|人|单位|部门)(?:是|为)|谁的委托|委托方"
)


def find_bodies(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """The person or body that the question asks for; nothing when no place names it in that role."""
    kind = _WHICH_KIND.search(question)
    asking = re.compile(f"^{kind[1]}|{NAME_WORDS.pattern}") if kind else NAME_WORDS
    kept = strip_words(terms, asking)
    special = _by_wording(scope, question, kept)
    if special is not None:
        return special
    if asks_evaluator(question):
        return find_evaluators(scope, kept)
    labelled = labelled_values(scope, profile_for(scope, kept or terms), want=_is_name)
    if labelled and labelled[0].confidence is Confidence.HIGH:
        return labelled
    if _ASKS_COMMISSIONER.search(question):
        said = _commissioners(scope, kept)
        return said or [
            found
            for label in ("委托单位", "委托方")
            for found in labelled_values(scope, profile_for(scope, (label,)), want=_is_name)
        ]
    return labelled + _in_sentences(scope, question, kept)


def _by_wording(
    scope: ScopedDocument, question: str, kept: tuple[str, ...]
) -> list[TextFinding] | None:
    """What questions of one wording ask for; None where the question has none of them."""
    found = find_mainly(scope, question, kept)
    if not found and _BELONGS_ASKED.search(question):
        found = _superiors(scope, strip_words(kept, _BELONGS))
    if not found and _RECEIVER_ASKED.search(question):
        found = _receivers(scope, strip_words(kept, _HANDED))
    title = _TITLE.search(question)
    if not found and title:
        return _of_title(scope, strip_words(kept, _GROUP), title.group())
    if not found and _HEADED.search(question):
        found = _of_title(scope, strip_words(kept, _GROUP), "组长")
    if not found and _PRESS.search(question):
        return _titled(scope, strip_words(kept, _PRESS))
    by_verb = _BY_WHOM.search(question)
    if not found and _IN_CHARGE.search(question):
        found = _in_charge(scope, kept)
    if not found and by_verb and not (by_verb[1] == "评价" and asks_evaluator(question)):
        found = _doers(scope, kept, by_verb[1])
    return found or None


_IN_CHARGE = re.compile(r"(?:由|是|归)?谁(?:来)?(?:具体)?负责(?=[?？的,，]|$)|负责的(?:人)?是谁")
_CHARGE = re.compile(r"由?谁?来?(?:具体)?负责的?")


def _in_charge(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """``由谁负责``: the one 负责人 or 责任人 that the report names for it."""
    kept = strip_words(terms, _CHARGE)
    for title in ("责任人", "负责人"):
        found = [f for f in _of_title(scope, kept, title) if f.confidence is not Confidence.LOW]
        if len({squeezed(each.answer) for each in found}) == 1:
            return found[:1]
    return []


_HEADED = re.compile(
    r"(?:评价|自评|评审|核查|专家|工作|领导)*(?:小|团)?组(?:是)?由?谁?(?:来)?(?:负责|牵头|带队|领导)"
)
_GROUP = re.compile(
    r"(?:绩效)?(?:评价|自评|评审|核查|专家|工作|领导)*(?:小|团)?组(?!织)(?:长|员)?(?:由|是)?|^(?:负责|牵头|带队|领导)$"
)
_BELONGS_ASKED = re.compile(r"隶属|归(?:谁|哪)|上级(?:主管)?(?:单位|部门)|(?:所属|属于)(?:哪|什么)")
_BELONGS = re.compile(
    r"隶属于?|归|上级(?:主管)?(?:单位|部门)|所属|属于?|(?:来)?管理?的?$|哪.*|谁.*"
)
_SUPERIOR = re.compile(
    rf"(?:隶属于?|归口)(?P<a>[\u4e00-\u9fff]{{2,30}}?{BODY_END})(?=[，。；、]|管理|领导|$)"
    rf"|为(?P<b>[\u4e00-\u9fff]{{2,30}}?{BODY_END})(?:所属|下属|直属|管理)"
    rf"|由(?P<c>[\u4e00-\u9fff]{{2,30}}?{BODY_END})(?:归口|统一)?(?:管理|代管|主管|领导)"
)


def _superiors(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """The body that a unit is under, where one sentence of its report names it."""
    profile = profile_for(scope, terms)
    found: dict[str, TextFinding] = {}
    for segment in segments_in(scope):
        match = _SUPERIOR.search(segment.text) if segment.place.table is None else None
        if match is None:
            continue
        coverage = profile.cover(((OWN, segment.own), (LABEL, segment.label)))
        level = Confidence.HIGH if profile.empty else confidence_of(coverage.share)
        answer = next(match[name] for name in "abc" if match[name])
        if level is not None:
            made = make_finding(scope, segment.place, level, coverage, answer=answer)
            found.setdefault(squeezed(answer), made)
    return list(found.values())[:1]


_HANDED = re.compile(r"(?:划[给入归转到]|移交给?|交由|交给|并入|转[给交入])(?:到|给|至|了)*")
_RECEIVER_ASKED = re.compile(rf"(?:{_HANDED.pattern})(?:谁|哪|什么)")
_RECEIVER = re.compile(
    rf"(?:{_HANDED.pattern})(?P<who>[\u4e00-\u9fff]{{2,24}}?(?:{BODY_END}|[馆所站院队校]|公司|集团))"
)


def _receivers(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """``…职责划入市民政局``: to whom the thing named was handed."""
    profile = profile_for(scope, terms)
    found: dict[str, TextFinding] = {}
    for hit in ranked(scope, profile, lambda s: bool(_RECEIVER.search(s.text)), floor=MEDIUM_SHARE):
        text = hit.segment.text
        low, high = focus(profile, text)
        inside = [m for m in _RECEIVER.finditer(text) if low <= m.start() < high]
        match = inside[0] if inside else _RECEIVER.search(text)
        level = confidence_of(profile.cover(((OWN, hit.segment.own),)).share)
        if match is not None and level is not None:
            made = make_finding(scope, hit.segment.place, level, hit.coverage, answer=match["who"])
            found.setdefault(squeezed(match["who"]), made)
    return behind(list(found.values()))


_PRESS = re.compile(r"报纸|报社|报刊|媒体|杂志|刊物|期刊|newspaper|magazine|journal", re.IGNORECASE)


def _titled(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """The paper or journal, which stands in 《》, of the clause that says what the question says."""
    profile = profile_for(scope, terms)
    found = []
    for hit in ranked(scope, profile, lambda s: "《" in s.text, floor=MEDIUM_SHARE)[:3]:
        confidence = confidence_of(profile.cover(((OWN, hit.segment.own),)).share)
        low, high = focus(profile, hit.segment.text)
        spans = [span for span in titles_in(hit.segment.text) if low <= span[0] < high]
        if len(spans) == 1 and confidence is not None:
            answer = hit.segment.text[slice(*spans[0])]
            found.append(
                make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)
            )
    return found


_BY_WHOM = re.compile(
    r"(?:由)?(?:谁|哪[个家些一]{0,2}[\u4e00-\u9fff]{0,4}?)(?:来)?(?:具体)?"
    r"(承办|牵头|负责|组织|审核|签字|施工|监理|设计|承担|主办|协办|实施|运营|评价|调查)"
)


def _doers(scope: ScopedDocument, terms: tuple[str, ...], verb: str) -> list[TextFinding]:
    """``…由各区轮流承办``: who stands between 由 and the verb of the question."""
    shape = re.compile(
        rf"由(?P<who>[^，。；：由]{{2,30}}?)(?:负责)?(?:轮流|共同|具体|统一|分别|联合)?{verb}{_NO_NAME_GOES_ON}"
    )
    plain = strip_words(terms, re.compile(rf"{verb}|(?<=[\u4e00-\u9fff]{{2}})(?:工作|事项)$"))
    profile = profile_for(scope, plain)
    found = []
    for hit in ranked(scope, profile, lambda s: bool(shape.search(s.text)), floor=HIGH_SHARE):
        low, high = focus(profile, hit.segment.text)
        match = shape.search(hit.segment.text)
        near = match is not None and low - _NEXT <= match.start() <= high + _NEXT
        own = profile.cover(((OWN, hit.segment.own),)).share
        if match is not None and near and own >= HIGH_SHARE and not profile.empty:
            made = make_finding(
                scope, hit.segment.place, Confidence.HIGH, hit.coverage, answer=match["who"]
            )
            found.append(made)
    return found[:1]


# 由某市调查队调查, 由某监理有限公司监理: the verb may stand in the name too.
_NO_NAME_GOES_ON = (
    r"(?![\u4e00-\u9fff]{0,4}(?:公司|事务所|研究院|研究所|设计院)|[\u4e00-\u9fff]?(?:队|站|院|局|组|处|科|室|员)"
    r"|中心(?!城|区))"
)
_NEXT = 6  # characters around the clause that names the thing


def _is_name(value: str) -> bool:
    return bool(re.search(rf"{COMPANY_END}|{BODY_END}", value)) and not re.search("[。；]", value)


def _of_title(scope: ScopedDocument, terms: tuple[str, ...], title: str) -> list[TextFinding]:
    """``由X任组长``, ``局长：X``, ``联系电话：…``: the holder must stand beside the title."""
    shape = re.compile(
        rf"(?:由|，|,|。|^)\s*(?P<a>[^，。；：,;:由]{{2,20}}?)(?:同志)?(?:担任|任"
        rf"|为)[^，。；,;]{{0,12}}?(?<!副){title}"
        rf"|(?<!副){title}(?:姓名)?\s*[:：]\s*(?P<b>[^，。；,;\s]{{2,30}})"
        rf"|(?<!副){title}(?:由|是|为)(?P<c>[^，。；,;\s]{{2,20}}?)(?:同志)?(?:担任|兼任|，|。|；)"
    )
    profile = profile_for(scope, terms)
    found = []
    for hit in ranked(scope, profile, lambda s: title in s.text, floor=0.6):
        confidence = confidence_of(hit.coverage.share)
        match = shape.search(hit.segment.text)
        if match and confidence:
            answer = next(match[name] for name in ("a", "b", "c") if match[name])
            found.append(
                make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)
            )
    cells = labelled_values(
        scope, profile_for(scope, (title,)), want=lambda value: len(value) <= 40
    )
    return found + [cell for cell in cells if cell.confidence is Confidence.HIGH]


def _commissioners(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    profile = profile_for(scope, strip_words(terms, re.compile("委托方?|受")))
    found = []
    for hit in ranked(scope, profile, lambda s: bool(COMMISSIONED_BY.search(s.text)), floor=0.5):
        match = COMMISSIONED_BY.search(hit.segment.text)
        if match:
            answer = re.sub(r"[（(].*$", "", match["by"])
            confidence = Confidence.HIGH if hit.coverage.share >= 0.7 else Confidence.MEDIUM
            found.append(
                make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)
            )
    return found


def _in_sentences(
    scope: ScopedDocument, question: str, terms: tuple[str, ...]
) -> list[TextFinding]:
    company = bool(_COMPANY_ASKED.search(question)) and not _BODY_ASKED.search(question)
    profile = profile_for(scope, terms)
    if profile.empty:
        return []
    found: list[TextFinding] = []
    for hit in ranked(scope, profile, lambda s: bool(mentions(s.text)), floor=0.7)[:12]:
        made = _named(scope, profile, hit, company, squeezed(question))
        if made is not None:
            found.append(made)
    found.sort(key=lambda f: (f.confidence.rank, -f.score))
    best = found[0].matched if found else ()
    return behind([f for f in found if len(f.matched) >= len(best)])


def _named(
    scope: ScopedDocument, profile: Profile, hit: Hit, company: bool, asked: str
) -> TextFinding | None:
    """The name in the clause that says what the question says; elsewhere it is less sure."""
    text = hit.segment.text
    confidence = confidence_of(hit.coverage.share)
    names = [m for m in mentions(text) if m.company or not company]
    names = [m for m in names if squeezed(text[m.start : m.end]) not in asked]
    if confidence is None or not names:
        return None
    if profile.cover(((OWN, hit.segment.own),)).share < 0.8:
        confidence = lower(confidence)
    part = _PART_ASKED.search(asked)
    if part is not None:
        names = [m for m in names if part[1] in _clause_of(text, m.start, m.end)]
        if not names:
            return None
    low, high = focus(profile, text)
    near = [m for m in names if low <= m.start < high]
    if not near:
        confidence = lower(confidence, 0 if part else 1)
    roles = [m for m in near or names if has_role(text, m)]
    chosen = (roles or near or names)[0]
    joined = joined_names(text, names, chosen)
    others = [m for m in roles if not joined.start <= m.start < joined.end]
    if others or (not roles and not chosen.company):
        confidence = lower(confidence, 1 if others else 2)
    answer = text[joined.start : joined.end]
    return make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)


# 监理单位是哪家: who has another part in the same sentence (施工) is not asked for.
_PART_ASKED = re.compile(
    r"(监理|设计|勘察|检测|审计|评估|造价|代理|测评|鉴定)(?:服务)?(?:单位|公司|机构|企业|方)"
)


def _clause_of(text: str, start: int, end: int) -> str:
    """The clause between commas around a name."""
    low = max((text.rfind(mark, 0, start) for mark in "，,；;。、"), default=-1) + 1
    stop = re.compile("[，,；;。、]").search(text, end)
    return text[low : stop.start() if stop else len(text)]
