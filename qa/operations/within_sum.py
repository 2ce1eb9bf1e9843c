"""The share of a part in the whole that the report itself adds it up to.

``上级资金占多大比例`` names no whole, and ``人员经费占总支出的比重`` names one by other words than its sentence
(当年支出799.12万元，由三块组成：…). The sum that holds over the part says what it is a part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.drafts import Draft
from qa.figures import compute
from qa.figures.around import told_with
from qa.figures.evidence import Candidate
from qa.figures.standing import equations_of
from qa.operations.context import Context, choose
from qa.operations.formulas import SUMS
from qa.operations.pairs import is_amount, on_side, side
from qa.operations.relations import divided, part_and_whole
from qa.words.matching import grams, plain_name, squeeze

_MULTIPLE = re.compile("倍")
_KIND_END = re.compile(r"(?:那|这)?(?:部分|一?块|一?类|一?项)(?:的?(?:资金|金额|采购|支出|经费))?$")
# 占总额, 占三批合计: of all of it. What is left of the words must stand by the whole.
_OF_ALL = re.compile(
    r"总(?=[额数量计支收投资面])|(?:[两三四五六七八九十\d]+[批项个类块种期级])|全部|整个|所有|全年|当年|本年|"
    r"合计|总计|总额|总数|总量|总体|其|的|数$|额$"
)


def share_of_sum(context: Context) -> Draft | None:
    """The part's share in the one total of a sum that holds; None where no sum says what it is of."""
    text = context.plan.text
    if _MULTIPLE.search(text):
        return None
    part, whole = part_and_whole(context)
    if not part:
        return None
    bare = _KIND_END.sub("", part)
    for name in dict.fromkeys((part, bare, f"{whole} {bare}".strip())):
        found = choose(context, side(context, name), keep=on_side(name, is_amount))
        # Several figures of the part's name are told apart by the whole alone.
        alike = found.rivals if whole else ()
        pairs = {
            (member.figure.quantity.base, total.figure.quantity.base): (member, total)
            for cluster in ((found.best,) if found.best is not None else alike)
            for member in cluster.members
            for total in _totals(member)
            # Without a name, a subtotal may be meant or the whole that it is a part of itself.
            if _called(total, whole) and (whole or not any(_totals(total)))
        }
        if not pairs and (found.best is None or whole):
            continue
        if len(pairs) != 1:
            return None
        ((member, total),) = pairs.values()
        result = compute.percent_of(member.figure, total.figure)
        if result is None:
            return None
        label = f"{part} ÷ {whole or plain_name(total.figure.metric)}"
        return divided(Draft(phrase=part), result, [member, total], label, compute.percent_of)
    return None


def _totals(part: Candidate) -> Iterator[Candidate]:
    """What the part is added up to, in each sum that holds."""
    for equation in equations_of(part.document, part.figure):
        added = equation.family in SUMS and part.figure.no in equation.operands
        if added and equation.verdict.holds and "−" not in equation.formula:
            yield replace(part, figure=part.document.figures[equation.stated])


def _called(total: Candidate, whole: str) -> bool:
    """Whether the words for the whole stand by it; a whole without a name is any."""
    wanted = grams(_OF_ALL.sub("", squeeze(whole)))
    near = [*told_with(total, _NEAR), total.part.project.value, total.part.title.value]
    return wanted <= frozenset(gram for text in near for gram in grams(text))


_NEAR = 60  # characters of a paragraph that say what it is about
