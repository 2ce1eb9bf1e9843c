"""A follow-up that leaves most of its question out, as the complete question that it stands for.

The words of the turn before are kept, and the part that the follow-up names takes the place of the
part that it answers to: a year a year, a unit a unit, a project a project, a row a row (青石县呢？),
a metric a metric (及时率呢？). Pure: text and the places of names in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.planning.carried import measure_of, subject_of
from qa.question.ellipsis import QUOTED, Completed, Named, Span, chunks, kept, says_measure, spans
from qa.question.rewrites import rewritten, without_change

# Around what an elliptic follow-up names: 那…呢, 换成…的话, …又是多少.
_LEAD = re.compile(
    r"^(?:那么|再?往前推?一年|同一?年|那一?年|那|然后|接着|再看|再问|再|还有|另外|同样|同期|同理|换成|换作|如果是|如果(?:只|单)?看|只看|单看|要是|改成|至于|其中|并且|和|以及|and|,|，|\s)+"
)
_TAIL = re.compile(
    r"(?:的话)?(?:又|也|都)?(?:是|有|为)?(?:多少|怎样|怎么样|如何|什么情况|啥情况)?(?:呢|吗|嘛|呐)?[?？。!！\s]*$"
)
_OF_IT = re.compile(r"(?:的)?(?:情况|那个(?:项目)?|那部分|部分|这块|那块|这项|那项)?$")
# A follow-up with one of these asks something new and is no substitution.
_ASKS_NEW = re.compile(
    r"多少|几|什么|啥|哪|谁|吗|是否|有没有|怎|如何|为何|比|占|增|减|升|降|差|加起来|合计|一共|总共|平均|最|率先|"
    r"原因|为啥|依据|它|他|其|这|该|前者|后者|说|算|同比|环比|上述|刚才|除|倒数|第[一二三四五六七八九十\d]|次[高低大小多少]|排名"
)
_HOW_MUCH = re.compile("多少|几")
_A_RATE = re.compile(r"(?:率|比例|比重|满意度)$")
_SO_MANY = re.compile(
    r"(?P<n>多少|几)(?:件|个|条|场|次|人次|人|份|户|台|家|项|宗|套|辆|所)(?![一-鿿]*百分)"
)
_RELATION = re.compile("百分点|相差|差多少|[高低多少]了?(?:多少|几)|(?:几|多少)倍")
# Of these each asks for itself, whatever was asked before.
_OWN = re.compile("(?:报告|项目|文件)?的?(?:编号|文号|编码|代码|联系电话|电话|地址|邮箱|联系人)")


def completed(
    before: str,
    before_named: Sequence[Named],
    question: str,
    named: Sequence[Named],
    labels: frozenset[str] = frozenset(),
    shown: str = "",
) -> Completed | None:
    """The complete question that a follow-up stands for; None where it asks something of its own.

    Args:
        before: the question of the turn before, complete as far as it can be.
        before_named: units, projects and years in it.
        question: the follow-up.
        named: the same of the follow-up.
        labels: words of the library, which tell a name from another.
        shown: what the one figure that was shown is called by its row; "" where that is not told.
    """
    bare = _bare(question, named)
    plain = without_change(before, bare) or _amount_of_year(before, bare, question, named)
    if plain and not _NAMES.sub("", plain):
        return None  # 那2022年是多少 after 比上年下降了百分之几: what it is of was said before that
    if plain:
        before, bare = plain, ""
        before_named = [each for each in before_named if each.end <= len(plain) - len("是多少？")]
    if not named:
        if plain:
            return Completed(before, kept(before, before_named, []))
        whole = rewritten(before, before_named, question, bare)
        if whole is not None:
            return whole
    if _of_its_own(before, question, bare, named, labels):
        return None
    changes = _renamed(before_named, question, named)
    if changes is None:
        return None
    if bare:
        change = _change(before, before_named, bare, question, labels, shown)
        if change is None:
            return None
        changes.append(change)
    text = _changed(before, changes, bare)
    if text is None or text == before:
        return None
    new = "" if not bare or says_measure(bare) or _TOTAL.fullmatch(bare) else bare
    return Completed(text, kept(before, before_named, changes), new)


def _of_its_own(
    before: str, question: str, bare: str, named: Sequence[Named], labels: frozenset[str]
) -> bool:
    """Whether a follow-up asks something of its own, or names nothing."""
    if bare and bare not in labels and (_ASKS_NEW.search(bare) or len(bare) > _LONGEST):
        return True
    if (not bare and not named) or _OWN.fullmatch(bare):
        return True
    # 乙实际是多少 after 甲实际比目标高多少 asks for a figure of its own
    return bool(bare and _HOW_MUCH.search(question) and _RELATION.search(before))


def _change(
    before: str,
    before_named: Sequence[Named],
    bare: str,
    question: str,
    labels: frozenset[str],
    shown: str,
) -> tuple[Span, str] | None:
    """The part of the question before that a name takes the place of, and the name in full."""
    side = _side_of(before, bare)
    if side is not None:
        return side, bare
    same = bare in labels and not says_measure(bare) and _alike(shown, bare) > 0
    # A part of the row is no other row, and 合计 of one account none of another.
    same = same and not _INSIDE.match(question) and not _TOTAL.fullmatch(shown)
    place = _place_of(shown, before, before_named) if same else None
    place = place or _counterpart(before, before_named, bare, question, known=bare in labels)
    if place is None:
        return None
    full = bare if says_measure(bare) else _fuller(before[slice(*place)], bare, labels)
    behind = _ITS_FEE.match(before, place[1]) if full.endswith("费") else None
    return (place[0], behind.end() if behind else place[1]), full


_ITS_FEE = re.compile(r"(?<=三公[”\"])经费")  # 公务接待费 takes the place of all of “三公”经费


_OTHER_SIDE = {"收入": "支出", "支出": "收入"}


def _side_of(before: str, bare: str) -> Span | None:
    """Where ``支出呢`` after 政府性基金收入 changes the account: its one word for the other side."""
    other = _OTHER_SIDE.get(bare, "")
    if not other or before.count(other) != 1 or bare in before:
        return None
    at = before.index(other)
    return at, at + len(other)


_IS_HOW_MUCH = re.compile(r"年(?:度)?的?(?:是|为|有)多少[?？。\s]*$")


_NAMES = re.compile(r"是多少|[\s,，?？。]")  # what is left of a question of nothing but a change


def _amount_of_year(before: str, bare: str, question: str, named: Sequence[Named]) -> str:
    """``那2022年是多少`` after a change against the year before asks for the amount of that year."""
    alone = not bare and [each.kind for each in named] == ["year"]
    return without_change(before, "金额") if alone and _IS_HOW_MUCH.search(question) else ""


def _renamed(
    before_named: Sequence[Named], question: str, named: Sequence[Named]
) -> list[tuple[Span, str]] | None:
    """Units, projects and years in the place of those before; None where one has no place."""
    changes: list[tuple[Span, str]] = []
    for kind in ("unit", "project", "year"):
        found = [each for each in named if each.kind == kind]
        if not found:
            continue
        places = _places(before_named, kind)
        if places:
            changes.append(((places[0][0], places[-1][1]), _said(question, found)))
        elif kind == "year":
            changes.append(((0, 0), _said(question, found)))
        else:
            return None
    kinds = {each.kind for each in named}
    if "project" in kinds and "unit" not in kinds:
        # Another project may be of another unit: the unit of the turn before is not carried over.
        changes += [(span, "") for span in _places(before_named, "unit")[:1]]
    return changes


def _place_of(shown: str, before: str, named: Sequence[Named]) -> Span | None:
    """Where the question before calls the figure that was shown by its row's name."""
    places = [match.span() for match in re.finditer(re.escape(shown), before)] if shown else []
    free = [(a, b) for a, b in places if not any(x < b and a < y for x, y in spans(named))]
    return free[0] if len(free) == 1 else None


