"""Numbers that are not quantities: an ordered table of patterns, each with its examples.

Every rule marks stretches of a text in which no quantity is read. A rule that knows words of one
report would be wrong here: all of them speak of forms (dates, ordinals, numbers of documents,
names in quotes) or of set phrases of public language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]

_S: Final = r"\s{0,3}"
_DASH: Final = "[-—–~〜至到、和及与]"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_CN: Final = "[一二三四五六七八九十百千零〇两]"
_N: Final = f"(?:[0-9]{{1,12}}|{_CN}{{1,8}})"


@dataclass(frozen=True, slots=True)
class Mask:
    """A rule: what it marks and texts in which it leaves nothing to read."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


def _mask(name: str, pattern: str, *examples: str) -> Mask:
    return Mask(name, re.compile(pattern, re.MULTILINE), examples)


MASKS: Final[tuple[Mask, ...]] = (
    _mask(
        "网址与邮箱",
        r"(?:https?://|www\.)[\x21-\x7e]{1,300}|[\w.+-]{1,64}@[\w.-]{1,200}",
        "http://www.example.cn/2023/100",
    ),
    _mask(
        "年份与年度",
        rf"(?<![0-9])(?<![0-9][.,]){_YEAR}{_S}(?:{_DASH}{{1,2}}{_S}(?:{_YEAR}|[0-9]{{2}}){_S})?年"
        rf"|(?m:^{_S}[0-9]{{1,2}}\.){_YEAR}{_S}年"
        rf"|(?<![0-9])(?<![0-9][.,]){_YEAR}{_S}[-—–~〜至/]{_S}{_YEAR}(?![0-9]|[.,][0-9]|{_S}[万亿元%])"
        rf"|(?<![0-9])(?<![0-9][.,]){_YEAR}(?=(?:{_S}、{_S}{_YEAR}){{0,9}}{_S}[、和及与]{_S}{_YEAR}{_S}年)",
        "2023年度",
        "2021-2023 年",
        "2022、2023 和 2024 年",
    ),
    _mask(
        "月、日与起止月份",
        rf"(?<![0-9])(?<![0-9][.,])(?:[0-9]{{1,2}}{_S}[-—–~〜至、]{_S})?(?:0?[1-9]|1[0-2]){_S}月(?!租)"
        rf"(?:{_S}[0-9]{{1,2}}{_S}[日号](?:{_S}[-—–~〜至]{_S}[0-9]{{1,2}}{_S}[日号])?)?"
        rf"|(?<=[至~—-]){_S}[0-9]{{1,2}}{_S}日",
        "2023年6月20日",
        "1-12 月",
        "6月初",
    ),
    _mask(
        "数字写法的日期",
        r"(?<![0-9])(?:19|20)[0-9]{2}([./-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
        r"|(?<![0-9])(?:19|20)[0-9]{2}[/-](?:0[1-9]|1[0-2])(?![0-9])"
        rf"|(?<![0-9])(?<![0-9][.,])(?:19|20)[0-9]{{4}}(?:[0-9]{{2}})?{_S}[-—–~〜至]{_S}"
        r"(?:19|20)[0-9]{4}(?:[0-9]{2})?(?![0-9.,])",
        "2023.6.20",
        "202212-202311",
        "20210301-20230228",
    ),
    _mask(
        "钟点与比",
        r"(?<![0-9])(?<![0-9][.,])[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{2})?(?![0-9])"
        r"|(?<![0-9])(?<![0-9][.,])[0-9]{1,2} ?[时点] ?(?:[0-9]{1,2} ?分(?!钟)|整|半)",
        "15:30",
        "9时30分",
    ),
    _mask(
        "文号与编号",
        rf"[〔\[(【]{_S}{_YEAR}{_S}[〕\])】]{_S}第?{_S}[0-9]{{1,20}}{_S}号"
        r"|[0-9]{1,20}(?:-[0-9]{1,20})?\s{0,2}号(?!召)",
        "财预〔2020〕10号",
        "(2020)10号",
    ),
    _mask(
        "序数",
        rf"第{_S}{_N}(?:{_S}{_DASH}{_S}第?{_S}{_N})?|前{_S}{_CN}{{1,4}}(?=[名位强])",
        "第2次",
        "第一季度",
        "第十七届",
        "前三名",
    ),
    _mask(
        "名次",
        rf"(?<![以之目此当日年月会提])前{_S}{_N}{_S}(?:名|位|项|个|家|强|大)"
        rf"|(?:排名|名列|位列|位居|居){_S}(?:前|第)?{_S}{_N}"
        r"|(?:排名|位次|排位|名次)[^,，。;；0-9]{0,12}[0-9]{1,20}位(?:[^,，。;；0-9]{0,6}[0-9]{1,20}位)?",
        "前10名",
        "排名由78位上升至43位",
    ),
    _mask("零基数", r"基数为?\s?(?:0|零)", "增长--（基数为0，不可比）"),
    _mask(
        "届次会议",
        r"届[^\s,;，；。0-9]{0,12}\s{0,2}[0-9]{1,20}\s{0,2}次[^\s,;，；。0-9]{0,8}会"
        r"|(?:政府|常委会|党委|党组|人大|政协)\s{0,2}[0-9]{1,20}\s{0,2}次[^\s,;，；。0-9]{0,8}会",
        "第十七届政府 188 次常务会议",
    ),
    _mask(
        "图表、附件与栏目的编号",
        rf"(?:附件|附表|附图|附录|专栏|图表|公式|序号|编号|行次|栏次|邮编|邮政编码|账号|证号){_S}[:：]?{_S}"
        r"[0-9]{1,20}(?:[-.][0-9]{1,20})*(?![0-9])(?!\s?[份个])"
        rf"|(?:^|(?<=[见如从与和及至按在由据(（,，。;；、《\s]))[表图注]{_S}[0-9]{{1,20}}(?:[-.][0-9]{{1,20}})*",
        "附件 4",
        "表1 项目支出明细表",
    ),
    _mask(
        "条目编号",
        r"^\s*[(（]?\s?[0-9]{1,3}(?:\s?[)）、．]|\s?\.(?![0-9]))"
        r"|^\s*[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\s{1,3}(?:项目|个人)(?=[^,，。;；]{0,20}$)"
        r"|(?<=[;；:：。,，])\s{0,2}[(（]?[0-9]{1,2}(?:[)）、]|\.(?![0-9]))"
        r"|(?<![0-9A-Za-z])[(（][0-9]{1,2}[)）](?!\s?[(（人个])",
        "1. 政府网站运维；2. 云中心",
        "（3）个人部分",
    ),
    _mask(
        "电话",
        r"(?<![0-9])(?:0[0-9]{2,3}-[0-9]{7,8}|400-[0-9]{3}-?[0-9]{4})(?![0-9])"
        r"|(?<![0-9])400[0-9]{7}(?![0-9.]|\s*[一-鿿%‰])"
        r"|(?:电话|手机|热线|联系方式|[Tt][Ee][Ll])[^0-9,，。;；]{0,8}[0-9]{5,11}(?![0-9])",
        "020-12345678",
    ),
    _mask(
        "预算科目编码",
        r"(?<![0-9])(?:[12][0-9]{2}\s?类|[2-3][0-9]{4}\s?款|[2-3][0-9]{6}\s?项)",
        "20805款",
    ),
    _mask(
        "全天、全年的说法",
        r"(?:7|365)?\s?[×xX*]?\s?24\s{0,2}小时(?=\s?[一-鿿“\"])(?!以?内|之内|以上|后|左右)|365\s?天(?=\s?[×xX*]?\s?24|全天)",
        "24小时自助办理",
        "7×24小时",
    ),
    _mask("服务圈", r"[0-9]{1,20}\s?(?:分钟|公里)[^\s,;，；。0-9]{0,10}圈", "15分钟便民服务圈"),
    _mask(
        "近几年",
        rf"(?:近|前|最近|过去|未来|今后|往后)\s?{_N}\s?(?:个)?\s?(?:年(?!多|余)|年度)"
        rf"|前\s?{_N}\s?个?(?:月|季度)"
        rf"|{_N}\s{{0,2}}年(?=行动|规划|计划|滚动|攻坚|大庆|一遇)",
        "近三年",
        "三年行动计划",
    ),
    _mask("五年规划", r"[“\"]?十[一二三四五六七八九]五[”\"]?", "十四五"),
    _mask(
        "口号与提法",
        r"八项规定|[三]个代表|四个(?:意识|自信|全面|服务|最严)|[两]个(?:维护|确立|结合|大局|责任|一百年|毫不动摇)|"
        r"三个(?:务必|区分开来|有利于)|[五六]个必须(?:坚持)?|[十]四个坚持|十个明确|两个健全|三次产业|三支一扶|"
        r"三会一课|三位一体|五位一体|三重一大|六项纪律|四种形态|三条红线|一次性|三项(?:制度|岗位)|三个一批|"
        r"五个一批|[四五]套(?:领导)?班子|两个替代|四个革命|两项法规|四个到位",
        "四个意识",
        "中央八项规定",
    ),
    _mask(
        "加号连写的提法",
        r"(?<![0-9A-Za-z.])[0-9NnXx]{1,4}(?:\+[0-9NnXx]{1,4})+(?![0-9.]|万|亿|元|%)",
        "1+1+4",
    ),
    _mask(
        "尺寸与乘数",
        r"[0-9]{1,20}\s?[×xX*]\s?[0-9]{1,20}(?!\s?[.0-9%万亿元])|[×xX*]\s?100\s?%",
        "1920×1080",
        "×100%",
    ),
    _mask(
        "分数",
        r"[0-9]{1,20}\s?分之\s?[0-9]{1,20}"
        r"|(?:[一二三四五六七八九]|十){1,3}分之[一二三四五六七八九十]{1,3}"
        r"|(?<![0-9])(?<![0-9][.,])[0-9]{1,3}/[0-9]{1,3}(?![0-9.,])"
        r"|[0-9]{1,6}(?:\.[0-9]{1,4})?\s?/\s?[0-9]{1,3}万",
        "三分之一",
        "7.5/10万",
    ),
    _mask("容差", r"±\s?[0-9]{1,20}(?:\.[0-9]{1,20})?\s?%?", "±5%"),
)

