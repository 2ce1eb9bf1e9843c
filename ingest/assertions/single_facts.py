"""Facts of which a report has one: who holds a role, the grade, a document's number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.model import Assertion, ReportKind, Said
from ingest.reading.text import compact
from ingest.structure.texts import Sentence, Text, Texts, agreed, contrary

# Roles that one person or body holds; those of a project are compared within one project.
_OF_REPORT = ("评价机构", "委托单位", "委托方", "评价委托单位", "法定代表人", "单位负责人")
_OF_PROJECT = (
    "项目负责人", "主管部门", "项目主管部门", "实施单位", "项目实施单位", "项目承担单位", "项目编码",
    "项目代码",
)  # fmt: skip
_KEYS = (*_OF_REPORT, *_OF_PROJECT, "项目名称")
_LINE = re.compile(
    rf"(?:^|(?<=[\s;；,，。]))(?P<key>{'|'.join(sorted(_KEYS, key=len, reverse=True))})\s*(?:[:：]|为|是)\s*"
    r"(?P<value>[^\s,，;；。:：]{2,40})"
)
_STAMP = re.compile(r"[(（](?:盖章|公章|签章|签字|章|以下简称[^)）]*|全称)[)）]|[“”\"]")
_LISTED = re.compile(r"[、/]|和|及|等|各")
_BLANK = re.compile(r"^[/／\-—无〇○]*$")


_BODY = re.compile(r"(?:[局委厅办院处馆]|中心|委员会|办公室|政府)$")


class _Held(NamedTuple):
    """A role with its holder, and where that is said."""

    key: str
    value: str
    text: Text
    said: Said


def one_holder(texts: Texts) -> Iterator[Assertion]:
    """同一角色（评价机构、主管部门、实施单位、负责人……）在各处写的名称一致。

    来源：报告首页与正文的“评价机构：……”，自评表、申报表的表头栏。
    例：首页“评价机构：甲会计师事务所”，正文“评价机构为乙咨询有限公司”，不一致。
    边界：只查写作“名称：值”或表格中键与值相邻的；项目的角色只在同一项目名称之下比（评价报告的主管部门除外）；列出几家的、一处是另一处
    简称的不报。
    """
    groups: dict[tuple[object, ...], list[_Held]] = defaultdict(list)
    project = ""
    for held in _held(texts):
        if held.key == "项目名称":
            project = compact(held.value)
        elif held.key in _OF_REPORT:
            groups[held.text.part, held.key].append(held)
        elif not project and held.key.endswith("主管部门"):
            kind = texts.parts[held.text.block].kind
            if kind is ReportKind.PROJECT_EVALUATION and _BODY.search(held.value):
                groups[held.text.part, "主管部门"].append(held)
        elif project:
            key = held.key.removeprefix("项目") if held.key != "项目负责人" else held.key
            groups[held.text.part, key, project].append(held)
    for found in groups.values():
        yield from _one(texts, found)


_OF_ONE_PROJECT = re.compile(r"项目|工程|计划|专项|资金|经费|补贴|补助|平台")


def _apart(texts: Texts, one: _Held, other: _Held) -> bool:
    """True under headings that name two projects: a notice on several has an evaluator for each."""
    sections = texts.document.sections
    numbers = [held.text.section for held in (one, other)]
    titles = [sections[number].title for number in numbers if 0 <= number < len(sections)]
    return numbers[0] != numbers[1] and sum(map(bool, map(_OF_ONE_PROJECT.search, titles))) == 2


def _one(texts: Texts, found: list[_Held]) -> Iterator[Assertion]:
    first = found[0]
    for held in found[1:]:
        if _apart(texts, first, held):
            continue
        one, other = _plain(first.value), _plain(held.value)
        if one == other:
            yield agreed("one_holder", held.text.part, held.key, held.said, (first.said,))
        elif not _short_for(one, other):
            yield contrary("one_holder", held.text.part, held.key, held.said, (first.said,))
            return


def _plain(value: str) -> str:
    return _STAMP.sub("", compact(value))


def _short_for(one: str, other: str) -> bool:
    """True where one name may be short for the other: its characters stand there in order."""
    short, full = sorted((one, other), key=len)
    rest = iter(full)
    return all(char in rest for char in short)


def _held(texts: Texts) -> Iterator[_Held]:
    """The roles and their holders in reading order: lines, then the pairs of each table."""
    for text in sorted((*texts.prose, *texts.cells), key=lambda text: text.block):
        if text.locator.table is None:
            for match in _LINE.finditer(text.folded):
                said = text.said(match.start("value"), match.end("value"))
                yield from _plainly(match["key"], match["value"], text, said)
        elif compact(text.folded).rstrip(":") in _KEYS:
            value = _beside(texts, text)
            if value is not None:
                key = compact(text.folded).rstrip(":")
                yield from _plainly(key, value.folded, value, value.said(0, len(value.raw)))


def _beside(texts: Texts, key: Text) -> Text | None:
    """The next cell of the row that is not empty."""
    place = key.locator
    table = texts.document.tables[place.table or 0]
    for column in range((place.column or 0) + 1, len(table.columns)):
        cell = texts.grid.get((table.no, place.row or 0, column))
        if cell is not None:
            return cell
    return None


def _plainly(key: str, value: str, text: Text, said: Said) -> Iterator[_Held]:
    named = compact(value)
    listed = _LISTED.search(named) and key != "项目名称"
    if not listed and not _BLANK.match(named) and named not in _KEYS and 2 <= len(named) <= 40:
        yield _Held(key, named, text, said)


_GRADE = re.compile(
    r"(?P<who>自评|复核|复评|评价|评定|综合|财政|审核|抽查|最终)?(?:(?:结果|结论)?(?:评定)?的?(?:等级|等次|档次|评级)(?:评定)?|结果|结论)"
    r"(?:为|是|属于|:)?\s*[“\"]?(?P<grade>优秀|优|良好|良|中|差|低|合格|不合格)(?![\d好秀等先质化势异于级中])[”\"]?(?!\d|[^,;。]{0,2}\d+\s*[个项])"
)
_PARTIAL = re.compile(
    r"各|其中|分别|上年|去年|20\d\d年度?(?:的)?评价|指标|单位数|个项目|家|评为|划分|标准|以上|以下|若|如|不得|可"
)
_SAME = {"优秀": "优", "良好": "良"}


_Grades = dict[tuple[int, str, str], list[tuple[str, Said]]]


def one_grade(texts: Texts) -> Iterator[Assertion]:
    """同一次评价的等级在各处一致。

    来源：摘要、评价结论、综合评价情况、自评表的“评价等级为“良””。
    例：摘要写“等级为“优””，结论写“评价等级“良””，不一致。
    边界：得分相同而等级不同，或者只评一个项目的报告里两处等级不同，才报；自评、复核、评价各与各比；指标、各单位、
    上年的等级和等级划分标准不查；同一句里几个等级的不查。
    """
    found: _Grades = defaultdict(list)
    for sentence in texts.sentences:
        matches = list(_GRADE.finditer(sentence.words))
        if len(matches) != 1 or _PARTIAL.search(_clause(sentence, matches[0])):
            continue
        match, part = matches[0], texts.parts[sentence.text.block]
        kind = match["who"] if match["who"] in _APART else ""
        side = (
            _SAME.get(match["grade"], match["grade"]),
            sentence.said(match.start(), match.end()),
        )
        scores = set(_SCORE.findall(sentence.words))
        if len(scores) == 1:
            found[part.no, kind, scores.pop()].append(side)
        elif not scores and part.kind in _PROJECTS and not _QUOTED.search(sentence.words):
            found[part.no, kind, ""].append(side)
    for (number, kind, _), sides in _of_one_score(found).items():
        first_grade, first = sides[0]
        for grade, said in sides[1:]:
            subject = f"{kind}等级"
            if grade == first_grade:
                yield agreed("one_grade", number, subject, said, (first,))
            else:
                yield contrary("one_grade", number, subject, said, (first,))
                break


def _of_one_score(found: _Grades) -> _Grades:
    """Grades without a score are of the one score that their evaluation states."""
    scores: dict[tuple[int, str], set[str]] = defaultdict(set)
    for number, kind, score in found:
        scores[number, kind].add(score)
    merged: _Grades = defaultdict(list)
    for (number, kind, score), sides in found.items():
        one = scores[number, kind] - {""}
        merged[number, kind, score or (one.pop() if len(one) == 1 else "")] += sides
    return merged


_APART = ("自评", "复核", "复评", "财政", "审核", "抽查")
_PROJECTS = (ReportKind.PROJECT_EVALUATION, ReportKind.PROJECT_SELF_EVALUATION)
_SCORE = re.compile(r"(\d{2,3}(?:\.\d+)?)分(?!值|的)")
_QUOTED = re.compile(r"“[^”]{3,}”项目|子项目|各项目")


def _clause(sentence: Sentence, match: re.Match[str]) -> str:
    before = re.split(r"[;。]", sentence.words[: match.start()])[-1]
    return before + re.split(r"[,;。]", sentence.words[match.end() :])[0]


_NUMBERED = re.compile(
    r"《(?P<title>[^《》]{8,80}(?:〈[^〉]*〉[^《》]{0,40})?)》\s*[(（](?P<code>[\u4e00-\u9fff]{1,12})\s*[〔\[]\s*(?P<year>20\d\d)\s*[〕\]]\s*(?P<number>\d{1,5})\s*号[)）]"
)


def document_number(texts: Texts) -> Iterator[Assertion]:
    """同一文件的文号在各处一致。

    来源：评价依据、立项依据里“《……》（某财〔2020〕86号）”。
    例：同一办法一处写“番财〔2020〕86号”，一处写“番财〔2020〕68号”，不一致。
    边界：文件名逐字相同；机关代字相同，而且年份或序号之一相同才报（每年一份的通知不报）。
    """
    known: dict[str, tuple[tuple[str, str, str], Said]] = {}
    told: set[str] = set()
    for text in (*texts.prose, *texts.cells):
        for match in _NUMBERED.finditer(text.folded):
            title = compact(match["title"])
            number = (match["code"], match["year"], match["number"].lstrip("0"))
            said = text.said(match.start("code"), match.end() - 1)
            if title not in known:
                known[title] = (number, said)
            elif known[title][0] == number or title in told:
                continue
            elif known[title][0][0] == number[0] and set(known[title][0][1:]) & set(number[1:]):
                told.add(title)
                subject = f"《{match['title']}》的文号"
                yield contrary("document_number", text.part, subject, said, (known[title][1],))
