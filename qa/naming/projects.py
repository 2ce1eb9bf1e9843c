"""Project names in questions: found by the characters that set a project apart.

Nobody types “某区2023年…建设专项资金（运维类）项目” in full. What is typed shares runs of characters with
the name; the share of the typed words that the name explains decides, not the share of the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qa.naming.bodies import fold
from qa.naming.regions import Region, chain_at, name_chain
from qa.words.lexicon import derived, words

Span = tuple[int, int]

_OF_AN_ACCOUNT = "的项目支出"  # a column of accounts, not the spending of a project
CUE = re.compile(r"项目|工程|专项资金|专项经费|专项|经费|补助资金|资金|课题|补贴|补助|奖补|计划")
QUOTED = re.compile(r"[“\"「『‘'] *([^”\"」』’'“‘「]{2,40}?) *[”\"」』’']")
TITLED = re.compile(r"《[^》]{2,80}》")
_YEARS = re.compile(
    r"(?:19|20)\d\d(?:\s*[-—–~至到、]\s*(?:19|20)?\d\d)?(?:年度?)?|(?<!\d)\d\d年度?|[一二三四五六七八九十]{1,3}年"
)
# Characters that end a noun: what stands before them is no part of a project's name.
_BREAK = frozenset(
    "的在是那这个和与及跟比对有把由用给了着过于以按从到为等该各哪几多少请问其里年月日搞做办还也都被向让据就看查"
    ",。？！；：、.?!;:()（）《》“”\"'‘’「」 　\n"
)
_QUOTE_MARKS = frozenset("“”\"'‘’「」『』")
_NUMBERED = re.compile(r"第?([一二三四五六七八九十\d]+)(期|标段|批|阶段)")
_PAUSE = re.compile(r"[,。?!;:、和与及跟]")
_LINK = re.compile(  # between a mention and the word that says project
    r"[”\"』」'’)]*的?(?:这|那|该)?个?[^的了是在和与及跟比有里“「『《‘,。?!;:、\d\s]{0,6}"
)
# 到位资金 behind a project's name says what of it is asked.
_MEASURED = re.compile(
    r"到位|到账|下达|拨付|结余|配套|执行|使用|支出|预算|中央|省级|市级|县级|区级|财政"
)
_LONGEST_GAP = 6
_MOST_CANDIDATES = 60
_FULL, _FAINT = 1.0, 0.15
_ALONE, SCORE_ALONE = 3.0, 0.5  # a mention without a word for project: its least weight, its score
_CODED = re.compile(r"\d{5,}\s*$")  # behind a code stands the name of an account
_ACCOUNT = re.compile(r"^[”\"』」]?\s*(?:[(（]\s*(?:\d{3,7}|[类款项])\s*[)）]|[类款项]?级?科目)")
_BEHIND_PLACE = re.compile(r"□(?:\d{2,4}年度?)?(?:那个|这个|的)?[修建办搞]?$")
_FEW = 2  # a project and its former name


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project's name with the weight of each of its characters."""

    name: str
    text: str
    weights: tuple[float, ...]
    total: float
    numbered: frozenset[str]
    places: tuple[Region, ...]

    def weight(self, start: int, end: int) -> float:
        return sum(self.weights[start:end])


@derived
@cache
def _general() -> re.Pattern[str]:
    known = sorted(words("project_words.txt"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)))


@derived
@cache
def _metrics() -> re.Pattern[str]:
    """Words of the trade: in a question they name a figure, not a project."""
    known = sorted((w for w in words("trade_words.txt") if len(w) >= 4), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, known))})(?!项目|专项|工程)")


