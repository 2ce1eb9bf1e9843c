"""Suite files as plain data that knows its lines: YAML with a list of cases, or JSONL, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from eval.suites.model import SuiteProblem

_DEEPEST = 50
# Ten times as fast as the one in Python, where libyaml is there.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class RawCase:
    """A case as it stands in the file, not yet validated, and where it stands."""

    data: object
    line: int
    node: yaml.Node | None = None

    def line_of(self, location: Location) -> int:
        """The line of the innermost thing on the way to `location`; what is absent ends it."""
        line, node = self.line, self.node
        for part in location:
            found = _inside(node, part)
            if found is None:
                break
            line, node = found
        return line


@dataclass(frozen=True, slots=True)
class RawSuite:
    """The cases that could be read and what could not, or should not, be."""

    cases: tuple[RawCase, ...]
    problems: tuple[SuiteProblem, ...]


def read_raw(text: str, name: str) -> RawSuite:
    """Read a suite's text; a `name` that ends in .jsonl has a case on each line."""
    return _read_jsonl(text, name) if name.lower().endswith(".jsonl") else _read_yaml(text, name)


def _inside(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        found = node.value[part]
        return found.start_mark.line + 1, found
    return None


def _read_yaml(text: str, name: str) -> RawSuite:
    try:
        if _depth(text) > _DEEPEST:
            return _refused(name, 1, "嵌套过深")
        loader = _Loader(text)
        node = loader.get_single_node()
        problems = list(_unclear(node, name, set())) if node is not None else []
        # An alias may stand for any number of copies, or for itself: nothing is built of it.
        data = loader.construct_document(node) if node is not None and not problems else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        line = mark.line + 1 if mark is not None else 1
        return _refused(name, line, f"不是有效的 YAML（{problem}）")
    except ValueError as error:  # a date or a number that YAML takes for one and cannot build
        return _refused(name, 1, f"不是有效的 YAML（{error}）")
    if problems:
        return RawSuite((), tuple(problems))
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        return _refused(name, 1, "应为 cases: 之下的一列题目")
    return _listed(data, node, name)


def _depth(text: str) -> int:
    """How deep the text nests: the C library dies of what nests without end."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _DEEPEST:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


def _listed(data: dict[Any, Any], node: yaml.MappingNode, name: str) -> RawSuite:
    problems = [
        SuiteProblem(name, key.start_mark.line + 1, f"没有字段 {key.value}，最外层只有 cases")
        for key, _ in node.value
        if key.value != "cases"
    ]
    found = _inside(node, "cases")
    if found is None:
        return RawSuite((), (*problems, SuiteProblem(name, 1, "缺少 cases")))
    line, listed = found
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        return RawSuite((), (*problems, SuiteProblem(name, line, "cases 应为一列题目，至少一题")))
    pairs = zip(data["cases"], listed.value, strict=True)
    cases = tuple(RawCase(each, inner.start_mark.line + 1, inner) for each, inner in pairs)
    return RawSuite(cases, tuple(problems))


def _refused(name: str, line: int, message: str) -> RawSuite:
    return RawSuite((), (SuiteProblem(name, line, message),))


def _unclear(node: yaml.Node, name: str, seen: set[int]) -> Iterator[SuiteProblem]:
    """Fields that stand twice, fields that are no words, and aliases."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return
    if id(node) in seen:
        yield SuiteProblem(name, line, "题库不用 YAML 的锚点与别名（& 与 *），请写全")
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _unclear(value, name, seen)
    elif isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                yield SuiteProblem(name, at, "字段名应为文字")
                continue
            if key.value in keys:
                yield SuiteProblem(name, at, f"字段 {key.value} 写了两次，请删去一个")
            keys.add(key.value)
            yield from _unclear(value, name, seen)


class _TwiceError(ValueError):
    """A field stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(f"字段 {key} 写了两次，请删去一个")
        found[key] = value
    return found


def _read_jsonl(text: str, name: str) -> RawSuite:
    cases: list[RawCase] = []
    problems: list[SuiteProblem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cases.append(RawCase(json.loads(line, object_pairs_hook=_once), number))
        except json.JSONDecodeError as error:
            message = f"不是有效的 JSON（第 {error.colno} 个字符：{error.msg}）"
            problems.append(SuiteProblem(name, number, message))
        except _TwiceError as error:
            problems.append(SuiteProblem(name, number, str(error)))
        except (RecursionError, ValueError) as error:
            problems.append(SuiteProblem(name, number, f"不是有效的 JSON（{error}）"))
    if not cases and not problems:
        problems.append(SuiteProblem(name, 1, "没有题目"))
    return RawSuite(tuple(cases), tuple(problems))
