"""Cases of columns: one a duty, with what its sub-columns hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, and_, case, func, select

from db.counting.counts import Count, LatestReadings, readings_on, standing_on
from db.readings import covered_since, site_id_of
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow
from rules.cases import ColumnCase
from rules.cases.update_windows import longest_gap
from rules.dates.periods import BEGINNING, Period
from rules.vocabulary.places import Reference, Site
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a column holds: postings in all, the newest day (of a posting that bears one in the future, the night that
    first saw it), how many show no day; and how many of the period it holds no longer."""

    postings: int = 0
    newest: date | None = None
    undated: int = 0
    withdrawn: int = 0


def column_cases(
    connection: Connection,
    site: Site,
    as_of: date,
    period: Period,
    counts: Sequence[Count],
    audit: int | None = None,
) -> list[ColumnCase]:
    """One case a duty with units, in the site file's order. `audit` as in `db.readings.latest_readings`."""
    readings = readings_on(connection, site.key, as_of, audit)
    holdings = _holdings(connection, site.key, as_of, period)
    days = _days(connection, site.key, as_of)
    cases = [
        _case(
            count,
            readings.get(count.column.key, LatestReadings()),
            holdings.get(count.column.key, Holdings()),
            days.get(count.column.key, []),
            as_of,
            period,
        )
        for count in counts
        if count.duty.units
    ]
    return _with_below(cases, site.units[0].key)


def _case(
    count: Count, known: LatestReadings, held: Holdings, days: Sequence[date], as_of: date, period: Period
) -> ColumnCase:
    latest = known.latest
    covered = covered_since(latest) if latest is not None else None
    return ColumnCase(
        subject=count.subject,
        units=count.duty.units,
        unit_names=count.duty.label,
        path=count.column.path,
        as_of=as_of,
        outcome=Outcome(latest.standing) if latest is not None else None,
        url=count.column.url or "",
        first_level=not count.column.level2,
        elsewhere=count.column.elsewhere is not None,
        shared=count.column.shared,
        whole=covered == BEGINNING,
        postings=held.postings,
        newest=held.newest,
        undated=held.undated,
        cycle=count.column.cycle,
        due=count.column.due,
        period=period,
        count=count.count,
        exactness=count.exactness,
        kind=count.column.kind,
        gap=longest_gap(days, period, covered),
        covered_since=covered,
        withdrawn=held.withdrawn,
        read_on=latest.as_of if latest is not None and latest.as_of < as_of else None,
        about=Reference(column=count.column.key, duty=count.duty.key),
    )


def _with_below(cases: Sequence[ColumnCase], portal: str) -> list[ColumnCase]:
    """Each case with what its sub-columns hold: a longer path that begins with its own, owed by one of its units, alone or with
    others; below a column of the portal's own, whosever they are."""
    under: dict[tuple[str, ...], list[ColumnCase]] = {}
    for case_ in cases:
        for length in range(1, len(case_.path)):
            under.setdefault(case_.path[:length], []).append(case_)

    def children(case_: ColumnCase) -> list[ColumnCase]:
        all_of_them = portal in case_.units
        return [
            each
            for each in under.get(case_.path, [])
            if all_of_them or not set(each.units).isdisjoint(case_.units)
        ]

    return [_below(case_, children(case_)) for case_ in cases]


def _below(case_: ColumnCase, children: Sequence[ColumnCase]) -> ColumnCase:
    if not children:
        return case_
    own = [child for child in children if not child.elsewhere]
    looked = min(each.looked_on for each in (case_, *own))
    return replace(
        case_,
        read_on=looked if looked < case_.as_of else None,
        newest_below=max((child.newest for child in own if child.newest), default=None),
        postings_below=sum(child.postings for child in own),
        count_below=sum(child.count or 0 for child in own),
        unread_below=not all(child.well_read for child in own),
        elsewhere_below=len(own) < len(children),
    )


def _holdings(connection: Connection, site_key: str, as_of: date, period: Period) -> dict[str, Holdings]:
    stands = standing_on(as_of)
    past = case(
        (PostingRow.published <= as_of, PostingRow.published),
        (PostingRow.published.is_not(None), PostingRow.first_seen),
    )
    within = and_(PostingRow.published >= period.start, PostingRow.published < period.end)
    rows = connection.execute(
        select(
            ColumnRow.key,
            func.count().filter(stands),
            func.max(past).filter(stands),
            func.count().filter(stands, PostingRow.published.is_(None)),
            func.count().filter(PostingRow.withdrawn_on <= as_of, within),
        )
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key))
        .group_by(ColumnRow.key)
    )
    return {row[0]: Holdings(*row[1:]) for row in rows}


def _days(connection: Connection, site_key: str, as_of: date) -> dict[str, list[date]]:
    """Column key → the days on which it posted, each once."""
    rows = connection.execute(
        select(ColumnRow.key, PostingRow.published)
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .where(
            ColumnRow.site_id == site_id_of(site_key), standing_on(as_of), PostingRow.published.is_not(None)
        )
        .distinct()
    )
    days: dict[str, list[date]] = {}
    for key, day in rows:
        if day:
            days.setdefault(key, []).append(day)
    return days
