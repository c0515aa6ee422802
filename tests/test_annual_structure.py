"""The structure of a drafted annual report as its pictures show it (docs/papers.md): styles, language, rows and labels said again,
where pages turn; and its headings and labels beside those of a published report."""

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from monitor.annual.draft import Draft, compose_draft
from monitor.annual.draft_text import as_text
from monitor.annual.draft_word import write_word
from monitor.annual.year_facts import year_facts
from tests.bulletin_made import demo_engine, demo_site
from tests.conftest import context
from tests.word_structure import heads, kept, languages, own_texts, styles, unbroken

EXPECTED = tomllib.loads(
    (Path(__file__).parent / "papers" / "annual_structure.toml").read_text(encoding="utf-8")
)
HAN = re.compile(r"[一-龥]")


def draft(folder: Path, year: int) -> Draft:
    with demo_engine(folder).begin() as connection:
        return compose_draft(year_facts(connection, context(demo_site(), date(2024, 1, 8)), year))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("annual")
    write_word(draft(folder, 2023), folder / "a.docx")
    return docx.Document(str(folder / "a.docx"))


def test_styles_language_and_title(paper: Document) -> None:
    assert styles(paper) == EXPECTED["styles"]
    assert paper.core_properties.language == EXPECTED["language"]
    assert paper.core_properties.title == EXPECTED["title"]
    assert languages(paper) == {(False, "zh-CN", "zh-CN"), (True, "x-none", "zh-CN")}


def test_headings_of_tables_on_every_page(paper: Document) -> None:
    for table, number in zip(paper.tables, EXPECTED["heads"], strict=True):
        assert heads(table) == [True] * number + [False] * (len(table.rows) - number)
        assert unbroken(table)


def test_the_long_table_begins_a_page_and_the_short_ones_stay_whole(paper: Document) -> None:
    fresh = [p.text for p in paper.paragraphs if p.paragraph_format.page_break_before]
    assert fresh == EXPECTED["fresh"]
    for table in (paper.tables[0], paper.tables[2]):
        assert kept(table) == [True] * (len(table.rows) - 1) + [False]


def test_labels_beside_rows_that_a_page_parts_are_said_again(paper: Document) -> None:
    labels = set(EXPECTED["labels"])
    told = [text for row in paper.tables[1].rows for text in own_texts(row)[:2] if text in labels]
    assert told == EXPECTED["labels"]


def words(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_a_published_report_has_the_same_headings_and_labels(shared: Path, tmp_path: Path) -> None:
    """瀍河区's report of 2020. Of its third table the text holds the first rows; the fourth part has lost its heading."""
    [seed] = (shared / "seeds").glob("001_*.txt")
    lines = [line for line in seed.read_text(encoding="utf-8").split("\n") if line.strip()]
    ours = [line for line in as_text(draft(tmp_path, 2020)).split("\n") if line.strip()]
    mine = [words(cell) for line in ours for cell in line.split("\t")]
    headings = [words(line.lstrip("# ")) for line in lines if re.match(r"#+ [一二三四五六]、", line)]
    assert headings == [each for each in mine if each in headings] and len(headings) == 5
    tabled = [line for line in lines if "\t" in line or line.startswith("第二十条")]
    labels = [words(cell) for line in tabled for cell in line.split("\t") if HAN.search(cell)]
    assert len(labels) == 43
    # 采购总金额（单位:万元）: the published one says the unit besides.
    assert [label for label in labels if label not in mine] == ["采购总金额(单位:万元)"]
