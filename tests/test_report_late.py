"""政府信息公开年报 of the last year, from the nights to the finding, on both sides of 31 January and 31 March."""

from datetime import date

import pytest
from sqlalchemy import Engine

from db.recording.closing import Close
from rules.cases.annual_reports import holds_annual_reports, years_in
from rules.dates.periods import BEGINNING, quarter_of
from rules.vocabulary.terms import Outcome, Witness
from tests.made_nights import crawled, made_site, posted, rulings, said

RULE = "column.report_late"
OWN = '{units = ["a"], path = ["政府信息公开", "年报"], url = "/a/nb/"},'
PORTAL = '{path = ["", "政府信息公开年报"], url = "/nb/"},'
OTHER = '{units = ["z"], path = ["通知公告"], url = "/tz/"},'
OLD = posted("2021年政府信息公开工作年度报告", date(2022, 1, 20))
FIRST, LAST = date(2023, 1, 31), date(2023, 2, 1)


@pytest.mark.parametrize(("day", "number"), [(FIRST, 0), (LAST, 1)])
def test_a_department_has_until_the_end_of_january(engine: Engine, day: date, number: int) -> None:
    site = made_site(OWN)
    crawled(engine, site, day, {"/a/nb/": [OLD]})
    assert len(said(engine, site, day, RULE)) == number


@pytest.mark.parametrize(("day", "number"), [(date(2023, 3, 31), 0), (date(2023, 4, 1), 1)])
def test_the_government_has_until_the_end_of_march(engine: Engine, day: date, number: int) -> None:
    site = made_site(PORTAL)
    crawled(engine, site, day, {"/nb/": [OLD, posted("财政局2022年政府信息公开工作年度报告", FIRST)]})
    assert len(said(engine, site, day, RULE)) == number


@pytest.mark.parametrize(
    ("title", "day", "missed"),
    [
        ("2022年政府信息公开工作年度报告", FIRST, 0),
        ("财政局二〇二二年政府信息公开年报", FIRST, 0),
        ("政府信息公开工作年度报告", FIRST, 0),  # of no year, and after that year's end: it may be
        ("2023年政府信息公开工作年度报告", FIRST, 0),  # called by the year in which it is written
        ("2022年度政府信息公开情况", None, 0),
        ("2021年政府信息公开工作年度报告（更正）", FIRST, 1),
        ("2022年政府信息公开工作年度报告", date(2023, 2, 10), 1),
    ],
)
def test_what_stands_for_the_report(engine: Engine, title: str, day: date | None, missed: int) -> None:
    site, today = made_site(OWN), date(2023, 2, 20)
    crawled(engine, site, today, {"/a/nb/": [OLD, posted(title, day)]})
    assert len(said(engine, site, today, RULE)) == missed


def test_one_that_came_late_is_listed_and_nothing_is_left_to_do(engine: Engine) -> None:
    site, today = made_site(OWN), date(2023, 2, 20)
    crawled(engine, site, LAST, {"/a/nb/": [OLD]})
    crawled(engine, site, today, {"/a/nb/": [OLD, posted("2022年政府信息公开年报", date(2023, 2, 10))]})
    (ruling,) = rulings(engine, site, today, RULE)
    assert ruling.finding.settled and "晚 10 天" in ruling.finding.sentence


def test_a_site_that_moved_dates_all_its_reports_anew(engine: Engine) -> None:
    site, moved = made_site(OWN), date(2023, 5, 6)
    reports = [posted(f"{year}年政府信息公开工作年度报告", moved) for year in (2020, 2021, 2022)]
    crawled(engine, site, moved, {"/a/nb/": reports})
    assert said(engine, site, moved, RULE) == []


def test_a_report_in_another_column_that_names_the_unit_and_the_year(engine: Engine) -> None:
    site = made_site(OWN + OTHER)
    report = posted("安和市某区财政局2022年政府信息公开工作年度报告", FIRST)
    crawled(engine, site, LAST, {"/a/nb/": [OLD], "/tz/": [report]})
    assert said(engine, site, LAST, RULE) == []


@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.BLOCKED, Outcome.UNREACHABLE])
def test_nothing_is_said_of_what_was_not_read(engine: Engine, outcome: Outcome) -> None:
    site = made_site(OWN)
    crawled(engine, site, FIRST, {"/a/nb/": [OLD]})
    crawled(engine, site, LAST, {"/a/nb/": []}, close=Close(outcome, outcome))
    assert said(engine, site, LAST, RULE) == []


def test_a_list_read_no_further_back_than_the_report_may_stand(engine: Engine) -> None:
    site = made_site(OWN)
    near = Close(Outcome.READ, Outcome.READ, covered_since=date(2023, 1, 10), witness=Witness.OLDER_ROW)
    crawled(engine, site, LAST, {"/a/nb/": [OLD]}, close=near)
    assert said(engine, site, LAST, RULE) == []
    assert near.covered_since and near.covered_since > BEGINNING


def test_a_waiver_sets_it_aside_and_the_quarter_is_no_second_complaint(engine: Engine) -> None:
    waiver = f'[[waivers]]\nrule = "{RULE}"\nunit = "a"\nwhy = "2023 年组建"\nuntil = 2023-12-31\n'
    site, day = made_site(OWN, waiver), date(2023, 7, 3)
    crawled(engine, site, day, {"/a/nb/": [OLD]})
    (ruling,) = rulings(engine, site, day, RULE)
    assert ruling.waived and "2023 年组建" in ruling.waived
    assert quarter_of(day).key == "2023Q3" and said(engine, site, date(2023, 10, 9), "column.silent") == []


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        (("政府信息公开年报",), True),
        (("政府信息公开", "年报"), True),
        (("政务公开", "信息公开年度报告", "2022年"), True),
        (("法治政府建设年度报告",), False),
        (("政府信息公开", "统计年报"), False),
        (("政府网站工作年度报告",), False),
        (("政府信息公开", "政府网站年报"), False),
    ],
)
def test_columns_for_reports_on_openness(path: tuple[str, ...], holds: bool) -> None:
    assert holds_annual_reports(path) is holds


def test_years_in_titles() -> None:
    assert years_in("二○二二年度报告") == years_in("２０２２年报") == {2022}
    assert years_in("2021-2022年") == {2021, 2022}
    assert years_in("第20221号") == years_in("年报") == frozenset()
