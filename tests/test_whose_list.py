"""Whose rows a page shows: the column's own between notices and beside neighbours, a script's empty place, samples."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crawler.listing.source import read_list
from crawler.page.page import Page

URL = "http://www.yunling.example/jczwgk/jzly/bzgl/"
OWN, NEWS, ANYWHERE = "/jczwgk/jzly/bzgl/", "/xw/yw/", "/art/"
NEW, OLD = date(2024, 6, 27), date(2024, 3, 3)
PAGER = '<div class="page">共62条 <a href="index_1.html">下一页</a></div>'


def items(name: str, count: int, folder: str, newest: date = date(2024, 6, 1), step: int = 3) -> list[str]:
    """Dated rows, newest first, called after the block that they are of."""
    days = [newest - timedelta(step * i) for i in range(count)]
    return [
        f'<li><a href="{folder}t{day:%Y%m%d}_{i}.html">{name}信息公开事项第{i}号</a><span>{day}</span></li>'
        for i, day in enumerate(days)
    ]


def ul(rows: list[str], box: str = "con", kind: str = "list") -> str:
    return f'<div class="{box}"><ul class="{kind}">{"".join(rows)}</ul></div>'


def neighbour(heading: str, newest: date = NEW, folder: str = NEWS, box: str = "blk") -> str:
    head = f"<h3>{heading}</h3>" if heading else ""
    return f'<div class="{box}">{head}<ul>{"".join(items("邻栏", 8, folder, newest, 1))}</ul></div>'


def page(body: str, name: str = "备灾管理", side: str = "") -> str:
    """A site's frame: menu, way, the column's block, perhaps one beside it, footer."""
    return (
        f"<html><head><title>{name}-云岭县人民政府</title><script src='/js/site.js'></script></head><body>"
        '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>'
        f'<div class="wrap"><div class="main"><div class="crumb">当前位置：<a href="/">首页</a> &gt; {name}</div>{body}</div>'
        f"{side}</div><div class='foot'>主办：云岭县人民政府办公室</div></body></html>"
    )


def read(html: str) -> tuple[int, int]:
    """How many of the column's own rows are read, and how many others."""
    listing = read_list(Page(URL, html.encode()), date(2024, 6, 28))
    assert not listing.says_empty
    own = sum(entry.title.startswith("本栏") for entry in listing.entries)
    return own, len(listing.entries) - own


BETWEEN = {
    "a notice": "<p>温馨提示：如需查询历史信息请使用站内搜索</p>",
    "a word": "<p>广告</p>",
    "an editor's note": "<div class='note'>编者按：为方便查询，本栏目按时间先后排列，历史信息请到档案馆查询。</div>",
    "a button": "<div class='ad'><a href='/zt/'>我要投稿</a></div>",
    "a picture": "<div class='ad'><a href='/zt/'><img src='a.jpg' alt='专题专栏'></a></div>",
    "a search form": "<form action='/s'><label>关键词：</label><input name='q'><input type='submit' value='搜索'></form>",
    "a year": "<h4>2024年度</h4>",
    "a quarter": "<h4>第二季度</h4>",
    "a rule": "<hr>",
}


@pytest.mark.parametrize("folder", [OWN, ANYWHERE])
@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN)
@pytest.mark.parametrize("pager", [PAGER, ""], ids=["paged", "unpaged"])
def test_what_stands_between_rows_does_not_end_their_list(between: str, folder: str, pager: str) -> None:
    rows = items("本栏", 26, folder)
    plain = f"<ul>{''.join(rows[:10])}</ul>{between}<ul>{''.join(rows[10:])}</ul>"
    assert read(page(plain + pager)) == (26, 0)
    assert read(page(ul(rows[:10]) + between + ul(rows[10:]) + pager)) == (26, 0)


