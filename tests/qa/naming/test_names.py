"""Bodies and projects in questions: invented libraries of many places, and what must not match."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa.model import PartRef
from qa.naming.bodies import read_body
from qa.naming.names import Catalogue, NameMatch, resolve_names


def _parts(rows: Sequence[tuple[str, str, str]]) -> tuple[PartRef, ...]:
    return tuple(
        PartRef(no, 0, f"{no}.txt", "", "", entity, project, year)
        for no, (entity, project, year) in enumerate(rows)
    )


DISTRICT = _parts(
    [
        ("广州市番禺区政务服务数据管理局", "", "2023"),
        (
            "广州市番禺区政务服务数据管理局",
            "番禺区2023年“数字政府”建设专项资金（运维类）项目",
            "2023",
        ),
        ("番禺区政务服务和数据管理局", "", "2024"),
        ("中国共产党广州市番禺区委员会政法委员会", "来穗人员出租屋信息化建设", "2022"),
        ("广州市来穗人员服务管理局", "全市来穗人员服务项目", "2021"),
        ("广州市来穗人员服务管理局", "广州市城市社区网格化服务管理项目", "2023"),
    ]
)
OLD, NEW = "广州市番禺区政务服务数据管理局", "番禺区政务服务和数据管理局"
PARTY, CITY = "中国共产党广州市番禺区委员会政法委员会", "广州市来穗人员服务管理局"
DIGITAL = "番禺区2023年“数字政府”建设专项资金（运维类）项目"
GRID = "广州市城市社区网格化服务管理项目"

COUNTRY = _parts(
    [
        ("杭州市西湖区教育局", "西湖区校园安全提升工程", "2023"),
        ("成都市武侯区财政局", "", "2022"),
        ("南京市鼓楼区人力资源和社会保障局", "", "2023"),
        ("徐州市鼓楼区人力资源和社会保障局", "", "2023"),
        ("宁波市发展和改革委员会", "", "2023"),
        ("江苏省教育厅", "高校青蓝工程专项资金", "2023"),
        ("深圳市南山区城市管理和综合执法局", "垃圾分类宣传督导项目", "2023"),
        ("深圳市南山区城市管理和综合执法局", "2022年市容环境卫生提升项目", "2022"),
        ("深圳市南山区城市管理和综合执法局", "2023年市容环境卫生提升项目", "2023"),
        ("佛山市南海区大沥镇人民政府", "", "2023"),
        ("广州市白云区三元里街道办事处", "", "2023"),
        ("广州市规划和自然资源局白云区分局", "", "2023"),
        ("内蒙古自治区林业和草原局", "", "2023"),
        ("恩施土家族苗族自治州民政局", "", "2023"),
        ("上海市浦东新区城市管理行政执法局", "", "2023"),
        ("中国共产党长沙市岳麓区委员会组织部", "", "2023"),
        ("长沙市岳麓区人民法院", "", "2023"),
        ("青岛市市南区应急管理局", "", "2023"),
        ("公安县水利局", "农村饮水安全巩固提升工程一期", "2022"),
        ("公安县水利局", "农村饮水安全巩固提升工程二期", "2023"),
        ("南昌市新建区交通运输局", "", "2023"),
        ("重庆市渝中区第一实验小学", "", "2023"),
        ("苏州工业园区管理委员会", "", "2023"),
        ("中国共产主义青年团武汉市委员会", "", "2023"),
        ("武汉市总工会", "", "2023"),
        ("湖北省残疾人联合会", "残疾人辅助性就业补贴", "2023"),
        ("大连市卫生健康委员会", "", "2019"),
        ("汕头市金平区卫生健康局", "基本公共卫生服务项目", "2023"),
        ("汕头市金平区卫生健康局", "基层医疗卫生机构实施基本药物制度补助资金", "2023"),
        ("汕头市金平区卫生健康局", "城乡居民“两癌”免费筛查项目", "2023"),
        ("云岭市教育局", "云岭市中小学校舍维修改造项目", "2022"),
        ("江州市临湖区文化广电旅游体育局", "", "2023"),
        ("江州市人民政府办公室", "", "2023"),
        ("江州市科技工业商务和信息化局", "", "2023"),
        ("江州市第一人民医院", "", "2023"),
        ("江州市城市建设投资集团有限公司", "", "2023"),
    ]
)
LIBRARIES = {"district": Catalogue(DISTRICT), "country": Catalogue(COUNTRY)}


def _sure(matches: Sequence[NameMatch], least: float = 0.6) -> set[str]:
    return {match.name for match in matches if match.score >= least}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年度番禺区政务服务数据管理局的机关运行经费", {OLD, NEW}),
        ("番禺区政数局2023年决算", {OLD, NEW}),
        ("番禺政数局23年三公", {OLD, NEW}),
        ("区政数局2023年决算", {OLD, NEW}),
        ("政数局的基本支出", {OLD, NEW}),
        ("番禺政书局2023年三公经费", {OLD, NEW}),
        ("番禺区政务服务数据局", {OLD, NEW}),
        ("番禺区政务服务数据部门2023年和2024年的自评结果", {OLD, NEW}),
        ("番禺区政务服物数据管理局的收入", {OLD, NEW}),
        ("番禺区政务服务数据管理", set()),
        ("番禺区委政法委2022年", {PARTY}),
        ("政法委2022年的支出", {PARTY}),
        ("市来穗局2021年", {CITY}),
        ("来穗局21年那个项目", {CITY}),
        ("广州市来碎局的项目", {CITY}),
        ("潘禺政数局2023年", {OLD, NEW}),
        ("番愚区政数局2023年", {OLD, NEW}),
        ("番禺区来穗局2021年", set()),
        ("广州市政数局2023年", set()),
        ("天河区政务服务数据管理局2023年的机关运行经费", set()),
        ("深圳市政务服务数据管理局2023年", set()),
        ("深圳市番禺区政数局2023年", set()),
        ("本部门2023年收入", set()),
        ("该局2023年的三公经费", set()),
        ("你们局花了多少", set()),
        ("报告里哪个局的三公经费最高", set()),
        ("政府采购支出总额是多少", set()),
    ],
)
def test_bodies_of_one_district(question: str, expected: set[str]) -> None:
    assert _sure(resolve_names(question, LIBRARIES["district"]).entities) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("西湖区教育局2023年三公经费", {"杭州市西湖区教育局"}),
        ("杭州西湖教育局花了多少", {"杭州市西湖区教育局"}),
        ("浙江省杭州市西湖区教育局收入", {"杭州市西湖区教育局"}),
        (
            "鼓楼区人社局2023年支出",
            {"南京市鼓楼区人力资源和社会保障局", "徐州市鼓楼区人力资源和社会保障局"},
        ),
        ("南京鼓楼人社局2023年支出", {"南京市鼓楼区人力资源和社会保障局"}),
        ("徐州市鼓楼区人社局的基本支出", {"徐州市鼓楼区人力资源和社会保障局"}),
        ("福州市鼓楼区人社局的基本支出", set()),
        ("宁波市发改委的机关运行经费", {"宁波市发展和改革委员会"}),
        ("宁波发展改革委", {"宁波市发展和改革委员会"}),
        ("宁波发改局三公", {"宁波市发展和改革委员会"}),
        ("省教育厅2023年支出", {"江苏省教育厅"}),
        ("浙江省教育厅2023年支出", set()),
        ("江苏省财政厅2023年支出", set()),
        ("深圳南山城管执法局2023年", {"深圳市南山区城市管理和综合执法局"}),
        ("南山区城市管理局2023年", {"深圳市南山区城市管理和综合执法局"}),
        ("罗湖区城管局2023年", set()),
        ("大沥镇政府2023年三公经费", {"佛山市南海区大沥镇人民政府"}),
        ("狮山镇人民政府2023年收入", set()),
        ("三元里街道办2023年支出", {"广州市白云区三元里街道办事处"}),
        ("三元里街2023年支出", {"广州市白云区三元里街道办事处"}),
        ("白云区规自分局2023年支出", {"广州市规划和自然资源局白云区分局"}),
        ("广州市规划和自然资源局2023年支出", set()),
        ("内蒙古林草局的支出", {"内蒙古自治区林业和草原局"}),
        ("恩施州民政局2023年决算", {"恩施土家族苗族自治州民政局"}),
        ("恩施市民政局2023年决算", set()),
        ("浦东城管执法局2023年", {"上海市浦东新区城市管理行政执法局"}),
        ("岳麓区委组织部2023年支出", {"中国共产党长沙市岳麓区委员会组织部"}),
        ("岳麓区法院2023年支出", {"长沙市岳麓区人民法院"}),
        ("天心区法院2023年支出", set()),
        ("市南区应急局2023年支出", {"青岛市市南区应急管理局"}),
        ("青岛市应急局2023年支出", set()),
        ("公安县水利局2023年收入", {"公安县水利局"}),
        ("公安局2023年收入", set()),
        ("新建交通局2023年", {"南昌市新建区交通运输局"}),
        ("新建了多少公里道路", set()),
        ("渝中区第一实验小学2023年支出", {"重庆市渝中区第一实验小学"}),
        ("苏州工业园区管委会2023年支出", {"苏州工业园区管理委员会"}),
        ("武汉团市委2023年支出", {"中国共产主义青年团武汉市委员会"}),
        ("共青团武汉市委2023年支出", {"中国共产主义青年团武汉市委员会"}),
        ("湖北省残联2023年收入", {"湖北省残疾人联合会"}),
        ("武汉市残联2023年收入", set()),
        ("大连市卫生健康委2019年支出", {"大连市卫生健康委员会"}),
        ("金坪区卫健局2023年支出", {"汕头市金平区卫生健康局"}),
        ("金平区卫建局2023年支出", {"汕头市金平区卫生健康局"}),
        ("金平区卫生建康局2023年支出", {"汕头市金平区卫生健康局"}),
        ("金平区卫生健局2023年支出", {"汕头市金平区卫生健康局"}),
        ("金平区卫生康健局2023年支出", {"汕头市金平区卫生健康局"}),
        ("云岭教育局2022年三公经费", {"云岭市教育局"}),
        ("青石市教育局2022年支出", set()),
        ("江州临湖文旅局2023年", {"江州市临湖区文化广电旅游体育局"}),
        ("临湖区体育局2023年", set()),
        ("市政府办2023年收入", {"江州市人民政府办公室"}),
        ("江州市科工商信局", {"江州市科技工业商务和信息化局"}),
        ("第一人民医院2023年收入", {"江州市第一人民医院"}),
        ("江州市第二人民医院收入", set()),
        ("江州城投集团收入", {"江州市城市建设投资集团有限公司"}),
        ("金平区卫健局向区财政局申请了多少", {"汕头市金平区卫生健康局"}),
        (
            "西湖区教育局和武侯区财政局谁的三公高",
            {"杭州市西湖区教育局", "成都市武侯区财政局"},
        ),
    ],
)
def test_bodies_of_many_places(question: str, expected: set[str]) -> None:
    assert _sure(resolve_names(question, LIBRARIES["country"]).entities) == expected


@pytest.mark.parametrize(
    ("library", "question", "expected"),
    [
        ("district", "天河区政务服务数据管理局2023年的机关运行经费", {"天河区政务服务数据管理局"}),
        ("district", "广州市政数局2023年", {"广州市政数局"}),
        ("district", "深圳市政务服务数据管理局2023年", {"深圳市政务服务数据管理局"}),
        ("district", "番禺区教育局2023年三公经费", {"番禺区教育局"}),
        ("district", "教育局2023年三公经费是多少", {"教育局"}),
        ("district", "天河区2023年的三公经费", {"天河区"}),
        ("district", "番禺区政数局和天河区政数局谁高", {"天河区政数局"}),
        ("district", "番禺区政数局向区财政局申请了多少资金", set()),
        ("district", "番禺区政务服务中心智能化建设项目运维服务到哪天", set()),
        ("district", "番禺区政数局在南沙区的支出", set()),
        ("district", "《天河区教育局关于预算的通知》的文号", set()),
        ("district", "机关运行经费是多少", set()),
        ("district", "全区受理业务量", set()),
        ("district", "支出结构的布局和格局", set()),
        ("country", "福州市鼓楼区人社局的基本支出", {"福州市鼓楼区人社局"}),
        ("country", "比较青石县教育局与云岭市教育局", {"青石县教育局"}),
        ("country", "退伍军人局2023年收入", {"退伍军人局"}),
        ("country", "高新区管委会2023年支出", {"高新区管委会"}),
        ("country", "江州市各局2023年支出", set()),
    ],
)
def test_names_that_the_library_lacks(library: str, question: str, expected: set[str]) -> None:
    unknown = resolve_names(question, LIBRARIES[library]).unknown
    assert {match.text for match in unknown if match.score >= 0.7} == expected


@pytest.mark.parametrize(
    ("library", "question", "expected"),
    [
        ("district", "番禺区2023年“数字政府”运维类项目的评分表", {DIGITAL}),
        ("district", "番禺数字政府运维那个项目，绩效运行监控", {DIGITAL}),
        ("district", "2023年市来穗局搞网格化那个项目", {GRID}),
        ("district", "“全市来穗人员服务项目”年中调增了多少资金", {"全市来穗人员服务项目"}),
        ("district", "番禺来穗人员出租屋信息化项目（2022）", {"来穗人员出租屋信息化建设"}),
        (
            "district",
            "全市来穗人员服务项目、番禺出租屋信息化项目、网格化项目和番禺“数字政府”运维类项目",
            {"全市来穗人员服务项目", "来穗人员出租屋信息化建设", GRID, DIGITAL},
        ),
        ("district", "番禺区政数局“信息化运维服务经费”项目", set()),
        ("district", "番禺区“智慧社区”运维类项目", set()),
        ("district", "天河区“数字政府”运维类项目", set()),
        ("district", "天河区网格化项目的得分", set()),
        ("district", "政务服务中心智能化建设项目运维服务", set()),
        ("district", "为多少名来穗人员子女提供了学位", set()),
        ("district", "项目支出和基本支出", set()),
        ("country", "垃圾分类项目花了多少", {"垃圾分类宣传督导项目"}),
        (
            "country",
            "市容环境卫生提升项目2022年和2023年",
            {"2022年市容环境卫生提升项目", "2023年市容环境卫生提升项目"},
        ),
        ("country", "2023年市容环境卫生提升项目的得分", {"2023年市容环境卫生提升项目"}),
        ("country", "饮水安全工程二期的预算", {"农村饮水安全巩固提升工程二期"}),
        ("country", "饮水安全工程三期的预算", set()),
        ("country", "青蓝工程执行率", {"高校青蓝工程专项资金"}),
        ("country", "基本公卫项目执行率", {"基本公共卫生服务项目"}),
        ("country", "“两癌”免费筛查花了多少", {"城乡居民“两癌”免费筛查项目"}),
        ("country", "残疾人就业补贴的满意度", {"残疾人辅助性就业补贴"}),
        ("country", "基本药物补助资金到位率", {"基层医疗卫生机构实施基本药物制度补助资金"}),
        ("country", "校舍维修项目", {"云岭市中小学校舍维修改造项目"}),
        ("country", "卫生健康支出是多少", set()),
        ("country", "机关运行经费和公共安全支出", set()),
        ("country", "各项目的预算执行率", set()),
    ],
)
def test_projects(library: str, question: str, expected: set[str]) -> None:
    assert _sure(resolve_names(question, LIBRARIES[library]).projects, 0.5) == expected


@pytest.mark.parametrize(
    ("library", "question", "expected"),
    [
        (
            "district",
            "What was the income of the Panyu District Government Services Data Administration?",
            {OLD, NEW},
        ),
        ("district", "Tianhe District Government Services Data Administration", set()),
        ("district", "the Panyu District Education Bureau", set()),
        ("country", "How much did the Ningbo Municipal Development and Reform Commission spend?",
         {"宁波市发展和改革委员会"}),
        ("country", "Department of Education of Jiangsu Province", {"江苏省教育厅"}),
        ("country", "Department of Education of Zhejiang Province", set()),
        ("country", "the Health Bureau of Jinping District", {"汕头市金平区卫生健康局"}),
        ("country", "Inner Mongolia Forestry and Grassland Bureau", {"内蒙古自治区林业和草原局"}),
        (
            "country",
            "Nanjing Gulou District Human Resources and Social Security Bureau",
            {"南京市鼓楼区人力资源和社会保障局"},
        ),
        ("country", "Hubei Disabled Persons' Federation", {"湖北省残疾人联合会"}),
        ("country", "Which department spent the most?", set()),
        ("district", "how much did the panyu district government services data administration spend",
         {OLD, NEW}),
        (
            "district",
            "Panyu District Government Services Data Administration and Tianhe District Finance Bureau",
            {OLD, NEW},
        ),
    ],
)  # fmt: skip
def test_english_names(library: str, question: str, expected: set[str]) -> None:
    assert _sure(resolve_names(question, LIBRARIES[library]).entities) == expected


def test_an_english_name_of_another_place_is_unknown() -> None:
    names = resolve_names("Tianhe District Education Bureau spending", LIBRARIES["country"])
    assert [match.score >= 0.8 for match in names.unknown] == [True]


def test_a_place_alone_is_a_hint_at_its_bodies() -> None:
    names = resolve_names("番禺区2023年受理业务量", LIBRARIES["district"])
    assert {match.name for match in names.entities} == {OLD, NEW, PARTY}
    assert all(match.score < 0.5 for match in names.entities)


def test_a_place_beside_a_project_hints_at_the_projects_owner() -> None:
    names = resolve_names("番禺区“数字政府”运维类项目的得分", LIBRARIES["district"])
    assert {match.name for match in names.entities} == {OLD}


def test_spans_and_parts_belong_to_the_question_and_the_library() -> None:
    question = "请问番禺区政数局2023年“数字政府”运维类项目得了几分"
    names = resolve_names(question, LIBRARIES["district"])
    for match in (*names.entities, *names.projects):
        assert question[match.start : match.end] == match.text
        assert match.parts
    body = next(match for match in names.entities if match.name == OLD)
    assert body.text == "番禺区政数局"
    assert body.parts == ((0, 0), (1, 0))


def test_a_quoted_project_that_the_library_lacks_is_soft_evidence() -> None:
    names = resolve_names("“智慧路灯”项目预算是多少", LIBRARIES["country"])
    assert [(match.text, match.score < 0.5) for match in names.unknown] == [("智慧路灯", True)]


@pytest.mark.parametrize(
    ("name", "places", "core", "party"),
    [
        ("广州市番禺区政务服务数据管理局", ["广州市", "番禺区"], "政务服务数据管理局", False),
        ("中国共产党广州市番禺区委员会政法委员会", ["广州市", "番禺区"], "政法委员会", True),
        ("中共番禺区委政法委员会", ["番禺区"], "政法委员会", True),
        ("广州市市场监督管理局", ["广州市"], "市场监督管理局", False),
        ("广州市市政管理局", ["广州市"], "市政管理局", False),
        ("云岭市临湖区城市管理局", ["云岭市", "临湖区"], "城市管理局", False),
        ("城市管理局", [], "城市管理局", False),
        ("社区服务中心", [], "社区服务中心", False),
        ("教育局（本级）", [], "教育局", False),
        ("国家税务总局广州市番禺区税务局", ["广州市", "番禺区"], "税务局", False),
        ("广州市公安局番禺区分局", ["广州市", "番禺区"], "公安分局", False),
        ("云岭省药品检验研究院", ["云岭省"], "药品检验研究院", False),
        ("澜平州文化和旅游局", ["澜平州"], "文化和旅游局", False),
        ("江州市妇女联合会", ["江州市"], "妇女联合会", False),
    ],
)
def test_a_body_taken_apart(name: str, places: list[str], core: str, party: bool) -> None:
    body = read_body(name)
    assert ([place.text for place in body.regions], body.core, body.party) == (places, core, party)


_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(
        alphabet="番禺区政数局广州市来穗2023年“”项目的和天河委办（）《》Panyu District Bureau of'",
        max_size=40,
    ),
)


@given(question=_TEXT, entity=_TEXT, project=_TEXT)
@example(question="00Aa", entity="A", project="00Aa")
@example(question="一一", entity="一一区", project="")
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(question: str, entity: str, project: str) -> None:
    parts = (*DISTRICT, PartRef(99, 0, "x", "", "", entity, project, "2023"))
    names = resolve_names(question, parts)
    for match in (*names.entities, *names.projects, *names.unknown):
        assert 0 <= match.start < match.end <= len(question)
        assert question[match.start : match.end] == match.text
        assert 0 <= match.score <= 1


SHORTENED = _parts(
    [
        ("霁州市文化广电和旅游局", "", "2024"),
        ("云山县公安局交通警察大队", "", "2024"),
        ("云山市东篱区人民政府翠竹街道办事处", "", "2024"),
        ("云山市第二中学", "", "2024"),
        ("云山市第一人民医院", "", "2024"),
        ("云山市教育局", "", "2024"),
        ("临河县民政局", "", "2024"),
        ("临河县公安局", "", "2024"),
        ("临河县市场监督管理局", "", "2024"),
    ]
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("霁州文旅局2024年支出", "霁州市文化广电和旅游局"),
        ("霁州市文旅局2024年支出", "霁州市文化广电和旅游局"),
        ("云山县公安局交通警察大队2024年支出", "云山县公安局交通警察大队"),
        ("翠竹街道2024年支出", "云山市东篱区人民政府翠竹街道办事处"),
        ("翠竹街道办24年支出", "云山市东篱区人民政府翠竹街道办事处"),
        ("东篱区翠竹街道2024年支出", "云山市东篱区人民政府翠竹街道办事处"),
        ("云山市东篱区人民政府翠竹街道办事处2024年支出", "云山市东篱区人民政府翠竹街道办事处"),
        ("云山二中2024年支出", "云山市第二中学"),
        ("云山市一院2024年支出", "云山市第一人民医院"),
        # without the ending: the word that is left, behind its place
        ("云山交警2024年花了多少", "云山县公安局交通警察大队"),
        ("云山县交警24年支出", "云山县公安局交通警察大队"),
        ("临河民政去年支出", "临河县民政局"),
        ("临河公安23年支出", "临河县公安局"),
        ("临河市监2024年支出", "临河县市场监督管理局"),
    ],
)
def test_names_as_people_shorten_them(question: str, expected: str) -> None:
    found = resolve_names(question, SHORTENED)
    assert {match.name for match in found.entities} == {expected}
    assert not found.unknown


@pytest.mark.parametrize("question", ["云山三中2024年支出", "霁州市旅游学院2024年支出"])
def test_neighbours_of_shortened_names_are_not_taken(question: str) -> None:
    found = resolve_names(question, SHORTENED)
    assert not any(match.score >= 0.6 for match in found.entities)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("番禺政法委（不是广州市来穗局）2022年的支出", {PARTY}),
        ("来穗局2021年（市局，不是番禺区政法委）的支出", {CITY}),
        ("番禺政法委2022年是不是超支", {PARTY}),
    ],
)
def test_what_is_not_meant_is_not_named(question: str, expected: set[str]) -> None:
    found = resolve_names(question, LIBRARIES["district"])
    assert _sure(found.entities) == expected
    assert not found.unknown
