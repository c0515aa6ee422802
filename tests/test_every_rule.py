"""Every rule of the book is alive from the recorder to the judge: a county guilty of everything, of nothing, and one that
refused us. A new rule needs its line in `tests/every_rule.py`, in the guilty county and in the innocent one."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.connect import open_database
from db.recording.articles import HomeSeen
from monitor.audit.problems import problems_of
from monitor.audit.sentences import problem_text
from monitor.finding_lines import lines_of
from monitor.judge.judging import Judgement
from rules.book import BOOK, RULES
from rules.dates.workdays import OFFICIAL
from rules.vetoes import veto_summary
from rules.vocabulary.terms import Outcome, Severity
from tests.every_rule import GUILTY, INNOCENT, TODAY, judged
from tests.made_nights import crawled, made_site, said

# What silences all else, or asks for a site without a mailbox: each has a county of its own below.
ALONE = {"site.redesigned", "site.no_consultation"}
COLUMN = '{units = ["a"], path = ["救灾领域"], url = "/jz/"},'


@pytest.fixture(scope="module")
def guilty(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    return judged(open_database(f"sqlite:///{shutil.copy(blank, tmp_path_factory.mktemp('guilty'))}"), GUILTY)


def test_a_county_guilty_of_everything(guilty: Judgement) -> None:
    said = {ruling.finding.rule for ruling in guilty.rulings if ruling.reported}
    assert {rule.id for rule in BOOK} - said == ALONE


def test_its_listing_has_vetoes_first_and_a_line_a_column(guilty: Judgement) -> None:
    lines = lines_of(guilty.rulings)
    vetoes = [line.severity is Severity.VETO for line in lines]
    assert vetoes == sorted(vetoes, reverse=True)
    at_once = {line.main.rule for line in lines if RULES[line.main.rule].within == 0}
    assert at_once == {"posting.privacy", "posting.grave_wording"}  # never behind another one's sentence
    places = [
        (line.units, line.main.path) for line in lines if line.main.path and line.main.rule not in at_once
    ]
    assert len(set(places)) == len(places)


def test_an_audit_of_it_says_what_to_do_about_each_thing_on_its_own_basis(guilty: Judgement) -> None:
    rulings = [ruling for ruling in guilty.rulings if ruling.finding.units == ("a",)]
    texts = [problem_text(problem) for problem in problems_of(rulings, TODAY, OFFICIAL)]
    [interpretation] = [text for text in texts if "政策解读”发布于" in text]
    late, unlinked = interpretation.split("另（1）")
    assert "怎么办" not in late and "办公室惯例" in late  # it is past: nothing is asked for
    assert "怎么办：在该页面加上指向对方的链接" in unlinked and "19号" in unlinked
    assert all("期限：立即" in text for text in texts if "身份证号" in text or "共合国" in text)
    [postings] = [text for text in texts if "打不开的通知”列表中有" in text]
    assert postings.count("怎么办：") == postings.count("另（") + 1


def test_a_county_guilty_of_nothing(engine: Engine) -> None:
    judgement = judged(engine, INNOCENT)
    assert [ruling.finding.sentence for ruling in judgement.rulings] == []
    # It is silent because all is well, and not because there was nothing to judge.
    assert {rule.takes for rule in BOOK} - {type(case) for case in judgement.cases} == set()


def test_a_county_that_refused_us(engine: Engine) -> None:
    """Nothing is said of it, and no veto is said to be far off."""
    judgement = judged(engine, None)
    assert judgement.rulings == [] and judgement.portal
    assert [
        line.summary
        for line in veto_summary(judgement.portal, judgement.site.thresholds)
        if line.number is not None
    ] == []


def test_a_site_under_another_name(engine: Engine) -> None:
    site = made_site(COLUMN)
    for day, name in ((TODAY - timedelta(1), "安和市某区人民政府"), (TODAY, "某某科技有限公司")):
        crawled(engine, site, day, {"/jz/": []}, home=HomeSeen(Outcome.READ, newest=day, identity=name))
    assert len(said(engine, site, TODAY, "site.redesigned")) == 1


def test_a_site_where_one_can_only_complain(engine: Engine) -> None:
    site = made_site(COLUMN, '[[mailboxes]]\nname = "网上信访"\nurl = "/xf/"\nreply_within = 5\n')
    crawled(engine, site, TODAY, {"/jz/": []})
    assert len(said(engine, site, TODAY, "site.no_consultation")) == 1
