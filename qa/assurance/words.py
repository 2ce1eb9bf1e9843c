"""Words of a question that stand nowhere with what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from qa.assurance.joints import without_joints
from qa.assurance.model import Asked, Doubt, Doubts
from qa.english.questions import language_of
from qa.plan import Operation
from qa.question.near_words import near_words, words_near
from qa.texts.asking import naming_words
from qa.texts.frames import without_framed
from qa.texts.model import TextKind
from qa.words import agreement, cues
from qa.words.left_out import left_out
from qa.words.lexicon import derived, words
from qa.words.matching import grams, shortens, squeeze
from qa.words.numerals import number_of
from qa.words.pinyin import alike
from qa.words.synonyms import synonym_groups
from qa.words.worked_words import rest_asked, without_worked_out

_MARKS = re.compile(r"[“”\"《》「」『』()（）:：、,，。?？!！\s\d.%]+")
_THIN = frozenset(
    "的了吗呢吧是有在和与及到各这那其得共里中上下为对说写算按不也又再就还把被个一几多少时年表值类目项钱占花给都数额量比低高用付着些搞弄做来去放起加拿"
)
_COUNTED = re.compile(
    r"(?:前|第|这|那|各|[两三四五六七八九十几]|\d+)一?(?:大|小)?"
    r"(?:个|项|家|类|级|年|笔|种|条|份|次|回|轮|块|款|行|栏|张|者|名|位|处|地|县|区|市|镇|所)(?![一-鿿]?[费数率额])"
)
_EXCEPT = re.compile(
    r"(?:不含|不算|不包括|不是(?!同|一|说)|别拿|别算|别给|不要|剔除|扣除|注意不[是事]?)"
    r"(?P<what>[^,，。?？;；()（）]*)"
)
# 除了甲，付得最多的是哪项: 甲 is no answer.
_SAVE = re.compile(r"除(?:了|去|开)?(?!以)(?P<what>[^,，。?？除]{2,24}?)(?:以外|之外|外)?[,，]")
# Who is asked for: the verb beside 谁 is the asker's own.
_WHO = re.compile(
    r"(?:归|由|是|被|给|跟)?谁(?:来|给|对|负责|做|评|干|管|承担|出|办|搞)*(?:更|的?更?[多高大少低小](?=[?？。\s]*$))?"
    r"|(?:哪一?[家个所]|什么)(?:第三方)?(?:评价)?(?:公司|机构|单位|事务所|企业|部门|科室|处室|股室|专班)"
    r"(?:来?(?:承担|担任|负责|当|做)(?![一-鿿]{0,2}(?:的?项|的事)))?"
)
# What a sum leaves out, said behind it; `exceptions` looks whether it does.
_LEFT_OUT = re.compile(
    r"[(（,，](?P<what>[^,，。?？;；()（）]{2,24}?)(?:都|就)?(?:不算|除外|不计|不包括|不含)(?:在内|进去)?[)）。?？]*"
)
# Whose list it is: 某某会计师事务所对甲项目提了哪些建议.
_TELLER = re.compile(
    r"^\s*[\u4e00-\u9fff（）()]{2,24}?(?:公司|中心|事务所|研究院|大学|学院|机构|评价组)(?=对|给|就|为|在|提)"
)
# 去了哪几个国家: a list of countries need not say that they are some.
_WHERE_TO = re.compile(r"(?:(?:去|到|赴|跑|前往|出访)了?)+哪(?:几个?|些|多少)\s*(?:国家|地区|地方)")
_OF_KIND: dict[TextKind | None, tuple[re.Pattern[str], ...]] = {
    TextKind.LIST: (_TELLER, _WHERE_TO, re.compile("被?查出")),
    TextKind.METHOD: (re.compile("(?:使用|采用|运用)?的?(?:方法|方式|手段)"),),
}
_TENTHS = re.compile(r"[一二两三四五六七八九]成半?(?![本立果员效年])")
_QUOTED = re.compile(r"[“\"「《]([^”\"」》]{2,40})[”\"」》]")
_CODE = re.compile(r"(?<![\d.])\d{5,9}(?![\d.])")
_STAGE = re.compile(r"[一二三四五六七八九十\d]+(?:期|标段|批次?|分校|分院|号楼)(?![间初末望货])")
_CALLED = re.compile(
    r"(?P<n>[两三四五六七八九十])[家个项所条类笔][一-鿿]{1,4}?(?=的|[一总]?共|合计|[\d\s]|$)"
)
# How figures are said to be added up.
_ADDED = re.compile(
    r"累计|合计|共计|总计|合起来|加起来|加在一起|合在一起|[两三四五六]个?年度?(?:间|来|里)?"
)
_MANY = 3  # characters
_PAIR = 2
_SHORTENED = 4  # characters of a short form of a name, at most
_SHORT = 4  # a quoted word of fewer characters says what kind of thing is meant
# A total of the accounts holds what was carried over, whether its row says so or not.
_WHOLE = re.compile(r"总收入|总支出|总计")
_CARRIED = frozenset(("结转", "结余"))
_OF_YEARS = frozenset(("累计",))  # the total of a table over years
_BOTH_SIDES = frozenset(("收入", "支出"))  # what has no 收支 has neither
# 收入支出总体增加, 收入总计与支出总计都是: both sides at once, which 收支 is short for.
_NAMES_BOTH = re.compile(r"收入(?:总计|总额)?[、,，与和及]?支出(?:总[计额体]|[均都各])")
_BOTH_IN_SHORT = frozenset(("收支",))
# 占全市的比重 is over the row of the total, whatever that is called.
_OF_ALL = frozenset(
    (
        "占全",
        "全市",
        "全县",
        "全区",
        "全省",
        "全部",
        "总量",
        "总盘",
        "盘子",
        "所占",
        "占总",
        "整个",
        "占整",
        "占了",
    )
)
# 没按期完工 is told by how late it was.
_TOLD_LATE = re.compile("推迟|延迟|延误|延期|逾期|超期|滞后|晚于|实际于")
_IN_TIME = frozenset(("按期", "按时", "如期", "准时"))
_LEFT_OVER = frozenset(
    (
        "结余",
        "节余",
        "钱剩",
        "剩了",
        "剩下",
        "用剩",
        "没用",
        "用完",
        "用掉",
        "未用",
        "没花",
        "花完",
        "没支",
        "支出",
        "未支",
        "没执",
        "未执",
        "剩余",
        "节约",
        "节省",
    )
)
_BORNE = 0.8  # share of a name's grams that stand with what bears it


@derived
@cache
def asking_pattern() -> re.Pattern[str]:
    known = sorted(words("asking_words.txt"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


_CALLED_CODE = re.compile(r"(?:科目)?(?:编码|代码|编号)")


# 用来保障机关日常运转的经费（机关运行经费）: in the asker's words, and by its name.
_PUT = re.compile(
    r"[^,，。;；?？()（）]{4,}的[^,，。()（）的]{1,4}[(（](?P<name>[^()（）]{3,16})[)）]"
)


def unplaced(asked: Asked) -> tuple[str, ...]:
    """Stretches of the question's naming words of which nothing stands with the answer."""
    plan, near = asked.plan, _near(asked)
    found: list[str] = []
    for run, held in placed(asked):
        rest = "".join(" " if known else char for char, known in zip(run, held, strict=True))
        found += [p for p in _MARKS.sub(" ", rest).split() if len(p) > 1 and not _thin(p)]
    found = [p for p in found if not _of_name(p, asked) and not _slip(p, near)]
    if plan.renamed:  # the deed of another thing: 汇集 of one platform is 接入 of the next
        found = [p for p in found if len(p) > _PAIR or p in plan.renamed]
    return tuple(dict.fromkeys(found))


