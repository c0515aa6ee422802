"""What a content management platform may know about lists that the generic readers cannot.

A platform is one module with one class that fills in what it needs of `Platform`; every method but `recognise` has a
default that adds nothing. Platforms see one page at a time and never the network. docs/platforms.md says how one
is added.
"""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from crawler.page.page import Page
from crawler.page.values import Listing, PageRequest
from crawler.readers.pagers.pager_scripts import PagerPlan
from rules.vocabulary.places import Endpoint


class Platform(Protocol):
    """One platform. `name` is what a site file writes (`platform = "trs"`), `label` the product's own name."""

    name: str
    label: str

    @abstractmethod
    def recognise(self, page: Page) -> bool:
        """Whether the page was made by this platform and needs it: by marks that no other platform prints."""

    def first_request(self, url: str) -> PageRequest:
        """How the first page of a column is asked for, where the site file names the platform."""
        return PageRequest(url)

    def endpoint(self, page: Page, url: str) -> Endpoint | None:  # noqa: ARG002
        """Where the list of a shell page comes from, by what the page itself names: the second request. `url` is
        the column's address as declared (with its fragment). None where the page carries its rows, or where
        it does not say enough."""
        return None

    def rows(self, page: Page, as_of: date | None) -> Listing | None:  # noqa: ARG002
        """Rows that the page carries in a form of the platform's own; None where the generic reader is to look."""
        return None

    def next_page(self, page: Page) -> PageRequest | None:  # noqa: ARG002
        """How the page after one that `rows` read is asked for; None on the last."""
        return None

    def pagers(self, page: Page) -> Iterable[PagerPlan]:  # noqa: ARG002
        """What the page's scripts say of the pager that they draw: how many pages, and how these are named."""
        return ()

    def unpacked(self, page: Page) -> Page:
        """The page with rows that `rows` would read put where its script shows them (lists of letters have more to
        read in a row than a title and a day)."""
        return page
