"""Requests of official letters as questions: 请提供甲2023年度乙的金额 asks 甲2023年度乙的金额是多少. Pure."""

from __future__ import annotations

import re

from qa.words.cues import COUNTERS

_ADVERBS = (
    r"(?:分别|逐一|逐项|逐条|依次|具体|完整|准确|如实|详细|一并|分项|按项|简要|全部|再次|认真)*"
)
_VERB = (
    r"(?:列示|列明|列出|列举|罗列|提供|给出|写出|说明|报出|计算|测算|汇总|合计|核算|估算|推算|倒推|统计|查询|查找|查明|核查|"
    r"核实|核对|复核|确认|明确|指出|告知|告诉|填报|反映|摘录|摘引|引述|描述|介绍|概述|简述|阐述|归纳|梳理|总结|标明|"
    r"载明|注明|答复|回复|比较|对比|函告|函复|查告|查复|核报|核验|指明|列报|示知|明示|开列|载列)"
)
_PER_YEAR = r"(?P<yearly>(?:分|按|逐)(?:年度?|年份)(?:地)?)?"
_BY = r"(?:依据|根据|按照|据|对照|参照|从|由)(?P<by>[^,，?？]{2,60}[,，]|[^,，?？]{2,60}?)"
_PLEASE = r"(?:请|烦请|敬请|恳请|麻烦)"
_REQUEST = re.compile(
    rf"^\s*(?={_PLEASE}|(?:依据|根据|按照|对照)[^,，?？]{{2,60}}[,，]{_PLEASE}){_PLEASE}?(?:您)?(?:帮我|帮忙|予以|给予)?"
    r"(?:(?:以|按|用)[“\"]?(?P<unit>亿元|百万元|万元|千元|元)[”\"]?(?:[(（][^()（）]*[)）])?"
    r"(?:为?(?:计量)?单位|计|口径)?[,，、]?)?"
    rf"(?:{_BY}{_PLEASE}?)??"
    + _ADVERBS
    + _PER_YEAR
    + _ADVERBS
    + rf"(?P<verb>{_VERB}(?:并|和|、)?{_VERB}?)(?:一下)?(?:出|了)?(?P<what>[^?？]+?)[。.]?$"
)
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|何|吗|是否|有没有|怎么|怎样|如何")
_UNIT = re.compile(
    r"[,，](?:单位|以)(?:为|是|:|：)?(?P<unit>万元|亿元|元)(?:为单位|计)?$|"
    rf"[(（](?P<aside>[万亿]?(?:元|{COUNTERS.pattern})|%)[)）]$"
)
_MEASURED = re.compile(
    r"(?:数|数量|数额|额|金额|率|比例|比重|百分比|份额|预算|决算|支出|收入|得分|分值|满分|评分|总分|余额|结余|面积|成本|值|"
    r"次|数目|费用|经费|费|合计|之和|总和|总数|总额|总量|人数|次数|个数|份数|台数|家数|台套数|(?:基本)?工资|之差|差额|"
    r"降幅|增幅|涨幅|幅度|倍数|里程|时长|规模|单价|均价|造价|补贴|补助|标准|价款|价|量|报酬|薪酬|"
    r"津贴|定额|限额)$"
)
_LISTED = re.compile(
    r"、|及|和|与|(?:19|20)\d\d\s*(?:年度?)?\s*(?:[—–~～至到-])\s*(?:19|20)?\d\d|各年|每年"
)
_NAMED_AS_ONE = re.compile(r"结转和结余|预算和执行|局和|委和")
_COMPARED = re.compile(
    r"[与和][^、，,与和]{1,10}(?:不符|不一致|相符|一致|相关|有关|无关|相比|相对|对应|相同|挂钩)"
)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]$")
_HEADS = re.compile(r"的|[中里]|(?<!\d)年度?|局|委(?!托)|项目(?!支出)|指标")
_BARE = 5  # 金额, 计划值: such an end says how much of what stands before it
_SUMMED = re.compile(r"汇总|合计")
_AGAINST = re.compile(r"[较比]\S{2,14}(?:额|量|数|幅|率|比例|值)$")
_TOGETHER = re.compile(r"(?:之和|总和|合计数?|之差|差额|总数|总额|倍数)$")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_OF_YEAR = re.compile(r"(?:19|20)\d\d年度?")

# Where it is to be found is no part of what is asked for.
_A_PAPER = (
    r"(?:部门|单位|项目|重点|整体支出|支出|绩效|财政|预算|决算|评价|自评|公开|(?<!\d)年度|的|结果|评分|有关|相关|上述)*"
    r"(?:报告|决算|自评|说明|材料|资料|文件|文本|数据|信息|公开|报表|附表|[收支入出决算总自评]+表)(?:书)?"
)
_OF_PAPER = re.compile(rf"{_A_PAPER}(?:及|和|与|、)?(?:{_A_PAPER})?$")
_STANDS_IN = re.compile(rf"{_A_PAPER}(?:中|里|内)?(?:所)?(?:载明|载|列示|列|述|示|披露|反映)的?")

