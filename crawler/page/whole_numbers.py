"""Whole numbers as pages count: a stranger writes numbers of any length, and digits that Python does not convert."""

import re

# A billion pages or rows are none.
_COUNT = re.compile(r"[0-9]{1,9}")


def whole_number(value: object) -> int | None:
    """The number in a text or an answer; None where it is none, or too long to count anything."""
    return int(str(value)) if not isinstance(value, bool) and _COUNT.fullmatch(str(value)) else None
