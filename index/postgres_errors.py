"""What PostgreSQL's errors mean to a person."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from index.errors import LedgerUnreachableError, LibraryError

# By SQLSTATE or its beginning: what happened and what to do, in Chinese and in English.
_TROUBLES = (
    ("28", "不接受登录", "请检查 ledger_url 中的用户和密码",
     "lets nobody in", "check user and password of ledger_url"),
    ("3D000", "没有这个库", "请先用 createdb 建立", "has no such database", "make it with createdb"),
    ("42501", "没有权限", "请让该用户拥有这个 schema，或有在库中建立 schema 的权限",
     "gives no permission", "the user must own the schema or be allowed to create it"),
    ("25006", "是只读的", "ledger_url 应指向主服务器",
     "is read-only", "ledger_url must name the primary server"),
    ("53100", "磁盘已满", "请在数据库服务器上腾出空间后重试",
     "has no room left", "make room on the database server"),
)  # fmt: skip
_GONE = ("08", "57P", "53300", "53200")  # connections and their end, too many of them
_LOCK_TIMEOUT = "55P03"


def busy(place: str) -> LibraryError:
    """The error of not getting at the library within the time."""
    return LibraryError(
        f"另一个 gouji 进程正在修改资料库 {place}；请等它结束后重试",
        retryable=True,
        english=f"another gouji process is changing the library {place}; try again when it is done",
    )


def in_words(error: DBAPIError, place: str, password: object = None) -> LibraryError | None:
    """The error as one for a person, or None for a defect of the program.

    Args:
        place: the address as it may be shown.
        password: is taken out of what the server says.
    """
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state == _LOCK_TIMEOUT:
        return busy(place)
    for code, zh, mend, en, mend_en in _TROUBLES:
        if state.startswith(code):
            return LibraryError(
                f"台账数据库 {place} {zh}；{mend}",
                english=f"the ledger's database {place} {en}; {mend_en}",
            )
    unanswered = not state and type(error.orig).__name__ in (
        "OperationalError",
        "ConnectionTimeout",
    )
    if not (error.connection_invalidated or unanswered or state.startswith(_GONE)):
        return None
    why = _first_line(str(error.orig), password)
    return LedgerUnreachableError(
        f"连不上台账数据库 {place}（{why}）；请检查设置 ledger_url 和该服务",
        english=f"the ledger's database {place} cannot be reached ({why}); "
        "check the setting ledger_url and that server",
    )


def _first_line(said: str, password: object) -> str:
    """What libpq says first; what it adds are guesses. Of several servers, that of the first."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    found = next((line for line in lines if not line.endswith(":")), "?")
    return found.replace(str(password), "***") if password else found
