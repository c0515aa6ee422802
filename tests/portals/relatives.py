"""Small portals, one for each way in which a page may mislead: cousins of what the five larger ones hold."""

import json

from tests.portals.markup import Columns, Pages, crumbs, document, listing, menu, postings

SITE = "云溪县人民政府"
OFFICES = {"czj": "县财政局", "mzj": "县民政局", "jyj": "县教育局"}
Relative = tuple[Pages, Columns]


def page(title: str, *body: str) -> str:
    return document(f"{title}-{SITE}", *body)


def leaf(name: str, folder: str, *body: str, title: str = "") -> str:
    return page(title or name, *body, listing(postings(folder.strip("/").replace("/", "的"), folder)))


def with_offices(pages: Pages, nav: tuple[tuple[str, str], ...] = ()) -> Pages:
    """A home page, a page of offices, and each office's own page."""
    made = {
        "/": document(SITE, menu(("首页", "/"), ("工作机构", "/jg/"), *nav)),
        "/jg/": page("工作机构", menu(*((name, f"/jg/{key}.html") for key, name in OFFICES.items()))),
    }
    fronts = {f"/jg/{key}.html": page(name, f"<h1>{name}</h1>") for key, name in OFFICES.items()}
    return made | fronts | dict(pages)


def front_beside_its_folder() -> Relative:
    """/jg/czj.html and /jg/czj/gzdt.html: the folder is called as the page is."""
    pages = {
        f"/jg/{k}.html": page(n, menu(("动态", f"/jg/{k}/gzdt.html"), ("文件", f"/jg/{k}/wj.html")))
        for k, n in OFFICES.items()
    }
    for key in OFFICES:
        pages[f"/jg/{key}/gzdt.html"] = leaf("工作动态", f"/jg/{key}/a/", "<h1>工作动态</h1>")
        pages[f"/jg/{key}/wj.html"] = leaf("政策文件", f"/jg/{key}/b/", "<h1>政策文件</h1>")
    names = {"gzdt": "工作动态", "wj": "政策文件"}
    return with_offices(pages), {
        f"/jg/{k}/{p}.html": (n, "", w) for k, n in OFFICES.items() for p, w in names.items()
    }


def frame_heading() -> Relative:
    """The same h1 over every list, and a breadcrumb that always ends above the list."""
    names = {
        "/gk/gh.html": "规划计划",
        "/gk/tj.html": "统计公报",
        "/gk/rs.html": "人事任免",
        "/gk/jh.html": "工作总结",
    }
    way = crumbs(("信息公开", "/gk/"))
    frame = "<h1>政府信息公开平台</h1>"
    pages = {url: leaf(name, url[:-5] + "/", frame, way) for url, name in names.items()}
    pages["/gk/"] = page("信息公开", frame, menu(*((name, url) for url, name in names.items())))
    return with_offices(pages, (("信息公开", "/gk/"),)), {url: ("", "", name) for url, name in names.items()}


def two_branches() -> Relative:
    """Two branches alone, named beside each other; their columns have the same names and no breadcrumb."""
    branches = {"a": "昆北分中心", "b": "吴南分中心"}
    pages = {"/": document("松陵市医疗保障管理中心", menu(("首页", "/"), ("分支机构", "/fz/")))}
    pages["/fz/"] = page(
        "分支机构",
        "<h2>分支机构</h2>",
        menu(*((name, f"/fz/{key}/index.html") for key, name in branches.items())),
    )
    expected: dict[str, tuple[str, ...]] = {}
    for key, name in branches.items():
        pages[f"/fz/{key}/index.html"] = page(
            name, menu(("办事公告", f"/fz/{key}/gg/index.html"), ("业务动态", f"/fz/{key}/dt/index.html"))
        )
        for part, word in (("gg", "办事公告"), ("dt", "业务动态")):
            pages[f"/fz/{key}/{part}/index.html"] = leaf(word, f"/fz/{key}/{part}/")
            expected[f"/fz/{key}/{part}/index.html"] = (name, "", word)
    return pages, expected


