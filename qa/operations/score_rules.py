"""What a scoring rule says: what the full mark takes, what a fault costs, quoted from the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.model import Document
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.weighing import RUBRIC_COLUMN
from qa.operations.context import Context, tables
from qa.operations.scoring import named_line
from qa.operations.text_words import text_source
from qa.scores.grounds import Told, grounds_of
from qa.texts.model import Place
from qa.words import cues
from qa.words.matching import squeeze

_RULES = re.compile(
    r"(?:评分|评价|打分|计分|得分|扣分)的?(?:表|标准|规则|细则|办法|说明|依据)|打分|计分|按(?:评分)?(?:标准|规则)|拿满"
)
_ASKS = re.compile(
    r"如果|要是|假如|一旦|后果|(?:咋|怎么|如何|怎样)(?:办|处理|扣|评|打|计|给|规定)"
    r"|(?:要|想|须|需|才能?|怎样|怎么)[^,，。]{0,6}?(?:拿|得)(?:到|了)?(?:满|高|全|\d)"
    r"|(?:规则|标准|细则|办法|要求|条件)(?:是|有)?(?:什么|啥|怎样|如何|怎么)|什么(?:要求|条件|标准|规则)"
    r"|须?满足|(?:未|没)[^,，。;；?？]{2,14}(?:时|的话|[应该]得|[应该]给|[,，])"
    r"|(?:低于|不到|没到|超过|不足)[^,，。?？]{0,8}(?:会|将|就|怎|如何|扣)"
)
_SEVERAL = re.compile(r"分别|各[要需得有是]|个数[和及与、]|几个[^几]{1,12}几个")
_WHICH = re.compile(r"哪[些几个项]")
_UNDER = re.compile(r"低于|不到|没到|不足|达不到|小于|不满")
_PERCENT = re.compile(r"\d+(?:\.\d+)?%")
_LONGEST = 420  # characters of a rule that is shown whole
_SHARED = 3


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule with the report that it stands in."""

    report: int
    document: Document
    told: Told
    name: str = ""


def rule_asked(context: Context) -> Draft | None:
    """The rule that the question asks for: of the indicator that it names, or about its bound."""
    text = cues.unquoted(context.plan.text)
    if not _RULES.search(fold(context.plan.question)) or not _ASKS.search(text):
        return None
    if _WHICH.search(text):
        return None
    rules = _of_indicator(context) or _of_bound(context)
    if not rules or len({squeeze(rule.told.text) for rule in rules}) > 1:
        return None
    rule = rules[0]
    part = rule.document.part_of(rule.told.place.block)
    draft = Draft(phrase=rule.name or context.plan.targets[0].key, whole=True)
    draft.citations.append(text_source(rule.document, rule.told.place))
    year = f"{part.year}年" if part.year else ""
    name = f"“{rule.name}”的" if rule.name else ""
    said = " ".join(rule.told.text.split()).rstrip("。；;")
    draft.text = f"{part.entity.value}{year}评分规则，{name}标准：“{said}”。"
    return draft


def rule_of_several(context: Context) -> Draft | None:
    """The rule where the question asks for several of its figures at once."""
    asked = _SEVERAL.search(cues.unquoted(context.plan.text))
    return rule_asked(context) if asked else None


def _of_indicator(context: Context) -> list[_Rule]:
    """The rule of the one indicator that the question names."""
    line = named_line(context)
    if line is None:
        return []
    rules = grounds_of(line.document, line.parts, line.mark).rules
    told = [rule for rule in rules if len(rule.text) <= _LONGEST]
    return [_Rule(line.report, line.document, each, line.mark.name) for each in told[:1]]


def _of_bound(context: Context) -> list[_Rule]:
    """The rules that tell what a rate beyond a bound means: the question gives both."""
    asked = squeeze(context.plan.text)
    bounds = _PERCENT.findall(fold(context.plan.text))
    under = bool(_UNDER.search(asked))
    found = []
    for rule in _cells(context) if len(bounds) == 1 else ():
        said = fold(rule.told.text)
        below = re.search(rf"(?:低于|不足|小于|<){bounds[0]}|{bounds[0]}以下", said)
        rate = re.search(r"[一-鿿]{1,8}率", said)
        if below and under and rate and rate.group()[-_SHARED:] in asked:
            found.append(rule)
    return (
        found
        if len({(r.report, r.told.place.row, r.told.place.column) for r in found}) == 1
        else []
    )


def _cells(context: Context) -> Iterator[_Rule]:
    """The cells of the columns of rules in scope."""
    for report, document, table in tables(context):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if not any(RUBRIC_COLUMN.search(label) for label in table.columns[c].path):
                    continue
                if len(cell.text) <= _LONGEST:
                    place = Place(table.block, 0, len(cell.text), table.no, r, c)
                    yield _Rule(report, document, Told("", cell.text, place))
