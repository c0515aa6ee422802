"""The bulletin's structure as its pictures show it (docs/papers.md): styles in their order, rows said again, language, where
pages turn. The fixture was written after looking at the pictures; who changes the layout looks at them again."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from monitor.bulletin.word_paper import fill_template, write_word
from monitor.bulletin.word_template import TEMPLATE
from tests.bulletin_made import demo_bulletin, demo_engine

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
    told = [(p.style.name, p.text) for p in paper.paragraphs if p.style is not None and p.text.strip()]
    assert [style for style, _ in told] == EXPECTED["styles"]


def test_language_and_title(paper: Document) -> None:
    assert paper.core_properties.language == EXPECTED["language"]
    assert paper.core_properties.title == EXPECTED["title"]
    marks = [
        mark
        for part in paper.part.package.iter_parts()
        if (element := getattr(part, "element", None)) is not None
        for mark in element.iter(qn("w:lang"))
    ]
    runs = [
        run for run in paper.element.body.iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:lang')}") is None
    ]
    assert {mark.get(qn(f"w:{script}")) for mark in marks for script in ("val", "eastAsia")} == {"zh-CN"}
    assert not runs


def rows_of(table: Any) -> list[tuple[str, bool]]:
    """Of each row the unit's name as it stands there ("" where a merged cell above runs on), and whether it is a heading."""
    place = EXPECTED["unit_columns"][table.rows[0].cells[0].text]
    found = []
    for row in table.rows:
        cells = row._tr.tc_lst
        cell = cells[1] if place == 1 else cells[-1]
        runs_on = cell.tcPr.find(qn("w:vMerge")) is not None and cell.vMerge != "restart"
        text = "" if runs_on else "".join(t.text or "" for t in cell.iter(qn("w:t")))
        found.append((text, row._tr.trPr.find(qn("w:tblHeader")) is not None))
    return found


@pytest.mark.parametrize("number", [0, 1])
def test_rows_said_again_and_where_pages_turn(paper: Document, number: int) -> None:
    """A unit's name stands once, and once more where a page turns within it; headings are one repeated row."""
    rows, expected = rows_of(paper.tables[number]), EXPECTED["annexes"][number]
    assert [head for _, head in rows] == [True] + [False] * (len(rows) - 1)
    names = [name for name, _ in rows[1:] if name]
    assert names[: len(expected["first"])] == expected["first"]
    assert [name for name, after in pairwise(names) if name == after] == expected["parted"]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in paper.tables[number].rows)


def test_each_annex_begins_a_page(paper: Document) -> None:
    assert paper.styles["附件标号"].paragraph_format.page_break_before is True  # type: ignore[attr-defined]
