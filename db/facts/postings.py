"""Cases of postings: the ledger's dates, articles, and the texts that are alike."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.counting.counts import standing_on
from db.readings import SEEN, covered_since, site_id_of
from db.recording.checks import dead_nights
from db.tables.articles import ArticleRow
from db.tables.crawl import PostingRow, ReadingRow
from db.tables.site import ColumnRow, UnitRow
from rules.cases import ArticleCase, PostingCase
from rules.cases.frame_links import framed
from rules.dates.periods import Period
from rules.dates.workdays import Calendar
from rules.scanners.outbound_links import Link
from rules.scanners.privacy import Hit, HitKind
from rules.scanners.similarity import groups
from rules.vocabulary.places import Column, Duty, Reference, Site
from rules.vocabulary.terms import Outcome

PORTAL = "portal"
ELSEWHERE = "elsewhere"
NOBODY = Duty((), "")


@dataclass(frozen=True, slots=True)
class PeriodPostings:
    """A period's postings with whose they are, the nights on which their lists were read, and when a title and
    day first stood anywhere on the site, links that did not open and for how many nights."""

    rows: Sequence[Any]
    owners: Mapping[tuple[str, str], tuple[Column, Duty]]
    nights: Mapping[str, Sequence[tuple[date, date]]]
    first: Mapping[tuple[str, date | None], date]
    as_of: date
    dead: Mapping[str, int] = field(default_factory=dict)

    def within(self, period: Period) -> "PeriodPostings":
        """The same ledger with the postings of a shorter period alone."""
        return replace(self, rows=[row for row in self.rows if row.published in period])

    def opened(self) -> list[ArticleCase]:
        """The pages of its postings that were seen, if not with all their files, whosever they are."""
        seen = [row for row in self.rows if row.outcome is not None and Outcome(row.outcome).seen]
        return [_article_case(self, row, (), NOBODY) for row in seen]


def open_ledger(connection: Connection, site: Site, period: Period, as_of: date) -> PeriodPostings:
    """The ledger of the postings dated in a period, as known by a day."""
    return PeriodPostings(
        _rows(connection, site, period, as_of),
        _owners(site),
        _nights(connection, site.key, as_of),
        _first_days(connection, site.key, period),
        as_of,
        dead_nights(connection, site.key),
    )


def posting_cases(ledger: PeriodPostings, calendar: Calendar) -> Iterator[PostingCase]:
    """One case a posting of a unit's own (or joint) column."""
    return (_posting_case(ledger, calendar, *owned) for owned in _owned(ledger))


def compared_postings(ledger: PeriodPostings, calendar: Calendar) -> list[PostingCase]:
    """The same with `text` set: texts that are alike are in one group."""
    owned = list(_owned(ledger))
    alike = groups([row.signature for row, _, _ in owned])
    return [
        replace(_posting_case(ledger, calendar, *one), text=group if one[0].signature is not None else None)
        for one, group in zip(owned, alike, strict=True)
    ]


def article_cases(ledger: PeriodPostings) -> Iterator[ArticleCase]:
    """One case a posting whose own page was asked for, with the links that are its own and not the frame's."""
    frame = framed(ledger.opened())
    for row, column, duty in _owned(ledger):
        if row.outcome is not None:
            case = _article_case(ledger, row, column.path, duty)
            yield replace(case, links=tuple(link for link in case.links if link.url not in frame))


def _posting_case(
    ledger: PeriodPostings, calendar: Calendar, row: Any, column: Column, duty: Duty
) -> PostingCase:
    return PostingCase(
        subject=f"{column.key} {row.identity}",
        units=duty.units,
        unit_names=duty.label,
        path=column.path,
        title=row.title,
        as_of=ledger.as_of,
        url=row.url or "",
        published=row.published,
        first_seen=row.first_seen,
        absent_on=_absent_on(ledger.nights.get(column.key, ()), row),
        known_before=ledger.first[row.title, row.published] < row.first_seen,
        shown=row.shown,
        meta=row.meta,
        signed=row.signed,
        authored=_is_own(row, duty),
        repost=(row.facts or {}).get("owner") == ELSEWHERE,
        shared=column.shared,
        calendar=calendar,
        about=_about(row),
    )


