"""What reading one page may cost: bounds asked before the parser sees it, and the processor time spent on it.

The bounds do the work: they depend on the page alone, and what keeps them is read in seconds. The time is asked for
what they do not foresee; it is the processor's, so that a busy machine makes no page unreadable."""

import signal
import threading
from collections.abc import Callable
from sys import getsizeof
from types import FrameType
from typing import TypeVar

from crawler.page.tag_scan import crowded_attributes
from rules.errors import WrongInput

Read = TypeVar("Read")

# Each some ten times what the largest real page seen has (7,600 tags, 500,000 characters; 29 attributes of a tag). A
# tag costs the readers some 30 µs and 2 kB, a character some 0.3 µs.
MOST_TAGS = 60_000
MOST_CHARS = 6_000_000
# Bytes of a text in memory, of which readers hold several copies: a single sign beyond the basic plane (an emoji) has
# every character take four.
MOST_MEMORY = 2 * MOST_CHARS + 1_000
# Attributes of those tags that have more than CROWDED: libxml2 takes time with the square of their number.
MOST_ATTRIBUTES = 10_000
# A shorter page holds too few attributes to take long, however they are distributed.
SHORT = 30_000
# Of all tags together: each takes some 300 bytes, ten times what it is written in.
MOST_ATTRIBUTES_IN_ALL = 250_000
# Bytes in memory of a text in JSON and the values that it is made into; empty brackets take thirty times what they are written
# in. Fifty thousand rows of three fields are within it.
MOST_DATA = 64_000_000
# What a character takes, in the body, in the text and in the strings made of it.
_CHARACTER = 6
# What one value of each kind takes, by a sign that begins it: an object with its table, an array with its place in
# another, a string (two quotes) without its characters, a number.
_VALUES = (("{", 250), ("[", 90), ('"', 35), (",", 40))
# Rows that one page of a list brings, and all its pages together. The largest real page seen has 800; a row takes some
# 3 kB until it is saved, and 1 kB until its list is closed. Whoever reads rows stops one past the bound, which shows that
# there are more: the list is then partial, by the doubt TOO_MANY_ROWS.
MOST_ROWS = 10_000
MOST_ROWS_OF_A_LIST = 60_000
# The same of a mailbox's page, whose rows are looked for in many ways; pages of letters show up to a hundred.
MOST_LETTERS = 500
TOO_MANY_ROWS = "too_many_rows"
# Seconds of processor time. The largest real page takes 0.1.
LONGEST_READING = 4.0
# Where something on the way swallows the exception, it comes again.
_AGAIN = 0.2


class TooCostly(WrongInput):
    """A page whose reading takes more than one page may: no row, no word of it is used."""

    def __init__(self) -> None:
        super().__init__("网页过大或结构异常，读取所需的时间或内存超过上限，没有读取，请用浏览器打开核对。")


def check_bounds(text: str) -> None:
    """Raises TooCostly for the text of a page, or of a piece of HTML in one, that is not to be parsed."""
    if len(text) > MOST_CHARS or getsizeof(text) > MOST_MEMORY or text.count("<") > MOST_TAGS:
        raise TooCostly
    if len(text) > SHORT and crowded_attributes(text) > MOST_ATTRIBUTES:
        raise TooCostly
    # An attribute takes two characters at least.
    if len(text) > 2 * MOST_ATTRIBUTES_IN_ALL and crowded_attributes(text, 0) > MOST_ATTRIBUTES_IN_ALL:
        raise TooCostly


def check_data(text: str) -> None:
    """Raises TooCostly for a text in JSON whose values would take more memory than one page may."""
    if _CHARACTER * len(text) + sum(text.count(sign) * size for sign, size in _VALUES) > MOST_DATA:
        raise TooCostly


def within_time(read: Callable[[], Read], seconds: float = LONGEST_READING) -> Read:
    """What `read` gives; raises TooCostly where it has taken `seconds` of processor time. `read` must neither write nor
    await. Signals reach the main thread alone: in another thread only the bounds hold; inside another such call, its
    time does."""
    if threading.current_thread() is not threading.main_thread() or _is_running():
        return read()
    # Never taken back: a signal that comes late would end the process.
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        return read()
    finally:
        # No call stands before it, so that no signal is answered before it.
        signal.setitimer(signal.ITIMER_PROF, 0)


def _is_running() -> bool:
    return signal.getitimer(signal.ITIMER_PROF) != (0.0, 0.0)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    if _is_running():
        raise TooCostly
