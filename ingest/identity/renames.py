"""What a report says of names: a body or project renamed, reorganised or called short, and its code.

Pure. Names are given as printed, without quotes; whose they are is decided by those who align them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.model import Block, BlockKind, Document, Part, Span, Table
from ingest.reading.text import fold


class Told(StrEnum):
    """What is said of a name."""

    RENAMED = "renamed"  # first is the earlier name, second the later one
    REORGANISED = "reorganised"  # second took over from first: not surely the same body
    CODED = "coded"  # first is the name, second its code
    SHORTENED = "shortened"  # first is what the report calls its own project or body for short


@dataclass(frozen=True, slots=True)
class NameTold:
    """A statement on names and where it stands.

    `subject` is ``unit`` or ``project``; `span` are the raw characters of the statement, `part`
    the number of the part that makes it.
    """

    told: Told
    subject: str
    first: str
    second: str
    part: int
    span: Span
    page: int | None


_HAN = r"[\u4e00-\u9fff、()]{4,30}"
_BODY = r"(?:局|委员会|办公室|厅|院|中心|委|办|部|处|馆|校|会|站|所)"
_WORK = r"(?:项目|专项|工程|资金|经费|补助|补贴)"
_Q, _U = r"[“\"《]", r"[”\"》]"
_STOP = r"(?=[”\",;。、)]|$)"
_BECAME = r"(?:正式)?(?:更名|改名|改称|变更)(?:为|成)"


def _forms(ends: str) -> tuple[re.Pattern[str], ...]:
    old, new = rf"(?P<old>{_HAN}?{ends})", rf"(?P<new>{_HAN}?{ends})"
    return (
        re.compile(rf"原(?!平市){_Q}?{old}{_U}?{_BECAME}{_Q}?{new}{_STOP}"),
        re.compile(rf"{new}{_U}?[(](?:原名称|原名|曾用名|原)[:为]?{_Q}?{old}{_U}?[)]"),
        re.compile(
            rf"(?:^|[,;。]){_Q}?{old}{_U}?(?:于20\d\d年[^,;。]{{0,6}})?{_BECAME}{_Q}?{new}{_STOP}"
        ),
    )


# 甲项目（2022年名为“乙项目”）: the name of an earlier year beside that of the report's own.
_FORMERLY = re.compile(
    rf"(?:^|[,;。:“《\"])?(?P<new>{_HAN}?{_WORK}){_U}?[(]20\d\d年度?的?(?:名称?为|称为?|叫做?|名称是)[:]?"
    rf"“(?P<old>[^”“]{{4,40}})”[)]"
)
_QUOTED = re.compile(
    r"原?“(?P<old>[^”“]{4,40})”(?:项目|专项|资金)?(?:正式)?(?:更名|改名|改称|变更|调整|名称调整|名称变更)为“(?P<new>[^”“]{4,40})”"
)
_RENAMES = {"unit": _forms(_BODY), "project": (*_forms(_WORK), _FORMERLY, _QUOTED)}
_MAY_RENAME = re.compile(
    r"更名|改名|改称|变更为|调整为“|[(（](?:原|曾用名|20\d\d年度?的?(?:名|称|叫))"
)
_REORGANISED = (
    re.compile(rf"不再保留(?P<old>{_HAN}?局)[,;。].{{0,40}}?(?:组建|设立)(?P<new>{_HAN}?局){_STOP}"),
    re.compile(rf"在原(?P<old>{_HAN}?{_BODY})(?:的)?基础上[,]?(?:组建|设立|成立)(?P<new>{_HAN}?{_BODY}){_STOP}"),
    re.compile(rf"将?原(?P<old>{_HAN}?{_BODY})(?:的)?(?:全部|有关|相关|主要)?职责[^,;。]{{0,12}}(?:划入|划转至|并入|整合至)(?P<new>{_HAN}?{_BODY}){_STOP}"),
    re.compile(rf"原(?P<old>{_HAN}?{_BODY})(?:并入|改组为|改建为)(?P<new>{_HAN}?{_BODY}){_STOP}"),
)  # fmt: skip
_MAY_REORGANISE = re.compile(r"不再保留|基础上|职责|并入|改组|改建")
_SHORT = re.compile(
    r"[(](?:以下|下文|本文)?(?:均|统一|统|合并)?(?:简称|下称)[为:]?[“\"]?"
    r"(?P<short>[\u4e00-\u9fffA-Za-z0-9]{2,12})[”\"]?[)]"
)
_NO_NAME = re.compile(
    r"(?:本|该|此|上述)?(?:项目|专项|资金|专项资金|补助资金|评价组|工作组|报告|单位|部门|政策|办法|方案|通知|规划)|[我本该].*|[省市区县局委]"
)
_BEFORE = 60  # characters in which the full name stands
_CODE = r"[0-9A-Za-z][0-9A-Za-z-]{5,29}"
_CODE_LABELS = {
    "project": re.compile(r"项目(?:编码|代码|编号)"),
    "unit": re.compile(r"(?:预算)?(?:单位|部门)(?:编码|代码)|统一社会信用代码"),
}
_CODED = {
    subject: re.compile(rf"{label.pattern}\s*[:为]\s*({_CODE})(?![0-9A-Za-z-])")
    for subject, label in _CODE_LABELS.items()
}
_WHOLE_CODE = re.compile(_CODE)


def names_told(document: Document) -> tuple[NameTold, ...]:
    """Every statement on names, each once, in the order of the report."""
    found: dict[tuple[Told, str, str, str], NameTold] = {}
    for each in _all(document):
        found.setdefault((each.told, each.subject, each.first, each.second), each)
    return tuple(found.values())


def _all(document: Document) -> Iterator[NameTold]:
    for block in document.blocks:
        if block.kind is BlockKind.CONTENTS:
            continue
        if block.table is not None:
            yield from _codes_of_table(document, block, document.tables[block.table])
            yield from _formerly_in_table(document, block, document.tables[block.table])
            continue
        text = fold(block.text)
        if _MAY_RENAME.search(text):
            yield from _renames(document, block, text)
        if _MAY_REORGANISE.search(text):
            for pattern in _REORGANISED:
                for match in pattern.finditer(text):
                    yield _told(document, block, Told.REORGANISED, "unit", match)
        yield from _codes_of_text(document, block, text)
        yield from _shortened(document, block, text)


def _shortened(document: Document, block: Block, text: str) -> Iterator[NameTold]:
    """甲项目（以下简称“乙项目”): a short name of the report's own project or body, no other's."""
    for match in _SHORT.finditer(text) if "称" in text else ():
        short = match["short"]
        if _NO_NAME.fullmatch(short):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()].rstrip('”"》')
        part = document.part_of(block.no)
        for subject in ("project", "unit"):
            name = _named(part, subject)
            stem = WORK_END.sub("", fold(name)) if subject == "project" else fold(name)
            if len(stem) < _LEAST or short in name or stem not in before:
                continue
            if len(before) - before.rindex(stem) - len(stem) > _TAIL:
                continue
            span = _span(block, *match.span())
            yield NameTold(Told.SHORTENED, subject, short, name, part.no, span, block.page)
            break


WORK_END = re.compile(rf"{_WORK}+$")
"""The words at the end of a project's name that only say that it is one (旧改项目: 旧改)."""
_LEAST, _TAIL = 4, 12  # of a full name; between it and the bracket (…工程项目)


