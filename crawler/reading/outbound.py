"""Links that lead off the site, and whether a citizen can see them."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html

from crawler.reading.page import Page
from rules.links import Link

MOST_LINKS = 300
LONGEST_TEXT = 120
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|(?:^|[;\s])(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
# What a page hides to show it later (a menu, a tab, a dialogue) is hidden as a block with a name; a planted link is
# hidden by itself or in a block that holds nothing else.
MOST_IN_A_PLANT = 40


def read_outbound(page: Page, hosts: Collection[str]) -> tuple[Link, ...]:
    """Links to other sites than `hosts` (host names of this one), each address once."""
    found: dict[str, Link] = {}
    for anchor in page.tree.iter("a", "area"):
        url = _absolute(page.url, anchor.get("href"))
        if url is None or url in found or _own(urlsplit(url).netloc, hosts):
            continue
        text = " ".join(anchor.text_content().split())[:LONGEST_TEXT]
        sponsored = "sponsored" in (anchor.get("rel") or "")
        found[url] = Link(
            url, text or (anchor.get("title") or "").strip(), hidden=_hidden(anchor), sponsored=sponsored
        )
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def _own(host: str, hosts: Collection[str]) -> bool:
    return any(host.lower() == own or host.lower().endswith("." + own.removeprefix("www.")) for own in hosts)


def _absolute(base: str, href: str | None) -> str | None:
    try:
        url = urljoin(base, (href or "").strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and urlsplit(url).netloc else None


def _hidden(anchor: html.HtmlElement) -> bool:
    return any(
        HIDING.search(element.get("style") or "") or element.get("hidden") is not None
        for element in _chain(anchor)
    )


def _chain(anchor: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The anchor and the blocks around it that hold little but links."""
    yield anchor
    for element in anchor.iterancestors():
        if element.tag == "body" or sum(1 for _ in element.iter("a")) > MOST_IN_A_PLANT:
            return
        yield element
