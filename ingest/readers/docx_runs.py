"""The text of a DOCX paragraph: runs, fields, tracked changes, symbols, formulas, page breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx_math import M, formula_text
from ingest.readers.docx_styles import Styles
from ingest.readers.fields import Fields
from ingest.readers.ooxml import W, child_number, child_value, switched
from ingest.readers.pages import Pages
from ingest.readers.symbols import shown_text, symbol
from ingest.readers.word import Look, Segment

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"

# What is deleted or moved away, descriptions, and text that only old readers are shown.
_LEFT_OUT = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "delText", "delInstrText", "rt")
) | {_MC + "Fallback"}
NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass(frozen=True, slots=True)
class _Format:
    """How the runs around a text print it."""

    hidden: bool = False
    raised: bool = False
    font: str = ""


@dataclass(slots=True)
class RunReader:
    """Collects one paragraph's text; `fields`, `pages` and `look` go on from one to the next.

    `boxes` are the text boxes anchored in the paragraph, `notes` the kinds and ids of its notes.
    """

    styles: Styles
    fields: Fields
    pages: Pages
    look: Look
    segments: list[Segment] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _format: _Format = field(default_factory=_Format)
    _style: str | None = None

    def read(self, paragraph: etree._Element) -> None:
        """Collect the text of `paragraph` behind what was collected before."""
        self._style = child_value(paragraph, "pPr", "pStyle")
        self._children(paragraph)
        self.fields.end_paragraph()

    def add(self, text: str) -> None:
        """Text that the paragraph shows."""
        if not text or self._format.hidden or not self.fields.shown:
            return
        self.pages.write(text)
        if self.segments and self.segments[-1].page == self.pages.page:
            text = self.segments.pop().text + text
        self.segments.append(Segment(text, self.pages.page))

    def _children(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            handler = _HANDLERS.get(tag)
            if handler is not None:
                handler(self, child)
            elif len(child):
                self._children(child)

    def _run(self, run: etree._Element) -> None:
        before = self._format
        properties = run.find(W + "rPr")
        if properties is not None or self._style is not None:
            self._format = self._format_of(properties)
        self._children(run)
        self._format = before

    def _format_of(self, properties: etree._Element | None) -> _Format:
        hidden = switched(properties, "vanish")
        if hidden is None:
            hidden = self.styles.hides(child_value(properties, "rStyle")) or self.styles.hides(
                self._style
            )
        fonts = properties.find(W + "rFonts") if properties is not None else None
        font = str(fonts.get(W + "ascii") or "") if fonts is not None else ""
        raised = child_value(properties, "vertAlign") == "superscript"
        return _Format(hidden, raised, font)

    def _text(self, element: etree._Element) -> None:
        text = (element.text or "").replace("\n", " ")
        self.add(shown_text(text, font=self._format.font, raised=self._format.raised))

    def _symbol(self, element: etree._Element) -> None:
        code = str(element.get(W + "char") or "")
        try:
            self.add(symbol(int(code, 16), str(element.get(W + "font") or "")))
        except ValueError:
            return

    def _tab(self, _element: etree._Element) -> None:
        self.add("\t")

    def _hyphen(self, _element: etree._Element) -> None:
        self.add("-")

    def _break(self, element: etree._Element) -> None:
        if element.get(W + "type") == "page":
            if not self._format.hidden:
                self.pages.turn()
        else:
            self.add("\n")

    def _rendered(self, _element: etree._Element) -> None:
        self.pages.rendered()

    def _field(self, element: etree._Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self.fields.begin()
            self.add_form(element)
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end":
            self.add(self.fields.end())

    def add_form(self, element: etree._Element) -> None:
        """What a form field shows that keeps no result: a ticked box, the chosen entry."""
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            ticked = switched(box, "checked")
            self._shown("☑" if (switched(box, "default") if ticked is None else ticked) else "□")
        chosen = element.find(f"{W}ffData/{W}ddList")
        if chosen is not None:
            entries = chosen.findall(W + "listEntry")
            index = child_number(chosen, "result") or 0
            if 0 <= index < len(entries):
                self._shown(str(entries[index].get(W + "val") or ""))

    def _shown(self, text: str) -> None:
        """Text in place of a field's instruction, which has begun."""
        inner, self.fields = self.fields, Fields()
        self.add(text)
        self.fields = inner

    def _instruction(self, element: etree._Element) -> None:
        self.fields.instruct(element.text or "")

    def _formula(self, element: etree._Element) -> None:
        self.add(shown_text(formula_text(element)))

    def _box(self, element: etree._Element) -> None:
        if not self._format.hidden:
            self.boxes.append(element)

    def _note(self, element: etree._Element) -> None:
        if not self._format.hidden:
            self.notes.append((NOTES[element.tag], str(element.get(W + "id") or "")))

    def _control(self, element: etree._Element) -> None:
        """A content control; the prompt of one that nobody has filled in is no text."""
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            self._children(element)

    def _choice(self, element: etree._Element) -> None:
        """Of alternative contents the first that holds anything."""
        before = self._size()
        for alternative in element:
            self._children(alternative)
            if self._size() != before:
                return

    def _size(self) -> tuple[int, int, int]:
        length = sum(len(segment.text) for segment in self.segments)
        return length, len(self.boxes), self.look.pictures + self.look.objects

    def _picture(self, _element: etree._Element) -> None:
        self.look.pictures += 1

    def _object(self, _element: etree._Element) -> None:
        """An embedded object; what it holds besides is only its picture."""
        self.look.objects += 1


_HANDLERS: dict[object, Callable[[RunReader, etree._Element], None]] = {
    W + "r": RunReader._run,
    W + "t": RunReader._text,
    W + "tab": RunReader._tab,
    W + "ptab": RunReader._tab,
    W + "br": RunReader._break,
    W + "cr": RunReader._break,
    W + "noBreakHyphen": RunReader._hyphen,
    W + "sym": RunReader._symbol,
    W + "lastRenderedPageBreak": RunReader._rendered,
    W + "fldChar": RunReader._field,
    W + "instrText": RunReader._instruction,
    W + "object": RunReader._object,
    W + "sdt": RunReader._control,
    W + "txbxContent": RunReader._box,
    W + "footnoteReference": RunReader._note,
    W + "endnoteReference": RunReader._note,
    M + "oMath": RunReader._formula,
    _MC + "AlternateContent": RunReader._choice,
    _DRAWING + "picture}pic": RunReader._picture,
    _V + "imagedata": RunReader._picture,
    _DRAWING + "chart}chart": RunReader._picture,
    _DRAWING + "diagram}relIds": RunReader._picture,
}
