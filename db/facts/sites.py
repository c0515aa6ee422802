"""Cases of a site as a whole: availability, home page, channels, page tags, frame, new-media accounts; and what a night was
worth."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Select, select

from db.readings import OF_WHOLE_SITE, latest_readings, site_id_of
from db.recording.checks import probes_of
from db.recording.home_links import missing_home_links
from db.tables.articles import ArticleRow, HomePageRow
from db.tables.checks import AccountRow, AccountUpdateRow
from db.tables.crawl import CrawlRow, LetterRow, PostingRow, ReadingRow, VisitRow
from db.tables.site import ColumnRow, MailboxRow, UnitRow
from rules.cases import (
    AccountCase,
    ArticleCase,
    Channel,
    ColumnCase,
    Comments,
    FrameCase,
    LetterCase,
    PageCase,
    Probe,
    SiteCase,
)
from rules.cases.frame_links import frame_links
from rules.engine.nights import NightCase, NightCoverage
from rules.scanners.footer import FooterPart
from rules.scanners.page_tags import PageLevel, lacking
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome

# More whole days before the day of judging than any office asks for (`rules.book.site_unreachable`: 7).
PROBED_DAYS = 31
HOME_DAYS = 62


def site_case(
    connection: Connection,
    site: Site,
    as_of: date,
    columns: Sequence[ColumnCase],
    letters: Sequence[LetterCase],
) -> SiteCase:
    """The site on a day, over the cases of its columns and letters; which columns are excused is not known here."""
    homes = _homes(connection, site.key, as_of)
    home, before = (*homes, None, None)[:2]
    portal = site.units[0]
    return SiteCase(
        subject=site.key,
        units=(portal.key,),
        unit_names=portal.name,
        as_of=as_of,
        probes=tuple(_probes(connection, site.key, as_of)),
        home_outcome=Outcome(home.outcome) if home else None,
        home_newest=home.newest if home else None,
        home_read_on=home.as_of if home and home.as_of < as_of else None,
        home_scripted=bool(home and home.cause),
        home_renewed=_renewed(connection, site.key, as_of),
        footer=frozenset(map(FooterPart, home.footer)) if home and home.footer is not None else None,
        missing_links=missing_home_links(connection, site.key, home.as_of) if home else (),
        columns=tuple(columns),
        channels=tuple(_channels(connection, site, as_of)) or None,
        letters=tuple(letters) if site.mailboxes else None,
        unread_before=_unread_before(connection, site, as_of),
        identity=home.identity if home else "",
        identity_before=before.identity if before else "",
    )


def page_cases(
    connection: Connection, site: Site, as_of: date, articles: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[PageCase]:
    """The META tags of the home page, of columns' first pages, and of `articles` (address, tags): of pages whose tags
    were seen. A page of which none were seen lacks nothing."""
    homes = [home for home in _homes(connection, site.key, as_of)[:1] if home.outcome == Outcome.READ.value]
    levels = {
        PageLevel.HOME: [(site.home, home.meta_names) for home in homes if home.meta_names is not None],
        PageLevel.COLUMN: _column_tags(connection, site, as_of),
        PageLevel.ARTICLE: articles,
    }
    portal = site.units[0]
    for level, pages in levels.items():
        if pages:
            lost = lacking(level, ((url, dict.fromkeys(tags, "有")) for url, tags in pages))
            subject = f"{site.key} {level.value}"
            yield PageCase(subject, (portal.key,), portal.name, as_of, level, len(pages), lost)


def night_case(connection: Connection, site: Site, as_of: date) -> NightCase | None:
    """What the night of a day was like: its readings, its home page, the neutral hosts. None without a crawl of the
    whole site: an audit is no night."""
    latest = connection.execute(_crawls(site, as_of).order_by(CrawlRow.id.desc()).limit(1)).first()
    if latest is None:
        return None
    tonight = latest_readings(connection, site.key, ColumnRow, ReadingRow.as_of == as_of, OF_WHOLE_SITE)
    homes = [home for home in _homes(connection, site.key, as_of) if home.as_of == as_of]
    neutral = tuple(probe.opened for day, probe in probes_of(connection, site.key, as_of, 1) if probe.neutral)
    return NightCase(
        as_of=as_of,
        columns=len(tonight),
        read=sum(Outcome(row.standing).seen for row in tonight.values()),
        home_outcome=Outcome(homes[0].outcome) if homes else None,
        neutral=neutral,
        clock_off=timedelta(seconds=latest.clock_off) if latest.clock_off else None,
    )


def night_coverage(connection: Connection, site: Site, as_of: date) -> NightCoverage:
    """What the day's crawls of the whole site read."""
    here = (ReadingRow.as_of == as_of, OF_WHOLE_SITE)
    columns = latest_readings(connection, site.key, ColumnRow, *here)
    mailboxes = latest_readings(connection, site.key, MailboxRow, *here)
    finished = _crawls(site, as_of).where(CrawlRow.finished_at.is_not(None))
    whole = connection.scalar(finished.limit(1)) is not None
    return NightCoverage(
        frozenset(key for key, row in columns.items() if Outcome(row.standing).good),
        frozenset(key for key, row in mailboxes.items() if Outcome(row.standing).seen),
        frozenset(_pages(connection, site.key, as_of)),
        whole,
        thinned=frozenset(_thinned(connection, site.key)),
    )


