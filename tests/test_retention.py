"""Letters past their time are thinned to their figures: no text is left, and no count, verdict or paper changes."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update

from crawler.sites.load import parse_site
from db.connect import sqlite_path
from db.facts.letters import letter_cases
from db.recording.closing import Close
from db.recording.pages import LetterSighting, PageSeen, Recorder, begin_crawl, finish_crawl
from db.recording.register import register
from db.recording.retention import empty_journal, thin_letters
from db.tables.crawl import LetterRow
from db.tables.judgement import FindingRow, LetterProgressRow
from monitor.night.night import remember_night
from rules.cases.letter_figures import figures
from rules.dates.periods import BEGINNING
from rules.dates.workdays import OFFICIAL
from rules.errors import WrongSiteFile
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.conftest import context

SITE = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}]
mailboxes = [{name = "区长信箱", url = "/xx/", reply_within = 5}]
"""
WORDS = ("路灯不亮", "家住三号楼", "路灯已经修好", "噪声", "夜里施工", "收到")
NIGHTS = (date(2023, 7, 3), date(2023, 7, 4), date(2023, 7, 5))
WHOLE = Close(
    Outcome.READ, Outcome.READ, covered_since=BEGINNING, read_through_on=NIGHTS[0], witness=Witness.LAST_PAGE
)
LETTERS = (
    # Old and answered at length; old, with an answer of one word (letter.perfunctory) and no day of it; old and never
    # answered; young.
    LetterSighting("1", "路灯不亮", None, received=date(2021, 3, 1), answered=date(2021, 3, 4), unit_name="甲局", unit="a",
                   question="家住三号楼", answer="路灯已经修好，感谢您的监督，欢迎继续反映问题。"),
    LetterSighting("2", "噪声", None, received=date(2021, 4, 1), question="夜里施工", answer="收到"),
    LetterSighting("3", "路灯不亮", None, received=date(2021, 5, 6), status="处理中", unanswered=True),
    LetterSighting("4", "噪声扰民", None, received=date(2023, 6, 1), answered=date(2023, 6, 5), answer="收到"),
)  # fmt: skip


def crawl(connection: Connection, site: Site, day: date) -> None:
    """A crawl of the whole site on which every letter is shown again, texts and all."""
    moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    number = begin_crawl(connection, register(connection, site), day, BEGINNING, None, moment)
    recorder = Recorder(connection, site.key, number)
    column = PageSeen("http://x/", 1, Outcome.READ, moment, column=site.columns[0].key, close=WHOLE)
    box = PageSeen(
        "http://y/", 1, Outcome.READ, moment, mailbox=site.mailboxes[0].key, letters=LETTERS, close=WHOLE
    )
    recorder.save(connection, column)
    recorder.save(connection, box)
    finish_crawl(connection, number, moment)


def figures_of(connection: Connection, site: Site, day: date) -> Any:
    progress = connection.execute(
        select(
            LetterProgressRow.letter_id, LetterProgressRow.valid, LetterProgressRow.closed, LetterProgressRow.known,
            LetterProgressRow.working_days,
        ).order_by(LetterProgressRow.letter_id)
    ).all()  # fmt: skip
    findings = connection.execute(
        select(FindingRow.rule, FindingRow.subject, FindingRow.sentence, FindingRow.stage).order_by(
            FindingRow.id
        )
    ).all()
    cases = letter_cases(connection, site, day, OFFICIAL)
    days = [(case.received, case.answered, case.units, case.settled, case.waits) for case in cases]
    return progress, findings, days, figures(cases)


def texts(connection: Connection) -> str:
    rows = connection.execute(select(LetterRow.subject, LetterRow.question, LetterRow.answer))
    return str([list(row) for row in rows])


