"""Reading binary Word documents (DOC, before 2007) and what LibreOffice turns into DOCX."""

from __future__ import annotations

import io
import struct

import olefile

from ingest.readers import libreoffice
from ingest.readers.content import Content, ContentBuilder, PageProgress, silent
from ingest.readers.doc_file import DocFile, LockedFile
from ingest.readers.doc_story import DocWalker
from ingest.readers.docx import read_docx
from ingest.readers.errors import UnreadableFile
from ingest.readers.word_writer import WordWriter

MEDIA_TYPE = "application/msword"
_DAMAGE = (ValueError, IndexError, KeyError, OSError, struct.error, RecursionError)


def read_doc(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The text of a Word document of before 2007 as it is shown, as `read_docx` gives it.

    What does not hold together for this reader, and documents of Word 95 and before, are
    converted by LibreOffice where it is installed.

    Args:
        data: the whole file.
        name: its name, for messages.
        progress: told of the pages at the end, where the file keeps page breaks.

    Raises:
        UnreadableFile: `data` is damaged, locked, or needs LibreOffice where there is none; the
            message is one line for the user.
    """
    try:
        return _read(data, progress)
    except LockedFile as error:
        raise UnreadableFile(
            f"{name}：文件有密码（需要密码）；请在 WPS 或 Office 中去掉密码并另存后再加入"
        ) from error
    except _DAMAGE as error:
        if libreoffice.program() is None:
            raise UnreadableFile(
                f"{name}：文件不完整、已损坏，或是 Word 95 以前的格式；请安装 LibreOffice，"
                "或在 WPS、Word 中打开并另存为 .docx 后再加入"
            ) from error
    return _converted(data, name, "doc", progress, MEDIA_TYPE)


def read_rtf(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The text of an RTF document, through LibreOffice.

    Raises:
        UnreadableFile: LibreOffice is not installed or does not read the file.
    """
    return _converted(data, name, "rtf", progress, "application/rtf")


def _converted(
    data: bytes, name: str, source: str, progress: PageProgress, media_type: str
) -> Content:
    try:
        made = libreoffice.convert(data, source, "docx")
    except libreoffice.ConversionError as error:
        raise UnreadableFile(
            f"{name}：{error}，读不了这个 {source.upper()} 文件；"
            "请在 WPS 或 Word 中打开并另存为 .docx 后再加入"
        ) from error
    content = read_docx(made, name, progress)
    return Content(
        content.text,
        content.pieces,
        media_type,
        anchors=content.anchors,
        pages=content.pages,
        problems=content.problems,
    )


def _read(data: bytes, progress: PageProgress) -> Content:
    with olefile.OleFileIO(io.BytesIO(data)) as container:

        def stream(name: str) -> bytes:
            return container.openstream(name).read() if container.exists(name) else b""

        file = DocFile(stream("WordDocument"), stream, stream("Data"))
    walker = DocWalker(file)
    items = list(walker.items())
    builder = ContentBuilder()
    pages = walker.pages.count
    WordWriter(builder, paged=pages is not None).write(items)
    walker.look.report(builder)
    if pages is not None:
        progress(pages, pages)
    return builder.finish(MEDIA_TYPE, pages=pages)
