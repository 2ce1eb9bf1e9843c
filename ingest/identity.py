"""Who a report is about, what and when; and the reports that are annexed to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from ingest.annexes import Inner, inner_reports
from ingest.form_titles import banner, numbered_project, project_in_form
from ingest.markers import is_annex, is_date_line, is_subtitle, is_title_like
from ingest.model import (
    Block,
    BlockKind,
    Fact,
    Locator,
    Part,
    ReportKind,
    Section,
    Span,
    Table,
    slice_spans,
)
from ingest.names import (
    Named,
    full_unit,
    is_firm,
    is_local,
    is_short_for,
    owner_in_text,
    place_in_text,
    place_in_title,
    plain_unit,
    project_in_text,
    project_in_title,
    short_unit_in_text,
    unit_in_title,
    without_aside,
)
from ingest.stated_names import CLIENT_KEYS, PROJECT_KEYS, UNIT_KEYS, YEAR_KEYS, facts_stated
from ingest.text import fold, tidy

_SAMPLE = 60_000
_NOTHING = Fact("")

_ANNEX_LEAD = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}部分)?[\s:：]*附\s*件[\d\s一二三四五六七八九十]*[:：]?"
)
_LETTERHEAD = re.compile(r"^.{2,30}文件\s*[^\s〔]{1,12}〔20\d\d〕\d+号\s*(?=.)", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(年度?)")
_FILE_YEAR = re.compile(r"(?<![\dA-Za-z])(20\d\d)(?!\d)")
_FILE_LEAD = re.compile(
    r"^(?:附[件表]\s*\d{0,2}|\d{1,2}(?=[.、_\-\s])|[\s.、_\-—:：]|[(（][^()（）]{0,8}[)）])*"
)
_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*年?\s*[-—–~至]\s*(20\d\d)\s*年")
_KINDS: tuple[tuple[re.Pattern[str], ReportKind], ...] = (
    (re.compile(r"整体支出|整体绩效|单位整体|部门整体"), ReportKind.UNIT_SELF_EVALUATION),
    (re.compile(r"自评|自我评价"), ReportKind.PROJECT_SELF_EVALUATION),
    (re.compile(r"绩效评价|评价结果|评价报告|绩效评估|绩效评分"), ReportKind.PROJECT_EVALUATION),
    (re.compile(r"决算"), ReportKind.FINAL_ACCOUNTS),
    (re.compile(r"预算"), ReportKind.BUDGET),
)


@dataclass(frozen=True, slots=True)
class _Scope:
    """The blocks of a part without those of the parts inside it, and their tables."""

    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    text: str  # of the first blocks, one a line
    lines: tuple[tuple[int, Block], ...]  # offset in `text` of each block
    formed: bool = False  # it is one of several forms

    def locate(self, found: Named) -> Locator:
        """The raw place of a name found in `text`."""
        offset, block = max(
            ((o, b) for o, b in self.lines if o <= found.start), key=lambda pair: pair[0]
        )
        return Locator(block.raw_spans(found.start - offset, found.end - offset), block.page)


@dataclass(frozen=True, slots=True)
class _Title:
    """A title over all its lines: `text` tidied for reading, `raw` as it stands at `spans`."""

    text: str = ""
    raw: str = ""
    spans: tuple[Span, ...] = ()
    page: int | None = None

    def fact(self, name: str) -> Fact:
        """A name that the tidied title holds, with its place in the raw one."""
        solid = [(i, char) for i, char in enumerate(self.raw) if not char.isspace()]
        wanted = "".join(name.split())
        start = "".join(char for _, char in solid).find(wanted)
        if not wanted or start < 0:
            return Fact(name, Locator(self.spans, self.page) if self.spans else None)
        first, last = solid[start][0], solid[start + len(wanted) - 1][0] + 1
        return Fact(name, Locator(slice_spans(self.spans, first, last), self.page))


def find_parts(
    blocks: Sequence[Block],
    tables: Sequence[Table],
    sections: Sequence[Section],
    file_name: str = "",
) -> tuple[Part, ...]:
    """The report as part 0, then each report annexed to it and each form in a row of forms.

    The name of the file says whose it is, and for which year, where nothing in it does: tables
    are often published without either.
    """
    inner = inner_reports(blocks, tables, sections)
    first = _own_end(inner, blocks)
    stem = _FILE_LEAD.sub("", PurePath(file_name).stem)
    whole = _part(0, _scope(blocks, tables, 0, first), len(blocks), file=stem)
    parts = [_named(whole, stem)]
    for no, report in enumerate(inner, start=1):
        scope = replace(_scope(blocks, tables, report.start, report.end), formed=report.form)
        part = _part(no, scope, report.end, parts[0], report.form)
        parts.append(_placed(part, stem) if report.form else part)
    return tuple(parts)


def _own_end(inner: Sequence[Inner], blocks: Sequence[Block]) -> int:
    """The block before which a file speaks for itself and not for the reports inside it.

    Where a form opens the file, its title is the file's as well.
    """
    if not inner:
        return len(blocks)
    head = next((b.no for b in blocks if b.kind is BlockKind.TABLE), 0)
    titled = any(b.kind is BlockKind.TITLE for b in blocks[: inner[0].start])
    own = inner[0].start if titled or not inner[0].form else max(inner[0].start, head)
    return own or len(blocks)


def _placed(part: Part, stem: str) -> Part:
    """A form of 市图书馆 in a file of 滨宁市: that of its place."""
    place = place_in_title(stem)
    if not place or _BARE_UNIT.match(part.entity.value) is None:
        return part
    return replace(part, entity=replace(part.entity, value=full_unit(part.entity.value, place)))


def _named(part: Part, stem: str) -> Part:
    if not part.entity.value:
        part = replace(part, entity=Fact(_unit_of_file(stem)))
    years = set(_FILE_YEAR.findall(fold(stem)))
    if not part.years and len(years) == 1:
        part = replace(part, years=(Fact(years.pop()),))
    return part


def _unit_of_file(stem: str) -> str:
    """The unit that the name of a file begins with: 某市财政局-2023年转移支付情况."""
    return unit_in_title(re.sub(r"[-—_\s]+(?=20\d\d)", "", stem))


def _year_of_file(stem: str) -> tuple[Fact, ...]:
    """The year that the name of a file says its accounts are of: 某学院2024年度决算公开表."""
    years = set(re.findall(r"(?<!\d)(20\d\d)年度", fold(stem)))
    return (Fact(years.pop()),) if len(years) == 1 else ()


def _scope(blocks: Sequence[Block], tables: Sequence[Table], start: int, end: int) -> _Scope:
    own = tuple(blocks[start:end])
    lines: list[tuple[int, Block]] = []
    texts: list[str] = []
    length = 0
    for block in own:
        if block.text and block.kind is not BlockKind.CONTENTS and length < _SAMPLE:
            lines.append((length, block))
            texts.append(block.text)
            length += len(block.text) + 1
    inside = tuple(t for t in tables if start <= t.block < end)
    return _Scope(own, inside, "\n".join(texts), tuple(lines))


def _part(
    no: int,
    scope: _Scope,
    last: int,
    outer: Part | None = None,
    form: bool = False,
    file: str = "",
) -> Part:
    """A part of a file, whose name says of which unit and year it is where nothing in it does."""
    title = _title(scope.blocks)
    if form and not title.text:
        title = _form_title(scope)
    kind = _kind(title.text, scope)
    if form and kind is ReportKind.OTHER and outer is not None:
        kind = outer.kind
    entity = _entity(title, scope, outer.entity.value if outer is not None else _unit_of_file(file))
    if not entity.value and outer is not None:
        entity = outer.entity
    whole = kind in (ReportKind.FINAL_ACCOUNTS, ReportKind.BUDGET, ReportKind.UNIT_SELF_EVALUATION)
    project = _NOTHING if whole else _project(title, entity, scope)
    outer_years = outer.years if outer is not None else ()
    years = _years(title, scope) or (outer_years if form else ())
    years = years or _year_of_file(file) or _prominent_year(scope) or outer_years
    first = scope.blocks[0].no if scope.blocks else 0
    return Part(no, kind, title.fact(title.text), entity, project, years, first, last)


def _title(blocks: Sequence[Block]) -> _Title:
    """The title over all its lines, 附件 left out."""
    lines: list[Block] = []
    ended = False
    for block in blocks:
        if block.kind is not BlockKind.TITLE:
            if lines or block.no > blocks[0].no + 8:
                break
            continue
        if is_annex(block.text):
            if lines:
                break
            continue
        if is_date_line(block.text):
            continue
        if ended and not is_subtitle(block.text):
            break
        lines.append(block)
        ended = is_title_like(tidy(block.text)) and len(lines) > 1
    if not lines:
        return _caption_title(blocks)
    raw = "".join(block.text for block in lines)
    spans = tuple(span for block in lines for span in block.spans)
    text = re.sub(r"目\s*录$", "", _LETTERHEAD.sub("", _ANNEX_LEAD.sub("", raw)))
    return _Title(tidy(text), raw, spans, lines[0].page)


def _caption_title(blocks: Sequence[Block]) -> _Title:
    """A form without a title line is named by its table's title."""
    for block in blocks[:6]:
        named = block.kind in (BlockKind.CAPTION, BlockKind.HEADING)
        if named and is_title_like(tidy(block.text)):
            return _Title(tidy(block.text), block.text, block.spans, block.page)
    return _Title()


