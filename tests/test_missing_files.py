"""Files, pages and links that the server says are not there: from the crawl through the database to the finding."""

import threading
from collections.abc import Mapping
from datetime import date
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select

from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.sites.load import load_site
from db.recording.articles import ArticleSeen
from db.recording.checks import links_to_try, save_tries
from db.tables.articles import ArticleRow
from rules.vocabulary.terms import Outcome
from tests.commandline import gongkai
from tests.made_nights import crawled, made_site, posted, rulings, said
from tests.test_letters_path import Quiet

LIST = """<!doctype html><html><head><meta charset="utf-8"><title>通知公告-某县人民政府</title></head><body>
<div>当前位置：<a href="/">首页</a> &gt; 通知公告</div><ul>{}</ul><div>共{}条 第1/1页</div></body></html>"""
ROW = '<li><a href="{0}.html">关于第{0}批次补贴资金发放情况的公告</a><span>2023-06-1{0}</span></li>'
ARTICLE = """<!doctype html><html><head><meta charset="utf-8"><title>公告</title></head><body><div><a href="/gone-menu/">菜单</a></div>
<h1>关于第{n}批次补贴资金发放情况的公告</h1><div>发布日期：2023-06-1{n}</div><div id="content"><p>{text}</p>
<p>附件：<a href="f{n}.txt">第{n}批次发放名单.txt</a></p><p>见<a href="/policy/{n}.html">政策原文</a></p></div></body></html>"""
SITE = """
name = "某县人民政府"
home = "{home}"
crawl = {{delay = 0.0, timeout = 5, why = "在测试中采集"}}
units = [{{id = "czj", name = "县财政局", kind = "部门"}}]
columns = [{{units = ["czj"], path = ["", "通知公告"], url = "/tzgg/"}}]
"""
NIGHTS = (date(2023, 6, 20), date(2023, 6, 23), date(2023, 6, 24), date(2023, 6, 25))


def publish(folder: Path) -> None:
    """Three postings: the page of the first is missing, and the file of the second."""
    column = folder / "tzgg"
    column.mkdir(parents=True)
    (folder / "index.html").write_text("<html><body>某县人民政府 2023-06-20</body></html>", encoding="utf-8")
    (column / "index.html").write_text(LIST.format("".join(ROW.format(n) for n in (8, 7, 6)), 3), "utf-8")
    for n in (7, 8):
        text = "根据县人名政府规定，现将补贴资金发放情况公告如下。" * 9
        (column / f"{n}.html").write_text(ARTICLE.format(n=n, text=text), encoding="utf-8")
    (column / "f8.txt").write_text("名单", encoding="utf-8")


def test_missing_on_two_nights(tmp_path: Path) -> None:
    publish(tmp_path / "pages")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "pages")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    file = tmp_path / "mou.toml"
    file.write_text(SITE.format(home=f"http://127.0.0.1:{server.server_address[1]}/"), encoding="utf-8")
    engine, site = create_engine(f"sqlite:///{tmp_path / 'gongkai.db'}"), load_site(file)
    rules = ("posting.dead_page", "posting.dead_attachment", "posting.wrong_wording")
    counted = []
    for night in NIGHTS[:2]:
        gongkai(tmp_path, "crawl", "mou.toml", "--as-of", night.isoformat())
        counted.append([len(said(engine, site, night, rule)) for rule in rules])
    server.shutdown()
    assert counted == [[0, 0, 2], [1, 1, 2]]
    with engine.connect() as connection:
        urls = links_to_try(connection, site.key, NIGHTS[1], 100)
    assert {url.rpartition("/policy/")[2] for url in urls} >= {"7.html", "8.html"}
    assert not any("gone-menu" in url or url.endswith(".txt") for url in urls)
    engine.dispose()


OWN = '{units = ["a"], path = ["通知公告"], url = "/tz/"},'
ROWS = [posted("第一批公告", date(2023, 6, 12)), posted("第二批公告", date(2023, 6, 13))]


def gone(url: str, name: str = "", *, copy: bool = False) -> Mapping[str, Any]:
    return {"gone": {url: {"name": name, "copy": copy}}}


def missing_page(*, copy: bool = False) -> ArticleSeen:
    return ArticleSeen(0, Outcome.UNREACHABLE, "http_404", facts=gone("https://w/1.html", copy=copy))


def missing_file(*, copy: bool = False) -> ArticleSeen:
    facts = gone("https://w/1.doc", "名单", copy=copy)
    return ArticleSeen(0, Outcome.PARTIAL, length=90, attachments=1, facts=facts)


