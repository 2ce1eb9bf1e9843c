"""Fields of word processors: instructions that are not shown, and results that are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.docx_math import bracketed
from ingest.readers.numerals import list_number

_CIRCLED = re.compile(
    r"\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯]\s*[,，;；]\s*(\d{1,2})\s*\)", re.IGNORECASE
)
_FRACTION = re.compile(r"\\f\s*\(([^(),，;；]+)[,，;；]([^(),，;；]+)\)", re.IGNORECASE)
_MAX_DEPTH = 64


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a point of the text, outermost first."""

    _open: list[_Field] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """False inside an instruction, whose text is not shown."""
        return not self._open or all(each.result for each in self._open)

    @property
    def kind(self) -> str:
        """The first word of the innermost field's instruction: EMBED, SHAPE, REF."""
        words = "".join(self._open[-1].instruction).split() if self._open else []
        return words[0].upper() if words else ""

    def begin(self) -> None:
        """A field starts: its instruction comes first."""
        if len(self._open) < _MAX_DEPTH:
            self._open.append(_Field())

    def separate(self) -> None:
        """The instruction of the innermost field ends, its result begins."""
        if self._open:
            self._open[-1].result = True

    def end(self) -> str:
        """The innermost field ends. What an equation without a result shows, else ""."""
        if not self._open:
            return ""
        done = self._open.pop()
        return equation_text("".join(done.instruction)) if not done.result else ""

    def instruct(self, text: str) -> None:
        """A piece of an instruction."""
        if self._open and not self._open[-1].result:
            self._open[-1].instruction.append(text)

    def end_paragraph(self) -> None:
        """Instructions do not go on over paragraphs; one that is never closed hides no text."""
        self._open = [each for each in self._open if each.result]


def equation_text(instruction: str) -> str:
    """What an EQ field prints: a number in a circle, a fraction; "" for other fields."""
    if not instruction.strip().upper().startswith("EQ"):
        return ""
    circled = _CIRCLED.search(instruction)
    if circled:
        return list_number(int(circled.group(1)), "decimalEnclosedCircle")
    fraction = _FRACTION.search(instruction)
    if fraction:
        above, below = (bracketed(part.strip()) for part in fraction.groups())
        return f"{above}÷{below}"
    return ""
