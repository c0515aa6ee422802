"""Drafting: the statutory form with our counts, everything else marked, and readable by our own check."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordFile
from sqlalchemy import Engine

from crawler.page.page import Page
from monitor.annual.checks.examine import examine
from monitor.annual.checks.forms import FORM_2019, FORM_2021
from monitor.annual.checks.report import Report
from monitor.annual.draft import BLANK, Draft, compose_draft, own_count, unit_named
from monitor.annual.draft_tables import grid_of
from monitor.annual.draft_text import as_text
from monitor.annual.draft_word import write_word
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.reader import document_of, read_report
from monitor.annual.year_facts import year_facts
from rules.errors import WrongInput
from rules.vocabulary.places import Site
from tests.annual_made import as_html, sound
from tests.bulletin_made import CUT, UNREAD, remember, site_of
from tests.conftest import context

TODAY = date(2024, 1, 8)
TEXT = """
name = "某县人民政府"
home = "https://www.mou.example/"
units = [{id = "jyj", name = "教育局", kind = "部门", aliases = ["县教育局"]}, {id = "czj", name = "财政局", kind = "部门"}]
mailboxes = [{name = "县长信箱", url = "/xx/", reply_within = 5}]
columns = [
  {units = ["jyj"], path = ["教育领域", "招生"], url = "/zs/"},
  {units = ["jyj"], path = ["救灾领域"], url = "/jz/"},
  {units = ["czj"], path = ["财政预决算领域"], url = "/cz/"},
  {units = ["jyj", "czj"], path = ["教育领域", "资助"], url = "/zz/"},
  {units = ["czj"], path = ["税收管理领域"], elsewhere = "跳转到税务局网站"},
]
"""
DAYS = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]


@pytest.fixture
def site() -> Site:
    return site_of(TEXT)


@pytest.fixture
def seen(engine: Engine, site: Site) -> Engine:
    postings = {"/zs/": DAYS, "/jz/": DAYS[1:2], "/cz/": DAYS[2:3] * 4, "/zz/": DAYS[1:3]}
    remember(engine, site, postings, as_of=TODAY)
    return engine


def draft(
    engine: Engine, site: Site, unit: str | None = None, year: int = 2023, last: Report | None = None
) -> Draft:
    with engine.begin() as connection:
        facts = year_facts(connection, context(site, TODAY), year)
    return compose_draft(facts, unit_named(site, unit) if unit else None, last)


def test_the_year_is_counted_from_its_first_day_to_its_last(seen: Engine, site: Site) -> None:
    composed = draft(seen, site)
    assert (composed.total.number, composed.total.exact) == (9, True)
    assert [(field.name, field.total.number) for field in composed.fields] == [
        ("教育领域", 4),
        ("财政预决算领域", 4),
        ("救灾领域", 1),
    ]


def test_a_unit_gets_its_own_and_joint_duties_are_said_apart(seen: Engine, site: Site) -> None:
    composed = draft(seen, site, "县教育局")
    assert (composed.name, composed.total.number) == ("教育局", 3)
    assert "主动公开政府信息 3 条，其中：教育领域 2 条，救灾领域 1 条。" in as_text(composed)
    assert "另有与其他单位共同负责的栏目信息 2 条" in as_text(composed)


def test_what_was_not_read_is_marked_and_never_zero(engine: Engine, site: Site) -> None:
    closes = {"/zs/": UNREAD, "/jz/": UNREAD, "/zz/": UNREAD, "/cz/": CUT}
    remember(engine, site, {"/cz/": DAYS[2:3] * 4}, closes=closes, as_of=TODAY, mailboxes=None)
    whole, unit = as_text(draft(engine, site)), as_text(draft(engine, site, "jyj"))
    assert "主动公开政府信息至少 4 条" in whole
    assert f"主动公开政府信息 {BLANK} 条" in unit
    assert "教育局“教育领域›招生”：被拦截" in unit
    assert "群众来信" not in whole


def test_the_draft_has_six_parts_and_every_cell_marked(seen: Engine, site: Site, tmp_path: Path) -> None:
    composed = draft(seen, site, "jyj")
    word, text = tmp_path / "a.docx", tmp_path / "a.txt"
    write_word(composed, word)
    text.write_text(as_text(composed), encoding="utf-8")
    for path in (word, text):
        result = examine(read_report(str(path)))
        report = result.report
        assert (report.unit, report.year, report.form) == ("教育局", 2023, "2021")
        assert [(h.section, h.ordinal) for h in report.headings] == [(n, n) for n in range(1, 7)]
        assert {cell.text for cell in report.cells.values()} == {BLANK}
        [hint] = result.findings
        assert hint.id == "A10.cell.text" and not result.weighty
        assert hint.sentence.startswith(f"还有 {len(report.cells)} 格待填（表二 ")
        assert [line for line in result.unchecked if line.startswith("A")] == [
            "A1、A2、A3、A4：42 处因表中待填的格尚未填写，没有核对"
        ]


@pytest.mark.parametrize(("year", "form", "cells"), [(2023, FORM_2021, 200), (2020, FORM_2019, 198)])
def test_the_form_is_the_one_of_the_year(
    seen: Engine, site: Site, tmp_path: Path, year: int, form: object, cells: int
) -> None:
    composed = draft(seen, site, year=year)
    write_word(composed, tmp_path / "a.docx")
    report = read_report(str(tmp_path / "a.docx"))
    assert composed.form is form and len(report.cells) == cells


def test_before_2019_there_is_nothing_to_draft(seen: Engine, site: Site) -> None:
    with pytest.raises(WrongInput, match="2018 年还没有统一"):
        draft(seen, site, year=2018)


def test_last_year_gives_what_is_carried_over(seen: Engine, site: Site, tmp_path: Path) -> None:
    made = replace(sound(), title="教育局2022年政府信息公开工作年度报告")
    composed = draft(seen, site, "jyj", last=report_of(document_of(Page("file:///", as_html(made)))))
    write_word(composed, tmp_path / "a.docx")
    report = read_report(str(tmp_path / "a.docx"))
    assert (report.number(3, "carried", "natural"), report.number(3, "carried", "total")) == (1, 1)
    assert report.number(3, "new", "total") is None
    assert "请核对" in as_text(composed)


def test_the_grids_have_no_holes_and_no_overlaps(seen: Engine, site: Site) -> None:
    for year in (2020, 2023):
        for table in (2, 3, 4):
            grid = grid_of(draft(seen, site, year=year), table)
            covered = [
                (row, column)
                for cell in grid.cells
                for row in range(cell.row, cell.row + cell.rows)
                for column in range(cell.column, cell.column + cell.columns)
            ]
            assert len(covered) == len(set(covered)) == grid.height * len(grid.widths)


def test_hostile_names_are_text_and_the_same_draft_the_same_bytes(
    seen: Engine, site: Site, tmp_path: Path
) -> None:
    composed = replace(draft(seen, site), name="<b>&\x00\u202e{{ 1 }}局")
    write_word(composed, tmp_path / "a.docx")
    write_word(composed, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert WordFile(str(tmp_path / "a.docx")).paragraphs[0].text.startswith("<b>& {{ 1 }}局 2023 年")


def test_our_own_count_of_a_year(seen: Engine, site: Site) -> None:
    with seen.begin() as connection:
        whole = own_count(year_facts(connection, context(site, TODAY), 2023))
        unit = own_count(year_facts(connection, context(site, TODAY), 2023), unit_named(site, "jyj"))
    assert (whole.number, whole.exact) == (9, True)
    assert str(unit) == "本系统统计教育局 2023 年 3 条（截至 2024-01-08）"


def test_an_unknown_unit_is_said(site: Site) -> None:
    with pytest.raises(WrongInput, match="没有单位“林业局”"):
        unit_named(site, "林业局")
