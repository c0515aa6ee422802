"""Whole small sites of different make, walked from their home page without a network.

expected.toml beside each: its units, and its columns as address → [owner, path…]."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from crawler.discovery.proposal import Proposal
from crawler.discovery.propose import Composer
from crawler.discovery.site_draft import write_draft
from crawler.discovery.study import Kind, failed
from crawler.outcomes.outcome import see_failure
from crawler.sites.load import parse_site
from tests.discovery_walk import propose, walk

PAGES = Path(__file__).parent / "pages" / "discovery"
SITES = sorted(path.parent.name for path in PAGES.glob("*/expected.toml"))


def expected(site: str) -> dict[str, Any]:
    return tomllib.loads((PAGES / site / "expected.toml").read_text(encoding="utf-8"))


def shown(proposal: Proposal) -> dict[str, list[str]]:
    names = {unit.id: unit.name for unit in proposal.units}
    return {
        column.url or column.elsewhere: ["、".join(names[unit] for unit in column.units), *column.path]
        for column in proposal.columns
    }


@pytest.mark.parametrize("site", SITES)
def test_units_columns_and_mailboxes_are_found(site: str) -> None:
    proposal, truth = propose(PAGES / site), expected(site)
    assert proposal.name == truth["name"]
    assert proposal.office == truth["office"]
    assert {unit.name: unit.kind.value for unit in proposal.units} == truth["units"]
    assert shown(proposal) == truth["columns"]
    assert [[box.name, box.url] for box in proposal.mailboxes] == truth["mailboxes"]
    assert [unit.name for unit in proposal.units if unit.doubts] == truth["unsure"]


@pytest.mark.parametrize("site", SITES)
def test_the_draft_says_what_was_proposed(site: str) -> None:
    proposal = propose(PAGES / site)
    read = parse_site(write_draft(proposal), Path("draft.toml"))
    assert read.name == proposal.name
    assert [column.path for column in read.columns if column.url] != []
    assert {column.url for column in read.columns if column.url} == {
        urljoin("http://www.site.example/", column.url) for column in proposal.columns if column.url
    }
    assert len(read.units) - 1 == max(len(proposal.units), 1)


def test_a_column_outside_the_trees_is_outside() -> None:
    proposal = propose(PAGES / "tabs")
    outside = {column.url for column in proposal.columns if column.outside}
    assert outside == {"/xwzx/qhyw/", "/xwzx/gsgg/", "/zwgk/zfwj/"}


def test_an_owner_that_the_page_names_is_sure_and_a_usual_one_is_not() -> None:
    doubts = {column.url: column.doubts for column in propose(PAGES / "catalogue").columns}
    assert doubts["/list.aspx?cid=801"] == ()
    assert doubts["/list.aspx?cid=802"] == ("责任单位按领域的通常分工推断",)


def test_cycle_and_email_are_taken_from_the_page() -> None:
    proposal = propose(PAGES / "tabs")
    assert {c.url: c.cycle for c in proposal.columns if c.cycle} == {"/zwgk/jczwgk/shjz/dbzn/": 90}
    assert {unit.name: unit.emails for unit in proposal.units}["葛仙镇"] == ("gxz@qinghe.example",)


def test_what_could_not_be_opened_is_told_and_not_declared() -> None:
    proposal = propose(PAGES / "by_unit")
    assert ("社会救助", "/zdly/shjz/", "网站返回404页面不存在") in {
        (p.name, p.url, p.why) for p in proposal.left_out
    }
    assert "/zdly/shjz/" not in {column.url for column in proposal.columns}


def test_a_unit_s_column_that_was_not_read_is_declared_with_the_cause() -> None:
    columns = propose(PAGES / "units_unread").columns
    doubts = {column.url or column.elsewhere: column.doubts for column in columns if column.units}
    assert {address: said[0].partition("，")[0] for address, said in doubts.items() if said} == {
        "/bmgk/slj/gzdt.htm": "未能读取（信息列表由脚本另行加载）",
        "/bmgk/mzj/ysgk.htm": "未能读取（网站的robots.txt不允许采集该地址）",
        "/xzjd/mafang/czgk.htm": "页面上没有认出列表",
        "跳转到其他网站（czgk.platform.example）": "栏目在其他网站",
        "跳转到其他网站（mzfw.platform.example）": "栏目在其他网站",
        "跳转到其他网站（tjj.platform.example）": "栏目在其他网站",
    }


def test_columns_that_only_one_unit_s_page_names_on_another_site_are_its_own() -> None:
    columns = [column for column in propose(PAGES / "units_unread").columns if column.units == ("tjj",)]
    assert [column.path[1] for column in columns] == ["工作动态", "统计公报", "政府信息公开"]


def test_the_address_of_what_is_kept_elsewhere_is_written_for_the_clerk() -> None:
    (column,) = [
        column for column in propose(PAGES / "units_unread").columns if column.path[-1] == "民政服务"
    ]
    assert column.remark == "网址：http://mzfw.platform.example/hyx/"


def test_columns_that_are_not_there_or_may_be_none_are_told() -> None:
    assert [(page.name, page.url, page.why) for page in propose(PAGES / "units_unread").left_out[:3]] == [
        ("公示公告", "/gsgg/", "信息列表由脚本另行加载"),
        ("救灾信息", "/xzjd/qiaoxi/jzxx.htm", "网站返回404页面不存在"),
        ("基层政务公开", "/jczwgk/", "是导航页，没有列表"),
    ]


@pytest.mark.parametrize("site", SITES)
def test_every_page_asked_for_is_written_or_left_out_with_a_reason(site: str) -> None:
    survey = walk(PAGES / site)
    proposal = Composer(survey, 1.0).propose()
    units = {key for unit in proposal.units for key in unit.pages}
    told = {page.url: page.why for page in proposal.left_out}
    told |= {column.url: "栏目" for column in proposal.columns if column.url}
    told |= {box.url: "信箱" for box in proposal.mailboxes}
    read = [n for n in survey.nodes.values() if n.note and n is not survey.home and not n.moved]
    assert [n.url for n in read if n.key not in units and not told.get(survey.scope.written(n.url))] == []


def test_a_mailbox_that_was_not_read_says_why() -> None:
    (box,) = propose(PAGES / "units_unread").mailboxes
    assert box.doubts == ("未能读取（网站的robots.txt不允许采集该地址）",)


@pytest.mark.parametrize(
    ("kind", "found"),
    [("timeout", Kind.UNREAD), ("dns", Kind.UNREAD), ("robots", Kind.UNREAD), ("too_large", Kind.GONE)],
)
def test_a_page_that_did_not_answer_may_still_be_there(kind: str, found: Kind) -> None:
    assert failed("http://www.site.example/a/", see_failure(kind)).kind is found


def test_a_walk_cut_short_keeps_the_tree_s_columns_with_a_mark() -> None:
    proposal = propose(PAGES / "tabs", pages=6)
    marks = {column.url: column.doubts for column in proposal.columns if column.tree and column.url}
    assert len(marks) == 6
    assert all("未及访问，名称取自菜单" in doubts for doubts in marks.values())
    assert proposal.waiting > 0


def test_postings_and_useless_pages_are_not_asked_for() -> None:
    for site in SITES:
        survey = walk(PAGES / site)
        asked = {node.url for node in survey.nodes.values() if node.asked}
        assert not [url for url in asked if "login" in url or "/2026" in url or "/art/" in url]


def test_a_site_without_anything_gives_a_form_to_fill_in() -> None:
    proposal = propose(PAGES / "nowhere")
    draft = write_draft(proposal)
    read = parse_site(draft, Path("draft.toml"))
    assert read.units[1].name == "（请填写单位名称）"
    assert "待核：没有找到栏目" in draft


def test_a_page_that_cannot_be_had_is_gone_not_empty() -> None:
    survey = walk(PAGES / "by_unit")
    kinds = {
        node.url.removeprefix("http://www.site.example"): node.note.kind
        for node in survey.nodes.values()
        if node.note
    }
    assert kinds["/zdly/shjz/"] is Kind.GONE
    assert kinds["/zdly/ylws/"] is Kind.LIST


def test_a_tree_that_only_a_script_draws_is_told(tmp_path: Path) -> None:
    home = '<ul><li><a href="/jczwgk/">基层政务公开</a></li><li><a href="/tzgg/">通知公告</a></li></ul>'
    shell = (
        '<title>基层政务公开</title><div id="app"></div><script src="/static/js/app.1a2b3c4d.js"></script>'
    )
    for path, body in (("index.html", home), ("jczwgk/index.html", shell)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f"<html><meta charset=utf-8>{body}</html>", "utf-8")
    proposal = propose(tmp_path)
    assert ("/jczwgk/", "页面是由脚本生成的空壳") in [(page.url, page.why) for page in proposal.left_out]
    assert "没有找到基层政务公开、重点领域的栏目，其目录可能由脚本生成或在其他网站" in proposal.doubts
