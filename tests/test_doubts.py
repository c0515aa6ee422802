"""Signs on a list's page that it holds more than it shows (tests/pages/doubts.toml)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.listing.source import ListSource, read_page
from crawler.outcomes.causes import CAUSES
from crawler.page.page import Page
from rules.vocabulary.terms import Outcome

URL = "https://www.mou.gov.cn/zwgk/tzgg/"
PAGES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "pages" / "doubts.toml").read_text(encoding="utf-8")
)["page"]
DAYS = [date(2025, 12, 20) - timedelta(days=4 * n) for n in range(12)]
ROWS = "".join(
    f'<li><a href="/zwgk/tzgg/t{day:%Y%m%d}.html">关于做好{day:%m月%d日}有关工作安排的通知</a><span>{day}</span></li>'
    for day in DAYS
)
FRAME = """<html><head><title>通知公告_某县人民政府</title>{head}</head><body>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 通知公告</div>
<div class="right">{before}<div class="con"><ul class="l">{rows}</ul></div>{after}{end}"""
END = "</div><div>主办：某县人民政府办公室</div></body></html>"


@pytest.mark.parametrize("page", PAGES, ids=[page["case"] for page in PAGES])
def test_signs_that_a_list_holds_more(page: dict[str, Any]) -> None:
    parts = {name: page.get(name, "").replace("ROWS", ROWS) for name in ("head", "before", "after")}
    text = FRAME.format(rows=ROWS, end=page.get("end", END), **parts)
    reading = read_page(Page(URL, text.encode()), ListSource(URL), 1, date(2025, 12, 29))
    assert reading.outcome.outcome is Outcome.READ
    assert len(reading.listing.entries) == len(DAYS)
    assert list(reading.listing.doubts) == page["says"]


def test_every_doubt_is_a_cause_of_a_partial_reading() -> None:
    for doubt in {doubt for page in PAGES for doubt in page["says"]}:
        assert CAUSES[doubt].outcome is Outcome.PARTIAL
