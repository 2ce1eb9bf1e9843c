"""Whether what tells the thing asked for from its like tells the figure: planned, a rate, a month, whose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Role
from ingest.reading.text import fold
from qa.assurance.beside import single
from qa.assurance.clauses import label_in_sentence, own_names, told_of
from qa.assurance.model import Asked, Doubt, Doubts
from qa.assurance.sentence import given
from qa.assurance.told import labels
from qa.model import Value
from qa.plan import Operation
from qa.question.near_words import written_for
from qa.words import cues
from qa.words.matching import grams, squeeze

_PLANNED = re.compile(
    r"(?<![一-鿿]行动|[一-鿿]采购)计划(?!生育|书|内|外|单列|[”」》])|指标值|预期"
    r"|目标(?!表|人群|群体|对象|责任|管理|考核|完成)|(?<![一-鿿])拟(?=[一-鿿]{2})"
)
_A_PLAN = re.compile(
    "计划|目标|指标值|预算|任务|拟|应|年初|预期|核定|下达|设计|规划|批复|安排|设定|[≥≤]|不低于|不超过"
)
_PLANS = (Role.TARGET, Role.BUDGET)
_RESULT_TOO = re.compile("实际|完成了|完成情况|达到|达标|做到|多少个百分点|比|差|超|高|低|少|占|偏")


def planned(asked: Asked) -> Iterator[Doubt]:
    """计划受益人口 or 受益人口目标 is asked for, and nothing says of the figure that it was planned."""
    value, question = given(asked), cues.unquoted(asked.plan.text)
    said = _PLANNED.search(question)
    if value is None or said is None or set(asked.ground.roles) & set(_PLANS):
        return
    own = value.approx + own_names(asked, value)
    own += "".join(source.quote for source in value.sources[:1] if "拟" in source.quote)
    if not _RESULT_TOO.search(question.replace("多少", "")) and not _A_PLAN.search(own):
        yield Doubt("role", said.group())


_GOALS = re.compile(r"[\d一二三四五六七八九十、.（）()]*(?:年度|项目|绩效)*(?:总体|年度|预期)目标")
_HEADING = 4  # characters of 总体目标
_RESULT = re.compile("[一-鿿]了(?:多少|几|[一-鿿]{2,10}(?:多少|几))|实际|完成了")


def of_a_goal(asked: Asked) -> Iterator[Doubt]:
    """改造了多少所 is asked, and the number stands under 总体目标."""
    value = given(asked)
    roles = set(asked.ground.roles)
    question = asked.plan.question
    if value is None or not _RESULT.search(question) or _PLANNED.search(question):
        return
    if roles == {Role.TARGET}:
        yield Doubt("role", "实际完成")
        return
    if roles - {Role.VALUE}:
        return
    above = (label for label in (value.metric[:_HEADING], *asked.ground.labels))
    found = next((m for label in above if (m := _GOALS.fullmatch(label[:_HEADING]))), None)
    if found and not re.search("完成|实际|已", label_in_sentence(asked) + value.metric):
        yield Doubt("role", found.group())


_DUE = re.compile(r"^应(?=[一-鿿]{2})(?!急|用|对|届|聘|诉|付职)")


def due_column(asked: Asked) -> Iterator[Doubt]:
    """参保人数 is asked for, and the column 应参保人数 is looked at."""
    if "应" in asked.plan.question or asked.contradicted:
        return
    for value in asked.figures:
        for source in value.sources:
            column = (source.column or "").rpartition(" / ")[2]
            if source.table is not None and _DUE.match(squeeze(column)):
                yield Doubt("another_column", column)
                return


_RATE = re.compile(r"标准(?:是|为)?(?:多少|几)")
_PER = re.compile(r"标准|每|/|均|单价|单位(?:成本|造价)|定额|限额|上限")


def per_thing(asked: Asked) -> Iterator[Doubt]:
    """资助标准 is asked for, and the amount of all that was paid is given."""
    value = given(asked)
    said = _RATE.search(cues.unquoted(asked.plan.question))
    if value is None or said is None or not value.unit.endswith("元"):
        return
    if not _PER.search(_placed(asked, value) + "".join(s.quote for s in value.sources)):
        yield Doubt("kind", said.group())


_MONTH = re.compile(r"(?:[一二三四五六七八九十]{1,3}|(?<!\d)1?\d)月份?(?![一-鿿]?季)")


def of_a_quarter(asked: Asked) -> Iterator[Doubt]:
    """一月 is asked for, and the column is of 一季度."""
    value = given(asked)
    said = _MONTH.search(cues.unquoted(asked.plan.text))
    own = labels(value.sources[:1]) + value.metric if value is not None else ""
    if said and re.search("季度|半年", own) and "月" not in own:
        yield Doubt("numbered", said.group())


_OF_WHICH = re.compile(r"^其中[:：]?(?P<part>[一-鿿]{2,10})")


def part_unasked(asked: Asked) -> Iterator[Doubt]:
    """学生 are asked for, and the column 其中：女生 is given."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None:
        return
    question = squeeze(asked.plan.question)
    near = written_for(asked.plan.text)
    for label in (source.row, source.column, label_in_sentence(asked)):
        found = _OF_WHICH.match(squeeze((label or "").rpartition(" / ")[2]))
        part = found["part"] if found else ""
        lead = any(char in question for char in part[: _TELLING if len(part) >= _SHORT else 1])
        said = lead or (len(part) > _SHORT and grams(part) & grams(question))
        if part and not said and not any(part[:_TELLING] in word for word in near):
            yield Doubt("held_alone", part)
            return