_OF_THESE = re.compile(
    r"(?P<listed>[一-鿿“”\"]{2,16}(?:、[一-鿿“”\"]{2,16})+(?:[和与或及][一-鿿“”\"]{2,16})?)[,，]?(?=哪[一]?[个家项类种门所]|谁)"
)


def _without_losers(text: str, told: str) -> str:
    """Of 幼儿园、小学、初中哪个最高 only the one that is given need stand with the answer."""
    found = _OF_THESE.search(text)
    if found is None:
        return text
    won = [
        name
        for name in re.split("[、和与或及]", found["listed"])
        if name.strip('“”"')[-_PAIR:] in told
    ]
    return f"{text[: found.start()]} {won[0]} {text[found.end() :]}" if len(won) == 1 else text


def _thin(stretch: str) -> bool:
    return set(stretch) <= _THIN and stretch not in words("deeds.txt")


def placed(asked: Asked, told: str | None = None) -> Iterator[tuple[str, list[bool]]]:
    """The question's naming words, and of each character whether it stands with the answer.

    A character does that stands there with one of its neighbours, or asks.

    Args:
        asked: a question with its answer.
        told: what is said of the answer; None for all that stands around it.
    """
    plan, near = asked.plan, _near(asked) if told is None else told
    formulas = "".join(value.formula for value in asked.answer.values)
    borne = _borne(asked, near, formulas) if told is None else _other_words(plan.text, told)
    text = without_worked_out(agreement.without_places(plan.text), formulas)
    if plan.operation is Operation.TEXT:
        quotes = [source.quote for source in asked.answer.citations]
        text = without_framed(text, asked.answer.text, quotes)
    if "+" in formulas:
        text = _ADDED.sub(" ", _together(_LEFT_OUT.sub(" ", text), asked))
    text = _PUT.sub(lambda m: m["name"] if squeeze(m["name"]) in near else m.group(), text)
    if plan.operation is Operation.VERIFY and " + " in asked.answer.text:
        text = without_joints(text, asked.answer.text)
    if plan.must:
        text = _CALLED_CODE.sub(" ", text)
    if plan.operation is Operation.RANK:
        text = _without_losers(text, asked.answer.text)
    patterns = (_WHO, _COUNTED, _EXCEPT, _TENTHS)
    text = _MEASURED.sub(_without_measure, text)
    for pattern in (*_OF_KIND.get(plan.text_kind, ()), *patterns):
        text = pattern.sub(" ", text)
    for run in (word.rstrip("比较跟与同") for word in naming_words(cues.content(text))):
        held = [not char > "\u4dff" for char in run]
        for at in range(len(run) - 1):
            if run[at : at + 2] in borne or run[at : at + 2] in near:
                held[at] = held[at + 1] = True
        for match in asking_pattern().finditer(run):
            held[match.start() : match.end()] = [True] * len(match.group())
        yield run, held


