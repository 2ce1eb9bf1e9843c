"""Formulas of office documents (OMML) as one line of text: ``(支出)÷(预算)×100%``."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from ingest.readers.ooxml import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = (M + "t", W + "t")
_LEFT_OUT = frozenset((W + "del", W + "moveFrom", W + "rPr", M + "ctrlPr"))
_SINGLE = re.compile(r"[\w.,%％]+|[(（][^()（）]*[)）]")


def formula_text(element: etree._Element) -> str:
    """The text of a formula or a part of one. Fractions become divisions with ÷."""
    if element.tag in _TEXT:
        return element.text or ""
    if element.tag in _LEFT_OUT or element.tag.endswith("Pr"):
        return ""
    writer = _WRITERS.get(element.tag)
    if writer is not None:
        return writer(element)
    return "".join(formula_text(child) for child in element)


def _part(element: etree._Element, name: str) -> str:
    found = element.find(M + name)
    return formula_text(found) if found is not None else ""


def bracketed(text: str) -> str:
    """`text` in brackets unless it is one number, name or bracket."""
    return text if _SINGLE.fullmatch(text) else f"({text})"


def _fraction(element: etree._Element) -> str:
    return f"{bracketed(_part(element, 'num'))}÷{bracketed(_part(element, 'den'))}"


def _raised(element: etree._Element) -> str:
    return f"{_part(element, 'e')}^{bracketed(_part(element, 'sup'))}"


def _lowered(element: etree._Element) -> str:
    return f"{_part(element, 'e')}{_part(element, 'sub')}"


def _both(element: etree._Element) -> str:
    return f"{_lowered(element)}^{bracketed(_part(element, 'sup'))}"


def _root(element: etree._Element) -> str:
    return f"{_part(element, 'deg')}√{bracketed(_part(element, 'e'))}"


def _sum(element: etree._Element) -> str:
    sign = _property(element, "naryPr", "chr", "∫")
    return f"{sign}{bracketed(_part(element, 'e'))}"


def _delimited(element: etree._Element) -> str:
    left = _property(element, "dPr", "begChr", "(")
    right = _property(element, "dPr", "endChr", ")")
    between = _property(element, "dPr", "sepChr", "|")
    inside = between.join(formula_text(each) for each in element.findall(M + "e"))
    return f"{left}{inside}{right}"


def _lines(element: etree._Element) -> str:
    return "；".join(formula_text(each) for each in element.findall(M + "e"))


def _matrix(element: etree._Element) -> str:
    rows = element.findall(M + "mr")
    return "；".join(" ".join(formula_text(e) for e in row.findall(M + "e")) for row in rows)


def _property(element: etree._Element, group: str, name: str, default: str) -> str:
    found = element.find(f"{M}{group}/{M}{name}")
    return str(found.get(M + "val") or "") if found is not None else default


_WRITERS: dict[str, Callable[[etree._Element], str]] = {
    M + "f": _fraction,
    M + "sSup": _raised,
    M + "sSub": _lowered,
    M + "sSubSup": _both,
    M + "rad": _root,
    M + "nary": _sum,
    M + "d": _delimited,
    M + "eqArr": _lines,
    M + "m": _matrix,
}
