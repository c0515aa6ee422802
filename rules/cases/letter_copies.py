"""Answers given more than once: letters grouped by the text of their answers."""

import hashlib
from collections.abc import Iterable

from rapidfuzz.fuzz import ratio

from rules.cases import AnswerCase, LetterCase
from rules.scanners.similarity import plain

# Characters; shorter answers are left to letter.perfunctory, whose default is the same.
SHORTEST = 10
# Of 100 (rapidfuzz ratio): a letter sent again with a word changed is the same question.
SAME_QUESTION = 80
# Every question is compared with every one before; beyond so many the rule's threshold has long been passed.
MOST_QUESTIONS = 50


def answer_cases(letters: Iterable[LetterCase]) -> list[AnswerCase]:
    """One case for each answer that one mailbox gave to two letters or more. Answers are compared without spaces
    and marks; those shorter than `SHORTEST` characters are left to the rule on perfunctory ones."""
    gathered: dict[tuple[str, str], list[LetterCase]] = {}
    for letter in letters:
        answer = plain(letter.answer)
        if len(answer) >= SHORTEST:
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
