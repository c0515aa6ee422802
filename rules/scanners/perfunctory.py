"""Perfunctory answers (敷衍答复): stock phrases (套话) are removed, and what is left is measured.

No document names such phrases, so the list (words/answers.toml) is ours and the rule only a notice; a phrase that is missing
is added there together with a case in rules/book/cases/letter.perfunctory.toml."""

from rules.scanners.similarity import plain
from rules.vocabulary.words import word_list

# A phrase is taken out before those that it holds.
STOCK_PHRASES = sorted(word_list("answers.stock_phrases"), key=len, reverse=True)


def without_stock_phrases(answer: str) -> str:
    """An answer without stock phrases, spaces and punctuation."""
    text = plain(answer)
    for formula in STOCK_PHRASES:
        text = text.replace(formula, "")
    return text


def stock_phrase_in(answer: str) -> str | None:
    """The longest stock phrase that an answer contains; None without any."""
    text = plain(answer)
    return next((formula for formula in STOCK_PHRASES if formula in text), None)
