"""Pagers: every way a page says what comes next, and that nothing does."""

import pytest

from crawler.listing.source import read_list
from crawler.page.page import Page
from crawler.readers.pagers.pager import read_pager
from crawler.readers.pagers.scripted_addresses import find_template

SITE = "http://www.beishan.gov.cn"
ROWS = (
    "<ul>"
    + "".join(
        f'<li><a href="/gg/{i}.html">关于第{i}批项目的公告</a><span>2020-03-{i:02}</span></li>'
        for i in range(9, 3, -1)
    )
    + "</ul>"
)


def page(html: str, path: str = "/gg/index.html") -> Page:
    way = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/gg/">公告</a></div>'
    return Page(SITE + path, f"<html><body>{way}{ROWS}{html}</body></html>".encode())


FOLLOWING = [
    ('<a href="index_2.html">下一页</a>', "/gg/index.html", "/gg/index_2.html"),
    ('<a href="index_2.html">[ 下 一 页 ]</a>', "/gg/", "/gg/index_2.html"),
    ('<a href="index_4.html">下页&gt;&gt;</a>', "/gg/index_3.html", "/gg/index_4.html"),
    ('<a href="/gg/p2.html">Next</a>', "/gg/", "/gg/p2.html"),
    ('<b>1</b> <a href="a2.htm">2</a> <a href="a3.htm">3</a>', "/gg/", "/gg/a2.htm"),
    (
        '<a href="a1.htm">1</a> <a class="on" href="a2.htm">2</a> <a href="a3.htm">3</a>',
        "/gg/a2.htm",
        "/gg/a3.htm",
    ),
    ('<span>1</span><a href="?p=2">2</a><a href="?p=2">›</a><a href="?p=9">»</a>', "/gg/", "/gg/?p=2"),
    ('<a href="l2.html"><img src="n.gif" alt="下一页"></a>', "/gg/", "/gg/l2.html"),
    ('<a class="next" href="l2.html"><i></i></a>', "/gg/", "/gg/l2.html"),
    ('<input type="button" value="下一页" onclick="location.href=\'l2.html\'">', "/gg/", "/gg/l2.html"),
    ("<span onclick=\"window.location='l2.html'\">下一页</span>", "/gg/", "/gg/l2.html"),
    (
        '<a href="javascript:;">下一页</a><select><option value="list_1.html">1</option>'
        '<option value="list_2.html">2</option></select>',
        "/gg/",
        "/gg/list_2.html",
    ),
    ('<script>createPageHTML(4, 0, "index", "html")</script>', "/gg/", "/gg/index_1.html"),
    ('<script>createPageHTML(4,2,"index","shtml");</script>', "/gg/index_2.shtml", "/gg/index_3.shtml"),
    ("<script>createPageHTML('page_div',50,1,'index','html',991);</script>", "/gg/", "/gg/index_2.html"),
    (
        "<script>createPageHTML('paging',25,24,'list','shtml',500)</script>",
        "/gg/list_24.shtml",
        "/gg/list_25.shtml",
    ),
    ("<script>Pager({size:25, current:0, prefix:'index',suffix:'htm'});</script>", "/gg/", "/gg/index_1.htm"),
    (
        "<script>Pager({size:25, current:3, prefix:'index',suffix:'htm'});</script>",
        "/gg/index_3.htm",
        "/gg/index_4.htm",
    ),
    (
        "<script>var currentPage = 0;var countPage = 25;"
        'document.write("<a href=\\"index" + "_" + (currentPage+1) + "." + "html\\">");</script>',
        "/gg/",
        "/gg/index_1.html",
    ),
    (
        "<script>var o={currentPage:parseInt('0')+1, countPage:parseInt('3'), PAGE_NAME:'list', PAGE_EXT:'htm'};</script>",
        "/gg/",
        "/gg/list_1.htm",
    ),
    ('<input id="no" value="1"><span class="pageCount">18</span>', "/gg/index.shtml", "/gg/index_2.shtml"),
    (
        '<div class="pagination"><span>‹</span><b>1</b><a href="a2.htm">›</a></div>',
        "/gg/index.html",
        "/gg/a2.htm",
    ),
    (
        '<script>$("#page").pagination({total: 33, pageSize: 15, link: "list_{page}.html"});</script><div id="page"></div>',
        "/gg/list.html",
        "/gg/list_2.html",
    ),
    (
        "<script>kkpager.generPageHtml({pno: 2, total: 9, totalRecords: 130, getLink: function(n){"
        "return '/gg/list.jsp?page=' + n;}});</script>",
        "/gg/list.jsp?page=2",
        "/gg/list.jsp?page=3",
    ),
    ('<a href="#" data-url="/gg/list_2.html">下一页</a>', "/gg/", "/gg/list_2.html"),
    ('<a href="javascript:void(0)" tagname="/gg/index_1.html">下一页</a>', "/gg/", "/gg/index_1.html"),
    (
        '<script>var _PAGE_COUNT="5";var _PAGE_INDEX="0";var _PAGE_NAME="index";var _PAGE_EXT="shtml";</script>',
        "/gg/",
        "/gg/index_1.shtml",
    ),
    ('<a href="?offset=40&amp;limit=20">下一页</a>', "/gg/?offset=20&limit=20", "/gg/?offset=40&limit=20"),
    ('<a href="javascript:go(2)">下一页</a>', "/gg/list.do?pageNo=1&id=7", "/gg/list.do?pageNo=2&id=7"),
    (
        '<script>function go(p){ location = "/gg/list/" + p + "/"; }</script><a onclick="go(2)">下一页</a>',
        "/gg/",
        "/gg/list/2/",
    ),
    (
        "<a href='#' onclick=\"location.href=encodeURI('index_2.jhtml');\">下一页</a>"
        "<select onchange=\"if(this.value==1){location.href='index.jhtml'}\"><option value='1' selected>1</option>"
        "<option value='2'>2</option></select>",
        "/gg/index.jhtml",
        "/gg/index_2.jhtml",
    ),
    (
        "<select onChange=\"if(this.value==1){location.href=encodeURI('index.jhtml')}else{"
        "location.href=encodeURI('index_'+this.value+'.jhtml')}\"><option value='1' selected>1</option>"
        "<option value='2'>2</option></select>",
        "/gg/index.jhtml",
        "/gg/index_2.jhtml",
    ),
    (
        '<a href="javascript:void(0)" onclick="ShowNewPage(\'/gg/more.aspx?Cat=3&Paging=2\')">下页</a>',
        "/gg/more.aspx?Cat=3",
        "/gg/more.aspx?Cat=3&Paging=2",
    ),
    ("<a onclick=\"query(this,'/gg/list_2.jspx')\">下一页</a>", "/gg/", "/gg/list_2.jspx"),
    (
        "<script>kkpager.generPageHtml({pno: 1, total: 22, totalRecords: 130, hrefFormer: 'list', hrefLatter: '.do',"
        "getLink: function(n){ return this.hrefFormer + this.hrefLatter + '?cid=8&p=' + n; }});</script>",
        "/gg/list.do?cid=8",
        "/gg/list.do?cid=8&p=2",
    ),
    ('<a href="?p=1" class="current">1</a><a rel="next" href="?p=2"><svg></svg></a>', "/gg/?p=1", "/gg/?p=2"),
    ("<button onclick=\"location.href='l2.html'\">下一页</button>", "/gg/", "/gg/l2.html"),
    (
        "<form name='f' action='/gg/list.do'><input type='hidden' name='page' value='1'><select name='year'>"
        "<option value='0'>全部</option></select></form>"
        "<a href='javascript:document.f.page.value=2;document.f.submit();'>下一页</a>",
        "/gg/list.do",
        "/gg/list.do?page=2&year=0",
    ),
    (
        "<script>function nextPage(){ var p = parseInt($('#pageNo').val()) + 1; $('#pageNo').val(p);"
        "document.f.submit(); }</script><form name='f'><input type='hidden' id='pageNo' name='pageNo' value='3'></form>"
        "3/10页 <a href='javascript:nextPage()'>下一页</a>",
        "/gg/list.do?pageNo=3",
        "/gg/list.do?pageNo=4",
    ),
    (
        "<form action='/gg/list.aspx'><input type='hidden' name='c' value='3'>"
        "<input type='submit' name='next' value='下一页'></form>",
        "/gg/list.aspx",
        "/gg/list.aspx?c=3&next=%E4%B8%8B%E4%B8%80%E9%A1%B5",
    ),
    (
        "<script>$('.M-box').pagination({totalData: 58, showData: 6, current: 1, callback: function(api){"
        "location.href = 'index_' + api.getCurrent() + '.html'; }});</script>",
        "/gg/",
        "/gg/index_2.html",
    ),
    (
        "<script>new Page({id: 'page', pageTotal: 10, dataTotal: 58, curPage: 1, getPage: function(page){"
        "location.href = 'list_' + page + '.html'; }});</script>",
        "/gg/",
        "/gg/list_2.html",
    ),
]

