"""Which of a letter's printed days can be true. Pure.

It is the year that is mistyped (2026-11-13 for 2025-11-13, last year's in January), and then a duration is too long by
whole years, or ends before it begins. Such a duration is nobody's: the days stay on record and are not judged."""

from dataclasses import dataclass
from datetime import date

# A day with a year that is wrong by one makes a duration longer by at least this many days.
YEAR = 365
# Days for which our own nights saw a letter open before its answer took a year: then the year is right.
WATCHED = 180


@dataclass(frozen=True, slots=True)
class LetterDays:
    """`received`, `accepted` and `answered` as printed; None for what is not shown or cannot be true. `sound` is false
    where an open letter may well be younger than its day says."""

    received: date | None
    accepted: date | None
    answered: date | None
    sound: bool = True


def sound_days(printed: LetterDays, first_seen: date, seen_open: date | None) -> LetterDays:
    """The days that can be true of a letter that was first seen on `first_seen` and last seen unanswered on
    `seen_open`."""
    received, accepted, answered = printed.received, printed.accepted, printed.answered
    if received is None:
        return printed
    if answered is not None:
        watched = seen_open is not None and (seen_open - received).days >= WATCHED
        took = (answered - received).days
        answered = answered if took >= 0 and (took < YEAR or watched) else None
    elif (first_seen - received).days >= YEAR:
        return LetterDays(received, None, None, sound=False)
    if accepted is not None:
        late = answered is not None and accepted > answered
        accepted = None if late or not 0 <= (accepted - received).days < YEAR else accepted
    return LetterDays(received, accepted, answered)
