"""The words that tell what a question asks: operation, role, unit, order. Patterns only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import Direction, Role
from ingest.quantity import (
    PERCENT,
    SCORE,
    WAN_YUAN,
    YI_YUAN,
    YUAN,
    Dimension,
    Unit,
)
from ingest.reading.reader import parse_unit

# 预算 that means a budget; in 一般公共预算 and the like it is part of a fund's name.
OWN_BUDGET = r"(?<!一般公共)(?<!基金)(?<!资本经营)预算"
INTERROGATIVE = re.compile(
    r"多少|几|什么|啥|哪|谁|何|吗|是否|有没有|怎么|怎样|如何|多大|为什么|为啥|呢$|多久|多长"
)
_COUNTERS = (
    "个百分点|人次|架次|批次|册次|件次|条次|家次|趟次|台次|车次|人天|台套|个|项|座|台|辆|次|人|名|户|家|宗|件|场|条|份|期|批|本|套|篇|"
    "场次|班次|户次|起|款|株|棵|例|笔|张|册|轮|艘|头|只|枚|盏|幅|眼|趟|栋|处|所|间|亩|公里|千米|平方公里|平方米|立方米|公顷|吨|路|种|类|级|部|门|位|支|组|倍|天|年|个月|小时|分钟|日"
)
COUNTERS = re.compile(_COUNTERS)
# 可以容缺受理的呢: of the 事项 that were counted before.
OF_THE_SAME = re.compile(r"的呢[?？]?\s*$")
"""Measure words of counted things."""

_COUNT_ASK = re.compile(rf"(?:多少|几)(?:万|亿)?(?P<noun>{_COUNTERS})")
# A measure word that is not in the list stands at the end (多少剂?), or is one of the rarer ones;
# 多少乔木 and 多少产值 begin with none.
_RARE = "页卷对列度剂包桶袋盒瓶片粒节班组队封匹口丛幢尾羽斤克席桌堂顿垛筐箱"
_COUNT_ASK_LOOSE = re.compile(
    rf"多少(?:万|亿)?(?P<noun>[一-鿿](?=[呀啊呢嘛]?(?:[,。;?]|$))|[{_RARE}](?=[一-鿿]{{0,4}}(?:[,。;?]|$)))"
)
# 发了多少援助金
_SUM_ASK = re.compile(
    rf"多少(?!{_COUNTERS})[一-鿿]{{1,8}}?(?:补助金|金|款|补贴|补助|津贴|资金|经费|费用|工资|费)(?=[,，。;?？]|$)"
)
_UNIT_ASK = re.compile(
    r"(?:多少|折合?(?:算)?(?:成|为)?|换算(?:成|为)?|换成|合|以|用|按|几|单位[:：是为]?)(?:是)?(?:多少|几)?(?:个)?"
    rf"(?P<unit>亿元|百万元|万元|千元|元|亿(?!{_COUNTERS})|块钱?|万(?=块|[,。;?]|$))(?!人民币以上)"
)
_DURATION = re.compile(
    r"(?:多少|几)(?:个)?(?:天|工作日|小时|分钟|月|年(?![初度末底]))|多久|多长时间"
)

_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"得分率"), Role.SCORE_RATE),
    (re.compile(r"扣(?:了|掉|减|除)?\s*(?:几|多少)?分|失分|丢了?(?:几|多少)?分"), Role.DEDUCTION),
    (re.compile(r"满分|分值|权重|总分值|标准分"), Role.FULL_MARK),
    (
        re.compile(
            r"得了?(?:几|多少)分|得分|评分|拿了?(?:几|多少)分|评了?(?:几|多少)分|打了?几分|总分(?!值)|总得分"
        ),
        Role.SCORE,
    ),
    (
        re.compile(
            r"执行率|支付进度|支出进度|预算完成率|执行进度|"
            r"完成了?(?:[^,。;?]{0,6})?预算(?:数)?的?(?:百分|%|多少|几成|比例)|预算完成(?:情况|得|了?(?:百分|几成|多少))"
        ),
        Role.COMPLETION,
    ),
    (re.compile(r"调整率|调整幅度"), Role.ADJUSTMENT_RATE),
    (re.compile(r"调增|调减|追加|核减|压减|调整了"), Role.ADJUSTMENT),
    (
        re.compile(
            r"指标值|目标值|预期|计划(?!生育|表|[一-鿿]{0,3}局|完成)|年初设定|设定值|"
            r"设定(?:是|为|多少|$)|控制(?:目标|在(?:多少|几))|定(?:的|了)?(?:多少|几)|目标(?:是|为|定|多少|(?:和|与|及|、)实际|[场人期次件户里][次数程]|[?？。]?$)|原定|年初定|定的?(?:是|为)多少"
        ),
        Role.TARGET,
    ),
    (
        re.compile(r"实际(?:完成|达到|值|上|发生)?|完成值|完成了多少|做到|最[后终](?:是|达|完成)"),
        Role.ACTUAL,
    ),
    (
        re.compile(
            r"年初预算|预算数|全年预算|年度预算|预算(?:是|为|有|安排|下达|总额|金额|呢)|(?<!公共)预算多少|预算\s*$"
        ),
        Role.BUDGET,
    ),
)
_RATES = (Role.SCORE_RATE, Role.COMPLETION, Role.ADJUSTMENT_RATE, Role.DEDUCTION)
_TITLED = re.compile(r"《[^》]*》|[“\"][^”\"]*[”\"]")

YOY = (
    r"(?:比|较|跟|和|同|与)(?:它|他|其)?"
    r"(?:(?:的)?(?:上|去|前)(?:一)?年(?:度)?|20\d\d年?度?(?=[,多少增减上下降升高低涨跌变又还]|$)|(?<!\d)[012]\d年度?(?=[,多少增减上下降升高低涨跌变又还]|$)|同期)"
)
_BASIS_BUDGET = re.compile(r"(?:比|较|跟|和|同|与)[^,。;?比]{0,10}?预算")
_BASIS_YEAR = re.compile(YOY + "|同比")
_MOVE = r"增长|增加|上升|上涨|提高|涨|升|下降|减少|降低|下滑|降|跌|减|(?<!新)增|多|少|变化|变动|差|省|节约|节省|超"
_GROWTH = re.compile(
    rf"{YOY}(?:决算数?)?[一-鿿]{{1,2}}了?(?:百分之|%)|(?:{_MOVE})(?:花|用|支|付|收)?(?:出)?了?(?:多少|几)?(?:个)?(?:百分之|%|百分比|百分点|多大幅度)|增长率|增幅|降幅|增速|减幅|"
    rf"变动率|(?:{_MOVE})的?(?:幅度|比例)|涨幅|百分之(?:多少|几)(?=.{{0,3}}(?:{_MOVE}))"
    # 增长多少（百分比）, 增长了多少？要百分数
    rf"|(?:{_MOVE})了?多少[?？,，。\s]*[(（]?(?:请?[给要用]个?出?|求|单位[:：]?)?(?:百分[比数]|%)"
)
_CHANGE = re.compile(
    rf"(?<![^支]出)(?:{_MOVE})(?:了|出|下来|发|下|支出|支|花|付|收|用|给)*(?:多少|几)|(?:{_MOVE}).{{0,3}}(?:金额|额)|相差|差额|差多少|差了|变化(?:了)?多少"
)
_SHARE = re.compile(r"占(?!地|用)|比重|占比|份额|(?:多大|多少|什么)比例|所占")
_RATIO = re.compile(r"(?:几|多少)倍|相当于.{0,24}(?:百分|%|几成|多少)|之比|比值")
_COMPLETE_RATE = re.compile(r"完成率")
_SUM = re.compile(
    r"一共|合计(?=多少|几|花|付|支付|调|有多少)|总共|总计(?=多少|几)|加起来|之和|总和|共计|合起来|加在一起|都算上|加总"
)
_AVERAGE = re.compile(r"平均")
_MOST = re.compile(
    r"(?:哪个|哪项|哪一个|谁)的?更?[多大高](?:$|[,?一些])|最(?:大|多|高(?!人民|限价|法院?|检察?院)|长|贵|好|重)|(?:排|居)(?:在)?(?:第一|首位|前[一二两三四五六七八九十\d]+)|"
    r"前[一二两三四五六七八九十\d]+(?!年|季度|个?月|期|批|者)(?:名|位|项|个|大)?|第一大|最主要|第[二三四五六七八九十][大高多长]|(?<![批人架])次[高多大](?!少)"
)
_LEAST = re.compile(
    r"(?:哪个|哪项|哪一个|谁)的?更?[少小低](?:$|[,?一些])|最(?:小|少|低(?!生活保障|工资|限价|生活标准)|短|差|便宜|末)|倒数|垫底|"
    r"第[二三四五六七八九十][低小少短]|(?<![批人架])次[低少小]"
)
_TOP = re.compile(
    r"前(?P<n>[一二两三四五六七八九十]|\d+)(?!年)(?:名|位|项|个|大|类)?|"
    r"(?P<m>[两二三四五六七八九十])(?:个|项|类)(?=最|[一-鿿]{0,6}最)|"
    r"最[多大高少小低]的?(?P<k>[两二三四五六七八九十])(?:个|项|类|家|笔)"
)
_ROWS = re.compile(
    r"(?:列|包含|包括|有|下设|分为|涉及|分成|由)(?:了|着)?(?:多少|几)(?:个|项|条|类|种|家)|(?:多少|几)(?:个|项)(?:子项|项目|指标|科目|单位|类)"
)
_UPWARD = re.compile(
    r"(?:大幅|明显|显著|猛|持续)?(?:上升|增长|增加|上涨|提高|变多|涨)(?!了?(?:多少|几|百分|率))"
)
_DOWNWARD = re.compile(
    r"(?:大幅|明显|显著|持续)?(?:下降|减少|降低|下滑|变少|缩减)(?!了?(?:多少|几|百分|率))"
)
_LEFT = re.compile(
    r"(?:还)?(?:剩|余|结余|没花|没用|未用|未花)(?:下|出去)?(?:了)?(?:多少(?!个|项|家)|几(?!个|项|家))|剩余多少|没花完|没花出去|(?:没|未)执行|还有多少没|"
    r"(?:没有?|未|尚未)(?:花|用|支出?|使用|执行|支付|拨付)(?:出去|完|掉|了)*的?(?:钱|资金|预算|金额|部分|数)?(?:还)?(?:有|是|为)?多少(?!个|项|家)|"
    r"(?:剩|余)(?:下|余)?的?(?:钱|资金|预算|金额|部分)?(?:还)?(?:有|是|为)多少(?!个|项|家)|"
    r"还有多少[^,;?多少]{0,4}(?:没|未)(?:花|用|支|执行|付|拨)|多少[^,;?多少]{0,4}(?:没|未)(?:花|用|支出|使用)(?:完|掉|出去)?"
)
_NOT_ARRIVED = re.compile(
    r"(?:差|缺|有)(?:多少|几)[^,;?]{0,2}(?:没有?|未)(?:能)?(?:到位|补上|补齐|落实|配上|配齐|到账)"
)
_BACKWARDS = re.compile(
    r"推算|倒推|反推|倒算|反算|推出(?=[来去上前]|20|多少)|(?:新增|增加|新建|扩建|调整)(?:之前|以前)"
)
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a clause asks for, by its question words."""

    role: Role | None
    dimension: Dimension | None
    noun: str
    unit: Unit | None


