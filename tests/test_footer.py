"""The foot of the home page: what is read of it, what is not judged, and the way to the finding."""

from datetime import date

import pytest
from sqlalchemy import Engine

from crawler.page.page import Page
from crawler.readers.lists.home import read_home
from db.recording.articles import HomeSeen
from rules.scanners.footer import PICTURES, FooterPart, footer_parts
from rules.vocabulary.terms import Outcome
from tests.made_nights import crawled, made_site, rulings, said

RULE, DAY = "site.footer_missing", date(2023, 6, 20)
WORDS = """主办单位：某区人民政府办公室 联系我们 网站标识码：4105030001 豫ICP备05012345号 豫公网安备 41050302000123号
<a href="/wzdt/">网站地图</a>"""
MARK = '<a href="https://bszs.conac.cn/sitename?id=1"><img src="/jg.png"></a>'
CORRECT = (
    '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4105030001"><img src="/b.png"></a>'
)


def page(foot: str, more: str = "") -> Page:
    rows = "".join(
        f"<li><a href='/tz/{n}.html'>关于第{n}批项目的公告</a> 2023-06-{n}</li>" for n in range(10, 19)
    )
    body = f"<html><head><title>某区人民政府</title>{more}</head><body><ul>{rows}</ul><div>{foot}</div></body></html>"
    return Page("https://www.mou.example/", body.encode())


def missing(source: str) -> set[FooterPart] | None:
    seen = footer_parts(source)
    return None if seen is None else set(FooterPart) - seen


@pytest.mark.parametrize(
    ("foot", "lost"),
    [
        (WORDS + MARK + CORRECT, set()),
        (WORDS, set(PICTURES)),
        (WORDS + MARK, {FooterPart.CORRECTIONS}),
        (WORDS.replace("豫公网安备 41050302000123号", "") + MARK + CORRECT, {FooterPart.POLICE}),
        (WORDS + '<script src="https://dcs.conac.cn/js/17/2/CA1.js"></script>' + CORRECT, set()),
        (WORDS + '<img src="/xx.png" alt="党政机关">' + "我为政府网站找错", set()),
        # A picture that says nothing of itself, a file of script: either may be what is looked for.
        (WORDS + '<a href="http://114.55.181.28/search" target="_blank"><span><img src="/zc.png"></span></a>', set()),
        (WORDS + '<script src="/js/foot.js"></script>', set()),
        ("版权所有：某区人民政府", None),
        ("", None),
    ],
)  # fmt: skip
def test_what_a_foot_lacks(foot: str, lost: set[FooterPart] | None) -> None:
    assert missing(page(foot).text) == lost


def test_a_picture_above_the_foot_is_none_of_it() -> None:
    banner = '<a href="/zt/"><img src="/banner.png"></a>' + "<p>要闻</p>" * 900
    assert missing(banner + WORDS) == PICTURES


@pytest.mark.parametrize(
    ("more", "judged"), [("", True), ("<script>$('#foot').load('/foot.html');</script>", False)]
)
def test_a_foot_that_a_script_may_still_write_is_not_judged(more: str, judged: bool) -> None:
    assert (read_home(page(WORDS, more), DAY).footer is not None) is judged


def night(engine: Engine, foot: str, outcome: Outcome = Outcome.READ, waiver: str = "") -> int:
    site = made_site('{path = ["通知公告"], url = "/tz/"},', waiver)
    home = read_home(page(foot), DAY)
    seen = HomeSeen(outcome, newest=DAY, footer=None if home.footer is None else sorted(home.footer))
    crawled(engine, site, DAY, {"/tz/": []}, home=seen)
    return len(said(engine, site, DAY, RULE))


def test_from_the_home_page_to_the_finding(engine: Engine) -> None:
    assert night(engine, WORDS + MARK + CORRECT) == 0
    assert night(engine, WORDS.replace("网站标识码：4105030001", "") + MARK + CORRECT) == 1
    assert night(engine, "") == 0
    assert night(engine, "主办：某区 豫ICP备05012345号", Outcome.BLOCKED) == 0


def test_a_waiver(engine: Engine) -> None:
    waiver = f'[[waivers]]\nrule = "{RULE}"\nwhy = "改版中"\nuntil = 2023-12-31\n'
    assert night(engine, WORDS, waiver=waiver) == 0
    site = made_site('{path = ["通知公告"], url = "/tz/"},', waiver)
    assert [bool(each.waived) for each in rulings(engine, site, DAY, RULE)] == [True]
