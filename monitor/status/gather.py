"""How the watching of a site stands, gathered from the database, which stays as it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from db.connect import Connection
from db.counting.counts import LatestReadings, readings_on
from db.facts.sites import night_case
from db.findings.lives import open_by_severity
from db.readings import LastReadings, last_readings, night_days
from db.recording.stock_pages import StockProgress, stock_progress
from db.tables.site import MailboxRow
from monitor.clock import SHANGHAI
from monitor.judge.judging import Judgement
from monitor.status.unread import UnreadGroup, unread_groups
from monitor.status.unread import as_json as group_json
from rules.dates.periods import Period, quarter_of
from rules.engine.nights import assess_night
from rules.vetoes import VetoLine, veto_summary
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome

HOUR = 2  # of the night, in Asia/Shanghai (`monitor.night.schedule`)
# Nights that are looked through for a good one: two months.
MOST_NIGHTS = 62


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """`last`: when the site was last crawled and read; `good`: its last good night (None: none among the last two
    months), `trouble` what was wrong with the last one since ("" if that is the good one). `due`: when the next is to begin, `missed` the
    night that was due last and did not run (None: it ran). `findings`: severity → open findings that nothing sets aside. `stock`:
    how many of the postings' own pages were looked through for personal numbers."""

    site: Site
    moment: datetime
    last: LastReadings
    good: date | None
    trouble: str
    due: datetime
    missed: date | None
    unread: tuple[UnreadGroup, ...]
    vetoes: tuple[VetoLine, ...]
    findings: Mapping[str, int]
    stock: StockProgress

    @property
    def nights_left(self) -> int | None:
        """Nights until every page in stock was asked for; None where the site file lets none be opened."""
        nightly = self.site.crawling.stock_pages
        return -(-self.stock.left // nightly) if nightly else None


def status_of(
    connection: Connection, site: Site, moment: datetime, judge: Callable[[Period], Judgement]
) -> SiteStatus | None:
    """The status at a moment (in Asia/Shanghai); None of a site that was never crawled. `judge` gives the judgement of a
    period on the moment's day; what it raises is raised."""
    today = moment.date()
    last = last_readings(connection, site.key, today)
    if last.crawled_on is None:
        return None
    nights = night_days(connection, site.key, today, MOST_NIGHTS)
    good, trouble = _last_good(connection, site, nights)
    begun = today if moment.hour >= HOUR else today - timedelta(days=1)
    judged = judge(quarter_of(today))
    return SiteStatus(
        site=site,
        moment=moment,
        last=last,
        good=good,
        trouble=trouble,
        due=datetime(begun.year, begun.month, begun.day, HOUR, tzinfo=SHANGHAI) + timedelta(days=1),
        missed=None if begun in nights else begun,
        unread=tuple(_unread(connection, site, today)),
        vetoes=tuple(veto_summary(judged.portal, site.thresholds)) if judged.portal else (),
        findings=open_by_severity(connection, site.key),
        stock=stock_progress(connection, site.key),
    )


def _last_good(connection: Connection, site: Site, nights: list[date]) -> tuple[date | None, str]:
    trouble = ""
    for night in nights:
        case = night_case(connection, site, night)
        verdict = assess_night(case, site.expect) if case else None
        if verdict is None or verdict.counts:
            return night, trouble
        trouble = trouble or verdict.sentence
    return None, trouble


def _unread(connection: Connection, site: Site, today: date) -> list[UnreadGroup]:
    columns = readings_on(connection, site.key, today)
    mailboxes = readings_on(connection, site.key, today, owner=MailboxRow)
    return unread_groups(site, _outcomes(columns), _outcomes(mailboxes))


def _outcomes(readings: Mapping[str, LatestReadings]) -> dict[str, tuple[Outcome, str]]:
    return {key: (Outcome(known.latest.standing), known.latest.cause) for key, known in readings.items()}


def as_json(status: SiteStatus) -> dict[str, Any]:
    """For programs."""
    return {
        "site": status.site.key, "name": status.site.name, "as_of": status.moment.date(),
        "last_crawl": status.last.crawled_on, "last_reading": status.last.read_on, "last_good_night": status.good,
        "trouble": status.trouble, "next_night": status.due.isoformat(), "missed_night": status.missed,
        "unread": [group_json(group) for group in status.unread],
        "vetoes": [
            {"rule": veto.id, "name": veto.name, "number": veto.number, "line": veto.line, "unit": veto.unit,
             "hit": veto.hit, "distance": veto.distance, "summary": veto.summary}
            for veto in status.vetoes
        ],
        "findings": dict(status.findings),
        "pages": {"all": status.stock.pages, "scanned": status.stock.scanned, "failed": status.stock.failed,
                  "nights_left": status.nights_left},
    }  # fmt: skip
