"""A mailbox from its pages to the findings: who accepted late, who did not answer, and who is not accused because
no page says so."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, create_engine, select

from db.tables.crawl import LetterRow
from tests.commandline import gongkai

PAGES = Path(__file__).parent / "pages" / "letters" / "site"
DAY = "2023-07-03"
SITE = """
name = "青溪县人民政府"
home = "http://www.qingxi.example/"
crawl = {delay = 0.0}
units = [
    {id = "jtj", name = "县交通运输局", kind = "部门"}, {id = "mzj", name = "县民政局", kind = "部门"},
    {id = "cgj", name = "县城市管理局", kind = "部门"}, {id = "ybj", name = "县医疗保障局", kind = "部门"},
]
columns = [{units = ["jtj"], path = ["交通运输"], url = "/jt/"}]
mailboxes = [{name = "县长信箱", url = "/", reply_within = 5, limits = {"咨询" = 3, "投诉" = 10}}]
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the database of one night; the fifth letter's page does not exist."""
    folder = tmp_path_factory.mktemp("letters")
    (folder / "qingxi.toml").write_text(SITE, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(PAGES)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}/"
    said = gongkai(folder, "crawl", "qingxi.toml", "--as-of", DAY, "--at", at)
    server.shutdown()
    assert said.status == 0, said.err
    yield folder


@pytest.fixture(scope="module")
def letters(folder: Path) -> dict[str, Row[Any]]:
    engine = create_engine(f"sqlite:///{folder / 'gongkai.db'}")
    with engine.connect() as connection:
        return {row.number: row for row in connection.execute(select(LetterRow.__table__))}


@pytest.fixture(scope="module")
def findings(folder: Path) -> set[tuple[str, str]]:
    said = gongkai(folder, "check", "qingxi.toml", "2023Q1", "--as-of", DAY, "--json")
    found = [one for one in said.json if one["rule"].startswith("letter.")]
    return {(one["rule"], one["sentence"].partition("“")[2].partition("”")[0]) for one in found}


def test_what_the_pages_say_is_on_record(letters: dict[str, Row[Any]]) -> None:
    first = letters["QX001"]
    assert [day.isoformat() for day in (first.received, first.accepted, first.answered)] == [
        "2023-03-01",
        "2023-03-06",
        "2023-03-08",
    ]
    assert {number: row.kind for number, row in letters.items() if row.kind} == {"QX002": "咨询"}
    # 暂无回复 says it; an empty place says it where other letters' places are filled.
    shown = {number: row.unanswered_on.isoformat() for number, row in letters.items() if row.unanswered_on}
    assert shown == {"QX002": DAY, "QX006": DAY}


def test_the_finding_follows_and_nobody_else_is_accused(findings: set[tuple[str, str]]) -> None:
    assert findings == {
        ("letter.accepted_late", "盼望修复南关桥护栏"),
        ("letter.unanswered", "咨询老年证办理地点"),
        ("letter.slow", "咨询老年证办理地点"),
        ("letter.unanswered", "投诉路面坑洼"),
        ("letter.slow", "投诉路面坑洼"),
    }


def test_the_limit_is_that_of_the_kind_the_page_prints(folder: Path) -> None:
    said = gongkai(folder, "check", "qingxi.toml", "2023Q1", "--as-of", DAY, "--json")
    limits = {
        one["sentence"].partition("“")[2].partition("”")[0]: one["sentence"].rpartition("超过 ")[2]
        for one in said.json
        if one["rule"] == "letter.slow"
    }
    # Of the second nobody knows the kind: it has the longest time of all.
    assert limits == {
        "咨询老年证办理地点": "3 个工作日的期限（咨询）。",
        "投诉路面坑洼": "10 个工作日的期限。",
    }


def test_no_telephone_number_is_kept(letters: dict[str, Row[Any]]) -> None:
    assert "13800138000" not in json.dumps([list(map(str, row)) for row in letters.values()])
    assert letters["QX005"].subject == "咨询医保报销比例，请回电138****8000"
