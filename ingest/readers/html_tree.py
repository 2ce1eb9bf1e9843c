"""Elements of a web page: what is shown of them, where they stand, their text in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

Element = etree._Element

NEVER_SHOWN = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "canvas", "object", "embed", "audio",
    "video", "map", "select", "option", "datalist", "button", "input", "textarea", "title", "meta",
    "link",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|"
    r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60“”]"
_WRAP = re.compile(rf"(?<={_CJK})[ \t]*[\r\n]\s*(?={_CJK})")


class Step(NamedTuple):
    """A step through a tree: into an element, or out of it."""

    element: Element
    into: bool


def walk(
    root: Element, skipped: Container[Element] = (), closed: Container[Element] = ()
) -> Iterator[Step]:
    """All elements below and with `root`, in order; without recursion, however deep.

    Args:
        root: where to begin.
        skipped: elements that are left out with all that is in them.
        closed: elements whose insides are left out.
    """
    yield Step(root, True)
    stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(list(root)))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield Step(parent, False)
        elif child not in skipped:
            yield Step(child, True)
            stack.append((child, iter([] if child in closed else list(child))))


def tag(element: Element) -> str:
    """An element's name; the parser writes it in small letters."""
    return str(element.tag)


def all_text(element: Element) -> str:
    """All characters in an element, shown or not."""
    return "".join(map(str, element.itertext()))


def hidden_elements(root: Element) -> set[Element]:
    """The elements that a browser does not show: by their kind, their style, or a simple rule
    of the page's own style sheets."""
    rules = _hiding_rules(root)
    return {
        element for element in root.iter() if tag(element) in NEVER_SHOWN or _hides(element, rules)
    }


def _hides(element: Element, rules: frozenset[tuple[str, str, str]]) -> bool:
    if element.get("hidden") is not None or _HIDING.search(str(element.get("style") or "")):
        return True
    if not rules:
        return False
    names = [(".", each) for each in str(element.get("class") or "").split()]
    names.append(("#", str(element.get("id") or "")))
    kind = tag(element)
    return any((owner, *name) in rules for name in names for owner in ("", kind))


def _hiding_rules(root: Element) -> frozenset[tuple[str, str, str]]:
    """The elements that simple rules hide: ``.hide{display:none}``, ``p.hide{…}``, ``#x{…}``.

    Rules of several steps are left out: they depend on what the page's scripts do, as tabs and
    menus that open and close.
    """
    hiding: set[tuple[str, str, str]] = set()
    for sheet in root.iter("style"):
        for selectors, body in _rules(all_text(sheet)):
            if not _HIDING.search(body):
                continue
            for selector in selectors.split(","):
                found = _SIMPLE.fullmatch(selector.strip())
                if found:
                    hiding.add(((found[1] or "").lower(), found[2], found[3]))
    return frozenset(hiding)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of a style sheet, without those for print."""
    opened: list[str] = []
    text = ""
    for piece in re.split(r"([{}])", _without_comments(css)):
        if piece == "{":
            opened.append(text.rpartition(";")[2].strip())
        elif piece == "}" and opened:
            selectors = opened.pop()
            if not any("print" in above for above in opened):
                yield selectors, text
        text = piece


def _without_comments(css: str) -> str:
    first, *rest = css.split("/*")
    return first + "".join(piece.partition("*/")[2] for piece in rest)


def one_line(text: str) -> str:
    """`text` with white space as a browser shows it: runs as one space, and no space where the
    source wraps between two Chinese characters. Fixed spaces stay."""
    return _SPACE.sub(" ", _WRAP.sub("", text))


@dataclass(slots=True)
class Paths:
    """Paths of elements, such as ``/html/body/div[2]/table[1]/tr[3]/td[2]``.

    An element has a number among those of its name where there are several.
    """

    _known: dict[Element, str] = field(default_factory=dict)

    def of(self, element: Element) -> str:
        """The path of an element, from the root."""
        waiting: list[Element] = []
        current: Element | None = element
        while current is not None and current not in self._known:
            waiting.append(current)
            current = current.getparent()
        for each in reversed(waiting):
            parent = each.getparent()
            if parent is None:
                self._known[each] = f"/{tag(each)}"
            else:
                self._number(parent)
        return self._known[element]

    def _number(self, parent: Element) -> None:
        above = self._known[parent]
        counts = Counter(map(tag, parent))
        seen: Counter[str] = Counter()
        for child in parent:
            name = tag(child)
            seen[name] += 1
            number = f"[{seen[name]}]" if counts[name] > 1 else ""
            self._known[child] = f"{above}/{name}{number}"
