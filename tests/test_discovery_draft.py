"""The draft: accepted by the site file's own check whatever the pages said, with every doubt marked."""

from pathlib import Path
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.proposal import ColumnProposal, LeftOut, MailboxProposal, Proposal, UnitProposal
from crawler.discovery.site_draft import address, text, write_draft
from crawler.sites.load import parse_site
from rules.vocabulary.terms import UnitKind

HOSTILE = [
    '"] \n[[units]]',
    "\\",
    '"""',
    "'",
    "\x00\x07\x7f",
    "\u2028# x",
    "\u202e乱",
    "\u200b\ufeff\u00ad\u061c",
    "\ufff9甲\ufffb",
    "\U000e0041\U000e007f",
    "{unit}",
    "# 待核",
    "\ud800",
    "𠮷",
    "[a]",
    "=",
    "\r\n",
]
WORDS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.just("通知公告")), max_size=4
).map("".join)
LINKS = st.lists(
    st.sampled_from(["zwgk", "a b", "{x}", "中文", "%20", "?id=1&b=2", '"', "\\", "<x>"]), max_size=4
).map(lambda parts: "/" + "/".join(parts))


def proposal(
    units: tuple[UnitProposal, ...] = (), columns: tuple[ColumnProposal, ...] = (), **more: object
) -> Proposal:
    said = {
        "name": "某区人民政府",
        "home": "http://www.site.example/",
        "hosts": (),
        "office": "",
        "mailboxes": (),
        **more,
    }
    return Proposal(units=units, columns=columns, **said)  # type: ignore[arg-type]


@given(st.lists(st.tuples(WORDS, WORDS, LINKS), max_size=4), WORDS)
def test_whatever_pages_say_the_draft_is_a_site_file(rows: list[tuple[str, str, str]], office: str) -> None:
    units = tuple(
        UnitProposal(f"u{n}", f"单位{n}{row[0]}", UnitKind.DEPARTMENT, doubts=(row[1],))
        for n, row in enumerate(rows)
    )
    columns = tuple(
        ColumnProposal(("", f"{row[0]}栏目"), f"{row[2]}{n}", (f"u{n}",), remark=row[1], doubts=(row[1],))
        for n, row in enumerate(rows)
    )
    boxes = tuple(MailboxProposal(row[0], f"{row[2]}box{n}", doubts=(row[1],)) for n, row in enumerate(rows))
    unread = tuple(LeftOut(row[0], row[2], row[1]) for row in rows)
    made = proposal(units, columns, office=f"办{office}", mailboxes=boxes, left_out=unread)
    site = parse_site(write_draft(made), Path("x.toml"))
    assert len(site.columns) == max(len(rows), 1)
    assert len(site.mailboxes) == len(rows)
    assert len(site.units) == max(len(rows), 1) + 1


def test_addresses_are_kept_and_only_made_fit() -> None:
    assert address("/list.asp?classid=21&x=%20") == "/list.asp?classid=21&x=%20"
    assert address("/a b/{x}") == "/a%20b/%7Bx%7D"


def test_text_is_a_string_on_one_line() -> None:
    assert text('甲"乙\\丙\n丁') == '"甲\\"乙\\\\丙 丁"'


def test_every_doubt_stands_beside_what_it_is_about() -> None:
    unit = UnitProposal("gxz", "葛仙镇", UnitKind.TOWN, doubts=("单位网页在其他网站",))
    column = ColumnProposal(
        ("救灾领域", "备灾管理"), "/a/", ("gxz",), tree=True, cycle=90, doubts=("责任单位不明",)
    )
    made = proposal((unit,), (column,), office="区政府办公室")
    draft = write_draft(made)
    assert '[[units]]\n# 待核：单位网页在其他网站\nid = "gxz"' in draft
    assert '[[columns]]\n# 待核：责任单位不明\nunits = ["gxz"]' in draft
    assert sum(line.startswith("# 待核：") for line in draft.splitlines()) == made.unsure == 3


def test_a_mailbox_on_another_site_is_only_a_comment() -> None:
    boxes = (
        MailboxProposal("区长信箱", "/qzxx/"),
        MailboxProposal("阳光信访", "http://other.example/", enabled=False),
    )
    draft = write_draft(proposal(mailboxes=boxes))
    assert [box.name for box in parse_site(draft, Path("x.toml")).mailboxes] == ["区长信箱"]
    assert '# name = "阳光信访"' in draft


def test_a_unit_s_own_columns_stand_under_its_name_in_the_order_of_units() -> None:
    units = (
        UnitProposal("czj", "县财政局", UnitKind.DEPARTMENT),
        UnitProposal("gxz", "葛仙镇", UnitKind.TOWN),
    )
    said = (("czj", "工作动态"), ("gxz", "政务信息"), ("czj", "预算公开"))
    columns = tuple(ColumnProposal(("", name), f"/{n}/", (unit,)) for n, (unit, name) in enumerate(said))
    draft = write_draft(proposal(units, columns))
    site = parse_site(draft, Path("x.toml"))
    assert [column.path for column in site.columns] == [("政务信息",), ("工作动态",), ("预算公开",)]
    assert draft.index("# 葛仙镇\n[[columns]]") < draft.index("# 县财政局\n[[columns]]")


def test_fields_stay_together_in_the_site_s_order() -> None:
    said = (("救灾领域", "备灾管理"), ("就业领域", "创业服务"), ("", "人事信息"), ("救灾领域", "灾后救助"))
    columns = tuple(ColumnProposal(path, f"/{n}/", tree=True) for n, path in enumerate(said))
    site = parse_site(write_draft(proposal(columns=columns)), Path("x.toml"))
    assert [column.path for column in site.columns] == [said[0], said[3], said[1], ("人事信息",)]
    assert urljoin(site.home, "/0/") == site.columns[0].url
