"""公开指南, 公开目录 and 办事指南: how old, how whole; from the page through the database to the finding."""

from datetime import date

import pytest
from sqlalchemy import Engine

from crawler.crawling.article_facts import describe
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from db.recording.articles import ArticleSeen
from db.recording.closing import Close
from rules.scanners.guide_elements import read_guide
from rules.vocabulary.terms import Outcome
from tests.made_nights import crawled, made_site, posted, rulings, said

DAY = date(2023, 6, 20)
COLUMN = '{units = ["a"], path = ["政府信息公开", "信息公开指南"], url = "/zn/"},'
FILLER = "为方便公民、法人和其他组织办理，现就有关事宜说明如下，请按照要求办理。" * 5
DISCLOSURE = [
    "一、主动公开的信息分类和编排体系", "二、获取方式：到政务服务中心", "三、工作机构：区财政局办公室", "办公地址：某路1号",
    "办公时间：工作日8:30—17:30", "联系电话：0372-0000000", "传真：0372-0000001", "电子邮箱：czj@mou.example",
]  # fmt: skip
SERVICE = [
    "一、事项名称：残疾人证办理", "二、设定依据：《残疾人保障法》", "三、申请条件：持有本区户籍", "四、申请材料：一寸照片两张",
    "五、办理地点：区政务服务大厅", "六、办理时限：15个工作日", "七、联系电话：0372-0000000", "八、办理流程：申请、审核、发证",
]  # fmt: skip


def text(lines: list[str], *lost: int) -> str:
    return "\n".join([*(line for n, line in enumerate(lines) if n not in lost), FILLER])


@pytest.mark.parametrize(
    ("title", "lines", "lost", "missing"),
    [
        ("区财政局政府信息公开指南", DISCLOSURE, (), ()),
        ("政府信息公开指南（2023年版）", DISCLOSURE, (4, 6), ("办公时间", "传真号码")),
        ("残疾人证办事指南", SERVICE, (), ()),
        ("残疾人证办理指南", SERVICE, (1, 3, 6, 7), ("设定依据", "办理材料", "联系电话", "办理流程")),
    ],
)
def test_elements(title: str, lines: list[str], lost: tuple[int, ...], missing: tuple[str, ...]) -> None:
    guide = read_guide(title, text(lines, *lost))
    assert guide is not None and guide.missing == missing


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("关于更新办事指南的通知", text(SERVICE)),  # a notice about guides
        ("残疾人证办事指南", "详见附件。"),
        ("残疾人证办事指南", FILLER),  # not written by elements
        ("关于防汛工作的通知", text(SERVICE, 1, 2, 3)),
        ("政府信息公开指南", "机构职责\n信息分类\n网站地图\n依申请公开\n市教育局\n" * 20),  # a menu
    ],
)
def test_what_is_held_to_no_elements(title: str, body: str) -> None:
    assert read_guide(title, body) is None


def seen(title: str, body: str, frame: str = "") -> ArticleSeen:
    shown = "".join(f"<p>{line}</p>" for line in body.splitlines())
    markup = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>发布时间：2023-06-19 来源：财政局</div>"
        f'<div class="content">{shown}{frame}</div></body></html>'
    )
    page = Page("https://www.mou.example/1.html", markup.encode())
    return ArticleSeen(0, Outcome.READ, **describe(page, read_article(page), [], {"www.mou.example"}))


@pytest.mark.parametrize(
    ("rule", "title", "body", "frame", "number"),
    [
        ("posting.guide_incomplete", "政府信息公开指南", text(DISCLOSURE), "", 0),
        ("posting.guide_incomplete", "政府信息公开指南", text(DISCLOSURE, 6), "", 1),
        ("posting.guide_incomplete", "政府信息公开指南", text(DISCLOSURE, 6), '<iframe src="/f.pdf"></iframe>', 0),
        ("posting.service_incomplete", "残疾人证办事指南", text(SERVICE, 1, 4, 6), "", 0),
        ("posting.service_incomplete", "残疾人证办事指南", text(SERVICE, 1, 4, 6, 7), "", 1),
    ],
)  # fmt: skip
def test_from_the_page_to_the_finding(
    engine: Engine, rule: str, title: str, body: str, frame: str, number: int
) -> None:
    site = made_site(COLUMN)
    rows = [posted(title, date(2023, 6, 19))]
    crawled(engine, site, DAY, {"/zn/": rows}, {title: seen(title, body, frame)})
    assert len(said(engine, site, DAY, rule)) == number


@pytest.mark.parametrize(("day", "number"), [(date(2019, 5, 14), 1), (date(2019, 5, 15), 0)])
def test_a_guide_older_than_the_regulation(engine: Engine, day: date, number: int) -> None:
    site = made_site(COLUMN)
    crawled(engine, site, DAY, {"/zn/": [posted("政府信息公开指南", day)]})
    assert len(said(engine, site, DAY, "column.guide_outdated")) == number


@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.BLOCKED, Outcome.UNREADABLE])
def test_nothing_is_said_of_a_guide_that_was_not_read(engine: Engine, outcome: Outcome) -> None:
    site, old = made_site(COLUMN), [posted("政府信息公开指南", date(2016, 8, 1))]
    crawled(engine, site, date(2023, 6, 19), {"/zn/": old})
    crawled(engine, site, DAY, {"/zn/": []}, close=Close(outcome, outcome))
    assert said(engine, site, DAY, "column.guide_outdated") == []


def test_a_waiver(engine: Engine) -> None:
    rule = "column.guide_outdated"
    waiver = f'[[waivers]]\nrule = "{rule}"\nunit = "a"\nwhy = "正在修订"\nuntil = 2023-12-31\n'
    site = made_site(COLUMN, waiver)
    crawled(engine, site, DAY, {"/zn/": [posted("政府信息公开指南", date(2016, 8, 1))]})
    assert [bool(each.waived) for each in rulings(engine, site, DAY, rule)] == [True]


def test_a_guide_in_stock_is_judged_while_it_is_the_newest(engine: Engine) -> None:
    site, rule, title = made_site(COLUMN), "posting.guide_incomplete", "政府信息公开指南"
    old = [posted(title, date(2021, 3, 1))]
    lacking = seen(title, text(DISCLOSURE, 6))
    crawled(engine, site, DAY, {"/zn/": old}, {title: lacking})
    assert len(said(engine, site, DAY, rule)) == 1
    new = posted("区财政局政府信息公开指南（2022年版）", date(2022, 3, 1))
    crawled(engine, site, date(2023, 6, 21), {"/zn/": [new, *old]})
    assert said(engine, site, date(2023, 6, 21), rule) == []
