"""The demo county publishes what the bulletin counted, and on another day what could be seen that day."""

import csv
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

import chinese_calendar
import pytest
from demo_visit import HOME, served

from crawler.sites.load import load_site
from demo.archive import Column, Posting
from demo.cms import article_url
from demo.county import County
from demo.declared import SITE_FILE, quarter_counts, read_table
from demo.prose import paragraphs
from demo.writing import QUARTER

TRUTH = Path(__file__).parent.parent.parent / "shared" / "truth"


@pytest.fixture(scope="module")
def county() -> County:
    return County()


def test_every_column_published_in_the_quarter_what_the_data_says(county: County) -> None:
    counts = quarter_counts()
    assert {column.key for column in county.columns} == set(counts)
    for column in county.columns:
        if column.elsewhere:
            assert counts[column.key] is None
            assert column.url is None
        else:
            assert county.counted(column, *QUARTER) == counts[column.key], column.key


def test_the_sums_are_the_bulletins(county: County) -> None:
    local = {unit.id for unit in county.archive.units if unit.kind != "部门"}
    sums: Counter[str] = Counter()
    for column in county.columns:
        kind = "portal" if column.outside else "local" if set(column.unit_ids) & local else "departments"
        sums[kind] += county.counted(column, *QUARTER)
    assert sums == {"local": 198, "departments": 363, "portal": 189}
    assert sums.total() == 750


def test_the_data_equals_the_truth() -> None:
    if not TRUTH.is_dir():
        pytest.skip("../shared/truth is not here")
    rows = []
    for name, unit in (("annex1", "unit"), ("annex2", "units")):
        with (TRUTH / f"beiguan_2023Q2_{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                status = row.get("status", "counted")
                count = row["count"] if status == "counted" else ""
                rows.append([row[unit], row["field"], row["level1"], row["level2"], count, status])
    assert [list(row.values()) for row in read_table("counts")] == rows


def test_the_site_file_is_accepted_and_says_the_same(county: County) -> None:
    site = load_site(SITE_FILE)
    declared = [
        (duty.label, c.field, c.level1, c.level2, c.url, c.outside) for c in site.columns for duty in c.duties
    ]
    own = [(c.owner, *c.path, c.url and urljoin(HOME, c.url), c.outside) for c in county.columns]
    assert declared == own


def test_edges_of_the_quarter_are_used_on_both_sides(county: County) -> None:
    days = Counter(posting.day for posting in county.archive.postings)
    for edge in QUARTER:
        assert days[edge] >= 10
    assert days[QUARTER[0] - timedelta(days=1)] >= 10
    assert days[QUARTER[1] + timedelta(days=1)] >= 10


def test_columns_lived_before_the_quarter_and_silent_ones_say_why(county: County) -> None:
    silent = empty = 0
    for column in served(county):
        days = [posting.day for posting in county.rows(column)]
        if county.counted(column, *QUARTER):
            assert any(day.year < 2023 for day in days)
            assert any(date(2023, 1, 1) <= day < QUARTER[0] for day in days)
        elif days:
            silent += 1
            assert max(days) < QUARTER[0]
        else:
            empty += 1
            assert column.says != "暂无信息"
    assert (silent, empty) == (11, 6)


def test_nothing_published_looks_like_a_person(county: County) -> None:
    for posting in county.archive.postings:
        text = posting.title + "".join(paragraphs(county.archive, posting))
        assert not re.search(r"\d{8,}", text), text
    titles = Counter(posting.title for posting in county.archive.postings)
    assert titles.most_common(1)[0][1] == 1


def workdays(first: date, last: date) -> int:
    return len(chinese_calendar.get_workdays(first + timedelta(days=1), last))


def test_eleven_letters_came_and_only_one_unit_was_slow(county: County) -> None:
    taken: dict[str, list[int]] = {}
    for letter in county.letters():
        if QUARTER[0] <= letter.received <= QUARTER[1]:
            answered = county.answered(letter)
            assert answered is not None
            taken.setdefault(letter.unit, []).append(workdays(letter.received, answered))
    assert sum(map(len, taken.values())) == 11
    assert sorted(taken.pop("区城管执法局")) == [14, 16]
    assert all(1 <= days <= 4 for several in taken.values() for days in several)


def test_letters_outside_the_quarter_were_answered_in_time_or_wait(county: County) -> None:
    others = [x for x in county.letters() if not QUARTER[0] <= x.received <= QUARTER[1]]
    assert len(others) == 8
    waiting = [letter for letter in others if not letter.answered]
    assert [letter.received for letter in waiting] == [date(2023, 7, 1)]
    assert all(workdays(x.received, x.answered) <= 4 for x in others if x.answered)


def test_an_earlier_day_knows_nothing_of_the_later(county: County) -> None:
    before = County(date(2023, 5, 1))
    assert all(p.online <= before.day for c in before.columns for p in before.rows(c))
    assert sum(before.counted(c, *QUARTER) for c in before.columns) < 750
    slow = next(x for x in before.letters() if x.number == "BG20230414")
    assert before.answered(slow) is None
    late = next(p for p in county.archive.postings if p.day == date(2023, 6, 30))
    assert before.answer(article_url(before.columns[late.column], late)) is None


def backdated(column: Column) -> Posting:
    return Posting(999_999, column.no, "补发的信息", date(2023, 6, 1), date(2023, 7, 5), column.owner)


def test_a_backdated_posting_is_seen_from_the_day_it_was_put_online(county: County) -> None:
    column = county.archive.column("区财政局", "财政预决算领域", "部门决算")
    archive = county.archive.add([backdated(column)])
    counted = [County(date(2023, 7, day), archive).counted(column, *QUARTER) for day in (4, 5)]
    assert counted == [0, 1]
    again = archive.hide([999_999])
    assert County(date(2023, 7, 5), again).counted(column, *QUARTER) == 0
    with pytest.raises(KeyError):
        archive.column("区财政局", "没有的领域")


def test_a_list_that_should_fit_one_page_but_does_not_is_a_mistake(county: County) -> None:
    column = county.archive.column("区税务局", "税收管理领域", "行政执法", "欠税公告")
    extra = [replace(backdated(column), id=900_000 + n, online=county.day) for n in range(46)]
    with pytest.raises(ValueError, match="one page"):
        County(archive=county.archive.add(extra)).answer("/")
