"""Figures of letters: rate and duration are separate facts, each with its denominator stated; and answers given more than
once.

Durations are working days from receipt to answer. A letter whose days are not shown, or whose duration
reaches into a year that is not announced, is in no duration; `clocked` is the number of those that are."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from rapidfuzz.fuzz import ratio

from rules.cases import AnswerCase, LetterCase, LetterUnitCase
from rules.dates.periods import Period
from rules.dates.workdays import is_past, known_workdays
from rules.scanners.similarity import plain


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; `of` names the denominator in Chinese."""

    number: int
    whole: int
    of: str

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.number / self.whole if self.whole else None

    def __str__(self) -> str:
        share = "—" if self.share is None else f"{self.share:.2%}".replace(".00%", "%")
        return f"{share}（{self.number}/{self.whole}，以{self.of}为分母）"


@dataclass(frozen=True, slots=True)
class LetterFigures:
    """Letters received: `received` in all, `valid` without 无效件 and 重复件; of the valid ones `closed` (settled),
    `on_time` (answered within the mailbox's limit) and `unknown` (no page says
    whether they are answered: they are in no rate). `days` are the working days of each answered valid letter,
    ascending; `slowest` is the one that took longest."""

    received: int
    valid: int
    closed: int
    on_time: int
    days: tuple[int, ...] = ()
    slowest: LetterCase | None = field(default=None, compare=False)
    unknown: int = 0

    @property
    def closed_rate(self) -> Rate:
        """办结率."""
        return self._of_known(self.closed)

    @property
    def on_time_rate(self) -> Rate:
        """按期办结率."""
        return self._of_known(self.on_time)

    def _of_known(self, number: int) -> Rate:
        of = "看得出是否答复的有效件" if self.unknown else "有效件"
        return Rate(number, self.valid - self.unknown, of)

    @property
    def clocked(self) -> int:
        """How many letters have a duration."""
        return len(self.days)

    @property
    def mean_days(self) -> float | None:
        return mean(self.days) if self.days else None


def figures(letters: Iterable[LetterCase]) -> LetterFigures:
    """The figures of some letters, in whatever period the caller chose them."""
    received = list(letters)
    valid = [letter for letter in received if letter.valid]
    taken = {n: days for n, letter in enumerate(valid) if (days := days_taken(letter)) is not None}
    answered = {n: days for n, days in taken.items() if valid[n].answered}
    slowest = max(answered, key=lambda n: (answered[n], -n), default=None)
    return LetterFigures(
        received=len(received),
        valid=len(valid),
        closed=sum(letter.settled for letter in valid),
        on_time=sum(within(valid[n], days) for n, days in answered.items()),
        days=tuple(sorted(answered.values())),
        slowest=None if slowest is None else valid[slowest],
        unknown=sum(not (letter.settled or letter.known) for letter in valid),
    )


def by_unit(letters: Iterable[LetterCase]) -> dict[tuple[str, ...], LetterFigures]:
    """Figures by unit keys, in the order in which units first occur; () for letters that name no unit of the site file."""
    gathered: dict[tuple[str, ...], list[LetterCase]] = {}
    for letter in letters:
        gathered.setdefault(letter.units, []).append(letter)
    return {units: figures(own) for units, own in gathered.items()}


def days_taken(letter: LetterCase) -> int | None:
    """Working days from receipt to answer, or to the last day it was seen open; None where that is not known."""
    if letter.begins is None or (letter.answered is None and not letter.waits):
        return None
    return known_workdays(letter.begins, letter.until, letter.calendar)


def is_overdue(letter: LetterCase) -> bool:
    """Whether it is certain that its answer, or the last day it was seen open, is past its limit: also where the days after
    that reach into a year that nobody announced."""
    if letter.begins is None or letter.reply_within is None or not (letter.answered or letter.waits):
        return False
    return is_past(letter.begins, letter.reply_within, letter.until, letter.calendar)


def within(letter: LetterCase, days: int) -> bool:
    """Whether so many working days are within the letter's limit; of one that was extended nobody knows for how long."""
    return letter.reply_within is None or days <= letter.reply_within


# Of fewer a mean says nothing.
FEWEST_LETTERS = 5


def unit_cases(letters: Sequence[LetterCase], period: Period) -> list[LetterUnitCase]:
    """One case a unit with FEWEST_LETTERS answered ones or more received in the period, beside all such units'."""
    mine = [x for x in letters if x.units and x.received and x.received in period]
    clocked = {units: own for units, own in by_unit(mine).items() if own.clocked >= FEWEST_LETTERS}
    names = {letter.units: letter.unit_names for letter in reversed(mine)}
    peers = tuple(mean(own.days) for own in clocked.values())
    return [
        LetterUnitCase(
            subject="+".join(units), units=units, unit_names=names[units], as_of=mine[0].as_of, period=period,
            letters=own.clocked, mean=mean(own.days), median=float(median(own.days)), slowest=own.days[-1],
            peers=peers,
        )
        for units, own in clocked.items()
    ]  # fmt: skip


# Characters; shorter answers are left to letter.perfunctory, whose default is the same.
SHORTEST = 10
# Of 100 (rapidfuzz ratio): a letter sent again with a word changed is the same question.
SAME_QUESTION = 80
# Every question is compared with every one before; beyond so many the rule's threshold has long been passed.
MOST_QUESTIONS = 50


def answer_cases(letters: Iterable[LetterCase]) -> list[AnswerCase]:
    """One case for each answer that one mailbox gave to two letters or more. Answers are compared without spaces
    and marks; those shorter than `SHORTEST` characters are left to the rule on perfunctory ones, and of those that are
    not all text nobody knows whether they are alike."""
    gathered: dict[tuple[str, str], list[LetterCase]] = {}
    for letter in letters:
        answer = plain(letter.answer)
        if len(answer) >= SHORTEST and not letter.answer_unread:
            gathered.setdefault((letter.mailbox, answer), []).append(letter)
    return [_case(mailbox, alike) for (mailbox, _), alike in gathered.items() if len(alike) > 1]


def different_questions(letters: Iterable[LetterCase]) -> int:
    """How many different questions some letters ask: one that was sent twice, a little reworded, is one."""
    asked: list[str] = []
    for letter in letters:
        question = plain(letter.title + letter.question)
        if len(asked) < MOST_QUESTIONS and all(ratio(question, other) < SAME_QUESTION for other in asked):
            asked.append(question)
    return len(asked)


def _case(mailbox: str, letters: list[LetterCase]) -> AnswerCase:
    first = letters[0]
    units = tuple(dict.fromkeys(unit for letter in letters for unit in letter.units))
    names = "、".join(dict.fromkeys(letter.unit_names for letter in letters if letter.unit_names))
    digest = hashlib.sha256(plain(first.answer).encode()).hexdigest()[:16]
    return AnswerCase(
        subject=f"{mailbox} {digest}",
        units=units,
        unit_names=names,
        mailbox=mailbox,
        as_of=max(letter.as_of for letter in letters),
        answer=first.answer,
        questions=different_questions(letters),
        letters=tuple(letter.title for letter in letters),
    )