def _thinned(connection: Connection, site_key: str) -> Iterator[str]:
    rows = connection.execute(
        select(MailboxRow.key, LetterRow.identity)
        .join(MailboxRow, MailboxRow.id == LetterRow.mailbox_id)
        .where(MailboxRow.site_id == site_id_of(site_key))
        .where(LetterRow.thinned_on.is_not(None), LetterRow.answer.is_not(None))
    )
    return (f"{row.key} {row.identity}" for row in rows)


def _crawls(site: Site, as_of: date) -> Select[int, int | None]:
    """A day's crawls of the whole site."""
    of_day = (CrawlRow.site_id == site_id_of(site.key), CrawlRow.as_of == as_of)
    return select(CrawlRow.id, CrawlRow.clock_off).where(*of_day, OF_WHOLE_SITE)


def _pages(connection: Connection, site_key: str, as_of: date) -> Iterator[str]:
    rows = connection.execute(
        select(ColumnRow.key, PostingRow.identity)
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .join(ArticleRow, ArticleRow.posting_id == PostingRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key), ArticleRow.looked_on == as_of)
        .where(ArticleRow.outcome == Outcome.READ.value)
    )
    return (f"{row.key} {row.identity}" for row in rows)


def _homes(connection: Connection, site_key: str, as_of: date) -> list[Any]:
    """The home page's latest two looks by crawls of the whole site, newest first."""
    rows = connection.execute(
        select(HomePageRow.__table__)
        .join(CrawlRow, CrawlRow.id == HomePageRow.crawl_id)
        .where(HomePageRow.site_id == site_id_of(site_key), HomePageRow.as_of <= as_of, OF_WHOLE_SITE)
        .order_by(HomePageRow.as_of.desc(), HomePageRow.id.desc())
        .limit(2)
    )
    return list(rows)


def _renewed(connection: Connection, site_key: str, as_of: date) -> date | None:
    """The last night on which one of the titles without a day that the home page shows now was new there."""
    looks = connection.execute(
        select(HomePageRow.as_of, HomePageRow.undated)
        .join(CrawlRow, CrawlRow.id == HomePageRow.crawl_id)
        .where(HomePageRow.site_id == site_id_of(site_key), HomePageRow.as_of <= as_of, OF_WHOLE_SITE)
        .where(HomePageRow.as_of > as_of - timedelta(days=HOME_DAYS), HomePageRow.undated.is_not(None))
        .order_by(HomePageRow.as_of.desc(), HomePageRow.id.desc())
    ).all()
    if not looks or not looks[0].undated:
        return None
    shown = set(looks[0].undated)
    still = takewhile(lambda look: shown <= set(look.undated or ()), looks)
    first: date = list(still)[-1].as_of
    return first