def headings_of_units() -> Relative:
    """A dispatch page on which offices are no links, but head their columns."""
    pages: dict[str, str] = {}
    expected: dict[str, tuple[str, ...]] = {}
    blocks = ""
    for n, unit in enumerate(("县林业局", "县水利局"), start=1):
        own = [(word, f"/show.php?cat={n}{m}") for m, word in enumerate(("林水动态", "采购公告", "年度总结"))]
        blocks += f"<dl><dt>{unit}</dt><dd>{menu(*own)}</dd></dl>"
        for word, url in own:
            pages[url] = leaf(word, f"/a/{n}/{word}/")
            expected[url] = (unit, "", word)
    pages["/bm.html"] = page("部门公开", blocks)
    pages["/"] = document(SITE, menu(("首页", "/"), ("部门公开", "/bm.html")))
    return pages, expected


def tree_table() -> Relative:
    """A tree of table rows, told by their parents' ids; a branch is no link."""
    rows = [
        ("1", "", "财务管理", ""),
        ("2", "1", "采购信息", "/l.do?n=2"),
        ("3", "1", "资产处置", "/l.do?n=3"),
        ("4", "", "人员招录", "/l.do?n=4"),
    ]
    table = "".join(
        f'<tr data-tt-id="{n}" data-tt-parent-id="{up}"><td>'
        + (f'<a href="{url}">{name}</a>' if url else name)
        + "</td></tr>"
        for n, up, name, url in rows
    )
    pages = {"/gk.html": page("政务公开", f"<table>{table}</table>")}
    pages |= {url: leaf(name, f"/a/{n}/") for n, _up, name, url in rows if url}
    expected = {
        "/l.do?n=2": ("", "", "财务管理", "采购信息"),
        "/l.do?n=3": ("", "", "财务管理", "资产处置"),
        "/l.do?n=4": ("", "", "人员招录"),
    }
    return with_offices(pages, (("政务公开", "/gk.html"),)), expected


def indented_tree() -> Relative:
    """A tree told by its indentation alone, on every page; the open entry is no link and stands over it as a title."""
    entries = [
        (0, "资金管理", "/l.do?n=1"),
        (20, "拨付情况", "/l.do?n=2"),
        (20, "使用情况", "/l.do?n=3"),
        (0, "队伍建设", "/l.do?n=4"),
    ]

    def tree(open_name: str) -> str:
        lines = "".join(
            f'<p style="padding-left:{left}px">'
            + (f"<b>{name}</b>" if name == open_name else f'<a href="{url}">{name}</a>')
            + "</p>"
            for left, name, url in entries
        )
        return f"<h3>{open_name}</h3><div>{lines}</div>"

    pages = {url: leaf(name, f"/a/{name}/", tree(name)) for _left, name, url in entries if name != "资金管理"}
    pages["/l.do?n=1"] = page("资金管理", tree("资金管理"))
    pages["/gk.html"] = page("政务公开", tree("政务公开"))
    expected = {
        "/l.do?n=2": ("", "", "资金管理", "拨付情况"),
        "/l.do?n=3": ("", "", "资金管理", "使用情况"),
        "/l.do?n=4": ("", "", "队伍建设"),
    }
    return with_offices(pages, (("政务公开", "/gk.html"),)), expected


def one_list_of_two_units() -> Relative:
    """Two offices show the same list under addresses of their own."""
    pages = {
        f"/jg/{k}/": page(n, menu(("联合公告", f"/jg/{k}/lh/"), ("工作动态", f"/jg/{k}/dt/")))
        for k, n in OFFICES.items()
    }
    pages["/jg/"] = page("工作机构", menu(*((name, f"/jg/{key}/") for key, name in OFFICES.items())))
    pages["/"] = document(SITE, menu(("首页", "/"), ("工作机构", "/jg/")))
    for key in OFFICES:
        pages[f"/jg/{key}/lh/"] = leaf("联合公告", "/jg/lh/" if key != "jyj" else "/jg/jyj/lh/")
        pages[f"/jg/{key}/dt/"] = leaf("工作动态", f"/jg/{key}/dt/")
    expected = {f"/jg/{k}/dt/": (n, "", "工作动态") for k, n in OFFICES.items()}
    expected |= {
        "/jg/czj/lh/": ("县财政局、县民政局", "", "联合公告"),
        "/jg/jyj/lh/": ("县教育局", "", "联合公告"),
    }
    return pages, expected


