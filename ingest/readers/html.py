"""Reading web pages: the report in them, without the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from ingest.model import Place
from ingest.readers.content import Content, ContentBuilder, PageProgress, Snippet, silent
from ingest.readers.encoding import decode, detect
from ingest.readers.errors import UnreadableFile
from ingest.readers.html_blocks import PageWriter
from ingest.readers.html_content import furniture
from ingest.readers.html_tree import Element, Paths, all_text, hidden_elements, one_line, tag, walk
from ingest.reading.text import compact
from ingest.structure.markers import is_title_like

MEDIA_TYPE = "text/html"
_MAX_BYTES = 64 * 1024 * 1024
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_WORKBOOK = re.compile(
    r"excel\.sheet|microsoft excel|urn:schemas-microsoft-com:office:excel|wps表格", re.IGNORECASE
)
_SITE = re.compile(r"\s*[-—_|–]+\s*[^-—_|–]*$")
_DECLARED_HEAD = 8192
_TOP = 600  # characters at the top of a report that hold its title


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its elements."""

    root: Element
    name: str
    workbook: bool
    damaged: bool


def read_html(data: bytes, name: str, _progress: PageProgress = silent) -> Content:
    """The paragraphs and tables of the report in a web page.

    Nothing that the page refers to is ever fetched.

    Args:
        data: the whole file.
        name: its name, for messages.

    Raises:
        UnreadableFile: `data` is too large, in no known encoding, or holds no page.
    """
    builder = ContentBuilder()
    page = parse_page(data, name)
    write_page(builder, page)
    frames = frame_sources(page)
    if frames:
        builder.problem("frames", f"网页有一部分在别的文件里（{frames[0]} 等框架），没有读入")
    return builder.finish(MEDIA_TYPE)


def parse_page(data: bytes, name: str, declared: str = "") -> Page:
    """The elements of a page.

    Args:
        data: the page's bytes.
        name: the name of the file, for messages.
        declared: the encoding that a message around the page declares.

    Raises:
        UnreadableFile: as `read_html`.
    """
    if len(data) > _MAX_BYTES:
        size, limit = len(data) // 1024 // 1024, _MAX_BYTES // 1024 // 1024
        raise UnreadableFile(f"{name}：网页有 {size} MB，超过 {limit} MB 的上限；请拆分后再加入")
    found = _CHARSET.search(data[:_DECLARED_HEAD])
    charset = declared or (found.group(1).decode("ascii") if found else "")
    encoding, damaged = detect(data, name, charset)
    text = _XML_DECLARATION.sub("", decode(data, encoding)).replace("\x00", "")
    parser = lxml_html.HTMLParser(
        huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(f"{name}：网页里没有内容；请检查是否选错了文件") from error
    return Page(root, name, _WORKBOOK.search(text[:_DECLARED_HEAD]) is not None, damaged)


def write_page(builder: ContentBuilder, page: Page, part: str = "") -> None:
    """Write out the report in a page.

    Args:
        builder: takes the paragraphs and tables.
        page: the page.
        part: its name among the pages of one file; "" where it is alone.
    """
    hidden = hidden_elements(page.root)
    body = next((each for each in page.root if tag(each) == "body"), page.root)
    skipped = hidden | (set() if page.workbook else furniture(body, hidden))
    title = _title(page.root, _opening(body, skipped))
    if title is not None:
        builder.paragraph([Snippet(title[1], Place(sheet=part, path=Paths().of(title[0])))])
    PageWriter(builder, skipped, part, page.workbook).write(body)
    if page.damaged:
        builder.problem("encoding", "个别字节无法按所判断的编码读出，已用 \ufffd 代替")
    if any(each.iter("table") for each in hidden if _has_rows(each)):
        builder.problem("hidden_table", "网页中有隐藏的表格，没有读入")


def _opening(body: Element, skipped: set[Element]) -> str:
    """The first characters that a page shows."""
    parts: list[str] = []
    length = 0
    for element, into in walk(body, skipped):
        text = (element.text if into else element.tail) or ""
        parts.append(text)
        length += len(text.strip())
        if length > _TOP:
            break
    return "".join(parts)


def _has_rows(element: Element) -> bool:
    return tag(element) not in ("script", "template", "noscript") and (
        sum(1 for _ in element.iter("td")) > 3
    )


def _title(root: Element, text: str) -> tuple[Element, str] | None:
    """The title that a page's head states, where the report's own text does not show it."""
    top = compact(text)
    for meta in root.iter("meta"):
        if str(meta.get("name") or "").lower() == "articletitle":
            stated = one_line(str(meta.get("content") or "")).strip()
            return (meta, stated) if stated and compact(stated) not in top else None
    for element in root.iter("title"):
        whole = one_line(all_text(element)).strip()
        stated = _SITE.sub("", whole)
        for each in (whole, stated):
            if is_title_like(each):
                return None if compact(each) in top else (element, each)
    return None


def frame_sources(page: Page) -> list[str]:
    """What the frames of a page show, by its address."""
    return [
        str(frame.get("src"))
        for frame in page.root.iter("frame", "iframe")
        if frame.get("src") and not str(frame.get("src")).startswith(("javascript:", "about:"))
    ]
