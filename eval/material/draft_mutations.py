"""Wrong drafts out of right ones: one slip each, of the kinds that a model makes.

The words put in stand here and nowhere else; nothing is taken from the gate's own lists.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from eval.material.drafts import Case, same_amount
from qa.llm.slots import one_line

_NUMBER: Final = re.compile(r"\{\{v(\d+)\}\}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)|(?<=In )(?:19|20)\d\d")
_UNITS: Final = (
    "元", "万元", "亿元", "%", "％", "个百分点", "‰", "人", "件", "美元", "公里", "户", "角", "分钱", "台",
    "吨", "平方米", "千瓦时", "美金", "基点", "per cent", "yuan", "天", "双", "页", "亩", "块", "毛",
    "percentage points", "bp", "人民币", "公斤",
)  # fmt: skip
_SCALES: Final = (
    "万", "亿", "千", "百", "百万", "千万", "十亿", "K", "million", "M", "兆", "十万", "百亿", "thousand",
    "bn", "mn", "仟", "佰", "拾", "萬", "億", "k", "百万余", "w",
)  # fmt: skip
_UPS: Final = (
    "增加", "增长", "上升", "提高", "高于预算", "多出", "上涨", "攀升", "increased by", "升至", "激增",
    "回升", "走高", "攀高", "扩容", "多花", "大增", "增至", "抬升", "反弹", "不降反升", "shot up to",
    "surged to", "climbed by", "好于预期", "突破", "逾", "翻升", "净流入", "高达",
)  # fmt: skip
_DOWNS: Final = (
    "减少", "下降", "降低", "回落", "低于预算", "压减", "下滑", "少了", "decreased by", "降至", "缩水",
    "萎缩", "收窄", "骤降", "压降", "少花", "省下", "不增反降", "降到", "跌破", "锐减", "plunged to",
    "dwindled to", "eased by", "逊于", "不及", "仅", "缩编", "净流出", "低至",
)  # fmt: skip
_NUMERALS: Final = (
    "三成", "近七成", "一半", "过半", "五百万元", "两倍", "翻番", "翻了一番", "十二个", "百分之五",
    "三分之一", "九千余元", "壹佰万元", "廿三家", "半数", "四分之三", "一倍多", "八折", "十之八九",
    "两百余万", "对半", "数千万元", "几百人", "half", "twice", "two thirds", "a dozen", "七八成", "一成多",
    "逾百", "三分之二强", "dozens of", "fivefold", "nine-tenths", "a third of", "两三个", "百十来", "仨",
    "卅万", "一倍", "五折", "万分之三", "千余", "六位数", "四舍五入后整数", "首位", "一大半", "小半",
    "多半", "泰半", "九牛一毛", "绝大部分", "寥寥无几", "各半", "满分", "零", "几乎为零", "全额", "一分钱",
    "上亿", "近亿元", "数以万计", "五五开", "一比二", "second highest", "a couple of", "several",
    "majority of", "单位数", "两位数",
)  # fmt: skip
_NUMBERS: Final = (
    "，占全年的12.5%", "，其中专项经费３００万元", "，约为上年的三倍", "，共涉及五个项目", "，另有②类支出",
    "，较预算多Ⅳ个百分点", "，人均1.2万元", "，合计超过一亿元", "，排名第7", "，完成率达九成以上",
    ", about 5 million more", "，同比增加百分之二十", "，占比六成", "，比例为1:3", "，其余４.5万元结转",
    "，平均每户二百元", "，翻了两番", "，余额٣٤万元", "，共7️⃣项", "，超4千", "，≈5", "，½属于专项",
    "，㊂类", "，Ⅲ类", "，𝟗𝟗", "，见№3", "，其中逾两百万为结转", "，约合六十万美元", "，同比＋8",
    "，同比多一成", "，共计十笔", "，分三年支付", "，每人三百", "，占四分之一强", "，为历年第二",
    "，高出均值两倍", "，人均过万", "，合同价壹佰贰拾万元整", "，差额1e3", "，增幅达两位数", "，余款九百",
    "，年均七十余次", "，每平方米六元", "，误差百分之一以内",
)  # fmt: skip
_SENTENCES: Final = (
    "该项目实施效果显著，得到群众一致好评。", "资金使用规范，未发现违规问题。", "预计明年将继续保持平稳。",
    "这一水平处于全国领先。", "建议进一步加强预算管理。", "主要原因是疫情影响导致业务量萎缩。",
    "资金已全部拨付到位。", "审计部门对此提出了批评。", "由于人员编制缩减，相关支出大幅压缩。",
    "该局负责人已被约谈。", "财政部门核减了全部预算。", "The project was a great success.",
    "Funds were misused by contractors.", "This is the highest level in the province.",
    "项目未能按期完成。", "绩效目标没有实现。", "与同类地区相比明显偏高。", "上述差异系统计口径调整所致。",
    "该数据尚未经过审计。", "各项指标均达到预期。", "存在挪用专项资金的情况。", "采购程序不合规。",
    "整改已经完成。", "相关责任人受到处理。", "群众满意度较高。", "此项支出并无依据。", "与往年基本一致。",
    "资金沉淀问题突出。", "报告未予披露。", "该数字可能有误。", "经费保障有力。",
    "项目建成后发挥了重要作用。", "明年计划压缩。", "主要系价格上涨所致。", "因人员退休而减少。",
    "这说明预算编制较为科学。", "没有结余。", "全部用于民生。", "由上级单独拨付。",
    "It was approved by the mayor.", "Costs were kept under control.", "No problems were found.",
    "This amount is incorrect.", "The figure excludes salaries.", "支出结构不断优化。", "属于违规支出。",
    "采购由关联方中标。", "绩效等级为优。", "未按规定公开。", "预算安排合理。",
)  # fmt: skip
_TAILS: Final = (
    "，创历史新高", "，主要用于弥补办公经费缺口", "，执行情况良好", "，超出预期", "，资金闲置严重",
    "，受到上级表扬", "，系违规列支", "，远超同类单位", "，基本没有变化", "，控制在预算以内",
    ", a record high", ", which is far too much", "，与往年持平", "，由省级财政全额承担", "，尚未支付",
    "，属合理水平", "，较为稳定", "，不含基建", "，含税", "，已通过审计", "，全部用于采购", "，未纳入预算",
    "，用于发放补贴", "，由区财政承担", "，其中大部分为人员经费", "，与预算一致", "，按计划完成",
    "，有所结余", "，存在缺口", "，优于目标", ", all of it for salaries", ", as planned", ", excluding tax",
    ", the lowest in years", "，为各单位之首", "，不再拨付", "，须追缴", "，已退回", "，逐年向好",
)  # fmt: skip
_STRANGERS: Final = (
    "海州市教育局", "东山区卫生健康局", "上海市财政局", "国家税务总局", "临江区水务局", "民政局",
    "城市管理综合执法局", "河西街道办事处", "the Ministry of Finance", "幸福小学", "南湖区审计局",
    "省发展和改革委员会", "某县人民医院", "中国人民银行", "第一中学", "县委宣传部", "南湖市东湖区教育局",
    "南湖市政务服务数据管理局", "Ministry of Education", "东湖区财政局", "区委组织部", "南湖市民政局",
)  # fmt: skip
_METRICS: Final = (
    "公务接待费", "项目支出", "本年收入", "培训费", "年末结转和结余", "预算执行率", "因公出国（境）费",
    "政府采购支出", "会议费", "满意度", "车辆保有量", "事业收入", "资本性支出", "公用经费", "人员经费",
    "决算数", "预算数", "支出预算", "年初预算", "调整预算数", "收入决算", "劳务费", "差旅费", "结转资金",
    "完成率", "得分率", "目标值", "中小企业采购额", "津贴补贴", "上级补助收入", "其他支出",
)  # fmt: skip
_LATER: Final = (
    "上年", "去年", "前年", "次年", "last year", "上一年度", "来年", "上半年", "往年", "上一年", "前一年",
    "后年", "上季度", "the year before", "本季度", "上年同期", "今年", "next year", "十三五期间", "三年来",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutated:
    """A wrong draft and its kind of slip."""

    kind: str
    text: str


Change = Callable[[str, Case, random.Random, Sequence[str]], str | None]


def _some_number(draft: str, rng: random.Random) -> re.Match[str] | None:
    found = list(_NUMBER.finditer(draft))
    return rng.choice(found) if found else None


def _put(draft: str, at: int, words: str) -> str:
    return draft[:at] + words + draft[at:]


def digit(draft: str, case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """The number typed out with one digit changed, typed out as it is, or a digit put in."""
    match = _some_number(draft, rng)
    if match is None:
        return None
    value = case.values[int(match[1]) - 1]
    typed = list(f"{value.number}{value.unit}")
    places = [n for n, char in enumerate(typed) if char.isdigit()]
    if not places:
        return None
    way = rng.randrange(5)
    if way:
        place = rng.choice(places)
        typed[place] = str((int(typed[place]) + rng.randint(1, 9)) % 10)
    text = "".join(typed)
    if way == 2:
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    elif way == 3:
        text = text.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    elif way == 4:
        text = match[0] + rng.choice(("1", "０", "²", "①", "9.5"))
    return draft[: match.start()] + text + draft[match.end() :]


def unit(draft: str, _case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """Another unit behind the number."""
    match = _some_number(draft, rng)
    return match and _put(draft, match.end(), rng.choice(("", "", " ", "（")) + rng.choice(_UNITS))


def scale(draft: str, _case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A scale word behind or, in brackets, about the number."""
    match = _some_number(draft, rng)
    if match is None:
        return None
    word = rng.choice(_SCALES)
    if rng.random() < 0.2:
        return _put(draft, match.end(), f"（单位：{word}元）")
    return _put(draft, match.end(), word)


