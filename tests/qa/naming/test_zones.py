"""Development zones go by whose they are, and short names by the level that a report gives its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.memory import MemoryLibrary
from ingest.settings import Settings
from qa.engine import Engine
from qa.model import Outcome
from qa.naming.known_names import LibraryNames

ZONE = """{0}经济技术开发区管理委员会2023年度部门决算

一、概况

本年支出5,120.50万元，兑现惠企资金惠及企业128家。
"""
DISTRICT = """岚川市青棠区卫生健康局（以下简称“区卫健局”）2023年度部门决算

一、概况

岚川市青棠区卫生健康局（以下简称“区卫健局”）本年支出704.15万元。
"""

TOWN = """澄溪区鹭桥镇人民政府（以下简称“镇政府”）2023年度部门决算

一、概况

澄溪区鹭桥镇人民政府（以下简称“镇政府”）本年支出412.36万元。
"""


@pytest.mark.parametrize(
    ("text", "question", "number"),
    [
        (ZONE.format("昆明"), "昆明经开区2023年本年支出多少？", "5120.50"),
        (ZONE.format("昆明"), "昆明开发区2023年本年支出多少？", "5120.50"),
        (ZONE.format("昆明"), "合肥经开区2023年本年支出多少？", None),
        (ZONE.format("昆明"), "昆明高新区2023年本年支出多少？", None),
        # A place that no list of divisions has.
        (ZONE.format("临珀"), "临珀经开区2023年惠企资金惠及多少家企业？", "128"),
        (ZONE.format("临珀"), "青山经开区2023年惠企资金惠及多少家企业？", None),
        (DISTRICT, "区卫健局2023年本年支出多少？", "704.15"),
        (DISTRICT, "青棠区卫健局2023年本年支出多少？", "704.15"),
        (DISTRICT, "越秀区卫健局2023年本年支出多少？", None),
        (TOWN, "2023年度鹭桥镇政府本年支出多少？", "412.36"),
        (TOWN, "2023年度镇政府本年支出多少？", "412.36"),
    ],
)
def test_whose_body_is_meant(tmp_path: Path, text: str, question: str, number: str | None) -> None:
    path = tmp_path / "决算.txt"
    path.write_text(text, encoding="utf-8")
    answer = Engine(MemoryLibrary([path]), Settings()).ask(question)
    if number is None:
        assert answer.outcome is Outcome.ABSTAINED, answer.text
    else:
        assert [value.number.replace(",", "") for value in answer.values] == [number], answer.text


def test_a_place_before_its_own_short_name_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"
    path.write_text(TOWN, encoding="utf-8")
    names = LibraryNames(MemoryLibrary([path]))
    names.parts()
    known = names.known()
    assert known is not None
    assert known.respelled("2023年鹭桥镇政府支出") == "2023年澄溪区鹭桥镇人民政府支出"
