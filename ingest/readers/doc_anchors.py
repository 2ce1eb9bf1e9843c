"""Where notes and text boxes of a binary Word document are anchored, and where sections end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.doc_changes import changes
from ingest.readers.doc_file import (
    BOX_TEXTS,
    ENDNOTE_REFS,
    ENDNOTE_TEXTS,
    FOOTNOTE_REFS,
    FOOTNOTE_TEXTS,
    SECTIONS,
    SHAPES,
    DocFile,
    Story,
    read_plc,
    u16,
    u32,
)

_SHAPE, _BOX, _SECTION = 26, 22, 12
_BREAK = 0x3009
_NEW_PAGE = 2  # and the kinds above it: a page with an even or odd number


@dataclass(slots=True)
class Anchors:
    """By cp: the kind (``f``, ``e``) and text of each note, the text of each box, and for the
    first character behind a section whether it begins a page."""

    notes: dict[int, tuple[str, Story]] = field(default_factory=dict)
    boxes: dict[int, Story] = field(default_factory=dict)
    sections: dict[int, bool] = field(default_factory=dict)


def read_anchors(file: DocFile) -> Anchors:
    """The anchors in the body of `file`."""
    anchors = Anchors()
    _read_notes(file, anchors, "f", FOOTNOTE_REFS, FOOTNOTE_TEXTS, file.footnotes)
    _read_notes(file, anchors, "e", ENDNOTE_REFS, ENDNOTE_TEXTS, file.endnotes)
    _read_boxes(file, anchors)
    _read_sections(file, anchors)
    return anchors


def _read_notes(
    file: DocFile, anchors: Anchors, kind: str, refs: int, texts: int, story: Story
) -> None:
    references = read_plc(file.part(refs), 2)
    bounds = file.part(texts)
    places = [u32(bounds, 4 * index) for index in range(len(bounds) // 4)]
    for index, cp in enumerate(references.positions[: len(references.items)]):
        if index + 1 < len(places):
            start, end = (story.start + place for place in places[index : index + 2])
            anchors.notes[cp] = kind, file.story(start, min(end, story.end))


def _read_boxes(file: DocFile, anchors: Anchors) -> None:
    texts = read_plc(file.part(BOX_TEXTS), _BOX)
    stories: dict[int, Story] = {}
    for index, item in enumerate(texts.items):
        start, end = (file.boxes.start + place for place in texts.positions[index : index + 2])
        stories.setdefault(u32(item, 14), file.story(start, min(end, file.boxes.end)))
    shapes = read_plc(file.part(SHAPES), _SHAPE)
    for cp, item in zip(shapes.positions, shapes.items, strict=False):
        story = stories.get(u32(item, 0))
        if story is not None:
            anchors.boxes[cp] = story


def _read_sections(file: DocFile, anchors: Anchors) -> None:
    sections = read_plc(file.part(SECTIONS), _SECTION)
    kinds: list[bool] = []
    for item in sections.items:
        place = u32(item, 2)
        own = b""
        if place + 2 <= len(file.main):
            own = file.main[place + 2 : place + 2 + u16(file.main, place)]
        codes = {change.code: change.operand for change in changes(own)}
        kinds.append(codes.get(_BREAK, bytes([_NEW_PAGE]))[0] >= _NEW_PAGE)
    for index, end in enumerate(sections.positions[1:]):
        anchors.sections[end] = kinds[index + 1] if index + 1 < len(kinds) else False
