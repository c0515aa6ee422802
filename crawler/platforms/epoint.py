"""新点 Epoint WebBuilder: the list's script posts its parameters as one JSON text in the form field `params`.

    var siteGuid = "7eb5f7f1-…", categoryNum = "003001005";
    … ajax({url: "/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew", data: {params: …, pageSize: 15}})
    → {"custom": {"infodata": [{"title", "infourl", "infodate"}], "count": 33}}

Static lists of the same system (moreinfo.html, 2.html …) print their pager, and the generic reader follows it; or a script
draws it, whose handler makes the address of a page of its number, counted from 0 in `pageIndex`:

    $("#page").pagination({pageIndex: 0, pageSize: 15, total: 62});
    $("#page").on("pageClicked", function (event, data) { location.href = "/zwgk/003001/" + (data.pageIndex + 1) + ".html"; });
"""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from crawler.page.addresses import find_base, join
from crawler.page.page import Page
from crawler.page.scripts import script_text
from crawler.platforms.platform import Platform
from crawler.readers.pagers.pager_scripts import PagerPlan, find_plans
from crawler.readers.pagers.scripted_addresses import find_template
from rules.vocabulary.places import Endpoint

_ADDRESS = re.compile(r"[\"']([^\"'\s]{0,200}/rest/\w{1,60}/getPageInfoList\w{0,20})[\"']", re.I)
_VALUE = r"\b{}[\"']?\s?[:=]\s?[\"']([\w-]{{2,60}})[\"']"
_SITE = re.compile(_VALUE.format("siteGuid"), re.I)
_CATEGORY = re.compile(_VALUE.format("categoryNum"), re.I)
_SIZE = re.compile(r"\bpageSize[\"']?\s?[:=]\s?[\"']?(\d{1,3})\b", re.I)
_HANDLER = re.compile(r"\b(?:page|jump)Clicked\b")
# Characters of the handler: the rest is another's.
_HANDLER_ENDS = 700
_FROM_ZERO = re.compile(r"(?:^|\.)pageIndex$", re.I)
ROWS_A_PAGE = 15


class Epoint(Platform):
    """新点 WebBuilder."""

    name = "epoint"
    label = "新点Epoint"

    def recognise(self, page: Page) -> bool:
        return "getPageInfoList" in page.text or ("Clicked" in page.text and bool(_HANDLER.search(page.text)))

    def pagers(self, page: Page) -> Iterable[PagerPlan]:
        scripts = script_text(page.tree)
        sized = next((plan for plan in find_plans(page.tree) if plan.pages), None)
        for handler in _HANDLER.finditer(scripts) if sized else ():
            template = find_template(scripts[handler.end() : handler.end() + _HANDLER_ENDS])
            if template and sized:
                from_zero = bool(_FROM_ZERO.search(template.counts))
                shift = template.shift - from_zero if template.absolute is None else template.absolute
                # Which page is shown the address tells: 2.html.
                yield replace(sized, page=None, shift=shift, stem=None, template=template.text)
                return

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
