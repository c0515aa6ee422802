"""Policy documents and their interpretations: which are a pair, how long after, whether their pages lead to each other."""

from datetime import date

import pytest
from sqlalchemy import Engine

from crawler.crawling.article_facts import describe
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from db.recording.articles import ArticleSeen
from db.recording.closing import Close
from rules.vocabulary.interpretations import (
    interpreted,
    is_document,
    is_normative,
    may_interpret,
    names_other,
)
from rules.vocabulary.terms import Outcome
from tests.made_nights import READ, crawled, made_site, posted, rulings, said

DAY = date(2023, 6, 20)
COLUMNS = (
    '{units = ["a"], path = ["政策文件"], url = "/wj/"},\n{units = ["a"], path = ["政策解读"], url = "/jd/"},'
)
POLICY, MEANT = "某区人民政府办公室关于印发《某区防汛应急预案》的通知", "《某区防汛应急预案》政策解读"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        (MEANT, "某区防汛应急预案"),
        ("一图读懂《某区防汛应急预案》", "某区防汛应急预案"),
        ("【图解】《某区防汛应急预案》", "某区防汛应急预案"),
        ("关于《某区防汛应急预案》的起草说明", "某区防汛应急预案"),
        ("政策解读：《某区防汛应急预案》", "某区防汛应急预案"),
        ("区应急局召开《某区防汛应急预案》解读会", None),
        ("《某区防汛应急预案》解读会召开", None),
        ("关于《某区防汛应急预案（征求意见稿）》公开征求意见的公告", None),
        ("《某区防汛应急预案》", None),
        ("《条例》解读", None),  # anybody's
    ],
)
def test_what_a_title_interprets(title: str, named: str | None) -> None:
    assert interpreted(title) == named


@pytest.mark.parametrize(
    ("title", "document"),
    [
        (POLICY, True),
        ("某区防汛应急预案", True),
        ("关于公开征求《某区防汛应急预案》意见的公告", False),
        ("区应急局组织学习《某区防汛应急预案》", False),
        (MEANT, False),
    ],
)
def test_what_is_the_document(title: str, document: bool) -> None:
    assert is_document(title, "某区防汛应急预案") is document


def test_links_named_for_the_other_side() -> None:
    assert all(map(names_other, ("政策原文", "【查看原文】", "相关解读", "文件链接", "相关文件：某通知")))
    assert not any(
        map(
            names_other,
            ("政策文件", "政策解读", "政策法规库", "首页", "解读回应专栏", "下一篇：关于防汛的通知"),
        )
    )


def page(title: str, links: str, script: str = "") -> ArticleSeen:
    body = "现就有关事项通知如下，请各单位认真贯彻执行，确保安全度汛。" * 9
    markup = (
        f"<html><head><title>{title}</title>{script}</head><body><div><a href='/'>首页</a><a href='/wj/'>政策文件</a></div>"
        f"<h1>{title}</h1><div>发布时间：2023-06-12 来源：财政局</div><div class='content'><p>{body}</p></div>{links}</body></html>"
    )
    seen = Page("https://www.mou.example/x.html", markup.encode())
    return ArticleSeen(0, Outcome.READ, **describe(seen, read_article(seen), [], {"www.mou.example"}))


TO_POLICY = '<a href="/wj/2023/1.html">文件</a>'
TO_MEANT = f'<a href="https://www.mou.example/jd/2.html">{MEANT}</a>'
RULE, LATE = "posting.interpretation_unlinked", "posting.interpreted_late"


def judged(
    engine: Engine,
    rule: str,
    policy: ArticleSeen | None,
    meant: ArticleSeen | None,
    gap: int = 0,
    waiver: str = "",
) -> list[str]:
    site = made_site(COLUMNS, waiver)
    lists = {
        "/wj/": [posted(POLICY, date(2023, 6, 12), "wj/2023/1")],
        "/jd/": [posted(MEANT, date(2023, 6, 12 + gap), "jd/2")],
    }
    articles = {title: seen for title, seen in ((POLICY, policy), (MEANT, meant)) if seen}
    crawled(engine, site, DAY, lists, articles)
    return said(engine, site, DAY, rule)


@pytest.mark.parametrize(
    ("policy", "meant", "number"),
    [
        (page(POLICY, TO_MEANT), page(MEANT, '<a href="/wj/2023/1.html">1</a>'), 0),
        (page(POLICY, TO_MEANT), page(MEANT, ""), 1),
        (page(POLICY, ""), page(MEANT, ""), 2),
        (page(POLICY, TO_MEANT), page(MEANT, '<a href="/other/9.html">政策原文</a>'), 0),
        (page(POLICY, TO_MEANT), page(MEANT, f'<a href="/copy/9.html">{POLICY}</a>'), 0),
        (page(POLICY, TO_MEANT), page(MEANT, "", "<script>$.ajax('/related');</script>"), 0),
        (page(POLICY, TO_MEANT), None, 0),
        (page(POLICY, TO_MEANT), ArticleSeen(0, Outcome.BLOCKED), 0),
        (None, None, 0),
    ],
)
def test_pages_that_lead_to_each_other(
    engine: Engine, policy: ArticleSeen | None, meant: ArticleSeen | None, number: int
) -> None:
    assert len(judged(engine, RULE, policy, meant)) == number


@pytest.mark.parametrize(("gap", "number"), [(3, 0), (4, 1)])  # Monday to Thursday, to Friday
def test_an_interpretation_has_three_working_days(engine: Engine, gap: int, number: int) -> None:
    told = judged(engine, LATE, None, None, gap)
    assert len(told) == number
    assert all("相隔 4 个工作日" in one for one in told)