# 辆数, 栋数: how many there are.
_COUNT_OF = re.compile(
    r"(?P<what>.+?)的?(?P<noun>[^的,，、]{0,14}?)的?(?:总)?(?P<unit>[辆栋幢套起列部]|(?<=未|成|供|延|期|误|工|付|拨)天)数$"
)
# 决算数居第二位的项目名称, 投资完成比例最低的乡镇.
_RANKED = re.compile(
    r"(?P<what>.+?)(?:排名|排序)?(?:位居|位列|[居列排])第(?P<at>[二三四五六七八九])位?的(?P<thing>[^的,，、]{1,6}?)(?:名称)?$"
)
_EXTREME = re.compile(
    r"(?P<what>.+?)(?P<most>最[高低多少大小长短])的(?P<thing>乡镇|镇街|街道|项目|科目|类别|单位|学校|县区?|区|镇|村|部门|月份|年份)(?:名称)?$"
)

# What is asked of a thing whose last word is such a one.
_ENDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"的?(?:主要|具体|变动)*(?P<h>原因|理由)$"), "的{h}是什么"),
    (re.compile(r"的?(?:具体)?(?P<h>时间|日期|时点)$"), "的{h}是什么时候"),
    (re.compile(r"(?P<h>人|者|组长|负责人)的?姓名$"), "{h}是谁"),
    (re.compile(r"(?P<h>负责人|责任人|组长|主评人|联系人|牵头人)$"), "{h}是谁"),
    (re.compile(r"(?P<h>科室|处室|股室|目的地)$"), "{h}是哪个"),
    (
        re.compile(
            r"(?P<h>机构|公司|单位|企业|事务所|承建方|供应商|中标人|施工方)的?(?:全称|名称)$"
        ),
        "{h}是哪家",
    ),
    (re.compile(r"(?P<h>场所|地点|场馆|地址)的?名称$"), "{h}是哪里"),
    (re.compile(r"的?(?:全部|具体)?(?P<h>内容)$"), "是什么"),
    (re.compile(r"的?(?P<h>计算过程|计算方法|得分过程)$"), "是怎么计算的"),
    (re.compile(r"对?(?P<h>[\ue000-\uf8ff])的?(?:名词)?(?:解释|定义|含义)$"), "{h}是什么意思"),
    (
        re.compile(r"(?P<h>名称|全称|简称|标题|文号|编号|等级|用途|结论|方法|方式|依据|职务)$"),
        "{h}是什么",
    ),
)
_LISTING = re.compile(r"列|罗列|梳理|归纳|总结|摘录")
_NAME_OF = re.compile(r"的?(?:名称|全称|标题|清单|名单)$")
_THINGS = re.compile(
    r"(?:问题|不足|建议|措施|举措|做法|经验|成效|项目|科目|指标|机构|单位|部门|企业|街道|乡镇|县区?|市|区|场馆|河道|"
    r"内容|职责|情形|方面|工作|任务|内设科室|科室|处室|股室|对象|方向|法规|文件|设备|条款|人员|小区|线路|学校)$"
)


# 把两年的总额列出来, and 花得咋样, before what is really asked.
_HANDED = re.compile(
    r"^(?:请|麻烦|帮我|帮忙)*把(?P<what>[^?？]{4,}?)(?:都|全部?|一并|分别|逐年|逐项)?(?:给我)?"
    r"(?P<verb>列|报|说|拉|查|找|摆|写|理|算)(?:一下|一列|一遍|出来|清楚|给我|出)+(?:看看|吧|呗)?[。.]?$"
)
_OPENING = re.compile(
    r"(?:花|用|使|执行|完成|推进|进展|开展|做|干)得?(?:怎么样|怎样|咋样|如何|好不好|怎么着)[,，](?=[^,，?？]*(?:多少|百分之|几))"
)


# 审计核对所需，请说明…: what it is wanted for.
_PURPOSE = re.compile(r"^[^,，。?？]{2,10}(?:所需|需要|之用|用途)[,，:：](?=请)")


def as_question(text: str) -> str:
    """A request as the question that it is; any other text stays as it is."""
    handed = _HANDED.match(text)
    if handed:
        return as_question(f"请{'计算' if handed['verb'] == '算' else '列出'}{handed['what']}")
    text = _OPENING.sub("", _PURPOSE.sub("", text), count=1)
    request = _REQUEST.match(text)
    if not request:
        return text
    what, verb = request["what"], request["verb"]
    unit = _UNIT.search(what)
    told = (unit["unit"] or unit["aside"] if unit else request["unit"]) or ""
    told = told.replace("%", "")
    what = _placed(what[: unit.start()] if unit else what, request["by"] or "")
    if _ASKS.search(what):
        return f"{what}？" if verb in _NO_ASK or request["by"] else text
    if re.search("推", verb) and not _MEASURED.search(_ASIDE.sub("", what)):
        return text
    return _asked(what, verb, told, yearly=bool(request["yearly"])) or text


