"""集约化平台 jpaas (大汉 JPaaS, 全国政府网站集约化): a page is put together from units, each fetched by its own script.

    <script url="/api-gateway/jpaas-publish-server/front/page/build/unit"
        queryData="{'parseType':'bulidstatic','webId':'26','tplSetId':'q1','pageType':'column','tagId':'分页列表',
        'editType':'null','pageId':'2256'}"></script>

The answer is JSON with the unit's HTML: {"success":true,"data":{"html":"<ul>…"}}. The page of the list is asked for by
paramJson={"pageNo":2,"pageSize":15}; without it the server gives the first.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from crawler.page.addresses import find_base, join
from crawler.page.page import Page
from crawler.platforms.platform import Platform
from rules.vocabulary.places import Endpoint

_UNIT = "/front/page/build/unit"
_PAIR = re.compile(r"['\"](\w{2,30})['\"]\s?:\s?['\"]([^'\"]{0,400})['\"]")
_SIZE = re.compile(r"pageSize['\"\\]{0,3}\s?[:=]\s?['\"\\]{0,3}(\d{1,3})")
# A page has units for its menus and its breadcrumb too; the list's is named for what it is.
_LIST = re.compile(r"分页|列表|list|信息|page", re.I)
ROWS_A_PAGE = 15  # the platform's own default


class Jpaas(Platform):
    """JPaaS (集约化平台)."""

    name = "jpaas"
    label = "集约化平台jpaas"

    def recognise(self, page: Page) -> bool:
        return _UNIT in page.text

    def endpoint(self, page: Page, url: str) -> Endpoint | None:  # noqa: ARG002
        units = [(address, data) for address, data in _units(page) if data.get("pageType") != "article"]
        named = [unit for unit in units if _LIST.search(unit[1].get("tagId", ""))]
        chosen = units if len(units) == 1 else named
        if len(chosen) != 1:
            return None
        address, fields = chosen[0]
        given = fields.pop("paramJson", "")
        size = _SIZE.search(given) or _SIZE.search(page.text)
        rows = (int(size[1]) if size else 0) or ROWS_A_PAGE
        turning = quote(json.dumps({"pageNo": "{page}", "pageSize": rows}, separators=(",", ":")))
        # The number stands unquoted in the JSON.
        turning = turning.replace(quote('"{page}"'), "{page}")
        return Endpoint(
            f"{address}?{urlencode(fields)}&paramJson={turning}",
            "data.html",
            "",
            "",
            size=rows,
            base=find_base(page),
        )


def _units(page: Page) -> Iterator[tuple[str, dict[str, str]]]:
    """The address and the parameters of each unit that a script of the page fetches."""
    for script in page.tree.iter("script"):
        address = (
            join(find_base(page), script.get("url") or "") if _UNIT in (script.get("url") or "") else None
        )
        if address:
            pairs = _PAIR.findall(script.get("querydata") or script.get("queryData") or "")
            yield address.partition("?")[0], dict(pairs)
