"""The report in a web page: everything but the furniture of the site around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import dataclass

from ingest.readers.html_tree import Element, all_text, one_line, tag, walk
from ingest.tables.cellsyntax import is_numeric

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu", "dir"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navs|navbar|navigation|menu|menus|crumb|crumbs|breadcrumb|breadcrumbs|footer|foot|"
    r"copyright|share|sharebox|bdsharebuttonbox|print|sidebar|side|aside|related|relate|xgwd|xgxw|"
    r"search|login|toolbar|topbar|header|qrcode|ewm|pager|pagination|dqwz|weizhi|position|"
    r"wza|friendlink|links)(?:$|[\s_-]|box|bar|list|wrap)",
    re.IGNORECASE,
)
_FURNITURE_WORDS = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|主办单位[:：].*(?:承办|维护|电话)|网站地图|联系我们|分享到|"
    r"打印(?:本页|页面)?|关闭(?:窗口|本页)|当前位置|您现在的位置|浏览次数|点击(?:数|量|率)|阅读次数|"
    r"发布(?:时间|日期)[:：]|字(?:体|号)[:：]?\s*[【\[（(]?\s*大|上一篇|下一篇|扫一扫|无障碍|返回顶部|回到顶部|"
    r"相关(?:文档|阅读|链接|新闻|稿件|附件)|来源[:：]"
)
_MAIN_SHARE = 0.6  # of a page's text that the report has at least
_LINKS = 0.6  # of a text that is links, above which it is a menu
_SHORT = 200
_SENTENCE = re.compile(r"[。；！？]")


@dataclass(slots=True)
class _Weight:
    """What an element holds: characters, those of them in links, cells with figures."""

    text: int = 0
    links: int = 0
    figures: int = 0

    @property
    def prose(self) -> int:
        return self.text - self.links

    def add(self, other: _Weight) -> None:
        self.text += other.text
        self.links += other.links
        self.figures += other.figures


def furniture(root: Element, hidden: Container[Element]) -> set[Element]:
    """The elements of a page that belong to its site: menus, footers, lists of further pages.

    The way down from the page to its report is the one with most of the text; what stands beside
    it is furniture only where its name, its words or its links say so, and never with figures in
    tables.
    """
    weights = _weigh(root, hidden)
    found: set[Element] = set()
    current = root
    while True:
        children = [child for child in current if child in weights]
        kept = [child for child in children if not _is_furniture(child, weights[child])]
        total = sum(weights[child].prose for child in kept)
        main = max(kept, key=lambda child: weights[child].prose, default=None)
        heavy = main is not None and weights[main].prose >= _MAIN_SHARE * max(total, 1)
        found.update(child for child in children if child not in kept and child is not main)
        if main is None or not heavy or not len(main) or tag(main) in ("table", "p"):
            return found | _inside(kept, weights)
        found |= _inside([child for child in kept if child is not main], weights)
        current = main


def _inside(elements: Collection[Element], weights: dict[Element, _Weight]) -> set[Element]:
    """Furniture further down in elements that are kept."""
    found: set[Element] = set()
    for element in elements:
        waiting = [child for child in element if child in weights]
        while waiting:
            child = waiting.pop()
            if _is_named(child) and _is_furniture(child, weights[child]):
                found.add(child)
            else:
                waiting.extend(each for each in child if each in weights)
    return found


def _is_named(element: Element) -> bool:
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return tag(element) in _FURNITURE_TAGS or _FURNITURE_NAMES.search(names) is not None


def _is_furniture(element: Element, weight: _Weight) -> bool:
    if weight.figures or tag(element) in ("h1", "h2", "h3", "table", "p"):
        return False
    if not weight.text:
        return False
    if weight.links > _LINKS * weight.text and not _has_title(element):
        return True
    text = one_line(all_text(element))
    if _is_named(element):
        return not _has_title(element) and (
            weight.text <= _SHORT or len(_SENTENCE.findall(text)) < 2
        )
    return weight.text <= _SHORT and _FURNITURE_WORDS.search(text) is not None


def _has_title(element: Element) -> bool:
    return next(element.iter("h1"), None) is not None


def _weigh(root: Element, hidden: Container[Element]) -> dict[Element, _Weight]:
    weights: dict[Element, _Weight] = {}
    stack: list[_Weight] = []
    linked = 0
    for element, into in walk(root, hidden):
        if into:
            linked += tag(element) == "a"
            stack.append(_Weight())
            _count(stack[-1], element.text, linked)
            continue
        own = stack.pop()
        if tag(element) in ("td", "th") and is_numeric(one_line(all_text(element)).strip()):
            own.figures += 1
        weights[element] = own
        linked -= tag(element) == "a"
        if stack:
            stack[-1].add(own)
            _count(stack[-1], element.tail, linked)
    return weights


def _count(weight: _Weight, text: str | None, linked: int) -> None:
    size = len("".join(text.split())) if text else 0
    weight.text += size
    weight.links += size if linked else 0
