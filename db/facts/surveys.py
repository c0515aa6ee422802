"""Cases of 征集调查 and 在线访谈: a year of them, and whether those of recent quarters were answered."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.counting.counts import standing_on
from db.facts.postings import PeriodPostings, owned_rows
from db.readings import site_id_of
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow
from rules.cases import ActivityCase, ColumnCase, SurveyCase
from rules.dates.periods import months_after
from rules.vocabulary.places import Reference, Site
from rules.vocabulary.surveys import ActivityKind, activity_of, asked_about, is_result
from rules.vocabulary.titles import title_key
from rules.vocabulary.white_space import squeeze


def activity_cases(
    connection: Connection, site: Site, as_of: date, columns: Sequence[ColumnCase]
) -> Iterator[ActivityCase]:
    """One case each kind for which the site has columns."""
    portal = site.units[0]
    for kind in ActivityKind:
        held = {column.about.column: column for column in columns if activity_of(column.path) is kind}
        if not held:
            continue
        until = min(column.looked_on for column in held.values())
        since = months_after(until, -12)
        rows = _rows(connection, site, as_of, held)
        of_year = {
            (title_key(row.title), row.published)
            for row in rows
            if row.published and since < row.published <= until
        }
        yield ActivityCase(
            subject=f"{site.key} {kind.value}",
            units=(portal.key,),
            unit_names=portal.name,
            as_of=until,
            since=since,
            activity=kind,
            columns=tuple(column.title for column in held.values()),
            postings=len(of_year),
            results=sum(is_result(title) for title, _ in of_year),
            read=all(column.read_back_to(since) and not column.elsewhere_below for column in held.values())
            and all(row.published for row in rows),
        )


def survey_cases(ledger: PeriodPostings, columns: Sequence[ColumnCase], as_of: date) -> Iterator[SurveyCase]:
    """One case a draft that postings of the ledger ask about."""
    rows = list(owned_rows(ledger))
    results = [squeeze(row.title) for row, _, _ in rows if is_result(row.title)]
    read = all(
        column.well_read and column.read_on is None
        for column in columns
        if activity_of(column.path) is ActivityKind.SURVEY
    )
    met: set[str] = set()
    for row, column, duty in rows:
        draft = asked_about(row.title)
        if draft is None or draft in met:
            continue
        met.add(draft)
        yield SurveyCase(
            subject=f"{column.key} {row.identity}",
            units=duty.units,
            unit_names=duty.label,
            path=column.path,
            title=row.title,
            as_of=as_of,
            draft=draft,
            read=read,
            url=row.url or "",
            published=row.published,
            result=next((title for title in results if draft in title), ""),
            about=Reference(column=row.column, identity=row.identity),
        )


def _rows(connection: Connection, site: Site, as_of: date, keys: Collection[str]) -> Sequence[Any]:
    return connection.execute(
        select(PostingRow.title, PostingRow.published)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site.key), standing_on(as_of), ColumnRow.key.in_(keys))
    ).all()
