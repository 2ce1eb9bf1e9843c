"""Whether a figure is of another thing of the same paragraph: a part, an account, a range, a count.

What these look at is the figure's own name and sentence alone. What stands around it may well name
what is asked for, and be of the figure beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.beside import alone, counted
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.told import around, labels, printed
from qa.assurance.words import asking_pattern
from qa.model import Check, Value
from qa.plan import Operation
from qa.texts.asking import naming_words
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of

_ACCOUNTS = frozenset(("决算", "预算", "支出", "收入", "结转", "结余"))


def told_of_next(asked: Asked) -> Iterator[Doubt]:
    """捐赠收入212万元（其中校友捐赠157万元）: of what came from 校友 the first is not meant."""
    value = counted(asked)
    if value is None:
        return
    own, wanted = _own(value), _pairs_asked(asked) - _ACCOUNTS
    question = squeeze(_ASIDE.sub("", asked.plan.text))
    rate = "率" in question
    known = [(name, 1) for name in asked.ground.beside if rate or not name.endswith("率")]
    for name, least in (*known, *((name, _CLEARLY) for name in _told_behind(value))):
        flat = squeeze(name)
        told = [flat[at : at + 2] for at in range(len(flat) - 1)]
        lacking = [pair for pair in told if pair in wanted and pair not in own]
        whole = len(flat) > _NAME and flat in question and flat not in own
        if whole:
            lacking = lacking or [flat]
            least = 1
        if len(lacking) >= least and (whole or not _named_whole(value, question)):
            yield Doubt("beside", lacking[0])
            return


_LONG = 6  # characters of a name that no sentence says by chance


def named_behind(asked: Asked) -> Iterator[Doubt]:
    """What is asked about is named behind the figure, in a sentence of its own, and not before it.

    工程238.60万元；最大的是库房灭火系统改造工程，中标价198.70万元: of that 改造工程 the first is not.
    """
    value = alone(asked)
    if value is None or not value.sources or value.sources[0].table is not None:
        return
    wide = asked.ground.wide
    at = wide.find(squeeze(printed(value.number, value.sources[0].quote)))
    own, same = _own(value), squeeze(value.sources[0].quote)
    for run in map(squeeze, naming_words(cues.content(asked.plan.text))) if at >= 0 else ():
        name = next((run[:n] for n in range(len(run), _LONG - 1, -1) if run[:n] in wide), "")
        behind = name and name not in own + same and wide.find(name) > at
        if behind and not grams(name) <= grams(own):
            yield Doubt("beside", name)
            return


def _named_whole(value: Value, question: str) -> bool:
    """Whether the question says the figure's own name in full: 政府采购中授予中小企业合同金额."""
    own = squeeze(value.metric)
    return len(own) > _IN_FULL and own in re.sub("的", "", question)


_IN_FULL = 5  # characters
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")  # 本年支出（基本支出加项目支出）
_NAME = 3  # characters; a longer name that the question says in full is meant
_CLEARLY = 2  # pairs of characters
_NAMED_BEHIND = re.compile(
    r"[，,、；;（(](?:其中)?[:：]?(?P<name>[一-鿿“”]{2,16}?)(?:为|是)?(?=\d)"
)


def _told_behind(value: Value) -> tuple[str, ...]:
    """What other figures of its sentence are called, behind a figure of running text."""
    return tuple(found["name"] for found in _NAMED_BEHIND.finditer(around(value)[1]))


def _own(value: Value) -> str:
    """What a figure is called, and what its sentence says before it."""
    return squeeze(value.metric + labels(value.sources[:1]) + around(value)[0])


def _pairs_asked(asked: Asked) -> frozenset[str]:
    """Pairs of neighbouring characters in the naming words of the question."""
    bare = cues.content(_ASIDE.sub("", asked.plan.text))
    text = asking_pattern().sub(" ", " ".join(naming_words(bare)))
    runs = map(squeeze, text.split())
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


_AN_ACCOUNT = re.compile(
    r"\s*(?:[(（]?[\d一二三四五六七八九十]+[)）.、．]\s*)?(?P<name>[一-鿿]{3,20}?)(?:支出)?"
    r"[(（](?P<code>\d{3,7})[)）]"
)


