"""What stands with the values and quotes of an answer: the words that they answer to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.figures.finding import strip_number
from ingest.model import Block, BlockKind, Document, Role
from qa.figures.cell_words import crossed, labels_of, names_elsewhere, rows_elsewhere
from qa.figures.evidence import Candidate, Evidence
from qa.figures.fitting import same_noun
from qa.figures.neighbours import names_beside, parts_before
from qa.figures.own_name import own_name
from qa.figures.word_index import FigureIndexCache
from qa.model import PartKey, PartRef, Source
from qa.plan import Operation, Plan
from qa.texts.index import row_text
from qa.texts.model import TextKind
from qa.words.lexicon import derived, words
from qa.words.matching import asked_grams, grams, squeeze
from qa.words.synonyms import synonym_groups


@dataclass(frozen=True, slots=True)
class Ground:
    """The words around what is shown.

    Attributes:
        grams: of labels, sentences, headings, titles and names there.
        text: the same without blanks and punctuation, to look for whole names in.
        library: grams that the reports in question use anywhere for a figure or a heading.
        roles: what the figures that went into the answer are.
        precision: share of the first figure's own name that the question mentions (0 to 1).
        presence: share of the asked name that stands near the first figure (0 to 1).
        years: of the parts in scope that give something as near to what was asked.
        projects: likewise.
        bodies: likewise.
        wide: the whole paragraphs that quotes were taken from, squeezed.
        reports: the texts of the reports that the answer was taken from.
        crossed: the name of the second of two cells of one table, of which neither row nor column is
            that of the first, where the question does not name both sides of both.
        labels: of the first figure: its own, those above it, its sentence, title and headings.
        over: labels of the second figure, where two went into the answer.
        parts_before: what the paragraph of the first figure lists the parts of before it.
        beside: what the figures behind the first one in its sentence are called.
        sibling: the project of the first figure's part, where its report has another part that is of
            the project asked for.
        apart: whether the first figure stands outside the part that its report has for the project
            asked for.
        elsewhere: names of rows of the first figure's report that stand whole in the question and
            in none of the labels.
    """

    grams: frozenset[str] = frozenset()
    text: str = ""
    library: frozenset[str] = frozenset()
    roles: tuple[Role, ...] = ()
    precision: Decimal = Decimal(1)
    presence: Decimal = Decimal(1)
    years: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    wide: str = ""
    reports: tuple[str, ...] = ()
    crossed: str = ""
    labels: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    sibling: str = ""
    parts_before: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    apart: bool = False
    lead: str = ""


def ground_of(
    evidence: Evidence, plan: Plan, sources: Iterable[Source], involved: Iterable[Candidate]
) -> Ground:
    """The ground of an answer's places and of the figures that went into it."""
    involved = tuple(involved)
    documents = {each.document.sha256: each.document for each in involved}
    documents |= _opened(evidence, documents, sources := tuple(sources))
    held: set[str] = set()
    library: set[str] = set()
    texts: list[str] = []
    wide: list[str] = []
    held_by: list[str] = []  # paragraphs, or rows of tables, with their headings
    for each in involved:
        held.update(FigureIndexCache.get(each.document).features[each.figure.no].weights)
        texts += (_names_of(each.document, each.figure.block), _led_in(each))
    for source in sources:
        document = documents.get(source.sha256) or documents.get(source.report)
        if document is None:
            continue
        if source.figure is not None and source.figure < len(document.figures):
            held.update(FigureIndexCache.get(document).features[source.figure].weights)
        block = _block_at(document, source.start)
        wide.append("" if block is None else _around(document, block))
        if block is not None:
            row = _row_at(document, block, source.start)
            held_by.append(f"{row or wide[-1]}{_names_of(document, block.no)}")
        own = (source.quote, source.row or "", source.column or "", source.table or "")
        texts += [*own, *(() if block is None else (_names_of(document, block.no),))]
    for document in documents.values():
        library.update(FigureIndexCache.get(document).postings)
    for text in texts:
        held |= grams(text)
    return Ground(
        frozenset(held),
        squeeze("".join(texts)),
        frozenset(library),
        tuple(dict.fromkeys(each.figure.role for each in involved)),
        *_closeness(involved, plan),
        *_scope(evidence, plan, involved),
        squeeze("".join(wide)),
        tuple(dict.fromkeys(document.text for document in documents.values())),
        crossed(involved, plan.question),
        labels := labels_of(involved),
        rows_elsewhere(involved, labels, plan) or _told_elsewhere(documents, held_by, plan),
        labels_of(involved[1:]) if len(involved) == 2 else (),
        _sibling(involved, plan),
        parts_before(involved[0].document, involved[0].figure) if involved else (),
        names_beside(involved[0].document, involved[0].figure) if involved else (),
        _apart(involved, plan),
        _led_in(involved[0]) if involved else "",
    )


