"""docs/eval.md says what happens: its transcript is run again. WRITE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "eval.md"
START, END = "<!-- transcript -->", "<!-- end of transcript -->"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
MARK = "\x1e"
GOUJI = f"gouji() {{ '{sys.executable}' -c 'import sys; from ui.cli import main; sys.exit(main())' \"$@\"; }}"


def transcript() -> str:
    page = PAGE.read_text(encoding="utf-8")
    return page[page.index(START) : page.index(END)]


def replayed(commands: list[str], folder: Path) -> str:
    """The commands, each with what it prints, run one after another in one shell."""
    script = [GOUJI]
    for command in commands:
        # The exit code of the command before stays what $? says.
        script += [f"before=$?; printf '{MARK}'; (exit $before)", command]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GOUJI_")}
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=folder,
        env={**environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    outputs = done.stdout.split(MARK)[1:]
    lines = [f"$ {command}\n{output}" for command, output in zip(commands, outputs, strict=True)]
    return "".join(lines)


def without_times(text: str) -> str:
    """The text without times of the clock, times taken, and lines that tell of slow progress."""
    text = re.sub(r"^\d+/\d+  对 .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", text)
    return re.sub(r"\d+\.\d(?= (?:毫秒|秒))", "N", text)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_transcript_is_what_happens(tmp_path: Path) -> None:
    written = transcript()
    shutil.copytree(ROOT / "samples" / "reports", tmp_path / "samples" / "reports")
    folder = tmp_path / "here"
    folder.mkdir()
    suite = re.search(r"`([^`]+\.yaml)`\n\n```yaml\n(.*?)```", written, re.DOTALL)
    assert suite is not None
    (folder / suite[1]).write_text(suite[2], encoding="utf-8")
    happened = written
    for block in CONSOLE.findall(written):
        commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        happened = happened.replace(block, replayed(commands, folder))
    if os.environ.get("WRITE_GOLDEN"):
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(page.replace(written, happened), encoding="utf-8")
        written = happened
    assert without_times(written) == without_times(happened)
