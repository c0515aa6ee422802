"""Workbooks of which openpyxl leaves something out without a word: a table that is silently missing would be a false zero, so
such a workbook is refused, and says which sheet it is."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from crawler.documents.document import Grid
from crawler.documents.workbook import read_workbook, words_of_workbook
from rules.errors import WrongInput
from tests.hostile_files.archives import packed, parts_of

BOOK, LINKS, SECOND = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE, STRICT_OFFICE = (
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def two_sheets() -> dict[str, bytes]:
    """The parts of a workbook of two sheets, 教育 and 卫生, each of two rows."""
    buffer, book = BytesIO(), Workbook()
    book.active.title = "教育"
    for sheet in (book.active, book.create_sheet("卫生")):
        sheet.append(["单位", "条数"])
        sheet.append([f"{sheet.title}局", 3])
    book.save(buffer)
    return parts_of(buffer)


def changed(name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    parts = two_sheets()
    assert old in parts[name]
    return parts | {name: parts[name].replace(old, new)}


def without(name: str) -> dict[str, bytes]:
    return {part: body for part, body in two_sheets().items() if part != name}


def strict() -> dict[str, bytes]:
    """As Excel saves “Strict Open XML”."""
    return {
        name: body.replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE) for name, body in two_sheets().items()
    }


ROW_2 = b'<row r="2">'
MISSING: Mapping[str, Mapping[str, bytes]] = {
    "its part is not there": without(SECOND),
    "its part is called otherwise": without(SECOND) | {"xl/worksheets/Sheet2.XML": two_sheets()[SECOND]},
    "its part is at an address": changed(LINKS, b"/xl/worksheets/sheet2.xml", b"http://www.mou.example/s.xml"),
    "it has no number of its part": changed(BOOK, b'sheetId="2" state="visible" r:id="rId2"', b'sheetId="2" state="visible"'),
    "its part is a page": two_sheets() | {SECOND: b"<html><body><table><tr><td>1</td></tr></table></body></html>"},
    "its part is of another version": changed(SECOND, MAIN, STRICT),
}  # fmt: skip
BROKEN: Mapping[str, Mapping[str, bytes]] = {
    "all is of another version": strict(),
    "all parts of sheets are missing": {n: b for n, b in two_sheets().items() if "worksheets" not in n},
    "rows out of order": changed(SECOND, ROW_2, b'<row r="3"><c r="A3"><v>1</v></c></row><row r="2">'),
    "a row twice": changed(SECOND, ROW_2, b'<row r="2"><c r="A2"><v>1</v></c></row><row r="2">'),
    "a row before the first": changed(SECOND, ROW_2, b'<row r="0">'),
    "cells out of order": changed(SECOND, ROW_2, b'<row r="2"><c r="C2"><v>1</v></c>'),
    "a cell twice": changed(SECOND, ROW_2, b'<row r="2"><c r="A2"><v>1</v></c>'),
    "cut off": two_sheets() | {SECOND: two_sheets()[SECOND][:-60]},
    "a text that is not there": changed(SECOND, b't="n"><v>3', b't="s"><v>3'),
}


@pytest.mark.parametrize("case", MISSING)
def test_a_sheet_that_is_not_read_is_named(case: str) -> None:
    body = packed(MISSING[case])
    with pytest.raises(WrongInput, match="“卫生”在文件中缺失或不能识别"):
        read_workbook(body)
    with pytest.raises(WrongInput, match="“卫生”"):
        list(words_of_workbook(body))


@pytest.mark.parametrize("case", BROKEN)
def test_what_would_be_left_out_is_refused(case: str) -> None:
    body = packed(BROKEN[case])
    with pytest.raises(WrongInput) as refused:
        read_workbook(body)
    assert str(refused.value).count("。") == 1
    with pytest.raises(Exception):  # noqa: B017 - whatever the parser raises; the child process answers for it
        list(words_of_workbook(body))


def grids(body: bytes) -> list[list[list[str]]]:
    blocks = read_workbook(body).blocks
    return [[[cell.text for cell in row] for row in one.rows] for one in blocks if isinstance(one, Grid)]


def test_a_sound_workbook_is_read_whole() -> None:
    assert grids(packed(two_sheets())) == [
        [["单位", "条数"], ["教育局", "3"]],
        [["单位", "条数"], ["卫生局", "3"]],
    ]


def test_rows_without_numbers_and_rows_left_out_keep_their_places() -> None:
    assert grids(packed(changed(SECOND, ROW_2, b"<row>")))[1] == [["单位", "条数"], ["卫生局", "3"]]
    far = two_sheets()[SECOND].split(ROW_2)[0] + (
        b'<row r="4"><c r="B4"><v>7</v></c></row><row r="6"><c r="B6"/></row>'
        b"<row/><row><c><v>8</v></c></row></sheetData></worksheet>"
    )
    laid = [["单位", "条数"], ["", ""], ["", ""], ["", "7"], ["", ""], ["", ""], ["", ""], ["8", ""]]
    assert grids(packed(two_sheets() | {SECOND: far}))[1] == laid


def test_a_sheet_of_a_chart_holds_no_table() -> None:
    buffer, book = BytesIO(), Workbook()
    book.active.append(["单位", 1])
    book.create_chartsheet("图").add_chart(BarChart())
    book.save(buffer)
    assert grids(buffer.getvalue()) == [[["单位", "1"]]]
    assert list(words_of_workbook(buffer.getvalue())) == ["单位\t1"]
