"""Texts that PostgreSQL cannot hold as they are: it knows no character NUL.

NUL goes in as ``SUB 0`` and SUB itself as ``SUB 1`` (SUB is U+001A, the control character that stands
for another one), and both come out again as they were, so that places in a text stay what they are.
"""

from __future__ import annotations

from typing import Any

NUL, SUB = "\x00", "\x1a"


def escaped(string: str) -> str:
    """`string` without NUL."""
    if NUL not in string and SUB not in string:
        return string
    return string.replace(SUB, SUB + "1").replace(NUL, SUB + "0")


def unescaped(string: str) -> str:
    """What `escaped` was given."""
    if SUB not in string:
        return string
    return string.replace(SUB + "0", NUL).replace(SUB + "1", SUB)


def keep_every_character(connection: Any) -> None:
    """Make a connection of psycopg take and give any string."""
    from psycopg.types.string import StrDumper, StrDumperUnknown, StrDumperVarchar, TextLoader

    def dumping(base: type[Any]) -> type[Any]:
        class Escaping(base):  # type: ignore[misc]
            def dump(self, obj: str) -> Any:
                return super().dump(escaped(obj))

        return Escaping

    class Unescaping(TextLoader):
        def load(self, data: Any) -> Any:
            found = super().load(data)
            return unescaped(found) if isinstance(found, str) else found

    for base in (StrDumper, StrDumperVarchar, StrDumperUnknown):
        connection.adapters.register_dumper(str, dumping(base))
    for name in ("text", "varchar"):
        connection.adapters.register_loader(name, Unescaping)
