"""One row of a mailbox's list while its labelled values are being gathered, and the finished rows.

Which of them are unanswered only the list itself can state: a blank place for the answer's day counts only beside rows
that fill it, 已受理 only beside rows with 已办结, for else the list may show neither for any letter. A state that is not
understood (转其他平台办理, a picture without a name) leaves it open, whatever is blank beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lxml import html

from crawler.page.values import LetterEntry
from crawler.readers.letters.letter_labels import (
    DEADLINES,
    DEALING,
    KINDS,
    PERSONS,
    PLAIN_DATES,
    PUBLISHED,
    RANKS,
    SORTS,
    status_of,
)
from crawler.readers.letters.office_words import day_of, is_blank, unit_of
from rules.scanners.letter_deadline import printed_deadline
from rules.scanners.letter_kind import kind_before, kind_of
from rules.scanners.letter_status import LetterStatus, read_status

# How a letter is called of which the list shows no subject.
UNTITLED = "（无标题）"
# 处理情况：已回复 is a state, though less surely than 处理状态.
STATE_IN_WORDS = 1
# Without words, and yet not empty.
_MARKS = frozenset(["img", "input", "iframe", "script", "object", "embed", "canvas"])
_POINTS = "·•▪◆■●☆★-— "


def mark_unanswered(rows: Sequence[tuple[LetterEntry, bool]]) -> list[LetterEntry]:
    """The rows with `unanswered` and `blank` set. Each comes with whether its place for the answer's day is empty and
    nothing else in it is unclear."""
    statuses = [read_status(row.status or "") for row, _ in rows]
    closes = LetterStatus.CLOSED in statuses
    fills = any(row.answered for row, _ in rows)
    marked = []
    for (row, empty), status in zip(rows, statuses, strict=True):
        blank = fills and empty and row.answered is None
        moving = status is LetterStatus.MOVING and (closes or blank)
        waits = row.answered is None and (status is LetterStatus.OPEN or moving)
        marked.append(replace(row, unanswered=waits, blank=blank and row.status is None))
    return marked


@dataclass
class Draft:
    """The values of one row, each with the rank of its label. `blank`: its place for the answer's day is empty;
    `stated`: it has a place for its state; `unread`: one of the two holds a mark without words; `sorts`: what stands under
    labels of its kind; `limits`: under those of the time for its answer."""

    lone_answered: bool = False
    said: dict[str, tuple[int, str]] = field(default_factory=dict)
    lone: str = ""
    published: str = ""
    url: str | None = None
    blank: bool = False
    stated: bool = False
    unread: bool = False
    sorts: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)

    def say(self, label: str, value: str, place: html.HtmlElement | None = None) -> None:
        """A labelled value, and the `place` where it stands; a bare 时间 is kept aside until the row is complete."""
        kind, rank = KINDS.get(label), RANKS.get(label, 9)
        self.stated = self.stated or kind == "status"
        self.unread = self.unread or (not value and place is not None and holds_mark(place, kind))
        if kind == "answer" and status_of(value):
            kind, rank = "status", STATE_IN_WORDS
        self.blank = self.blank or (kind == "answered" and is_blank(value))
        if label in SORTS:
            self.sorts.append(value)
        if label in DEADLINES:
            self.limits.append(value)
        if label in PLAIN_DATES:
            self.lone = self.lone or value
        elif label in PUBLISHED:
            self.published = value
        elif label in PERSONS and not unit_of(value):
            return
        elif kind and value and (kind not in self.said or rank < self.said[kind][0]):
            self.said[kind] = rank, value

    def row(self) -> LetterEntry | None:
        """The finished row; None where it is no letter. One without a subject is known by its number."""
        received, accepted, answered = map(self._day, ("received", "accepted", "answered"))
        kind = kind_of(self.sorts) or kind_before(self._text("subject") or "")
        subject = (self._text("subject") or self._text("question") or "").lstrip(_POINTS)
        if not subject and (received or answered) and (self.url or self._text("number")):
            subject = UNTITLED
        if not subject or subject.isdecimal():
            return None
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
            kind=kind,
            deadline=printed_deadline(self.limits),
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


def holds_mark(place: html.HtmlElement, kind: str | None) -> bool:
    """Whether a place without words may yet say something: a picture or a field in place of a day, any element in place
    of a state (its class may draw 已办结)."""
    held = _MARKS if kind == "answered" else None if kind == "status" else ()
    return any(held is None or node.tag in held for node in place.iterdescendants("*") if node.tag != "br")


def finish(drafts: Iterable[Draft]) -> list[LetterEntry]:
    """The finished rows, each marked whether it is unanswered. Where other rows are stamped with a state, a row
    without one bears a stamp that was not understood."""
    rows = [(row, draft) for draft in drafts if (row := draft.row())]
    stamped = any(row.status for row, _ in rows)
    return mark_unanswered(
        [
            (row, draft.blank and not draft.unread and bool(row.status or draft.stated or not stamped))
            for row, draft in rows
        ]
    )
