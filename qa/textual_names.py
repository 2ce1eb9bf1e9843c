"""PERSON_OR_BODY: who carried out, was commissioned, supplies, leads. Never the nearest name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.textual_index import OWN, profile_for
from qa.textual_labels import labelled_values
from qa.textual_model import Confidence, ScopedDocument, TextFinding
from qa.textual_search import (
    Hit,
    behind,
    confidence_of,
    lower,
    make_finding,
    ranked,
)
from qa.textual_terms import squeezed, strip_words

NAME_WORDS = re.compile(
    r"谁|哪[家个一些]|哪几[家个]|什么(?:公司|单位|部门|机构|人)?|名称|名字"
    r"|姓名|叫|全称|由|是|who|which|whom|company|name"
)
_KIND_WORDS = re.compile(r"公司|单位|部门|机构|企业")
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
_COMPANY_END = (
    r"(?:有限责任公司|股份有限公司|有限公司|公司|事务所|研究院|研究所|设计院"
    r"|集团|合伙企业)(?:（(?!以下|下称|简称)[^）]{2,14}）|\((?!以下|下称"
    r"|简称)[^)]{2,14}\))?"
)
_BODY_END = (
    r"(?:委员会|办公室|管理局|人民政府|领导小组|工作组|评审小组|小组|中心|大队"
    r"|支队|学校|大学|学院|医院|银行|协会|局|厅|委|处|科)"
)
_RUN = r"[\u4e00-\u9fffA-Za-z0-9（）()·]"
_COMPANY = re.compile(rf"{_RUN}{{2,40}}?{_COMPANY_END}(?!章程|法|制)")
_BODY = re.compile(rf"[\u4e00-\u9fff]{{1,30}}?{_BODY_END}(?![\u4e00-\u9fff]{{0,1}}(?:长|员|技|学))")
_VERBS = re.compile(
    r".*(?:委托(?:了)?|确定了?|聘请了?|选取|选定了?|引入|采购了?|作为|邀请了?"
    r"|联合|根据|授予|组织|指导|经过|经由|通过|按照|依据"
    r"|报送|提交|移交给?|交给|交由|划入|划归|划转|转给|归口|隶属于|授权|(?:单位|人|商|机构|方|公司|部门)(?:分别)?(?:为"
    r"|是|：|:)|其中|包括|以及|结合|申请|对接|要求)"
)
_LEADING = re.compile(r"^[由受与向经被给对在从将把请即是和及]+")
_COMMISSIONED_BY = re.compile(r"受(?P<by>[^，。；,;]{2,60}?)(?:（[^）]*）|\([^)]*\))?的?委托")
_ASKS_COMMISSIONER = re.compile(
    r"受(?:谁|哪|什么)|谁委托|哪[个家](?:部门|单位|局)?(?:来)?委托|委托(?:方"
    r"|人|单位|部门)(?:是|为)|谁的委托|委托方"
)


_ASKS_EVALUATOR = re.compile(
    r"第三方(?:评价)?机构|评价机构|评估机构|第三方评价|委托.{0,6}(?:谁|哪"
    r"|什么)|(?:谁|哪家|哪个机构).{0,8}(?:评价|评估)|评价.{0,6}(?:谁|哪家)"
)
_EVALUATOR_WORDS = re.compile(
    r"第三方|评价机构|评估机构|绩效评价|绩效评估|重点|评价|评估|委托|机构|公司"
    r"|报告|开展|实施|出具|承担|负责|做|中介"
)
_NOBODY = re.compile(r"[^，。；]*(?:未|无|没有)(?:再)?委托[^，。；]*")


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    company: bool


def find_bodies(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """The person or body that the question asks for; nothing when no place names it in that role."""
    kept = strip_words(terms, NAME_WORDS)
    title = _TITLE.search(question)
    if title:
        return _of_title(scope, kept, title.group())
    labelled = labelled_values(scope, profile_for(scope, kept or terms), want=_is_name)
    if labelled and labelled[0].confidence is Confidence.HIGH:
        return labelled
    if _ASKS_COMMISSIONER.search(question):
        found = _commissioners(scope, kept)
        if found:
            return found
    if _ASKS_EVALUATOR.search(question):
        found = _evaluators(scope, strip_words(kept, _EVALUATOR_WORDS))
        if found:
            return found
    return labelled + _in_sentences(scope, question, kept)


def _is_name(value: str) -> bool:
    return bool(re.search(rf"{_COMPANY_END}|{_BODY_END}", value)) and not re.search("[。；]", value)


def _of_title(scope: ScopedDocument, terms: tuple[str, ...], title: str) -> list[TextFinding]:
    """``由X任组长``, ``局长：X``, ``联系电话：…``: the holder must stand beside the title."""
    shape = re.compile(
        rf"(?:由|，|,|。|^)\s*(?P<a>[^，。；：,;:由]{{2,20}}?)(?:同志)?(?:担任|任"
        rf"|为)[^，。；,;]{{0,12}}?(?<!副){title}"
        rf"|(?<!副){title}(?:姓名)?\s*[:：]\s*(?P<b>[^，。；,;\s]{{2,30}})"
        rf"|(?<!副){title}(?:由|是)(?P<c>[^，。；,;\s]{{2,20}}?)(?:同志)?(?:担任|兼任|，|。|；)"
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
    for hit in ranked(scope, profile, lambda s: bool(_COMMISSIONED_BY.search(s.text)), floor=0.5):
        match = _COMMISSIONED_BY.search(hit.segment.text)
        if match:
            answer = re.sub(r"[（(].*$", "", match["by"])
            confidence = Confidence.HIGH if hit.coverage.share >= 0.7 else Confidence.MEDIUM
            found.append(
                make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)
            )
    return found


def _evaluators(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """Who was commissioned to evaluate; or the statement that nobody was, as a conflict."""
    profile = profile_for(scope, terms)
    found: list[TextFinding] = []
    for hit in ranked(scope, profile, lambda s: "委托" in s.text and "评价" in s.text, floor=0.7):
        text = hit.segment.text
        confidence = confidence_of(hit.coverage.share) or Confidence.LOW
        none = _NOBODY.search(text)
        by = _COMMISSIONED_BY.search(text)
        names = [m for m in _mentions(text) if m.company and not _within(m, by)]
        if none is not None:
            told = none.group()
            found.append(
                make_finding(
                    scope, hit.segment.place, confidence, hit.coverage, answer=told, conflict=told
                )
            )
        elif names:
            answer = text[names[0].start : names[0].end]
            found.append(
                make_finding(scope, hit.segment.place, confidence, hit.coverage, answer=answer)
            )
    named = [f for f in found if not f.conflict]
    return behind(named if named and profile.empty else found, 0.1)


def _within(mention: _Mention, match: re.Match[str] | None) -> bool:
    return match is not None and match.start() <= mention.start < match.end()


def _in_sentences(
    scope: ScopedDocument, question: str, terms: tuple[str, ...]
) -> list[TextFinding]:
    company = bool(_COMPANY_ASKED.search(question)) and not _BODY_ASKED.search(question)
    profile = profile_for(scope, terms)
    if profile.empty:
        return []
    asked = squeezed(question)
    found: list[TextFinding] = []
    for hit in ranked(scope, profile, lambda s: any(_mentions(s.text)), floor=0.7)[:12]:
        names = [m for m in _mentions(hit.segment.text) if m.company or not company]
        names = [m for m in names if squeezed(hit.segment.text[m.start : m.end]) not in asked]
        confidence = confidence_of(hit.coverage.share)
        if profile.cover(((OWN, hit.segment.own),)).share < 0.8 and confidence:
            confidence = lower(confidence)
        if names and confidence:
            found.append(_choose(scope, hit, names, confidence))
    found.sort(key=lambda f: (f.confidence.rank, -f.score))
    best = found[0].matched if found else ()
    return behind([f for f in found if len(f.matched) >= len(best)])


def _choose(
    scope: ScopedDocument, hit: Hit, names: list[_Mention], confidence: Confidence
) -> TextFinding:
    text = hit.segment.text
    roles = [m for m in names if _has_role(text, m)] or names
    if len({squeezed(text[m.start : m.end]) for m in roles}) > 1:
        confidence = lower(confidence)
    if not any(_has_role(text, m) for m in roles) and not roles[0].company:
        confidence = lower(confidence)
    best = roles[0]
    return make_finding(
        scope, hit.segment.place, confidence, hit.coverage, answer=text[best.start : best.end]
    )


def _has_role(text: str, mention: _Mention) -> bool:
    """True when the words beside a name give it a part in what is told."""
    before, after = (
        text[max(0, mention.start - 8) : mention.start],
        text[mention.end : mention.end + 14],
    )
    return bool(
        re.search(
            r"(?:委托|由|确定了?|聘请了?|选定了?|划[入归转]|移交|交给|授权|(?:为|是|：|:))[“\"]?$",
            before,
        )
        or re.match(
            (
                r"[”\"]?(?:（[^）]*）)?(?:作为|为|担任|承担|负责|实施|中标|受|牵头|制定"
                r"|印发|将|建立|组织|交|出具|审议|批复|提供)"
            ),
            after,
        )
    )


def _mentions(text: str) -> Iterator[_Mention]:
    taken: list[tuple[int, int]] = []
    for pattern, company in ((_COMPANY, True), (_BODY, False)):
        for match in pattern.finditer(text):
            start, end = _trim_name(text, match.start(), match.end())
            if end - start < 3 or any(start < high and low < end for low, high in taken):
                continue
            taken.append((start, end))
            yield _Mention(start, end, company)


def _trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    cut = _VERBS.match(text[start:end])
    if cut and cut.end() < end - start - 2:
        start += cut.end()
    lead = _LEADING.match(text[start:end])
    if lead and end - start - lead.end() >= 3:
        start += lead.end()
    return start, end
