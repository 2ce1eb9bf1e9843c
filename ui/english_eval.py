"""English for the Chinese texts of evaluations: their commands, tables and comparisons."""

from __future__ import annotations

EVAL_ENGLISH = {
    "评测：按题库提问、评分、比较，看有多少已知答案答得对。": (
        "evaluation: ask suites of questions, score and compare, to see how many known answers "
        "come out right."
    ),
    "评测记录所在的文件夹；缺省为资料库文件夹里的 evaluations": (
        "folder that runs are kept in; evaluations in the folder of the library by default"
    ),
    "按题库提问并评分；每个答案随即记下，中断后可以接着做。": (
        "ask the questions of suites and score the answers; each is kept at once, so that a "
        "stopped run can be resumed."
    ),
    "退出码：0 达到门槛，或没有门槛；1 未达到；2 无法运行，或一题也未能评分。": (
        "Exit codes: 0 thresholds met, or none given; 1 missed; 2 could not run, or nothing could "
        "be scored."
    ),
    "比较后退出码：0 没有一题变差；1 有。": "Exit codes: 0 no case is worse; 1 some are.",
    "只问此文件夹（或文件）中的报告，可重复；auto 为题库所引、本机已有的；缺省问资料库": (
        "ask only the reports of this folder (or file); may be given again; auto: those at hand "
        "that the suite quotes; the library by default"
    ),
    "报告只读入内存，不建资料库，不经检索（快）": (
        "read the reports into memory only, without a library and its search (fast)"
    ),
    "用这个语言模型；缺省用所配置的": "use this language model; the configured one by default",
    "每次检索取回 N 个段落，并记下来": "passages that a search brings back, kept in the log",
    "每题问 N 遍": "ask every question N times",
    "也问题库所给的其他问法": "also ask the other wordings that the suites give",
    "N 个进程同时问；追问同处一个": "processes that ask at once; follow-ups stay in one",
    "一题最多几秒；超过的不再等，计为未能评分": "seconds a question may take; beyond them it is not scored",
    "模型每百万 token 的价格，用来算费用": "price of a million tokens, to tell the cost",
    "只问这些题号（逗号分隔）": "ask only these ids (parted by commas)",
    "只问这些题型": "ask only these types",
    "只问这几类问题（1 到 30）": "ask only these kinds of question (1 to 30)",
    "只问有这些标签的题": "ask only cases with these tags",
    "给这次评测起的名称；缺省按时间": "name of the run; made of the time by default",
    "不提问，只给 gouji ask --batch 的输出评分": (
        "do not ask; score what gouji ask --batch put out"
    ),
    "接着做中断的评测": "go on with a run that was stopped",
    "门槛：对的至少占多少，如 0.95": "threshold: least share of right answers, such as 0.95",
    "门槛：错的至多占多少": "threshold: largest share of wrong answers",
    "门槛：错而显示为已核对的至多占多少": (
        "threshold: largest share of wrong answers that are shown as checked"
    ),
    "门槛：未能评分的至多占多少；有其他门槛时缺省为 0": (
        "threshold: largest share of unscored answers; 0 where there is another threshold"
    ),
    "门槛：没有一题比那次评测差": "threshold: no case is worse than in that run",
    "逐题列出哪些": "which cases to list",
    "“{value}”不是 0 到 1 的份额，请写成 0.95 或 95%": (
        "“{value}” is no share from 0 to 1; write 0.95 or 95%"
    ),
    "“{value}”不是价格": "“{value}” is no price",
    "--resume 按原来的题库和选项接着做，请去掉其余选项。": (
        "--resume goes on with the suites and options of that run; leave out the others."
    ),
    "请写出题库文件，或用 --resume 接着做一次评测。": (
        "give a suite file, or go on with a run by --resume."
    ),
    "评测 {name}": "run {name}",
    "已记下的答案都在；接着做：gouji eval run --resume {name}": (
        "the answers so far are kept; to go on: gouji eval run --resume {name}"
    ),
    "对 {right}  错 {wrong}  弃答 {abstained}": "right {right}  wrong {wrong}  abstained {abstained}",
    "未评 {n}": "unscored {n}",
    "载入报告": "loading reports",
    "载入 {n} 份报告，{seconds} 秒": "{n} reports loaded in {seconds} s",
    "未能载入 {problem}": "not loaded: {problem}",
    "显示一次评测的结果。RUN 为名称、名称的开头、文件夹，或 latest。": (
        "show a run. RUN is its name, the start of it, its folder, or latest."
    ),
    "不再提问，用现在的题库和评分方法给一次评测重新评分。": (
        "score a run anew by the present suites and scorers, without asking again."
    ),
    "比较两次评测：哪些题由错变对、由对变错、答案变了、新增、没有了。": (
        "compare two runs: which cases were fixed, broken, answered otherwise, new or gone."
    ),
    "列出已有的评测。": "list the runs.",
    "{folder} 中没有评测记录。": "no runs in {folder}.",
    "题数": "cases",
    "对": "right",
    "95% 区间": "95% interval",
    "错": "wrong",
    "错而已核对": "checked wrong",
    "错而照录": "stated wrong",
    "弃答": "abstained",
    "未评": "unscored",
    "变对": "fixed",
    "变错或不答": "broken",
    "不答变错": "worse (abstained before)",
    "错变不答": "better (abstained now)",
    "答案变了，评分未变": "changed, same verdict",
    "有一次未能评分": "unscored in one run",
    "新增": "new",
    "没有了": "gone",
    "对 {share}，至少应为 {limit}（{found}/{all}）": "right {share}, at least {limit} ({found}/{all})",
    "错 {share}，至多可为 {limit}（{found}/{all}）": "wrong {share}, at most {limit} ({found}/{all})",
    "错而已核对 {share}，至多可为 {limit}（{found}/{all}）": (
        "checked wrong {share}, at most {limit} ({found}/{all})"
    ),
    "未评 {share}，至多可为 {limit}（{found}/{all}）": (
        "unscored {share}, at most {limit} ({found}/{all})"
    ),
    "比基准差的题 {found} 道，共比较 {all} 道": "{found} cases worse than before, of {all} compared",
    "{mark}：{ids}": "{mark}: {ids}",
    "尚未做完：{asked}/{asks}；接着做：gouji eval run --resume {name}": (
        "not finished: {asked}/{asks}; to go on: gouji eval run --resume {name}"
    ),
    "题型": "type",
    "其他问法": "other wordings",
    "每题耗时：中位 {median} 毫秒，95% 在 {slow} 毫秒以内": (
        "time per question: median {median} ms, 95 % within {slow} ms"
    ),
    "，费用 {cost}": ", cost {cost}",
    "模型：调用 {calls} 次，{tokens} 个 token": "model: {calls} calls, {tokens} tokens",
    "重复提问": "asked again",
    "换用问法": "in other words",
    "检索前 {k} 段（{cases} 题）：出处召回 {recall}，MRR {rank}，nDCG {ndcg}": (
        "first {k} passages ({cases} cases): recall of sources {recall}, MRR {rank}, nDCG {ndcg}"
    ),
    "{what}（{cases} 题）：评分一致 {verdicts}，数值一致 {values}": (
        "{what} ({cases} cases): same verdict {verdicts}, same values {values}"
    ),
    "{n} 个评分改变": "{n} verdicts changed",
    "{before} → {after}，共比较 {n} 题": "{before} → {after}, {n} cases compared",
    "没有差别。": "no difference.",
    "{what} {n}": "{what} {n}",
    "（题库的期望也改了）": " (the suite expects another answer)",
    "名称": "name",
    "开始（UTC）": "started (UTC)",
    "题库": "suites",
    "题次": "asked",
    "模型": "model",
    # reports
    "把一次评测写成报告：网页、JUnit XML、JSON 或 Markdown。RUN 为名称、名称的开头、文件夹，或 latest。": (
        "write a report of a run: a page, JUnit XML, JSON or Markdown. RUN is a name, the start "
        "of one, a folder, or latest."
    ),
    "报告的格式；缺省看文件名，否则为 html": "format; by the file's name, else html",
    "同这次评测相比，列出变差和变好的题": "hold it against this run: what is worse and better",
    "写到此文件；缺省写到标准输出": "write to this file; standard output by default",
    "做完后写成网页": "then write a page",
    "做完后写成 JUnit XML（供持续集成）": "then write JUnit XML (for continuous integration)",
    "做完后写成 Markdown（供合并请求）": "then write Markdown (for a pull request)",
    "{path} 无法写入：{reason}": "cannot write {path}: {reason}",
    "没有文件夹 {folder}": "there is no folder {folder}",
}
