"""One page of a column's list: its rows, what comes next, how many there should be.

No selectors and no site's name: dates and links find the rows (`rows`), their place on the page decides
which rows are the list (`choosing`), the pager says the rest (`pager`).
"""

from datetime import date

from crawler.reading.choosing import choose
from crawler.reading.emptiness import find_sentence
from crawler.reading.entries import make_entries
from crawler.reading.page import Page
from crawler.reading.pager import read_pager
from crawler.reading.pager_urls import find_base
from crawler.reading.rows import dated_groups
from crawler.reading.scene import Scene
from crawler.reading.tape import Tape, record
from crawler.reading.values import Listing

__all__ = ["find_base", "read_list"]


def read_list(page: Page, as_of: date | None = None) -> Listing:
    """What one page of a list shows. Never raises; a page that is no list has no entries.

    `as_of` is the day on which the page was read: later dates are absurd, and it completes dates that
    show no year.
    """
    for hidden in (False, True):
        tape = record(page.tree, hidden=hidden)
        listing = _read_tape(page, tape, as_of)
        if listing:
            return listing
    pager = read_pager(page)
    sentence = find_sentence(record(page.tree))
    return Listing((), None, pager.rows, pager.pages, sentence)


def _read_tape(page: Page, tape: Tape, as_of: date | None) -> Listing | None:
    scene = Scene(tape, page.tree)
    way = scene.crumbs.extent if scene.crumbs else (0, 0)
    group = choose(tape, dated_groups(tape, skip=way, tabs=scene.crumbs is None), scene)
    entries = make_entries(tape, group, find_base(page), as_of) if group else ()
    if not group or not entries:
        return None
    pager = read_pager(page, tape, (group.start, group.end))
    return Listing(entries, pager.turn, pager.rows, pager.pages)
