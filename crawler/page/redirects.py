"""Where a redirect led: to the home page, an error page, a login page, another site."""

from crawler.page.address_kinds import is_home, names_error, names_login, of_site
from crawler.page.addresses import same_page
from crawler.page.page import Page
from crawler.page.values import Expectation


def redirected(page: Page) -> bool:
    """Whether another page answered than the one asked for."""
    return page.asked is not None and not same_page(page.asked, page.url)


def to_home(page: Page, expect: Expectation | None) -> bool:
    return redirected(page) and is_home(page.url, page.url, expect)


def to_error(page: Page) -> bool:
    """Whether we were sent to an error page; a column may be number 404 and be asked for so."""
    return redirected(page) and names_error(page.url) and not names_error(page.asked or "")


def to_login(page: Page) -> bool:
    return redirected(page) and names_login(page.url)


def to_other_host(page: Page, expect: Expectation | None) -> bool:
    """Whether the request was sent on to a site that is neither the asked one's nor the home's."""
    return page.asked is not None and not of_site(page.url, page.asked, expect)