@pytest.mark.parametrize("word", ["广告", "专栏推广", "重要通知", "公告"])
@pytest.mark.parametrize("pager", ['<div class="page">共1页</div>', PAGER, ""])
def test_where_rows_have_no_address_a_word_between_them_is_a_doubt(word: str, pager: str) -> None:
    def doubts(script: str, between: str) -> tuple[str, ...]:
        rows = items("本栏", 26, script)
        html = page(f"<ul>{''.join(rows[:10])}</ul>{between}<ul>{''.join(rows[10:])}</ul>{pager}")
        return read_list(Page(URL, html.encode()), date(2024, 6, 28)).doubts

    for between in (word, f"<p>{word}</p>", f"<div class='tit'><b>{word}</b></div>"):
        assert "broken_off" in doubts("javascript:openInfo('", between)
    assert "broken_off" not in doubts(OWN, f"<p>{word}</p>")
    assert "broken_off" not in doubts("javascript:openInfo('", "<hr>")


def test_two_columns_of_one_list() -> None:
    rows = items("本栏", 26, OWN)
    assert read(page(ul(rows[::2], "left") + ul(rows[1::2], "right") + PAGER)) == (26, 0)


@pytest.mark.parametrize("heading", ["", "通知公告", "热点信息", "最新信息"])
@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_a_neighbours_rows_are_left_out(count: int, heading: str) -> None:
    own = ul(items("本栏", count, OWN))
    beside = neighbour(heading)
    assert read(page(own + beside)) == (count, 0)
    assert read(page(beside + own)) == (count, 0)
    assert read(page(own + neighbour(heading, OLD))) == (count, 0)
    assert read(page(own + neighbour(heading, box="con"))) == (count, 0)
    assert read(page(own, side=beside)) == (count, 0)
    assert read(page(beside + own + f'<div class="page">共{count}条 第1/1页</div>')) == (count, 0)


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_where_addresses_do_not_tell_the_heading_does(count: int) -> None:
    own, beside = ul(items("本栏", count, ANYWHERE)), neighbour("通知公告", folder="/art/news/")
    assert read(page(own + beside)) == (count, 0)
    assert read(page(beside + own)) == (count, 0)


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_where_nothing_tells_no_rows_are_read(count: int) -> None:
    own, beside = ul(items("本栏", count, ANYWHERE)), neighbour("", folder="/art/news/")
    assert read(page(own + beside)) == (0, 0)
    assert read(page(beside + own)) == (0, 0)


@pytest.mark.parametrize("heading", ["", "要闻动态", "热点信息"])
@pytest.mark.parametrize(
    "place",
    [
        '<div class="con" id="gkList"></div>',
        '<div id="app"></div>',
        '<ul id="list"></ul>',
        '<table id="tb"><tbody></tbody></table>',
        '<div class="wrap"><div id="data_box"></div></div>',
    ],
)
def test_rows_beside_a_place_that_a_script_fills_are_a_neighbours(place: str, heading: str) -> None:
    assert read(page(place + neighbour(heading))) == (0, 0)
    assert read(page(neighbour(heading) + place)) == (0, 0)
    assert read(page(place, side=neighbour(heading, box="side"))) == (0, 0)


def test_a_place_for_scripts_takes_nothing_from_the_columns_own_rows() -> None:
    assert read(page('<div id="app"></div>' + ul(items("本栏", 9, OWN)))) == (9, 0)
    assert read(page('<div id="app"></div>' + ul(items("本栏", 9, ANYWHERE)) + PAGER)) == (9, 0)
    assert read(page('<div id="clear"></div>' + ul(items("本栏", 9, ANYWHERE)))) == (9, 0)


def test_rows_that_are_styled_away_are_not_read() -> None:
    sample = f'<ul class="list" style="display:none">{"".join(items("样例", 8, OWN))}</ul>'
    assert read(page('<div id="dataList"></div>' + sample)) == (0, 0)
    assert read(page(sample)) == (0, 0)


