"""A page of offices that leads on to each office's columns, all of one program (list.jsp?dept=…&col=…): two zones of
like names, a breadcrumb whose link, not its word, says whose the column is, a drop-down of towns, and a name of an
office in a column of another."""

from tests.portals.markup import Pages, Portal, crumbs, document, listing, menu, postings

SITE = "河东区人民政府"
OFFICES = {"3": "区发展和改革委员会", "4": "区水利局", "5": "东部新区管理委员会", "6": "西部新区管理委员会"}
TOWNS = {"21": "柳河镇", "22": "沙河镇", "23": "河口街道办事处"}
COLUMNS = {"1": "机构动态", "2": "政策法规", "3": "财政预决算"}
NAV = menu(("网站首页", "/"), ("信息公开", "/dept.jsp"), ("新闻动态", "/news/"), ("通知公告", "/notice.jsp"))


def page(title: str, *body: str) -> str:
    return document(f"{title}-{SITE}", NAV, *body)


def pages() -> Pages:
    cards = "".join(
        f'<div class="card"><i></i><p onclick="window.open(\'/dept.jsp?dept={number}\')">{name}</p></div>'
        for number, name in OFFICES.items()
    )
    options = "".join(
        f'<option value="/dept.jsp?dept={number}">{name}</option>' for number, name in TOWNS.items()
    )
    choice = f'<select><option value="">请选择镇街</option>{options}</select>'
    made = {
        "/": document(f"首页-{SITE}", NAV),
        "/dept.jsp": page("信息公开", crumbs(("信息公开", "")), "<h3>政府部门</h3>", f'<div class="cards">{cards}</div>', choice),
        "/news/": page("新闻动态", crumbs(("新闻动态", "")), menu(("今日河东", "/news/jrhd/"), ("图片新闻", "/news/tpxw/"), css="sub")),
        "/news/jrhd/": page("今日河东", crumbs(("新闻动态", "/news/"), ("今日河东", "")), listing(postings("河东", "/news/jrhd/"))),
        "/news/tpxw/": page("图片新闻", crumbs(("新闻动态", "/news/"), ("图片新闻", "")), listing(postings("图片", "/news/tpxw/"))),
        "/notice.jsp": page("通知公告", crumbs(("通知公告", "")), listing(postings("全区", "/notice/"))),
    }  # fmt: skip
    for number, name in (OFFICES | TOWNS).items():
        own = [(word, f"/list.jsp?dept={number}&col={col}") for col, word in COLUMNS.items()]
        made[f"/dept.jsp?dept={number}"] = page(
            name, crumbs(("信息公开", "/dept.jsp"), (name, "")), menu(*own, css="own")
        )
        for word, url in own:
            # The column of the 政策法规 of one office is called by the name of another: 水利局 owes it all the same.
            shown = "发展和改革委员会文件" if (number, word) == ("4", "政策法规") else word
            way = crumbs(("信息公开", "/dept.jsp"), ("本单位公开", f"/dept.jsp?dept={number}"), (shown, ""))
            made[url] = page(shown, way, listing(postings(name[:4] + word, f"/art/{number}/{word}/")))
    return made


def name_of(number: str, word: str) -> str:
    return "发展和改革委员会文件" if (number, word) == ("4", "政策法规") else word


PORTAL = Portal(
    SITE,
    pages(),
    dict.fromkeys(OFFICES.values(), "部门") | {"柳河镇": "乡镇", "沙河镇": "乡镇", "河口街道办事处": "街道"},
    {
        f"/list.jsp?dept={number}&col={col}": (name, "", name_of(number, word))
        for number, name in (OFFICES | TOWNS).items()
        for col, word in COLUMNS.items()
    }
    | {
        "/news/jrhd/": ("", "", "新闻动态", "今日河东"),
        "/news/tpxw/": ("", "", "新闻动态", "图片新闻"),
        "/notice.jsp": ("", "", "通知公告"),
    },
)
