"""LIST: problems, suggestions and merits, which reports put under headings of many wordings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from qa.texts.deductions import is_lack
from qa.texts.index import (
    AROUND,
    LABEL,
    OWN,
    Index,
    index_of,
    profile_for,
    scope_parts,
    split_clauses,
    trim,
)
from qa.texts.listing import ListSource, item_span
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.outline import read_mark
from qa.texts.search import lower, make_finding, text_at
from qa.texts.sources import list_sources
from qa.texts.terms import Coverage


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of section that reports have under many headings."""

    asked: re.Pattern[str]
    heading: re.Pattern[str]
    weak: re.Pattern[str]  # headings that serve where no other names the kind
    clause: Callable[[str], tuple[int, int] | None]


def _problem_clause(clause: str) -> tuple[int, int] | None:
    lacking = [
        m.span()
        for m in re.finditer(r"[^，,。；;]+", clause)
        if is_lack(m.group()) or "存在" in m.group()
    ]
    return lacking[0] if lacking else None


def _advice_clause(clause: str) -> tuple[int, int] | None:
    found = re.search(
        r"建议[\s\S]+|[^，,]*(?:(?<![无不响相适反])应当?(?![用急收付])"
        r"|(?<![无不])需要?(?!求)|(?<![主重必需紧首])要(?!求|素|点))[\s\S]+",
        clause,
    )
    return found.span() if found else None


def _merit_clause(clause: str) -> tuple[int, int] | None:
    if is_lack(clause) or "建议" in clause or "存在" in clause:
        return None
    merit = re.search(r"较好|提升|优化|完善|顺利|规范|有效|成效|建立|制定", clause)
    return (0, len(clause)) if merit else None


_TOPIC_SHARE = 0.85
_CATEGORIES = (
    Category(
        re.compile(
            r"(?:主要)?(?:存在的?)?(?:主要)?(?:问题|不足(?:之处)?|短板|困难|缺陷|毛病"
            r"|弊端)(?:与不足|和不足|及原因)?|problems?|shortcomings?|issues?"
        ),
        re.compile(r"问题|不足(?!以)|短板|困难|缺陷"),
        re.compile(r"薄弱|有待"),
        _problem_clause,
    ),
    Category(
        re.compile(
            r"(?:相关|有关|改进|整改|对策|政策|下一步|下步)*(?:的)?(?:建议|改进措施"
            r"|整改措施|改进意见|措施|对策|打算|改进)|怎么改|如何改进|suggest\w*"
            r"|recommend\w*|measures?|improve\w*"
        ),
        re.compile(r"建议|改进|整改|对策|措施"),
        re.compile(r"下一步|下步|打算|工作计划|工作思路"),
        _advice_clause,
    ),
    Category(
        re.compile(
            r"(?:主要|成功|典型|好的)*(?:的)?(?:经验做法|经验|做法|亮点|成效)"
            r"|experiences?|practices?"
        ),
        re.compile(r"经验|做法|亮点"),
        re.compile(r"成效|主要绩效|绩效总结|主要成绩"),
        _merit_clause,
    ),
)


def find_sections(
    scope: ScopedDocument, category: Category, terms: tuple[str, ...]
) -> list[TextFinding]:
    """Entries of the sections of a kind, about what the terms name (none: all entries)."""
    for heading in (category.heading, category.weak):
        found = _under(scope, category, heading, terms) or _about(scope, category, heading, terms)
        if found:
            return found
    return []


def any_category() -> re.Pattern[str]:
    """The words that ask for a kind of section, of whichever kind."""
    return re.compile("|".join(category.asked.pattern for category in _CATEGORIES))