def asked(clause: str) -> Asked:
    """Role, dimension, counted noun and unit that a clause asks for."""
    role = asked_role(clause)
    unit = asked_unit(clause)
    if unit is not None or re.search(r"多少钱|花了多少(?!个|次)|金额", clause):
        return Asked(role, Dimension.MONEY, "", unit)
    if re.search(r"(?:几|多少)分(?!之|钟)|得分(?!率)|满分|分值|评分|总分", clause):
        return Asked(role, Dimension.SCORE, "", SCORE)
    if re.search(
        r"百分之|百分比|百分率|%|率(?:是|为|有|达|多少|呢|$|各|分别)|比重|占比|几成", clause
    ):
        return Asked(role, Dimension.PERCENT, "", PERCENT)
    if _DURATION.search(clause):
        return Asked(role, Dimension.DURATION, "", None)
    if _SUM_ASK.search(clause):
        return Asked(role, Dimension.MONEY, "", None)
    match = _COUNT_ASK.search(clause) or _COUNT_ASK_LOOSE.search(clause)
    if match and match["noun"] not in "钱的了资金经预收支万亿元比分钟没还未":
        unit = parse_unit(match["noun"])
        if unit is not None and unit.dimension is Dimension.MEASURE:
            return Asked(role, Dimension.MEASURE, unit.noun, None)
        return Asked(role, Dimension.COUNT, match["noun"], None)
    return Asked(role, None, "", None)