@pytest.mark.parametrize("linked", [True, False])
def test_a_channels_blocks_are_no_list(linked: bool) -> None:
    names = {"通知公告": "/zwgk/a/", "政策文件": "/zwgk/b/", "部门动态": "/zwgk/c/"}
    blocks = "".join(
        f'<div class="blk"><h2>{f"<a href={url}>{name}</a>" if linked else name}</h2><ul>{"".join(items(name, 8, url))}</ul></div>'
        for name, url in names.items()
    )
    assert read(page(blocks, name="政务公开")) == (0, 0)


@pytest.mark.parametrize("name", ["sidelist", "hot-list", "recommend", "search-result", "foot_list", "links"])
def test_the_name_of_a_class_leaves_no_list_out(name: str) -> None:
    assert read(page(ul(items("本栏", 20, OWN), name))) == (20, 0)
    assert read(page(ul(items("本栏", 20, ANYWHERE), "con", name) + PAGER)) == (20, 0)


@pytest.mark.parametrize("name", ["热点关注", "优秀案例推荐", "最新公开", "图片新闻", "点击排行"])
def test_a_word_in_the_columns_own_heading_leaves_no_list_out(name: str) -> None:
    rows = ul(items("本栏", 20, ANYWHERE))
    assert read(page(f"<h3>{name}</h3>{rows}", name=name)) == (20, 0)
    without_way = page(f"<h3>{name}</h3>{rows}", name=name).replace("当前位置：", "")
    assert read(without_way) == (20, 0)


def undated(name: str, count: int, folder: str) -> str:
    """A picture list: no days, the title under each picture."""
    cells = (
        f'<li><a href="{folder}20240{i}01.html"><img src="/p/{i}.jpg"></a><p><a href="{folder}20240{i}01.html">'
        f"{name}信息公开图片报道第{i}号</a></p></li>"
        for i in range(count)
    )
    return f'<div class="con"><ul class="pics">{"".join(cells)}</ul></div>'


def test_a_picture_list_without_days_is_a_list() -> None:
    assert read(page(undated("本栏", 9, ANYWHERE))) == (9, 0)
    assert read(page(undated("本栏", 9, OWN))) == (9, 0)
    only_pictures = "".join(
        f'<div class="item"><a href="{OWN}{i}.html" title="本栏信息公开图片报道第{i}号"><img src="{i}.jpg"></a></div>'
        for i in range(9)
    )
    assert read(page(only_pictures)) == (9, 0)


@pytest.mark.parametrize("heading", ["", "通知公告", "热点信息"])
def test_a_dated_neighbour_is_not_read_for_a_picture_list(heading: str) -> None:
    beside = neighbour(heading)
    assert read(page(undated("本栏", 9, OWN) + beside)) == (9, 0)
    assert read(page(beside + undated("本栏", 9, OWN))) == (9, 0)
    _own, others = read(page(undated("本栏", 9, ANYWHERE) + beside))
    assert others == 0


def test_undated_rows_beside_a_place_that_a_script_fills_are_a_neighbours() -> None:
    assert read(page('<div id="gkList"></div>' + undated("邻栏", 8, NEWS))) == (0, 0)


def titles(html: str) -> list[str]:
    return [entry.title for entry in read_list(Page(URL, html.encode()), date(2024, 6, 28)).entries]


@pytest.mark.parametrize("pager", [PAGER, ""])
@pytest.mark.parametrize(
    "names", [["456", "通知", "关于开展春季植树活动的通知", "2024", "公示"], ["1", "2", "3"], ["456"]]
)
def test_short_titles_and_numbers_are_titles(names: list[str], pager: str) -> None:
    rows = (
        f'<li><a href="{OWN}{i}.html">{name}</a><span>2024-06-2{i}</span></li>'
        for i, name in enumerate(names)
    )
    assert titles(page(f"<ul>{''.join(rows)}</ul>{pager}")) == names


