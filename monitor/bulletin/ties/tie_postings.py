"""The postings behind the counts: as many as counted, in the working copy's sheet and on the web page as in the value."""

from pathlib import Path
from typing import Any

from lxml import html
from openpyxl import load_workbook

from monitor.bulletin.annexes import anchors_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.ties.same import require_same
from monitor.paper_files.inert import plain
from monitor.paper_files.posting_rows import HEAD, HEADS, posting_rows


def tie_postings(bulletin: Bulletin, sheet: Path, page: Path) -> int:
    """Compares every list; returns how many places. Raises Mismatch."""
    for each in bulletin.lists:
        if each.count.count is not None:
            require_same(f"{each.count.name}的信息清单条数", each.count.count, len(each.counted))
    return _tie_sheet(bulletin, sheet) + _tie_page(bulletin, page)


def _tie_sheet(bulletin: Bulletin, path: Path) -> int:
    rows = list(load_workbook(path).worksheets[0].iter_rows(min_row=HEAD + 1, values_only=True))
    ours = posting_rows(bulletin.lists)
    require_same(f"{path.name} 的行数", len(ours), len(rows))
    for number, (mine, other) in enumerate(zip(ours, rows, strict=True), start=1):
        for head, value, read in zip(HEADS, mine, other, strict=True):
            wanted = plain(value) if isinstance(value, str) else value
            place = f"{path.name} 第 {number} 行“{head}”列"
            require_same(place, f"{wanted or ''}", f"{getattr(read, 'date', lambda seen=read: seen)() or ''}")
    return len(ours) * len(HEADS)


def _tie_page(bulletin: Bulletin, path: Path) -> int:
    page: Any = html.fromstring(path.read_bytes().decode("utf-8"))
    lists = {each.get("id"): len(each.xpath(".//tbody/tr")) for each in page.xpath("//aside/div")}
    links = page.xpath("//section//td/a/@href")
    anchors = anchors_of(bulletin)
    for each in bulletin.lists:
        place = f"{path.name} 信息清单中{each.count.name}的行数"
        rows = len(each.counted) + len(each.withdrawn)
        require_same(place, rows, lists.get(anchors[each.count.subject]))
    for link in links:
        require_same(f"{path.name} 附件中的链接 {link}", True, link.removeprefix("#") in lists)
    return len(lists) + len(links)