_POINTS_ASKED = re.compile(r"(?:多少|几)分(?!之|钟)")  # 预算执行率得了几分


def asked_role(clause: str) -> Role | None:
    """The role asked for: a rate before all, else the one named last; titles do not count."""
    bare = unquoted(clause)
    found: list[tuple[int, Role]] = []
    for pattern, role in _ROLES:
        matches = list(pattern.finditer(bare))
        in_points = role is Role.COMPLETION and _POINTS_ASKED.search(bare)
        if matches and role in _RATES and not in_points:
            return role
        if matches:
            found.append((matches[-1].start(), role))
    if not found and re.search(r"(?:多少|几)分(?!之|钟)", bare):
        return Role.SCORE
    return max(found, key=lambda item: item[0])[1] if found else None


def asked_unit(clause: str) -> Unit | None:
    """The money unit that the asker wants to see."""
    match = _UNIT_ASK.search(clause)
    if not match:
        return None
    return {
        "元": YUAN,
        "块": YUAN,
        "块钱": YUAN,
        "万元": WAN_YUAN,
        "万": WAN_YUAN,
        "亿元": YI_YUAN,
        "亿": YI_YUAN,
    }.get(match["unit"]) or parse_unit(match["unit"])


_SCALE_ASK = re.compile(
    rf"(?:多少|几)(?:个)?(?P<unit>[万亿](?:{_COUNTERS}))(?=[一-鿿]{{0,4}}(?:[,，。;；?？呢]|$))"
    rf"|(?:用|以|换算成|折合成?)[“\"]?(?P<one>[万亿]?(?:{_COUNTERS}))[”\"]?(?:来)?(?:表示|为单位|作单位|做单位)"
)


