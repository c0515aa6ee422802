"""A month of simulated nights (demo/data/month.toml): exactly the scripted findings, on exactly the scripted nights."""

import gzip
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crawler.sites.load import load_site
from demo.cms import file_url
from demo.month import MONTH_SITE, Expected, Month, Trouble, read_month
from demo.roster import numbers
from rules.dates.workdays import OFFICIAL, is_workday
from tests.month_nights import ROSTER, Night, play

MONTH = read_month()
LIFE = ("stage", "spans", "last_good", "hits", "misses", "first_found")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("month")


@pytest.fixture(scope="module")
def nights(folder: Path) -> dict[date, Night]:
    return {night.day: night for night in play(MONTH, folder)}


@pytest.mark.parametrize("day", MONTH.nights, ids=str)
def test_a_night_ends_with_the_scripted_findings_and_none_else(nights: dict[date, Night], day: date) -> None:
    night = nights[day]
    # On a night on which no host answers the crawl ends early, and says so by its exit code.
    gone = "reset" in MONTH.faults(day).values()
    assert night.crawl.status == (3 if gone else 0), night
    assert {said.status for said in night.checks} <= {0}, night
    found = {name: row for name, row in night.findings.items() if row.stage != "无"}
    assert {name: row.stage for name, row in found.items()} == MONTH.stages(day)
    said_tonight = [each for each in MONTH.expected if each.stage(day) and not _is_over(each, day)]
    assert {e.name for e in said_tonight if found[e.name].waived} == {
        e.name for e in said_tonight if e.is_waived(day)
    }
    assert {name for name, row in night.findings.items() if row.stage == "无"} <= MONTH.noted.keys()


def _is_over(each: Expected, day: date) -> bool:
    return each.last is not None and each.last < day


def test_every_finding_lived_as_scripted(nights: dict[date, Night]) -> None:
    last = nights[MONTH.last].findings
    for each in MONTH.expected:
        row = last[each.name]
        days = (each.seen, each.opened, each.last or MONTH.last, each.closed)
        assert row.spans == [[day.isoformat() if day else None for day in days]], each.name
        assert (row.opened_on, row.last_on, row.closed_on) == days[1:]
        for words in each.says:
            assert words in row.sentence, each.name
    assert last.keys() == {each.name for each in MONTH.expected} | MONTH.noted.keys()


def test_what_is_only_noted_was_never_open(nights: dict[date, Night]) -> None:
    last = nights[MONTH.last].findings
    for name, why in MONTH.noted.items():
        assert (last[name].stage, last[name].spans) == ("无", [])
        assert bool(last[name].inhibited) == (why == "inhibited"), name
    rush = next(row.sentence for row in last.values() if row.rule == "posting.rush_filled")
    assert all(rush in last[name].inhibited for name, why in MONTH.noted.items() if why == "inhibited")


TROUBLED = [(day, trouble) for day in MONTH.nights if (trouble := MONTH.void(day))]


@pytest.mark.parametrize(("day", "trouble"), TROUBLED, ids=[str(day) for day, _ in TROUBLED])
def test_a_night_on_which_we_could_not_look_accuses_nobody(
    nights: dict[date, Night], day: date, trouble: Trouble
) -> None:
    night, before = nights[day], nights[day - timedelta(days=1)]
    assert night.crawl.json["columns"] == {trouble.outcome: 24}
    assert set(night.crawl.json["mailboxes"].values()) == {trouble.outcome}
    for check in night.checks:
        assert f"{day} {trouble.says}" in check.err
        assert f"共 0 个问题。数据截至 {day}" in check.out
        assert not [each.unit for each in MONTH.expected if each.unit in check.out]
    assert _lives(night) == _lives(before)


def _lives(night: Night) -> dict[Any, tuple[Any, ...]]:
    return {name: tuple(getattr(row, key) for key in LIFE) for name, row in night.findings.items()}


def test_the_operator_is_told_of_troubled_nights_only(nights: dict[date, Night]) -> None:
    told = [day for day, night in nights.items() if night.told]
    assert told == [day for day, _ in TROUBLED]
    assert not any(check.err for check in nights[MONTH.last].checks)
    assert len(TROUBLED) == 3


def test_the_holiday_is_the_official_one() -> None:
    """The letter's night tells apart: weekends alone (too early), the holiday without 调休 (too late)."""
    letter = next(e for e in MONTH.expected if e.rule == "letter.slow" and e.opened > MONTH.first)
    received = date(2023, 9, 26)
    days = [received + timedelta(days=n) for n in range(1, 30)]
    weekdays = [day for day in days if day.weekday() < 5]
    no_swap = [day for day in weekdays if is_workday(day, OFFICIAL)]
    assert [d for d in days if is_workday(d, OFFICIAL)][5] == letter.opened == date(2023, 10, 10)
    assert (weekdays[5], no_swap[5]) == (date(2023, 10, 4), date(2023, 10, 12))


def _rosters(month: Month) -> dict[str, bytes]:
    return {
        file_url(month.archive.columns[posting.column], posting, file): file.body
        for posting in month.archive.postings
        for file in posting.files
    }


def test_the_roster_is_looked_at_until_it_is_masked(nights: dict[date, Night]) -> None:
    whole, masked = _rosters(MONTH)
    asked = {
        day: [(path, status) for _, path, status in night.requests if path in (whole, masked)]
        for day, night in nights.items()
    }
    assert {day.isoformat(): answers for day, answers in asked.items() if answers} == {
        "2023-09-19": [(whole, 200)],
        "2023-09-20": [(whole, 200)],
        "2023-09-21": [(whole, 200)],
        "2023-09-24": [(whole, 403)],
        "2023-09-25": [(whole, 403)],
        "2023-09-26": [(masked, 200)],
        "2023-09-27": [(masked, 200)],
    }


def test_no_whole_id_number_is_kept_or_said_anywhere(nights: dict[date, Night], folder: Path) -> None:
    body, _ = _rosters(MONTH).values()
    cells = [str(row[2]) for row in load_workbook(BytesIO(body)).worksheets[0].iter_rows(values_only=True)]
    whole = numbers(12)
    assert cells[1:] == whole
    kept = {file: _content(file) for file in folder.rglob("*") if file.is_file()}
    kept |= {Path(f"{day}"): _said(night) for day, night in nights.items()}
    masked = f"{whole[0][:4]}**********{whole[0][-4:]}".encode()
    assert masked in b"".join(content for file, content in kept.items() if file.name.startswith("gongkai.db"))
    assert masked in _said(nights[ROSTER])
    for number in whole:
        assert not [file for file, content in kept.items() if number.encode() in content]
    assert not [file for file, content in kept.items() if body[:64] in content]


def _content(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content


def _said(night: Night) -> bytes:
    return "".join(said.out + said.err for said in (night.crawl, *night.checks)).encode()


def test_the_month_watches_columns_that_the_county_has() -> None:
    site = load_site(MONTH_SITE)
    shown = {column.url: "、".join(column.owners) for column in MONTH.archive.columns if column.url}
    assert len(site.columns) == 24
    for column in site.columns:
        assert [duty.label for duty in column.duties] == [shown[column.key]], column.key
