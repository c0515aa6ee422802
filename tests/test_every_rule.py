"""Every rule of the book is alive from the recorder to the judge: a county guilty of everything, of nothing, and one that
refused us. A new rule needs its line in `tests/every_rule.py`, in the guilty county and in the innocent one."""

from datetime import timedelta

from sqlalchemy import Engine

from db.recording.articles import HomeSeen
from rules.book import BOOK
from rules.vocabulary.terms import Outcome
from tests.every_rule import GUILTY, INNOCENT, TODAY, judged
from tests.made_nights import crawled, made_site, said

# What silences all else, or asks for a site without a mailbox: each has a county of its own below.
ALONE = {"site.redesigned", "site.no_consultation"}
COLUMN = '{units = ["a"], path = ["救灾领域"], url = "/jz/"},'


def test_a_county_guilty_of_everything(engine: Engine) -> None:
    said = {ruling.finding.rule for ruling in judged(engine, GUILTY).rulings if ruling.reported}
    assert {rule.id for rule in BOOK} - said == ALONE


def test_a_county_guilty_of_nothing(engine: Engine) -> None:
    judgement = judged(engine, INNOCENT)
    assert [ruling.finding.sentence for ruling in judgement.rulings] == []
    # It is silent because all is well, and not because there was nothing to judge.
    assert {rule.takes for rule in BOOK} - {type(case) for case in judgement.cases} == set()


def test_a_county_that_refused_us(engine: Engine) -> None:
    assert judged(engine, None).rulings == []


def test_a_site_under_another_name(engine: Engine) -> None:
    site = made_site(COLUMN)
    for day, name in ((TODAY - timedelta(1), "安和市某区人民政府"), (TODAY, "某某科技有限公司")):
        crawled(engine, site, day, {"/jz/": []}, home=HomeSeen(Outcome.READ, newest=day, identity=name))
    assert len(said(engine, site, TODAY, "site.redesigned")) == 1


def test_a_site_where_one_can_only_complain(engine: Engine) -> None:
    site = made_site(COLUMN, '[[mailboxes]]\nname = "网上信访"\nurl = "/xf/"\nreply_within = 5\n')
    crawled(engine, site, TODAY, {"/jz/": []})
    assert len(said(engine, site, TODAY, "site.no_consultation")) == 1
