"""Whose page an answer is: an apology over recommended news, another column's list, a seller's rows, and the good pages
that must not be taken for one of them."""

from datetime import date, timedelta

import pytest

from crawler.listing.source import ListSource, read_list, read_page
from crawler.outcomes.outcome import see_list
from crawler.page.page import Page
from crawler.page.values import Expectation, PageOutcome

SITE = "云岭县人民政府"
URL = "http://www.yunling.example/jczwgk/jzly/bzgl/"
EXPECT = Expectation("http://www.yunling.example/", SITE, ("救灾领域", "备灾管理"), ("柳林镇政府",))
DAY = date(2024, 6, 21)
TITLES = ("关于开展春季义务植树活动的通知", "云岭县老旧小区改造项目公示", "关于公布第二批便民事项清单的公告")


def rows(titles: tuple[str, ...] = TITLES, link: str = "/xw/{}.html") -> str:
    """A list of ten dated rows, newest first."""
    items = (
        f'<li><a href="{link.format(i)}">{titles[i % len(titles)]}{i}</a><span>{DAY - timedelta(i)}</span></li>'
        for i in range(10)
    )
    return f'<ul class="list">{"".join(items)}</ul>'


def page(body: str, *, title: str = SITE, crumbs: str = "", meta: str = "") -> str:
    """A site's own frame: menu, way, footer."""
    declared = f'<meta name="ColumnName" content="{meta}">' if meta else ""
    way = f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; {crumbs}</div>' if crumbs else ""
    return (
        f"<html><head><title>{title}</title>{declared}</head><body>"
        '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/jczwgk/jzly/bzgl/">备灾管理</a></li></ul>'
        f"{way}<div class='main'>{body}</div><div class='foot'>主办：云岭县人民政府办公室</div></body></html>"
    )


def seen(html: str) -> PageOutcome:
    one = Page(URL, html.encode(), 200, {"content-type": "text/html; charset=utf-8"}, URL)
    return see_list(one, read_list(one, date(2024, 6, 28)), EXPECT)


APOLOGIES = [
    "抱歉，您访问的页面不存在或已被删除！",
    "很抱歉，您要访问的页面找不到了",
    "抱歉，您访问的页面不存在，您可以看看：",
    "404，页面不见了",
    "找不到您要访问的网页",
    "您请求的信息不存在，可能已被删除",
    "您所浏览的栏目不存在",
    "链接已失效",
    "参数错误！没有找到对应的栏目。",
    "The page you are looking for might have been removed.",
    "Sorry, the page you requested could not be found.",
    "Error 404",
]
REFUSALS = [
    "对不起，您无权访问该栏目",
    "您没有权限查看此页面",
    "无访问权限",
    "You don't have permission to view this page.",
]
LOGINS = [
    "该栏目信息需要登录后查看",
    "本栏目内容须<a href='/login'>登录</a>后方可查看",
    "请登录后查看该栏目！",
    "对不起，此页面仅对注册用户开放",
    "此内容需登录才能浏览",
]
HARMLESS = [
    "温馨提示：如果您访问的页面无法显示，请更换浏览器",
    "如链接无法打开，请联系管理员",
    "该文件已失效",
    "本栏目已停止更新，历史信息如下",
    "关于网页无法打开问题的情况说明",
    "本栏目信息不存在涉密内容",
    "行政权力事项权限下放",
    "浏览次数：404",
    "参数错误的处理办法",
    "请登录后查看办件进度",
    "您好，请登录",
    "本栏目文件需下载阅读器后查看",
    "本信息仅供参考",
]


@pytest.mark.parametrize("heading", ["推荐阅读", "最新信息", "您可能想看", ""])
@pytest.mark.parametrize("words", APOLOGIES)
def test_recommended_news_under_an_apology_is_no_list(words: str, heading: str) -> None:
    news = f"<h3>{heading}</h3>{rows()}" if heading else rows()
    assert seen(page(f"<p>{words}</p>{news}")).cause == "soft_404"


