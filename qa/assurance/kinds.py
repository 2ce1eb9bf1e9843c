"""Whether an answer is of the kind that was asked: role, dimension, operation, number of answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from ingest.model import Role
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import clause_of
from qa.model import Check
from qa.operations.reached import PLANNED
from qa.plan import Operation
from qa.planning.carried import BUDGETS
from qa.present import PREMISE_FAILS
from qa.question.separate_asks import text_asks
from qa.texts.asking import naming_words
from qa.words import agreement, cues
from qa.words.matching import squeeze
from qa.words.numerals import number_of

_ROLE_SAID: dict[Role, re.Pattern[str]] = {
    Role.SHARE: re.compile(r"占|比重|份额|比例|构成|结构|几成"),
    Role.GROWTH: re.compile(r"增|降|升|涨|减|变|幅|同比|跌|缩|提高|压"),
    Role.CHANGE: re.compile(r"增|降|升|涨|减|变|多|少|差|同比|比|结余|省|缩|提高|压"),
    Role.ADJUSTMENT: re.compile(r"调|追加|核减|压减|砍|加|减"),
    Role.DEDUCTION: re.compile(r"扣|丢|失"),
    Role.FULL_MARK: re.compile(r"满分|分值|权重|标准分|多少分|几分"),
}
_STATED = (Operation.LOOKUP, Operation.CHANGE, Operation.DIFFERENCE, Operation.SHARE)
_OPENING = re.compile(r"年初|期初")
_AGAINST = re.compile(r"(?:完成|比|较|占|相比)[^,，]{0,4}(?:年初|期初)")
_PLANNED = re.compile(r"年初|期初|设定|目标|预期|指标|(?<!公共)(?<!基金)预算")
_PERCENT_ASKED = re.compile(
    r"百分之|百分比|占比|比重|(?<![效频速概汇利几])率(?:是|为(?![什何啥甚嘛])|有|达|多少)|percent|in %|times as",
    re.I,
)
_MONEY_ASKED = re.compile(r"多少钱|多少(?:万|亿|百万)?元|how much (?:money|funding)", re.I)
_COUNT_ASKED = re.compile(
    r"(?:多少|几)(?:个(?!百分|点)|次|人|家|项|件|条|份|名|户|场)|个数|how many|number of", re.I
)
_THINGS = re.compile(r"(?:几|多少)(?:个|项|类|种)(?P<noun>[一-鿿]{2,4})")
_OTHER_THINGS = frozenset(
    ("台", "辆", "套", "人", "名", "次", "场", "户", "家", "人次", "公里", "件")
)
_UNLIKE = (Operation.VERIFY, Operation.RANK, Operation.COMPLETION, Operation.FILTER)


def role(asked: Asked) -> Iterator[Doubt]:
    """A share, a change or a full mark where the asking clause says nothing of the kind."""
    roles = asked.ground.roles
    if asked.plan.operation not in _STATED or len(roles) != 1:
        return
    pattern = _ROLE_SAID.get(roles[0])
    said = _asking_clauses(asked.plan.question).replace("多少", "")
    if pattern is not None and not pattern.search(said):
        yield Doubt("role", asked.figures[0].metric if asked.figures else "")


_FULL_ASKED = re.compile(
    r"满分|full marks?\b|maximum (?:score|marks?|points?)|out of how many", re.I
)


def full_mark(asked: Asked) -> Iterator[Doubt]:
    """The full mark is asked for, and what was got is given."""
    found = _FULL_ASKED.search(f"{asked.plan.question} {asked.question}")
    got = Role.SCORE in asked.ground.roles and Role.FULL_MARK not in asked.ground.roles
    one = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    if (
        found
        and got
        and one
        and not re.search(r"得了?(?:多少|几)|拿了?(?:多少|几)", asked.plan.question)
    ):
        yield Doubt("role", found.group())


_SPENT_ASKED = re.compile(
    r"(?:实际|真正|最[后终])[^,，。]{0,6}?(?:花|用|支出|支付|执行)|[花用]了|[花用]掉"
)
_BUDGET_ASKED = re.compile(r"预算|安排|下达|批复|批了|计划|指标|额度|budget", re.I)


def not_spent(asked: Asked) -> Iterator[Doubt]:
    """What was spent is asked for, and what was budgeted is given."""
    said = f"{asked.plan.question} {asked.question}"  # as it is read, and as it was typed
    found, roles = _SPENT_ASKED.search(said), asked.ground.roles
    planned = len(asked.figures) == 1 and set(roles) == {Role.BUDGET}
    if found and planned and not _BUDGET_ASKED.search(said):
        yield Doubt("role", asked.figures[0].metric)


def planned(asked: Asked) -> Iterator[Doubt]:
    """What was done is asked for, and what was planned is given, of which no result is told."""
    one = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    said = PLANNED.search(f"{asked.plan.question} {asked.question}")
    if one and not said and set(asked.ground.roles) == {Role.TARGET}:
        yield Doubt("role", asked.figures[0].metric)


_PARTS_OF = (Operation.SHARE, Operation.RATIO)


def planned_whole(asked: Asked) -> Iterator[Doubt]:
    """A share of what was planned, where the question speaks of no plan: 有效投诉占投诉件数 of the aim."""
    roles = asked.ground.roles
    mixed = asked.plan.operation in _PARTS_OF and Role.TARGET in roles and len(roles) > 1
    said = f"{asked.plan.question} {asked.question}"
    if mixed and not PLANNED.search(said) and not _REACHED.search(said):
        yield Doubt("role", "".join(target.key for target in asked.plan.targets[-1:]))


_REACHED = re.compile("完成|达到|达成|实现|兑现")


_PART = re.compile(r"基本支出|项目支出|人员经费|公用经费")


def column(asked: Asked) -> Iterator[Doubt]:
    """Ranked by one column of a table of parts, and the question names no part."""
    if asked.plan.operation is not Operation.RANK:
        return
    for value in asked.figures[:1]:
        for source in value.sources[:1]:
            part = _PART.search(source.column or "")
            if (
                part
                and part.group()[:2] not in asked.plan.question
                and part.group() != value.metric
                and not _inside_named(source.row or "", asked.plan.question)
            ):
                yield Doubt("role", part.group())


def _inside_named(row: str, question: str) -> bool:
    """Whether the question names the line above the one that is given: all below it is of one part."""
    above = (squeeze(label) for label in row.split(" / ")[:-1])
    return any(len(label) >= _FULL and label in squeeze(question) for label in above)


def _asking_clauses(question: str) -> str:
    """The clauses that ask, with that before a bare one (折合多少元); the last where none asks."""
    clauses = [clause for clause in re.split(r"[,，;；。?？]", question) if clause.strip()]
    asking = {n for n, clause in enumerate(clauses) if cues.INTERROGATIVE.search(clause)}
    asking |= {n - 1 for n in asking if n and _BARE_ASK.fullmatch(clauses[n].strip())}
    return "".join(c for n, c in enumerate(clauses) if n in asking) or "".join(clauses[-1:])


_BARE_ASK = re.compile(
    r"(?:折合|换算|合|算)?(?:成|下来|起来)?(?:一共|大约|大概)?(?:是|为|有)?(?:多少|几)[一-鿿]{0,3}"
)


_CHANGED = re.compile(r"调整后|调整为|变[为成更]|追加后|核[减增]后")


def side(asked: Asked) -> Iterator[Doubt]:
    """The budget at the start of the year is asked for and something else is given."""
    if asked.plan.operation is not Operation.LOOKUP or len(asked.figures) != 1:
        return
    value = asked.figures[0]
    own = value.metric + "".join(f"{s.row}{s.column}" for s in value.sources[:1])
    targets = "".join(target.key for target in asked.plan.targets)
    planned = _PLANNED.search(own) or (asked.ground.roles == (Role.BUDGET,) and "预算" in targets)
    if asked.ground.roles == (Role.COMPLETION,):
        return  # of which budget it is, `worked.of_initial_budget` looks at
    clause = clause_of(value)[0] if _OPENING.search(targets) else ""
    # 调整后项目预算变为861.46万元 is no budget of the start.
    changed = "年初" not in clause and _CHANGED.search(f"{clause}{own}")
    unplanned = not planned or changed
    if _OPENING.search(targets) and not _AGAINST.search(targets) and unplanned:
        yield Doubt("side", value.metric)


def dimension(asked: Asked) -> Iterator[Doubt]:
    """A figure of another dimension than the question's own words ask for."""
    if not asked.figures or asked.answer.text.startswith(PREMISE_FAILS):
        return
    text = f"{cues.unquoted(asked.plan.question)} {asked.question}"
    units = [value.unit for value in asked.figures]
    if _counts_by_no_count(asked, units):
        yield Doubt("unit", units[0])
        return
    if asked.plan.operation in _UNLIKE or _from_nothing(asked):
        return
    percent = [u for u in units if "%" in u or "‰" in u or "百分点" in u or u in ("倍", "成")]
    rate = _PERCENT_ASKED.search(text)
    amount = _AMOUNT_LAST.search(cues.unquoted(asked.plan.question))
    if rate and not percent:
        yield Doubt("unit", rate.group())
    elif amount and len(percent) == len(units) and not cues.rate_said(text):
        yield Doubt("unit", amount.group())
    elif _MONEY_ASKED.search(text) and not any(u.endswith(("元", "圆")) for u in units):
        yield Doubt("unit", "元")
    elif (
        _COUNT_ASKED.search(text) and len(percent) == len(units) and not rate
    ) or _counts_other_things(asked):
        yield Doubt("unit", units[0])


