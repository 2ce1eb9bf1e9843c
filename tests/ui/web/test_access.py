"""Who may use the page: passwords, sessions, roles, proxies, and what is noted of it."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from index.library import Library
from ingest.settings import Settings
from ui.cli import cli
from ui.errors import RequestError
from ui.web.access import COOKIE, USERS, Access, Role, Sessions, User, Users
from ui.web.app import create_app
from ui.web.services import Services

PASSWORD = "correct horse"  # noqa: S105


@pytest.fixture
def users(tmp_path: Path) -> Users:
    made = Users(tmp_path)
    made.put("甲", PASSWORD, Role.READER)
    made.put("乙", PASSWORD, Role.EDITOR)
    return made


def access(users: Users, folder: Path, header: str = "") -> Access:
    return Access(users, Sessions(users, folder, 3600), header=header, proxy="10.0.0.1")


def test_passwords_are_kept_as_hashes_that_only_the_owner_reads(
    users: Users, tmp_path: Path
) -> None:
    text = (tmp_path / USERS).read_text()
    assert PASSWORD not in text
    assert stat.S_IMODE((tmp_path / USERS).stat().st_mode) == 0o600
    hashes = {each["hash"] for each in json.loads(text).values()}
    assert len(hashes) == 2
    assert users.check("甲", PASSWORD) == User("甲", Role.READER)
    assert users.check("甲", PASSWORD + " ") is None
    assert users.check("丙", PASSWORD) is None


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a\nb", PASSWORD), ("丁", "short")]
)
def test_names_and_passwords_that_will_not_do(users: Users, name: str, password: str) -> None:
    with pytest.raises(RequestError):
        users.put(name, password, Role.READER)


def test_a_session_lasts_until_its_end(users: Users, tmp_path: Path) -> None:
    sessions = Sessions(users, tmp_path, 3600)
    token = sessions.issue(User("乙", Role.EDITOR), 1000.0)
    assert sessions.user(token, 1000.0) == User("乙", Role.EDITOR)
    assert sessions.user(token, 4601.0) is None
    for forged in ("", "x", token[:-1], token.replace(".", "", 1), "." * 3, token + "0"):
        assert sessions.user(forged, 1000.0) is None
    assert Sessions(users, tmp_path, 3600).user(token, 1000.0) is not None
    assert Sessions(users, tmp_path / "other", 3600).user(token, 1000.0) is None


@pytest.mark.parametrize("change", ["remove", "password", "role"])
def test_a_change_of_the_user_counts_at_once(users: Users, tmp_path: Path, change: str) -> None:
    sessions = Sessions(users, tmp_path, 3600)
    token = sessions.issue(User("乙", Role.EDITOR), 0.0)
    if change == "remove":
        users.remove("乙")
    else:
        users.put("乙", PASSWORD + "2", Role.READER)
    assert sessions.user(token, 1.0) is None


@pytest.mark.parametrize(
    ("client", "headers", "name"),
    [
        ("10.0.0.1", {"x-user": "乙"}, "乙"),
        ("10.0.0.1", {"x-user": "新来的"}, "新来的"),
        ("10.0.0.1", {}, None),
        ("10.0.0.2", {"x-user": "乙"}, None),
    ],
)
def test_only_the_proxy_may_say_who_asks(
    users: Users, tmp_path: Path, client: str, headers: dict[str, str], name: str | None
) -> None:
    found = access(users, tmp_path, "X-User").user(headers, client, 0.0)
    assert (found.name if found else None) == name
    if name == "新来的":
        assert found is not None
        assert not found.may_edit


def test_without_users_everybody_on_this_machine_may_do_everything(tmp_path: Path) -> None:
    open_access = access(Users(tmp_path), tmp_path)
    assert not open_access.needed
    assert open_access.user({}, "127.0.0.1", 0.0) == User("", Role.ADMIN)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path)
    with Library.open(settings) as library:
        services = Services(library, settings)
        services.access.users.put("甲", PASSWORD, Role.READER)
        services.access.users.put("乙", PASSWORD, Role.EDITOR)
        yield TestClient(
            create_app(services, lambda *_: None),
            base_url="http://localhost",
            follow_redirects=False,
        )


def basic(name: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{PASSWORD}".encode()).decode()}


def test_a_reader_is_sent_to_the_login_and_a_program_told(client: TestClient) -> None:
    page = client.get("/api/reports", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login?language=zh")
    assert client.get("/api/reports").status_code == 401
    assert client.post("/api/ask", json={"question": "问"}).status_code == 401
    for path in ("/health", "/ready", "/login", "/gouji/web.css"):
        assert client.get(path).status_code == 200


def test_a_login_opens_and_a_logout_closes(client: TestClient, tmp_path: Path) -> None:
    wrong = client.post("/login", content="name=甲&password=wrong")
    assert wrong.status_code == 401
    assert "用户名或密码不对" in wrong.text
    right = client.post("/login", content=f"name=甲&password={PASSWORD}")
    assert (right.status_code, right.headers["location"]) == (303, "/")
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/api/reports").status_code == 200
    assert client.post("/logout").status_code == 303
    client.cookies.delete(COOKIE)
    assert client.get("/api/reports").status_code == 401
    notes = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert [(each["who"], each["what"]) for each in notes] == [
        ("甲", "login failed"),
        ("甲", "login"),
    ]


def test_a_name_with_markup_stays_text(client: TestClient) -> None:
    page = client.post("/login", content="name=<script>alert(1)</script>&password=x")
    assert "<script>alert" not in page.text


def test_only_editors_load_reports(client: TestClient) -> None:
    files = [("files", ("甲.txt", b"2023"))]
    assert client.post("/api/ingest", files=files, headers=basic("甲")).status_code == 403
    assert client.post("/api/ingest", files=files, headers=basic("乙")).status_code == 200
    assert client.get("/api/reports", headers=basic("丙")).status_code == 401


def test_guessing_passwords_is_slowed(client: TestClient) -> None:
    found = [client.post("/login", content="name=甲&password=wrong").status_code for _ in range(11)]
    assert found[-1] == 429


def test_users_are_kept_by_the_command(tmp_path: Path) -> None:
    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["--data", str(tmp_path), "user", *arguments], input=typed)
        return done.exit_code, done.output

    assert run("甲", "--role", "editor", typed=f"{PASSWORD}\n{PASSWORD}\n")[0] == 0
    assert "甲 editor" in run()[1]
    assert run("甲", "--remove")[0] == 0
    assert run()[1].strip() == ""


def test_nobody_is_served_beyond_this_machine_without_logins(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["--data", str(tmp_path), "serve", "--host", "0.0.0.0"])  # noqa: S104
    assert isinstance(done.exception, RequestError)
