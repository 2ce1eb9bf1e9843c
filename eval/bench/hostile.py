"""Malformed files: every one is read or refused in one clear line, and none ends in a traceback.

``python -m eval.bench.hostile --json out.json`` makes 2,000 inputs from a seed (nothing is read
from disk), sends each through the whole ingest (blocks, figures, equations) and counts what came
back. A crash is any error other than the reader's own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ingest.pipeline import read_document
from ingest.readers.errors import UnreadableFile

SEED: Final = 20_240_611
COUNT: Final = 2_000
LONG_LINE: Final = 100 * 1024 * 1024
_LONGEST_MESSAGE: Final = 200
_CHINESE: Final = re.compile("[一-鿿]")
_ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
_MAGIC: Final = (
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"{\\rtf1",
    b"\x1f\x8b\x08\x00",
    b"Rar!\x1a\x07\x00",
    b"<!DOCTYPE html><html><table><tr><td>",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
)
_REPORT: Final = """2023年度某局部门决算

第一部分：概况

一、主要职责

（一）负责有关工作。

第二部分：2023年度部门决算表

表1

收入支出决算总表

部门：某局

单位：万元

收入\t\t\t支出\t\t
项目\t行次\t决算数\t项目\t行次\t决算数
一、一般公共预算财政拨款收入\t1\t5,206.40\t一、一般公共服务支出\t31\t4,680.15
二、政府性基金预算财政拨款收入\t2\t0.00\t二、外交支出\t32\t526.25
总计\t3\t5,206.40\t总计\t33\t5,206.40

注：本表反映部门本年度的总收支情况。

第三部分：决算情况说明

2023年度总收入5,206.40万元，比上年决算数增加105.60万元，增长2.07%；完成预算的97.31%，得86.52分。
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One malformed input. `make` builds the bytes, so that large ones live one at a time."""

    kind: str
    name: str
    make: Callable[[], bytes]


@dataclass(slots=True)
class Outcomes:
    """What came back, counted by kind of input."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unclear: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def total(self) -> int:
        return sum((self.read + self.refused).values()) + len(self.unclear) + len(self.crashed)


def cases(count: int = COUNT, seed: int = SEED, *, long_line: int = LONG_LINE) -> Iterator[Case]:
    """`count` malformed inputs, the same for the same seed: the fixed ones first."""
    fixed = list(_fixed(long_line))
    yield from fixed[:count]
    makers = list(_RANDOM.items())
    for index in range(max(0, count - len(fixed))):
        kind, maker = makers[index % len(makers)]
        yield _random_case(kind, maker, index, seed)


def _random_case(kind: str, maker: Callable[[random.Random], bytes], index: int, seed: int) -> Case:
    def make() -> bytes:
        return maker(random.Random(seed * 1_000_003 + index))  # noqa: S311 - test material

    return Case(kind, f"{kind}-{index}.txt", make)


def judge(case: Case, outcomes: Outcomes) -> None:
    """Read one input and count what came back."""
    data = case.make()
    started = time.perf_counter()
    try:
        read_document(data, case.name)
    except UnreadableFile as error:
        flaw = unclear(str(error), case.name)
        if flaw:
            outcomes.unclear.append(f"{case.name}：{flaw}：{str(error)[:_LONGEST_MESSAGE]}")
        else:
            outcomes.refused[case.kind] += 1
    except Exception:  # noqa: BLE001 - the benchmark counts these
        last = traceback.format_exc(limit=-2).strip().splitlines()
        outcomes.crashed.append(f"{case.name}: " + " | ".join(line.strip() for line in last[-3:]))
    else:
        outcomes.read[case.kind] += 1
    outcomes.slowest = max(outcomes.slowest, time.perf_counter() - started)


def unclear(message: str, name: str) -> str:
    """What is wrong with a message to the user, or "": one Chinese line that names the file."""
    if "\n" in message.strip() or "Traceback" in message:
        return "不止一行"
    if not _CHINESE.search(message):
        return "不是中文"
    if name not in message:
        return "没有文件名"
    if len(message) > _LONGEST_MESSAGE + len(name):
        return "太长"
    return ""


# -- inputs ---------------------------------------------------------------------------------------


