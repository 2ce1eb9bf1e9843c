"""What a list of asks says once: the subject before its first measure, which the others share.

``学生公寓建设年初预算、全年预算、执行率各是多少``: 全年预算 and 执行率 are those of 学生公寓建设.
Pure.
"""

from __future__ import annotations

import re

from qa.words.matching import squeeze

_WHEN = (
    r"年初|期初|年中|年末|年底|期末|全年|年度|当年|本年|本年度|预算|调整后|调整|最[后终]|第[一二三四]次|"
    r"实际|预计|计划|累计|剩余|财政|资金|总"
)
_KINDS: dict[str, str] = {
    "年初预算": r"(?:年初|期初|当初)(?:下达|安排|批复)?(?:的)?(?:预算)?",
    "全年预算": r"(?:全年|年度|当年|本年|调整后的?|调整|最终|最后)+(?:的)?预算|调整后",
    "预算": r"预算|预算安排|安排",
    "调增": r"(?:年?中|第[一二三四]次)?(?:预算)?(?:追加|调增)(?:预算)?",
    "调减": r"(?:年?中|第[一二三四]次)?(?:预算)?(?:调减|压减|核减|压缩)(?:预算)?",
    "支出": r"(?:全年|年度|当年|本年|实际|累计|资金|总|最后|最终|预算)*"
    r"(?:支出|执行|支付|使用|决算|花|用)(?:合计|决算|了)?",
    "执行率": r"(?:预算|资金|支出|总体)*(?:执行|支付|支出)(?:率|进度)",
    "到位": r"(?:实际|资金)*到位(?:资金|合计)?",
    "到位率": r"(?:资金)?到位率",
    "分配": r"(?:资金)?分配(?:资金)?",
    "下达": r"(?:资金)?下达(?:资金|预算)?",
    "筹集": r"(?:计划)?筹集(?:资金)?",
    "结余": r"(?:年末|年底|资金|还|最后)*(?:结转和?结余|结余|结转|剩余|剩|余)(?:资金|下)?",
    "完成率": r"完成率",
    "得分率": r"得分率",
    "得分": r"(?:自评|评价|评审|最终|综合)?(?:得分|评分)",
    "分值": r"分值|满分|权重",
}
_AMOUNT = r"(?:数|额|金额|总额|情况)?"
_MEASURE = {kind: re.compile(rf"(?:{text}){_AMOUNT}") for kind, text in _KINDS.items()}
_ANY = "|".join(f"(?:{text})" for text in _KINDS.values())
_END = re.compile(rf"(?:的|(?:{_WHEN}))*(?:{_ANY}){_AMOUNT}$")
_DONE = "(?:建设?|办|装|印|发|开展|举办|做|修|改造|种|招|培训|完成)?"
_AIM_END = re.compile(
    rf"(?:年初|原)?(?:计划|目标|原定|控制|设定|预期|定)(?:值|数|在|到|为)?{_DONE}$|(?:实际|完成)(?:值|数)?{_DONE}$"
)
_SAYS_NOTHING = re.compile(
    rf"(?:{_WHEN}|{_ANY}|各|的|钱|收入|支出|部门|单位|项目|"
    r"经费|情况|一共|后来|然后|中途|起初|\d{1,2}月份?)*"
)


BUDGETS = ("年初预算", "全年预算", "预算")
MONEYS = (*BUDGETS, "调增", "调减", "支出", "到位", "分配", "下达", "筹集", "结余")


# How a stage is told in passing: 后来全年预算调成, 4月调减.
_PASSING = re.compile(
    r"^(?:后来|然后|接着|再|又|就|才|中途|中间|起初|一开始|\d{1,2}月份?|各|共|总共|一共)+|"
    r"(?<=.)(?:给|调成|调到|调为|变成|定|拨|批|列|安排|下达)$|(?<=.)(?:了|过)$"
)


def plain_measure(words: str) -> str:
    """A measure as it is usually called; the words themselves where they name something as well."""
    bare = squeeze(words)
    if measure_of(bare):
        return words
    for _ in range(2):
        bare = _PASSING.sub("", bare)
        if bare and measure_of(bare):
            return bare
    return words


def measure_of(words: str) -> str:
    """Which measure words say and nothing else; "" where they name something as well."""
    bare = squeeze(words)
    return next((kind for kind, text in _MEASURE.items() if text.fullmatch(bare)), "")


def column_measure(label: str) -> str:
    """The measure that the label of a column says (全年预算数（万元）); "" for another label."""
    return measure_of(re.sub(r"[(（][^()（）]*[)）]", "", label))


def ending_measure(name: str) -> str:
    """The measure that a name ends in (预算执行率); "" where it ends in none."""
    bare = squeeze(name)
    cut = _END.search(bare)
    return measure_of(bare[cut.start() :]) if cut is not None else ""


def subject_of(key: str) -> str:
    """What stands before the measure that a phrase ends in; "" where there is nothing, or no measure."""
    bare = key.strip()
    cut = _END.search(bare)
    if cut is None:
        return ""
    subject = bare[: cut.start()].strip()
    return "" if _SAYS_NOTHING.fullmatch(squeeze(subject)) else subject


def without_aim(key: str) -> str:
    """A name without 计划, 目标 or 控制在 behind it; the whole where nothing else is left."""
    bare = _AIM_END.sub("", key.strip()).strip()
    return bare if len(squeeze(bare)) >= 2 else key


_OWN_KIND = re.compile(r"(?:收入|支出|经费|费|资金|预算|决算|率|额|数|量|值|分|人|目标|计划|实际)$")


_FROM_TO = re.compile(
    r"从(?P<list>[^,，。;；:：?？]*?[到至][^,，。;；:：?？]*?)(?=分别|各|都|一共|是多少|[,，。;；:：?？]|$)"
)
_THEN = re.compile(r"、|(?:再|又|然后|最后|一直)?[到至](?!位|账|期|达|年)了?")
_TIMES = re.compile(
    r"(?<=[、,，])(?P<n>[两二三])次(?P<m>(?:预算)?(?:调[增减]|追加|压减|核减))(?=[、,，]|分别|各)"
)


def stages_listed(text: str) -> str:
    """``从年初预算、两次调减到支出`` as the list of stages that it is."""

    def listed(match: re.Match[str]) -> str:
        pieces = [piece.strip() for piece in _THEN.split(match["list"]) if piece.strip()]
        stages = len(pieces) > 1 and measure_of(plain_measure(pieces[-1])) in MONEYS
        return "、".join(pieces) if stages else match.group()

    def each_time(match: re.Match[str]) -> str:
        times = "一二三"[: 3 if match["n"] == "三" else 2]
        return "、".join(f"第{n}次{match['m']}" for n in times)

    return _TIMES.sub(each_time, _FROM_TO.sub(listed, text))


def with_measure(pieces: list[str]) -> list[str]:
    """``甲和乙支出``: names of one kind, each with the measure that the last of them has."""
    subject = subject_of(pieces[-1]) if pieces else ""
    others = [squeeze(piece) for piece in pieces[:-1]]
    if not subject or any(ending_measure(o) or _OWN_KIND.search(o) for o in others):
        return pieces
    measure = pieces[-1].strip()[len(subject) :]
    return [*(f"{piece}{measure}" for piece in pieces[:-1]), pieces[-1]]
