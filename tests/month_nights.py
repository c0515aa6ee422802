"""Playing a month of nights: each one crawled and checked by the commands, remembered as the nightly service does it,
and the findings read from SQL."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select

from crawler.sites.load import load_site
from db.tables.judgement import FindingRow
from demo.month import MONTH_SITE, Month, Name
from demo.server import serve
from monitor import terminal
from monitor.night.night import periods_of, remember_period
from rules.dates.periods import Period
from tests.commandline import Said, gongkai, in_process
from tests.conftest import context

ROSTER = date(2023, 9, 19)  # the night on which a list of people with their numbers appears


@dataclass(frozen=True)
class Night:
    """One night: what was said by the crawl, and by the checks (of the running quarter and the ended one where nothing
    could be read, of the running one on the roster's first night and the last); what the operator is told of the night;
    what the county was asked for (method, path, status); and every finding as it then stood in the database."""

    day: date
    crawl: Said
    checks: tuple[Said, ...]
    told: str
    requests: tuple[tuple[str, str, int], ...]
    findings: dict[Name, Any]


def play(month: Month, folder: Path) -> Iterator[Night]:
    """The month's nights, one after the other, into `folder`/gongkai.db; each is judged as the nightly service
    judges it, the running quarter and the one before. A quarter that is over stays as it was seen last."""
    site = load_site(MONTH_SITE)
    engine = create_engine(f"sqlite:///{folder / 'gongkai.db'}")
    with serve(month.county(month.first)) as server:
        for day in month.nights:
            server.county = month.county(day)
            server.faults.clear()
            server.requests.clear()
            server.faults.update(month.faults(day))
            crawl = gongkai(folder, "crawl", MONTH_SITE, "--at", server.url, "--as-of", day, "--json")
            with engine.begin() as connection:
                judged = [remember_period(connection, context(site, day), each) for each in periods_of(day)]
            told = {judgement.night.sentence for judgement in judged if judgement.night}
            # To check is to judge once more: done where its words are looked at.
            periods = periods_of(day) if month.void(day) else periods_of(day)[: day in (ROSTER, month.last)]
            checks = _checks(folder, day, periods)
            yield Night(day, crawl, checks, "".join(told), tuple(server.requests), _findings(engine))
    engine.dispose()


def _checks(folder: Path, day: date, periods: Iterable[Period]) -> tuple[Said, ...]:
    """Each period checked, on a terminal so wide that no sentence is broken."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("GONGKAI_DATABASE_URL", f"sqlite:///{folder / 'gongkai.db'}")
        here.setattr(terminal.out, "width", 2000)
        here.setattr(terminal.err, "width", 2000)
        return tuple(in_process("check", MONTH_SITE, period.key, "--as-of", day) for period in periods)


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
