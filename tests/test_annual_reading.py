"""Reading reports: the same report from four formats, headings however written, tables however cut."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordFile
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.documents.document import Box, GridCell, lay
from crawler.documents.plain_text import read_row, read_text
from crawler.page.page import Page
from monitor.annual.checks.examine import examine
from monitor.annual.checks.forms import FORM_2019, FORM_2021, Form
from monitor.annual.checks.numbers import read_number
from monitor.annual.checks.report import Report
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.headings import heading_of, pieces
from monitor.annual.reading.reader import document_of, read_report
from tests.annual_made import Made, as_html, as_pdf, as_text, as_word, sound

WRITERS = {"html": as_html, "docx": as_word, "pdf": as_pdf, "txt": lambda made: as_text(made).encode()}


def read(body: bytes) -> Report:
    return report_of(document_of(Page("file:///", body)))


def busy(form: Form) -> Made:
    rows = {row.key: (at + 1, 0, at % 3) for at, row in enumerate(form.outcomes)}
    made = sound(form, rows).with_cells(
        t4_review_upheld="2", t4_review_total="2", t2_penalty_decisions="1,443"
    )
    return made.with_prose(1, "本年收到政府信息公开申请 7 件。")


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=lambda form: form.key)
@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_gives_every_cell(kind: str, form: Form) -> None:
    made = busy(form)
    report = read(WRITERS[kind](made))
    assert {place: cell.text for place, cell in report.cells.items()} == dict(made.cells)
    assert (report.kind, report.form, report.unit) == (kind, form.key, "某县教育局")
    assert report.year == (2020 if form is FORM_2019 else 2022)
    assert [(h.section, h.ordinal) for h in report.headings] == [(n, n) for n in range(1, 7)]
    assert [s.text for s in report.prose if s.section == 1] == ["本年收到政府信息公开申请 7 件。"]


@pytest.mark.parametrize("pen", ["boxes", "strokes", "thin rectangles"])
def test_every_way_of_drawing_a_table_in_a_pdf(pen: str) -> None:
    made = busy(FORM_2021)
    assert {place: cell.text for place, cell in read(as_pdf(made, pen)).cells.items()} == dict(made.cells)


def test_content_controls_of_word_hide_nothing() -> None:
    document = WordFile(BytesIO(as_word(sound())))
    body = document.element.body
    for child in list(body)[:-1]:
        control = OxmlElement("w:sdt")
        child.addprevious(control)
        content = OxmlElement("w:sdtContent")
        control.append(content)
        content.append(child)
    buffer = BytesIO()
    document.save(buffer)
    assert read(buffer.getvalue()).cells == read(as_word(sound())).cells


def test_a_pdf_without_lines_accuses_nobody() -> None:
    result = examine(read(as_pdf(sound(), "none")))
    assert result.report.ragged and not result.weighty


def test_blank_is_not_zero_in_any_format() -> None:
    made = sound().with_cells(t3_new_research="", t4_review_other="")
    for writer in WRITERS.values():
        report = read(writer(made))
        blank = [(p.table, p.row, p.column) for p, cell in report.cells.items() if cell.blank]
        assert blank == [(3, "new", "research"), (4, "review", "other")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,198", "1198"),
        ("18,759.694", "18759.694"),
        ("-62", "-62"),
        ("－62", "-62"),
        ("减62", "-62"),
        ("增 4", "4"),
        ("３", "3"),
        ("251000元", "251000"),
        ("1.5万", "15000"),
        ("12.5万元", "12.5"),
        ("0", "0"),
        ("", None),
        ("/", None),
        ("—", None),
        ("无", None),
        ("12 34", None),
        ("1,19", None),
        ("（一）", None),
    ],
)
def test_numbers_of_cells(text: str, number: str | None) -> None:
    found = read_number(text)
    assert (None if found is None else f"{found.normalize():f}") == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、总体情况", (1, 1)),
        ("三、存在的主要问题及改进情况", (5, 3)),
        ("四、其它需要报告的事项", (6, 4)),
        ("二、政府信息主动公开情况", (2, 2)),
        ("三、收到和处理政府信息公开申请的情况", (3, 3)),
        ("三、依申请公开办理情况", (3, 3)),
        ("四、因政府信息公开工作被申请行政复议和提起行政诉讼情况", (4, 4)),
        ("四、政府信息公开行政复议、行政诉讼情况", (4, 4)),
        ("第五部分 存在的主要问题及改进措施", (5, 5)),
        ("5.存在的主要问题及改进情况", (5, 5)),
        ("总体情况", (1, None)),
        ("其他需要报告的事项", (6, None)),
        ("一、本年新收政府信息公开申请数量", None),
        ("三、本年度办理结果", None),
        ("四、结转下年度继续办理", None),
        ("（一）主动公开情况", None),
        ("一是主动公开政府信息情况良好", None),
        ("全文包括总体情况、主动公开政府信息情况、存在的主要问题及改进情况等。", None),
    ],
)
def test_headings(text: str, found: tuple[int, int | None] | None) -> None:
    heading = heading_of(text)
    assert (heading and (heading.section, heading.ordinal)) == found


def test_a_heading_inside_a_paragraph_is_cut_out() -> None:
    text = "报告如下：一、总体情况 2022年，我局做好工作。二、主动公开政府信息情况 见下表。详见一、总体情况的说明。"
    assert list(pieces(text)) == [
        "报告如下：", "一、总体情况", "2022年，我局做好工作。", "二、主动公开政府信息情况",
        "见下表。详见一、总体情况的说明。",
    ]  # fmt: skip


def test_an_enumeration_of_the_parts_is_cut_nowhere() -> None:
    text = "本报告包括：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况。"
    assert list(pieces(text)) == [text]


def test_a_table_of_contents_is_not_the_report() -> None:
    made = replace(sound(), preamble="目录")
    page = as_html(made, "<ul><li>一、总体情况</li><li>二、主动公开政府信息情况</li></ul>{}")
    report = read(page)
    assert [s.section for s in report.prose if s.text.startswith("本单位认真")] == [1]


def test_a_list_inside_a_section_is_no_second_heading() -> None:
    made = sound().with_prose(5, "一、存在的主要问题", "不够主动。", "二、改进情况", "将改进。")
    headings = read(as_html(made)).headings
    assert [(h.section, h.ordinal) for h in headings] == [(n, n) for n in range(1, 7)]


def test_headings_numbered_by_word_itself_carry_no_numeral() -> None:
    report = read(as_word(replace(sound(), numbered=False)))
    assert [(h.section, h.ordinal) for h in report.headings] == [(n, None) for n in range(1, 7)]
    assert not examine(report).findings


def test_headings_known_by_their_style_alone() -> None:
    document = WordFile()
    document.add_paragraph("某局 2022 年政府信息公开工作年度报告")
    document.add_heading("工作总体情况", level=1)
    document.add_paragraph("工作总体情况")
    document.add_heading("政府信息主动公开情况", level=1)
    buffer = BytesIO()
    document.save(buffer)
    assert [h.section for h in read(buffer.getvalue()).headings] == [1, 2]


NEWS = (
    "<div class='nav'><a>2019年政府信息公开工作年度报告</a></div><h1>某县教育局2022年政府信息公开工作年度报告</h1>"
    "<p>发布日期：2023-02-03 来源：某县教育局</p>"
)


def test_a_web_page_gives_its_day_and_the_report_without_its_surroundings() -> None:
    aside = "<div class='side'><p>共公开信息 999 条。</p></div>"
    report = read(as_html(sound(), f"{NEWS}<div id='zoom'>{{}}</div>{aside}"))
    assert (report.year, report.unit, report.published) == (2022, "某县教育局", date(2023, 2, 3))
    assert not [sentence for sentence in report.prose if "999" in sentence.text]


def test_tables_inside_tables_of_layout() -> None:
    around = "<table><tr><td>栏目</td><td><table><tr><td>{}</td></tr></table></td></tr></table>"
    report = read(as_html(sound(), around))
    assert {place: cell.text for place, cell in report.cells.items()} == dict(sound().cells)


def test_a_table_cut_by_a_page_and_a_lost_group_label() -> None:
    """In a second piece of table three nothing says any more that 3.其他 is one of （六）其他处理 but its neighbours."""
    rows = ["一、本年新收政府信息公开申请数量\t5\t0\t0\t0\t0\t0\t5"]
    rest = ["2.申请人逾期未按收费通知要求缴纳费用\t0\t0\t0\t0\t0\t0\t0", "3.其他\t4\t0\t0\t0\t0\t0\t4"]
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *rows, "", "第 3 页", "", *rest])
    report = report_of(read_text(text))
    assert report.number(3, "other.3", "natural") == 4
    assert report.number(3, "new", "total") == 5


def test_rows_with_too_few_numbers_are_said_and_not_guessed() -> None:
    text = as_text(sound()).replace("（一）予以公开\t2\t1\t0\t0\t0\t0\t3", "（一）予以公开\t2\t1\t0\t3")
    result = examine(report_of(read_text(text)))
    assert [(f.id, f.place) for f in result.findings] == [("A10.row.ragged", "表三")]
    assert any("“（一）予以公开”的数字与列对不上" in sentence for sentence in result.unchecked)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("规章\t0\t\t3", ["规章", "0", "", "3"]),
        ("| 规章 | 0 | 3 |", ["规章", "0", "3"]),
        ("一、本年新收 58 7 0 0 1 0 66", ["一、本年新收", "58", "7", "0", "0", "1", "0", "66"]),
        ("0\t0\t<b>1</b>", ["0", "0", "1"]),
        ("---\t---\t---", []),
        ("2020 年公开 3 件 4 件", None),
        ("共办理 12 件。", None),
    ],
)
def test_lines_of_text_as_rows(line: str, cells: list[str] | None) -> None:
    row = read_row(line)
    assert row == cells


def test_merged_cells_are_carried_down_at_their_place() -> None:
    rows = [[Box("a", 1, 2), Box("b")], [Box("c")], [Box("d"), Box("e")]]
    shown = [[(cell.text, cell.carried) for cell in row] for row in lay(rows)]
    assert shown == [[("a", False), ("b", False)], [("a", True), ("c", False)], [("d", False), ("e", False)]]


boxes = st.builds(Box, st.text("ab1", max_size=2), st.integers(1, 9), st.integers(1, 9))


@settings(deadline=None)
@given(st.lists(st.lists(boxes, max_size=6), max_size=8))
def test_no_merging_loses_a_cell(rows: list[list[Box]]) -> None:
    laid = list(lay(rows))
    shown = [[c.text for c in row if c.text and not c.carried and not c.across] for row in laid]
    assert shown == [[box.text for box in row if box.text] for row in rows]
    assert all(isinstance(cell, GridCell) for row in laid for cell in row)


PAGES = Path(__file__).parent / "pages" / "annual"


def test_a_page_pasted_from_word() -> None:
    """Numbers in spans of their own, blanks for nothing, other years' reports beside it, published late."""
    result = examine(read_report(str(PAGES / "pasted.html")))
    report = result.report
    assert (report.unit, report.year, report.published) == ("某区住房和城乡建设局", 2023, date(2024, 2, 5))
    assert len(report.cells) == 200 and report.number(2, "licence", "decisions") == 1207
    assert [(f.id, f.place, f.weighty) for f in result.findings] == [
        ("A10.cell.text", "表二", False),
        ("A10.cell.blank", "表三", True),
        ("A9", "一、总体情况", False),
        ("R-NB-DEPT", "发布时间", True),
    ]
    assert "正文办理结果 6件，无法提供为 5" in result.findings[2].sentence
    assert [loose.words for loose in result.unmatched] == ["326条", "201条", "87条", "4条", "3件", "2次"]