_NO_ASK = frozenset(
    ("核对", "核实", "指出", "比较", "对比", "确认", "明确", "复核", "核查", "查明", "告知")
)


def _asked(what: str, verb: str, unit: str, *, yearly: bool) -> str:
    """What is requested as a question, by its last word; "" where that does not tell."""
    bare = _ASIDE.sub("", what)
    if _LISTING.search(verb) and (_NAME_OF.search(bare) or not _MEASURED.search(bare)):
        things = _NAME_OF.sub("", bare)
        if _NAME_OF.search(bare) or _THINGS.search(things):
            return f"{things}有哪些？"
    if _DURATION.search(bare):
        return f"{what}是多少{unit}？"
    two = _TWO.match(bare)
    if two:
        asks = [_by_end(two["a"]), _by_end(two["b"])]
        return f"{asks[0]}，{asks[1]}？" if all(asks) else ""
    placed = _by_place(bare)
    if placed:
        return f"{placed}？"
    asked = _by_end(bare)
    if asked:
        return f"{asked}？"
    if _DATA.search(bare) and _MEASURED.search(_DATA.sub("", bare)):
        return f"{_DATA.sub('', bare)}是多少{unit}？"
    if not _MEASURED.search(bare):
        return ""
    if _SUMMED.search(verb) and not re.search("合计|之和|总和|总计$", bare):
        return f"{what}合计是多少{unit}？"
    apart = _several(what) and not _TOGETHER.search(bare) and not _AGAINST.search(what)
    back = "倒推" if "倒推" in verb else ""
    return f"{what}{back}{'各' if yearly or apart else ''}是多少{unit}？"


def _by_place(what: str) -> str:
    """What asks which one has a place in an order, or how many there are; "" for anything else."""
    ranked, extreme, count = _RANKED.match(what), _EXTREME.match(what), _COUNT_OF.match(what)
    if ranked:
        return f"{ranked['what']}排第{ranked['at']}的是哪个{ranked['thing']}"
    if extreme:
        return f"{extreme['what']}{extreme['most']}的是哪个{extreme['thing']}"
    if count and not _several(what):
        return f"{count['what']}{count['noun'] or '有'}多少{count['unit']}"
    return ""


def _by_end(what: str) -> str:
    """What asks for a name, a date or a cause, by its last word; "" for anything else."""
    for pattern, form in _ENDS:
        found = pattern.search(what)
        if found:
            return f"{what[: found.start()]}{form.format(h=found['h'])}"
    return ""


_DURATION = re.compile(
    r"(?:平均[^，,]{0,8}|响应|等待|处置|办理|办结|到场|停工|审批|通行|受理|使用|工作|服务|开放|运行)时间$"
)
# 报告的文号及主评人姓名; 甲数及乙数 are figures and asked for together.
_TWO = re.compile(
    r"(?P<a>[^、]{4,}(?:名称|文号|编号|时间|日期|姓名|等级|原因))(?:以?及|和|与)(?P<b>[^、,，和与及]{2,10})$"
)
_DATA = re.compile(r"的?(?:相关)?(?:数据|情况)$")


def _placed(what: str, by: str) -> str:
    """What is requested, after whose report it is to be taken from; the paper itself left out."""
    stands = _STANDS_IN.search(what)
    if stands and _YEAR.search(what[stands.end() :]):
        # 2023年度报告所列2021年: the year of the report is not the one that is asked for.
        what = _OF_YEAR.sub("", what[: stands.start()]) + what[stands.start() :]
    what = _STANDS_IN.sub("", what)
    whose = _OF_PAPER.sub("", by.rstrip(",，")).rstrip("的 ")
    if not whose or _LOOSE.fullmatch(whose):
        return what
    if _YEAR.search(what):
        whose = _OF_YEAR.sub("", whose)
    return what if what.startswith(whose) else f"{whose}{what.removeprefix('其')}"


_LOOSE = re.compile(r"(?:(?:19|20)\d\d年度?|公开|有关|相关|上述|实际|该|其|本)*")


_EACH_OF = re.compile(
    r"(?:\d+|[两三四五六七八九十]+)[个项家][^的,，]{2,10}的?(?:评价|自评)?(?:得分|评分|金额)$"
)


def _several(what: str) -> bool:
    """Whether what is requested is a list: its last part, or the one before a bare measure."""
    if _EACH_OF.search(what):
        return True
    bare = _COMPARED.sub("", _NAMED_AS_ONE.sub("", what))
    pieces = [piece for piece in _HEADS.split(bare) if piece]
    last = pieces[-2:] if len(pieces[-1]) < _BARE else pieces[-1:]
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", what)
    return len(set(years)) > 1 or any(_LISTED.search(piece) for piece in last)
