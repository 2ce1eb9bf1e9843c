"""Settings: where values come from, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.settings import (
    LEDGER_PASSWORD_VARIABLE,
    Settings,
    SettingsError,
    load_settings,
    setting_table,
    shown,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_file_and_environment_the_defaults_hold(folder: Path) -> None:
    assert load_settings(environ={}) == Settings()


def test_every_setting_has_both_helps_and_a_default_of_its_type() -> None:
    for info in setting_table():
        assert info.zh
        assert info.en
        assert isinstance(info.default, info.type)


def test_later_sources_win(folder: Path) -> None:
    (folder / "config.toml").write_text('max_file_mb = 5\nsearch_passages = 7\ndata_dir = "a"\n')
    settings = load_settings(
        environ={"GOUJI_SEARCH_PASSAGES": "9", "GOUJI_DATA_DIR": "b"}, data=Path("c")
    )
    assert settings.max_file_mb == 5
    assert settings.search_passages == 9
    assert settings.data_dir == Path("c")


def test_a_path_in_a_file_counts_from_the_file(folder: Path) -> None:
    config = folder / "office" / "gouji.toml"
    config.parent.mkdir()
    config.write_text('data_dir = "library"\n')
    assert load_settings(config, environ={}).data_dir == config.parent / "library"
    assert load_settings(environ={"GOUJI_CONFIG": str(config)}).data_dir.name == "library"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("OFFLINE", "no", False),
        ("OFFLINE", "TRUE", True),
        ("FUSION_WEIGHT", "0.5", 0.5),
        ("FUSION_WEIGHT", "1", 1.0),
        ("MAX_FILE_MB", "12", 12),
        ("LANGUAGE", "en", "en"),
        ("EMBEDDER", "BAAI/bge-small-zh-v1.5", "BAAI/bge-small-zh-v1.5"),
        ("DATA_DIR", "/srv/gouji", Path("/srv/gouji")),
    ],
)
def test_environment_values_take_the_type_of_the_setting(
    folder: Path, name: str, text: str, value: object
) -> None:
    found = getattr(load_settings(environ={f"GOUJI_{name}": text}), name.lower())
    assert found == value
    assert type(found) is type(value) or isinstance(value, Path)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"GOUJI_DATA": "x"}, ["GOUJI_DATA", "GOUJI_DATA_DIR"]),
        ({"GOUJI_OFLINE": "1"}, ["GOUJI_OFFLINE"]),
        ({"GOUJI_CONFG": "1"}, ["GOUJI_CONFIG"]),
        ({"GOUJI_ZZZZ": "1"}, ["gouji config"]),
        ({"GOUJI_MAX_FILE_MB": "big"}, ["GOUJI_MAX_FILE_MB", "整数", "'big'"]),
        ({"GOUJI_MAX_FILE_MB": "0"}, ["不能小于 1"]),
        ({"GOUJI_FUSION_WEIGHT": "1.01"}, ["不能大于 1"]),
        ({"GOUJI_FUSION_WEIGHT": "nan"}, ["不能小于 0"]),
        ({"GOUJI_OFFLINE": "maybe"}, ["true 或 false"]),
        ({"GOUJI_LANGUAGE": "fr"}, ["zh 或 en"]),
        ({"GOUJI_CONFIG": "nowhere.toml"}, ["nowhere.toml"]),
    ],
)
def test_a_wrong_variable_is_refused_in_one_line(
    folder: Path, variables: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(environ=variables)
    message = str(refused.value)
    assert "\n" not in message
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("max_file_md = 3", ["max_file_md", "max_file_mb"]),
        ('max_file_mb = "3"', ["max_file_mb", "整数"]),
        ("max_file_mb = true", ["整数"]),
        ("max_file_mb = 1.5", ["整数"]),
        ("offline = 1", ["true 或 false"]),
        ("data_dir = 3", ["路径"]),
        ("fusion_weight = -0.1", ["不能小于 0"]),
        ("fusion_weight =", ["config.toml"]),
        ("[embedder]\nname = 'x'", ["embedder", "文字"]),
    ],
)
def test_a_wrong_line_in_the_file_is_refused_in_one_line(
    folder: Path, line: str, words: list[str]
) -> None:
    (folder / "config.toml").write_text(line)
    with pytest.raises(SettingsError) as refused:
        load_settings(environ={})
    message = str(refused.value)
    assert "\n" not in message
    assert all(word in message for word in words), message


def test_a_file_that_is_no_utf8_is_refused(folder: Path) -> None:
    (folder / "config.toml").write_bytes("language = '中'".encode("gbk"))
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings(environ={})


@pytest.mark.parametrize(
    ("url", "as_shown"),
    [
        ("", ""),
        ("postgresql://gouji@host/db", "postgresql://gouji@host/db"),
        ("postgresql+psycopg://gouji:geheim@host:5432/db", "postgresql+psycopg://gouji:***@host:5432/db"),
        ("postgresql://gouji:ge@h:ei/m@host/db", "postgresql://gouji:***@host/db"),
        ("postgresql://gouji:@host/db", "postgresql://gouji:***@host/db"),
        ("postgresql://host/db?user=gouji&password=geheim&sslmode=require",
         "postgresql://host/db?user=gouji&password=***&sslmode=require"),
        ("postgresql:///db?host=/run&PASSWORD=geheim", "postgresql:///db?host=/run&PASSWORD=***"),
    ],
)  # fmt: skip
def test_a_password_in_an_address_is_never_shown(url: str, as_shown: str) -> None:
    (info,) = (each for each in setting_table() if each.name == "ledger_url")
    assert shown(info, url) == as_shown
    assert "geheim" not in repr(Settings(ledger_url=url))


def test_the_password_of_the_ledger_is_no_setting(folder: Path) -> None:
    assert load_settings(environ={LEDGER_PASSWORD_VARIABLE: "geheim"}) == Settings()
    with pytest.raises(SettingsError, match=LEDGER_PASSWORD_VARIABLE):
        load_settings(environ={"GOUJI_LEDGER_PASWORD": "geheim"})
