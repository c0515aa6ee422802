"""An agency with branches in towns of like names: a mega-menu that opens over every page, a site map, columns of videos
and pictures, ended campaigns, a vendor's placeholders, menus that call columns otherwise than these do themselves. The
page at / only sends on."""

from datetime import date

from tests.portals.markup import Pages, Portal, crumbs, document, listing, menu, postings

SITE = "松陵市住房公积金管理中心"
BRANCHES = {"kn": "昆南市分中心", "wb": "吴北区分中心", "gx": "高新区分中心"}
# folder → the menu's word, the page's own name
COLUMNS = {
    "/zwgk/tzgg/": ("公告", "通知公告"),
    "/zwgk/zcfg/": ("政策法规", "政策法规"),
    "/zwgk/zcjd/tpjd/": ("图解", "图片解读"),
    "/zwgk/zcjd/spjd/": ("视频", "视频解读"),
    "/zwgk/cwxx/jclssjs/": ("结算", "注册登记单位名录"),
}
CAMPAIGNS = {
    "/ztzl/ffzl/": ("扫黑除恶专项行动", date(2021, 5, 6)),
    "/ztzl/xxgc/": ("优化营商环境", date(2026, 3, 20)),
}
BRANCH_COLUMNS = {"gzdt": "工作动态", "wdxx": "网点信息"}
MEGA = (
    '<div class="mega"><ul><li><a href="/zwgk/">政务公开</a><div class="drop">'
    + menu(*((word, folder) for folder, (word, _name) in COLUMNS.items()), css="sub")
    + '</div></li><li><a href="/fzx/">分支机构</a><div class="drop">'
    + menu(*((name, f"/fzx/{key}/") for key, name in BRANCHES.items()), css="sub")
    + '</div></li><li><a href="/ztzl/">专题专栏</a></li><li><a href="/lmmc/">栏目名称</a></li></ul></div>'
)
FOOT = '<div class="foot"><a href="/wzdt/">网站地图</a> 主办：某某市人民政府办公室</div>'


def page(title: str, *body: str) -> str:
    return document(f"{title} - {SITE}", MEGA, *body, FOOT)


def pages() -> Pages:
    hidden = ("/gzcy/", "公众参与"), ("/zwgk/dflz/", "党风廉政"), ("/test/", "测试栏目")
    sitemap = "".join(f'<dl><dt><a href="{url}">{name}</a></dt><dd></dd></dl>' for url, name in hidden)
    made = {
        "/": '<html><head><meta http-equiv="refresh" content="0;url=/web/index.html"></head><body></body></html>',
        "/web/index.html": document(f"{SITE}门户网站", MEGA, FOOT),
        "/wzdt/": page("网站地图", f'<div class="map">{sitemap}</div>'),
        "/zwgk/": page("政务公开", crumbs(("政务公开", ""))),
        "/fzx/": page("分支机构", crumbs(("分支机构", "")), menu(*((n, f"/fzx/{k}/") for k, n in BRANCHES.items()), css="list")),
        "/ztzl/": page("专题专栏", crumbs(("专题专栏", "")), menu(*((n, u) for u, (n, _d) in CAMPAIGNS.items()), css="list")),
        "/lmmc/": page("栏目名称", crumbs(("栏目名称", "")), listing(postings("内容标题", "/lmmc/"))),
        "/test/": page("测试栏目", crumbs(("测试栏目", "")), listing(postings("测试", "/test/")[:2])),
        "/gzcy/": page("公众参与", crumbs(("公众参与", "")), '<p>请选择。</p>'),
        "/zwgk/dflz/": page("党风廉政", crumbs(("政务公开", "/zwgk/"), ("党风廉政", "")), listing(postings("党风", "/zwgk/dflz/"))),
    }  # fmt: skip
    for folder, (_word, name) in COLUMNS.items():
        made[folder] = page(name, crumbs(("政务公开", "/zwgk/"), (name, "")), listing(postings(name, folder)))
    for folder, (name, newest) in CAMPAIGNS.items():
        made[folder] = page(
            name, crumbs(("专题专栏", "/ztzl/"), (name, "")), listing(postings(name, folder, newest=newest))
        )
    for key, branch in BRANCHES.items():
        own = {f"/fzx/{key}/{part}/": word for part, word in BRANCH_COLUMNS.items()}
        made[f"/fzx/{key}/"] = page(
            branch,
            crumbs(("分支机构", "/fzx/"), (branch, "")),
            menu(*((w, u) for u, w in own.items()), css="own"),
        )
        for folder, word in own.items():
            way = crumbs(("分支机构", "/fzx/"), ("分中心", f"/fzx/{key}/"), (word, ""))
            made[folder] = page(word, way, listing(postings(branch + word, folder)))
    return made


PORTAL = Portal(
    SITE,
    pages(),
    dict.fromkeys(BRANCHES.values(), "部门"),
    {folder: ("", "", name) for folder, (_word, name) in COLUMNS.items()}
    | {"/zwgk/dflz/": ("", "", "党风廉政")}
    | {folder: ("", "", name) for folder, (name, _day) in CAMPAIGNS.items()}
    | {f"/fzx/{k}/{p}/": (b, "", w) for k, b in BRANCHES.items() for p, w in BRANCH_COLUMNS.items()},
    left_out=("/lmmc/", "/test/", "/gzcy/"),
    ended=("/ztzl/ffzl/",),
)
