"""Points (分): exact decimals, read as they are printed and printed as they are read. Never floats."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,15})(?:\.\d{1,12})?", re.ASCII)
BLANKS = frozenset({"", "-", "--", "—", "——", "/", "\\", "无"})
MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-"})
# A cell that is longer holds a remark, not a number; it also bounds the work of the pattern.
LONGEST = 40
ZERO = Decimal(0)


def parse_points(text: str) -> Decimal | None:
    """`82.5`, `１２分`, `1,198`, `+20` as a number; None for anything else, a percentage included."""
    if len(text) > LONGEST:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text).translate(MINUS).split()).removesuffix("分")
    if not NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ""))


def is_blank(text: str) -> bool:
    """Whether a cell is blank or a dash: no number, and not a zero."""
    return "".join(text.split()) in BLANKS


def show_points(value: Decimal) -> str:
    """The number without an exponent or trailing zeros: 4, 92.5, 0.75."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def add(values: Iterable[Decimal]) -> Decimal:
    """The exact sum; 0 of nothing."""
    return sum(values, ZERO)


def places(value: Decimal) -> int:
    """How many digits stand after the point as printed."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def rounded(value: Decimal, digits: int) -> Decimal:
    """As people round: halves up."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def same_printed(value: Decimal, printed: Decimal, digits: int) -> bool:
    """Whether a number is what is printed, but for what a column of so many decimals cannot show of it."""
    if value == printed:
        return True
    return places(value) > digits and abs(value - printed) < Decimal(1).scaleb(-digits)