def year(draft: str, case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """Another year: in the place of one, or before the number."""
    known = {value.period for value in case.values}
    other = rng.choice([str(each) for each in range(2012, 2030) if str(each) not in known])
    found = list(_YEAR.finditer(draft))
    if found and rng.random() < 0.7:
        match = rng.choice(found)
        return draft[: match.start()] + other + draft[match.end() :]
    number = _some_number(draft, rng)
    if number is None:
        return None
    words = rng.choice((f"{other}年", f"{other}年度", rng.choice(_LATER), f"in {other} "))
    return _put(draft, rng.choice((0, number.start())), words)


def entity(draft: str, case: Case, rng: random.Random, others: Sequence[str]) -> str | None:
    """Another body or project: in the place of one, or before the sentence or the number."""
    own = {one_line(text) for v in case.values for text in (v.entity, v.project or "")}
    said = " ".join((case.answer.question, *(f"{v.label} {v.metric}" for v in case.values)))
    strangers = [
        name
        for name in (*_STRANGERS, *others)
        if name and not any(name in each or (each and each in name) for each in (*own, said))
    ]
    if not strangers:
        return None
    stranger = rng.choice(strangers)
    for name in sorted((each for each in own if each), key=len, reverse=True):
        if name in draft and rng.random() < 0.8:
            return draft.replace(name, stranger, 1)
    slot = re.search(r"\{\{v\d+\.(?:entity|project)\}\}", draft)
    if slot and rng.random() < 0.8:
        return draft[: slot.start()] + stranger + draft[slot.end() :]
    number = _some_number(draft, rng)
    return number and _put(draft, rng.choice((0, number.start())), f"{stranger}的")


def direction(draft: str, case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A direction that the value has not, or a sign before it."""
    match = _some_number(draft, rng)
    if match is None:
        return None
    value = case.values[int(match[1]) - 1]
    going_down = value.direction in ("减少", "下降")
    wrong = _UPS if going_down else _DOWNS if value.direction else _UPS + _DOWNS
    if value.direction and rng.random() < 0.6:
        spoken = ("减少", "下降", "降低") if going_down else ("增加", "增长", "上升", "提高")
        for word in spoken:
            if word in draft:
                return draft.replace(word, rng.choice(wrong), 1)
        slot = f"{{{{v{match[1]}.direction}}}}"
        if slot in draft:
            return draft.replace(slot, rng.choice(wrong), 1)
    if rng.random() < 0.25:
        return _put(draft, match.start(), rng.choice(("-", "−", "负", "minus ", "－", "+", "不足")))
    return _put(draft, match.start(), rng.choice(wrong))


def numeral(draft: str, _case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A quantity in Chinese characters or English words, in the number's place or beside it."""
    match = _some_number(draft, rng)
    word = rng.choice(_NUMERALS)
    if match is None:
        end = draft.rfind("[")
        return _put(draft, max(end, 0), f"，约{word}") if end > 0 else None
    if rng.random() < 0.5:
        return draft[: match.start()] + word + draft[match.end() :]
    return _put(draft, rng.choice(match.span()), word)


def order(draft: str, case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """Two values changed places, or one in the place of another."""
    for first, second in (("{{v1}}", "{{v1.other}}"), ("{{v2}}", "{{v2.other}}")):
        if first in draft and second in draft:
            number = case.values[int(first[3]) - 1]
            if number.other == f"{number.number}{number.unit}":
                return None
            return _swapped(draft, first, second)
    names = [int(name) for name in dict.fromkeys(_NUMBER.findall(draft))]
    pairs = [
        (a, b)
        for a in names
        for b in range(1, len(case.values) + 1)
        if a != b and not same_amount(case.values[a - 1], case.values[b - 1])
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return _swapped(draft, f"{{{{v{a}}}}}", f"{{{{v{b}}}}}")


def _swapped(draft: str, first: str, second: str) -> str:
    return draft.replace(first, "\0").replace(second, first).replace("\0", second)


def number(draft: str, _case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A clause with a number of its own, at the end of a sentence."""
    ends = [m.start() for m in re.finditer(r"[。；]|\.$", draft)]
    return _put(draft, rng.choice(ends), rng.choice(_NUMBERS)) if ends else None


def sentence(draft: str, case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A sentence that nothing backs: without a citation, with one, or behind a value."""
    words = rng.choice(_SENTENCES)
    cites = [f"[{name}]" for name in case.table.passages] or [""]
    way = rng.randrange(4)
    if way == 0:
        return draft + words
    if way == 1:
        return draft + words[:-1] + rng.choice(cites) + words[-1]
    if way == 2:
        ends = [m.start() for m in re.finditer(r"[。；]|\.$", draft)]
        return _put(draft, rng.choice(ends), rng.choice(_TAILS)) if ends else None
    return words + draft


def metric(draft: str, case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """Another name for the value."""
    places = [s for v in case.values for s in v.sources]
    known = " ".join(
        (
            case.answer.question,
            *(f"{v.label} {v.metric}" for v in case.values),
            *(f"{s.row} {s.column}" for s in places),
        )
    )
    other = rng.choice([name for name in _METRICS if name not in known])
    slot = re.search(r"\{\{v\d+\.label\}\}", draft)
    if slot is None:
        return None
    return draft[: slot.start()] + other + draft[slot.end() :]


def quotation(draft: str, _case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A quotation with one character changed, or of words that stand nowhere."""
    match = re.search('[“"]([\u4e00-\u9fff、（）]{6,})[”"]\\s?\\[', draft)
    if match is None:
        return None
    way = rng.randrange(3)
    if way == 0:
        words = rng.choice(_SENTENCES)[:-1]
    else:
        place = rng.randrange(len(match[1]))
        put = rng.choice("未不没增减高低超少多")
        cut = place + (1 if way == 1 else 0)
        words = match[1][:place] + put + match[1][cut:]
    if words == match[1]:
        return None
    return draft[: match.start(1)] + words + draft[match.end(1) :]


def pieced(draft: str, _case: Case, rng: random.Random, _: Sequence[str]) -> str | None:
    """A clause of a passage with a word of denial or direction put in, turned or left out."""
    match = re.search(r"(?:^|，)([\u4e00-\u9fff、（）]{6,})\[p\d+\]", draft)
    if match is None:
        return None
    turned = ((
        ("增加", "减少"), ("减少", "增加"), ("下降", "上升"), ("提高", "降低"), ("未", ""), ("不", ""),
        ("没有", ""), ("完成", "未完成"), ("有", "没有"), ("达到", "未达到"), ("部分", "全部"),
    ))  # fmt: skip
    usable = [(a, b) for a, b in turned if a in match[1]]
    if usable:
        a, b = rng.choice(usable)
        words = match[1].replace(a, b, 1)
    else:
        words = rng.choice(("并未", "没有", "不再")) + match[1]
    return draft[: match.start(1)] + words + draft[match.end(1) :]


CHANGES: Final[dict[str, Change]] = {
    "digit": digit,
    "unit": unit,
    "scale": scale,
    "year": year,
    "entity": entity,
    "direction": direction,
    "numeral": numeral,
    "order": order,
    "number": number,
    "sentence": sentence,
    "metric": metric,
    "quotation": quotation,
    "pieced": pieced,
}


def mutate(
    kind: str, draft: str, case: Case, rng: random.Random, others: Sequence[str]
) -> Mutated | None:
    """A draft with one slip of the kind; None where the draft has no room for it."""
    text = CHANGES[kind](draft, case, rng, others)
    return None if text is None or text == draft else Mutated(kind, text)
