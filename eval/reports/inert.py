"""Text of reports, suites and models made harmless for a page, an XML file or Markdown."""

from __future__ import annotations

import html
import re
import unicodedata

# Two characters that no XML file may hold; the control characters go by their category.
_NO_XML = "\ufffe\uffff"
_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_REFERENCE = re.compile(r"[@#]")
_LONGEST = 4000  # characters of one text that a report shows


def inert(text: str, longest: int = _LONGEST) -> str:
    """`text` without control, direction-changing and half characters, cut when very long.

    Line breaks and tabs stay. Nothing is escaped: that depends on where it is put.
    """
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        char
        for char in flat[: longest + 1]
        if char in "\n\t"
        or (char not in _NO_XML and unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    )
    return kept if len(flat) <= longest else f"{kept[:longest]}…"


def one_line(text: str, longest: int = _LONGEST) -> str:
    """The same on one line."""
    return inert(" ".join(text.split()), longest)


def markdown(text: str, longest: int = 200) -> str:
    """One line that Markdown and HTML inside it show as it is: no link, no mention, no tag."""
    flat = html.escape(one_line(text, longest), quote=False)
    # Bare addresses are made links, a mention or a number of an issue even where it is escaped.
    flat = flat.replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
    parts = re.split(r"(&#?\w+;)", flat)
    return "".join(part if part.startswith("&") else _quoted(part) for part in parts)


def _quoted(text: str) -> str:
    apart = _REFERENCE.sub(lambda match: f"{match.group()}<!-- -->", text)
    return _MARKUP.sub(lambda match: f"&#{ord(match.group())};", apart)
