"""Names: of units and their kinds, of the 26 fields, of the parts of a portal, and ids from addresses."""

import csv
import json
from pathlib import Path

import pytest

from crawler.discovery.areas import Area, area_of, is_container, is_placeholder, is_useless
from crawler.discovery.field_names import is_field, match_field, one_spelling, owes
from crawler.discovery.names import clean_name, split_path
from crawler.discovery.unit_kinds import ids_of, kind_of
from crawler.sites.load import load_site
from rules.vocabulary.fields import DEPARTMENTS, FIELDS, field_of
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.unit_names import abbreviates, aliases_of, same_unit
from tests.conftest import ROOT

DEMO = ROOT / "demo" / "site.toml"


def test_every_unit_of_the_demo_county_is_known_by_its_name_and_aliases() -> None:
    units = load_site(DEMO).units[1:]
    assert len(units) == 36
    assert {name: kind_of(name) for unit in units for name in unit.names} == {
        name: unit.kind for unit in units for name in unit.names
    }


def test_every_unit_of_a_real_county_is_known_by_its_name(shared: Path) -> None:
    with (shared / "real" / "zhecheng_units.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 68
    for row in rows:
        kind = kind_of(row["unit"])
        assert kind is not None, row
        assert kind.local is (row["group"] == "乡镇街道"), row


NO_UNITS = (
    "通知公告 政务服务大厅 新闻中心 关于召开党组会议的通知 局长信箱 办公室 下载中心 各部门 义务教育 领导之窗"
    " 县发改委召开会议学习文件 乡镇街道 镇街道 街道乡镇 乡镇办 镇（街道）办事处 县直部门及乡镇 辖区街道 区直部门、镇街 城镇"
    " 乡镇场街道 乡镇及开发区 县直部委办局"
)


@pytest.mark.parametrize("name", NO_UNITS.split())
def test_other_names_are_no_units(name: str) -> None:
    assert kind_of(name) is None


@pytest.mark.parametrize(
    "name", ["城区街道", "街口街道", "镇头镇", "中心街道", "乡宁镇", "开发区街道", "县政府办公室", "区委办"]
)
def test_a_proper_name_of_kinds_words_is_a_unit_s(name: str) -> None:
    assert kind_of(name) is not None


def test_other_names_of_a_unit() -> None:
    assert aliases_of("红旗路街道办事处") == ("红旗路街道", "红旗路办事处")
    assert aliases_of("柏庄镇政府") == ("柏庄镇", "柏庄镇人民政府")
    assert aliases_of("区教育局") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("区民政局", "北关区民政局", True),
        ("民政局", "县民政局", True),
        ("红旗路街道", "红旗路街道办事处", True),
        ("区市场监管局", "区城市管理局", False),
        ("城关镇", "城关乡", False),
        ("昆山分中心", "吴江分中心", False),
        ("昆南市分中心", "吴北区分中心", False),
        ("东部新区管理委员会", "西部新区管理委员会", False),
        ("市财政局", "县财政局", False),
        ("北关区民政局", "安阳市北关区民政局", True),
    ],
)
def test_two_names_of_one_unit(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("区卫健委", "北关区卫生健康委员会", True),
        ("区人社局", "北关区人力资源和社会保障局", True),
        ("区市场监管局", "北关区市场监督管理局", True),
        ("区金融办", "北关区金融工作办公室", True),
        ("县民政局", "县民族宗教局", False),
        ("县水利局", "县林业局", False),
        ("东部新区管委会", "西部新区管理委员会", False),
    ],
)
def test_short_forms(short: str, long: str, fits: bool) -> None:
    assert abbreviates(short, long) is fits


def test_ids_come_from_what_tells_the_addresses_apart() -> None:
    pages = [
        ("http://x/gzjg/apz/index.html",),
        ("http://x/bm/jyj/zwgk/index.html",),
        ("http://x/unit.aspx?did=12",),
        ("http://x/unit.aspx?did=13",),
        ("http://x/col/col33/index.html", "http://x/bm/mzj/"),
        ("http://rsj.x.gov.cn/",),
        (),
    ]
    assert ids_of(pages) == ["apz", "jyj", "u12", "u13", "mzj", "rsj", "unit7"]


FIELD_NAMES = [
    ("安全生产", "安全生产", True),
    ("应急管理领域", "安全生产", True),
    ("（三）义务教育领域基层政务公开标准目录", "义务教育", True),
    ("重大项目建设领域", "重大建设项目", True),
    ("医疗卫生", "卫生健康", True),
    ("财政资金", "财政预决算", False),
    ("食品药品安全监管信息", "食品药品监管", False),
]


@pytest.mark.parametrize(("name", "field", "sure"), FIELD_NAMES)
def test_sites_names_of_the_26_fields(name: str, field: str, sure: bool) -> None:
    match = match_field(name)
    assert match is not None
    assert (match.field.name, match.sure) == (field, sure)