NOTHING = [
    ("", "/gg/"),
    ("<span>下一页</span>", "/gg/index_4.html"),
    ('<a class="disabled" href="index_5.html">下一页</a>', "/gg/index_4.html"),
    ('<a disabled="disabled">下一页</a>', "/gg/index_4.html"),
    ('<a href="index_4.html">下一页</a>', "/gg/index_4.html"),
    ('<a href="/gg/index.html">下一页</a>', "/gg/"),
    ('<a href="#">下一页</a>', "/gg/"),
    ('<a href="index.html">首页</a><a href="index_1.html">下一页</a> 第4页/共4页', "/gg/index_4.html"),
    ('<a href="a1.htm">1</a> <a href="a2.htm">2</a> <b>3</b>', "/gg/a3.htm"),
    ('<script>createPageHTML(1, 0, "index", "html")</script>', "/gg/"),
    ('<script>createPageHTML(4, 3, "index", "html")</script>', "/gg/index_3.html"),
    ("<script>createPageHTML('page_div',50,50,'index','html',991);</script>", "/gg/index_50.html"),
    ('<script>createPageHTML(${PAGE_COUNT}, ${PAGE_INDEX}, "${PAGE_NAME}", "${PAGE_EXT}")</script>', "/gg/"),
    (
        "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ return; }</script>",
        "/gg/",
    ),
    ("<script>Pager({size:4, current:3, prefix:'index',suffix:'htm'});</script>", "/gg/index_3.htm"),
    ('<div><a class="prev" href="#"></a><a class="next" href="#"></a></div>', "/gg/"),
    ("<script>kkpager.init({pno: 1, total: 22, totalRecords: 130});</script>", "/gg/list.do?cid=8"),
    ("<a onclick=\"location.href='index_' + n + '.html'\">下一页</a>", "/gg/"),
    ('<div>下一篇：<a href="/gg/2.html">关于停水的公告</a></div>', "/gg/1.html"),
]