_AMOUNT_LAST = re.compile(
    r"(?:决算|预算|支出|收入)(?:数|总?额|金额|合计|总计)?(?:是|为|有)?多少[?？。]?\s*$"
)


def _counts_by_no_count(asked: Asked, units: list[str]) -> bool:
    """有几个 is asked, with no more to it, and points or money are given."""
    question = cues.unquoted(asked.plan.question)
    if _HOW_MANY_OF.search(question) and all(unit.endswith("元") for unit in units):
        return True
    return bool(_HOW_MANY.search(question)) and all(unit in _NO_COUNT for unit in units)


_HOW_MANY = re.compile(r"(?:有|共|是)(?:几|多少)(?:个|项|家|条)(?:[一-鿿]{2})?[?？。]?\s*$")
_HOW_MANY_OF = re.compile(
    r"(?:几|多少)(?:万|亿)?(?:人次|批次|人|户|名|家|所|辆|台|套|件|场|次|处|座|份)[?？。]?\s*$"
)
_NO_COUNT = frozenset(("分", "元", "万元", "亿元", "%"))


def _counts_other_things(asked: Asked) -> bool:
    """几个子项 is asked, and what is given counts machines (台) that are no 子项."""
    found = _THINGS.search(cues.unquoted(asked.plan.question))
    unit = asked.figures[0].unit
    if not found or unit.lstrip("万亿") not in _OTHER_THINGS:
        return False
    named = f"{asked.figures[0].metric}{unit}" + "".join(
        source.quote for source in asked.figures[0].sources[:1]
    )
    return found["noun"][:2] not in named