def test_a_field_written_in_two_ways_is_written_in_the_commoner() -> None:
    said = ["安全生产领域", "安全生产", "", "安全生产", "统计领域", "统计", "应急管理", "义务教育"]
    assert one_spelling(said) == {
        "安全生产领域": "安全生产",
        "安全生产": "安全生产",
        "应急管理": "安全生产",
        "统计领域": "统计领域",
        "统计": "统计领域",
        "义务教育": "义务教育",
    }


@pytest.mark.parametrize("name", ["财政审计", "社会组织", "价格收费", "通知公告", "政府会议", "人事任免"])
def test_names_of_no_field(name: str) -> None:
    assert match_field(name) is None


@pytest.mark.parametrize(
    ("name", "is_one"), [("统计领域", True), ("重点领域", False), ("试点领域", False), ("统计", False)]
)
def test_a_site_s_own_fields(name: str, is_one: bool) -> None:
    assert is_field(name) is is_one


def test_the_usual_department_of_a_field() -> None:
    field = field_of("社会救助")
    assert field is not None
    assert owes("区民政局", field) == 1
    assert owes("区水利局", field) == 0


def test_the_table_of_fields_is_whole() -> None:
    names = [name for field in FIELDS for name in field.names]
    assert len(FIELDS) == 26
    assert len(names) == len(set(names))
    assert all(field.level1 and field.deadline for field in FIELDS)
    assert {department for field in FIELDS for department in field.departments} == set(DEPARTMENTS)


def test_the_table_of_fields_agrees_with_the_collected_catalogue(shared: Path) -> None:
    catalogue = json.loads((shared / "catalog_26.json").read_text(encoding="utf-8"))
    for said in catalogue["domains"]:
        field = field_of(said["name"])
        assert field is not None, said["name"]
        assert set(said["aliases"]) <= set(field.aliases), said["name"]
        doubtful = set(said.get("columns_from_memory_unverified", {})) - set(said["columns"])
        assert not doubtful & set(field.level1), said["name"]


AREAS = [
    ("基层政务公开标准化规范化", Area.GRASSROOTS),
    ("26个试点领域", Area.GRASSROOTS),
    ("重点领域信息公开", Area.KEY_FIELDS),
    ("工作机构", Area.OFFICES),
    ("镇街", Area.OFFICES),
    ("区长信箱", Area.MAILBOXES),
    ("政民互动", Area.MAILBOXES),
    ("法定主动公开内容", Area.DISCLOSURE),
    ("部门动态", Area.NEWS),
    ("魅力北关", None),
]


@pytest.mark.parametrize(("name", "area"), AREAS)
def test_parts_of_a_portal(name: str, area: Area | None) -> None:
    assert area_of(name) is area


# Columns of real portals whose names hold words of doors, tools and trials.
COLUMNS = (
    "领导讲话 视频解读 图片新闻 商标注册信息 煤矿关闭退出 微信矩阵 馆藏目录 版权登记公告 导航产业 水质测试结果 普通话测试"
    " 天气预警 老年人关爱 关怀慰问 无障碍环境建设 临时救助 新建项目公示 返乡创业 政策文件检索"
)
PLACEHOLDERS = "栏目名称 网站名称 测试 测试栏目 test1 栏目一 默认频道 未命名栏目 {{name}} ${title} 搜索结果"


def test_containers_and_useless_links() -> None:
    assert is_container("政府信息公开")
    assert is_container("26个试点领域")
    assert not is_container("义务教育领域")
    assert is_useless("网站登录")
    assert [name for name in COLUMNS.split() if is_useless(name) or is_placeholder(name)] == []
    assert [name for name in PLACEHOLDERS.split() if not is_placeholder(name)] == []


def test_names_are_cleaned_and_paths_split() -> None:
    assert clean_name("  ·通知公告(12条)  更多>>") == "通知公告"
    assert clean_name("【 政策解读 】\u200b") == "政策解读"
    assert split_path("救灾领域 › 备灾管理") == ("救灾领域", "备灾管理")
    assert split_path("税收管理>纳税服务>A级纳税人名单") == ("税收管理", "纳税服务", "A级纳税人名单")


def test_kinds_are_those_a_site_file_takes() -> None:
    assert {kind_of("某某局"), kind_of("某某镇"), kind_of("某某街道")} == {
        UnitKind.DEPARTMENT,
        UnitKind.TOWN,
        UnitKind.STREET,
    }


def test_a_device_s_name_is_no_unit_s_key() -> None:
    pages = [("http://a.example/bm/con/",), ("http://a.example/bm/nul.html",), ("http://a.example/bm/fgj/",)]
    assert ids_of(pages) == ["unit1", "unit2", "fgj"]
