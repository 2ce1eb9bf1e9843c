"""The words of the screens: Chinese in the code, English looked up in `ui.english`.

``t("…")`` gives a text in the current language. A Chinese text without an English one is a
failing test, never a silent gap.
"""

from __future__ import annotations

import re
import unicodedata
from contextvars import ContextVar

from ingest.model import ReportKind
from ui.english import ENGLISH

# Chinese runs on over a line break; words of other scripts are parted by it.
_CHINESE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")

_language: ContextVar[str] = ContextVar("language", default="zh")


def set_language(language: str) -> None:
    """Choose ``zh`` or ``en`` for what is shown from here on in this context."""
    _language.set(language)


def language() -> str:
    """The current language, ``zh`` or ``en``."""
    return _language.get()


def t(chinese: str, **values: object) -> str:
    """The text in the current language, with ``{name}`` filled in from `values`."""
    text = chinese if _language.get() == "zh" else ENGLISH[chinese]
    return text.format(**values) if values else text


def plain(text: str) -> str:
    """`text` on one line, without control and direction-changing characters."""
    spaced = " ".join(_CHINESE_BREAK.sub("", text).split())
    return "".join(each for each in spaced if unicodedata.category(each) not in ("Cc", "Cf", "Cs"))


KIND_NAMES = {
    ReportKind.FINAL_ACCOUNTS: "部门决算",
    ReportKind.BUDGET: "部门预算",
    ReportKind.PROJECT_EVALUATION: "项目绩效评价报告",
    ReportKind.PROJECT_SELF_EVALUATION: "项目绩效自评",
    ReportKind.UNIT_SELF_EVALUATION: "部门整体支出绩效自评",
    ReportKind.OTHER: "其他",
}