@pytest.mark.parametrize(("html", "path", "following"), FOLLOWING)
def test_the_following_page(html: str, path: str, following: str) -> None:
    turn = read_list(page(html, path)).next_page
    assert turn is not None
    assert (turn.method, turn.url) == ("GET", SITE + following)


@pytest.mark.parametrize(("html", "path"), NOTHING)
def test_nothing_follows(html: str, path: str) -> None:
    assert read_list(page(html, path)).next_page is None


def test_a_form_is_posted_with_its_own_fields() -> None:
    html = (
        "<script>function goToPageURL(n){ document.pageForm.currpage.value = n; document.pageForm.submit(); }</script>"
        "<form method='post' name='pageForm' action=''><input name='currpage' type='hidden'>"
        "<input type='hidden' name='colid' value='1'><input type='submit' name='s' value='查'></form>"
        "<a href='Javascript:goToPageURL(1)'>首页</a><b>1</b><a href='Javascript:goToPageURL(2)'>2</a>"
        "<a href='Javascript:goToPageURL(16)'>末页</a> 搜索到约 <b>312</b> 项结果"
    )
    pager = read_pager(page(html))
    assert pager.turn is not None
    assert (pager.turn.method, pager.turn.url) == ("POST", SITE + "/gg/index.html")
    assert dict(pager.turn.form or {}) == {"currpage": "2", "colid": "1"}
    assert (pager.rows, pager.pages) == (312, 16)


