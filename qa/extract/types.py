"""Whether a place holds what kind of thing is asked for, and says more than the question does."""

from __future__ import annotations

import re

from ingest.quantity import Dimension
from qa.extract.places import Spot
from qa.figures.fitting import same_noun
from qa.figures.weighing import RUBRIC_COLUMN
from qa.plan import Plan, Target
from qa.texts.dates import dates_in, tells_event
from qa.texts.evaluators import asks_evaluator
from qa.texts.mentions import mentions
from qa.texts.model import TextKind
from qa.texts.numbers import numbers_in, titles_in
from qa.words.cues import COUNTERS
from qa.words.matching import grams, squeeze

_GRAINS = (
    (re.compile(r"哪一?[天日]|几[日号]"), re.compile(r"\d\s*日|\d[./-]\d{1,2}[./-]\d")),
    (re.compile(r"哪[一个]?月|几月|日期"), re.compile(r"\d\s*月|\d[./-]\d")),
)
_CAUSE = re.compile(r"因|由于|导致|主要(?:是|为|原因)|所致|影响")
_HOLDER = re.compile(
    r"副?(?:局长|所长|馆长|主任|组长|处长|科长|书记|部长|院长|校长|董事长|总经理|经理|法定代表人"
    r"|负责人|联系人|经办人|主评人|组员|填表人|填报人|审核人)"
)
_ROLES = ("施工", "监理", "设计", "审计", "检测", "勘察", "代理", "承办", "运维", "审核", "签字")
_EVALUATES = re.compile(
    r"(?:评价|评估)(?:组织|实施)?(?:机构|单位|方)|(?:委托|聘请|由|受)[^。]{2,60}(?:开展|实施|进行|承担)[^。]{0,20}(?:评价|评估)"
)
_COMPANY = re.compile(r"公司|供应商|服务商|承包|中标|事务所|第三方|企业|厂商|中介|承建|运营商|机构")
_GIVEN = re.compile(r"[:：由《]|负责|担任|任")
NAME_ASKED = re.compile(
    r"名称|名字|叫|哪一?[个项条]|(?:啥|什么)(?:项目|单位|公司|企业|名|指标|平台|系统)"
)
NAMING = (TextKind.FACT, TextKind.METHOD)  # kinds of text that a name alone may answer
_QUOTED = re.compile(r"[“\"]([^”\"]{2,40})[”\"]")
_CODE_ASKED = re.compile(r"编码|编号|代码|电话|网址|邮箱|\bcode\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@/-]{5,}")
_TITLE = re.compile(r".{0,40}(?:表|情况|说明|概况|报告|明细)")
_UP = re.compile(r"增[加长]|上升|提高|上涨|变多|[涨升超]|多了|大于|高于")
_DOWN = re.compile(
    r"减少|下降|降低|下滑|变少|少了|[降减]了?|小于|低于|压减|没花完|没用完|没到|未达"
)
_RUBRIC_ASKED = re.compile(r"标准|规定|公式|细则|怎么扣|如何扣")
_LEAST_TEXT = 6  # characters of a place whose words answer
_LEAST_NEW = 2  # grams that it has and the question has not
_POINTS = {Dimension.PERCENT, Dimension.POINT}


def holds(spot: Spot, plan: Plan) -> bool:
    """True where the place can be the answer by its kind."""
    if spot.figure is not None:
        return _measures(spot, plan.targets[0] if plan.targets else None)
    text = spot.segment.text
    return (
        len(spot.segment.own) >= _LEAST_TEXT
        and len(re.findall("[\u4e00-\u9fff]", text)) > 2
        and _of_kind(plan, text)
        and (plan.text_kind is not TextKind.DATE or tells_event(spot.segment, plan.question))
        and _new(plan.question, text)
        and spot.segment.own not in spot.names
        and not _opposed(plan, text, spot.around)
        and not _of_rubric(spot, plan.question)
    )


def _measures(spot: Spot, target: Target | None) -> bool:
    """Dimension and counted noun are those asked for."""
    if spot.figure is None or target is None:
        return True
    unit = spot.figure.quantity.unit
    other = target.dimension is not None and unit.dimension is not target.dimension
    if other and not (target.dimension in _POINTS and unit.dimension in _POINTS):
        return False
    counted = bool(target.noun) and bool(COUNTERS.fullmatch(target.noun))
    return not counted or same_noun(unit.noun, target.noun)


def _of_kind(plan: Plan, text: str) -> bool:
    asked, kind = plan.question, plan.text_kind
    if _CODE_ASKED.search(asked) and not _CODE.search(text):
        return False
    if any(role in asked and role not in text for role in _ROLES):
        return False
    if NAME_ASKED.search(asked) and kind in NAMING:
        return _fresh_name(asked, text)
    if kind is TextKind.DOCUMENT_NUMBER:
        return bool(numbers_in(text))
    if kind is TextKind.DATE:
        grains = (there for wanted, there in _GRAINS if wanted.search(asked))
        return bool(dates_in(text)) and all(there.search(text) for there in grains)
    if kind is TextKind.REASON:
        return bool(_CAUSE.search(text))
    return kind is not TextKind.PERSON_OR_BODY or _names_one(asked, text)


def _fresh_name(asked: str, text: str) -> bool:
    """A title, a quoted name or a body that the question does not have."""
    names = [text[low:high] for low, high in titles_in(text)]
    names += [text[m.start : m.end] for m in mentions(text)]
    names += _QUOTED.findall(text)
    return any(squeeze(name) not in squeeze(asked) for name in names)


def _names_one(asked: str, text: str) -> bool:
    """A holder of the post asked for, a company where one is, or somebody who has a part."""
    post = _HOLDER.search(asked)
    if post:
        return post.group() in text
    if asks_evaluator(asked) and not _EVALUATES.search(text):
        return False
    company = bool(_COMPANY.search(asked))
    names = [text[m.start : m.end] for m in mentions(text) if m.company or not company]
    fresh = any(squeeze(name) not in squeeze(asked) for name in names)
    if company:
        return fresh
    return bool(_GIVEN.search(text)) if "谁" in asked else fresh or bool(_GIVEN.search(text))


_NOT_DONE = re.compile("未(?:能|及时|按时|按期)*|没有?")


def _new(asked: str, text: str) -> bool:
    """False for a title, and for a place that only repeats the question."""
    more = grams(_NOT_DONE.sub("", text)) - grams(_NOT_DONE.sub("", asked))
    return len(more) >= _LEAST_NEW and not _TITLE.fullmatch(text.strip())


def _opposed(plan: Plan, text: str, around: str) -> bool:
    """The question takes a direction for granted that the place does not tell.

    A reason is of what its paragraph says; elsewhere only the other direction speaks against it.
    """
    up, down = bool(_UP.search(plan.question)), bool(_DOWN.search(plan.question))
    if up == down:
        return False
    if plan.text_kind is TextKind.REASON:
        return not (_UP if up else _DOWN).search(f"{text} {around}")
    risen, fallen = bool(_UP.search(text)), bool(_DOWN.search(text))
    return risen != fallen and risen != up


def _of_rubric(spot: Spot, asked: str) -> bool:
    """A cell that says how marks are given, where that is not asked."""
    place = spot.segment.place
    if place.table is None or place.column is None or _RUBRIC_ASKED.search(asked):
        return False
    head = "".join(spot.document.tables[place.table].columns[place.column].path)
    return bool(RUBRIC_COLUMN.search(head)) and not re.search("原因|说明", head)
