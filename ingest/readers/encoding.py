"""Finding the encoding of a text file, and decoding it the same way ever after."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ingest.readers.errors import UnreadableFile

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS = frozenset(name for _, name in _BOMS) | {"gb18030", "big5"}
_DECLARED = re.compile(rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?\s*([A-Za-z0-9_-]{3,20})")
_ALIASES = {
    "utf8": "utf-8", "utf-8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030",
    "gb18030": "gb18030", "cp936": "gb18030", "big5": "big5", "big5-hkscs": "big5",
    "x-gbk": "gb18030", "gb_2312-80": "gb18030", "gb2312-80": "gb18030", "big5hkscs": "big5",
}  # fmt: skip
# The commonest characters of Chinese prose and of this genre, in both scripts.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进等部度家电力里如水化高自二理起小物现实加量都两体制"
    "机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数"
    "正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题"
    "支出收入预算决算金额单位项目绩效评价指标服务管理财务资经费万元区县市局完成情况增减少长说编"
    "這個們來時為國對會過產種麼說經後發動學關間樣與實體機當從業應開還電進萬無數總額決預單項績評價標務"
    "財資費區廣東東見編減長門辦處縣鄉鎮稅購採執準備計劃報告錄議審結餘轉撥補助貼準則據證號頁"
)
_TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1a\x85")
_SAMPLE = 200_000


class Decoding(NamedTuple):
    """An encoding, and whether some bytes do not belong to it (read as U+FFFD)."""

    encoding: str
    damaged: bool


def decode(data: bytes, encoding: str) -> str:
    """The text of `data` as `read_bytes` decoded it, without a byte order mark.

    Raises:
        ValueError: `encoding` is none that `read_bytes` reports.
    """
    if encoding not in _ENCODINGS:
        raise ValueError(f"不认识的编码：{encoding}")
    return data.decode(encoding, errors="replace").removeprefix("\ufeff")


def detect(data: bytes, name: str, stated: str = "") -> Decoding:
    """The encoding of `data`: mark, declaration, UTF-8, UTF-16, GB 18030, Big5.

    Args:
        data: the whole file.
        name: its name, for messages.
        stated: an encoding that something around the bytes declares.

    Raises:
        UnreadableFile: the bytes are no text in any of them.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoding(encoding, not _strict(data, encoding))
    declared = _ALIASES.get(stated.lower()) or _declared(data)
    if declared and _strict(data, declared):
        return Decoding(_checked(data, declared), damaged=False)
    if b"\x00" in data:
        return Decoding(_wide(data, name), damaged=False)
    if _strict(data, "utf-8"):
        return Decoding("utf-8", damaged=False)
    fitting = [encoding for encoding in ("gb18030", "big5") if _strict(data, encoding)]
    if fitting:
        return Decoding(max(fitting, key=lambda e: _common_share(data, e)), damaged=False)
    return _damaged(data, name)


def _checked(data: bytes, declared: str) -> str:
    """The declared encoding, unless the bytes are plainly UTF-8: pages are saved anew and keep
    their old declarations, and nearly any bytes are valid GB 18030."""
    if declared == "utf-8" or not _strict(data, "utf-8"):
        return declared
    return max((declared, "utf-8"), key=lambda encoding: _common_share(data, encoding))


def _strict(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:1024])
    return _ALIASES.get(found.group(1).decode("ascii").lower()) if found else None


def _common_share(data: bytes, encoding: str) -> float:
    text = data[:_SAMPLE].decode(encoding, errors="replace")
    wide = [char for char in text if char > "\x7f"]
    if not wide:
        return 1.0
    good = sum(char in _COMMON or char in "，。、；：（）《》“”％" for char in wide)
    return good / len(wide)


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without a mark, only where the text reads as text throughout."""
    for encoding in ("utf-16-le", "utf-16-be"):
        if len(data) % 2 or not _strict(data, encoding):
            continue
        text = data[:_SAMPLE].decode(encoding, errors="ignore")
        plain = sum(
            char in _TEXT_CONTROLS or " " <= char <= "~" or "\u3000" <= char <= "\u303f"
            or "\u4e00" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char in "“”‘’—…"
            for char in text
        )  # fmt: skip
        if text and plain / len(text) > 0.95:
            return encoding
    raise UnreadableFile(
        f"{name}：文件内容是二进制数据，不是文本；请确认文件没有损坏，或换成文本文件"
    )


def _damaged(data: bytes, name: str) -> Decoding:
    def bad_share(encoding: str) -> float:
        text = data[:_SAMPLE].decode(encoding, errors="replace")
        return text.count("\ufffd") / max(len(text), 1)

    best = min(("utf-8", "gb18030", "big5"), key=bad_share)
    if bad_share(best) > 0.02:
        raise UnreadableFile(
            f"{name}：无法判断文字编码（已试 UTF-8、UTF-16、GB18030、Big5）；"
            "请另存为 UTF-8 文本后再加入"
        )
    return Decoding(best, damaged=True)


def binary_share(text: str) -> float:
    """The share of control characters that no text has, in a sample of `text`."""
    sample = text[:_SAMPLE]
    odd = sum(
        (char < " " or "\x7f" <= char < "\xa0") and char not in _TEXT_CONTROLS for char in sample
    )
    return odd / max(len(sample), 1)