@pytest.mark.parametrize(
    ("text", "total", "pages"),
    [
        ("共33条", 33, None),
        ("共有 <b>33</b> 条记录", 33, None),
        ("共 <strong>5</strong>页<strong>38</strong>条", 38, 5),
        ("总记录数：33 每页15条 共3页", 33, 3),
        ("共58条&nbsp;&nbsp;1/3&nbsp;", 58, 3),
        ('<a title="Total record">&nbsp;<b>33</b></a> <b>1</b> <a href="index_2.html">2</a>', 33, None),
        ('<a title="总数">&nbsp;<b>26</b></a>', 26, None),
        ("页次10<span>/</span>26", None, 26),
        ("第1页 / 共27页", None, 27),
        ("搜索到约 <b>312</b> 项结果", 312, None),
        ("<script>var totalCount = 33;</script>", 33, None),
        ("每页15条", None, None),
        ("<span>每页</span><span>15条</span>", None, None),
        ("共 20 行/每页6行 第1/4页", 20, 4),
        ('<a class="a1">58条</a> <span>1</span> <a href="2.html">2</a>', 58, None),
        ('<div class="page" data-total="58" pagesize="15"></div>', 58, 4),
        (
            '<ul><li class="number active">1</li><li class="number">2</li><li class="number">3</li></ul>',
            None,
            3,
        ),
        ('<div class="page" data-total="58"></div>', None, None),
        (
            '<div><a class="prev" href="javascript:;"></a><a class="next" href="javascript:;"></a></div>',
            None,
            None,
        ),
        ('<a class="next" href="javascript:;"></a><button aria-label="Next">›</button>', None, None),
        (
            '<input type="hidden" id="totalPage" value="10"><input type="hidden" id="recordCount" value="58">',
            58,
            10,
        ),
        ("<a href='javascript:load(2)'>下一页</a> <a href='javascript:load(12)'>尾页</a>", None, 12),
        ("<ul class='num'><li class='on'>1</li><li>2</li><li>3</li></ul>", None, None),
        ("<ul><li class='on'>1</li><li>秋粮收购</li><li>2</li><li>秋季防火</li></ul>", None, None),
        ("图集 1/5 北山秋色", None, None),
        ("<p>共14条评论</p>", None, None),
        ("<p>共 3 条回复</p><p>共18条 第1/1页</p>", 18, 1),
        ("<a href='javascript:more()'>加载更多</a>", None, 2),
        ("电话：0371-12345 1/2楼大厅", None, None),
        ("<script>kkpager.init({pno: 1, total: 22, totalRecords: 130});</script>", 130, 22),
        ('<a href="index_1.html">下一页</a> <a href="index_55.html">尾页</a>', None, 56),
        ('<a href="index_2.html">下一页</a> <a href="index_27.html">尾页</a>', None, 27),
    ],
)
def test_what_the_pager_states(text: str, total: int | None, pages: int | None) -> None:
    listing = read_list(page(f"<div class='p'>{text}</div>"))
    assert (listing.stated_total, listing.stated_pages) == (total, pages)


