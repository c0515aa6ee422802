"""SiteServer CMS (SSCMS): a part of a page that is drawn for each visitor is posted for as JSON.

    function stlDynamic_ajaxElement_1_12(page) { var url = "/api/sys/stl/actions/dynamic?"; var data = {
        siteId: 1, pageChannelId: 12, pageTemplateId: 5, pageUrl: '…', ajaxDivId: '…', templateContent: '…' }; …
    → {"value": true, "html": "<ul>…"}

The parameters are repeated as they stand, `page` is set. Static lists of the same system (/channels/12.html,
/channels/12_2.html) print their pager; the generic reader follows it.
"""

import json
import re

from crawler.page.addresses import find_base, join
from crawler.page.page import Page
from crawler.page.scripts import script_text
from crawler.platforms.platform import Platform
from rules.vocabulary.places import Endpoint

_MARK = "stl/actions/dynamic"
_CALL = re.compile(
    r"[\"']([^\"'\s]{0,200}/stl/actions/dynamic)\??[\"'].{0,400}?\{((?:[^{}'\"]|'[^']{0,20000}'|\"[^\"]{0,20000}\"){10,40000})\}",
    re.S,
)
_PAIR = re.compile(
    r"[\"']?(\w{2,30})[\"']?\s?:\s?(?:'([^']{0,20000})'|\"([^\"]{0,20000})\"|(\d{1,12})|(true|false))"
)
ROWS_A_PAGE = 20


class SiteServer(Platform):
    """SiteServer CMS, SSCMS."""

    name = "siteserver"
    label = "SiteServer CMS"

    def recognise(self, page: Page) -> bool:
        return _MARK in page.text

    def endpoint(self, page: Page, url: str) -> Endpoint | None:  # noqa: ARG002
        calls = list(_CALL.finditer(script_text(page.tree)))
        address = join(find_base(page), calls[0][1]) if len(calls) == 1 else None
        if address is None:
            return None
        fields: dict[str, object] = {}
        for name, single, double, number, flag in _PAIR.findall(calls[0][2]):
            fields[name] = int(number) if number else flag == "true" if flag else single or double
        asked = json.dumps({**fields, "page": "{page}"}, ensure_ascii=False).replace('"{page}"', "{page}")
        return Endpoint(address, "html", "", "", size=ROWS_A_PAGE, body=asked, base=find_base(page))