def _form_title(scope: _Scope) -> _Title:
    """The title that a form prints in its first row."""
    first = scope.blocks[0]
    if numbered_project(first.text):
        return _Title(tidy(first.text), first.text, first.spans, first.page)
    cell = banner(scope.tables[0]) if scope.tables else None
    return _Title(tidy(cell.text), cell.text, cell.spans) if cell is not None else _Title()


def _kind(title: str, scope: _Scope) -> ReportKind:
    for pattern, kind in _KINDS:
        if pattern.search(title):
            return kind
    headings = (
        " ".join(
            block.text
            for block in scope.blocks[:200]
            if block.kind in (BlockKind.HEADING, BlockKind.CAPTION)
        )
        or scope.text[:2000]
    )
    counts = [(len(pattern.findall(headings)), -rank) for rank, (pattern, _) in enumerate(_KINDS)]
    count, rank = max(counts)
    return _KINDS[-rank][1] if count else ReportKind.OTHER


def _entity(title: _Title, scope: _Scope, around: str) -> Fact:
    """The unit of a part, a bare 市农业农村局 with the place that the title opens with.

    `around`: the unit of the file, or of the report around the part; of several units that a form
    states (the one in charge, the one that carries out) it is the one meant.
    """
    found = _named_entity(title, scope, around)
    place = place_in_title(title.text)
    bare = bool(place) and _BARE_UNIT.match(found.value) is not None
    return replace(found, value=full_unit(found.value, place)) if bare else found


