"""Which kind of text a question asks for; None when it asks for a figure."""

from __future__ import annotations

import re

from ingest.reading.text import fold
from qa.texts.asking import COUNTER
from qa.texts.model import TextKind
from qa.texts.numbers import number_keys
from qa.words.agreement import verify_asked

_RULES: tuple[tuple[TextKind | None, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (None, r"是否(?:超过|高于|低于|大于|小于)"),
        (TextKind.FACT, r"(?:几|多少)年一遇|包不包[括含]|含不含"),
        (
            TextKind.DEFINITION,
            r"什么意思|是?指(?:的)?(?:是)?(?:什么|啥|哪)|(?<!为)什么叫|何谓|何为|名词解释"
            r"|的?(?:定义|含义|释义)|怎么理解|^(?:请问)?什么是"
            r"|what does .* mean|what is meant|meaning of|definition|\bdefine",
        ),
        (
            TextKind.DOCUMENT_NUMBER,
            r"文号|发文字号|文件号|文件编号|几号文|(?:第几|哪个|什么)号文"
            r""
            r"|(?:哪|什么|啥)(?:一?[个份]|一)?文件(?:批|同意|规定|明确|印发|发|下达|设立)"
            r"|document number|reference number|文件的?编号",
        ),
        (
            TextKind.REASON,
            r"为什么|为何|为啥|为甚么|何以|何故|原因|原应|缘由|缘故|因为(?:什么|啥)"
            r"|因何|怎么会|怎么(?:少|多|涨|降|增|减|扣|没|这么|那么)"
            r"|怎么(?:就|还|都|又)?(?:比|较)[^,，。;；?？多少]{1,12}(?:少|多|低|高|增|减|降|涨)了?(?:[?？]|$)"
            r"|(?:怎么|如何|怎样|作何)(?:解释|说明)的?\s*(?:[?？]|$)|不够[^,，。?？]{1,6}[?？,，][^?？]{0,8}怎么说"
            r"|怎么(?:扣|会|才|不|就(?:得|只|扣|给|拿))|干嘛|(?<![合监管办受代经])理由|(?:变动|减少|增加|下降|上升|小于|大于)(?:数)?的主要情况|扣分(?:点|依据)|由于什么|是什么导致|受什么影响|凭什么|(?:根子|根源|症结|问题)(?:出)?在(?:哪|什么)|卡在(?:哪[儿里]?|什么地方)了?(?:[?？]|$)|\bwhy\b"
            r"|reasons?\b|what caused|because of what",
        ),
        (
            TextKind.GRADE,
            r"等级|等次|评级|什么档|第?几档|哪[个一]?档|评(?:了|为|上|得)?个?(?:什么"
            r"|啥)(?:等|级)?|优秀还是|优还是|是优(?:吗|还)|合格吗|\bgrade\b"
            r"|\brating\b",
        ),
        (
            None,
            (
                r"最(?:高|低|大|小|多|少|贵|便宜|长|短|快|慢|好|差)|排名|前[一二三四五\d]+"
                r"|倒数|第一名"
            ),
        ),
        (
            TextKind.DATE,
            r"哪[一几]?[天日月]|哪个月|哪一?段时间|哪(?:一)?年(?:度)?(?:$|[^最]*[?？]?$)"
            r"|几[月号日](?!文)|什么(?:时候|时间|日期)|何时|啥时候|几时|日期|起止"
            r"|从.{0,4}到.{0,6}(?:什么时候|哪)"
            r"|(?:服务|实施|验收|报送|签订|合同|完成|建设|开工|竣工|完工|交货|交付|印发|发布"
            r"|服务期)时间(?:是|为|从|呢|$|[?？])|(?:服务|合同)期限?(?:是|为|从|到|呢"
            r"|[?？]|$)"
            r"|\bwhen\b|what date|which (?:month|day|year)|in what (?:month|year)",
        ),
        (
            TextKind.FACT,
            r"(?:编码|编号|电话|号码|地址|网址|邮箱|项目代码|项目属性|项目类型|填报人|填报单位|项目期限|实施期限)(?:是|为|呢|多少|[?？]|$)",
        ),
        (
            None,
            r"多少|百分之几|(?<!哪)几(?:个|项|次|人|家|台|辆|件|宗|座|条|份|场|批"
            r"|分(?!类)|成|倍|元|万|亿|名|户|种|类|处|套|笔|期|天|年|小时|分钟)|多大"
            r"|多高|若干"
            r"|how (?:much|many|large|big)|what (?:was|is|were|are) .*(?:income"
            r"|spending|expenditure|budget|revenue|cost|amount|total|balance|growth)"
            r"|what (?:percentage|percent|share|proportion|amount|total|score|rate)"
            r"|scoring rate|by how"
            r"|(?:超过|高于|低于|大于|小于|达到|不足|少于|多于|正好是|等于)了?\s*\d",
        ),
        (
            TextKind.PERSON_OR_BODY,
            r"谁|哪[一]?家|哪所|哪[一个]?个?(?:公司|机构|单位|部门|局|处室|科室|股室|院校|高校|学校|医院|处|科|企业"
            r"|供应商|事务所|委办|镇街|街道)|什么(?:公司|机构|单位|部门|人)(?!概况"
            r"|职责)"
            r"|(?:第三方|评价|中介)(?:服务)?机构(?:是|叫|为|名称)|(?:供应商|承包商"
            r"|中标人|中标单位|服务商|委托方|委托单位|承担单位|实施单位|主管部门"
            r"|用款单位|牵头单位)(?:是|叫|为|名称|呢|[?？]|$)"
            r"|(?:局长|主任|组长|负责人|联系人|处长|科长|法人代表|法定代表人)(?:是|叫"
            r"|姓|为|呢|[?？]|$)|\bwho\b|\bwhom\b|which (?:company|firm|department"
            r"|bureau|agency|body|unit)|name of the",
        ),
        (
            TextKind.METHOD,
            r"(?:什么|哪些|哪种|哪几种|怎样的?|何种|啥)(?:样的)?(?:评价|评审|评估|分析"
            r"|考核|采购)?(?:的)?(?:方法|方式|手段)|(?:方法|方式|手段)(?:是|有|包括"
            r"|主要|呢|[?？]|$)"
            r"|依据(?:是|有|的是|什么|哪|了|包括|呢|[?？]|$)|(?:什么|哪些|何种"
            r"|啥)(?:政策|法律|评价|文件)?(?:作为)?依据|根据(?:什么|哪)|法律依据"
            r"|政策依据(?!性)|怎么(?:评价|评审|核查)的|how was .* evaluated"
            r"|what methods?|which methods?|basis",
        ),
        (
            TextKind.LIST,
            rf"哪些|哪几|哪\s*[\d两二三四五六七八九十]+\s*{COUNTER}"
            r"|有(?:什么|啥)(?:问题|建议|不足|经验|措施|困难|做法|亮点|改进|内容|职责"
            r"|科室|指标|项目|成效)|列出|列示|列明|罗列|逐[一条项]|全列|列举|列一下|一览|清单|分别(?:是|有|为)(?:什么"
            r"|哪)|各是(?:什么|哪)|包[括含](?:什么|啥)|都有(?:什么|啥|谁)"
            r"|(?:存在的?)?(?:问题|建议|不足|措施|经验|做法|成效|亮点|打算)(?:是什么|有没有|呢|[?？]"
            r"|$)|什么(?:问题|不足|建议|措施|经验)"
            r"|(?:职责|职能|建设内容|主要内容|年度任务|重点工作|内设机构)(?:是|有)?(?:什么|啥)"
            r"|what (?:problems|issues|suggestions"
            r"|recommendations|measures|indicators|sub-?projects|documents)"
            r"|list (?:all|the)|which (?:indicators|projects|sub-?projects|documents"
            r"|problems|items)|what are",
        ),
        (
            TextKind.STATUS,
            r"中期还是终期|(?:哪一?|那一?)步|(?:何种|什么)(?:状态|进展|阶段|进度)|状态|验完没|(?:验收|进展)(?:阶段|节点)"
            r"|怎么(?:一步步|过来)|(?:完成|进展|实施|开展|验收|落实|整改|执行|建设|推进|实现)(?:的)?(?:情况"
            r"|状况|进度|状态|进展|结果)(?:是|怎|如|呢|为|[?？]|$)|(?:完成|验收|通过"
            r"|落实|结束|上线|取消|建成|整改)了?(?:没有|没|吗)|是否(?:已|完成|通过"
            r"|验收|按)|有没有(?:完成|通过|验收|按)"
            r"|到了?(?:什么|哪[一个]?)(?:阶段|程度|地步|步)|进展|什么状态|中期评估"
            r"|终期验收|\bstatus\b|has .* been|was .* (?:completed|accepted)",
        ),
        (
            TextKind.FACT,
            r"什么|啥|怎么|怎样|如何|哪|吗|是否|有没有|是不是|注意|\bwhat\b|\bhow\b"
            r"|\bwhere\b|\bwhich\b",
        ),
    )
)


_DEFINES_QUOTED = re.compile(
    r"(?:怎么|如何|怎样|怎)(?:解释|界定|定义|理解|说明)\s*[“\"「]"
    r"|[“\"「][^”\"」?？]{1,24}[”\"」][一-鿿]{0,4}?的?(?:名词)?(?:解释|释义)"
)


def classify_text(question: str) -> TextKind | None:
    """The kind of text that answers the question; None when it asks for a figure or a comparison.

    A 文号 in a question that asks who or which means: who cites it.
    """
    folded = re.sub("咋", "怎么", fold(question))
    if _DEFINES_QUOTED.search(folded):
        return TextKind.DEFINITION
    text = re.sub(r"[“”\"「」]", "", folded)
    if number_keys(question) and re.search(r"哪|谁|什么|which|who|what", text):
        return TextKind.DOCUMENT_NUMBER
    if verify_asked(text):
        return None
    for kind, pattern in _RULES:
        if pattern.search(text):
            return kind
    return None
