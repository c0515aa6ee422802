"""Each veto on both sides of its line, from the database: what the nights recorded, judged as the night judges it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.recording.articles import HomeSeen, save_home
from db.recording.checks import Probe, keep_probes
from db.recording.closing import Close
from db.recording.pages import LetterSighting, PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from monitor.judge.judging import judge_period
from rules.dates.periods import BEGINNING, parse_period
from rules.vetoes import VetoLine, veto_summary
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.bulletin_made import NOON
from tests.conftest import context

DAY = date(2023, 7, 3)
READ = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
BLOCKED = Close(Outcome.BLOCKED, Outcome.BLOCKED)
EMPTY = Close(Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, witness=Witness.EMPTY)
HEAD = (
    'name = "某区"\nhome = "https://www.mou.example/"\nunits = [{id = "a", name = "甲局", kind = "部门"}]\n'
)


def site_of(columns: Sequence[str], more: str = "") -> Site:
    """A site whose columns have these paths, as a site file writes them."""
    rows = "".join(f'  {{path = {path}, url = "/{n}/"}},\n' for n, path in enumerate(columns))
    return parse_site(f"{HEAD}columns = [\n{rows}]\n{more}", Path("mou.toml"))


def night(
    engine: Engine,
    site: Site,
    newest: Mapping[int, date | None],
    home: HomeSeen | None = None,
    day: date = DAY,
    blocked: Collection[int] = (),
) -> None:
    """One crawl: the column of each number holds a posting of its newest day, or is empty (None); those `blocked` refused us."""
    with engine.begin() as connection:
        number = begin_crawl(connection, register(connection, site), day, BEGINNING, None, NOON)
        recorder = Recorder(connection, site.key, number)
        for n, column in enumerate(site.columns):
            last = newest.get(n, day)
            shown = bool(last) and n not in blocked
            seen = (Sighting(f"www.mou.example/{n}/1.html", "关于防汛的通知", None, last),) if shown else ()
            close = BLOCKED if n in blocked else READ if last else EMPTY
            page = PageSeen("u", 1, close.outcome, NOON, column=column.key, postings=seen, close=close)
            recorder.save(connection, page)
        save_home(connection, site.key, number, home or HomeSeen(Outcome.READ, newest=day), day)
        finish_crawl(connection, number, NOON)


def line(engine: Engine, site: Site, rule: str, day: date = DAY) -> VetoLine:
    """A veto's line as the papers print it; where it is hit, its rule speaks as well."""
    with engine.begin() as connection:
        judgement = judge_period(connection, context(site, day), parse_period("2023Q2"))
    lines = {each.id: each for each in veto_summary(judgement.portal, site.thresholds)}
    said = {ruling.finding.rule for ruling in judgement.rulings}
    assert (rule in said) == lines[rule].hit
    return lines[rule]


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(("slow", "hit"), [(8, False), (9, True)])  # 5 % of 24 × 7 probes are 8.4
def test_unreachable_over_seven_whole_days(engine: Engine, slow: int, hit: bool) -> None:
    site = site_of(['["", "通知公告"]'])
    night(engine, site, {})
    looks = [(ago(1 + n % 7), 15.0 if n < slow else 14.9) for n in range(7 * 24)]
    with engine.begin() as connection:
        for n, (day, seconds) in enumerate(looks):
            moment = datetime(2023, 6, 1, tzinfo=UTC) + timedelta(minutes=n)
            keep_probes(connection, site.key, [Probe(site.home, moment, seconds, 200, "", False)], day)
    found = line(engine, site, "site.unreachable")
    assert (found.hit, found.number) == (hit, round(slow / 168 * 100, 2))


@pytest.mark.parametrize(("day", "hit"), [(date(2023, 6, 19), False), (date(2023, 6, 18), True)])
def test_home_page_two_weeks_old(engine: Engine, day: date, hit: bool) -> None:
    site = site_of(['["", "通知公告"]'])
    night(engine, site, {}, HomeSeen(Outcome.READ, newest=day, undated=()))
    assert line(engine, site, "site.home_stale").hit is hit


