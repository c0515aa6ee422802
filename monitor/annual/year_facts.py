"""What the database knows of a year, read at once for an annual report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.connect import Connection
from db.counting.bulletins import mailbox_exactness
from db.counting.counts import Count, counts_as_of
from db.facts.letters import letter_cases
from monitor.judge.context import Context
from rules.cases import LetterCase
from rules.dates.periods import parse_period
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A site's counts and letters of a year. `mailboxes`: how much of the year was read of each, None for nothing."""

    site: Site
    year: int
    as_of: date
    counts: Sequence[Count]
    letters: Sequence[LetterCase]
    mailboxes: Sequence[Exactness | None]


def year_facts(connection: Connection, context: Context, year: int) -> YearFacts:
    """The facts of a year as known on the context's day."""
    site, as_of, period = context.site, context.as_of, parse_period(f"{year:04}")
    letters = letter_cases(connection, site, as_of, context.calendar)
    return YearFacts(
        site=site,
        year=year,
        as_of=as_of,
        counts=counts_as_of(connection, site, period, as_of),
        letters=[letter for letter in letters if letter.received and letter.received in period],
        mailboxes=mailbox_exactness(connection, site, period, as_of),
    )