def _near(asked: Asked) -> str:
    plan, ground = asked.plan, asked.ground
    near = ground.text + squeeze("".join(name for name, _ in plan.projects))
    if asked.contradicted or plan.operation in (Operation.TEXT, Operation.VERIFY):
        near += ground.wide + squeeze(asked.answer.text)
    graded = any(kind is TextKind.GRADE for kind, _ in plan.text_targets)
    if graded and "没有找到" not in asked.answer.text:
        near += "等级等次评级"  # the grade that is given beside the figure
    return near


# 多少户失能老人: the measure word names nothing; that of 多少家庭 begins a word.
_MEASURED = re.compile(
    rf"(?:多少|几)(?:万|亿)?(?P<noun>{cues.COUNTERS.pattern})(?=(?P<next>[一-鿿]))"
)


def _without_measure(found: re.Match[str]) -> str:
    begins = f"{found['noun'][-1]}{found['next']}" in words("common_words.txt")
    return found.group() if begins else "多少 "


def _together(text: str, asked: Asked) -> str:
    """The text without what so many things are called together as were added (三家运营商)."""
    terms = max(value.formula.count("+") + 1 for value in asked.answer.values)
    return _CALLED.sub(lambda found: " " if number_of(found["n"]) == terms else found.group(), text)


def _of_name(word: str, asked: Asked) -> bool:
    """A short form of the body or project in question: 交警 of 公安局交通警察支队, 旧改 of 老旧小区改造."""
    names = (*asked.plan.entities, *(name for name, _ in asked.plan.projects), *_project(asked))
    return len(word) <= _SHORTENED and any(shortens(word, squeeze(name)) for name in names)


def _project(asked: Asked) -> tuple[str, ...]:
    """The one project that can be meant where the question names none in full."""
    return asked.ground.projects if len(asked.ground.projects) == 1 else ()


def _slip(word: str, near: str) -> bool:
    """A word of two characters that stands with the answer with one of the same sound (平价: 评价)."""
    if len(word) != _PAIR:
        return False
    heard = pairwise(near)
    return any(
        (a == word[0] and alike(b, word[1])) or (b == word[1] and alike(a, word[0]))
        for a, b in heard
    )


