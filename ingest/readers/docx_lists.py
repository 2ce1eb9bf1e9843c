"""The lists of a DOCX: numbering.xml, and which list and level a paragraph belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx_styles import Styles
from ingest.readers.lists import MAX_LEVEL, ListCounter, ListInstance, ListLevel
from ingest.readers.ooxml import W, child_number, child_value, switched


@dataclass(slots=True)
class DocxLists:
    """Numbers paragraphs as they are met."""

    counter: ListCounter
    styles: Styles
    _style_levels: dict[tuple[str, str], int]  # of a family and a paragraph style

    @classmethod
    def read(cls, root: etree._Element | None, styles: Styles) -> DocxLists:
        """The lists of ``numbering.xml``; none where the part is absent."""
        if root is None:
            return cls(ListCounter({}), styles, {})
        abstracts = {str(a.get(W + "abstractNumId")): a for a in root.iter(W + "abstractNum")}
        numbers = {str(n.get(W + "numId")): n for n in root.findall(W + "num")}
        instances: dict[str, ListInstance] = {}
        linked: dict[tuple[str, str], int] = {}
        for identity, number in numbers.items():
            family = _family(number, abstracts, numbers, styles)
            abstract = abstracts.get(family)
            if abstract is None:
                continue
            levels = {index: _level(e) for index, e in _indexed(abstract.findall(W + "lvl"))}
            for index, element in _indexed(abstract.findall(W + "lvl")):
                style = child_value(element, "pStyle")
                if style is not None:
                    linked[family, style] = index
            starts = _override(number, levels)
            instances[identity] = ListInstance(family, levels, starts)
        return cls(ListCounter(instances), styles, linked)

    def number(self, properties: etree._Element | None) -> str:
        """The number of the paragraph with these properties, counting it; "" for none."""
        if properties is None:
            return ""
        style = child_value(properties, "pStyle") or ""
        own = properties.find(W + "numPr")
        instance = child_value(own, "numId")
        level = child_number(own, "ilvl")
        if instance is None:
            given = self.styles.list_of(style)
            if given is None:
                return ""
            instance = given.instance
            level = level if level is not None else given.level
        if level is None:
            level = self._style_level(instance, style)
        return self.counter.number(instance, level)

    def _style_level(self, instance: str, style: str) -> int:
        known = self.counter.instances.get(instance)
        if known is None:
            return 0
        levels = (self._style_levels.get((known.family, each)) for each in self.styles.ids(style))
        return next((level for level in levels if level is not None), 0)


def _family(
    number: etree._Element,
    abstracts: dict[str, etree._Element],
    numbers: dict[str, etree._Element],
    styles: Styles,
) -> str:
    """The abstract list of a number, through the numbering style that it may link to."""
    family = child_value(number, "abstractNumId") or ""
    link = child_value(abstracts.get(family), "numStyleLink")
    if link is not None:
        given = styles.list_of(link)
        target = numbers.get(given.instance) if given is not None else None
        if target is not None:
            return child_value(target, "abstractNumId") or family
    return family


def _indexed(elements: list[etree._Element]) -> list[tuple[int, etree._Element]]:
    pairs = [(str(element.get(W + "ilvl") or ""), element) for element in elements]
    return [(int(i), e) for i, e in pairs if i.isdecimal() and int(i) <= MAX_LEVEL]


def _level(element: etree._Element) -> ListLevel:
    start = child_number(element, "start")
    hidden = switched(element.find(W + "rPr"), "vanish")
    return ListLevel(
        start=0 if start is None else start,
        style=child_value(element, "numFmt") or "decimal",
        text="" if hidden else child_value(element, "lvlText") or "",
        legal=bool(switched(element, "isLgl")),
        restart=child_number(element, "lvlRestart"),
    )


def _override(number: etree._Element, levels: dict[int, ListLevel]) -> dict[int, int]:
    """Levels that the number replaces, put into `levels`; the starts that it sets anew."""
    starts: dict[int, int] = {}
    for index, element in _indexed(number.findall(W + "lvlOverride")):
        own = element.find(W + "lvl")
        if own is not None:
            levels[index] = _level(own)
        start = child_number(element, "startOverride")
        if start is not None:
            starts[index] = start
    return starts
