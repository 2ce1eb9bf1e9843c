"""Why an indicator has its score, and what it should have by its rule.

The rule, the planned and the actual value and the remarks are quoted; where the rule can be read, the
score is worked out again by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.model import Document, Role
from ingest.quantity import SCORE, round_half_up
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import PartKey
from qa.operations.context import Context
from qa.operations.marks import marks_line, year_words
from qa.operations.text_words import text_source
from qa.present import Computed
from qa.scores.formulas import Worked, worked
from qa.scores.grounds import Grounds, Told, grounds_of, row_names, row_of
from qa.scores.scorecard import Mark, score_sheet
from qa.texts.deductions import find_deductions
from qa.texts.model import Confidence, Place, ScopedDocument
from qa.words import agreement, cues
from qa.words.matching import squeeze

_IN_WORDS = re.compile(r"[一-鿿]{2}")  # a column of marks lost, headed 扣分, gives no reason
_WHY = re.compile(
    r"为什么|为何|为啥|为甚|为嘛|怎么(?!办)|咋(?!办)|凭(?:什么|啥)|依据|根据什么|原因|理由|缘由"
    r"|(?:如何|怎样)(?:计|算|得|评|打)|怎样(?=\s|$)|计[分算](?:的)?(?:过程|公式|方法|办法)|公式|算给|哪来"
)
_GIVEN = r"(?:只|才|就)(?:给|得|有|拿|评)了?(?P<given>\d+(?:\.\d+)?)(?![\d.年万亿元%个项家])"
_SCORED = re.compile(
    r"[\d一两二三四五六七八九十]\s*分(?!之|钟|公司|局|类|别|期|批|项)|得分|扣的?分|失分|丢分|满分|评分|计分|"
    + _GIVEN
)
_SHOULD = re.compile(
    r"应当?(?:该)?(?:得|计|给|打|评|是|为)|该(?:得|计|给|打|评|是|为|多少|几)|应该?(?:多少|几)|代[入进]|套[^,，]{0,6}公式"
    r"|(?:公式|规则|标准|办法|细则|说明)[^,，。?？]{0,8}算"
)
_HOW_MANY = re.compile(r"(?:多少|几)\s*[分份](?!额)")
_IF = re.compile(
    r"如果|要是|假如|若|不到|要拿|想拿|拿满|才能|(?:未|没)[^,，。;；?？]{2,14}(?:时|的话|[应该]得|[应该]给|[,，])"
)
_COMPARES = re.compile(
    r"一样[不吗嘛么]|是这个数|对[得不]上|比较|相符|相一致|相同|一致|吻合|准确吗|对吗|对不对|算错|正确"
)
_WHICH = re.compile(r"哪(?:些|几|个|一|项|里|方面)|分别|各(?:是|为|得)|最[多少高低]")
_QUOTED = re.compile(
    r"(?<![\d.])(?P<n>\d+(?:\.\d+)?|[一两二三四五六七八九])\s*(?:的得)?分(?!之|钟)|" + _GIVEN
)
_NUMERALS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_MOST_REPORTS = 40
_SHARED = 3  # characters that a name and the question must have in common
_LONG = 120  # a longer remark is cut to what it holds against the indicator


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a score sheet with where it stands."""

    report: int
    document: Document
    parts: frozenset[int]
    mark: Mark


def why_score(context: Context) -> Draft | None:
    """What the report says of the score that the question asks about, worked out again."""
    text = fold(f"{context.plan.text} {cues.unquoted(context.plan.question)}")
    should = bool(_SHOULD.search(text) and _HOW_MANY.search(text)) and not _IF.search(text)
    why = bool(_WHY.search(text) and _SCORED.search(text)) and not _HOW_MANY.search(text)
    if agreement.verify_asked(text) or _COMPARES.search(text):
        return None
    if not (should or why) or _WHICH.search(cues.unquoted(context.plan.text)):
        return None
    line = _asked_line(context)
    if line is None or (line.mark.lost == 0 and not should):
        return None
    below = _below(line, context)
    if below:
        return _by_parts(line, below) if why else None
    grounds = grounds_of(line.document, line.parts, line.mark)
    found = worked(grounds.facts(line.mark))
    if should:
        return _should(line, grounds, found) if found is not None else None
    shortcomings = _shortcomings(line, grounds)
    if found is None and not grounds.rules and not shortcomings:
        return None
    return _explained(line, grounds, found, shortcomings)


# ------------------------------------------------------------------------------ which indicator


