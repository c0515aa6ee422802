"""Cases of postings: the ledger's dates, articles, and the texts that are alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, func, or_, select

from db.counting.counts import standing_on
from db.facts.absences import Absences, open_absences
from db.facts.missing_pages import opened
from db.readings import site_id_of
from db.recording.checks import dead_nights
from db.tables.articles import ArticleRow
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow, UnitRow
from rules.cases import ArticleCase, PostingCase
from rules.cases.frame_links import framed
from rules.dates.periods import Period
from rules.dates.workdays import Calendar
from rules.scanners.guide_elements import Guide, GuideKind
from rules.scanners.outbound_links import Link
from rules.scanners.privacy import Hit, HitKind
from rules.scanners.similarity import groups
from rules.scanners.wording import WordingHit
from rules.vocabulary.places import Column, Duty, Reference, Site
from rules.vocabulary.terms import Outcome
from rules.vocabulary.titles import same_title, title_key

PORTAL = "portal"
ELSEWHERE = "elsewhere"
NOBODY = Duty((), "")
NO_LINKS: Mapping[str, int] = {}
# (column's key, unit's key or "") → the column with the duty whose a posting is.
Owners = Mapping[tuple[str, str], tuple[Column, Duty]]
# A row with its column and the duty whose it is.
OwnedRow = tuple[Any, Column, Duty]
# Day → titles of its postings, and the first night on which each was seen.
FirstSeen = Mapping[date | None, Sequence[tuple[str, date]]]


@dataclass(frozen=True, slots=True)
class PeriodPostings:
    """A period's postings with whose they are, on which nights their lists were without them, when a title and day first
    stood anywhere on the site, links that did not open and for how many nights."""

    rows: Sequence[Any]
    owners: Owners
    absences: Absences
    first: FirstSeen
    as_of: date
    dead: Mapping[str, int] = field(default_factory=dict)

    def within(self, period: Period) -> "PeriodPostings":
        """The same ledger with the postings of a shorter period alone."""
        return replace(self, rows=[row for row in self.rows if row.published in period])

    def opened(self) -> list[ArticleCase]:
        """The pages of its postings that were seen, if not with all their files, whosever they are."""
        seen = [row for row in self.rows if row.outcome is not None and Outcome(row.outcome).seen]
        return [_article_case(row, (), NOBODY, self.as_of, self.dead) for row in seen]


def open_ledger(connection: Connection, site: Site, period: Period, as_of: date) -> PeriodPostings:
    """The ledger of the postings dated in a period, as known by a day."""
    dated = (PostingRow.published >= period.start) & (PostingRow.published < period.end)
    rows = _rows(connection, site, as_of, dated)
    return PeriodPostings(
        rows,
        _owners(site),
        open_absences(connection, site.key, as_of, rows),
        _first_days(connection, site.key, period),
        as_of,
        dead_nights(connection, site.key),
    )


def posting_cases(ledger: PeriodPostings, calendar: Calendar) -> Iterator[PostingCase]:
    """One case a posting of a unit's own (or joint) column."""
    return (_posting_case(ledger, calendar, *owned) for owned in owned_rows(ledger))


def compared_postings(ledger: PeriodPostings, calendar: Calendar) -> list[PostingCase]:
    """The same with `text` set: texts that are alike are in one group."""
    owned = list(owned_rows(ledger))
    alike = groups([row.signature for row, _, _ in owned])
    return [
        replace(_posting_case(ledger, calendar, *one), text=group if one[0].signature is not None else None)
        for one, group in zip(owned, alike, strict=True)
    ]


def article_cases(ledger: PeriodPostings) -> Iterator[ArticleCase]:
    """One case a posting whose own page was asked for, with the links that are its own and not the frame's."""
    frame, looks = framed(ledger.opened()), opened(ledger.rows)
    for row, column, duty in owned_rows(ledger):
        if row.outcome is not None:
            case = _article_case(row, column.path, duty, ledger.as_of, ledger.dead)
            links = tuple(link for link in case.links if link.url not in frame)
            yield replace(case, links=links, gone=looks.gone(row))


def stock_cases(connection: Connection, site: Site, recent: Period, as_of: date) -> Iterator[ArticleCase]:
    """One case a page of a posting that is older than the recent period, or bears no day, where personal numbers or wrong
    wordings stood when it was last opened, or a guide that lacks something and is still its column's newest posting. Of its
    links and annexes nothing is said: those of old pages are nobody's task."""
    older = or_(PostingRow.published.is_(None), PostingRow.published < recent.start)
    # Both databases keep the text of a JSON value as it was written.
    facts = cast(ArticleRow.facts, String)
    found = or_(*(facts.contains(sign) for sign in ('"hits": [{', '"wording": [{', '"missing": ["')))
    rows = _rows(connection, site, as_of, older & found)
    if not rows:
        return
    newest = _newest_days(connection, site.key, as_of)
    for row, column, duty in _owned(rows, _owners(site)):
        case = replace(_article_case(row, column.path, duty, as_of), links=(), promised=())
        yield case if newest.get(row.column) == row.published else replace(case, guide=None)


