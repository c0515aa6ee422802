"""广东省集约化平台, 政府信息公开目录 (gkmlpt): a shell for every column; the fragment of the address names the column.

/gkmlpt/index#2571      window._CONFIG = {SID: '755041', COLUMN_ID: …}
/gkmlpt/api/all/2571?page=1&sid=755041  →  {"total": 312, "articles": [{"title", "url", "date" (seconds), …}]}
"""

import re

from crawler.page.addresses import join, split
from crawler.page.page import Page
from crawler.page.values import PageRequest
from crawler.platforms.platform import Platform
from rules.vocabulary.places import Endpoint

_SITE = re.compile(r"\bSID[\"']?\s?[:=]\s?[\"']?(\d{1,12})\b")
_COLUMN = re.compile(r"\b(?:COLUMN_ID|CATALOG_ID|CATEGORY_ID)[\"']?\s?[:=]\s?[\"']?(\d{1,9})\b")
_FOLDER = re.compile(r"(.*?/gkmlpt)(?:/|$)")
ROWS_A_PAGE = 100


class Gkmlpt(Platform):
    """广东省政府信息公开目录平台."""

    name = "gkmlpt"
    label = "广东集约化gkmlpt"

    def recognise(self, page: Page) -> bool:
        return "/gkmlpt" in page.url and "_CONFIG" in page.text

    def first_request(self, url: str) -> PageRequest:
        return PageRequest(url.partition("#")[0])

    def endpoint(self, page: Page, url: str) -> Endpoint | None:
        folder, site = _FOLDER.match(split(page.url).path), _SITE.search(page.text)
        column = split(url).fragment.strip("/!")
        if not column.isdecimal():
            declared = _COLUMN.search(page.text)
            column = declared[1] if declared else ""
        if folder is None or site is None or not column:
            return None
        address = join(page.url, f"{folder[1]}/api/all/{column}")
        return Endpoint(
            f"{address}?page={{page}}&sid={site[1]}",
            "articles",
            "title",
            "date",
            "url",
            "total",
            size=ROWS_A_PAGE,
        )