@derived
@lru_cache(maxsize=65536)
def read_project(name: str) -> ProjectName:
    """Weigh a name: places, years and signs count nothing, words that most names have little."""
    text = fold(name)
    weights = [_FULL if _is_word(char) else 0.0 for char in text]
    for match in _YEARS.finditer(text):
        _set(weights, match.span(), 0.0)
    chain = name_chain(text)
    places: tuple[Region, ...] = ()
    if chain and (chain.last.level or not chain.everyday) and chain.end < len(text):
        places = chain.regions
        _set(weights, (0, chain.end), 0.0)
    for at in range(1, len(text)):
        inner = chain_at(text, at)
        if inner and inner.last.level:
            _set(weights, (at, inner.end), 0.0)
    strong = list(weights)
    for match in _general().finditer(text):
        for i in range(*match.span()):
            weights[i] = min(weights[i], _FAINT)
    if sum(weights) < 1.5:
        weights = strong
    return ProjectName(name, text, tuple(weights), sum(weights), _numbers(text), places)


def _set(weights: list[float], span: Span, value: float) -> None:
    weights[span[0] : span[1]] = [value] * (span[1] - span[0])


def _numbers(text: str) -> frozenset[str]:
    return frozenset("".join(match.groups()) for match in _NUMBERED.finditer(text))


