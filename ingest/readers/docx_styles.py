"""What the styles of a DOCX give its paragraphs and runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.ooxml import W, child_number, child_value, switched

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])")
_TITLE = re.compile(r"title|标题|標題")
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*[1-9]")
_BODY = 9  # the outline level of text that is no heading
TITLE_LEVEL = 1
_FIRST_LEVEL = 2  # a title stands above the first level of headings


@dataclass(frozen=True, slots=True)
class StyleList:
    """The list that a style puts its paragraphs in; `level` None where the list says it."""

    instance: str
    level: int | None


@dataclass(slots=True)
class Styles:
    """The styles by their ids. Each takes what it leaves open from the style it is based on."""

    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _default: str = ""
    _headings: dict[str, int] = field(default_factory=dict)
    _lists: dict[str, StyleList | None] = field(default_factory=dict)
    _hidden: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        """The styles of ``styles.xml``; none where the part is absent."""
        styles = cls()
        for element in root.iter(W + "style") if root is not None else ():
            identity = str(element.get(W + "styleId") or "")
            styles._elements.setdefault(identity, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") == "1":
                styles._default = identity
        return styles

    def heading(self, properties: etree._Element | None) -> int:
        """The heading level of a paragraph: 1 for a title, 2 for a first heading, 0 for text."""
        own = child_number(properties, "outlineLvl")
        if own is not None:
            return own + _FIRST_LEVEL if 0 <= own < _BODY else 0
        style = child_value(properties, "pStyle") or self._default
        if style not in self._headings:
            self._headings[style] = self._heading_of(style)
        return self._headings[style]

    def is_contents(self, properties: etree._Element | None) -> bool:
        """True for a line of a table of contents."""
        style = child_value(properties, "pStyle")
        names = (child_value(each, "name") or "" for each in self._chain(style or ""))
        return style is not None and any(_CONTENTS.fullmatch(name.lower()) for name in names)

    def _heading_of(self, style: str) -> int:
        for element in self._chain(style):
            name = (child_value(element, "name") or "").lower()
            if _TITLE.fullmatch(name):
                return TITLE_LEVEL
            level = child_number(element, "pPr", "outlineLvl")
            if level is not None:
                return level + _FIRST_LEVEL if 0 <= level < _BODY else 0
            named = _HEADING.fullmatch(name)
            if named:
                return int(named.group(1)) - 1 + _FIRST_LEVEL
        return 0

    def list_of(self, style: str) -> StyleList | None:
        """The list of the style's paragraphs."""
        style = style or self._default
        if style not in self._lists:
            self._lists[style] = self._list_of(style)
        return self._lists[style]

    def _list_of(self, style: str) -> StyleList | None:
        level: int | None = None
        for element in self._chain(style):
            if level is None:
                level = child_number(element, "pPr", "numPr", "ilvl")
            instance = child_value(element, "pPr", "numPr", "numId")
            if instance is not None:
                return StyleList(instance, level) if instance != "0" else None
        return None

    def hides(self, style: str | None) -> bool:
        """True for a style whose text is hidden."""
        if not style:
            return False
        if style not in self._hidden:
            said = (switched(e.find(W + "rPr"), "vanish") for e in self._chain(style))
            self._hidden[style] = next((each for each in said if each is not None), False)
        return self._hidden[style]

    def ids(self, style: str) -> Iterator[str]:
        """The ids of the style and of those that it is based on."""
        yield from (str(each.get(W + "styleId")) for each in self._chain(style or self._default))

    def _chain(self, style: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style in self._elements and style not in seen:
            seen.add(style)
            yield self._elements[style]
            style = child_value(self._elements[style], "basedOn") or ""
