"""A county on loopback whose columns are shells: their lists come from endpoints that the pages themselves name."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

NEWEST = date(2023, 6, 30)
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DYNAMIC = "/api/sys/stl/actions/dynamic"
ROWS = 15


@dataclass
class ShellCounty:
    """`lists`: column → how many postings it has, a day apart. What `broken` names answers an error from the page of
    that number on; what `foreign` names has its endpoint on another host; `posted` are those whose endpoint takes a
    posted JSON text; the pages of `static` still carry their rows; the endpoints of `sent_on` redirect to another
    host. `asked` is every path with its query, in order."""

    lists: dict[str, int]
    broken: dict[str, int] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    posted: frozenset[str] = frozenset()
    static: set[str] = field(default_factory=set)
    sent_on: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, sent: str = "") -> tuple[int, str, str]:
        """Status, content type and body; `sent` is a posted body."""
        self.asked.append(path)
        parts = urlsplit(path)
        fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == UNIT:
            html = self._html(fields["pageId"], json.loads(fields["paramJson"])["pageNo"])
            return 200, "application/json", self._packed(html, {"html": html})
        if parts.path == DYNAMIC:
            asked = json.loads(sent)
            html = self._html(f"post{asked['pageChannelId']}", asked["page"])
            return 200, "application/json", json.dumps({"value": True, "html": html})
        if parts.path == "/mine/rows":
            return 200, "application/json", json.dumps(self._titles(fields["column"], int(fields["p"])))
        column = parts.path.strip("/")
        return (
            (200, "text/html", self._shell(column)) if column in self.lists else (404, "text/html", "无此页")
        )

    def tag(self, path: str) -> str:
        """The ETag of an address: another one once a page is a shell, and then the same for ever."""
        return '"rows"' if path.strip("/") in self.static else '"for ever"'

    def _shell(self, column: str) -> str:
        way = f'<div>当前位置：<a href="/">首页</a> &gt; <a href="/{column}/">{column}</a></div>'
        if column.startswith("mine"):
            return f"<html><body>{way}<my-list data-from='/mine/rows' data-column='{column}'></my-list></body></html>"
        if column in self.static:
            return (
                f"<html><head><title>{column}</title></head><body>{way}{self._html(column, 1)}</body></html>"
            )
        if column in self.posted:
            data = f"{{ siteId: 1, pageChannelId: {column.removeprefix('post')}, pageUrl: 'aGk', ajaxDivId: 'a1' }}"
            script = f"<script>function stlDynamic_a1(page) {{ var url = '{DYNAMIC}?'; var data = {data}; }}</script>"
            return f"<html><head><title>{column}</title></head><body>{way}<div id='a1'></div>{script}</body></html>"
        host = "http://elsewhere.example" if column in self.foreign else ""
        script = f"<script url='{host}{UNIT}' queryData=\"{{'webId':'3','tagId':'分页列表','pageId':'{column}'}}\"></script>"
        return f"<html><head><title>{column}</title></head><body>{way}<div>{script}</div></body></html>"

    def _packed(self, html: str, data: dict[str, str]) -> str:
        said = {
            "success": bool(html),
            "code": "200" if html else "500",
            "message": "" if html else "系统繁忙",
        }
        return json.dumps({**said, "data": data}, ensure_ascii=False)

    def _html(self, column: str, number: int) -> str:
        """One page of a list; "" from a broken one."""
        if column in self.broken and number >= self.broken[column]:
            return ""
        rows = "".join(
            f'<li><a href="/art/{column}/{one["n"]}.html">{one["title"]}</a><span>{one["day"]}</span></li>'
            for one in self._titles(column, number)
        )
        total = self.lists[column]
        # What the two kinds of endpoint print: jpaas has its size in the request, a dynamic part says its pages.
        pages = f" 第{number}/{-(-total // ROWS)}页" if column in self.posted else ""
        pager = f"<div class='page'>共{total}条{pages}</div>"
        return f"<ul>{rows}</ul>{pager}" if rows else f"<div>暂无信息</div>{pager}"

    def _titles(self, column: str, number: int) -> list[dict[str, Any]]:
        first = (number - 1) * ROWS
        numbers = range(first, min(first + ROWS, self.lists[column]))
        return [
            {"n": n, "title": f"关于公布第{n + 1}批办事指南的通知", "day": str(NEWEST - timedelta(days=n))}
            for n in numbers
        ]


@contextmanager
def serving(county: ShellCounty) -> Iterator[str]:
    """The address at which a county is served."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers["If-None-Match"]
            endpoint = self.path.startswith((UNIT, "/mine/rows"))
            if known == county.tag(self.path) or (known and endpoint):
                # A shell never changes, whatever its list does; an endpoint may know nothing of changes.
                self.send_response(304)
                self.end_headers()
                return
            if endpoint and any(f"pageId={column}" in self.path for column in county.sent_on):
                county.asked.append(self.path)
                self.send_response(302)
                self.send_header("Location", "http://localhost:9/elsewhere")
                self.end_headers()
                return
            self._send(*county.answer(self.path))

        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/json"
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            self._send(*county.answer(self.path, sent.decode()))

        def _send(self, status: int, kind: str, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Last-Modified", "Mon, 01 Jan 2018 00:00:00 GMT")
            self.send_header("ETag", county.tag(self.path))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