_LEAD = 120  # characters of a paragraph right above a table that says what it lists


def _led_in(candidate: Candidate) -> str:
    """The paragraph right above the table of a figure: …批复项目9个，项目资金1950万元."""
    place, document = candidate.figure.locator, candidate.document
    block = document.tables[place.table].block if place.table is not None else 0
    above = document.blocks[block - 1] if block else None
    return above.text if above is not None and len(above.text) <= _LEAD else ""


_ONE_PLACE = (TextKind.DATE, TextKind.DOCUMENT_NUMBER, TextKind.PERSON_OR_BODY, TextKind.FACT)


def _told_elsewhere(
    documents: Mapping[str, Document], told: Sequence[str], plan: Plan
) -> tuple[str, ...]:
    """Names of rows that a question about one fact spells out, and its passage does not."""
    reports = {document.sha256: document for document in documents.values()}
    if plan.text_kind not in _ONE_PLACE or len(reports) != 1 or not told:
        return ()
    report = next(iter(reports.values()))
    found = (name for text in told for name in names_elsewhere(report, [squeeze(text)], plan))
    return tuple(dict.fromkeys(name for name in found if len(name) >= _ROW_NAME))


_ROW_NAME = 3  # characters of a name that stands for one thing


def _apart(involved: tuple[Candidate, ...], plan: Plan) -> bool:
    """Whether a figure stands in another part of a report that has a part for the project asked for."""
    asked = set(plan.project_parts)
    beside = {report for report, _ in asked}
    keys = [(each.report, each.part.no) for each in involved[:1]]
    return any(key not in asked and key[0] in beside for key in keys)


def _sibling(involved: tuple[Candidate, ...], plan: Plan) -> str:
    asked = set(plan.project_parts)
    for each in involved[:1]:
        key, beside = (each.report, each.part.no), {report for report, _ in asked}
        if key not in asked and each.report in beside and each.part.no:
            return each.part.project.value
    return ""


# 年末在职人数 is the number of 年末实有在职人员: the tail says what is counted, as the unit does.
_COUNTED = re.compile(r"(?P<what>.{3,}?)(?P<noun>[人户家件台辆座处个次场份名])数量?$")


def _of_counted(first: Candidate, asked: Collection[str]) -> float:
    """How much of what a number is asked of stands in the name of the figure that counts it."""
    figure = first.figure
    called = grams(squeeze("".join((figure.metric, *figure.row_path, *figure.column_path))))
    shares = [0.0]
    for found in (_COUNTED.fullmatch(each) for each in asked):
        if found is not None and same_noun(figure.quantity.unit.noun, found["noun"]):
            wanted = grams(found["what"])
            shares.append(len(wanted & called) / len(wanted) if figure.quantity.unit.noun else 0.0)
    return max(shares)


# 5个子项目都按计划完成: what is said of the things counted is no name of theirs.
_PREDICATE = re.compile(
    r"(?<=[一-鿿])(?:都|均|全部|已全部)(?:已|按|如期|得到|能|能够)?[一-鿿]{2,8}$"
)


