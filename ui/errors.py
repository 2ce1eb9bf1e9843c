"""Which errors are a person's to mend, and become one line instead of a traceback."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Sequence

from ui.texts import language, t

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
    from qa.llm.config import ModelConfigError
    from qa.words.lexicon import LexiconError

    return (RequestError, SettingsError, LexiconError, LibraryError, ModelConfigError, OSError)


def one_line(error: Exception) -> str:
    """The error's message on one line, for a person."""
    if isinstance(error, OSError) and error.strerror:
        words = _SYSTEM_ERRORS.get(error.errno or 0)
        place = f"{error.filename}：" if error.filename else ""
        return place + (t(words) if words else error.strerror)
    english = getattr(error, "english", "") if language() == "en" else ""
    return " ".join((english or str(error)).split()) or type(error).__name__


_DATABASE_TROUBLE = {
    "readonly": "资料库不可写，请检查文件夹的权限，或用 --data 换一个文件夹",
    "locked": "资料库正被另一个程序占用，请稍后重试",
    "full": "磁盘已满，请腾出空间后重试",
    "unable to open": "资料库打不开，请检查文件夹的权限",
    "disk I/O": "读写资料库所在的磁盘时出错，请检查磁盘",
}


def database_trouble(error: Exception) -> str | None:
    """What a person can mend about a database that did not do its work, or None for a defect."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    if not isinstance(cause, sqlite3.OperationalError):
        return None
    return next((t(words) for sign, words in _DATABASE_TROUBLE.items() if sign in str(cause)), None)


def nearest(name: str, valid: Sequence[str]) -> str:
    """The valid name most like `name`, or "" when none is close."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, valid, n=1, cutoff=0.4)), "")
