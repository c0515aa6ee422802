"""Which rows of a mailbox's list say themselves that there is no answer. What a list does not say is not known.

A blank place for the answer's day speaks only beside rows that fill it, 已受理 only beside rows that say 已办结:
else the list may show neither for any letter.
"""

from collections.abc import Sequence
from dataclasses import replace

from crawler.page.values import LetterEntry
from rules.scanners.letter_status import LetterStatus, read_status


def tell_unanswered(rows: Sequence[tuple[LetterEntry, bool]]) -> list[LetterEntry]:
    """The rows, told which are unanswered. Each comes with whether its place for the answer's day is blank."""
    standings = [read_status(row.status or "") for row, _ in rows]
    closes = LetterStatus.CLOSED in standings
    fills = any(row.answered for row, _ in rows)
    told = []
    for (row, blank), standing in zip(rows, standings, strict=True):
        silent = fills and blank and standing in (None, LetterStatus.MOVING)
        waits = standing is LetterStatus.OPEN or (closes and standing is LetterStatus.MOVING)
        told.append(replace(row, unanswered=row.answered is None and (silent or waits)))
    return told
