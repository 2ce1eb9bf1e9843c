"""Why something was missed, told in other words than it is asked for: 没按时完工, and 完工时间推迟20天."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.texts.causes import Cause, causes
from qa.texts.index import AROUND, LABEL, OWN, Index, index_of, profile_for, scope_parts, trim
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import HIGH_SHARE, NOTHING_ASKED, make_finding, source_text, text_at
from qa.texts.statements import labels_of
from qa.texts.terms import Coverage, Profile, squeezed, squeezed_twice, strip_words

_NOT = r"(?:没(?:有|能)?|未(?:能|曾)?|尚未|不)"


@dataclass(frozen=True, slots=True)
class _Miss:
    """A way in which something falls short: how it is asked about, and how reports tell it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


_MISSES = (
    _Miss(
        re.compile(
            rf"{_NOT}(?:按时|按期|如期|及时|准时)(?!足额)|[延误]期|延迟|延误|推迟|拖延|拖到?了?|逾期|超期|滞后"
            r"|晚(?:拨|发|到|付|下达|开工|完工|交|了)|(?:才|晚)(?:完工|开工|发放?|拨付?|到账|下达|支付)|这么晚"
        ),
        re.compile(
            r"推迟|延迟|延误|延期|逾期|超期|滞后|晚于|晚[拨发到付]|迟至|才[完拨发]|比计划[^，。；]{0,4}晚"
            r"|(?:应于|原定|原计划|计划|要求|约定)[^。；]{0,40}?(?:实际|才)|未(?:能)?(?:按时|按期|如期|及时)"
        ),
    ),
    _Miss(
        re.compile(
            r"没(?:有|能)?(?:花|用|支|付)(?:完|出去|掉|了)?|(?:支出)?决算数?小于预算数?|执行率?(?:这么|不|偏|较|很|比较)低"
            r"|花不(?:完|出去)|用不完|(?:有)?结余"
        ),
        re.compile(
            r"(?:执行率?|支出率|支付率|支出进度)[^，。；]{0,12}(?:低|慢)|结余|未(?:能)?(?:全部|及时|在年内)?(?:支付|支出|使用|执行)"
            r"|(?:支出)?决算数?[小低]于|没有支出"
        ),
    ),
    _Miss(
        re.compile(
            rf"{_NOT}(?:全部|全面|足额)?(?:完成|达标|达到|实现|完|建成?|干完|弄完|修完|做完|做到|合格)|超标|超过目标|不达标"
            r"|卡在"
        ),
        re.compile(
            r"未(?:能)?(?:全部|全面|足额)?(?:完成|达标|达到|达|实现|建成?|开工|实施|通过)|没有?(?:完成|达到|实现|达标)"
            r"|少完成|[低少小]于(?:计划|目标|任务|年度)|超[过出](?:目标|标准|计划)|不达标|不合格|高于目标"
        ),
    ),
    _Miss(re.compile("不满意"), re.compile("不满意")),
)
_LEFT = re.compile(
    r"^(?:月|的)?[这那]?[批笔块个些](?=[一-鿿]{2})|^(?:\d{1,2}月)?[才就又还]$|^(?:钱|项目的?|任务|目标|计划|指标|工作|情况|群众对)$"
    r"|(?<=[一-鿿]{2})(?:任务|工作|的?钱)$|^群众(?:对|$)|根子|症结|[按如][时期](?:完工|完成|开工|发放|拨付|到位)?$"
)
_LEAST = 0.5  # of the thing asked about that the sentence itself has to name
# What a sentence may say that names no thing of its own: 不满意的, 项目于3月开工，较计划推迟9天.
_OF_NOTHING = re.compile(
    r"不满意|执行率?|偏低|较低|未?(?:按时|按期)?(?:完成|达标|完工|竣工|开工|支付|验收|发放|下达)|[较比]?原?计划|目标|任务|推迟|延[迟期误]"
    r"|逾期|晚于|本|该|项目|工程|实际|全部|主要|(?:19|20)?\d+年|\d+月|\d+日|\d[\d.,]*(?:天|个工作日|%|万元)?|[的于在至因为]|[，,。；;：:、]"
)
_NAMES = 2  # characters that name a thing


def find_misses(scope: ScopedDocument, question: str, terms: tuple[str, ...]) -> list[TextFinding]:
    """The one cause that is told of the thing asked about, and of its falling short as is asked.

    Two causes of one thing answer nothing: which is meant is not known.
    """
    miss = next((each for each in _MISSES if each.asked.search(question)), None)
    if miss is None:
        return []
    kept = strip_words(strip_words(terms, miss.asked), _LEFT)
    profile, index = profile_for(scope, kept), index_of(scope.document)
    found: dict[str, TextFinding] = {}
    for cause, event in _events(scope, index):
        coverage = _about(index, profile, cause, event)
        if not miss.told.search(event) or coverage is None:
            continue
        whole = source_text(index, cause.sentence)
        start, end = trim(whole, cause.sentence.start, cause.sentence.end)
        place = replace(cause.sentence, start=start, end=end)
        made = make_finding(scope, place, Confidence.MEDIUM, coverage)
        found.setdefault(squeezed(text_at(index, cause.place)), made)
    return list(found.values()) if len(found) == 1 else []


def _events(scope: ScopedDocument, index: Index) -> Iterator[tuple[Cause, str]]:
    """The causes in scope, each with what it is the cause of."""
    wanted = scope_parts(scope)
    for cause in causes(index):
        if wanted is None or cause.part in wanted:
            yield cause, _explained(index, cause)


def _explained(index: Index, cause: Cause) -> str:
    """What a sentence says beside its cause: 甲因故障，停驶36天 is of 甲停驶36天."""
    if cause.told is not None:
        return cause.told.text
    text = source_text(index, cause.sentence)
    before = text[cause.sentence.start : cause.place.start]
    _, comma, behind = text_at(index, cause.place).partition("，")
    return f"{before}{behind if comma else text_at(index, cause.place)}"


def _about(index: Index, profile: Profile, cause: Cause, event: str) -> Coverage | None:
    """How the place names the thing asked about; None where it is another's."""
    said = re.split("[。；;]", event.rstrip("。；; "))[-1]
    bare = len(_OF_NOTHING.sub("", squeezed(said))) < _NAMES
    if profile.empty:  # a project's name was all that the question named
        project = index.document.part_of(cause.sentence.block).project.value
        return NOTHING_ASKED if bare and project else None
    own = squeezed_twice(event)
    label = squeezed("\n".join(labels_of(index, cause.sentence)))
    part = index.document.part_of(cause.sentence.block)
    report = squeezed("\n".join((part.title.value, part.project.value)))
    around = squeezed(source_text(index, cause.sentence))
    layers = ((OWN, own), (LABEL, label), (AROUND, around), (AROUND, report))
    coverage = profile.cover(layers)
    if coverage.share < HIGH_SHARE:
        return None
    return coverage if bare or profile.cover(((OWN, own),)).share >= _LEAST else None
