"""The bulletin's structure as its pictures show it (docs/papers.md): styles in their order, rows said again, language, where
pages turn. The fixture was written after looking at the pictures; who changes the layout looks at them again."""

import tomllib
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.table import Table

from monitor.bulletin.word_paper import fill_template, write_word
from monitor.bulletin.word_template import TEMPLATE
from tests.bulletin_made import demo_bulletin, demo_engine
from tests.word_structure import heads, languages, own_texts, styles, unbroken

EXPECTED = tomllib.loads(
    (Path(__file__).parent / "papers" / "bulletin_structure.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("structure")
    bulletin = demo_bulletin(demo_engine(folder))
    write_word(bulletin, fill_template(bulletin, TEMPLATE), folder / "paper.docx")
    return docx.Document(str(folder / "paper.docx"))


def test_styles_in_their_order(paper: Document) -> None:
    assert styles(paper) == EXPECTED["styles"]


def test_language_and_title(paper: Document) -> None:
    """Letters and figures of a run have none: as Chinese they would be parted at a line's end."""
    assert paper.core_properties.language == EXPECTED["language"]
    assert paper.core_properties.title == EXPECTED["title"]
    assert languages(paper) == {(False, "zh-CN", "zh-CN"), (True, "x-none", "zh-CN")}


def names_in(table: Table) -> list[str]:
    """The unit's name of each row, "" where a merged cell above runs on."""
    place = EXPECTED["unit_columns"][table.rows[0].cells[0].text]
    return [own_texts(row)[place] for row in table.rows]


@pytest.mark.parametrize("number", [0, 1])
def test_rows_said_again_and_where_pages_turn(paper: Document, number: int) -> None:
    """A unit's name stands once, and once more where a page turns within it; headings are one repeated row."""
    table, expected = paper.tables[number], EXPECTED["annexes"][number]
    assert heads(table) == [True] + [False] * (len(table.rows) - 1)
    names = [name for name in names_in(table)[1:] if name]
    assert names[: len(expected["first"])] == expected["first"]
    assert [name for name, after in pairwise(names) if name == after] == expected["parted"]
    assert unbroken(table)


def test_each_annex_begins_a_page(paper: Document) -> None:
    assert paper.styles["附件标号"].paragraph_format.page_break_before is True  # type: ignore[attr-defined]
