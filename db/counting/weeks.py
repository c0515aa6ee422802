"""Postings by week: how a site's publishing goes on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from db.counting.counts import standing_on
from db.readings import site_id_of
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """The postings that bear a day of the week that begins on `monday`, of all columns as far as they were read."""

    monday: date
    postings: int


def postings_by_week(connection: Connection, site_key: str, as_of: date, weeks: int) -> list[Week]:
    """The last weeks by a day, the oldest first; the last may not be over."""
    this = as_of - timedelta(days=as_of.weekday())
    mondays = [this - A_WEEK * back for back in reversed(range(weeks))]
    rows = connection.execute(
        select(PostingRow.published, func.count())
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), standing_on(as_of))
        .where(PostingRow.published >= mondays[0], PostingRow.published <= as_of)
        .group_by(PostingRow.published)
    )
    found: Counter[date] = Counter()
    for day, number in rows:
        if day:
            found[day - timedelta(days=day.weekday())] += number
    return [Week(monday, found[monday]) for monday in mondays]