def _fixed(long_line: int) -> Iterator[Case]:
    text = _REPORT
    made: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("empty", lambda: b""),
        ("blank", lambda: b" \r\n\t\n" * 500),
        ("nul", lambda: b"\x00" * 5_000),
        ("bom only", lambda: b"\xef\xbb\xbf"),
        ("bom only", lambda: b"\xff\xfe"),
        ("one byte", lambda: b"\x80"),
        ("one character", lambda: "一".encode()),
        ("replacement", lambda: "\ufffd".encode() * 3_000),
        ("surrogates", lambda: b"\xed\xa0\x80\xed\xb0\x80" * 500),
        ("long line", lambda: ("1" * long_line).encode()),
        ("long line", lambda: "万".encode() * (long_line // 3)),
        ("long line", lambda: b"\t" * long_line),
        ("long lines", lambda: b"\n".join([b"1," * 40_000] * 4)),
        ("deep nesting", lambda: ("《" * 20_000 + "》" * 20_000).encode()),
        ("deep nesting", lambda: ("（" * 50_000).encode()),
        ("deep nesting", lambda: ("<table><tr><td>" * 5_000).encode()),
        ("deep nesting", lambda: "\n".join("　" * n + "一、" for n in range(1_500)).encode()),
        ("many headings", lambda: "\n\n".join(f"{n}. 标题" for n in range(5_000)).encode()),
        ("wide table", lambda: "\n".join(["1\t" * 5_000] * 5).encode()),
        ("tall table", lambda: "\n".join(["项目\t1\t2.00"] * 20_000).encode()),
        ("ragged table", lambda: "\n".join("\t" * (n % 40) + "1" for n in range(3_000)).encode()),
        ("carriage returns", lambda: text.replace("\n", "\r").encode()),
        ("form feeds", lambda: text.replace("\n\n", "\f").encode()),
        (
            "mixed encodings",
            lambda: text.encode() + text.encode("gb18030") + text.encode("big5", "ignore"),
        ),
    )
    for index, (kind, make) in enumerate(made):
        yield Case(kind, f"fixed-{index}.txt", make)


def _noise(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randrange(1, 4_000))


def _truncated(rng: random.Random) -> bytes:
    data = _REPORT.encode(rng.choice(_ENCODINGS), "ignore")
    return data[: rng.randrange(len(data))]


def _flipped(rng: random.Random) -> bytes:
    data = bytearray(_REPORT.encode(rng.choice(_ENCODINGS), "ignore"))
    for _ in range(rng.randrange(1, 200)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _misread(rng: random.Random) -> bytes:
    """Text that was decoded in the wrong encoding and saved again."""
    first, second = rng.sample(_ENCODINGS, 2)
    return _REPORT.encode(first, "ignore").decode(second, "replace").encode("utf-8", "replace")


def _foreign(rng: random.Random) -> bytes:
    return rng.choice(_MAGIC) + rng.randbytes(rng.randrange(3_000))


def _shuffled(rng: random.Random) -> bytes:
    lines = _REPORT.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines).encode()


def _spliced(rng: random.Random) -> bytes:
    data = _REPORT.encode()
    cut = rng.randrange(len(data))
    return data[:cut] + rng.randbytes(rng.randrange(1, 300)) + data[cut:]


def _symbols(rng: random.Random) -> bytes:
    signs = '0123456789.,%-—~（）()《》“”"\n\n\t\t |一二三十万亿元个项年月日第、：；\u3000'
    return "".join(rng.choices(signs, k=rng.randrange(1, 3_000))).encode()


def _unicode(rng: random.Random) -> bytes:
    codes = (rng.randrange(0x20, 0x110000) for _ in range(rng.randrange(1, 1_500)))
    return "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000).encode()


def _tables(rng: random.Random) -> bytes:
    cells = ("", "1", "0.00", "--", "合计", "项目", "单位：万元", "1,2", "(3)", "表1", "栏次")
    rows = ("\t".join(rng.choices(cells, k=rng.randrange(12))) for _ in range(rng.randrange(1, 60)))
    return "\n".join(rows).encode()


_RANDOM: Final[dict[str, Callable[[random.Random], bytes]]] = {
    "random bytes": _noise,
    "truncated": _truncated,
    "flipped bytes": _flipped,
    "wrong encoding": _misread,
    "other format": _foreign,
    "shuffled lines": _shuffled,
    "spliced bytes": _spliced,
    "symbols": _symbols,
    "any unicode": _unicode,
    "broken tables": _tables,
}


# -- command --------------------------------------------------------------------------------------


def measure(count: int = COUNT, seed: int = SEED) -> dict[str, Any]:
    """The totals as JSON values: a summary, and a table by kind of input."""
    outcomes = Outcomes()
    started = time.perf_counter()
    for case in cases(count, seed):
        judge(case, outcomes)
    kinds = sorted(outcomes.read | outcomes.refused)
    seconds = time.perf_counter() - started
    return {
        "summary": (
            f"{outcomes.total} malformed inputs: {outcomes.read.total()} read, "
            f"{outcomes.refused.total()} refused in one clear line, "
            f"{len(outcomes.unclear)} refused unclearly, {len(outcomes.crashed)} crashed; "
            f"{seconds:.1f} s in all, {outcomes.slowest:.2f} s the slowest."
        ),
        "columns": ["kind", "read", "refused"],
        "rows": [[kind, outcomes.read[kind], outcomes.refused[kind]] for kind in kinds],
        "total": outcomes.total,
        "unclear": outcomes.unclear,
        "crashed": outcomes.crashed,
        "seed": seed,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; returns 1 when an input crashed or was refused unclearly."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.hostile", description="测坏文件")
    parser.add_argument("--count", type=int, default=COUNT, help=f"输入的个数，缺省 {COUNT}")
    parser.add_argument("--seed", type=int, default=SEED, help="随机种子")
    parser.add_argument("--json", type=Path, help="结果写入的文件；缺省只打印")
    options = parser.parse_args(arguments)
    found = measure(options.count, options.seed)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if options.json is not None:
        options.json.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 1 if found["crashed"] or found["unclear"] else 0


if __name__ == "__main__":
    sys.exit(main())
