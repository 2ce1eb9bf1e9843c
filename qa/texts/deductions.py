"""Why an indicator lost points: the shortcomings told where its score is told."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.model import ColumnRole, Table
from qa.texts.index import (
    OWN,
    Index,
    index_of,
    profile_for,
    row_labels,
    scope_parts,
    split_clauses,
    trim,
)
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import HIGH_SHARE, confidence_of, make_finding, ranked, source_text
from qa.texts.terms import Coverage, Profile, pairs, squeezed

LACK = re.compile(
    r"未见|未附|未能|未按|未达|未开展|未设|未明确|未形成|未体现|未及时|未反映"
    r"|未填|未完|未进行|未提供|未严格|未建立|未对"
    r"|未产生|未发生实际|未执行|未编|未制|未落实|未纳入|未经|没有(?:及时|按"
    r"|提供|开展|设|明确|完成|达到|实现|覆盖|跟踪|形成|建立|落实|约定|更新|挂钩|执行)|不足|不够|不一致|不符|不规范|不完整"
    r"|不清晰|不明确|不及时|不全面|不合理|不到位|不准确|不匹配|不科学|不健全"
    r"|不完善|不严谨|不高|不强|不理想|滞后|晚于|缺少|缺乏|缺失|缺项"
    r"|偏低|较低|偏慢|较慢|偏高|有待|难以|延迟|延误|延期|顺延|推迟|尚未|逾期"
    r"|超期|欠缺|欠准确|尚需|亟需|低于|超出|差异较大|缺陷|无法|流于形式|薄弱"
    r"|扣\d"
)
_NOT_LACK = re.compile(r"未发现|未出现|未发生(?!实际)|没有发生|不存在|未见异常|未被")
_TURN = re.compile(r"(?:^|(?<=[，,。；;]))\s*(?:但是?|然而|不过|可是)")
_GOT = re.compile(
    r"(?:评价|自评|实际|本项|该项|指标)?得分(?:为|是)?\s*(\d+(?:\.\d+)?)\s*分?"
    r"|得\s*(\d+(?:\.\d+)?)\s*分"
)
_FULL = re.compile(
    r"(?:分值|满分|权重)(?:设定)?(?:为|是|共)?\s*(\d+(?:\.\d+)?)\s*分?"
    r"|[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[)）]"
)
_LABEL = re.compile(
    r"(?:扣分)?(?:主要)?(?:原因|理由)(?:主要)?(?:是|为|如下)?[:：]|扣分原因(?:是|为)"
)
_SCORE_WORDS = re.compile(
    r"[\s\d.，,。；;%％（()）=×*]|该|本|此|项|指标|分值|满分|权重|评价|自评|实际|得分率?|得|扣|分|为|是|共|设定"
)
_SENTENCE = 12
_WHY_COLUMN = re.compile(
    r"扣分|原因|评价情况|评分情况|评分依据|得分依据|得分说明|评分说明|评价说明"
    r"|自评情况|完成情况|说明|备注|存在问题"
)
_REASON_COLUMN = re.compile("扣分|原因|偏差")
_RUBRIC = re.compile(r"标准|办法|细则|规则|计算方法|评分方法")


def find_deductions(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """What the report holds against the indicator that the terms name.

    Where the indicator has its full mark, the finding's `conflict` quotes the score.
    """
    profile = profile_for(scope, terms)
    if profile.empty:
        return []
    found = _in_text(scope, profile) + _in_tables(scope, profile)
    if not any(f.confidence is Confidence.HIGH for f in found):
        found += _in_sentences(scope, profile)
    unique: dict[str, TextFinding] = {}
    for finding in sorted(found, key=lambda f: (f.confidence.rank, -f.score, f.block)):
        unique.setdefault(squeezed(finding.answer), finding)
    return list(unique.values())


_DEDUCTS = re.compile(r"扣\s*了?\s*\d|扣分|失分|未得分|不得分|没有得分")


def _in_sentences(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    """Sentences that name the indicator and say what it lost points for (…扣2分，因为…)."""
    found = []
    for hit in ranked(scope, profile, lambda s: bool(_DEDUCTS.search(s.text)), floor=HIGH_SHARE):
        named = profile.cover(((OWN, hit.segment.own),)).share >= HIGH_SHARE
        if named and hit.segment.place.table is None and not _only_score(hit.segment.text):
            answer = hit.segment.text.rstrip("；;")
            made = make_finding(
                scope, hit.segment.place, Confidence.MEDIUM, hit.coverage, answer=answer
            )
            found.append(made)
    return found[:1]


def _named(profile: Profile, title: str) -> Coverage | None:
    """Coverage when `title` is the indicator's name, more or less."""
    coverage = profile.cover(((OWN, squeezed(title)),))
    own = pairs(squeezed(title))
    extra = sum(pair not in profile.pairs for pair in own) / len(own) if own else 1.0
    return coverage if coverage.share >= 0.85 and extra <= 0.75 else None


