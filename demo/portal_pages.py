"""The pages that are not a column: home, offices, the tree of columns, the mailbox, and the odd ones."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from demo.answer import Answer
from demo.archive import Column, Letter, Unit
from demo.cms import TRS
from demo.frame import Frame, Link, Maker, Seen

MAILBOX = "/hdjl/qzxx/"
LETTERS_A_PAGE = 8
ROBOTS = b"User-agent: *\nDisallow: /admin/\n"


def pages(county: Seen) -> Iterator[tuple[str, Maker]]:
    """Every page of the portal that is no column's, with what makes it."""
    yield "/", partial(_home, county)
    yield "/robots.txt", partial(Answer, ROBOTS, "text/plain; charset=utf-8")
    yield "/login", partial(_plain, county, "/login", "用户登录", "login.html")
    yield "/about/", partial(_plain, county, "/about/", "关于本站", "about.html")
    yield "/gzjg/", partial(_offices, county)
    yield "/jczwgk/", partial(_tree, county)
    for unit in county.archive.units:
        yield f"/gzjg/{unit.id}/", partial(_unit, county, unit, f"/gzjg/{unit.id}/")
        if unit.kind != "部门":
            yield f"/jczwgk/jdz/{unit.id}/", partial(_unit, county, unit, f"/jczwgk/jdz/{unit.id}/")
    yield from _mailbox(county)


def missing(county: Seen) -> Answer:
    """The site's true 404."""
    frame = Frame(county, TRS, "/404.html", county.day, "页面不存在")
    return Answer(frame.answer("missing.html").body, status=404)


def _home(county: Seen) -> Answer:
    frame = Frame(county, TRS, "/", county.day, "首页", sides={"最新信息": county.latest(county.day)})
    news = [c for c in county.archive.columns if c.outside]
    boxes = [(c.name, c.url, [frame.row(p) for p in county.rows(c)[:6]]) for c in news]
    return frame.answer("home.html", boxes=boxes)


def _plain(county: Seen, here: str, title: str, template: str) -> Answer:
    crumbs = (("首页", "/"), (title, here))
    return Frame(county, TRS, here, county.day.replace(day=1), title, crumbs).answer(template)


def _offices(county: Seen) -> Answer:
    kinds = [(kind, list(units)) for kind, units in groupby(county.archive.units, lambda u: u.kind)]
    frame = Frame(
        county,
        TRS,
        "/gzjg/",
        county.day.replace(day=1),
        "工作机构",
        (("首页", "/"), ("工作机构", "/gzjg/")),
    )
    return frame.answer("offices.html", kinds=kinds)


def _unit(county: Seen, unit: Unit, here: str) -> Answer:
    crumbs = (("首页", "/"), ("工作机构", "/gzjg/"), (unit.name, here))
    mine = [c for c in county.archive.columns if unit.id in c.unit_ids]
    frame = Frame(county, TRS, here, county.day.replace(day=1), unit.name, crumbs)
    return frame.answer("unit.html", unit=unit, columns=mine)


def _tree(county: Seen) -> Answer:
    """基层政务公开: field › level 1 › level 2, then the streets, each with its columns."""
    local = {unit.id for unit in county.archive.units if unit.kind != "部门"}
    own = [c for c in county.archive.columns if not c.outside]
    fields: dict[str, list[Column]] = {}
    for column in own:
        if not set(column.unit_ids) & local:
            fields.setdefault(column.path[0] or "其他公开栏目", []).append(column)
    streets = [
        (unit, [c for c in own if unit.id in c.unit_ids]) for unit in county.archive.units if unit.id in local
    ]
    crumbs = (("首页", "/"), ("基层政务公开", "/jczwgk/"))
    frame = Frame(county, TRS, "/jczwgk/", county.day.replace(day=1), "基层政务公开", crumbs)
    grouped = [
        (field, [(level1, list(leaves)) for level1, leaves in groupby(columns, _level1)])
        for field, columns in fields.items()
    ]
    return frame.answer("tree.html", fields=grouped, streets=streets)


def _level1(column: Column) -> str:
    """The heading over a leaf of the third level; "" for leaves that stand under their field at once."""
    return column.path[1] if column.path[2] else ""


def _mailbox(county: Seen) -> Iterator[tuple[str, Maker]]:
    letters = county.letters()
    count = max(1, -(-len(letters) // LETTERS_A_PAGE))
    for number in range(1, count + 1):
        yield _mailbox_url(number), partial(_letters, county, number, count)
    for letter in letters:
        yield f"{MAILBOX}{letter.number}.html", partial(_letter, county, letter)


def _mailbox_url(number: int) -> str:
    return MAILBOX if number == 1 else f"{MAILBOX}index_{number}.html"


def _letters(county: Seen, number: int, count: int) -> Answer:
    letters = county.letters()
    first = (number - 1) * LETTERS_A_PAGE
    shown = [(letter, county.answered(letter)) for letter in letters[first : first + LETTERS_A_PAGE]]
    frame = _mail_frame(county, _mailbox_url(number), "区长信箱")
    links = {n: frame.href(_mailbox_url(n)) for n in range(1, count + 1)}
    return frame.answer(
        "mailbox.html", letters=shown, number=number, pages=count, total=len(letters), links=links
    )


def _letter(county: Seen, letter: Letter) -> Answer:
    frame = _mail_frame(county, f"{MAILBOX}{letter.number}.html", letter.subject)
    return frame.answer("letter.html", letter=letter, answered=county.answered(letter))


def _mail_frame(county: Seen, here: str, title: str) -> Frame:
    days = [day for letter in county.letters() for day in (letter.received, county.answered(letter)) if day]
    made = max([county.day.replace(day=1), *days])
    crumbs: tuple[Link, ...] = (("首页", "/"), ("区长信箱", MAILBOX))
    return Frame(county, TRS, here, made, title, crumbs, sides={"最新信息": county.latest(made)})
