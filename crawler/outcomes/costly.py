"""Reading a page within its budget (`crawler.page.budget`); past it nothing of the page is used."""

from collections.abc import Callable

from crawler.outcomes.causes import fault_of, outcome_of
from crawler.page.budget import Read, TooCostly, within_time
from crawler.page.page import Page
from crawler.page.values import PageOutcome


def within_budget(page: Page, read: Callable[[], Read], unread: Callable[[PageOutcome], Read]) -> Read:
    """What `read` makes of the page. Where that would take more than one page may, `unread` of the cause: `too_costly`,
    or the status that the answer came with. `read` must neither write nor await."""
    try:
        return within_time(read)
    except TooCostly:
        return unread(fault_of(page.status) or outcome_of("too_costly"))