SOUND = ArticleSeen(0, Outcome.READ, length=90, attachments=2)


@pytest.mark.parametrize(
    ("seen", "other", "rule", "number"),
    [
        (missing_page(), SOUND, "posting.dead_page", 1),
        (missing_page(), missing_page(), "posting.dead_page", 0),  # none of the column's opens: our reading
        (missing_page(copy=True), missing_page(copy=True), "posting.dead_page", 0),
        (missing_file(), SOUND, "posting.dead_attachment", 1),
        (missing_file(), missing_file(), "posting.dead_attachment", 2),
        (missing_file(copy=True), SOUND, "posting.dead_attachment", 1),
        (missing_file(copy=True), missing_file(copy=True), "posting.dead_attachment", 0),  # lists alone
    ],
)
def test_what_is_held_against_a_unit(
    engine: Engine, seen: ArticleSeen, other: ArticleSeen, rule: str, number: int
) -> None:
    site = made_site(OWN)
    for night in NIGHTS[:2]:
        crawled(engine, site, night, {"/tz/": ROWS}, {"第一批公告": seen, "第二批公告": other})
    assert len(said(engine, site, NIGHTS[1], rule)) == number


def test_one_night_is_none_and_a_night_between_begins_anew(engine: Engine) -> None:
    site, rule = made_site(OWN), "posting.dead_page"
    blocked = ArticleSeen(0, Outcome.BLOCKED, "http_403")
    for night, seen in zip(NIGHTS, (missing_page(), blocked, missing_page(), missing_page()), strict=True):
        assert said(engine, site, night, rule) == []
        crawled(engine, site, night, {"/tz/": ROWS}, {"第一批公告": seen, "第二批公告": SOUND})
    assert len(said(engine, site, NIGHTS[3], rule)) == 1


def test_a_file_that_is_back_is_no_finding(engine: Engine) -> None:
    site, rule = made_site(OWN), "posting.dead_attachment"
    for night, seen in zip(NIGHTS, (missing_file(), missing_file(), SOUND), strict=False):
        crawled(engine, site, night, {"/tz/": ROWS}, {"第一批公告": seen})
    assert said(engine, site, NIGHTS[2], rule) == []


def test_the_same_night_twice_counts_once_and_a_waiver_holds(engine: Engine) -> None:
    rule = "posting.dead_attachment"
    waiver = f'[[waivers]]\nrule = "{rule}"\nunit = "a"\nwhy = "迁移中"\nuntil = 2023-12-31\n'
    site = made_site(OWN, waiver)
    for night in (NIGHTS[0], NIGHTS[0], NIGHTS[1]):
        crawled(engine, site, night, {"/tz/": ROWS}, {"第一批公告": missing_file(), "第二批公告": SOUND})
    (ruling,) = rulings(engine, site, NIGHTS[1], rule)
    assert ruling.waived and "2 个夜晚" in ruling.finding.sentence


def test_a_dead_link_within_a_text_is_asked_for_once_a_month_while_it_opens(engine: Engine) -> None:
    site = made_site(OWN)
    dead, alive, opened = (f"https://www.mou.example/{n}.html" for n in ("dead", "alive", "第二批公告"))
    links = [
        {"url": u, "text": "彩票公益金", "hidden": False, "sponsored": False, "own": True}
        for u in (dead, alive, opened)
    ]
    seen = ArticleSeen(0, Outcome.READ, length=90, facts={"links": links})
    for night in NIGHTS[:2]:
        crawled(engine, site, night, {"/tz/": ROWS}, {"第一批公告": seen, "第二批公告": SOUND})
        with engine.begin() as connection:
            urls = links_to_try(connection, site.key, night, 100)
            assert set(urls) == ({dead, alive} if night == NIGHTS[0] else {dead})
            save_tries(connection, site.key, night, [(url, url == alive) for url in urls])
        assert len(said(engine, site, night, "posting.dead_link")) == (night == NIGHTS[1])
    assert said(engine, site, NIGHTS[1], "posting.commercial_link") == []
    with engine.connect() as connection:
        assert connection.scalars(select(ArticleRow.id)).all()


def test_links_of_a_text_are_those_it_writes_out() -> None:
    body = ARTICLE.format(n=2, text="根据有关规定，现将补贴资金发放情况公告如下。" * 9).replace(
        "</p></div>", '<a href="javascript:open(\'/x.html\')">弹出</a><a href="#top">顶部</a></p></div>'
    )
    article = read_article(Page("http://www.mou.example/tzgg/2.html", body.encode()))
    assert [link.url for link in article.links] == ["http://www.mou.example/policy/2.html"]