def asked_scale(text: str) -> Unit | None:
    """The multiple of counted things in which the asker wants to see them: 多少万条, 用“人”表示."""
    match = _SCALE_ASK.search(text)
    return parse_unit(match["unit"] or match["one"]) if match else None


def unquoted(text: str) -> str:
    """The text with what stands in quotes and titles blanked out: names carry no cue."""
    return _TITLED.sub(lambda match: " " * len(match.group()), text)


def growth_asked(text: str) -> bool:
    return bool(_GROWTH.search(text))


def change_asked(text: str) -> bool:
    return bool(
        (_PLANNED.search(text) and re.search(r"多少|几", text))
        or _CHANGE.search(text)
        or re.search(r"多了还是少了|增了还是减了|增减", text)
    )


def basis_asked(text: str) -> str:
    """``上年``, ``预算`` or "": what a change is measured against."""
    if _BASIS_YEAR.search(text):
        return "上年"
    return "预算" if _BASIS_BUDGET.search(text) else ""


def share_asked(text: str) -> bool:
    return bool(_SHARE.search(text)) and not re.search(r"占用|侵占", text)


def ratio_asked(text: str) -> bool:
    return bool(_RATIO.search(text))


def completion_rate_asked(text: str) -> bool:
    return bool(_COMPLETE_RATE.search(text))