def _said(question: str, found: Sequence[Named]) -> str:
    if len(found) == 1 and found[0].name:
        return found[0].name
    return question[found[0].start : found[-1].end]


def _fuller(part: str, bare: str, labels: frozenset[str]) -> str:
    """The name as the library has it with the beginning of the part that it answers to.

    及时率 for 工单转派准确率 is 工单转派及时率, where there is such a name.
    """
    for cut in range(len(part) - 1, 0, -1) if bare not in labels else ():
        whole = part[:cut] + bare
        if whole in labels:
            return whole
    return bare


_INSIDE = re.compile(r"^[那么，,\s]*其中")
_WHOLE = re.compile(r"(?:本年)?(?:支出|收入)?(?:合计|总计|总额)")
_TOTAL = re.compile(r"(?:本年)?(?:支出|收入)?(?:合计|总计|小计)")
_COLUMN = re.compile(r"^(?:基本支出|项目支出|人员经费|公用经费|财政拨款收入|事业收入|其他收入)$")
_LONGEST = 20  # characters that an elliptic follow-up names at most


def _bare(question: str, named: Sequence[Named]) -> str:
    """What a follow-up names beside units, projects and years; "" for nothing."""
    text = "".join(
        "" if any(each.start <= i < each.end for each in named) else char
        for i, char in enumerate(question)
    )
    text = _TAIL.sub("", _LEAD.sub("", text.strip()))
    return _OF_IT.sub("", text.strip(" ,，的")).strip(" ,，的")


