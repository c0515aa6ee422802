"""A county's first nights before a real SMTP server: nobody hears of what stood there already until the office says so."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.counting.bulletins import freeze
from db.mail.baseline import baseline_of
from db.recording.closing import Close
from monitor.clock import SHANGHAI
from monitor.night.night import remember_period
from rules.dates.periods import parse_period
from rules.engine.finding import Finding
from rules.vocabulary.terms import Outcome
from tests.alert_world import DAY, SITE_FILE, alert, county, finding, night, numbers
from tests.conftest import context
from tests.mail_server import PostOffice, post_office
from tests.test_alert_fortnight import run, said_by
from tests.test_counting import Q2, TEXT, posting, read
from tests.test_counting import night as crawled

TWO, THREE = DAY + timedelta(days=1), date(2023, 6, 25)  # the three days between are a holiday
STOCK = [finding("A", "jyj"), finding("B", "czj"), finding("J", "jyj+czj")]
SLOW = finding("W", "jyj", "column.empty")  # waits for a second night
NEW = finding("N", "jyj")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with post_office(tmp_path) as server:
        yield server


def morning(engine: Engine, office: PostOffice, day: date, said: list[Finding]) -> dict[str, list[str]]:
    """What the mails of the morning after a night say: address → its lines."""
    night(engine, county(), day, said, baseline=None)
    return mails(engine, office, day)


def mails(engine: Engine, office: PostOffice, day: date) -> dict[str, list[str]]:
    office.taken.clear()
    run(engine, county(), office, datetime.combine(day, time(9), SHANGHAI))
    names = numbers(engine)
    return {mail.to[0].partition("@")[0]: said_by(mail, names) for mail in office.taken}


def release(folder: Path, day: date, *what: object) -> str:
    said = alert(folder, {}, SITE_FILE, "--as-of", day.isoformat(), "--time", "08:40", *what)
    assert said.status == 0, said.err
    return said.out


def test_the_first_night_mails_nobody_and_later_ones_only_what_is_new(
    engine: Engine, office: PostOffice
) -> None:
    assert morning(engine, office, DAY, [*STOCK, SLOW]) == {}
    assert morning(engine, office, TWO, [*STOCK, SLOW, NEW]) == {"jyj": ["N 新增"]}
    assert morning(engine, office, THREE, [*STOCK, SLOW, NEW]) == {}
    # What is gone without anybody having been told of it is not reported as recovered; what comes back is new.
    fourth, fifth = (THREE + timedelta(days=n) for n in (1, 2))
    assert morning(engine, office, fourth, [NEW]) == {}
    assert morning(engine, office, fifth, [NEW]) == {"jyj": ["N 第 1 次提醒"]}
    assert morning(engine, office, THREE + timedelta(days=3), [NEW, STOCK[1]]) == {"czj": ["B 新增"]}


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("all", {"jyj": ["A 新增", "J 新增", "W 新增"], "czj": ["B 新增", "J 新增"]}),
        ("全部", {"jyj": ["A 新增", "J 新增", "W 新增"], "czj": ["B 新增", "J 新增"]}),
        ("jyj", {"jyj": ["A 新增", "J 新增", "W 新增"]}),
        ("县财政局", {"czj": ["B 新增", "J 新增"]}),
        ("2", {"czj": ["B 新增"]}),
        ("3", {"jyj": ["J 新增"], "czj": ["J 新增"]}),
    ],
)
def test_the_office_releases_all_or_a_unit_or_one(
    what: str, told: dict[str, list[str]], engine: Engine, office: PostOffice, tmp_path: Path
) -> None:
    """A unit released on the first morning hears of what was only waiting for its second night, too."""
    assert morning(engine, office, DAY, [*STOCK, SLOW]) == {}
    release(tmp_path, DAY, "--release", what)
    assert {to: sorted(lines) for to, lines in morning(engine, office, TWO, [*STOCK, SLOW]).items()} == told


def test_the_listing_is_the_offices_alone(engine: Engine, office: PostOffice, tmp_path: Path) -> None:
    morning(engine, office, DAY, STOCK)
    listed = release(tmp_path, DAY, "--baseline")
    assert "待放行 4 项" in listed
    assert "第 B 个问题。" in listed
    assert "基线中有 4 项没有通知责任单位" in release(tmp_path, DAY)
    assert "已放行 2 项" in release(tmp_path, DAY, "--release", "czj")
    assert "还有 2 项没有放行" in release(tmp_path, DAY, "--release", "czj")


@pytest.mark.parametrize(
    ("what", "why"),
    [("县财正局", "是否要写：县财政局"), ("99", "没有编号为 99 的待放行问题"), (" ", "有一个参数是空的")],
)
def test_a_mistyped_release_changes_nothing(
    what: str, why: str, engine: Engine, office: PostOffice, tmp_path: Path
) -> None:
    morning(engine, office, DAY, STOCK)
    said = alert(tmp_path, {}, SITE_FILE, "--as-of", DAY.isoformat(), "--release", what)
    assert said.status == 2
    assert why in said.err
    assert morning(engine, office, TWO, STOCK) == {}


def test_a_leak_of_the_first_night_is_told_to_the_office_at_once_and_to_its_unit_when_released(
    engine: Engine, office: PostOffice, tmp_path: Path
) -> None:
    leak = finding("P", "jyj", "posting.privacy")
    assert morning(engine, office, DAY, [leak, STOCK[0]]) == {"office": ["P 新增"]}
    assert "期限：立即，2023-06-20（今日到期）" in office.taken[0].text
    assert morning(engine, office, TWO, [leak, STOCK[0]]) == {"office": ["P 第 1 次提醒"]}
    release(tmp_path, THREE, "--release", "1")
    assert morning(engine, office, THREE, [leak, STOCK[0]]) == {"jyj": ["P 新增"]}
    assert "期限：立即，2023-06-25（今日到期）" in office.taken[0].text


def test_a_leak_found_later_is_mailed_on_the_first_morning_and_reported_on_the_next(
    engine: Engine, office: PostOffice
) -> None:
    leak = finding("P", "jyj", "posting.privacy")
    assert morning(engine, office, DAY, []) == {}
    assert morning(engine, office, TWO, [leak]) == {"jyj": ["P 新增"]}
    later = morning(engine, office, THREE, [leak])
    assert later == {"jyj": ["P 第 1 次提醒"], "office": ["P 2023-06-21 告知，尚未整改"]}


def test_the_first_night_that_counts_is_the_baseline_and_stays_it(any_engine: Engine) -> None:
    """A night that was blocked, or read one column of many, would make everything else news on the next."""
    site = parse_site(TEXT, Path("mou.toml"))
    blocked = Close(Outcome.BLOCKED, Outcome.BLOCKED)
    nights = []
    for number, close in enumerate([blocked, read(), blocked, read()]):
        day = date(2023, 7, 3) + timedelta(days=number)
        crawled(
            any_engine,
            site,
            day,
            "/jz/",
            close,
            *([posting("x", date(2023, 1, 5))] if close.outcome.good else []),
        )
        with any_engine.begin() as connection:
            remember_period(connection, context(site, day), Q2)
            nights.append(baseline_of(connection, site.key).night)
    assert nights == [None, *[date(2023, 7, 4)] * 3]


def test_before_there_is_a_baseline_nobody_is_mailed(
    engine: Engine, office: PostOffice, tmp_path: Path
) -> None:
    night(engine, county(), DAY, STOCK, baseline=None)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM baselines")
    assert mails(engine, office, DAY) == {}
    said = alert(tmp_path, {}, SITE_FILE, "--as-of", DAY.isoformat(), "--release", "all")
    assert (said.status, "还没有基线" in said.err) == (2, True)


def test_what_a_published_bulletin_said_is_not_mailed(engine: Engine, office: PostOffice) -> None:
    """Only of the quarter that has ended: the running one's bulletin has not been written."""
    ended = finding("E", "jyj", "column.silent", "提示", period="2023Q1")
    running = finding("R", "jyj", "column.long_gap", "提示", period="2023Q2")
    night(engine, county(), DAY, [ended, running])
    noon = datetime.combine(DAY, time(12), SHANGHAI)
    with engine.begin() as connection:
        for period in ("2023Q1", "2023Q2"):
            freeze(connection, county().key, parse_period(period), DAY, noon, "", {}, {})
    assert mails(engine, office, DAY) == {"jyj": ["R 新增"]}