def test_what_is_thinned_counts_as_before(any_engine: Engine) -> None:
    kept = parse_site(SITE, Path("mou.toml"))
    kept = replace(kept, keep_letters=1200)
    short = replace(kept, keep_letters=12)
    with any_engine.begin() as connection:
        for night in NIGHTS[:2]:
            crawl(connection, kept, night)
            remember_night(connection, context(kept, night))
        before = figures_of(connection, kept, NIGHTS[1])
        assert {stage for rule, _, _, stage in before[1] if rule == "letter.perfunctory"} == {"未解决"}
        assert all(word in texts(connection) for word in WORDS)

        remember_night(connection, context(short, NIGHTS[1]))
        assert figures_of(connection, short, NIGHTS[1]) == before
        assert all(word not in texts(connection) for word in ("三号楼", "修好", "夜里"))
        assert "噪声扰民" in texts(connection)

        # The mailbox still shows them: nothing comes back, and a night later every verdict stands.
        crawl(connection, short, NIGHTS[2])
        assert "三号楼" not in texts(connection)
        remember_night(connection, context(short, NIGHTS[2]))
        after = figures_of(connection, short, NIGHTS[2])
        assert after[1] == before[1]
        assert (after[0], after[2], after[3]) == (
            before[0][:2] + after[0][2:3] + before[0][3:],
            before[2],
            before[3],
        )
        cases = letter_cases(connection, short, NIGHTS[2], OFFICIAL)
        assert [case.title for case in cases][-1] == "噪声扰民"
        assert {case.title for case in cases[:-1]} == {"（内容已过保存期限）"}


def test_a_letter_is_thinned_on_the_day_after_its_time_and_once(any_engine: Engine) -> None:
    site = parse_site(SITE, Path("mou.toml"))
    with any_engine.begin() as connection:
        crawl(connection, site, NIGHTS[0])
        assert thin_letters(connection, site.key, 28, date(2023, 7, 1)) == 0
        assert thin_letters(connection, site.key, 28, date(2023, 7, 2)) == 1
        assert thin_letters(connection, site.key, 28, date(2023, 7, 2)) == 0
        assert thin_letters(connection, "another", 12, date(2030, 1, 1)) == 0


def test_no_thinned_text_is_left_in_a_file_while_somebody_looks(engine: Engine, tmp_path: Path) -> None:
    site = parse_site(SITE, Path("mou.toml"))
    with engine.begin() as connection:
        crawl(connection, site, NIGHTS[0])
    path = sqlite_path(engine)
    assert path is not None
    with closing(sqlite3.connect(path)) as looking:
        looking.execute("SELECT count(*) FROM letters").fetchall()
        with engine.begin() as connection:
            assert thin_letters(connection, site.key, 12, date(2030, 1, 1)) == len(LETTERS)
        empty_journal(engine)
        left = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*")).decode(
            "utf-8", "ignore"
        )
    assert "某区" in left
    assert [word for word in WORDS if word in left] == []


def test_a_letter_without_a_day_is_thinned_by_the_next_it_has(any_engine: Engine) -> None:
    site = parse_site(SITE, Path("mou.toml"))
    with any_engine.begin() as connection:
        crawl(connection, site, NIGHTS[0])
        days = {"1": (None, date(2022, 7, 2)), "2": (None, None), "3": (date(2021, 5, 6), date(2023, 7, 1))}
        for identity, (received, answered) in days.items():
            row = update(LetterRow).where(LetterRow.identity == identity)
            connection.execute(row.values(received=received, answered=answered))
        thin_letters(connection, site.key, 12, NIGHTS[0])
        thinned = (
            select(LetterRow.identity).where(LetterRow.thinned_on.is_not(None)).order_by(LetterRow.identity)
        )
        assert connection.scalars(thinned).all() == [
            "1",
            "3",
        ]  # answered late; the others are young, or first seen tonight
        thin_letters(connection, site.key, 12, date(2024, 7, 4))
        assert "2" in connection.scalars(thinned).all()


@pytest.mark.parametrize("months", ["11", "1201", '"两年"'])
def test_a_time_that_is_none_is_refused(months: str) -> None:
    with pytest.raises(WrongSiteFile, match="keep_letters"):
        parse_site(f"{SITE}\n[privacy]\nkeep_letters = {months}", Path("mou.toml"))


def test_two_years_where_the_file_says_nothing() -> None:
    assert parse_site(SITE, Path("mou.toml")).keep_letters == 24