def _with_of(question: str) -> bool:
    """``门户网站的呢``: what is named says of what, and the measure stays."""
    return bool(re.search(r"的(?:情况)?呢[?？]?$", question.strip()))


def _places(named: Sequence[Named], kind: str) -> list[Span]:
    return [(each.start, each.end) for each in named if each.kind == kind]


def _counterpart(
    before: str, named: Sequence[Named], bare: str, question: str, *, known: bool
) -> Span | None:
    """The part of the question before that a name answers to; None where that is not plain."""
    quoted, of = bool(QUOTED.fullmatch(bare)), _with_of(question)
    inside = [
        match.span()
        for match in QUOTED.finditer(before)
        if not any(low <= match.start() < high for low, high in spans(named))
    ]
    if quoted and inside:
        return inside[-1] if len(inside) == 1 else None
    nouns = chunks(before, named)
    if not nouns:
        return None
    if _INSIDE.match(question):  # a part takes the place of the whole that is told of a row
        whole = _WHOLE.fullmatch(before[nouns[-1][0] : nouns[-1][1]])
        return nouns[-1] if whole and len(nouns) > 1 else None
    if _TOTAL.fullmatch(bare):  # the column of the whole for that of a part
        columns = [span for span in nouns if _COLUMN.search(before[slice(*span)])]
        return columns[-1] if columns and len(nouns) > 1 else None
    column = _column_for(before, nouns, bare)
    if column is not None:
        return column
    role = says_measure(bare)
    measures = [span for span in nouns if says_measure(before[slice(*span)])]
    if role:
        inner = [span for chunk in nouns if (span := _measure_of_thing(before, chunk))]
        told = len(nouns) > 1 or any(each.kind == "project" for each in named)
        places = measures if told else []
        places = places or inner
        return places[-1] if len(places) == 1 else None
    alike = [(_alike(before[low:high], bare), (low, high)) for low, high in nouns]
    best = max(score for score, _ in alike)
    if best:
        places = [span for score, span in alike if score == best]
        return places[-1] if len(places) == 1 or _inside_of(before, places) else None
    called = _called_alike(before, named, nouns, bare)
    if called is not None:
        return called
    if len(inside) == 1 and not role:
        return inside[0]
    if of:
        return inside[0] if len(inside) == 1 else nouns[0]
    subjects = [
        span for span in nouns if span not in measures and not measure_of(before[slice(*span)])
    ]
    if not subjects and known:  # the whole was asked for: a row of it is named before the measure
        at = max((high for _, high in spans(named) if high <= nouns[0][0]), default=0)
        return at, at
    return _of_predicate(before, subjects)


