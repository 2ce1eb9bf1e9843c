"""Every setting, once: its name, type, default, limits and one line of help.

Values come from config.toml, then from environment variables ``GOUJI_<NAME>``, then from the
command line. A name that is not in the table is refused with the nearest one that is.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ingest.addresses import without_password

CONFIG_FILE = "config.toml"
ENV_PREFIX = "GOUJI_"
CONFIG_VARIABLE = "GOUJI_CONFIG"
# Where a key is looked for by default; it is no setting, so that no file and no list shows it.
KEY_VARIABLE = "GOUJI_MODEL_KEY"
# Where the password of the ledger's database is looked for; no setting for the same reason.
LEDGER_PASSWORD_VARIABLE = "GOUJI_LEDGER_PASSWORD"  # noqa: S105 - its name alone
_NO_SETTINGS = (CONFIG_VARIABLE, KEY_VARIABLE, LEDGER_PASSWORD_VARIABLE)

_TRUE = ("true", "1", "yes", "on")
_FALSE = ("false", "0", "no", "off")


class SettingsError(ValueError):
    """A setting is unknown, of the wrong type or out of range; the message is one line."""


def _setting(
    default: Any,
    zh: str,
    en: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    place: bool = False,
    secret: bool = False,
) -> Any:
    help_text = {"zh": zh, "en": en, "low": low, "high": high, "choices": choices, "place": place}
    return field(default=default, metadata={**help_text, "secret": secret}, repr=not secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """What `load_settings` found. To add a setting, add a line here and run `make docs`."""

    # fmt: off
    data_dir: Path = _setting(Path("data"), "资料库所在文件夹", "folder that holds the library")
    language: str = _setting("zh", "界面语言", "language of the screens", choices=("zh", "en"))
    offline: bool = _setting(True, "为 true 时不发出任何网络请求", "true: nothing leaves this machine")
    max_file_mb: int = _setting(100, "单个文件的上限（MB）", "largest file that is read, in MB", low=1)
    read_seconds: int = _setting(3600, "读取一个文件最多用的秒数", "seconds that reading one file may take", low=1)
    page_seconds: int = _setting(120, "读取时两页之间最多用的秒数", "seconds that reading may take from one page to the next", low=1)
    read_memory_mb: int = _setting(6144, "读取一个文件的进程最多用的内存（MB，地址空间）", "memory of the process that reads a file, in MB of address space", low=512)
    embedder: str = _setting("builtin", "向量模型：builtin，或任一 sentence-transformers 模型的文件夹或名称", "embedding model: builtin, or the folder or name of any sentence-transformers model")
    embedder_device: str = _setting("cpu", "向量模型运行的设备，如 cpu、cuda", "device of the embedding model, such as cpu or cuda")
    embedder_batch: int = _setting(64, "每批计算向量的段落数", "passages embedded at a time", low=1)
    embedder_query_prefix: str = _setting("", "加在问题前的指令（部分向量模型需要）", "instruction put before a question (some embedding models want one)")
    fusion_weight: float = _setting(0.2, "检索中向量所占的权重，其余归字词", "weight of vectors in a search, the rest being words", low=0, high=1)
    chroma_url: str = _setting("", "Chroma 服务的地址，如 http://127.0.0.1:8000；空为资料库文件夹内的 Chroma", "address of a Chroma server, such as http://127.0.0.1:8000; empty: Chroma in the library's folder")
    ledger_url: str = _setting("", "台账所在的 PostgreSQL，如 postgresql+psycopg://用户@主机/库名；空为资料库文件夹内的 SQLite", "PostgreSQL database that holds the ledger, such as postgresql+psycopg://user@host/database; empty: SQLite in the library's folder", secret=True)
    ledger_schema: str = _setting("gouji", "该库中属于本资料库的 schema；一个库可放多个资料库，各用一个", "schema of this library in that database; several libraries may share one, each with a schema of its own")
    ledger_password_file: str = _setting("", "存放该库密码的文件；密码也可放在环境变量 GOUJI_LEDGER_PASSWORD 中", "file with the password of that database; GOUJI_LEDGER_PASSWORD in the environment may hold it instead", place=True)
    reranker: str = _setting("", "重排模型（cross-encoder）的文件夹或名称；空为不重排", "folder or name of a cross-encoder that puts the first passages into order; empty: none")
    rerank_passages: int = _setting(20, "重排的段落数", "passages that the reranker sees", low=1)
    search_passages: int = _setting(40, "每次检索取回的段落数", "passages that a search brings back", low=1)
    vocabulary: str = _setting("", "自己的词表：文件夹或文件，格式见 docs/vocabulary.md", "own vocabulary: a folder or a file, see docs/vocabulary.md", place=True)
    suites: str = _setting("", "评测题库所在的文件夹；空为资料库文件夹里的 suites", "folder of evaluation suites; empty: suites in the folder of the library", place=True)
    abstain_threshold: float = _setting(0.55, "检索得分低于此值时不作答", "below this search score no answer is given", low=0, high=1)
    host: str = _setting("127.0.0.1", "网页服务监听的地址", "address that the page is served on")
    port: int = _setting(7860, "网页服务的端口", "port that the page is served on", low=1, high=65535)
    root_path: str = _setting("", "反向代理之后的网址前缀，如 /gouji", "path of the page behind a reverse proxy, such as /gouji")
    upload_mb: int = _setting(500, "网页一次上传的上限（MB）", "largest upload through the page, in MB", low=1)
    upload_files: int = _setting(500, "网页一次上传的文件数上限", "files of one upload through the page", low=1)
    user_header: str = _setting("", "由反向代理写入登录名的请求头，如 X-Forwarded-User；空为不用", "header in which a reverse proxy puts the login, such as X-Forwarded-User; empty: none")
    trusted_proxy: str = _setting("127.0.0.1", "写入该请求头的反向代理的地址", "address of the proxy that writes this header")
    session_hours: int = _setting(12, "登录保持的小时数", "hours that a login lasts", low=1)
    host_names: str = _setting("", "反向代理对外的域名，如 gouji.example.cn；多个用逗号分开；空为不限", "names that a reverse proxy serves the page under, such as gouji.example.cn, parted by commas")
    requests_per_minute: int = _setting(1200, "每个客户端每分钟的请求上限", "requests that a client may make in a minute", low=1)
    model: str = _setting("", "语言模型的名称；空为不用模型", "name of the language model; empty for none")
    model_provider: str = _setting("openai", "模型的提供方：openai 包括一切与其接口相同的服务", "provider of the model: openai covers every server with the same interface")
    model_base_url: str = _setting("", "模型服务的地址，如 http://127.0.0.1:11434/v1", "address of the model server, such as http://127.0.0.1:11434/v1")
    model_key_variable: str = _setting(KEY_VARIABLE, "存放密钥的环境变量的名称；密钥本身不写入任何文件", "name of the environment variable that holds the key, which no file holds")
    model_output: str = _setting("auto", "模型怎样给出规定格式：auto 依次尝试 tools、json、text", "how the model gives a set form: auto tries tools, json and text in turn", choices=("auto", "tools", "json", "text"))
    model_plans: str = _setting("always", "模型何时参与理解问题：open 只在规则不能作答时", "when the model helps to understand a question: open, only where the rules cannot answer", choices=("always", "open", "never"))
    model_words: bool = _setting(True, "为 true 时由模型措辞，数字仍由程序填入", "true: the model words answers, whose figures the program fills in")
    model_seconds: float = _setting(60, "一个问题最多用的模型秒数", "seconds that the model may take for one question", low=1)
    model_call_seconds: float = _setting(30, "调用模型一次最多用的秒数", "seconds that one call of the model may take", low=0.1)
    model_tokens: int = _setting(20000, "一个问题最多用的模型字数（token，问与答合计）", "tokens that one question may take, prompts and replies together", low=100)
    model_reply_tokens: int = _setting(1500, "模型一次回答最多的字数（token）", "tokens of one reply at most", low=16)
    model_retries: int = _setting(2, "调用失败后最多再试的次数", "times that a failed call is repeated at most", low=0, high=10)
    model_temperature: float = _setting(0, "模型的随机程度；负数为不指定", "temperature of the model; negative leaves it to the server", low=-1, high=2)
    model_trace: bool = _setting(True, "为 true 时把每次调用记入资料库文件夹的 model_calls.jsonl", "true: every call goes into model_calls.jsonl in the folder of the library")
    model_telemetry: str = _setting("", "接收 OpenTelemetry 的地址（OTLP/gRPC）；空为不发送", "address that receives OpenTelemetry (OTLP/gRPC); empty for none")
    # fmt: on


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """A line of the table, for help pages and generated files."""

    name: str
    type: type
    default: Any
    zh: str
    en: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    place: bool  # a text that names a file or folder, where it is not empty
    secret: bool  # an address that may hold a password: shown through `shown` alone

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return ENV_PREFIX + self.name.upper()


def shown(info: SettingInfo, value: Any) -> Any:
    """A setting's value as a screen may show it: never with a password."""
    return without_password(value) if info.secret else value


