"""What a question says did not happen (没有验收), and whether a place says so too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Table
from qa.texts.index import AROUND, LABEL, OWN, Index, index_of, profile_for, row_labels, scope_parts
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import MEDIUM_SHARE, make_finding, source_text, text_at
from qa.texts.terms import squeezed, strip_words

_VERBS = (
    "完工|竣工|完成|验收|达标|达到|实现|开工|动工|开展|实施|整改|办结|建成|投用|支付|拨付|发放|交付|交货|移交|签订"
    "|启动|安装|上线|归还|收回|落实|执行|公开|审批|备案|销号|结项|结算"
)
_DENIED = re.compile(
    r"(?:(?<![有了是])没有?|尚未|还未|未能?|未曾)(?:[按如]期|按时|及时|全部|能|组织|进行|通过|完全|得到)*"
    rf"(?P<verb>{_VERBS})(?!材料|资料|报告|单|记录|手续|率|情况)"
)
_ALIKE = (
    "完工|竣工|完成|建成",
    "开工|动工|启动",
    "达标|达到|实现",
    "交付|交货|移交",
    "支付|拨付|发放",
    "归还|收回",
)
_EXCEPT = re.compile("除[^，。；,;]{1,40}?外")
_NAMES = re.compile(r"[哪谁]|什么|列")


def denied(question: str) -> tuple[str, ...]:
    """What a question says did not happen, each as a pattern of words alike."""
    verbs = dict.fromkeys(match["verb"] for match in _DENIED.finditer(question))
    return tuple(next((each for each in _ALIKE if verb in each), verb) for verb in verbs)


def affirms(text: str, verbs: Sequence[str]) -> bool:
    """Whether a text tells that what is denied happened, and nowhere that it did not."""
    packed = squeezed(text)
    return any(re.search(verb, packed) and not _denies(packed, verb) for verb in verbs)


def _denies(packed: str, verb: str) -> bool:
    """Whether a squeezed text says that something did not happen, or to what it did not."""
    plain = (
        rf"(?:未(?![见附提])|没有?|不(?=予|能)|(?:有|等)?待|正在)[^，。；,;、：:]{{0,4}}?(?:{verb})"
    )
    return bool(re.search(plain, packed) or _EXCEPT.search(packed))


def without_affirmed(
    scope: ScopedDocument, question: str, found: list[TextFinding]
) -> list[TextFinding]:
    """The findings that do not say the contrary of what a question says did not happen."""
    verbs = denied(question)
    return [f for f in found if not verbs or not affirms(_told(scope, f), verbs)]


def _told(scope: ScopedDocument, finding: TextFinding) -> str:
    """What makes a finding one: the cells beside its entries, else its own words."""
    index = index_of(scope.document)
    beside = [source_text(index, place) for place in finding.beside]
    return "\n".join(beside or (finding.quote, finding.answer))


def find_denied_rows(
    scope: ScopedDocument, question: str, terms: tuple[str, ...]
) -> list[TextFinding]:
    """The rows of the one table in which a cell says no more than that it did not happen (未完工)."""
    verbs = denied(question)
    if len(verbs) != 1 or not _NAMES.search(question):
        return []
    index, wanted = index_of(scope.document), scope_parts(scope)
    profile = profile_for(
        scope, strip_words(terms, re.compile(f"没有?|[尚还]?未|{verbs[0]}|哪[个些]?"))
    )
    found: list[TextFinding] = []
    for table in index.document.tables:
        if wanted is not None and index.parts[table.block] not in wanted:
            continue
        pairs = [pair for r in range(len(table.rows)) if (pair := _denied_row(table, r, verbs[0]))]
        heads = squeezed("\n".join((table.title, *(h for c in table.columns for h in c.path))))
        titles = squeezed("\n".join(index.outline.titles(table.block)))
        coverage = profile.cover(((OWN, heads), (LABEL, titles), (AROUND, _names(index, table))))
        if not pairs or (not profile.empty and coverage.share < MEDIUM_SHARE):
            continue
        items = tuple(name for name, _ in pairs)
        texts = tuple(text_at(index, item) for item in items)
        made = make_finding(
            scope, items[0], Confidence.HIGH, coverage,
            answer="；".join(texts), items=texts, item_places=items,
        )  # fmt: skip
        found.append(replace(made, beside=tuple(cell for _, cell in pairs)))
    return found if len(found) == 1 else []


def _denied_row(table: Table, row: int, verb: str) -> tuple[Place, Place] | None:
    """The name of a row and the cell of it that denies, whole."""
    path = row_labels(table, row)
    if not path or table.row_infos[row].total:
        return None
    short = re.compile(rf"(?:目前|[尚还仍])*(?:未|没有?)[^，。；,;]{{0,4}}?(?:{verb})。?")
    cells = table.rows[row]
    told = next((c for c, cell in enumerate(cells) if short.fullmatch(cell.text.strip())), None)
    name = next((c for c, cell in enumerate(cells) if cell.text == path[-1]), None)
    if told is None or name is None:
        return None
    places = ((name, len(path[-1])), (told, len(cells[told].text)))
    of_name, of_cell = (Place(table.block, 0, end, table.no, row, column) for column, end in places)
    return of_name, of_cell


def _names(index: Index, table: Table) -> str:
    """The names of the part that a table stands in."""
    part = index.document.part_of(table.block)
    facts = (part.title.value, part.project.value, part.entity.value)
    return "\n".join(squeezed(fact) for fact in facts)
