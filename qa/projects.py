"""Project names in questions: found by the characters that set a project apart.

Nobody types “番禺区2023年…建设专项资金（运维类）项目” in full. What is typed shares runs of characters with
the name; the share of the typed words that the name explains decides, not the share of the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.bodies import fold
from qa.lexicon import words
from qa.regions import chain_at

CUE = re.compile(r"项目|工程|专项资金|专项经费|专项|经费|补助资金|资金|课题|计划")
QUOTED = re.compile(r"[“\"「『‘']([^”\"」』’'“‘「]{2,40})[”\"」』’']")
TITLED = re.compile(r"《[^》]{2,80}》")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-—–~至到、]\s*(?:19|20)?\d\d)?(?:年度?)?|[一二三四五六七八九十]?\d{0,2}年度?")
_BREAK = frozenset(
    "的在是那这个和与及跟比对有把由用给了着过于以按从到为等该各哪几多少请问其里年月日搞做办还也都被向让据就"
    ",。？！；：、,.?!;:()（）《》“”\"' 　\n"
)
_NUMBERED = re.compile(r"第?([一二三四五六七八九十\d]+)(期|标段|批|阶段)")
_LONGEST_GAP = 6


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project's name with the weight of each of its characters."""

    name: str
    text: str
    weights: tuple[float, ...]
    total: float
    numbered: frozenset[str]

    @property
    def pairs(self) -> frozenset[str]:
        return frozenset(self.text[i : i + 2] for i in range(len(self.text) - 1))


@lru_cache(maxsize=65536)
def read_project(name: str) -> ProjectName:
    """Weigh a project's name: places, years and signs count nothing, words that most names have little."""
    text = fold(name)
    weights = [1.0 if _is_word(char) else 0.0 for char in text]
    for match in _YEARS.finditer(text):
        weights[match.start() : match.end()] = [0.0] * (match.end() - match.start())
    at = 0
    while at < len(text):
        chain = chain_at(text, at)
        if chain and not chain.everyday and (at == 0 or chain.last.level):
            weights[at : chain.end] = [0.0] * (chain.end - at)
            at = chain.end
        else:
            at += 1
    strong = list(weights)
    for word in words("project_words.txt"):
        for match in re.finditer(re.escape(word), text):
            for i in range(match.start(), match.end()):
                weights[i] = min(weights[i], 0.15)
    if sum(weights) < 1.5:
        weights = strong
    return ProjectName(name, text, tuple(weights), sum(weights), _numbers(text))


def _numbers(text: str) -> frozenset[str]:
    return frozenset("".join(match.groups()) for match in _NUMBERED.finditer(text))


