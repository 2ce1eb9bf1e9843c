"""The page `docs/equations.md`, written from the families' docstrings and from what they find."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Final

from ingest.assertions.families import ASSERTIONS, AssertionFamily
from ingest.equations.families import FAMILIES, FAMILY_NAMES, Family
from ingest.model import Assertion, Document, Equation, Verdict
from ingest.pipeline import read_document
from ingest.quantity import round_half_up

_Either = Family | AssertionFamily
_VERDICTS: Final = {
    Verdict.EXACT: "成立",
    Verdict.ROUNDING: "在尾差范围内成立",
    Verdict.FAILS: "不成立",
    Verdict.NOT_CHECKABLE: "不可查",
}
_HEAD: Final = "2023年度某局部门决算\n\n一、情况说明\n\n"
# Texts that the page runs the checks on, by the name of the family's function.
_EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "unit_slip": (
        "全年预算370.20万元，执行数312.46万元，完成预算的84.4%。\n\n二、明细\n\n项目支出312.46元。",
    ),
    "growth": (
        "公务接待费2.89万元，比上年增加1.21万元，下降29.5%。",
        "其他收入1.42万元，比上年增加1.13万元，增长390.2%。",
        "水利支出512万元，比上年增加32万元，增长7.6%。",
    ),
    "change": ("补助标准为64元，比2022年的60元提高4元。",),
    "zero_base": ("债券收入120万元，比上年增加120万元，增长--（基数为0，不可比）。",),
    "completion": (
        "支出决算3.60万元，完成全年预算6.40万元的56.3%。",
        "全年预算数2,500万元，执行数2,150万元，完成预算的89%。",
    ),
    "share": (
        "采购支出总额560万元。授予中小企业420万元，占采购支出总额的75%。",
        "本年支出36,401.98万元，其中：基本支出34,326.43万元，占94.30%；项目支出2,075.55万元，占7.50%。",
    ),
    "kind_shares": (
        "采购支出总额550万元，其中：采购货物支出100万元、采购服务支出450万元。授予中小企业合同金额460万元，"
        "占采购支出总额的83.6%。货物采购授予中小企业合同金额占货物支出金额的100%，"
        "服务采购授予中小企业合同金额占服务支出金额的60%。",
    ),
    "score_rate": (
        "指标分值6分，评价得分5.5分，得分率为91.7%。",
        "指标分值22分，评价得分17.5分，得分率为75.9%。",
    ),
    "adjustment": ("年初预算200万元，年中调增12.4万元，预算调整率6.2%，全年预算212.4万元。",),
    "sentence_sum": ("采购支出总额512.36万元，其中：货物210.12万元、工程0万元、服务302.23万元。",),
    "remainder": ("安排预算500万元，实际支出450万元，结余60万元。",),
    "named_count": ("内设科室6个，分别为：办公室、法规科、水资源科、建设科。",),
    "count_parts": ("对2023年度34个项目开展绩效自评，其中一级项目9个，二级项目19个。",),
    "row_count": (
        "2023年安排财政项目4个，执行情况如下表。\n\n序号\t项目名称\t执行数（万元）\n1\t校舍维修\t120.50\n"
        "2\t设备购置\t80.00\n3\t教师培训\t15.20\n",
    ),
    "row_deduction": (
        "三级指标\t分值\t得分\t扣分原因\n目标合理性\t4\t3\t目标偏高，扣1分\n资金到位率\t5\t3.5\t配套未到位，扣1.5分\n"
        "采购规范性\t3\t2\t公告超期，扣1分\n资产规范性\t3\t1.5\t卡片未登记，扣1分\n",
    ),
    "list_count": (
        "评价发现存在3个问题：一是预算编制不够准确；二是资金支付偏慢。",
        "（一）立项情况\n\n该指标下设2个三级指标，指标分值7分，评价得分6分。\n\n1.立项依据\n\n指标分值4分，评价得分3分。\n\n"
        "2.前期工作\n\n指标分值3分，评价得分3分。",
    ),
    "named_list": (
        "评价组走访了青山镇、白水镇、黄泥镇4个乡镇，与县财政局、县交通运输局2个部门座谈。",
        "编报范围的单位共4个，分别为：局本级、县图书馆、县文化馆、县博物馆。",
    ),
    "trailing_sum": (
        "上级补助120.00万元、本级财政80.00万元、自筹资金30.00万元，共计250.00万元。",
        "上年结转30.00万元，本年预算安排420.00万元，可用资金合计450.00万元。",
    ),
    "rest_before": ("累计支出392.00万元，结余28.00万元，预算总额430.00万元。",),
    "per_unit": (
        "养护里程1,250公里，养护经费375.00万元，平均每公里养护费用0.35万元。",
        "补贴发放1,200户、户均补贴1,500元，共发放补贴资金180.00万元。",
    ),
    "by_rate": (
        "资金到位率94%。\n\n三级指标\t分值\t评分标准\t得分\n资金到位率\t5\t到位率100%得5分，每低1个百分点扣0.5分\t4.8\n"
        "制度健全性\t5\t健全得5分\t5\n",
    ),
    "per_case": ("每发现一处不合格扣2分，共发现3处，扣4分。",),
    "level_count": (
        "评价组设置一级指标2个、三级指标4个。\n\n一级指标\t三级指标\t分值\t得分\n过程\t制度健全性\t20\t18\n\t资金合规性\t20\t20\n"
        "产出\t工程质量\t60\t57\n合计\t\t100\t95\n",
    ),
    "average": (
        "公务用车运行维护费12.87万元，公务用车保有量5辆，每辆平均运行维护费2.75万元。",
        "接待48批次、346人次，公务接待费3.13万元，人均90.35元。",
    ),
    "sample_rate": (
        "发放问卷400份，回收386份，回收率96.50%，其中有效问卷372份，有效率96.37%。",
        "抽查项目20个，合格18个，合格率95%。",
    ),
    "from_to": (
        "人均补助标准由84元提高到89元，每人增加5元，增长5.95%。",
        "线上申领率由62%提高到91%，提高19个百分点。",
    ),
    "two_years": (
        "2022年接待游客400万人次。2023年接待游客500万人次，增长25%。",
        "2022年培训2,000人次，2023年培训2,500人次，同比增长35%。",
    ),
    "spread_rate": (
        "全年预算100万元。执行数90万元。预算执行率95%。",
        "支出总额500万元。其中基本支出300万元，占70%。",
    ),
    "spread_adjustment": ("年初预算100万元。年中追加20万元。调整后预算130万元。",),
    "year_row": (
        "与2022年相比，公用经费增加8.38万元。\n\n单位：万元\n\n项目\t2022年决算数\t2023年决算数\n人员经费\t597.21\t628.43\n"
        "公用经费\t118.76\t110.38\n",
    ),
    "superlative": (
        "从地区看，甲河区培训人次最多，为2,120人次。\n\n地区\t培训人次\t占比\n甲河区\t2,210\t52.0%\n乙山县\t1,586\t37.3%\n"
        "丙川县\t454\t10.7%\n",
    ),
    "hierarchy_sum": (
        "单位：万元\n\n科目编码\t科目名称\t决算数\n205\t教育支出\t520.05\n20502\t普通教育\t520.05\n"
        "2050201\t学前教育\t200.02\n2050202\t小学教育\t320.04\n",
    ),
    "total_row": ("单位：万元\n\n类别\t金额\n印刷费\t12.30\n租赁费\t8.45\n合计\t21.75\n",),
    "table_rates": (
        "单位：万元\n\n来源\t预算数\t执行数\t执行率\n财政拨款\t1,200.00\t1,128.00\t94.0%\n",
    ),
    "column_relation": (
        "单位：万元\n\n项目名称\t年初预算数\t调整数\t全年预算数\n低保\t2,140.00\t186.20\t2,326.20\n特困\t980.00\t-42.00\t938.00\n"
        "临时救助\t150.00\t38.00\t198.00\n两项补贴\t512.00\t24.60\t536.60\n",
    ),
    "misprint": (
        "林业站实有3,412人。\n\n站点\t实有人数\n林业站\t3,142\n水利站\t2,860\n农技站\t1,975\n合计\t7,977\n",
    ),
    "score_total": ("指标\t分值\t得分\n决策\t40\t36.5\n产出\t60\t55\n总分\t100\t91.5\n",),
    "grade": (
        "综合得分78.6分，等级为“良”。\n\n二、标准\n\n90（含）-100分为“优”，80（含）-90分为“良”，60分以下为“差”。",
    ),
    "rubric": ("得分=（执行率-60%）÷（100%-60%）×8，预算执行率为86%，评价得5.2分。",),
    "rubric_rate": ("按“预算执行率×6”计分，预算执行率95.72%，得5.47分。",),
    "indicator_score": (
        "1.制度执行有效性：分值4分，得2.5分。\n\n三级指标\t分值\t得分\n制度执行有效性\t4\t3\n工程监理情况\t3\t3\n合计\t7\t6\n",
    ),
    "rubric_most": (
        "指标\t分值\t评分标准\t得分\n财务管理\t7\t资料完整、合规使用资金得2分；资料不全的酌情扣分。\t6\n"
        "制度建设\t3\t制度健全得3分，不够健全得1分。\t3\n合计\t10\t\t9\n",
    ),
    "outstanding": (
        "除会议室智能化维护项目尚在服务期外，其他项目均已验收。\n\n项目名称\t完成情况\n"
        "会议室智能化维护项目\t2023年11月1日验收。\n门户网站维护项目\t2023年4月29日验收。\n",
    ),
    "accepted_on": (
        "会议室智能化维护项目于2023年12月1日通过验收。\n\n项目名称\t完成情况\n"
        "会议室智能化维护项目\t2023年11月1日验收。\n门户网站维护项目\t2023年4月29日验收。\n",
    ),
    "indicator_class": (
        "自评表中经济效益指标指标值为“保障网络光纤通畅”，难以衡量。\n\n一级指标\t二级指标\t指标值\n"
        "产出指标\t数量指标\t完成6项工作\n效益指标\t社会效益\t保障网络光纤通畅。\n",
    ),
    "indicator_aim": (
        "（1）提升工作效率\n\n指标值“开发系统功能，推进信息化”，已经达到。\n\n三级指标\t预期指标值\t完成情况\n"
        "提升服务质量\t定期维护系统，保障服务开展\t已完成\n提升工作效率\t定期维护系统，保障服务开展\t已完成\n",
    ),
    "wholly_done": ("按期完工51所，未完工3所。建设任务已全部完成，完工率95.00%。",),
    "named_done": ("其中甲县、乙县、丙区完成全部任务，乙县尚差0.08万亩。",),
    "all_met": (
        "各项绩效指标均已完成。\n\n三级指标\t指标值\t实际完成值\t完成情况\n建档率\t92%\t94%\t完成\n签约率\t75%\t73%\t未完成\n",
    ),
    "none_of_it": ("年末结转结余109.84万元。\n\n二、问题\n\n年末虽无结转结余，但执行不够均衡。",),
    "against_target": ("学员就业率77.84%，高于80%的目标。",),
    "all_within": ("7个项目自评得分均在90分以上，最高99.5分，最低89.2分。",),
    "against_budget": (
        "公务接待费年初预算60.00万元，支出决算42.16万元，决算数大于年初预算数的主要原因是接待增加。",
    ),
    "one_direction": ("会议费10万元，比上年减少2万元，增长16.7%。",),
    "moved_to": ("路面优良率由2022年的88.2%提高至2023年的85.6%。",),
    "unmet": (
        "各项指标均完成年度目标值。\n\n指标\t目标值\t完成值\n养护里程（公里）\t120\t112\n桥梁检测（座）\t15\t15\n",
    ),
    "unchanged": (
        "公务接待费支出3.13万元，与上年持平。\n\n单位：万元\n\n项目\t2022年决算数\t2023年决算数\n公务接待费\t5.20\t3.13\n"
        "公务用车费\t12.40\t12.40\n",
    ),
    "other_rate": (
        "1. 效果\n\n（1）工单转派准确率指标：年初设定准确率为90%，实际准确率为96%。\n\n"
        "（2）工单转派及时率指标：年初设定准确率为95%，实际准确率为98%。",
    ),
    "listed_name": (
        "申报时共设置绩效指标3个，其中“拨付率”“支付合规性”等指标考核财务管理，设置情况如下。\n\n序号\t绩效指标\t指标值\n"
        "1\t拨付率\t91%\n2\t可用率\t99%\n3\t群众满意度\t95%\n",
    ),
    "full_mark": (
        "三级指标\t分值\t得分\t扣分原因\n自评质量\t3\t3\t自评表与自评报告不一致\n制度建设\t7\t6\t制度不够健全\n合计\t10\t9\t\n",
    ),
    "same_or_not": (
        "年初设置的绩效目标与自评阶段的绩效目标保持一致。\n\n二、问题\n\n年初及自评阶段绩效目标设置不一致。",
    ),
    "blank_or_given": (
        "《自评表》三级指标均未填写指标名称。\n\n二、问题\n\n自评表中经济效益指标名称为“资金回笼”，不够规范。",
    ),
    "finding_of_others": (
        "一是大屏采购项目的《申请表》未见部门领导的审批意见。\n\n二、问题\n\n"
        "大屏采购项目、闸机采购项目的《申请表》未见部门领导的审批意见。",
    ),
    "one_holder": (
        "评价机构：甲会计师事务所\n\n二、组织\n\n评价机构为乙工程咨询公司，于2024年开展评价。",
    ),
    "one_grade": ("综合得分88分，评价等级为“优”。\n\n二、结论\n\n项目得分88分，评价等级为“良”。",),
    "document_number": (
        "依据《某某区预算绩效管理办法》（某财〔2020〕86号）。\n\n二、依据\n\n《某某区预算绩效管理办法》（某财〔2020〕68号）。",
    ),
    "report_year": ("截至2022年12月31日，本部门共有车辆3辆。",),
    "figure_year": (
        "2022年度机关运行经费支出56.43万元。\n\n单位：万元\n\n项目\t2023年决算数\n机关运行经费\t56.43\n其他\t12.00\n"
        "合计\t68.43\n",
    ),
    "date_order": ("服务期限为2023年6月1日至2022年5月31日。",),
    "same_fact": (
        "年初预算260万元，年中调减7.38万元，调整后预算252.62万元。\n\n二、问题\n\n年中调减3.78万元，编制不准。",
    ),
}
_INTRODUCTION: Final = """# 勾稽等式