def sum_asked(text: str) -> bool:
    return bool(_SUM.search(text))


def average_asked(text: str) -> bool:
    return bool(_AVERAGE.search(text))


def rows_asked(text: str) -> bool:
    return bool(_ROWS.search(text))


def backwards_asked(text: str) -> bool:
    """``按2023年的增减数倒推``: a value of the year before from a stated change."""
    return bool(_BACKWARDS.search(text))


# What a rounded rate gives is only near the amount: the question has to ask for no more.
_ABOUT = re.compile(r"大约|大概|约(?:是|为|有|合|多少|几)|左右|应为|应是|应该是|应当是")


def about_asked(text: str) -> bool:
    """True for a question that is content with what is near, or has it worked out: 大约多少, 推算."""
    return backwards_asked(text) or _ABOUT.search(text) is not None


def left_over_asked(text: str) -> bool:
    return bool(_LEFT.search(text)) or not_arrived_asked(text)


_RATE_SAID = re.compile("率|百分|比|占|进度|几成|%|增|减|降|升|幅|完成")


def rate_said(text: str) -> bool:
    """Whether anything in a text speaks of a rate, a share or a change."""
    return bool(_RATE_SAID.search(text))


def not_arrived_asked(text: str) -> bool:
    """``还差多少没到位``: of what was due, not of what there was to spend."""
    return bool(_NOT_ARRIVED.search(text))


def most_asked(text: str) -> bool:
    return bool(_MOST.search(text))


def least_asked(text: str) -> bool:
    return bool(_LEAST.search(text))


_EITHER = re.compile(
    r"(?P<left>[^,;?]+?)(?:和|与|跟|、|同)(?P<right>[^,;?]+?)(?:相比)?,?(?:哪个|哪项|哪一个|哪一项|谁)的?更?(?P<word>[多大高少小低])"
)


_SAVED = re.compile(r"省|节约|节省|结余")
_PLANNED = re.compile(
    r"(?:比|较|跟|与|高出|超出|超过|低于)\s*(?:年初)?(?:的)?(?:计划|目标|原定|预期|指标值|设定)"
)
_THIN = re.compile(
    r"年初定|原定|定|做到|达到|最[后终]|比|较|跟|与|和|同|高出|超出|超|多|少|高|低|大|小|目标|计划|预期|发|差|相差|增长|增加|减少|下降|"
    r"降|涨|变化|省|下来|节约|预算|决算|预算数|决算数|多少|几|个?百分点|那|就|它|他|其|这|该|条|元|分|占|完成率|完成|的|了|是|为|\s|[,?]"
)


def thin(words: str) -> bool:
    """True when the words say only what to do with a figure, not which one."""
    return len(_THIN.sub("", words)) < 2


def saving_asked(text: str) -> bool:
    """``省了多少``: against the budget, unless another basis is named."""
    return bool(_SAVED.search(text))


def against_plan_asked(text: str) -> bool:
    """``比计划多了多少``, ``高出目标几个百分点``."""
    return bool(_PLANNED.search(text))


def either_asked(text: str) -> tuple[str, str] | None:
    """The two sides of ``甲和乙哪个多``, or None."""
    match = _EITHER.search(text)
    return (content(match["left"]), content(match["right"])) if match else None


def top_asked(text: str) -> int:
    """How many ranks are asked for (前三: 3); 1 when only the extreme is."""
    match = _TOP.search(text)
    if not match:
        return 1
    digits = match["n"] or match["m"] or match["k"]
    return int(digits) if digits.isdigit() else _CHINESE_DIGITS.get(digits, 1)


