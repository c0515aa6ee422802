"""Which rows of a mailbox's list state that there is no answer. What a list does not state is not known.

A blank place for the answer's day counts only beside rows that fill it, 已受理 only beside rows with 已办结: else the list
may show neither for any letter.
"""

from collections.abc import Sequence
from dataclasses import replace

from crawler.page.values import LetterEntry
from rules.scanners.letter_status import LetterStatus, read_status


def mark_unanswered(rows: Sequence[tuple[LetterEntry, bool]]) -> list[LetterEntry]:
    """The rows with `unanswered` set. Each comes with whether its place for the answer's day is blank."""
    statuses = [read_status(row.status or "") for row, _ in rows]
    closes = LetterStatus.CLOSED in statuses
    fills = any(row.answered for row, _ in rows)
    marked = []
    for (row, blank), status in zip(rows, statuses, strict=True):
        blank_beside_filled = fills and blank and status in (None, LetterStatus.MOVING)
        waits = status is LetterStatus.OPEN or (closes and status is LetterStatus.MOVING)
        marked.append(replace(row, unanswered=row.answered is None and (blank_beside_filled or waits)))
    return marked