@pytest.mark.parametrize("words", APOLOGIES)
def test_the_same_in_the_columns_own_frame(words: str) -> None:
    html = page(f"<p>{words}</p>{rows()}", title=f"备灾管理-{SITE}", crumbs="备灾管理", meta="备灾管理")
    assert seen(html).cause == "soft_404"


@pytest.mark.parametrize("words", REFUSALS)
def test_a_refusal_over_news_is_blocked(words: str) -> None:
    refused = seen(page(f"<p>{words}</p>{rows()}"))
    assert (refused.outcome, refused.cause) == ("blocked", "waf")


@pytest.mark.parametrize("words", LOGINS)
def test_a_column_for_those_who_log_in_is_blocked(words: str) -> None:
    own = page(f"<p>{words}</p>{rows()}", title=f"备灾管理-{SITE}", crumbs="备灾管理", meta="备灾管理")
    for html in (own, page(f"<p>{words}</p><h3>最新信息</h3>{rows()}")):
        refused = seen(html)
        assert (refused.outcome, refused.cause) == ("blocked", "login")


@pytest.mark.parametrize("words", HARMLESS)
def test_a_list_with_a_line_of_text_is_read(words: str) -> None:
    html = page(f"<p>{words}</p>{rows()}", title=f"备灾管理-{SITE}", crumbs="备灾管理")
    assert seen(html).outcome == "read"


def test_a_list_that_turns_its_pages_is_read_whatever_its_page_says() -> None:
    pager = '<p>共62条 <a href="index_1.html">下一页</a></p>'
    html = page(f"<p>{APOLOGIES[0]}</p>{rows()}{pager}", title=f"备灾管理-{SITE}", crumbs="备灾管理")
    assert seen(html).outcome == "read"


@pytest.mark.parametrize(
    ("title", "crumbs", "meta", "heading"),
    [
        (f"政务动态_{SITE}", "政务动态", "", ""),
        (f"政务动态列表_{SITE}", "<a href='/xw/'>政务动态</a> &gt; 列表", "", ""),
        (f"政务动态_{SITE}", "政务动态", "栏目名称", ""),
        (SITE, "<a href='/xw/'>政务动态</a>", "", "政务动态"),
        (f"灾后重建_{SITE}", "<a href='/zwgk/'>政务公开</a> &gt; 灾后重建", "", ""),
        (f"通知公告_{SITE}", f"<a href='/'>{SITE}</a> &gt; 通知公告", "", ""),
    ],
)
def test_two_names_that_agree_on_another_column(title: str, crumbs: str, meta: str, heading: str) -> None:
    body = (f"<h2>{heading}</h2>" if heading else "") + rows()
    assert seen(page(body, title=title, crumbs=crumbs, meta=meta)).cause == "other_column"


@pytest.mark.parametrize(
    ("title", "crumbs", "meta", "body"),
    [
        (f"政务公开_{SITE}", "政务公开", "", ""),
        (SITE, "政务动态", "", ""),
        (f"栏目名称_{SITE}", "栏目名称", "栏目名称", ""),
        ("网站名称", "正文", "ColumnName", ""),
        (f"政务动态_{SITE}", "政务动态", "", "<p>备灾管理</p>"),
        (f"政务动态_{SITE}", "政务动态 &gt; 柳林镇", "", ""),
        (f"救灾物资_{SITE}", "物资", "", ""),
    ],
)
def test_names_that_do_not_make_it_another_column(title: str, crumbs: str, meta: str, body: str) -> None:
    assert seen(page(body + rows(), title=title, crumbs=crumbs, meta=meta)).outcome == "read"


