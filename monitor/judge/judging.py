"""Judging a site: cases are put together from the facts, the book is read to them, and what is greater, waived or
not ours to say is laid over. Nothing is written: what a night remembers is `monitor.night.night`'s."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from db.connect import Connection
from db.counting.counts import Count
from db.facts.interpretations import document_cases, paired_cases
from db.facts.postings import article_cases, compared_postings
from db.facts.sites import frame_case
from db.facts.surveys import survey_cases
from monitor.judge.context import Context
from monitor.judge.facts import Facts, read_facts, recent
from rules.book import BOOK, RULES
from rules.book.column_annual_overdue import annual_overdue
from rules.book.column_empty import empty
from rules.book.column_silent import silent
from rules.book.column_stale import stale
from rules.cases import Case, ColumnCase, FrameCase, LetterCase, PostingCase, SiteCase, UnitCase
from rules.cases.letter_figures import answer_cases
from rules.cases.letter_figures import unit_cases as letter_unit_cases
from rules.cases.posting_groups import arrivals_cases, padding_cases
from rules.cases.update_windows import rarer_than
from rules.dates.periods import Period, quarter_before, quarter_of
from rules.engine.finding import Finding
from rules.engine.judge import judge
from rules.engine.nights import NightKind, NightVerdict, assess_night
from rules.engine.rule import Rule, refuse_unknown_rules
from rules.engine.rulings import Ruling, frees_all, inhibit, waive, waivers_of
from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.terms import Exactness


def unit_cases(
    site: Site,
    counts: Sequence[Count],
    columns: Iterable[ColumnCase],
    waived: Set[str],
    period: Period,
    as_of: date,
) -> Iterator[UnitCase]:
    """One case a unit that owes columns of its own inside 基层政务公开, of what the annexes sum up for it; a joint duty is
    nobody's alone, and the office that issues the bulletin is not compared. `waived`: subjects of columns whose silence a
    waiver sets aside; one that published nothing is not owed."""
    excused = {column.subject for column in columns if _owes_nothing(column, period)}
    freed = {column.subject for column in columns if not column.count} & waived - excused
    own: dict[str, list[Count]] = {}
    for count in counts:
        if len(count.duty.units) == 1 and not count.column.outside:
            own.setdefault(count.duty.units[0], []).append(count)
    alone = {
        unit.key: _case(unit, own[unit.key], excused, freed, _everywhere(unit, counts), period, as_of)
        for unit in site.units[1:]
        if not site.is_issuer(unit) and any(not c.column.elsewhere for c in own.get(unit.key, ()))
    }
    for case in alone.values():
        peers = [peer for peer in alone.values() if peer.owed and peer.kind.local == case.kind.local]
        yield replace(case, peers=tuple(p.count for p in peers), peer_columns=tuple(p.owed for p in peers))


def _owes_nothing(case: ColumnCase, period: Period) -> bool:
    """A column that may well have nothing in such a period: of a rarer cycle, an ended campaign, one whose own page is
    blank and whose sub-columns hold what there is."""
    below = case.count_below or case.unread_below or case.elsewhere_below
    return rarer_than(case, period) or case.kind is ColumnKind.CAMPAIGN or bool(below and not case.count)


def _case(
    unit: Unit,
    counts: Sequence[Count],
    excused: Set[str],
    freed: Set[str],
    everywhere: int | None,
    period: Period,
    as_of: date,
) -> UnitCase:
    here = [count for count in counts if not count.column.elsewhere]
    return UnitCase(
        subject=unit.key,
        units=(unit.key,),
        unit_names=unit.name,
        kind=unit.kind,
        as_of=as_of,
        period=period,
        count=_sum(here),
        exact=all(count.exactness is Exactness.EXACT for count in here),
        peers=(),
        owed=sum(count.subject not in excused | freed for count in here),
        waived=sum(count.subject in freed for count in here),
        everywhere=everywhere,
        columns=len(here),
        external=len(counts) - len(here),
    )


def _everywhere(unit: Unit, counts: Sequence[Count]) -> int | None:
    """What it posted anywhere, alone or jointly; None unless all of it was read exactly."""
    mine = [c for c in counts if unit.key in c.duty.units and not c.column.elsewhere]
    return _sum(mine) if mine and all(c.exactness is Exactness.EXACT for c in mine) else None


def _sum(counts: Sequence[Count]) -> int:
    return sum(count.count or 0 for count in counts)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A site as judged on a day: counts of the period, cases, rulings, and what the night was worth (None: the
    whole site was not crawled that day, so that nothing may open or close). The papers are composed from it."""

    context: Context
    period: Period
    counts: Sequence[Count]
    cases: Sequence[Case]
    rulings: Sequence[Ruling]
    night: NightVerdict | None = None
    letters: Sequence[LetterCase] = field(default_factory=tuple)
    portal: SiteCase | None = None

    @property
    def site(self) -> Site:
        return self.context.site

    @property
    def as_of(self) -> date:
        return self.context.as_of

    def reported(self, rule: Rule) -> list[Finding]:
        """A rule's findings that nothing sets aside."""
        return [r.finding for r in self.rulings if r.finding.rule == rule.id and r.reported]


