"""Wrong readings planted in the database: `prove` refuses each, for the kept pages do not give its witness."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.commandline import gongkai
from tests.paged_county import PagedCounty, days_before, serving

NIGHT = "2023-05-21"
LONG, SHORT = "/gzdt/", "/tzgg/"
# The quarter asked for, the column, and what is changed of its reading (or of what belongs to it).
OF_COLUMN = "column_id = (SELECT id FROM columns WHERE key = '{}')"
READING = f"UPDATE readings SET {{}} WHERE {OF_COLUMN}"
POSTING = f"UPDATE postings SET {{}} WHERE id = (SELECT max(id) FROM postings WHERE {OF_COLUMN})"
VISIT = f"DELETE FROM visits WHERE page_number = {{}} AND {OF_COLUMN}"
OLDER = "witness = 'older_row', covered_whole = 0, covered_since = '2023-03-01'"
NOBODYS = "identity = 'nobody', title = '从未发布的公告', url = 'http://127.0.0.1/nobody.html'"
WHOLE = "covered_whole = 1, covered_since = NULL"
PLANTED = {
    "the end of a list that was left at an older row": ("2023Q2", READING, f"witness = 'last_page', {WHOLE}", LONG),
    "known further back than it was read": ("2022Q4", READING, "covered_since = '2022-09-01'", LONG),
    "a pager's end instead of an older row": ("2023Q2", READING, "witness = 'pager_end'", LONG),
    "shorter than its siblings, with a pager": ("2023Q2", READING, "witness = 'short_list', page_size = 90", LONG),
    "empty, with rows": ("2023Q2", READING, f"witness = 'empty', standing = 'empty', {WHOLE}", LONG),
    "an older row instead of the last page": ("2023Q2", READING, OLDER, SHORT),
    "more rows than its pages show": ("2023Q2", READING, "row_count = 99", SHORT),
    "the pages of another crawl": ("2023Q2", READING, "proof_crawl_id = (SELECT min(id) FROM crawls)", SHORT),
    "a page that was never seen": ("2023Q2", VISIT, "3", SHORT),
    "the first page that was never seen": ("2023Q2", VISIT, "1", SHORT),
    "a posting of another day": ("2023Q2", POSTING, "published = '2023-01-15'", SHORT),
    "a posting that nobody saw": ("2023Q2", POSTING, NOBODYS, SHORT),
}  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("read")
    lists = {"tzgg": days_before(date(2023, 5, 20), 15), "gzdt": days_before(date(2023, 5, 20), 200)}
    county = PagedCounty(lists)
    with serving(county) as port:
        site = county.site(folder, port)
        assert gongkai(folder, "crawl", site, "--as-of", "2023-05-18").status == 0
        lists["tzgg"] += days_before(date(2023, 5, 5), 10)
        assert gongkai(folder, "crawl", site, "--as-of", NIGHT).status == 0
    return folder


def unproved(folder: Path, period: str) -> list[str]:
    said = gongkai(folder, "prove", folder / "mou.toml", period, "--as-of", NIGHT, "--json")
    return [proof["url"] for proof in said.json["unproved"]]


@pytest.mark.parametrize("name", PLANTED)
def test_a_wrong_reading_is_refused(read: Path, tmp_path: Path, name: str) -> None:
    period, statement, change, column = PLANTED[name]
    folder = shutil.copytree(read, tmp_path / "planted")
    with sqlite3.connect(folder / "gongkai.db") as database:
        assert database.execute(statement.format(change, column)).rowcount > 0
    assert [url.endswith(column) for url in unproved(folder, period)] == [True]


@pytest.mark.parametrize("period", ["2023Q2", "2023Q1"])
def test_what_was_read_is_proved(read: Path, period: str) -> None:
    assert unproved(read, period) == []