def other_account(asked: Asked) -> Iterator[Doubt]:
    """All that was spent is asked for, and the sentence of the figure is of one account."""
    value = alone(asked)
    if value is None or not value.sources or value.sources[0].table is not None:
        return
    found = _AN_ACCOUNT.match(value.sources[0].quote)
    if found is None or found["code"] in asked.plan.question:
        return
    if not grams(found["name"]) & grams(asked.plan.text):
        yield Doubt("another_row", found["name"])


_NUMBER_IN_NAME = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d年)(?P<n>\d+(?:\.\d+)?(?:[-—–~～至到]+\d+)?)(?P<of>周岁|岁|元|分|亩|公里|平方米|万元|天|年(?!度|末|底|初)|米|级)"
)
_LINE = re.compile(r"(?<!\d)\d+(?:路|号线|号楼|幢|栋)(?!公交站)")
_ORDER = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?P<n>[{_ORDER}])(?P<of>级(?!指标)|期|批|类|号|档|标段|季度|等)")


def other_of_a_row(asked: Asked) -> Iterator[Doubt]:
    """90—99周岁 is asked for and 100周岁以上 given; 二级 and 一级: names that a number tells apart."""
    value = counted(asked)
    if value is None:
        return
    own = value.metric + labels(value.sources[:1])
    question = cues.unquoted(asked.plan.text)
    for line in _LINE.findall(question):
        if squeeze(line) not in squeeze(own):
            yield Doubt("numbered", line)
            return
    before = around(value)[0]
    for pattern in (_NUMBER_IN_NAME, _ORDINAL):
        given = {(found["of"], _plain(found["n"])) for found in pattern.finditer(own)}
        nearest = {found["of"]: _plain(found["n"]) for found in pattern.finditer(before)}
        for found in pattern.finditer(question):
            others = {number for of, number in given if of == found["of"]}
            others = others or {nearest[found["of"]]} if found["of"] in nearest else others
            if others and _plain(found["n"]) not in others:
                yield Doubt("numbered", found.group())
                return


def _plain(number: str) -> str:
    return re.sub(r"[-—–~～至到]+", "-", number)


_COUNTERS = cues.COUNTERS.pattern
_COUNT = re.compile(
    rf"(?:多少|几)(?:万|亿)?(?P<a>课时|{_COUNTERS})(?!均|百分|小时|目|馆|个百分)"
    r"|(?<!每)(?P<b>课时|架次|人次|批次|户次)数?(?:各|分别)?(?:是|为|有)?(?:多少|几)"
)
_ALIKE = (
    frozenset("人名位员个口"),
    frozenset("个项家条种类所座处户件宗起份笔只台套辆部门支点例"),
    frozenset(
        ("次", "场", "场次", "人次", "批次", "期", "批", "班次", "架次", "户次", "轮", "趟", "回")
    ),
    frozenset(("公里", "千米", "米")),
    frozenset(("亩", "公顷", "平方米", "平方公里")),
    frozenset(("天", "日", "工作日")),
    frozenset(("吨", "立方米")),
    frozenset(("人", "人次", "名")),
    frozenset(("户", "户次")),
)
_MONEY = re.compile(
    rf"(?:钱|资金|经费|费用|金额|数额|投资额?|投了?|投入)(?:有|是|为|了)?多少(?!万?(?:{_COUNTERS}))|多少钱"
)
_RATE = re.compile(r"(?:比例|比率|百分比)(?:是|为|有|达|达到)?多少(?![万亿]?元|个|人|分)")


def other_unit(asked: Asked) -> Iterator[Doubt]:
    """课时 are asked for and persons given; money, and a number of things; a rate, and an amount."""
    units = {value.unit.lstrip("万亿千百") for value in asked.figures}
    if len(units) != 1 or asked.contradicted:
        return
    unit = units.pop()
    question = cues.unquoted(asked.plan.question)
    things = bool(re.fullmatch(_COUNTERS, unit))
    said = {found["a"] or found["b"] for found in _COUNT.finditer(question)}
    if said and things and not any(_of_a_kind(each, unit) for each in said):
        yield Doubt("unit", "、".join(sorted(said)))
        return
    money, rate = _MONEY.search(question), _RATE.search(question)
    zero = not re.search("[1-9]", asked.figures[0].number)
    if money and (things or unit == "分") and not said:
        yield Doubt("unit", money.group())
    elif rate and not zero and (things or unit.endswith("元")):
        yield Doubt("unit", rate.group())


