"""Reading quantities out of text and out of table cells.

`read_quantities` finds every quantity of a running text with its place; `read_cell` reads a whole
cell as one quantity or not at all. What is read and what is not stands in `docs/numbers.md`,
written by `ingest.reading.docs` from the same tables. Direction words (增加, 下降) are left to the
caller: a quantity keeps the sign that is printed.
"""

from __future__ import annotations

from ingest.quantity import Unit
from ingest.reading.cell import read_cell
from ingest.reading.scan import Scanner, worth_reading
from ingest.reading.units import default_unit_of, parse_unit
from ingest.reading.values import Reading

__all__ = ["Reading", "default_unit_of", "parse_unit", "read_cell", "read_quantities"]


def read_quantities(text: str, *, unit: Unit | None = None) -> tuple[Reading, ...]:
    """All quantities of a running text, in order of their place, none overlapping another.

    Args:
        text: text as it stands in the source; nothing needs to be folded first.
        unit: the unit of numbers that print none; without it such numbers are mostly left out
            (kept, as NUMBER, only where a clause states them: ``有效投诉量为 0。``).
    """
    if not worth_reading(text):
        return ()
    return tuple(Scanner(text, unit).readings())
