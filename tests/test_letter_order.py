"""How far down a mailbox's list must be read: by the days of its letters, where the list runs by them."""

from datetime import date

import pytest

from crawler.listing.letter_order import order_days, runs_by_answers
from crawler.page.values import LetterEntry

TODAY = date(2026, 1, 5)
BOXES = {
    "newest letter first": (
        ["12-20 12-30", "12-15 12-16", "12-09 12-22", "12-01 12-04"],
        ["12-20", "12-15", "12-09", "12-01"],
    ),
    "newest answer first": (
        ["11-20 12-30", "12-18 12-22", "10-09 12-16", "12-01 12-04"],
        None,
    ),
    "answers alone": (["- 12-30", "- 12-22", "- 12-16"], ["12-30", "12-22", "12-16"]),
    "no days": (["- -", "- -"], [None, None]),
    "oldest first": (["10-01 10-12", "10-05 10-09", "10-08 10-20"], ["10-01", "10-05", "10-08"]),
    "last year's number in the last row": (
        ["12-20 -", "12-15 -", "12-09 -", "2024-12-01 -"],
        ["12-20", "12-15", "12-09", None],
    ),
    "a year to come": (["2052-12-20 -", "12-15 -", "12-09 -"], [None, "12-15", "12-09"]),
    "a letter a year": (["2025-12-01 -", "2024-11-01 -", "2023-10-01 -"], [None, None, None]),
}


def day_of(text: str | None) -> date | None:
    return None if text in (None, "-") else date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


@pytest.mark.parametrize("box", BOXES)
def test_the_days_that_order_a_mailbox(box: str) -> None:
    rows, expected = BOXES[box]
    days = [[day_of(one) for one in row.split()] for row in rows]
    letters = [LetterEntry("来信", None, None, received, answered) for received, answered in days]
    assert runs_by_answers(letters) is (expected is None)
    if expected is not None:
        assert order_days(letters, TODAY) == [day_of(one) for one in expected]
