"""新点 Epoint WebBuilder: the list's script posts its parameters as one JSON text in the form field `params`.

    var siteGuid = "7eb5f7f1-…", categoryNum = "003001005";
    … ajax({url: "/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew", data: {params: …, pageSize: 15}})
    → {"custom": {"infodata": [{"title", "infourl", "infodate"}], "count": 33}}

Static lists of the same system (moreinfo.html, 2.html …) print their pager; the generic reader follows it.
"""

import json
import re

from crawler.page.addresses import find_base, join
from crawler.page.page import Page
from crawler.page.scripts import script_text
from crawler.platforms.platform import Platform
from rules.vocabulary.places import Endpoint

_ADDRESS = re.compile(r"[\"']([^\"'\s]{0,200}/rest/\w{1,60}/getPageInfoList\w{0,20})[\"']", re.I)
_VALUE = r"\b{}[\"']?\s?[:=]\s?[\"']([\w-]{{2,60}})[\"']"
_SITE = re.compile(_VALUE.format("siteGuid"), re.I)
_CATEGORY = re.compile(_VALUE.format("categoryNum"), re.I)
_SIZE = re.compile(r"\bpageSize[\"']?\s?[:=]\s?[\"']?(\d{1,3})\b", re.I)
ROWS_A_PAGE = 15


class Epoint(Platform):
    """新点 WebBuilder."""

    name = "epoint"
    label = "新点Epoint"

    def recognise(self, page: Page) -> bool:
        return "getPageInfoList" in page.text

    def endpoint(self, page: Page, url: str) -> Endpoint | None:  # noqa: ARG002
        scripts = script_text(page.tree)
        named, site, category = (one.search(scripts) for one in (_ADDRESS, _SITE, _CATEGORY))
        address = join(find_base(page), named[1]) if named else None
        if address is None or site is None or category is None:
            return None
        size = _SIZE.search(scripts)
        rows = (int(size[1]) if size else 0) or ROWS_A_PAGE
        fields = {"siteGuid": site[1], "categoryNum": category[1], "pageIndex": "{page}", "pageSize": rows}
        # The number stands unquoted in the JSON.
        asked = json.dumps(fields, ensure_ascii=False).replace('"{page}"', "{page}")
        return Endpoint(
            address, "custom.infodata", "title", "infodate", "infourl", "custom.count",
            first=0, size=rows, form={"params": asked}, base=find_base(page),
        )  # fmt: skip
