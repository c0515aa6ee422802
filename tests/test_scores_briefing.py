"""The month's 简报: a sheet of a month as a Word paper with its tables as 附件, and the Excel sheet as it prints."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from crawler.sites.load import parse_site
from monitor.scores.compose import ScoreSheet, compose_sheet
from monitor.scores.earning import Noted, Posted, UnitFacts
from monitor.scores.form import printed_rows
from monitor.scores.papers import write_scores
from monitor.scores.scheme import parse_scheme
from rules.dates.periods import parse_period
from rules.vocabulary.places import Site
from rules.vocabulary.terms import UnitKind

SITE = """
name = "洛阳市偃师区人民政府"
home = "https://www.mou.example/"
units = [{id = "a", name = "民政局", kind = "部门"}, {id = "b", name = "审计局", kind = "部门"},
  {id = "c", name = "统计局", kind = "部门"}, {id = "z", name = "翟镇镇", kind = "乡镇"}]
columns = [{units = ["a"], path = ["政策"], url = "/a/"}]
"""
GROUPS = '[{ name = "区直单位", kinds = ["部门"] }, { name = "各镇（街道）", kinds = ["乡镇"] }]'
REACH = "数据截至 2022-03-07，最近读取 2022-03-05。"


def scheme(components: int = 2) -> str:
    parts = "".join(f'[[components]]\nname = "第{n}项工作"\nfixed = 0.5\n' for n in range(components - 1))
    own = '[[components]]\nname = "发布"\npostings = [{ points = 1 }]\n'
    return f'title = "信息公开情况"\nbest = 1\ngroups = {GROUPS}\n{own}{parts}'


def facts(name: str, kind: UnitKind, count: int | None, carry: str = "10") -> UnitFacts:
    why = "" if count is not None else "被拦截"
    posted = (Posted(("政策",), count, exact=count is not None, why=why),)
    noted: dict[str, list[Noted]] = {}
    return UnitFacts(name, kind, posted, noted=noted, carry=Decimal(carry))


def written(
    folder: Path, more: str = "", components: int = 2, unread: bool = True, towns: bool = True
) -> Path:
    site: Site = parse_site(SITE + more, Path("ys.toml"))
    units = [
        facts("民政局", UnitKind.DEPARTMENT, 7),
        facts("审计局", UnitKind.DEPARTMENT, None if unread else 1),
        facts("统计局", UnitKind.DEPARTMENT, 3),
    ]
    units += [facts("翟镇镇", UnitKind.TOWN, 2)] if towns else []
    sheet = compose_sheet(parse_scheme(scheme(components), Path("x.toml")), parse_period("2022-02"), units)
    scores = ScoreSheet(site, sheet, date(2022, 3, 7), REACH)
    write_scores(scores, folder)
    paper = folder / "简报_2022-02_偃师区.docx"
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(paper)).tables
    ]
    wanted = [printed_rows(sheet, table) for table in sheet.tables]
    noted = [any(row[-1] for row in rows) for rows in wanted]
    assert [rows[1:] for rows in tables] == [
        rows if notes else [row[:-1] for row in rows] for rows, notes in zip(wanted, noted, strict=True)
    ]
    return paper


def paragraphs(paper: Path) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in Document(str(paper)).paragraphs if each.style]  # type: ignore[misc]


def test_the_briefing_has_its_parts_in_order(tmp_path: Path) -> None:
    paper = written(tmp_path)
    said = paragraphs(paper)
    assert said[:4] == [
        ("红头", "政务信息公开工作简报"),
        ("期号", "（2022年第2期）"),
        ("红头署名", "洛阳市偃师区人民政府办公室\t2022年3月7日"),
        ("公文标题", "2022年1—2月信息公开情况通报"),
    ]
    texts = [text for _, text in said]
    assert "区直单位共3个，参加排名2个，最高17.5分，最低13.5分，平均15.5分。" in texts
    assert [text for style, text in said if style.startswith("附件说明")] == [
        "附件：1. 2022年1—2月区直单位信息公开情况",
        "2. 2022年1—2月各镇（街道）信息公开情况",
    ]
    assert [text for style, text in said if style == "附件标号"] == ["附件1", "附件2"]
    assert Document(str(paper)).core_properties.title == "2022年1—2月信息公开情况通报"
    everything = "".join(texts)
    assert "数据截至2022年3月7日，最近读取2022年3月5日。" in everything
    assert not re.search(r"\d{4}-\d\d-\d\d", everything)


def test_who_was_not_read_is_told_apart_and_named_nowhere_else(tmp_path: Path) -> None:
    texts = [text for style, text in paragraphs(written(tmp_path)) if style == "公文正文"]
    [told] = [text for text in texts if "审计局" in text]
    assert "不计零" in told and "政策未完整读取（被拦截）" in told
    headings = [
        text for style, text in paragraphs(written(tmp_path / "all", unread=False)) if style == "一级标题"
    ]
    assert headings == ["一、得分情况", "二、有关要求"]


def test_one_group_is_one_annex_without_a_number(tmp_path: Path) -> None:
    said = paragraphs(written(tmp_path, towns=False))
    assert ("附件标号", "附件") in said
    assert ("附件说明", "附件：2022年1—2月区直单位信息公开情况") in said


def test_the_office_s_own_head_number_and_addressees(tmp_path: Path) -> None:
    own = '[papers]\nhead = "偃师政务公开"\nissue = "〔{年}〕{期}号"\nto = "各镇"\ncopies = "区委办"\n'
    said = paragraphs(written(tmp_path, own))
    assert said[0] == ("红头", "偃师政务公开") and said[1][1] == "〔2022〕2号"
    assert ("主送机关", "各镇：") in said and said[-1] == ("版记", "抄送：区委办。")


@pytest.mark.parametrize(("components", "lies"), [(2, False), (12, True)])
def test_a_wide_table_lies_on_its_side(tmp_path: Path, components: int, lies: bool) -> None:
    document = Document(str(written(tmp_path, components=components)))
    assert document.sections[0].orientation == WD_ORIENT.PORTRAIT
    assert (document.sections[-1].orientation == WD_ORIENT.LANDSCAPE) == lies
    between = (
        document.sections[-1].page_width
        - document.sections[-1].left_margin
        - document.sections[-1].right_margin
    )  # type: ignore[operator]
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= between + 36_000  # a millimetre of rounding
        assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")


def test_the_workbook_prints_one_page_wide(tmp_path: Path) -> None:
    written(tmp_path, components=12)
    book = load_workbook(tmp_path / "得分表_2022-02_偃师区.xlsx")
    for page in book:
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
        assert page.print_title_rows
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "注：数据截至2022年3月7日，最近读取2022年3月5日。" in cells


def test_the_same_sheet_makes_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "one").read_bytes() == written(tmp_path / "two").read_bytes()
