"""Mailboxes hidden among columns: a director's letters in a department's menu, answers under a name that says nothing
of letters, a form to ask for one's letter, a form to write one; and columns whose names only sound like letters."""

from tests.portals.markup import NEWEST, Pages, Portal, crumbs, document, listing, menu, postings

SITE = "梅山县人民政府"
UNITS = {"jyj": "县教育局", "swj": "县商务局", "msz": "梅山镇"}
OWN = {"gzdt": "工作动态", "zcwj": "政策文件"}
LETTERS = (
    "<table><tr><th>编号</th><th>来信主题</th><th>来信时间</th><th>答复单位</th><th>办理状态</th></tr>{}</table>"
    '<div class="page">共1页 首页 上一页 下一页 尾页</div>'
)
FORM = '<form><label>{}</label><input name="no"><label>查询码</label><input name="code"><input type="submit"></form>'
WRITE = '<form><p>姓名 <input name="a"></p><p>电话 <input name="b"></p><p>内容 <textarea name="c"></textarea></p></form>'
CASES = (
    "<table><tr><th>事项名称</th><th>受理时间</th><th>办结时间</th><th>办理状态</th></tr>{}</table>"
    '<div class="page">共1页 首页 上一页 下一页 尾页</div>'
)
NAV = menu(("首页", "/"), ("单位公开", "/dw/"), ("互动", "/hd/"), ("公示", "/gs/"))


def letters(subject: str, office: str) -> str:
    rows = "".join(
        f'<tr><td>2026{n:04d}</td><td><a href="/letter/{subject}{n}.html">关于{subject}第{n}个问题的咨询</a></td>'
        f"<td>{NEWEST.replace(day=n + 1)}</td><td>{office}</td><td>{'已办结' if n % 3 else '办理中'}</td></tr>"
        for n in range(1, 8)
    )
    return LETTERS.format(rows)


def cases() -> str:
    rows = "".join(
        f'<tr><td><a href="/art/gs/t202603{n:02d}_{n}.html">食品经营许可（{n}）</a></td><td>2026-03-{n:02d}</td>'
        f"<td>2026-03-{n + 2:02d}</td><td>办结</td></tr>"
        for n in range(9, 1, -1)
    )
    return CASES.format(rows)


def page(title: str, *body: str) -> str:
    return document(f"{title}-{SITE}", NAV, *body)


def stamped() -> str:
    items = "".join(
        f'<li><span>[{"已回复" if n % 2 else "处理中"}]</span><a href="/xj/{n}.html">关于第{n}路公交的咨询</a><em>2026-03-0{n}</em></li>'
        for n in range(1, 8)
    )
    return f"<ul>{items}</ul>"


def cards() -> str:
    return "".join(
        f'<div class="card"><a href="/xj/c{n}.html">路灯不亮{n}</a><p>来信时间：2026-02-0{n}</p><p>回复单位：县城管局</p>'
        f"<p>回复时间：2026-02-1{n}</p></div>"
        for n in range(1, 7)
    )


def motions() -> str:
    rows = "".join(
        f'<tr><td>第{n}号</td><td><a href="/ta/t202603{n + 10}_{n}.html">关于加强第{n}小学建设的建议的答复</a></td>'
        f"<td>县教育局</td><td>2026-03-{n + 10}</td></tr>"
        for n in range(8, 1, -1)
    )
    return f"<table><tr><th>编号</th><th>标题</th><th>承办单位</th><th>答复日期</th></tr>{rows}</table>"


def pages() -> Pages:
    talk = {
        "/hd/zrxx/": ("主任信箱", stamped()),
        "/hd/msfk/": ("民生反馈", cards()),
        "/hd/zzxx/": ("镇长信箱", listing(postings("反映问题", "/hd/zzxx/"))),
        "/hd/sjxx/": ("书记信箱", '<div class="list">暂无信件</div>'),
        "/hd/rdjy/": ("人大代表建议办理", motions()),
        "/hd/lyxz/": ("留言须知", "<p>请您文明留言，如实填写。</p>"),
        "/hd/hygq/": ("回应关切", letters("道路", "县交通局")),
        "/hd/xjcx/": ("信件查询", FORM.format("信件编号")),
        "/hd/wyxx/": ("我要写信", WRITE),
        "/hd/yjzj/": ("意见征集", listing(postings("征集", "/hd/yjzj/"))),
        "/hd/xfdt/": ("信访动态", listing(postings("信访", "/hd/xfdt/"))),
    }
    made = {
        "/": document(SITE, NAV),
        "/dw/": page("单位公开", crumbs(("单位公开", "")), menu(*((name, f"/dw/{key}/") for key, name in UNITS.items()), css="dw")),
        "/hd/": page("互动", crumbs(("互动", "")), menu(*((name, url) for url, (name, _body) in talk.items()), css="sub")),
        "/gs/": page("公示", crumbs(("公示", "")), menu(("办件公示", "/gs/bjgs/"), ("结果查询", "/gs/jgcx/"), css="sub")),
        "/gs/bjgs/": page("办件公示", crumbs(("公示", "/gs/"), ("办件公示", "")), cases()),
        "/gs/jgcx/": page("结果查询", crumbs(("公示", "/gs/"), ("结果查询", "")), FORM.format("证书编号")),
        "/dw/jyj/jzxx/": page("局长信箱", crumbs(("县教育局", "/dw/jyj/"), ("局长信箱", "")), letters("入学", "县教育局")),
    }  # fmt: skip
    for url, (name, body) in talk.items():
        made[url] = page(name, crumbs(("互动", "/hd/"), (name, "")), body)
    for key, unit in UNITS.items():
        own = [(name, f"/dw/{key}/{part}/") for part, name in OWN.items()]
        box = [("局长信箱", "/dw/jyj/jzxx/")] if key == "jyj" else []
        made[f"/dw/{key}/"] = page(
            unit, crumbs(("单位公开", "/dw/"), (unit, "")), menu(*own, *box, css="own")
        )
        for name, url in own:
            way = crumbs(("单位公开", "/dw/"), (unit, f"/dw/{key}/"), (name, ""))
            made[url] = page(name, way, listing(postings(unit + name, url)))
    return made


PORTAL = Portal(
    SITE,
    pages(),
    {"县教育局": "部门", "县商务局": "部门", "梅山镇": "乡镇"},
    {f"/dw/{key}/{part}/": (unit, "", name) for key, unit in UNITS.items() for part, name in OWN.items()}
    | {"/hd/yjzj/": ("", "", "互动", "意见征集"), "/hd/xfdt/": ("", "", "互动", "信访动态")}
    | {"/gs/bjgs/": ("", "", "公示", "办件公示"), "/hd/rdjy/": ("", "", "互动", "人大代表建议办理")},
    mailboxes=(
        ("局长信箱", "/dw/jyj/jzxx/"),
        ("回应关切", "/hd/hygq/"),
        ("主任信箱", "/hd/zrxx/"),
        ("民生反馈", "/hd/msfk/"),
        ("镇长信箱", "/hd/zzxx/"),
        ("书记信箱", "/hd/sjxx/"),
    ),
    left_out=("/hd/xjcx/", "/hd/wyxx/", "/gs/jgcx/", "/hd/lyxz/"),
)