def named_line(context: Context) -> Line | None:
    """The one line that the question names in full, whatever marks it speaks of."""
    asked = squeeze(f"{context.plan.text} {context.plan.question}")
    named = [(_named(squeeze(line.mark.name), asked, False), line) for line in _lines(context)]
    best = max((strength for strength, _ in named), default=0.0)
    lines = [line for strength, line in named if strength == best and strength]
    return lines[0] if len({(x.report, x.mark.name, x.mark.full.no) for x in lines}) == 1 else None


def _asked_line(context: Context) -> Line | None:
    """The one line of a score sheet that the question names."""
    asked = squeeze(f"{context.plan.text} {context.plan.question}")
    quoted = _quoted(context.plan.question)
    if quoted:
        quoted |= {Decimal(number) for number in context.plan.numbers}
    named: list[tuple[float, Line]] = []
    for line in _lines(context):
        marks = {line.mark.full.quantity.base, line.mark.score.quantity.base, line.mark.lost}
        if quoted and not quoted & marks:
            continue
        fits = line.mark.score.quantity.base in quoted or line.mark.lost in quoted
        strength = max(_named(squeeze(n), asked, fits) for n in row_names(line.document, line.mark))
        if strength:
            named.append((strength + fits, line))
    best = max((strength for strength, _ in named), default=0.0)
    lines = [line for strength, line in named if strength == best]
    same = {(x.mark.name, x.mark.full.quantity.base, x.mark.score.quantity.base) for x in lines}
    return lines[0] if len(same) == 1 else None


def _lines(context: Context) -> Iterator[Line]:
    plan = context.plan
    found = _lines_of(context, plan.project_parts)
    yield from found or _lines_of(context, plan.parts)


def _lines_of(context: Context, keys: Sequence[PartKey]) -> list[Line]:
    years, found = context.plan.years, []
    scoped = list(context.evidence.scoped(keys)) if keys else []
    for report, parts in scoped if len(scoped) <= _MOST_REPORTS else ():
        document = context.evidence.index(report).document
        asked = frozenset(n for n in parts if not years or document.parts[n].year in years)
        found += [Line(report, document, asked, mark) for mark in score_sheet(document, asked)]
    return found


def _quoted(question: str) -> set[Decimal]:
    """The marks that a question quotes."""
    found = (match["n"] or match["given"] for match in _QUOTED.finditer(fold(question)))
    return {Decimal(_NUMERALS.get(n, n)) for n in found}


_WORD = r"[一-鿿]{4,8}(?=[那这]一?[项个条]|指标|得|扣|\d)"


def _spells(word: str, name: str) -> bool:
    """Whether the characters of an abbreviation stand in a name in this order (绩效监控)."""
    rest = iter(name)
    return len(word) >= _SHARED + 1 and all(char in rest for char in word)


def _named(name: str, asked: str, fits: bool) -> float:
    """How surely a question names an indicator: in full, or by a stretch of it; 0 for not at all.

    A stretch will do only where the score that the question quotes is the indicator's.
    """
    if name in asked and (len(name) >= _SHARED or re.search(f"{name}(?:[一二]级)?指标", asked)):
        return 10 + len(name)
    if not fits:
        return 0
    words = (re.sub("[那这]一?[项个条]$", "", word) for word in re.findall(_WORD, asked))
    if any(_spells(word, name) for word in words):
        return _SHARED
    shared = max(
        (
            end - start
            for start in range(len(name))
            for end in range(start + _SHARED, len(name) + 1)
            if name[start:end] in asked
        ),
        default=0,
    )
    return shared if shared * 2 >= min(len(name), 2 * _SHARED) else 0


# -------------------------------------------------------------------------------------- answers


def _candidate(line: Line) -> Candidate:
    return Candidate.sure(line.report, line.document, line.mark.score)


def _in_table(line: Line) -> Candidate:
    """The score where the table gives it, which is where its rule stands; else where it was read."""
    at, mark = row_of(line.document, line.mark), line.mark
    place = None if at is None else (at[0].no, at[1])
    for figure in line.document.figures if place else ():
        here = (figure.locator.table, figure.locator.row) == place
        if here and figure.role is Role.SCORE and figure.quantity.base == mark.score.quantity.base:
            return replace(_candidate(line), figure=figure)
    return _candidate(line)


def _should(line: Line, grounds: Grounds, found: Worked) -> Draft:
    """The score by the rule, before the score that was given."""
    draft, mark = Draft(phrase=line.mark.name, whole=True), line.mark
    facts = grounds.facts(mark)
    agrees = round_half_up(found.value, facts.places) == facts.score
    places = facts.places if agrees else max(2, facts.places)
    made = Computed(found.value, None, SCORE, found.formula, places)
    score = _in_table(line)
    value = draft.derive(
        made, [score], label=f"{mark.name}应得分", metric=mark.name, period=score.period
    )
    if not agrees:
        draft.show(score, label=f"{mark.name}得分", strict=True)
    who = f"{value.entity}{year_words(value.period)}"
    draft.text = (
        f"{who}“{mark.name}”按规则计算应得 {value.number} 分：{found.formula} = {value.number} 分；"
        f"报告所记：{marks_line(mark)}。{_said(line, grounds, draft)}"
    )
    return draft


