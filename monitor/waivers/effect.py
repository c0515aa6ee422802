"""What a waiver does: which findings of the running quarter and of the one before it, as they stand, it sets aside."""

from collections.abc import Iterator

from db.connect import Connection
from monitor.judge.context import Context
from monitor.judge.judging import judge_period
from rules.book import BOOK
from rules.dates.periods import quarter_before, quarter_of
from rules.engine.finding import Finding
from rules.engine.rulings import Ruling, waive
from rules.vocabulary.places import Waiver


def freed(connection: Connection, context: Context, waiver: Waiver) -> Iterator[tuple[Finding, bool]]:
    """The findings that the waiver sets aside, and whether others still owe each. A finding without a period is told once.
    `context`: of the site without the waiver."""
    told = set()
    for period in (quarter_before(quarter_of(context.as_of)), quarter_of(context.as_of)):
        for ruling in judge_period(connection, context, period).rulings:
            finding = ruling.finding
            [after] = waive([Ruling(finding)], [waiver], context.as_of, BOOK)
            key = (finding.rule, finding.subject, finding.period)
            if ruling.reported and after != Ruling(finding) and key not in told:
                told.add(key)
                yield finding, after.waived is None
