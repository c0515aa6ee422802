"""One county three times, as nights that the recorder keeps: guilty of whatever the book knows, of nothing, and not read.

The site file, its columns, mailbox and thresholds are the same each time: what differs is what was seen."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from crawler.crawling.article_facts import describe
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from db.recording.articles import ArticleSeen, HomeSeen, save_article, save_home
from db.recording.checks import AccountSeen, Probe, keep_probes, save_accounts, save_tries
from db.recording.home_links import save_home_tries
from db.recording.pages import LetterSighting, PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.crawl import PostingRow
from monitor.judge.judging import Judgement, judge_period
from rules.dates.periods import BEGINNING, parse_period
from rules.scanners.footer import FooterPart
from rules.scanners.page_tags import ARTICLE_TAGS, COLUMN_TAGS, SITE_TAGS
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome
from rules.vocabulary.wording import shipped_wording
from tests.bulletin_made import NOON, site_of
from tests.conftest import context
from tests.scenario_columns import CLOSES

TABLE = Path(__file__).with_name("scenarios") / "every_rule.toml"
BEFORE, FILLED, TODAY = date(2023, 6, 25), date(2023, 6, 28), date(2023, 7, 3)
HOST = "www.mou.example"
SITE = """
name = "安和市某区人民政府"
home = "https://www.mou.example/"
expect = {read = 0}
units = [
  {id = "a", name = "财政局", kind = "部门"}, {id = "b", name = "民政局", kind = "部门"},
  {id = "c", name = "住建局", kind = "部门"}, {id = "d", name = "教育局", kind = "部门"},
]
columns = [
  {units = ["a"], path = ["", "通知公告"], url = "/tz/"},
  {units = ["a"], path = ["救灾领域", "备灾管理"], url = "/bz/"},
  {units = ["a"], path = ["救灾领域", "灾害预警"], url = "/yj/", cycle = 30},
  {units = ["a"], path = ["救灾领域", "款物管理"], url = "/kw/"},
  {units = ["a"], path = ["财政预决算领域", "部门决算"], url = "/js/", due = "06-20"},
  {units = ["a"], path = ["政府信息公开", "政府信息公开年报"], url = "/nb/"},
  {units = ["a"], path = ["政府信息公开", "信息公开指南"], url = "/zn/"},
  {units = ["a"], path = ["互动交流", "征集调查"], url = "/zj/"},
  {units = ["a"], path = ["政务公开", "政策文件"], url = "/wj/"},
  {units = ["a"], path = ["政务公开", "政策解读"], url = "/jd/"},
  {units = ["a"], path = ["政务公开", "规范性文件"], url = "/gf/"},
  {units = ["a"], path = ["涉农补贴领域", "补贴发放"], url = "/bt/"},
  {units = ["a"], path = ["涉农补贴领域", "监督检查"], url = "/jc/"},
  {units = ["b"], path = ["社会救助领域", "临时救助"], url = "/jz/"},
  {units = ["c"], path = ["住房保障领域", "配租管理"], url = "/pz/"},
  {units = ["d"], path = ["义务教育领域", "招生管理"], url = "/zs/"},
]
mailboxes = [{id = "xx", name = "区长信箱", url = "/xx/", reply_within = 5}]
[rules]
"site.stale_columns" = {columns = 1}
"site.overdue_columns" = {columns = 1}
"site.empty_columns" = {columns = 1}
"site.few_activities" = {surveys = 2}
"column.long_gap" = {days = 45}
"unit.few_postings" = {share = 0.5}
"unit.below_minimum" = {departments = 1}
"posting.survey_unanswered" = {days = 30}
"account.below_weekly" = {weekly = 2}
"account.unanswered" = {days = 14}
"""
LINK = "https://www.mou.example/bszn/"
DEAD = ("https://old.friend.example/", "https://old.friend.example/1")


@dataclass(frozen=True, slots=True)
class Posted:
    """A row of a list, there since `seen`; `page` is the HTML of its page's text (None: never opened), `around` what stands
    beside that, `head` its tags; `gone`, an address that is not there."""

    key: str
    title: str
    day: date
    page: str | None = None
    around: str = ""
    head: str = ""
    gone: str = ""
    seen: date = TODAY

    @property
    def identity(self) -> str:
        return f"{HOST}{self.key}{self.title}"


def tags(names: Iterable[str]) -> str:
    """META tags that hold something; DAY is the posting's own."""
    return "".join(f'<meta name="{name}" content="{"DAY" if name == "PubDate" else "有"}">' for name in names)