def judge_period(
    connection: Connection, context: Context, period: Period, audit: int | None = None
) -> Judgement:
    """Reads the facts of a period and judges them; the database stays as it is. `audit` as in `read_facts`.
    Raises WrongInput on a wrong threshold in the site file."""
    return judge_facts(context, read_facts(connection, context, period, audit))


def judge_facts(context: Context, facts: Facts) -> Judgement:
    """The judgement of a period's facts. Pure. Raises WrongInput on a wrong threshold in the site file."""
    site = context.site
    refuse_unknown_rules(site.thresholds, BOOK)
    facts = replace(
        facts, portal=replace(facts.portal, excused=_waived(context, facts, empty, stale, annual_overdue))
    )
    cases = [case for build in CASES for case in build(context, facts)]
    verdict = assess_night(facts.night, site.expect) if facts.night else None
    rulings = _rule(context, cases, _arrivals_of_other_quarters(context, facts), verdict)
    return Judgement(
        context, facts.period, facts.counts, cases, rulings, verdict, facts.letters, facts.portal
    )


def _received(facts: Facts, period: Period) -> list[LetterCase]:
    return [letter for letter in facts.letters if letter.received and letter.received in period]


def _recent_postings(context: Context, facts: Facts) -> Iterator[PostingCase]:
    window = recent(context.as_of)
    for case in facts.postings:
        if case.published and (case.published in window or case.published > context.as_of):
            yield case


def _frame(context: Context, facts: Facts) -> FrameCase:
    return frame_case(context.site, context.as_of, facts.ledger.within(recent(context.as_of)).opened())


# The cases of a period, family by family, in the order in which their findings are listed.
CASES: tuple[Callable[[Context, Facts], Iterable[Case]], ...] = (
    lambda _context, facts: facts.columns,
    lambda _context, facts: facts.annual_reports,
    lambda _context, facts: facts.activities,
    lambda context, facts: survey_cases(
        facts.ledger.within(recent(context.as_of)), facts.columns, context.as_of
    ),
    lambda context, facts: unit_cases(
        context.site,
        facts.counts,
        facts.columns,
        _waived(context, facts, empty, stale, silent),
        facts.period,
        context.as_of,
    ),
    lambda _context, facts: facts.letters,
    lambda _context, facts: letter_unit_cases(_received(facts, facts.period), facts.period),
    lambda context, facts: answer_cases(_received(facts, recent(context.as_of))),
    _recent_postings,
    lambda _context, facts: arrivals_cases(facts.postings, facts.period),
    lambda context, facts: padding_cases(
        compared_postings(facts.ledger.within(facts.period), context.calendar), facts.period, context.as_of
    ),
    lambda context, facts: article_cases(facts.ledger.within(recent(context.as_of))),
    lambda context, facts: paired_cases(facts.ledger.within(recent(context.as_of)), context.calendar),
    lambda context, facts: document_cases(
        facts.ledger.within(recent(context.as_of)), facts.columns, context.calendar
    ),
    lambda _context, facts: facts.stock,
    lambda _context, facts: facts.pages,
    lambda context, facts: [_frame(context, facts)],
    lambda _context, facts: facts.accounts,
    lambda _context, facts: [facts.portal],
)


def _arrivals_of_other_quarters(context: Context, facts: Facts) -> list[Case]:
    """What came in late together in the recent quarters that are not asked for: it explains single postings."""
    running = quarter_of(context.as_of)
    others = {running, quarter_before(running)} - {facts.period}
    return [case for quarter in sorted(others) for case in arrivals_cases(facts.postings, quarter)]


def _waived(context: Context, facts: Facts, *rules: Rule) -> frozenset[str]:
    """The columns of which a waiver sets aside what one of these rules finds."""
    site = context.site
    found = judge(facts.columns, rules, site.thresholds) if site.waivers else []
    covered = ((f, waivers_of(f, site.waivers, context.as_of, RULES)) for f in found)
    return frozenset(f.subject for f, waivers in covered if frees_all(f, waivers))


def _rule(
    context: Context, cases: Sequence[Case], others: Sequence[Case], verdict: NightVerdict | None
) -> list[Ruling]:
    site = context.site
    kind = verdict.kind if verdict else NightKind.GOOD
    found, beside = (judge(each, BOOK, site.thresholds) for each in (cases, others))
    return waive(inhibit(found, BOOK, kind, beside), site.waivers, context.as_of, BOOK)