def _is_word(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char.isalnum()


class ProjectIndex:
    """The projects of a catalogue, found by pairs of characters."""

    def __init__(self, names: Sequence[str]) -> None:
        self.projects = tuple(read_project(name) for name in names)
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for number, project in enumerate(self.projects):
            for pair in project.pairs:
                self._by_pair[pair].append(number)

    def candidates(self, text: str) -> Iterator[ProjectName]:
        """Projects that share a pair of weighty characters with the text."""
        seen: set[int] = set()
        for i in range(len(text) - 1):
            for number in self._by_pair.get(text[i : i + 2], ()):
                if number not in seen:
                    seen.add(number)
                    yield self.projects[number]


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


def _tiles(text: str, project: ProjectName, blocked: Sequence[bool]) -> list[_Tile]:
    """Longest common runs of two or more characters, none overlapping, in order of the text."""
    name = project.text
    runs: list[tuple[float, int, int, int]] = []
    positions: dict[str, list[int]] = defaultdict(list)
    for j in range(len(name) - 1):
        positions[name[j : j + 2]].append(j)
    for i in range(len(text) - 1):
        for j in positions.get(text[i : i + 2], ()):
            if i and j and text[i - 1] == name[j - 1] and not blocked[i - 1]:
                continue
            length = 0
            while (
                i + length < len(text)
                and j + length < len(name)
                and text[i + length] == name[j + length]
                and not blocked[i + length]
            ):
                length += 1
            if length >= 2:
                runs.append((sum(project.weights[j : j + length]), length, i, j))
    runs.sort(key=lambda run: (-run[0], -run[1], run[2]))
    used_text = [False] * len(text)
    used_name = [False] * len(name)
    tiles: list[_Tile] = []
    for _, length, i, j in runs:
        if any(used_text[i : i + length]) or any(used_name[j : j + length]):
            continue
        used_text[i : i + length] = [True] * length
        used_name[j : j + length] = [True] * length
        tiles.append(_Tile(i, i + length, j))
    return sorted(tiles, key=lambda tile: tile.start)


def _groups(text: str, tiles: list[_Tile]) -> Iterator[list[_Tile]]:
    """Tiles that stand close together, with no end of a clause between them."""
    group: list[_Tile] = []
    for tile in tiles:
        if group:
            gap = text[group[-1].end : tile.start]
            if len(gap) > _LONGEST_GAP or re.search(r"[,。?!;:、]", gap):
                yield group
                group = []
        group.append(tile)
    if group:
        yield group


def find_project(text: str, project: ProjectName, blocked: Sequence[bool]) -> list[Found]:
    """Every place of a folded question that means the project."""
    found = []
    for group in _groups(text, _tiles(text, project, blocked)):
        score, share, start, end = _judge(text, project, group, blocked)
        if score > 0:
            found.append(Found(start, end, project, score, share))
    return found


def _judge(
    text: str, project: ProjectName, group: list[_Tile], blocked: Sequence[bool]
) -> tuple[float, float, int, int]:
    weighty = [t for t in group if sum(project.weights[t.at : t.at + t.end - t.start]) >= 0.9]
    if not weighty:
        return 0.0, 0.0, 0, 0
    start, end = weighty[0].start, weighty[-1].end
    inside = [t for t in group if start <= t.start and t.end <= end]
    weight = sum(sum(project.weights[t.at : t.at + t.end - t.start]) for t in inside)
    share = weight / project.total if project.total else 0.0
    quoted = _quote_around(text, start, end)
    covered = {i for t in group for i in range(t.start, t.end)}
    low, high = quoted or (start, end)
    strange = sum(1.0 for i in range(low, high) if i not in covered and _counts(text, i, project))
    if quoted is None:
        strange += 0.5 * _strange_before(text, start, covered, blocked)
    cue = _cue_after(text, high)
    if cue:
        strange += 0.7 * sum(
            1.0 for i in range(high, cue[0]) if i not in covered and _counts(text, i, project)
        )
    precision = weight / (weight + strange)
    clear = bool(cue) or any(CUE.search(text[t.start : t.end]) for t in group) or quoted
    if _numbers(text[low : high + 4]) and _numbers(text[low : high + 4]) != project.numbered:
        return 0.0, share, low, high
    if clear and precision >= 0.6 and (share >= 0.3 or weight >= 3):
        score = precision * (0.7 + 0.3 * share)
    elif share >= 0.7 and weight >= 4 and precision >= 0.75:
        score = precision * (0.6 + 0.3 * share)
    else:
        return 0.0, share, low, high
    stop = cue[1] if cue and cue[1] - high <= 8 else high
    return min(1.0, score), share, low, max(stop, high)


def _counts(text: str, at: int, project: ProjectName) -> bool:
    """Whether a character that the name does not explain speaks against the name."""
    char = text[at]
    if not _is_word(char) or char in _BREAK or char.isdigit():
        return False
    return char not in project.text and not _generic_at(text, at)


def _generic_at(text: str, at: int) -> bool:
    return any(
        text[start : start + len(word)] == word
        for word in words("project_words.txt")
        for start in range(max(0, at - len(word) + 1), at + 1)
    )


def _quote_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    for match in QUOTED.finditer(text):
        if match.start(1) <= start and end <= match.end(1):
            return match.start(1), match.end(1)
    return None


def _cue_after(text: str, end: int) -> tuple[int, int] | None:
    match = CUE.search(text, end, min(len(text), end + 12))
    if not match or re.search(r"[,。?!;:、的]", text[end : match.start()]):
        return None
    return match.start(), match.end()


def _strange_before(text: str, start: int, covered: set[int], blocked: Sequence[bool]) -> float:
    """Characters right before a mention that belong to the same noun and are not of the name."""
    count = 0
    at = start - 1
    while at >= 0 and count < 6 and not blocked[at] and at not in covered:
        if text[at] in _BREAK or not _is_word(text[at]) or text[at].isdigit():
            break
        if _generic_at(text, at):
            break
        count += 1
        at -= 1
    return float(count)


def best_share(text: str, projects: Sequence[ProjectName]) -> float:
    """The largest share of a quoted name's own characters that one project's name has."""
    own = [text[i : i + 2] for i in range(len(text) - 1) if _is_word(text[i]) and _is_word(text[i + 1])]
    if not own:
        return 0.0
    return max(
        (sum(pair in project.pairs for pair in own) / len(own) for project in projects), default=0.0
    )