def setting_table() -> Iterator[SettingInfo]:
    """Every setting in the order of the table."""
    for each in fields(Settings):
        kind = Path if isinstance(each.default, Path) else type(each.default)
        yield SettingInfo(name=each.name, type=kind, default=each.default, **each.metadata)


def load_settings(
    config: Path | None = None,
    data: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Read the settings; later sources win: file, environment, `data`.

    A relative path in a file counts from that file's folder, any other from the current one.

    Args:
        config: the file to read; else the one that ``GOUJI_CONFIG`` names, else ./config.toml
            where there is one.
        data: overrides `data_dir`.
        environ: the environment; the process's own when None.

    Raises:
        SettingsError: a file that is named but missing or is no TOML, an unknown key or
            ``GOUJI_*`` variable, a value of the wrong type or out of range.
    """
    environment = os.environ if environ is None else environ
    values = _from_file(_config_path(config, environment))
    values.update(_from_environment(environment))
    if data is not None:
        values["data_dir"] = data
    return Settings(**values)


def _config_path(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    named = config or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named is not None:
        if not named.is_file():
            raise SettingsError(f"找不到配置文件 {named}；请检查路径，或去掉该选项以使用默认设置。")
        return named
    default = Path(CONFIG_FILE)
    return default if default.is_file() else None


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"无法读取配置文件 {path}：{error}。请改正后重试。") from error
    table = {info.name: info for info in setting_table()}
    values: dict[str, Any] = {}
    for name, value in found.items():
        if name not in table:
            raise SettingsError(f"{path}：没有名为 {name} 的设置{_nearest(name, table)}。")
        values[name] = _checked(table[name], value, f"{path} 的 {name}")
        if table[name].type is Path:
            values[name] = path.parent / values[name]
        elif table[name].place and values[name]:
            values[name] = str(path.parent / values[name])
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    table = {info.variable: info for info in setting_table()}
    values: dict[str, Any] = {}
    for variable in sorted(environ):
        if not variable.startswith(ENV_PREFIX) or variable in _NO_SETTINGS:
            continue
        if variable not in table:
            names = {**table, **dict.fromkeys(_NO_SETTINGS)}
            raise SettingsError(f"没有名为 {variable} 的环境变量{_nearest(variable, names)}。")
        info = table[variable]
        where = f"环境变量 {variable}"
        values[info.name] = _checked(info, _parsed(info, environ[variable]), where)
    return values


def _nearest(name: str, valid: Mapping[str, object]) -> str:
    # The common prefix of the variables would make any two of them look alike.
    bare = {each.removeprefix(ENV_PREFIX): each for each in valid}
    close = get_close_matches(name.removeprefix(ENV_PREFIX), bare, n=1, cutoff=0.5)
    return f"，最接近的是 {bare[close[0]]}" if close else "；可用的设置见 gouji config"


def _parsed(info: SettingInfo, text: str) -> Any:
    """The text of an environment variable as its setting's type, or unchanged if it is none."""
    if info.type is bool:
        lowered = text.strip().lower()
        return True if lowered in _TRUE else False if lowered in _FALSE else text
    if info.type in (int, float):
        try:
            return info.type(text)
        except ValueError:
            return text
    return text


_TYPE_WORDS = {bool: "true 或 false", int: "整数", float: "数", str: "文字", Path: "路径文字"}


def _checked(info: SettingInfo, value: Any, where: str) -> Any:
    """`value` as the setting's own type; raises SettingsError that names `where`."""
    wanted = str if info.type is Path else info.type
    allowed: Any = (int, float) if wanted is float else wanted
    if not isinstance(value, allowed) or (isinstance(value, bool) and wanted is not bool):
        raise SettingsError(f"{where} 应为{_TYPE_WORDS[info.type]}，现为 {value!r}。")
    if info.choices and value not in info.choices:
        raise SettingsError(f"{where} 应为 {' 或 '.join(info.choices)}，现为 {value!r}。")
    if info.low is not None and not value >= info.low:
        raise SettingsError(f"{where} 不能小于 {info.low}，现为 {value!r}。")
    if info.high is not None and not value <= info.high:
        raise SettingsError(f"{where} 不能大于 {info.high}，现为 {value!r}。")
    return info.type(value)
