"""The noun phrases of sentences: what names a number, what stays subject for the next."""

from __future__ import annotations

import re

from ingest.model import Role
from ingest.reading.bounds import NO_ABOUT, NO_OVER

SUBJECTLESS = re.compile(
    r"^(?:该|此|本|其|上述|各|这)?(?:项|个)?(?:指标|项目|评价|单位|部门|任务|工作|资金|经费|年度|局)*"
    r"(?:共|合计|共计|总计|年初|设定|设置|下设|的)*$"
)
LEADING = re.compile(
    r"^(?:(?:其中|另外|此外|同时|以及|并且|并|和|及(?![时格])|与|且|而|其(?!他|余|它)|中(?![国央共小学等心层修标选介转间期型西医药职考奖毒断止])|包括|含|分别|另有|另|还|共有|"
    r"为(?=年初|年度|全年|上年|计划|预算|目标|去年)|(?:主要)?(?:是)?(?:因为|由于)|(?:其)?主要原因(?:是|为|:)|原因(?:是|为|:)|"
    r"[一二三四五六七八九十]+是|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、)]|[①-⑳]|#+|-)"
    r"[、,:;\s]*)+"
)
_TRAILING = re.compile(
    rf"(?:\s|(?<=[一-鿿]{{2}})也(?=是|为|达|$)|为|是|(?<![下传转送抵表发到])达到?|{NO_ABOUT}约|(?<![附邻临亲靠])近|{NO_OVER}超过?|有|了|到|"
    r"(?<!合)(?<!总)(?<!累)计|:|(?<![月人日年])均|仅|已|累计|(?<!公)共计?|"
    r"\(|“|分别|各|只|就|至|不到|逾|的)+$"
)
SCORE_WORDS = re.compile(
    r"评价得分|综合得分|综合评分|实际得分|指标分值|设定分值|得分率|评分|得分|得|分值|满分|权重|扣分?|设定|评价|自评|指标|[占获为是]"
)
_SCORE_END = re.compile(
    r"(?:(?:的|设定|评价|自评|实际|综合|标准|总)?(?:得分率|得分|分值|满分|权重|评分|扣分|得|扣|占)|最[高低]|[,，](?:仅|只)?为?)+$"
)
# 得分率最低，仅为81.67%: what is said of the thing before the comma.
_RANKED = re.compile(r"最[高低多少大小],(?:仅|只)?(?:为|是|达到?)?$")
# 收、支总计各增加: both of them.
_EACH_MOVED = re.compile(r"(?<=[一-鿿])(?:各|均)(?=(?:增加|增长|减少|下降|上升|降低)了?\s*$)")
# 项目决策（满分20分）
_OPENED = re.compile(r"\((?:满分|分值|权重|标准分值?|占|总分|共)*$")
# Nouns that name a column, not a thing: they speak of the subject before them.
GENERIC_NOUN = re.compile(
    r"^(?!本年(?:支出|收入)$)(?:完成)?(?:全年|年初|年度|调整后|当年|本年|实际)?(?:支出|收入)?(?:决算|预算|执行|支出|收入|完成)(?:数|额|总额)?$|"
    r"^(?:年度|年初|实际|预期)?(?:目标|指标|完成)值$"
)
# “三公”经费支出预算49.9万元，支出决算7.69万元: the second is no budget's.
_BUDGET_END = re.compile(
    r"(?:(?:支出|收入)(?:年初|全年|年度)?预算|(?:年初|全年|年度|调整后)(?:支出|收入)?预算|(?<=费)预算|(?<=资金)预算|预算(?=[数额]))"
    r"(?:数|额|总额)?$"
)
_SPENT = re.compile("决算|执行")


def of_other_stage(subject: str, own: str) -> str:
    """A subject without the budget that it ends in, where what is told of it is its final account."""
    if "预算" in own or not _SPENT.search(own):
        return subject
    return _BUDGET_END.sub("", subject).strip() or subject