<!-- 由 ingest/equation_docs.py 生成，请勿手改。 -->

报告里的数互相说明：合计与各项、增长率与增减额、正文与表格。装入报告时逐条重算，每条等式有一个结论：

| 结论 | 程序中的名称 | 含义 |
|---|---|---|
| 成立 | `exact` | 重算结果按所印位数四舍五入，与所印的数相同 |
| 在尾差范围内成立 | `rounding` | 各数按所印精度取区间，重算的区间与所印数的区间相交 |
| 不成立 | `fails` | 两个区间不相交 |
| 不可查 | `not_checkable` | 基数为 0、单位不同等，附原因 |

共同的规则：

- 误报比漏报更糟。一句话可以有几种读法时，有一种成立即为成立；只有词句、表式毫无疑义，
  而且哪一种读法都不成立时才报“不成立”，其余一律不作声。
- 每个数按所印位数取闭区间（印作 12.3 的数在 12.25 与 12.35 之间），n 项之和允许 n + 1 个
  半单位的尾差；得分、件数是精确数。
- 近似数（约、近、超）、界限（不低于、≥）不参与。
- 相加（相减）的各项单位相同而所印位数不一的，位数少的视为省去了末尾的零，按各项中最多的位数取区间，
  且不取到区间的端点（四舍五入到不了那里）：30 + 30 + 29.99 = 89.97 不成立，380.17 + 80 = 460.06 不成立；
  1200 + 34.6 = 1234.56 在尾差范围内成立。合计数的位数不改变各项的区间，各项都是整数的照旧。
