"""A link that many pages carry stands in their frame: no posting is charged with it, and the portal hears of it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from crawler.sites.load import parse_site
from db.recording.articles import ArticleSeen, save_article
from db.recording.checks import save_tries
from db.tables.crawl import PostingRow
from db.tables.judgement import FindingRow
from monitor.judge.judging import judge_period
from monitor.night.night import remember_period
from rules.dates.periods import parse_period
from rules.engine.finding import Finding
from rules.vocabulary.terms import Outcome
from tests.conftest import context
from tests.test_counting import TEXT, night, posting, read

Q2 = parse_period("2023Q2")
SITE = parse_site(TEXT, Path("mou.toml"))
DAY = date(2023, 6, 20)
PLANT = {"url": "http://plant.example/", "text": "点这里", "hidden": True, "sponsored": False}
SHOP = {"url": "http://shop.example/", "text": "厂家直销", "hidden": False, "sponsored": False}
DEAD = "http://friend.example/"
FRIEND = {"url": DEAD, "text": "某协会", "hidden": False, "sponsored": False}
RULES = ("hidden_link", "commercial_link", "dead_link")


def opened(
    engine: Engine,
    names: list[str],
    links: list[dict[str, Any]],
    day: date = DAY,
    outcome: Outcome = Outcome.READ,
    signature: bytes | None = None,
) -> None:
    """Postings that came on a day and whose pages, opened that day, carry these links; the list holds what it held."""
    with engine.connect() as connection:
        rows = connection.execute(select(PostingRow.identity, PostingRow.published))
        days = {row.identity: row.published for row in rows} | dict.fromkeys(names, day)
    night(engine, SITE, day, "/jz/", read(), *(posting(name, online) for name, online in days.items()))
    with engine.begin() as connection:
        numbers = connection.scalars(select(PostingRow.id).where(PostingRow.identity.in_(names))).all()
        for number in numbers:
            facts = {"links": links} if outcome.seen else {}
            seen = ArticleSeen(number, outcome, length=100, facts=facts, signature=signature)
            save_article(connection, seen, day)


def names(count: int, of: str = "p") -> list[str]:
    return [f"{of}{number}" for number in range(count)]


def said(engine: Engine, day: date = DAY) -> dict[str, list[Finding]]:
    """The findings about links, by rule."""
    with engine.begin() as connection:
        rulings = judge_period(connection, context(SITE, day), Q2).rulings
    found: dict[str, list[Finding]] = {}
    for ruling in rulings:
        if ruling.finding.rule.endswith(RULES):
            found.setdefault(ruling.finding.rule, []).append(ruling.finding)
    return found


def remembered(engine: Engine, day: date) -> None:
    """What a night does after its crawl."""
    with engine.begin() as connection:
        remember_period(connection, context(SITE, day), Q2)


@pytest.mark.parametrize(
    ("link", "kind"), [(PLANT, "hidden_link"), (SHOP, "commercial_link"), (FRIEND, "dead_link")]
)
@pytest.mark.parametrize("pages", [1, 3, 4, 9])
def test_a_link_is_the_postings_or_the_portals(
    any_engine: Engine, link: dict[str, Any], kind: str, pages: int
) -> None:
    opened(any_engine, names(pages), [link])
    with any_engine.begin() as connection:
        for day in (DAY - timedelta(days=1), DAY):
            save_tries(connection, SITE.key, day, [(DEAD, False)])
    found = said(any_engine)
    if pages <= 3:
        assert {rule: len(each) for rule, each in found.items()} == {f"posting.{kind}": pages}
        return
    assert found.keys() == {f"page.{kind}"}
    (finding,) = found[f"page.{kind}"]
    assert finding.units == (SITE.units[0].key,)
    assert link["url"] in finding.sentence
    assert f"{pages} 个页面" in finding.sentence


def test_what_a_posting_has_of_its_own_stays_its_own(any_engine: Engine) -> None:
    opened(any_engine, names(4), [FRIEND])
    opened(any_engine, ["own"], [FRIEND, PLANT])
    found = said(any_engine)
    assert found.keys() == {"posting.hidden_link"}
    assert len(found["posting.hidden_link"]) == 1


def test_one_text_in_many_places_is_one_page(any_engine: Engine) -> None:
    """What was copied with its link carries it itself, however often it was copied."""
    opened(any_engine, names(5), [PLANT], signature=b"\1" * 256)
    found = said(any_engine)
    assert {rule: len(each) for rule, each in found.items()} == {"posting.hidden_link": 5}


def test_pages_that_were_not_read_make_no_frame(any_engine: Engine) -> None:
    opened(any_engine, names(3), [PLANT])
    opened(any_engine, names(9, "q"), [PLANT], outcome=Outcome.BLOCKED)
    assert said(any_engine).keys() == {"posting.hidden_link"}


def test_a_page_of_which_a_file_is_missing_shows_the_frame_all_the_same(any_engine: Engine) -> None:
    opened(any_engine, names(3), [PLANT])
    opened(any_engine, ["q"], [PLANT], outcome=Outcome.PARTIAL)
    assert said(any_engine).keys() == {"page.hidden_link"}


@pytest.mark.parametrize(("clean", "stands"), [(0, True), (3, True), (4, False)])
def test_as_many_pages_without_it_unmake_it(any_engine: Engine, clean: int, stands: bool) -> None:
    """Old pages are not opened again: what the newer ones no longer carry was mended."""
    later = DAY + timedelta(days=3)
    opened(any_engine, names(6), [PLANT])
    opened(any_engine, names(clean, "q"), [FRIEND], later)
    assert said(any_engine, later).keys() == ({"page.hidden_link"} if stands else set())


def test_a_link_that_is_no_longer_hidden_is_not_told_as_hidden(any_engine: Engine) -> None:
    later = DAY + timedelta(days=3)
    opened(any_engine, names(6), [PLANT])
    opened(any_engine, names(4, "q"), [PLANT | {"hidden": False}], later)
    assert said(any_engine, later) == {}


def test_a_night_on_which_no_page_was_opened_mends_nothing(any_engine: Engine) -> None:
    later = DAY + timedelta(days=1)
    opened(any_engine, names(6), [PLANT])
    remembered(any_engine, DAY)
    with any_engine.begin() as connection:
        connection.execute(PostingRow.__table__.update().values(published=date(2022, 6, 1)))  # type: ignore[attr-defined]
    for day in (later, later + timedelta(days=1)):
        night(any_engine, SITE, day, "/jz/", read())
        remembered(any_engine, day)
    with any_engine.begin() as connection:
        stages = connection.scalars(select(FindingRow.stage).where(FindingRow.rule == "page.hidden_link"))
        assert stages.all() == ["未解决"]