@pytest.mark.parametrize(
    ("titles", "link", "cause"),
    [
        (("澳门娱乐城开户送彩金",), "http://www.qx8.cc/{}.html", "hijacked"),
        (("时时彩官网开奖直播",), "//www.qx8.cc/{}.html", "hijacked"),
        (("百家乐平台注册", "老虎机技巧大全"), "/html/{}.html", "hijacked"),
        (("棋牌室平台下载", "关于开展植树活动的通知"), "http://www.qx8.cc/{}.html", "hijacked"),
        (("福利彩票公益金使用情况",), "/html/{}.html", ""),
        (("中国福利彩票开奖信息",), "/html/{}.html", ""),
        (("公安局打击网络赌博、棋牌室专项行动",), "http://www.news.example/{}.html", ""),
        (TITLES, "http://www.people.example/{}.html", ""),
        ((*TITLES, "百家乐娱乐城注册"), "/html/{}.html", ""),
    ],
)
def test_rows_that_sell_gambling_in_the_sites_own_frame(
    titles: tuple[str, ...], link: str, cause: str
) -> None:
    html = page(rows(titles, link), title=f"备灾管理-{SITE}", crumbs="备灾管理", meta="备灾管理")
    assert seen(html).cause == cause


@pytest.mark.parametrize(
    ("name", "url", "cause"),
    [
        ("政务公开", "http://www.yunling.example/jczwgk/index_1.html", "other_column"),
        ("政务公开", "http://www.yunling.example/zwgk/list_2.html", "other_column"),
        ("救灾领域", "http://www.yunling.example/jczwgk/jzly/index_1.html", "other_column"),
        ("政务公开", "http://www.yunling.example/jczwgk/jzly/bzgl/index_1.html", ""),
        ("政务公开", "http://www.yunling.example/jczwgk/jzly/bzgl/2/", ""),
        ("备灾管理", "http://www.yunling.example/list/2.html", ""),
    ],
)
def test_a_next_page_that_leads_into_another_column(name: str, url: str, cause: str) -> None:
    html = page(rows(), title=f"{name}-{SITE}", crumbs=name)
    second = Page(url, html.encode(), 200, {"content-type": "text/html; charset=utf-8"}, url)
    reading = read_page(second, ListSource(URL), 2, date(2024, 6, 28), EXPECT)
    assert reading.outcome.cause == cause


BARE = '<div class="list_con"><ul class="list"></ul></div>'
NO_PAGES = '<script>createPageHTML(0, 0, "index", "html");</script>'
BROKEN = [
    "数据库连接失败",
    "数据加载失败，请稍后重试",
    "系统繁忙",
    "查询超时",
    '<div class="page">共 条 第 页</div>',
    '<div class="page">总计：条</div>',
]


@pytest.mark.parametrize("words", BROKEN)
@pytest.mark.parametrize("total", [NO_PAGES, '<div class="page">共0条</div>'])
def test_a_program_that_broke_shows_no_empty_list(words: str, total: str) -> None:
    own = {"title": f"备灾管理-{SITE}", "crumbs": "备灾管理", "meta": "备灾管理"}
    assert seen(page(BARE + total, **own)).outcome == "empty"
    assert seen(page(BARE + words + total, **own)).outcome == "unreadable"


def test_rows_that_sellers_slipped_into_a_list_are_not_its_own() -> None:
    sold = "".join(
        f'<li><a href="{address}">{title}</a><span>2024-06-20</span></li>'
        for title, address in (
            ("澳门娱乐城开户送彩金", "http://a.example/"),
            ("百家乐平台注册", "//b.example/1.html"),
        )
    )
    own = (
        '<li><a href="/xw/91.html">关于打击百家乐网络赌博的通告</a><span>2024-06-20</span></li>'
        '<li><a href="http://zjt.example.cn/1.html">关于福利彩票公益金使用情况的公告</a><span>2024-06-20</span></li>'
    )
    html = page(rows().replace("</ul>", sold + own + "</ul>"), title=f"备灾管理-{SITE}", crumbs="备灾管理")
    assert seen(html).outcome == "read"
    titles = [one.title for one in read_list(Page(URL, html.encode()), date(2024, 6, 28)).entries]
    assert len(titles) == 12
    assert not any("娱乐城" in title or "平台注册" in title for title in titles)
