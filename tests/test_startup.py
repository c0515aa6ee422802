"""What a command imports before it does anything: by name, for seconds depend on the machine.

A library that only the crawl, a Word paper or a migration needs costs every other command its start: scipy (by way of
datasketch) and scrapy alone are more than a second."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sites.load import load_site
from db.connect import open_database
from db.recording.pages import begin_crawl
from db.recording.register import register
from tests.bulletin_made import DAY, NOON
from tests.commandline import environment
from tests.conftest import ROOT

SITE = str(ROOT / "demo" / "site.toml")
CRAWLING = {"scrapy", "twisted", "warcio"}
LIKENESS = {"scipy", "numpy", "datasketch"}
PAPERS = {"docx", "docxtpl", "openpyxl", "pypdf", "jinja2"}
ELSEWHERE = {
    "alembic",
    "apscheduler",
    "cn2an",
    "httpx",
    "bs4",
    "psycopg",
    "crawler.readers",
    *CRAWLING,
    *LIKENESS,
    *PAPERS,
}
NO_DATABASE = {"sqlalchemy", *ELSEWHERE}
COMMANDS = [
    (["--help"], {"pydantic", "chinese_calendar", "crawler", "db", "rules.book", *NO_DATABASE}),
    (["check", "--help"], ELSEWHERE),
    (["rules"], NO_DATABASE),
    (["site", "check", SITE], NO_DATABASE),
    (["count", SITE, "2023Q2"], {"chinese_calendar", *ELSEWHERE}),
    (["check", SITE, "2023Q2"], ELSEWHERE),
    (["alert", SITE], CRAWLING | LIKENESS | {"alembic", "docx", "openpyxl"}),
]
RUN = """
import sys
from monitor.cli.app import run
status = run(sys.argv[1:])
print(status, *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(("words", "needless"), COMMANDS, ids=[words[0].strip("-") for words, _ in COMMANDS])
def test_a_command_imports_only_what_it_needs(words: list[str], needless: set[str], tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")
    with engine.begin() as connection:  # a site never crawled is refused before anything else
        begin_crawl(connection, register(connection, load_site(SITE)), DAY, DAY, None, NOON)
    engine.dispose()
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    status, *imported = done.stderr.splitlines()[-1].split()
    assert status == "0"
    assert needless & set(imported) == set()
