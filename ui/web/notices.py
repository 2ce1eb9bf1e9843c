"""What an answer says of the model beside it, told apart from its text and in the reader's language."""

from __future__ import annotations

from markupsafe import Markup

from qa.llm import errors
from qa.llm.errors import ModelError
from qa.llm.wording import NOT_PASSED
from ui.texts import language, t
from ui.web.markup import EMPTY, html

_FAULTS: dict[str, type[ModelError]] = {
    each.zh: each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, ModelError)
}


def without_notice(text: str) -> tuple[str, str]:
    """The text of an answer without its last line where that speaks of the model; and that line."""
    rest, _, last = text.rpartition("\n")
    return (rest, last) if last == NOT_PASSED or last in _FAULTS else (text, "")


def notice_html(notice: str) -> Markup:
    """A line of `without_notice` as the page shows it; nothing for none."""
    if not notice:
        return EMPTY
    if notice == NOT_PASSED:
        words = t("模型的措辞没有通过核对，已拦下；这里是规则的措辞。")
        mark = html('<span class="gj-tag fails">{}</span>', t("已拦下"))
        return html('<p class="gj-notice blocked" role="note">{}{}</p>', mark, words)
    fault = _FAULTS[notice]
    words = fault.en if language() == "en" else fault.zh
    return html('<p class="gj-notice" role="note">{}</p>', words)
