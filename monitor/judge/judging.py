"""Judging a site: cases are put together from the facts, the book is read to them, and what is greater, waived or
not ours to say is laid over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from db.counting.counts import Count, count_period
from db.facts.accounts import account_cases
from db.facts.columns import column_cases
from db.facts.frames import frame_case
from db.facts.letters import letter_cases
from db.facts.postings import PeriodPostings, article_cases, open_ledger, padding_items, posting_cases
from db.facts.sites import night_case, night_coverage, page_cases, site_case
from db.findings.lives import Ruling, keep_findings
from monitor.judge.unit_cases import unit_cases
from rules.book import BOOK
from rules.book.column_empty import empty
from rules.book.column_stale import stale
from rules.cases import (
    ArrivalsCase,
    Case,
    ColumnCase,
    LetterCase,
    PostingCase,
    SiteCase,
)
from rules.cases.arrivals import arrivals_cases
from rules.cases.letter_copies import answer_cases
from rules.cases.letter_figures import unit_cases as letter_unit_cases
from rules.cases.padding import padding_cases
from rules.dates.periods import Period, quarter_before, quarter_of
from rules.dates.workdays import OFFICIAL, Calendar
from rules.engine.finding import Finding
from rules.engine.inhibition import inhibit
from rules.engine.judge import judge
from rules.engine.nights import NightKind, NightVerdict, assess_night
from rules.engine.rule import Rule, refuse_unknown_rules
from rules.engine.waivers import reason_of, waiver_of
from rules.vocabulary.places import Site
from rules.vocabulary.references import Reference
from rules.vocabulary.terms import Scope

RULES = {rule.id: rule for rule in BOOK}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A site as judged on a day: counts of the period, cases, rulings, and what the night was worth (None: no
    crawl was made that day, so that nothing opened or closed). The papers are composed from it."""

    site: Site
    period: Period
    as_of: date
    counts: Sequence[Count]
    cases: Sequence[Case]
    rulings: Sequence[Ruling]
    night: NightVerdict | None = None
    letters: Sequence[LetterCase] = field(default_factory=tuple)
    portal: SiteCase | None = None

    def standing(self, rule: Rule) -> list[Finding]:
        """A rule's findings that nothing sets aside."""
        return [r.finding for r in self.rulings if r.finding.rule == rule.id and r.stands]


def judge_site(
    connection: Connection, site: Site, period: Period, as_of: date, calendar: Calendar = OFFICIAL
) -> Judgement:
    """Counts, judges and keeps the findings. Raises WrongInput on a wrong threshold in the site file."""
    refuse_unknown_rules(site.thresholds, BOOK)
    counts = count_period(connection, site, period, as_of)
    columns = column_cases(connection, site, as_of, period, counts)
    letters = letter_cases(connection, site, as_of, calendar)
    cases: list[Case] = [*columns, *unit_cases(site, counts, period, as_of), *letters]
    cases += _letter_families(letters, period, as_of)
    ledger = open_ledger(connection, site, _hull(period, as_of), as_of)
    postings = list(posting_cases(ledger, calendar))
    cases += _posting_families(connection, site, period, as_of, ledger, postings)
    cases += account_cases(connection, site, as_of)
    portal = site_case(connection, site, as_of, columns, letters, _excused(site, columns, as_of))
    cases.append(portal)
    night = night_case(connection, site, as_of)
    verdict = assess_night(night, site.expect) if night else None
    rulings = _rule(site, cases, _of_other_quarters(postings, period, as_of), verdict, as_of)
    if verdict:
        _keep(connection, site, rulings, cases, verdict, period, as_of)
    return Judgement(site, period, as_of, counts, cases, rulings, verdict, letters, portal)


def recent(as_of: date) -> Period:
    """The running quarter and the one before: the postings and letters judged each night by their own dates,
    whatever period is asked for. (A posting that bears a day in the future is judged too, however far.)"""
    running = quarter_of(as_of)
    return Period(quarter_before(running).start, running.end, "")


def _letter_families(letters: Sequence[LetterCase], period: Period, as_of: date) -> list[Case]:
    window = recent(as_of)
    late = [letter for letter in letters if letter.received and letter.received in window]
    received = [letter for letter in letters if letter.received and letter.received in period]
    return [*letter_unit_cases(received, period), *answer_cases(late)]


def _hull(period: Period, as_of: date) -> Period:
    window = recent(as_of)
    return Period(min(window.start, period.start), date.max, "")


def _of_other_quarters(postings: Sequence[PostingCase], period: Period, as_of: date) -> list[ArrivalsCase]:
    """What came in late together in the recent quarters that are not asked for: it explains single postings."""
    running = quarter_of(as_of)
    others = {running, quarter_before(running)} - {period}
    return [case for quarter in sorted(others) for case in arrivals_cases(postings, quarter)]


def _posting_families(
    connection: Connection,
    site: Site,
    period: Period,
    as_of: date,
    ledger: PeriodPostings,
    postings: Sequence[PostingCase],
) -> list[Case]:
    window = recent(as_of)
    own = ledger.within(window)
    opened = [(row.url or "", row.facts.get("tags", ())) for row in own.rows if row.facts]
    return [
        *(p for p in postings if p.published and (p.published in window or p.published > as_of)),
        *arrivals_cases(postings, period),
        *padding_cases(padding_items(ledger.within(period)), period, as_of),
        *article_cases(own),
        *page_cases(connection, site, as_of, opened),
        frame_case(site, as_of, own.opened()),
    ]


def _excused(site: Site, columns: Sequence[ColumnCase], as_of: date) -> frozenset[str]:
    """Columns of which a waiver sets aside what the vetoes count."""
    found = judge(columns, [empty, stale], site.thresholds)
    return frozenset(f.subject for f in found if waiver_of(f, site.waivers, as_of))


def _rule(
    site: Site, cases: Sequence[Case], others: Sequence[Case], verdict: NightVerdict | None, as_of: date
) -> list[Ruling]:
    kind = verdict.kind if verdict else NightKind.GOOD
    found, beside = (judge(each, BOOK, site.thresholds) for each in (cases, others))
    rulings = []
    for heard in inhibit(found, BOOK, kind, beside):
        waiver = waiver_of(heard.finding, site.waivers, as_of)
        rulings.append(Ruling(heard.finding, reason_of(waiver) if waiver else None, heard.inhibited or None))
    return rulings


def _keep(
    connection: Connection,
    site: Site,
    rulings: Sequence[Ruling],
    cases: Sequence[Case],
    verdict: NightVerdict,
    period: Period,
    as_of: date,
) -> None:
    coverage = night_coverage(connection, site, as_of).over(cases)
    found = {(ruling.finding.rule, ruling.finding.subject) for ruling in rulings}

    def good(rule_id: str, subject: str, about: Reference) -> bool:
        # What a rule found that has left the book since closes on a night that covers the site.
        scope = RULES[rule_id].scope if rule_id in RULES else Scope.SITE
        return verdict.counts and coverage.counts(scope, subject, about, found=(rule_id, subject) in found)

    hysteresis = {rule.id: rule.hysteresis for rule in BOOK}
    keep_findings(connection, site.key, rulings, as_of, ("", period.key), good, hysteresis)