_SHORT = 4  # characters of a part's name of which the first tell it
_TELLING = 2  # characters of a name that tell it from its like
_WHOLE_SAID = re.compile("占(?:全年|年初|年度|原定?)?(?:计划|预算|目标|任务)")


def of_the_whole_said(asked: Asked) -> Iterator[Doubt]:
    """实际投资占计划多少, and the share is one of the total of the column."""
    found = _WHOLE_SAID.search(asked.plan.question)
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO) or found is None:
        return
    for value in asked.figures[:1]:
        cells = [source for source in value.sources if source.table is not None]
        total = len(cells) > 1 and re.search("[合总小]计", cells[1].row or "")
        if total and cells[0].column == cells[1].column:
            yield Doubt("operation", found.group())


_GENERAL = re.compile(
    r"^(?:[中里]|其中|全[年市县区省]|本年|当年|年末|年底|年初|实际|累计|合计|总|平均|完成|开展|组织|举办|实施|共|各|已|新|该|可以?|能够?|指标|项目)+"
)


def qualified_otherwise(asked: Asked) -> Iterator[Doubt]:
    """服务合格率 is asked for, and 改造验收合格率 given: the same but for what stands before it."""
    value = given(asked)
    if value is None or asked.plan.operation is not Operation.LOOKUP:
        return
    told = told_of(asked) or squeeze(f"{value.metric}{labels(value.sources[:1])}")
    question, name = squeeze(asked.plan.question), _leaf(value) or label_in_sentence(asked)
    near = written_for(asked.plan.text)
    for target in asked.plan.targets[:1]:
        for run in map(squeeze, target.key.split()):
            mine, theirs = _before_common(run, name)
            if not all(_TELLING <= len(each) <= _QUALIFIER for each in (mine, theirs)):
                continue
            unsaid = not grams(theirs) & grams(question) and not any(theirs in w for w in near)
            if unsaid and not grams(mine) & grams(told) and not any(w in told for w in near):
                yield Doubt("substituted", run)
                return


_QUALIFIER = 6  # characters of what tells a thing from its like, at most


def _leaf(value: Value) -> str:
    """What the row of a figure is called, by the last of its labels; nothing of running text."""
    source = value.sources[0] if value.sources else None
    if source is not None and source.row:
        return squeeze(re.sub(r"[(（][^()（）]*[)）]", "", source.row.rpartition(" / ")[2]))
    return ""


def _before_common(run: str, name: str) -> tuple[str, str]:
    """What stands in two names before the end that they share; nothing where that is no word."""
    size = 0
    while size < min(len(run), len(name)) and run[-1 - size] == name[-1 - size]:
        size += 1
    if size < _TELLING:
        return "", ""
    return _GENERAL.sub("", run[:-size]), _GENERAL.sub("", name[:-size])