def _of_predicate(before: str, subjects: Sequence[Span]) -> Span | None:
    """The one name of a question; of several that of which its predicate tells."""
    if len(subjects) > 1:
        subjects = [span for span in subjects if _PREDICATE.match(before[span[1] :])]
    return _without_measure(before, subjects[0]) if len(subjects) == 1 else None


_PREDICATE = re.compile(
    r"[,，]?的?(?:实际|一共|总共|共|只|仅)*(?:(?:完成|达到|占|执行|得|评|打|拿|扣)了?|了?(?:多少|几)分)"
)


def _inside_of(before: str, places: Sequence[Span]) -> bool:
    """Whether the last of several is told as a part of what stands before it: 甲支出中，乙支出占多少."""
    return bool(re.search(r"[中里内][,，]?[^,，]{0,2}$", before[places[-2][1] : places[-1][0]]))


def _column_for(before: str, nouns: Sequence[Span], bare: str) -> Span | None:
    """One column for another: the place of 项目支出 for 基本支出."""
    columns = [span for span in nouns if _COLUMN.fullmatch(before[slice(*span)])]
    return columns[0] if _COLUMN.fullmatch(bare) and len(columns) == 1 else None


def _called_alike(
    before: str, named: Sequence[Named], chunks: Sequence[Span], bare: str
) -> Span | None:
    """The thing of the same kind before a deed: “甲”运行中枢平台 of “甲”运行中枢平台汇集, for 视频云平台."""
    kind = bare[-2:]
    at = before.find(kind) + len(kind)
    if len(bare) <= len(kind) or before.count(kind) != 1:
        return None
    around = [span for span in chunks if span[0] < at <= span[1]]
    if len(around) != 1:
        return None
    edge = max((high for _, high in spans(named) if high <= at - len(kind)), default=0)
    start = around[0][0]
    quotes = [m.start() for m in QUOTED.finditer(before) if edge <= m.start() and m.end() == start]
    return (min([start, *quotes]), at)


def _measure_of_thing(before: str, span: Span) -> Span | None:
    """The measure that a chunk ends in behind the name of a thing: 全年预算 of 抽检项目全年预算."""
    subject = subject_of(before[slice(*span)])
    return (span[0] + len(subject), span[1]) if subject else None


def _without_measure(before: str, span: Span) -> Span:
    """The part of a chunk that names something: 青石县 of 青石县分配."""
    subject = subject_of(before[slice(*span)])
    return (span[0], span[0] + len(subject)) if subject else span


def _alike(one: str, other: str) -> int:
    """How far two names begin or end alike: 印刷数量 and 短信数量, 青石县 and 临江县."""
    most = min(len(one), len(other)) - 1
    end = next((n for n in range(most, 0, -1) if one[-n:] == other[-n:]), 0)
    begin = next((n for n in range(most, 1, -1) if one[:n] == other[:n]), 0)
    return max(end, begin)


def _changed(before: str, changes: Sequence[tuple[Span, str]], bare: str) -> str | None:
    """The question with the changes; of a rate it does not ask how many 件 there are."""
    text = before
    for (low, high), said in sorted(changes, reverse=True):
        text = text[:low] + said + text[high:]
    spans = sorted(span for span, _ in changes)
    crossing = any(a[1] > b[0] for a, b in pairwise(spans))
    if _A_RATE.search(bare):
        text = _SO_MANY.sub(r"\g<n>", text)
    return None if crossing else text