def test_a_way_on_that_cannot_be_followed_is_still_counted() -> None:
    listing = read_list(
        page(
            '<b>1</b><a href="javascript:;">2</a><a href="javascript:;">5</a><a href="javascript:;">下一页</a>'
        )
    )
    assert listing.next_page is None
    assert listing.stated_pages == 5


@pytest.mark.parametrize(("dots", "ended"), [("…", False), ("...", False), ("", True)])
def test_dots_behind_the_last_number_are_more_pages(dots: str, ended: bool) -> None:
    listing = read_list(page(f'<a href="a1.htm">1</a><a href="a2.htm">2</a><b>3</b>{dots}', "/gg/a3.htm"))
    assert (listing.next_page, listing.ended) == (None, ended)


def test_a_script_that_has_not_counted_yet_is_not_the_pages_word() -> None:
    html = "<div id='list'></div><script>var totalCount = 0; var pageSize = 15;</script>"
    listing = read_list(Page(SITE + "/gg/", f"<html><body>{html}</body></html>".encode()))
    assert (listing.entries, listing.says_empty) == ((), None)


@pytest.mark.parametrize(
    ("script", "total"),
    [
        ('$("#pager").pagination({total:20,pageSize:20,current:1});', None),
        ("$('#fy').paging({totalCount:20,pageSize:20});", None),
        ('laypage.render({elem:"nowhere",count:20,limit:20});', None),
        ('$("#shown").pagination({total:20,pageSize:20,current:1});', 20),
        ('laypage.render({elem:"shown",count:20,limit:20});', 20),
        ('$(".shown").pagination({total:20,pageSize:20,current:1});', 20),
    ],
)
def test_a_pager_without_its_element_says_nothing(script: str, total: int | None) -> None:
    listing = read_list(page(f'<div id="shown"></div><script>{script}</script>'))
    assert listing.stated_total == total


@pytest.mark.parametrize(
    ("script", "text", "third"),
    [
        ('location.href = "/a/list_" + n + ".html";', "/a/list_{}.html", "/a/list_3.html"),
        ('location.href = "list_" + (n - 1) + ".html";', "list_{}.html", "list_2.html"),
        ('location.href = "list_" + parseInt(n) + ".html";', "list_{}.html", "list_3.html"),
        ("location.href = n == 1 ? 'a.html' : 'a_' + (n - 1) + '.html';", "a_{}.html", "a_2.html"),
        ('location.href = "a" + (n > 1 ? "_" + n : "") + ".html";', "a_{}.html", "a_3.html"),
        ('var p = n - 1; location.href = "a_" + p + ".html";', "a_{}.html", "a_2.html"),
        ('location.href = location.pathname + "?page=" + n;', "?page={}", "?page=3"),
        ("""document.write('<a href="a_' + n + '.html">下一页</a>');""", "a_{}.html", "a_3.html"),
    ],
)
def test_an_address_put_together_by_a_script(script: str, text: str, third: str) -> None:
    template = find_template(script, "n")
    assert template is not None
    assert (template.text, template.of(3)) == (text, third)


@pytest.mark.parametrize(
    "script", ['location.href = "/a/" + id + "_" + n + ".html";', 'location.href = base + "a.html";', ""]
)
def test_an_address_that_a_script_does_not_tell(script: str) -> None:
    assert find_template(script) is None


@pytest.mark.parametrize(
    ("script", "added"),
    [
        ('if (n == 1) { location.href = "a.html"; } else { location.href = "a_" + n + ".html"; }', 0),
        ('location.href = "a" + (n > 0 ? "_" + n : "") + ".html";', -1),
        ('if (n < 1) return; location.href = "a_" + n + ".html";', None),  # a guard tells nothing
    ],
)
def test_whether_a_script_counts_from_one_or_from_nought(script: str, added: int | None) -> None:
    template = find_template(script, "n")
    assert template is not None
    assert template.absolute == added