_EACH = re.compile("[人户亩生次床车村校日月年]均")


def per_what(asked: Asked) -> Iterator[Doubt]:
    """人均增收 is asked for, and 亩均增收 given."""
    value = single(asked)
    said = _EACH.search(cues.unquoted(asked.plan.text))
    told = _EACH.findall(_placed(asked, value)) if value is not None else []
    if said and told and said.group() not in told:
        yield Doubt("substituted", said.group())


_ACCOUNTS = re.compile("购置及运行|购置和运行|购置与运行")


def one_of_both(asked: Asked) -> Iterator[Doubt]:
    """公务用车购置费 is asked for, and the row of 购置及运行维护费 given."""
    value = given(asked)
    own = f"{value.metric}{labels(value.sources[:1])}" if value is not None else ""
    both, rest = _ACCOUNTS.search(own), _ACCOUNTS.sub("", own)
    one = [word for word in ("购置", "运行") if word in asked.plan.text]
    if both and len(one) == 1 and one[0] not in rest:
        yield Doubt("held_alone", both.group())


# Names of two things in one, and the one that is asked for alone.
_TWO_IN_ONE = (("离退休", "退休"), ("离退休", "离休"), ("投诉举报", "投诉"), ("投诉举报", "举报"))


def two_in_one(asked: Asked) -> Iterator[Doubt]:
    """退休人员 are asked for, and 离退休人员 given."""
    value = given(asked)
    own = f"{value.metric}{labels(value.sources[:1])}" if value is not None else ""
    for both, one in _TWO_IN_ONE:
        text = asked.plan.text
        alone = one in text and not (set(both) - set(one)) & set(text)
        if alone and both in own and one not in own.replace(both, ""):
            yield Doubt("held_alone", both)
            return


_NEXT_YEAR = re.compile("明年|次年|来年|下一年|下年(?!度?结转)")


def of_next_year(asked: Asked) -> Iterator[Doubt]:
    """明年的目标 is asked for, and the figure is of the report's own year."""
    value, said = given(asked), _NEXT_YEAR.search(asked.question)
    told = f"{value.metric}{value.sources[0].quote}" if value and value.sources else ""
    if said and told and not _NEXT_YEAR.search(told):
        yield Doubt("year", said.group())


_SIZE = re.compile(r"[(（][\d一二三][)）](?=型|类|级)")


def of_that_size(asked: Asked) -> Iterator[Doubt]:
    """小(1)型水库 are asked for, and the sentence is of all 小型水库."""
    value, said = given(asked), _SIZE.search(asked.question)
    sources = value.sources if value is not None else ()
    told = fold("".join(f"{s.row or ''}{s.column or ''}{s.quote}" for s in sources))
    if said and told and fold(said.group()) not in told:
        yield Doubt("numbered", said.group())


_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


def whole_of_some(asked: Asked) -> Iterator[Doubt]:
    """24座水库中仅有15座落实了经费: of those that did, the first is not the number."""
    value = given(asked)
    source = value.sources[0] if value is not None and value.sources else None
    if value is None or source is None or source.table is not None:
        return
    number = re.escape(value.number.replace(",", ""))
    quote = _GROUPED.sub("", source.quote)
    found = re.search(
        rf"(?<!\d){number}[^\d，,。；;]{{1,12}}中[^\d，,。；;]{{0,4}}\d+(?P<rest>[^，,。；;]*)",
        quote,
    )
    if found and grams(found["rest"]) & grams(asked.plan.text):
        yield Doubt("of_part", found["rest"])


def _placed(asked: Asked, value: Value) -> str:
    """What a figure is called, in its sentence, its table and its headings."""
    titles = "".join(source.table or "" for source in value.sources)
    return f"{value.metric}{labels(value.sources)}{titles}{told_of(asked) or ''}{''.join(asked.ground.labels)}"


DOUBTS: tuple[Doubts, ...] = (
    planned,
    of_a_goal,
    due_column,
    per_thing,
    of_a_quarter,
    part_unasked,
    of_the_whole_said,
    qualified_otherwise,
    per_what,
    one_of_both,
    two_in_one,
    of_next_year,
    of_that_size,
    whole_of_some,
)
