"""A10: six sections there and in order, the right form for the year, whole tables, no blank cells; of the 2021 form: 五 not
repeated from year to year, information-processing fees in 六."""

import re
from collections import Counter
from collections.abc import Iterator

from monitor.annual.checks.equations import listed, results_of
from monitor.annual.checks.findings import ARTICLE_50, ReportFault
from monitor.annual.checks.forms import (
    CARRIED,
    DECIDED,
    FORM_2021,
    LEFT,
    NEW,
    SECTIONS,
    form_named,
)
from monitor.annual.checks.report import TABLES, CellPlace, Report, section_words
from rules.vocabulary.terms import Severity

NUMERALS = "一二三四五六七八九十"
LONGEST_SUMMARY = 1000  # characters, by the form of 2021
SHOWN_CELLS = 4
MOST_REPEATED = 0.8
SHORTEST = 12
_YEAR = re.compile(r"20\d\d ?年?")
SCORE, NOTICE = Severity.SCORE, Severity.NOTICE


def check_sections(report: Report) -> Iterator[ReportFault]:
    """Missing headings, wrong order, wrong numerals. Where none was read at all, the file holds the tables only,
    or writes headings as nobody does: a hint."""
    if not report.headings:
        yield _finding(report, "section.unread", "各部分标题", "没有读到六个部分的标题，请以原件核对", NOTICE)
        return
    there = {heading.section for heading in report.headings}
    for number, (numeral, label) in enumerate(zip(NUMERALS, SECTIONS, strict=False), start=1):
        if number not in there:
            note = "（表中数据仍在）" if number == 4 and _has_table(report, 4) else ""
            words = f"缺少标题“{numeral}、{label.words}”{note}"
            yield _finding(report, "section.missing", f"第{numeral}部分", words)
    order = [heading.section for heading in report.headings]
    if order != sorted(order):
        words = "、".join(heading.words for heading in report.headings)
        yield _finding(report, "section.order", "各部分标题", f"六个部分的顺序与格式不一致：{words}")
    wrong = [heading for heading in report.headings if heading.ordinal not in (None, heading.section)]
    if wrong:
        words = "，".join(
            f"“{section_words(h.section)}”应为“{NUMERALS[h.section - 1]}”，写成“{NUMERALS[(h.ordinal or 1) - 1]}”"
            for h in wrong
        )
        yield _finding(report, "section.renumbered", "各部分标题", f"序号与格式不一致：{words}", NOTICE)


def check_form(report: Report) -> Iterator[ReportFault]:
    """The form that the tables follow against the form of the year."""
    due, form = report.due_form, form_named(report.form) if report.form else None
    if form and due and form is not due:
        words = f"{report.year} 年度报告应使用 {due.name}（{due.basis}），表二却是 {form.name}"
        yield ReportFault("A10.form", "表二", words, due.basis, SCORE)


def check_year(report: Report) -> Iterator[ReportFault]:
    """The year in the title against the stated 统计期限: a discrepancy of last year's copy."""
    if report.year and report.period_year and report.year != report.period_year:
        words = f"标题是 {report.year} 年度，正文的统计期限却从 {report.period_year} 年 1 月 1 日起"
        yield _finding(report, "year", "标题与说明", words, NOTICE)


def check_tables(report: Report) -> Iterator[ReportFault]:
    """Rows that the form has and the report has not. A whole table that a text or PDF does not show may be our
    own failure to read: a hint; in Word and HTML it is a fault, unless a picture stands there instead."""
    form = report.expected
    if form is None:
        return
    results = [row.key for row in results_of(report, form)]
    due = {table: [row.key for row in form.rows(table)] for table in TABLES}
    due[3] = [NEW.key, CARRIED.key, *results, DECIDED.key, LEFT.key]
    for table, rows in due.items():
        lacking = [r for r in rows if not report.has_row(table, r) and (table, r) not in report.ragged]
        if lacking and (_has_table(report, table) or report.section_named(table)):
            yield from _incomplete(report, table, rows, lacking)


def check_rows(report: Report) -> Iterator[ReportFault]:
    """Rows with more or fewer numbers than the table has columns, and rows that the form has not."""
    if report.strange_rows:
        words = f"有格式之外的{listed([row.words for row in report.strange_rows])}，请核对"
        yield _finding(report, "row.strange", TABLES[3], words, NOTICE)
    for table, name in TABLES.items():
        rows = sorted(row for number, row in report.ragged if number == table)
        if rows:
            words = f"{listed([report.row_words(table, row) for row in rows])}的数字与列对不上，没有核对"
            yield _finding(report, "row.ragged", name, words, NOTICE)


def check_cells(report: Report) -> Iterator[ReportFault]:
    """Blank cells, cells that hold no number, and numbers that cannot be counts."""
    for table, name in TABLES.items():
        cells = {place: cell for place, cell in report.cells.items() if place.table == table}
        blank = [place for place, cell in cells.items() if cell.blank]
        if blank:
            where = _some([report.place_words(place).removeprefix(name) for place in blank])
            words = f"{len(blank)} 格空白（{where}），空白不等于 0，没有的应填 0"
            yield _finding(report, "cell.blank", name, words)
        other = [
            place for place, cell in cells.items() if cell.number is None and cell.text and not cell.unfilled
        ]
        if other:
            words = f"{len(other)} 格填的不是数字：{_texts(report, other)}"
            yield _finding(report, "cell.text", name, words, NOTICE)
        numbers = [(place, cell.number) for place, cell in cells.items() if cell.number is not None]
        wrong = [place for place, number in numbers if number < 0 or number % 1]
        if wrong and table in (3, 4):
            yield _finding(report, "cell.wrong", name, f"件数应为非负整数：{_texts(report, wrong)}")


