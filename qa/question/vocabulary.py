"""A vocabulary of an office's own beside the package's: files of the same names and formats.

`use_vocabulary` is called once when a program starts; every file is checked as a whole then, so
that a slip is told with its file and line and not in the middle of an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from qa.english.asking import check_patterns
from qa.english.terms import move_keys
from qa.naming.bodies import organ_forms
from qa.naming.regions import region
from qa.question.asking import check_asking_patterns
from qa.question.near_words import near_words
from qa.words.lexicon import NAMES, LexiconError, add_files, placed_rows, words
from qa.words.synonyms import stable_words

_SUFFIXES = (".tsv", ".txt", ".toml")

# Reads a file of a name as a whole; the first thing that is wrong in it raises.
_CHECKS: dict[str, Callable[[], object]] = {
    "organs.tsv": organ_forms,
    "organ_words.tsv": lambda: placed_rows("organ_words.tsv"),
    "regions.tsv": lambda: region(""),
    "english.tsv": move_keys,
    "english_patterns.tsv": check_patterns,
    "asking_patterns.tsv": check_asking_patterns,
    "synonyms.toml": stable_words,
    "near_words.tsv": near_words,
}


def use_vocabulary(place: str) -> tuple[str, ...]:
    """Add the files of a folder, or one file, to the package's words; "" goes back to those alone.

    Args:
        place: a folder with any of the files that docs/vocabulary.md describes, or one of them; a
            single file may have another name if it ends in ``.toml`` (synonyms).

    Returns:
        The names of the files that were added.

    Raises:
        LexiconError: there is no such place, a file in it is none of the known ones, or is
            damaged; the message is one line with file and line number. The words are then the
            package's alone.
    """
    add_files({})
    found = _files(Path(place)) if place else {}
    add_files(found)
    try:
        for name in found:
            _CHECKS.get(name, lambda name=name: words(name))()
    except LexiconError:
        add_files({})
        raise
    return tuple(found)


def _files(place: Path) -> dict[str, Path]:
    if place.is_file():
        name = place.name
        return {_known("synonyms.toml" if place.suffix == ".toml" else name, place): place}
    if not place.is_dir():
        raise LexiconError(f"找不到词表 {place}:设置 vocabulary 应为文件夹或文件,请检查路径")
    paths = [path for path in sorted(place.iterdir()) if path.suffix in _SUFFIXES]
    if not paths:
        raise LexiconError(f"词表文件夹 {place} 中没有词表文件,可有:{'、'.join(NAMES)}")
    return {_known(path.name, path): path for path in paths}


def _known(name: str, path: Path) -> str:
    if name in NAMES:
        return name
    close = get_close_matches(name, NAMES, n=1, cutoff=0.4)
    hint = f",最接近的是 {close[0]}" if close else f",可有:{'、'.join(NAMES)}"
    raise LexiconError(f"{path} 不是词表文件的名称{hint}")
