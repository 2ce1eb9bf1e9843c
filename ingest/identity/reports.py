"""Who a report is about, what and when; and the reports that are annexed to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from ingest.identity.annexes import Inner, inner_reports
from ingest.identity.file_names import (
    plain_stem,
    project_of_file,
    unit_of_file,
    years_of_file,
)
from ingest.identity.names import (
    Named,
    full_unit,
    is_firm,
    is_local,
    is_short_for,
    place_in_text,
    place_in_title,
    place_of_all_bodies,
    place_of_level,
    place_reported_on,
    plain_unit,
    project_in_text,
    project_in_title,
    project_of_line,
    province_in_title,
    short_unit_in_text,
    unit_behind_title,
    unit_in_title,
    unit_of_letterhead,
    with_its_place,
    without_aside,
)
from ingest.identity.owners import acts_itself, owner_in_text, rates_itself, signed_by
from ingest.identity.part_scope import Scope, Title, scope_of
from ingest.identity.stated_names import (
    CLIENT_KEYS,
    PROJECT_KEYS,
    UNIT_KEYS,
    YEAR_KEYS,
    facts_stated,
    names_body,
)
from ingest.model import (
    Block,
    BlockKind,
    Fact,
    Part,
    ReportKind,
    Section,
    Table,
    slice_spans,
)
from ingest.reading.text import fold, tidy
from ingest.structure.markers import is_annex, is_date_line, is_subtitle, is_title_like
from ingest.tables.form_titles import banner, numbered_project, project_in_form

_OF_PROJECTS = (ReportKind.PROJECT_SELF_EVALUATION, ReportKind.PROJECT_EVALUATION)
_NOTHING = Fact("")

_ANNEX_LEAD = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}部分)?[\s:：]*附\s*件[\d\s一二三四五六七八九十]*[:：]?"
)
_LETTERHEAD = re.compile(r"^.{2,30}文件\s*[^\s〔]{1,12}〔20\d\d〕\d+号\s*(?=.)", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(年度?)")
_DAY = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")  # of a title: when it was made
_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*年?\s*[-—–~至]\s*(20\d\d)\s*年")
_KINDS: tuple[tuple[re.Pattern[str], ReportKind], ...] = (
    (re.compile(r"整体支出|整体绩效|单位整体|部门整体"), ReportKind.UNIT_SELF_EVALUATION),
    (re.compile(r"自评|自我评价"), ReportKind.PROJECT_SELF_EVALUATION),
    (
        re.compile(r"绩效评价|评价结果|评价报告|绩效评估|绩效评分|重点评价"),
        ReportKind.PROJECT_EVALUATION,
    ),
    (re.compile(r"决算"), ReportKind.FINAL_ACCOUNTS),
    (re.compile(r"预算"), ReportKind.BUDGET),
)


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
    stem = plain_stem(PurePath(file_name).stem)
    whole = _part(0, scope_of(blocks, tables, 0, first), len(blocks), file=stem)
    named = _named(whole, stem)
    parts = [named if inner else _with_project(named, stem)]
    for no, report in enumerate(inner, start=1):
        scope = replace(
            scope_of(blocks, tables, report.start, report.end),
            formed=report.form,
            project=report.project,
        )
        part = _part(no, scope, report.end, parts[0], report.form)
        parts.append(_placed(part, stem) if report.form else part)
    return (_of_forms(parts[0], parts[1:]), *parts[1:])


def _of_forms(whole: Part, inner: Sequence[Part]) -> Part:
    """A file all of whose reports are of one unit is that unit's where it names none, or in short.

    What its first form says of a project is not said of the file.
    """
    kinds = {part.kind for part in inner}
    if whole.kind is ReportKind.OTHER and len(kinds) == 1:
        whole = replace(whole, kind=inner[0].kind)
    if inner and not whole.years and len({part.year for part in inner}) == 1:
        whole = replace(whole, years=inner[0].years)
    units = {part.entity.value for part in inner}
    if whole.project.value in {part.project.value for part in inner}:
        whole = replace(whole, project=_NOTHING)
    own = whole.entity.value
    if len(units) == 1 and (not own or is_short_for(own, inner[0].entity.value)):
        return replace(whole, entity=inner[0].entity)
    return whole


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
    """A part with what the file's name says where the part says nothing."""
    if not part.title.value and part.kind is ReportKind.OTHER:
        part = replace(part, kind=_titled_kind(stem) or ReportKind.OTHER)
    if not part.entity.value:
        part = replace(part, entity=Fact(unit_of_file(stem)))
    return part if part.years else replace(part, years=_year_of_file(stem))


def _with_project(part: Part, stem: str) -> Part:
    """A report that is the whole file, with the project that only the file's name gives."""
    if part.project.value or part.kind not in _OF_PROJECTS:
        return part
    return replace(part, project=Fact(project_of_file(stem, part.entity.value)))


def _year_of_file(stem: str) -> tuple[Fact, ...]:
    """The one year that a file's name gives: 某学院2024年度单位决算公开表."""
    years = years_of_file(stem)
    return (Fact(years.pop()),) if len(years) == 1 else ()


