"""Cases of letters: one letter, one unit's letters, one answer given to several."""

from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.dates.periods import Period
from rules.dates.workdays import Calendar
from rules.vocabulary.places import NOTHING, Reference


@dataclass(frozen=True, slots=True)
class LetterCase(Case):
    """One letter of a mailbox on one day. `reply_within` is in working days, by the time that its page prints for it (`promised`, as
    printed; "": none), else by its kind (`letter_kind`, as printed) and whether its time was `extended`; None where nobody
    knows for how long. `suspended_on` is the last day on which it was seen laid aside; `units` is empty where the
    page names no unit of the site file; `corrects`: it reports a fault of the website (找错). `accepted` is the day of
    受理 where shown; `question` and `answer` are the texts where read; `answer_unread`, that an answer, or part of it, is in
    a picture, a file or a frame or was given otherwise; `valid` is false for 无效件 and 重复件. `known` is false where no page
    said whether it is answered; `seen_open` is the last day on which a page showed that it was not (None: `as_of`)."""

    mailbox: str
    title: str
    as_of: date
    reply_within: int | None
    calendar: Calendar
    number: str = ""
    received: date | None = None
    answered: date | None = None
    closed: bool = False
    url: str = ""
    accepted: date | None = None
    question: str = ""
    answer: str = ""
    answer_unread: bool = False
    valid: bool = True
    known: bool = True
    seen_open: date | None = None
    letter_kind: str = ""
    promised: str = ""
    corrects: bool = False
    extended: bool = False
    suspended_on: date | None = None
    about: Reference = NOTHING

    @property
    def settled(self) -> bool:
        """Answered or closed, as far as the page shows."""
        return self.closed or self.answered is not None or bool(self.answer.strip())

    @property
    def waits(self) -> bool:
        """Whether it is known to be unanswered."""
        return self.known and not self.settled

    @property
    def until(self) -> date:
        """The day to which its clock runs: the answer's, or the last on which it was seen open."""
        return self.answered or self.seen_open or self.as_of

    @property
    def begins(self) -> date | None:
        """The day from which its clock runs: its receipt, or the last on which it was seen laid aside. The days before
        that count for nobody: how many of them it lay aside is not known."""
        if self.received is None or self.suspended_on is None:
            return self.received
        return min(max(self.received, self.suspended_on), self.until)


@dataclass(frozen=True, slots=True)
class LetterUnitCase(Case):
    """One unit's answered letters of a period beside its peers'. `mean` and `median` are working days from
    receipt to answer over `letters` of them; `peers` are the means of all units with letters enough, itself included. Built by
    `rules.cases.letter_figures`."""

    as_of: date
    period: Period
    letters: int
    mean: float
    median: float
    slowest: int
    peers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AnswerCase(Case):
    """One answer's text as it was given to several letters. `questions` counts the different questions among
    them; `letters` are their titles. Built by `rules.cases.letter_figures`."""

    mailbox: str
    as_of: date
    answer: str
    questions: int
    letters: tuple[str, ...]
