"""Links of the home page: read as a citizen would follow them, a few asked for a night, told when they are missing twice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from crawler.page.page import Page
from crawler.readers.lists.home import read_home
from db.recording.articles import HomeSeen
from db.recording.checks import save_tries
from db.recording.home_links import home_links_to_try, save_home_tries
from rules.vocabulary.terms import Outcome
from tests.made_nights import crawled, made_site, posted, said

DAY, RULE = date(2023, 6, 20), "site.home_dead_link"
SITE = made_site('{units = ["a"], path = ["通知公告"], url = "/tz/"},')
A, B, C = (f"https://www.mou.example/{name}/" for name in ("banshi", "zhuanti", "tongji"))


def night(number: int) -> date:
    return DAY + timedelta(days=number)


def shown(engine: Engine, day: date, *urls: str, outcome: Outcome = Outcome.READ) -> None:
    home = HomeSeen(outcome, newest=day, links=tuple((url, "办事指南") for url in urls))
    crawled(engine, SITE, day, {"/tz/": [posted("公告", DAY, "tz/1")]}, home=home)


def tried(engine: Engine, day: date, missing: dict[str, bool | None], most: int = 9) -> list[str]:
    """Asks for what is due; None: it was not asked, or nobody can tell."""
    with engine.begin() as connection:
        urls = home_links_to_try(connection, SITE.key, (), day, most)
        answers = [(url, missing[url]) for url in urls if missing.get(url) is not None]
        save_home_tries(connection, SITE.key, day, [(url, bool(gone)) for url, gone in answers])
    return urls


def test_links_as_a_citizen_follows_them() -> None:
    markup = """<html><head><base href="https://www.mou.example/x/"></head><body><a href="/a.html#top" title="办事 指南"><img></a>
    <a href="/a.html">又一次</a><a href="b.html">乙</a><area href="https://qt.example.cn/"><a href="javascript:void(0)">丙</a>
    <a href="#">顶部</a><a href="/go" onclick="open()">丁</a><a href="/{{item.url}}">戊</a><a href="mailto:a@b.cn">己</a></body></html>"""
    home = read_home(Page("https://www.mou.example/", markup.encode()), DAY)
    assert home.links == (
        ("https://www.mou.example/a.html", "办事 指南"),
        ("https://www.mou.example/x/b.html", "乙"),
        ("https://qt.example.cn/", ""),
    )


# What is seen of one link on four nights: missing, not, or nothing (not asked); and after how many nights it is told.
NIGHTS: dict[str, tuple[list[bool | None], list[bool]]] = {
    "两夜不存在": ([True, True], [False, True]),
    "一夜不存在": ([True, False], [False, False]),
    "中间一夜打得开，重新计算": ([True, False, True], [False, False, False]),
    "中间一夜没有检查": ([True, None, True], [False, False, True]),
}


@pytest.mark.parametrize("name", NIGHTS)
def test_missing_on_two_nights(engine: Engine, name: str) -> None:
    answers, told = NIGHTS[name]
    for number, (missing, is_told) in enumerate(zip(answers, told, strict=True)):
        shown(engine, night(number), A)
        tried(engine, night(number), {A: missing})
        assert bool(said(engine, SITE, night(number), RULE)) is is_told


def test_what_left_the_home_page_is_told_no_more(engine: Engine) -> None:
    for number in (0, 1):
        shown(engine, night(number), A, B)
        tried(engine, night(number), {A: True, B: False})
    assert said(engine, SITE, night(1), RULE) == [
        f"首页上的链接在至少 2 个夜晚打不开，服务器答复不存在：“办事指南”（{A}）。"
    ]
    shown(engine, night(2), outcome=Outcome.BLOCKED)
    assert tried(engine, night(2), {}) == []
    shown(engine, night(3), B)
    assert said(engine, SITE, night(3), RULE) == []


def test_a_few_a_night_the_missing_first_then_the_longest_untried(engine: Engine) -> None:
    answers: dict[str, bool | None] = {A: False, B: True, C: False}
    asked = []
    for number in (0, 1, 2, 3, 9, 31):
        shown(engine, night(number), A, B, C)
        asked.append(tried(engine, night(number), answers, most=1))
    # A opens, B is missing and asked again at once, then C; B again after a week, and A after a month.
    assert asked == [[A], [B], [B], [C], [B], [B]]
    shown(engine, night(32), A, B, C)
    assert tried(engine, night(32), answers, most=1) == [A]
    assert tried(engine, night(32), answers, most=0) == []


def test_what_the_crawl_opens_and_what_postings_link_to_is_left_to_them(engine: Engine) -> None:
    posting, friend = "https://www.mou.example/tz/1.html", "https://qt.example.cn/"
    shown(engine, DAY, A, posting, friend, "https://www.mou.example/tz/")
    with engine.begin() as connection:
        save_tries(connection, SITE.key, DAY, [(friend, False)])
        column = "https://www.mou.example/tz/"
        assert home_links_to_try(connection, SITE.key, [column], DAY, 9) == [A]
