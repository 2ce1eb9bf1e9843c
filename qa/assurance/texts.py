"""Whether words were given where words are asked for, and a passage that is about what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.assurance.model import Asked, Doubt, Doubts
from qa.plan import Operation
from qa.present import PREMISE_FAILS
from qa.texts.asking import naming_words
from qa.texts.frames import without_framed
from qa.texts.model import TextKind
from qa.words import cues
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of

_ENGLISH_TEXT = re.compile(r"\bdefin|\bmean|\bmeaning|\bexplain|\bwhy\b|\bquote\b", re.I)
# A score with what the report says of it.
_BESIDE = re.compile(r"(?:规则|说明|原因|情况|所说)[^：。]{0,10}：“")
_POINTED = re.compile(r"注意|规定|要求|强调|禁止|用于|依据|主要")
_VAGUE = 6  # characters that name something: with fewer, many a passage is about them
_SHORT = 100  # characters of a passage that says one thing
_MOSTLY = 0.75  # share of the asked words' grams
_WHICH = re.compile(r"什么|啥|哪[一个家些里]?|谁|有没有|编号|编码|代码|多少|何时|几[号时]")
_ASKS = re.compile(r"什么|啥|哪[一个家些里]?|谁|有没有|多少|何时|几[号时]")
_CODE_ASKED = re.compile("编码|编号|代码|电话|网址|邮箱")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@/-]{5,}|[〔\[（(]20\d\d[〕\]）)]第?\d+号")
_ASIDE = re.compile(r"[(（][^()（）]{1,3}[)）]")
_NOT = re.compile("没有?")
_TEXT = re.compile(
    r"什么意思|意思是|含义|定义|名词解释|为什么|为何|原因|因为(?:什么|啥|何|[一-鿿])?(?:呢|呀)?[?？。]?\s*$"
)


def text(asked: Asked) -> Iterator[Doubt]:
    """Words are asked for and a figure is given, or a passage is shown for want of better."""
    words = asked.plan.operation is Operation.TEXT
    said = _ENGLISH_TEXT.search(asked.question)
    if not words:
        said = said or _TEXT.search(cues.unquoted(asked.question))
        if said and said.group() == "为何" and "为何" not in asked.plan.question:
            said = None  # 得分为何: what, not why
    beside = bool(asked.plan.text_targets or _BESIDE.search(asked.answer.text))
    beside = beside or asked.answer.text.startswith(PREMISE_FAILS)
    if said and asked.figures and not beside:
        yield Doubt("kind", said.group())
    grade = asked.plan.text_kind is TextKind.GRADE and re.search("等级|评级", asked.plan.text)
    if grade and asked.figures and not re.search("[优良中差]|合格", asked.answer.text):
        yield Doubt("kind", grade.group())
    fact = words and asked.plan.text_kind is TextKind.FACT and not asked.answer.values
    pointed = set(_POINTED.findall(asked.plan.question)) & set(_POINTED.findall(asked.answer.text))
    few = sum(map(len, naming_words(cues.content(asked.plan.text)))) <= _VAGUE
    quotes = [source.quote for source in asked.answer.citations]
    framed = without_framed(asked.plan.text, asked.answer.text, quotes) != asked.plan.text
    told = pointed or framed or _says_all(asked) or _denies(asked)
    if fact and few and not told:
        yield Doubt("passage")
    figure = any(target.role or target.dimension for target in asked.plan.targets)
    figure = figure and not re.search(r"什么|哪|原因", cues.unquoted(asked.plan.text))
    numbered = re.sub(r"20\d\d\s*年?", "", asked.answer.text)
    if (
        words
        and not asked.contradicted
        and figure
        and not framed
        and not asked.figures
        and not re.search(r"\d", numbered)
    ):
        yield Doubt("kind", asked.plan.targets[0].label)


_DENIAL = re.compile(
    r"：[^：。]{0,12}(?:取消|撤销|停办|终止|不再实施|无(?![法线])|未(?:发生|安排|见|提供)|没有)"
)
_DONE_HOW = re.compile(r"办得|办的|做得|搞得|怎么样|如何|咋样")


def _denies(asked: Asked) -> bool:
    """Whether the answer says that there was none of what the question names, by its name."""
    told = squeeze(asked.answer.text)
    runs = naming_words(cues.content(_DONE_HOW.sub(" ", asked.plan.text)))
    named = [squeeze(run) for run in runs if squeeze(run)]
    return bool(_DENIAL.search(asked.answer.text)) and bool(named) and named[-1] in told


def _says_all(asked: Asked) -> bool:
    """Whether one short passage holds all that is asked about what or who something is.

    A word that is asked twice (公务接待接待什么) has to stand there twice.
    """
    told = asked.answer.text.partition("：")[2].split("\n")[0]
    if len(told) > _SHORT or not _WHICH.search(asked.plan.text):
        return False
    if _CODE_ASKED.search(asked.plan.text) and _CODE.search(told):
        return True
    left = _NOT.sub("未", squeeze(_ASIDE.sub("", told)))
    runs = naming_words(cues.content(_ASKS.sub(" ", asked.plan.text)))
    wanted = held = 0
    for run in sorted((_NOT.sub("未", squeeze(run)) for run in runs), key=len, reverse=True):
        own = grams(run)
        common = len(own & grams(left))
        if own and not common:
            return False
        wanted, held = wanted + len(own), held + common
        left = left.replace(run, " ", 1)
    return wanted > 0 and held >= _MOSTLY * wanted


def _told(asked: Asked) -> str:
    """What an answer in words says behind the name of whom it is about; "" for a figure."""
    words = asked.plan.operation is Operation.TEXT and not asked.figures and not asked.contradicted
    told = asked.answer.text.partition("：")[2] if words else ""
    return told.partition("\n（由")[0].strip("；;。，,、 \n")


_YES_OR_NO = re.compile(r"(?:了|过|着)[^,，。?？多少几]{0,14}没有?(?:呢|啊)?[?？。]?\s*$")


def yes_or_no(asked: Asked) -> Iterator[Doubt]:
    """填了名称没有 is asked, and a number is given."""
    found = _YES_OR_NO.search(asked.plan.question)
    plain = asked.plan.operation is Operation.LOOKUP and len(asked.figures) == 1
    if found and plain and not asked.contradicted:
        yield Doubt("kind", found.group())


_ECHO = 4  # characters


def echo(asked: Asked) -> Iterator[Doubt]:
    """The answer says nothing but words of the question."""
    told = squeeze(_told(asked))
    kinds = (TextKind.LIST, TextKind.DEFINITION, TextKind.STATUS)
    if len(told) < _ECHO or asked.plan.text_kind in kinds or "\n" in _told(asked):
        return
    if told in squeeze(asked.question) or told in squeeze(asked.plan.question):
        yield Doubt("kind", told[:12])


_WHICH_CLASS = re.compile(
    r"(?:属于|是|归|归入|归为)哪(?:一|个)?[类种](?P<noun>[一-鿿]{2}(?![一-鿿]*标准))"
)


def of_class(asked: Asked) -> Iterator[Doubt]:
    """Which kind of 指标 it is is asked for, and no kind of 指标 is named."""
    found, told = _WHICH_CLASS.search(asked.plan.question), _told(asked)
    if found and told and not re.search(rf"(?<![该本此各])[一-鿿]{{2}}{found['noun']}", told):
        yield Doubt("kind", found.group())


_SO_MANY = re.compile(r"哪(?P<n>[两三四五六七八九])(?:个|项|家|类|条|份|种|次|处)")
_ONE_OF = re.compile(r"\n|、|；|;|和|及|与")


def so_many(asked: Asked) -> Iterator[Doubt]:
    """哪两个项目 is asked, and one passage tells of one."""
    found, told = _SO_MANY.search(asked.plan.question), _told(asked)
    wanted = number_of(found["n"]) if found else None
    if wanted and told and len(_ONE_OF.findall(told)) + 1 < wanted:
        yield Doubt("asks", found.group() if found else "")


_OTHER_THAN = re.compile(
    r"除了?(?P<one>[^,，。?？]{2,40}?)(?:之外|以外|外)?[,，]?(?:还有|还|另外|其他|其它|别的)[^,，。?？]{0,6}?(?:哪|什么|谁)"
)


def other_than(asked: Asked) -> Iterator[Doubt]:
    """除了甲，还有哪个 is asked, and 甲 is given again."""
    found = _OTHER_THAN.search(asked.plan.question)
    named = asked.plan.named
    if found is None or not named or not _told(asked):
        return
    inside = any(found.start("one") <= n.start < found.end("one") for n in named)
    head = asked.answer.text.partition("：")[0]
    if inside and any(entity in head for entity in asked.plan.entities):
        yield Doubt("exception", found["one"])


_GRADE_SAID = re.compile(
    r"[“\"「](?P<quoted>[优良中差]|合格|不合格)[”\"」]|评(?:了|为|上|成|定为)个?(?P<grade>[优良中差])(?![一-鿿]*[化势好])"
)


def grade_said(asked: Asked) -> Iterator[Doubt]:
    """Why something was rated “优” is asked, and what is told says nothing of that grade."""
    found, told = _GRADE_SAID.search(asked.question), _told(asked)
    kinds = (TextKind.REASON, TextKind.FACT)
    grade = (found["quoted"] or found["grade"]) if found else ""
    if (
        grade
        and told
        and asked.plan.text_kind in kinds
        and not re.search(rf"[“为是:：]{grade}", told)
    ):
        yield Doubt("kind", grade)


_BAND = re.compile(r"(?P<low>\d+(?:\.\d+)?)分?\s*[-—–~～至到]\s*(?P<high>\d+(?:\.\d+)?)分")


def band_said(asked: Asked) -> Iterator[Doubt]:
    """The grade of 50-59分 is asked for, and the grade that a project got is told."""
    found = _BAND.search(asked.question)
    grade = re.search("等级|等次|档|级别", asked.question)
    if found is None or not grade or asked.plan.operation is not Operation.TEXT:
        return
    quotes = "".join(source.quote for source in asked.answer.citations)
    if not all(number in quotes for number in (found["low"], found["high"])):
        yield Doubt("numbered", found.group())


_WHICH_CHANGED = re.compile(
    r"哪(?:些|几[一-鿿])[^,，。;；?？]{0,16}?(?P<way>减少|增加|下降|上升|增长|降低|减了|增了|涨了|变少|变多|减的|增的)"
)
_CHANGE_TOLD = re.compile("[增减降升涨]|变[多少]|多于|少于|高于|低于|比上年|新设|取消")


def which_changed(asked: Asked) -> Iterator[Doubt]:
    """Which incomes fell is asked, and the lines of a table are listed that tell of no change."""
    found = _WHICH_CHANGED.search(cues.unquoted(asked.question))
    if found is None or not _told(asked):
        return
    quotes = "".join(source.quote for source in asked.answer.citations)
    if not _CHANGE_TOLD.search(f"{quotes}{_told(asked)}"):
        yield Doubt("operation", found["way"])


_ACCOUNT = re.compile(
    r"^[^,，。;；\d]{0,8}?(?P<name>三公|公务接待|公务用车|因公出国|机关运行经费|会议费|培训费|差旅费|人员经费|公用经费|政府采购|政府性基金|国有资本)"
)
_WHOLE_SAID = re.compile("预算|支出|收入|决算|经费|资金|费用")


def narrower_account(asked: Asked) -> Iterator[Doubt]:
    """预算完成了吗 is asked, and what is told is of 三公经费 alone."""
    told = _ACCOUNT.search(squeeze(re.sub('[“”"]', "", _told(asked))))
    if told is None or told["name"] in squeeze(f"{asked.question}{asked.plan.question}"):
        return
    runs = naming_words(cues.content(asked.plan.text))
    if runs and all(_WHOLE_SAID.search(run) and len(run) <= _ECHO for run in runs):
        yield Doubt("held_alone", told["name"])


DOUBTS: tuple[Doubts, ...] = (
    which_changed, narrower_account,
    text, yes_or_no, echo, of_class, so_many, other_than, grade_said, band_said,
)  # fmt: skip
