"""Names and titles from anywhere are text and nothing else: in Word, Excel, the page, the text and the csv."""

import csv
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from openpyxl import load_workbook

from db.connect import open_database
from db.recording.pages import LetterSighting
from monitor.bulletin.drafting import print_bulletin
from monitor.paper_files.inert import escaped, plain
from monitor.wording import spaced, tight
from rules.vocabulary.places import Site
from tests.bulletin_made import DAY, Q2, remember, site_of
from tests.conftest import context

SCRIPT = "<script>alert(1)</script>&<b>局"
FORMULA = '=HYPERLINK("http://evil.example","点我")'
NAMES = (
    SCRIPT,
    FORMULA,
    "+1+1局",
    "-2局",
    "@SUM(A1)局",
    "甲⊗乙⊙丙局",
    "{{ 7*7 }}{% if x %}局",
    "a&b<c 局",
)


def hostile_site() -> Site:
    toml = [
        "name = '''" + "某<i>县</i>人民政府" + "'''", 'home = "https://www.mou.example/"', "expect = {read = 0.5}",
        "mailboxes = [{name = '''=1+1<script>信箱''', url = '/xx/', reply_within = 5}]",
    ]  # fmt: skip
    for number, name in enumerate(NAMES):
        kind = "街道" if number % 2 else "部门"
        escaped_name = json.dumps(name, ensure_ascii=True)
        toml += ["[[units]]", f'id = "u{number}"', f"name = {escaped_name}", f'kind = "{kind}"']
    for number, name in enumerate(NAMES):
        escaped_name = json.dumps(name, ensure_ascii=True)
        toml += [
            "[[columns]]",
            f'units = ["u{number}"]',
            f"path = [{escaped_name}, {escaped_name}]",
            f'url = "/c{number}/"',
        ]
    toml += [
        "[[columns]]",
        'units = ["u0"]',
        f"path = {json.dumps([FORMULA])}",
        f"elsewhere = {json.dumps(FORMULA)}",
    ]
    return controlled(site_of("\n".join(toml), "hostile"))


def controlled(site: Site) -> Site:
    """What a site file does not let through: a bell and a turned direction of writing."""

    def turned(text: str) -> str:
        return text.replace("⊗", "\u0007").replace("⊙", "\u202e")

    units = [replace(unit, name=turned(unit.name)) for unit in site.units]
    columns = [
        replace(
            column,
            field=turned(column.field),
            level1=turned(column.level1),
            duties=tuple(replace(duty, label=turned(duty.label)) for duty in column.duties),
        )
        for column in site.columns
    ]
    return replace(site, units=tuple(units), columns=tuple(columns))


def paper(folder: Path, ending: str) -> Path:
    """The file of an ending; its name begins as all of them do, and the shortest has nothing between."""
    return min(folder.glob(f"*{ending}"), key=lambda path: len(path.name))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    engine, site = open_database(f"sqlite:///{folder / 'g.db'}"), hostile_site()
    days = {f"/c{number}/": [date(2023, 5, 2)] * (3 * number) for number in range(len(NAMES))}
    letter = LetterSighting(
        "1", f"{SCRIPT}\n{FORMULA}", None, "1", FORMULA, None, date(2023, 4, 3), date(2023, 6, 20)
    )
    remember(engine, site, days, [letter])
    print_bulletin(engine, context(site, DAY), Q2, folder / "out")
    return folder / "out"


def test_excel_holds_no_formula(papers: Path) -> None:
    texts = [
        cell
        for page in load_workbook(paper(papers, ".xlsx"))
        for row in page
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in texts} == {"s", "n"}
    assert FORMULA in [cell.value for cell in texts]
    with zipfile.ZipFile(paper(papers, ".xlsx")) as packed:
        assert not [
            name
            for name in packed.namelist()
            if b"<f>" in packed.read(name) or b"hyperlink" in packed.read(name)
        ]


def test_the_page_holds_no_element_of_theirs(papers: Path) -> None:
    page = html.fromstring((paper(papers, ".html")).read_text(encoding="utf-8"))
    assert not page.xpath("//script | //b | //i | //img | //@onclick")
    assert all(re.fullmatch(r"#[\w-]+|https?://[^\s<>\"]+", href) for href in page.xpath("//a/@href"))
    assert SCRIPT in page.text_content()
    assert "\u202e" not in page.text_content()


@pytest.mark.parametrize("name", [".docx", "_工作底稿.docx"])
def test_word_holds_their_words_and_nothing_of_theirs(papers: Path, name: str) -> None:
    document = docx.Document(str(paper(papers, name)))
    said = "\n".join(
        [p.text for p in document.paragraphs]
        + [c.text for t in document.tables for r in t.rows for c in r.cells]
    )
    assert SCRIPT in said
    assert "{{ 7*7 }}{% if x %}局" in said
    assert "49" not in said
    assert "\u202e" not in said
    with zipfile.ZipFile(paper(papers, name)) as packed:
        for part in packed.namelist():
            if part.endswith(".xml"):
                etree.fromstring(packed.read(part))
        assert b"HYPERLINK" not in packed.read("word/_rels/document.xml.rels")


def test_the_csv_holds_no_formula(papers: Path) -> None:
    with (paper(papers, "_信息数.csv")).open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_the_text_keeps_its_lines(papers: Path) -> None:
    text = (paper(papers, ".txt")).read_text(encoding="utf-8")
    assert "\u0007" not in text
    assert f"{SCRIPT} {FORMULA}" in text


@given(st.text())
@settings(max_examples=100)
def test_any_text_is_one_line_of_xml(text: str) -> None:
    element = etree.fromstring(f"<a>{escaped(text)}</a>")
    assert (element.text or "") == plain(text)
    assert not set(plain(text)) & set("\n\r\t\0")


@given(st.text(alphabet="甲乙丙1234%-至少第 年月日局.“”", max_size=40))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_spaces_between_chinese_and_figures_come_and_go_without_touching_anything_else(text: str) -> None:
    assert "".join(tight(text).split()) == "".join(text.split()) == "".join(spaced(text).split())
    assert tight(spaced(tight(text))) == tight(text)


def test_names_with_figures_stay_as_they_are() -> None:
    assert spaced("第12中学发布3条，占20%", {"第12中学"}) == "第12中学发布 3 条，占 20%"
    assert tight("2023 年 4-6 月，共 750 条（至少 20 条）") == "2023年4-6月，共750条（至少20条）"