@pytest.mark.parametrize(
    "words", ["MORE", "More+", "Read More", "详情", "[查看]", "查看详情>>", "Details", "详细+"]
)
def test_a_button_is_no_title(words: str) -> None:
    name = "关于开展春季植树活动的通知第{0}号"
    linked, plain = (
        "".join(
            f'<li>{title.format(i)}<span>2024-06-2{i}</span><a href="{OWN}{i}.html">{words}</a></li>'
            for i in range(5)
        )
        for title in (f'<a href="{OWN}{{0}}.html">{name}</a>', f"<p>{name}</p>")
    )
    want = [name.format(i) for i in range(5)]
    assert titles(page(f"<ul>{linked}</ul>")) == want
    assert titles(page(f"<ul>{plain}</ul>")) == want


@pytest.mark.parametrize("behind", ["ewm", "fy", "wzbsm"])
def test_an_empty_element_behind_unnamed_rows_may_be_anything(behind: str) -> None:
    assert read(page(ul(items("本栏", 9, ANYWHERE)) + f'<div id="{behind}"></div>')) == (9, 0)


@pytest.mark.parametrize("heading", ["", "通知公告"])
def test_a_neighbour_on_a_page_without_a_breadcrumb(heading: str) -> None:
    def without_way(body: str) -> tuple[int, int]:
        return read(page(body).replace("当前位置：", ""))

    beside = neighbour(heading)
    assert without_way(ul(items("本栏", 12, OWN)) + beside) == (12, 0)
    assert without_way(ul(items("本栏", 2, OWN)) + PAGER + beside) == (2, 0)
    for body in (beside + ul(items("本栏", 2, OWN)), ul(items("本栏", 2, ANYWHERE)) + beside):
        _own, others = without_way(body)
        assert heading or others == 0


def test_sections_and_pinned_rows_are_the_columns_own() -> None:
    rows = items("本栏", 22, OWN)
    sections = "".join(
        f"<div class='s'><h4>{name}</h4><ul>{''.join(rows[i * 5 : i * 5 + 5])}</ul></div>"
        for i, name in enumerate(("通知", "公告", "公示"))
    )
    assert read(page(sections)) == (15, 0)
    pinned = f"<ul class='zd'>{''.join(rows[20:])}</ul><ul class='list'>{''.join(rows[:20])}</ul>"
    assert read(page(pinned + PAGER)) == (22, 0)
    assert read(page(pinned)) == (22, 0)


SOME = {"the first": slice(0, 8), "every other": slice(0, None, 2), "the last": slice(9, None)}
BOTH = {
    "the copy last": lambda whole, part: whole + part,
    "the copy first": lambda whole, part: part + whole,
}


@pytest.mark.parametrize("some", SOME.values(), ids=SOME)
@pytest.mark.parametrize("both", BOTH.values(), ids=BOTH)
@pytest.mark.parametrize("pager", [PAGER, "", '<div class="page">共1页</div>'])
def test_a_copy_of_some_rows_is_not_the_list(
    some: slice, both: Callable[[str, str], str], pager: str
) -> None:
    own, other = items("本栏", 18, OWN), items("本栏", 18, "/wap" + OWN)
    assert read(page(both(ul(own, "pc"), ul(other[some], "wap")) + pager)) == (18, 0)
    assert read(page(both(ul(own, "pc"), ul(own[some], "wap")) + pager)) == (18, 0)
    anywhere, again = items("本栏", 18, ANYWHERE), items("本栏", 18, "/m/art/")
    read_anywhere = read(page(both(ul(anywhere, "pc"), ul(again[some], "wap")) + pager))
    assert read_anywhere == ((18, 0) if pager else (0, 0))


@pytest.mark.parametrize("folder", [NEWS, ANYWHERE])
@pytest.mark.parametrize("heading", ["", "最新信息"])
def test_news_that_hold_the_columns_rows_too_are_no_longer_list(folder: str, heading: str) -> None:
    own = items("本栏", 5, OWN)
    head = f"<h3>{heading}</h3>" if heading else ""
    news = f'<div class="blk">{head}<ul>{"".join(own + items("邻栏", 9, folder))}</ul></div>'
    assert read(page(ul(own) + '<div class="page">共5条</div>' + news)) == (5, 0)