def test_nothing_is_left_to_do_about_lateness_and_a_waiver_holds(engine: Engine) -> None:
    waiver = f'[[waivers]]\nrule = "{RULE}"\nunit = "a"\nwhy = "改版中"\nuntil = 2023-12-31\n'
    assert judged(engine, RULE, page(POLICY, ""), page(MEANT, ""), 4, waiver) == []
    site = made_site(COLUMNS, waiver)
    assert [bool(each.waived) for each in rulings(engine, site, DAY, RULE)] == [True, True]
    assert [each.finding.settled for each in rulings(engine, site, DAY, LATE)] == [True]


def test_copies_of_an_interpretation_are_one(engine: Engine) -> None:
    site = made_site(COLUMNS + '\n{units = ["z"], path = ["公告"], url = "/gg/"},')
    rows = [posted(MEANT, date(2023, 6, 19), "jd/2")]
    lists = {"/wj/": [posted(POLICY, date(2023, 6, 12), "wj/2023/1")], "/jd/": rows, "/gg/": rows}
    crawled(engine, site, DAY, lists, {MEANT: page(MEANT, "")})
    assert [len(said(engine, site, DAY, rule)) for rule in (RULE, LATE)] == [1, 1]


@pytest.mark.parametrize(
    ("column", "number", "title", "normative"),
    [
        ("规范性文件", "", "关于印发某区城市供水管理办法的通知", True),
        ("政府文件", "某政规〔2023〕2号", "某区城市供水管理办法", True),
        ("政府文件", "某政办规[2023]2号", "某区城市供水管理办法", True),
        ("政府文件", "某政办〔2023〕2号", "关于印发某区城市供水方案的通知", False),
        ("规划计划", "某自然资规划〔2023〕2号", "关于城市供水规划的批复", False),
        ("规范性文件", "", "关于废止一批规范性文件的决定", False),
        ("规范性文件", "", "关于公布规范性文件清理结果的通知", False),
        ("规范性文件", "", "现行有效规范性文件目录", False),
        ("规范性文件", "", "关于修改《某区城市供水管理办法》的决定", False),
        ("规范性文件", "", "《某区城市供水管理办法》政策解读", False),
    ],
)
def test_what_is_a_normative_document(column: str, number: str, title: str, normative: bool) -> None:
    assert is_normative(("政务公开", column), number, title) is normative


@pytest.mark.parametrize(
    ("title", "may"),
    [
        ("《某区城市供水管理办法》政策解读", True), ("一图读懂城市供水新规", True), ("城市供水办法解读", True),
        ("供水价格怎么算？区住建局答记者问", True), ("城市供水管理办法", False), ("区住建局召开供水工作会议", False),
        ("《某区秸秆禁烧工作方案》解读", False),
    ],
)  # fmt: skip
def test_what_may_be_an_interpretation(title: str, may: bool) -> None:
    assert may_interpret(title, "某区人民政府关于印发《某区城市供水管理办法》的通知") is may


NORMS = '{units = ["a"], path = ["规范性文件"], url = "/gf/"},\n{units = ["a"], path = ["政策解读"], url = "/jd/"},'
NORM, MISSING = "关于印发某区城市供水管理办法的通知", "posting.uninterpreted"


def norm(links: str = "", owner: str = "a", script: str = "") -> ArticleSeen:
    seen = page(NORM, links, script)
    return ArticleSeen(0, Outcome.READ, **{name: getattr(seen, name) for name in ("length", "facts")} | {
        "facts": seen.facts | {"owner": owner}
    })  # fmt: skip


DOCUMENTS: dict[str, tuple[ArticleSeen | None, list[str], Close, int]] = {
    "没有解读": (norm(), [], READ, 1),
    "解读没有用书名号": (norm(), ["城市供水办法解读"], READ, 0),
    "解读的是别的文件": (norm(), ["《某区秸秆禁烧工作方案》解读"], READ, 1),
    "页面链接到解读": (norm('<a href="/v/1.html">相关解读</a>'), [], READ, 0),
    "相关链接由脚本加载": (norm(script="<script>$.ajax('/related');</script>"), [], READ, 0),
    "转载上级的": (norm(owner="elsewhere"), [], READ, 0),
    "页面没有读到": (None, [], READ, 0),
    "解读栏目只读到一部分": (norm(), [], Close(Outcome.PARTIAL, Outcome.PARTIAL), 0),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_without_an_interpretation(engine: Engine, name: str) -> None:
    seen, titles, close, number = DOCUMENTS[name]
    site = made_site(NORMS)
    crawled(
        engine, site, DAY, {"/gf/": [posted(NORM, date(2023, 6, 12), "gf/1")]}, {NORM: seen} if seen else {}
    )
    meant = [posted(title, date(2023, 6, 13), f"jd/{n}") for n, title in enumerate(titles)]
    crawled(engine, site, DAY, {"/jd/": meant}, close=close)
    assert len(said(engine, site, DAY, MISSING)) == number
    assert said(engine, site, date(2023, 6, 15), MISSING) == []  # the third working day


def test_a_site_without_a_column_for_interpretations_is_not_judged(engine: Engine) -> None:
    site = made_site(NORMS.splitlines()[0])
    crawled(engine, site, DAY, {"/gf/": [posted(NORM, date(2023, 6, 12), "gf/1")]}, {NORM: norm()})
    assert said(engine, site, DAY, MISSING) == []
