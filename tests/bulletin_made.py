"""The demo county as a database that a crawl would have left, made in a second; and bulletins of it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from crawler.sites.load import load_site, parse_site
from db.connect import open_database
from db.recording.pages import (
    Close,
    LetterSighting,
    PageSeen,
    Recorder,
    Sighting,
    begin_crawl,
    finish_crawl,
)
from db.recording.register import register
from demo.county import County
from monitor.bulletin.compose import Bulletin, Edits
from monitor.bulletin.drafting import compose
from monitor.judge.context import Context
from rules.dates.periods import BEGINNING, parse_period
from rules.dates.workdays import OFFICIAL
from rules.vocabulary.places import Column, Site
from rules.vocabulary.terms import Outcome, Witness
from tests.commandline import ROOT

DAY = date(2023, 7, 3)
NOON = datetime(2023, 7, 3, 4, tzinfo=UTC)
Q2 = parse_period("2023Q2")
DEMO = ROOT / "demo" / "site.toml"
WHOLE = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
BLANK = Close(Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, witness=Witness.PAGER_END)
UNREAD = Close(Outcome.BLOCKED, Outcome.BLOCKED)
CUT = Close(Outcome.PARTIAL, Outcome.PARTIAL, covered_since=date(2023, 6, 1), witness=Witness.OLDER_ROW)

Postings = dict[str, list[date]]  # a column's key: the days of its postings


@cache
def demo_site() -> Site:
    return load_site(DEMO)


def site_of(text: str, name: str = "mou") -> Site:
    """A site from a site file's text."""
    return parse_site(text, Path(f"{name}.toml"))


def demo_postings(county: County) -> Postings:
    """What the demo county shows, by the columns' addresses."""
    return {
        column.url: [posting.day for posting in county.rows(column)]
        for column in county.columns
        if column.url
    }


def demo_letters(county: County, site: Site) -> list[LetterSighting]:
    keys = {name: unit.key for unit in site.units for name in unit.names}
    return [
        LetterSighting(
            letter.number, letter.subject, None, letter.number, letter.unit, keys.get(letter.unit),
            letter.received, county.answered(letter), "已办结" if county.answered(letter) else "正在办理",
        )
        for letter in county.letters()
    ]  # fmt: skip


def remember(
    engine: Engine,
    site: Site,
    postings: Postings,
    letters: Iterable[LetterSighting] = (),
    closes: dict[str, Close] | None = None,
    as_of: date = DAY,
    mailboxes: Close | None = WHOLE,
    owners: dict[str, list[str]] | None = None,
) -> None:
    """One crawl of every column with a page: read whole, unless `closes` says otherwise. `owners`: of a shared column's
    postings the units."""
    with engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), as_of, Q2.start, None, NOON)
        recorder = Recorder(connection, site.key, crawl)
        for column in site.columns:
            if column.url:
                recorder.save(
                    connection,
                    _seen(
                        column,
                        postings.get(column.key, []),
                        (closes or {}).get(column.key),
                        (owners or {}).get(column.key, []),
                    ),
                )
        for box in site.mailboxes if mailboxes else ():
            recorder.save(
                connection,
                PageSeen(
                    box.url, 1, Outcome.READ, NOON, mailbox=box.key, letters=tuple(letters), close=mailboxes
                ),
            )
        finish_crawl(connection, crawl, NOON)


def _seen(column: Column, days: list[date], close: Close | None, owners: Sequence[str] = ()) -> PageSeen:
    ending = close or (WHOLE if days else BLANK)
    seen = () if ending is UNREAD else tuple(
        Sighting(f"{column.key} {n}", f"信息{n}", f"{column.url}{n}.html", day, unit=dict(enumerate(owners)).get(n))
        for n, day in enumerate(days)
    )  # fmt: skip
    return PageSeen(column.url or "", 1, ending.outcome, NOON, column=column.key, postings=seen, close=ending)


def demo_engine(folder: Path, closes: dict[str, Close] | None = None) -> Engine:
    """The demo county's database, in a folder."""
    file = folder / "gongkai.db"
    if closes is None and not file.exists():
        file.write_bytes(_demo_database())
        return open_database(f"sqlite:///{file}")
    return _made(file, closes)


@cache
def _demo_database() -> bytes:
    """Made once a process: it takes longer than most of what is asked of it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "gongkai.db"
        _made(file, None).dispose()
        return file.read_bytes()


def _made(file: Path, closes: dict[str, Close] | None) -> Engine:
    engine = open_database(f"sqlite:///{file}")
    county, site = County(DAY), demo_site()
    remember(engine, site, demo_postings(county), demo_letters(county, site), closes)
    return engine


def demo_bulletin(engine: Engine, edits: Edits | None = None, as_of: date = DAY) -> Bulletin:
    return compose(engine, Context(demo_site(), as_of, OFFICIAL), Q2, edits)