- 同一处笔误可能使几条等式不成立；单位写错的那一条排在最前。
- 用文字下的结论（未验收、属于哪一类、是哪一等级），与同一份报告里别处的说法对照，列在最后“文字结论”一节；
  只有“成立”“不成立”两种结论，两处原文都保留。
"""


def equations_page() -> str:
    """docs/equations.md: every family with formula, source, example, limits and live results."""
    lines = [_INTRODUCTION, "## 目录", ""]
    for number, family in enumerate(FAMILIES, 1):
        names = "、".join(f"`{name}`" for name in FAMILY_NAMES[family])
        lines.append(f"{number}. {_title(family)}（{names}）")
    for number, words in enumerate(ASSERTIONS, len(FAMILIES) + 1):
        lines.append(f"{number}. {_title(words)}（文字结论：`{words.__name__}`）")
    both: tuple[_Either, ...] = (*FAMILIES, *ASSERTIONS)
    for each in both:
        lines += ["", *_section(each)]
    return "\n".join(lines) + "\n"


def _paragraphs(family: _Either) -> list[str]:
    """The docstring's paragraphs and marked lines, each on one line."""
    text = inspect.getdoc(family) or ""
    pieces: list[str] = []
    for line in text.splitlines():
        starts = not line or line.startswith(("来源：", "例：", "边界："))
        if starts or not pieces or not pieces[-1]:
            pieces.append(line)
        else:
            pieces[-1] += line
    return [piece for piece in pieces if piece]


