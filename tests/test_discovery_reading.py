"""How discovery reads one page: links under their labels, the way to it, script-made menus, jumps."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.breadcrumbs import read_crumbs
from crawler.discovery.discover import jump_of
from crawler.discovery.menus import read_menus
from crawler.discovery.outline import Outline
from crawler.discovery.page_links import Link, looks_like_posting, read_links
from crawler.page.page import Page

HERE = "http://www.site.example/zwgk/"


def page(body: str) -> Page:
    return Page(HERE, f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())


def links(body: str) -> list[Link]:
    made = page(body)
    return list(read_links(made, Outline(made.model)))


def labelled(body: str) -> list[tuple[str, ...]]:
    return [(*link.labels, link.name) for link in links(body)]


LABELS = [
    ("heading", "<h3>救灾领域</h3><ul><li><a href=a>备灾管理</a></li></ul>", [("救灾领域", "备灾管理")]),
    (
        "headings_by_rank",
        "<h2>部门</h2><h3>救灾</h3><p><a href=a>备灾管理</a></p><h3>就业</h3><p><a href=b>创业服务</a></p>"
        "<h2>乡镇</h2><p><a href=c>村务公开</a></p>",
        [("部门", "救灾", "备灾管理"), ("部门", "就业", "创业服务"), ("乡镇", "村务公开")],
    ),
    (
        "definition_list",
        "<dl><dt>养老服务</dt><dd><a href=a>机构备案</a></dd><dt>户籍管理</dt><dd><a href=b>出生登记</a></dd></dl>",
        [("养老服务", "机构备案"), ("户籍管理", "出生登记")],
    ),
    (
        "inner_list",
        "<ul><li>义务教育<ul><li><a href=a>招生管理</a></li></ul></li><li><a href=b>人事信息</a></li></ul>",
        [("义务教育", "招生管理"), ("人事信息",)],
    ),
    (
        "inner_list_under_a_link",
        "<ul><li><a href=x>义务教育</a><ul><li><a href=a>招生管理</a></li></ul></li></ul>",
        [("义务教育",), ("义务教育", "招生管理")],
    ),
    (
        "title_block",
        "<div><div class=tit>社会救助 <a href=m>更多&gt;&gt;</a></div><div class=con><a href=a>低保</a><a href=b>临时救助</a></div></div>",
        [("社会救助",), ("社会救助", "低保"), ("社会救助", "临时救助")],
    ),
    (
        "rows_and_spans",
        "<table><tr><td rowspan=2>税收管理</td><td>纳税服务</td><td><a href=a>办税指南</a></td></tr>"
        "<tr><td>行政执法</td><td><a href=b>欠税公告</a></td></tr>"
        "<tr><td>市政服务</td><td>燃气管理</td><td><a href=c>许可核发</a></td></tr></table>",
        [("税收管理", "纳税服务", "办税指南"), ("税收管理", "行政执法", "欠税公告"), ("市政服务", "燃气管理", "许可核发")],
    ),
    (
        "clicks",
        "<div><h4>（三）养老服务</h4><ul><li onclick=\"window.location.href='/a/'\">1.机构备案</li>"
        "<li onclick=\"window.open('b/index.html')\">2.扶持政策</li><li onclick=\"toggle(this)\">展开</li></ul></div>",
        [("养老服务", "机构备案"), ("养老服务", "扶持政策")],
    ),
    (
        "catalogue",
        "<h1>救灾领域</h1><table><tr><th rowspan=2>序号<th colspan=2>公开事项<th rowspan=2>公开时限<th rowspan=2>操作</tr>"
        "<tr><th>一级事项<th>二级事项</tr><tr><td>1<td rowspan=2>备灾管理<td>物资储备<td>20个工作日内<td><a href=a>点击查看</a></tr>"
        "<tr><td>2<td>预案演练<td>长期公开<td><a href=b>点击查看</a></tr>"
        "<tr><td>3<td>灾后救助<td><a href=c>救助审定</a><td>即时<td></tr></table>",
        [("救灾领域", "备灾管理", "物资储备"), ("救灾领域", "备灾管理", "预案演练"), ("救灾领域", "灾后救助", "救助审定")],
    ),
    (
        "tabs",
        "<div><div class=hd><ul><li>卫生健康</li><li>安全生产</li></ul></div><div class=bd>"
        "<div><a href=a>行政许可</a><a href=b>行政处罚</a></div><div><a href=c>政策文件</a><a href=d>依法行政</a></div></div></div>",
        [("卫生健康", "行政许可"), ("卫生健康", "行政处罚"), ("安全生产", "政策文件"), ("安全生产", "依法行政")],
    ),
    (
        "neighbours_are_no_labels",
        "<div><a href=a class=on>通知公告</a><a href=b>政府文件</a></div>"
        "<ul><li class=on><a href=c>规划计划</a></li><li><a href=d>统计数据</a></li></ul>",
        [("通知公告",), ("政府文件",), ("规划计划",), ("统计数据",)],
    ),
    (
        "items_do_not_push_the_heading_aside",
        "<div><h2>乡镇</h2><div class=i><a href=a>甲镇</a></div><div class=i><a href=b>乙镇</a></div></div>",
        [("乡镇", "甲镇"), ("乡镇", "乙镇")],
    ),
    (
        "an_attribute_is_no_label",
        "<div><h3>救灾领域</h3><p>责任单位：应急管理局</p><ul><li><a href=a>备灾管理</a></li></ul></div>",
        [("救灾领域", "备灾管理")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS]
)
def test_links_stand_under_their_labels(body: str, expected: list[tuple[str, ...]]) -> None:
    assert labelled(body) == expected


NAMES = [
    ("title_where_cut", '<a href=a title="国有建设用地使用权出让公告">国有建设用地使用…</a>', "国有建设用地使用权出让公告"),
    ("picture", '<a href=a><img alt="政务公开"></a>', "政务公开"),
    ("more", "<div><b>政策解读</b> <a href=a>更多</a></div>", "政策解读"),
    ("wide", "<a href=a>首　页</a>", "首页"),
    ("bullet_and_count", "<a href=a>· 通知公告 (128)</a>", "通知公告"),
    ("nothing", "<a href=a><i></i></a>", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "name"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_a_link_is_called_what_a_visitor_sees(body: str, name: str) -> None:
    assert [link.name for link in links(body)] == [name]


def test_pagers_files_and_scripts_are_no_links() -> None:
    body = (
        '<a href="b.pdf">附件</a><a href="index_2.html">下一页</a><a href="index_3.html">3</a>'
        '<a href="javascript:void(0)">关闭</a><a href="mailto:a@b.cn">邮箱</a><a href="#top">顶部</a>'
        "<a href=\"javascript:window.open('/zfwj/index.html')\">政府文件</a>"
    )
    assert [link.url for link in links(body)] == ["http://www.site.example/zfwj/index.html"]


def test_a_day_beside_a_link_or_in_its_address_makes_it_a_posting() -> None:
    body = "<ul><li><a href=x.html>会议召开</a><span>2026-03-01</span></li><li><a href=y.html>会议动态</a></li></ul>"
    assert [link.posting for link in links(body)] == [True, False]


@pytest.mark.parametrize(
    ("address", "posting"),
    [
        ("http://x/zfwj/202603/t20260301_12.html", True),
        ("http://x/art/2026/3/1/art_12_34.html", True),
        ("http://x/info/1012/34.htm", True),
        ("http://x/zwgk/content/post_123.html", True),
        ("http://x/tzgg/2026-03-01/55.html", True),
        ("http://x/show.asp?id=12", True),
        ("http://x/list.asp?classid=12", False),
        ("http://x/col/col2101/index.html", False),
        ("http://x/zwgk/c100123/list.shtml", False),
        ("http://x/jczwgk/2026gzyd/", False),
    ],
)
def test_addresses_of_postings(address: str, posting: bool) -> None:
    assert looks_like_posting(address) is posting


CRUMBS = [
    ("<div>当前位置：<a href=/>首页</a> &gt; <a href=/zwgk/>政务公开</a> &gt; 通知公告</div>", ["政务公开", "通知公告"]),
    ("<p>您的位置： <a href=/>网站首页</a>»<a href=a>信息公开</a>»<a href=b>财政预决算</a>»正文</p>", ["信息公开", "财政预决算"]),
    ("<div class=bread><a href=/>首页</a> - <a href=a>救灾领域</a> - <span>备灾管理</span></div>", ["救灾领域", "备灾管理"]),
    ("<ul><li>所在位置</li><li><a href=/>首页</a></li><li><a href=a>区情动态</a></li></ul>", ["区情动态"]),
    ("<div><a href=/>首页</a> | <a href=a>政务公开</a> | <a href=b>互动交流</a></div>", []),
    ("<p>我县地理位置优越：<a href=a>走进本县</a></p>", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CRUMBS)
def test_the_way_here(body: str, expected: list[str]) -> None:
    made = page(body)
    assert [crumb.name for crumb in read_crumbs(made, Outline(made.model))] == expected


def menu(script: str) -> list[tuple[str, ...]]:
    return [(*link.labels, link.name) for link in read_menus(page(f"<script>{script}</script>"))]


def test_a_flat_tree_in_a_script() -> None:
    script = """var n=[{id:1,pId:0,name:"重点领域"},{id:2,pId:1,name:'医疗卫生',url:"/a/"},
    {id:3,pId:2,name:"行政\\u8bb8\\u53ef",url:"/b/"},{id:4,pId:0,name:"公示公告",url:"/c/"}]"""
    assert menu(script) == [("重点领域", "医疗卫生"), ("重点领域", "医疗卫生", "行政许可"), ("公示公告",)]


def test_a_nested_tree_in_a_script() -> None:
    script = """x={"title":"就业","children":[{"title":"创业服务","href":"/a/"},{"title":"就业援助","href":"/b/"},
    {"title":"专项活动","href":"/c/"}]}"""
    assert menu(script) == [("就业", "创业服务"), ("就业", "就业援助"), ("就业", "专项活动")]


def test_a_tree_planted_entry_by_entry() -> None:
    script = """d=new dTree('d');d.add(0,-1,'重点领域');d.add(1,0,'财政预决算','');d.add(11,1,'部门预算','/a/','部门预算','_self');
    d.add(12,1,"部门决算","/b/");d.add(2,0,'征地补偿','/c/');"""
    assert menu(script) == [
        ("重点领域", "财政预决算", "部门预算"),
        ("重点领域", "财政预决算", "部门决算"),
        ("重点领域", "征地补偿"),
    ]


def test_a_list_to_choose_from_opens_addresses() -> None:
    body = """<select onchange="location=this.value"><option value="">--政府部门--</option><option value="/czj/">县财政局</option>
    <option value="mzj.asp?id=2">县民政局</option><option value="http://www.site.example/slj/">县水利局</option></select>
    <select name="field"><option value="title">按标题</option><option value="text">按正文</option>
    <option value="1">全部栏目</option></select>"""
    found = read_menus(page(body))
    assert [(*link.labels, link.name) for link in found] == [
        ("政府部门", n) for n in ("县财政局", "县民政局", "县水利局")
    ]
    assert len({link.group for link in found}) == 1


def test_the_frames_of_a_frameset_are_its_links() -> None:
    made = Page(
        HERE, b'<html><frameset rows="90,*"><frame src="top.asp"><frame src="/main.asp"></frameset></html>'
    )
    assert [link.url for link in read_links(made, Outline(made.model))] == [
        HERE + "top.asp",
        "http://www.site.example/main.asp",
    ]


def test_a_tree_that_goes_in_a_circle_ends() -> None:
    script = "".join(
        f'{{"id":"{n}","pId":"{(n + 1) % 3}","name":"栏目{n}号","url":"/{n}/"}},' for n in range(3)
    )
    assert len(menu(f"t=[{script}]")) == 3


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=portal/index.html">', HERE + "portal/index.html"),
        ('<script>window.location.href="/index.shtml"</script>', "http://www.site.example/index.shtml"),
        ('<meta http-equiv="refresh" content="600;url=/">', ""),
        ("<script>function go(){location.href='/a'}</script>" + "<p>政务公开栏目文字</p>" * 40, ""),
    ],
)
def test_pages_that_only_send_on(head: str, target: str) -> None:
    assert jump_of(page(head)) == target


def test_a_redirect_leads_where_its_header_says() -> None:
    moved = Page(HERE, b"", 301, {"location": "../gzjg/"})
    assert jump_of(moved) == "http://www.site.example/gzjg/"


TAGS = [
    "div",
    "ul",
    "li",
    "a href=x",
    "h2",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td rowspan=9",
    "span",
    "/div",
    "/ul",
    "/a",
]
WORDS = [
    "首页",
    "当前位置：",
    ">",
    "救灾领域",
    "更多",
    "2026-03-01",
    "\x00",
    "责任单位：",
    "{",
    "<script>",
    "]]>",
    "&#0;",
]


@given(st.lists(st.one_of(st.sampled_from(TAGS).map("<{}>".format), st.sampled_from(WORDS)), max_size=120))
def test_any_page_is_read_and_the_same_twice(pieces: list[str]) -> None:
    made, again = page("".join(pieces)), page("".join(pieces))
    outline = Outline(made.model)
    found = read_links(made, outline)
    assert found == read_links(again, Outline(again.model))
    assert all(link.url.startswith("http") for link in found)
    assert isinstance(read_crumbs(made, outline), tuple)
    assert isinstance(read_menus(made), tuple)


PILES = [
    "<div>" * 1900 + "<a href=x>栏目</a>",
    "<div><a href=x>栏目</a>" * 1900,
    "<div><a href=x>栏目</a></div>" * 6000,
    "<h3>救灾</h3><p>说明</p>" * 3000,
    "<table>" + "<tr><td rowspan=9999>栏目<td><a href=x>栏目</a></tr>" * 300,
    "<div>当前位置" * 1900,
    "<div onclick=\"location='/a/'\">栏目" * 1900,
    "<table><tr><td>一级事项<td>公开主体</tr>"
    + "<tr><td rowspan=9999>栏目<td colspan=9999><a href=x>查看</a></tr>" * 3000,
    "<table><tr><td>一级事项" * 450 + "<a href=x>查看</a>" * 1000,
    "<select>" + "<option value=/a>县财政局" * 3000 + "</select>" + "<select><option value=/>甲" * 900,
    "<script>" + "d.add(1,2,'栏目甲'," * 8000 + "</script>",
    "<script>" + "{name:'栏目甲',url:'/a'," * 5000 + "</script>",
]


@pytest.mark.parametrize("body", PILES)
def test_large_and_deep_pages_take_no_longer_than_they_must(body: str) -> None:
    started = time.process_time()
    made = page(body)
    outline = Outline(made.model)
    read_links(made, outline)
    read_crumbs(made, outline)
    read_menus(made)
    assert time.process_time() - started < 5
