"""Where a copied site is really live, as its pages tell: a copier's comment, META SiteDomain, a canonical
link, or links that lead to another host as if it were their own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.discovery.page_links import Link
from crawler.page.addresses import origin_of, split
from crawler.page.meta import read_meta
from crawler.page.page import Page
from rules.vocabulary.words import word_set

_COPIED = re.compile(
    r"<!--\s*(?:Mirrored from\s+|saved from url=\(\d+\)https?://)([\w.:-]+)(/[^\s>]*)?", re.I
)
_DOMAIN = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)/?")
_HOME_NAMES = word_set("navigation.home")


@dataclass(frozen=True, slots=True)
class LiveAddress:
    """`origin` is http://host; `path` where the page itself is live, "" where that is not said."""

    origin: str
    path: str = ""


def live_address_of(page: Page) -> LiveAddress | None:
    """What a page says outright."""
    copied = _COPIED.search(page.text[:3000])
    if copied:
        return LiveAddress(f"http://{copied[1].lower()}", copied[2] or "/")
    domain = _DOMAIN.fullmatch(read_meta(page.tree).get("sitedomain", "").strip().lower())
    if domain:
        return LiveAddress(f"http://{domain[1]}")
    canonical = str(page.tree.xpath("string(//link[@rel='canonical']/@href)"))
    if canonical.startswith(("http://", "https://")):
        return LiveAddress(origin_of(canonical), split(canonical).path)
    return None


def linked_as_own(origin: str, page: Page, links: Iterable[Link]) -> list[str]:
    """Other hosts' origins to which a page links as to its own: by 首页, or by a folder it uses itself."""
    own = [link for link in links if link.url.startswith(f"{origin}/")]
    external_links = [link for link in links if not link.url.startswith(f"{origin}/")]
    folders = {_folder(link.url) for link in own} | {_folder(page.url)}
    near = (
        link for link in external_links if link.name in _HOME_NAMES or _folder(link.url) in folders - {""}
    )
    return [origin_of(link.url) for link in near]


def _folder(url: str) -> str:
    return "/".join(split(url).path.split("/")[1:-1][:2])
