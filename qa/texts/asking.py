"""What a question about text asks after: its naming words, and how many entries it speaks of."""

from __future__ import annotations

import re

from qa.texts.outline import ordinal_of
from qa.words.lexicon import words

_NUMERAL = r"[\d一二两三四五六七八九十]{1,3}"
# What entries of a list are counted by; 大 may stand before it (三大方面).
COUNTER = r"大?(?:方面|部分|阶段|环节|层面|[个项类家种条点处份步笔批名位所座件章句则块])"
_ASKED_COUNT = re.compile(
    rf"哪\s*(?P<asked>{_NUMERAL})\s*{COUNTER}"
    rf"|(?<![下上第进同每某])(?P<told>{_NUMERAL})\s*{COUNTER}[^,，。;；?？]{{0,12}}"
    r"(?:[,，]\s*(?=具体|都|分别|各|是|有))?(?:分别|各|具体|都)?(?:是|指|为|叫|有)(?:些)?(?:什么|哪|啥)"
    rf"|(?<![下上第进同每某])(?P<named>{_NUMERAL})\s*{COUNTER}[^,，。;；?？]{{0,12}}?的?(?:名称|名字)"
)
# Words that ask, or say where to look, and name nothing.
_PHRASES = re.compile(
    r"(?:针对|对于?|关于|围绕|就)?(?:这|那|上述|以上|前述|该)些?(?:存在的?|主要)*(?:问题|不足|情况)"
    r"|(?:部门)?决算(?:报告|公开)?(?:里|中|上)?(?:面)?(?:所列|列的|(?:提|说|写)到?的)的?"
    r"|(?:这|那)一?(?:笔|项|个|些|次|批|份|两份|几份|几项|两个|几个|一条|条|点)(?:钱|资金|经费|报告)?"
    r"|(?:请|完整|逐[一条项]|全文|原文)*(?:列示|列明|罗列|提供一?下?|梳理|描述|概述|介绍一?下?|说明一?下?(?=[^书]))"
    r"|这块|那块|自己|来着|(?:名字|名称)(?=\s*[?？]|\s*$)|都?挑了?(?=哪)|(?<=[,，里中])算(?=[^法术数账])|考(?:核)?(?=哪|什么)|(?:是)?(?:如何|怎么|怎样)?表述的?"
    r"|全列出?来?|偏差(?=原因)|说(?=自己)|所(?=[指列提述设])|认定|(?:挑|找|查)出?了|(?:设置|设定|规定|安排)了?(?=的)|处于|截至|节点|何种|走到|一步步|一路"
    r"|到了?(?=什么|哪|何)|状态|(?:是|还是)(?=中期|终期)|结果(?=\s*[?？]|\s*$)|(?:的|之)?名词解释|解释|定义"
    r"|自评(?!报告|工作|材料|表|阶段)|发现了?|存在|这么多?|那么多?|最[后终近]|到底|究竟|承认|指出|提出|提到"
    r"|给出|针对|反映出?|归纳|揭示|提了?|认为|担任|月底|什么(?:时候|时间|日期|地方|原因|样|缘故)?|何时|何地"
    rf"|哪(?:几|[一些]|\s*{_NUMERAL}\s*)?(?:{COUNTER}|个|里|儿|天|月|年)?"
    r"|几[个]?(?:方面|项|条|点|个|类|种)|[两三四五]?(?:个)?方面"
    r"|主要|(?:评价|自评)?报告(?!书|期)(?:里面?|中|上|前后)?|说明(?!书)|啥|怎么样?|怎样|如何|分别|各自|各?(?=\s*(?:是|指出|提出|有|为)?了?(?:什么|哪|啥))"
    r"|情况|进展|程度|(?<!申)请(?![示求假])|全部列出|列出了?|列了|列举|写了|写的|多少|下面|具体(?!办法|标准)"
    r"|原因|为什么|为何|为啥|是因为|因为|大幅|一大截|比?上年|比?去年|比年初预算|增长|增加|减少|下降|上升"
    rf"|(?<![\d一二三四五六七八九十第]){_NUMERAL}\s*(?:个|项|条|类|份|点|处|家)(?=[一-鿿]{{2}})"
    r"|(?<=年初)(?:所?设定?|定)(?=的)|来(?=\s*[?？,，]|\s*$)"
    r"|分(?:为|成)?(?=哪)|用(?:在|到|来)了?(?:做|干)?(?=什么|哪|啥)|有没有|没有?(?!有?(?:完成|达标|达到|实现))(?=[一-鿿])|是否|是不是|后来|怎么办|所有|全部|还有|之外|以外|一共|总共|属于|才算|那项|这项"
)
_ALWAYS = "的了是吗呢也都?？,，。、;；:：()（）"
_LOOSE = frozenset(_ALWAYS + "从向把被给由在和与到里中有所以及对为要会可能个")
_STRAY = re.compile(r"\s+|(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元|[%％]|个百分点|万|亿)")


def naming_words(text: str) -> tuple[str, ...]:
    """The runs of a question that can name something; at least two characters each.

    Amounts with their unit name something too; they come last.
    """
    bare = _PHRASES.sub(" ", _AMOUNT.sub(" ", text))
    kept = "".join(" " if _drops(bare, at) else ch for at, ch in enumerate(bare))
    named = [word for word in _STRAY.sub(" ", kept).split() if len(word) > 1]
    return (*named, *(re.sub(r"\s", "", match.group()) for match in _AMOUNT.finditer(text)))


def _drops(text: str, at: int) -> bool:
    """True for a function word; 中 in 中心 and 有 in 有效 are part of a word."""
    ch = text[at]
    if ch not in _LOOSE:
        return False
    common, deeds = words("common_words.txt"), words("deeds.txt")
    around = (text[max(at - 1, 0) : at + 1], text[at : at + 2])
    return ch in _ALWAYS or not any(
        len(pair) == 2 and (pair in common or pair in deeds) for pair in around
    )


def asked_count(question: str) -> int | None:
    """How many entries the question speaks of: 5 in 有哪五条, 6 in 六个指标各是什么."""
    match = _ASKED_COUNT.search(question)
    if match is None:
        return None
    numeral = (match["asked"] or match["told"] or match["named"]).replace("两", "二")
    count = int(numeral) if numeral.isdigit() else ordinal_of(numeral)
    return count if count > 1 else None