def day(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


def posted(kind: str) -> list[Posted]:
    """The rows of the table, guilty or innocent; innocent columns that it does not name have one a month."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    body = table["texts"]["body"]
    longer = {
        "four": body * 4,
        "nine": "".join(f"<p>第{n}条 {body}</p>" for n in range(9)),
        "tags": tags(SITE_TAGS + ARTICLE_TAGS),
    }
    texts = table["texts"] | longer
    rows = [
        {name: v.format(**texts) if isinstance(v, str) else v for name, v in row.items()}
        for row in table["rows"][kind]
    ]
    monthly = [
        Posted(key, f"{key.strip('/')}第{when.month}号通知", when, seen=when)
        for key in ("/tz/", "/bz/", "/yj/", "/kw/", "/bt/", "/jc/", "/jz/", "/pz/", "/zs/")
        for when in (day("04-20"), day("05-20"), day("06-20"))
    ]
    return [Posted(row.pop("list"), **row) for row in rows] + (monthly if kind == "innocent" else [])


def opened(one: Posted) -> ArticleSeen:
    """What the crawl keeps of its page, read as the crawl reads it."""
    if one.page is None:
        return ArticleSeen(0, Outcome.UNREACHABLE, "http_404", facts=_gone(one))
    markup = (
        f"<html><head><title>{one.title}</title>{one.head.replace('DAY', str(one.day))}</head><body><h1>{one.title}</h1>"
        f"<div>发布时间：{one.day} 来源：财政局</div><div class='content'>{one.page}</div>{one.around}</body></html>"
    )
    page = Page(f"https://{one.identity}", markup.encode())
    article = read_article(page)
    described = describe(page, article, [], {HOST}, (), shipped_wording())
    described["facts"] |= {"owner": "a"} | _gone(one)
    described["attachments"] += bool(one.gone)
    outcome = Outcome.PARTIAL if one.gone else Outcome.READ
    days = {"shown": article.dates.get("shown"), "meta": article.dates.get("meta"), "signed": article.signed}
    return ArticleSeen(0, outcome, title=article.title, **days, **described)


def _gone(one: Posted) -> dict[str, object]:
    name = "" if one.page is None else "发放名单.xls"
    return {"gone": {one.gone: {"name": name, "copy": False}}} if one.gone else {}


ABOUT = [
    "路灯",
    "水管",
    "公交",
    "学位",
    "噪音",
    "油烟",
    "停车",
    "绿化",
    "医保",
    "社保",
    "电梯",
    "暖气",
    "垃圾",
    "宽带",
    "道路",
]


def letters(slow: bool) -> list[LetterSighting]:
    """Five letters a unit. Guilty: one unit takes two weeks, three questions have one answer (of the innocent two), one has none."""
    copied = "您好，您反映的问题已由我局会同有关单位现场核实并妥善解决。"
    found = []
    for n in range(15):
        unit = "abc"[n % 3]
        answered = day("06-16") if slow and unit == "a" else day("06-06")
        own = f"您好，经核实，第{n}号楼的供水已于当日由{unit}公司修复，费用由物业承担。"
        answer = copied if n in (1, 4) or (slow and n == 7) else own
        answer = "您好，已转相关部门处理，感谢您的来信！" if slow and n == 2 else answer
        accepted = day("06-08") if slow and n == 0 else day("06-06")
        letter = LetterSighting(
            str(n), f"{ABOUT[n]}一事", None, unit=unit, received=day("06-05"), answered=answered
        )
        found.append(replace(letter, status="已办结", answer=answer, accepted=accepted))
    waits = LetterSighting(
        "w", "房产证何时办", None, unit="c", received=day("03-01"), status="办理中", unanswered=True
    )
    return [*found, waits] if slow else found


@dataclass(frozen=True, slots=True)
class County:
    """What three nights showed of a county."""

    posted: list[Posted]
    letters: list[LetterSighting]
    home: HomeSeen
    seconds: float
    updates: dict[date, int]
    column_tags: tuple[str, ...]
    # The first night on which a list was read, where that was not the last one; None: all on the first.
    since: Mapping[str, date] | None = None


GUILTY = County(
    posted("guilty"), letters(slow=True),
    HomeSeen(Outcome.READ, newest=day("06-01"), tags=(), undated=(), footer=(FooterPart.SPONSOR, FooterPart.IDENTIFIER),
             links=[(LINK, "办事指南")]),
    60.0, {day("06-05"): 1}, (), {"/jc/": BEFORE, "/jz/": BEFORE, "/bt/": FILLED},
)  # fmt: skip
INNOCENT = County(
    posted("innocent"), letters(slow=False), HomeSeen(Outcome.READ, newest=TODAY, tags=SITE_TAGS, undated=(), footer=tuple(FooterPart),
             links=[(LINK, "办事指南")]),
    0.5, {day("06-05") + timedelta(n): 1 for n in range(28)}, SITE_TAGS + COLUMN_TAGS,
)  # fmt: skip


def judged(engine: Engine, county: County | None) -> Judgement:
    """The county after its three nights; None: every page refused us."""
    site = site_of(SITE)
    for night in (BEFORE, FILLED, TODAY):
        with engine.begin() as connection:
            _keep(connection, site, county, night)
    with engine.connect() as connection:
        return judge_period(connection, context(site, TODAY), parse_period("2023Q2"))


def _keep(connection: Connection, site: Site, county: County | None, night: date) -> None:
    crawl = begin_crawl(connection, register(connection, site), night, BEGINNING, None, NOON)
    recorder = Recorder(connection, site.key, crawl)
    refused = CLOSES["被拦截"]
    for column in site.columns:
        if county is None:
            recorder.close(connection, column.key, None, refused)
        elif county.since is None or night >= county.since.get(column.key, TODAY):
            _keep_list(connection, recorder, column.key, county, night)
    box = (
        PageSeen("u", 1, Outcome.READ, NOON, mailbox="xx", letters=county.letters, close=CLOSES["读完"])
        if county
        else None
    )
    if box and night == TODAY:
        recorder.save(connection, box)
    if county is None:
        recorder.close(connection, None, "xx", refused)
    save_home(connection, site.key, crawl, county.home if county else HomeSeen(Outcome.BLOCKED), night)
    if county:
        _keep_pages(connection, county, night)
        _keep_beside(connection, site, county, night)
    finish_crawl(connection, crawl, NOON)


def _keep_list(connection: Connection, recorder: Recorder, key: str, county: County, night: date) -> None:
    shown = [one for one in county.posted if one.key == key and one.seen <= night]
    rows = [Sighting(one.identity, one.title.strip(), f"https://{one.identity}", one.day) for one in shown]
    close = CLOSES["读完" if rows else "空白"]
    page = PageSeen(
        "u", 1, close.outcome, NOON, column=key, postings=rows, tags=county.column_tags, close=close
    )
    recorder.save(connection, page)


def _keep_pages(connection: Connection, county: County, night: date) -> None:
    """The postings' pages, looked at on the last two nights."""
    rows = connection.execute(select(PostingRow.id, PostingRow.identity))
    ids: Mapping[str, int] = {row.identity: row.id for row in rows}
    for one in county.posted:
        if one.identity in ids and (one.page is not None or one.gone):
            seen = opened(one)
            values = {name: getattr(seen, name) for name in ArticleSeen.__slots__}
            save_article(connection, ArticleSeen(**values | {"posting_id": ids[one.identity]}), night)


def _keep_beside(connection: Connection, site: Site, county: County, night: date) -> None:
    """Links tried, the home page probed, accounts imported."""
    dead = county is GUILTY
    save_tries(connection, site.key, night, [(link, not dead) for link in DEAD])
    save_home_tries(connection, site.key, night, [(LINK, dead)])
    if night != TODAY:
        return
    for n in range(7 * 20):
        moment = datetime(2023, 6, 1, tzinfo=UTC) + timedelta(minutes=n)
        probe = Probe(site.home, moment, county.seconds, 200, "", False)
        keep_probes(connection, site.key, [probe], TODAY - timedelta(1 + n % 7))
    comments = dict.fromkeys(county.updates, (3, 0 if dead else 3))
    account = AccountSeen(
        "a", "微信公众号", "某区发布", day("06-05"), day("07-02"), county.updates, comments, not dead
    )
    save_accounts(connection, site.key, [account])