def category_of(question: str, noun: str) -> Category | None:
    """The kind of section asked for: what 哪些 asks entries of, else the last kind named."""
    inside = re.search(r"(?:当|其)?中的?([\u4e00-\u9fff]{2,6})\s*[?？。]?$", question)
    if inside:  # 经验、问题和建议中的建议
        of_part = [c for c in _CATEGORIES if c.asked.match(inside[1])]
        if of_part:
            return of_part[0]
    by_noun = [c for c in _CATEGORIES if noun and c.asked.match(noun)]
    if by_noun:
        return by_noun[0]
    named = [(m.start(), c) for c in _CATEGORIES for m in c.asked.finditer(question)]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _about(
    scope: ScopedDocument, category: Category, heading: re.Pattern[str], terms: tuple[str, ...]
) -> list[TextFinding]:
    """Of a whole section, the entries whose own text is about the terms."""
    profile = profile_for(scope, terms)
    if profile.empty:
        return []
    index, found = index_of(scope.document), []
    for whole in _under(scope, category, heading, ()):
        last = _section_end(index, whole.block)
        kept = []
        for at, place in enumerate(whole.item_places):
            later = [p.block for p in whole.item_places[at + 1 :] if p.block > place.block]
            blocks = range(place.block, later[0] if later else last)
            text = "\n".join(index.block_own[block] for block in blocks)
            coverage = profile.cover(((OWN, text),))
            if coverage.share >= _TOPIC_SHARE:
                kept.append((place, coverage))
        if kept:
            items = tuple(place for place, _ in kept)
            texts = tuple(text_at(index, place) for place in items)
            made = replace(
                whole, answer="；".join(texts), items=texts, item_places=items,
                confidence=Confidence.MEDIUM, matched=kept[0][1].matched,
                missing=kept[0][1].missing,
            )  # fmt: skip
            found.append(made)
    return found


def _section_end(index: Index, block: int) -> int:
    owners = [node.last for node in index.outline.nodes if node.first == block]
    return min(owners, default=block + 1)


def _under(
    scope: ScopedDocument, category: Category, heading: re.Pattern[str], terms: tuple[str, ...]
) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    profile = profile_for(scope, terms)
    graded: list[tuple[tuple[float, ...], ListSource, Coverage]] = []
    for source in list_sources(index):
        named = source.kind == "column" and heading.search(source.owner.split("\n")[-1])
        if (wanted is not None and source.part not in wanted) or source.kind == "group":
            continue
        if source.kind == "column" and not named:
            continue
        titled = bool(heading.search(source.owner))
        if not titled and not (heading.search(source.label) and not profile.empty):
            continue
        if _divided(index, category, source) or _NO_SECTION.search(source.owner):
            continue
        if _of_another(category, source):
            continue
        coverage = profile.cover(
            ((OWN, source.owner), (LABEL, source.label), (AROUND, _before(index, source)))
        )
        if not profile.empty and coverage.share < 0.8:
            continue
        level = len(index.outline.paths[source.quote.block])
        form = ("headings", "paragraphs", "marked", "inline", "column").index(source.kind)
        placed = bool(heading.search(source.label))
        rank = (
            -round(coverage.share, 2), not titled,
            source.quote.table is not None and source.kind != "column", not placed,
            -round(coverage.depth, 2), form, level,
        )  # fmt: skip
        graded.append((rank, source, coverage))
    graded.sort(key=lambda g: (g[0], g[1].quote.block, g[1].quote.start))
    return list(_best_of_parts(scope, index, category, graded, profile.empty))


def _before(index: Index, source: ListSource) -> str:
    """The paragraph before a list that is introduced in its own, where both stand in one section."""
    block, blocks = source.quote.block, index.document.blocks
    if source.kind not in ("marked", "inline") or not block:
        return ""
    return index.block_own[block - 1] if blocks[block].section == blocks[block - 1].section else ""


def _best_of_parts(
    scope: ScopedDocument,
    index: Index,
    category: Category,
    graded: list[tuple[tuple[float, ...], ListSource, Coverage]],
    whole: bool,
) -> Iterator[TextFinding]:
    """Findings in order, none inside another; for a whole section, only sections of its part."""
    covered: set[int] = set()
    parts: set[int] = set()
    answered: set[int] = set()
    for _, source, coverage in graded:
        blocks = {item.block for item in source.items} | {source.quote.block}
        sectional = source.kind in ("headings", "paragraphs")
        if blocks & covered or (whole and source.part in parts and not sectional):
            continue
        covered.update(_blocks_of(index, source))
        if sectional:
            parts.add(source.part)
        found = _category_finding(scope, index, category, source, coverage)
        if found.items:
            yield (
                found
                if source.part not in answered
                else replace(found, confidence=lower(found.confidence))
            )
            answered.add(source.part)


# 对照上述问题，本局将： introduces no problems.
_ABOUT_PROBLEMS = re.compile(r"(?:对照|针对|围绕|根据|结合)[^，,。：:]{0,8}(?:问题|不足|短板)")


def _of_another(category: Category, source: ListSource) -> bool:
    """``问题与建议`` over ``建议：一是…``: the words right before a list say what it lists."""
    intro = _ABOUT_PROBLEMS.sub("", source.owner.split("\n")[-1])
    other = any(c is not category and c.heading.search(intro) for c in _CATEGORIES)
    return source.kind in ("marked", "inline") and other and not category.heading.search(intro)


