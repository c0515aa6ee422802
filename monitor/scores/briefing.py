"""The score sheet as a 简报 in Word: what was scored, who stands first and last, what was not read; a table a group as 附件."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT

from monitor.paper_files.inert import plain
from monitor.paper_files.printed_table import PrintedTable
from monitor.paper_files.table_pages import paged
from monitor.paper_files.word_document import append_table, new_document, save_document, write_line
from monitor.paper_files.word_page import LYING_HEIGHT, TEXT_HEIGHT, height_of
from monitor.scores.compose import MonthlySheet, ScoreSheet, ScoreTable
from monitor.scores.form import criticism, headings, praise, printed_rows, title
from monitor.wording import day_of, issue_of, office_of, tight, written_days
from rules.vocabulary.points import add, show_points

HEAD = "政务信息公开工作简报"
UPRIGHT, LYING = 156, 234  # millimetres between the margins of a page, upright and on its side
UNIT, RANK, NOTES, NARROWEST = 40, 11, 30, 15
CENT = Decimal("0.01")


def briefing_title(sheet: MonthlySheet) -> str:
    """2022年1—2月政府网站管理和政务信息公开情况通报."""
    return f"{sheet.year}年{sheet.span}{sheet.scheme.title}通报"


def write_briefing(scores: ScoreSheet, path: Path) -> None:
    """Writes the paper: the same sheet gives the same bytes."""
    site, sheet = scores.site, scores.sheet
    document = new_document(briefing_title(sheet))
    write_line(document, "红头", site.papers.head or HEAD)
    issue = issue_of(site, sheet.period)
    write_line(document, "期号", issue if site.papers.issue else f"（{issue}）")
    document.add_paragraph(f"{plain(office_of(site))}\t{day_of(scores.as_of)}", style="红头署名")
    write_line(document, "公文标题", briefing_title(sheet))
    if site.papers.to:
        write_line(document, "主送机关", f"{site.papers.to.rstrip('：')}：")
    for style, text in body_of(scores):
        write_line(document, style, tight(written_days(text)))
    for number, table in enumerate(sheet.tables, start=1):
        _append_annex(document, scores, table, annex_label(sheet, number))
    if site.papers.copies:
        write_line(document, "版记", f"抄送：{site.papers.copies.rstrip('。')}。")
    save_document(document, path, site.name, scores.as_of)


def body_of(scores: ScoreSheet) -> Iterator[tuple[str, str]]:
    """(style, text) of the paragraphs between the title and the annexes."""
    sheet = scores.sheet
    yield (
        "公文正文",
        f"现将{sheet.year}年{sheet.span}各单位{sheet.scheme.title}的得分通报如下。{scores.reach}",
    )
    yield "一级标题", "一、得分情况"
    for table in sheet.tables:
        yield "公文正文", scored(table)
    yield "公文正文", praise(sheet) + criticism(sheet) or "本期没有可以点名的单位。"
    if left_out := [row for table in sheet.tables for row in table.unranked]:
        yield "一级标题", "二、未参加排名的单位"
        named = "；".join(f"{row.unit}（{'、'.join(row.notes)}）" for row in left_out)
        yield "公文正文", f"以下单位的得分没有全部得到，不计零，不参加排名，也不据此点名：{named}。"
    yield "一级标题", f"{'三' if left_out else '二'}、有关要求"
    yield (
        "公文正文",
        "各单位要对照附件查找不足，按照职责及时、准确公开信息。对得分有异议的，请向政务公开工作主管部门提出核对。",
    )
    names = [title(sheet, table) for table in sheet.tables]
    for number, name in enumerate(names, start=1):
        lead = "附件：" if number == 1 else ""
        count = f"{number}. " if len(names) > 1 else ""
        yield "附件说明" if number == 1 else "附件说明续", f"{lead}{count}{name}"


def scored(table: ScoreTable) -> str:
    """How many units of a group were ranked, and the highest, the lowest and the mean total."""
    totals = [row.total for row in table.ranked if row.total is not None]
    said = f"{table.group.name}共 {len(table.rows)} 个，参加排名 {len(totals)} 个"
    if not totals:
        return f"{said}，没有可以比较的得分。"
    mean = (add(totals) / len(totals)).quantize(CENT).normalize()
    return f"{said}，最高 {show_points(max(totals))} 分，最低 {show_points(min(totals))} 分，平均 {show_points(mean)} 分。"


def annex_label(sheet: MonthlySheet, number: int) -> str:
    """附件1; 附件 where there is one alone."""
    return f"附件{number}" if len(sheet.tables) > 1 else "附件"


def _append_annex(document: Document, scores: ScoreSheet, table: ScoreTable, label: str) -> None:
    rows = [headings(scores.sheet), *printed_rows(scores.sheet, table)]
    noted = any(row[-1] for row in rows[1:])
    rows = rows if noted else [row[:-1] for row in rows]
    width = _lay_side(document, UNIT + RANK + NOTES * noted + NARROWEST * (len(rows[0]) - 2 - noted))
    above = {"附件标号": label, "附件标题": title(scores.sheet, table)}
    for style, text in above.items():
        write_line(document, style, text)
    note = "注：" + tight(written_days(scores.reach + NOT_READ * bool(table.unranked)))
    room = TEXT_HEIGHT if width == UPRIGHT else LYING_HEIGHT
    taken = sum(height_of(style, text) for style, text in above.items())
    laid = paged(
        PrintedTable.of_rows(_widths(len(rows[0]), width, noted), rows),
        room - taken,
        room,
        height_of("表注", note),
    )
    append_table(document, laid.grid, laid.heights)
    write_line(document, "表注", note)


NOT_READ = "“未完整读取”“未知”不是零分，相应单位不参加排名。"


def _lay_side(document: Document, needed: int) -> int:
    """The width there is for a table; where it needs more than an upright page has, the page lies on its side from here on."""
    section = document.sections[-1]
    lies = section.orientation == WD_ORIENT.LANDSCAPE
    if needed > UPRIGHT and not lies:
        section = document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        lies = True
    return LYING if lies else UPRIGHT


def _widths(columns: int, width: int, noted: bool) -> tuple[int, ...]:
    """The unit's name and the notes wide, the rank narrow, the points alike."""
    notes = (NOTES,) if noted else ()
    points = columns - 2 - len(notes)
    each = (width - UNIT - RANK - sum(notes)) // points
    return (UNIT, *[each] * points, RANK, *notes)
