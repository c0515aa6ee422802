"""The book of rules: this tuple is its table of contents."""

from rules.book import column_empty, column_silent, column_stale, letter_slow, unit_few_postings
from rules.engine import Rule

BOOK: tuple[Rule, ...] = (
    column_empty.empty,
    column_stale.stale,
    column_silent.silent,
    unit_few_postings.few_postings,
    letter_slow.slow,
)