_NTH = re.compile(
    r"(?:倒数第|第(?=[二三四五六七八九十][大高多长低小少短]))(?P<n>[二三四五六七八九十])|(?<![批人架])次[高多大低少小](?!少)"
)


def nth_asked(text: str) -> int:
    """Which place in a ranking is asked for (第二高, 倒数第三, 次低); 1 for the extreme itself."""
    match = _NTH.search(text)
    return _CHINESE_DIGITS.get(match["n"] or "二", 1) if match else 1


def claimed_direction(text: str) -> Direction:
    """The direction that a question takes for granted (大幅上升的原因), else NONE."""
    up, down = _UPWARD.search(text), _DOWNWARD.search(text)
    if bool(up) == bool(down):
        return Direction.NONE
    return Direction.UP if up else Direction.DOWN


# Words that never name a figure; taken out of a phrase before it is matched.
_FILLERS = re.compile(
    r"请?(?:用|以|按|换算成?|折算成?|折合成?|换成)(?:亿|万|百万)?元(?:作为?|为)?(?:单位)?(?:来)?(?:表示|表达|计算|列示|计(?!提))?(?![一-鿿]*公司)|"
    r"(?:(?<=\s)|^)末(?=\s)|(?<=[日号底末])还(?=有|没|剩|差)|还差(?=多少|几)|[分平]?摊(?:下来|到)|(?<=人)头上|人头上?(?=是|要|有|多少|几)|请问|倒推|麻烦|帮我|帮忙|告诉我|我想知道|想知道|查一下|看一下|说一下|给出|列出|介绍一下|报告(?:里|中|内|上)|"
    r"(?:这|那)(?:个|份|两|几|些|块|里|样|次)+|按照|根据|所以|其中|里面|当中|之中|最后|到底|究竟|大概|大约|大致|具体|"
    r"(?:是|有|为)?(?:多少|几)(?:万|亿)?(?:人次|架次|批次|册次|件次|条次|家次|趟次|台次|车次|场次|班次|户次|公里|千米|平方公里|平方米|立方米|公顷|小时|分钟)|"
    rf"(?:是|有|为)?(?:多少|几)(?:万|亿)?(?:{_COUNTERS})(?![一-鿿])|科目(?![一二三四五六七八九十])|"
    r"(?:是|有|为|得)?多少分(?!之|钟|[一-鿿])|是多少|有多少|为多少|多少|百分之几|百分之|百分比|是什么时候|什么时候|是什么|有什么|什么|哪一?(?:个|项|类|家|些|种|年|天|部门)|"
    r"怎么样|怎样|怎么|如何|几(?:个|项|次|座|台|辆|家|分|人|名|成|倍)|是否|有没有|为何|为什么|"
    r"(?<!\d)20\d\d\s*(?:年度?(?![第末底])|(?=年[末底]))|(?<!\d)[012]\d(?:年(?![末底])|(?=年[末底]))|如果|只算|仅算|只看|单看|光看|自评(?:表)?(?:说明|报告)|决算(?:报告|公开)|前一年|上一年|去年|那一?年|同年|评价报告(?:正文|里|中)?|评价(?=中|里)|到\s*(?=年?底)|年?底手上有?|手上有?|手头有?|它?下面|它?下设|折合成?|折算?成|换算成?|换成|精确(?!率|度|性)|准确(?!率|度|性)|的部分|部分|属于|安排|填报|报告正文|正文|评价时|情况|数额|(?:一|二|三)级指标(?=中|里|当中|之中|哪)|主要是?(?=什么|原因)|"
    r"之后|以后|(?:这|该|那)(?:一)?(?:项|条|块|类|个)(?:指标|经费|资金|支出)?|每一?年|各年|历年|逐年|(?<=\s)合(?=\s|$)|"
    r"[两二三四五六]者|[两二三四五六](?:项|类|家|个)(?:支出|费用|经费|合计)?(?=\s|一|合|加|之|$)|拨付(?!率)|(?<!已)支付(?!率|进度|宝)|付了|付给|花了|用了|花费|"
    r"分别|各自|各是|各为|各有|一共|总共|共计|加起来|万元|亿元|(?<![公美欧])元(?!宝)|一下|列了|写的|那么|请给|"
    r"[的了吗呢吧啊么啥是]"
)
_TAIL = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<!每公)(?<!平方公)(?<!万公)(?:里|中|内|上)(?=$|[\s,])|"
    r"^(?:那|这|它|其(?![他中余])|按(?![期时揭键])|在(?![校职编册岗建园线途库籍产读院])|把(?!关)|"
    r"用(?![水电地车房户人品能工材药餐具途])|从(?![业事])|对(?![口外象比账标])|请)(?=\s*[\u4e00-\u9fff])"
)
_INSIDE = re.compile(r"(?:(?<![公海英])里头?|中|内|里面|当中|之中)\s*$")


