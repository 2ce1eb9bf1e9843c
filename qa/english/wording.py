"""The words that a library's reports use: which of several translations is theirs, names in pinyin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from qa.english.terms import Kind
from qa.english.tokens import Sort, Token
from qa.words.pinyin import syllables

_SHORTEST, _LONGEST = 2, 4  # characters of a name that a word in pinyin can spell
_LINKS = 3  # linking words that may stand between two words that belong together
_TOGETHER = 2.0  # two words that stand side by side in a report
_NEAR = 1.5  # with a few characters between (受理各类案件)
_BETWEEN = 3
_ALONE = 1.0
_LATER = 0.01  # of words that reports use alike the first of the glossary is taken
_FIXED = (Sort.GLOSS, Sort.QUOTE, Sort.HAN)


@dataclass(frozen=True, slots=False)
class Wording:
    """What the reports call things: runs of Chinese characters, as short as labels are."""

    words: frozenset[str]

    @cached_property
    def _text(self) -> str:
        return "\n".join(sorted(self.words))

    def holds(self, text: str) -> bool:
        """Whether a report's own words hold a text."""
        return text in self._text

    def near(self, first: str, second: str) -> bool:
        """Whether a word of the reports has both, one soon after the other."""
        between = f"{re.escape(first)}[^\n]{{1,{_BETWEEN}}}{re.escape(second)}"
        return bool(re.search(between, self._text))

    @cached_property
    def _by_spelling(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for word in self.words:
            sounds = syllables(word[: _LONGEST + 1])
            for length in range(_SHORTEST, min(_LONGEST, len(word)) + 1):
                found.setdefault("".join(sounds[:length]), set()).add(word[: length + 1])
        return {spelling: frozenset(starts) for spelling, starts in found.items()}

    def spelled(self, latin: str, level: str = "") -> str:
        """What begins a word of the reports and sounds like `latin`; "" for none or several.

        Args:
            level: what has to follow it there (县 of Qingshi County), if anything; it is given too.
        """
        starts = self._by_spelling.get(latin.lower(), frozenset())
        if level:
            names = {start for start in starts if start.endswith(level)}
        else:
            lengths = range(_SHORTEST, _LONGEST + 1)
            names = {
                start[:length]
                for start in starts
                for length in lengths
                if "".join(syllables(start[:length])) == latin.lower()
            }
        return names.pop() if len(names) == 1 else ""


@lru_cache(maxsize=4)
def wording_of(words: frozenset[str]) -> Wording:
    """The wording of a library's words, kept for as long as they stay the same."""
    return Wording(words)


def as_reported(tokens: Sequence[Token], wording: Wording) -> list[Token]:
    """Tokens in the Chinese that the reports use, where the glossary gives several.

    Words beside each other decide together: 道路 and 养护 are no word of a report that says 公路养护.
    """
    chosen = list(tokens)
    for run in _runs(tokens):
        options = [_options(tokens[i]) for i in run]
        if any(len(each) > 1 for each in options):
            for i, text in zip(run, _best(options, wording), strict=True):
                chosen[i] = _called(tokens[i], text)
    return _done_to(chosen, tokens, wording)


_AUXILIARY = frozenset(("do", "does", "did", "has", "have", "had"))


def _done_to(chosen: list[Token], tokens: Sequence[Token], wording: Wording) -> list[Token]:
    """The verb of ``how many N did S V`` as the reports put it beside N (馆藏图书, 召开会议)."""
    keys = [token.key for token in chosen]
    asked = next(
        (i for i, key in enumerate(keys) if key in ("many", "much", "which", "what")), None
    )
    on = next((i for i, key in enumerate(keys) if key in _AUXILIARY), None)
    if asked is None or on is None or on < asked:
        return chosen
    noun = next((t for t in reversed(chosen[asked + 1 : on]) if _options(t)), None)
    at = next((i for i in range(on + 1, len(chosen)) if chosen[i].sort is Sort.VERB), None)
    if noun is None or at is None or len(_options(tokens[at])) < 2:
        return chosen
    named = noun.zh.strip("“”")
    beside = [
        (_pair((named,), text, wording) - _LATER * place, text)
        for place, text in enumerate(_options(tokens[at]))
    ]
    gain, text = max(beside, key=lambda each: each[0])
    if gain > _ALONE:
        chosen[at] = _called(tokens[at], text)
    return chosen


def _runs(tokens: Sequence[Token]) -> list[list[int]]:
    """Places of words that stand together, small linking words between them left out."""
    runs: list[list[int]] = [[]]
    links = 0
    for i, token in enumerate(tokens):
        if _options(token):
            runs[-1].append(i)
            links = 0
            continue
        links += 1
        if token.sort is not Sort.LINK or links > _LINKS:
            runs.append([])
    return [run for run in runs if run]


def _options(token: Token) -> tuple[str, ...]:
    if token.sort in _FIXED:
        return (token.zh.strip("“”"),) if token.zh else ()
    if token.sort not in (Sort.TERM, Sort.VERB) or token.term is None or not token.zh:
        return ()
    if token.term.kind in (Kind.COMPARE, Kind.EXTREME, Kind.DEGREE):
        return ()
    return tuple(dict.fromkeys((token.zh, *token.term.chinese)))


def _best(options: Sequence[tuple[str, ...]], wording: Wording) -> tuple[str, ...]:
    """The words that the reports use most of, each with its neighbours."""
    paths: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for several in options:
        longer: list[tuple[float, tuple[str, ...]]] = []
        for place, text in enumerate(several):
            own = (_ALONE if wording.holds(text) else 0.0) - _LATER * place
            ends = [(score + own + _pair(path[-1:], text, wording), path) for score, path in paths]
            score, path = max(ends, key=lambda end: end[0])
            longer.append((score, (*path, text)))
        paths = longer
    return max(paths, key=lambda end: end[0])[1]


def _pair(before: tuple[str, ...], text: str, wording: Wording) -> float:
    """What two words beside each other in English gain when a report has them as one."""
    if not before or before[0] == text:
        return 0.0
    first = before[0]
    if wording.holds(first + text) or wording.holds(text + first):
        return _TOGETHER
    return _NEAR if wording.near(first, text) or wording.near(text, first) else 0.0


def _called(token: Token, text: str) -> Token:
    """A token by another of its names, which its term has first from then on."""
    if token.term is None or text == token.zh or token.sort in _FIXED:
        return token
    others = tuple(word for word in token.term.chinese if word != text)
    return replace(token, zh=text, term=replace(token.term, chinese=(text, *others)))
