"""Links of a page to other postings of its site: what ties a policy document and its interpretation (政策解读) together."""

import re
from collections.abc import Collection
from typing import Any

from crawler.page.addresses import find_base, plain_address, web_address
from crawler.page.page import Page
from crawler.page.page_code import FETCHES
from crawler.page.scripts import script_text
from crawler.page.values import Article
from crawler.readers.articles.outbound_links import is_own
from rules.vocabulary.interpretations import names_other

# Guard: a page with more is a menu; names as long as a title.
MOST, LONGEST, SHORTEST = 200, 120, 8
_NUMBERED = re.compile(r"\d")


def read_related(page: Page, article: Article, hosts: Collection[str]) -> dict[str, Any] | None:
    """`addresses` (as `plain_address` writes them) and `titles` of the links to pages of the site that may be postings; `named`:
    one says in its name that it leads to the document or to its interpretation (政策原文, 相关解读), or stands in the text. None
    where scripts may bring more of them."""
    if FETCHES.search(script_text(page.tree)):
        return None
    base = find_base(page)
    addresses: dict[str, None] = {}
    titles: dict[str, None] = {}
    named = any(is_own(link.url, hosts) for link in article.links)
    for link in page.tree.iter("a"):
        url = web_address(base, (link.get("href") or "").strip() or None)
        if url is None or not is_own(url, hosts):
            continue
        name = "".join((link.get("title") or link.text_content()).split())
        named = named or names_other(name)
        if _NUMBERED.search(url) and len(addresses) < MOST:
            addresses.setdefault(plain_address(url))
        if SHORTEST <= len(name) <= LONGEST and len(titles) < MOST:
            titles.setdefault(name)
    return {"addresses": list(addresses), "titles": list(titles), "named": named}