def _from_nothing(asked: Asked) -> bool:
    """A rate that cannot be given, as it starts from zero, is told in words."""
    growth = asked.plan.operation is Operation.GROWTH and bool(asked.figures)
    return growth and not re.search("[1-9]", asked.figures[0].number)


def zero(asked: Asked) -> Iterator[Doubt]:
    """Nothing but zeros: often the empty column of another table, unless it is named in full."""
    zeros = [value for value in asked.figures if not re.search(r"[1-9]", value.number)]
    plain = asked.plan.operation in (Operation.LOOKUP, Operation.DIFFERENCE)
    worked = bool(zeros) and zeros[0].check is Check.DERIVED
    if zeros == list(asked.figures) and worked and _MORE.search(cues.unquoted(asked.plan.question)):
        yield Doubt("zero", zeros[0].metric)  # 比甲少多少 takes it for granted that it is less
    elif plain and zeros and len(zeros) == len(asked.figures) and not _named_in_full(asked):
        yield Doubt("zero", zeros[0].metric)


def _named_in_full(asked: Asked) -> bool:
    """A sentence that tells a zero tells it of its own subject; a cell by its row or column."""
    own = squeeze(asked.figures[0].metric)
    source = asked.figures[0].sources[0] if asked.figures[0].sources else None
    if source is not None and source.table is None:
        return True
    keys = [_GENERIC_END.sub("", squeeze(target.key)) for target in asked.plan.targets]
    labels = f"{source.row or ''}/{source.column or ''}" if source is not None else ""
    rows = {squeeze(_NUMBERED.sub("", label)) for label in labels.split("/")}
    exact = any(squeeze(_NUMBERED.sub("", target.key)) in rows for target in asked.plan.targets)
    return exact or any(len(key) >= _FULL and key in own for key in keys)