def _article_case(ledger: PeriodPostings, row: Any, path: tuple[str, ...], duty: Duty) -> ArticleCase:
    """With every link that its page carries."""
    facts = row.facts or {}
    return ArticleCase(
        subject=f"{row.column} {row.identity}",
        units=duty.units,
        unit_names=duty.label,
        path=path,
        title=row.title,
        as_of=ledger.as_of,
        outcome=Outcome(row.outcome),
        url=row.url or "",
        length=row.length,
        pictures=row.pictures,
        embedded=row.embedded,
        attachments=row.attachments,
        promised=tuple(facts.get("promised", ())),
        hits=tuple(Hit(HitKind(h["kind"]), h["masked"], h["place"]) for h in facts.get("hits", ())),
        unscanned=tuple(facts.get("unscanned", ())),
        links=tuple(
            Link(**link, dead_nights=ledger.dead.get(link["url"], 0)) for link in facts.get("links", ())
        ),
        looked_on=row.looked_on,
        signature=row.signature,
        about=_about(row),
    )


def _owned(ledger: PeriodPostings) -> Iterator[tuple[Any, Column, Duty]]:
    """Each row with its column and duty; what belongs to nobody we know is left out."""
    for row in ledger.rows:
        found = ledger.owners.get((row.column, row.unit or "")) or ledger.owners.get((row.column, ""))
        if found and found[1].units:
            yield row, *found


def _about(row: Any) -> Reference:
    return Reference(column=row.column, identity=row.identity)


def _is_own(row: Any, duty: Duty) -> bool:
    owner = (row.facts or {}).get("owner")
    return owner in duty.units or (owner == PORTAL and bool(row.document_number))


def _absent_on(nights: Sequence[tuple[date, date]], row: Any) -> date | None:
    """The last night before it was first seen whose reading went back to its date, and did not show it."""
    before = bisect_left(nights, (row.first_seen, date.min))
    return next((night for night, covered in reversed(nights[:before]) if covered <= row.published), None)


def _rows(connection: Connection, site: Site, period: Period, as_of: date) -> Sequence[Any]:
    article = (
        ArticleRow.outcome, ArticleRow.shown, ArticleRow.meta, ArticleRow.signed, ArticleRow.document_number,
        ArticleRow.length, ArticleRow.pictures, ArticleRow.embedded, ArticleRow.attachments, ArticleRow.signature,
        ArticleRow.facts, ArticleRow.looked_on,
    )  # fmt: skip
    declared = {column.key for column in site.columns}
    rows = connection.execute(
        select(
            ColumnRow.key.label("column"), UnitRow.key.label("unit"), PostingRow.identity, PostingRow.title,
            PostingRow.url, PostingRow.published, PostingRow.first_seen, *article,
        )
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .outerjoin(UnitRow, UnitRow.id == PostingRow.unit_id)
        .outerjoin(ArticleRow, (ArticleRow.posting_id == PostingRow.id) & (ArticleRow.looked_on <= as_of))
        .where(ColumnRow.site_id == site_id_of(site.key), standing_on(as_of))
        .where(PostingRow.published >= period.start, PostingRow.published < period.end)
        .order_by(ColumnRow.id, PostingRow.published, PostingRow.id)
    )  # fmt: skip
    return [row for row in rows if row.column in declared]


def _owners(site: Site) -> dict[tuple[str, str], tuple[Column, Duty]]:
    """(column key, unit key) → column and duty of a shared column; (column key, "") of any other."""
    owners = {}
    for column in site.columns:
        for duty in column.duties:
            owners[column.key, duty.key if column.shared else ""] = (column, duty)
    return owners


def _nights(connection: Connection, site_key: str, as_of: date) -> dict[str, list[tuple[date, date]]]:
    """Column key → (night, day from which its list was then known whole), oldest first."""
    rows = connection.execute(
        select(ColumnRow.key, ReadingRow.as_of, ReadingRow.covered_whole, ReadingRow.covered_since)
        .join(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), ReadingRow.as_of <= as_of)
        .where(ReadingRow.standing.in_(SEEN))
        .order_by(ReadingRow.as_of, ReadingRow.id)
    )
    nights: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        if covered := covered_since(row):
            nights.setdefault(row.key, []).append((row.as_of, covered))
    return nights


def _first_days(connection: Connection, site_key: str, period: Period) -> dict[tuple[str, date | None], date]:
    """(title, day) → when it first stood anywhere on the site: a posting that only moved is not new."""
    rows = connection.execute(
        select(PostingRow.title, PostingRow.published, PostingRow.first_seen)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key))
        .where(PostingRow.published >= period.start, PostingRow.published < period.end)
    )
    first: dict[tuple[str, date | None], date] = {}
    for title, day, seen in rows:
        first[title, day] = min(seen, first.get((title, day), seen))
    return first
