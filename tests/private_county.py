"""A county on loopback that shows every text of tests/private_data/spellings.toml wherever a page may show one: in titles,
sources, addresses, names of files, writers, subjects, questions and answers."""

import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TABLE = tomllib.loads((Path(__file__).parent / "private_data" / "spellings.toml").read_text(encoding="utf-8"))
HIDDEN = [(one["text"], one["number"]) for one in TABLE["hidden"]]
KEPT = [one["text"] for one in TABLE["kept"]]
HOST = "https://www.example.gov.cn"
TEXTS = [text for text, _ in HIDDEN] + KEPT
NEWEST = date(2023, 6, 28)
SITE = """
name = "某县人民政府"
home = "{home}"
crawl = {{delay = 0.0, timeout = 5}}
office = {{email = "zwgk@county.example"}}
units = [{{id = "czj", name = "县财政局", kind = "部门", email = "czj@county.example"}}]
columns = [
  {{units = ["czj"], path = ["", "通知公告"], url = "/tzgg/"}},
  {{units = ["czj"], path = ["", "网址"], url = "/wz/"}},
]
mailboxes = [{{name = "县长信箱", url = "/xx/", reply_within = 5}}]
"""
HEAD = (
    "<html><head><meta charset='utf-8'><title>{name}-某县人民政府</title></head>"
    "<body><div>当前位置：<a href='/'>首页</a> &gt; {name}</div>"
)


def day_of(number: int) -> date:
    return NEWEST - timedelta(days=number)


class PrivateCounty:
    """Answers by path; `asked` is every path with its query, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def answer(self, path: str) -> str | None:
        self.asked.append(path)
        kind, _, rest = urlsplit(path).path.strip("/").partition("/")
        pages = {"": self._home, "tzgg": self._titles, "wz": self._addresses, "xx": self._letters}
        if kind in pages and not rest:
            return pages[kind]()
        number = rest.removesuffix(".html")
        if kind in ("a", "l") and number.isdigit():
            return (self._article if kind == "a" else self._letter)(int(number))
        return (
            HEAD.format(name="网址")
            + "<h1>某事项的公示</h1><p>发布时间：2023-06-01</p><p>现予公示，公示期七天。</p></body></html>"
        )

    def _home(self) -> str:
        return (
            HEAD.format(name="首页") + "".join(f"<p>{escape(text)}</p>" for text in TEXTS) + "</body></html>"
        )

    def _titles(self) -> str:
        return self._list("通知公告", [(f"/a/{n}.html", f"关于{text}的公示") for n, text in enumerate(TEXTS)])

    def _addresses(self) -> str:
        links = [
            text.replace(HOST, "")
            if text.startswith(HOST)
            else f"/x/{n}.html?tel={text.replace(chr(10), ' ')}"
            for n, text in enumerate(TEXTS)
        ]
        return self._list("网址", [(link, f"第{n}号事项公示") for n, link in enumerate(links)])

    def _list(self, name: str, rows: list[tuple[str, str]]) -> str:
        lines = "".join(
            f"<li><a href='{escape(link, quote=True)}'>{escape(title)}</a><span>{day_of(n)}</span></li>"
            for n, (link, title) in enumerate(rows)
        )
        return f"{HEAD.format(name=name)}<ul class='list'>{lines}</ul><div>共{len(rows)}条 1/1页</div></body></html>"

    def _article(self, number: int) -> str:
        text = escape(TEXTS[number])
        return (
            f"{HEAD.format(name='通知公告')}<h1>关于{text}的公示</h1><p>发布时间：{day_of(number)}　来源：县财政局{text}</p>"
            f"<div><p>现将有关情况予以公示，联系方式{text}，公示期七天，欢迎社会各界监督。</p><p>附件：{text}清单</p>"
            f"<p><a href='/f/{number}.doc'>{text}清单.doc</a> <a href='http://127.0.0.1:9/?tel={text}'>{text}</a></p></div></body></html>"
        )

    def _letters(self) -> str:
        rows = "".join(
            f"<tr><td>A{n}</td><td><a href='/l/{n}.html'>反映{escape(text)}的问题</a></td><td>{date(2023, 3, 1)}</td>"
            f"<td>县财政局</td><td>处理中</td></tr>"
            for n, text in enumerate(TEXTS)
        )
        heads = "<tr><th>编号</th><th>标题</th><th>来信时间</th><th>办理单位</th><th>状态</th></tr>"
        return f"{HEAD.format(name='县长信箱')}<table>{heads}{rows}</table><div>共{len(TEXTS)}条 1/1页</div></body></html>"

    def _letter(self, number: int) -> str:
        text = escape(TEXTS[number])
        answer = f"您好{text}，收到" if number % 2 else "暂无回复"
        return (
            f"{HEAD.format(name='县长信箱')}<h1>反映{text}的问题</h1><table><tr><td>信件编号</td><td>A{number}</td>"
            f"<td>来信人</td><td>张三{text}</td><td>来信时间</td><td>2023-03-01</td></tr>"
            f"<tr><td>来信内容</td><td colspan='5'>我的联系方式是{text}，请尽快修复南关桥护栏。</td></tr>"
            f"<tr><td>答复内容</td><td colspan='5'>{answer}</td></tr></table></body></html>"
        )


@contextmanager
def private_county() -> Iterator[tuple[PrivateCounty, str]]:
    """Serves the county until the block ends; the county and its home."""
    county = PrivateCounty()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = None if urlsplit(self.path).path == "/robots.txt" else county.answer(self.path)
            content = (body or "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield county, f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