def _title(family: _Either) -> str:
    return _paragraphs(family)[0].rstrip("。")


def _section(family: _Either) -> Iterator[str]:
    name = family.__name__
    yield f"## {name}"
    yield ""
    for piece in _paragraphs(family):
        mark, found, rest = piece.partition("：")
        yield f"- **{mark}** {rest}" if found and mark in ("来源", "例", "边界") else f"{piece}\n"
    for text in _EXAMPLES.get(name, ()):
        yield from _shown(text, _names(family))


def _names(family: _Either) -> tuple[str, ...]:
    for known, names in FAMILY_NAMES.items():
        if known is family:
            return names
    return (family.__name__,)


def _shown(text: str, names: tuple[str, ...]) -> Iterator[str]:
    """An example as it stands in a report, and the family's equations on it."""
    document = read_document((_HEAD + text + "\n").encode(), "example.txt")
    yield ""
    yield "```"
    yield from (line.replace("\t", " | ") for line in text.strip().splitlines() if line)
    yield "```"
    yield ""
    for equation in document.equations:
        if equation.family in names:
            yield f"- {_result(document, equation)}"
    for assertion in document.assertions:
        if assertion.family in names:
            yield f"- {_worded(assertion)}"


def _worded(assertion: Assertion) -> str:
    sides = "；".join(f"“{said.text}”" for said in (assertion.stated, *assertion.others))
    return f"{assertion.subject}：{sides}：{_VERDICTS[assertion.verdict]}"


def _result(document: Document, equation: Equation) -> str:
    quantity = document.figures[equation.stated].quantity
    stated = f"{quantity.printed}{quantity.unit.symbol}"
    verdict = _VERDICTS[equation.verdict]
    if equation.value is None:
        return f"{stated}：{verdict}（{equation.reason}）"
    value = f"{round_half_up(equation.value, 4).normalize():f}{quantity.unit.symbol}"
    return f"{stated} = {equation.formula}：{verdict}（复算 {value}）"
