"""What stands with the values and quotes of an answer: the words that they answer to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ingest.figures import strip_number
from ingest.model import Block, Document, Role
from qa.evidence import Candidate, Evidence, FigureIndexCache
from qa.matching import grams, squeeze
from qa.model import Source
from qa.plan import Plan


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
        years: of the reports in scope, where several may be meant.
        projects: likewise.
        bodies: likewise.
        wide: the whole paragraphs that quotes were taken from, squeezed.
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
    for each in involved:
        held.update(FigureIndexCache.get(each.document).features[each.figure.no].weights)
        texts.append(_names_of(each.document, each.figure.block))
    for source in sources:
        document = documents.get(source.sha256) or documents.get(source.report)
        if document is None:
            continue
        if source.figure is not None and source.figure < len(document.figures):
            held.update(FigureIndexCache.get(document).features[source.figure].weights)
        block = _block_at(document, source.start)
        wide.append("" if block is None else _around(document, block))
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
        *_scope(evidence, plan),
        squeeze("".join(wide)),
    )


def _closeness(involved: tuple[Candidate, ...], plan: Plan) -> tuple[Decimal, Decimal]:
    """How much of the first figure's name is asked, and how much of what is asked stands with it."""
    if not involved:
        return Decimal(1), Decimal(1)
    match, figure = involved[0].match, involved[0].figure
    # Headings that a sentence's figure is led by are where it stands, not what it is called.
    name = grams(figure.metric)
    metric = name - _headings(involved[0]) or name
    # The names of bodies and projects in it are asked as well, though not as words of the figure.
    named = len(metric & grams(plan.question)) / len(metric) if metric else 0.0
    precision = max(match.precision, named)
    asked = {squeeze(each) for target in plan.targets for each in (target.key, target.label)}
    whole = any(len(each) > 3 and each in squeeze(figure.metric) for each in asked)
    presence = 1.0 if whole else match.presence
    return Decimal(str(round(precision, 3))), Decimal(str(round(presence, 3)))


def _headings(each: Candidate) -> frozenset[str]:
    document = each.document
    above = document.section_path(document.blocks[each.figure.block].section)
    return frozenset(gram for title in above for gram in grams(strip_number(title)))


Names = tuple[str, ...]


def _scope(evidence: Evidence, plan: Plan) -> tuple[Names, Names, Names]:
    """The years, projects and bodies of the parts that a question is about."""
    keys = tuple(key for _, its in plan.projects for key in its) or plan.parts
    refs = [evidence.ref(key) for key in keys]
    years = sorted({ref.year for ref in refs if ref.year})
    inside = [ref for ref in refs if not plan.years or ref.year in plan.years]
    projects = sorted({ref.project for ref in inside if ref.project})
    bodies = sorted({ref.entity for ref in inside if ref.entity})
    return tuple(years), tuple(projects), tuple(bodies)


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


def _begins(block: Block) -> int:
    return block.spans[0][0] if block.spans else -1


def _names_of(document: Document, block: int) -> str:
    """Headings above a block, and title, body, project and years of the report that holds it."""
    part = document.part_of(block)
    above = document.section_path(document.blocks[block].section)
    names = (part.title.value, part.entity.value, part.project.value)
    years = (f"{fact.value}年" for fact in part.years)
    return " ".join([*map(strip_number, above), *names, *years, document.name])