def _in_text(scope: ScopedDocument, profile: Profile) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: list[TextFinding] = []
    for node in index.outline.nodes:
        if wanted is not None and index.parts[node.first] not in wanted:
            continue
        coverage = _named(profile, node.title)
        if coverage is None or not _GOT.search(_content(index, node.first, node.last)[:600]):
            continue
        if any(
            child.parent == node.no and _GOT.search(_content(index, child.first, child.last))
            for child in index.outline.nodes[node.no + 1 :]
        ):
            continue  # a level above the indicators
        found.extend(_judge(scope, index, node.first, node.last, coverage))
    return found


def _content(index: Index, first: int, last: int) -> str:
    return "\n".join(index.document.blocks[no].text for no in range(first, last))


def _judge(
    scope: ScopedDocument, index: Index, first: int, last: int, coverage: Coverage
) -> list[TextFinding]:
    confidence = confidence_of(coverage.share) or Confidence.LOW
    wholes = [Place(b, 0, len(index.document.blocks[b].text)) for b in range(first, last)]
    told = [_shortcoming(scope, index, whole, coverage, confidence) for whole in wholes]
    found = [made for made in told if made is not None]
    if found:
        return found[:3]
    if full_mark(_content(index, first, last)):
        return [_no_deduction(scope, index, first, last, coverage)]
    rest = [made for w in wholes if (made := _explanation(scope, index, w, coverage)) is not None]
    return rest[:1]


def full_mark(text: str) -> bool:
    """True when a text gives an indicator's whole mark as its score."""
    full, got = _FULL.search(text), _GOT.search(text)
    if "得分率为100%" in squeezed(text) or "得分率100%" in squeezed(text):
        return True
    if full is None or got is None:
        return False
    return Decimal(full[1] or full[2]) == Decimal(got[1] or got[2])


def _no_deduction(
    scope: ScopedDocument, index: Index, first: int, last: int, coverage: Coverage
) -> TextFinding:
    for block in range(first, last):
        text = index.document.blocks[block].text
        score = _GOT.search(text)
        if score:
            spans = split_clauses(text)
            place = Place(block, *next((s for s in spans if s[1] >= score.end()), score.span()))
            told = score.group()
            return make_finding(scope, place, Confidence.HIGH, coverage, answer=told, conflict=told)
    raise ValueError(f"第 {first} 至 {last} 段没有得分")


def _explanation(
    scope: ScopedDocument, index: Index, whole: Place, coverage: Coverage
) -> TextFinding | None:
    """What a paragraph says after the score, where it names no shortcoming in so many words."""
    text = source_text(index, whole)
    score = _GOT.search(text)
    spans = [s for s in split_clauses(text) if s[0] >= (score.end() if score else 0)]
    spans = [s for s in spans if not _only_score(text[slice(*s)])]
    if not spans or (score is None and len(text) < _SENTENCE):
        return None
    place = replace(whole, start=spans[0][0], end=spans[-1][1])
    return make_finding(scope, place, Confidence.MEDIUM, coverage)