# 年中调减36.5万元: of the budget spoken of.
ADJUSTED = re.compile(
    r"^(?:年中|年内|当年|中期)(?:预算)?(?:调增|调减|追加|核减|压减|调整)(?:预算|资金)?$"
)
_CALLED = re.compile(r"\((?:以下)?(?:简称|统称|下称)[^()]{1,40}\)")
_OF_THIS = re.compile(
    r"^(?:[该本](?:项目|专项|资金)(?:20\d\d年度?)?(?=(?:全年|年初|总|实际)?(?:预算|决算|支出|执行|资金))|"
    r"[该此]项(?=(?:支出|经费|费用|收入|资金)))"
)
SCORED_ROLES = (Role.FULL_MARK, Role.SCORE, Role.SCORE_RATE, Role.DEDUCTION)
DEPENDENT = (Role.CHANGE, Role.GROWTH, Role.COMPLETION, Role.SHARE)
NAMED_RATE = re.compile(r"率$")
_FRESH = re.compile(
    r"^(?!比|较|与|同|跟|完成|主要)(?P<name>[^,;。占]{2,30}?(?:支出|收入|费用?|经费|资金|结余|拨款|补助|资产|负债|决算|数量?|合计|总计|案件|人次|面积|里程|规模))"
    r"(?=比|较|与|同|跟|完成|增|减|下降|降|上升|的?预算执行率)"
)
_BOUND = re.compile(r"^不?(?:高于|低于|超过|超出|少于|多于|小于|大于|高|低|超)$")
_CAUSE = re.compile(
    r"^[\s,]*(?:其|主要)*(?:原因(?:是|为|:|在于)|是因为|是由于|系|由于|[一二三四五]是)(?:由于|因)?"
    r"(?P<name>[^,;。:\d]{2,24}?)(?:比上年|较上年|同比|相应)?(?:增加|减少|增长|下降|上升|提高|降低|增支|减支)"
)


def cause_of(clause: str) -> str:
    """What moved where a clause tells why another did (``主要原因是人员经费增加``), or ""."""
    match = _CAUSE.match(clause)
    return clean(match["name"]) if match else ""


def fresh_subject(own: str, role: Role) -> str:
    """The new subject that a clause about a change names itself (``；事业收入比上年减少``), or ""."""
    match = _FRESH.match(own) if role in (Role.CHANGE, Role.GROWTH, Role.COMPLETION) else None
    name = clean(match["name"]) if match else ""
    plain = GENERIC_NOUN.match(name) or SUBJECTLESS.match(name) or len(name) < 3
    return "" if plain else name


def noun_of(clause: str) -> str:
    """The noun phrase that names the number: its clause without connectives and copulas."""
    body = _EACH_MOVED.sub("", _RANKED.sub("", clause))
    head, found, tail = body.rpartition(":")
    if found:
        body = tail if clean(tail) else head
    return clean(_OPENED.sub("", body.strip()))


def clean(body: str) -> str:
    """A phrase without connectives before it and copulas after it, and without 以下简称… in brackets."""
    inner = _CALLED.sub("", body).strip().lstrip(")")
    inner = _OF_THIS.sub("", inner.lstrip("(") if ")" not in inner else inner)
    return _unquoted(_TRAILING.sub("", LEADING.sub("", inner)).strip(' \t"、,'))


def _unquoted(phrase: str) -> str:
    """Without quotation marks around the whole, and without one that has lost its other half."""
    if phrase.startswith("“") and phrase.endswith("”") and phrase.count("“") == 1:
        phrase = phrase[1:-1]
    if phrase.startswith("”") or (phrase.startswith("“") and "”" not in phrase):
        phrase = phrase[1:]
    if phrase.endswith("“") or (phrase.endswith("”") and "“" not in phrase):
        phrase = phrase[:-1]
    return phrase.strip(' \t"、,')


def scored_name(noun: str) -> str:
    """What is scored: ``产出指标`` of ``产出指标分值``."""
    name = clean(_SCORE_END.sub("", noun))
    return noun if re.match(r"^(?:[本此该]次?.?)?$", name) else name


def lead_subject(noun: str, role: Role) -> str:
    """The part of a noun phrase that stays subject for the clauses after it."""
    if role is Role.SHARE:
        noun = noun.partition("占")[0]
    cut = re.split(
        r"(?:比|较|与|同|跟)\s*20\d\d|20\d\d\s*年(?:相比|比)|比(?:上|去|年|预)|较(?:上|去|年)|同比|完成(?:全年|年初|年度|调整)?预算|预算执行率|得分率|"
        r"(?:支出|收入)?(?:全年|年初|年度|调整后)预算|(?:指标)?分值|评价得分|计划|实际|预期|(?:年度)?(?:目标|指标|完成)值",
        noun,
    )[0]
    cleaned = clean(cut)
    return "" if SUBJECTLESS.match(cleaned) or _BOUND.match(cleaned) else cleaned
