"""Links that lead off the site, and whether a citizen can see them."""

import re
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

from lxml import html

from crawler.page.addresses import split, web_address
from crawler.page.page import Page
from rules.scanners.outbound_links import Link

# Guard: more than the friendly links of any portal's foot.
MOST_LINKS = 300
# As much as is printed in a finding.
LONGEST_TEXT = 120
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|(?:^|[;\s])(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
# A rule that hides a menu until it is pointed at says display:none; one that moves it off the screen shows it never.
_RULE = re.compile(r"\.([\w-]{1,60})\s{0,9}\{([^{}]{0,400})\}")
OFF_SCREEN = re.compile(r"(?:left|top)\s{0,3}:\s{0,3}-\d{4,}px", re.IGNORECASE)
# Guard: the rules that hide planted links stand in short sheets of the page itself.
MOST_RULES = 20_000
# What a page hides to show it later (a menu, a tab, a dialogue) is hidden as a block with a name; a planted link is
# hidden by itself or in a block that holds nothing else.
MOST_IN_A_PLANT = 40


def read_outbound(page: Page, hosts: Collection[str]) -> tuple[Link, ...]:
    """Links to other sites than `hosts` (this one's host names, without ports), each address once."""
    found: dict[str, Link] = {}
    away = _moved_away(page)
    for anchor in page.tree.iter("a", "area"):
        url = web_address(page.url, anchor.get("href"))
        if url is None or url in found or is_own(url, hosts):
            continue
        text = " ".join(anchor.text_content().split())[:LONGEST_TEXT]
        text, sponsored = (
            text or (anchor.get("title") or "").strip(),
            "sponsored" in (anchor.get("rel") or ""),
        )
        hidden = any(_hides(element, away) for element in _chain(anchor))
        found[url] = Link(url, text, hidden=hidden, sponsored=sponsored)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def is_own(url: str, hosts: Collection[str]) -> bool:
    """Whether an address is of one of these hosts, or of a name below."""
    host = split(url).hostname or ""
    return any(host.lower() == own or host.lower().endswith("." + own.removeprefix("www.")) for own in hosts)


def _moved_away(page: Page) -> frozenset[str]:
    """The classes that the page's own rules move off the screen."""
    rules = "\n".join(style.text or "" for style in islice(page.tree.iter("style"), 20))[:MOST_RULES]
    return frozenset(rule[1] for rule in _RULE.finditer(rules) if OFF_SCREEN.search(rule[2]))


def _hides(element: html.HtmlElement, away: AbstractSet[str]) -> bool:
    if HIDING.search(element.get("style") or "") or element.get("hidden") is not None:
        return True
    if element.tag == "marquee":
        sides = ((element.get(side) or "").strip() for side in ("width", "height"))
        return not {"0", "1", "0px", "1px"}.isdisjoint(sides)
    return not away.isdisjoint((element.get("class") or "").split())


def _chain(anchor: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The anchor and the blocks around it that hold little but links."""
    yield anchor
    for element in anchor.iterancestors():
        if element.tag == "body" or sum(1 for _ in element.iter("a")) > MOST_IN_A_PLANT:
            return
        yield element