def _part(
    no: int,
    scope: Scope,
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
    if kind is ReportKind.OTHER and form and outer is not None and outer.kind in _OF_PROJECTS:
        kind = outer.kind
    entity = _entity(title, scope, outer.entity.value if outer is not None else unit_of_file(file))
    if outer is not None and (not entity.value or _place_of(entity.value, outer.entity.value)):
        entity = outer.entity
    whole = kind in (ReportKind.FINAL_ACCOUNTS, ReportKind.BUDGET, ReportKind.UNIT_SELF_EVALUATION)
    project = _NOTHING if whole else _project(title, entity, scope, kind)
    outer_years = outer.years if outer is not None else ()
    years = _years(title, scope) or (outer_years if form else ())
    years = years or _year_of_file(file) or _prominent_year(scope) or outer_years
    first = scope.blocks[0].no if scope.blocks else 0
    carriers = _carriers(scope, entity.value)
    return Part(no, kind, title.fact(title.text), entity, project, years, first, last, carriers)


_SOME_UNIT = re.compile(r"各|相关|有关|所属|及其|等(?:单位|部门)?$|[、,，/]")
_SHORTEST_UNIT = 4


def _carriers(scope: Scope, entity: str) -> tuple[str, ...]:
    """The other bodies that a part states itself to be of: who carries out, who is in charge."""
    stated = (
        _plain_unit(fact).value for fact in facts_stated(scope.blocks, scope.tables, UNIT_KEYS)
    )
    names = dict.fromkeys(
        name
        for name in stated
        if len(name) >= _SHORTEST_UNIT and names_body(name) and not _SOME_UNIT.search(name)
    )
    return tuple(
        n for n in names if n not in entity and entity not in n and not is_short_for(n, entity)
    )


_GOVERNMENT = re.compile(r"(?:人民政府|政府|街道办事处|办事处)(?:机关|本级)?$")


def _place_of(name: str, body: str) -> bool:
    """Whether a name is the place whose government the body is: 鹭桥镇, 澄溪区鹭桥镇人民政府."""
    _, found, rest = body.rpartition(name)
    return bool(found) and _GOVERNMENT.match(rest) is not None


def _title(blocks: Sequence[Block]) -> Title:
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
    return Title(tidy(text), raw, spans, lines[0].page)


def _caption_title(blocks: Sequence[Block]) -> Title:
    """A form without a title line is named by its table's title."""
    for block in blocks[:6]:
        named = block.kind in (BlockKind.CAPTION, BlockKind.HEADING)
        if named and is_title_like(tidy(block.text)):
            return Title(tidy(block.text), block.text, block.spans, block.page)
    return Title()


def _form_title(scope: Scope) -> Title:
    """The title that a form prints in its first row."""
    first = scope.blocks[0]
    if numbered_project(first.text):
        return Title(tidy(first.text), first.text, first.spans, first.page)
    cell = banner(scope.tables[0]) if scope.tables else None
    return Title(tidy(cell.text), cell.text, cell.spans) if cell is not None else Title()


def _titled_kind(title: str) -> ReportKind | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(title)), None)


def _kind(title: str, scope: Scope) -> ReportKind:
    titled = _titled_kind(title)
    if titled is not None:
        return titled
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


def _entity(title: Title, scope: Scope, around: str) -> Fact:
    """The unit of a part, a bare 市农业农村局 with the place that the title opens with.

    `around`: the unit of the file, or of the report around the part; of several units that a form
    states (the one in charge, the one that carries out) it is the one meant.
    """
    found = _named_entity(title, scope, around)
    place = place_in_title(title.text)
    if _BARE_UNIT.match(found.value) and found.value[:1] not in place:
        level = found.value[:1]
        place = place_of_level(title.text, level) or place or place_in_text(scope.text)
    bare = bool(place) and _BARE_UNIT.match(found.value) is not None
    province = province_in_title(title.text)
    if province and found.value.startswith("省"):
        return replace(found, value=province + found.value[1:])
    if bare:
        found = replace(found, value=full_unit(found.value, place))
    if _BARE_UNIT.match(found.value):
        found = replace(found, value=with_its_place(scope.text, found.value))
    return found if found.value or around else title.fact(place_reported_on(title.text))


_BARE_UNIT = re.compile("[市县区](?!场监|政工程|政设施|政园林|政公用)")


_TREASURY = ("财政局", "财政厅", "财政部")
_OF_PLACES = (ReportKind.FINAL_ACCOUNTS, ReportKind.BUDGET, None)
_OWN = (  # kinds that the unit itself writes and signs
    ReportKind.UNIT_SELF_EVALUATION,
    ReportKind.PROJECT_SELF_EVALUATION,
    ReportKind.FINAL_ACCOUNTS,
    ReportKind.BUDGET,
)


def _evaluates(named: str, title: str) -> bool:
    """True where the finance office that a title names reports on another unit's project."""
    judged = _titled_kind(title) is ReportKind.PROJECT_EVALUATION
    return _is_treasury(named) and judged and bool(project_in_title(title, named))


def _is_treasury(name: str) -> bool:
    return name.endswith(_TREASURY)


