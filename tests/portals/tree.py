"""A tree on every page: flat items with level attributes, in a script (zTree) and as a tree of tables; addresses are
queries; no page has a 当前位置, but each a ColumnName; the open page's name stands over its tree; lists of parents
repeat their children's."""

import json

from tests.portals.markup import Columns, Pages, Portal, document, listing, menu, postings

SITE = "鹿鸣县人民政府"
UNITS = {11: "县财政局", 12: "县民政局", 13: "县教育局", 14: "鹿角镇人民政府", 15: "白鹿街道办事处"}
# number → name, parent's number
DISCLOSURE = {
    100: ("政策文件", 0),
    101: ("政府文件", 100),
    102: ("政府办公室文件", 100),
    110: ("规划计划", 0),
    120: ("统计信息", 0),
    121: ("月度数据", 120),
    122: ("统计公报", 120),
}
FIELDS = {
    200: ("社会救助领域", 0),
    201: ("最低生活保障", 200),
    2011: ("办事指南", 201),
    2012: ("审核审批信息", 201),
    202: ("临时救助", 200),
    210: ("义务教育领域", 0),
    211: ("招生管理", 210),
    212: ("教育督导", 210),
}
UNIT_COLUMNS = ("工作动态", "通知公告")
TREE = DISCLOSURE | FIELDS
LEAVES = [number for number in TREE if number not in {parent for _name, parent in TREE.values()}]
SEARCH = ("信息查询", "/search.aspx")
NAV = menu(
    ("政务公开", "/list.aspx?cid=1"), ("基层政务公开", "/tree.aspx"), ("部门单位", "/units.aspx"), SEARCH
)


def page(number: int, name: str, *body: str) -> str:
    head = f'<meta name="SiteName" content="{SITE}"><meta name="ColumnName" content="{name}">'
    return document(f"{name}_{SITE}", NAV, *body, head=head)


def level_of(number: int) -> int:
    parent = TREE[number][1]
    return 1 if parent == 0 else 1 + level_of(parent)


def flat_tree(open_name: str) -> str:
    """All items side by side: only `level` tells which stands under which. The open page's name is its title."""
    items = "".join(
        f'<li level="{level_of(n)}"><a href="/list.aspx?cid={n}">{DISCLOSURE[n][0]}</a></li>'
        for n in DISCLOSURE
    )
    return f'<div class="side"><h3>{open_name}</h3><ul id="tree">{items}</ul></div>'


def rows(number: int) -> str:
    """A leaf's own postings; a parent's are the newest of its children's."""
    below = [n for n in LEAVES if n == number or number in ancestors(n)]
    each = 6 if len(below) == 1 else 3
    found = [posting for n in below for posting in postings(TREE[n][0], f"/art/{n}/")[:each]]
    return listing(sorted(found, key=lambda posting: posting.day, reverse=True))


def ancestors(number: int) -> list[int]:
    parent = TREE[number][1]
    return [parent, *ancestors(parent)] if parent else []


def pages() -> Pages:
    entries = [
        {"id": n, "pId": parent, "name": name, "url": f"/list.aspx?cid={n}"}
        for n, (name, parent) in FIELDS.items()
    ]
    script = f"<script>var zNodes = {json.dumps(entries, ensure_ascii=False)};</script>"
    units = "".join(f'<a href="/unit.aspx?id={n}">{name}</a>' for n, name in UNITS.items())
    made = {
        "/": document(SITE, NAV, '<p>版权所有 主办：鹿鸣县人民政府办公室</p>'),
        "/list.aspx?cid=1": page(1, "政务公开", flat_tree("政务公开")),
        "/tree.aspx": page(2, "基层政务公开", '<ul id="ztree" class="ztree"></ul>', script),
        "/units.aspx": page(3, "部门单位", f'<div class="units">{units}</div>'),
        "/search.aspx": page(4, "信息查询", '<form><input name="keyword"></form>', listing(postings("热词", "/art/9/"))),
    }  # fmt: skip
    for number in DISCLOSURE:
        made[f"/list.aspx?cid={number}"] = page(
            number, TREE[number][0], flat_tree(TREE[number][0]), rows(number)
        )
    for number in FIELDS:
        made[f"/list.aspx?cid={number}"] = page(number, TREE[number][0], rows(number))
    for unit, name in UNITS.items():
        own = [(word, f"/list.aspx?cid={unit}0{n}") for n, word in enumerate(UNIT_COLUMNS)]
        made[f"/unit.aspx?id={unit}"] = page(unit, name, f"<h2>{name}</h2>", menu(*own, css="own"))
        for word, url in own:
            made[url] = page(unit, word, listing(postings(name + word, f"/art/u{unit}/{word}/")))
    return made


def columns() -> Columns:
    found: dict[str, tuple[str, ...]] = {}
    for number in LEAVES:
        path = (*(TREE[n][0] for n in reversed(ancestors(number))), TREE[number][0])
        if number in FIELDS:
            owner = {"社会救助领域": "县民政局", "义务教育领域": "县教育局"}[path[0]]
            found[f"/list.aspx?cid={number}"] = (owner, *path)
        else:
            found[f"/list.aspx?cid={number}"] = ("", "", *path)
    for unit, name in UNITS.items():
        for n, word in enumerate(UNIT_COLUMNS):
            found[f"/list.aspx?cid={unit}0{n}"] = (name, "", word)
    return found


PORTAL = Portal(
    SITE,
    pages(),
    dict(zip(UNITS.values(), ("部门", "部门", "部门", "乡镇", "街道"), strict=True)),
    columns(),
    left_out=("/search.aspx", "/list.aspx?cid=200", "/list.aspx?cid=120"),
    marked={f"/list.aspx?cid={n}": "责任单位" for n in LEAVES if n in FIELDS},
)