def _renames(document: Document, block: Block, text: str) -> Iterator[NameTold]:
    taken: list[Span] = []
    for subject, patterns in _RENAMES.items():
        for match in (found for pattern in patterns for found in pattern.finditer(text)):
            free = all(match.end() <= low or high <= match.start() for low, high in taken)
            if free and match["old"] != match["new"]:
                taken.append(match.span())
                yield _told(document, block, Told.RENAMED, subject, match)


def _formerly_in_table(document: Document, block: Block, table: Table) -> Iterator[NameTold]:
    """A cell that gives a project's name and, in brackets, that of an earlier year."""
    part = document.part_of(block.no).no
    for cell in (cell for row in table.rows for cell in row):
        match = _FORMERLY.search(fold(cell.text)) if cell.spans else None
        if match and match["old"] != match["new"]:
            span = (cell.spans[0][0], cell.spans[-1][1])
            names = (match["old"].strip("、"), match["new"].strip("、"))
            yield NameTold(Told.RENAMED, "project", *names, part, span, block.page)


def _told(
    document: Document, block: Block, told: Told, subject: str, match: re.Match[str]
) -> NameTold:
    start = match.start() + (match.group()[0] in ",;。")
    span = _span(block, start, match.end())
    part = document.part_of(block.no).no
    names = (match["old"].strip("、"), match["new"].strip("、"))
    return NameTold(told, subject, *names, part, span, block.page)


def _span(block: Block, start: int, end: int) -> Span:
    """The raw characters of a stretch of a block's text; of all the block where they are not known."""
    spans = block.raw_spans(start, end) or block.spans
    return spans[0][0], spans[-1][1]


def _named(part: Part, subject: str) -> str:
    return part.project.value if subject == "project" else part.entity.value


def _codes_of_text(document: Document, block: Block, text: str) -> Iterator[NameTold]:
    for subject, pattern in _CODED.items():
        for match in pattern.finditer(text):
            part = document.part_of(block.no)
            name, spans = _named(part, subject), block.raw_spans(*match.span())
            if name and spans and _is_code(match[1]):
                span = (spans[0][0], spans[-1][1])
                yield NameTold(Told.CODED, subject, name, match[1], part.no, span, block.page)


def _codes_of_table(document: Document, block: Block, table: Table) -> Iterator[NameTold]:
    """A cell that names a code, and the code in the cell to its right."""
    for row in (*table.header, *table.rows):
        for label, cell in pairwise(row):
            code = fold(cell.text).strip()
            for subject, pattern in _CODE_LABELS.items():
                plain = fold(label.text).strip(" :")
                if pattern.fullmatch(plain) and _WHOLE_CODE.fullmatch(code) and _is_code(code):
                    part = document.part_of(block.no)
                    name = _named(part, subject)
                    if name and cell.spans and label.spans:
                        span = (label.spans[0][0], cell.spans[-1][1])
                        yield NameTold(Told.CODED, subject, name, code, part.no, span, block.page)


def _is_code(code: str) -> bool:
    """A code has six or more digits, and not one alone repeated (000000)."""
    digits = [char for char in code if char.isdigit()]
    return len(digits) >= 6 and len(set(digits)) > 1
