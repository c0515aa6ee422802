"""The postings behind a count: those it counts, by the conditions it counts by, and those of its period that were withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from db.counting.counts import Count, dated_in, standing_on
from db.readings import site_id_of
from db.tables.crawl import PostingRow, SnapshotRow, VisitRow
from db.tables.site import ColumnRow, UnitRow
from rules.dates.periods import Period


@dataclass(frozen=True, slots=True)
class ListedPosting:
    """One posting of a period as known on a day. `owner` is the unit's key in a shared column (""; nobody was named), and ""
    in any other. `counted`: it stood on the site on that day. `snapshot_id`: the kept page that first showed it (its
    list's, or where that did not come anew, its own), `snapshot` the path in the evidence folder; "" once pruned."""

    column: str
    owner: str
    title: str
    published: date | None
    first_seen: date
    withdrawn_on: date | None
    url: str
    snapshot_id: int | None
    snapshot: str
    counted: bool


@dataclass(frozen=True, slots=True)
class CountedList:
    """One count and its postings: those counted, and those withdrawn, which are not."""

    count: Count
    counted: tuple[ListedPosting, ...]
    withdrawn: tuple[ListedPosting, ...]


def counted_lists(counts: Iterable[Count], postings: Iterable[ListedPosting]) -> tuple[CountedList, ...]:
    """The postings behind each of these counts, in their order."""
    gathered: dict[tuple[str, str], list[ListedPosting]] = {}
    for posting in postings:
        gathered.setdefault((posting.column, posting.owner), []).append(posting)
    found = (
        (count, gathered.get((count.column.key, count.duty.key if count.column.shared else ""), []))
        for count in counts
    )
    return tuple(
        CountedList(
            count,
            tuple(posting for posting in mine if posting.counted),
            tuple(posting for posting in mine if posting.withdrawn_on),
        )
        for count, mine in found
    )


def listed_postings(
    connection: Connection, site_key: str, shared: frozenset[str], period: Period, as_of: date
) -> list[ListedPosting]:
    """A site's postings dated in a period and seen by a day, the newest first. `shared`: keys of the shared columns."""
    kept = func.coalesce(VisitRow.snapshot_id, PostingRow.detail_snapshot_id)
    rows = connection.execute(
        select(
            ColumnRow.key,
            UnitRow.key.label("owner"),
            PostingRow.title,
            PostingRow.published,
            PostingRow.first_seen,
            PostingRow.withdrawn_on,
            PostingRow.url,
            SnapshotRow.id.label("snapshot"),
            SnapshotRow.path,
            SnapshotRow.pruned_on,
            standing_on(as_of).label("counted"),
        )
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .join(VisitRow, VisitRow.id == PostingRow.first_visit_id)
        .outerjoin(UnitRow, UnitRow.id == PostingRow.unit_id)
        .outerjoin(SnapshotRow, SnapshotRow.id == kept)
        .where(ColumnRow.site_id == site_id_of(site_key), *dated_in(period), PostingRow.first_seen <= as_of)
        .order_by(PostingRow.published.desc(), PostingRow.id.desc())
    )
    return [
        ListedPosting(
            row.key,
            (row.owner or "") if row.key in shared else "",
            row.title,
            row.published,
            row.first_seen,
            # Withdrawn since then: on that day nobody knew.
            row.withdrawn_on if row.withdrawn_on and row.withdrawn_on <= as_of else None,
            row.url or "",
            row.snapshot,
            row.path if row.path and not row.pruned_on else "",
            bool(row.counted),
        )
        for row in rows
    ]