def _newest_days(connection: Connection, site_key: str, as_of: date) -> dict[str, date | None]:
    """Column key → the newest day in it."""
    rows = connection.execute(
        select(ColumnRow.key, func.max(PostingRow.published).label("newest"))
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key), standing_on(as_of))
        .group_by(ColumnRow.key)
    )
    return {row.key: row.newest for row in rows}


def _posting_case(
    ledger: PeriodPostings, calendar: Calendar, row: Any, column: Column, duty: Duty
) -> PostingCase:
    absent_on = ledger.absences.absent_on(row)
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
        absent_on=absent_on,
        known_before=absent_on is not None and _known_before(ledger.first, row),
        shown=row.shown,
        meta=row.meta,
        signed=row.signed,
        authored=is_own(row, duty),
        repost=(row.facts or {}).get("owner") == ELSEWHERE,
        shared=column.shared,
        calendar=calendar,
        about=_about(row),
    )


def _article_case(
    row: Any, path: tuple[str, ...], duty: Duty, as_of: date, dead: Mapping[str, int] = NO_LINKS
) -> ArticleCase:
    """With every link that its page carries."""
    facts = row.facts or {}
    return ArticleCase(
        subject=f"{row.column} {row.identity}",
        units=duty.units,
        unit_names=duty.label,
        path=path,
        title=row.title,
        as_of=as_of,
        outcome=Outcome(row.outcome),
        url=row.url or "",
        length=row.length,
        pictures=row.pictures,
        embedded=row.embedded,
        attachments=row.attachments,
        promised=tuple(facts.get("promised", ())),
        hits=tuple(Hit(HitKind(h["kind"]), h["masked"], h["place"]) for h in facts.get("hits", ())),
        unscanned=tuple(facts.get("unscanned", ())),
        guide=_guide(facts.get("guide")),
        wording=tuple(WordingHit(**hit) for hit in facts.get("wording", ())),
        links=tuple(Link(**link, dead_nights=dead.get(link["url"], 0)) for link in facts.get("links", ())),
        looked_on=row.looked_on,
        signature=row.signature,
        about=_about(row),
    )


def _guide(said: Mapping[str, Any] | None) -> Guide | None:
    return Guide(GuideKind(said["kind"]), tuple(said["missing"])) if said else None


def owned_rows(ledger: PeriodPostings) -> Iterator[OwnedRow]:
    """Its postings with column and duty; what belongs to nobody we know is left out."""
    return _owned(ledger.rows, ledger.owners)


def _owned(rows: Iterable[Any], owners: Owners) -> Iterator[OwnedRow]:
    """Each row with its column and duty; what belongs to nobody we know is left out."""
    for row in rows:
        found = owners.get((row.column, row.unit or "")) or owners.get((row.column, ""))
        if found and found[1].units:
            yield row, *found


def _about(row: Any) -> Reference:
    return Reference(column=row.column, identity=row.identity)


def is_own(row: Any, duty: Duty) -> bool:
    """Whether a posting is known to be a document of its unit's own, by its 来源, or by 来源 and 文号."""
    owner = (row.facts or {}).get("owner")
    return owner in duty.units or (owner == PORTAL and bool(row.document_number))


def _known_before(first: FirstSeen, row: Any) -> bool:
    """Whether its title, in full or cut off, stood on the site with its day before: a posting that only moved is not
    new."""
    title = title_key(row.title)
    earlier = (other for other, seen in first.get(row.published, ()) if seen < row.first_seen)
    return any(same_title(title, title_key(other)) for other in earlier)


def _rows(connection: Connection, site: Site, as_of: date, wanted: ColumnElement[bool]) -> Sequence[Any]:
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
        .where(wanted)
        .order_by(ColumnRow.id, PostingRow.published, PostingRow.id)
    )  # fmt: skip
    return [row for row in rows if row.column in declared]


def _owners(site: Site) -> Owners:
    """(column key, unit key) → column and duty of a shared column; (column key, "") of any other."""
    owners = {}
    for column in site.columns:
        for duty in column.duties:
            owners[column.key, duty.key if column.shared else ""] = (column, duty)
    return owners


def _first_days(connection: Connection, site_key: str, period: Period) -> FirstSeen:
    """The postings of each day, wherever on the site, with the first night of each."""
    rows = connection.execute(
        select(PostingRow.published, PostingRow.title, PostingRow.first_seen)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key))
        .where(PostingRow.published >= period.start, PostingRow.published < period.end)
    )
    first: dict[date | None, list[tuple[str, date]]] = defaultdict(list)
    for row in rows:
        first[row.published].append((row.title, row.first_seen))
    return first
