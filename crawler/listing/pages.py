"""A list's page: the platform is found, adds what it knows, and the generic readers do the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crawler.page.page import Page
from crawler.page.values import LetterList, Listing
from crawler.platforms import PLATFORMS, Platform, find_platform
from crawler.readers.letters.letter_list import read_letter_rows
from crawler.readers.lists.listing import NOTHING, Known, read_generic_list


def read_list(
    page: Page,
    as_of: date | None = None,
    named: str | None = None,
    platforms: Sequence[Platform] = PLATFORMS,
) -> Listing:
    """What one page of a column's list shows. Never raises; a page that is no list has no entries.

    `as_of` is the day on which the page was read; `named`, the platform that the site file names.
    """
    return read_list_of(find_platform(page, named, platforms), page, as_of)


def read_letters(
    page: Page, named: str | None = None, platforms: Sequence[Platform] = PLATFORMS
) -> LetterList:
    """What one page of a mailbox's list shows. Never raises; a page that is no such list has no rows."""
    platform = find_platform(page, named, platforms)
    listing = read_list_of(platform, page, None)
    rows = read_letter_rows(platform.unpacked(page) if platform else page, listing.entries)
    says_empty = None if rows else listing.says_empty
    return LetterList(rows, listing.next_page, listing.stated_total, listing.stated_pages, says_empty)


def read_list_of(platform: Platform | None, page: Page, as_of: date | None) -> Listing:
    """The same for a page whose platform is known already."""
    return read_generic_list(page, as_of, _known(page, as_of, platform) if platform else NOTHING)


def _known(page: Page, as_of: date | None, platform: Platform) -> Known:
    carries = platform.rows(page, as_of)
    if carries is not None:
        carries = replace(carries, next_page=platform.next_page(page))
    return Known(carries, tuple(platform.pagers(page)))
