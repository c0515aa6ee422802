"""A list, a mailbox and a posting whose links are scripts, crawled: every row is counted, no table holds such a link."""

import json
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from tests.commandline import gongkai
from tests.test_letters_path import Quiet

DAY = "2023-06-22"  # some days after the newest posting: its own page is opened
HREFS = [
    "java&#10;script:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
    "http://www.gov.cn@evil.invalid/1.html", "/\\evil.invalid/2.html", "&#1;javascript:alert(1)",
]  # fmt: skip
SITE = """
name = "某县人民政府"
home = "http://www.mou.invalid/"
crawl = {delay = 0.0, timeout = 5}
units = [{id = "czj", name = "县财政局", kind = "部门"}]
columns = [{units = ["czj"], path = ["", "通知公告"], url = "/tzgg/"}]
mailboxes = [{name = "县长信箱", url = "/xx/"}]
"""
LIST = """<!doctype html><html><head><meta charset="utf-8"><title>通知公告-某县人民政府</title>
<base href="javascript:alert(1)//"></head><body><div>当前位置：<a href="/">首页</a> &gt; 通知公告</div><ul>{}</ul>
<div>共{}条 第1/1页</div></body></html>"""
ROW = '<li><a href="{}">关于第{}批次补贴资金发放情况的公告</a><span>2023-06-{:02}</span></li>'
ARTICLE = """<!doctype html><html><head><meta charset="utf-8"><title>公告</title></head><body>
<h1>关于第8批次补贴资金发放情况的公告</h1><div>发布日期：2023-06-20</div><div id="content"><p>{}</p>{}</div></body></html>"""
LETTERS = """<!doctype html><html><head><meta charset="utf-8"><title>县长信箱</title></head><body><div>首页 &gt; 县长信箱</div>
<table><tr><th>标题</th><th>来信日期</th><th>答复日期</th><th>办理状态</th></tr>{}</table><div>共{}条 第1/1页</div></body></html>"""
LETTER = '<tr><td><a href="{}">关于第{}条道路维修的问题</a></td><td>2023-06-{:02}</td><td>2023-06-21</td><td>已办结</td></tr>'


def publish(folder: Path) -> None:
    links = [*HREFS, "8.html"]
    numbered = [(href, n, 12 + n) for n, href in enumerate(links)][::-1]
    shown = "".join(
        f'<a href="{href}">附件{n}.xlsx</a><a href="{href}">友情</a>' for n, href in enumerate(HREFS)
    )
    pages = {
        "index.html": "<html><body>某县人民政府</body></html>",
        "tzgg/index.html": LIST.format("".join(ROW.format(*row) for row in numbered), len(links)),
        "tzgg/8.html": ARTICLE.format("根据有关规定，现将补贴资金发放情况公告如下。" * 9, shown),
        "xx/index.html": LETTERS.format("".join(LETTER.format(*row) for row in numbered), len(links)),
    }
    for name, content in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def test_no_table_holds_a_link_that_is_none(tmp_path: Path) -> None:
    publish(tmp_path / "pages")
    (tmp_path / "mou.toml").write_text(SITE, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "pages")))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}/"
    gongkai(tmp_path, "crawl", "mou.toml", "--as-of", DAY, "--at", at)
    server.shutdown()
    engine = create_engine(f"sqlite:///{tmp_path / 'gongkai.db'}")
    stored: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                stored.setdefault(table, []).extend(
                    str(row[n]) for n in row if n in ("url", "home") and row[n]
                )
        facts = [json.loads(one) for one in connection.scalars(text("SELECT facts FROM articles")) if one]
        titles = connection.scalar(text("SELECT count(DISTINCT title) FROM postings"))
        letters = connection.scalar(text("SELECT count(*) FROM letters"))
    assert (titles, letters) == (len(HREFS) + 1,) * 2
    links = [link["url"] for one in facts for link in one.get("links", ())]
    assert links
    for url in [*links, *(url for urls in stored.values() for url in urls)]:
        assert url.startswith(("http://www.mou.invalid/", "http://evil.invalid/")), url
    counted = gongkai(tmp_path, "count", "mou.toml", "2023Q2", "--as-of", DAY, "--json").json
    assert [row["count"] for row in counted] == [len(HREFS) + 1]