_MORE = re.compile(
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
        lambda text: bool(_MORE.search(text) or _OVER.search(text)),
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
_SUM_TOO = re.compile(r"[,，、;；]\s*(?:两|三|四|几)?(?:项|者|个|笔)?(?:合计|总共|一共|加起来)呢?$")


def operation(asked: Asked) -> Iterator[Doubt]:
    """A word that asks for working something out, of which the answer shows no trace."""
    text = cues.unquoted(asked.plan.text).rstrip("?？。 ")
    plain = asked.figures and asked.plan.operation is Operation.LOOKUP
    shown = traces(asked) if plain else traces(asked) + asked.answer.text
    if _whole_as_asked(asked, text):
        text = _SUM_WORD.sub("", text)
    if not _from_nothing(asked) and not asked.contradicted:
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


def unfinished(asked: Asked) -> Iterator[Doubt]:
    """The answer itself says that it lacks something."""
    found = re.search(r"没有找到|无法判断", asked.answer.text)
    if found:
        yield Doubt("unfinished", found.group())


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


_NUMBERED = re.compile(
    r"[（(][^()（）]*[)）]|^\s*(?:其中[:：])?[\d一二三四五六七八九十]+[.、．]|^\s*其中[:：]"
)
_GENERIC_END = re.compile(r"(?:支出|收入|金额|数额|决算数|数)$")
_FULL = 5  # characters of a name that is told from others


_EITHER = re.compile(r"(?P<a>[一-鿿]{2,8})还是(?P<b>[一-鿿]{2,8})")
_WHETHER = re.compile(
    r"达标没|达标了?[吗嘛]|是否(?:达到|达标|完成|实现)|(?:完成|做到|达到|实现)了?(?:没|[吗嘛])|达到[^,，。?？]{0,6}了?[吗嘛]"
)
_TOLD = re.compile(r"[尚仍还]在|进行中|已|达标|达到|未达|没有|完成|不足|超过|高于|低于|是|否")


def either(asked: Asked) -> Iterator[Doubt]:
    """One of two things is asked for and neither is named; or whether an aim was met."""
    found = _EITHER.search(cues.unquoted(asked.plan.question))
    if found and not re.search(r"[多少增减高低升降]了?$", found["a"]):
        shown = "" if asked.figures else squeeze(asked.answer.text)
        if found["a"][-4:] not in shown and found["b"][:4] not in shown:
            yield Doubt("either", found.group())
    met = _WHETHER.search(asked.plan.question)
    judged = any(not remark.startswith("（由问句") for remark in asked.answer.remarks)
    bare = len(asked.figures) < 2 and not judged
    if met and bare and (asked.figures or not _TOLD.search(asked.answer.text)):
        yield Doubt("whether", met.group())


_ASK = re.compile(
    r"多少|几(?:个|次|人|家|项|件|条|份|名|分|倍|万|成|辆|台|套|所|处|座|间|户|场|期|批|张|只|头|亩)"
    r"|百分之几|how (?:much|many)",
    re.I,
)
_APART = re.compile(
    r"[\d两三四五六七八九十]个项目的?(?:评价|自评)?(?:得分|评分)"
    r"|分别|各是|各为|各自|各有|各(?=多少|几)|[及和与]其中|both|respectively|和实际|与实际|and the actual|and actual"
)
_SHORT_NAME = 12  # a longer text may well answer two things at once
_LAST = re.compile(r"(?:多少|几|什么).*[，,。？?].{2,}呢[？?。]?\s*$")


_AND_OF_IT = re.compile(r"(?:多少|几)[^,，?？]{0,6}[,，?？]\s*其中[^,，?？]{2,10}[?？]?\s*$")
_DATE_ASKED = re.compile(r"哪一?[天年月日]|何时|何日|什么时候|几时")


_WHY = re.compile(r"(?:又|这|那)?(?:是)?(?:为什么|为何|为啥|什么原因|原因是?什么|怎么回事)(?:呢)?")
_CAUSE = re.compile(r"因|由于|导致|原因|所致|系|受")


def _half_told(asked: Asked, shown: int) -> Iterator[Doubt]:
    """Of two things asked for in words one line tells nothing of the second."""
    wanted = text_asks(asked.plan.question) if asked.plan.operation is Operation.TEXT else []
    if shown > 1 or asked.figures or not wanted:
        return
    told = asked.answer.text.partition("：")[2]
    for ask in wanted:
        words = naming_words(cues.content(ask))
        if _WHY.fullmatch(ask.strip()) and _CAUSE.search(told):
            continue
        named = any(word[at : at + 2] in told for word in words for at in range(len(word) - 1))
        named = named or (not words and bool(_DATE_ASKED.search(ask)))  # 哪年哪月批的
        dated = not _DATE_ASKED.search(ask) or re.search(r"\d\s*[年月日]", told)
        if not named or not dated:
            yield Doubt("asks", ask)
            return


def _budget_twice(asked: Asked) -> bool:
    """Whether one of several asks that names something got the budget that another asks for."""
    targets, figures = asked.plan.targets, asked.figures
    if len(targets) != len(figures) or asked.plan.operation is not Operation.LOOKUP:
        return False
    budgets = {f.number for t, f in zip(targets, figures, strict=True) if t.measure in BUDGETS}
    named = (f for t, f in zip(targets, figures, strict=True) if not t.measure and not t.role)
    return any(figure.number in budgets for figure in named)


_EACH_ITS_OWN = (
    Operation.LOOKUP, Operation.COMPLETION, Operation.SUM, Operation.CHANGE, Operation.GROWTH,
)  # fmt: skip


def asks(asked: Asked) -> Iterator[Doubt]:
    """Fewer values than figures that are asked for one by one; one figure for two of them."""
    lines = [x for x in asked.answer.text.split("\n") if not x.startswith("另请注意")]
    shown = max(len(asked.figures), len(lines))
    plain = asked.plan.operation is Operation.LOOKUP
    apart = _APART.search(asked.question) if plain else None
    # 7个 − 3个 + 2个 tells how many were taken out and put in as well.
    course = any("−" in v.formula and "+" in v.formula for v in asked.figures)
    several = 1 < len(_ASK.findall(cues.unquoted(asked.question))) > shown
    if asked.figures and several and not course:
        yield Doubt("asks", f"只给出 {shown} 个数")
    elif asked.figures and apart and shown < 2:
        yield Doubt("asks", apart.group())
    elif shown < 2 and _LAST.search(asked.question):
        yield Doubt("asks", "呢")
    elif shown < 2 and asked.figures and (within := _AND_OF_IT.search(asked.question)):
        yield Doubt("asks", within.group().strip("?？,， "))
    yield from _half_told(asked, shown)
    text = cues.unquoted(asked.plan.text).rstrip("?？。 ")
    summed = any(v.check is Check.DERIVED and "+" in v.formula for v in asked.figures)
    if _SUM_TOO.search(text) and not summed:
        yield Doubt("asks", "合计")
    places = [
        (value.sources[0].report, value.sources[0].figure, value.number)
        for value in asked.figures
        if value.sources and value.sources[0].figure is not None
    ]
    if _budget_twice(asked):
        yield Doubt("twice", asked.figures[0].number)
    alone = asked.plan.operation in _EACH_ITS_OWN
    if alone and len(set(places)) < len(places):
        yield Doubt("twice", asked.figures[0].number)
    lines = asked.answer.text.split("\n")
    names = [name for line in lines if (name := line.rpartition("：")[2])]  # a list has lines below
    if not asked.figures and len(names) > len(set(names)) and len(names[0]) <= _SHORT_NAME:
        yield Doubt("twice", names[0])


_LARGE = re.compile(r"-?\d{4,}(?:\.\d+)?|-?\d+\.\d\d")


def unitless(asked: Asked) -> Iterator[Doubt]:
    """An amount without a unit, in a report that states amounts of money with theirs."""
    if not any("元" in text for text in asked.ground.reports):
        return
    for value in asked.answer.values[:1]:
        bare = not value.unit and _LARGE.fullmatch(value.number.replace(",", ""))
        if bare and not _INDEX.search(value.metric) and value.sources and not asked.contradicted:
            yield Doubt("unitless", value.metric)


_INDEX = re.compile(r"指数|系数|年份?$|编码|代码|号$|密度|浓度|倍|比$|值$")


DOUBTS: tuple[Doubts, ...] = (
    not_spent, planned, planned_whole,
    role, full_mark, column, side, dimension, zero, operation, ranks, unfinished, how, either, asks,
    unitless,
)  # fmt: skip
