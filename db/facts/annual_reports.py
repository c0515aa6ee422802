"""Cases of the annual reports on openness (政府信息公开年报): of each unit that has a column for them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from db.counting.counts import standing_on
from db.readings import site_id_of
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow
from rules.cases import AnnualReportCase, ColumnCase
from rules.cases.annual_reports import (
    DEPARTMENTS,
    GOVERNMENT,
    NAMES,
    holds_annual_reports,
    is_report_of,
    last_due,
    may_be_report_of,
    redated,
)
from rules.vocabulary.places import Site
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.unit_names import UnitMatcher

# What may stand before a unit's name in a report's title: 2022年度某县财政局….
_BEFORE_NAME = re.compile(r"^[\s【\[（(]*(?:关于)?(?:20\d\d|二[〇零○]..)年?度?[】\]）)]?")


def annual_report_cases(
    connection: Connection, site: Site, as_of: date, columns: Sequence[ColumnCase]
) -> Iterator[AnnualReportCase]:
    """One case for each unit (or joint units) with columns of its own for such reports, where none of them is on another site."""
    owned: dict[tuple[str, ...], list[ColumnCase]] = {}
    for column in columns:
        if holds_annual_reports(column.path) and not column.shared:
            owned.setdefault(column.units, []).append(column)
    if not owned:
        return
    rows = _rows(connection, site, as_of, {c.about.column for own in owned.values() for c in own})
    matcher = UnitMatcher(site.units, site.name)
    government = {unit.key for unit in site.units if unit.kind is UnitKind.PORTAL}
    for units, own in owned.items():
        if not any(column.elsewhere or column.elsewhere_below for column in own) and _postings(own):
            yield _case(units, own, rows, matcher, not government.isdisjoint(units))


def _case(
    units: tuple[str, ...],
    own: Sequence[ColumnCase],
    rows: Sequence[Any],
    matcher: UnitMatcher,
    government: bool,
) -> AnnualReportCase:
    looked_on = min(column.looked_on for column in own)
    due = last_due(GOVERNMENT if government else DEPARTMENTS, looked_on)
    year = due.year - 1
    keys = {column.about.column for column in own}
    named = [(row, _named(row.title, matcher)) for row in rows]
    # A government's column may hold its departments' reports too: theirs are not its own.
    here = [row for row, unit in named if row.key in keys and not (government and unit and unit not in units)]
    there = [
        row
        for row, unit in named
        if row.key not in keys and "公开" in row.title and (unit in units or (government and not unit))
    ]
    sure = [row for row in (*here, *there) if is_report_of(row.title, year)]
    newest = max(own, key=lambda column: column.newest or date.min)
    return AnnualReportCase(
        subject=f"{'+'.join(units)} 年报",
        units=units,
        unit_names=newest.unit_names,
        path=newest.path,
        url=newest.url,
        as_of=looked_on,
        year=year,
        due=due,
        read=all(column.read_back_to(date(year, 12, 1)) for column in own),
        published=min((row.published for row in sure if row.published), default=None),
        first_seen=min((row.first_seen for row in sure), default=None),
        unsure=any(may_be_report_of(row.title, row.published, year) for row in here if row not in sure)
        or any(row.published is None for row in sure),
        redated=redated((row.title, row.published) for row in (*here, *there)),
        about=newest.about,
    )


def _postings(own: Sequence[ColumnCase]) -> int:
    return sum(column.postings for column in own)


def _named(title: str, matcher: UnitMatcher) -> str | None:
    """The unit that a report's title begins with."""
    return matcher.find(_BEFORE_NAME.sub("", title))


def _rows(connection: Connection, site: Site, as_of: date, keys: set[str]) -> Sequence[Any]:
    """The postings of these columns, and those called annual reports in any other."""
    called = or_(*(PostingRow.title.contains(name) for name in NAMES))
    return connection.execute(
        select(ColumnRow.key, PostingRow.title, PostingRow.published, PostingRow.first_seen)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site.key), standing_on(as_of))
        .where(or_(ColumnRow.key.in_(keys), called))
        .order_by(PostingRow.id)
    ).all()