_QUOTES = re.compile(r"([“\"《][^”\"》]*[”\"》])")
_AFTER_QUOTE = re.compile(
    r"^(?:这个|该)?(?:[一二三]级指标|这?一?项(?!目)|这个指标|这一?(?:条|块)|指标)"
)
_EDGE = re.compile(
    r"^(?:得了?(?!分|奖|到)|共(?![享建青同产治管用])|里(?!程)|中(?![国央心小学介期标层等级山共])|内(?!部)|则|仅|只(?!有)|到(?![位账期达岗场会货])|和(?![平谐田顺县林龙解睦])|与|,)+(?=\s|[\u4e00-\u9fff]|$)|(?:\s|^)(?:得|共|里|钱|那)+$"
)


_REQUESTED = re.compile(
    r"^\s*(?:请|烦请|麻烦)?(?:分别|逐一|具体)?(?:说明|列示|列出|给出|提供|写出|核实|确认|比较|对比|测算|计算|梳理|查询)(?:一下)?(?=[^\s率表数])"
)


def content(text: str) -> str:
    """The words of a phrase that can name something; blanks where fillers stood.

    What stands in quotes is a name and stays whole.
    """
    pieces = _QUOTES.split(text)
    pieces[0] = _REQUESTED.sub("", pieces[0])
    kept = "".join(
        p if n % 2 else _FILLERS.sub(" ", _AFTER_QUOTE.sub("", p) if n else p)
        for n, p in enumerate(pieces)
    )
    kept = re.sub(r"\s+", " ", kept).strip(" ,。;:?!、")
    kept = _EDGE.sub("", re.sub(r"\s+", " ", _TAIL.sub(" ", kept)).strip(" ,。;:?!、"))
    return (
        re.sub(r"[“”\"]", " ", kept).strip() if kept.count("“") != kept.count("”") else kept.strip()
    )


_ROLE_NAMES = re.compile(
    r"得分率|评价得分|得分|评分|分值|满分|权重|年初设定的?|年初定的?|原定的?|设定|年度指标值|预期指标值|指标值|目标值|预期值|预期|实际完成值|实际值|完成值|实际|"
    r"得分|打分|自评得分|指标$|目标$"
)


def without_role(words: str, role: Role | None) -> str:
    """The words less those that only say the role; all of them where nothing else is left."""
    if role not in (Role.SCORE_RATE, Role.SCORE, Role.FULL_MARK, Role.TARGET, Role.ACTUAL):
        return words
    bare = re.sub(r"\s+", " ", _ROLE_NAMES.sub(" ", words)).strip()
    return bare if len(bare.replace(" ", "")) >= 2 else words


def only_role(words: str, role: Role | None) -> bool:
    """True when the words say nothing but the role (实际, 得分)."""
    return role is not None and len(re.sub(r"[\s共各了]", "", _ROLE_NAMES.sub(" ", words))) < 2


def encloses(clause: str) -> bool:
    """True for ``…中`` and ``…里``: the clause says where the next one looks."""
    return bool(_INSIDE.search(clause))