def test_a_text_whose_cells_stand_apart_by_blanks_alone() -> None:
    """GB 18030, numbers after their labels, a page number in the midst of table three."""
    result = examine(read_report(str(PAGES / "flattened.txt")))
    report = result.report
    assert (report.unit, report.year, report.form) == ("某市某镇人民政府", 2019, "2019")
    assert len(report.cells) == 198 and report.number(2, "purchase", "amount") == Decimal("305.5")
    assert [(f.id, f.place) for f in result.findings] == [
        ("A3", "表三“自然人”列"),
        ("A3", "表三“总计”列"),
        ("A9", "一、总体情况"),
    ]


def test_a_page_number_below_the_longest_line_is_no_part_of_it() -> None:
    made = replace(sound(), title="某局2022年信息公开年报", preamble="说明", tables=(), prose={3: ["— 2 —"]})
    assert [h.section for h in read(as_pdf(made)).headings] == [1, 2, 3, 4, 5, 6]


def test_long_paragraphs_of_a_pdf_are_joined_again() -> None:
    text = "本年度主动公开政府信息三百余条，" * 6 + "全年收到政府信息公开申请 7 件。"
    report = read(as_pdf(sound().with_prose(1, text)))
    assert [s.text for s in report.prose if s.section == 1] == [text]
