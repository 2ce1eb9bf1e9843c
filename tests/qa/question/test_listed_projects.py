"""Projects listed with their years in brackets, as names of their own."""

from __future__ import annotations

import pytest

from qa.question.listed_projects import years_ahead


@pytest.mark.parametrize(
    ("question", "read"),
    [
        (
            "长者食堂（榕岸街道2022）、老旧小区改造（2021）和垃圾分类（2023）这三个项目里，哪个预算执行率最低？",
            "2022年榕岸街道长者食堂项目、2021年老旧小区改造项目、2023年垃圾分类项目，哪个预算执行率最低？",
        ),
        (
            "危桥改造（2022）、渡口安全管理（2023）两个评价项目实际支出加起来是多少？",
            "2022年危桥改造项目、2023年渡口安全管理项目实际支出加起来是多少？",
        ),
        (
            "甲局2021年的服务项目、乙局2022年的信息化项目，两个项目一共花了多少？",
            "2021年甲局服务项目、2022年乙局信息化项目一共花了多少？",
        ),
        # No list of projects, or not every one with a year: as it is.
        ("三公经费（2022）是多少？", "三公经费（2022）是多少？"),
        (
            "危桥改造（2022）和渡口安全管理这两个项目里，哪个执行率低？",
            "危桥改造（2022）和渡口安全管理这两个项目里，哪个执行率低？",
        ),
        ("这四个项目里，哪个执行率最低？", "这四个项目里，哪个执行率最低？"),
    ],
)
def test_years_ahead(question: str, read: str) -> None:
    assert years_ahead(question) == read
