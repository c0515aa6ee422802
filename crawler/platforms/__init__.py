"""Content management platforms (网站群平台): what the generic readers cannot know, one module each.

`PLATFORMS` is the whole list. The first that recognises a page is its platform; a site file may name one instead.
"""

from collections.abc import Sequence

from crawler.page.page import Page
from crawler.platforms.empire import Empire
from crawler.platforms.epoint import Epoint
from crawler.platforms.gkmlpt import Gkmlpt
from crawler.platforms.hanweb import Hanweb
from crawler.platforms.jpaas import Jpaas
from crawler.platforms.platform import Platform
from crawler.platforms.siteserver import SiteServer
from crawler.platforms.trs import Trs
from crawler.platforms.vsb import Vsb

__all__ = ["PLATFORMS", "Platform", "find_platform", "platform_named"]

PLATFORMS: tuple[Platform, ...] = (
    Hanweb(),
    Jpaas(),
    Gkmlpt(),
    Epoint(),
    SiteServer(),
    Trs(),
    Vsb(),
    Empire(),
)


def platform_named(name: str | None, platforms: Sequence[Platform] = PLATFORMS) -> Platform | None:
    """The platform that a site file names; None for none. KeyError for a name that is in no tuple."""
    return {one.name: one for one in platforms}[name] if name else None


def find_platform(
    page: Page, named: str | None = None, platforms: Sequence[Platform] = PLATFORMS
) -> Platform | None:
    """The platform of a page: the one named, else the first that recognises it; None for a page of another's."""
    return platform_named(named, platforms) or next((one for one in platforms if one.recognise(page)), None)
