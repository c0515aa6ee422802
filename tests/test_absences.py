"""Which nights prove that a posting was not yet in its list."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.facts.postings import open_ledger, posting_cases
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl
from db.recording.register import register
from rules.cases import PostingCase
from rules.dates.periods import BEGINNING, parse_period
from rules.dates.workdays import OFFICIAL
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.test_counting import NOON

Q2 = parse_period("2023Q2")
LATE = "补发的危房改造公示结果"
FOUND = date(2023, 6, 29)
TWO_PAGES = [["05-30", "05-20", "05-12"], ["05-08", "05-02", "04-03"]]


@pytest.fixture
def site() -> Site:
    text = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}, {units = ["a"], path = ["养老领域"], url = "/yl/"}]
"""
    return parse_site(text, Path("mou.toml"))


def day_of(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


def sighting(title: str, day: date) -> Sighting:
    name = f"{title}-{day}"
    return Sighting(name, title, f"https://www.mou.example/{name}", day)


def read(
    engine: Engine,
    site: Site,
    as_of: date,
    pages: Sequence[Sequence[Sighting]],
    witness: Witness,
    column: str = "/jz/",
) -> None:
    """One night's reading of a list, page by page."""
    whole = witness is not Witness.NONE
    close = Close(
        Outcome.READ if whole else Outcome.PARTIAL, Outcome.READ if whole else Outcome.PARTIAL,
        covered_since=BEGINNING if whole else None, pages=len(pages), witness=witness,
    )  # fmt: skip
    with engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), as_of, Q2.start, None, NOON)
        recorder = Recorder(connection, site.key, crawl)
        for number, postings in enumerate(pages, 1):
            last = close if number == len(pages) else None
            page = PageSeen(f"u{number}", number, Outcome.READ, NOON, column, postings=postings, close=last)
            recorder.save(connection, page)


def late_case(engine: Engine, site: Site) -> PostingCase:
    with engine.connect() as connection:
        ledger = open_ledger(connection, site, Q2, FOUND)
    return next(
        case for case in posting_cases(ledger, OFFICIAL) if case.title == LATE and case.first_seen == FOUND
    )


@pytest.mark.parametrize(
    ("nights", "witness", "pages", "day", "absent_on"),
    [
        # Long before the first night: between two rows of one page it was not; between two pages it may have slipped.
        (["06-01"], Witness.OLDER_ROW, TWO_PAGES, "05-15", "06-01"),
        (["06-01"], Witness.OLDER_ROW, TWO_PAGES, "05-10", None),
        (["06-01", "06-28"], Witness.OLDER_ROW, TWO_PAGES, "05-10", None),
        (["06-01", "06-28"], Witness.OLDER_ROW, TWO_PAGES, "05-15", "06-01"),
        (["06-01"], Witness.OLDER_ROW, TWO_PAGES, "05-31", "06-01"),  # on top of the first page
        # Older than all that was shown: the list may have been cut, as by an index being rebuilt.
        (["06-01"], Witness.OLDER_ROW, TWO_PAGES, "04-02", None),
        (["06-01"], Witness.LAST_PAGE, TWO_PAGES, "04-02", None),
        (["06-01", "06-28"], Witness.LAST_PAGE, [["05-30", "05-12"]], "05-10", None),
        (["06-01"], Witness.OLDER_ROW, [["05-30", "05-12"], ["05-12", "05-02"]], "05-12", None),
        (["06-01"], Witness.PAGER_END, [["05-30", "05-12", "04-03"]], "05-10", "06-01"),  # only page
        # All that the list states was met.
        (["06-01"], Witness.LAST_PAGE, TWO_PAGES, "05-10", "06-01"),
        (["06-01", "06-28"], Witness.LAST_PAGE, TWO_PAGES, "05-10", "06-28"),
        # Read within days of its day, when an honest one stands on top.
        (["06-01", "06-12", "06-28"], Witness.OLDER_ROW, TWO_PAGES, "06-10", "06-28"),
        (["06-01", "06-28"], Witness.OLDER_ROW, TWO_PAGES, "06-10", None),  # nobody looked for weeks
        # Nothing proves that the list was seen as far.
        (["06-01", "06-12", "06-28"], Witness.NONE, TWO_PAGES, "06-10", None),
        ([], Witness.OLDER_ROW, TWO_PAGES, "06-10", None),
    ],
)  # fmt: skip
def test_the_night_that_proves_it(
    engine: Engine,
    site: Site,
    nights: list[str],
    witness: Witness,
    pages: list[list[str]],
    day: str,
    absent_on: str | None,
) -> None:
    number = iter(range(99))
    listed = [[sighting(f"第{next(number)}号公示", day_of(one)) for one in page] for page in pages]
    for one in nights:
        read(engine, site, day_of(one), listed, witness)
    read(engine, site, FOUND, [[sighting(LATE, day_of(day)), *listed[0]], *listed[1:]], witness)
    assert late_case(engine, site).absent_on == (absent_on and day_of(absent_on))


@pytest.mark.parametrize(
    ("title", "day", "known"),
    [
        (LATE, "05-15", True),
        ("补发的危房改造…", "05-15", True),
        ("[置顶]" + LATE, "05-15", True),
        (LATE, "05-16", False),
    ],
)
def test_what_only_moved_is_not_late(engine: Engine, site: Site, title: str, day: str, known: bool) -> None:
    """It stood in another column, or under another title's cut, before it came here."""
    rows = [sighting("甲", day_of("05-30")), sighting("乙", day_of("04-03"))]
    read(engine, site, FOUND - timedelta(7), [[sighting(title, day_of(day))]], Witness.PAGER_END, "/yl/")
    read(engine, site, FOUND - timedelta(7), [rows], Witness.PAGER_END)
    read(engine, site, FOUND, [[*rows, sighting(LATE, day_of("05-15"))]], Witness.PAGER_END)
    case = late_case(engine, site)
    assert case.absent_on == FOUND - timedelta(7)
    assert case.known_before is known


def test_what_a_list_of_other_rows_shows_is_not_late(engine: Engine, site: Site) -> None:
    """A new design gave every posting another address and another title."""
    days = [day_of(one) for one in ("05-30", "05-20", "05-15", "05-08", "05-02")]
    old = [sighting(f"第{at}号公示", day) for at, day in enumerate(days)]
    new = [sighting(f"县民政局第{at}号危房改造公示", day) for at, day in enumerate(days)]
    for night, rows in ((day_of("06-01"), old), (FOUND - timedelta(1), new), (FOUND, new)):
        read(engine, site, night, [rows], Witness.LAST_PAGE)
    with engine.connect() as connection:
        cases = list(posting_cases(open_ledger(connection, site, Q2, FOUND), OFFICIAL))
    renamed = [case for case in cases if case.title.startswith("县民政局")]
    assert len(renamed) == len(new)
    assert not any(case.absent_on for case in renamed)