def _named_entity(title: Title, scope: Scope, around: str) -> Fact:
    named = unit_in_title(title.text) or unit_behind_title(title.text)
    named = named or unit_of_letterhead(title.raw)
    stated = [
        plain
        for fact in facts_stated(scope.blocks, scope.tables, UNIT_KEYS)
        if (plain := _plain_unit(fact)).value
    ]
    owner = owner_in_text(scope.text)
    if named:
        fuller = (fact for fact in stated if is_short_for(named, fact.value))
        if owner and _evaluates(named, title.text) and not _is_treasury(owner.name):
            return Fact(owner.name, scope.locate(owner))
        return next(fuller, title.fact(named))
    if stated:
        return next((fact for fact in stated if fact.value == around), stated[0])
    place = place_of_all_bodies(title.text)
    if place and not around and _titled_kind(title.text) in _OF_PLACES:
        return title.fact(place)
    signed = signed_by(scope.blocks)
    if signed and _titled_kind(title.text) in _OWN:
        return signed
    if owner:
        return Fact(owner.name, scope.locate(owner))
    itself = rates_itself(scope.text)
    if itself:
        return Fact(itself.name, scope.locate(itself))
    clients = [_plain_unit(fact) for fact in facts_stated(scope.blocks, scope.tables, CLIENT_KEYS)]
    client = next((fact for fact in clients if fact.value and "财政" not in fact.value), None)
    if client:
        return client
    if signed and not _is_treasury(signed.value):
        return signed
    found = short_unit_in_text(scope.text, is_local(title.text))
    if found is None and _titled_kind(title.text) in _OWN:
        found = acts_itself(scope.text)
    if found is None:
        return _NOTHING
    place = place_in_title(title.text) or place_in_text(scope.text, found.name[:1])
    return Fact(full_unit(found.name, place), scope.locate(found))


def _plain_unit(fact: Fact) -> Fact:
    """A stated unit by its bare name; nothing for the firms that write reports."""
    return _NOTHING if is_firm(fact.value) else _shortened(fact, plain_unit(fact.value))


def _shortened(fact: Fact, name: str) -> Fact:
    """A name that `fact` opens with, at its place."""
    if fact.locator is None or not name or not fact.value.startswith(name):
        return Fact(name, fact.locator)
    spans = slice_spans(fact.locator.spans, 0, len(name))
    return Fact(name, replace(fact.locator, spans=spans))


def _project(title: Title, entity: Fact, scope: Scope, kind: ReportKind) -> Fact:
    stated = next(iter(facts_stated(scope.blocks, scope.tables, PROJECT_KEYS)), _NOTHING)
    if stated.value:
        return _shortened(stated, without_aside(stated.value))
    unit = entity.value if entity.value in title.text else unit_in_title(title.text)
    named = project_in_title(title.text, unit)
    if scope.formed and not named:
        named = project_in_form(title.raw if numbered_project(title.raw) else title.text)
    if named:
        return title.fact(named)
    if scope.project:
        return _located(scope, scope.project)
    below = _below_title(title, scope) if kind in _OF_PROJECTS else _NOTHING
    if below.value:
        return below
    if title.text and kind not in _OF_PROJECTS and not _OF_PROJECT.search(title.text):
        return _NOTHING
    found = project_in_text(scope.text, title.text)
    return Fact(found.name, scope.locate(found)) if found else _NOTHING


def _below_title(title: Title, scope: Scope) -> Fact:
    """The project that the line below a title names, where the title names none."""
    after = [block for block in scope.blocks[:_HEAD] if block.kind is not BlockKind.TITLE]
    if not title.text or not after:
        return _NOTHING
    name = project_of_line(after[0].text)
    return _located(scope, name) if name else _NOTHING


_HEAD = 8  # blocks: a title stands in them
_OF_PROJECT = re.compile("项目|专项|资金|经费|工程|政策")


def _located(scope: Scope, name: str) -> Fact:
    """A form's project at the line that names it, where that is one of the form's lines."""
    start = scope.text.find(name)
    found = Named(name, start, start + len(name))
    return Fact(name, scope.locate(found) if start >= 0 else None)


def _years(title: Title, scope: Scope) -> tuple[Fact, ...]:
    """The years of the title, else the stated year."""
    spanned = _RANGE.search(fold(title.text))
    if spanned and int(spanned[1]) < int(spanned[2]) <= int(spanned[1]) + 6:
        years = range(int(spanned[2]), int(spanned[1]) - 1, -1)
        return tuple(title.fact(str(year)) for year in years)
    printed = _YEAR.findall(_DAY.sub("", fold(title.text)))
    printed.sort(key=lambda pair: pair[1] != "年度")  # 2023年度 is the year reported on
    in_title = list(dict.fromkeys(year for year, _ in printed))
    if in_title:
        return tuple(title.fact(year) for year in in_title)
    for stated in facts_stated(scope.blocks, scope.tables, YEAR_KEYS):
        digits = re.search(r"20\d\d", stated.value)
        if digits:
            return (Fact(digits.group(), stated.locator),)
    return ()


def _prominent_year(scope: Scope) -> tuple[Fact, ...]:
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