def _closeness(involved: tuple[Candidate, ...], plan: Plan) -> tuple[Decimal, Decimal]:
    """How much of the first figure's name is asked, and how much of what is asked stands with it."""
    if not involved:
        return Decimal(1), Decimal(1)
    match, figure = involved[0].match, involved[0].figure
    # Headings that a sentence's figure is led by are where it stands, not what it is called.
    called = own_name(involved[0])
    name = grams(_PREDICATE.sub("", called)) or grams(called)
    # A change told in a sentence of its own is called by what stands there, heading or not.
    spelled = figure.role is Role.CHANGE and squeeze(called) in squeeze(figure.sentence)
    metric = name if spelled else name - _headings(involved[0]) or name
    # The names of bodies and projects in it are asked as well, though not as words of the figure.
    named = len(metric & grams(plan.question)) / len(metric) if metric else 0.0
    # 计划发布 and 实际发布 are called by what they are a plan or a result of.
    subject = grams(figure.subject) if figure.role in (Role.ACTUAL, Role.TARGET) else frozenset()
    of_it = len(subject & grams(plan.question)) / len(subject) if len(subject) > 2 else 0.0
    precision = max(match.precision, named, of_it)
    precision = 1.0 if _total_of_asked(involved[0], plan) else precision
    asked = {squeeze(each) for target in plan.targets for each in (target.key, target.label)}
    whole = any(len(each) > 3 and each in squeeze(figure.metric) for each in asked)
    presence = 1.0 if whole else max(match.presence, _of_counted(involved[0], asked))
    return Decimal(str(round(precision, 3))), Decimal(str(round(presence, 3)))


_TOTAL_ROW = re.compile(r"合计|总计|共计|总额")


def _total_of_asked(each: Candidate, plan: Plan) -> bool:
    """Whether it is the total row of a table whose title names what is asked for."""
    figure = each.figure
    if figure.locator.table is None or not figure.row_path or len(plan.targets) != 1:
        return False
    wanted = grams(squeeze(plan.targets[0].key))
    title = grams(squeeze(each.document.tables[figure.locator.table].title))
    total = _TOTAL_ROW.fullmatch(squeeze(figure.row_path[-1]))
    return bool(total and wanted and wanted <= title)


def _headings(each: Candidate) -> frozenset[str]:
    document = each.document
    above = document.section_path(document.blocks[each.figure.block].section)
    return frozenset(gram for title in above for gram in grams(strip_number(title)))


Names = tuple[str, ...]


def _scope(
    evidence: Evidence, plan: Plan, involved: tuple[Candidate, ...]
) -> tuple[Names, Names, Names]:
    """The years, projects and bodies of the parts that a question is about.

    Where one figure is shown, of the parts alone that give one as near to what was asked.
    """
    keys = plan.asked_parts
    refs = [evidence.ref(key) for key in keys]
    years, projects, bodies = _names(refs, plan)
    if involved and plan.operation in _OF_FIGURES and plan.targets:
        rivals = _rivals(evidence, plan, involved[0], keys)
        near = _names([ref for ref in refs if ref.key in rivals], plan)
        alone = _particular(plan)
        years, projects, bodies = (
            few if alone or len(few) > 1 else every
            for few, every in zip(near, (years, projects, bodies), strict=True)
        )
    if involved and not involved[0].part.entity.value and _titled(involved[0], plan.question):
        bodies = ()
    return years, projects, bodies


def _names(refs: Iterable[PartRef], plan: Plan) -> tuple[Names, Names, Names]:
    """The years of parts; the projects and bodies of those of the years asked for."""
    refs = tuple(refs)
    inside = [ref for ref in refs if not plan.years or ref.year in plan.years]
    return (
        tuple(sorted({ref.year for ref in refs if ref.year})),
        tuple(sorted({ref.project for ref in inside if ref.project})),
        tuple(sorted({ref.entity for ref in inside if ref.entity})),
    )


def _particular(plan: Plan) -> bool:
    """Whether the words asked for are more than a figure that every report of a kind gives."""
    if plan.projects:
        return True
    target = plan.targets[0]
    return particular_words(f"{target.key}{plan.context}{target.beside}")


def particular_words(text: str) -> bool:
    """Whether words say more than the trade's own, which every report of a kind has (支出合计)."""
    rest = _of_every_report().sub("|", squeeze(text))
    return any(len(piece) >= _TELLING for piece in rest.split("|"))


