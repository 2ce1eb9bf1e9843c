"""English for the texts of the page."""

from __future__ import annotations

WEB_ENGLISH = {
    # the command
    "在浏览器里使用：问答、核查、资料库。": "Use it in a browser: ask, audit, library.",
    "监听的地址；默认只有本机能访问": "address to serve on; by default only this machine can reach it",
    "端口": "port",
    "反向代理之后的网址前缀，如 /gouji": "path behind a reverse proxy, such as /gouji",
    "网址前缀应以 / 开头，如 /gouji": "the root path begins with /, such as /gouji",
    "已启动：{address}　按 Ctrl-C 停止。": "Serving at {address}   Ctrl-C stops it.",
    # the frame
    "勾稽 · 财政报告问答与核查": "Gouji · questions and checks on finance reports",
    "勾稽": "Gouji 勾稽",
    "每个数都先复算，再显示": "Every number is recomputed before it is shown",
    "页面设置": "Page settings",
    "明暗": "Light / dark",
    "问答": "Q & A",
    # asking
    "还没有报告": "No reports yet",
    "先到“资料库”上传部门决算、绩效评价报告或自评表，然后就可以提问。": (
        "Upload final accounts, evaluation reports or self-evaluation forms in the library first; "
        "then ask."
    ),
    "去上传": "Go and upload",
    "问一问已载入的 {n} 份报告": "Ask the {n} loaded reports",
    "每个数都先由程序从原文重读、复算，再显示出来；点一下数，就能看到算式和它在原件里的位置。": (
        "Every number is read again from its source and recomputed before it is shown. Click one "
        "to see its formula and its place in the original."
    ),
    "数的标记": "What the marks say",
    "正在查找和复算…": "Searching and recomputing…",
    "限定：": "Only: ",
    "有几个数都可能是您要的，点一个继续：": "Several figures may be meant. Choose one:",
    "另有 {n} 个数，导出里有全部": "{n} more numbers; the export has all",
    "列成表（{n} 个数）": "As a table ({n} numbers)",
    "答案中的数": "Numbers of the answer",
    "核对": "Check",
    "对照值 ": "against ",
    "对照值": "Against",
    "复制": "Copy",
    "答得对": "Right",
    "答错了": "Wrong",
    "接着问": "Ask on",
    "{number}，{check}：查看依据": "{number}, {check}: show the evidence",
    "全部": "All",
    "提问": "Ask",
    "问题": "Question",
    "输入问题，按回车提问；后一问可以省略前面说过的单位和年度": (
        "Type a question and press Enter; the next may leave out what was said before"
    ),
    "限定范围": "Narrow the scope",
    "新对话": "New conversation",
    "导出 Word": "Export Word",
    "导出 Markdown": "Export Markdown",
    "程序出错，这个问题没有答成；详情已记入日志。": (
        "The program failed on this question; the log has the details."
    ),
    # checks
    "从原文重新读出，并由报告里的其他数用等式算出，完全一致。": (
        "Read again from the source, and other figures of the report give it exactly."
    ),
    "从原文重新读出；由其他数算出的结果，在所印位数的舍入范围内一致。": (
        "Read again from the source; what other figures give agrees within the printed precision."
    ),
    "由原文中重新读出的数算出，算式和每个数的出处列在下面。": (
        "Computed from figures that were read again; formula and sources are below."
    ),
    "从原文重新读出；报告里没有可以复算它的等式，请以原件为准。": (
        "Read again from the source; the report has no equation that would recompute it."
    ),
    "报告里另有数与它矛盾，两边都列在下面，引用前请核实。": (
        "Another figure of the report contradicts it. Both are below: verify before you quote it."
    ),
    "扫描件上的字没有认准，请对照原页。": (
        "The scan was not surely read: compare it with the original page."
    ),
    # evidence
    "依据": "Evidence",
    "点答案里的数，这里显示它的算式、参与计算的每个数，以及原件上框出的位置。": (
        "Click a number of an answer: its formula, every figure in it and the boxed place in the "
        "original are shown here."
    ),
    "另一边": "Other side",
    "数和出处": "Figures and sources",
    "所引的数": "quoted figure",
    "参与计算": "operand",
    "对照的数": "other side",
    "原文位置": "In the original",
    "它所在的等式（{n} 条）": "Equations that it takes part in ({n})",
    "这份报告已从资料库删去，找不到原文。": "The report was removed; its text is gone.",
    "另有 {n} 处": "{n} more places",
    "{report} 第 {page} 页的原件，所引的数已框出": (
        "page {page} of {report} as printed, the quoted figure boxed"
    ),
    "在新窗口看大图": "Open the large picture in a new window",
    "… 另有 {n} 行": "… {n} more rows",
    "勾稽问答记录": "Gouji: record of questions and answers",
    # the library
    "资料库": "Library",
    "上传报告（PDF、Word、Excel、网页、图片、文本、ZIP）": (
        "Upload reports (PDF, Word, Excel, web pages, pictures, text, ZIP)"
    ),
    "筛选：文件名、单位、项目、年度、类型": "Filter: file, unit, project, year, kind",
    "等待": "waiting",
    "正在读取": "reading it",
    "读取失败": "could not be read",
    "类型不读，未载入": "of a type that is not read",
    " {done}/{total} 页": " {done}/{total} pages",
    "上传：{n} 个文件，未完成 {left}，失败 {failed}": "Uploads: {n} files, {left} under way, {failed} failed",
    "未能读取的文件（{n}）": "Files that could not be read ({n})",
    "已载入 {n} 份报告": "{n} loaded reports",
    "删去": "Remove",
    "查看": "Show",
    "重试": "Try again",
    "移除": "Dismiss",
    "操作": "Actions",
    "已被新版替换": "superseded",
    "删去 {name}": "Remove {name}",
    "从资料库删去“{name}”？引用它的答案将找不到原文。": (
        "Remove “{name}” from the library? Answers that quote it lose their source."
    ),
    "资料库还是空的：把文件拖到上面。": "The library is empty: drop files above.",
    "没有符合的报告": "No report fits",
    "另有 {n} 份，请用上面的筛选": "{n} more: use the filter above",
    "一次最多上传 {n} 个文件": "at most {n} files at a time",
    "一次上传的文件合计不能超过 {n} MB": "the files of one upload may not exceed {n} MB together",
    "程序出错；详情已记入日志。": "The program failed; the log has the details.",
    "读出的内容": "What was read",
    "点一份报告，这里逐页对照原件和读出的表格、段落。": (
        "Choose a report to compare its pages with the tables and paragraphs that were read."
    ),
    "读取时的提醒（{n} 条）": "Remarks made while reading ({n})",
    "第 {page} 页，共 {last} 页": "page {page} of {last}",
    "第 {page} 段，共 {last} 段": "stretch {page} of {last}",
    "上一页": "Previous",
    "下一页": "Next",
    "翻页": "Turn pages",
    "{report} 第 {page} 页的原件": "page {page} of {report} as printed",
    "这一页没有读出文字。": "No text was read on this page.",
    # comparing
    "对比": "Comparison",
    "比较": "Compare",
    "比较什么": "What to compare",
    "写一句话，如：比较某局2022到2024年的三公经费；或在下面选": ("Ask in words, or choose below"),
    "比较各年、各单位、各项目": "Compare years, units and projects",
    "写一句话，或在上面选。每格的数都在报告里找到并核对过；增减、增长率和占比由程序复算。": (
        "Ask in words, or choose above. Each cell was found in a report and checked; changes, "
        "growth and shares are recomputed."
    ),
    "请写一句话，或至少选一个单位或项目。": "Ask in words, or choose at least a unit or a project.",
    "占 {share}%": "share {share}%",
    "口径和来源的提示（{n} 条）": "Notes on scope and origin ({n})",
    "柱状图：{title}": "bar chart: {title}",
    "图": "Chart",
    "存为图片": "Save as picture",
    # auditing
    "核查": "Audit",
    "找出报告里自相矛盾的数": "Find figures that contradict each other",
    "选报告（不选就是全部），点“开始核查”。合计、比率、得分、表间、文字与表格逐条复算；末位尾差不算矛盾。": (
        "Choose reports (none means all) and start. Totals and parts, rates and changes, scores "
        "and marks, table and table, text and table are recomputed one by one; rounding is no "
        "contradiction."
    ),
    "报告（不选就是全部）": "Reports (none means all)",
    "开始核查": "Start",
    "正在核查 {done}/{total}：{name}": "Auditing {done}/{total}: {name}",
    "两边和原文": "Both sides and the original",
    "点一条发现，这里显示所列与复算、参与的每个数，以及原件上框出的位置。": (
        "Choose a finding: the stated and the recomputed value, every figure and the boxed place "
        "in the original are shown here."
    ),
    "没有列出的不等于正确：报告没有写出可复算关系的数不在核查之内。": (
        "What is not listed is not thereby right: figures without a stated relation are not covered."
    ),
    "没有符合的发现": "No finding fits",
    "{reports} 份报告，{n} 条核查": "{reports} reports, {n} checks",
    "底稿 Excel": "Working paper (Excel)",
    "底稿 HTML（可打印）": "Working paper (HTML, for print)",
    "每份报告的核查情况": "What was checked in each report",
    # other programs
    "问题是空的。": "The question is empty.",
    "以 MCP 向其他助手提供问答、对比、核查和检索。": (
        "Serve questions, comparisons, audits and search to other assistants over MCP."
    ),
    "经 HTTP 提供（默认经标准输入输出）": "over HTTP instead of standard input and output",
    "HTTP 的端口": "port for HTTP",
    "MCP：{address}": "MCP at {address}",
    # logins
    "网页的登录用户：添加、改密码、改角色、删去；不写名称时列出。": (
        "Logins of the page: add, change password or role, remove; without a name, list them."
    ),
    "reader 只读，editor 可上传和删去报告，admin 管理员": (
        "reader asks, editor also loads and removes reports, admin keeps the users"
    ),
    "删去这个用户": "remove this user",
    "请写出要删去的用户名": "name the user to remove",
    "已删去用户 {name}": "removed user {name}",
    "用户 {name}（{role}）可以登录了": "user {name} ({role}) can log in",
    "用户名不能为空，也不能有控制字符": "a user name may not be empty or hold control characters",
    "密码至少 {n} 个字符": "a password has at least {n} characters",
    "没有名为“{name}”的用户": "there is no user “{name}”",
    "用户名或密码不对。": "User name or password is wrong.",
    "用户名": "User name",
    "密码": "Password",
    "登录": "Log in",
    "您的角色是只读，不能上传或删去报告。": "Your role is reader: you cannot load or remove reports.",
    "对外提供前请先用 gouji user 添加登录用户，或设置 user_header": (
        "before serving beyond this machine, add a login with gouji user, or set user_header"
    ),
}
