"""Dockerfile and compose file against the code: settings, ports, addresses, versions, packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from index.library import Library
from ingest.settings import Settings, load_settings, setting_table
from tests.test_repository import PACKAGES, pinned
from ui.web.app import create_app
from ui.web.services import Services

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions() -> Iterator[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments on one line."""
    lines = [line for line in DOCKERFILE.splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word:
            yield word, " ".join(rest.split())


def of(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def environment() -> dict[str, str]:
    """What the image sets for the program."""
    return dict(re.findall(r"(GOUJI_\w+)=(\S+)", " ".join(of("ENV"))))


def test_every_variable_is_a_setting() -> None:
    known = {info.variable for info in setting_table()}
    given = compose()["services"]["gouji"]["environment"]
    assert set(environment()) <= known
    assert set(given) <= known
    assert set(environment()) <= set(given)


@pytest.mark.parametrize("where", ["image", "compose"])
def test_the_settings_are_taken_as_they_are_written(where: str) -> None:
    given = environment() if where == "image" else compose()["services"]["gouji"]["environment"]
    assert all(isinstance(value, str) for value in given.values())
    filled = {name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for name, value in given.items()}
    settings = load_settings(environ=filled, config=ROOT / "config.toml")
    assert settings.port == Settings().port
    assert settings.host == "0.0.0.0"  # noqa: S104 - in a container
    assert settings.data_dir == Path("/data")
    assert settings.offline is (where == "image")


def test_ports_agree() -> None:
    port = Settings().port
    services = compose()["services"]
    assert of("EXPOSE") == [str(port)]
    assert services["gouji"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert "ports" not in services["chroma"]
    assert services["gouji"]["environment"]["GOUJI_CHROMA_URL"] == "http://chroma:8000"


def test_the_health_address_answers(tmp_path: Path) -> None:
    address = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", " ".join(of("HEALTHCHECK")))
    assert address is not None
    assert int(address[1]) == Settings().port
    settings = Settings(data_dir=tmp_path, host="0.0.0.0")  # noqa: S104
    with Library.open(settings) as library:
        app = create_app(Services(library, settings), lambda *_: None)
        reply = TestClient(app, base_url="http://127.0.0.1").get(address[2])
    assert reply.json() == {"status": "ok"}


def test_what_is_installed_is_what_is_pinned() -> None:
    versions = dict(line.split("==") for line in pinned("requirements.lock") if "==" in line)
    assert compose()["services"]["chroma"]["image"] == f"chromadb/chroma:{versions['chromadb']}"
    installs = " ".join(of("RUN"))
    for name in ("requirements.lock", "requirements-ocr.lock", "torch.lock"):
        assert f"--requirement {name}" in installs
    assert not re.search(r"\w==\d", DOCKERFILE)
    assert versions["torch"] == "2.13.0"


def test_all_packages_go_in_and_nothing_of_the_readers() -> None:
    copied = {each.split()[0] for each in of("COPY") if not each.startswith("--from")}
    assert set(PACKAGES) <= copied
    let_in = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert set(PACKAGES) <= let_in
    assert not let_in & {"data", "tests", "samples", ".git", "config.toml"}
    wanted = {
        name for each in of("COPY") if not each.startswith("--") for name in each.split()[:-1]
    }
    assert wanted <= let_in


def test_it_runs_as_nobody_in_particular_and_keeps_to_its_volume() -> None:
    assert of("USER") == ["gouji"]
    assert "--uid 10001" in " ".join(of("RUN"))
    assert of("VOLUME") == ["/data"]
    page = compose()["services"]["gouji"]
    assert page["read_only"] is True
    assert page["cap_drop"] == ["ALL"]
    assert page["volumes"] == ["library:/data"]
    assert compose()["networks"]["inner"] == {"internal": True}
    assert compose()["services"]["chroma"]["networks"] == ["inner"]
    assert of("ENTRYPOINT") == ['["gouji"]']
