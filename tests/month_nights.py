"""Playing a month of nights: each one crawled and checked by the commands, and the findings read from SQL."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, select

from db.tables.judgement import FindingRow
from demo.month import MONTH_SITE, Month, Name
from demo.server import serve
from monitor.night.night import periods_of
from tests.commandline import Said, environment


@dataclass(frozen=True)
class Night:
    """One night: what was said by the crawl and by the check of each quarter, what the county was asked for
    (method, path, status), and every finding as it then stood in the database."""

    day: date
    crawl: Said
    checks: tuple[Said, ...]
    requests: tuple[tuple[str, str, int], ...]
    findings: dict[Name, Any]


def play(month: Month, folder: Path) -> Iterator[Night]:
    """The month's nights, one after the other, into `folder`/gongkai.db; each is judged as the nightly service
    judges it, the running quarter and the one before."""
    engine = create_engine(f"sqlite:///{folder / 'gongkai.db'}")
    with serve(month.county(month.first)) as server:
        for day in month.nights:
            server.county = month.county(day)
            server.faults.clear()
            server.requests.clear()
            server.faults.update(month.faults(day))
            crawl = run(folder, "crawl", MONTH_SITE, "--at", server.url, "--as-of", day, "--json")
            checks = tuple(
                run(folder, "check", MONTH_SITE, period.key, "--as-of", day) for period in periods_of(day)
            )
            yield Night(day, crawl, checks, tuple(server.requests), _findings(engine))
    engine.dispose()


def run(folder: Path, *arguments: object) -> Said:
    """`gongkai ARGUMENTS` in a process of its own (a reactor runs once), forked from one that has everything
    imported: a hundred interpreters started from nothing would take longer than the nights themselves."""
    out, err = folder / "out.txt", folder / "err.txt"
    command = ([*map(str, arguments)], str(folder), str(out), str(err))
    process = _forks().Process(target=_gongkai, args=command)
    process.start()
    process.join(120)
    if process.exitcode is None:
        process.kill()
    assert process.exitcode is not None, arguments
    return Said(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["monitor.cli.app", __name__])
    return context


def _gongkai(arguments: list[str], folder: str, out: str, err: str) -> None:
    for path, number in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.update(environment(Path(folder)))
    os.chdir(folder)
    sys.argv = ["gongkai", *arguments]
    from monitor import terminal
    from monitor.cli import app

    # Wide enough that no line breaks a number in two, and set here: the console is older than this process.
    terminal.out.width = 2000
    app.main()


def _findings(engine: Engine) -> dict[Name, Any]:
    with engine.connect() as connection:
        rows = connection.execute(select(FindingRow.__table__).order_by(FindingRow.id)).all()
    found = {name_of(row): row for row in rows}
    assert len(found) == len(rows), "two findings of one name"
    return found


def name_of(row: Any) -> Name:
    """A finding's name as the script writes it: rule, unit, and a title, a column's path or a level of pages;
    the quarter, where it speaks of one."""
    seen = dict(row.observations)
    about = seen.get("标题") or "›".join(row.path) or seen.get("页面层级", "")
    return row.rule, row.unit_names, about, row.period
