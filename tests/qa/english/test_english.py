"""English questions: their Chinese text, what of them is not understood, and the answers they get."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.english.questions import to_chinese
from qa.english.slips import plain_english
from qa.english.terms import Kind, stems
from qa.model import Answer, Outcome, PartRef
from qa.naming.names import resolve_names
from qa.words.lexicon import rows, split

Ask = Callable[..., Answer]

# Each text must hold these words in this order.
ORDERS = [
    # ---- amounts
    ("What was the total income of the Linjiang District Water Affairs Bureau in 2023?",
     "Linjiang District Water Affairs Bureau | 2023年 | 总收入 | 是多少"),
    ("How much did the Linjiang District Water Affairs Bureau spend on health (卫生健康支出) in 2023?",
     "2023年 | 卫生健康支出 | 多少"),
    ("How much did the bureau spend on the three public expenses in 2023, in yuan?",
     "2023年 | 三公经费 | 支出 | 多少元"),
    ("What was the 2023 total income (总收入) of the bureau, with the opening carry-over included?",
     "2023年 | 总收入 | 是多少 | 含 | 年初结转和结余"),
    ("Express the bureau's total government procurement (政府采购支出总额) in 2023 in million yuan.",
     "2023年 | 政府采购支出总额 | 多少百万元"),
    ("How many million yuan did the bureau spend in 2022?", "2022年 | 支出 | 多少百万元"),
    ("How much money was allocated to rural road maintenance?", "农村公路养护 | 下达 | 多少"),
    ("How much income did the hospital receive from interest?", "利息 | 收入 | 多少"),
    ("How much of the three public expense budget was left unspent in 2023?",
     "2023年 | 三公经费预算 | 还剩多少"),
    ("Adding up basic salary (基本工资), bonuses (奖金) and performance pay (绩效工资), how much did "
     "the Linjiang bureau pay in 2023?",
     "Linjiang bureau | 基本工资、奖金和绩效工资 | 一共 | 支付 | 多少"),
    ("Please tell me the maintenance cost of official vehicles in 2023 in yuan.",
     "2023年 | 公务用车 | 维护费 | 多少元"),
    ("Under account 2130306, how much basic expenditure was there in 2023?",
     "2130306科目 | 基本支出 | 多少"),
    # ---- points, and what only explains the Chinese
    ("How many points were given for management efficiency (管理效率) in 2024?", "2024年 | 管理效率 | 得了多少分"),
    ('What scoring rate did the indicator "业务管理" (operations management) get?', "业务管理 | 得分率"),
    ("How many more items did the bureau publish on its portal (门户网站) than on its account (政务微信)?",
     "门户网站 | 比 | 政务微信 | 多"),
    # ---- counts
    ('In 2024, roughly how many cases did the district handle through the "commitment-based approval" '
     "route (告知承诺制)?", "2024年 | 告知承诺制 | 办理业务 | 多少宗"),
    ("How many subordinate institutions does the bureau have?", "下属事业单位 | 多少个"),
    ("How many official vehicles were there at the end of 2023?", "2023年年末 | 公务用车 | 多少辆"),
    ("How many people were received in domestic official receptions in 2023?",
     "2023年 | 国内公务接待 | 多少人"),
    ("How many official receptions were held in 2023?", "2023年 | 公务接待 | 多少次"),
    ("How many citizens replied to the satisfaction survey of the grid management project in 2023?",
     "2023年 | 网格化项目 | 满意度调查 | 答复 | 市民 | 多少名"),
    ('How many cases had been handled at the "cloud window" (云窗口) service area since it opened in '
     "June 2024?", "2024年6月以来 | 云窗口 | 服务专区 | 办理业务 | 多少宗"),
    ("How many indicators scored below 90 points?", "得分低于90分 | 指标 | 多少个"),
    ("How many points did the indicator \"on-time completion rate\" lose?", "按期完工率 | 扣了多少分"),
    ("What was the number of training sessions in 2023?", "2023年 | 培训场次 | 多少场"),
    # ---- changes
    ("By how much did the carry-over and balance (结转和结余) of the Linjiang bureau shrink between "
     "the start and the end of 2023?",
     "Linjiang bureau | 2023年年末 | 结转和结余 | 比 | 年初 | 结转和结余 | 减少多少"),
    ("By how much did other income fall in 2023 compared with last year?",
     "2023年 | 其他收入 | 比上年 | 下降多少"),
    ("By what percentage did agency operating expenses grow in 2023?",
     "2023年 | 机关运行经费 | 增长百分之几"),
    ("How did the three public expenses change from 2022 to 2023?",
     "2023年 | 三公经费 | 比2022年 | 变化多少"),
    ("What was the increase in agency operating expenses over the previous year?",
     "机关运行经费 | 比上年 | 增加多少"),
    ("How much more was spent on projects than on basic expenditure?",
     "项目支出 | 比 | 基本支出 | 多多少"),
    ("By how many percentage points did the execution rate rise from 2021 to 2022?",
     "2022年 | 执行率 | 比2021年 | 上升多少个百分点"),
    ("By how much did actual spending exceed the budget?", "实际支出 | 比 | 预算 | 多多少"),
    ('By what percentage did the "无感智办" model for drainage permits (排水许可) shorten the '
     "handling time?", "排水许可 | “无感智办” | 模式 | 办理时长 | 缩短百分之几"),
    ("What was the difference between the opening and closing carry-over and balance?",
     "年初结转和结余 | 和 | 年末结转和结余 | 相差多少"),
    # ---- shares
    ("What share of total government procurement was spent on services in 2023?",
     "服务支出 | 占 | 政府采购支出总额 | 百分之几"),
    ("What percentage of basic expenditure did personnel expenses account for?",
     "人员经费 | 占 | 基本支出 | 百分之几"),
    ("What was the share of project expenditure in total expenditure?",
     "项目支出 | 占 | 总支出 | 比重"),
    ("As a share of total expenditure, how much was basic expenditure in 2023?",
     "基本支出 | 占 | 总支出 | 百分之几"),
    ("What percentage of the budget for official reception was used in 2023?",
     "公务接待费 | 预算执行率"),
    ("How many times as large as basic expenditure was project expenditure?",
     "项目支出 | 是 | 基本支出 | 几倍"),
    # ---- the most
    ('Of the six categories in the spending table of the 2023 "Digital Government" O&M project '
     "(数字政府运维类项目), which one cost the least, and how much was it?",
     "2023年 | 数字政府运维类项目 | 支出明细表 | 六类中 | 哪一个 | 最少 | 是多少"),
    ("Which indicator lost the most points in the campus drinking water project?",
     "校园直饮水项目 | 哪个指标 | 扣分 | 最多"),
    ("Which functional category had the largest expenditure in 2023?",
     "哪个功能分类科目 | 支出 | 最大"),
    ("What were the top three items of goods and services in 2023?",
     "2023年 | 商品和服务支出中 | 最大 | 前三项"),
    ("What are the five largest sub-projects by budget?", "预算 | 最大 | 前五个 | 子项目"),
    ("Which projects had a budget execution rate below 90%?", "哪些项目 | 预算执行率低于90%"),
    ("How many projects had a budget of more than 1 million yuan?",
     "预算超过100万元 | 项目 | 多少个"),
    ("Which indicators did not meet their targets?", "哪些指标 | 未达到 | 目标值"),
    ("What was the highest score?", "得分 | 最高"),
    ("Which was larger in 2023, basic expenditure or project expenditure?",
     "2023年 | 基本支出 | 和 | 项目支出 | 哪个更大"),
    # ---- scores, targets
    ('What scoring rate (得分率) did the indicator "project set-up" (立项情况) get in the evaluation of '
     'the 2023 "Digital Government" O&M project?',
     "数字政府 | 运维项目 | 评价中 | “立项情况”指标 | 得分率 | 是多少"),
    ("What accuracy rate of work-order dispatch (工单转派的准确率) was planned and achieved?",
     "工单转派的准确率 | 计划 | 实际完成 | 分别是多少"),
    ("What was the target for teacher and student satisfaction, and what was actually achieved?",
     "师生满意度 | 目标值 | 多少 | 实际完成 | 多少"),
    ("What grade did the project receive?", "项目 | 等级 | 是什么"),
    ("Did the project meet its target?", "项目 | 是否达到 | 目标值"),
    ("Does the stated scoring rate match the score?", "得分率 | 和 | 得分 | 是否一致"),
    ("Which level-one indicator (一级指标) had the lowest scoring rate (得分率), and what was it?",
     "哪个一级指标 | 得分率 | 最低 | 是多少"),
    ('What score did the indicator "completeness of the management system" (管理制度健全性) receive?',
     "“管理制度健全性”指标 | 得分 | 是多少"),
    ("By how many points did the output indicators (产出指标) fall short of the full mark?",
     "产出指标 | 比 | 满分 | 少多少分"),
    ("How many of the 22 items cost less than 10,000 yuan?", "22项 | 支出低于10000元 | 多少项"),
    ("Was the satisfaction target (满意度) of at least 90% met?", "满意度不低于90% | 是否 | 达到"),
    # ---- text
    ('In which month did the bureau submit the request to approve its 2023 "Digital Government" '
     "projects (立项申请)?", "哪个月 | 报送 | 2023年 | 数字政府 | 立项申请"),
    ("When was the project completed?", "项目 | 什么时候 | 完成"),
    ("Who carried out the project?", "项目 | 由谁 | 实施"),
    ("Who is the director (局长) of the Linjiang Water Bureau in 2023?",
     "Linjiang Water Bureau | 2023年 | 局长 | 谁"),
    ("Which company won the tender?", "招标 | 由 | 哪家公司 | 中标"),
    ("On what basis was the project approved?", "项目 | 批准 | 依据 | 是什么"),
    ('Why were 2 points deducted from the indicator "timely completion rate"?',
     "完成及时率指标 | 扣 | 2分 | 原因"),
    ("What was the value of contracts awarded to SMEs, and what share of total procurement is that?",
     "授予中小企业 | 合同金额 | 是多少 | 占政府采购支出总额 | 百分之几"),
    ("Why did project expenditure increase compared with last year?",
     "项目支出 | 比上年 | 增加 | 原因"),
    ("What caused fiscal appropriation income to rise?", "财政拨款收入 | 上升 | 原因"),
    ('What does "agency operating expenses" mean?', "机关运行经费 | 是什么意思"),
    ("What problems were found in the project?", "项目 | 发现 | 问题 | 有哪些"),
    ("List all suggestions in the report.", "报告 | 建议 | 有哪些"),
    # ---- comparisons, what goes before
    ("Compare the budget and the final expenditure of the project in 2022 and 2023.",
     "2022年和2023年 | 项目 | 预算 | 和 | 支出 | 分别是多少"),
    ("What was the total income from 2021 to 2023?", "2021年至2023年 | 总收入 | 是多少"),
    ("Compared with 2022, by how much did income rise in 2023?", "2023年 | 收入 | 比2022年 | 上升多少"),
    ("According to the basic-expenditure table, what did the bureau spend on repairs (维修（护）费)?",
     "基本支出决算表中 | 维修护费 | 多少"),
    ("Between the start and the end of 2022, did the balance (结转和结余) grow or shrink?",
     "2022年年末 | 结转和结余 | 比 | 年初 | 结转和结余 | 增长还是减少"),
    ("How much did the bureau save on meetings against the budget?", "会议 | 比预算 | 节约 | 多少"),
    ("As of the end of 2024, how many 5G base stations (5G基站) had been built in total?",
     "2024年年末 | 建设 | 5G基站 | 多少"),
    ("What reason was given for the 0.5 points deducted under acceptance (验收情况)?",
     "验收情况 | 扣 | 0.5分 | 原因"),
    ("Who evaluated the project, and when?", "项目 | 由谁 | 评价 | 什么时候"),
    ('How many cases were handled at the "cloud window (云窗口)"?', "“云窗口” | 办理业务 | 多少宗"),
    ("Did basic expenditure increase or decrease in 2023 compared with 2022?",
     "2023年 | 基本支出 | 比2022年 | 增加还是减少"),
    ("What did travel, meetings and training add up to in 2023?",
     "2023年 | 差旅、会议和培训 | 一共多少"),
    ("What's the difference between the budgeted and actual expenditure of the project?",
     "项目 | 预算和实际支出 | 相差多少"),
    ("Could you tell me how much the Yunling Health Bureau received in fiscal appropriations?",
     "Yunling Health Bureau | 财政拨款 | 收入 | 多少"),
    ("WHAT WAS THE TOTAL INCOME OF THE LINJIANG WATER BUREAU IN 2023?",
     "LINJIANG WATER BUREAU | 2023年 | 总收入 | 是多少"),
    # ---- what is said beside the question
    ("How many booths were built, according to the 2024 self-evaluation note?",
     "2024年 | 自评说明中 | 建设 | 多少"),
    ("What was the 2023 budget (not the outturn) for meetings?", "会议 | 2023年 | 预算是多少"),
    ("What was the completion rate of the training sessions in 2023 (actual over plan, in %)?",
     "2023年 | 培训场次 | 完成率 | 是多少"),
    ("On average, how much was spent per event in 2023 (spending divided by events)?",
     "2023年 | 平均每场活动 | 支出 | 多少"),
    ("What length, in km, is recorded for the road in 2023?", "2023年 | 长度 | 是多少公里"),
    ("What was the total income in 2023, expressed in million yuan?", "2023年 | 总收入 | 多少百万元"),
    ("How much did it pay in 2023, in 万元?", "2023年 | 支付 | 多少万元"),
    ("After the mid-year adjustment, how large was the full-year budget in 2024?",
     "年中调整后 | 2024年 | 全年预算 | 是多少"),
    ("Taken together, how much did A县 and B县 spend on roads in 2023?", "一共 | 支出 | 多少"),
    # ---- glosses: units, names, words inside the noun
    ("How much (万元) was paid in 2023?", "2023年 | 支付 | 多少万元"),
    ("How many printed books (万册) did the library hold in 2023?", "2023年 | 图书 | 多少万册"),
    ("How many people visited the Linxi Bridge (林溪大桥) in 2023?", "2023年 | 林溪大桥 | 多少人"),
    ("What was the audited settlement price (结算审定价) of the project?", "项目 | 结算审定价 | 是多少"),
    ("Which of the city study rooms (城市书房) had the second highest number of visits in 2023?",
     "2023年 | 城市书房中 | 哪一个 | 第二高"),
    ("How many fewer cases (受理业务) did Panyu accept in 2024 than in 2023?",
     "2024年 | 受理业务 | 比2023年 | 少多少"),
    # ---- two figures, ellipses, shares
    ("What were the target and the actual anaemia rate (贫血率) of students in 2023?",
     "2023年 | 学生 | 贫血率 | 目标值和实际值 | 分别是多少"),
    ("How many questionnaires were handed out and how many were returned in 2023?",
     "发放问卷 | 多少份 | 问卷 | 多少份"),
    ("What share of the 2023 budget of the project came from the central government?",
     "中央 | 占 | 2023年 | 预算 | 百分之几"),
    ("By how many percentage points did the actual pass rate (合格率) exceed its target?",
     "实际合格率 | 比目标值 | 高多少个百分点"),
    ("By how many kilometres did the pipe laid fall short of the target?",
     "管道 | 比目标值 | 少多少公里"),
    ("By how much did the balance (结转和结余) grow between the start and the end of 2023?",
     "2023年年末 | 结转和结余 | 比年初结转和结余 | 增加多少"),
    ("Which one was open on the fewest days in 2023?", "2023年 | 哪一个 | 开放天数最少"),
    ("Which firm carried out the evaluation of the project?", "评价 | 由哪家公司 | 负责"),
    ("Which document number does the notice of the bureau carry?", "通知 | 文号 | 是什么"),
    ("When was the module handed over to the water bureau?", "什么时候 | 移交"),
    # ---- the trade at large
    ("How many high-blood-pressure patients were under management in 2023?",
     "2023年 | 高血压患者 | 多少"),
    ("How much did the culture fund spend in 2023?", "2023年 | 文化资金 | 多少"),
    ("Which country did the delegation visit in 2023?", "2023年 | 哪个国家"),
    ("Why was the third-quarter 2024 bus subsidy not paid?", "2024年第3季度 | 原因"),
    # ---- follow-ups
    ("And in 2022?", "那2022年呢"),
    ("How much is that in yuan?", "多少元"),
    ("What percentage of total expenditure is that?", "占总支出的百分之几"),
    ("What about official vehicles?", "那公务用车呢"),
    ("Compared with last year?", "比上年呢"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), ORDERS)
def test_words_stand_in_the_order_of_chinese(question: str, expected: str) -> None:
    text = to_chinese(plain_english(question)).text
    at = 0
    for word in expected.split(" | "):
        found = text.find(word, at)
        assert found >= 0, f"{word} not in {text[at:]} ({text})"
        at = found + len(word)


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("What was the total income (总收入) in 2023?", "总收入总收入"),
        ("How much was spent on education (教育支出)?", "教育支出支出"),
        ("Did spending on the three public expenses (三公经费) fall?", "三公经费三公"),
        ("How much did the Linjiang District Finance Bureau spend?", "金融"),
        ("How many schools were renovated?", "多少个"),
        ("What was the budget increase in 2023?", "预算上升"),
        ("How much was saved by reviewing IT projects (审核信息化项目)?", "审核审核"),
        ("How many people came to the Linxi museum (林溪博物馆) in 2023?", "Linxi"),
        ("How many stations had been built before 2024?", "2024年建设"),
        ("What was the accuracy of the orders (not 及时率) in 2023?", "及时率"),
    ],
)
def test_nothing_is_said_twice_or_read_into_it(question: str, never: str) -> None:
    assert never not in to_chinese(question).text


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What was the total income in 2023?", ()),
        ("How many zebras did the Linjiang Water Bureau serenade?", ("zebras", "serenade")),
        ("Did the janitor of Linjiang praise the budget?", ("janitor", "praise")),
        ('What is the "gobbledygook" index?', ("gobbledygook",)),
        ('How much was paid for the "gobbledygook" licence (天书授权)?', ()),
        ("By how much did spending fall, roughly, according to you?", ()),
    ],
)
def test_words_not_understood_are_named(question: str, unknown: tuple[str, ...]) -> None:
    assert to_chinese(question).unknown == unknown


def test_glosses_are_named_in_their_order() -> None:
    question = "Was basic salary (基本工资) above repairs (维修（护）费)?"
    assert to_chinese(question).glosses == ("基本工资", "维修（护）费")


def test_chinese_is_not_translated() -> None:
    assert to_chinese("2023年收入是多少").text == "2023年收入是多少"


def test_translated_words_point_at_their_english() -> None:
    question = "What was the total income in 2023?"
    spans = {gloss.text: question[gloss.start : gloss.end] for gloss in to_chinese(question).spans}
    assert spans == {"总收入": "total income", "2023年": "2023"}


_SAID = """what which how much many did was the of in on and or , ? by than most budget spend spent
cost increase 2022 2023 last year income (总收入) "digital government" share compared with to who why
Linjiang Bureau percentage points lost indicator 1.5 million yuan between end start each"""
_WORDS = st.sampled_from(_SAID.split())


@given(st.lists(_WORDS, max_size=16))
def test_any_words_are_translated(words: list[str]) -> None:
    question = "tell me " + " ".join(words)
    translated = to_chinese(question)
    assert all(0 <= g.start < g.end <= len(question) for g in translated.spans)
    assert "(" not in translated.text
    assert to_chinese(question) == translated


# ---- names


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("How much did the Beihai Education Bureau spend?", ["Beihai Education Bureau"]),
        ("How much did the Linjiang Water Affairs Bureau spend?", []),
        ("How much did the water affairs bureau spend?", []),
        ("How much did the General Office spend?", []),
    ],
)
def test_a_bureau_of_a_place_unknown_to_the_library_is_unknown(
    question: str, unknown: list[str]
) -> None:
    part = PartRef(0, 0, "a.txt", "accounts", "", "海州市临江区水务局", "", "2023")
    names = resolve_names(to_chinese(question).text, [part])
    assert [match.text for match in names.unknown if match.score >= 0.8] == unknown


# ---- the glossary


def test_the_glossary_is_sound() -> None:
    table = rows("english.tsv")
    verbs = (Kind.VERB, Kind.MOVE)
    nouns = [stems(split(row[0])[0]) for row in table if row[2] not in verbs]
    assert sorted(nouns) == sorted(set(nouns))
    doing = [row[0].split("|")[0] for row in table if row[2] in verbs]
    assert sorted(doing) == sorted(set(doing))
    assert {row[2] for row in table} == set(Kind)
    assert all(row[1] for row in table)


def test_patterns_have_templates() -> None:
    table = rows("english_patterns.tsv")
    assert [row[0] for row in table if not row[1]] == []
    assert len({row[0] for row in table}) == len(table)


# ---- answers


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("What was the total income of the Linjiang District Water Affairs Bureau in 2023?",
         "3731.15", "万元"),
        ("How much did the Linjiang water bureau spend on the three public expenses in 2023?",
         "8.6", "万元"),
        ("How much did the water affairs bureau spend on agriculture, forestry and water in 2023?",
         "2850.35", "万元"),
        ("Under account 2130306, how much basic expenditure was there in 2023?", "659.20", "万元"),
        ("By what percentage did agency operating expenses grow in 2023 compared with the previous "
         "year?", "5.3", "%"),
        ("By how much did other income fall in 2023 compared with last year?", "3.6", "万元"),
        ("How many people were received in domestic official receptions in 2023?", "86", "人"),
        ("How many subordinate institutions does the Linjiang District Water Affairs Bureau have?",
         "2", "个"),
        ("What share of total government procurement was spent on services in 2023?", "22.59", "%"),
        ("How much more was spent on projects than on basic expenditure in 2023?",
         "1681.05", "万元"),
        ("How many times as large as basic expenditure was project expenditure in 2023?",
         "2.65", "倍"),
        ("What was the sum of goods procurement and services procurement in 2023?",
         "220.5", "万元"),
        ("What was the closing carry-over and balance of the water affairs bureau for 2023, in yuan?",
         "95000", "元"),
        ("What was the three public expense of the Linjiang District Water Affairs Bureau in 2022?",
         "10.0", "万元"),
        ("What score did the campus direct drinking water renovation project get?", "97", "分"),
        (
            'How many points did "on-time completion rate" of the campus drinking water '
            "renovation project lose?",
            "3",
            "分",
        ),
        ("What was the initial budget of the campus drinking water renovation project in 2022?",
         "260", "万元"),
        ("Which functional category had the largest expenditure in 2023?", "2850.35", "万元"),
    ],
)  # fmt: skip
def test_english_questions_are_answered(ask: Ask, question: str, number: str, unit: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert Decimal(answer.values[0].number) == Decimal(number)
    assert answer.values[0].unit == unit


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        (("What was the agency operating expense of the water affairs bureau in 2023?",
          "And in 2022?"), "43.0"),
        (("How much did the Linjiang Water Affairs Bureau spend on official reception in 2023?",
          "What about official vehicles?"), "7.5"),
    ],
)  # fmt: skip
def test_english_follow_ups(ask: Ask, turns: tuple[str, ...], number: str) -> None:
    answer = ask(*turns)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert Decimal(answer.values[0].number) == Decimal(number)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Why did other income decrease in 2023?", "利息收入减少"),
        ('What does "agency operating expenses" mean?', "购买货物和服务"),
        ("What grade did the campus drinking water project receive?", "优"),
        ("What problems were found in the campus drinking water project?", "管护责任"),
    ],
)
def test_english_questions_about_text(ask: Ask, question: str, word: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert word in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the director of the Linjiang District Water Affairs Bureau?",
        "How much did the Linjiang District Water Affairs Bureau spend on education in 2023?",
        "How many citizens replied to the satisfaction survey of the campus drinking water project?",
        "How many officials travelled abroad in 2023?",
    ],
)
def test_what_the_reports_lack_is_not_answered(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ABSTAINED, answer.text
    assert not answer.values


# ---- further wordings of each kind of question


KINDS = [
    ("And what about 2022?", "那2022年呢"),
    ("How many groups and how many people did the Linjiang bureau host in 2023?",
     "团组多少个 | 接待多少人"),
    ("How much of its 2023 budget did the Linjiang bureau leave unspent?", "预算还剩多少没花完"),
    ("Which projects had no initial budget?", "哪些项目 | 没有年初预算"),
    ("What percentage of total procurement did the Linjiang bureau award to SMEs?",
     "授予中小企业的合同金额占 | 百分之几"),
    ("What was the total income, not counting opening carry-over?", "总收入 | 不含年初结转"),
    ("What was the total income in 2023, carry-over included?", "总收入 | 含结转"),
    ("What were the target and the actual value, and was the target met?",
     "目标值和实际值分别是多少 | 目标值是否达到"),
    ("Which districts had an execution rate of 98% or more?", "哪些区县 | 执行率不低于98%"),
    ("Which projects spent less than 90% of their budget?", "哪些项目 | 预算执行率低于90%"),
    ("How many more lifts were installed in 2023 than in 2022?", "安装电梯比2022年多多少部"),
    ("The centre was set up in 2021, right?", "设立 | 对吗"),
    ("How many stations passed the acceptance, and which ones did not?", "哪些未通过"),
    ("What are the names of the special-bond projects?", "专项债项目叫什么名字"),
    ("What is the execution rate of each district?", "各区县的执行率"),
    ("Going by the 2021 final accounts, what was the income of the Linjiang bureau in 2020?",
     "Linjiang bureau | 2020年 | 收入 | 是多少"),
    ("Linjiang bureau 2023: what did they pay for meetings?", "2023年 | 会议费 | 支付多少"),
    ("How much more was it in 2023?", "2023年比这多多少"),
    ("What did the three counties 临江县, 松坪县 and 青石县 spend?", "临江县、松坪县和青石县 | 支出多少"),
    ("How much was paid for text messages, internet access and lines (短信、上网和专线费用)?",
     "短信、上网和专线费用 | 支付多少"),
    ("Why did Linjiang spend less on the transformation of achievements (成果转化)?",
     "成果转化 | 少 | 原因"),
    ("Of the weak-link improvement project (薄弱环节改善与能力提升), what was the budget?",
     "“薄弱环节改善与能力提升”项目 | 预算"),
    ("How many cases did the court conclude, and how many did it accept?", "审结 | 多少 | 多少"),
    ("What do the three public expenses in 2022 and 2023 add up to?", "三公经费 | 一共多少"),
    ("How come the budget was cut?", "预算 | 调减 | 原因"),
    ("Please calculate the combined expenditure of education and health.", "教育 | 卫生 | 一共"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), KINDS)
def test_each_kind_of_question_in_its_words(question: str, expected: str) -> None:
    text = to_chinese(plain_english(question)).text
    at = 0
    for word in expected.split(" | "):
        found = text.find(word, at)
        assert found >= 0, f"{word} not in {text[at:]} ({text})"
        at = found + len(word)


@pytest.mark.parametrize("word", ["it", "in use", "means", "state", "brought", "flood", "rates"])
def test_small_words_are_no_terms(word: str) -> None:
    assert to_chinese(f"Why did {word} fall?").unknown in ((), (word,))
    assert "信息化" not in to_chinese(f"Why did {word} fall?").text
    assert plain_english(word) == word