def check_filled(report: Report) -> Iterator[ReportFault]:
    """Cells that a draft leaves to its unit: one hint for all of them, and not one a table."""
    counts = Counter(place.table for place, cell in report.cells.items() if cell.unfilled)
    if counts:
        where = "、".join(f"{TABLES[table]} {number} 格" for table, number in sorted(counts.items()))
        words = f"还有 {counts.total()} 格待填（{where}），填好以后再核对"
        yield _finding(
            report, "cell.text", "表二至表四" if len(counts) > 1 else TABLES[min(counts)], words, NOTICE
        )


def check_summary(report: Report) -> Iterator[ReportFault]:
    """一、总体情况: something, and since 2021 as a rule not more than 1000 characters."""
    heading, length = report.section_named(1), len(report.text_of(1))
    if heading is None:
        return
    if not length:
        yield _finding(report, "summary.empty", "一、总体情况", "总体情况没有内容")
    due = report.due_form
    if due and due.last is None and length > LONGEST_SUMMARY:
        words = f"总体情况约 {length} 字，一般不超过 {LONGEST_SUMMARY} 字"
        yield ReportFault("A10.summary.long", "一、总体情况", words, due.basis, NOTICE)


def check_fees(report: Report) -> Iterator[ReportFault]:
    """六 of the 2021 form reports the information-processing fees charged, none included."""
    text = report.text_of(6)
    if report.form == FORM_2021.key and report.section_named(6) and "处理费" not in text:
        words = "没有写明收取信息处理费的情况（没有收取也应写明）"
        yield ReportFault("A10.fees", "六、其他需要报告的事项", words, FORM_2021.basis, NOTICE)


def check_repeated(report: Report, last: Report) -> Iterator[ReportFault]:
    """五 of the new form must not repeat last year's."""
    now, before = _sentences(report), set(_sentences(last))
    if report.year is None or report.year < FORM_2021.first or not now or not before:
        return
    share = sum(len(text) for text in now if text in before) / sum(map(len, now))
    if share >= MOST_REPEATED:
        words = f"与上年报告同一部分雷同：{share:.0%} 的文字逐句相同"
        yield ReportFault("A10.repeated", "五、存在的主要问题及改进情况", words, FORM_2021.basis, NOTICE)


CHECKS = (
    check_sections, check_form, check_year, check_tables, check_rows, check_cells, check_filled, check_summary, check_fees
)  # fmt: skip


def _incomplete(report: Report, table: int, rows: list[str], lacking: list[str]) -> Iterator[ReportFault]:
    name, words = TABLES[table], listed([report.row_words(table, row) for row in lacking])
    if len(lacking) < len(rows):
        met = [row for row in rows if row not in lacking]
        broken = rows[: len(met)] == met
        how = f"在“{report.row_words(table, met[-1])}”之后中断，" if broken else ""
        severity = NOTICE if _doubtful(report, table) else SCORE
        yield _finding(report, "table.incomplete", name, f"{how}缺 {len(lacking)} 行：{words}", severity)
    elif table in report.pictures:
        yield _finding(report, "table.picture", name, "这一部分只有图片，没有可核对的数字", NOTICE)
    elif report.structured and table not in report.grids:
        yield _finding(report, "table.missing", name, f"“{section_words(table)}”之下没有表格")
    else:
        yield _finding(report, "table.unread", name, "没有读到这张表，请以原件核对", NOTICE)


def _doubtful(report: Report, table: int) -> bool:
    """Whether rows may be there and we did not see them: a page break hides them, or others did not fit either."""
    strange = table == 3 and bool(report.strange_rows)
    return strange or report.kind == "pdf" or any(number == table for number, _ in report.ragged)


def _has_table(report: Report, table: int) -> bool:
    return any(number == table for number, _ in report.ragged) or any(p.table == table for p in report.cells)


def _texts(report: Report, places: list[CellPlace]) -> str:
    return _some([f"{report.place_words(place)}填“{report.cells[place].text[:20]}”" for place in places])


def _some(texts: list[str]) -> str:
    return "、".join(texts[:SHOWN_CELLS]) + ("等" if len(texts) > SHOWN_CELLS else "")


def _finding(report: Report, id_: str, place: str, words: str, severity: Severity = SCORE) -> ReportFault:
    form = report.expected
    return ReportFault(f"A10.{id_}", place, words, form.basis if form else ARTICLE_50, severity)


def _sentences(report: Report) -> list[str]:
    """Sentences of 五 long enough to tell, without years."""
    texts = (_YEAR.sub("", sentence.text) for sentence in report.prose if sentence.section == 5)
    return [text for text in texts if len(text) >= SHORTEST]
