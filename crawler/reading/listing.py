"""One page of a column's list: its rows, what comes next, how many there should be.

No selectors and no site's name: dates and links find the rows (`rows`), their place on the page decides
which rows are the list (`choosing`), the pager says the rest (`pager`). Rows without dates (`plain`) and
rows that the page only carries (`embedded`) come after, for they are less sure.
"""

from datetime import date

from crawler.reading.choosing import choose
from crawler.reading.companions import with_undated
from crawler.reading.embedded import read_data, read_hidden, read_store
from crawler.reading.emptiness import find_sentence
from crawler.reading.entries import make_entries
from crawler.reading.page import Page
from crawler.reading.pager import read_pager
from crawler.reading.pager_urls import find_base
from crawler.reading.plain import choose_plain
from crawler.reading.rows import Group, dated_groups
from crawler.reading.scene import Scene
from crawler.reading.tape import Tape, record
from crawler.reading.values import Listing

__all__ = ["find_base", "read_list"]


def read_list(page: Page, as_of: date | None = None) -> Listing:
    """What one page of a list shows. Never raises; a page that is no list has no entries.

    `as_of` is the day on which the page was read: later dates are absurd, and it completes dates that
    show no year.
    """
    return read_data(page, as_of) or read_store(page, as_of) or _read_page(page, as_of)


def _read_page(page: Page, as_of: date | None) -> Listing:
    shown = record(page.tree)
    listing = _read_tape(page, shown, as_of)
    if listing:
        return listing
    sentence = find_sentence(shown)
    listing = None if sentence else _read_unseen(page, as_of)
    if listing:
        return listing
    pager = read_pager(page, shown)
    return Listing((), None, pager.rows, pager.pages, sentence)


def _read_unseen(page: Page, as_of: date | None) -> Listing | None:
    """What only a script would show: elements styled away, templates, data."""
    listing = _read_tape(page, record(page.tree, hidden=True), as_of)
    if listing:
        return listing
    entries = read_hidden(page, as_of)
    pager = read_pager(page) if entries else None
    return Listing(entries, pager.turn, pager.rows, pager.pages) if pager else None


def _read_tape(page: Page, tape: Tape, as_of: date | None) -> Listing | None:
    scene = Scene(tape, page.tree)
    way = scene.crumbs.extent if scene.crumbs else (0, 0)
    groups = dated_groups(tape, skip=way, tabs=scene.crumbs is None)
    group = choose(tape, groups, scene) or (None if groups else choose_plain(tape, scene))
    return _make(page, tape, group, as_of) if group else None


def _make(page: Page, tape: Tape, group: Group, as_of: date | None) -> Listing | None:
    group = with_undated(tape, group)
    entries = make_entries(tape, group, find_base(page), as_of)
    if not entries:
        return None
    pager = read_pager(page, tape, (group.start, group.end))
    return Listing(entries, pager.turn, pager.rows, pager.pages)
