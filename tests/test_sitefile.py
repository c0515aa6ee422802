"""Site files: what is refused, in which words, and what the accepted ones mean."""

from pathlib import Path

import pytest

from crawler.sites.load import load_site, parse_site
from rules.errors import WrongSiteFile
from rules.vocabulary.places import Site
from rules.vocabulary.terms import UnitKind

GOOD = """\
name = "某县人民政府"
home = "https://www.mou.example"

[[units]]
id = "czj"
name = "县财政局"
kind = "部门"
aliases = ["财政局"]

[[units]]
id = "cgz"
name = "城关镇"
kind = "乡镇"

[[units]]
id = "xjz"
name = "新集镇"
kind = "乡镇"

[[columns]]
units = ["czj"]
path = ["财政预决算领域", "部门预算"]
url = "/czyjs/bmys/"
cycle = 365

[[columns]]
each = "乡镇"
path = ["救灾领域", "备灾管理"]
url = "/jz/{unit}/bzgl/"

[[columns]]
path = ["", "通知公告"]
url = "/tzgg/"
outside = true

[[mailboxes]]
name = "县长信箱"
url = "/xzxx/"
"""


def read(text: str) -> Site:
    return parse_site(text, Path("某县.toml"))


def refuse(text: str) -> str:
    with pytest.raises(WrongSiteFile) as caught:
        read(text)
    return str(caught.value)


def test_what_a_good_file_means() -> None:
    site = read(GOOD)
    assert [unit.name for unit in site.units] == ["某县人民政府", "县财政局", "城关镇", "新集镇"]
    assert site.units[0].kind is UnitKind.PORTAL
    assert [(c.key, [d.label for d in c.duties]) for c in site.columns] == [
        ("/czyjs/bmys/", ["县财政局"]),
        ("/jz/cgz/bzgl/", ["城关镇"]),
        ("/jz/xjz/bzgl/", ["新集镇"]),
        ("/tzgg/", ["某县人民政府"]),
    ]
    assert site.columns[1].url == "https://www.mou.example/jz/cgz/bzgl/"
    assert site.columns[3].path == ("通知公告",)
    assert site.mailboxes[0].reply_within == 5


def test_a_name_is_printed_as_the_file_writes_it() -> None:
    site = read(GOOD.replace('units = ["czj"]', 'units = ["财政局", "城关镇"]'))
    assert site.columns[0].duties[0].label == "财政局、城关镇"
    assert site.columns[0].duties[0].units == ("czj", "cgz")


def test_a_shared_column_is_everybodys_the_offices_and_somebodys_nobody() -> None:
    site = read(GOOD.replace('path = ["", "通知公告"]', 'shared = true\npath = ["", "通知公告"]'))
    duties = site.columns[3].duties
    assert [duty.key for duty in duties] == ["czj", "cgz", "xjz", "portal", ""]
    assert duties[-1].label == "未能识别来源"


def test_a_column_kept_elsewhere_has_no_address() -> None:
    site = read(GOOD.replace('url = "/tzgg/"', 'elsewhere = "跳转到省局网站"'))
    assert site.columns[3].url is None
    assert site.columns[3].elsewhere == "跳转到省局网站"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'units = ["czj"]',
            'units = ["zjj"]',
            "第 21 行，columns[1].units：没有 id、名称或别名为“zjj”的单位",
        ),
        ("cycle = 365", "cylce = 365", "第 24 行，columns[1].cylce：不认识这个键"),
        ('url = "/czyjs/bmys/"', 'url = "/czyjs/b mys/"', "第 23 行，columns[1].url：网址不对"),
        ('url = "/czyjs/bmys/"', 'url = "javascript:void(0)"', "columns[1].url：网址不对"),
        ('home = "https://www.mou.example"', 'home = "www.mou.example"', "第 2 行，home：网址不对"),
        ('url = "/czyjs/bmys/"', 'url = "http://[mou.example/"', "columns[1].url：网址不对"),
        ('home = "https://www.mou.example"', 'home = "https://mou.example:八十/"', "第 2 行，home：网址不对"),
        ('id = "xjz"', 'id = "cgz"', "units[3].id：单位 id“cgz”重复"),
        ('url = "/tzgg/"', 'url = "/czyjs/bmys/"', "columns[3].url：“/czyjs/bmys/”与第 1 个栏目重复"),
        ('kind = "部门"', 'kind = "局"', "units[1].kind：不是可用的值"),
        ('kind = "部门"', 'kind = "门户"', "units[1].kind：单位类别应为"),
        ("cycle = 365", 'cycle = "一年"', "第 24 行，columns[1].cycle：应为整数"),
        ("cycle = 365", "cycle = 0", "columns[1].cycle：数值太小"),
        ('name = "某县人民政府"\n', "", "name：缺少这一项"),
        ('path = ["", "通知公告"]', 'path = [""]', "columns[3]：path 应为"),
        ('url = "/jz/{unit}/bzgl/"', 'url = "/jz/bzgl/"', "url 中应写 {unit}"),
        ('url = "/tzgg/"', 'url = "/tzgg/{unit}/"', "只有 each 的栏目"),
        ('url = "/tzgg/"', 'url = "/tzgg/"\nelsewhere = "跳转"', "写 elsewhere 而不写 url"),
        ('each = "乡镇"', 'each = "街道"', "没有类别为“街道”的单位"),
        ('aliases = ["财政局"]', 'aliases = ["城关镇"]', "“城关镇”与单位 czj 重复"),
        ('aliases = ["财政局"]', 'email = "a@b"', "“a@b”不是邮箱地址"),
        ("[[mailboxes]]", "[[mailbox]]", "mailbox：不认识这个键"),
        ('name = "县财政局"', 'name = "县财政局\\r\\nBcc: x"', "不能有换行或控制字符"),
        ("[[mailboxes]]", "[[mailboxes", "不是正确的 TOML"),
        (
            "cycle = 365",
            'platform = "trss"',
            "第 24 行，columns[1].platform：没有名为“trss”的平台，可用：hanweb、jpaas",
        ),
        (
            'name = "某县人民政府"\n',
            'name = "某县人民政府"\nplatform = "x"\n',
            "第 2 行，platform：没有名为“x”的平台",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in refuse(GOOD.replace(old, new))


def test_a_platform_is_named_for_the_site_or_for_one_column() -> None:
    named = GOOD.replace('name = "某县人民政府"\n', 'name = "某县人民政府"\nplatform = "vsb"\n')
    site = parse_site(named.replace("cycle = 365", 'cycle = 365\nplatform = "trs"'), Path("mou.toml"))
    assert [column.platform for column in site.columns][:1] == ["trs"]
    assert {column.platform for column in site.columns[1:]} == {"vsb"}


def test_a_waiver_of_an_unknown_unit_is_refused() -> None:
    waiver = '\n[[waivers]]\nrule = "column.silent"\nunit = "nobody"\nwhy = "八月公开"\nuntil = 2026-09-01\n'
    assert "waivers[1].unit：没有 id、名称或别名为“nobody”的单位" in refuse(GOOD + waiver)


@pytest.mark.parametrize("name", ["nowhere", "nowhere.toml"])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSiteFile, match="找不到站点文件"):
        load_site(name, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_file_in_the_encodings_of_an_office_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "某县.toml"
    path.write_bytes(GOOD.encode(encoding))
    assert load_site(path) == read(GOOD)


@pytest.mark.parametrize("path", sorted(Path("sites").glob("*.toml")), ids=lambda path: path.stem)
def test_the_sites_that_come_with_it_are_good(path: Path) -> None:
    assert load_site(path).columns
