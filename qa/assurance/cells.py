"""Whether a cell is the one of the row and column that the question names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ingest.figures.finding import strip_number
from qa.assurance.beside import alone
from qa.assurance.model import Asked, Doubt, Doubts
from qa.model import Check, Value
from qa.operations.grid import SPENT_AS
from qa.operations.relations import share_sides
from qa.plan import Operation
from qa.question.near_words import written_for
from qa.words.lexicon import derived
from qa.words.matching import grams, squeeze
from qa.words.pinyin import flat_reading
from qa.words.synonyms import synonym_groups


def another_row(asked: Asked) -> Iterator[Doubt]:
    """The question spells out the name of a row, and the figure is of another."""
    operation = asked.plan.operation
    if operation not in (Operation.LOOKUP, Operation.TEXT) or asked.plan.lenient:
        return
    if operation is Operation.TEXT and asked.contradicted:
        return  # both sides are told with their places
    for name in asked.ground.elsewhere:
        if any(name in entity for entity in asked.plan.entities):
            continue  # 住房公积金 in the name of the centre that runs it
        if re.search(rf"次于[“\"]?{re.escape(name)}", asked.plan.question):
            continue  # 仅次于甲的: what comes next below it is asked for
        if not re.search(rf"含[^,，。?？]{{0,6}}{re.escape(name[:2])}", asked.plan.question):
            yield Doubt("another_row", name)
            return


_OF_IT = re.compile(r"(?P<what>[一-鿿]{4,14})的(?P<column>[一-鿿]{2,12}?)(?:是|为|有)?(?:多少|几)")
_OUTER = re.compile(r"^.*(?:[中里内]|级指标)")
_KIND_OF = re.compile(
    r"(?:科目|指标|[这一]项|款级|项级|类级)+$"
)  # 水利（款）, put in the trade's words
_A_NAME = 4  # characters
_SHARED = 0.34  # of a name's grams in one label


def dropped(asked: Asked) -> Iterator[Doubt]:
    """Of 甲的乙 the cell that is given has only 乙."""
    found = _OF_IT.search(squeeze(asked.plan.text))
    if asked.plan.operation is not Operation.LOOKUP or found is None or len(asked.figures) != 1:
        return
    sources = asked.figures[0].sources
    what = _KIND_OF.sub("", _OUTER.sub("", found["what"]))
    wanted = grams(what)
    if not sources or sources[0].table is None or len(what) < _A_NAME:
        return
    if any(word in what for word in _known_words()) or _worked_for(asked.figures[0], what):
        return
    best = max((len(wanted & grams(label)) for label in asked.ground.labels), default=0)
    if best < _SHARED * len(wanted) and not _row_named(asked, what, found["column"]):
        yield Doubt("dropped", what)


def _row_named(asked: Asked, what: str, column: str) -> bool:
    """Whether the row stands whole in what is asked, and the rest around it: 渠系项目三标段的结算金额."""
    row = squeeze((asked.figures[0].sources[0].row or "").rpartition("/")[2])
    if len(row) < _LEAST_ROW or row not in what + column:
        return False
    rest = grams(what.replace(row, "|", 1))
    return 2 * len(rest & asked.ground.grams) >= len(rest)


_LEAST_ROW = 2  # characters


def _worked_for(value: Value, what: str) -> bool:
    """What was worked out from several cells is called by their level: 产出 of 产出类指标."""
    name = squeeze(value.metric)
    return value.check is Check.DERIVED and len(name) > 1 and name in what


@derived
@cache
def _known_words() -> frozenset[str]:
    """Words that other words may stand for."""
    return frozenset(
        w for group in synonym_groups() for w in (group.term, *group.same) if len(w) > 1
    )


_ONE_ROLE = {"得分": "分", "分值": "分", "执行率": "%"}
_ROLE_ASKED = re.compile(r"的(得分|分值|执行率)(?:是|为)?(?:多少|几)")
_SHARE_OF_PEOPLE = re.compile(r"满意度(?:是|为|有|达到?|怎么样|如何)*(?:多少|几|百分之)(?!分)")


def another_unit(asked: Asked) -> Iterator[Doubt]:
    """得分 is asked for and money is given."""
    found = _ROLE_ASKED.search(asked.plan.question)
    if found and asked.figures and _ONE_ROLE[found[1]] not in asked.figures[0].unit:
        yield Doubt("unit", found[1])
    found = _SHARE_OF_PEOPLE.search(asked.plan.question)
    marks = "分" not in asked.plan.question.replace("百分", "")
    if found and marks and asked.figures and asked.figures[0].unit == "分":
        yield Doubt("unit", found.group())


_GRADE = re.compile(r"(?<![\d.a-z])(?:\d+(?:\.\d+)?[a-z]+|[a-z]+\d+(?:\.\d+)?)(?![\d.a-z])")


def grade(asked: Asked) -> Iterator[Doubt]:
    """5A is asked for, and nothing around the answer has it."""
    near = asked.ground.text + asked.ground.wide
    left = [each for each in _GRADE.findall(squeeze(asked.plan.text)) if each not in near]
    if left and asked.figures:
        yield Doubt("stage", left[0])


_NEWLY = re.compile(r"新(?:增|入|招|聘|签|登记|注册|认定|开办)")


def newly(asked: Asked) -> Iterator[Doubt]:
    """新入库 is asked for, and what is given says nothing of new."""
    found = _NEWLY.search(asked.plan.text)
    plain = asked.plan.operation is Operation.LOOKUP and asked.figures
    if found and plain and "新" not in _own_words(asked.figures[0]):
        yield Doubt("stage", found.group())


def _own_words(value: Value) -> str:
    """What a value is called, and the clause or the labels that it stands with."""
    said = [value.metric]
    for source in value.sources[:1]:
        said += [source.quote, source.row or "", source.column or ""]
    return "".join(said)


_MOVED = re.compile(r"(?:净?增加|减少|新增|净增|上升|下降|增长)$")
_MOVE_ASKED = re.compile(r"增|减|升|降|涨|跌|变|差|新|[比较]|多(?!少)|少(?![数于])")


def moved(asked: Asked) -> Iterator[Doubt]:
    """How many there are is asked for, and by how many they grew is given."""
    plain = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    asks = asked.plan.text.replace("多少", "")
    if plain and _MOVED.search(asked.figures[0].metric) and not _MOVE_ASKED.search(asks):
        yield Doubt("role", asked.figures[0].metric)


_ALL_SPENT = re.compile("决算|执行数|实际支出|实际使用|总支出|合计|支付总额")


def other_whole(asked: Asked) -> Iterator[Doubt]:
    """A share of 项目支出 is asked for, and it is of all that was spent."""
    if asked.plan.operation not in (Operation.SHARE, Operation.RATIO) or not asked.ground.over:
        return
    sides = share_sides(asked.plan.text)
    if sides is None:
        return
    of_project = any(value.project for value in asked.figures) and any(
        _ALL_SPENT.search(label) for label in asked.ground.over
    )
    for part in SPENT_AS:
        if part == "项目支出" and of_project:
            continue  # all that the one project spent
        if part in sides[1] and not any(part in label for label in asked.ground.over):
            yield Doubt("part", part)
            return


_LEFT_OUT_THERE = re.compile(r"(?:不含|不包括|不包含|未含|剔除|扣除)([一-鿿]{2,10})")


def left_out(asked: Asked) -> Iterator[Doubt]:
    """What is asked for stands with the figure only as what it does not hold (不含外事接待)."""
    if asked.plan.operation is not Operation.LOOKUP or "不含" in asked.plan.question:
        return
    for value in asked.figures[:1]:
        for source in value.sources[:1]:
            rest = _LEFT_OUT_THERE.sub("", source.quote)
            for name in _LEFT_OUT_THERE.findall(source.quote):
                said = next(
                    (name[:n] for n in range(len(name), 1, -1) if name[:n] in asked.plan.text), ""
                )
                if len(said) > 1 and said not in rest + value.metric:
                    yield Doubt("exception", f"不含{name}")
                    return


# Characters of one kind that tell things apart which are called the same otherwise.
_KINDS = (
    "国省市州县区镇乡村",
    "东南西北中",
    "一二三四五六七八九十",
    "上下",
    "大中小",
    "高中初低",
    "内外",
    "新老旧原",
    "城农",
    "男女",
    "正副",
    "左右",
    "前后",
    "公私民",
    "春夏秋冬",
    "甲乙丙丁",
    "进出",
    "干支",
)
_SAME_END = 3  # characters that label and question have in common behind such a one


def swapped(asked: Asked) -> Iterator[Doubt]:
    """省控断面水质优良率 is asked for, and what is given is called 国控断面水质优良率."""
    if len(asked.figures) != 1 or asked.plan.operation is not Operation.LOOKUP:
        return
    said, near = squeeze(asked.plan.text), asked.ground.text
    value = asked.figures[0]
    paths = [part for s in value.sources[:1] for part in (s.row, s.column) if part]
    for label in (value.metric, *(path.rpartition(" / ")[2] for path in paths)):
        name = squeeze(strip_number(label))
        for at in range(1, len(name) - _SAME_END + 1):
            end = name[at:]
            place = said.find(end)
            if place < 0:
                continue
            other = said[place - 1] if place else ""
            kinds = (kind for kind in _KINDS if other and other in kind and name[at - 1] in kind)
            if other != name[at - 1] and any(kinds) and other + end not in near:
                yield Doubt("rival", other + end)
                return
            break


_ON_PROJECTS = re.compile(r"项目支出|项目上(?=花|用|支|共|一)")


def spent_on_projects(asked: Asked) -> Iterator[Doubt]:
    """What went to projects is asked for, and the column is of all that was spent."""
    value = alone(asked)
    if value is None or not value.sources or not value.sources[0].table:
        return
    source = value.sources[0]
    near = f"{value.metric}{source.row or ''}{source.column or ''}{source.table or ''}{''.join(asked.ground.labels)}"
    found = _ON_PROJECTS.search(asked.plan.question)
    if found and "项目" not in near:
        yield Doubt("part", found.group())


_TIME_UNITS = ("天", "日", "小时", "分钟", "工作日", "个月")
_TIME_ASKED = re.compile(
    r"天|日|时|久|长|月|周期|分钟|快|慢|晚|早|期|\b(?:days?|hours?|long|months?)\b"
)


def time_unasked(asked: Asked) -> Iterator[Doubt]:
    """Days are given where nothing asks for a time."""
    if asked.figures and asked.figures[0].unit in _TIME_UNITS:
        text = asked.plan.question + asked.question
        if not _TIME_ASKED.search(text) and asked.plan.operation is not Operation.TEXT:
            yield Doubt("unit", asked.figures[0].unit)


_CAME_OR_WENT = re.compile(r"招聘|招录|新招|新聘|引进|调入|调出|离岗|离职|辞职|退休")


def came_or_went(asked: Asked) -> Iterator[Doubt]:
    """How many there are is asked for, and those who were hired or left in the year are given."""
    value = alone(asked)
    if value is None or value.unit not in ("人", "名", "位"):
        return
    found = _CAME_OR_WENT.search(value.metric)
    if found and not re.search(r"招|聘|引进|调|离|辞|退|新增|减少|流失|补充", asked.plan.question):
        yield Doubt("opposed", "有")


_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_PLAIN_COUNT = re.compile(
    r"(?:20\d\d年度?|[本上]年度?|全年|年末|年初|实际|总|合计|小计|完成值?|数量?|数|人数|人次|批次|次数|个数|户数|件数|服务|情况"
    r"|决算|预算|执行|支出|分值|得分|面积|长度|里程|场次|举办|开展|办理|指标值?|目标值?)*"
    r"[人户件份辆台套宗次项家天名批场起个座]?数?量?"
)


def count_of_else(asked: Asked) -> Iterator[Doubt]:
    """来了多少人 is asked for, and the column (达成意向) says that others are counted."""
    value = alone(asked)
    if value is None or not value.sources or not value.sources[0].table or not value.unit:
        return
    if not any(target.noun for target in asked.plan.targets):
        return
    label = squeeze(_ASIDE.sub("", (value.sources[0].column or "").rpartition("/")[2]))
    if not label or _PLAIN_COUNT.fullmatch(label):
        return
    told = grams(asked.plan.question) | near_grams(asked.plan.question)
    if not grams(label) & told and not _sounds(label, asked.plan.question):
        yield Doubt("another_column", label)


def _sounds(label: str, text: str) -> bool:
    """Whether a pair of the label stands in a text as it sounds (村到: 村道)."""
    heard = {(flat_reading(a), flat_reading(b)) for a, b in pairwise(squeeze(text))}
    return any((flat_reading(a), flat_reading(b)) in heard for a, b in pairwise(label))


def near_grams(text: str) -> frozenset[str]:
    """The grams of what reports write for the words of a text, or may put in their place."""
    near = written_for(text)
    same = (
        other
        for group in synonym_groups()
        if any(word in text for word in (group.term, *group.same, *group.spoken))
        for other in (group.term, *group.same, *group.related)
    )
    return frozenset(gram for other in (*near, *same) for gram in grams(other))


DOUBTS: tuple[Doubts, ...] = (
    swapped,
    count_of_else,
    came_or_went,
    spent_on_projects,
    time_unasked,
    another_row, dropped, another_unit, grade, newly, moved, other_whole,
    left_out,
)  # fmt: skip
