"""Reading web archives (.mht, .mhtml): pages saved with all that belongs to them in one file."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from urllib.parse import unquote, urljoin

from ingest.readers.content import Content, ContentBuilder, PageProgress, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.html import frame_sources, parse_page, write_page

MEDIA_TYPE = "multipart/related"
_MAX_DEPTH = 3
_MAX_PAGES = 500


@dataclass(frozen=True, slots=True)
class _Part:
    """A page in the archive. `location` is the address that it was saved from."""

    location: str
    key: str
    data: bytes
    charset: str


def read_mhtml(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The paragraphs and tables of the report in a web archive, frames in their places.

    Args:
        data: the whole file.
        name: its name, for messages.
        progress: told of pages in frames.

    Raises:
        UnreadableFile: the archive holds no page.
    """
    message = BytesParser(policy=policy.default).parsebytes(data)
    parts = list(_parts(message))
    if not parts:
        raise UnreadableFile(f"{name}：网页归档里没有网页；请重新保存为 .mht 或 .html 后再加入")
    start = str(message.get_param("start") or "")
    first = next((part for part in parts if part.key and part.key == start), parts[0])
    builder = ContentBuilder()
    waiting = [(first, 0)]
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_PAGES:
        part, depth = waiting.pop(0)
        if id(part) in seen:
            continue
        seen.add(id(part))
        page = parse_page(part.data, name, part.charset)
        sheet = posixpath.basename(part.location) if part is not first else ""
        write_page(builder, page, sheet)
        progress(len(seen), len(seen) + len(waiting))
        if depth < _MAX_DEPTH:
            framed = [_find(parts, part, source) for source in frame_sources(page)]
            waiting[:0] = [(each, depth + 1) for each in framed if each is not None]
    return builder.finish(MEDIA_TYPE)


def _parts(message: EmailMessage) -> list[_Part]:
    found: list[_Part] = []
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            location = str(part.get("Content-Location") or "")
            key = str(part.get("Content-ID") or "")
            found.append(_Part(location, key, payload, str(part.get_content_charset() or "")))
    return found


def _find(parts: list[_Part], page: _Part, source: str) -> _Part | None:
    """The page that a frame shows."""
    if source.startswith("cid:"):
        return next((p for p in parts if p.key.strip("<>") == unquote(source[4:])), None)
    wanted = {urljoin(page.location, source), source, unquote(source)}
    by_name = posixpath.basename(unquote(source))
    exact = next((p for p in parts if p.location in wanted), None)
    return exact or next((p for p in parts if posixpath.basename(p.location) == by_name), None)
