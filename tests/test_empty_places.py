"""Columns and a mailbox that show nothing on a site whose pages load scripts: proved empty by lists of the same template,
or not."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
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
mailboxes = [{name = "县长信箱", url = "/xzxx/"}]
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
# A page that shows nothing must name its column.
NAMES = {
    "bare": "备灾管理", "one": "规划计划", "two": "统计数据", "three": "机构职能", "left": "应急管理", "right": "价格收费",
}  # fmt: skip
ONWARD = '<div class="page">第1页 <a href="/cut/2.html">下一页</a></div>'
# Two more templates, each with a list that has rows.
BOARD, PANEL = (
    '<div class="board"><ul class="gk_list">%s</ul></div>',
    '<div class="panel"><ul class="news">%s</ul></div>',
)
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
    "board": (BOARD % ROWS + PAGER, SCRIPTS),
    "one": (BOARD % "", SCRIPTS),
    "two": (BOARD % "", SCRIPTS),
    "three": (BOARD % "", SCRIPTS),
    "panel": (PANEL % ROWS + PAGER, ""),
    "left": (PANEL % "", ""),
    "right": (PANEL % "", ""),
    "hooked": ('<div class="list_con"><ul class="rows" id="rows"><li>暂无信息</li></ul></div>', SCRIPTS),
}
MAILBOX = ('<div class="list_con"><ul class="rows"><li>暂无信件</li></ul></div>', SCRIPTS)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing: the test looks at what was counted."""


def write_county(folder: Path) -> None:
    lines = "\n".join(COLUMN % (NAMES.get(name, name), name) for name in PAGES)
    (folder / "qingxi.toml").write_text(SITE % lines, encoding="utf-8")
    for name, (matter, scripts) in {**PAGES, "xzxx": MAILBOX}.items():
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
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}/"
    said = gongkai(folder, "crawl", "qingxi.toml", "--as-of", "2023-07-03", "--at", at)
    server.shutdown()
    assert said.status == 0, said.err
    yield folder


def test_a_place_in_which_siblings_carry_rows_is_empty_and_no_other(folder: Path) -> None:
    rows = gongkai(folder, "count", "qingxi.toml", "2023Q2", "--as-of", "2023-07-03", "--json").json
    counted = {row["level1"]: (row["count"], row["exactness"], row["status"]) for row in rows}
    counted |= {key: counted.pop(leaf) for key, leaf in NAMES.items()}
    listed, empty, unread = (18, "exact", "read"), (0, "exact", "empty"), (None, None, "unreadable")
    # What one page of a list does not prove is no empty list: its first page has rows.
    assert counted == {
        "ghjh": listed, "board": listed, "panel": listed, "cut": (18, "at least", "partial"),
        "says": empty, "words": empty, "other": empty, "loads": unread, "hooked": unread,
        # Three bare places of a template are its empty lists; not two, nor one where other columns say it in words.
        "one": empty, "two": empty, "three": empty, "left": unread, "right": unread, "bare": unread,
    }  # fmt: skip


def test_a_mailbox_is_settled_as_a_column_is(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "gongkai.db")) as database:
        told = database.execute(
            "SELECT outcome, witness FROM readings WHERE mailbox_id IS NOT NULL"
        ).fetchall()
    assert told == [("empty", "empty_beside")]


def test_the_kept_pages_prove_it(folder: Path) -> None:
    said = gongkai(folder, "prove", "qingxi.toml", "2023Q2", "--as-of", "2023-07-03")
    assert said.status == 0, said.out + said.err


@pytest.mark.parametrize("witness", ["empty", "empty_beside", "empty_alike"])
@pytest.mark.parametrize("name", ["bare", "left", "hooked"])
def test_no_witness_is_proved_that_the_kept_pages_do_not_give(
    folder: Path, tmp_path: Path, name: str, witness: str
) -> None:
    planted = shutil.copytree(folder, tmp_path / "planted")
    told = "outcome = 'empty', standing = 'empty', cause = '', covered_whole = 1, read_through_on = as_of"
    mine = f"column_id = (SELECT id FROM columns WHERE key = '/{name}/')"
    with closing(sqlite3.connect(planted / "gongkai.db")) as database, database:
        database.execute(
            f"UPDATE readings SET {told}, proof_crawl_id = crawl_id, witness = '{witness}' WHERE {mine}"
        )
    said = gongkai(planted, "prove", "qingxi.toml", "2023Q2", "--as-of", "2023-07-03", "--json")
    assert [proof["url"].split("/")[-2] for proof in said.json["unproved"]] == [name]
