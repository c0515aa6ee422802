"""A crawl of a site some of whose answers attack: it ends in time, the other columns are right, and no private machine is
asked for anything."""

import multiprocessing
import os
import socket
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from crawler.run import crawl_site
from crawler.sites.load import load_site
from db.connect import open_database
from tests.hostile_server import Hostile, serving, whole
from tests.test_unwell_hosts import DAY, LIST, crawled, site_of

TIMEOUT = 1.0  # seconds


def rows(path: str, link: str = "") -> str:
    return "".join(
        f'<li><a href="{link or path + f"{d}.html"}">关于第{d}批专项资金安排情况的公告</a><span>2023-05-{d}</span></li>'
        for d in range(10, 16)
    )


def column(path: str) -> bytes | None:
    """A county whose columns are /c0/, /c1/ …"""
    return LIST.format(n=path.strip("/c"), rows=rows(path)).encode() if path.startswith("/c") else None


def county(folder: Path, home: str, addresses: Sequence[str]) -> Path:
    """A site file of these columns, each asked for once, quickly."""
    site = site_of(folder, home, len(addresses))
    text = site.read_text("utf-8").replace(
        "timeout = 5", f"timeout = {TIMEOUT}, articles = 0, why = '在测试中采集'"
    )
    for number, address in enumerate(addresses):
        text = text.replace(f'url = "/c{number}/"', f'url = "{address}"')
    site.write_text(text, encoding="utf-8")
    return site


ARTICLE = """<html><head><title>关于专项资金安排情况的公告-某县人民政府</title></head><body><h1>关于专项资金安排情况的公告</h1>
<div>发布时间：2023-05-15 来源：甲局</div><div class="content"><p>{text}</p><p><a href="{file}">附件：名单.docx</a></p></div>
</body></html>"""
# Each column leads inside by another road: how its list's page is made of an address that nobody may be led to.
ROADS = {
    "a row": lambda inside: LIST.format(n=0, rows=rows("/c0/", inside + "row.html")),
    "the next page": lambda inside: LIST.format(n=1, rows=rows("/c1/")).replace(
        "共6条 1/1页", f'共12条 1/2页 <a href="{inside}next">下一页</a>'
    ),
    "an attachment": lambda _inside: LIST.format(n=2, rows=rows("/c2/", "/article.html")),
    "a frame": lambda inside: f'<html><body><iframe src="{inside}frame" width="900" height="900"></iframe></body></html>',
    "a refresh": lambda inside: f'<html><head><meta http-equiv="refresh" content="0;url={inside}refresh"></head></html>',
    "a base": lambda inside: LIST.format(n=5, rows=rows("b/")).replace("<head>", f'<head><base href="{inside}">'),
}  # fmt: skip


class SentOn(Hostile):
    """A county whose robots.txt and one of whose columns redirect inside."""

    inside = ""

    def answer(self, connection: socket.socket, path: str) -> None:
        if path not in ("/robots.txt", "/sent/on/"):
            super().answer(connection, path)
            return
        self.asked[path] += 1
        to = f"Location: {self.inside}sent", f"Refresh: 0;url={self.inside}refreshed"
        connection.sendall(whole(b"", "302 Found", *to))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0177.1", "[::ffff:127.0.0.1]", "①②⑦.⓪.⓪.①"])
def test_no_road_leads_to_another_port_of_this_machine(host: str, tmp_path: Path) -> None:
    inside = Hostile()
    with serving(inside) as trap:
        away = f"http://{host}:{trap}/"
        pages = {f"/c{n}/": road(away).encode() for n, road in enumerate(ROADS.values())}
        pages["/article.html"] = ARTICLE.format(text="现将名单公告如下。" * 20, file=away + "f.docx").encode()
        outside = SentOn(pages.get)
        outside.inside = quote(away, safe=":/[]")
        with serving(outside) as port:
            site = county(tmp_path, f"http://127.0.0.1:{port}/", [*list(pages)[: len(ROADS)], "/sent/on/"])
            site.write_text(
                site.read_text("utf-8").replace("articles = 0", "articles = 50"), encoding="utf-8"
            )
            said = crawled(site)
    assert said.status == 0, said.err
    assert not inside.asked
    assert outside.asked["/article.html"] and outside.asked["/robots.txt"] and outside.asked["/sent/on/"]
    assert not any("Traceback" in line for line in said.err.splitlines())


def _crawl_with_names(folder: str, site: str, names: dict[str, list[list[str]]]) -> None:
    """One crawl under a name server that gives each name its answers in turn, the last one for ever."""
    os.environ["GONGKAI_EVIDENCE_DIR"] = str(Path(folder) / "evidence")
    left = {name: list(answers) for name, answers in names.items()}

    def resolve(host: str) -> Sequence[str]:
        return left[host].pop(0) if len(left[host]) > 1 else left[host][0]

    place, day = load_site(Path(site)), date.fromisoformat(DAY)
    engine = open_database(f"sqlite:///{folder}/gongkai.db")
    report = crawl_site(engine, place, day, date(2023, 1, 1), resolve=resolve)
    Path(folder, "told").write_text(repr((dict(report.columns), report.causes)), encoding="utf-8")


def crawl_with_names(folder: Path, site: Path, names: dict[str, list[list[str]]]) -> str:
    process = multiprocessing.get_context("spawn").Process(
        target=_crawl_with_names, args=(str(folder), str(site), names)
    )
    process.start()
    process.join(120)
    assert process.exitcode == 0
    return (folder / "told").read_text("utf-8")


def test_a_name_that_changes_its_answer_in_the_crawl_leads_nowhere_else(tmp_path: Path) -> None:
    """The county's own name stands at this machine; a column's host is public by its first answer and this machine by
    its second: neither is asked at an address that was not checked."""
    inside = Hostile(column)
    with serving(inside) as port:
        site = county(
            tmp_path, f"http://www.county.example:{port}/", ["/c0/", f"http://rebind.example:{port}/c1/"]
        )
        names = {
            "www.county.example": [["127.0.0.1"], ["127.0.0.2"]],
            "rebind.example": [["203.0.114.9"], ["127.0.0.1"]],
        }
        told = crawl_with_names(tmp_path, site, names)
    assert "'/c0/': <Outcome.READ" in told, told
    assert "/c1/" not in inside.asked
