"""名单: a sheet of people who do not exist, with ID numbers that are valid all the same."""

from datetime import date, timedelta
from functools import cache
from io import BytesIO

from openpyxl import Workbook

# A county code that was never given out, and births so early that nobody alive can hold the number.
COUNTY = "419900"
FIRST_BIRTH = date(1901, 2, 3)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
HEAD = ("序号", "姓名", "身份证号", "补贴金额（元）")


def numbers(people: int) -> list[str]:
    """The ID numbers of so many people, check digits right (GB 11643)."""
    return [_number(n) for n in range(people)]


@cache
def roster(people: int, *, masked: bool) -> bytes:
    """An .xlsx of so many people, their numbers whole or masked."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for row, number in enumerate(numbers(people), start=1):
        sheet.append((row, f"张某{row}", f"{number[:4]}**********{number[-4:]}" if masked else number, 860))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _number(nth: int) -> str:
    born = FIRST_BIRTH + timedelta(days=97 * nth)
    start = f"{COUNTY}{born:%Y%m%d}{nth + 1:03}"
    return start + CHECKS[sum(int(digit) * weight for digit, weight in zip(start, WEIGHTS, strict=True)) % 11]
