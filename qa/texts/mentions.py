"""Names of companies and bodies in running text, and the part that the words beside give them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

COMPANY_END = (
    r"(?:有限责任公司|股份有限公司|有限公司|公司|事务所(?:有限(?:责任)?公司)?|研究院|研究所|设计院"
    r"|集团|合伙企业)(?:（(?!以下|下称|简称)[^）]{2,14}）|\((?!以下|下称"
    r"|简称)[^)]{2,14}\))?"
)
BODY_END = (
    r"(?:委员会|办公室|管理局|人民政府|领导小组|工作组|评审小组|小组|中心|大队"
    r"|支队|总队|调查队|慈善会|慈善总会|基金会|红十字会|商会|学会|研究会|联合会|学校|大学(?![堂城生])|学院|医院|保健院|卫生院|服务站|银行|协会|局|厅|委|处|科)"
)
_RUN = r"[\u4e00-\u9fffA-Za-z0-9（）()·]"
_COMPANY = re.compile(rf"{_RUN}{{2,40}}?{COMPANY_END}(?!章程|法|制)")
_BODY = re.compile(rf"[\u4e00-\u9fff]{{1,30}}?{BODY_END}(?![\u4e00-\u9fff]{{0,1}}(?:长|员|技|学))")
_VERBS = re.compile(
    r".*(?:(?<!自)由(?=.{3})|委托(?:了)?|确定了?|聘请了?|选取|选定了?|引入|采购了?|作为|邀请了?"
    r"|第三方(?:服务|评价|技术)?机构(?=.{4})|联合|根据|授予|组织|指导|经过|经由|通过|按照|依据"
    r"|报送|提交|移交给?|交给|交由|划入|划归|划转|转给|归口|隶属于|授权|(?:单位|人|商|机构|方|公司|部门)(?:分别)?(?:为"
    r"|是|：|:)|其中|包括|以及|结合|申请|对接|要求)"
)
_NO_NAME = re.compile(
    r"(?:[一二三四五六]是)?(?:第?三方|该|本|我|各|某|有关|相关|多家|其他|运维|施工|监理|中介|专业|外包|服务|技术|评价|咨询|[一二两三四五六七八九十\d]+家)+"
    r"(?:[公司事务所机构局处科委中心小组工作]+)$"
)
_LEADING = re.compile(r"^[由受与向经被给对在从将把请即是和及为系]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at ``text[start:end]``."""

    start: int
    end: int
    company: bool


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """The names in a text, in order; an office (某科) goes with the body (某局) right before it."""
    found: list[Mention] = []
    for pattern, company in ((_COMPANY, True), (_BODY, False)):
        for match in pattern.finditer(text):
            start, end = _trim_name(text, match.start(), match.end())
            proper = not _NO_NAME.match(text[start:end])
            if (
                proper
                and end - start >= 3
                and not any(start < m.end and m.start < end for m in found)
            ):
                found.append(Mention(start, end, company))
    found.sort(key=lambda m: m.start)
    merged: list[Mention] = []
    for mention in found:
        inside = not mention.company or _BRANCH.search(text[mention.start : mention.end])
        if merged and merged[-1].end == mention.start and inside:
            merged[-1] = Mention(merged[-1].start, mention.end, merged[-1].company)
        else:
            merged.append(mention)
    return tuple(merged)


_BRANCH = re.compile("[分子]公司$")  # 某有限公司某市分公司 is one name


def _trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    cut = _VERBS.match(text[start:end])
    if cut and cut.end() < end - start - 2:
        start += cut.end()
    lead = _LEADING.match(text[start:end])
    if lead and end - start - lead.end() >= 3:
        start += lead.end()
    return start, end


def has_role(text: str, mention: Mention) -> bool:
    """True when the words beside a name give it a part in what is told."""
    before = text[max(0, mention.start - 8) : mention.start]
    after = text[mention.end : mention.end + 14]
    return bool(_GIVEN.search(before) or _TAKES.match(after))


_GIVEN = re.compile(
    r"(?:委托|由|确定了?|聘请了?|选定了?|划[入归转]|移交|交给|授权|(?:为|是|：|:))[“\"]?$"
)
_TAKES = re.compile(
    r"[”\"]?(?:（[^）]*）)?(?:具体|共同|分别)?(?:作为|为|担任|承担|负责|实施|中标|受|牵头|制定|印发"
    r"|将|建立|组织|交|出具|审议|批复|提供|捐赠|资助|赞助|拨付)"
)


def joined_names(text: str, names: list[Mention], chosen: Mention) -> Mention:
    """The chosen name with those that 、 or 和 joins to it: together they play the part."""
    start, end = chosen.start, chosen.end
    for before, after in pairwise(names):
        if (
            before.end <= start
            and after.start == start
            and _JOINT.fullmatch(text[before.end : start])
        ):
            start = before.start
    for before, after in pairwise(names):
        if before.end == end and _JOINT.fullmatch(text[end : after.start]):
            end = after.end
    return Mention(start, end, chosen.company)


_JOINT = re.compile(r"\s*[、和与及]\s*")