def _borne(asked: Asked, near: str, formulas: str) -> frozenset[str]:
    """Grams that stand with the answer, or that what it worked out stands for."""
    plan, ground = asked.plan, asked.ground
    borne = ground.grams | _by_synonym(plan.text, ground.text)
    if asked.figures:
        borne |= _by_near_word(plan.text, ground.text)
    if plan.text_kind is TextKind.REASON and _TOLD_LATE.search(asked.answer.text):
        borne |= _IN_TIME
    if any(_WHOLE.search(value.metric) for value in asked.figures):
        borne |= _CARRIED
    if "合计" in near:
        borne |= _OF_YEARS
    if "收支" in near:
        borne |= _BOTH_SIDES
    if any(_NAMES_BOTH.search(squeeze(text)) for text in _own_texts(asked)):
        borne |= _BOTH_IN_SHORT
    if plan.operation in (Operation.SHARE, Operation.RATIO):
        borne |= _OF_ALL
    if plan.operation is Operation.DIFFERENCE or ("−" in formulas and rest_asked(plan.text)):
        borne |= _LEFT_OVER  # budget less spending is what is left of it
    if plan.operation is Operation.VERIFY:  # what is recomputed may stand anywhere in the report
        borne |= ground.library
    return borne


def _own_texts(asked: Asked) -> Iterator[str]:
    """What the figures are called, and the sentences that they were taken from."""
    for value in asked.figures:
        yield value.metric
        yield from (source.quote for source in value.sources if source.table is None)


def _other_words(text: str, told: str) -> frozenset[str]:
    return _by_synonym(text, told) | _by_near_word(text, told)


def _by_synonym(text: str, told: str) -> frozenset[str]:
    """Grams of words for which another word of the same group stands with the answer."""
    found: set[str] = set()
    for group in synonym_groups():
        every = (group.term, *group.same, *group.spoken, *group.related)
        said = [word for word in every if word in text]
        if said and any(word in told for word in every):
            found.update(gram for word in said for gram in grams(word))
    return frozenset(found)


def _by_near_word(text: str, told: str) -> frozenset[str]:
    """Grams of words that the report may write otherwise, and does beside the figure."""
    found: set[str] = set()
    for word in words_near(text):
        if len(word) > 1 and any(other in told for other in near_words()[word]):
            found |= grams(word)
    return frozenset(found)


def left_over(asked: Asked) -> Iterator[Doubt]:
    """Words without a place: many, few, or few that the reports use for other figures."""
    left = unplaced(asked)
    if not left:
        return
    told = "、".join(left)
    if asked.plan.operation is Operation.TEXT and not asked.figures:
        # A passage is looked for with words further around it than a figure is.
        yield Doubt("words_passage", told)
        return
    if sum(map(len, left)) > _MANY:
        yield Doubt("words_many", told)
        return
    used = any(gram in asked.ground.library for word in left for gram in grams(word))
    yield Doubt("words_elsewhere" if used else "words_few", told)


def foreign(asked: Asked) -> Iterator[Doubt]:
    """English words that were left out of the translation."""
    left = [w for w in asked.unknown if squeeze(w) not in asked.ground.text and "-" not in w]
    if left:
        yield Doubt("foreign", "、".join(left))


def codes(asked: Asked) -> Iterator[Doubt]:
    """The code of an account that the answer's row does not have."""
    shown = asked.ground.text + "".join(value.number for value in asked.figures)
    left = [code for code in _CODE.findall(asked.question) if code not in shown]
    if left:
        yield Doubt("code", "、".join(left))


# No unit of measure (km) and no grade (A级, C、D级).
_LATIN = re.compile(
    r"(?<![A-Za-z\d.])(?!(?:km|kg|mg|ml|cm|mm|mu|kw|kwh|mw|gb|tb)\b)[A-Za-z][A-Za-z\d.]+", re.I
)


def latin(asked: Asked) -> Iterator[Doubt]:
    """A name in Latin letters (CT设备) in a question in Chinese that stands nowhere with the answer."""
    if language_of(asked.question) != "zh" or not asked.figures:
        return
    near = (_near(asked) + asked.ground.wide).lower()
    left = [word for word in _LATIN.findall(asked.plan.text) if squeeze(word).lower() not in near]
    if left:
        yield Doubt("words_elsewhere", "、".join(left))