@pytest.mark.parametrize(("posted", "hit"), [(date(2023, 6, 19), False), (date(2023, 6, 18), True)])
def test_a_headline_without_a_day_is_as_new_as_its_posting(engine: Engine, posted: date, hit: bool) -> None:
    site = site_of(['["", "要闻"]'])
    titles = ("www.mou.example/0/1.html",)
    night(engine, site, {0: posted}, HomeSeen(Outcome.READ, newest=ago(40), titles=titles, undated=()))
    assert line(engine, site, "site.home_stale").hit is hit


@pytest.mark.parametrize(("appeared", "number"), [(14, None), (15, 40)])
def test_a_title_that_nobody_dates_is_as_new_as_its_first_night(
    engine: Engine, appeared: int, number: int | None
) -> None:
    site = site_of(['["", "要闻"]'])
    for day, shown in ((ago(20), ["old"]), (ago(appeared), ["new", "old"]), (DAY, ["new", "old"])):
        night(engine, site, {0: ago(40)}, HomeSeen(Outcome.READ, newest=ago(40), undated=shown), day)
    found = line(engine, site, "site.home_stale")
    assert (found.number, found.hit) == (number, number is not None)


def test_a_home_page_looked_at_for_the_first_time_may_be_new(engine: Engine) -> None:
    site = site_of(['["", "要闻"]'])
    night(engine, site, {}, HomeSeen(Outcome.READ, newest=ago(40), undated=["one"]))
    found = line(engine, site, "site.home_stale")
    assert found.number is None and "看不出日期" in found.note


NEWS = ['["", "甲动态"]', '["", "乙动态"]', '["", "丙要闻"]']
NOTICES = ['["", "通知公告"]', '["", "政策文件"]']


@pytest.mark.parametrize(
    ("notice", "hit"),
    [(date(2023, 1, 2), True), (date(2023, 1, 3), False)],  # six calendar months before 3 July
)
def test_two_classes_add_up_to_five(engine: Engine, notice: date, hit: bool) -> None:
    site = site_of(NEWS + NOTICES)
    night(engine, site, {0: ago(15), 1: ago(15), 2: ago(15), 3: ago(300), 4: notice})
    found = line(engine, site, "site.stale_columns")
    assert (found.number, found.hit) == (5 if hit else 4, hit)


def test_a_notice_below_another_column_is_counted_as_overdue_not_as_stale(engine: Engine) -> None:
    second = [f'["政务公开", "{n}局", "通知公告"]' for n in range(10)]
    site = site_of([*NEWS, *second])
    old = {n: ago(300) for n in range(13)}
    night(engine, site, old)
    assert (
        line(engine, site, "site.stale_columns").number,
        line(engine, site, "site.overdue_columns").number,
    ) == (3, 10)
    assert line(engine, site, "site.overdue_columns").hit


@pytest.mark.parametrize(("number", "hit"), [(4, False), (5, True)])
def test_blank_columns(engine: Engine, number: int, hit: bool) -> None:
    site = site_of([f'["救灾领域", "第{n}栏"]' for n in range(6)])
    night(engine, site, dict.fromkeys(range(number)))
    found = line(engine, site, "site.empty_columns")
    assert (found.number, found.hit) == (number, hit)


def test_a_parent_of_columns_on_another_site_is_not_blank(engine: Engine) -> None:
    text = (
        f'{HEAD}columns = [{{path = ["税收管理领域"], url = "/ss/"}},\n'
        '  {path = ["税收管理领域", "税收政策"], elsewhere = "跳转到国家税务局网站"}]\n'
        '[rules."site.empty_columns"]\ncolumns = 1\n'
    )
    site = parse_site(text, Path("mou.toml"))
    night(engine, site, {0: None, 1: None})
    assert line(engine, site, "site.empty_columns").number == 0


