"""Days and owners that a list does not tell are proved by the postings' own pages, which are kept."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from db.tables.crawl import PostingRow, SnapshotRow
from tests.commandline import Said, gongkai

DAY = "2023-07-03"
SITE = """
name = "某县人民政府"
home = "{home}"

[crawl]
delay = 0.01

[[units]]
id = "czj"
name = "县财政局"
kind = "部门"

[[units]]
id = "jyj"
name = "县教育局"
kind = "部门"

[[columns]]
units = ["czj"]
path = ["财政预决算领域", "部门预算"]
url = "/ysgk/"

[[columns]]
shared = true
path = ["", "通知公告"]
url = "/tzgg/"
"""
FRAME = """<html><head><meta charset="utf-8"><title>{title}-某县人民政府</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/ysgk/">部门预算</a><a href="/tzgg/">通知公告</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; {title}</div>
<div class="main">{main}</div><div class="footer">版权所有：某县人民政府</div></body></html>"""
BUDGETS = [
    "关于下达农田水利专项资金的通知",
    "全县一般公共预算执行情况说明",
    "部门预算公开目录（第一批）",
    "项目支出绩效目标表公示",
]
NOTICES = [
    ("关于开展暑期校园安全检查的通知", "2023-06-20", "县教育局"),
    ("中小学幼儿园收费标准公示", "2023-06-12", "县教育局"),
    ("会计专业技术资格考试报名公告", "2023-05-30", "县财政局"),
]


def article(title: str, day: str, source: str) -> str:
    text = "为进一步做好有关工作，现将有关事项通知如下，请各有关单位认真抓好落实。" * 4
    head = f"<h1>{title}</h1><div class='info'>发布时间：{day}　来源：{source}</div>"
    return FRAME.format(title=title, main=f"{head}<div class='content'><p>{text}</p></div>")


def write(folder: Path, address: str, text: str) -> None:
    path = (
        folder / address.strip("/") / "index.html" if address.endswith("/") else folder / address.strip("/")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build(folder: Path) -> None:
    """A list whose rows show no day, and one whose rows show no unit."""
    write(folder, "/", FRAME.format(title="某县人民政府", main="<p>欢迎访问某县人民政府门户网站。</p>"))
    rows = ""
    for number, title in enumerate(BUDGETS):
        write(
            folder,
            f"/ysgk/content_{1001 + number}.html",
            article(title, f"2023-06-{20 - number}", "县财政局"),
        )
        rows += f'<li><a href="/ysgk/content_{1001 + number}.html">{title}</a></li>'
    write(
        folder, "/ysgk/", FRAME.format(title="部门预算", main=f"<ul class='list'>{rows}</ul><p>共1页 4条</p>")
    )
    rows = ""
    for number, (title, day, source) in enumerate(NOTICES):
        write(folder, f"/tzgg/content_{2001 + number}.html", article(title, day, source))
        rows += f'<li><a href="/tzgg/content_{2001 + number}.html">{title}</a><span>{day}</span></li>'
    write(
        folder, "/tzgg/", FRAME.format(title="通知公告", main=f"<ul class='list'>{rows}</ul><p>共1页 3条</p>")
    )


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The folder of the database and the site file, after two nights."""
    place, pages = tmp_path_factory.mktemp("crawled"), tmp_path_factory.mktemp("pages")
    build(pages)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    site = place / "mou.toml"
    site.write_text(SITE.format(home=f"http://127.0.0.1:{server.server_port}/"), encoding="utf-8")
    for day in (DAY, "2023-07-04"):
        assert gongkai(place, "crawl", site, "--as-of", day).status == 0
    yield place, site
    server.shutdown()


def prove(crawled: tuple[Path, Path]) -> Said:
    place, site = crawled
    return gongkai(place, "prove", site, "2023Q2", "--as-of", "2023-07-04", "--json", "--fail-on", "unproved")


def test_counts(crawled: tuple[Path, Path]) -> None:
    place, site = crawled
    rows = gongkai(place, "count", site, "2023Q2", "--as-of", "2023-07-04", "--json").json
    assert {(row["unit"], row["level1"]): row["count"] for row in rows} == {
        ("县财政局", "部门预算"): 4, ("县教育局", "通知公告"): 2, ("县财政局", "通知公告"): 1, ("某县人民政府", "通知公告"): 0,
        ("未能识别来源", "通知公告"): 0,
    }  # fmt: skip


def test_days_and_owners_are_reproduced_from_the_articles(crawled: tuple[Path, Path]) -> None:
    said = prove(crawled).json
    assert (said["proved"], said["unproved"]) == (2, [])


@pytest.mark.parametrize("number", [0, -1])
def test_a_missing_article_is_named(crawled: tuple[Path, Path], number: int) -> None:
    engine = create_engine(f"sqlite:///{crawled[0] / 'gongkai.db'}")
    with engine.connect() as connection:
        kept = select(SnapshotRow.path).join(PostingRow, PostingRow.detail_snapshot_id == SnapshotRow.id)
        paths = connection.scalars(kept.order_by(PostingRow.column_id)).all()
    assert len(paths) == len(BUDGETS) + len(NOTICES)
    file = crawled[0] / "evidence" / paths[number]
    content = file.read_bytes()
    file.unlink()
    said = prove(crawled)
    file.write_bytes(content)
    assert said.status == 1
    (failure,) = said.json["unproved"]
    assert any("快照文件不在" in sentence and file.name in sentence for sentence in failure["why"])
