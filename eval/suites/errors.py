"""What pydantic has against a suite file, said in one clear line."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from eval.suites import wire as wire

_MESSAGES = {
    "missing": "缺少此字段",
    "string_type": "应为文字（数字、日期和是非要加引号）",
    "string_too_short": "不可为空",
    "too_short": "不可为空",
    "list_type": "应为一列（用 [ ] 或每行一个 - ）",
    "int_type": "应为整数（不加引号）",
    "bool_type": "应为 true 或 false（不加引号）",
    "model_type": "应为带字段的一组（键: 值）",
    "model_attributes_type": "应为带字段的一组（键: 值）",
}
_FIELDS = sorted(
    {
        field.alias or name
        for model in (
            wire.Case,
            wire.Expect,
            wire.Labelled,
            wire.Contradiction,
            wire.Quote,
            wire.Paraphrases,
        )
        for name, field in model.model_fields.items()
    }
)


def explained(error: Mapping[str, Any]) -> str:
    """The place in the case and what to write there, of one of pydantic's errors."""
    where = ".".join(str(part) for part in error["loc"])
    message = _message(error)
    return f"{where}：{message}" if where else message


def _message(error: Mapping[str, Any]) -> str:
    kind, about = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        close = get_close_matches(str(error["loc"][-1]), _FIELDS, n=1)
        return "没有这个字段" + (f"，最接近的是 {close[0]}" if close else "")
    if kind == "literal_error":
        return f"只能写 {str(about.get('expected', '')).replace(' or ', ' 或 ').lower()}"
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = about.get("ge", about.get("le"))
        return f"应{'不小于' if 'ge' in about else '不大于'} {bound}"
    return _MESSAGES.get(kind) or error["msg"].removeprefix("Value error, ")