def test_a_local_waiver_does_not_move_the_national_line(engine: Engine) -> None:
    waiver = '[[waivers]]\nrule = "column.empty"\npath = ["救灾领域", "第0栏"]\nwhy = "合并中"\nuntil = 2023-12-31\n'
    site = site_of([f'["救灾领域", "第{n}栏"]' for n in range(6)], waiver)
    night(engine, site, dict.fromkeys(range(5)))
    found = line(engine, site, "site.empty_columns")
    assert found.hit and found.note == "其中 1 个已在本地豁免，扣除后 4 个"


WAIVED = '[[waivers]]\nrule = "{rule}"\npath = {path}\nwhy = "合并中"\nuntil = 2023-12-31\n'
LATE = [f'["政务公开", "{n}局", "通知公告"]' for n in range(10)]


@pytest.mark.parametrize(("late", "hit"), [(9, False), (10, True)])
@pytest.mark.parametrize("waived", [False, True])
def test_columns_that_should_have_been_updated(engine: Engine, late: int, hit: bool, waived: bool) -> None:
    site = site_of(LATE, WAIVED.format(rule="column.stale", path=LATE[0]) if waived else "")
    night(engine, site, dict.fromkeys(range(late), date(2023, 1, 2)))
    found = line(engine, site, "site.overdue_columns")
    assert (found.number, found.hit, found.distance) == (late, hit, 10 - late)
    assert found.note == (f"其中 1 个已在本地豁免，扣除后 {late - 1} 个" if waived else "")


def test_an_annual_column_past_its_day_counts_though_it_is_waived(engine: Engine) -> None:
    waiver = WAIVED.format(rule="column.annual_overdue", path='["部门决算"]')
    limit = '[rules."site.overdue_columns"]\ncolumns = 1\n'
    text = f'{HEAD}columns = [{{path = ["部门决算"], url = "/0/", due = "06-20"}}]\n{waiver}{limit}'
    site = parse_site(text, Path("mou.toml"))
    night(engine, site, {0: date(2022, 6, 20)})
    found = line(engine, site, "site.overdue_columns")
    assert (found.number, found.hit, found.note) == (1, True, "其中 1 个已在本地豁免，扣除后 0 个")


def test_a_waiver_does_not_shorten_the_way_to_a_veto_on_stale_columns(engine: Engine) -> None:
    site = site_of(NEWS + NOTICES, WAIVED.format(rule="column.*", path=NEWS[0]))
    night(engine, site, dict.fromkeys(range(5), ago(300)))
    found = line(engine, site, "site.stale_columns")
    assert (found.number, found.hit, found.note) == (5, True, "其中 1 个已在本地豁免，扣除后 4 个")


@pytest.mark.parametrize(("blocked", "number"), [((), 5), ((4,), 4)])
def test_a_column_that_refused_us_counts_for_no_veto(
    engine: Engine, blocked: tuple[int, ...], number: int
) -> None:
    site = site_of(NEWS + NOTICES)
    night(engine, site, dict.fromkeys(range(5), ago(300)), blocked=blocked)
    found = line(engine, site, "site.stale_columns")
    assert (found.number, found.hit) == (number, not blocked)
    assert ("没有完整读到" in found.note) is bool(blocked)


@pytest.mark.parametrize(("newest", "hit"), [(14, False), (15, True)])
def test_a_home_page_of_menus_is_as_new_as_its_columns(engine: Engine, newest: int, hit: bool) -> None:
    site = site_of(['["", "要闻"]', '["", "通知公告"]'])
    night(engine, site, {0: ago(newest), 1: ago(60)}, HomeSeen(Outcome.READ, undated=()))
    assert line(engine, site, "site.home_stale").hit is hit


@pytest.mark.parametrize(("probes", "judged"), [(20, True), (19, False)])
def test_a_day_of_fewer_than_twenty_probes_is_none(engine: Engine, probes: int, judged: bool) -> None:
    site = site_of(['["", "通知公告"]'])
    night(engine, site, {})
    looks = [ago(1 + n) for n in range(7) for _ in range(probes if n == 3 else 20)]
    with engine.begin() as connection:
        for n, day in enumerate(looks):
            moment = datetime(2023, 6, 1, tzinfo=UTC) + timedelta(minutes=n)
            keep_probes(connection, site.key, [Probe(site.home, moment, 60.0, 200, "", False)], day)
    found = line(engine, site, "site.unreachable")
    assert (found.hit, found.number is not None) == (judged, judged)