@derived
@cache
def _of_every_report() -> re.Pattern[str]:
    known = {*words("trade_words.txt"), *words("asking_words.txt")}
    for group in synonym_groups():
        known.update((group.term, *group.same))
    found = sorted({squeeze(word) for word in known} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, found)))


_TELLING = 2  # characters


def _titled(first: Candidate, question: str) -> bool:
    """Whether the question has the name in the title of a report whose body was not made out."""
    title = _OF_REPORTS.sub("|", squeeze(f"{first.part.title.value}|{first.document.name}"))
    asked = squeeze(question)
    return any(
        piece[at : at + _A_NAME] in asked
        for piece in title.split("|")
        for at in range(len(piece) - _A_NAME + 1)
    )


_A_NAME = 4  # characters
# What titles of reports have in common.
_OF_REPORTS = re.compile(
    r"\d+|[a-z]+|[—.、_-]|年度?|部门|单位|整体|项目|支出|预算|决算|绩效|自评|评价|评估|公开|说明|报告|情况|专项|资金|表"
)


_OF_FIGURES = (
    Operation.LOOKUP,
    Operation.COMPLETION,
    Operation.CHANGE,
    Operation.GROWTH,
    Operation.DEDUCTION,
    Operation.COUNT,
    Operation.DIFFERENCE,
    Operation.SHARE,
)
_AS_MUCH = 0.75  # of what the first figure holds of the asked words


def _rivals(
    evidence: Evidence, plan: Plan, first: Candidate, keys: Collection[PartKey]
) -> set[PartKey]:
    """The parts with a figure that holds as much of the asked words as the first one."""
    target = plan.targets[0]
    asked = asked_grams(f"{target.key} {plan.context} {target.beside}")
    own = FigureIndexCache.get(first.document).features[first.figure.no].weights
    least = _AS_MUCH * sum(gram in own for gram in asked)
    found = {(first.report, first.figure.part)}
    for report, _ in evidence.scoped(keys):
        index = evidence.index(report)
        held = Counter(no for gram in asked for no, _ in index.postings.get(gram, ()))
        figures = index.document.figures
        found |= {(report, figures[no].part) for no, count in held.items() if count >= least}
    return found


def _around(document: Document, block: Block) -> str:
    """A block's text with what stands just before it: a list's heading, a clause that leads in."""
    first = max(block.no - 2, 0)
    return " ".join(each.text for each in document.blocks[first : block.no + 1])


def _opened(
    evidence: Evidence, known: dict[str, Document], sources: tuple[Source, ...]
) -> dict[str, Document]:
    """The documents that sources name and no figure brought along, by hash or else by name."""
    lacking = {s.sha256 or s.report for s in sources} - known.keys()
    if not lacking:
        return {}
    found: dict[str, Document] = {}
    names = {s.report for s in sources}
    for part in evidence.parts:
        if part.report_name in names:
            document = evidence.document(part.report)
            found[document.sha256] = found[document.name] = document
    return found


def _block_at(document: Document, start: int) -> Block | None:
    """The block that holds a character of the raw text."""
    at = bisect_right(document.blocks, start, key=_begins) - 1
    return document.blocks[at] if at >= 0 else None


def _row_at(document: Document, block: Block, start: int) -> str:
    """The row of a table, with its labels and those of its column, that holds a character."""
    if block.kind is not BlockKind.TABLE or block.table is None:
        return ""
    table = document.tables[block.table]
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if any(low <= start < high for low, high in cell.spans):
                return (
                    f"{row_text(table, number)}{''.join(table.columns[column].path)}{table.title}"
                )
    return ""


def _begins(block: Block) -> int:
    return block.spans[0][0] if block.spans else -1


def _names_of(document: Document, block: int) -> str:
    """Headings above a block, and title, body, project and years of the report that holds it."""
    part = document.part_of(block)
    above = document.section_path(document.blocks[block].section)
    names = (part.title.value, part.entity.value, part.project.value)
    years = (f"{fact.value}年" for fact in part.years)
    return " ".join([*map(strip_number, above), *names, *years, document.name])
