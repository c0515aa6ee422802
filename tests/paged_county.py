"""A county of a few columns on loopback whose lists run over pages; a test may do something whenever a page is asked for."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROWS = 10
SITE = """
name = "某县人民政府"
home = "http://127.0.0.1:{port}/"
crawl = {{delay = 0.0, timeout = 5}}
units = [{{id = "czj", name = "县财政局", kind = "部门"}}]
columns = [
{columns}
]
"""
COLUMN = '  {{units = ["czj"], path = ["", "{name}"], url = "/{key}/"}},'
PAGE = """<html><head><title>{name}-某县人民政府</title><meta name="ColumnName" content="{name}"></head><body>
<div>当前位置：<a href="/">首页</a> &gt; {name}</div><ul class="list">{rows}</ul>
<div class="page">{pager}</div></body></html>"""
PAGER = "共{total}条 {pages}页 {next}"
NAMES = {"tzgg": "通知公告", "gzdt": "工作动态"}


def days_before(newest: date, number: int) -> list[date]:
    """So many days, one a posting, newest first."""
    return [newest - timedelta(days=n) for n in range(number)]


@dataclass
class PagedCounty:
    """`lists`: column → the days of its postings, newest first. `on_asked` is called with column and page before each
    answer; `date` gives the Date header ("": the server's own); `asked` is every path, in order."""

    lists: dict[str, list[date]]
    on_asked: Callable[[str, int], None] = lambda _column, _page: None
    date: str = ""
    asked: list[str] = field(default_factory=list)
    filler: str = ""
    pager: str = PAGER
    # Rows of each page that the next one shows once more.
    overlap: int = 0
    # Column → the most rows that it shows; it has no pager.
    cut: dict[str, int] = field(default_factory=dict)
    # The day that a row shows, by the posting's own.
    shown: Callable[[date], object] = lambda day: day
    names: dict[str, str] = field(default_factory=lambda: dict(NAMES))

    def answer(self, path: str) -> str | None:
        self.asked.append(path)
        column, number = (
            urlsplit(path).path.strip("/"),
            int(parse_qs(urlsplit(path).query).get("p", ["1"])[0]),
        )
        if column not in self.lists:
            return "<html><body><p>某县人民政府</p></body></html>" if path == "/" else None
        self.on_asked(column, number)
        days = self.lists.get(column)
        if days is None:
            return None
        if column in self.cut:
            days = days[: self.cut[column]]
        # Of a day's postings each has its number, the oldest the first: one that comes in renames no other.
        numbered = [(days[n:].count(day), day) for n, day in enumerate(days)]
        step = ROWS - self.overlap
        shown = numbered[(number - 1) * step : (number - 1) * step + ROWS]
        rows = "".join(
            f'<li><a href="/{column}/{day:%Y%m%d}_{n}.html">'
            f"关于{day:%m月%d日}第{n}批事项安排情况的公告{self.filler}</a><span>{self.shown(day)}</span></li>"
            for n, day in shown
        )
        pages = max(1, -(-(len(days) - self.overlap) // step)) if days else 0
        following = f'<a href="/{column}/?p={number + 1}">下一页</a>' if number < pages else "下一页"
        pager = "" if column in self.cut else self.pager.format(total=len(days), pages=pages, next=following)
        return PAGE.format(name=self.names[column], rows=rows, pager=pager)

    def site(self, folder: Path, port: int) -> Path:
        file = folder / "mou.toml"
        columns = "\n".join(COLUMN.format(key=key, name=name) for key, name in self.names.items())
        file.write_text(SITE.format(port=port, columns=columns), encoding="utf-8")
        return file


@contextmanager
def serving(county: PagedCounty) -> Iterator[int]:
    """The port at which the county answers."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (county.answer(self.path) or "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return county.date or super().date_time_string(timestamp)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
