"""Lists that several units share, one list under two addresses, and parents that show what their children hold:
units' pages are folders, lists are files; no breadcrumb, but an h1 over each list."""

from tests.portals.markup import Pages, Portal, Posting, document, listing, menu, postings

SITE = "云溪县人民政府"
UNITS = {"fgj": "县发改局", "zjj": "县住建局", "zrzy": "县自然资源局", "ylz": "云岭镇", "xkx": "溪口乡"}
OWN = {"zwdt": "政务动态", "cwgk": "财务公开"}
# Two units' pages name it: joint work; nobody else's.
JOINT = {"/zdxm/xmsp.html": ("项目审批结果", ("fgj", "zjj"))}
NAV = menu(
    ("首页", "/"),
    ("县级部门", "/bm/index.html"),
    ("公示公告", "/gsgg/index.html"),
    ("政策", "/zc/index.html"),
)
POLICY = {"/zc/gfxwj.html": "规范性文件", "/zc/qtwj.html": "其他文件", "/zc/zcjd.html": "政策解读"}


def page(title: str, *body: str) -> str:
    return document(f"{title}_{SITE}", NAV, f"<h1>{title}</h1>", *body)


def sourced(rows: list[Posting]) -> str:
    """A list whose rows say whose each is."""
    names = list(UNITS.values())
    items = "".join(
        f'<li><a href="{row.url}">{row.title}</a><em>{names[n % len(names)]}</em><span>{row.day}</span></li>'
        for n, row in enumerate(rows)
    )
    return f'<ul class="rows">{items}</ul><div class="page">共1页 首页 上一页 下一页 尾页</div>'


def pages() -> Pages:
    notices = sourced(postings("公示", "/gsgg/", 10))
    policies = {url: postings(name, "/zc/" + url[4:8] + "/") for url, name in POLICY.items()}
    newest = sorted(
        (row for rows in policies.values() for row in rows), key=lambda row: row.day, reverse=True
    )
    made = {
        "/": document(SITE, NAV, menu(("公示公告", "/gsgg/list.html"), css="quick")),
        "/bm/index.html": page("县级部门", menu(*((name, f"/bm/{key}/index.html") for key, name in UNITS.items()), css="bm")),
        "/gsgg/index.html": page("公示公告", notices),
        "/gsgg/list.html": page("公示公告", notices),
        "/zc/index.html": page("政策", menu(*((name, url) for url, name in POLICY.items()), css="sub"), listing(newest[:10])),
    }  # fmt: skip
    for url, name in POLICY.items():
        made[url] = page(name, listing(policies[url]))
    for url, (name, _units) in JOINT.items():
        made[url] = page(name, listing(postings(name, "/zdxm/")))
    for key, name in UNITS.items():
        own = [(word, f"/bm/{key}/{part}.html") for part, word in OWN.items()]
        joint = [(word, url) for url, (word, units) in JOINT.items() if key in units]
        both = [row for part, word in OWN.items() for row in postings(name + word, f"/bm/{key}/{part}/")]
        latest = sorted(both, key=lambda row: row.day, reverse=True)[:6]
        made[f"/bm/{key}/index.html"] = page(
            name, menu(*own, *joint, ("公示公告", "/gsgg/index.html"), css="own"), listing(latest)
        )
        for part, word in OWN.items():
            made[f"/bm/{key}/{part}.html"] = page(word, listing(postings(name + word, f"/bm/{key}/{part}/")))
    return made


PORTAL = Portal(
    SITE,
    pages(),
    dict.fromkeys(("县发改局", "县住建局", "县自然资源局"), "部门")
    | dict.fromkeys(("云岭镇", "溪口乡"), "乡镇"),
    {f"/bm/{key}/{part}.html": (name, "", word) for key, name in UNITS.items() for part, word in OWN.items()}
    | {url: ("、".join(UNITS[u] for u in units), "", name) for url, (name, units) in JOINT.items()}
    | {url: ("", "", "政策", name) for url, name in POLICY.items()}
    | {"/gsgg/index.html": ("", "", "公示公告")},
    left_out=("/gsgg/list.html", "/zc/index.html", "/bm/fgj/index.html"),
    marked={"/zdxm/xmsp.html": "共同负责", "/gsgg/index.html": "shared"},
)
