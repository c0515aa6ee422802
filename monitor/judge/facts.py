"""The facts that a period is judged by, read from the database at once; nothing is judged and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.page.addresses import host_of
from crawler.sites.hosts import hosts_of
from db.connect import Connection
from db.counting.counts import Count, counts_as_of
from db.facts.annual_reports import annual_report_cases
from db.facts.columns import column_cases
from db.facts.letters import letter_cases
from db.facts.postings import PeriodPostings, open_ledger, posting_cases, stock_cases
from db.facts.sites import account_cases, night_case, page_cases, site_case
from db.facts.surveys import activity_cases
from monitor.judge.context import Context
from rules.cases import (
    AccountCase,
    ActivityCase,
    AnnualReportCase,
    ArticleCase,
    ColumnCase,
    LetterCase,
    PageCase,
    PostingCase,
    SiteCase,
)
from rules.dates.periods import Period, quarter_before, quarter_of
from rules.engine.nights import NightCase


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen of a site by a day. `ledger` and `postings` cover the period and the recent quarters, `stock` the
    older pages that leak; `pages` are the page tags by level; `portal` is the site as a whole, nothing excused; `night`
    the day's own crawl of the whole site (None: there was none)."""

    period: Period
    counts: Sequence[Count]
    columns: Sequence[ColumnCase]
    letters: Sequence[LetterCase]
    ledger: PeriodPostings
    postings: Sequence[PostingCase]
    pages: Sequence[PageCase]
    accounts: Sequence[AccountCase]
    annual_reports: Sequence[AnnualReportCase]
    activities: Sequence[ActivityCase]
    portal: SiteCase
    night: NightCase | None
    stock: Sequence[ArticleCase] = ()


def read_facts(connection: Connection, context: Context, period: Period, audit: int | None = None) -> Facts:
    """The facts of one period. `audit`: the crawl of one unit whose failures are to be shown too (see
    `db.readings.latest_readings`)."""
    site, as_of = context.site, context.as_of
    counts = counts_as_of(connection, site, period, as_of, audit)
    columns = column_cases(connection, site, as_of, period, counts, audit)
    letters = letter_cases(connection, site, as_of, context.calendar)
    ledger = open_ledger(connection, site, _hull(period, as_of), as_of)
    read = [row for row in ledger.within(recent(as_of)).rows if row.facts]
    own = hosts_of(site)
    tags = [
        (row.url, names)
        for row in read
        # A page of another site lacks nothing of ours.
        if (names := row.facts.get("tags")) is not None and host_of(row.url or "") in own
    ]
    return Facts(
        period=period,
        counts=counts,
        columns=columns,
        letters=letters,
        ledger=ledger,
        postings=tuple(posting_cases(ledger, context.calendar)),
        pages=tuple(page_cases(connection, site, as_of, tags)),
        accounts=tuple(account_cases(connection, site, as_of)),
        activities=tuple(activity_cases(connection, site, as_of, columns)),
        annual_reports=tuple(annual_report_cases(connection, site, as_of, columns)),
        portal=site_case(connection, site, as_of, columns, letters),
        night=night_case(connection, site, as_of),
        stock=tuple(stock_cases(connection, site, recent(as_of), as_of)),
    )


def recent(as_of: date) -> Period:
    """The running quarter and the one before: the postings and letters judged each night by their own dates,
    whatever period is asked for. (A posting that bears a day in the future is judged too, however far.)"""
    running = quarter_of(as_of)
    return Period(quarter_before(running).start, running.end, "")


def _hull(period: Period, as_of: date) -> Period:
    return Period(min(recent(as_of).start, period.start), date.max, "")
