"""A page in the crawl's browser reaches its own site and nothing else on this machine: not by a script, a frame, a form, a
web socket, nor by a redirect of any of them."""

import socket
from importlib.util import find_spec
from pathlib import Path

import pytest

from crawler.fetching.browser import chromium
from tests.hostile_server import Hostile, serving, whole
from tests.test_hostile_crawl import rows
from tests.test_unwell_hosts import LIST, causes, crawled, site_of

pytestmark = pytest.mark.skipif(
    not (find_spec("scrapy_playwright") and chromium()),
    reason="没有 scrapy-playwright 或 Chromium：浏览器测试跳过",
)
SCRIPT = """<div id="app"></div><iframe src="{inside}frame"></iframe><iframe src="/sent/on"></iframe>
<script src="{inside}script.js"></script><link rel="stylesheet" href="{inside}style.css">
<form id="f" action="{inside}form" method="post" target="i"></form><iframe name="i"></iframe>
<script>
for (const way of ["fetch", "169.254.169.254"]) fetch(way == "fetch" ? "{inside}fetch" : "http://" + way + "/").catch(() => 0);
fetch("/sent/on?by=fetch", {{mode: "no-cors"}}).catch(() => 0);
navigator.sendBeacon("{inside}beacon", "x");
try {{ new WebSocket("{inside}socket".replace("http", "ws")); new EventSource("{inside}events"); }} catch (e) {{}}
document.getElementById("f").submit();
fetch("/rows").then(r => r.text()).then(rows => {{ document.getElementById("app").innerHTML = rows; }});
</script>"""


class Leading(Hostile):
    """A county whose column is filled by a script that also tries every way inside; /away/ is sent on there."""

    inside = ""

    def answer(self, connection: socket.socket, path: str) -> None:
        self.asked[path] += 1
        pages = {
            "/c0/": whole(
                LIST.format(n=0, rows="").replace("<ul></ul>", SCRIPT.format(inside=self.inside)).encode()
            ),
            "/rows": whole(f"<ul>{rows('/c0/')}</ul>".encode()),
        }
        sent_on = path.startswith(("/sent/on", "/c1/"))
        other = (
            whole(b"", "302 Found", f"Location: {self.inside}sent")
            if sent_on
            else whole(b"", "404 Not Found")
        )
        connection.sendall(pages.get(path, other))


def test_no_way_leads_inside(tmp_path: Path) -> None:
    inside, county = Hostile(), Leading()
    with serving(inside) as trap, serving(county) as port:
        county.inside = f"http://127.0.0.1:{trap}/"
        site = site_of(tmp_path, f"http://127.0.0.1:{port}/", 2)
        text = (
            site.read_text("utf-8")
            .replace('/"}', '/", browser = true}')
            .replace("timeout = 5", "timeout = 20")
        )
        site.write_text(text.replace("0.01, ", "0.01, articles = 0, "), encoding="utf-8")
        said = crawled(site)
    assert said.status == 0, said.err
    assert not inside.asked
    assert county.asked["/rows"] and county.asked["/sent/on?by=fetch"] and county.asked["/c1/"]
    assert said.json["columns"]["read"] == 1
    assert causes(said) == {"private_address": 1}
