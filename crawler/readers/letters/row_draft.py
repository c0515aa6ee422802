"""One row of a mailbox's list while its labelled values are being gathered, and the finished rows.

Which of them are unanswered only the list itself can state: a blank place for the answer's day counts only beside rows
that fill it, 已受理 only beside rows with 已办结, for else the list may show neither for any letter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from crawler.page.values import LetterEntry
from crawler.readers.letters.letter_labels import (
    DEALING,
    KINDS,
    PERSONS,
    PLAIN_DATES,
    PUBLISHED,
    RANKS,
    status_of,
)
from crawler.readers.letters.office_words import day_of, is_blank, unit_of
from rules.scanners.letter_status import LetterStatus, read_status

# 处理情况：已回复 is a state, though less surely than 处理状态.
STATE_IN_WORDS = 1
_POINTS = "·•▪◆■●☆★-— "


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


@dataclass
class Draft:
    """The values of one row, each with the rank of its label. `blank`: its place for the answer's day is empty."""

    lone_answered: bool = False
    said: dict[str, tuple[int, str]] = field(default_factory=dict)
    lone: str = ""
    published: str = ""
    url: str | None = None
    blank: bool = False

    def say(self, label: str, value: str) -> None:
        """A labelled value; a bare 时间 is kept aside until the row is complete."""
        kind, rank = KINDS.get(label), RANKS.get(label, 9)
        if kind == "answer" and status_of(value):
            kind, rank = "status", STATE_IN_WORDS
        self.blank = self.blank or (kind == "answered" and is_blank(value))
        if label in PLAIN_DATES:
            self.lone = self.lone or value
        elif label in PUBLISHED:
            self.published = value
        elif label in PERSONS and not unit_of(value):
            return
        elif kind and value and (kind not in self.said or rank < self.said[kind][0]):
            self.said[kind] = rank, value

    def row(self) -> LetterEntry | None:
        """The finished row; None without a subject."""
        subject = (self._text("subject") or self._text("question") or "").lstrip(_POINTS)
        if not subject or subject.isdecimal():
            return None
        received, accepted, answered = map(self._day, ("received", "accepted", "answered"))
        lone = day_of(self.lone)
        if lone and not answered and (received or accepted or self.lone_answered):
            answered = lone
        elif lone and not received:
            received = lone
        return LetterEntry(
            subject=subject,
            url=self.url,
            number=self._text("number"),
            received=received or accepted or self._publication(answered),
            answered=answered,
            unit=self._text("unit"),
            status=self._text("status"),
            accepted=accepted,
        )

    def _publication(self, answered: date | None) -> date | None:
        """The day on which the site showed it, where nothing else tells when it came and no answer is older."""
        day = day_of(self.published)
        return day if day and (answered is None or day <= answered) else None

    def _text(self, kind: str) -> str | None:
        return self.said[kind][1] if kind in self.said else None

    def _day(self, kind: str) -> date | None:
        """The day of a kind; the day of dealing with a letter that is still open is not that of its answer."""
        rank, text = self.said.get(kind, (0, ""))
        dealing = kind == "answered" and rank >= DEALING
        standing = read_status(self._text("status") or "") if dealing else None
        return None if standing is LetterStatus.OPEN else day_of(text)


def finish(drafts: Iterable[Draft]) -> list[LetterEntry]:
    """The finished rows, each marked whether it is unanswered."""
    return mark_unanswered([(row, draft.blank) for draft in drafts if (row := draft.row())])