def test_an_annual_column_is_judged_by_its_day(engine: Engine) -> None:
    text = f'{HEAD}columns = [{{units = ["a"], path = ["部门决算"], url = "/js/", due = "06-20"}}]\n'
    site = parse_site(text, Path("mou.toml"))
    night(engine, site, {0: date(2022, 6, 20)})
    with engine.begin() as connection:
        judgement = judge_period(connection, context(site, DAY), parse_period("2023Q2"))
    said = {ruling.finding.rule for ruling in judgement.rulings}
    assert "column.annual_overdue" in said
    assert not said & {"column.silent", "column.stale"}


BOX = '[[mailboxes]]\nname = "{name}"\nurl = "/xx/"\nreply_within = 5\n'


def mailbox_night(engine: Engine, site: Site, received: date, day: date = DAY) -> None:
    """One crawl whose only mailbox holds one letter that nobody has answered."""
    night(engine, site, {}, day=day)
    letter = LetterSighting("1", "路灯不亮", None, received=received, unanswered=True)
    with engine.begin() as connection:
        number = begin_crawl(connection, register(connection, site), day, BEGINNING, None, NOON)
        page = PageSeen(
            "u", 1, Outcome.READ, NOON, mailbox=site.mailboxes[0].key, letters=[letter], close=READ
        )
        Recorder(connection, site.key, number).save(connection, page)
        save_home(connection, site.key, number, HomeSeen(Outcome.READ, newest=day), day)
        finish_crawl(connection, number, NOON)


@pytest.mark.parametrize(("name", "number"), [("民意直通车", 1), ("网上信访", 0), ("民意征集", 0)])
def test_channels_to_ask(engine: Engine, name: str, number: int) -> None:
    site = site_of(['["", "通知公告"]'], BOX.format(name=name))
    mailbox_night(engine, site, DAY)
    found = line(engine, site, "site.no_consultation")
    assert (found.number, found.hit) == (number, number == 0)


def test_a_mailbox_for_faults_of_the_website_is_in_no_veto(engine: Engine) -> None:
    site = site_of(['["", "通知公告"]'], BOX.format(name="我要纠错") + 'kind = "找错"\n')
    mailbox_night(engine, site, date(2023, 3, 1))
    assert not line(engine, site, "letter.unanswered").hit
    found = line(engine, site, "site.no_consultation")
    assert (found.number, found.hit) == (None, False)  # whether the site has others nobody wrote down


@pytest.mark.parametrize(("received", "hit"), [(date(2023, 4, 3), False), (date(2023, 4, 2), True)])
def test_a_letter_of_three_months(engine: Engine, received: date, hit: bool) -> None:
    site = site_of(['["", "通知公告"]'], BOX.format(name="区长信箱"))
    mailbox_night(engine, site, received)
    assert line(engine, site, "letter.unanswered").hit is hit


# First seen half a year before: the year of its day is right.
@pytest.mark.parametrize(("received", "number"), [(date(2022, 7, 3), 1), (date(2022, 7, 2), 0)])
def test_a_letter_of_the_last_year_alone(engine: Engine, received: date, number: int) -> None:
    site = site_of(['["", "通知公告"]'], BOX.format(name="区长信箱"))
    for day in (date(2023, 1, 4), DAY):
        mailbox_night(engine, site, received, day)
    assert line(engine, site, "letter.unanswered").number == number


def test_a_waived_letter_still_counts_on_the_national_line(engine: Engine) -> None:
    waiver = '[[waivers]]\nrule = "letter.*"\nwhy = "诉讼中"\nuntil = 2023-12-31\n'
    site = site_of(['["", "通知公告"]'], BOX.format(name="区长信箱") + waiver)
    mailbox_night(engine, site, date(2023, 3, 1))
    assert line(engine, site, "letter.unanswered").hit