_BARE_UNIT = re.compile("[市县区](?!场监|政工程|政设施|政园林|政公用)")


def _named_entity(title: _Title, scope: _Scope, around: str) -> Fact:
    named = unit_in_title(title.text)
    stated = [
        plain
        for fact in facts_stated(scope.blocks, scope.tables, UNIT_KEYS)
        if (plain := _plain_unit(fact)).value
    ]
    if named:
        fuller = (fact for fact in stated if is_short_for(named, fact.value))
        return next(fuller, title.fact(named))
    owner = owner_in_text(scope.text)
    if stated:
        return next((fact for fact in stated if fact.value == around), stated[0])
    if owner:
        return Fact(owner.name, scope.locate(owner))
    clients = [_plain_unit(fact) for fact in facts_stated(scope.blocks, scope.tables, CLIENT_KEYS)]
    client = next((fact for fact in clients if fact.value and "财政" not in fact.value), None)
    if client:
        return client
    found = short_unit_in_text(scope.text, is_local(title.text))
    if found is None:
        return _NOTHING
    return Fact(full_unit(found.name, place_in_text(scope.text)), scope.locate(found))


def _plain_unit(fact: Fact) -> Fact:
    """A stated unit by its bare name; nothing for the firms that write reports."""
    return _NOTHING if is_firm(fact.value) else _shortened(fact, plain_unit(fact.value))


def _shortened(fact: Fact, name: str) -> Fact:
    """A name that `fact` opens with, at its place."""
    if fact.locator is None or not name or not fact.value.startswith(name):
        return Fact(name, fact.locator)
    spans = slice_spans(fact.locator.spans, 0, len(name))
    return Fact(name, replace(fact.locator, spans=spans))


def _project(title: _Title, entity: Fact, scope: _Scope) -> Fact:
    stated = next(iter(facts_stated(scope.blocks, scope.tables, PROJECT_KEYS)), _NOTHING)
    if stated.value:
        return _shortened(stated, without_aside(stated.value))
    named = project_in_title(title.text, entity.value)
    named = named or (project_in_form(title.raw) if scope.formed else "")
    if named:
        return title.fact(named)
    found = project_in_text(scope.text, title.text)
    return Fact(found.name, scope.locate(found)) if found else _NOTHING


def _years(title: _Title, scope: _Scope) -> tuple[Fact, ...]:
    """The years of the title, else the stated year."""
    spanned = _RANGE.search(fold(title.text))
    if spanned and int(spanned[1]) < int(spanned[2]) <= int(spanned[1]) + 6:
        years = range(int(spanned[2]), int(spanned[1]) - 1, -1)
        return tuple(title.fact(str(year)) for year in years)
    printed = _YEAR.findall(fold(title.text))
    printed.sort(key=lambda pair: pair[1] != "年度")  # 2023年度 is the year reported on
    in_title = list(dict.fromkeys(year for year, _ in printed))
    if in_title:
        return tuple(title.fact(year) for year in in_title)
    for stated in facts_stated(scope.blocks, scope.tables, YEAR_KEYS):
        digits = re.search(r"20\d\d", stated.value)
        if digits:
            return (Fact(digits.group(), stated.locator),)
    return ()


def _prominent_year(scope: _Scope) -> tuple[Fact, ...]:
    """The year that the text speaks of most, 年度 counting more."""
    counts: Counter[str] = Counter()
    places: dict[str, Named] = {}
    text = fold(scope.text)
    for found in _YEAR.finditer(text):
        if text[found.end() : found.end() + 2].strip()[:1].isdigit():
            continue  # a date, not a reported year
        counts[found[1]] += 3 if found[2] == "年度" else 1
        places.setdefault(found[1], Named(found[1], found.start(1), found.end(1)))
    if not counts:
        return ()
    best = max(counts, key=lambda year: (counts[year], year))
    return (Fact(best, scope.locate(places[best])),)
