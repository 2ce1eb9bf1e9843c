"""Which errors are a person's to mend, and become one line instead of a traceback."""

from __future__ import annotations

import errno
from collections.abc import Sequence

from ui.texts import t

_SYSTEM_ERRORS = {
    errno.ENOENT: "找不到这个文件或文件夹，请检查路径",
    errno.EACCES: "没有读写权限，请检查文件的权限",
    errno.EPERM: "没有读写权限，请检查文件的权限",
    errno.EROFS: "该位置只读，请用 --data 指定可写的文件夹",
    errno.ENOSPC: "磁盘已满，请腾出空间后重试",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "同名文件已存在",
}


class RequestError(ValueError):
    """What was typed cannot be done; the message says what is wrong and what to do instead."""


def known_errors() -> tuple[type[Exception], ...]:
    """Error classes that `ui.cli.main` shows as one line."""
    from index.errors import LibraryError
    from ingest.settings import SettingsError

    return (RequestError, SettingsError, LibraryError, OSError)


def one_line(error: Exception) -> str:
    """The error's message on one line, for a person."""
    if isinstance(error, OSError) and error.strerror:
        words = _SYSTEM_ERRORS.get(error.errno or 0)
        place = f"{error.filename}：" if error.filename else ""
        return place + (t(words) if words else error.strerror)
    return " ".join(str(error).split()) or type(error).__name__


def nearest(name: str, valid: Sequence[str]) -> str:
    """The valid name most like `name`, or "" when none is close."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, valid, n=1, cutoff=0.4)), "")