_NO_SECTION = re.compile(r"其他需要?说明|其他事项|问题整改情况|上年.{0,6}(?:问题|建议).{0,4}整改")


def _divided(index: Index, category: Category, source: ListSource) -> bool:
    """A heading that names several kinds (经验、问题和建议) over one section for each."""
    if source.kind not in ("headings", "paragraphs"):
        return False
    mixed = any(c is not category and c.heading.search(source.owner) for c in _CATEGORIES)
    texts = [text_at(index, item) for item in source.items]
    if source.kind == "paragraphs":  # only a paragraph that begins with its label (建议：…)
        texts = [label[0] for text in texts if (label := re.match("[^：:，。；]{2,10}[：:]", text))]
    return mixed and any(category.heading.search(text) for text in texts)


def _blocks_of(index: Index, source: ListSource) -> set[int]:
    if source.node is None or source.kind == "marked":
        return {source.quote.block}
    node = index.outline.nodes[source.node]
    return set(range(node.first, node.last))


def _category_finding(
    scope: ScopedDocument,
    index: Index,
    category: Category,
    source: ListSource,
    coverage: Coverage,
) -> TextFinding:
    level = Confidence.HIGH if source.complete else Confidence.MEDIUM
    if source.kind in ("headings", "paragraphs") and any(
        c is not category and c.heading.search(source.owner) for c in _CATEGORIES
    ):
        items = tuple(_picked(index, category, source))
        return list_finding(scope, index, source, items, Confidence.MEDIUM, coverage)
    return list_finding(scope, index, source, inner_items(index, source), level, coverage)


def inner_items(index: Index, source: ListSource) -> tuple[Place, ...]:
    """One paragraph that enumerates is its entries; a bare heading stands for its paragraph."""
    if source.kind == "headings" and all(_BARE.fullmatch(text_at(index, i)) for i in source.items):
        return tuple(_content_of(index, item) for item in source.items)
    if source.kind != "paragraphs" or len(source.items) != 1:
        return source.items
    block = source.items[0].block
    inner = [s for s in list_sources(index) if s.quote.block == block and s.kind == "marked"]
    return inner[0].items if inner else source.items


_BARE = re.compile(
    r"[^，。；]{0,12}(?:方面|建议|措施|问题|不足)的?(?:建议|问题|不足|措施"
    r"|经验|做法)?[。：:]?"
)


def _content_of(index: Index, item: Place) -> Place:
    """The paragraph under a heading such as 管理方面建议, or the rest of its own paragraph."""
    blocks = index.document.blocks
    after = item.block + 1
    if len(blocks[item.block].text) > item.end + 8:
        return replace(item, end=len(blocks[item.block].text.rstrip()))
    if after < len(blocks) and blocks[after].text and read_mark(blocks[after].text) is None:
        return Place(after, *trim(blocks[after].text, 0, len(blocks[after].text)))
    return item


_REMEDY = re.compile(r"(?:下一步)?(?:改进|整改|完善)(?:措施|意见|建议)?[：:]|(?:建议|措施)[：:]")


def _picked(index: Index, category: Category, source: ListSource) -> Iterator[Place]:
    """From a section that mixes kinds, the clauses of the kind asked for.

    Where every entry tells the problem and then, after a label, what is done about it
    (…。改进：…), it is cut at the label.
    """
    advice = category.clause is _advice_clause
    cuts = [(i, _REMEDY.search(index.document.blocks[i.block].text)) for i in source.items]
    if category.clause is not _merit_clause and any(cut for _, cut in cuts):
        for item, cut in cuts:
            text = index.document.blocks[item.block].text
            if advice and cut:
                yield Place(item.block, *item_span(text, cut.end(), len(text)))
            elif not advice and (cut is None or cut.start() > item.start):
                end = cut.start() if cut else len(text)
                yield Place(item.block, *item_span(text, item.start, end))
        return
    for item in source.items:
        text = index.document.blocks[item.block].text
        for low, high in split_clauses(text):
            span = category.clause(text[low:high].rstrip("。；;"))
            if span is not None:
                yield Place(item.block, low + span[0], low + span[1])


def list_finding(
    scope: ScopedDocument,
    index: Index,
    source: ListSource,
    items: tuple[Place, ...],
    confidence: Confidence,
    coverage: Coverage,
) -> TextFinding:
    texts = tuple(text_at(index, item) for item in items)
    return make_finding(
        scope,
        source.quote,
        confidence,
        coverage,
        answer="；".join(texts),
        items=texts,
        item_places=items,
        complete=source.complete,
    )