_BRACKETS: Final = re.compile("[《》]")
_TITLE_LIMIT: Final = 200
_QUOTE_LIMIT: Final = 24
_QUOTES: Final = re.compile(r"[“”「」\"]|\n\s*\n")
_CLAUSE: Final = re.compile(r"[,，;；。、]")


def masked_spans(text: str) -> list[Span]:
    """Stretches of a folded text without any quantity, sorted and merged."""
    spans = [match.span() for mask in MASKS for match in mask.pattern.finditer(text)]
    spans.extend(titles(text))
    spans.sort()
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def titles(text: str) -> Iterator[Span]:
    """Titles in 《》, nested ones as one; an opening that is never closed marks nothing."""
    depth, start = 0, 0
    for match in _BRACKETS.finditer(text):
        if match.start() - start > _TITLE_LIMIT:
            depth = 0
        if match.group() == "《":
            if depth == 0:
                start = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()


def short_quotes(text: str) -> list[Span]:
    """Inner spans of quotes of one clause: names and slogans, unless a quantity fills them."""
    found: list[Span] = []
    opened: int | None = None
    for match in _QUOTES.finditer(text):
        mark = match.group()
        if mark in "“「" or (mark == '"' and opened is None):
            opened = match.end()
        elif mark in '”」"' and opened is not None:
            inner = text[opened : match.start()]
            if len(inner) <= _QUOTE_LIMIT and not _CLAUSE.search(inner):
                found.append((opened, match.start()))
            opened = None
        else:
            opened = None
    return found
