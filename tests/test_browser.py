"""A list that only a script fills: a JS shell without help, read by endpoint, read with a real browser."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from crawler.fetching import browser
from crawler.fetching.browser import browser_settings, chromium, why_no_sandbox
from tests.commandline import gongkai

SHELL = """<!doctype html><html><head><meta charset="utf-8"><title>通知公告</title></head><body>
<div id="app"></div><script>
fetch("/api/list?page=1").then(r => r.json()).then(data => {
  document.getElementById("app").innerHTML = "<div class='crumb'>当前位置：首页 &gt; 通知公告</div><ul>" +
    data.rows.map(r => `<li><a href="/art/${r.id}.html">${r.title}</a><span>${r.day}</span></li>`).join("") + "</ul><div>共12条</div>";
});
</script></body></html>"""
ROWS = [
    {"id": n, "title": f"关于第{n}批次补贴资金发放情况的公告", "day": f"2023-05-{28 - n:02}"}
    for n in range(12)
]
SITE = """
name = "某县人民政府"
home = "http://www.mou.example/"
crawl = {{delay = 0.0, obey_robots = false}}
units = [{{id = "a", name = "甲局", kind = "部门"}}]

[[columns]]
units = ["a"]
path = ["", "通知公告"]
url = "/tzgg/"
{extra}
"""
API = """
[columns.api]
url = "/api/list?page={page}"
rows = "rows"
title = "title"
date = "day"
link = "/art/{id}.html"
total = "total"
"""


class County(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        as_json = self.path.startswith("/api/")
        body = json.dumps({"rows": ROWS, "total": len(ROWS)}) if as_json else SHELL
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if as_json else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: Any) -> None:
        """Nothing: the test looks at what was counted."""


@pytest.fixture(scope="module")
def at() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), County)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def read(folder: Path, at: str, extra: str) -> dict[str, Any]:
    site = folder / "mou.toml"
    site.write_text(SITE.format(extra=extra), encoding="utf-8")
    said = gongkai(folder, "crawl", site, "--as-of", "2023-07-03", "--at", at, "--json")
    assert said.status == 0, said.err
    assert said.json["browser_sandbox"] == (not why_no_sandbox() if "browser" in extra else None)
    assert ("没有在沙箱中运行" in said.err) == (said.json["browser_sandbox"] is False)
    counted: dict[str, Any] = gongkai(
        folder, "count", site, "2023Q2", "--as-of", "2023-07-03", "--json"
    ).json[0]
    return counted


def test_a_shell_without_rows_is_unreadable_not_empty(tmp_path: Path, at: str) -> None:
    row = read(tmp_path, at, "")
    assert (row["count"], row["exactness"], row["status"]) == (None, None, "unreadable")


def test_its_endpoint_is_read(tmp_path: Path, at: str) -> None:
    row = read(tmp_path, at, API)
    assert (row["count"], row["exactness"], row["status"]) == (12, "exact", "read")


@pytest.mark.skipif(
    not (find_spec("scrapy_playwright") and chromium()),
    reason="没有 scrapy-playwright 或 Chromium：浏览器测试跳过",
)
def test_a_real_browser_reads_it(tmp_path: Path, at: str) -> None:
    row = read(tmp_path, at, "browser = true")
    assert (row["count"], row["exactness"], row["status"]) == (12, "exact", "read")


def test_a_browser_that_is_not_there_is_said_before_anything_is_asked(
    tmp_path: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("GONGKAI_CHROMIUM", raising=False)
    site = tmp_path / "mou.toml"
    site.write_text(SITE.format(extra="browser = true"), encoding="utf-8")
    said = gongkai(tmp_path, "crawl", site, "--at", at)
    assert said.status == 2
    assert "要求用浏览器读取" in said.err


@pytest.mark.parametrize("sandbox", [True, False])
def test_chromium_is_asked_for_its_sandbox(sandbox: bool) -> None:
    launch = browser_settings(sandbox=sandbox)["PLAYWRIGHT_LAUNCH_OPTIONS"]
    assert launch["chromium_sandbox"] is sandbox
    assert "--no-sandbox" not in launch["args"]


@pytest.mark.parametrize(
    ("user", "allowed", "helper", "why"),
    [
        (0, True, True, "root"),
        (1000, True, False, ""),
        (1000, False, False, "命名空间"),
        (1000, False, True, ""),
    ],
)
def test_why_a_browser_has_no_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, allowed: bool, helper: bool, why: str
) -> None:
    monkeypatch.setenv("GONGKAI_CHROMIUM", str(tmp_path / "chromium"))
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr(browser, "_TRY_NAMESPACE", f"raise SystemExit({int(not allowed)})")
    if helper:
        (tmp_path / "chrome-sandbox").touch()
        (tmp_path / "chrome-sandbox").chmod(0o4755)
    said = why_no_sandbox()
    assert why in said
    assert bool(said) == bool(why)
