"""Lists that do not surely tell the day of publication, over two nights: counted by the right days, proved from what was
kept, and few articles asked for."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow
from tests.commandline import gongkai
from tests.test_prove_articles import FRAME, Quiet, article, write

FIRST, SECOND = "2024-01-03", "2024-01-05"
SITE = """
name = "某县人民政府"
home = "{home}"
crawl = {{delay = 0.01, articles = 0}}
units = [{{id = "czj", name = "县财政局", kind = "部门"}}]
columns = [
  {{units = ["czj"], path = ["", "通知公告"], url = "/md/"}},
  {{units = ["czj"], path = ["", "政策文件"], url = "/cw/"}},
  {{units = ["czj"], path = ["", "工作动态"], url = "/gx/"}},
  {{units = ["czj"], path = ["", "招标公告"], url = "/jz/"}},
]
"""
TITLES = [
    "关于下达农田水利专项资金的通知",
    "全县一般公共预算执行情况说明",
    "部门预算公开目录（第一批）",
    "项目支出绩效目标表公示",
    "会计专业技术资格考试报名公告",
    "政府采购供应商诚信承诺公示",
]
# Address, what its row shows, the day of publication; the newest comes with the second night. /md/ has one pinned on top;
# in /gx/ all that was older was edited on one day; the days of /jz/ are deadlines, and nothing says so.
LISTS = {
    "/md/": [("03-11", "2023-03-11"), ("01-04", "2024-01-04"), ("12-28", "2023-12-28"), ("12-11", "2023-12-11"),
             ("11-20", "2023-11-20"), ("10-09", "2023-10-09")],
    "/cw/": [("2023-12-20", "2024-01-04"), ("2023-12-19", "2024-01-02"), ("2023-12-01", "2023-12-28"), ("2023-11-02", "2023-11-20"),
             ("2023-09-20", "2023-10-09"), ("2023-06-20", "2023-06-25")],
    "/gx/": [("2024-01-04", "2024-01-04"), ("2023-12-28", "2023-12-28"), ("2023-11-20", "2023-10-09"), ("2023-11-20", "2023-08-01"),
             ("2023-11-20", "2023-06-02"), ("2023-11-20", "2023-05-30")],
    "/jz/": [("2024-01-24", "2024-01-04"), ("2024-01-10", "2023-12-21"), ("2024-01-04", "2023-12-15"), ("2023-12-20", "2023-12-01"),
             ("2023-10-09", "2023-09-20"), ("2023-06-20", "2023-06-01")],
}  # fmt: skip
NAMES = {"/md/": "通知公告", "/cw/": "政策文件", "/gx/": "工作动态", "/jz/": "招标公告"}
HEADS = {"/cw/": "成文日期", "/gx/": "更新时间"}


def show(folder: Path, day: str) -> None:
    """The lists and articles as they stand on a day."""
    for place, rows in LISTS.items():
        body = ""
        for number, (shown, published) in enumerate(rows):
            if published <= day:
                address = f"{place}show_{500 - number}.html"
                write(folder, address, article(TITLES[number], published, "县财政局"))
                body += f"<tr><td><a href='{address}'>{TITLES[number]}</a></td><td>{shown}</td></tr>"
        head = f"<tr><th>标题</th><th>{HEADS[place]}</th></tr>" if place in HEADS else ""
        list_page = FRAME.format(title=NAMES[place], main=f"<table>{head}{body}</table><p>共1页</p>")
        write(folder, place, list_page)


@dataclass
class County:
    folder: Path
    site: Path
    asked: dict[str, list[str]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    place, pages = tmp_path_factory.mktemp("crawled"), tmp_path_factory.mktemp("pages")
    asked: dict[str, list[str]] = {FIRST: [], SECOND: []}

    class Noting(Quiet):
        def do_GET(self) -> None:  # noqa: N802
            asked[day].append(self.path)
            super().do_GET()

    write(pages, "/", FRAME.format(title="某县人民政府", main="<p>欢迎访问某县人民政府门户网站。</p>"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Noting, directory=str(pages)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    site = place / "mou.toml"
    site.write_text(SITE.format(home=f"http://127.0.0.1:{server.server_port}/"), encoding="utf-8")
    for day in (FIRST, SECOND):
        show(pages, day)
        assert gongkai(place, "crawl", site, "--as-of", day).status == 0
    yield County(place, site, asked)
    server.shutdown()


def test_the_days_are_those_of_publication(county: County) -> None:
    engine = create_engine(f"sqlite:///{county.folder / 'gongkai.db'}")
    with engine.connect() as connection:
        rows = connection.execute(
            select(ColumnRow.key, PostingRow.published).join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        )
        found = sorted((key, str(day)) for key, day in rows)
    assert found == sorted((place, published) for place, rows in LISTS.items() for _, published in rows)


def test_they_are_reproduced_from_the_kept_pages(county: County) -> None:
    said = gongkai(county.folder, "prove", county.site, "2023Q4", "--as-of", SECOND, "--json")
    assert (said.json["proved"], said.json["unproved"]) == (4, [])


@pytest.mark.parametrize(
    ("place", "first", "second"),
    [("/md/", 3, 1), ("/cw/", 5, 1), ("/gx/", 5, 1), ("/jz/", 5, 1)],
)
def test_articles_asked_for(county: County, place: str, first: int, second: int) -> None:
    asked = [sum(path.startswith(f"{place}show") for path in county.asked[day]) for day in (FIRST, SECOND)]
    assert asked == [first, second]
