"""Dockerfile and compose file against the code: settings, ports, addresses, versions, packages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url
from starlette.testclient import TestClient

from index.library import Library
from index.postgres import OLDEST
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


def with_postgres() -> dict[str, Any]:
    """compose.yaml with compose.postgres.yaml over it, as far as these tests look."""
    found = compose()
    over = yaml.safe_load((ROOT / "compose.postgres.yaml").read_text(encoding="utf-8"))
    page = found["services"]["gouji"]
    for name, value in over["services"].pop("gouji").items():
        page[name] = {**page[name], **value} if name in page else value
    found["services"] |= over["services"]
    found["volumes"] |= over["volumes"]
    return {**found, "secrets": over["secrets"]}


def environment() -> dict[str, str]:
    """What the image sets for the program."""
    return dict(re.findall(r"(GOUJI_\w+)=(\S+)", " ".join(of("ENV"))))


@pytest.mark.parametrize("composed", [compose, with_postgres])
def test_every_variable_is_a_setting(composed: Callable[[], dict[str, Any]]) -> None:
    known = {info.variable for info in setting_table()}
    given = composed()["services"]["gouji"]["environment"]
    assert set(environment()) <= known
    assert set(given) <= known
    assert set(environment()) <= set(given)


@pytest.mark.parametrize("where", ["image", "compose", "postgres"])
def test_the_settings_are_taken_as_they_are_written(where: str) -> None:
    composed = with_postgres() if where == "postgres" else compose()
    given = environment() if where == "image" else composed["services"]["gouji"]["environment"]
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


def test_postgres_is_where_the_page_looks_for_it() -> None:
    found = with_postgres()
    server, page = found["services"]["postgres"], found["services"]["gouji"]
    url = make_url(page["environment"]["GOUJI_LEDGER_URL"])
    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.port, url.password) == ("postgres", None, None)
    given = server["environment"]
    assert (url.username, url.database) == (given["POSTGRES_USER"], given["POSTGRES_DB"])
    (secret,) = page["secrets"]
    assert server["secrets"] == [secret]
    place = f"/run/secrets/{secret}"
    assert page["environment"]["GOUJI_LEDGER_PASSWORD_FILE"] == place
    assert given["POSTGRES_PASSWORD_FILE"] == place
    folder = Path(found["secrets"][secret]["file"]).parts[0]
    assert f"/{folder}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "--encoding=UTF8" in given["POSTGRES_INITDB_ARGS"]
    assert page["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert server["healthcheck"]["test"][1] == "pg_isready"
    assert server["networks"] == ["inner"]
    assert "ports" not in server
    assert {each.split(":")[0] for each in server["volumes"]} <= set(found["volumes"])
    assert int(server["image"].removeprefix("postgres:").split("-")[0]) >= OLDEST


def test_every_service_has_a_health_check() -> None:
    services = with_postgres()["services"]
    assert of("HEALTHCHECK")
    assert {name for name, each in services.items() if "healthcheck" not in each} == {"gouji"}


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