def _is_word(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char.isalnum()


class ProjectIndex:
    """The projects of a catalogue, found by pairs of their weighty characters."""

    def __init__(self, names: Sequence[str]) -> None:
        self.projects = tuple(read_project(name) for name in names)
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for number, project in enumerate(self.projects):
            pairs = {
                project.text[i : i + 2]
                for i in range(len(project.text) - 1)
                if min(project.weights[i : i + 2]) == _FULL
            }
            for pair in pairs:
                self._by_pair[pair].append(number)

    def candidates(self, text: str, most: int = _MOST_CANDIDATES) -> list[ProjectName]:
        """The projects that share most pairs with the text; rare pairs count more."""
        votes: dict[int, float] = defaultdict(float)
        for pair in {text[i : i + 2] for i in range(len(text) - 1)}:
            numbers = self._by_pair.get(pair, ())
            for number in numbers:
                votes[number] += 1 / len(numbers) ** 0.25
        best = sorted(votes, key=lambda number: (-votes[number], number))[:most]
        return [self.projects[number] for number in best]


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the question that means a project, with a score from 0 to 1."""

    start: int
    end: int
    project: ProjectName
    score: float
    share: float  # of the name's weight that the question gives


@dataclass(frozen=True, slots=True)
class _Tile:
    start: int
    end: int
    at: int  # in the project's name


def find_projects(text: str, index: ProjectIndex, blocked: Sequence[Span]) -> list[Found]:
    """Every place of a folded question that means a project, best readings not yet chosen.

    Args:
        blocked: stretches that mean something else (bodies, titles).
    """
    closed = [False] * len(text)
    for start, end in blocked:
        closed[start:end] = [True] * (end - start)
    scene = _Scene(text, closed, index)
    return [
        found
        for project in index.candidates(text)
        for group in _groups(text, _tiles(text, project, closed))
        if (found := scene.judge(project, group))
    ]


def _tiles(text: str, project: ProjectName, closed: Sequence[bool]) -> list[_Tile]:
    """Longest common runs of two or more characters, none overlapping, in order of the text."""
    runs = sorted(_runs(text, project, closed), key=lambda run: (-run[0], -run[1], run[2]))
    used_text = [False] * len(text)
    used_name = [False] * len(project.text)
    tiles: list[_Tile] = []
    for _, length, i, j in runs:
        if any(used_text[i : i + length]) or any(used_name[j : j + length]):
            continue
        used_text[i : i + length] = [True] * length
        used_name[j : j + length] = [True] * length
        tiles.append(_Tile(i, i + length, j))
    return sorted(tiles, key=lambda tile: tile.start)


def _runs(
    text: str, project: ProjectName, closed: Sequence[bool]
) -> Iterator[tuple[float, int, int, int]]:
    """Weight, length, and both positions of each longest common run."""
    name = project.text
    positions: dict[str, list[int]] = defaultdict(list)
    for j in range(len(name) - 1):
        positions[name[j : j + 2]].append(j)
    for i in range(len(text) - 1):
        for j in positions.get(text[i : i + 2], ()):
            if i and j and text[i - 1] == name[j - 1] and not closed[i - 1]:
                continue  # inside a longer run
            length = 0
            while (
                i + length < len(text)
                and j + length < len(name)
                and text[i + length] == name[j + length]
                and not closed[i + length]
            ):
                length += 1
            if length >= 2:
                yield project.weight(j, j + length), length, i, j


def _groups(text: str, tiles: list[_Tile]) -> Iterator[list[_Tile]]:
    """Tiles that stand close together, with no end of a clause between them."""
    group: list[_Tile] = []
    for tile in tiles:
        if group:
            gap = text[group[-1].end : tile.start]
            if len(gap) > _LONGEST_GAP or _PAUSE.search(gap):
                yield group
                group = []
        group.append(tile)
    if group:
        yield group


class _Scene:
    """One question, with what its characters are apart from any project."""

    def __init__(self, text: str, closed: Sequence[bool], index: ProjectIndex) -> None:
        self.text = text
        self.closed = closed
        self.index = index
        self.quotes = [match.span(1) for match in QUOTED.finditer(text)]
        self.named = _placed(text)
        self.general = [False] * len(text)
        for match in _general().finditer(text):
            self.general[match.start() : match.end()] = [True] * len(match.group())
        self.metric = [False] * len(text)
        for match in _metrics().finditer(text):
            self.metric[match.start() : match.end()] = [True] * len(match.group())

    def judge(self, project: ProjectName, group: list[_Tile]) -> Found | None:
        """Whether tiles that stand together mean the project."""
        weighty = [
            t for t in group if project.weight(t.at, t.at + t.end - t.start) >= 0.9 and self._own(t)
        ]
        if not weighty:
            return None
        start, end = weighty[0].start, weighty[-1].end
        weight = sum(
            project.weight(t.at, t.at + t.end - t.start) for t in group if start <= t.start < end
        )
        share = weight / project.total if project.total else 0.0
        quote = next((q for q in self.quotes if q[0] <= start and end <= q[1]), None)
        low, high = quote or (start, end)
        cue = self._cue(high)
        if _ACCOUNT.search(self.text[high:]):
            return None
        numbers = _numbers(self.text[low : (cue[1] if cue else high) + 3])
        if numbers and numbers != project.numbered:
            return None
        precision = weight / (weight + self._strange(project, group, low, high, cue, bool(quote)))
        inner = any(CUE.search(self.text, t.start, t.end) for t in group if t.start >= start)
        score = _score(precision, share, weight, bool(cue) or inner, bool(quote))
        if not score and precision >= 0.8 and self._alone(start, end, weight):
            score = SCORE_ALONE
        if not score and cue and precision >= 0.8 and self._only_one(start, end):
            score = SCORE_ALONE
        if not score:
            return None
        stop = cue[1] if cue else self._stop(project, group, high)
        return Found(low, stop, project, min(1.0, score), share)

    def _alone(self, start: int, end: int, weight: float) -> bool:
        """Whether a stretch stands as a noun of its own and few projects have it (网格化23年…).

        A short one has to follow a place or body, with a year or a verb between at most.
        """
        placed = bool(_BEHIND_PLACE.search(self._open(start)))
        before = start == 0 or self.closed[start - 1] or self._ends(start - 1)
        after = end == len(self.text) or self.closed[end] or self._ends(end)
        if not after or _CODED.search(self.text, 0, start):
            return False
        if not placed and not (before and weight >= _ALONE):
            return False
        said = self.text[start:end]
        return sum(said in project.text for project in self.index.projects) <= _FEW

    def _only_one(self, start: int, end: int) -> bool:
        """Whether a short word before 项目 stands behind a place or first, and one project has it."""
        first = not self.text[:start].strip()
        if not first and not _BEHIND_PLACE.search(self._open(start)):
            return False
        said = self.text[start:end]
        return sum(said in project.text for project in self.index.projects) == 1

    def _open(self, end: int) -> str:
        """The text up to a place, places and bodies as one sign."""
        return "".join("□" if self.closed[i] or self.named[i] else self.text[i] for i in range(end))

    def _ends(self, at: int) -> bool:
        return self.text[at] in _BREAK or self.text[at].isdigit()

    def _stop(self, project: ProjectName, group: list[_Tile], high: int) -> int:
        """The end of a mention with the general words of the name that follow it (…项目)."""
        for tile in group:
            if high <= tile.start <= high + 1 and project.weight(tile.at, tile.at + 1) > 0:
                high = tile.end
        return high

    def _own(self, tile: _Tile) -> bool:
        """Whether a tile is more than a part of a figure's name (卫生 in 卫生健康支出)."""
        inside = self.metric[tile.start : tile.end]
        quoted = any(low <= tile.start and tile.end <= high for low, high in self.quotes)
        return not all(inside) or quoted

    def _strange(
        self,
        project: ProjectName,
        group: list[_Tile],
        low: int,
        high: int,
        cue: Span | None,
        quoted: bool,
    ) -> float:
        """The weight of characters of the mention that the name does not explain."""
        covered = {i for t in group for i in range(t.start, t.end)}
        inside = sum(
            1.0 for i in range(low, high) if i not in covered and self._speaks_against(i, project)
        )
        if not quoted:
            inside += self._before(low, covered)
        if cue:
            inside += 0.7 * sum(
                1.0
                for i in range(high, cue[0])
                if i not in covered and self._speaks_against(i, project)
            )
        return inside

    def _speaks_against(self, at: int, project: ProjectName) -> bool:
        char = self.text[at]
        if not _is_word(char) or char in _BREAK or char.isdigit() or self.general[at]:
            return False
        return char not in project.text

    def _before(self, start: int, covered: set[int]) -> float:
        """The weight of characters right before a mention that are of the same noun and not the name.

        A quoted word before it (“智慧社区”运维项目) is part of the noun and counts in full.
        """
        weight, quoted = 0.0, False
        for at in range(start - 1, max(-1, start - 11), -1):
            char = self.text[at]
            end = char in "省市区县镇州" and at == start - 1
            if self.closed[at] or self.named[at] or at in covered or end:
                break
            if char in _QUOTE_MARKS:
                if quoted:
                    break
                quoted = True
                continue
            if char in _BREAK or not "\u4e00" <= char <= "\u9fff" or self.general[at]:
                break
            weight += 1.0 if quoted else 0.5
        return weight

    def _cue(self, end: int) -> Span | None:
        """The word that says project after a mention, with nothing but its own words between."""
        match = CUE.search(self.text, end, min(len(self.text), end + 12))
        if not match or not _LINK.fullmatch(self.text, end, match.start()):
            return None
        if _MEASURED.search(self.text, end, match.end()):
            return None
        if self.text.startswith(_OF_AN_ACCOUNT, match.start() - 1):
            return None
        return match.span()


def _placed(text: str) -> list[bool]:
    """Which characters name a place."""
    named = [False] * len(text)
    for at in range(len(text)):
        chain = None if named[at] else chain_at(text, at)
        if chain:
            named[at : chain.end] = [True] * (chain.end - at)
    return named


def _score(precision: float, share: float, weight: float, cue: bool, quoted: bool) -> float:
    if quoted and precision < 0.75:
        return 0.0
    if (cue or quoted) and precision >= 0.6 and (share >= 0.3 or weight >= 3):
        return precision * (0.7 + 0.3 * share)
    if share >= 0.55 and weight >= 5 and precision >= 0.8:
        return precision * (0.6 + 0.3 * share)
    return 0.0


def best_share(text: str, index: ProjectIndex) -> float:
    """The largest share of a quoted name's own pairs of characters that one project's name has."""
    own = [
        text[i : i + 2] for i in range(len(text) - 1) if _is_word(text[i]) and _is_word(text[i + 1])
    ]
    if not own:
        return 0.0
    return max(
        (sum(pair in p.text for pair in own) / len(own) for p in index.candidates(text)),
        default=0.0,
    )