def tree_in_a_file(page_of_tree: str, address: str, opening: str = "") -> Relative:
    """The tree's entries stand in a file that the page's script loads or asks for."""
    entries = [
        ("义务教育领域", "", 1, 0),
        ("招生管理", "/c/2.shtml", 2, 1),
        ("学生管理", "/c/3.shtml", 3, 1),
        ("教师管理", "/c/4.shtml", 4, 1),
    ]
    data = [
        {"id": n, "pId": up, "name": name} | ({"url": url} if url else {}) for name, url, n, up in entries
    ]
    pages = {url: leaf(name, f"/a/{n}/") for name, url, n, _up in entries if url}
    pages |= {
        "/jc/": page("基层政务公开", page_of_tree),
        address: opening + json.dumps(data, ensure_ascii=False),
    }
    expected = {url: ("县教育局", "义务教育领域", name) for name, url, _n, _up in entries if url}
    return with_offices(pages, (("基层政务公开", "/jc/"),)), expected


def tree_in_a_script_file() -> Relative:
    libraries = '<script src="/js/jquery.ztree.core.js"></script><script src="/js/treeData.js"></script>'
    return tree_in_a_file(libraries + '<ul id="t"></ul>', "/js/treeData.js", "var zNodes = ")


def tree_asked_of_the_server() -> Relative:
    script = (
        '<ul id="t"></ul><script>$.getJSON("/data/channelTree?site=1", function (d) { draw(d); });</script>'
    )
    return tree_in_a_file(script, "/data/channelTree?site=1")


def one_posting_in_two_lists() -> Relative:
    """The breadcrumb's first step leads to the first list of the part, and one posting was sent to both lists."""
    names = {"/gk/gg/": "通知公告", "/gk/wj/": "政府文件"}
    both = postings("防汛", "/gk/both/", number=1)
    pages: dict[str, str] = {}
    for url, name in names.items():
        way = crumbs(("信息公开", "/gk/gg/"), (name, url))
        pages[url] = page(
            name,
            way,
            menu(*((word, to) for to, word in names.items())),
            listing([*both, *postings(name, url)]),
        )
    return with_offices(pages, (("信息公开", "/gk/gg/"),)), {
        url: ("", "", name) for url, name in names.items()
    }


def place_among_units() -> Relative:
    """Of three places of one make only two are called as units are; each has columns and a mailbox of the same names."""
    places = {"1": "昆东分中心", "2": "昆西分中心", "3": "太湖办理点"}
    pages = {"/": document("松陵市住房公积金管理中心", menu(("首页", "/"), ("机构设置", "/dept.aspx")))}
    pages["/dept.aspx"] = page("机构设置", menu(*((name, f"/p{n}/") for n, name in places.items())))
    expected: dict[str, tuple[str, ...]] = {}
    for n, name in places.items():
        pages[f"/p{n}/"] = page(
            name, menu(("业务动态", f"/p{n}/dt/"), ("办理结果", f"/p{n}/jg/"), ("主任信箱", f"/p{n}/xx/"))
        )
        pages[f"/p{n}/xx/"] = page("主任信箱", letters(name))
        for part, word in (("dt", "业务动态"), ("jg", "办理结果")):
            pages[f"/p{n}/{part}/"] = leaf(word, f"/p{n}/{part}/", f"<h1>{word}</h1>")
            expected[f"/p{n}/{part}/"] = (name, "", word) if n != "3" else ("", "", name, word)
    return pages, expected


def letters(subject: str) -> str:
    rows = "".join(
        f'<tr><td><a href="/x/{subject}{n}.html">提取公积金第{n}问</a></td><td>2026-02-1{n}</td><td>2026-02-2{n}</td></tr>'
        for n in range(6)
    )
    return f"<table><tr><th>主题</th><th>来信时间</th><th>回复时间</th></tr>{rows}</table>"


RELATIVES = (
    one_posting_in_two_lists,
    place_among_units,
    tree_in_a_script_file,
    tree_asked_of_the_server,
    front_beside_its_folder,
    frame_heading,
    two_branches,
    headings_of_units,
    tree_table,
    indented_tree,
    one_list_of_two_units,
)
