"""An office's own vocabulary: what it adds, and what is refused with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.model import PartRef
from qa.naming.bodies import meanings
from qa.naming.names import resolve_names
from qa.question.vocabulary import use_vocabulary
from qa.words.lexicon import LexiconError, words
from qa.words.synonyms import canonical, expand, related
from ui.cli import main


@pytest.fixture(autouse=True)
def package_words() -> Iterator[None]:
    yield
    use_vocabulary("")


SYNONYMS = """# 本省说法
[phrases]
"盘子多大" = "年初预算多少"

[[group]]
term = "预算执行率"
same = ["支出序时进度"]
spoken = ["花钱快慢"]

[[group]]
term = "公用经费"
related = ["定额经费"]
"""


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_synonyms_are_added_to_the_package_s_groups(tmp_path: Path) -> None:
    assert use_vocabulary(str(written(tmp_path, synonyms__toml=SYNONYMS))) == ("synonyms.toml",)
    assert {"支出序时进度", "支付进度"} <= set(expand("预算执行率"))
    assert canonical("花钱快慢怎么样") == "预算执行率怎么样"
    assert canonical("盘子多大") == "年初预算多少"
    assert "定额经费" in related("公用经费")
    assert "机关运行经费" in related("公用经费")


def test_a_word_is_classed_as_the_office_classes_it(tmp_path: Path) -> None:
    own = '[[group]]\nterm = "公用经费"\nsame = ["机关运行经费"]\n'
    use_vocabulary(str(written(tmp_path, synonyms__toml=own)))
    assert "机关运行经费" in expand("公用经费")
    assert "机关运行经费" not in related("公用经费")


def test_one_file_will_do(tmp_path: Path) -> None:
    path = tmp_path / "本省.toml"
    path.write_text(SYNONYMS, encoding="utf-8-sig")
    use_vocabulary(str(path))
    assert "支出序时进度" in expand("预算执行率")
    use_vocabulary("")
    assert "支出序时进度" not in expand("预算执行率")


def test_short_forms_of_bodies(tmp_path: Path) -> None:
    part = PartRef(0, 0, "a.txt", "final_accounts", "", "河湾市数字经济促进局", "", "2023")
    assert not [m for m in resolve_names("河湾市数促办的支出", [part]).entities if m.score >= 0.7]
    use_vocabulary(str(written(tmp_path, organs__tsv="数字经济促进局\t数促办\n")))
    assert "数字经济促进局" in meanings("数促办")
    names = resolve_names("河湾市数促办的支出", [part])
    assert [match.name for match in names.entities] == ["河湾市数字经济促进局"]


def test_lists_of_words(tmp_path: Path) -> None:
    use_vocabulary(str(written(tmp_path, trade_words__txt="三保支出 序时进度\n")))
    assert {"三保支出", "序时进度", "三公经费"} <= words("trade_words.txt")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("synonyms.toml", '[[group]]\nterm = "甲"\nsames = ["乙"]\n', "第 2 行.*不认识的键.*sames"),
        ("synonyms.toml", '[[group]]\nterm = "甲"\nsame = "乙"\n', "第 2 行.*same 应为词的列表"),
        (
            "synonyms.toml",
            '[[group]]\nterm = "甲"\nsame = ["乙"]\nrelated = ["乙"]\n',
            "第 2 行.*“乙”不能既可代替",
        ),
        (
            "synonyms.toml",
            '[[group]]\nterm = "甲"\n\n[[group]]\nterm = "甲"\n',
            "第 2 行.*“甲”有两组",
        ),
        ("synonyms.toml", '[[group]]\nsame = ["乙"]\n', "第 1 行.*应有 term"),
        ("synonyms.toml", '[phrases]\n"甲" = ["乙"]\n', '第 2 行.*"词组" = "含义"'),
        ("synonyms.toml", "[[groups]]\n", r"只能有 \[asking\]"),
        ("synonyms.toml", "[[group]\n", "line 1"),
        ("organs.tsv", "甲局\t乙\t丙\t丁\n", "第 1 行.*1 至 3 列"),
        ("organs.tsv", "# 说明\n\n\t乙\n", "第 3 行.*首列不为空"),
        ("regions.tsv", "abc\t甲市\t甲\n", "第 1 行.*代码、全名、简称"),
        ("english.tsv", "budget\t预算\tnoun\n", "第 1 行.*类别“noun”"),
        ("english_patterns.tsv", "how DO <s>\t{nowhere}多少\n", "第 1 行.*nowhere"),
        ("english_patterns.tsv", "how (<s>\t{s}多少\n", "第 1 行.*句型"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message) as caught:
        use_vocabulary(str(tmp_path))
    assert str(tmp_path / name) in str(caught.value)
    assert "三公经费" in words("trade_words.txt")


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="找不到词表"):
        use_vocabulary(str(tmp_path / "没有"))
    with pytest.raises(LexiconError, match="没有词表文件"):
        use_vocabulary(str(tmp_path))
    (tmp_path / "synonym.tsv").write_text("甲", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"synonym\.tsv 不是.*最接近的是 synonyms\.toml"):
        use_vocabulary(str(tmp_path))
    (tmp_path / "synonym.tsv").rename(tmp_path / "organs.tsv").write_bytes("甲局".encode("gbk"))
    with pytest.raises(LexiconError, match="UTF-8"):
        use_vocabulary(str(tmp_path))


def test_the_command_says_what_is_wrong_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "organs.tsv").write_text("\t乙\n", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text('vocabulary = "organs.tsv"\n', encoding="utf-8")
    arguments = ["--config", str(config), "--data", str(tmp_path / "d"), "ask", "问"]
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "organs.tsv 第 1 行" in line
