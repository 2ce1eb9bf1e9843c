"""Whether an answer was worked out as the question asks: summed, ranked, compared, with how it came about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from qa.assurance.model import Asked, Doubt, Doubts
from qa.model import Check
from qa.plan import Operation
from qa.words import agreement, cues
from qa.words.numerals import number_of


def from_nothing(asked: Asked) -> bool:
    """A rate that cannot be given, as it starts from zero, is told in words."""
    growth = asked.plan.operation is Operation.GROWTH and bool(asked.figures)
    return growth and not re.search("[1-9]", asked.figures[0].number)


MORE = re.compile(
    r"比[^,，。]{1,14}(?:多|少|增加|减少|高|低)[^,，。多少几]{0,3}(?:多少|几)|"
    r"(?:还|相)?差(?:了|额|距)?(?:是|为)?(?:多少|几)"
)
_OVER = re.compile(r"超(?:出|过)?了?(?:计划|目标|预算|预期)[^,，。多少几]{0,6}(?:多少|几)(?!倍)")
_TOTAL = re.compile(r"合计(?:数|额)?(?:为|是|有)?多少")
_SEVERAL = re.compile(
    r"[、和与及跟加]|[各每两三四五六七八九十几\d](?:个|家|项|年|笔|县|区|类|级)|\s{2,}\S*[到至—~-]"
)
# A word that asks for working something out, and the traces that doing so leaves.
_WORKED_OUT: tuple[tuple[str, Callable[[str], bool], re.Pattern[str]], ...] = (
    ("占比", cues.share_asked, re.compile(r"占|比重|%|÷|比例")),
    ("倍数", cues.ratio_asked, re.compile(r"倍|%|÷")),
    (
        "差额",
        lambda text: bool(MORE.search(text) or _OVER.search(text)),
        re.compile(r"[−-]|差|增|减|多|少|节|超|降|升"),
    ),
    (
        "合计",
        lambda text: cues.sum_asked(text) or bool(_TOTAL.search(text)),
        re.compile(r"\+|合计|总|共|两项|小计"),
    ),
    ("平均", cues.average_asked, re.compile(r"平均|÷|均")),
    (
        "最高、最低",
        lambda text: cues.most_asked(text) or cues.least_asked(text),
        re.compile(r"最|共比较|第一|首|[><＞＜]|较[多少高低大小]|高于|低于|多于|少于|\n"),
    ),
    ("增减幅度", cues.growth_asked, re.compile(r"%|百分|持平")),
    (
        "是否一致",
        agreement.verify_asked,
        re.compile(r"一致|成立|矛盾|相符|不符|相同|相等|核对|对不上|对得上|差|算法|公式|前提"),
    ),
)


def operation(asked: Asked) -> Iterator[Doubt]:
    """A word that asks for working something out, of which the answer shows no trace."""
    text = cues.unquoted(asked.plan.text).rstrip("?？。 ")
    plain = asked.figures and asked.plan.operation is Operation.LOOKUP
    shown = traces(asked) if plain else traces(asked) + asked.answer.text
    if _whole_as_asked(asked, text):
        text = _SUM_WORD.sub("", text)
    if not from_nothing(asked) and not asked.contradicted:
        for word, wanted, trace in _WORKED_OUT:
            own = word == "合计" and asked.plan.operation is Operation.RANK
            traced = trace.search(traces(asked) if own else shown)
            if wanted(text) and asked.figures and not traced:
                yield Doubt("operation", word)
    plain_value = bool(asked.figures) and asked.figures[0].check is not Check.DERIVED
    if asked.plan.left and plain_value and asked.figures[0].unit not in _RATES:
        yield Doubt("operation", asked.plan.left)
    back = cues.backwards_asked(asked.plan.question)
    if back and asked.figures and asked.figures[0].check is not Check.DERIVED:
        yield Doubt("operation", "倒推")


_RATES = ("%", "个百分点", "倍")


def _whole_as_asked(asked: Asked, text: str) -> bool:
    """Whether one figure is itself the total that is asked for: 国内公务接待共计多少人次."""
    alone = len(asked.figures) == 1 and not _SEVERAL.search(text)
    told = alone and bool(asked.figures[0].sources) and asked.figures[0].sources[0].table is None
    near = asked.ground.presence >= _COUNTED
    if told and near and not asked.figures[0].unit.endswith(("元", "圆")) and _IN_ALL.search(text):
        return True
    if told and asked.ground.presence >= _MENTIONED and _DEED_IN_ALL.search(text):
        return True
    counts = asked.plan.operation is Operation.COUNT or told
    said = _COUNTED if counts else _SAID
    return alone and asked.ground.precision >= said and asked.ground.presence >= said


# 一共排查了多少栋: of what a deed came to in all, which a sentence tells.
_IN_ALL = re.compile(
    r"(?:一共|总共|共计|(?<!公)共(?![享同建和]))[^,，。多少几]{0,16}了?(?:多少|几)(?!长|大|高|钱)"
)
# 一共罚了多少钱, 总共追回多少: of such deeds a report tells what they came to, and no payments one by one.
_DEED_IN_ALL = re.compile(
    r"(?:一共|总共|共计|(?<!公)共)(?:是|为|有)?(?:被|给)?(?:涉及|罚没?|没收|赔付?|理赔|欠收?|拖欠|少收|多[发付算报收]|追[回缴]|收回|挽回|退[还回]|减免|核减|审减|节约|节省)"
    r"|(?:罚款|罚没款|罚金|赔款|退款|欠款)(?:金额)?(?:一共|总共|共计|合计)"
)
_SUM_WORD = re.compile(r"一共|总共|共计|合计|总计")
_SAID, _COUNTED, _MENTIONED = Decimal("0.9"), Decimal("0.7"), Decimal("0.6")


def traces(asked: Asked) -> str:
    """What the values say of themselves; their labels are the asker's words and say nothing."""
    said: list[str] = []
    for value in asked.answer.values:
        said += [value.formula, value.metric, value.unit]
        for source in value.sources:
            said += [source.row or "", source.column or "", "" if source.table else source.quote]
    return "".join(said)


_RANKS = re.compile(r"最[一-鿿]{0,4}?的?(?:(?P<n>[两三四五六七八九十])(?:个|项|类|家|笔|大|名)|仨)")


def ranks(asked: Asked) -> Iterator[Doubt]:
    """Fewer ranks than the question speaks of."""
    found = _RANKS.search(asked.plan.question)
    if found and asked.plan.operation is Operation.RANK:
        wanted = number_of(found["n"] or "三") or 0
        if max(len(asked.figures), asked.answer.text.count("\n")) < wanted:
            yield Doubt("asks", found.group())


_HOW = re.compile(
    r"怎么算|怎[么样][^,，。?？]{1,10}算|如何计算|怎么来|怎样计算|计算过程|算法|怎么得|如何得|咋算|咋来|公式|derived|calculated"
)
_WORKED = re.compile(r"\d%?[^\d。]{0,8}[-+−×÷*/=＝]\s*[^。]{0,6}\d")
_RULED = re.compile(r"[÷×=＝]|得[^，。；]{0,8}分|扣")


def how(asked: Asked) -> Iterator[Doubt]:
    """How a number came about is asked, and no calculation is shown."""
    found = _HOW.search(f"{asked.plan.question} {asked.question}")
    if not found or asked.plan.operation is Operation.VERIFY:
        return
    wanted = _WORKED if asked.plan.numbers else _RULED
    if not wanted.search(asked.answer.text):
        yield Doubt("how", found.group())


DOUBTS: tuple[Doubts, ...] = (operation, ranks, how)
