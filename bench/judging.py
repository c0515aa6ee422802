"""How long judging one county with 100,000 postings takes on SQLite, beside a bare GROUP BY over the same rows.

Run with `.venv/bin/python bench/judging.py [POSTINGS]`; prints one table. The data is made up and lives in a temporary
folder."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, func, select

from crawler.sites.load import parse_site
from db.connect import open_database
from db.counting.counts import counts_as_of
from db.recording.articles import ArticleSeen, save_article
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.crawl import PostingRow
from monitor.judge.context import context_of
from monitor.judge.judging import judge_period
from rules.dates.periods import BEGINNING, parse_period
from rules.scanners.similarity import signature
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness

COLUMNS = 300
QUARTER = parse_period("2023Q2")
TODAY = date(2023, 7, 3)
NOON = datetime(2023, 7, 3, 4, tzinfo=UTC)


def made_site() -> Site:
    units = ",\n".join(f'{{id = "u{n}", name = "第{n}局", kind = "部门"}}' for n in range(50))
    columns = ",\n".join(
        f'{{units = ["u{n % 50}"], path = ["领域{n % 26}", "栏目{n}"], url = "/c{n}/", cycle = 90}}'
        for n in range(COLUMNS)
    )
    text = f'name = "某县"\nhome = "https://www.mou.example/"\nunits = [\n{units}\n]\ncolumns = [\n{columns}\n]\n'
    return parse_site(text, Path("mou.toml"))


def fill(engine: Engine, site: Site, postings: int) -> None:
    """Postings of one quarter, a tenth of them opened, seen over two nights."""
    body = signature("关于做好本季度有关工作的公告，现将有关情况公布如下。" * 3)
    with engine.begin() as connection:
        site_id = register(connection, site)
        for night in (date(2023, 5, 1), TODAY):
            crawl = begin_crawl(connection, site_id, night, QUARTER.start, None, NOON)
            recorder = Recorder(connection, site.key, crawl)
            for n, column in enumerate(site.columns):
                seen = [_sighting(n, k) for k in range(postings // COLUMNS)]
                known = [s for s in seen if s.published and s.published <= night]
                close = Close(
                    Outcome.READ,
                    Outcome.READ,
                    covered_since=BEGINNING,
                    witness=Witness.PAGER_END,
                    read_through_on=night,
                )
                page = PageSeen(
                    column.url or "", 1, Outcome.READ, NOON, column.key, postings=known, close=close
                )
                recorder.save(connection, page)
            finish_crawl(connection, crawl, NOON)
        for posting in connection.scalars(select(PostingRow.id).where(PostingRow.id % 10 == 0)):
            seen_article = ArticleSeen(
                posting, Outcome.READ, length=300, signature=body, facts={"owner": "u1"}
            )
            save_article(connection, seen_article, TODAY)


def _sighting(column: int, number: int) -> Sighting:
    day = QUARTER.start + timedelta(days=(column * 31 + number * 17) % 91)
    name = f"{column}-{number}"
    return Sighting(name, f"公告{name}", f"https://www.mou.example/{name}", day)


def bare_group_by(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(select(PostingRow.column_id, func.count()).group_by(PostingRow.column_id)).all()


def timed(work: Callable[[], Any], times: int = 3) -> float:
    """The median of a few runs, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return sorted(taken)[times // 2]


def main() -> None:
    postings = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    site = made_site()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/bench.db")
        fill(engine, site, postings)
        bare = timed(lambda: bare_group_by(engine))

        def count() -> None:
            with engine.begin() as connection:
                counts_as_of(connection, site, QUARTER, TODAY)

        def judge() -> None:
            with engine.begin() as connection:
                judge_period(connection, context_of(site, TODAY), QUARTER)

        rows = [("直接 GROUP BY", bare), ("统计一个季度", timed(count)), ("读完全部规则", timed(judge))]
    table = Table(
        "项目", "秒（中位）", "为 GROUP BY 的倍数", title=f"{postings} 条信息，{COLUMNS} 个栏目，SQLite"
    )
    for name, seconds in rows:
        table.add_row(name, f"{seconds:.3f}", f"{seconds / bare:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