def quoted(asked: Asked) -> Iterator[Doubt]:
    """A quoted name that neither is a project in scope nor stands near the answer."""
    ground, plan = asked.ground, asked.plan
    own = squeeze("".join(project for project, _ in plan.projects))
    for match in _QUOTED.finditer(_EXCEPT.sub(_blank, plan.question)):
        # A project's name was blanked out of the text; all else stands there without its slips.
        whole = len(plan.text) == len(plan.question)
        name = plan.text[match.start(1) : match.end(1)].strip() if whole else ""
        name = name or match[1]
        flat = squeeze(name)
        if len(flat) < _SHORT or flat in own + ground.wide + ground.text:
            continue
        wanted = grams(flat)
        if sum(gram in ground.grams for gram in wanted) < _BORNE * len(wanted):
            yield Doubt("quoted", name)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


# Lines that are counted are never those of subtotals.
_SUBTOTALS = re.compile(
    r"(?:小计|合计|大类)[^,，。;；]{0,6}(?:不算|不计|除外|不含)|(?:不算|不计|不含)[^,，。;；]{0,8}(?:小计|合计|大类)"
)
_COUNTS = re.compile(r"(?:几|多少)(?:个|项|家|条|份|类)|哪些|哪几")
_OTHERS = re.compile(
    r"其[他它](?=收入|支出|资金|费用|经费|交通|商品|社会|工资|对个人|用车|用房)[一-鿿]{2}"
)


def others(asked: Asked) -> Iterator[Doubt]:
    """其他收入 is the name of one line; that of all income is not meant."""
    near = asked.ground.text + asked.ground.wide
    for name in _OTHERS.findall(cues.unquoted(asked.plan.question)):
        if asked.figures and f"其他{name[2:]}" not in near:
            yield Doubt("words_elsewhere", name)


def stage(asked: Asked) -> Iterator[Doubt]:
    """二期 is asked for and 一期 given."""
    text = asked.ground.text + asked.ground.wide
    left = [word for word in _STAGE.findall(asked.plan.question) if word not in text]
    if left:
        yield Doubt("stage", "、".join(left))


def exceptions(asked: Asked) -> Iterator[Doubt]:
    """What the question leaves out stands in the name of what is given, or among what is counted."""
    if asked.plan.operation in (Operation.FILTER, Operation.COUNT):
        kept_out = _EXCEPT.search(asked.plan.question)
        if kept_out and not _SUBTOTALS.search(asked.plan.question):
            yield Doubt("exception", kept_out.group())
            return
    out = left_out(asked.plan.question)
    if out is not None and asked.figures:
        if "−" not in asked.figures[0].formula:
            yield Doubt("exception", out.what)
        return
    yield from _named_all_the_same(asked)


def _named_all_the_same(asked: Asked) -> Iterator[Doubt]:
    names = grams("".join(value.metric for value in asked.figures[:1]))
    shown = names | grams("".join(value.label for value in asked.figures[:1]))
    for found in _SAVE.finditer(asked.plan.question):
        wanted = grams(cues.content(found["what"]))
        if wanted and len(wanted & shown) >= _BORNE * len(wanted):
            yield Doubt("exception", found.group())
            return
    for found in _EXCEPT.finditer(asked.plan.text):
        wanted = grams(cues.content(found["what"]))
        if wanted and len(wanted & names) * 2 > len(wanted):
            yield Doubt("exception", found.group())
    if _COUNTS.search(asked.plan.text):
        # A count that leaves something out must show that it did.
        for found in _EXCEPT.finditer(asked.plan.text):
            wanted = grams(cues.content(found["what"]))
            if wanted and not wanted & grams(asked.answer.text):
                yield Doubt("words_few", found.group())
    added = grams("".join(value.metric for value in asked.figures[1:]))
    for found in _LEFT_OUT.finditer(asked.plan.text):
        wanted = grams(cues.content(found["what"]))
        if wanted and len(wanted & added) * 2 > len(wanted):
            yield Doubt("exception", found.group())


DOUBTS: tuple[Doubts, ...] = (
    left_over,
    foreign,
    codes,
    latin,
    quoted,
    others,
    stage,
    exceptions,
)