def _shortcoming(
    scope: ScopedDocument, index: Index, whole: Place, coverage: Coverage, confidence: Confidence
) -> TextFinding | None:
    """The sentences of a paragraph or cell that tell what was lacking."""
    text = source_text(index, whole)
    label = _LABEL.search(text)
    if label and len(text) - label.end() >= 4:
        start, end = trim(text, label.end(), len(text))
        low = next((s[0] for s in split_clauses(text) if s[0] <= label.start() < s[1]), start)
        place = replace(whole, start=low, end=end)
        return make_finding(scope, place, confidence, coverage, answer=text[start:end])
    lacking = [
        span
        for span in split_clauses(text)
        if is_lack(text[slice(*span)]) and not _only_score(text[slice(*span)])
    ]
    if not lacking:
        return None
    start, end = lacking[0][0], lacking[-1][1]
    turn = _TURN.search(text, start, end)
    if turn and is_lack(text[turn.end() : end]):
        start = turn.start() + len(turn.group()) - len(turn.group().lstrip())
    place = replace(whole, start=lacking[0][0], end=end)
    return make_finding(scope, place, confidence, coverage, answer=text[start:end].rstrip("；;"))


def _only_score(clause: str) -> bool:
    """True for ``得2分，扣1分。``, which tells no reason."""
    return not _SCORE_WORDS.sub("", clause)


def is_lack(clause: str) -> bool:
    """True when a clause tells of something missing, late, wrong or poor."""
    return bool(LACK.search(_NOT_LACK.sub("", clause)))


def _in_tables(
    scope: ScopedDocument, profile: Profile, wanted_column: re.Pattern[str] = _WHY_COLUMN
) -> list[TextFinding]:
    index, wanted = index_of(scope.document), scope_parts(scope)
    found: list[TextFinding] = []
    for table in index.document.tables:
        if wanted is not None and index.parts[table.block] not in wanted:
            continue
        columns = [c for c in range(len(table.columns)) if _tells_why(table, c, wanted_column)]
        for r in range(len(table.rows) if columns else 0):
            coverage = _row_named(profile, table, r)
            for c in columns if coverage is not None else ():
                made = _cell_reason(scope, index, table, r, c, coverage)
                if made is not None:
                    found.append(made)
    return found


def _tells_why(table: Table, column: int, wanted: re.Pattern[str]) -> bool:
    head = "".join(table.columns[column].path)
    value = table.columns[column].role is ColumnRole.VALUE
    return bool(wanted.search(head)) and not _RUBRIC.search(head) and not value


def _row_named(profile: Profile, table: Table, row: int) -> Coverage | None:
    """Coverage by the row's own name, or by a label cell of it."""
    cells = [
        cell.text
        for cell, column in zip(table.rows[row], table.columns, strict=True)
        if column.role is ColumnRole.LABEL and cell.text
    ]
    names = [*reversed(row_labels(table, row)), *cells]
    return next((c for c in (_named(profile, name) for name in names) if c), None)


def _cell_reason(
    scope: ScopedDocument,
    index: Index,
    table: Table,
    row: int,
    column: int,
    coverage: Coverage | None,
) -> TextFinding | None:
    """What a cell holds against its row; a cell of 扣分原因 or 偏差原因 is that, whole."""
    text = table.rows[row][column].text
    if coverage is None:
        return None
    whole = Place(table.block, 0, len(text), table.no, row, column)
    confidence = confidence_of(coverage.share) or Confidence.LOW
    if _REASON_COLUMN.search("".join(table.columns[column].path)):
        told = len(squeezed(text)) >= 3 and text.strip() not in ("无偏差", "无扣分")
        return make_finding(scope, whole, confidence, coverage) if told else None
    return _shortcoming(scope, index, whole, coverage, confidence)


def deviations(scope: ScopedDocument, terms: tuple[str, ...]) -> list[TextFinding]:
    """What a table gives as the reason (偏差原因) for the row that the terms name."""
    profile = profile_for(scope, terms)
    return [] if profile.empty else _in_tables(scope, profile, _REASON_COLUMN)
