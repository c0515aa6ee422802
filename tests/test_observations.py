"""Facts as `gongkai show` prints them: in Chinese, whatever their kind."""

from datetime import date
from enum import Enum

import pytest

from rules.dates.periods import parse_period
from rules.engine.finding import printed
from rules.vocabulary.terms import Exactness, Outcome, Severity, UnitKind


@pytest.mark.parametrize("words", [Exactness, Outcome, Severity, UnitKind])
def test_every_word_of_the_vocabulary_is_chinese(words: type[Enum]) -> None:
    assert not any(printed(word).isascii() for word in words)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ((), ""),
        (True, "是"),
        (2.50, "2.5"),
        (date(2023, 4, 1), "2023-04-01"),
        (parse_period("2023Q2"), "2023 年第二季度"),
        ((Exactness.AT_LEAST, 3), "至少、3"),
    ],
)
def test_one_fact(value: object, said: str) -> None:
    assert printed(value) == said
