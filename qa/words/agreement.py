"""The words that ask whether figures or statements agree, and what a question names besides."""

from __future__ import annotations

import re

from qa.words.cues import content

_VERIFY = re.compile(
    r"算错|算得?对|(?:报表|报告|写|填|数字|数据|数)(?:有)?错|对得上|对不上|对得起来|对上了?吗|加得(?:起来|上|拢)|"
    r"(?:是否|前后|互相|相互|彼此|能否)不?一致|不?一致吗|一不一致|不一致的(?:地方|数据|数字|说法)|"
    r"算得?准(?:吗|么|不准|[?]|$)|准不准|验算|算得[上通拢]|一样吗|是否相同|相同吗|(?:有没有|有无|存在|哪些|什么)(?:前后|互相|自相)?(?:矛盾|出入|冲突|不一致)|矛盾|打架|冲突|"
    r"吻合|相符|勾稽|自洽|是不是错|有没有错|有误|(?:是|为)同一个?(?:数字?|金额|说法)|对吗|对不对|正确吗|是否正确|准确吗|是否准确|属实|请(?:核实|确认)(?!率)|"
    r"算不算[^,;?]{0,5}(?:错|问题)|[是算](?:表格)?(?:错误|错账|差错)(?:吗|\?|$)|是否(?:属于?|算)?(?:差错|错误|有问题)|谁对(?:\?|$)|"
    r"对得上不|加得对|凑得(?:够|上|齐)|等于[^,;?]{0,24}(?:吗|\?)|(?:相加|加)(?:得)?(?:出来|得到)的吗|要紧吗|有问题吗|是不是(?:搞|弄|写)错|"
    r"(?:到底|究竟)?(?:哪一?个|哪边|哪处|谁)(?:数字?)?(?:才?是)?(?:对的?|准|正确)(?:[?,;]|$)|以(?:哪|谁)[^,;?]{0,4}为准|"
    r"(?:表|报告|数据?)?(?:做|弄|搞|列|编)错了?吗|(?:哪里|是不是|有没有)漏了?(?:吗|什么|项)?|"
    r"差的?这?0\.\d+[^,;?]{0,6}(?:怎么回事|哪来|什么原因|为什么|怎么来)|"
    r"(?:加起来|相加|之和)[^,;?]{0,4}(?:是不是|是否|等不等)|是不是(?:同)?一个数|是一个数吗|(?:是否|是不是)相等|相等吗|等不等"
)
# What stands in a question about agreement besides the name of what is asked about.
_AGREEING = re.compile(
    rf"(?:按|照|根据|用)?(?:报告[里中上]?的?)?(?:金额|[增减]加?(?:的?)额|(?:减少|增减|增长|变动)的?额|[增降]幅[和与跟](?:增加|减少|增减)额)"
    rf"(?=(?:来|验|计|推|倒)?算|对得)|(?:{_VERIFY.pattern})|(?:按|照|根据)?(?:[一-鿿]{{0,6}}上)?的?(?:计算|评分)?公式|"
    r"(?:复|重新|计)?算(?:出来|下来|一下|起来)|[给打]出?的分(?!数|值)|前后|互相|相互|彼此|自相|是否|有没有|有无|是不是|能不能|能否|"
    r"(?:和|与|跟|同)?(?:其他|别的|别处|其它|另外|另一|两|各)[^,;?]{0,4}(?:数字|数据|数|处|地方|说法|内容|材料)"
)
# 正文和附表写的, 文字跟表格里: the places that are held against one another.
_PLACE = (
    r"(?:正文|文字(?:说明|部分|描述)?|文本|表格|表[里中上内]|附表|附件|评分表|打分表|情况说明|决算表|"
    r"自评表|汇总表|明细表|对照表|表(?:\d+(?:[-—.]\d+)?|[一二三四五六七八九十]+)|附[件表]\d+)"
)
_PLACES = re.compile(
    rf"{_PLACE}(?:部分|里面?|中|上)?(?:所?写的?|所列的?|列的|给的|说的)?(?:数字?)?(?:和|与|跟|同|、){_PLACE}(?:部分|里面?|中|上)?"
    r"(?:所?写的?|所列的?|列的|给的|说的)?(?:数字?)?|"
    r"(?:报告|全文)?(?:各处|前后|几处|两处)(?:都|所)?[写说]得?的?(?=一致|一样|相同|是不是|是否|对)"
)
_AT_PLACE = re.compile(
    rf"{_PLACE}(?:里面?|中|上)?(?:却|又|则)?(?:写|说|列|是|为)(?:的是|的|着|了)?"
)
_ABOUT_ALL = re.compile(
    r"(?:整[份篇个]|全[文篇部]|这[份篇个些]?|那[份篇个]|本|它|其|该)?(?:绩效|评价|自评|决算|公开)*"
    r"(?:报告|文件|材料|数据|数字|数|内容|说法|地方|问题|错误|自身|本身|项目|之间|文字|表格|表|正文|附件|处|里|中)*"
    r"(?:吗|呢|的|有|存在|检查|核对|核实|看看|找出|列出|都|各|些|和|与|跟)*"
)


def verify_asked(text: str) -> bool:
    return bool(_VERIFY.search(text))


def places_asked(text: str) -> bool:
    """``正文和附表写的一样吗``: two places of a report that are held against one another."""
    return bool(_PLACES.search(text))


def without_places(text: str) -> str:
    """A question without the places that it wants held against one another."""
    return _AT_PLACE.sub(" ", _PLACES.sub(" ", text))


def unverified(clause: str) -> str:
    """A clause without the words that ask whether something agrees; "" where no name is left."""
    bare = re.sub(r"\s+", " ", _AGREEING.sub(" ", without_places(clause))).strip()
    named = _ABOUT_ALL.sub("", re.sub(r"\s", "", content(bare)))
    return bare if len(named) >= 2 else ""


def summed_up(text: str) -> bool:
    """``加起来是100.01%``: the question gives a sum of its own."""
    return bool(re.search(r"加起来|加在一起|合起来|相加|之和|总和|合计|一共|加总", text))