def _of_a_kind(a: str, b: str) -> bool:
    return a.endswith(b) or b.endswith(a) or any(a in kind and b in kind for kind in _ALIKE)


_IN_ALL = re.compile(r"累计|截至")


def cumulative(asked: Asked) -> Iterator[Doubt]:
    """Of several years one figure is of all years up to its own."""
    if len(asked.figures) < 2 or _IN_ALL.search(asked.plan.question) or len(asked.plan.years) < 2:
        return
    summed = [bool(_IN_ALL.search(value.metric)) for value in asked.figures]
    if any(summed) and not all(summed):
        yield Doubt("series", asked.figures[summed.index(True)].metric)


_TOLD = re.compile(r"(?P<n>\d[\d,.]*)(?:万|亿)?(?P<unit>[一-鿿]{1,2})")
_NO_FIGURES = "问题|方面|建议|措施|环节|原因"
_ONE_ASKED = re.compile(
    rf"(?:多少|(?<!哪)几)(?:万|亿)?(?P<unit>{_COUNTERS}|[万亿]?元)"
    rf"(?![一-鿿]{{0,4}}(?:{_NO_FIGURES}))[一-鿿]{{0,6}}[?？。]?$"
)


def not_picked(asked: Asked) -> Iterator[Doubt]:
    """One number is asked for, and a sentence with several of its kind is shown."""
    if asked.answer.values and any(re.search(r"\d", v.number) for v in asked.answer.values):
        return
    found = _ONE_ASKED.search(cues.unquoted(asked.plan.question))
    if found is None or "标准：" in asked.answer.text:
        return
    told = asked.answer.text.partition("：")[2]
    of_kind = [each for each in _TOLD.finditer(told) if each["unit"].startswith(found["unit"][-1])]
    if len(of_kind) > 1:
        yield Doubt("passage", found.group())


_RATE_RANKED = re.compile(
    r"(?:比例|率|占比|比重|幅度|进度)(?:[(（][^()（）]*[)）])?(?:最|垫底|排|居|第)"
)


def ranked_by(asked: Asked) -> Iterator[Doubt]:
    """The lowest rate is asked for, and amounts are compared."""
    if asked.plan.operation is not Operation.RANK or not asked.figures:
        return
    found = _RATE_RANKED.search(cues.unquoted(asked.plan.question))
    if found and not any(
        re.search("[%‰倍]|百分点|^$", value.unit) for value in asked.answer.values
    ):
        yield Doubt("unit", found.group())


_YEAR_SAID = re.compile(r"(?<!\d)(?:20)?(?P<y>\d\d)年")
_COMPARES = re.compile("[比较跟和与同]")


def one_of_two_years(asked: Asked) -> Iterator[Doubt]:
    """Two years are compared, and the figure of one of them is given."""
    values = asked.answer.values
    plain = asked.plan.operation is Operation.LOOKUP and not asked.contradicted
    if not plain or len(values) != 1 or values[0].check is Check.DERIVED:
        return
    years = {found["y"] for found in _YEAR_SAID.finditer(asked.plan.question)}
    if len(years) > 1 and _COMPARES.search(asked.plan.question):
        yield Doubt("asks", "、".join(f"{year}年" for year in sorted(years)))


_QUOTIENT = re.compile(r"(?P<a>[\d,.]+)\D*÷\s*(?P<b>[\d,.]+)")


