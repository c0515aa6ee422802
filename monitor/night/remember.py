"""What a night remembers: the counts of its periods, how far each letter is, and every finding's life one night on.
Nothing else writes them: checking, drafting, scoring and auditing only read."""

from datetime import date

from db.connect import Connection
from db.counting.counts import write_counts
from db.facts.letters import write_letter_progress
from db.facts.sites import night_coverage
from db.findings.lives import keep_findings, retire_findings
from db.recording.register import register
from monitor.judge.context import Context
from monitor.judge.judging import Judgement, judge_period
from rules.book import BOOK
from rules.dates.periods import Period, quarter_before, quarter_of
from rules.engine.nights import NightVerdict
from rules.vocabulary.places import Reference
from rules.vocabulary.terms import Scope

RULES = {rule.id: rule for rule in BOOK}


def periods_of(as_of: date) -> tuple[Period, Period]:
    """The periods that a night is about: the running quarter, and the last one that has ended."""
    running = quarter_of(as_of)
    return running, quarter_before(running)


def remember_night(connection: Connection, context: Context) -> Judgement:
    """Judges and remembers a night's periods, and closes what nobody judges any more. Returns the judgement of the
    quarter that has ended."""
    running, ended = periods_of(context.as_of)
    remember_period(connection, context, running)
    judgement = remember_period(connection, context, ended)
    retire_findings(connection, context.site.key, context.as_of, ("", running.key, ended.key))
    return judgement


def remember_period(connection: Connection, context: Context, period: Period) -> Judgement:
    """Judges one period and writes its counts and how far the letters are; if the whole site was crawled that day, its
    findings live on by one night. Raises WrongInput on a wrong threshold in the site file."""
    register(connection, context.site)
    judgement = judge_period(connection, context, period)
    write_counts(connection, context.site.key, judgement.counts, period, context.as_of)
    write_letter_progress(connection, context.site.key, judgement.letters, context.as_of)
    if judgement.night:
        _advance(connection, judgement, judgement.night)
    return judgement


def _advance(connection: Connection, judgement: Judgement, night: NightVerdict) -> None:
    """One night on for the findings of a period."""
    site, as_of = judgement.site, judgement.as_of
    coverage = night_coverage(connection, site, as_of).over(judgement.cases)
    found = {(ruling.finding.rule, ruling.finding.subject) for ruling in judgement.rulings}

    def good(rule_id: str, subject: str, about: Reference) -> bool:
        # What a rule found that has left the book since closes on a night that covers the site.
        scope = RULES[rule_id].scope if rule_id in RULES else Scope.SITE
        return night.counts and coverage.counts(scope, subject, about, found=(rule_id, subject) in found)

    hysteresis = {rule.id: rule.hysteresis for rule in BOOK}
    keep_findings(
        connection, site.key, judgement.rulings, as_of, ("", judgement.period.key), good, hysteresis
    )
