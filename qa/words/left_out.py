"""What a question leaves out: 除了甲以外，…一共多少. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_SAVE = re.compile(
    r"[,，]?除(?:了|去|开|掉)?(?!以|外|非|名|草|尘|臭|雪|险|四害)(?P<what>[^,，。?？除]{2,24}?)"
    r"(?:(?:以外|之外|外)(?:的)?[,，]?(?:的|其他|其它|其余|剩下|另外)*|[,，](?:的|其他|其它|其余)+)"
)
_MUCH = re.compile(r"多少|几(?!个?[项类家])|合计|总[额数]")
# What such a question may ask for beside an amount.
_OTHERWISE = re.compile(
    r"哪|谁|什么|何|最|还有(?!多少)|平均|占|比[^例重]|分别|各|率|增|减|排|第[一二三]"
)


class LeftOut(NamedTuple):
    """A question without what it leaves out, and that by itself."""

    rest: str
    what: str


def left_out(question: str) -> LeftOut | None:
    """What an amount is asked without; None for a question that leaves nothing out."""
    found = _SAVE.search(question)
    if found is None:
        return None
    rest = f"{question[: found.start()]}{question[found.end() :]}"
    if not _MUCH.search(rest) or _OTHERWISE.search(rest):
        return None
    return LeftOut(rest, found["what"])
