"""How many working days a letter's unit has for its answer. Pure."""

from datetime import date

from rules.cases.letter_days import YEAR, LetterDays
from rules.dates.workdays import Calendar, known_workdays
from rules.scanners.letter_deadline import read_deadline
from rules.scanners.letter_kind import is_kind
from rules.vocabulary.places import Mailbox

# The word in a mailbox's limits for letters whose time was prolonged.
EXTENDED = "延期"


def limit_and_source(
    box: Mailbox, kind: str | None, printed: str, days: LetterDays, extended: bool, calendar: Calendar
) -> tuple[int | None, str]:
    """Working days from receipt to answer, and the printed text that tells them ("": the site file does). What the office
    prints for this letter goes before what it set for all; whether that was printed before an extension or after
    nobody knows, so that the longer limit holds."""
    general = limit_of(box, kind, extended=extended)
    promised = promised_days(printed, days, calendar)
    if promised is None or (extended and (general is None or general >= promised)):
        return general, ""
    return promised, printed


def limit_of(box: Mailbox, kind: str | None, *, extended: bool) -> int | None:
    """Working days from receipt to answer for a letter of the kind that its page prints (None: it prints none), which was
    `extended` or not; None where nobody knows.

    A limit's word is looked for in the kind (投诉 fits 投诉举报); of several that fit the longest holds, and where the page
    tells no kind the longest of all: whoever may have more time is not late. A kind that is told and has no limit of its own
    has the mailbox's. An extended letter has the limit of 延期 if there is one: nobody knows for how long it was extended."""
    if extended:
        return box.limits.get(EXTENDED)
    kinds = {word: days for word, days in box.limits.items() if word != EXTENDED}
    fitting = [days for word, days in kinds.items() if kind and word.removesuffix("类") in kind]
    if fitting:
        return max(fitting)
    told = kind is not None and is_kind(kind)
    return box.reply_within if told else max(box.reply_within, *kinds.values(), 0)


def promised_days(printed: str, days: LetterDays, calendar: Calendar) -> int | None:
    """Working days from receipt to the end of the time that is printed for a letter; None where none is printed, or none that
    can be true: such a time does not make anybody late."""
    deadline = read_deadline(printed)
    if deadline is None or days.received is None:
        return None
    spans = []
    if deadline.day and 0 <= (deadline.day - days.received).days < YEAR:
        spans.append(_at_most(days.received, deadline.day, calendar))
    if deadline.workdays:
        # Offices count from acceptance.
        spans.append(deadline.workdays + _at_most(days.received, days.accepted or days.received, calendar))
    return max(spans, default=None)


def _at_most(begin: date, end: date, calendar: Calendar) -> int:
    """Working days between two days; all days where the year's holidays are not announced."""
    known = known_workdays(begin, end, calendar)
    return (end - begin).days if known is None else known