def _explained(
    line: Line, grounds: Grounds, found: Worked | None, shortcomings: Sequence[Told]
) -> Draft:
    """The score with what the report says of it."""
    draft, mark = Draft(phrase=line.mark.name, whole=True), line.mark
    facts = grounds.facts(mark)
    agrees = found is not None and round_half_up(found.value, facts.places) == facts.score
    if agrees:  # else the answer is text, as any other reason is
        draft.show(_candidate(line), label=f"{mark.name}得分", strict=True)
    part = line.document.parts[mark.score.part]
    who = f"{part.entity.value}{year_words(part.year)}"
    draft.text = f"{who}“{mark.name}”{marks_line(mark)}，扣 {mark.lost.normalize():f} 分。"
    draft.text += _said(line, grounds, draft, shortcomings)
    if found is not None and agrees:
        printed = mark.score.quantity.printed
        approx = "≈" if found.value != facts.score else "="
        draft.text += f"按此计算：{found.formula} {approx} {printed} 分，与所记得分一致。"
    return draft


def _below(line: Line, context: Context) -> list[Mark]:
    """The innermost indicators below one of a higher level."""
    path = line.mark.path
    return [
        each.mark
        for each in _lines(context)
        if each.report == line.report and each.mark.leaf and len(each.mark.path) > len(path)
        if each.mark.path[: len(path)] == path
    ]


def _by_parts(line: Line, below: Sequence[Mark]) -> Draft | None:
    """What an indicator of a higher level lost, by the indicators below it that lost it."""
    mark, lost = line.mark, [each for each in below if each.lost]
    if not lost or sum((each.lost for each in lost), Decimal(0)) != mark.lost:
        return None
    draft = Draft(phrase=mark.name, whole=True)
    value = draft.show(_candidate(line), label=f"{mark.name}得分", strict=True)
    who = f"{value.entity}{year_words(value.period)}"
    parts = "；".join(f"{m.name}（{marks_line(m)}）扣 {m.lost.normalize():f} 分" for m in lost)
    summed = " + ".join(f"{each.lost.normalize():f}" for each in lost)
    whole = f"{mark.lost.normalize():f}"
    draft.text = f"{who}“{mark.name}”{marks_line(mark)}，扣 {whole} 分：{parts}。合计 {summed} = {whole} 分。"
    return draft


def _said(
    line: Line, grounds: Grounds, draft: Draft, shortcomings: Sequence[Told] | None = None
) -> str:
    """What the report says of the score; its places become citations."""
    lines: list[str] = []
    values = [each for each in (grounds.target, grounds.actual) if each is not None]
    if grounds.actual is not None:
        lines.append("，".join(f"{each.head} {each.text.strip()}" for each in values) + "。")
    elif grounds.reached is not None:
        figure = grounds.reached
        lines.append(f"报告所写的{figure.metric} {figure.quantity.printed.rstrip('%')}%。")
        place = Place(figure.block, figure.start, figure.end)
        draft.citations.append(text_source(line.document, place))
    remarks = (
        [r for r in grounds.remarks if _IN_WORDS.search(r.text)]
        if shortcomings is None
        else shortcomings
    )
    for told, head in (*((r, "评分规则") for r in grounds.rules), *((r, r.head) for r in remarks)):
        lines.append(f"{head or '报告所说'}：“{told.text.strip().rstrip('。；;')}”。")
        draft.citations.append(text_source(line.document, told.place))
    draft.citations.extend(text_source(line.document, each.place) for each in values)
    return "".join(lines)


def _shortcomings(line: Line, grounds: Grounds) -> list[Told]:
    """The remarks; of a long one, and where there is none, what is held against the indicator."""
    short = [r for r in grounds.remarks if len(r.text) <= _LONG and _IN_WORDS.search(r.text)]
    if short:
        return short
    scope = ScopedDocument(line.report, line.document.name, line.document, tuple(line.parts))
    found = [
        each
        for each in find_deductions(scope, (line.mark.name,))
        if each.confidence is not Confidence.LOW and not each.conflict
    ]
    return [
        Told(
            "扣分原因",
            each.answer,
            Place(each.block, each.start, each.end, each.table, each.row, each.column),
        )
        for each in found[:2]
    ]