def part_is_whole(asked: Asked) -> Iterator[Doubt]:
    """A share of 100 %: part and whole are the same figure."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO):
        return
    for value in asked.figures[:1]:
        found = _QUOTIENT.match(value.formula)
        if found and found["a"] == found["b"]:
            yield Doubt("twice", found["a"])


_SO_MANY_NAMES = re.compile(
    r"(?P<n>[两三四五六七八九])[个项家类条][^,，。?？]{0,10}?(?:叫|是|为)?(?:什么|啥|哪)"
)
_BETWEEN = re.compile("[、，；;]|和|及|与")


def fewer_names(asked: Asked) -> Iterator[Doubt]:
    """Two things are asked for by name, and one name is given."""
    found = _SO_MANY_NAMES.search(cues.unquoted(asked.plan.question))
    if found is None or asked.figures or asked.contradicted:
        return
    text = asked.answer.text
    shown = max(text.count("\n") + 1, len(_BETWEEN.split(text.partition("：")[2])))
    if shown < (number_of(found["n"]) or 0):
        yield Doubt("asks", found.group())


_ADDED_UP = re.compile("汇总|通通|都算上|加到一起")


def not_added(asked: Asked) -> Iterator[Doubt]:
    """What is to be added up is one figure that is no total."""
    found = _ADDED_UP.search(cues.unquoted(asked.question))
    if found is None or len(asked.figures) != 1 or asked.figures[0].check is Check.DERIVED:
        return
    labels = [f"{s.row}{s.column}" for s in asked.figures[0].sources]
    if not re.search("合计|总", "".join((asked.figures[0].metric, *labels))):
        yield Doubt("operation", found.group())


_PLACED = re.compile(r"(?:第[一二三四五六七八九]|最[高低多少大小])[位名]?的?是?哪")


def not_ranked(asked: Asked) -> Iterator[Doubt]:
    """Which one is second is asked, and the figure of something is given."""
    found = _PLACED.search(cues.unquoted(asked.plan.text))
    if found and asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1:
        yield Doubt("operation", found.group())


_A_TOTAL = re.compile(r"(?:合|总|小)\s*计")
# What titles of tables have in common.
_OF_TABLES = re.compile(
    r"第|[一二三四五六七八九十\d]+|表|附件|附表|单位|万元|元|年度?|情况|明细|统计|汇总|一览|收入|支出|决算|预算|资金|项目|"
    r"使用|执行|完成|到位|来源|及|与|和|各|的|分配|安排|绩效|自评|指标|得分|评价|财政|拨款|总|合计|部门|拨付|下达|公开|"
    r"一般公共|政府性基金|基本|其中|分|实际|构成|如下"
)
_TITLE = 4  # characters that tell what a table is about
_UNITS = re.compile(r"单位(?=[^局所中心]*元)")  # 单位：公里、万立方米、万元


def total_of_another(asked: Asked) -> Iterator[Doubt]:
    """The total of a table, and the question says nothing of what that table is about."""
    value = alone(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if source is None or source.table is None or not source.row:
        return
    if not _A_TOTAL.fullmatch(source.row.rpartition(" / ")[2].strip()):
        return
    own = squeeze(f"{value.metric if value else ''}{source.row}{source.column}")
    column = squeeze(asked.plan.question).count(squeeze((source.column or "").rpartition(" / ")[2]))
    if column and len(_OF_TABLES.sub("", squeeze(source.column or ""))) > 1:
        return  # 改造面积合计: the column is called by what it is of
    heads = [x for x in asked.ground.labels if x not in own and not _UNITS.match(x)]
    told = {head: name for head in heads if len(name := _OF_TABLES.sub("", head)) >= _TITLE}
    named = "".join((*asked.plan.entities, *(name for name, _ in asked.plan.projects)))
    question = squeeze(asked.plan.question + named)
    if told and not any(
        name[at : at + 2] in question for name in told.values() for at in range(len(name) - 1)
    ):
        yield Doubt("another_row", next(iter(told)))


_ONE_BEFORE = frozenset(
    "给里因对到在从把被让向为由的了是有和与及跟比年月日个名其该本各全总共只约近用拿付花买交收"
)


def joined_name(asked: Asked) -> Iterator[Doubt]:
    """水电费 is asked for, and the row 电费 given."""
    value = alone(asked)
    row = value.sources[0].row if value is not None and value.sources else None
    if not row:
        return
    name = squeeze(row.rpartition(" / ")[2])
    for target in asked.plan.targets[:1]:
        for word in map(squeeze, target.key.split()):
            longer = len(name) > 1 and word.endswith(name) and len(word) == len(name) + 1
            if longer and word[0] not in _ONE_BEFORE:
                yield Doubt("substituted", word)
                return


DOUBTS: tuple[Doubts, ...] = (
    told_of_next,
    named_behind,
    other_account,
    other_of_a_row,
    other_unit,
    cumulative,
    not_picked,
    ranked_by,
    joined_name,
    one_of_two_years,
    part_is_whole,
    fewer_names,
    not_added,
    not_ranked,
    total_of_another,
)
