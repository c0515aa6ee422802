"""Columns that show nothing on a site whose pages load scripts: proved empty by lists of the same template, or not."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import gongkai

SITE = """
name = "青溪县人民政府"
home = "http://www.qingxi.example/"
crawl = {delay = 0.0, articles = 0}
units = [{id = "bgs", name = "县政府办公室", kind = "部门"}]
columns = [
%s
]
"""
COLUMN = '    {units = ["bgs"], path = ["", "%s"], url = "/%s/"},'
SCRIPTS = '<script src="/js/jquery.min.js"></script><script src="/js/common.js"></script>'
ROWS = "".join(
    f'<li><a href="/ghjh/{day}.html">青溪县农业生产工作方案第{day}期</a><span>2023-06-{day}</span></li>'
    for day in range(28, 10, -1)
)
PAGER = '<div class="page">共18条 第1/1页</div>'
NAV = "".join(f'<li><a href="/n{n}/">{n}月政务公开动态</a></li>' for n in range(1, 13))
FOOT = "<p>主办单位：青溪县人民政府办公室　承办单位：青溪县大数据中心　网站标识码：0000000000</p>"
NAMES = {"bare": "备灾管理"}
ONWARD = '<div class="page">第1页 <a href="/cut/2.html">下一页</a></div>'
# Column → what stands in its page, and the scripts that it loads.
PAGES = {
    "ghjh": (f'<div class="list_con"><ul class="rows">{ROWS}</ul>{PAGER}</div>', SCRIPTS),
    "says": ('<div class="list_con"><ul class="rows"><li>暂无信息</li></ul></div>', SCRIPTS),
    "words": ('<div class="list_con"><p>暂无信息</p></div>', SCRIPTS),
    "bare": ('<div class="list_con"><ul class="rows"></ul></div>', SCRIPTS),
    "other": ('<div class="list_con"><ul class="lines"><li>暂无信息</li></ul></div>', SCRIPTS),
    "loads": (
        '<div class="list_con"><ul class="rows"><li>暂无信息</li></ul></div>',
        SCRIPTS + '<script src="/js/rows.js"></script>',
    ),
    "cut": (f'<div class="list_con"><ul class="rows">{ROWS}</ul>{ONWARD}</div>', SCRIPTS),
    "hooked": ('<div class="list_con"><ul class="rows" id="rows"><li>暂无信息</li></ul></div>', SCRIPTS),
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing: the test looks at what was counted."""


def write_county(folder: Path) -> None:
    lines = "\n".join(COLUMN % (NAMES.get(name, name), name) for name in PAGES)
    (folder / "qingxi.toml").write_text(SITE % lines, encoding="utf-8")
    for name, (matter, scripts) in PAGES.items():
        place = folder / "www" / name
        place.mkdir(parents=True)
        leaf = NAMES.get(name, name)
        way = f'<ul class="nav">{NAV}</ul><div class="wz">当前位置：<a href="/">首页</a> &gt; {leaf}</div>'
        head = f'<meta charset="utf-8"><title>{leaf}-青溪县人民政府</title>'
        # A second page shows the place of the list, and nothing in it.
        for file, shown in (("index.html", matter), ("2.html", PAGES["words"][0])):
            (place / file).write_text(
                f"<html><head>{head}</head><body>{way}{shown}{FOOT}{scripts}</body></html>", encoding="utf-8"
            )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("empty")
    write_county(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "www")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}/"
    said = gongkai(folder, "crawl", "qingxi.toml", "--as-of", "2023-07-03", "--at", at)
    server.shutdown()
    assert said.status == 0, said.err
    yield folder


def test_a_place_in_which_siblings_carry_rows_is_empty_and_no_other(folder: Path) -> None:
    rows = gongkai(folder, "count", "qingxi.toml", "2023Q2", "--as-of", "2023-07-03", "--json").json
    counted = {row["level1"]: (row["count"], row["exactness"], row["status"]) for row in rows}
    counted["bare"] = counted.pop(NAMES["bare"])
    assert counted["ghjh"] == (18, "exact", "read")
    empty, unread = (0, "exact", "empty"), (None, None, "unreadable")
    # What one page of a list does not prove is no empty list: its first page has rows.
    assert counted["cut"] == (18, "at least", "partial")
    assert {name: counted[name] for name in PAGES if name not in ("ghjh", "cut")} == {
        "says": empty, "words": empty, "bare": empty, "other": empty, "loads": unread, "hooked": unread,
    }  # fmt: skip


def test_the_kept_pages_prove_it(folder: Path) -> None:
    said = gongkai(folder, "prove", "qingxi.toml", "2023Q2", "--as-of", "2023-07-03")
    assert said.status == 0, said.out + said.err