def _probes(connection: Connection, site_key: str, as_of: date) -> Iterator[Probe]:
    """The latest probes of the home page; those made while our own network was down say nothing."""
    looks = probes_of(connection, site_key, as_of, 1 + PROBED_DAYS)
    down = {probe.moment for _, probe in looks if probe.neutral and not probe.opened}
    up = {probe.moment for _, probe in looks if probe.neutral and probe.opened}
    for day, probe in looks:
        if not probe.neutral and (probe.moment in up or probe.moment not in down):
            yield Probe(day, probe.seconds if probe.opened else None)


def _channels(connection: Connection, site: Site, as_of: date) -> Iterator[Channel]:
    readings = latest_readings(connection, site.key, MailboxRow, ReadingRow.as_of <= as_of)
    for box in site.mailboxes:
        if box.corrects:
            continue
        row = readings.get(box.key)
        yield Channel(box.name, Outcome(row.standing) if row is not None else None, box.url)


def _unread_before(connection: Connection, site: Site, as_of: date) -> float | None:
    """The share of columns not read on the night before this one; None if there was none."""
    known = latest_readings(connection, site.key, ColumnRow, ReadingRow.as_of < as_of, OF_WHOLE_SITE)
    before = [known[column.key] for column in site.columns if column.key in known]
    if not before:
        return None
    return sum(not Outcome(row.standing).seen for row in before) / len(before)


def _column_tags(connection: Connection, site: Site, as_of: date) -> list[tuple[str, Sequence[str]]]:
    """Address and tags of each column's first page, as last read."""
    rows = connection.execute(
        select(ColumnRow.key, VisitRow.url, VisitRow.meta_names)
        .join(ColumnRow, ColumnRow.id == VisitRow.column_id)
        .join(CrawlRow, CrawlRow.id == VisitRow.crawl_id)
        .where(ColumnRow.site_id == site_id_of(site.key), CrawlRow.as_of <= as_of)
        .where(VisitRow.page_number == 1, VisitRow.meta_names.is_not(None))
        .order_by(VisitRow.id)
    )
    declared = {column.key for column in site.columns}
    return list({row.key: (row.url, row.meta_names or []) for row in rows if row.key in declared}.values())


def frame_case(site: Site, as_of: date, pages: Sequence[ArticleCase]) -> FrameCase:
    """What stands in the frame is the portal's."""
    portal = site.units[0]
    return FrameCase(site.key, (portal.key,), portal.name, as_of, len(pages), frame_links(pages))


def account_cases(connection: Connection, site: Site, as_of: date) -> Iterator[AccountCase]:
    """One case an account, with its posts up to a day."""
    names = {unit.key: unit.name for unit in site.units}
    rows = connection.execute(
        select(AccountRow.__table__, UnitRow.key.label("unit"), UnitRow.name.label("unit_name"))
        .join(UnitRow, UnitRow.id == AccountRow.unit_id)
        .where(AccountRow.site_id == site_id_of(site.key))
        .order_by(AccountRow.id)
    ).all()
    for row in rows:
        updates = connection.execute(
            select(
                AccountUpdateRow.day,
                AccountUpdateRow.posts,
                AccountUpdateRow.comments,
                AccountUpdateRow.answered,
            )
            .where(AccountUpdateRow.account_id == row.id, AccountUpdateRow.day <= as_of)
            .order_by(AccountUpdateRow.day)
        ).all()
        yield AccountCase(
            subject=f"{row.platform} {row.name}",
            units=(row.unit,),
            unit_names=names.get(row.unit, row.unit_name),
            platform=row.platform,
            name=row.name,
            as_of=as_of,
            updates=tuple(each.day for each in updates for _ in range(each.posts)),
            comments=tuple(
                Comments(each.day, each.comments, each.answered or 0)
                for each in updates
                if each.comments is not None
            ),
            interactive=row.interactive,
            since=row.since,
            until=min(row.until, as_of),
        )
