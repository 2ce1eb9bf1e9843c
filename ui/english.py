"""English for every Chinese text of the screens, in the order in which they meet the reader."""

from __future__ import annotations

from ui.english_audit import AUDIT_ENGLISH
from ui.english_compare import COMPARE_ENGLISH
from ui.english_eval import EVAL_ENGLISH
from ui.english_model import MODEL_ENGLISH
from ui.english_page import PAGE_ENGLISH
from ui.english_portfolio import PORTFOLIO_ENGLISH
from ui.english_suites import SUITES_ENGLISH
from ui.english_web import WEB_ENGLISH

ENGLISH = {
    # kinds of report
    "部门决算": "final accounts",
    "部门预算": "departmental budget",
    "项目绩效评价报告": "project evaluation",
    "项目绩效自评": "project self-evaluation",
    "部门整体支出绩效自评": "unit self-evaluation",
    "其他": "other",
    # help
    "对中文财政报告提问、比对：每个显示的数都先由程序复算。": (
        "Ask and compare Chinese public-finance reports: every shown number is recomputed first."
    ),
    "先用 gouji ingest 载入报告，再用 gouji ask 提问。": (
        "Load reports with gouji ingest, then ask with gouji ask."
    ),
    "资料库所在文件夹": "folder of the library",
    "配置文件": "configuration file",
    "界面语言": "language of the screens",
    "显示版本": "show the version",
    "输出 JSON": "print JSON",
    "列出全部设置及其现值。": "List all settings with their values.",
    "载入报告：文件、文件夹或通配符；已载入的不重复读取。": (
        "Load reports: files, folders or patterns; what is loaded already is not read again."
    ),
    "列出已载入的报告。": "List the loaded reports.",
    "从资料库删去报告。": "Remove reports from the library.",
    "重读每份报告的原文，核对库中每个数仍在原处。": (
        "Read every report's text again and check that each stored figure still stands there."
    ),
    "由库中的数重建检索索引；换用向量模型后需要。": (
        "Rebuild the search index from the library; needed after changing the embedding model."
    ),
    "把台账从文件夹里的 SQLite 迁到设置 ledger_url 所指的 PostgreSQL。": (
        "Move the ledger from SQLite in the folder to the PostgreSQL that ledger_url names."
    ),
    "迁移台账": "moving the ledger",
    "已把 {n} 份报告的台账迁到 {place}；原来的台账留作备份：{kept}": (
        "Moved the ledger of {n} reports to {place}; the former one is kept: {kept}"
    ),
    "换用的向量模型：文件夹或名称": "the embedding model to use: a folder or a name",
    "章节": "sections",
    "表格": "tables",
    "全部数值及其位置": "all figures and their places",
    "提问；每个答案都附出处和核对结果。": (
        "Ask; every answer comes with its sources and how it was checked."
    ),
    "连续对话，后一问可省略前一问已说的内容": (
        "converse; a question may leave out what the one before it said"
    ),
    "逐行读取 JSON 问题（id、question、followup_of），逐行输出 JSON 答案；- 为标准输入": (
        "read JSON questions line by line (id, question, followup_of) and print a JSON answer "
        "for each; - is standard input"
    ),
    "只查这个单位": "only this unit",
    "只查这个年度": "only this year",
    "只查这个项目": "only this project",
    "只查这类报告，如 部门决算": "only reports of this kind, such as final_accounts",
    "只查这份报告（名称或其一部分）": "only this report (its name or a part of it)",
    # settings
    "（默认 {value}）": " (default {value})",
    # how click speaks
    "用法：": "Usage: ",
    "选项": "Options",
    "命令": "Commands",
    "显示这页说明": "show this page",
    "{problem}；用法见 {command} --help": "{problem}; see {command} --help",
    "没有 {name} 这个命令": "there is no command {name}",
    "没有 {name} 这个选项": "there is no option {name}",
    "，是不是 {close}": ", perhaps {close}",
    "选项 {name} 的写法不对，或缺少它的值": "option {name} is miswritten or lacks its value",
    "缺少 {name}": "{name} is missing",
    "{name} 只能是 {choices}": "{name} is one of {choices}",
    # errors
    "已中断。": "Interrupted.",
    "错误：{message}": "Error: {message}",
    "找不到这个文件或文件夹，请检查路径": "no such file or folder; check the path",
    "没有读写权限，请检查文件的权限": "permission denied; check the file's permissions",
    "该位置只读，请用 --data 指定可写的文件夹": "read-only; name a writable folder with --data",
    "磁盘已满，请腾出空间后重试": "the disk is full; free some space and try again",
    "这是文件夹，不是文件": "this is a folder, not a file",
    "路径中有一段不是文件夹": "a part of the path is not a folder",
    "同名文件已存在": "a file of that name exists already",
    "资料库不可写，请检查文件夹的权限，或用 --data 换一个文件夹": (
        "the library cannot be written to; check the folder's permissions, or name another "
        "with --data"
    ),
    "资料库正被另一个程序占用，请稍后重试": "another program is using the library; try again later",
    "资料库打不开，请检查文件夹的权限": "the library cannot be opened; check the folder's permissions",
    "读写资料库所在的磁盘时出错，请检查磁盘": "the library's disk failed to read or write; check it",
    # loading
    "读取报告": "reading",
    "已载入": "loaded",
    "内容未变，未重读": "unchanged, not read again",
    "已替换旧版": "replaced an older edition",
    "提醒 {n} 条，见 gouji show {id}": "{n} remarks: gouji show {id}",
    "数 {figures} 个，等式 {n} 条": "{figures} figures, {n} equations",
    "{seconds} 秒": "{seconds} s",
    "找不到这个文件或文件夹": "no such file or folder",
    "{what}：没有读写权限，请检查文件夹的权限": (
        "{what}: permission denied; check the folder's permissions"
    ),
    "没有权限打开这个文件夹": "no permission to open this folder",
    "与已载入的 {name} 内容相同，未重读": "same content as {name}, which is loaded; not read again",
    "已中断。读完的报告已在资料库里；再运行一次同样的命令，会接着读其余的。": (
        "Interrupted. What was read is in the library; the same command goes on with the rest."
    ),
    "共 {n} 个文件：{counts}。": "{n} files: {counts}.",
    "载入 {n}": "{n} loaded",
    "替换 {n}": "{n} replaced",
    "未变 {n}": "{n} unchanged",
    "失败 {n}": "{n} failed",
    "另有 {n} 个文件的类型（{kinds}）目前不能读取，未载入。": (
        "{n} more files are of a type ({kinds}) that cannot be read yet and were left out."
    ),
    "没有找到可读取的文件：{what}。可读的类型：{kinds}。": (
        "No readable file found: {what}. Readable: {kinds}."
    ),
    "再读一遍以前读取失败的文件": "read again the files that could not be read before",
    "没有读取失败的文件。": "No file has failed to be read.",
    "显示一份报告读出的内容，或把原件的一页画成图片。": (
        "Show what was read of a report, or draw a page of the original."
    ),
    "要画的页（从 1 数起）": "the page to draw, from 1",
    "在图上框出的数值：编号，或原文写法": (
        "the figure to box on it: its number, or as it is printed"
    ),
    "画页面要同时写出页码或数值，和图片的文件名（如 out.png）": (
        "to draw a page, give a page or a figure and the name of the picture, such as out.png"
    ),
    "这种格式画不出页面，改为写出所在段落或表格（HTML）。": (
        "No page can be drawn of this format; its paragraph or table is written as HTML."
    ),
    "“{typed}”有多处，请写数值编号：{named}": (
        "“{typed}” stands in several places; give the number of one: {named}"
    ),
    "没有编号或写法为“{typed}”的数值；编号见 gouji show --figures": (
        "no figure has the number or the print “{typed}”; see gouji show --figures"
    ),
    "改为列出读取失败的文件及原因": "list the files that could not be read, and why",
    "共 {n} 个文件读取失败；改好后用 gouji ingest --retry 重读。": (
        "{n} files could not be read; mend them, then run gouji ingest --retry."
    ),
    # the library
    "资料库是空的。用 gouji ingest 文件夹 载入报告。": (
        "The library is empty. Load reports with gouji ingest FOLDER."
    ),
    "没有名为“{typed}”的报告": "no report is named “{typed}”",
    "；最接近的是 {name}": "; the nearest is {name}",
    "；已载入的报告见 gouji list": "; see gouji list for what is loaded",
    "“{typed}”对应多份报告，请写编号：{names}": (
        "“{typed}” fits several reports; give the number of one: {names}"
    ),
    "已删去 {name}": "removed {name}",
    "{figures} 个数重读了一遍，{agreed} 个与原文一致。": (
        "{figures} figures were read again; {agreed} agree with their text."
    ),
    "✗ {name}：{problem}": "✗ {name}: {problem}",
    "✗ {name} 第 {figure} 个数：库中为 {stored}，原文为 {found}": (
        "✗ {name} figure {figure}: stored {stored}, found {found}"
    ),
    "重建检索索引": "rebuilding the search index",
    '请在 config.toml 中写入 embedder = "{model}"，以后才会用它。': (
        'Write embedder = "{model}" into config.toml, so that it is used from now on.'
    ),
    "已重建检索索引。": "The search index was rebuilt.",
    "编号": "no.",
    "文件": "file",
    "类型": "kind",
    "单位": "unit",
    "项目": "project",
    "年度": "year",
    "等式": "equations",
    "数值": "figure",
    "指标": "metric",
    "类别": "role",
    "期间": "period",
    "口径": "scope",
    "位置": "place",
    "第 {no} 个表": "table {no}",
    "章节 {n} 个": "{n} sections",
    "表格 {n} 张": "{n} tables",
    "数值 {n} 个": "{n} figures",
    "等式 {n} 条：{verdicts}": "{n} equations: {verdicts}",
    "{rows} 行 {columns} 列": "{rows} rows, {columns} columns",
    "（无标题）": "(no title)",
    "一致": "exact",
    "不一致": "fails",
    "无法核对": "not checkable",
    "预算数": "budget",
    "增减额": "change",
    "增减率": "growth",
    "完成率": "completion",
    "占比": "share",
    "目标值": "target",
    "完成值": "actual",
    "分值": "full mark",
    "得分": "score",
    "得分率": "score rate",
    "调整额": "adjustment",
    "调整率": "adjustment rate",
    "扣分": "deduction",
    # asking
    '请给出一个问题（gouji ask "…"），或用 -i 对话，或用 --batch 文件。': (
        'Give one question (gouji ask "…"), or converse with -i, or read --batch FILE.'
    ),
    "没有“{kind}”这类报告，可选：{names}。": "There is no kind “{kind}”; choose from: {names}.",
    "连续提问；输入“退出”或按 Ctrl-D 结束。": "Ask on; “exit” or Ctrl-D ends.",
    "问> ": "ask> ",
    "前面没有 id 为 {id} 的问题得到回答": "no earlier question with id {id} was answered",
    "已忽略不认识的字段 {key}。": "Ignored the unknown key {key}.",
    # answers
    "报告自身前后不一致": "The report contradicts itself",
    "请选择": "Please choose",
    "不作答": "No answer",
    "已复算": "recomputed",
    "舍入内一致": "holds within rounding",
    "由原文数算出": "computed from stated figures",
    "原文数，无可复算的等式": "as stated; no equation to check it by",
    "识别存疑，请对照原页": "not surely recognised: compare the page",
    "矛盾": "contradicted",
    "，对照值 {other}": "; against {other}",
    "算式": "How it was computed",
    "所在等式": "Equations that it takes part in",
    "：": ": ",
    "另有 {n} 条，没有不一致的；全部见 --json": "{n} more, none of which fails; --json has all",
    "预算调整": "budget after adjustment",
    "句中合计": "sum within a sentence",
    "余额": "remainder",
    "与上年持平": "level with last year",
    "列名项数": "number of named items",
    "各行合计": "sum over rows",
    "等级": "grade",
    "评分公式": "scoring formula",
    "表间对应": "tie between tables",
    "各栏合计": "sum over columns",
    "逐级合计": "sum over a level",
    "分值合计": "sum of points",
    "单位误写": "slip of a unit",
    "分类计数": "count of kinds",
    "表中行数": "count of rows",
    "扣分与得分": "points taken off",
    "评分标准上限": "most that a criterion grants",
    "未办结的事项": "work called unfinished",
    "验收日期": "day of acceptance",
    "指标类别": "class of an indicator",
    "指标值": "aim of an indicator",
    "最多最少": "the most or the least",
    "正文与评分表得分": "score in text and sheet",
    "汇总与自评表得分": "score in summary and form",
    "正文与评分表总分": "total score in text and sheet",
    "各级指标个数": "count of indicators by level",
    "列名是否在表中": "names in a table",
    "满分与扣分原因": "full mark and reason for a deduction",
    "表号": "number of a table",
    "条目个数": "count of items",
    "平均数": "average",
    "列间关系": "columns of a table",
    "抽样的率": "rate of a sample",
    "全部完成": "all done",
    "写明完成的": "named as done",
    "指标均完成": "all indicators met",
    "写作没有的金额": "amount said to be none",
    "与目标比较": "comparison with a target",
    "概括与最低最高": "bound and extremes",
    "决算与预算比较": "final against budget",
    "增减方向": "direction of a change",
    "段落与指标名": "paragraph and its indicator",
    "一致与不一致": "alike or not",
    "未填写与已填写": "blank or given",
    "同一问题的对象": "things of one finding",
    "同一角色": "one holder of a role",
    "同一等级": "one grade",
    "文号": "document number",
    "报告年度": "year of the report",
    "数的年度": "year of a figure",
    "由甲至乙的方向": "direction from one to the other",
    "目标与完成": "target and what was reached",
    "日期先后": "order of dates",
    "同一事实两处": "same fact in two places",
    "出处": "Sources",
    "第 {page} 页": "page {page}",
    "单元格 {cell}": "cell {cell}",
    "行：{row}": "row: {row}",
    "列：{column}": "column: {column}",
    "范围 {reports} 份报告，用到 {used} 份": "{reports} reports in scope, {used} used",
    "，缺：{missing}": "; missing: {missing}",
    **AUDIT_ENGLISH,
    **COMPARE_ENGLISH,
    **WEB_ENGLISH,
    **PAGE_ENGLISH,
    **MODEL_ENGLISH,
    **PORTFOLIO_ENGLISH,
    **EVAL_ENGLISH,
    **SUITES_ENGLISH,
}
